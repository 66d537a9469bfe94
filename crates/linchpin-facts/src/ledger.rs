//! The ledger: where the rows of facts are that no rule uses, or why they are left out.

use crate::facts::{Facts, SETTLED, Used};
use crate::fault::{Fault, Place, What};
use crate::lines::{Record, Sheet};
use crate::tables::Tables;
use std::collections::BTreeMap;

/// What became of a row of facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// A rule used it.
    Rule,
    /// A ledger row says where it is.
    Ledger,
    /// It is left out, for a reason.
    LeftOut(String),
    /// Nobody says.
    Unsettled,
}

/// What became of every row of every file of facts.
pub type Fates = BTreeMap<String, Vec<Fate>>;

/// Reads the ledgers of all groups.
pub(crate) fn settle(
    ledgers: &[Sheet],
    facts: &Facts,
    used: &Used,
    tables: &Tables,
    faults: &mut Vec<Fault>,
) -> Fates {
    let mut fates: Fates = Fates::new();
    for (name, sheet) in &facts.files {
        let of = |index| if used.has(name, index) { Fate::Rule } else { Fate::Unsettled };
        fates.insert(name.clone(), (0..sheet.lines.len()).map(of).collect());
    }
    for row in ledgers.iter().flat_map(Sheet::records) {
        match read(row, facts, tables) {
            Ok(entry) => {
                for index in entry.rows {
                    let Some(fate) = fates.get_mut(entry.file).and_then(|f| f.get_mut(index)) else {
                        continue;
                    };
                    match fate {
                        Fate::Unsettled => *fate = entry.fate.clone(),
                        // Where a row is weighs more than that one of its uses was left out.
                        Fate::LeftOut(_) if entry.fate == Fate::Ledger => *fate = Fate::Ledger,
                        _ => {}
                    }
                }
            }
            Err(found) => faults.extend(found),
        }
    }
    fates
}

/// Faults of the files of which every row must be settled.
pub(crate) fn unsettled(facts: &Facts, fates: &Fates) -> Vec<Fault> {
    let mut faults = vec![];
    for (name, _) in SETTLED {
        let (Some(sheet), Some(fates)) = (facts.file(name), fates.get(name)) else { continue };
        let open: Vec<u64> = sheet
            .lines
            .iter()
            .zip(fates)
            .filter(|(_, f)| **f == Fate::Unsettled)
            .map(|(l, _)| l.number)
            .collect();
        if !open.is_empty() {
            let first = open.iter().take(12).map(u64::to_string).collect::<Vec<_>>().join(", ");
            faults.push(Fault::at(Place::file(&sheet.file), What::Unsettled(open.len(), fates.len(), first)));
        }
    }
    faults
}

struct Entry<'a> {
    file: &'a str,
    rows: Vec<usize>,
    fate: Fate,
}

fn read<'a>(row: Record<'_>, facts: &'a Facts, tables: &Tables) -> Result<Entry<'a>, Vec<Fault>> {
    let Some((file, sheet)) = facts.named(row.get("file")) else {
        let files = facts.files.keys().cloned().collect::<Vec<_>>().join(", ");
        return Err(vec![row.fault("file", What::Word(files))]);
    };
    let wanted = conditions(row, sheet).map_err(|f| vec![f])?;
    let fits = |fact: &Record<'_>| wanted.iter().all(|(column, value)| fact.get(column) == value.as_str());
    let rows: Vec<usize> = sheet.records().filter(fits).map(|r| r.index).collect();
    let mut faults = vec![];
    if rows.is_empty() {
        faults.push(row.fault("match", What::MatchesNothing));
    }
    let (held, left_out) = (row.get("in"), row.get("left_out"));
    if held.is_empty() == left_out.is_empty() {
        faults.push(row.fault("left_out", What::InAndLeftOut));
    }
    for address in held.split_whitespace().filter(|a| !tables.has(a)) {
        let place = Place { value: Some(address.to_owned()), ..row.place("in") };
        faults.push(Fault::at(place, What::UnknownAddress));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let fate = if held.is_empty() { Fate::LeftOut(left_out.to_owned()) } else { Fate::Ledger };
    Ok(Entry { file, rows, fate })
}

/// `column=value & column=value`. A value may hold ` & ` itself, unless a column follows.
fn conditions<'s>(row: Record<'_>, sheet: &'s Sheet) -> Result<Vec<(&'s str, String)>, Fault> {
    let mut list: Vec<(&str, String)> = vec![];
    for part in row.get("match").split(" & ") {
        let column = |name: &str| sheet.columns.iter().find(|c| c.as_str() == name.trim());
        let named = part.split_once('=');
        if let Some((column, value)) = named.and_then(|(name, value)| Some((column(name)?, value))) {
            list.push((column, value.trim().to_owned()));
        } else if let Some((_, value)) = list.last_mut() {
            value.push_str(" & ");
            value.push_str(part.trim());
        } else {
            let what = if named.is_some() { What::UnknownFactColumn } else { What::Match };
            return Err(row.fault("match", what));
        }
    }
    Ok(list)
}
