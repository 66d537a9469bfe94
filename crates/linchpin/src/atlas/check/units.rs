//! Units against what a row is about.

use crate::atlas::Atlas;
use crate::atlas::problems::{Problems, at};
use crate::atlas::read::same_kind;
use linchpin_table::{Message, Unit};

/// Units fit the item or the measure that a row is about.
pub(in crate::atlas) fn units(atlas: &Atlas, problems: &mut Problems) {
    let items = atlas.sheet("items");
    let counted = |item: &str| items.find(item).map(|row| items.text(row, "unit"));
    for table in [
        "inputs",
        "outputs",
        "stocks",
        "masses",
        "contents",
        "prices",
        "reserves",
        "demands",
        "site_figures",
        "lanes",
        "product_figures",
    ] {
        let sheet = atlas.sheet(table);
        let file = sheet.schema.file();
        for row in &sheet.rows {
            let Some(id) = row.figure else { continue };
            let unit = atlas.figures.get(id).unit;
            let fault = |allowed: &str| {
                at(
                    &sheet.place(&file, row, "unit"),
                    Message::new("fault-unit").text("allowed", allowed.to_owned()),
                )
            };
            let site_item = |site: &str| {
                let sites = atlas.sheet("sites");
                sites.find(site).and_then(|r| counted(sites.text(r, "item")))
            };
            let per_year = |kind: Option<&str>| match kind {
                Some("kg") => (unit == Unit::KgPerYear, "t/y, kg/y"),
                Some("piece") => (unit == Unit::PiecePerYear, "piece/y"),
                _ => (true, ""),
            };
            let (fits, allowed) = match table {
                "inputs" | "outputs" | "stocks" => match counted(sheet.text(row, "item")) {
                    Some(kind) => (same_kind(kind, unit), if kind == "kg" { "kg, g" } else { "piece" }),
                    None => (true, ""),
                },
                "masses" => match counted(sheet.text(row, "item")) {
                    Some("kg") => (false, "none: the item is counted in kg"),
                    _ => (true, ""),
                },
                "contents" => match counted(sheet.text(row, "item")) {
                    Some("kg") => (unit == Unit::Fraction, "fraction, %"),
                    Some(_) => (unit == Unit::Kg, "kg, g"),
                    None => (true, ""),
                },
                "prices" => match counted(sheet.text(row, "item")) {
                    Some("kg") => (unit == Unit::UsdPerKg, "USD/kg, USD/t"),
                    Some(_) => (unit == Unit::UsdPerPiece, "USD/piece"),
                    None => (true, ""),
                },
                "demands" => per_year(counted(sheet.text(row, "item"))),
                "lanes" if unit != Unit::Fraction => per_year(counted(sheet.text(row, "item"))),
                "site_figures" => match sheet.text(row, "measure") {
                    "capacity" | "output" => per_year(site_item(sheet.text(row, "site"))),
                    "utilisation" | "share" => (unit == Unit::Fraction, "fraction, %"),
                    _ => (unit == Unit::Day, "d, week"),
                },
                "substitutions" => match sheet.text(row, "measure") {
                    "qualification" => (unit == Unit::Day, "d, week, month"),
                    _ => (unit == Unit::Fraction, "fraction, %"),
                },
                "control_figures" => match sheet.text(row, "measure") {
                    "licence_time" | "licence_valid" => (unit == Unit::Day, "d, week, month, y"),
                    "quota" => (unit == Unit::KgPerYear, "t/y"),
                    _ => (unit == Unit::Fraction, "fraction, %"),
                },
                "project_figures" => match sheet.text(row, "measure") {
                    "capex" => (unit == Unit::Usd, "USD"),
                    "opex" => (unit == Unit::UsdPerKg, "USD/kg, USD/t"),
                    "build_time" => (unit == Unit::Day, "month, y"),
                    _ => (matches!(unit, Unit::KgPerYear | Unit::PiecePerYear), "t/y, kg/y, piece/y"),
                },
                "product_figures" => match sheet.text(row, "measure") {
                    "mass" => (unit == Unit::Kg, "kg"),
                    "cost" | "cost_without_china" => (unit == Unit::Usd, "USD"),
                    _ => (unit == Unit::PiecePerYear, "piece/y"),
                },
                _ => (true, ""),
            };
            if !fits {
                problems.push(fault(allowed));
            }
        }
    }
}
