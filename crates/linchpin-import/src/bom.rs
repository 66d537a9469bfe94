//! Lines of a list, and the tree of parts that they make: each part once, with what goes into it.

pub(crate) mod above;
mod tree;

use crate::column::beside::USED;
use crate::column::{Role, ours, words};
use crate::cost::quoted::{Quoted, agreed};
use crate::number::{leading, plain};
use crate::price::{Currency, Price, currency, price};
use crate::quantity::{Quantity, Unit, is_packed, quantity, quantity_in, unit_beside, unit_of};
use crate::sheet::{Row, Sheet};
use crate::table::{Kind, RowKind, Table, counted};
use crate::vendors::unnumbered;
use above::Above;
pub use tree::{Bom, Child, Note, Part, TreeFault};

/// A line of a list of parts, as it stands in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'s> {
    /// The table, by its place among those that were read.
    pub table: usize,
    /// Number of the row in the file, from 1.
    pub row: u32,
    /// Heading under which it stands: that of rows above it, else its own category, else the name of the sheet.
    pub heading: &'s str,
    /// The sort of part that its row says it is.
    pub category: &'s str,
    /// Level, position in the list, and the part that it goes into, as typed.
    pub level: &'s str,
    /// Running number or place in the tree.
    pub position: &'s str,
    /// The part that it goes into.
    pub parent: &'s str,
    /// Part number.
    pub number: &'s str,
    /// What it is called, white space before it included.
    pub name: &'s str,
    /// What else is said of it.
    pub details: Box<[&'s str]>,
    /// What it is made of.
    pub material: &'s str,
    /// Places on a circuit board.
    pub designator: &'s str,
    /// Who makes it.
    pub maker: &'s str,
    /// Who sells it.
    pub supplier: &'s str,
    /// What the user says that it is: an item of the atlas, or `-` for none; empty if he says nothing.
    pub item: &'s str,
    /// How many, if the file says so.
    pub quantity: Option<Quantity>,
    /// Price of one, if the file says so; of several by quantity that of the least.
    pub price: Option<Price>,
    /// Prices of one by the quantity from which each holds, if the file says more than one price.
    pub breaks: Box<[(f64, Price)]>,
    /// Whether it is made or bought, as typed.
    pub bought_as: &'s str,
    /// Price of the line, if the file says so; apart, since few files do.
    pub total: Option<Box<Price>>,
    /// Mass of one in kilograms, if the file says so.
    pub mass: Option<f64>,
    /// How many are in the whole product, if the file says so beside.
    pub whole: Option<f64>,
    /// What its column of units says that it counts in, and how much of ours that is: two pieces of a pair.
    pub unit: Option<(Unit, f64)>,
    /// Whether that is a roll or a box, of which nobody knows how much it holds.
    pub packed: bool,
    /// How much of the quantity that is typed goes into one: less where that is for several, or one of a group.
    pub part_of: f64,
    /// How much is bought of what is needed: more than one where some is lost.
    pub bought: f64,
}

impl<'s> Line<'s> {
    /// What it is called: its name, else its number, its material, its places or the first detail.
    pub fn title(&self) -> &'s str {
        let all = [self.name, self.number, self.material, self.designator];
        let all = all.into_iter().chain(self.details.iter().copied()).chain([self.category]);
        let mut first = all.map(str::trim);
        first.find(|t| !t.is_empty()).unwrap_or_default()
    }
}

/// What a list says besides its lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// The table.
    pub table: usize,
    /// Number of the row in the file.
    pub row: u32,
    /// What the row says.
    pub text: String,
    /// The sum that it states.
    pub total: Option<Price>,
}

/// Lines and sums of tables of parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines<'s> {
    /// Lines in the order of their files.
    pub lines: Vec<Line<'s>>,
    /// Rows that head others.
    pub sections: usize,
    /// Headers that are repeated.
    pub headers: usize,
    /// Rows of sums.
    pub totals: Vec<Stated>,
}

