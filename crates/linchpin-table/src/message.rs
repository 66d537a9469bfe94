use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::Unit;

/// What a message is given to fill its gaps with. The renderer formats it in the reader's language.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// A number in a base unit, shown scaled and with its unit: `1.2 kg`. The message's text must not repeat the unit.
    Number {
        /// The number.
        value: f64,
        /// Its base unit.
        unit: Unit,
    },
    /// A number with the interval around it, shown in one scale: `1.2 (0.9–3.5) kg`.
    Range {
        /// The central number.
        value: f64,
        /// The low end.
        low: f64,
        /// The high end.
        high: f64,
        /// The base unit of all three.
        unit: Unit,
    },
    /// A whole number without a unit; a message may choose its plural by it.
    Integer(i64),
    /// Text shown as it is.
    Text(String),
    /// An id that is looked up in the answer's labels.
    Name(String),
    /// A message id, looked up in the reader's language.
    Word(String),
    /// Numbers in their order, from zero up: a small line of bars in the text. A number nobody knows is a gap.
    Series(Vec<Option<f64>>),
    /// Several of the above, joined in the reader's language: `a, b, c`.
    List(Vec<Arg>),
}

/// A sentence not yet written: an id and what fills its gaps.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Message {
    /// The id of the message in the language files.
    pub id: Cow<'static, str>,
    /// The arguments by name.
    pub args: BTreeMap<String, Arg>,
}

impl Message {
    /// A message without arguments.
    pub fn new(id: impl Into<Cow<'static, str>>) -> Self {
        Message { id: id.into(), args: BTreeMap::new() }
    }

    /// Adds an argument; a second one of the same name replaces the first.
    #[must_use]
    pub fn arg(mut self, name: &str, arg: Arg) -> Self {
        self.args.insert(name.to_owned(), arg);
        self
    }

    /// Adds a number in a base unit.
    #[must_use]
    pub fn number(self, name: &str, value: f64, unit: Unit) -> Self {
        self.arg(name, Arg::Number { value, unit })
    }

    /// Adds a number with the interval around it.
    #[must_use]
    pub fn range(self, name: &str, value: f64, low: f64, high: f64, unit: Unit) -> Self {
        self.arg(name, Arg::Range { value, low, high, unit })
    }

    /// Adds a whole number without a unit.
    #[must_use]
    pub fn integer(self, name: &str, value: i64) -> Self {
        self.arg(name, Arg::Integer(value))
    }

    /// Adds text that is shown as it is.
    #[must_use]
    pub fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.arg(name, Arg::Text(text.into()))
    }

    /// Adds an id that is looked up in the answer's labels.
    #[must_use]
    pub fn name(self, name: &str, id: impl Into<String>) -> Self {
        self.arg(name, Arg::Name(id.into()))
    }

    /// Adds the id of another message.
    #[must_use]
    pub fn word(self, name: &str, id: impl Into<String>) -> Self {
        self.arg(name, Arg::Word(id.into()))
    }

    /// Adds a row of numbers that is drawn within the text.
    #[must_use]
    pub fn series(self, name: &str, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        self.arg(name, Arg::Series(values.into_iter().collect()))
    }

    /// Adds a list of ids that are looked up in the answer's labels.
    #[must_use]
    pub fn names<S: Into<String>>(self, name: &str, ids: impl IntoIterator<Item = S>) -> Self {
        self.arg(name, Arg::List(ids.into_iter().map(|id| Arg::Name(id.into())).collect()))
    }
}

impl From<&'static str> for Message {
    fn from(id: &'static str) -> Self {
        Message::new(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_kept_by_name() {
        let message =
            Message::new("need").number("mass", 1.2, Unit::Kg).name("item", "nd_oxide").integer("n", 3);
        assert_eq!(message.args.keys().collect::<Vec<_>>(), ["item", "mass", "n"]);
        assert_eq!(message.args["item"], Arg::Name("nd_oxide".into()));
        assert_eq!(
            serde_json::to_string(&message).unwrap(),
            r#"{"id":"need","args":{"item":{"name":"nd_oxide"},"mass":{"number":{"value":1.2,"unit":"kg"}},"n":{"integer":3}}}"#
        );
    }
}
