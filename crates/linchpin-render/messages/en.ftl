# English. Ids and variables must be the same as in zh.ftl; a test compares them.
# Sections and the ids in them are in alphabetical order. Numbers arrive formatted and with their unit.

## About: the sheet that tells where an answer comes from

about = About
about-as-of = As of
about-atlas = Atlas
about-blank = A blank cell means: no data. Numbers are in base units.
about-data-hash = SHA-256 of the data
about-headlines = Headlines
about-notes = Notes
about-program = Program
about-request = Request
about-seed = Seed
about-sheets = Sheets
about-status = Status
about-verb = Question

## Columns: col-<name of the column>, with hyphens

col-amount = Amount
col-capacity = Capacity
col-company = Company
col-cost = Cost
col-count = Count
col-country = Country
col-high = High
col-item = Item
col-key = Key
col-low = Low
col-mass = Mass
col-mass-high = Mass, high
col-mass-low = Mass, low
col-price = Price
col-product = Product
col-remark = Remark
col-share = Share
col-share-high = Share, high
col-share-low = Share, low
col-site = Site
col-source = Source
col-stage = Stage
col-unit = Unit
col-value = Value
col-year = Year

## Problems: faults in a user's input

problem-count = { $faults ->
    [one] { $faults } fault
   *[other] { $faults } faults
} in { $files ->
    [one] { $files } file
   *[other] { $files } files
}.
problem-none = No faults.

## Stages

stage-alloy = alloy
stage-assembly = assembly
stage-component = component
stage-equipment = equipment
stage-magnet = magnet
stage-metal = metal
stage-mining = mining
stage-module = module
stage-separation = separation, refining

## Stamp: the last line of an answer

stamp-atlas = atlas { $atlas }, { $as-of }
stamp-data = data { $hash }
stamp-program = { $program } { $version }
stamp-seed = seed { $seed }

## Statuses: how far an answer can be relied on as a computation

status-converged = converged in { $iterations ->
    [one] { $iterations } iteration
   *[other] { $iterations } iterations
}, residual { $residual }
status-exact = exact
status-infeasible = infeasible: no solution meets the constraints
status-no-data = no data: the atlas does not hold what this question needs
status-optimal = optimal within { $gap }
status-sampled = estimated from { $trials } trials
status-simulated = simulated, { $steps } steps
status-time-limit = stopped by the time limit
status-unbounded = unbounded: the objective has no limit

## Tables: what is common to all

header-with-unit = { $header } ({ $unit })
table-continued = { $title } (continued)
table-empty = no rows
yes = yes
no = no

## Units: base units by themselves

unit-day = days
unit-fraction = %
unit-kg = kg
unit-kg-per-y = kg/y
unit-piece = pieces
unit-piece-per-y = pieces/y
unit-usd = USD
unit-usd-per-kg = USD/kg
unit-usd-per-piece = USD/piece
unit-year = years

## Verbs: the title line of an answer

verb-audit = Do published claims hold?
verb-brief = One robot, one volume, on a page
verb-disrupt = When does the line stop, what is lost, when is it back?
verb-explain = Where a number comes from
verb-explode = What it is made of, down to the ore
verb-expose = Who can stop it, and at what volume
verb-invest = Where the next dollar makes you safer
verb-outlook = Is there enough, year by year?
verb-plan = What can be built, and what makes an order late
verb-stress = What every single loss would do
