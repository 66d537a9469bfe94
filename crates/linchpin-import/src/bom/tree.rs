//! The tree of parts: by levels, by places such as 1.2.3, by a column of parents, or by indentation.

use super::{Line, Lines, normal};
use crate::number::{leading, plain};
use crate::quantity::Unit;
use crate::sheet::Sheet;
use crate::table::Table;
use std::collections::{BTreeMap, BTreeSet};

/// Most of a part that may be in one product: a robot with more of anything is a slip of the pen, or a column that holds
/// something else than quantities.
const MOST: f64 = 1e6;
/// So many such parts are told.
const TOLD: usize = 10;

/// A part, once, whatever the number of lines in which it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// What tells it from others: its number, or all that is said of it.
    pub key: String,
    /// Its lines, the first one first; none if only a column of parents names it.
    pub lines: Vec<usize>,
    /// What goes into it.
    pub children: Vec<Child>,
}

/// What goes into a part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Child {
    /// The part.
    pub part: usize,
    /// How much of it; 1 where the file says nothing.
    pub amount: f64,
    /// How much is bought of that: more than one where some is lost.
    pub bought: f64,
    /// What the amount counts in.
    pub unit: Unit,
    /// Whether the file says how much.
    pub counted: bool,
    /// The line that says so.
    pub line: usize,
}

impl Child {
    /// How much of it is needed, with what is lost.
    pub fn need(&self) -> f64 {
        self.amount * self.bought
    }
}

/// What was noticed and does not stop the reading.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// A part is put together in two ways; the one of this line is kept as a part of its own.
    Differs {
        /// The line.
        line: usize,
    },
    /// The part that a line goes into stands nowhere above it; the line goes into the nearest that does.
    Orphan {
        /// The line.
        line: usize,
    },
    /// A part is counted in two units.
    Units {
        /// The part.
        part: usize,
    },
}

/// Why there is no tree.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TreeFault {
    /// Parts that go into themselves.
    #[error("parts go into themselves: {}", .0.join(" → "))]
    Cycle(Vec<String>),
    /// More than can be meant.
    #[error("row {row}: {amount} is more than {most} of one part", most = MOST)]
    Amount {
        /// The line.
        line: usize,
        /// Number of the row.
        row: u32,
        /// The amount.
        amount: f64,
    },
}

/// A product and its parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bom {
    /// All parts.
    pub parts: Vec<Part>,
    /// What goes into the product.
    pub roots: Vec<Child>,
    /// The part that is the product itself, if a line is.
    pub product: Option<usize>,
    /// What was noticed.
    pub notes: Vec<Note>,
}

/// How the lines of a table hang together.
#[derive(Clone, Copy)]
enum Shape {
    /// Each goes into the product.
    Flat,
    /// By a column of levels.
    Levels,
    /// By places such as 1.2.3.
    Places(for<'l> fn(&'l Line<'_>) -> &'l str),
    /// By the white space before names.
    Indents,
    /// By a column that names the parent.
    Parents,
}

impl Bom {
    /// Puts the lines of all tables together.
    pub fn new(lines: &Lines<'_>, tables: &[Table], sheets: &[Sheet]) -> Result<Bom, Vec<TreeFault>> {
        let mut tree = Tree {
            lines: &lines.lines,
            bom: Bom::default(),
            known: BTreeMap::new(),
            names: BTreeMap::new(),
            variants: BTreeMap::new(),
            numbers: BTreeMap::new(),
        };
        let mut tops: Vec<(usize, Vec<Child>)> = vec![];
        let mut first = 0;
        while first < lines.lines.len() {
            let table = lines.lines[first].table;
            let end = first + lines.lines[first..].iter().take_while(|l| l.table == table).count();
            let top = match shape(&lines.lines[first..end]) {
                Shape::Parents => tree.by_parents(first..end),
                shape => tree.by_depth(first..end, shape),
            };
            tops.push((table, top));
            first = end;
        }
        tree.hang(tops, tables, sheets);
        let mut bom = tree.bom;
        bom.check_cycles(&lines.lines)?;
        if let [only] = bom.roots.as_slice()
            && !bom.parts[only.part].children.is_empty()
        {
            bom.product = Some(only.part);
            bom.roots = bom.parts[only.part].children.clone();
        }
        bom.note_units();
        let faults = bom.too_much(&lines.lines);
        if faults.is_empty() { Ok(bom) } else { Err(faults) }
    }

