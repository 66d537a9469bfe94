# Sentences of `compare`.

## Columns

col-a-high = A, high
col-a-low = A, low
col-b-high = B, high
col-b-low = B, low
col-compare-a = A: { $name }
col-compare-a-assumed = A: assumed
col-compare-a-cost = A: cost
col-compare-a-gate = A: what runs out first
col-compare-a-lost = A: robots lost
col-compare-a-mass = A: mass
col-compare-a-of = A: where
col-compare-a-quantity = A: quantity
col-compare-a-survive = A: weeks survived
col-compare-b = B: { $name }
col-compare-b-assumed = B: assumed
col-compare-b-cost = B: cost
col-compare-b-gate = B: what runs out first
col-compare-b-lost = B: robots lost
col-compare-b-mass = B: mass
col-compare-b-of = B: where
col-compare-b-quantity = B: quantity
col-compare-b-survive = B: weeks survived
col-compare-by = Moved by
col-compare-difference = B − A
col-compare-effect = By so much
col-compare-moved = What moved
col-compare-number = Number
col-compare-share = Of the difference
col-compare-told = Told apart
col-compare-what = What
col-compare-why = Why
col-cost-difference = B − A, cost
col-difference-high = B − A, high
col-difference-low = B − A, low
col-lasts = Lasts
col-mass-difference = B − A, mass
col-matched = Matched by
col-quantity-difference = B − A, quantity

## Tables

table-compare-elements = Elements inside
table-compare-headlines = Numbers side by side
table-compare-lines = Lines of the bills of materials that differ
table-compare-magnets = Permanent magnets by market
table-compare-materials = Mass by material
table-compare-moved = Which change moved what
table-compare-stops = What each loss stops
table-compare-switch = If a switch is pulled for half a year

## Words

at-home-a = A is assembled there
at-home-b = B is assembled there
at-home-both = both are assembled there
count-outbid = the worst loss where robots outbid others
count-pro-rata = the worst loss where all buyers get the same share
count-wall = the volume at which spare capacity runs out
count-weeks = the weeks that stock lasts
matched-id = id
matched-name = name
matched-number = part number
matched-stem = id without the robot's name
number-cost-placed = cost, known
number-cost-published = cost, published
number-hhi-bought = HHI where it buys
number-hhi-highest = highest HHI behind it
number-leaving = cost of leaving
number-mass-placed = mass, known
number-mass-published = mass, published
number-single = single points
number-wall = the wall
share-outbid = outbid
share-own = own lanes
share-pro-rata = pro rata
told-less = less in B
told-less-shared = less in B (overlap)
told-more = more in B
told-more-shared = more in B (overlap)
told-nearly = the same, rounded
told-no-data = no data
told-same = the same
told-unclear = cannot be told apart
what-added = added
what-changed = changed
what-quantity = more or fewer
what-removed = removed
why-direct = itself
why-follows = follows

## Headlines

compare-atlases = The two stand on different data: A on { $a }, B on { $b }. What differs may be the data and not the robot: linchpin atlas diff
compare-cost-less = B's known parts cost { $difference } less: { $b } against { $a }.
compare-cost-more = B's known parts cost { $difference } more: { $b } against { $a }.
compare-cost-same = The known parts of both cost the same, { $b }.
compare-cost-unclear = Which has the dearer known parts cannot be told, { $b } for B against { $a }: ranges overlap, the difference is { $difference }.
compare-home-a = A is assembled in { $country }: what stops there stops A by its assembly, whatever is in it, and is counted for neither.
compare-home-b = B is assembled in { $country }: what stops there stops B by its assembly, whatever is in it, and is counted for neither.
compare-inside-less = B holds less of { $all ->
    [one] one element
   *[other] { $all } elements
 }, as far as can be told, of these by most: { $elements }.
compare-inside-more = B holds more of { $all ->
    [one] one element
   *[other] { $all } elements
 }, as far as can be told, of these by most: { $elements }.
compare-mass-less = B is lighter by { $difference }: { $b } of known mass against { $a }.
compare-mass-more = B is heavier by { $difference }: { $b } of known mass against { $a }.
compare-mass-same = Both have the same known mass, { $b }.
compare-mass-unclear = Which is heavier cannot be told, { $b } for B against { $a }: ranges overlap, the difference is { $difference }.
compare-moved = { $number }: { $difference } from A to B. The largest single change is { $item }, { $what }: { $effect }.
compare-side = { $side }: { $product } ({ $name }), assembled in { $country }, data { $data }
compare-title = Is { $b } safer than { $a }? Each at { $volume } robots a year
compare-wall = Spare capacity runs out at { $a } robots a year for A ({ $item-a }), at { $b } for B ({ $item-b }).
compare-weeks = Stock bridges { $a } weeks of the switch that stops A first ({ $lost-a }, { $mode-a }), { $b } weeks of the one that stops B first ({ $lost-b }, { $mode-b }).
compare-weeks-a = Stock bridges { $a } weeks of the switch that stops A first ({ $lost-a }, { $mode-a }); none of the switches takes a robot from B.
compare-weeks-b = Stock bridges { $b } weeks of the switch that stops B first ({ $lost-b }, { $mode-b }); none of the switches takes a robot from A.
compare-weeks-none = None of the switches takes a robot from either.
compare-worst = The worst loss, with everybody getting the same share, stops { $a } of A ({ $lost-a }, { $mode-a }) and { $b } of B ({ $lost-b }, { $mode-b }).
verb-compare = Is B safer than A?
verdict-a = A is safer, by { $a }; B is not, by anything that is counted.
verdict-a-open = A is safer, by { $a }. Cannot be told apart, because ranges overlap or data are missing: { $open }.
verdict-b = B is safer, by { $b }; A is not, by anything that is counted.
verdict-b-open = B is safer, by { $b }. Cannot be told apart, because ranges overlap or data are missing: { $open }.
verdict-mixed = Neither is safer in all: A by { $a }; B by { $b }.
verdict-same = Neither is safer: all that is counted is the same.
verdict-unclear = Which is safer cannot be told apart, because ranges overlap or data are missing: { $open }.

## Notes

note-compare-changed = Changed in { $side } ({ $name }) alone:
note-compare-explain = Every number of one side stands in an answer of its own and is taken apart there, with --product, --atlas and --scenario of that side, as in: linchpin explain explode/element/Dy/mass
note-compare-headlines = Known: what has a mass or a price, as in linchpin brief. The wall: robots a year at which spare capacity runs out. HHI where it buys: the mean over the markets that the robot, or a part without known makers, is bought in, by what one robot spends where prices are known. Single points: what alone stops every robot. The cost of leaving counts lines with a known price elsewhere. Where: the market of the wall or of the highest HHI, the country that is left.
note-compare-lines = { $unchanged } lines are the same in both and not listed. Itself: more, fewer or other of it where it stands; follows: it differs because something that it is in, or that is in it, does. Quantities, masses and costs are of one robot.
note-compare-moved = One change at a time: what is put in or taken out counts whole; of a line in both, the change of quantity counts at the mean of what one holds in A and in B, and what changed inside it is put down to the lines there. The effects on a number sum to its difference. Need of a market: of all that is traded in it, losses included; the wall is its spare capacity over that.
note-compare-rest = { $changes } smaller changes are added up; a file shows each.
note-compare-stops = Share of the robots not made, for the countries whose loss hits either most, and what was asked for. Own lanes: between the ends that unknown suppliers allow. Pro rata, outbid: as in linchpin expose; their difference is taken in each state of what nobody publishes. Where: the market that limits. A country in which a robot is assembled stops it whatever is in it.
note-compare-switch = As in linchpin brief: each loss by itself, for { $weeks } weeks; –: no robot is lost. Lasts: who is stopped later.
note-compare-told = B − A: a figure that stands in both alike is one unknown and moves both sides at once, so that the range of the difference is its own. Overlap: the ranges of the two overlap, but that of the difference does not reach zero, because the same figures move both. Cannot be told apart: it does. The same, rounded: in all digits shown, over the whole range.
