# Answers: titles, columns, words and notes of the verbs.

## Columns

col-adds = Adds
col-allowed = Allowed
col-assumed = Assumed
col-blank = Blank
col-ceiling = Hosts can give
col-ceiling-high = Hosts can give, high
col-ceiling-low = Hosts can give, low
col-claim = Published
col-coefficient = Coefficient
col-coefficient-value = Coefficient value
col-column = Column
col-component = Component
col-computed = Computed
col-computed-high = Computed, high
col-computed-low = Computed, low
col-concentrate = Oxide in concentrate
col-concentrate-high = Oxide in concentrate, high
col-concentrate-low = Oxide in concentrate, low
col-cost-high = Cost, high
col-cost-low = Cost, low
col-derived = Derived
col-each = Each
col-element = Element
col-estimated = Estimated
col-figure = Figure
col-formula = Formula
col-from = From
col-from-stage = Its stage
col-ground = ground
col-host = Host
col-into = Goes into
col-key-part = Key
col-largest = Largest
col-largest-share = Its share
col-magnet = Magnet
col-material = Material
col-meaning = Meaning
col-measure = Measure
col-metal = metal
col-mining = mining
col-alloy = alloy
col-moves = Moves it ±
col-need = Need
col-need-high = Need, high
col-need-low = Need, low
col-need-share = Need/output
col-note = Note
col-of-output = Of a year of the mines
col-of-reserves = Of reserves
col-of-reserves-high = Of reserves, high
col-of-reserves-low = Of reserves, low
col-ore = Ore
col-ore-by-mass = Ore by mass
col-ore-by-value = Ore by value
col-ore-high = Ore, high
col-ore-low = Ore, low
col-output = Output
col-output-high = Output, high
col-output-low = Output, low
col-oxide-by-mass = Oxide by mass
col-oxide-by-value = Oxide by value
col-part = Part
col-period = Year
col-placed = Placed
col-placed-high = Placed, high
col-placed-low = Placed, low
col-published = Figure
col-publisher = Publisher
col-quantity = Quantity
col-quantity-high = Quantity, high
col-quantity-low = Quantity, low
col-refining = refining
col-reported = Reported
col-required = Required
col-reserves = Reserves
col-rests-on = Rests on (weightiest figures)
col-rests-on-sources = Their sources
col-robot = One robot
col-robot-high = One robot, high
col-robot-low = One robot, low
col-robots = Robots a year
col-robots-high = Robots a year, high
col-robots-low = Robots a year, low
col-semi = semi-finished
col-sites = Sites
col-slot = Slot
col-standing = Standing
col-supply = Supply
col-table = Table
col-tier = Read
col-title = Title
col-to = Into
col-to-stage = That stage
col-total = Total
col-type = Type
col-unplaced = Unplaced
col-url = Address
col-user = User
col-verdict = Verdict
col-volume = At the volume, a year
col-weight = Weight
col-weight-value = Weight value


## Messages

atlas-expired = Status of { $site } expired on { $until }; its present state is unknown.
atlas-exported = { $files } files of the atlas written to { $folder }. Edit them, then: linchpin brief --atlas { $folder }
atlas-sound = Atlas { $atlas } as of { $as-of } is sound: { $figures } figures, data { $hash }.
brief-title = { $product }, assembled in { $country }, at { $volume } robots a year
coverage-none = none
explain-no-data = { $address }: no data
explain-value = { $address } = { $value }, of { $product } × { $units }
explain-value-of-one = { $address } = { $value }, by { $product }
given-sites = { $sites } running sites in the atlas
given-units = { $units } asked for

## Notes

