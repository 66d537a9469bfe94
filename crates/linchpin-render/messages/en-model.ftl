# `import` of a robot's model file.

table-model-actuators = Actuators, and what their sizes rest on
table-model-assumed = What is assumed of the robot
table-model-joints = Joints
table-model-parts = Lines of the robot: they come to the mass of the file

col-assumption = What
col-effort = Effort (N·m, N)
col-joint = Joint
col-joints = Joints
col-effort-limit = Limit (N·m, N)
col-magnets = Magnets
col-magnets-high = Magnets, high
col-magnets-low = Magnets, low
col-ratio-high = Ratio, high
col-ratio-low = Ratio, low
col-numbers = Numbers
col-pieces = Number
col-sized-by = Sized by
col-state = State
col-velocity = Velocity (rad/s, m/s)

model-by-limit = limit of effort
model-by-room = mass of its links
model-by-share = share of the robot's mass
model-driven = driven
model-geared = planetary gear
model-micro = micro motor and gear
model-mimic = moves with another
model-passive = nothing drives it
model-screw = roller screw
model-strain-wave = strain-wave gear
model-usual = robots of its kind
model-yours = said by you

model-battery-kwh = Battery (kWh)
model-cameras = Cameras
model-computer-kg = Computer (kg)
model-harness-kg = Wiring harness (kg)
model-imus = Inertial units
model-lidars = LiDARs

model-beyond = effort beyond the actuators behind the fit
model-either-gear = planetary or strain-wave: the range of the ratio holds both
model-equal-efforts = placeholder: all joints have one limit of effort
model-equal-velocities = placeholder: all joints have one limit of velocity
model-long = mass metres away from its link: lengths in millimetres?
model-no-efforts = joints without a limit of effort
model-no-mass = links without a mass: the robot is heavier
model-no-velocities = joints without a limit of velocity
model-nowhere = joints whose links have no mass: no actuator counted
model-odd-efforts = placeholder: a limit of effort that no joint has
model-odd-gears = a ratio at which the motor would stand still or fly apart; not believed
model-odd-velocities = placeholder: a limit of velocity that no joint has
model-off-mass = the file against the weighed robot
model-too-heavy = the actuator of the limit outweighs its links, which decide

model-author-paths = paths on its author's machine; not opened
model-computed-mass = masses by shapes and density, not stated
model-coupled = moved by a tendon that counts at another joint
model-drives-nothing = an actuator that drives no joint
model-loose = a loose thing, left out
model-mass-raised = links raised to the least mass that the file sets
model-mimic-lost = follows a joint that is not there or does not move
model-negative-limit = a negative limit; read without its sign
model-not-read = not understood, may hold mass or drives
model-repeated = a name a second time; the first is meant
model-scenery = around the robot, left out (links + shapes)
model-several-drives = several actuators on one joint; the strongest counts
model-total-not-set = the file sets the mass of all, and links cannot be scaled to it
model-total-set = the file sets the mass of all; links were scaled to it

model-what-cycle = the link hangs on itself: links must make a tree
model-what-dtd = a document type may define entities and is not allowed: delete it
model-what-empty = the file is empty
model-what-include-other = what is included must begin with mujoco or mujocoinclude
model-what-include-outside = only files in the folder of the model may be included: copy it there
model-what-include-twice = a file may be included once, and not by itself
model-what-mimic-cycle = a joint that follows itself
model-what-missing = missing: add it
model-what-more = and so many more
model-what-negative = must not be negative
model-what-no-joints = nothing moves: no body has a joint
model-what-no-links = there are no links
model-what-not-finite = not finite: give a number
model-what-not-model = no robot model: it must begin with the element robot or mujoco
model-what-not-number = no number: decimals have a point
model-what-not-positive = must be above zero
model-what-not-text = no text: save it in UTF-8
model-what-not-xml = no XML: mend it there
model-what-repeated = the name stands twice: rename one
model-what-too-deep = elements too deep in each other
model-what-too-large = too large, with the files that it includes: 64 MB at most
model-what-too-many-attributes = too many attributes
model-what-too-many-elements = too many elements
model-what-too-many-links = too many links or joints: 200,000 at most
model-what-truncated = the file ends before an element does: is it complete?
model-what-two-parents = the link has two parents: links must make a tree
model-what-unknown-class = no default class has this name
model-what-unknown-joint = no joint has this name
model-what-unknown-link = no link has this name
model-what-unknown-tendon = no tendon has this name
model-what-unknown-word = not a word that is allowed here
model-what-unreadable = cannot be read
model-what-xacro = a xacro file: expand it first (xacro robot.urdf.xacro > robot.urdf)

