//! What if another grade, motor, gear or chemistry were used everywhere: an alternate of a slot takes the place of what is used, the motor
//! grows by what it loses in torque, and masses follow.
//!
//! Nothing is stored: a swap is rows over an atlas, worked out from what the atlas uses today. Swaps that end where they began leave no row,
//! so that a swap and its reverse are the start, bit for bit.

use crate::atlas::{Atlas, FigureId, Files, Overlay, Row, Schema, Values, package};
use crate::slips::near;
use linchpin_table::{Answer, Message, Table, TableError, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// One thing in the place of another: ids, or names in either language, of items or of the markets that they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// What is used today.
    pub from: String,
    /// What takes its place.
    pub to: String,
}

/// A slot in which something else is used.
#[derive(Clone, Debug, PartialEq)]
pub struct Swapped {
    /// The item that it goes into.
    pub into: String,
    /// What was used.
    pub from: String,
    /// What is used now.
    pub to: String,
    /// Torque of the same motor after, over that before; `None` if the atlas tells none.
    pub torque: Option<f64>,
    /// The motor that grows so that the joint keeps its torque.
    pub motor: Option<String>,
    /// Kilograms of one of the item more than before.
    pub mass: f64,
    /// Days to qualify it.
    pub qualification: Option<f64>,
}

/// Why a swap cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SwapFault {
    /// No item or market of that name.
    #[error("no item {typed}; near it are {}", .nearest.join(", "))]
    Item {
        /// What was typed.
        typed: String,
        /// Items that may be meant.
        nearest: Vec<String>,
    },
    /// No slot uses the one and lists the other as its alternate.
    #[error("nothing uses {from} and could use {to}; in its place could stand {}", .alternates.join(", "))]
    Nowhere {
        /// What is to be replaced.
        from: String,
        /// What is to take its place.
        to: String,
        /// Alternates of the former; those of all slots if it has none.
        alternates: Vec<String>,
    },
}

/// The rows that swaps lay over an atlas, and what they change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Swaps {
    /// Rows by table, each a whole row of the schema.
    rows: BTreeMap<&'static str, Vec<Vec<String>>>,
    /// The slots that change.
    pub changed: Vec<Swapped>,
}

/// Markets whose goods turn current into torque.
const MOTORS: [&str; 2] = ["frameless_motor", "coreless_motor"];
/// How many steps up from a magnet the motor is: rotor, motor.
const STEPS: usize = 3;

/// A use of an item in a recipe.
struct Input<'a> {
    row: &'a Row,
    recipe: &'a str,
    slot: &'a str,
    item: &'a str,
    used: bool,
    amount: Option<FigureId>,
}

struct Network<'a> {
    atlas: &'a Atlas,
    values: Values,
    inputs: Vec<Input<'a>>,
    /// Places of the inputs of a recipe.
    of_recipe: BTreeMap<&'a str, Vec<usize>>,
    /// The item that a recipe makes.
    makes: BTreeMap<&'a str, &'a str>,
    /// The first recipe of an item.
    recipe: BTreeMap<&'a str, &'a str>,
    /// Places of what takes the place of what is used, by slot.
    now: BTreeMap<(&'a str, &'a str), usize>,
    /// Factors of the inputs that grow, as parameters by which they are divided.
    grown: BTreeMap<usize, Vec<String>>,
    /// What the parameters are worth.
    factor: BTreeMap<String, f64>,
}

/// Works out what swaps, one after the other, change in an atlas.
pub fn swap(atlas: &Atlas, swaps: &[Swap]) -> Result<Swaps, Vec<SwapFault>> {
    // A checked atlas has values for its own figures.
    let Ok(values) = atlas.values(&Overlay::new()) else { return Ok(Swaps::default()) };
    let mut network = Network::new(atlas, values);
    let mut faults = vec![];
    for one in swaps {
        let named = [&one.from, &one.to].map(|typed| named(atlas, typed));
        match named {
            [Ok(from), Ok(to)] => faults.extend(network.put(&from, &to, one)),
            all => faults.extend(all.into_iter().filter_map(Result::err)),
        }
    }
    if faults.is_empty() { Ok(network.finish()) } else { Err(faults) }
}

