# The program: help and errors.

error-address = There is no number at { $address }. The nearest is { $nearest }
error-binary = A workbook is not for the screen: add -o file.xlsx
error-bounds-endless = Under these changes { $address } has no finite value: change it so that it can be reckoned with
error-bounds-joint-shares = Under these changes the shares of { $item } sum to { $sum }: at most 1 is allowed, so change the others too
error-bounds-maximum = Under these changes { $address } is { $value }: at most { $allowed } is allowed
error-bounds-minimum = Under these changes { $address } is { $value }: at least { $allowed } is allowed
error-bounds-shares = Under these changes the shares of { $item } sum to { $sum }: 1 is allowed, so change the others too
error-bounds-size = Under these changes { $address } is { $value } in base units: in size, zero or { $least } to { $most } is allowed
error-bounds-unknown = Under these changes { $address } has no value, because the atlas has none to start from: use ADDRESS=VALUE
error-bounds-zero = Under these changes { $address } is 0: needs are divided by it, so only more than 0 is allowed
error-browser = { $browser } wrote no picture; write a .svg instead
error-cancelled = Cancelled; nothing was written
error-claim = There is no claim { $claim } on this product. The nearest is { $nearest }
error-explain-compare = A number of compare is taken apart where it stands for one robot: brief/placed/mass/placed, explode/element/Dy/mass, expose/stops/CHN:output/pro_rata or another of these, with --product, --atlas and --scenario of the side
error-figure = The atlas has no figure at { $address }. The nearest is { $nearest }
error-folder = { $folder } is not empty: choose a new folder, so that nothing of yours is overwritten
error-format = The ending of { $file } names no format: use .json, .csv, .md or .xlsx, or --format
error-compare-both = { $name } is a folder here and a robot of the atlas: write ./{ $name } for the folder, shipped:{ $name } for the robot
error-compare-set = { $side } has no figure at { $address }; the nearest is { $nearest }. --set changes both sides; to change one, put it into a scenario file and type its name behind that side: { $side }+changes.json
error-compare-side = { $typed } is neither a robot of the atlas nor a folder. There are the robots { $robots }; near it are { $nearest }. A side is ROBOT, DIR or DIR:ROBOT, each with changes behind it if you like: g1, r1, r1:arm, g1+changes.json
error-control-mode = { $control } limits what is made, not what leaves: its mode is output, so type --mode output
error-control-no-flow = { $control } stops no flow: it is a { $instrument ->
    [technology] control of technology, which lengthens the time to build plants elsewhere
   *[other] tariff, which makes what it names dearer
}; name the items or the country instead
error-idle = { $address } does not depend on { $option }: leave it out
error-internal = A fault of the program, please report it: { $reason }
error-item = The atlas has no item { $item }. List them with: linchpin explode --table requirement
error-market = { $item } is no market behind the product; there are: { $allowed }
error-mode = { $value } is no loss mode; there are: output, exports
error-mode-missing = --stop needs a loss mode: --mode output (the plants stop) or --mode exports (nothing leaves the country)
error-mode-output = --to, --end-user, --re-export and --de-minimis are about exports: use --mode exports
error-network-cycle = Under these changes the network has no answer: the cycle through { $item } uses up at least what it makes
error-network-endless = Under these changes the network has no answer: the cycle through { $item } does not settle
error-network-joint = Under these changes the network has no answer: the joint production of { $item } and what comes with it cannot be solved
error-network-size = The network has no answer: the cycle through { $item } has { $size } items, more than are solved
error-network-source = Under these changes the network has no answer: nothing gives all that is needed of { $item } and what comes with it
error-no-browser = A .png needs a browser, and none of these was found: { $browsers }. Install chromium, or write a .svg
error-overflow = Under these changes a number of the answer grows beyond all bounds: use figures nearer to those of the atlas
error-own = { $value } is not ITEM=SELECTOR, such as harmonic_reducer=JPN
error-picture = There is no picture { $picture }; there are: { $allowed }
error-picture-idle = --picture { $picture } goes with a file that ends in .svg or .png
error-picture-missing = A file of this kind holds one picture; name it with --picture: { $allowed }
error-picture-table = --table and a picture do not go together: a picture takes the tables that it needs
error-picture-tables = This answer has not the tables that the picture { $picture } is drawn from; linchpin brief has them, and of curve, causes and calendar linchpin disrupt where robots are lost, of fan, exceedance, survival, quarters and ranking linchpin risk (the last two where robots are lost), of risks, changes and masses linchpin compare
error-picture-unbuilt = The program was built without Node and has no pictures: install Node 18 or newer and npm, and build with ./x
error-product = There is no product { $name }; there are: { $allowed }
error-items = No item has { $words } in its id or its names; near it are { $nearest }. All: linchpin atlas items
error-product-which = The atlas brings several products; name one with --product: { $allowed }
error-read = { $file } cannot be read: { $reason }
error-scenario = { $file }, line { $line }, column { $column }: this is no scenario. It looks like this: {"{"}"changes": {"{"}"prices/nd_oxide": {"{"}"set": 80{"}"}{"}"}{"}"}; instead of set: multiply, add
error-scenario-json = { $file }, line { $line }, column { $column }: this is not JSON. A scenario looks like this: {"{"}"changes": {"{"}"prices/nd_oxide": {"{"}"set": 80{"}"}{"}"}{"}"}
error-own-twice = { $item }: its suppliers are given twice; join them by a comma, as in harmonic_reducer=JPN,CHN
error-selector = { $term } is unknown. The nearest are: { $nearest }. A selector names countries, groups, companies, sites, items, elements, stages or controls, as in CHN/magnet,MMR
error-selector-ambiguous = { $term } has several meanings; say which: { $kinds }
error-selector-countries = { $value } names no countries: a destination is a country or a group of countries
error-selector-empty = { $value } has an empty term: terms stand on both sides of / and ,
error-selector-former = { $term } no longer exists; use: { $successors }
error-selector-idle = { $value }: { $plants ->
    [one] the one plant that the atlas has of it does not run
   *[other] none of the { $plants } plants that the atlas has of it runs
}, so that { $product } has nothing of it to lose
error-selector-unneeded = { $value }: { $product } needs none of it that the atlas knows; the atlas has { $plants ->
    [one] 1 plant
   *[other] { $plants } plants
} of it, { $running } running
error-selector-nothing = { $value } matches no running plant behind this product; see them with: linchpin expose --table shares
error-set = { $value } is no change: write ADDRESS=VALUE, ADDRESS*=FACTOR or ADDRESS+=VALUE
error-set-twice = { $address } is changed twice in { $place }: keep one of the two
error-to-missing = --end-user, --re-export and --de-minimis are about one destination: add --to COUNTRIES. Without it everywhere abroad is cut off already
error-stop-missing = --mode, --to, --end-user, --re-export and --de-minimis need --stop SELECTOR
error-table = The answer has no table { $table }; it has: { $allowed }
error-unread = No answer computes with { $address }, so a change of it would do nothing: leave it out
error-write = { $file } cannot be written: { $reason }
help = Linchpin: a humanoid robot's supply chain, from ore to robot
help-any-address = Address of a number, as files and tables print it: verb/table/row/column, or table/key of an atlas figure
help-any-atlas = Folder of an atlas; without it the atlas inside the program
help-any-de-minimis = Foreign-made items fall under the export rule from this share of hit content in their value, such as 0.1%
help-any-depth = Levels of the bill of materials to list
help-any-end-user = The export rule follows the item to its end user: third countries may not work it up for the destination
help-any-folder = Folder of an atlas
help-any-format = Form of the answer; by default from the ending of -o, else terminal
help-any-help = Print help
help-any-lang = Language of everything printed; by default that of the environment
help-any-leave = What leaving is costed for; by default what is lost, or of the three countries that stop most the first with a price elsewhere
help-any-limit = Rows shown of a long table
help-any-mode = What is lost of it: output (the plants stop) or exports (nothing leaves); needed with --stop
help-any-old = Folder of an atlas, or the word shipped for the one inside the program
help-any-new = Folder of another
help-any-output = Write the answer to a file, whole or not at all
help-any-own = Your supplier of an item: ITEM=SELECTOR, such as harmonic_reducer=JPN; may be repeated
help-any-picture = Picture to write to a .svg or .png: curve, causes, calendar, loss, ladder, wall, stops, made, flow, map, claims or coverage; of risk fan, exceedance, survival, quarters or ranking; of compare risks, changes or masses
help-any-product = Robot: alias or item id [default: that of --atlas, else optimus]
help-any-re-export = Third countries pass the items on
help-any-scenario = JSON file of changes to figures
help-any-set = Change one figure: ADDRESS=VALUE, ADDRESS*=FACTOR, ADDRESS+=VALUE, in the units of the tables
help-any-stop = What is lost: countries, groups, companies with what they own, sites, items, stages, controls; joined by / (and) and , (or), such as CHN/magnet,MMR
help-any-table = Only this table; may be repeated
help-any-to = Destination of an export ban; by default everywhere abroad
help-any-units = Number of robots
help-any-version = Print the version
help-any-volume = Robots a year
help-any-where-used = List where this item is used
help-any-year = Year of the markets; by default that of the atlas
help-atlas = Check, export and describe the data
help-atlas-check = Check a folder and report every fault at once
help-atlas-coverage = Show what is known and what is thin
help-atlas-items = List the items of the atlas, or those that have some words in their ids or names: their ids are what matches.csv takes
help-atlas-items-words = Words or parts of words, in English or Chinese; an item must have all of them
help-atlas-questions = Say which figure, if it were known, would narrow the answers most
help-atlas-diff = Compare two atlases: what changed, and which numbers moved
help-atlas-diff-product = Robot: alias or item id
help-atlas-export = Write the atlas to a new folder, to edit and use with --atlas
help-atlas-schema = List every table and column
help-audit = Do published claims hold?
help-audit-claim = Show this claim in full
help-brief = One robot at one volume, on a page
help-compare = Is robot B safer than robot A? Two robots, two revisions of one, or two scenarios side by side
help-compare-a = ROBOT of the atlas (optimus, g1, walker), DIR of an imported robot or atlas, or DIR:ROBOT if it brings several; each with +FILE behind it for a scenario of changes, as in g1+changes.json
help-compare-b = The other, spelled the same way
help-compare-set = Change one figure on both sides: ADDRESS=VALUE, ADDRESS*=FACTOR, ADDRESS+=VALUE; for one side use +FILE
help-compare-stop = One loss beside those that hit either most: countries, groups, companies, sites, items, stages, controls; joined by / (and) and , (or), such as CHN/magnet,MMR
help-company = One company with all that it owns: shares, promises, what it feeds, what it gains
help-company-name = Id, ticker or name of the company
help-company-without = Country, or group of countries, whose loss is asked about and without which shares are told
help-explain = Take a number apart to its figures and sources
help-explain-company = Company that the number is about: id, ticker or name
help-explain-without = As in company [default: CHN]
help-explode = What a robot is made of, down to the ore
help-expose = Who can stop it, at what volume, and what leaving costs
help-heading-commands = Commands
help-heading-options = Options
help-heading-usage = Usage:
note-changed = Changed: { $figure } ({ $address }) from { $before } to { $after }
note-changed-unknown = Changed: { $figure } ({ $address }) from unknown to { $after }
