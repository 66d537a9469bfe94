//! What does not add up in a product that was read.

use crate::bom::Note;
use crate::report::Told;

/// What it is, the rows that say so, and the part with the numbers.
pub(crate) type Noticed = (&'static str, String, String);

/// All that does not add up.
pub(crate) fn rows(told: &Told<'_, '_>) -> Vec<Noticed> {
    let mut all: Vec<Noticed> = vec![];
    for note in &told.bom.notes {
        let (what, line, part) = match note {
            Note::Differs { line } => ("import-differs", Some(*line), None),
            Note::Orphan { line } => ("import-orphan", Some(*line), None),
            Note::Units { part } => {
                ("import-units", told.bom.parts[*part].lines.first().copied(), Some(*part))
            }
        };
        let row = line.map_or(String::new(), |l| told.lines.lines[l].row.to_string());
        let title =
            line.map(|l| told.lines.lines[l].title()).or(part.map(|p| told.bom.title(p, &told.lines.lines)));
        all.push((what, row, title.unwrap_or_default().to_owned()));
    }
    for (line, part) in told.lines.lines.iter().map(|l| (l, l.title())) {
        if line.quantity.is_none() {
            all.push(("import-uncounted", line.row.to_string(), part.to_owned()));
        }
        let sum = line.price.as_ref().zip(line.quantity.as_ref()).map(|(p, q)| p.range.1 * q.amount);
        let stated = line.total.as_ref().map(|t| t.range.1);
        if let Some((sum, stated)) = sum.zip(stated).filter(|(a, b)| (a - b).abs() > 0.01 * b.abs().max(1.0))
        {
            all.push(("import-line-total", line.row.to_string(), format!("{part}: {sum:.2} ≠ {stated:.2}")));
        }
    }
    for stated in &told.lines.totals {
        let Some(total) = &stated.total else { continue };
        let here = told.lines.lines.iter().filter(|l| l.table == stated.table && l.row < stated.row);
        let sum: f64 = here
            .filter_map(|l| {
                let each = l.price.as_ref().zip(l.quantity.as_ref()).map(|(p, q)| p.range.1 * q.amount);
                l.total.as_ref().map(|t| t.range.1).or(each)
            })
            .sum();
        if (sum - total.range.1).abs() > 0.01 * total.range.1.abs().max(1.0) {
            let text = format!("{}: {sum:.2}", stated.text);
            all.push(("import-total", stated.row.to_string(), text));
        }
    }
    let totals = told.totals;
    let weighed: f64 = (0..totals.len())
        .filter_map(|p| {
            told.known[p].mass.filter(|_| told.bom.parts[p].children.is_empty()).map(|m| m * totals[p])
        })
        .sum();
    if let Some(mass) = told.product.mass.filter(|m| weighed > 1.001 * m) {
        all.push(("import-too-heavy", String::new(), format!("{weighed:.2} kg > {mass:.2} kg")));
    }
    all
}
