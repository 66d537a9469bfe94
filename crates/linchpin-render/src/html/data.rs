//! What the script of a page reads: tables column by column, words, and what each number rests on.
//!
//! `dashboard/src/data.ts` has the same shape in TypeScript.

use std::collections::{BTreeMap, BTreeSet};

use linchpin_table::{Answer, Arg, Cells, Column, Evidence, Label, Lang, Page, Status, Table};
use serde::Serialize;

use super::Speakers;
use crate::view::{self, ViewCell};
use crate::{Messages, RenderError};

/// A text in English and Chinese.
type Both = [String; 2];

#[derive(Serialize)]
struct Data {
    answers: Vec<AnswerData>,
    /// Names of ids.
    labels: BTreeMap<String, Both>,
    /// Texts of message ids: those of cells, and those of the page itself.
    words: BTreeMap<String, Both>,
    evidence: Option<EvidenceData>,
}

#[derive(Serialize)]
struct AnswerData {
    verb: String,
    request: BTreeMap<String, String>,
    /// Trials that it rests on, if it rests on trials.
    #[serde(skip_serializing_if = "Option::is_none")]
    trials: Option<u64>,
    /// What it says above its tables; what is named there is in the labels.
    headlines: Vec<Both>,
    tables: Vec<TableData>,
}

#[derive(Serialize)]
struct TableData {
    name: String,
    title: Both,
    keys: Vec<String>,
    columns: Vec<ColumnData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indent: Option<Vec<u8>>,
}

#[derive(Serialize)]
struct ColumnData {
    name: String,
    kind: &'static str,
    header: Both,
    /// Names of the columns of the ends of its range.
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<[String; 2]>,
    /// Numbers in base units.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<Option<f64>>,
    /// Ids, message ids or texts; of numbers what a reader sees, with the range.
    texts: Vec<Option<Both>>,
}

#[derive(Serialize)]
struct EvidenceData {
    figures: Vec<FigureData>,
    sources: BTreeMap<String, SourceData>,
    /// Sets of rows of `figures`, in order; numbers share them.
    sets: Vec<Vec<u32>>,
    numbers: BTreeMap<String, NumberData>,
}

#[derive(Serialize)]
struct FigureData {
    address: String,
    name: Both,
    value: Both,
    standing: String,
    year: String,
    sources: Vec<String>,
    note: String,
}

#[derive(Serialize)]
struct SourceData {
    title: String,
    publisher: String,
    year: String,
    tier: String,
    url: String,
}

/// How it comes about, which set it rests on, and the weightiest of that set with how far each moves it.
type NumberData = (String, usize, Vec<(u32, f64)>);

/// How many of the weightiest figures of a number are listed by weight.
const WEIGHTIEST: usize = 12;

pub(super) fn json(page: &Page, speakers: &Speakers) -> Result<String, RenderError> {
    let mut labels = BTreeMap::new();
    let mut words: BTreeMap<String, Both> = BTreeMap::new();
    for id in Messages::ids(Lang::En).into_keys().filter(|id| id.starts_with("page-")) {
        let text = speakers.both(|m| m.word(&id))?;
        words.insert(id, text);
    }
    let mut answers = vec![];
    for answer in &page.answers {
        let tables: Result<_, RenderError> =
            answer.tables.iter().map(|t| table(t, answer, speakers, &mut labels, &mut words)).collect();
        let said: Result<_, RenderError> =
            answer.headlines.iter().map(|h| speakers.both(|m| m.get(h, &answer.labels))).collect();
        for id in answer.headlines.iter().flat_map(|h| h.args.values()).flat_map(named) {
            if !labels.contains_key(id) {
                labels.insert(id.to_owned(), speakers.both(|m| m.label(id, &answer.labels))?);
            }
        }
        let stamp = &answer.stamp;
        answers.push(AnswerData {
            verb: stamp.verb.clone(),
            request: stamp.request.clone(),
            trials: match stamp.status {
                Status::Sampled { trials } => Some(trials),
                _ => None,
            },
            headlines: said?,
            tables: tables?,
        });
    }
    let evidence = page.evidence.as_ref().map(|e| evidence(e, speakers, &mut words)).transpose()?;
    Ok(serde_json::to_string(&Data { answers, labels, words, evidence })?)
}

/// Ids that an argument names.
fn named(arg: &Arg) -> Vec<&str> {
    match arg {
        Arg::Name(id) => vec![id],
        Arg::List(all) => all.iter().flat_map(named).collect(),
        _ => vec![],
    }
}

fn both(label: &Label) -> Both {
    let or = |a: &str, b: &str| if a.is_empty() { b.to_owned() } else { a.to_owned() };
    [or(&label.en, &label.zh), or(&label.zh, &label.en)]
}

