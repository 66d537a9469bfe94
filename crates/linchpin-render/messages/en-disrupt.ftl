# Sentences of `disrupt`.

## Columns

col-all-sites = All
col-at = At
col-back = Back in week
col-case = Run
col-depth = Deepest week
col-dry-sites = Dry
col-dry = Dry in week
col-destination = Into
col-effect = What of it
col-event = Event
col-first-loss = First loss in week
col-first-gate = What runs out first
col-from-week = From week
col-most-part = Most of the need
col-gate = What stood in the way
col-holder = Held by
col-input = What
col-robots-lost = Robots lost
col-left = Left
col-lost-part = Lost
col-makers-known = Makers known
col-missing = Missing
col-over-week = All restored
col-refilled = Back in week
col-saved = Robots saved
col-select = Whom it hits
col-seller = From
col-short = What is short
col-standing-for = Stands for
col-still-lost = Still lost
col-stock-weeks = Weeks of stock
col-survive = Weeks survived
col-survive-more = Survived a week of cover
col-holder-kind = Held by, kind
col-until-week = Until week
col-usual = Without events
col-week = Week
col-cause = Why
col-worth = At its parts cost
col-cover = Cover
col-cover-low = Cover, low
col-cover-high = Cover, high
col-delivered = Robots

## Tables

table-calendar = What runs dry, and when
table-causes = Why the line stands
table-events = What happens
table-gain = What more stock would change
table-outcome = What it costs
table-suppliers = Suppliers of whom nothing is published, and where they are taken to stand
table-stood-in = What stood in
table-switch = If a switch is pulled for half a year
table-weeks = Week by week

## Words

case-as-asked = as asked
case-backlog = orders wait
case-best = unknown suppliers spared
case-lost-sales = orders are lost
case-recovery = until plants are restored
case-substitutes = with substitutes
case-no-substitutes = without substitutes
case-by-need = shared by need
case-by-orders = shared by orders
case-by-usual = shared as usual
case-quicker = stocks filled faster
case-slower = stocks filled slower
case-worst = unknown suppliers hit
kind-maker = the maker
kind-plants = plants of
kind-supplier = supplier of
given-cover = Cover given with the request
effect-output = output
effect-exports = exports
effect-demand = demand of others
effect-equipment = equipment
absent-never = never
absent-none = –
absent-beyond = not in the run
part-simulated = Out of a run of the network week by week
why-asked = more is asked for than is made
why-closed = may not be shipped
why-inputs = lacks its own inputs
why-stopped = stopped

## Headlines

disrupt-cause-itself = What stops it: { $part }, which { $why }.
disrupt-cause-maker = What stops it: the robot's own assembly plant is stopped.
disrupt-none-but = { $product }, assembled in { $country }, { $volume } a year: no robot is lost in { $horizon } weeks as asked; up to { $worst } are in the other rows of the table.
disrupt-granted = From week { $week } of it on: { $left }.
disrupt-closed = { $what } ships nothing abroad for { $weeks } weeks.
disrupt-closed-to = { $what } ships nothing to { $to } for { $weeks } weeks.
disrupt-stops = { $what } stops for { $weeks } weeks.
disrupt-cause = What stops it: { $part }, for want of { $root }, which { $why }.
disrupt-before-the-end = That is before the event ends, in week { $end }: second sources or spare capacity stand in by then.
disrupt-demand = Others want { $left } of the usual of { $what } for { $weeks } weeks.
disrupt-equipment = { $what } gets no equipment for { $weeks } weeks: it cannot make more than today.
disrupt-exports = { $what } ships abroad { $left } of what it did, for { $weeks } weeks.
disrupt-exports-to = { $what } ships to { $to } { $left } of what it did, for { $weeks } weeks.
disrupt-line = { $line } robots a fortnight against those without the event, to week { $last }
disrupt-late = { $product }, assembled in { $country }, { $volume } a year: the first robot is late in week { $first }, after { $survive } weeks that stock bridges; in the worst week { $deepest } { $depth } fewer leave than should; by the end of { $horizon } weeks all have been made.
disrupt-lost = { $product }, assembled in { $country }, { $volume } a year: the first robot is lost in week { $first }, after { $survive } weeks that stock bridges; { $lost } robots are lost ({ $part } of { $horizon } weeks), in the worst week { $deepest } { $depth }; nothing is missing from week { $back } on.
disrupt-lost-on = { $product }, assembled in { $country }, { $volume } a year: the first robot is lost in week { $first }, after { $survive } weeks that stock bridges; { $lost } robots are lost ({ $part } of { $horizon } weeks), in the worst week { $deepest } { $depth }; at the end of the run robots are still missing.
disrupt-none = { $product }, assembled in { $country }, { $volume } a year: no robot is lost in { $horizon } weeks.
disrupt-output = { $what } makes { $left } of what it did, for { $weeks } weeks.

