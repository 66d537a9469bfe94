//! Tables of a TOML file, read key by key, with everything that is wrong kept.

use super::case::Range;
use super::{Date, Fault};
use std::cell::RefCell;
use toml::{Table, Value};

/// A file under reading.
pub(super) struct Reader {
    pub(super) file: String,
    faults: RefCell<Vec<Fault>>,
}

impl Reader {
    pub(super) fn new(file: &str) -> Reader {
        Reader { file: file.to_owned(), faults: RefCell::default() }
    }

    pub(super) fn fault(&self, key: impl Into<String>, value: Option<String>, allowed: impl Into<String>) {
        let (file, key, allowed) = (self.file.clone(), key.into(), allowed.into());
        let fault = Fault { file, key, value, allowed };
        let mut faults = self.faults.borrow_mut();
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }

    pub(super) fn faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }
}

/// One table, and the keys that were asked for.
pub(super) struct Entry<'a> {
    pub(super) reader: &'a Reader,
    table: &'a Table,
    at: String,
    asked: RefCell<Vec<&'static str>>,
}

/// A text that is not blank.
pub(super) fn text(value: &Value) -> Option<String> {
    value.as_str().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
}

/// A finite number.
pub(super) fn number(value: &Value) -> Option<f64> {
    let number = value.as_float().or_else(|| value.as_integer().map(|i| i as f64));
    number.filter(|n| n.is_finite())
}

/// A number that is not below zero.
pub(super) fn amount(value: &Value) -> Option<f64> {
    number(value).filter(|n| *n >= 0.0)
}

/// A part of something.
pub(super) fn part(value: &Value) -> Option<f64> {
    amount(value).filter(|n| *n <= 1.0)
}

/// A list, all of whose entries are alike.
pub(super) fn list<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(read).collect()
}

/// One number, or three in order.
pub(super) fn range(value: &Value) -> Option<Range> {
    if let Some(n) = amount(value) {
        return Some(Range { low: n, mid: n, high: n });
    }
    let table = value.as_table().filter(|t| t.len() == 3)?;
    let [low, mid, high] = ["low", "mid", "high"].map(|k| table.get(k).and_then(amount));
    let range = Range { low: low?, mid: mid?, high: high? };
    (range.low <= range.mid && range.mid <= range.high).then_some(range)
}

/// A date and what is left from then on.
pub(super) fn point(value: &Value) -> Option<(Date, f64)> {
    match value.as_array()?.as_slice() {
        [date, left] => Some((Date::read(date)?, part(left)?)),
        _ => None,
    }
}

impl<'a> Entry<'a> {
    pub(super) fn new(reader: &'a Reader, table: &'a Table, at: &str) -> Entry<'a> {
        Entry { reader, table, at: at.to_owned(), asked: RefCell::default() }
    }

    /// The tables of an array, each known by its id or its number.
    pub(super) fn each(&self, key: &'static str) -> Vec<Entry<'a>> {
        let tables = self.may(key, "an array of tables", |v| {
            let list = v.as_array()?;
            list.iter().all(Value::is_table).then_some(())
        });
        let list = tables.and_then(|()| self.table.get(key)).and_then(Value::as_array);
        let tables = list.into_iter().flatten().filter_map(Value::as_table).enumerate();
        let named = tables.map(|(k, table)| match table.get("id").and_then(Value::as_str) {
            Some(id) => Entry::new(self.reader, table, &format!("{key} {id:?}.")),
            None => Entry::new(self.reader, table, &format!("{key}[{k}].")),
        });
        named.collect()
    }

    /// A table within this one.
    pub(super) fn inner(&self, key: &'static str) -> Option<Entry<'a>> {
        self.may(key, "a table", |v| v.as_table().map(|_| ()))?;
        let table = self.table.get(key)?.as_table()?;
        Some(Entry::new(self.reader, table, &format!("{}{key}.", self.at)))
    }

    /// A key that must be there.
    pub(super) fn need<T>(
        &self,
        key: &'static str,
        allowed: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        if !self.table.contains_key(key) {
            self.fault(key, None, allowed);
        }
        self.may(key, allowed, read)
    }

    /// A key that may be there.
    pub(super) fn may<T>(
        &self,
        key: &'static str,
        allowed: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<T> {
        let mut asked = self.asked.borrow_mut();
        if !asked.contains(&key) {
            asked.push(key);
        }
        drop(asked);
        let value = self.table.get(key)?;
        let found = read(value);
        if found.is_none() {
            self.fault(key, Some(shown(value)), allowed);
        }
        found
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        self.may(key, &names(words), |v| words.iter().find(|w| v.as_str() == Some(w.0)).map(|w| w.1))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(super) fn fault(&self, key: &str, value: Option<String>, allowed: impl Into<String>) {
        self.reader.fault(format!("{}{key}", self.at), value, allowed);
    }

    /// Ids of a list as numbers of what they name.
    pub(super) fn ids(&self, key: &'static str, known: &[String]) -> Vec<usize> {
        let names = self.may(key, "a list of ids", |v| list(v, text).filter(|l| !l.is_empty()));
        let at = |name: &String| {
            let found = known.iter().position(|k| k == name);
            if found.is_none() {
                self.fault(key, Some(format!("{name:?}")), known.join(", "));
            }
            found
        };
        names.unwrap_or_default().iter().filter_map(at).collect()
    }

    /// The id that a key must have.
    pub(super) fn id(&self, key: &'static str, known: &[String]) -> Option<usize> {
        let name = self.need(key, &known.join(", "), text)?;
        let found = known.iter().position(|k| *k == name);
        if found.is_none() {
            self.fault(key, Some(format!("{name:?}")), known.join(", "));
        }
        found
    }

    /// Faults of keys that nobody asked for.
    pub(super) fn done(&self) {
        let asked = self.asked.borrow();
        for (key, value) in self.table.iter().filter(|(k, _)| !asked.contains(&k.as_str())) {
            self.fault(key, Some(shown(value)), format!("one of the keys {}", asked.join(", ")));
        }
    }
}

/// A value as it may stand in a file.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text:?}"),
        Value::Integer(n) => n.to_string(),
        Value::Float(n) => n.to_string(),
        Value::Boolean(b) => b.to_string(),
        Value::Datetime(at) => at.to_string(),
        Value::Array(list) => format!("[{}]", list.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => {
            let keys = table.iter().map(|(key, value)| format!("{key} = {}", shown(value)));
            format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
        }
    }
}

fn names<T>(words: &[(&str, T)]) -> String {
    words.iter().map(|w| w.0).collect::<Vec<_>>().join(", ")
}