note-bom-cost = Cost rolls up what has a price; explode lists what has none under its own table.
note-byproduct = A need for a by-product never drives its host. Need: the units asked for, every year. The ceiling is what all its hosts can give in a year at the published output of { $year }. Of a concentrate, the need is that of the least activity over all deposits, which may take other ores.
note-claim = Published figures are read for this table only and are no input of any answer.
note-cost = Walking down from the robot, cost stops at the first item with a price. Where the walk ends without a known price, the item is listed as unpriced and counts nothing.
note-coverage = Standing on which the largest part of the published tonnes rests (in the ground: of the reserves); "none" where the atlas has the item but no plant with a figure; blank where the element does not occur.
note-deposit = The least-activity programme over all deposits: the ore that meets every element's need at once. It is a lower bound, with every deposit free to be mined.
note-explain = Every number has an address, verb/table/row/column, as in --format json. Take one apart: linchpin explain { $address }
note-flow = For one robot, losses on the way included: what each thing puts into the next. A run of a joint recipe gives all its outputs in the proportion of the deposit, needed or not. Value: at the price of the thing, where it has one.
note-ore = By mass and by value put each deposit's ore down to its oxides at the mines of { $year }; an oxide without a price carries no ore by value. The ore that meets all needs at once cannot be split among oxides; it stands in the next table.
note-placed = Placed is what has a known mass or price, counted from the component level upward; unplaced is what the robot weighs or costs beyond that.
note-reserve = Need: what must leave the mines for the units asked for, all losses on the way included. Output: that of all running mines that publish one, latest not after { $year }. Reserves: what the countries publish as economic to mine today; they grow with prices and search, and are no bound on what there is. Rare earths: in the concentrates of the least activity over all deposits; reserves are published for all oxides together, and split here by an assumption.
note-shown = { $shown } of { $all } rows, the largest; --limit shows more, a file shows all.
note-structural = This number follows from which plants stand where and what they make, and rests on no figure.
note-supply = Need: the units asked for, every year. Markets in { $year } with the latest published figures of running sites. Capacity counts output where no capacity is published.
note-times = Of { $all } times in the table times (stock cover, lead time, time to qualify, to recover, to build, to ramp up), { $assumed } are assumed. You know yours: linchpin atlas export, and edit that table first.
note-volumes-line = { $line } { $first }–{ $last }
note-volumes = Published figures and plans of the maker, as the atlas has them; the last row is the volume asked for.
note-weightiest = The three weightiest assumptions of each headline; ± is half the range of one, alone, on the headline that it moves most.
note-where-used = Direct users of { $item }, with losses.

## Parts of a definition

part-assumed = share that rests on assumptions
part-constant = number of the equation
part-difference = difference
part-figures = figures of the atlas
part-given = as asked
part-greatest = largest of
part-high = high end
part-least = smallest of
part-low = low end
part-measure = sum over needs
part-product = product
part-ratio = quotient
part-stop = what a loss leaves, worked out over all markets
part-sum = sum
part-swing = half range of a figure

## Stages and standings

stage-ground = ground
stage-refining = refining
stage-semi = semi-finished
standing-assumed = assumed
standing-derived = derived
standing-estimated = estimated
standing-reported = reported
tier-estimate = own estimate
tier-low = low-tier source
tier-primary = at the origin
tier-recalled = recalled, not re-read
tier-secondary = second-hand

## Tables

table-bom = Bill of materials, one robot
table-byproduct = By-products
table-claim = Published figures beside these
table-cost = What is bought
table-coverage = What the atlas covers
table-definition = How the number is defined
table-deposit = Ore that meets every need at once
table-element = Elements inside
table-figure = Figures it rests on
table-flow = From ore to robot, line by line
table-material = Mass by material
table-ore = Oxides and the ore put down to them
table-path = How one robot causes the need
table-placed = How much is placed
table-requirement = Requirement of every item, losses included
table-reserve = Beside the mines and the reserves
table-schema = Tables and columns of an atlas
table-source = Sources
table-standing = Figures by table and standing
table-supply = The markets it buys in, for so many units a year
table-terms = What is added up
table-volumes = Robots a year
table-weightiest = Weightiest assumptions
table-where-used = Where it is used
verb-coverage = What is known, and what is thin
verb-schema = What an atlas may hold

## Words

word-asked = asked for
word-buy = buy
word-cannot-tell = cannot tell
word-cost = cost of parts
word-lost = lost
word-make = make
word-mass = mass

## Brief

col-convention = Convention
col-inside = Inside
col-number = No.
col-published-high = Figure, high
col-published-low = Figure, low
col-swing = ± at most
col-weightiest = Rests on
convention-joint-oxide = all needs at once: oxide
convention-joint-rock = all needs at once: rock
convention-mass-oxide = by mass: oxide
convention-mass-rock = by mass: rock
convention-value-oxide = by value: oxide
convention-value-rock = by value: rock
note-behind = All needs at once: least activity over all deposits. By mass, by value: the mines of { $year }, ore put down to each oxide so.
table-behind = Rare-earth ore behind it, by three conventions
table-inside = Magnets and elements inside
col-difference = Difference
col-parts = Sum of parts
col-stated = Stated
note-roll-up = Parts whose stated mass and the sum of their inputs differ by more than 1 %.
table-roll-up = Masses that do not add up
note-bom-cut = The tree is cut after { $lines } lines; a smaller --depth shows whole branches.
note-unmined = Needed oxides that no mine with a published output gives: { $items }. No ore is put down to them by mass or by value.
note-unpriced = Items without a known price, left out of the cost of parts: { $items }; explode lists them.
note-unpriced-table = At these the cost walk ends without a known price; they count nothing in the cost of parts.
note-unresolved-table = At these the walk for element content ends without contents; they count in no element.
note-unweighed = Items without a known mass, left out of the mass: { $items }; explode lists them.
note-unweighed-table = At these the mass walk ends without a known mass; they count nothing in the mass placed.
table-unpriced = Bought without a known price, one robot
table-unresolved = Inside, content unknown, one robot
table-unweighed = Inside without a known mass, one robot
col-others = Other industries
