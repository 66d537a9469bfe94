# Sentences of `import`.

verb-import = What was read, what it is, and what is unknown

## Columns

col-became = What became of it
col-import-company = Company of the atlas
col-supplier = Supplier
col-basis = What it is made of
col-enough-for = Enough for
col-in-transit = In transit
col-cost-in-product = Cost in one product
col-cost-of-one = Cost of one
col-ordered = Bought a year
col-price-paid = Price of one
col-priced-lines = Lines with a price
col-products-a-year = Products a year
col-share-of-cost = Share of the cost
col-surplus = Of it surplus
col-on-hand = On hand
col-on-order = On order
col-header = Header
col-headers = Its columns
col-import-amount = In one
col-import-ask = What to ask
col-import-maker = Maker
col-import-share = Share of the part
col-in-product = In one product
col-of = Of
col-bom-part = Part
col-role = Taken for
col-lead-time = Lead time
col-lead-low = Lead time, low
col-lead-high = Lead time, high
col-rows = Rows
col-runner-up = Else
col-score = Sure
col-noticed = What
col-where = Where
col-why-not = Why not

## Tables

table-import-contents = What suppliers say is in their parts
table-import-assemblies = Assemblies, the dearest first
table-import-cost = Cost, the dearest first
table-import-cost-by-volume = Cost of one product by volume
table-import-coverage = How much is known
table-import-matches = Why, and what else
table-import-noticed = What does not add up
table-import-others = Tables that were not read as parts
table-import-parts = Parts, and what each is taken for
table-import-placeholders = Placeholders: kept with their text, of unknown make
table-import-questions = What to ask first
table-import-reading = How the files were read

table-import-stock = Stock, the scarcest first
table-import-suppliers = Suppliers

## Words

