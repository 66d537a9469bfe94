//! What the atlas covers and what is thin: standings by element and stage, what each market tells, statuses that have
//! run out, the schema.

mod markets;

pub(crate) use markets::{Told, line, told};

use crate::atlas::{Atlas, FigureId, Overlay, Row, Schema, Standing};
use crate::book;
use crate::explode::{content, substance_stages};
use crate::network::baseline::{is_running, market_of};
use linchpin_table::{Answer, Message, Table, TableError};
use std::collections::BTreeMap;

/// Standing on which the output of each stage rests, by element: that of the largest part of the published tonnes.
pub fn coverage(atlas: &Atlas) -> Result<Answer, TableError> {
    let mut answer = Answer::new(book::stamp(atlas, "coverage"));
    answer.labels = crate::model::labels(atlas);
    answer.tables.push(elements_by_stage(atlas)?);
    answer.tables.push(markets::table(atlas, &told(atlas))?);
    answer.tables.push(standings(atlas)?);
    Ok(answer)
}

fn elements_by_stage(atlas: &Atlas) -> Result<Table, TableError> {
    let (items, contents) = (atlas.sheet("items"), atlas.sheet("contents"));
    let symbols: Vec<String> = content::tracked(atlas).into_iter().map(str::to_owned).collect();
    let tonnes = output_by_item(atlas);
    let cell = |element: &str, stage: &str| -> String {
        let mut exists = false;
        let mut weight: BTreeMap<Standing, f64> = BTreeMap::new();
        let mut counted = vec![];
        for row in contents.rows.iter().filter(|r| contents.text(r, "element") == element) {
            let item = contents.text(row, "item");
            if items.find(item).is_none_or(|r| items.text(r, "stage") != stage) {
                continue;
            }
            exists = true;
            // A site may sell into a wider market than the item that holds the element, as magnets of all grades do.
            let market = market_of(atlas, item);
            if counted.contains(&market) {
                continue;
            }
            for (standing, output) in tonnes.get(market).into_iter().flatten() {
                *weight.entry(*standing).or_default() += output;
            }
            counted.push(market);
        }
        let largest = weight.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a });
        match (exists, largest) {
            (false, _) => String::new(),
            (true, None) => "coverage-none".to_owned(),
            (true, Some((standing, _))) => format!("standing-{}", standing.word()),
        }
    };
    let mut table = Table::builder("coverage", Message::new("table-coverage"), symbols.clone())
        .names("element", symbols.clone());
    for stage in substance_stages() {
        table = table.words(stage, symbols.iter().map(|s| cell(s, stage)));
    }
    table.note(Message::new("note-coverage")).build()
}

/// Published output of each item by standing, of the sites that run; of what lies in the ground, the reserves.
fn output_by_item(atlas: &Atlas) -> BTreeMap<String, Vec<(Standing, f64)>> {
    let (sites, figures) = (atlas.sheet("sites"), atlas.sheet("site_figures"));
    let mut out: BTreeMap<String, Vec<(Standing, f64)>> = BTreeMap::new();
    let Ok(values) = atlas.values(&Overlay::new()) else { return out };
    let assumed = values.assumed(&atlas.figures, &atlas.order);
    // One figure a site: the latest output, or capacity where no output is published.
    let mut latest: BTreeMap<&str, (bool, i64, FigureId)> = BTreeMap::new();
    let amounts = ["output", "capacity", "share"];
    for row in figures.rows.iter().filter(|r| amounts.contains(&figures.text(r, "measure"))) {
        let Some(id) = row.figure.filter(|id| values.get(*id).is_some()) else { continue };
        let Ok(period) = figures.text(row, "period").parse::<i64>() else { continue };
        let found = (figures.text(row, "measure") == "output", period, id);
        let entry = latest.entry(figures.text(row, "site")).or_insert(found);
        *entry = (*entry).max(found);
    }
    for (site, (_, _, id)) in latest {
        let running = |row: &&Row| is_running(sites.text(row, "status"));
        let Some(site) = sites.find(site).filter(running) else { continue };
        // What a derived figure rests on is what its parameters rest on.
        let standing =
            if assumed[id.0 as usize] { Standing::Assumed } else { atlas.figures.get(id).standing };
        let Some(value) = values.get(id) else { continue };
        out.entry(sites.text(site, "item").to_owned()).or_default().push((standing, value));
    }
    let reserves = atlas.sheet("reserves");
    for row in reserves.rows.iter().filter(|r| reserves.text(r, "measure") == "reserve") {
        let Some(id) = row.figure else { continue };
        let Some(value) = values.get(id) else { continue };
        let standing = atlas.figures.get(id).standing;
        out.entry(reserves.text(row, "item").to_owned()).or_default().push((standing, value));
    }
    out
}