## Notes

note-calendar = Stocks of the maker, his suppliers and the plants behind them that fall below a week's use, in that order. Cover: what its holder is taken to hold; where no holder publishes one, an assumption of its stage (table times). Weeks count from 0.
note-causes = Each part that stood in the way, from the week in which it began to, and down from it whoever was short of most.
note-disrupt-estimate = One behavioural estimate, over { $sites } sites and { $lanes } lanes: everybody orders by what he is asked for and what he holds, looks for others once short, and shares what is missing as said; nobody plans for the whole.
note-disrupt-overshoots = Gaps in stock are closed within a week: orders swing for no other reason than that, and part of the loss and of the rebound is false. Take --adjustment above 1.
note-disrupt-wall = The volume lies beyond what markets can give: without any event { $rate } robots a year are made.
note-disrupt-way = What is on the way when an event takes effect arrives, after { $weeks ->
    [one] one week
   *[other] { $weeks } weeks
 }.
note-disrupt-way-lost = What is on the way when an event takes effect, up to { $weeks ->
    [one] one week
   *[other] { $weeks } weeks
 }, is lost.
note-disrupt-short = The run ends with week { $horizon }, before the event does in week { $end }: what comes after is not seen. Take a longer --horizon.
disrupt-stock-assumed = Your list of stock does not tell { $part }: { $days } of cover are taken, as the atlas assumes; --cover { $item }=DAYS says otherwise.
note-events = Left: of what was made or shipped before; of demand, the multiple. Until: the first week in which it is over; all restored: with its recovery.
note-gain = { $weeks } more weeks of cover at one place at a time, ordered before the event. Survived: what each of those weeks adds to the weeks survived.
note-outcome = Weeks count from 0. Survived: from the event to where stock and inflow no longer cover the need. –: nothing lost, or robots still missing at the end. Spared, hit: suppliers of whom nothing is published are hit only if all known makers are, or already if one is. Shared: how too little is divided (--sharing). Filled: gaps in stock closed in half or twice the time (--adjustment). These rows are the range of the robots lost. Until restored: the event lasts as long as the atlas takes a lost plant of that kind to need.
note-suppliers = Nobody publishes what these makers put out. One supplier stands for each: those that a known lane to the maker names, else those in the country of assembly, else those of the country where most makers stand. Others: --own ITEM=SELECTOR.
note-stood-in = What is of another design stands in once it is qualified, where a maker of it is known who is not hit, and as much of it as is asked for: nobody publishes what such makers could give. Torque, energy, mass: of what it replaces.
note-switch = Each loss by itself, for { $weeks } weeks from week 0: weeks that stock bridges, the part that is short first, robots lost in two years, the week from which nothing is missing. Stock is what the atlas takes everybody to hold, of what stands in your own list of stock that at this volume. In full: linchpin disrupt
note-weeks = Missing: against the run without events. What stood in the way: the part of which the maker had least.

## Faults

