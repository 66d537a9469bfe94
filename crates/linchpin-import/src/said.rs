//! What the user says of parts in a column of items beside their lines.

use crate::archetype::{Match, Matcher, Part, said, written};
use crate::bom::{Bom, Line, Lines};
use crate::import::ImportFault;
use crate::sheet::Sheet;
use crate::table::Table;

/// The lines, and where they stand.
pub(crate) struct Told<'t, 's> {
    pub(crate) lines: &'t Lines<'s>,
    pub(crate) tables: &'t [Table],
    pub(crate) sheets: &'s [Sheet],
    pub(crate) files: &'t [String],
}

impl Told<'_, '_> {
    /// The file and the sheet of a line.
    fn place(&self, line: &Line<'_>) -> (String, String) {
        let sheet = self.tables[line.table].sheet;
        (self.files[sheet].clone(), self.sheets[sheet].name.clone())
    }
}

/// Every line whose item is not one that a line may be.
pub(crate) fn check(told: &Told<'_, '_>, matcher: &Matcher) -> Vec<ImportFault> {
    let unknown =
        |line: &&Line<'_>| said(line.item).flatten().is_some_and(|item| matcher.item_of(item).is_none());
    let fault = |line: &Line<'_>| {
        let (file, sheet) = told.place(line);
        let nearest = matcher.nearest(line.item);
        ImportFault::Item { file, sheet, row: line.row, item: line.item.to_owned(), nearest }
    };
    told.lines.lines.iter().filter(unknown).map(fault).collect()
}

/// What a part is, by its lines. An item beside one of them wins over all that was said before, and over those beside its
/// other lines that only say what is found anyway: who corrects a part that stands in ten rows does it once.
pub(crate) fn find(
    told: &Told<'_, '_>,
    matcher: &Matcher,
    bom: &Bom,
    part: usize,
    described: &Part<'_>,
) -> Result<Match, ImportFault> {
    let lines = bom.parts[part].lines.iter().map(|line| &told.lines.lines[*line]);
    let said = lines.filter_map(|line| said(line.item).map(|item| (line, item)));
    let mut said = said.map(|(line, item)| (line, item.and_then(|typed| matcher.item_of(typed)))).peekable();
    if said.peek().is_none() {
        return Ok(matcher.find(described));
    }
    let found = matcher.find_alone(described);
    let alone = found.best.as_ref().map(|guess| guess.item.clone());
    let mut other = said.filter(|(_, item)| item.is_none() || *item != alone.as_deref());
    let Some((first, item)) = other.next() else { return Ok(found) };
    match other.find(|(_, another)| *another != item) {
        None => Ok(found.overridden_by(item)),
        Some((second, another)) => {
            let (file, sheet) = told.place(second);
            Err(ImportFault::TwoItems {
                file,
                sheet,
                rows: (first.row, second.row),
                items: (written(item).to_owned(), written(another).to_owned()),
            })
        }
    }
}
