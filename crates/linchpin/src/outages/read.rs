//! The six files of a network, checked: every fault of all of them is found in one go.

use crate::context::Context;
use crate::firms::faults::Faults;
use crate::firms::table::{At, Cell, Kind, Source, Wanted, find};
use crate::firms::{Names, ReadError};
use linchpin_kernel::Outages;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// What adds up to one within so much does: shares are written with some digits.
const WHOLE: f64 = 1e-6;
/// Greatest buffer, in weeks, greatest level, and greatest demand a week.
const MOST_WEEKS: (f64, &str) = (1e6, "1,000,000");
const MOST_LEVEL: (f64, &str) = (1e6, "1,000,000");
const MOST_DEMAND: (f64, &str) = (1e18, "1e18");
const NOTHING: (f64, &str) = (0.0, "0");

/// A network as read: sound.
#[derive(Clone, Debug)]
pub struct Network {
    /// Names of parts.
    pub parts: Names,
    /// Names of suppliers.
    pub suppliers: Names,
    /// Part of each product.
    pub products: Vec<u32>,
    /// For the kernel, but for its weeks: leaves are the parts that are made of no others.
    pub outages: Outages,
    /// Columns that were not read, with their file.
    pub unread: Vec<String>,
    /// SHA-256 over all that was read, in the order of the files.
    pub hash: String,
}

/// Reads parts, bom, suppliers, sourcing, buffers and products of a folder, each `.csv` or `.parquet`.
pub fn read(folder: &Path, context: &Context) -> Result<Network, ReadError> {
    if !folder.is_dir() {
        let e = std::fs::read_dir(folder).err().unwrap_or_else(|| std::io::Error::other("not a folder"));
        let problem = crate::atlas::problems::unreadable(&folder.display().to_string(), &e);
        return Err(ReadError::Problems(vec![problem]));
    }
    let mut files = Files { folder, context, faults: Faults::default(), unread: vec![], hash: Sha256::new() };
    let mut network = Reading::default();
    files.read("parts", &[("part", Kind::Id), ("level", Kind::Number)], |row, f| network.part(row, f))?;
    let suppliers = [("supplier", Kind::Id), ("hazard", Kind::Number), ("mean_down", Kind::Number)];
    files.read("suppliers", &suppliers, |row, f| network.supplier(row, f))?;
    files.read("bom", &[("parent", Kind::Id), ("child", Kind::Id)], |row, f| network.line(row, f))?;
    let sourcing = [("part", Kind::Id), ("supplier", Kind::Id), ("share", Kind::Number)];
    files.read("sourcing", &sourcing, |row, f| network.source(row, f))?;
    let buffers = [("part", Kind::Id), ("buffer_weeks", Kind::Number)];
    files.read("buffers", &buffers, |row, f| network.buffer(row, f))?;
    files.read("products", &[("part", Kind::Id), ("demand", Kind::Number)], |row, f| {
        network.product(row, f)
    })?;
    // What follows is about files that hold what they should.
    if files.faults.is_empty() {
        network.check(&mut files.faults);
    }
    match files.faults.is_empty() {
        true => Ok(network.with(files.unread, files.hash)),
        false => Err(ReadError::Problems(files.faults.into_problems())),
    }
}

/// The files of a folder, one after the other.
struct Files<'f> {
    folder: &'f Path,
    context: &'f Context,
    faults: Faults,
    unread: Vec<String>,
    hash: Sha256,
}

/// A row of a file.
struct Row<'r> {
    source: &'r Source,
    wanted: &'r [Wanted],
    number: u64,
    cells: &'r [Cell<'r>],
}