impl Lines<'_> {
    /// The least that a line asks for where it gives a range, else its amount.
    pub(crate) fn least(&self, child: &Child) -> f64 {
        let quantity = self.lines[child.line].quantity.as_ref();
        quantity.and_then(|q| q.least).unwrap_or(child.amount)
    }
}

/// A line that gives no quantity may mean so many times the one that is taken.
pub(crate) const UNCOUNTED: f64 = 10.0;

/// The lines of all tables of parts.
pub fn lines<'s>(sheets: &'s [Sheet], tables: &[Table]) -> Lines<'s> {
    let mut found = Lines::default();
    let money = agreed(tables);
    for (number, table) in tables.iter().enumerate().filter(|(_, t)| t.kind == Kind::Parts) {
        if let Some(sheet) = sheets.get(table.sheet) {
            of_table(sheet, table, number, money, &mut found);
        }
    }
    found
}

fn of_table<'s>(
    sheet: &'s Sheet,
    table: &Table,
    number: usize,
    agreed: Option<Currency>,
    found: &mut Lines<'s>,
) {
    let money = currency(table.heading(Role::Total)).or_else(|| currency(table.heading(Role::Price)));
    let count_unit = unit_in(table, Role::Quantity);
    let quoted = Quoted::of(sheet, table, agreed);
    let lost = Parts::new(sheet, table, Role::Scrap, 1.0);
    let used = Parts::new(sheet, table, Role::Probability, 1.01);
    let is_said = |role: Role| {
        use Role::{Alternative, Detail, LineKind, Status, Warehouse};
        matches!(role, Detail | Alternative | LineKind | Status | Warehouse)
    };
    let details: Vec<u32> = table.columns.iter().filter(|c| is_said(c.role)).map(|c| c.at).collect();
    let mut section: Option<&'s str> = None;
    let mut above = Above::new(sheet, table);
    let is_gross = holds_loss(table);
    for row in table.rows.clone().filter_map(|at| sheet.row(at)) {
        match table.row_kind(sheet, row) {
            RowKind::Blank => {}
            // What it goes into may be said for lines below too.
            RowKind::LeftOut => {
                above.next(table, row);
            }
            RowKind::Header => found.headers += 1,
            RowKind::Section => {
                section = table.cells(row).map(|c| c.1.trim()).find(|t| !t.is_empty()).or(section);
                found.sections += 1;
            }
            RowKind::Total => {
                let total = with_currency(sum(table, row), table, row, money);
                let text: Vec<&str> =
                    table.cells(row).map(|c| c.1.trim()).filter(|t| !t.is_empty()).collect();
                let stated = Stated { table: number, row: row.number(), text: text.join(" "), total };
                found.totals.push(stated);
            }
            RowKind::Line => {
                let category = table.text(row, Role::Category).trim();
                let unit = unit_of(table.text(row, Role::Unit));
                let sorted = Some(category).filter(|c| !c.is_empty());
                // Below a heading of its own it is one more thing that is said of the part.
                let beside = sorted.filter(|_| section.is_some());
                let said = details.iter().map(|at| row.cell(*at)).chain(beside);
                let (parent, base) = above.next(table, row);
                let bought = 1.0 + lost.read(table, row).unwrap_or(0.0);
                let gross = if is_gross { bought } else { 1.0 };
                let part_of = used.read(table, row).unwrap_or(1.0) / base.unwrap_or(1.0) / gross;
                // Who counts pairs in the cell tells the price of one.
                let of_price = unit_of(table.text(row, Role::PriceUnit)).or(unit).map(|(_, times)| times);
                let of_price = of_price.or_else(|| pieces_beside(table, row));
                let (one, breaks) = simple(of_unit(quoted.row(table, row), of_price.unwrap_or(1.0)));
                found.lines.push(Line {
                    table: number,
                    row: row.number(),
                    heading: section.or(sorted).unwrap_or(&sheet.name),
                    category,
                    level: table.text(row, Role::Level),
                    position: table.text(row, Role::Position),
                    parent,
                    number: table.text(row, Role::Number).trim(),
                    name: table.text(row, Role::Name),
                    details: said.map(str::trim).filter(|t| !t.is_empty()).collect(),
                    material: table.text(row, Role::Material).trim(),
                    designator: table.text(row, Role::Designator).trim(),
                    maker: table.text(row, Role::Maker).trim(),
                    supplier: unnumbered(table.text(row, Role::Supplier).trim()),
                    item: ours::value(table.text(row, Role::Item)),
                    quantity: amount(table, row, count_unit).map(|q| q.times(part_of)),
                    price: one,
                    breaks,
                    bought_as: table.text(row, Role::BoughtAs).trim(),
                    total: with_currency(price(&table.number(row, Role::Total)), table, row, money)
                        .map(Box::new),
                    mass: mass_in(table, row).map(|mass| mass / pieces(unit)),
                    whole: quantity_in(&table.number(row, Role::TotalQuantity), unit).map(|q| q.amount),
                    unit,
                    packed: is_packed(table.text(row, Role::Unit)),
                    part_of,
                    bought,
                })
            }
        }
    }
}