import-told = by its supplier
import-ask-rest = the rest of what is in it
import-ask-inside = what is in it
import-ask-mass = its mass
import-ask-quantity = how many
import-inside = in the part as told
import-inside-assembly = the parts list says what is in it: left out
import-no-input = no item of the atlas: left out
import-other-unit = not counted in that unit: amount left out
import-inside-nowhere = amount taken; its maker stands in no country of the atlas
import-inside-stranger = amount taken; the supplier who tells it is not listed for the part
import-inside-unknown = how much of it is in the part is neither told nor known by its kind: left out, with its maker
import-inside-lane = in the part as told; its maker has a lane of his own
import-barred = not qualified: left out
import-doubt = does not say that the supplier is qualified, taken for no, and left out; write yes or approved if he is
import-new-company = a new company
import-inside-barred = amount taken; the supplier who tells it is not qualified, its maker has no lane
import-maker-nowhere = a maker is named without a country, so that he stands nowhere; write its name or code
import-shares-under = shares of all suppliers of one part are told and come to less than the whole: nobody supplies the rest; correct them to 100 % together
import-contents-heavy = what goes into it weighs more than it does
import-element-heavy = no fault of the masses that are told: parts without a mass (≈) are taken to be of usual size, and at most there is more of this element than the product weighs; give them masses
import-element-heavy-told = by the masses that are told there is at most more of this element than the product weighs
import-elements-heavy = no fault of the masses that are told: parts without a mass (≈) are taken to be of usual size, and at most all elements together are more than the product weighs; give them masses
import-elements-heavy-told = by the masses that are told all elements together are at most more than the product weighs
import-lane = a known supplier of the product
import-mass-odd = far from what its kind usually weighs; grams and kilograms mixed up?
import-no-currency = prices in money that no cell and no header names: left out; name it in the header, as in Price (USD)
import-no-rate = prices in a currency without a rate: left out; say how many dollars one is
import-own-price = its own price is not that of its parts; its parts count
import-priced = its price counts; no country of the atlas, no lane
import-two-prices = two lines tell two prices; the first counts
import-no-country = no country of the atlas: left out
import-no-part = no such part: left out
import-by-mass = so much of that material
import-by-energy = cells for its watt hours
import-by-pack = cells, as far as a pack of its mass is cells
import-by-piece = its kind, by the piece: chips do not grow with the mass
import-by-mapping = the mapping says so
import-content = lines whose make-up is known
import-cost = known cost
import-differs = put together in another way than above; kept as a part of its own
import-empty = no row
import-its-parts = its parts
import-line-total = quantity times price is not the price of the line
import-lines = lines with an item
import-mass = known mass
import-needs-mass = unknown without its mass
import-needs-energy = unknown without its mass or watt hours (Wh, or Ah and V)
import-no-workbook = parts.xlsx was not written: { $reason }.
import-no-names = no column says what the rows are
import-no-quantities = no column says how many
import-orphan = what it goes into is not above it; taken into the nearest that is
import-scaled = its kind, by its mass
import-share-unread = no share of supply, taken as not told; write 0 to 100 %, as in 70 %, 0.7 or 70
import-total-quantity = the quantity of the whole product is not that of the tree; that of the tree counts
import-fraction = part of a piece: is the point one of thousands, or the unit another?
import-thousands = a point is read as parting thousands, since every number of this column with one has three digits behind it
import-two-moneys = prices in two moneys that are not the same at the rate; the first counts
import-unit-other = the unit is of another kind than that of the part, or a roll or box of nobody knows how much: left out; write it in the unit of the parts list
import-stock-unread = no amount in stock, taken as not told; write a number of 0 or more, as in 60
import-country-unread = no country of the atlas, so that the supplier stands nowhere; write its name or code
import-shares-over = shares of one part are more than the whole, taken in proportion; correct them to 100 % together
import-share-rest = shares of several suppliers of one part are not told: nobody knows who supplies the rest, and the cost is split among the others; write a share for each, or for all but one
import-answered = a supplier answers the questionnaire otherwise than the list says; the answer counts
import-amounts-by-share = suppliers tell different amounts of one thing in a part; their mean by shares counts
import-amounts-even = different amounts are told of one thing in a part, and not all shares of the suppliers are known: the plain mean counts
import-part-near = no such part in the parts list; is the one behind the arrow meant? Write its number or name as it stands there
import-tonne = more than a tonne of one part in one product
import-too-heavy = the parts weigh more than the product
import-too-light = the parts come to less than half of the product: the rest is not in the list, or nobody knows what it weighs
import-total = the lines above sum to something else
import-total-flat = the sum stated is that of the lines as they stand; by the tree, in which a part counts as often as what it goes into is used, it is another
import-total-unchecked = a sum in more than one money was not checked; give the rates with --rate
import-quote-left-out = no price of this supplier counts, for want of a rate or of a currency; what he would be paid is left to the others
import-rate-odd = a rate out of the usual range: is it dollars for one, and not the other way round?
import-same-list = holds the same as another list; both count; if it is the same list, give one of them
import-uncounted = no quantity; one is taken
import-out-over = the last day on which the line holds is over: left out
import-out-early = the first day on which the line holds is to come: left out
import-out-closed = the line is closed, deleted or no longer used: left out
import-out-unapproved = the line is not approved: left out
import-out-alternative = another line is used in its place: left out; of a group the first counts, unless a column tells how often each is used
import-out-text = a text or document, no part: left out
import-out-by-product = comes out of what is made, and does not go in: left out
import-out-inside = goes into what is left out: left out
import-out-not-free = lies in a store of what may not be used: left out
import-undated = no date that can be read: the line counts at all times; write it as 2026-12-31
import-stock-not-free = of the stock on hand not all may be used (blocked, in inspection, reserved): only what may be used counts
import-decimals = a point is read as one of decimals: every number of this column has three digits behind it, as programs print them, and no decimal comma in the sheet says otherwise
import-read-as-parts = a list of parts by its quantities, though it names suppliers and prices: read as parts, not as vendors. If it tells what suppliers ask, head its quantities Min. order, or give kind = "vendors" in a mapping
import-out-not-fitted = said not to be put in (DNP, not fitted): left out
import-out-spare = stands below a heading of spare parts, which are in no product: left out
import-mass-no-unit = a mass without a unit: left out; write the unit in the cell (0.19 kg), in the header (Mass (kg)) or in a column Weight unit
import-maybe-multiplied = the quantities of deeper lines are all multiples of those of what they go into: taken as those of one of it; if the list has multiplied them already, divide them
import-taxed = a price with tax: it counts as it stands where none without tax is beside it
import-untaxed = of prices with and without tax those without count
import-base-above = a row above the list says that it is for so many; quantities are taken as those of one: if they are for so many, put that into a column Base quantity
import-part-several = several parts have this name; the first counts: write its number
import-assembly-heavier = an assembly is told to weigh more than all that goes into it, of which every mass is told; the parts count
import-formula = a formula whose value is not stored reads as a blank cell; open the workbook in a spreadsheet and save it
import-units = counted in two units
import-measured = counted by length: without its mass unknown
import-no-place = no country given: no lane
import-no-content = what is in its kind is not known
import-unknown = unknown
import-usual = its kind, of usual size
import-usual-too-heavy = the parts weigh more than the product, even where those without a mass are of the least usual size
role-bought-as = made or bought
role-category = group or sort of part
role-company = company of the atlas
role-country = country of the plant
role-currency = currency
role-designator = places on a board
role-detail = detail
role-due = due
role-ignore = not read
role-in-transit = in transit
role-input = what is in the part
role-item = item of the atlas
role-lead-time = lead time
role-level = level
role-link = address
role-maker = maker
role-mass = mass of one
role-mass-unit = unit of mass
role-material = material
role-minimum-order = minimum order
role-name = name
role-number = part number
role-on-hand = on hand
role-on-order = on order
role-parent = goes into
role-position = number of the line
role-price = price of one
role-price-break = price of one from a quantity on
role-qualified = qualified
role-quantity = quantity
role-share = share of supply
role-supplier = supplier
role-total = price of the line
role-total-quantity = quantity in the whole product
role-unit = unit of quantity
role-price-basis = how many a price is for
role-base-quantity = how many of the assembly a quantity is for
role-scrap = scrap: lost beside what is needed
role-valid-from = first day on which the line holds
role-valid-to = last day on which the line holds
role-status = whether the line holds
role-closed = whether the line is closed or deleted
role-alternative = alternative: group, or whether it is one
role-probability = how often this one of its group is used
role-line-kind = sort of line
role-available = stock that may be used
role-not-free = stock that may not be used
role-outstanding = still to be delivered
role-break-quantity = quantity from which a price holds
role-price-unit = unit of prices
role-discount = discount on prices
role-fitted = whether the part is put in
role-warehouse = where stock lies