model-blind = { $joints } of { $all } actuators are sized by mass: their limits say nothing, or ask for more than their links weigh. Their magnets are known to a factor of two at best.
model-inferred = { $types } { $types ->
    [one] type
   *[other] types
 } of actuators, { $mass }, { $share } of the robot; magnets in them { $magnets }.
model-kept = Written to { $folder }. Correct what is assumed in { $folder }/assumptions.csv (column yours) and import again; it is remembered. For one question: --set parameters/…
model-next = Every verb takes it: linchpin brief --atlas { $folder }
model-read = { $product }: { $mass } in { $links } links; { $driven } driven joints{ $mimics ->
    [0] {""}
   *[other] , { $mimics } that move with another
 }{ $passive ->
    [0] {""}
   *[other] , { $passive } that nothing drives
 }.

note-model-actuators = Ratio: as the file tells it, else the speed of joint motors over the limit of velocity. Its range, and that of the fit, is in the mass and the magnets of each.
note-model-assumed = The file tells none of it; sensors are counted by names of links. Structure is what is left of the mass of the file.
note-model-parts = Each line is a part of the atlas at this size (parameters.csv of the folder); actuators are taken to be bought whole, structure to be made.

error-import-assumptions-header = assumptions: the columns are { $found }. They must be name, value, low, high, unit, yours, as import writes them.
error-import-assumptions-name = assumptions, row { $row }: nothing is called { $name }; the nearest is { $nearest }.
error-import-assumptions-text = assumptions, row { $row }: cannot be read. Save the table as CSV in UTF-8.
error-import-assumptions-twice = assumptions, row { $row }: { $name } is said a second time. Leave one of them.
error-import-assumptions-undriven = assumptions: { $name }: nothing drives the joint, or it moves with another. Leave it out, or say joint/driven = 1.
error-import-assumptions-unit = assumptions, row { $row }: { $name } is in { $allowed }, not in { $unit }. Convert it.
error-import-assumptions-value = assumptions, row { $row }: { $name } is { $value }. It may be a number from { $low } to { $high }.
error-import-model-alone = { $file } is a robot's model. Import it by itself, without other files; compare then sets it beside a parts list.
error-import-model-drives = { $count } joints are driven; no robot has more than { $most }. Leave the robot alone in the file.
error-import-model-flag = --{ $flag } says nothing of a robot's model. Leave it out.
error-import-model-mass = The { $links } links weigh { $total } together (the heaviest is { $heaviest }). A robot weighs { $least } to { $most } kg: are masses missing, in grams or in tonnes? They must be in kilograms.
error-import-model-no-drives = None of { $joints } moving joints is driven: no actuator can be inferred. Say so in assumptions.csv (joint/driven = 1), or give limits of effort.
error-import-model-problem = { $place }{ $of ->
    [none] {""}
   *[other] , { $of }
 }: { $what }{ $value ->
    [none] {""}
   *[other] : { $value }
 }
error-import-model-robot = There is no robot { $name } in the file; there are { $known }.
error-import-model-robots = The file holds several robots: { $names }. Choose one with --robot.
error-import-no-model = --{ $flag } is for a robot's model (URDF, MJCF), and no file is one. Leave it out.

error-import-model-room = Actuators of { $actuators } and { $carried } of battery, computer, cable and sensors leave nothing for the structure of a robot of { $total }. Lower what assumptions.csv says under yours.