error-cover = --cover { $value }: give [HOLDER:]ITEM=DAYS, such as magnet_ndfeb=60 or frameless_motor:magnet_ndfeb=60.
error-cover-twice = --cover { $cover } is given twice with a number of days; which one?
error-demand-left = demand needs --left: the multiple of what others usually want, such as --left 2
error-event-after = An event follows { $event }, and no event has that id; there are: { $known }.
error-event-border = { $event }: a destination, end-user, re-export and de-minimis rules belong to exports only.
error-event-circle = Events follow each other in a circle through { $event }.
error-event-inland = { $event }: exports from a country to itself cross no border; name another destination with --to, or say output.
error-event-nothing = { $event } leaves everything as it is: give less than all with --left, or destroy something.
error-event-late = { $event } takes effect in week { $week }, and the run ends before week { $horizon }: take a longer --horizon or an earlier week.
error-event-no-time = { $event } lasts no week; give 1 or more.
error-event-outside = { $event }: { $name } is { $value }; it must lie between { $low } and { $high }.
error-events-file = { $file }: { $reason }
error-events-parse = { $file }, line { $line }: { $reason }
error-events-word = { $file }, line { $line }: { $value } is not known here; known are: { $allowed }.
error-events-twice = The events are given twice: typed, and by --file or --shipped.
error-events-unnamed = { $address } depends on events: name them with --file FILE or --shipped NAME, as for disrupt.
error-holder = { $holder } holds no { $item }. Known here: { $known }.
error-no-event = Nothing happens: say what, such as linchpin disrupt exports CHN --items magnets.dytb --to USA --weeks 26, or give --file or --shipped.
error-own-short = The suppliers named for { $item } publish less output than the robots need.
error-path = --path { $value }: give WEEK=ROBOTS A YEAR, joined by commas, such as 0=10,52=1000,104=5000.
error-path-order = Week { $week } stands twice in the path, or after a later one.
error-shipped = No scenario { $name } is shipped; there are: { $allowed }.
error-unmade = Nothing is known of what { $product } is made of.
error-word = { $option } { $value }: must be one of { $allowed }.

## Help

help-disrupt = When does the line stop, what runs out first, how many robots are lost, when is it back
help-disrupt-adjustment = Weeks over which a gap in stock is closed [default: 4]
help-disrupt-alone = Only the scenario itself: no bounds, no backlog, no more cover tried
help-disrupt-announced = Weeks before it takes effect in which it is known
help-disrupt-backlog = Orders for robots that are not met wait; else they are lost
help-disrupt-contract = Item of which you are served before everybody, by contract; may be repeated
help-disrupt-cover = Days of stock: of the maker, or of HOLDER (a site or a supplier's item); may be repeated
help-disrupt-curve = How it comes back: linear, convex (slowly, then fast), concave, step [default: linear]
help-disrupt-destroyed = Share of what buyers hold and await of it that is destroyed when it takes effect
help-disrupt-effect = exports (nothing is shipped abroad, or to a destination), output (plants stop), demand (others want more) or equipment (plants cannot make more than today)
help-disrupt-file = TOML file with events and settings
help-explain-file = TOML file with the events that a number of disrupt is about
help-explain-shipped = Shipped scenario that a number of disrupt is about
help-disrupt-first = Who is served first where not enough is left: nobody, robots, others, home (buyers in the seller's country)
help-disrupt-front-load = What those who will be cut off order between announcement and effect, as a multiple of the usual
help-disrupt-horizon = Weeks that are run [default: 104]
help-disrupt-items = Only these items of it: ids, stages, controls, or STAGE.ELEMENTS such as magnets.dytb
help-disrupt-left = Share that is left, of output or of licensed exports; of demand the multiple [default: 0]
help-disrupt-no-resourcing = Nobody looks for another supplier
help-disrupt-overtime = What the maker can make above the usual, as a share, to catch up [default: 0]
help-disrupt-path = Robots a year from some weeks on, in between in a straight line: 0=10,52=1000
help-disrupt-recovery = Weeks until all is back after it ends
help-disrupt-shipped = A scenario that ships with the program
help-disrupt-substitutes = What is of another design may stand in once it is qualified (magnets of samarium-cobalt, ball screws); what the robot loses by it is told
help-disrupt-transit = Weeks from shipment to receipt [default: 1]
help-disrupt-volume = Robots a year [default: 1000]
help-disrupt-sharing = How too little is shared: by need (use before the filling of stocks), by orders (who has more stock to fill gets more) or by usual (what everyone took before) [default: need]
help-disrupt-way-lost = What is on the way when it takes effect is lost
help-disrupt-week = Week in which it takes effect [default: 0]
help-disrupt-weeks = Weeks that it lasts [default: 26]
help-disrupt-what = Whom it hits: countries, groups, companies, sites, items, stages, controls; joined by / (and) and , (or)