impl Files<'_> {
    fn read(
        &mut self,
        table: &'static str,
        wanted: &[Wanted],
        mut each: impl FnMut(&Row<'_>, &mut Faults),
    ) -> Result<(), ReadError> {
        let Some(source) = find(self.folder, table, &mut self.faults) else { return Ok(()) };
        self.hash.update(table);
        let (context, hash) = (self.context, &mut self.hash);
        let tick = &mut |done| context.step(table, done);
        let row = &mut |faults: &mut Faults, number, cells: &[Cell<'_>]| {
            for cell in cells {
                // As they stand: what is written otherwise is another file.
                hash.update(cell.shown().unwrap_or_default().as_bytes());
                hash.update([0x1f]);
            }
            each(&Row { source: &source, wanted, number, cells }, faults);
        };
        if let Some(others) = source.rows(wanted, &mut self.faults, tick, row)? {
            let others = others.into_iter().filter(|c| !c.starts_with("__index_level_"));
            self.unread.extend(others.map(|column| format!("{column} ({})", source.file)));
        }
        Ok(())
    }
}

impl Row<'_> {
    fn at(&self, k: usize) -> At<'_> {
        At { source: self.source, row: self.number, column: self.wanted[k].0, cell: &self.cells[k] }
    }

    /// The number of a name, which must be known.
    fn find(&self, k: usize, names: &Names, unknown: &'static str, faults: &mut Faults) -> Option<u32> {
        let mut scratch = String::new();
        match self.cells[k].name(&mut scratch).map(|name| names.find(name)) {
            Ok(Some(number)) => return Some(number),
            Ok(None) => self.at(k).fault(faults, unknown, ""),
            Err(id) => self.at(k).fault(faults, id, ""),
        }
        None
    }

    /// A name that must be new.
    fn add(&self, names: &mut Names, rows: &mut Vec<u64>, faults: &mut Faults) -> bool {
        let mut scratch = String::new();
        match self.cells[0].name(&mut scratch) {
            Ok(name) => {
                let (number, is_new) = names.add(name);
                if is_new {
                    rows.push(self.number);
                } else {
                    self.repeated(rows.get(number as usize).copied(), faults);
                }
                is_new
            }
            Err(id) => {
                self.at(0).fault(faults, id, "");
                false
            }
        }
    }

    /// Says that what the first cells name stands already in a row.
    fn repeated(&self, first: Option<u64>, faults: &mut Faults) {
        let ids = self.wanted.iter().zip(self.cells).filter(|(w, _)| w.1 == Kind::Id);
        let shown: Vec<String> = ids.filter_map(|(_, c)| c.shown().map(|s| s.into_owned())).collect();
        let (column, value) = (self.wanted[0].0, shown.join(" → "));
        let place = self.source.place(Some(self.number), Some(column), Some(&value));
        let first = first.and_then(|row| i64::try_from(row).ok()).unwrap_or(0);
        faults.add_with(&place, "fault-duplicate-key", |m| m.integer("first", first));
    }

    /// Keeps a row under what it is about, or says that there is one.
    fn keep<K: Ord, V>(&self, map: &mut BTreeMap<K, (u64, V)>, key: K, value: V, faults: &mut Faults) {
        match map.get(&key) {
            Some((first, _)) => self.repeated(Some(*first), faults),
            None => {
                map.insert(key, (self.number, value));
            }
        }
    }
}

/// What was read so far; rows are kept with their number.
#[derive(Default)]
struct Reading {
    parts: Names,
    part_rows: Vec<u64>,
    level: Vec<u32>,
    suppliers: Names,
    supplier_rows: Vec<u64>,
    hazard: Vec<f64>,
    mean_down: Vec<f64>,
    /// By parent and child.
    bom: BTreeMap<(u32, u32), (u64, ())>,
    /// By part and supplier.
    sourcing: BTreeMap<(u32, u32), (u64, f64)>,
    buffers: BTreeMap<u32, (u64, f64)>,
    products: BTreeMap<u32, (u64, f64)>,
}

const UNKNOWN_PART: &str = "fault-outages-part";

impl Reading {
    fn part(&mut self, row: &Row<'_>, faults: &mut Faults) {
        let level = row.at(1).number(faults, NOTHING, MOST_LEVEL).unwrap_or(0.0);
        if level.fract() != 0.0 {
            row.at(1).fault(faults, "fault-integer", "");
        }
        // A part whose row has another fault is a part all the same, so that its lines are not reported for it.
        if row.add(&mut self.parts, &mut self.part_rows, faults) {
            self.level.push(level as u32);
        }
    }

    fn supplier(&mut self, row: &Row<'_>, faults: &mut Faults) {
        let hazard = row.at(1).number(faults, NOTHING, (1.0, "1")).unwrap_or(0.0);
        let mean = row.at(2).number(faults, (1.0, "1"), (f64::MAX, "")).unwrap_or(1.0);
        if row.add(&mut self.suppliers, &mut self.supplier_rows, faults) {
            self.hazard.push(hazard);
            self.mean_down.push(mean);
        }
    }

    fn line(&mut self, row: &Row<'_>, faults: &mut Faults) {
        let parent = row.find(0, &self.parts, UNKNOWN_PART, faults);
        let child = row.find(1, &self.parts, UNKNOWN_PART, faults);
        let Some((parent, child)) = parent.zip(child) else { return };
        let [above, below] = [parent, child].map(|part| self.level[part as usize]);
        if below <= above {
            let value = row.cells[1].shown();
            let place = row.source.place(Some(row.number), Some("child"), value.as_deref());
            faults.add_with(&place, "fault-outages-level", |m| {
                m.integer("parent", i64::from(above)).integer("child", i64::from(below))
            });
        }
        row.keep(&mut self.bom, (parent, child), (), faults);
    }

    fn source(&mut self, row: &Row<'_>, faults: &mut Faults) {
        let part = row.find(0, &self.parts, UNKNOWN_PART, faults);
        let supplier = row.find(1, &self.suppliers, "fault-outages-supplier", faults);
        let share = row.at(2).number(faults, NOTHING, (1.0, "1"));
        let (Some(part), Some(supplier), Some(share)) = (part, supplier, share) else { return };
        row.keep(&mut self.sourcing, (part, supplier), share, faults);
    }

    fn buffer(&mut self, row: &Row<'_>, faults: &mut Faults) {
        let part = row.find(0, &self.parts, UNKNOWN_PART, faults);
        let weeks = row.at(1).number(faults, NOTHING, MOST_WEEKS);
        let Some((part, weeks)) = part.zip(weeks) else { return };
        row.keep(&mut self.buffers, part, weeks, faults);
    }

    fn product(&mut self, row: &Row<'_>, faults: &mut Faults) {
        let part = row.find(0, &self.parts, UNKNOWN_PART, faults);
        let demand = row.at(1).number(faults, NOTHING, MOST_DEMAND);
        let Some((part, demand)) = part.zip(demand) else { return };
        row.keep(&mut self.products, part, demand, faults);
    }

    /// What only the files together show.
    fn check(&self, faults: &mut Faults) {
        let mut is_made = vec![false; self.parts.len()];
        self.bom.keys().for_each(|(parent, _)| is_made[*parent as usize] = true);
        let mut shares: BTreeMap<u32, (u64, f64)> = BTreeMap::new();
        for ((part, _), (row, share)) in &self.sourcing {
            let sum = shares.entry(*part).or_insert((*row, 0.0));
            *sum = (sum.0.min(*row), sum.1 + share);
        }
        let name = |part: u32| self.parts.get(part as usize);
        let mut say = |file: &str, row: u64, column: &str, value: &str, id| {
            let place = crate::atlas::problems::Place {
                file,
                row: Some(row),
                column: Some(column),
                value: Some(value),
            };
            faults.add(&place, id);
        };
        for (part, (row, sum)) in &shares {
            if is_made[*part as usize] {
                say("sourcing.csv", *row, "part", name(*part), "fault-outages-made-and-bought");
            } else if (sum - 1.0).abs() > WHOLE {
                // As many digits as were added up.
                let shown = format!("{}: {}", name(*part), (sum * 1e9).round() / 1e9);
                say("sourcing.csv", *row, "share", &shown, "fault-outages-shares");
            }
        }
        for (part, (row, _)) in self.buffers.iter().filter(|(part, _)| is_made[**part as usize]) {
            say("buffers.csv", *row, "part", name(*part), "fault-outages-buffer");
        }
        for part in (0..self.parts.len() as u32).filter(|p| !is_made[*p as usize] && !shares.contains_key(p))
        {
            say("parts.csv", self.part_rows[part as usize], "part", name(part), "fault-outages-no-supplier");
        }
        if let Some((part, (row, _))) = self.products.first_key_value().filter(|_| self.wants_nothing()) {
            say("products.csv", *row, "demand", name(*part), "fault-outages-no-demand");
        }
    }

    fn wants_nothing(&self) -> bool {
        self.products.values().all(|(_, demand)| *demand == 0.0)
    }

    fn with(self, unread: Vec<String>, hash: Sha256) -> Network {
        let mut is_made = vec![false; self.parts.len()];
        self.bom.keys().for_each(|(parent, _)| is_made[*parent as usize] = true);
        let leaves: Vec<u32> = (0..self.parts.len() as u32).filter(|p| !is_made[*p as usize]).collect();
        let mut leaf = vec![0_u32; self.parts.len()];
        (0..).zip(&leaves).for_each(|(number, part)| leaf[*part as usize] = number);
        let mut sums = vec![0.0; self.parts.len()];
        self.sourcing.iter().for_each(|((part, _), (_, share))| sums[*part as usize] += share);
        let mut supplies = vec![vec![]; self.suppliers.len()];
        for ((part, supplier), (_, share)) in self.sourcing.iter().filter(|(_, (_, share))| *share > 0.0) {
            supplies[*supplier as usize].push((leaf[*part as usize], share / sums[*part as usize]));
        }
        let below = self.products_above();
        let feeds: Vec<&Vec<u32>> = leaves.iter().map(|part| &below[*part as usize]).collect();
        let buffer = |part: &u32| self.buffers.get(part).map_or(0.0, |(_, weeks)| *weeks);
        let outages = Outages {
            weeks: 0,
            hazard: self.hazard,
            mean_down: self.mean_down,
            supplies_start: starts(supplies.iter().map(Vec::len)),
            supplies: supplies.concat(),
            buffer: leaves.iter().map(buffer).collect(),
            feeds_start: starts(feeds.iter().map(|f| f.len())),
            feeds: feeds.into_iter().flatten().copied().collect(),
            demand: self.products.values().map(|(_, demand)| *demand).collect(),
        };
        let (mut parts, mut suppliers) = (self.parts, self.suppliers);
        parts.close();
        suppliers.close();
        Network {
            parts,
            suppliers,
            products: self.products.into_keys().collect(),
            outages,
            unread,
            hash: hash.finalize().iter().map(|b| format!("{b:02x}")).collect(),
        }
    }

    /// Products that have a part somewhere below them, by part. A part has what the scarcest of its children has, and so on down, so that a
    /// product has what the scarcest leaf among these has: who that is needs no walk in a trial.
    fn products_above(&self) -> Vec<Vec<u32>> {
        let mut above: Vec<Vec<u32>> = vec![vec![]; self.parts.len()];
        (0..).zip(self.products.keys()).for_each(|(product, part)| above[*part as usize].push(product));
        let mut order: Vec<u32> = (0..self.parts.len() as u32).collect();
        // A child stands on a deeper level than all its parents.
        order.sort_by_key(|part| self.level[*part as usize]);
        for part in order {
            let own = above[part as usize].clone();
            for ((_, child), _) in self.bom.range((part, 0)..=(part, u32::MAX)) {
                let of_child = &mut above[*child as usize];
                of_child.extend(&own);
                of_child.sort_unstable();
                of_child.dedup();
            }
        }
        above
    }
}

fn starts(lengths: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut starts = vec![0];
    let mut end = 0;
    for length in lengths {
        end += length;
        starts.push(end);
    }
    starts
}