/// The id that a text means.
fn named(atlas: &Atlas, typed: &str) -> Result<String, SwapFault> {
    let items = atlas.sheet("items");
    let lower = typed.trim().to_lowercase();
    let is_it = |row: &&Row| {
        let names = [row.key.as_str(), items.text(row, "name_en"), items.text(row, "name_zh")];
        names.into_iter().any(|name| name.to_lowercase() == lower)
    };
    let found = items.rows.iter().find(is_it);
    found
        .map(|row| row.key.clone())
        .ok_or_else(|| SwapFault::Item { typed: typed.to_owned(), nearest: near(atlas, "items", typed) })
}

impl<'a> Network<'a> {
    fn new(atlas: &'a Atlas, values: Values) -> Network<'a> {
        let sheet = atlas.sheet("inputs");
        let input = |row: &'a Row| Input {
            row,
            recipe: sheet.text(row, "recipe"),
            slot: sheet.text(row, "slot"),
            item: sheet.text(row, "item"),
            used: sheet.get(row, "choice") != Some("alternate"),
            amount: row.figure,
        };
        let inputs: Vec<Input<'a>> = sheet.rows.iter().map(input).collect();
        let mut of_recipe: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, input) in inputs.iter().enumerate() {
            of_recipe.entry(input.recipe).or_default().push(at);
        }
        let outputs = atlas.sheet("outputs");
        let (mut makes, mut recipe) = (BTreeMap::new(), BTreeMap::new());
        for row in outputs.rows.iter().filter(|row| outputs.get(row, "role") == Some("main")) {
            makes.entry(outputs.text(row, "recipe")).or_insert(outputs.text(row, "item"));
            recipe.entry(outputs.text(row, "item")).or_insert(outputs.text(row, "recipe"));
        }
        let (now, grown, factor) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Network { atlas, values, inputs, of_recipe, makes, recipe, now, grown, factor }
    }

    fn market(&self, item: &'a str) -> &'a str {
        let items = self.atlas.sheet("items");
        items.find(item).and_then(|row| items.get(row, "pool")).unwrap_or(item)
    }

    fn is(&self, item: &'a str, meant: &str) -> bool {
        item == meant || self.market(item) == meant
    }

    /// Places of a slot: what is used today, and what could be.
    fn slots(&self) -> BTreeMap<(&'a str, &'a str), Vec<usize>> {
        let mut slots: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (at, input) in self.inputs.iter().enumerate() {
            slots.entry((input.recipe, input.slot)).or_default().push(at);
        }
        // Where several things are used side by side, nobody can say which of them another replaces.
        slots.retain(|_, all| all.len() > 1 && all.iter().filter(|at| self.inputs[**at].used).count() == 1);
        slots
    }

    /// What is used in a slot, after the swaps so far.
    fn used(&self, slot: &(&'a str, &'a str), all: &[usize]) -> Option<usize> {
        self.now.get(slot).copied().or_else(|| all.iter().copied().find(|at| self.inputs[*at].used))
    }

    /// Puts one thing in the place of another wherever it could be.
    fn put(&mut self, from: &str, to: &str, typed: &Swap) -> Option<SwapFault> {
        let (mut puts, mut alternates) = (vec![], BTreeSet::new());
        for (slot, all) in self.slots() {
            let Some(used) = self.used(&slot, &all) else { continue };
            if !self.is(self.inputs[used].item, from) {
                continue;
            }
            let others = all.iter().copied().filter(|at| *at != used);
            alternates.extend(others.clone().map(|at| self.inputs[at].item.to_owned()));
            puts.extend(
                others.into_iter().find(|at| self.is(self.inputs[*at].item, to)).map(|at| (slot, at)),
            );
        }
        if puts.is_empty() {
            if alternates.is_empty() {
                let alternate = self.inputs.iter().filter(|i| !i.used).map(|i| i.item.to_owned());
                alternates.extend(alternate);
            }
            let alternates = alternates.into_iter().collect();
            return Some(SwapFault::Nowhere { from: typed.from.clone(), to: typed.to.clone(), alternates });
        }
        self.now.extend(puts);
        None
    }

    fn value(&self, id: Option<FigureId>) -> Option<f64> {
        self.values.get(id?)
    }

    /// What a substitute changes, as the atlas has it: its row and its value.
    fn substitution(&self, to: &str, from: &str, measure: &str) -> Option<(&'a Row, f64)> {
        let sheet = self.atlas.sheet("substitutions");
        let row = sheet.find(&format!("{to}/{from}/{measure}"))?;
        Some((row, self.value(row.figure)?))
    }

    /// The motor that a slot belongs to: what its item goes into, or what goes into the same item beside it.
    fn motor(&self, recipe: &'a str) -> Option<&'a str> {
        let is_motor = |item: &&'a str| MOTORS.contains(&self.market(item));
        let mut item = *self.makes.get(recipe)?;
        for _ in 0..STEPS {
            if is_motor(&item) {
                return Some(item);
            }
            let Some(user) = self.inputs.iter().find(|i| i.item == item && i.used) else { break };
            item = self.makes.get(user.recipe)?;
        }
        let beside = self.of_recipe.get(recipe)?.iter().map(|at| self.inputs[*at].item);
        let beside: Vec<&str> = beside.filter(is_motor).collect();
        beside
            .first()
            .copied()
            .or_else(|| self.makes.get(recipe).copied().filter(|item| self.holds_magnets(item)))
    }

    /// Whether magnets go into an item itself: a micro motor, which is no good of a market.
    fn holds_magnets(&self, item: &str) -> bool {
        let items = self.atlas.sheet("items");
        let stage = |item: &str| items.find(item).map(|row| items.text(row, "stage"));
        let inputs = self.recipe.get(item).and_then(|recipe| self.of_recipe.get(recipe));
        inputs.into_iter().flatten().any(|at| stage(self.inputs[*at].item) == Some("magnet"))
    }

    /// Places of all materials in an item, through the parts that are made for it.
    fn materials(&self, item: &'a str, found: &mut BTreeSet<usize>) {
        let items = self.atlas.sheet("items");
        let inputs = self.recipe.get(item).and_then(|recipe| self.of_recipe.get(recipe));
        for at in inputs.into_iter().flatten().copied() {
            let input = self.inputs[at].item;
            match items.find(input).map(|row| items.text(row, "unit")) {
                Some("kg") => {
                    found.insert(at);
                }
                _ => self.materials(input, found),
            }
        }
    }

    fn finish(mut self) -> Swaps {
        let mut swaps = Swaps::default();
        let slots = self.slots();
        // Swaps that end where they began are none.
        self.now.retain(|slot, at| slots.get(slot).is_some_and(|all| all.contains(at)));
        let ends: Vec<(usize, usize)> = self
            .now
            .iter()
            .filter_map(|(slot, at)| {
                let today = slots.get(slot)?.iter().copied().find(|at| self.inputs[*at].used)?;
                (today != *at).then_some((today, *at))
            })
            .collect();
        self.now.retain(|_, at| ends.iter().any(|(_, to)| to == at));
        let mut torques: BTreeMap<String, &Row> = BTreeMap::new();
        let mut motors = vec![];
        for (today, now) in &ends {
            let (from, to) = (&self.inputs[*today], &self.inputs[*now]);
            let torque = self.substitution(to.item, from.item, "torque");
            let weaker = torque.filter(|(_, torque)| *torque < 1.0 && *torque > 0.0);
            let motor = weaker.and_then(|(row, torque)| Some((self.motor(from.recipe)?, row, torque)));
            motors.push((torque.map(|t| t.1), motor.map(|m| m.0.to_owned())));
            if let Some((motor, row, torque)) = motor {
                let id = format!("torque_of_{}_for_{}", to.item, from.item);
                let mut materials = BTreeSet::new();
                self.materials(motor, &mut materials);
                self.factor.insert(id.clone(), torque);
                torques.insert(id.clone(), row);
                for at in materials {
                    let grown = self.grown.entry(at).or_default();
                    // Two slots of one motor that change alike make it grow once.
                    if !grown.contains(&id) {
                        grown.push(id.clone());
                    }
                }
            }
        }
        self.rows(&ends, &torques, &mut swaps);
        let mut more = BTreeMap::new();
        for ((today, now), (torque, motor)) in ends.iter().zip(motors) {
            let (from, to) = (&self.inputs[*today], &self.inputs[*now]);
            let into = self.makes.get(from.recipe).copied().unwrap_or(from.recipe);
            swaps.changed.push(Swapped {
                into: into.to_owned(),
                from: from.item.to_owned(),
                to: to.item.to_owned(),
                torque,
                motor,
                mass: self.heavier(into, &mut more),
                qualification: self.substitution(to.item, from.item, "qualification").map(|q| q.1),
            });
        }
        swaps
    }

    /// Rows of inputs that are used or grow, of the parameters by which they grow, and of masses that follow.
    fn rows(&self, ends: &[(usize, usize)], torques: &BTreeMap<String, &Row>, swaps: &mut Swaps) {
        let (inputs, substitutions) = (self.atlas.sheet("inputs"), self.atlas.sheet("substitutions"));
        for (id, row) in torques {
            let name = id.replace('_', " ");
            let mut cells = vec![("id", id.clone()), ("name_en", name.clone()), ("name_zh", name)];
            for column in ["value", "low", "high", "year", "source", "standing", "formula", "note"] {
                cells.push((column, substitutions.text(row, column).to_owned()));
            }
            cells.push(("unit", "fraction".into()));
            swaps.add("parameters", &cells);
        }
        let today: BTreeSet<usize> = ends.iter().map(|e| e.0).collect();
        let now: BTreeSet<usize> = ends.iter().map(|e| e.1).collect();
        let changed: BTreeSet<usize> = today.iter().chain(&now).chain(self.grown.keys()).copied().collect();
        for at in changed {
            let row = self.inputs[at].row;
            let mut cells: Vec<(&str, String)> = inputs
                .schema
                .attributes
                .iter()
                .map(|a| (a.name.as_str(), inputs.text(row, &a.name).to_owned()))
                .collect();
            let mut put = |column: &str, text: String| {
                cells.iter_mut().filter(|c| c.0 == column).for_each(|c| c.1.clone_from(&text));
            };
            if today.contains(&at) {
                put("choice", "alternate".into());
            }
            if now.contains(&at) {
                put("choice", "used".into());
            }
            if let Some(grown) = self.grown.get(&at) {
                let before = inputs.get(row, "formula").or_else(|| inputs.get(row, "value")).unwrap_or("0");
                put("formula", format!("({before})/{}", grown.join("/")));
                put("standing", "derived".into());
                for column in ["value", "low", "high"] {
                    put(column, String::new());
                }
            }
            swaps.add("inputs", &cells);
        }
        let masses = self.atlas.sheet("masses");
        let mut more = BTreeMap::new();
        for row in &masses.rows {
            let item = masses.text(row, "item");
            let heavier = self.heavier(item, &mut more);
            if heavier.abs() < 1e-12 {
                continue;
            }
            let before = masses.get(row, "formula").or_else(|| masses.get(row, "value")).unwrap_or("0");
            let factor = row.figure.map_or(1.0, |f| self.atlas.figures.get(f).factor);
            let mut cells: Vec<(&str, String)> = vec![("item", item.to_owned())];
            for column in ["unit", "year", "source"] {
                cells.push((column, masses.text(row, column).to_owned()));
            }
            cells.push(("standing", "derived".into()));
            // A formula knows no sign but between two terms.
            let sign = if heavier < 0.0 { '-' } else { '+' };
            cells.push(("formula", format!("({before}){sign}{}", heavier.abs() / factor)));
            cells.push(("note", "as in the atlas, and what a swap changes in it".into()));
            swaps.add("masses", &cells);
        }
    }

    /// Kilograms of one of an item more than before.
    fn heavier(&self, item: &'a str, known: &mut BTreeMap<&'a str, f64>) -> f64 {
        if let Some(known) = known.get(item) {
            return *known;
        }
        known.insert(item, 0.0);
        let inputs = self.recipe.get(item).and_then(|recipe| self.of_recipe.get(recipe));
        let mut sum = 0.0;
        for at in inputs.into_iter().flatten().copied() {
            let input = &self.inputs[at];
            let amount = self.value(input.amount).unwrap_or(0.0);
            let used_now = match self.now.get(&(input.recipe, input.slot)) {
                Some(now) => *now == at,
                None => input.used,
            };
            let grown: f64 =
                self.grown.get(&at).into_iter().flatten().map(|id| 1.0 / self.factor[id]).product();
            let mass = self.mass(input.item, 64);
            if input.used {
                sum -= amount * mass;
            }
            if used_now {
                sum += amount * grown * (mass + self.heavier(input.item, known));
            }
        }
        known.insert(item, sum);
        sum
    }

    /// Kilograms of one of an item today: as stated, else those of what is used in it.
    fn mass(&self, item: &str, depth: u32) -> f64 {
        let items = self.atlas.sheet("items");
        if items.find(item).is_some_and(|row| items.text(row, "unit") == "kg") {
            return 1.0;
        }
        let stated = self.atlas.figures.find(&format!("masses/{item}"));
        if let Some(stated) = self.value(stated) {
            return stated;
        }
        let inputs =
            self.recipe.get(item).filter(|_| depth > 0).and_then(|recipe| self.of_recipe.get(recipe));
        let used = inputs.into_iter().flatten().map(|at| &self.inputs[*at]).filter(|i| i.used);
        used.map(|i| self.value(i.amount).unwrap_or(0.0) * self.mass(i.item, depth - 1)).sum()
    }
}

impl Swaps {
    /// Tells in an answer what was swapped.
    pub fn tell(&self, swaps: &[Swap], answer: &mut Answer) -> Result<(), TableError> {
        let said: Vec<String> = swaps.iter().map(|s| format!("{} → {}", s.from, s.to)).collect();
        answer.stamp.request.insert("swap".into(), said.join(", "));
        let unknown = self.changed.iter().filter(|c| c.torque.is_none()).count();
        answer.headlines.insert(
            0,
            Message::new("compare-swapped")
                .text("swaps", said.join(", "))
                .integer("count", self.changed.len() as i64)
                .integer("unknown", unknown as i64),
        );
        let all = &self.changed;
        let keys = all.iter().map(|c| format!("{}:{}", c.into, c.to));
        let table = Table::builder("swapped", Message::new("table-swapped"), keys)
            .names("into", all.iter().map(|c| c.into.clone()))
            .names("from", all.iter().map(|c| c.from.clone()))
            .names("to", all.iter().map(|c| c.to.clone()))
            .number("torque", Unit::Fraction, all.iter().map(|c| c.torque))
            .unexplained()
            .names("grows", all.iter().map(|c| c.motor.clone()))
            .number("heavier", Unit::Kg, all.iter().map(|c| c.mass))
            .unexplained()
            .number("qualification", Unit::Day, all.iter().map(|c| c.qualification))
            .unexplained()
            .note(Message::new("note-swapped"))
            .build()?;
        answer.tables.insert(0, table);
        Ok(())
    }

    /// Adds a row: the columns of the schema, those that are not given blank.
    fn add(&mut self, table: &'static str, cells: &[(&str, String)]) {
        let Some(schema) = Schema::get().table(table) else { return };
        let cell = |name: &str| cells.iter().find(|c| c.0 == name).map_or(String::new(), |c| c.1.clone());
        self.rows.entry(table).or_default().push(schema.attributes.iter().map(|a| cell(&a.name)).collect());
    }

    /// The files of an atlas with these rows in the place of those of the same keys: `own` are the files of a folder, or none where the atlas
    /// inside the program is meant, which is `below`.
    pub fn over(&self, own: Option<&Files>, below: &Files) -> Files {
        let mut files = own.cloned().unwrap_or_else(|| below.clone());
        for (table, rows) in &self.rows {
            let Some(schema) = Schema::get().table(table) else { continue };
            let file = schema.file();
            let columns: Vec<&str> = schema.attributes.iter().map(|a| a.name.as_str()).collect();
            let keys: Vec<usize> =
                schema.attributes.iter().enumerate().filter(|(_, a)| a.key).map(|(at, _)| at).collect();
            let key = |row: &[String]| keys.iter().map(|at| row[*at].clone()).collect::<Vec<_>>();
            let anew: BTreeSet<Vec<String>> = rows.iter().map(|row| key(row)).collect();
            let mut writer = csv::Writer::from_writer(vec![]);
            // Writing to memory cannot fail.
            let _ = writer.write_record(&columns);
            let mut reader = csv::Reader::from_reader(files.get(&file).map_or(&[][..], Vec::as_slice));
            let header = reader.headers().cloned().unwrap_or_default();
            let at: Vec<Option<usize>> = columns
                .iter()
                .map(|c| header.iter().position(|h| h.trim_start_matches('\u{feff}') == *c))
                .collect();
            for record in reader.records().flatten() {
                let row: Vec<String> = at
                    .iter()
                    .map(|at| at.and_then(|at| record.get(at)).unwrap_or_default().to_owned())
                    .collect();
                if !anew.contains(&key(&row)) {
                    let _ = writer.write_record(&row);
                }
            }
            rows.iter().for_each(|row| drop(writer.write_record(row)));
            files.insert(file, writer.into_inner().unwrap_or_default());
        }
        files.entry(package::FILE.to_owned()).or_default();
        files
    }
}