/// Number of figures by table and standing, and of cells left blank.
fn standings(atlas: &Atlas) -> Result<Table, TableError> {
    let mut counts: BTreeMap<&str, [i64; 5]> = BTreeMap::new();
    for (_, figure) in atlas.figures.iter() {
        let table = figure.address.split('/').next().unwrap_or_default();
        let row = counts.entry(table).or_default();
        row[figure.standing as usize] += 1;
        row[4] += i64::from(figure.value.is_none() && figure.formula.is_none());
    }
    let keys: Vec<String> = counts.keys().map(|k| (*k).to_owned()).collect();
    let column = |i: usize| counts.values().map(move |c| c[i]).collect::<Vec<_>>();
    let mut table =
        Table::builder("standing", Message::new("table-standing"), keys.clone()).text("table", keys);
    for standing in Standing::ALL {
        table = table
            .integer(standing.word(), linchpin_table::Unit::None, column(standing as usize))
            .unexplained();
    }
    table.integer("blank", linchpin_table::Unit::None, column(4)).unexplained().build()
}

/// Sites and controls whose announced status has run out by the as-of date: what they are now is unknown.
pub fn expired(atlas: &Atlas) -> Vec<Message> {
    // A year or a month lasts to its end.
    let over = |until: &str| {
        let end = format!("{until}{}", &"-12-31"[(until.len() - 4).min(6)..]);
        end.as_str() < atlas.package.as_of.as_str()
    };
    let (sites, controls) = (atlas.sheet("sites"), atlas.sheet("controls"));
    let of_site = |row: &Row| {
        let until = sites.get(row, "status_until").filter(|until| over(until))?;
        Some(Message::new("atlas-expired").text("site", sites.text(row, "name")).text("until", until))
    };
    let of_control = |row: &Row| {
        let stale = ["in_force", "suspended", "announced"].contains(&controls.text(row, "status"));
        let until = controls.get(row, "until").filter(|until| stale && over(until))?;
        let said = Message::new("atlas-expired-control").text("control", row.key.as_str());
        Some(said.text("status", controls.text(row, "status")).text("until", until))
    };
    let of_sites = sites.rows.iter().filter_map(of_site);
    of_sites.chain(controls.rows.iter().filter_map(of_control)).collect()
}

/// The attribute tables as an answer.
pub fn schema() -> Result<Answer, TableError> {
    let mut stamp = linchpin_table::Stamp::new("schema");
    stamp.version = env!("CARGO_PKG_VERSION").to_owned();
    let mut answer = Answer::new(stamp);
    let rows: Vec<_> =
        Schema::get().tables.iter().flat_map(|t| t.attributes.iter().map(move |a| (t, a))).collect();
    let keys: Vec<String> = rows.iter().map(|(t, a)| format!("{}.{}", t.name, a.name)).collect();
    for (key, (_, a)) in keys.iter().zip(&rows) {
        answer.label(key.clone(), a.description[0].clone(), a.description[1].clone());
    }
    let yes = |v: bool| if v { "yes" } else { "" }.to_owned();
    let units = |t: &crate::atlas::TableSchema| t.units.join(", ");
    let table = Table::builder("schema", Message::new("table-schema"), keys.clone())
        .text("table", rows.iter().map(|(t, _)| t.name.clone()))
        .text("column", rows.iter().map(|(_, a)| a.name.clone()))
        .text("type", rows.iter().map(|(_, a)| format!("{:?}", a.kind).to_lowercase()))
        .text("key_part", rows.iter().map(|(_, a)| yes(a.key)))
        .text("required", rows.iter().map(|(_, a)| yes(a.required)))
        .text(
            "allowed",
            rows.iter().map(|(t, a)| match (&a.refers_to, a.kind) {
                (Some(to), _) => format!("→ {to}"),
                (None, crate::atlas::Kind::Unit) => units(t),
                (None, _) => a.allowed.join(", "),
            }),
        )
        .names("meaning", keys)
        .build()?;
    answer.tables.push(table);
    Ok(answer)
}
