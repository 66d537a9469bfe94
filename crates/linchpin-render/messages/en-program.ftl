# The program: help and errors.

error-address = There is no number at { $address }. The nearest is { $nearest }
error-binary = A workbook is not for the screen: add -o file.xlsx
error-figure = The atlas has no figure at { $address }. List them with: linchpin atlas schema, linchpin explain
error-folder = { $folder } is not empty: choose a new folder, so that nothing of yours is overwritten
error-format = The ending of { $file } names no format: use .json, .csv, .md or .xlsx, or --format
error-internal = A fault of the program, please report it: { $reason }
error-item = The atlas has no item { $item }. List them with: linchpin explode --table requirement
error-network = Under this scenario the network has no answer: { $reason }
error-product = There is no product { $name }; there are: { $allowed }
error-scenario = The scenario { $file } cannot be read: { $reason }. It looks like this: {"{"}"changes": {"{"}"prices/nd_oxide": {"{"}"set": 80{"}"}{"}"}{"}"}; instead of set: multiply, add
error-set = { $value } is no change: write ADDRESS=VALUE, ADDRESS*=FACTOR or ADDRESS+=VALUE
error-table = The answer has no table { $table }; it has: { $allowed }
error-write = { $file } cannot be written: { $reason }
help = Linchpin: a humanoid robot's supply chain, from ore to robot
help-any-address = Address of a number, as files and tables print it: verb/table/row/column, or table/key of an atlas figure
help-any-atlas = Folder of an atlas; without it the atlas inside the program
help-any-depth = Levels of the bill of materials to list
help-any-folder = Folder of an atlas
help-any-format = Form of the answer; by default from the ending of -o, else terminal
help-any-help = Print help
help-any-lang = Language of everything printed; by default that of the environment
help-any-limit = Rows shown of a long table
help-any-output = Write the answer to a file, whole or not at all
help-any-product = Robot: alias or item id
help-any-scenario = JSON file of changes to figures
help-any-set = Change one figure: ADDRESS=VALUE, ADDRESS*=FACTOR, ADDRESS+=VALUE, in the units of the tables
help-any-table = Only this table; may be repeated
help-any-units = Number of robots
help-any-version = Print the version
help-any-volume = Robots a year
help-any-where-used = List where this item is used
help-any-year = Year of the markets; by default that of the atlas
help-atlas = Check, export and describe the data
help-atlas-check = Check a folder and report every fault at once
help-atlas-coverage = Show what is known and what is thin
help-atlas-export = Write the atlas to a new folder, to edit and use with --atlas
help-atlas-schema = List every table and column
help-brief = One robot at one volume, on a page
help-explain = Take a number apart to its figures and sources
help-explode = What a robot is made of, down to the ore
help-heading-commands = Commands
help-heading-options = Options
help-heading-usage = Usage:
