//! The files of a network, checked: every fault of both is found in one go.

use super::faults::Faults;
use super::names::Names;
use super::table::{At, Cell, Kind, Source, Tick, Wanted, find};
use crate::atlas::Problems;
use crate::context::{Cancelled, Context};
use sha2::{Digest, Sha256};
use std::path::Path;

const FIRMS: [Wanted; 5] = [
    ("firm", Kind::Id),
    ("sector", Kind::Id),
    ("final_demand", Kind::Number),
    ("delta", Kind::Number),
    ("delta_start", Kind::Number),
];
const LINKS: [Wanted; 3] = [("supplier", Kind::Id), ("client", Kind::Id), ("amount", Kind::Number)];
/// Columns that are known and not read: what a firm makes follows from what its clients and final demand take, and the
/// index of a data frame says nothing.
fn is_known(column: &str) -> bool {
    column == "initial_output" || column.starts_with("__index_level_")
}

/// Least amount that is not zero, and the greatest: between them sums keep their digits, and the kernel's nothing is nothing.
const AMOUNTS: [f64; 2] = [1e-12, 1e18];
/// Last day on which damage may come.
const LAST_START: f64 = 1e6;

/// A network of firms as read: sound, in equilibrium, in an order that does not depend on that of the links.
#[derive(Clone, Debug)]
pub struct Firms {
    /// Names of firms.
    pub names: Names,
    /// Names of sectors.
    pub sectors: Names,
    /// Sector of each firm.
    pub sector: Vec<u32>,
    /// Final demand of each firm, a day.
    pub demand: Vec<f64>,
    /// What is damaged, by firm.
    pub damage: Vec<Damage>,
    /// First link of each client, then the number of links.
    pub(super) start: Vec<u32>,
    /// Supplier and amount of each link: by client, by sector of the supplier, by supplier.
    pub(super) supplier: Vec<u32>,
    pub(super) amount: Vec<f64>,
    /// Links of amount zero, which were left out.
    pub zero_links: usize,
    /// Columns that were not read, with their file.
    pub unread: Vec<String>,
    /// SHA-256 over firms in their order and links in that above.
    pub hash: String,
}

/// A firm that loses capacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Damage {
    /// The firm.
    pub firm: u32,
    /// Part of its capacity that is gone.
    pub part: f64,
    /// The day on which it goes.
    pub start: u32,
}

/// Why a network was not read.
#[derive(Debug)]
pub enum ReadError {
    /// Faults in its files.
    Problems(Problems),
    /// The request was cancelled.
    Cancelled(Cancelled),
}

impl From<Cancelled> for ReadError {
    fn from(e: Cancelled) -> ReadError {
        ReadError::Cancelled(e)
    }
}

impl Firms {
    /// Number of links.
    pub fn links(&self) -> usize {
        self.supplier.len()
    }
}

