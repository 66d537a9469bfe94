# Sentences of `risk`: what trials say.

## Columns

col-at-least = Loss of at least
col-average = Average
col-average-low = Average, low
col-average-high = Average, high
col-chance = Chance
col-chance-low = Chance, low
col-chance-high = Chance, high
col-cvar = Mean of the worst 5 %
col-due = Robots lost because of it
col-due-low = Lost because of it, low
col-due-high = Lost because of it, high
col-first-order = Share of the spread
col-first-order-low = Share, low
col-first-order-high = Share, high
col-greatest = Greatest
col-p5 = 5 %
col-p25 = 25 %
col-p50 = Half
col-p75 = 75 %
col-p95 = 95 %
col-p99 = 99 %
col-saved-low = Saved, low
col-saved-high = Saved, high
col-still-lost-low = Still lost, low
col-still-lost-high = Still lost, high
col-weeks-in-way = Weeks in the way
col-weeks-in-way-low = Weeks, low
col-weeks-in-way-high = Weeks, high
col-when = Lost when it happens
col-when-low = Lost when it happens, low
col-when-high = Lost when it happens, high

## Tables

table-risk = What is lost
table-risk-calendar = Calendar of risk
table-risk-gain = What more stock would save
table-risk-inputs = What the spread comes from
table-risk-loss = How likely a loss is
table-risk-parts = Parts that stand in the way
table-risk-sites = Sites and events that cost most
table-risk-survival = How long nothing is lost
table-risk-weeks = The line, week by week
verb-risk = Risk

## Words

input-destroyed = stock destroyed
input-figure = figure of the atlas
input-happens = when, and whether
input-left = what is left
input-recovery = weeks of recovery
input-week = week
input-weeks = weeks that it lasts
kind-event = event
measure-depth = Largest part missing in a week
measure-first-loss = First loss in week
measure-lost-part = Part of the robots
measure-robots-lost = Robots lost
measure-weeks-short = Weeks in which robots are missing

## Headlines and notes

risk-loss = { $product }, assembled in { $country }, { $volume } a year, in { $trials } futures of { $weeks } weeks: on average { $mean } robots are lost ({ $part }); in { $none } of the futures none is.
risk-tail = One future in twenty loses { $worst } or more; the average of those is { $tail }.
risk-part = Most often in the way: { $part }.
risk-line = { $line } of the usual line on average, to week { $last }
note-risk = Average with its 95 % interval, from { $draws } independent draws; what is not exceeded in 5, 50, 95 and 99 % of the futures; the mean of the worst twentieth (CVaR); the greatest. Where nothing is lost, the first loss counts as the end of the run.
note-risk-calendar = Chance that a part stands in the way of the line in a week of the quarter.
note-risk-failures = Plants fail by themselves at the rates of the atlas (parameters outage_rate…, shock_rate), which are thinly known; a shock stops many plants of a country at once. A failed plant stands for the time its kind takes to recover; the rest of a country is many plants, which do not fail as one: a shock stops a part of them.
note-risk-figures = { $figures } figures with a range are drawn between their ends, most likely where the value stands, each by itself; what follows from them is worked out again and the markets are balanced anew. { $cluster } trials share a draw, { $draws } draws in all; errors count draws.
note-risk-fixed = Figures of the atlas stand as they are: only events and failures are drawn.
note-risk-gain = The same trials with the same draws, and { $weeks } more weeks of stock of the part at the maker: errors are those of the difference.
note-risk-inputs = The part of the variance of the robots lost that each drawn number alone explains (first-order index from the trials at hand, Plischke et al. 2013): a screening, in which what several do together is missing. Shown where it is more than three errors above nothing.
note-risk-loss = Of what would have been delivered in the run.
note-risk-parts = The part of which the maker has least in weeks in which robots are missing.
note-risk-sites = Lost because of it: its chance times what the futures in which it fails or happens lose beyond the others. Lost when it happens: their average. Of causes that come together each is told what it shares with the others; the largest of many lean high. Read a cost only where its interval stands three errors above nothing: hundreds of causes are looked at.
note-risk-single = Single precision: a robot maker is a millionth of the market of a metal, and what he lacks there can be lost in the last digits. Losses of a scenario can be off by a quarter (page docs/risk.md).
note-risk-double = Double precision.
note-risk-survival = Chance that no robot is lost until the week.
note-risk-weeks = Part of what would have been delivered: the average, and what is exceeded in 95, 75, 50, 25 and 5 % of the futures.
error-event-both-chances = { $event } has both chance and a_year. Say how often it comes a year, or how likely it is at all, not both.
error-event-left-granted = What { $event } leaves is drawn (spread.left), and granted week by week besides. Leave one of them out.
error-risk-alone = In trials nothing is run beside the scenario; leave --alone out. To try no more stock: --no-gain.

## Help

help-risk = Ten thousand futures: how much is lost, how likely, because of whom, and what more stock would save
help-risk-precision = Numbers that trials are counted in: double, or single (faster and coarser) [default: double]
help-risk-no-failures = No site fails by itself; only the events happen
help-risk-fixed-figures = Figures of the atlas stand as they are, not drawn from their ranges
help-risk-no-gain = Do not try what more stock would save
help-risk-instructions = Instructions of the processor: avx512, avx2, plain [default: the widest there is]; they change no bit

note-risk-idle = Left out, because no plant behind the robot is named by it: { $events }.
note-risk-short = { $trials } futures of { $weeks } weeks in which what came before comes again and plants fail: linchpin risk tells what is drawn, because of whom it is lost, and more sharply.
error-explain-trials = Numbers of trials are taken apart by their own tables: what is drawn, from which figure, and what the spread comes from (linchpin risk); one future by linchpin explain disrupt/…
kind-shock = shock of