help-import-assumptions = What is assumed of a robot's model: a corrected assumptions.csv [default: that in the folder, if there is one]
help-import-robot = Which robot of a model file that holds several

# `revisions`

verb-revisions = How far a design has come to rest

table-revisions-churning = Parts that change again and again
table-revisions-each = Revisions
table-revisions-months = What changed, month by month

col-counted = Counted otherwise
col-day = Day
col-file = File
col-last = Last
col-lines = Lines
col-lines-changed = Lines changed
col-month = Month
col-revisions = Revisions
col-said = Otherwise said
col-scrapped = Scrapped
col-since = Since the one before
col-times = Times
col-value-changed = Value changed

note-revisions-each = Otherwise said: maker, material, specification or name are other; a price alone is no change. Scrapped: dollars of parts in one product that are of no use any more, as far as prices are told; times the products whose parts you hold.
note-revisions-months = Lines changed: those that were new, gone, counted otherwise or otherwise said at least once, of all. A line is known by its part number, else by its name.

revisions-moving = The design still moves: { $lines } of its lines{ $priced ->
    [yes] {" "}and { $value } of its value
   *[other] {""}
 } changed a month over the last { $months } months. At most { $still } is taken for a design at rest (--still): it is not ready for mass production.
revisions-read = { $revisions } revisions from { $from } to { $to }; { $lines } lines in the last.
revisions-scrapped = What changed in that time scraps { $scrapped } of parts for each product whose parts are held.
revisions-still = The design is at rest: { $lines } of its lines{ $priced ->
    [yes] {" "}and { $value } of its value
   *[other] {""}
 } changed a month over the last { $months } months; up to { $still } is taken for that (--still).
revisions-too-short = Too short to tell whether the design is at rest: { $months } months, in which { $lines } of its lines{ $priced ->
    [yes] {" "}and { $value } of its value
   *[other] {""}
 } changed a month. { $still } is taken for a design at rest (--still), over two months at least.

error-revisions-day = { $file }: { $day } is no day. Write it as 2026-03-01.
error-revisions-few = { $count } revision: give two at least, the days in their names or beside them.
error-revisions-mixed = { $model } is a robot's model, { $list } a list of parts: give one kind.
error-revisions-no-day = { $file }: no day in its name (or more than one). Name it like bom_2026-03-01.xlsx, or give { $file }=2026-03-01.
error-revisions-twice = { $one } and { $other } are of one day. Leave one, or say another day with =.

help-revisions = How far a design has come to rest: what changed from revision to revision, and how much a month
help-revisions-files = Parts lists or models of one product, one for each revision; the day in the name or behind =
help-revisions-rate = How many dollars one of another currency is, such as EUR=1.08; once for each currency
help-revisions-still = Share of lines that may change in a month in a design that is at rest; nobody publishes one

# `compare --swap`

table-swapped = What is swapped

col-grows = Motor that grows
col-heavier = Heavier by

compare-swapped = B is A with { $swaps }, in { $count } { $count ->
    [one] place
   *[other] places
 }{ $unknown ->
    [0] {""}
   *[other] ; for { $unknown } of them the atlas tells no torque
 }.

note-swapped = Torque: of the same motor, over that of today. Where it is less, the motor grows by as much, materials and all, so that the joint keeps its torque; where it is more, nothing shrinks. Heavier: one of what it goes into. Qualify: time to qualify it. What is bought whole keeps its list price, so cost follows only where parts are bought apart. What the grown motor asks of housing, gear, driver and battery is not in it.

error-swap = --swap { $value }: write FROM=TO, two items or markets by id or name, such as magnet_n48sh_gbd=magnet_ferrite.
error-swap-item = --swap: no item or market is called { $typed }; near it are { $nearest }. linchpin atlas items WORD finds them.
error-swap-none = --swap: nothing of the kind is in { $side }.
error-swap-nowhere = --swap: nothing uses { $from } and lists { $to } as what could take its place. The atlas knows: { $alternates }.

help-compare-swap = B is A with something else in the place of what is used, everywhere: FROM=TO, items or markets; several are done in order
