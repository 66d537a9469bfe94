# One company with all that it owns.

verb-company = One company with all that it owns

## Who it is

company-counts = Of its plants the atlas lists: { $producers ->
    [0] none that runs, so it counts as no supply today
    [one] 1 runs and counts as supply
   *[other] { $producers } run and count as supply
}{ $developers ->
    [0] {""}
    [one] ; 1 is being built or planned and counts as none
   *[other] ; { $developers } are being built or planned and count as none
}{ $explorers ->
    [0] {""}
    [one] ; 1 is a deposit under exploration and counts as none
   *[other] ; { $explorers } are deposits under exploration and count as none
}{ $idle ->
    [0] {""}
    [one] ; 1 stands idle
   *[other] ; { $idle } stand idle
}; it may own others.
company-no-plants = The atlas has no plant of { $company }: what it makes, and how much, it cannot tell.
company-owner = Owned by { $owner }.
company-owners = Owned by { $owner }, ultimately by { $ultimate }.
company-owns = Owns { $owned }, whose plants are counted here.
company-unowned = The atlas names no owner of it.
company-who = { $company }, headquarters in { $country }
company-who-listed = { $company } ({ $ticker }), headquarters in { $country }

## Columns

col-company-all-plans = All, with plans
col-company-all-running = All running
col-company-announced = Announced capacity
col-company-counts-as = Counts as
col-company-covered = Spare covers
col-company-first = First promise
col-company-first-said = First said in
col-company-from = From
col-company-lane-need = Share of what the buyer needs
col-company-lane-share = Share of its output
col-company-latest = Latest promise
col-company-latest-said = Last said in
col-company-lost = Lost a year
col-company-missing = Still missing
col-company-need = One robot needs
col-company-outside = Outside { $country }
col-company-own = Part of { $company }
col-company-planned = Holds plans
col-company-plant = Plant
col-company-plant-share = Share of the spare
col-company-plant-spare = To spare
col-company-robots = Output feeds, robots
col-company-running = Its share, running
col-company-slip = Slip
col-company-spare = Spare elsewhere
col-company-spare-robots = Spare feeds, robots
col-company-status = Status
col-company-taken = { $volume } robots take
col-company-to = To
col-company-used = Used
col-company-way = Goes into
col-company-whose = Whose
col-company-with-plans = Its share, with plans
col-company-world = Of the world

## Notes

note-company-all-inside = All its plants stand in { $country }: it has no share outside.
note-company-feeds = Published output, and published spare capacity, over what one robot needs with all losses on the way, as if nobody else bought. A market that several of its plants sell into is counted once.
note-company-gains = Lost: published output of the plants in { $country }. Spare: capacity less output of the plants elsewhere that publish both. No data where its plants run and do not publish both. Plans are no spare capacity.
note-company-lanes = A buyer is named where a source names one; "no data" where its share is not published.
note-company-mined = A concentrate is a market of its own here. What part it is of all that mines give, oxide by oxide, stands under what it could feed and what it gains.
note-company-not-hit = Markets in which the atlas has no plant in { $country }: { $items }.
note-company-not-inside = No market of { $product } with a running plant, so without what it feeds and gains: { $items }.
note-company-plants = Producer: operating or ramping up. Developer: being built or planned, and no supply. Plants of what it owns are its own.
note-company-shares = Latest published figures not after { $year }, of running plants. Shares are of the published output of that item; output and capacity may be of different years.
note-company-starts = Dates are years and parts of them: 2025.9 is late in 2025. Slip: latest promise less first; no data with fewer than two promises.
note-company-years = Rows are the years in which something changes. A running plant counts with its latest capacity figure not after the year, or with its output if it publishes no capacity; one being built or planned from the year of its latest promised start, and only with plans.
note-company-years-blank = Of the { $plants } plants outside { $country } that make these items or are to make them, { $blank } without a published capacity or output and { $undated } without a promised start count nothing.
note-company-years-line = { $line } { $first }–{ $last }, its share with plans: { $item }
note-company-years-unknown = Without a row, because its plants publish neither capacity nor output: { $items }.
note-company-years-waiting = Without a row, because its plants with a published capacity do not run and have no promised start: { $items }.

## Tables

table-company-feeds = What it could feed of { $product }
table-company-gainers = Who has capacity to spare outside { $country }
table-company-gains = If { $country } stops
table-company-lanes = Known buyers
table-company-outlets = Where it leads, on the way to { $product }
table-company-plants = Plants
table-company-shares = What runs, and its share of the published output
table-company-starts = What is promised
table-company-years = Its share of the capacity outside { $country }, by year

## Words

company-holds-plans = yes
company-own = its own
company-role-developer = developer
company-role-explorer = explorer
company-role-idle = idle
company-role-producer = producer
company-status-building = building
company-status-exploring = exploring
company-status-idle = idle
company-status-operating = operating
company-status-planned = planned
company-status-ramping = ramping

## Errors

error-company = There is no company { $name }. The nearest are: { $nearest }
error-company-ambiguous = { $name } may be several companies; type the id of one: { $companies }
error-company-country = There is no country or group of countries { $country }. The nearest are: { $nearest }
error-company-unnamed = { $address } is about a company: name it with --company