fn table(
    table: &Table,
    answer: &Answer,
    speakers: &Speakers,
    labels: &mut BTreeMap<String, Both>,
    words: &mut BTreeMap<String, Both>,
) -> Result<TableData, RenderError> {
    let views = speakers.both(|m| view::columns(table, m, &answer.labels))?;
    let leading: Vec<&str> = table.leading().map(|c| c.name).collect();
    let mut columns = vec![];
    for column in &table.columns {
        let seen =
            leading.iter().position(|name| *name == column.name).map(|at| [&views[0][at], &views[1][at]]);
        let header = match &seen {
            Some(views) => views.map(|v| v.header.clone()),
            None => [String::new(), String::new()],
        };
        let texts = match (column.cells.is_numeric(), &seen) {
            (true, None) => vec![],
            (true, Some([en, zh])) => en.cells.iter().zip(&zh.cells).map(|(a, b)| seen_as(a, b)).collect(),
            (false, _) => {
                let cells = (0..table.len()).map(|row| column.cells.text(row));
                for id in cells.clone().flatten().filter(|id| !id.is_empty()) {
                    name(id, column, answer, speakers, labels, words)?;
                }
                cells.map(|c| c.map(|c| [c.to_owned(), String::new()])).collect()
            }
        };
        columns.push(ColumnData {
            name: column.name.to_owned(),
            kind: column.cells.kind(),
            header,
            range: column.range.map(|(l, h)| [l.to_owned(), h.to_owned()]),
            values: match column.cells.is_numeric() {
                true => (0..table.len()).map(|row| column.cells.number(row)).collect(),
                false => vec![],
            },
            texts,
        });
    }
    Ok(TableData {
        name: table.name.to_owned(),
        title: speakers.both(|m| m.get(&table.title, &answer.labels))?,
        keys: table.keys.clone(),
        columns,
        indent: table.indent.clone(),
    })
}

/// The name of an id, where it is first met.
fn name(
    id: &str,
    column: &Column,
    answer: &Answer,
    speakers: &Speakers,
    labels: &mut BTreeMap<String, Both>,
    words: &mut BTreeMap<String, Both>,
) -> Result<(), RenderError> {
    match &column.cells {
        Cells::Names(_) if !labels.contains_key(id) => {
            let text = speakers.both(|m| m.label(id, &answer.labels))?;
            labels.insert(id.to_owned(), text);
        }
        Cells::Words(_) if !words.contains_key(id) => {
            let text = speakers.both(|m| m.word(id))?;
            words.insert(id.to_owned(), text);
        }
        _ => {}
    }
    Ok(())
}

fn seen_as(en: &ViewCell, zh: &ViewCell) -> Option<Both> {
    (!en.missing).then(|| [en, zh].map(|c| format!("{}{}", c.body, c.after)))
}

fn evidence(
    evidence: &Evidence,
    speakers: &Speakers,
    words: &mut BTreeMap<String, Both>,
) -> Result<EvidenceData, RenderError> {
    let (figures, sources) = (&evidence.figures, &evidence.sources);
    let [en, zh] = speakers.both(|m| view::columns(figures, m, &evidence.labels))?;
    let value_at = figures.leading().position(|c| c.name == "value").unwrap_or(0);
    let text = |table: &Table, column: &str, row: usize| {
        table.column(column).and_then(|c| c.cells.text(row)).unwrap_or_default().to_owned()
    };
    let unknown = speakers.both(|m| Ok(crate::format::no_data(m.lang()).to_owned()))?;
    let figure = |(row, address): (usize, &String)| FigureData {
        address: address.clone(),
        name: evidence.labels.get(address).map_or_else(|| [address.clone(), address.clone()], both),
        value: seen_as(&en[value_at].cells[row], &zh[value_at].cells[row]).unwrap_or_else(|| unknown.clone()),
        standing: text(figures, "standing", row),
        year: text(figures, "year", row),
        sources: text(figures, "source", row)
            .split("; ")
            .filter(|s| !s.is_empty())
            .map(str::to_owned)
            .collect(),
        note: text(figures, "note", row),
    };
    let listed: Vec<FigureData> = figures.keys.iter().enumerate().map(figure).collect();
    let source = |(row, id): (usize, &String)| {
        let of = |column| text(sources, column, row);
        let data = SourceData {
            title: of("title"),
            publisher: of("publisher"),
            year: of("year"),
            tier: of("tier"),
            url: of("url"),
        };
        (id.clone(), data)
    };
    let sources: BTreeMap<String, SourceData> = sources.keys.iter().enumerate().map(source).collect();
    let parts = evidence.numbers.values().map(|b| b.part.to_string());
    let said: BTreeSet<String> = parts
        .chain(listed.iter().map(|f| f.standing.clone()))
        .chain(sources.values().map(|s| s.tier.clone()))
        .collect();
    for id in said.into_iter().filter(|id| !id.is_empty()) {
        let text = speakers.both(|m| m.word(&id))?;
        words.insert(id, text);
    }
    let mut sets: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
    let mut numbers = BTreeMap::new();
    for (address, basis) in &evidence.numbers {
        let mut set = basis.figures.clone();
        set.sort_unstable();
        let next = sets.len();
        let index = *sets.entry(set).or_insert(next);
        let weightiest = basis.figures.iter().zip(&basis.moves).take(WEIGHTIEST);
        let rounded = |m: f64| format!("{m:.2e}").parse().unwrap_or(m);
        let weightiest = weightiest.map(|(f, m)| (*f, rounded(*m))).collect();
        numbers.insert(address.clone(), (basis.part.to_string(), index, weightiest));
    }
    let mut ordered: Vec<(Vec<u32>, usize)> = sets.into_iter().collect();
    ordered.sort_by_key(|(_, index)| *index);
    // Steps from one row to the next are small and alike, so they compress well.
    let steps = |set: Vec<u32>| {
        let before = std::iter::once(0).chain(set.iter().copied());
        set.iter().zip(before).map(|(now, before)| now - before).collect()
    };
    let sets = ordered.into_iter().map(|(set, _)| steps(set)).collect();
    Ok(EvidenceData { figures: listed, sources, sets, numbers })
}
