//! What a build says of the facts: how many rows went where, and which were left out.

use crate::Built;
use crate::facts::SETTLED;
use crate::ledger::Fate;
use crate::lines::Record;
use std::fmt::Write;

/// One line a file of facts: rows, used by rules, by the ledger, left out, and neither.
pub fn counts(built: &Built) -> String {
    let mut text = format!(
        "{:<32}{:>7}{:>9}{:>9}{:>10}{:>9}\n",
        "facts", "rows", "by rule", "ledger", "left out", "open"
    );
    for (file, fates) in &built.fates {
        let count = |fits: &dyn Fn(&Fate) -> bool| fates.iter().filter(|f| fits(f)).count();
        let open = count(&|f| *f == Fate::Unsettled);
        // What the other files hold need not be used.
        let open = if SETTLED.iter().any(|s| s.0 == file) { open.to_string() } else { format!("({open})") };
        let _ = writeln!(
            text,
            "{file:<32}{:>7}{:>9}{:>9}{:>10}{open:>9}",
            fates.len(),
            count(&|f| *f == Fate::Rule),
            count(&|f| *f == Fate::Ledger),
            count(&|f| matches!(f, Fate::LeftOut(_))),
        );
    }
    text
}

/// The rows that are left out, and those of which nobody says so, as CSV.
pub fn left_out(built: &Built) -> Vec<u8> {
    let mut bytes = vec![];
    {
        let mut writer = csv::Writer::from_writer(&mut bytes);
        // Memory takes everything.
        let _ = writer.write_record(["file", "line", "row", "reason"]);
        for (file, fates) in &built.fates {
            let settled = SETTLED.iter().find(|s| s.0 == file);
            let Some(sheet) = built.facts.file(file) else { continue };
            for (fact, fate) in sheet.records().zip(fates) {
                let reason = match fate {
                    Fate::LeftOut(reason) => reason.as_str(),
                    Fate::Unsettled if settled.is_some() => "OPEN: no rule uses it and no ledger names it",
                    _ => continue,
                };
                let key = key(fact, settled.map(|s| s.1));
                let _ = writer.write_record([file, &fact.line.number.to_string(), &key, reason]);
            }
        }
        let _ = writer.flush();
    }
    bytes
}

/// The cells that name a row.
fn key(fact: Record<'_>, columns: Option<&[&str]>) -> String {
    let cells: Vec<&str> = match columns {
        Some(columns) => columns.iter().map(|c| fact.get(c)).collect(),
        None => fact.line.cells.iter().take(4).map(String::as_str).collect(),
    };
    cells.into_iter().filter(|c| !c.is_empty()).collect::<Vec<_>>().join(" / ")
}