    /// All parts that the product needs, each after what goes into it; the part that is the product itself is none of them.
    pub(crate) fn order(&self) -> Vec<usize> {
        let mut order = vec![];
        let mut seen = vec![false; self.parts.len()];
        let mut stack: Vec<(usize, usize)> = vec![];
        for root in &self.roots {
            stack.push((root.part, 0));
            while let Some((part, next)) = stack.pop() {
                if next == 0 && std::mem::replace(&mut seen[part], true) {
                    continue;
                }
                match self.parts[part].children.get(next) {
                    Some(child) => {
                        stack.push((part, next + 1));
                        if !seen[child.part] {
                            stack.push((child.part, 0));
                        }
                    }
                    None => order.push(part),
                }
            }
        }
        order
    }

    /// How much of each part goes into one product, all levels and all places together, in the units of its lines.
    pub fn totals(&self) -> Vec<f64> {
        self.sums(|child| child.amount)
    }

    /// How much of each part one product needs, with what is lost on the way.
    pub fn needs(&self) -> Vec<f64> {
        self.sums(Child::need)
    }

    fn sums(&self, amount: impl Fn(&Child) -> f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.parts.len()];
        self.roots.iter().for_each(|root| sums[root.part] += amount(root));
        for part in self.order().into_iter().rev() {
            for child in &self.parts[part].children {
                sums[child.part] += sums[part] * amount(child);
            }
        }
        sums
    }

    /// The first lines of parts of which there is more in one product than can be meant: as many as show whether a column is
    /// read wrongly.
    fn too_much(&self, lines: &[Line<'_>]) -> Vec<TreeFault> {
        let all = self.parts.iter().zip(self.totals()).filter(|(_, amount)| *amount > MOST);
        let mut all: Vec<(usize, f64)> =
            all.filter_map(|(part, amount)| Some((*part.lines.first()?, amount))).collect();
        all.sort_by_key(|(line, _)| *line);
        let fault = |(line, amount): (usize, f64)| TreeFault::Amount { line, row: lines[line].row, amount };
        all.into_iter().take(TOLD).map(fault).collect()
    }

    fn check_cycles(&self, lines: &[Line<'_>]) -> Result<(), Vec<TreeFault>> {
        // 0 not seen, 1 on the way, 2 done.
        let mut state = vec![0u8; self.parts.len()];
        for start in 0..self.parts.len() {
            let mut way: Vec<(usize, usize)> = if state[start] == 0 { vec![(start, 0)] } else { vec![] };
            while let Some((part, next)) = way.pop() {
                state[part] = 1;
                let Some(child) = self.parts[part].children.get(next) else {
                    state[part] = 2;
                    continue;
                };
                way.push((part, next + 1));
                match state[child.part] {
                    0 => way.push((child.part, 0)),
                    1 => {
                        let from = way.iter().position(|w| w.0 == child.part).unwrap_or(0);
                        let circle = way[from..].iter().map(|w| w.0).chain([child.part]);
                        let names = circle.map(|p| self.title(p, lines).to_owned()).collect();
                        return Err(vec![TreeFault::Cycle(names)]);
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// What a part is called.
    pub fn title<'t>(&'t self, part: usize, lines: &'t [Line<'_>]) -> &'t str {
        let part = &self.parts[part];
        part.lines.first().map_or(part.key.as_str(), |line| lines[*line].title())
    }

    /// All that goes into the product and into its parts.
    pub(crate) fn links(&self) -> impl Iterator<Item = &Child> {
        self.roots.iter().chain(self.parts.iter().flat_map(|p| &p.children))
    }

    fn note_units(&mut self) {
        let mut units: Vec<BTreeSet<Unit>> = vec![BTreeSet::new(); self.parts.len()];
        self.links().filter(|c| c.counted).for_each(|c| {
            units[c.part].insert(c.unit);
        });
        let two = units.iter().enumerate().filter(|(_, u)| u.len() > 1);
        self.notes.extend(two.map(|(part, _)| Note::Units { part }));
    }
}

/// A place in a tree such as 1.2.3; `None` for a bare number.
pub(super) fn place(text: &str) -> Option<Vec<u32>> {
    let text = plain(text);
    let text = text.trim_end_matches(['.', ' ']);
    let parts: Option<Vec<u32>> = text.split(['.', '-']).map(|p| p.parse().ok()).collect();
    parts.filter(|p| p.len() > 1 && p.len() < 32)
}

/// The depth that a level tells: a number, or as many dots, dashes or plus signs as stand before one or alone.
pub(super) fn level(text: &str) -> Option<u32> {
    let text = plain(text);
    let signs = text.chars().take_while(|c| matches!(c, '.' | '-' | '+' | '>' | '*')).count();
    let rest = text[signs..].trim();
    match (signs, rest.is_empty()) {
        (0, true) => None,
        (n, true) => u32::try_from(n).ok(),
        _ => {
            let (value, after) = leading(rest)?;
            let whole = after.trim().is_empty() && value >= 0.0 && value.fract() == 0.0 && value < 1000.0;
            if whole { Some(value as u32) } else { place(rest).map(|p| p.len() as u32) }
        }
    }
}

pub(super) fn indent(name: &str) -> u32 {
    let spaces = name.chars().take_while(|c| c.is_whitespace()).map(|c| match c {
        '\t' => 4,
        '\u{3000}' => 2,
        _ => 1,
    });
    spaces.sum()
}

fn shape(lines: &[Line<'_>]) -> Shape {
    let most = |count: usize| count * 10 >= lines.len() * 8;
    let count = |of: &dyn Fn(&Line<'_>) -> bool| lines.iter().filter(|l| of(l)).count();
    if count(&|l| !l.parent.is_empty()) * 2 >= lines.len() {
        return Shape::Parents;
    }
    // Levels of 1.2.3 are places.
    let places = |of: &dyn for<'l> Fn(&'l Line<'_>) -> &'l str| {
        let dotted = count(&|l| place(of(l)).is_some());
        let bare = count(&|l| plain(of(l)).trim_end_matches('.').parse::<u32>().is_ok());
        dotted > 0 && most(dotted + bare)
    };
    if places(&|l| l.level) {
        return Shape::Places(|l| l.level);
    }
    let levels: BTreeSet<u32> = lines.iter().filter_map(|l| level(l.level)).collect();
    if levels.len() > 1 && most(count(&|l| level(l.level).is_some())) {
        return Shape::Levels;
    }
    if places(&|l| l.position) {
        return Shape::Places(|l| l.position);
    }
    let indents: BTreeSet<u32> = lines.iter().map(|l| indent(l.name)).collect();
    let first = lines.first().map_or(0, |l| indent(l.name));
    if indents.len() > 1
        && indents.first() == Some(&first)
        && count(&|l| indent(l.name) > first) * 5 >= lines.len()
    {
        return Shape::Indents;
    }
    Shape::Flat
}

struct Tree<'l, 's> {
    lines: &'l [Line<'s>],
    bom: Bom,
    /// Parts by key.
    known: BTreeMap<String, usize>,
    /// Parts by number and by name, the first of each.
    names: BTreeMap<String, usize>,
    /// Parts of one key that are put together in other ways than the first, and how many there are of each key.
    variants: BTreeMap<(String, Definition), usize>,
    numbers: BTreeMap<String, usize>,
}

/// The number that a cell holds, in normal letters; `None` for one that stands for none.
fn number(text: &str) -> Option<String> {
    let number = Some(text).filter(|text| !text.is_empty()).map(normal)?;
    (!matches!(number.as_str(), "-" | "/" | "n/a" | "na" | "tbd" | "none" | "无" | "?")).then_some(number)
}

impl Tree<'_, '_> {
    fn key(&self, line: usize) -> String {
        let line = &self.lines[line];
        if let Some(number) = number(line.number) {
            return number;
        }
        let all = [line.name, line.category, line.material, line.maker]
            .into_iter()
            .chain(line.details.iter().copied());
        let said: Vec<String> = all.map(normal).filter(|t| !t.is_empty()).collect();
        if said.is_empty() { normal(line.designator) } else { said.join(" | ") }
    }

    /// The part of this key.
    fn part(&mut self, key: String) -> usize {
        let next = self.bom.parts.len();
        let part = *self.known.entry(key.clone()).or_insert(next);
        if part == next {
            self.bom.parts.push(Part { key, ..Part::default() });
        }
        part
    }

    fn part_of_line(&mut self, line: usize) -> usize {
        let part = self.part(self.key(line));
        self.name(part, line);
        self.bom.parts[part].lines.push(line);
        part
    }

    fn name(&mut self, part: usize, line: usize) {
        let said = |line: usize| [self.lines[line].number, self.lines[line].name];
        // Most lines of a part say what the line before has said.
        let before = self.bom.parts[part].lines.last().map_or([""; 2], |before| said(*before));
        for (text, _) in said(line).into_iter().zip(before).filter(|(text, before)| text != before) {
            if let Some(name) = number(text.trim()) {
                self.names.entry(name).or_insert(part);
            }
        }
    }

    fn child(&self, part: usize, line: usize) -> Child {
        let quantity = self.lines[line].quantity.as_ref();
        Child {
            part,
            amount: quantity.map_or(1.0, |q| q.amount),
            bought: self.lines[line].bought,
            unit: quantity.map_or(Unit::Piece, |q| q.unit),
            counted: quantity.is_some(),
            line,
        }
    }

    /// Lines whose depth says what they go into: the nearest line above that is less deep.
    fn by_depth(&mut self, range: std::ops::Range<usize>, shape: Shape) -> Vec<Child> {
        let mut top = vec![];
        // Lines that are not finished, with their depth and what goes into them.
        let mut open: Vec<(usize, u32, Vec<Child>)> = vec![];
        let mut before: Vec<u32> = vec![];
        for line in range {
            let depth = match shape {
                Shape::Levels => level(self.lines[line].level).unwrap_or(before.len() as u32),
                Shape::Indents => indent(self.lines[line].name),
                Shape::Places(typed) => {
                    let typed = typed(&self.lines[line]);
                    let bare = || plain(typed).trim_end_matches('.').parse().ok().map(|n| vec![n]);
                    let here = place(typed).or_else(bare).unwrap_or_else(|| before.clone());
                    let shared = here.iter().zip(&before).take_while(|(a, b)| a == b).count();
                    if here.len() > shared + 1 {
                        self.bom.notes.push(Note::Orphan { line });
                    }
                    before = here;
                    before.len() as u32
                }
                Shape::Flat | Shape::Parents => 0,
            };
            while open.last().is_some_and(|(_, d, _)| *d >= depth) {
                self.close(&mut open, &mut top);
            }
            open.push((line, depth, vec![]));
        }
        while !open.is_empty() {
            self.close(&mut open, &mut top);
        }
        top
    }

    /// Finishes the line that was begun last: all that goes into it is known.
    fn close(&mut self, open: &mut Vec<(usize, u32, Vec<Child>)>, top: &mut Vec<Child>) {
        let Some((line, _, children)) = open.pop() else { return };
        let part = self.assembly(line, children);
        let child = self.child(part, line);
        match open.last_mut() {
            Some((_, _, siblings)) => siblings.push(child),
            None => top.push(child),
        }
    }

    /// The part of a line into which these go: the one that is put together so already, or one of its own if it is put
    /// together in another way.
    fn assembly(&mut self, line: usize, children: Vec<Child>) -> usize {
        if children.is_empty() {
            return self.part_of_line(line);
        }
        let key = self.key(line);
        let made_of = (key.clone(), definition(&children));
        let base = self.part(key.clone());
        let known = &self.bom.parts[base].children;
        let part = if known.is_empty() || definition(known) == made_of.1 {
            base
        } else if let Some(part) = self.variants.get(&made_of) {
            *part
        } else {
            let mut number = self.numbers.get(&key).copied().unwrap_or(1);
            let part = loop {
                number += 1;
                let part = self.part(format!("{key} ~{number}"));
                if self.bom.parts[part].children.is_empty() {
                    break part;
                }
            };
            self.numbers.insert(key, number);
            self.variants.insert(made_of, part);
            part
        };
        if self.bom.parts[part].children.is_empty() {
            self.bom.parts[part].children = children;
        }
        self.name(part, line);
        self.bom.parts[part].lines.push(line);
        if part != base {
            self.bom.notes.push(Note::Differs { line });
        }
        part
    }

    /// Lines that name what they go into.
    fn by_parents(&mut self, range: std::ops::Range<usize>) -> Vec<Child> {
        let parts: Vec<usize> = range.clone().map(|line| self.part_of_line(line)).collect();
        let mut named = vec![];
        for (line, part) in range.zip(parts) {
            let parent = normal(self.lines[line].parent);
            let child = self.child(part, line);
            if number(&parent).is_none() {
                named.push(child);
                continue;
            }
            let parent = match self.names.get(&parent) {
                Some(known) => *known,
                None => {
                    let new = self.part(parent.clone());
                    self.names.insert(parent, new);
                    named.push(Child {
                        part: new,
                        amount: 1.0,
                        bought: 1.0,
                        unit: Unit::Piece,
                        counted: true,
                        line,
                    });
                    new
                }
            };
            self.bom.parts[parent].children.push(child);
        }
        named
    }

    /// Hangs what each table lists into the product, or into the part that its sheet is named after.
    fn hang(&mut self, tops: Vec<(usize, Vec<Child>)>, tables: &[Table], sheets: &[Sheet]) {
        for (table, top) in tops {
            let sheet = tables.get(table).and_then(|t| sheets.get(t.sheet));
            let named = sheet.and_then(|s| self.names.get(&normal(&s.name))).copied();
            let inside = |part: usize| top.iter().any(|c| c.part == part);
            match named.filter(|p| self.bom.parts[*p].children.is_empty() && !inside(*p)) {
                Some(part) => self.bom.parts[part].children = top,
                None => self.bom.roots.extend(top),
            }
        }
    }
}

/// How much of what goes into an assembly, whatever the order of its lines.
type Definition = Vec<(usize, Unit, u64)>;

fn definition(children: &[Child]) -> Definition {
    let mut sums: BTreeMap<(usize, Unit), f64> = BTreeMap::new();
    children.iter().for_each(|c| *sums.entry((c.part, c.unit)).or_default() += c.amount);
    sums.into_iter().map(|((part, unit), amount)| (part, unit, amount.to_bits())).collect()
}