## Headlines

import-cost-one = One { $product } costs { $cost } in bought parts at { $volume } a year, of it { $surplus } for more than is needed (least orders, price breaks); { $priced } of the lines of bought parts have a price.
import-cost-yuan = In yuan { $cost }, at { $rate } yuan for a dollar, the rate of the atlas; for another one: --rate CNY=0.14
import-cost-yuan-given = In yuan { $cost }, at { $rate } yuan for a dollar as given.
import-cost-no-money = { $lines ->
    [one] One line with prices does not count
   *[other] { $lines } lines with prices do not count
 }, since nothing says in what money they are: name it in the header, as in Price (USD), or in a column Currency.
import-cost-left-out = { $lines ->
    [one] One line with prices does not count
   *[other] { $lines } lines with prices do not count
 } for want of a rate or of a currency ({ $currencies }): its suppliers are in no split, see What does not add up. A rate: --rate EUR=1.08
import-dry = Nothing was written (--dry-run).
import-kept = Written to { $folder }: the atlas of the product, parts.xlsx (your sheets, ours beside them), mapping.toml (how the files were read; correct it and give it back with --mapping) and matches.csv (which item each part is; what you correct there is remembered).
import-mapping-before = { $file }, from an import before, reads some table otherwise than it was read now; it was not followed. To follow it: --mapping { $file }
import-mapping-files = The mapping names files that are not given: { $files }.
import-unused-matches = matches.csv: { $count ->
    [one] one row names
   *[other] { $count } rows name
 } no bought part of these files, not remembered further ({ $rows }). A row takes the name of a part as it stands in the list.
import-matched = { $matched } of { $leaves } bought parts are an item of the atlas; { $unknown ->
    [one] one is kept as a placeholder
   *[other] { $unknown } are kept as placeholders
 }.