/// Reads `firms.csv` or `firms.parquet` and `links.csv` or `links.parquet` of a folder.
pub fn read(folder: &Path, context: &Context) -> Result<Firms, ReadError> {
    let mut faults = Faults::default();
    if !folder.is_dir() {
        let e = std::fs::read_dir(folder).err().unwrap_or_else(|| std::io::Error::other("not a folder"));
        return Err(ReadError::Problems(vec![crate::atlas::problems::unreadable(
            &folder.display().to_string(),
            &e,
        )]));
    }
    let sources = [find(folder, "firms", &mut faults), find(folder, "links", &mut faults)];
    let mut firms = Reading::default();
    let mut links = Links::default();
    let mut unread = vec![];
    let mut note = |file: &str, others: Vec<String>| {
        unread.extend(others.into_iter().filter(|c| !is_known(c)).map(|column| format!("{column} ({file})")));
    };
    if let Some(source) = &sources[0] {
        let tick: &mut Tick<'_> = &mut |done| context.step("firms", done);
        let each = &mut |faults: &mut Faults, row, cells: &[Cell<'_>]| firms.row(source, faults, row, cells);
        if let Some(others) = source.rows(&FIRMS, &mut faults, tick, each)? {
            note(&source.file, others);
            firms.known = true;
        }
    }
    if let Some(source) = &sources[1] {
        let tick: &mut Tick<'_> = &mut |done| context.step("links", done);
        let each = &mut |faults: &mut Faults, row, cells: &[Cell<'_>]| {
            links.row(&firms, source, faults, row, cells);
        };
        if let Some(others) = source.rows(&LINKS, &mut faults, tick, each)? {
            note(&source.file, others);
        }
        context.step("links", links.supplier.len())?;
        links.duplicates(&firms, source, &mut faults);
    }
    if let Some(source) = sources[0].as_ref().filter(|_| faults.is_empty()) {
        firms.without_sales(&links, source, &mut faults);
    }
    if !faults.is_empty() {
        return Err(ReadError::Problems(faults.into_problems()));
    }
    context.step("network", 0)?;
    Ok(firms.with(links, unread))
}

/// The firms read so far.
#[derive(Default)]
struct Reading {
    names: Names,
    sectors: Names,
    sector: Vec<u32>,
    demand: Vec<f64>,
    damage: Vec<Damage>,
    /// Row in the file of each firm.
    rows: Vec<u32>,
    scratch: String,
    /// Whether the whole file was read, so that a firm that is not there is not.
    known: bool,
}

/// The links read so far. Rows are numbered with 32 bits, as firms are.
#[derive(Default)]
struct Links {
    client: Vec<u32>,
    supplier: Vec<u32>,
    amount: Vec<f64>,
    rows: Vec<u32>,
    /// Links by client, by sector of the supplier, by supplier, by row.
    order: Vec<u32>,
    /// First link of each client in that order.
    start: Vec<u32>,
    zero: usize,
    scratch: String,
    /// The name that was found last in each column: files are mostly sorted by one of them.
    last: [(Vec<u8>, Option<u32>); 2],
}

/// An amount a day: zero, or neither next to nothing nor next to without end.
fn amount(at: &At<'_>, faults: &mut Faults) -> Option<f64> {
    let value = at.number(faults, (0.0, "0"), (AMOUNTS[1], "1e18"))?;
    if value > 0.0 && value < AMOUNTS[0] {
        at.fault(faults, "fault-firms-tiny", "1e-12");
        return None;
    }
    Some(value)
}

impl Reading {
    fn row(&mut self, source: &Source, faults: &mut Faults, row: u64, cells: &[Cell<'_>]) {
        let at = |k: usize| At { source, row, column: FIRMS[k].0, cell: &cells[k] };
        // A firm whose row has another fault is a firm all the same, so that its links are not reported for it.
        let is_new = match cells[0].name(&mut self.scratch) {
            Ok(name) => {
                let (number, is_new) = self.names.add(name);
                if is_new {
                    self.rows.push(u32::try_from(row).unwrap_or(u32::MAX));
                } else {
                    let value = cells[0].shown();
                    let place = source.place(Some(row), Some("firm"), value.as_deref());
                    let first = self.rows.get(number as usize).map_or(0, |r| i64::from(*r));
                    faults.add_with(&place, "fault-duplicate-key", |m| m.integer("first", first));
                }
                is_new
            }
            Err(id) => {
                at(0).fault(faults, id, "");
                false
            }
        };
        let sector = match cells[1].name(&mut self.scratch) {
            Ok(name) => self.sectors.add(name).0,
            Err(id) => {
                at(1).fault(faults, id, "");
                0
            }
        };
        let demand = amount(&at(2), faults).unwrap_or(0.0);
        let part = at(3).number(faults, (0.0, "0"), (1.0, "1")).unwrap_or(0.0);
        let start = at(4).number(faults, (0.0, "0"), (LAST_START, "1,000,000")).unwrap_or(0.0);
        if start.fract() != 0.0 {
            at(4).fault(faults, "fault-integer", "");
        }
        if is_new {
            let firm = self.sector.len() as u32;
            self.sector.push(sector);
            self.demand.push(demand);
            if part > 0.0 {
                self.damage.push(Damage { firm, part, start: start as u32 });
            }
        }
    }

    /// What a firm without sales buys is bought for nothing: that is no equilibrium.
    fn without_sales(&self, links: &Links, source: &Source, faults: &mut Faults) {
        let mut sells: Vec<bool> = self.demand.iter().map(|d| *d > 0.0).collect();
        links.supplier.iter().for_each(|s| sells[*s as usize] = true);
        for (firm, window) in links.start.windows(2).enumerate() {
            if !sells[firm] && window[1] > window[0] {
                let row = Some(u64::from(self.rows[firm]));
                let place = source.place(row, Some("firm"), Some(self.names.get(firm)));
                faults.add(&place, "fault-firms-no-sales");
            }
        }
    }

    fn with(self, links: Links, unread: Vec<String>) -> Firms {
        let (mut names, mut sectors) = (self.names, self.sectors);
        names.close();
        sectors.close();
        let start = links.start;
        let order = links.order;
        let supplier: Vec<u32> = order.iter().map(|l| links.supplier[*l as usize]).collect();
        drop((links.supplier, links.client, links.rows));
        let amount: Vec<f64> = order.iter().map(|l| links.amount[*l as usize]).collect();
        let mut firms = Firms {
            names,
            sectors,
            sector: self.sector,
            demand: self.demand,
            damage: self.damage,
            start,
            supplier,
            amount,
            zero_links: links.zero,
            unread,
            hash: String::new(),
        };
        firms.hash = hash(&firms);
        firms
    }
}

impl Links {
    fn row(&mut self, firms: &Reading, source: &Source, faults: &mut Faults, row: u64, cells: &[Cell<'_>]) {
        let at = |k: usize| At { source, row, column: LINKS[k].0, cell: &cells[k] };
        let mut ends = [None; 2];
        for (k, end) in ends.iter_mut().enumerate() {
            if let (Cell::Text(text), (last, Some(number))) = (&cells[k], &self.last[k])
                && text == last
            {
                *end = Some(*number);
                continue;
            }
            match cells[k].name(&mut self.scratch).map(|name| firms.names.find(name)) {
                Ok(None) if firms.known => at(k).fault(faults, "fault-firms-unknown", ""),
                Ok(number) => {
                    *end = number;
                    if let Cell::Text(text) = &cells[k] {
                        self.last[k].0.clear();
                        self.last[k].0.extend_from_slice(text);
                        self.last[k].1 = number;
                    }
                }
                Err(id) => at(k).fault(faults, id, ""),
            }
        }
        let amount = amount(&at(2), faults);
        let ([Some(supplier), Some(client)], Some(amount)) = (ends, amount) else { return };
        if supplier == client {
            at(1).fault(faults, "fault-firms-self", "");
            return;
        }
        self.client.push(client);
        self.supplier.push(supplier);
        self.amount.push(amount);
        self.rows.push(u32::try_from(row).unwrap_or(u32::MAX));
    }

    /// Sorts the links, reports those that stand twice, and takes out those of amount zero.
    fn duplicates(&mut self, firms: &Reading, source: &Source, faults: &mut Faults) {
        let mut start = vec![0u32; firms.names.len() + 1];
        self.client.iter().for_each(|c| start[*c as usize + 1] += 1);
        for i in 1..start.len() {
            start[i] += start[i - 1];
        }
        let mut order = vec![0u32; self.client.len()];
        let mut next = start.clone();
        for (link, client) in (0u32..).zip(&self.client) {
            order[next[*client as usize] as usize] = link;
            next[*client as usize] += 1;
        }
        drop(next);
        let supplier = |link: u32| self.supplier[link as usize];
        let mut twice: Vec<(u32, u32)> = vec![];
        for window in start.windows(2) {
            let own = &mut order[window[0] as usize..window[1] as usize];
            own.sort_unstable_by_key(|l| (firms.sector[supplier(*l) as usize], supplier(*l), *l));
            let mut first = None;
            for pair in own.windows(2) {
                if supplier(pair[0]) == supplier(pair[1]) {
                    twice.push((pair[1], *first.get_or_insert(pair[0])));
                } else {
                    first = None;
                }
            }
        }
        twice.sort_unstable();
        for (link, first) in twice {
            let name = |number: u32| firms.names.get(number as usize);
            let value = format!("{} → {}", name(supplier(link)), name(self.client[link as usize]));
            let place = source.place(Some(u64::from(self.rows[link as usize])), None, Some(&value));
            let first = i64::from(self.rows[first as usize]);
            faults.add_with(&place, "fault-firms-duplicate-link", |m| m.integer("first", first));
        }
        if self.amount.contains(&0.0) {
            order.retain(|l| self.amount[*l as usize] > 0.0);
            self.zero = self.client.len() - order.len();
            start.fill(0);
            order.iter().for_each(|l| start[self.client[*l as usize] as usize + 1] += 1);
            for i in 1..start.len() {
                start[i] += start[i - 1];
            }
        }
        self.start = start;
        self.order = order;
    }
}

/// Rows that are hashed at a time.
const HASHED: usize = 1 << 16;

fn hash(firms: &Firms) -> String {
    let mut hasher = Sha256::new();
    let mut bytes: Vec<u8> = vec![];
    let mut damage = firms.damage.iter().peekable();
    for firm in 0..firms.demand.len() {
        for name in [firms.names.get(firm), firms.sectors.get(firms.sector[firm] as usize)] {
            // No name holds a control character.
            bytes.extend_from_slice(name.as_bytes());
            bytes.push(0x1f);
        }
        bytes.extend_from_slice(&firms.demand[firm].to_le_bytes());
        let own = damage.next_if(|d| d.firm as usize == firm);
        bytes.extend_from_slice(&own.map_or(0.0, |d| d.part).to_le_bytes());
        bytes.extend_from_slice(&own.map_or(0, |d| d.start).to_le_bytes());
        if bytes.len() > HASHED {
            hasher.update(&bytes);
            bytes.clear();
        }
    }
    hasher.update(&bytes);
    for (client, window) in (0u32..).zip(firms.start.windows(2)) {
        bytes.clear();
        for link in window[0] as usize..window[1] as usize {
            bytes.extend_from_slice(&client.to_le_bytes());
            bytes.extend_from_slice(&firms.supplier[link].to_le_bytes());
            bytes.extend_from_slice(&firms.amount[link].to_le_bytes());
        }
        hasher.update(&bytes);
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}