/// Whether quantities are what is used with what is lost, and no column beside tells them without.
fn holds_loss(table: &Table) -> bool {
    let is_net = |header: &str| ["基本用量", "基础用量"].iter().any(|word| header.contains(word));
    words(table.heading(Role::Quantity)) == USED && !table.columns.iter().any(|c| is_net(&c.header))
}

/// The sum in money that a row of sums states: in a column of prices, else the last cell that reads as one. A sum of kilograms
/// or of pieces is none.
fn sum(table: &Table, row: Row<'_>) -> Option<Price> {
    let counts = |text: &str| quantity(text).is_some_and(|q| q.unit != Unit::Piece || !q.beside.is_empty());
    let money = |text: &str| price(text).filter(|_| currency(text).is_some() || !counts(text));
    let told = [Role::Total, Role::Price].into_iter().find_map(|role| money(table.text(row, role)));
    let other = |at: u32| {
        let role = table.columns.iter().find(|c| c.at == at).map(|c| c.role);
        !matches!(role, Some(Role::Quantity | Role::Mass | Role::Position | Role::Number | Role::Designator))
    };
    told.or_else(|| table.cells(row).filter(|c| other(c.0)).filter_map(|c| money(c.1)).next_back())
}

/// How many pieces a mass is that stands beside a unit: two of a pair.
pub(crate) fn pieces(unit: Option<(Unit, f64)>) -> f64 {
    unit.filter(|(unit, _)| *unit == Unit::Piece).map_or(1.0, |(_, times)| times)
}

/// How many pieces the unit is that stands in the cell of the quantity: two of `1对`.
fn pieces_beside(table: &Table, row: Row<'_>) -> Option<f64> {
    let unit = unit_of(&unit_beside(table.text(row, Role::Quantity)));
    unit.filter(|(unit, _)| *unit == Unit::Piece).map(|(_, times)| times)
}

/// Prices of one of ours where they are of so many of them: of a gram, of a pair.
pub(crate) fn of_unit(mut prices: Vec<(f64, Price)>, times: f64) -> Vec<(f64, Price)> {
    for (from, price) in prices.iter_mut().filter(|(_, price)| price.per.is_none()) {
        *from *= times;
        price.range = (price.range.0 / times, price.range.1 / times);
    }
    prices
}

fn bracketed(header: &str) -> Option<&str> {
    let start = header.rfind(['(', '（', '[', '/'])?;
    let rest = &header[start..];
    let rest = rest.trim_start_matches(['(', '（', '[', '/']);
    Some(rest.trim_end_matches([')', '）', ']']))
}

