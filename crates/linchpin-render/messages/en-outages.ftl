# Sentences of `outages`.

verb-outages = What products lose when suppliers fail at random, and which supplier costs most

outages-down = A supplier is down for { $weeks } weeks on average.
outages-lost = In { $weeks ->
    [one] 1 week
   *[other] { $weeks } weeks
}, { $mean } of what is wanted is lost on average, and in one trial of twenty { $p95 } or more ({ $trials } trials; in brackets where the truth lies with 95 % confidence).
outages-network = { $parts ->
    [one] 1 part
   *[other] { $parts } parts
}, of which { $leaves } are bought; { $suppliers ->
    [one] 1 supplier
   *[other] { $suppliers } suppliers
}; { $products ->
    [one] 1 product
   *[other] { $products } products
}.
outages-no-trials = This part of the run has no trials: there are more parts than blocks of 64.

outages-any = trials in which anything is lost
outages-cvar95 = mean of the worst 5 % (CVaR 95 %)
outages-cvar99 = mean of the worst 1 % (CVaR 99 %)
outages-down-weeks = weeks for which a supplier is down
outages-mean = mean
outages-not-units = —
outages-p50 = median (P50)
outages-p95 = P95
outages-p99 = P99

col-outages-demand = Wanted a week
col-outages-down = Down in trials
col-outages-down-weeks = Weeks down
col-outages-error = Standard error
col-outages-mean = Mean loss
col-outages-owed = Less lost if it never failed
col-outages-p95 = P95
col-outages-product = Product
col-outages-supplier = Supplier
col-outages-units = Units
col-outages-value = Lost
col-outages-what = What
col-outages-when-down = Mean loss when down

table-outages-loss = What is lost
table-outages-owed = Suppliers by what would be lost less if they never failed
table-outages-products = Products that lose most
table-outages-when-down = Suppliers by the mean loss of the trials in which they were down

note-outages-listed = { $shown } of { $all }; --limit lists more.
note-outages-loss = Shares of what is wanted of all products in all weeks; ranges are 95 % intervals of what more trials would show.

fault-outages-buffer = the part is made of others, and stock is counted only of parts that are bought
fault-outages-buffer-mend = Remove the row, or the lines of bom that the part is a parent in.
fault-outages-level = the child stands on level { $child }, the parent on level { $parent }: a child must stand deeper, so that nothing is made of itself
fault-outages-level-mend = Correct the levels in parts, or the line.
fault-outages-made-and-bought = the part is made of others, and bought too
fault-outages-made-and-bought-mend = Remove its suppliers, or the lines of bom that it is a parent in.
fault-outages-no-demand = nothing is wanted of any product
fault-outages-no-demand-mend = Give one of them a demand above zero.
fault-outages-no-supplier = the part is made of nothing and has no supplier
fault-outages-no-supplier-mend = Add it to sourcing, or its children to bom.
fault-outages-part = parts has no such part
fault-outages-part-mend = Correct the name, or add the part.
fault-outages-shares = the shares of the part's suppliers do not add up to one
fault-outages-shares-mend = Correct the shares: together they are all that the part needs.
fault-outages-supplier = suppliers has no such supplier
fault-outages-supplier-mend = Correct the name, or add the supplier.

fault-kind-outages-buffer = stock of what is made
fault-kind-outages-level = level
fault-kind-outages-made-and-bought = made and bought
fault-kind-outages-no-demand = nothing wanted
fault-kind-outages-no-supplier = no supplier
fault-kind-outages-part = no such part
fault-kind-outages-shares = shares that do not add up
fault-kind-outages-supplier = no such supplier

help-outages = What products lose when suppliers fail at random, from a bill of materials of yours in six files
help-outages-folder = Folder with parts, bom, suppliers, sourcing, buffers and products, each .csv or .parquet
help-outages-limit = Suppliers and products listed
help-outages-weeks = Weeks counted
