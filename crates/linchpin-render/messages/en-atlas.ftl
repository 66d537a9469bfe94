# The data themselves: what is covered, what would help most, what changed.

verb-diff = What changed between two atlases
verb-items = Which items there are
verb-questions = Which figure would help most

## Messages

atlas-expired-control = The control { $control } is noted as { $status } until { $until }, which is past; its present state is unknown.
coverage-line = Coverage: of { $markets } markets behind { $product }, { $makers } have a known maker, { $outputs } a published output or share, { $capacities } a published capacity, { $prices } a price. What is thin: linchpin atlas coverage. What to look for first: linchpin atlas questions
diff-title = From data { $before } to { $after }: { $added } rows added, { $removed } removed, { $changed } changed.
questions-title = What would narrow the { $headlines } headlines of { $product } at { $volume } robots a year most

## Words

diff-added = added
diff-changed = changed
diff-removed = removed

## Columns

col-added = Added
col-address = Address
col-after = After
col-after-high = After, high
col-after-low = After, low
col-before = Before
col-before-high = Before, high
col-before-low = Before, low
col-changed = Changed
col-countries = Countries
col-headline = Headline
col-id = Id
col-mean = Narrows on average
col-most = Narrows most
col-no-capacity = Capacity
col-no-maker = Maker
col-no-output = Output
col-no-price = Price
col-price-standing = Price
col-removed = Removed
col-row = Row
col-spent = Spent on it
col-what = What
col-with-capacity = With capacity
col-with-output = With output

## Notes

note-blanks = Markets behind the robot of which nobody publishes something, those on which most is spent first. None: no running maker is known, none publishes an output or a share, none a capacity, nobody a price.
note-diff-rows = Shown: { $shown } of { $all }. All: --format csv, or --limit.
note-items = Shown: { $shown } of { $all }. All: --format csv, or --limit. An id may be written into matches.csv or under Linchpin: item. Market: where it is bought together with its like.
note-markets = Running makers that the atlas knows; of how many countries; how many publish an output (or a share of the market) and a capacity. A country's "all producers" count as one.
note-narrow = Share of the width of a headline's range that would go if the figure were known exactly: the mean over all headlines, and the largest, with its headline.

## Tables

table-blanks = What nobody tells
table-diff-figures = Figures that are not the same
table-diff-moved = Numbers of the page that moved
table-diff-rows = Rows that are not the same
table-diff-tables = Rows by table
table-items = Items
table-markets = What each market tells
table-narrow = Figures whose range weighs most
