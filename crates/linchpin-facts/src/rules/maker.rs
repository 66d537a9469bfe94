//! Who a fact is about: a country as a whole, or one company in it.

use super::Work;
use crate::fault::What;
use crate::lines::Record;
use crate::tables::Row;
use linchpin::atlas::Schema;

/// Who the fact is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Maker {
    Country(String),
    Company { id: String, country: String },
}

impl Maker {
    /// Its part of ids.
    pub(super) fn id(&self) -> String {
        match self {
            Maker::Country(code) => code.to_lowercase(),
            Maker::Company { id, .. } => id.clone(),
        }
    }

    /// What the column `skip` calls it.
    pub(super) fn called(&self) -> &str {
        match self {
            Maker::Country(code) => code,
            Maker::Company { id, .. } => id,
        }
    }

    pub(super) fn country(&self) -> &str {
        match self {
            Maker::Country(country) | Maker::Company { country, .. } => country,
        }
    }

    /// Who a fact is about; a fault if its company is not in the atlas.
    pub(super) fn of(rule: Record<'_>, fact: Record<'_>, work: &mut Work<'_>) -> Option<Maker> {
        let (name, country) = (fact.get("company"), fact.get("country").to_owned());
        if name.is_empty() {
            return Some(Maker::Country(country));
        }
        let companies = Schema::get().table("companies")?;
        let (at_id, at_name) = (companies.position("id")?, companies.position("name")?);
        let cell = |row: &Row, at: usize| row.cells.get(at).cloned();
        let mut rows = work.tables.rows("companies").into_iter().flat_map(|rows| rows.values());
        match rows.find(|row| cell(row, at_name).as_deref() == Some(name)).and_then(|row| cell(row, at_id)) {
            Some(id) => Some(Maker::Company { id, country }),
            None => {
                work.faults.push(fact.fault("company", What::UnknownCompany(rule.at())));
                None
            }
        }
    }

    /// Its names, in English and Chinese.
    pub(super) fn names(&self, rule: Record<'_>, work: &mut Work<'_>) -> Option<[String; 2]> {
        match self {
            Maker::Country(code) => Some([
                work.name(rule, "countries", code, "name_en")?,
                work.name(rule, "countries", code, "name_zh")?,
            ]),
            Maker::Company { id, .. } => {
                let name = work.name(rule, "companies", id, "name")?;
                let chinese = work.name(rule, "companies", id, "name_zh")?;
                let chinese = if chinese.is_empty() { name.clone() } else { chinese };
                Some([name, chinese])
            }
        }
    }
}