/// How many: what the cell says, in the unit of its column or of the column of units; a list of places is one each.
pub(crate) fn amount(table: &Table, row: Row<'_>, of_header: Option<(Unit, f64)>) -> Option<Quantity> {
    let typed = &table.number(row, Role::Quantity);
    if let Some(count) =
        table.column(Role::Name).filter(|_| table.only().is_some()).and_then(|c| counted(row.cell(c.at)))
    {
        return Some(Quantity { amount: count, least: None, unit: Unit::Piece, beside: Box::default() });
    }
    if table.column(Role::Quantity).is_none() {
        let places =
            table.text(row, Role::Designator).split([',', ';', ' ', '、']).filter(|p| !p.is_empty()).count();
        let counted = places > 0;
        return counted.then(|| Quantity {
            amount: places as f64,
            least: None,
            unit: Unit::Piece,
            beside: Box::default(),
        });
    }
    quantity_in(typed, unit_of(table.text(row, Role::Unit)).or(of_header))
}

/// What cells of a column say in per cent, as parts of one: `5 %`, `5`, `0.05`.
pub(crate) struct Parts {
    role: Role,
    /// Whether they are what is left, of which the rest is lost.
    is_yield: bool,
    /// What a bare number is divided by: a hundred if the header or a number that is too large for a part says so.
    of: f64,
}

impl Parts {
    /// Those of a table; a part of one is less than `most`.
    pub(crate) fn new(sheet: &Sheet, table: &Table, role: Role, most: f64) -> Parts {
        let mut rows = table.rows.clone().filter_map(|at| sheet.row(at));
        let is_large =
            |row, most| leading(plain(table.text(row, role)).trim()).is_some_and(|(n, _)| n >= most);
        let header = plain(table.heading(role)).to_lowercase();
        let is_yield = YIELDS.iter().any(|word| header.contains(word));
        // All of it is what is left, and no slip.
        let is_percent =
            header.contains('%') || rows.any(|row| is_large(row, if is_yield { 1.01 } else { most }));
        Parts { role, is_yield, of: if is_percent { 100.0 } else { 1.0 } }
    }

    pub(crate) fn read(&self, table: &Table, row: Row<'_>) -> Option<f64> {
        let text = plain(table.text(row, self.role));
        let (number, rest) = leading(text.trim())?;
        let part = number / if rest.trim_start().starts_with('%') { 100.0 } else { self.of };
        match self.is_yield {
            true => (part > 0.0).then_some(1.0 / part - 1.0),
            false => Some(part),
        }
    }
}

/// Words of headers of what is left after the losses.
const YIELDS: [&str; 4] = ["yield", "成品率", "良品率", "良率"];

/// How deep a row stands in the tree, by its level, its place or the white space before its name.
pub(crate) fn depth(table: &Table, row: Row<'_>) -> u32 {
    let place = || tree::place(table.text(row, Role::Position)).map(|place| place.len() as u32);
    let level = tree::level(table.text(row, Role::Level)).or_else(place);
    level.unwrap_or_else(|| tree::indent(table.text(row, Role::Name)))
}

/// The price of a row, and all of them where it is more than one that holds for any quantity.
fn simple(prices: Vec<(f64, Price)>) -> (Option<Price>, Box<[(f64, Price)]>) {
    let first = prices.first().map(|(_, price)| price.clone());
    let is_one = prices.len() == 1 && prices.iter().all(|(from, _)| *from == 0.0);
    (first, if is_one { Box::default() } else { prices.into() })
}

pub(crate) fn with_currency(
    price: Option<Price>,
    table: &Table,
    row: Row<'_>,
    of_header: Option<Currency>,
) -> Option<Price> {
    let mut price = price?;
    price.currency = price.currency.or_else(|| currency(table.text(row, Role::Currency))).or(of_header);
    Some(price)
}

/// What the header of a column says that it counts in: Weight (g), Length [mm].
fn unit_in(table: &Table, role: Role) -> Option<(Unit, f64)> {
    bracketed(table.heading(role)).and_then(unit_of)
}

/// The mass of one in kilograms, by the row of a table.
pub(crate) fn mass_in(table: &Table, row: Row<'_>) -> Option<f64> {
    let of_row = unit_of(table.text(row, Role::MassUnit));
    mass(table.text(row, Role::Mass), of_row.or_else(|| unit_in(table, Role::Mass)))
}

