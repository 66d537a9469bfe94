use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use linchpin_table::{Arg, Label, Lang, Message};
use unic_langid::LanguageIdentifier;

use crate::{RenderError, format, text};

/// The files of one language, one for each kind of text.
macro_rules! language {
    ($lang:literal) => {
        concat!(
            include_str!(concat!("../messages/", $lang, ".ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-answers.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-expose.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-audit.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-company.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-compare.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-disrupt.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-firms.ftl")),
            include_str!(concat!("../messages/", $lang, "-risk.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-trials.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-outages.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-import.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-model.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-atlas.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-faults.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-page.ftl")),
            "\n",
            include_str!(concat!("../messages/", $lang, "-program.ftl")),
        )
    };
}

const ENGLISH: &str = language!("en");
const CHINESE: &str = language!("zh");

/// The messages of one language.
///
/// An id without a message and an argument that is missing are errors; nothing falls back to another language.
pub struct Messages {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Messages {
    /// Reads the language's file, which is embedded in the program.
    pub fn new(lang: Lang) -> Result<Self, RenderError> {
        Messages::of_source(lang, source(lang))
    }

    fn of_source(lang: Lang, source: &str) -> Result<Self, RenderError> {
        let fault = |fault: String| RenderError::LanguageFile { lang, fault };
        let locale: LanguageIdentifier = lang.code().parse().map_err(|error| fault(format!("{error:?}")))?;
        let resource =
            FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| fault(listed(&errors)))?;
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        // Only whole numbers reach Fluent as numbers, so that a message can choose its plural; all others are text.
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(format::grouped(number.value as i64)),
            _ => None,
        }));
        bundle.add_resource(resource).map_err(|errors| fault(listed(&errors)))?;
        Ok(Messages { lang, bundle })
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The text of a message, its gaps filled.
    pub fn get(&self, message: &Message, labels: &BTreeMap<String, Label>) -> Result<String, RenderError> {
        let mut args = FluentArgs::new();
        for (name, arg) in &message.args {
            let value = match arg {
                // Fluent counts in f64; beyond 2^53 the digits go in as text and the plural is the general one.
                Arg::Integer(value) if value.unsigned_abs() < 1 << 53 => FluentValue::from(*value),
                other => FluentValue::from(self.arg(other, labels)?),
            };
            args.set(name.clone(), value);
        }
        let missing = || RenderError::UnknownMessage { id: message.id.to_string(), lang: self.lang };
        let found = self.bundle.get_message(&message.id).ok_or_else(missing)?;
        let pattern = found.value().ok_or_else(missing)?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        if errors.is_empty() {
            Ok(text.into_owned())
        } else {
            let id = message.id.to_string();
            Err(RenderError::Message { id, lang: self.lang, fault: listed(&errors) })
        }
    }

    /// The text of a message without arguments.
    pub fn word(&self, id: &str) -> Result<String, RenderError> {
        self.get(&Message::new(id.to_owned()), &BTreeMap::new())
    }

    /// The label of an id. A label that is blank in this language is taken from the other: it is a proper name.
    pub fn label(&self, id: &str, labels: &BTreeMap<String, Label>) -> Result<String, RenderError> {
        let label = labels.get(id).ok_or_else(|| RenderError::UnknownLabel { id: id.to_owned() })?;
        let (first, second) = match self.lang {
            Lang::En => (&label.en, &label.zh),
            Lang::Zh => (&label.zh, &label.en),
        };
        Ok(if first.is_empty() { second.clone() } else { first.clone() })
    }

    /// Every id of a language with the variables its text uses; the languages must agree on both.
    pub fn ids(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
        let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = None;
        for line in source(lang).lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with(|first: char| first.is_ascii_alphabetic())
                && let Some((id, _)) = line.split_once('=')
            {
                current = Some(id.trim().to_owned());
            }
            let Some(id) = &current else { continue };
            let variables = ids.entry(id.clone()).or_default();
            for part in line.split('$').skip(1) {
                let name = part.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').next();
                variables.extend(name.map(str::to_owned));
            }
        }
        ids
    }

    fn arg(&self, arg: &Arg, labels: &BTreeMap<String, Label>) -> Result<String, RenderError> {
        Ok(match arg {
            Arg::Number { value, unit } => format::number(*value, *unit, self.lang),
            Arg::Range { value, low, high, unit } => {
                format::range(Some(*value), Some(*low), Some(*high), *unit, self.lang)
            }
            Arg::Integer(value) => format::grouped(*value),
            Arg::Text(text) => text.clone(),
            Arg::Name(id) => self.label(id, labels)?,
            Arg::Word(id) => self.word(id)?,
            Arg::Series(values) => text::sparkline(values),
            Arg::List(args) => {
                let parts: Result<Vec<_>, _> = args.iter().map(|each| self.arg(each, labels)).collect();
                parts?.join(match self.lang {
                    Lang::En => ", ",
                    Lang::Zh => "、",
                })
            }
        })
    }
}

fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::En => ENGLISH,
        Lang::Zh => CHINESE,
    }
}

fn listed<E: std::fmt::Display>(errors: &[E]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use linchpin_table::{Status, Unit};

    fn labels() -> BTreeMap<String, Label> {
        BTreeMap::from([
            ("nd".to_owned(), Label::new("neodymium", "钕")),
            ("acme".to_owned(), Label::new("Acme", "")),
        ])
    }

    #[test]
    fn both_languages_have_the_same_ids_and_variables() {
        let (en, zh) = (Messages::ids(Lang::En), Messages::ids(Lang::Zh));
        for (id, variables) in &en {
            assert_eq!(Some(variables), zh.get(id), "{id}");
        }
        for id in zh.keys() {
            assert!(en.contains_key(id), "{id} is only in Chinese");
        }
    }

    #[test]
    fn every_id_that_is_listed_is_a_message() {
        for lang in Lang::ALL {
            let messages = Messages::new(lang).unwrap();
            for id in Messages::ids(lang).keys() {
                assert!(messages.bundle.has_message(id), "{lang} {id}");
            }
        }
    }

    #[test]
    fn every_status_and_unit_can_be_said() {
        for lang in Lang::ALL {
            let messages = Messages::new(lang).unwrap();
            for status in [
                Status::Exact,
                Status::Converged { iterations: 1, residual: 1e-9 },
                Status::Optimal { gap: 0.01 },
                Status::Sampled { trials: 6400 },
                Status::Infeasible,
                Status::Unbounded,
                Status::TimeLimit,
                Status::NoData,
            ] {
                assert!(!messages.get(&status.message(), &BTreeMap::new()).unwrap().is_empty());
            }
            for unit in Unit::ALL.into_iter().filter(|unit| *unit != Unit::None) {
                let id = format!("unit-{}", unit.code().to_lowercase().replace('/', "-per-"));
                assert_eq!(messages.word(&id).unwrap(), format::base_unit(unit, lang), "{id}");
            }
        }
    }

    #[test]
    fn arguments_are_formatted_by_their_kind() {
        let text = "m = { $mass } of { $item }: { $n } { $word } ({ $all })\nw = word\n";
        let messages = Messages::of_source(Lang::En, text).unwrap();
        let message = Message::new("m")
            .range("mass", 1.2, 0.9, 3.5, Unit::Kg)
            .name("item", "nd")
            .integer("n", 12345)
            .word("word", "w")
            .names("all", ["nd", "acme"]);
        assert_eq!(
            messages.get(&message, &labels()).unwrap(),
            "1.2 (0.9–3.5) kg of neodymium: 12,345 word (neodymium, Acme)"
        );
    }

    #[test]
    fn what_is_missing_is_an_error() {
        let messages = Messages::of_source(Lang::Zh, "m = { $item }\n").unwrap();
        let get = |message| messages.get(&message, &labels());
        assert!(matches!(get(Message::new("x")), Err(RenderError::UnknownMessage { .. })));
        assert!(matches!(get(Message::new("m")), Err(RenderError::Message { .. })));
        assert!(matches!(get(Message::new("m").name("item", "dy")), Err(RenderError::UnknownLabel { .. })));
        assert!(matches!(get(Message::new("m").word("item", "y")), Err(RenderError::UnknownMessage { .. })));
        assert_eq!(get(Message::new("m").name("item", "acme")).unwrap(), "Acme");
        assert!(matches!(Messages::of_source(Lang::En, "m = { $"), Err(RenderError::LanguageFile { .. })));
        assert!(matches!(
            Messages::of_source(Lang::En, "m = a\nm = b\n"),
            Err(RenderError::LanguageFile { .. })
        ));
    }
}