import-next = Every verb takes it: linchpin brief --atlas { $folder } --volume { $volume }
import-left-out = Not used: of { $vendors } lines of vendor lists { $no_part } whose part is none of the product and { $nowhere } without a country of the atlas and { $barred } of suppliers not qualified; { $makers } makers in answers without a country of the atlas; of { $stock } lines of stock { $no_stock } without such a part or a readable amount. The tables below say which.
import-read = { $product }: { $parts } parts in { $lines } lines, of { $tables } { $tables ->
    [one] table
   *[other] tables
 } in { $files } { $files ->
    [one] file
   *[other] files
 }.

## Notes

note-import-contents = An amount that is told replaces that of the kind that stands for the part; of the rest of it the kind decides. What somebody is named for is a good of its own: nothing of another part stands in for it. Its maker gets a plant and a lane, and is listed among one's own suppliers in expose and brief; disrupt follows him.
note-import-assemblies = Cost of one: its parts, with what is left over of their orders, or its own price where it is bought as it is.
note-import-cost = Each part is bought once a year, from the cheapest supplier or by the shares of the vendor list, and more than is needed where the next price break costs less in all. Surplus: what is paid for more than a year needs; it may serve the next. Parts without a price are not in it.
note-import-coverage = Of lines: an item of the atlas was found. Make-up: what is in it is known, by mass or by its kind. Cost and mass: of what the files tell of them in a currency that the atlas has a rate for.
note-import-in-product = In one product: all levels and places together. Several parts of one name have their part number, or # and their row, before it.
note-import-parts = Sure: 1 is certain; below that words decide, told under Why (in brackets: not in the name; ≈: a material that the atlas does not have, taken for the nearest that it has; ™: its maker makes such things; =: you said so). Else: what it may be instead. Wrong? Write the right item (its id or its name) into matches.csv, or - for none, and import again. Items: linchpin atlas items WORD
note-import-placeholders = The dearest first. Give each an item in matches.csv, if the atlas has one.
note-import-questions = By how much knowing the figures of a part would narrow the headlines of brief on average, and the one that it narrows most. Of all figures, those of the atlas too: linchpin atlas questions. questions.en.xlsx and questions.zh.xlsx ask your suppliers: who, where, how fast, what is inside; filled in, import them beside the parts list.
note-import-reading = Why: the word of the header that speaks for it, the share of cells that do, 2 if another column has that role with better reason, = if a mapping says so.

note-import-stock = Enough for: so many products. What is on hand, and what is on its way, is in the atlas of the product (stocks.csv): brief and disrupt take it as cover at the volume that they are asked about, and what is on its way as far as it is more than a week's need. What is on order does not count: a supplier who stops sends none of it.
note-import-stock-lost = In stock and in no line of the product: { $parts }.
note-import-suppliers = A known supplier: what it makes reaches the assembly over a lane of its own with its share of that part (expose: own lanes; disrupt: who goes on and who stops). Who is the only one listed for a part is taken to supply all of it. Lead times become those of the market; disrupt does not use them. Company: the one of the atlas that the supplier is taken for, with the country of its headquarters; a new company: none of the atlas. Else: the one that may be meant. Wrong? Add a column Linchpin: company to the vendor list and write the id or the name of the company there, or - for one of its own; once for each supplier is enough.
note-import-times = { $rows }: no lead time that can be read; say days, weeks or months in the cell or in the header.

## Faults

