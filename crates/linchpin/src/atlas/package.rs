//! `datapackage.json`: who made an atlas, as of when, and its tables in the terms of Frictionless Table Schema.

use super::problems::{Problems, of_file};
use super::schema::{Attribute, Kind, Schema, TableSchema};
use linchpin_table::Message;
use serde_json::{Value, json};

/// Its file name.
pub const FILE: &str = "datapackage.json";

/// What the package says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Package {
    /// Short name.
    pub name: String,
    /// Version of the data.
    pub version: String,
    /// Day on which the data are as known: `YYYY-MM-DD`.
    pub as_of: String,
    /// Name of the atlas whose rows it adds to or replaces; `None` if it stands by itself.
    pub extends: Option<String>,
}

impl Package {
    pub(super) fn read(bytes: Option<&[u8]>, problems: &mut Problems) -> Package {
        let mut package = Package::default();
        let Some(bytes) = bytes else {
            problems.push(of_file(FILE, Message::new("fault-missing-file")));
            return package;
        };
        let json: Value = match serde_json::from_slice(super::read::without_mark(bytes)) {
            Ok(json) => json,
            Err(e) => {
                problems.push(of_file(FILE, Message::new("fault-json").text("reason", e.to_string())));
                return package;
            }
        };
        for (field, into) in
            [("name", &mut package.name), ("version", &mut package.version), ("as_of", &mut package.as_of)]
        {
            match json.get(field).and_then(Value::as_str) {
                Some(text) if if field == "as_of" { is_day(text) } else { is_name(text) } => {
                    *into = text.to_owned()
                }
                _ => problems.push(of_file(FILE, Message::new("fault-package-field").text("field", field))),
            }
        }
        match json.get("extends").map(|base| base.as_str().filter(|name| is_name(name))) {
            Some(None) => {
                problems.push(of_file(FILE, Message::new("fault-package-field").text("field", "extends")));
            }
            base => package.extends = base.flatten().map(str::to_owned),
        }
        package
    }

    /// The whole file for this package, generated from the schema.
    pub fn to_json(&self) -> String {
        let resources: Vec<Value> = Schema::get().tables.iter().map(resource).collect();
        let mut package = json!({
            "profile": "tabular-data-package",
            "name": self.name,
            "version": self.version,
            "as_of": self.as_of,
            "licenses": [{ "name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/" }],
            "resources": resources,
        });
        if let Some(base) = &self.extends {
            package["extends"] = base.as_str().into();
        }
        let mut text = serde_json::to_string_pretty(&package).unwrap_or_default();
        text.push('\n');
        text
    }
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && super::read::is_date(text)
}

fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= 100 && !text.chars().any(char::is_control)
}

fn resource(table: &TableSchema) -> Value {
    let key: Vec<&str> = table.attributes.iter().filter(|a| a.key).map(|a| a.name.as_str()).collect();
    let foreign: Vec<Value> = table
        .attributes
        .iter()
        .filter(|a| a.kind == Kind::Ref)
        .filter_map(|a| {
            let to = Schema::get().table(a.refers_to.as_deref()?)?;
            let field = &to.attributes.iter().find(|a| a.key)?.name;
            Some(json!({ "fields": a.name, "reference": { "resource": to.name, "fields": field } }))
        })
        .collect();
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": table.description[0],
        "schema": {
            "fields": table.attributes.iter().map(field).collect::<Vec<_>>(),
            "primaryKey": key,
            "foreignKeys": foreign,
        },
    })
}

fn field(a: &Attribute) -> Value {
    let kind = match a.kind {
        Kind::Integer => "integer",
        Kind::Number => "number",
        _ => "string",
    };
    let mut constraints = serde_json::Map::new();
    if a.required {
        constraints.insert("required".into(), true.into());
    }
    if !a.allowed.is_empty() {
        constraints.insert("enum".into(), a.allowed.clone().into());
    }
    json!({ "name": a.name, "type": kind, "description": a.description[0], "constraints": constraints })
}