/// Kilograms; a bare number is in the unit of the header, and unknown without one.
fn mass(text: &str, of_header: Option<(Unit, f64)>) -> Option<f64> {
    let found = quantity(text)?;
    match (found.unit, of_header) {
        (Unit::Kilogram, _) => Some(found.amount),
        (Unit::Piece, Some((Unit::Kilogram, times))) => Some(found.amount * times),
        _ => None,
    }
}

/// A text by which parts are told apart: small letters, plain signs, single spaces.
pub(crate) fn normal(text: &str) -> String {
    // Plain letters already, as nearly all part numbers are: only capitals and spaces are left to see to.
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        let mut found = String::with_capacity(text.len());
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if !found.is_empty() {
                found.push(' ');
            }
            found.push_str(word);
        }
        found.make_ascii_lowercase();
        return found;
    }
    plain(text).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tables;

    fn sheet(name: &str, text: &str) -> Sheet {
        let mut sheet = Sheet::new(name);
        for (number, row) in (1u32..).zip(text.trim_matches('\n').lines()) {
            sheet.begin(number);
            for (column, cell) in (0u32..).zip(row.split(',')) {
                sheet.cell(column, cell);
            }
        }
        sheet
    }

    fn read(sheets: &[Sheet]) -> (Lines<'_>, Result<Bom, Vec<TreeFault>>) {
        let all: Vec<Table> = sheets.iter().enumerate().flat_map(|(at, s)| tables(s, at)).collect();
        let lines = lines(sheets, &all);
        let bom = Bom::new(&lines, &all, sheets);
        (lines, bom)
    }

    /// What goes into one product, by name.
    fn totals(sheets: &[Sheet]) -> Vec<(String, f64)> {
        let (lines, bom) = read(sheets);
        let bom = bom.unwrap();
        let totals = bom.totals();
        let mut named: Vec<(String, f64)> =
            (0..bom.parts.len()).map(|p| (bom.title(p, &lines.lines).to_owned(), totals[p])).collect();
        named.retain(|n| n.1 > 0.0);
        named.sort_by(|a, b| a.0.cmp(&b.0));
        named
    }

    fn expected(all: &[(&str, f64)]) -> Vec<(String, f64)> {
        all.iter().map(|(name, amount)| ((*name).to_owned(), *amount)).collect()
    }

    /// Two legs of two actuators with a motor each, and a spare motor: five motors, whatever the notation.
    const PARTS: &[(&str, f64)] = &[("actuator", 4.0), ("leg", 2.0), ("motor", 5.0), ("screw", 24.0)];

    #[test]
    fn a_tree_is_the_same_in_every_notation() {
        for text in [
            "Level,Part,Qty\n0,robot,1\n1,leg,2\n2,actuator,2\n3,motor,1\n3,screw,6\n1,motor,1",
            "Item No,Part,Qty\n1,leg,2\n1.1,actuator,2\n1.1.1,motor,1\n1.1.2,screw,6\n2,motor,1",
            "Level,Part,Qty\n.1,leg,2\n..2,actuator,2\n...3,motor,1\n...3,screw,6\n.1,motor,1",
            "Parent,Part,Qty\nrobot,leg,2\nleg,actuator,2\nactuator,motor,1\nactuator,screw,6\nrobot,motor,1",
            "Part,Qty,Note\nleg,2,\n  actuator,2,\n    motor,1,\n    screw,6,\nmotor,1,spare",
        ] {
            let found: Vec<(String, f64)> =
                totals(&[sheet("", text)]).into_iter().map(|(n, a)| (n.trim().to_owned(), a)).collect();
            let spare = found.iter().filter(|f| f.0 == "motor").map(|f| f.1).sum::<f64>();
            assert_eq!(spare, 5.0, "{text}: {found:?}");
            let others: Vec<_> = found.into_iter().filter(|f| f.0 != "motor").collect();
            let wanted: Vec<_> = expected(PARTS).into_iter().filter(|f| f.0 != "motor").collect();
            assert_eq!(others, wanted, "{text}");
        }
    }

    /// A sub-assembly that is listed in full where it is used a second time is the same part; once in another way it is not.
    #[test]
    fn shared_assemblies_are_counted_once() {
        let twice = "Level,Part number,Qty\n1,arm,1\n2,wrist,1\n3,motor,2\n1,leg,1\n2,wrist,2\n3,motor,2";
        assert_eq!(
            totals(&[sheet("", twice)]),
            expected(&[("arm", 1.0), ("leg", 1.0), ("motor", 6.0), ("wrist", 3.0)])
        );
        let short = "Level,Part number,Qty\n1,arm,1\n2,wrist,1\n3,motor,2\n1,leg,1\n2,wrist,2";
        assert_eq!(totals(&[sheet("", short)]), totals(&[sheet("", twice)]));
        let other = sheet("", &twice.replace("2,wrist,2\n3,motor,2", "2,wrist,2\n3,motor,1"));
        let sheets = [other];
        let (_, bom) = read(&sheets);
        assert_eq!(bom.unwrap().notes, [Note::Differs { line: 4 }]);
    }

    #[test]
    fn a_sheet_named_after_a_part_says_what_goes_into_it() {
        let main = sheet("Robot", "Part,Qty\nLeg,2\nBattery,1");
        let leg = sheet("Leg", "Part,Qty\nActuator,6\nFoot,1");
        assert_eq!(
            totals(&[main, leg]),
            expected(&[("Actuator", 12.0), ("Battery", 1.0), ("Foot", 2.0), ("Leg", 2.0)])
        );
    }

    #[test]
    fn circles_and_slips_of_the_pen_are_faults() {
        let sheets = [sheet("", "Parent,Part,Qty\na,b,1\nb,c,1\nc,a,1\nc,d,1")];
        let (_, bom) = read(&sheets);
        let Err(faults) = bom else { panic!("a circle is no tree") };
        assert!(matches!(&faults[0], TreeFault::Cycle(names) if names.len() == 4), "{faults:?}");
        let sheets = [sheet("", "Part,Qty\na,1e300\nb,2\nc,5000000000")];
        let (_, bom) = read(&sheets);
        assert_eq!(bom.unwrap_err().len(), 2);
    }

    /// Of two parts of one name in two categories none is lost; a header that says more than that is no category.
    #[test]
    fn a_category_is_a_heading() {
        let read_of = |sheets: &[Sheet]| {
            let (lines, bom) = read(sheets);
            let told = |l: &Line<'_>| (l.heading.to_owned(), l.name.to_owned(), l.details.join("|"));
            (lines.lines.iter().map(told).collect::<Vec<_>>(), bom.unwrap().parts.len())
        };
        let row = |heading: &str, name: &str, details: &str| (heading.into(), name.into(), details.into());
        for header in ["Category,Part,Qty", "类别,名称,数量"] {
            let (lines, parts) =
                read_of(&[sheet("all", &format!("{header}\nBearings,625,2\n,cover,1\nRims,625,1"))]);
            let expected = [row("Bearings", "625", ""), row("all", "cover", ""), row("Rims", "625", "")];
            assert_eq!((lines.as_slice(), parts), (&expected[..], 3), "{header}");
        }
        let below = "Category,Part,Qty\nArm\nBearings,625,2\nBearings,6806,2\nMotors,R85,1";
        assert_eq!(read_of(&[sheet("", below)]).0[0], row("Arm", "625", "Bearings"));
        let other = "System voltage,Part,Qty\n48 V,motor,2\n24 V,fan,1";
        assert_eq!(read_of(&[sheet("", other)]).0[0], row("", "motor", "48 V"));
        let alone = "Category,Qty,Price\nBearings,2,$1\nMotors,1,$9";
        assert_eq!(read_of(&[sheet("", alone)]).0[0], row("", "Bearings", ""));
    }

    #[test]
    fn a_part_in_two_units_is_noticed() {
        let sheets = [sheet("", "Part,Qty,Unit\nwire,2,m\nwire,3,pcs\nscrew,1,pcs")];
        let (_, bom) = read(&sheets);
        assert_eq!(bom.unwrap().notes, [Note::Units { part: 0 }]);
    }
}
