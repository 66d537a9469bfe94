# Sentences of `firms`.

verb-firms = What a shock to some firms costs all that trade with them

## What is told first

firms-deepest-away = Value added is lowest on day { $day }, at { $share } of normal, and not back at 99 % by day { $last }.
firms-deepest-back = Value added is lowest on day { $day }, at { $share } of normal, and back at 99 % from day { $back } on.
firms-deepest-never-away = Value added is lowest on day { $day }, at { $share } of normal, and never below 99 %.
firms-line = Value added missing, day 0 to { $last }: { $line }
firms-lost = In { $days ->
    [one] 1 day
   *[other] { $days } days
} as much value added is lost as is made in { $value } of normal, and final demand goes without what it gets in { $consumption }. Damaged capacity alone accounts for { $direct }; for each unit of that, { $ratio } more are lost along the links.
firms-lost-nothing = In { $days ->
    [one] 1 day
   *[other] { $days } days
} as much value added is lost as is made in { $value } of normal, and final demand goes without what it gets in { $consumption }. Damaged capacity accounts for { $direct }.
firms-network = { $firms ->
    [one] 1 firm
   *[other] { $firms } firms
}, { $links ->
    [one] 1 link
   *[other] { $links } links
}; { $damaged ->
    [0] none is damaged
    [one] 1 is damaged, for good
   *[other] { $damaged } are damaged, for good
}.
firms-network-back = { $firms ->
    [one] 1 firm
   *[other] { $firms } firms
}, { $links ->
    [one] 1 link
   *[other] { $links } links
}; { $damaged ->
    [0] none is damaged
    [one] 1 is damaged and whole again within { $recovery }
   *[other] { $damaged } are damaged and whole again within { $recovery }
}.

## Columns

col-firms-consumption = Final consumption
col-firms-consumption-share = of normal
col-firms-damage = Damage
col-firms-day = Day
col-firms-firm = Firm
col-firms-lost-days = Output lost, days of its normal
col-firms-output = Total output
col-firms-output-share = of normal
col-firms-part = Of all that is lost
col-firms-sector = Sector
col-firms-usual = Output before, a day
col-firms-value = Value added
col-firms-value-lost = Value added lost
col-firms-value-share = of normal
col-firms-what = What

## Notes

note-firms-as-published = Water filling as published keeps two properties of the published program: final demand that is met goes on taking its part of what is divided, and a client that orders nothing is given as much as the smallest order. Which orders are nothing hangs on the last digit, so that the order in which firms are listed can move a day by some percent; water-filling has neither property.
note-firms-days = { $shown } of { $all } days; files get all.
note-firms-late = { $count ->
    [one] 1 damage comes
   *[other] { $count } damages come
} after the last day that is counted.
note-firms-most = { $shown } of the { $all } firms that lose value added, those that lose most first; --limit lists more.
note-firms-negative = { $count ->
    [one] 1 firm buys
   *[other] { $count } firms buy
} for more than it sells: its value added is below zero, and counted so.
note-firms-overshoots = Gaps in stock are closed within { $days }, before what was ordered for them has come: orders swing for no other reason. An adjustment of two days or more does not.
note-firms-totals = Days of normal: the sum over all days of what is missing, over what is made on the day before the shock. Direct: what damaged capacity would have added. Back: from that day to the last one counted, value added stays at 99 % or more; no data if it does not.
note-firms-units = Amounts are in the unit of the files, a day. Day −1 is before the shock, and normal.
note-firms-unread = Columns that are not read: { $columns }
note-firms-zero = { $count ->
    [one] 1 link of amount zero is left out: it carries
   *[other] { $count } links of amount zero are left out: they carry
} nothing.

## Tables

table-firms-firms = Who loses most
table-firms-series = Day by day
table-firms-totals = In all

## What the totals are

firms-total-back = back at 99 % from day
firms-total-consumption = final consumption lost
firms-total-deepest = value added on that day
firms-total-deepest-day = day on which value added is lowest
firms-total-direct = value added lost directly, by damaged capacity
firms-total-indirect = lost along links for each unit lost directly
firms-total-value = value added lost

## Faults of the files

fault-firms-duplicate-link = the link stands already in row { $first }
fault-firms-duplicate-link-mend = Keep one row with the sum of both, or remove one.
fault-firms-endless = not a finite number
fault-firms-endless-mend = Write a finite number.
fault-firms-more = { $count } faults of one kind: { $kind }; the first { $listed } are listed
fault-firms-more-mend = Mend the cause, then run it again.
fault-firms-no-file = there is neither this file nor one with the ending .parquet
fault-firms-no-file-mend = Write one of the two.
fault-firms-no-sales = the firm buys, and nobody takes what it makes
fault-firms-no-sales-mend = Give it final demand or a client, or remove its purchases: what a firm makes is what others take.
fault-firms-parquet = cannot be read as Parquet: { $reason }
fault-firms-parquet-mend = Write it again, compressed with snappy, zstd or gzip or not at all, or write CSV.
fault-firms-self = a firm supplies itself
fault-firms-self-mend = Remove the row: what a firm makes and uses itself is not traded.
fault-firms-tiny = an amount next to nothing: at least { $allowed }, or zero
fault-firms-tiny-mend = Check the unit, or write zero.
fault-firms-two-files = there is { $other } too
fault-firms-two-files-mend = Keep one of the two.
fault-firms-type = the type of the column does not fit: names are text or whole numbers, amounts are numbers
fault-firms-type-mend = Convert the column and write the file again.
fault-firms-unknown = firms has no such firm
fault-firms-unknown-mend = Correct the name, or add the firm.

## The same, as a kind of which there are many

fault-kind-above-maximum = above the maximum
fault-kind-below-minimum = below the minimum
fault-kind-blank = blank cell
fault-kind-cell-count = number of cells in the row
fault-kind-control-character = control character
fault-kind-duplicate-key = repeated key
fault-kind-firms-duplicate-link = repeated link
fault-kind-firms-endless = not finite
fault-kind-firms-no-sales = buys and sells nothing
fault-kind-firms-self = supplies itself
fault-kind-firms-tiny = next to nothing
fault-kind-firms-type = type
fault-kind-firms-unknown = no such firm
fault-kind-integer = not a whole number
fault-kind-not-utf8 = not UTF-8
fault-kind-number = not a number
fault-kind-thousands-separator = number with a comma
fault-kind-unclosed-quote = quotation mark that is never closed

## Errors and help

error-firms-picture = This answer has no pictures: write a .html, .xlsx, .json, .csv or .md
error-firms-rationing = { $value } is no way of rationing; there are: { $allowed }
help-firms = What a shock to some firms costs all that trade with them, from two files of yours
help-firms-adjustment = Days over which a gap in stock is closed
help-firms-cover = Days of use that stocks of inputs cover
help-firms-days = Days counted
help-firms-folder = Folder with firms.csv (firm, sector, final_demand, delta, delta_start) and links.csv (supplier, client, amount), or the same as .parquet
help-firms-limit = Firms listed
help-firms-rationing = How shortage is divided: pro-rata, water-filling, water-filling-as-published or final-demand-last
help-firms-recovery = Days in which damaged capacity comes back, by as much every day; 0 if it does not