error-import-amount = { $file }, row { $row }: { $amount } of a part is more than can be meant (1e6 in one product at most). Its quantity was read as { $read }; correct the cell, or say with --mapping which column holds quantities.
error-import-cell = { $place }: a cell of { $bytes } bytes, more than { $limit }.
error-import-cells = { $place }: more than { $limit } cells.
error-import-columns = { $place }: more than { $limit } columns.
error-import-country = --country { $country }: no country of the atlas; near it are { $nearest }. Give three letters or a name, such as CHN or China.
error-import-cycle = { $file }: parts go into themselves: { $parts }. Correct the levels or the column of parents.
error-import-damaged = { $place }: damaged ({ $reason }). Open it in a spreadsheet and save it again.
error-import-empty = { $place }: the file is empty.
error-import-file = { $file }: { $reason }
error-import-item = { $place }: Linchpin: item says { $item }, which no part can be; near it are { $nearest }. Give an id of the atlas, or - for none.
error-import-company = { $place }: Linchpin: company says { $company }, which is no company of the atlas; near it are { $nearest }. Give an id or a name, or - for a company of its own.
error-import-two-items = { $place }: one part is given as { $one } in row { $first } and as { $other } here; which one?
error-import-twice = { $file } is given twice, and everything in it would count twice. Give it once.
error-import-large = { $place }: larger than { $limit } bytes.
error-import-mapping = Mapping, line { $line }: { $reason }. Allowed words stand at the head of the mapping.toml that an import writes.
error-import-mapping-absent = Mapping, { $place }: no column { $column }; there are { $known }. Correct its letters or leave it out.
error-import-mapping-column = Mapping: { $column } is no column; give letters as a spreadsheet does, A to XFD.
error-import-mapping-row = Mapping, { $place }: no row { $row } for the header; give its number in the file, or 0 for none.
error-import-mapping-sheet = Mapping, { $place }: no such sheet; there are { $known }.
error-import-markup = { $place }: a web page or XML, no table. Open it in a spreadsheet and save it as .xlsx or .csv.
error-import-matches = The matches cannot be followed: { $reason }
error-import-matches-header = matches.csv: the first row must be text,item, not { $found }.
error-import-matches-text = matches.csv, row { $row }: no text to find a part by; give its name as it stands in the list.
error-import-matches-twice = matches.csv, row { $row }: { $text } is given another item above; keep one of the rows.
error-import-matches-item = matches.csv, row { $row }: no item { $item }; near it are { $nearest }. Give an id of the atlas or the name of an item, or - for none; all: linchpin atlas items WORD
error-import-name = --name { $name }: give letters, digits, - or _, at most 30, and no name of a robot of the atlas.
error-import-no-parts = No table lists parts: none has a column of names and one of quantities that are recognised. Tables found: { $tables }. Try --dry-run on one file, or say with --mapping what the columns hold.
error-import-not-text = { $place }: neither a workbook nor text. Save it as .xlsx or .csv.
error-import-not-workbook = { $place }: an archive without a workbook. Save it as .xlsx.
error-import-old = { $place }: an old .xls or another Office file. Save it as .xlsx.
error-import-password = { $place }: protected with a password. Save it as .xlsx without one.
error-import-quote = { $place }: a quotation mark is opened and not closed.
error-import-rate = --rate { $rate }: give three letters and how many dollars one is, as in EUR=1.08.
error-import-rate-dollar = --rate { $rate }: all is told in dollars; a dollar needs no rate.
error-import-rate-far = --rate { $currency }={ $given }: dollars for one; usual are { $usual }. Is it the other way round?
error-import-rate-twice = --rate: two rates for { $currency }; which one?
error-import-ratio = { $place }: { $part } unpacks to more than { $limit } times its size.
error-import-rows = { $place }: more than { $limit } rows.
error-import-sheets = { $place }: more than { $limit } sheets or tables.
error-import-text = { $place }: more than { $limit } bytes of text.
error-import-unpacked = { $place }: unpacks to more than { $limit } bytes at { $part }.
error-import-unreadable = { $place }: cannot be read ({ $reason }).

## Help

help-import = Read your own parts lists (CSV, XLSX, Markdown) or a model (URDF, MJCF) and put your robot on the network
help-import-country = Country in which the product is assembled, such as CHN
help-import-dry-run = Only show how the files are read; write nothing
help-import-files = Parts lists: CSV, TSV, XLSX or Markdown, several make one product; or one model: URDF or MJCF
help-import-mapping = How the files are to be read: a corrected mapping.toml
help-import-mass = Kilograms that the product weighs
help-import-matches = Which item each part is: a corrected matches.csv [default: that in the folder, if there is one]
help-import-name = Name of the product on the command line [default: after the first file]
help-import-rate = How many dollars one of another currency is, such as EUR=1.08; once for each currency (CNY: in place of the atlas's rate)
help-import-title = What the product is called [default: its name]
help-import-volume = Products a year, for which parts are bought and stock is told in days of cover
help-import-to = Folder to write to [default: the name]
