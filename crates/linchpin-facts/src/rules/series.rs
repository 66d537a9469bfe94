//! One published series of countries or companies becomes sites and their figures.

use super::maker::Maker;
use super::reading::{Reading, find};
use super::{Work, filled, note, origin};
use crate::fault::{Place, What};
use crate::lines::{Record, Sheet};
use crate::tables::Origin;
use std::collections::BTreeMap;

const FILES: [&str; 2] = ["production", "stage_shares"];
/// Measures of a site with their names in parameters.
const MEASURES: [(&str, &str, &str); 3] =
    [("output", "output", "产量"), ("capacity", "capacity", "产能"), ("share", "share", "份额")];

/// A rule as read.
struct Series<'a> {
    rule: Record<'a>,
    origin: Origin,
    stem: &'a str,
    measure: (&'a str, &'a str, &'a str),
    /// Unit of the facts.
    fact_unit: &'static str,
    /// Unit of the figures of the sites.
    unit: &'a str,
    name: [&'a str; 2],
    skip: Vec<&'a str>,
}

/// Applies one rule.
pub(super) fn apply(rule: Record<'_>, work: &mut Work<'_>) {
    let needed =
        ["stem", "item", "file", "material", "stage", "source", "year", "measure", "name_en", "name_zh"];
    if !filled(rule, &needed, &mut work.faults) {
        return;
    }
    let measure = MEASURES.iter().find(|m| m.0 == rule.get("measure")).copied();
    let sheet = work.facts.file(&format!("{}.csv", rule.get("file")));
    let mut wrong = vec![];
    if measure.is_none() {
        wrong.push(("measure", What::Word(MEASURES.map(|m| m.0).join(", "))));
    }
    if sheet.is_none() || !FILES.contains(&rule.get("file")) {
        wrong.push(("file", What::Word(FILES.join(", "))));
    }
    if !["", "world", "none"].contains(&rule.get("rest")) {
        wrong.push(("rest", What::Word("world, none".to_owned())));
    }
    let fact_unit = if measure.is_some_and(|m| m.0 == "share") { "fraction" } else { "t/y" };
    let unit = Some(rule.get("unit")).filter(|u| !u.is_empty()).unwrap_or(fact_unit);
    let formula = rule.get("formula");
    if formula.is_empty() && unit != fact_unit {
        wrong.push(("unit", What::UnitWithoutFormula(fact_unit)));
    }
    if !formula.is_empty() && put_in(formula, "y").is_none() {
        wrong.push(("formula", What::NoX));
    }
    let (Some(measure), Some(sheet), true) = (measure, sheet, wrong.is_empty()) else {
        for (column, what) in wrong {
            work.fault(rule, column, what);
        }
        return;
    };
    let series = Series {
        rule,
        origin: origin(rule),
        stem: rule.get("stem"),
        measure,
        fact_unit,
        unit,
        name: [rule.get("name_en"), rule.get("name_zh")],
        skip: rule.get("skip").split(';').map(str::trim).filter(|s| !s.is_empty()).collect(),
    };
    let (mut met, mut all) = (vec![], true);
    for year in rule.get("year").split(';').map(str::trim) {
        match series.year(year, sheet, work) {
            Some(makers) => met.extend(makers),
            None => all = false,
        }
    }
    if !all {
        return;
    }
    for name in series.skip.iter().filter(|s| !met.iter().any(|m| m == *s)) {
        let place = Place { value: Some((*name).to_owned()), ..rule.place("skip") };
        work.faults.push(crate::fault::Fault::at(place, What::NothingToSkip));
    }
}

impl Series<'_> {
    /// One year of the series; returns what its makers are called, or nothing if they cannot be read.
    fn year(&self, year: &str, sheet: &Sheet, work: &mut Work<'_>) -> Option<Vec<String>> {
        let readings = self.readings(year, self.rule.get("source"), self.rule.get("basis"), sheet, work)?;
        let mut beside = BTreeMap::new();
        let second = self.rule.get("beside");
        if !second.is_empty() {
            for (maker, fact, reading) in self.beside(year, second, sheet, work) {
                beside.insert(maker, (fact, reading));
            }
        }
        let file = format!("{}.csv", self.rule.get("file"));
        let makers: Vec<&Maker> = readings.iter().map(|r| &r.0).collect();
        let taken = |m: &Maker| !self.skip.contains(&m.called());
        for company in makers.iter().filter(|m| matches!(m, Maker::Company { .. }) && taken(m)) {
            let whole = Maker::Country(company.country().to_owned());
            if makers.contains(&&whole) && taken(&whole) {
                work.fault(self.rule, "basis", What::CountedTwice(company.called().to_owned()));
            }
        }
        let rest = self.rest(year, &readings);
        let formula = self.rule.get("formula");
        for (maker, fact, reading) in &readings {
            let mut reading = reading.clone();
            if let Some((second, other)) = beside.get(maker).filter(|_| taken(maker)) {
                reading.beside(other);
                work.used.mark(&file, *second);
            }
            let world = maker.called() == "WLD";
            let known = reading.number().is_some();
            let derived = known && taken(maker) && !world && !formula.is_empty();
            if known && (derived || rest.is_some()) {
                self.parameter(maker, year, &reading, derived, work);
            }
            if world {
                if rest.is_some() {
                    work.used.mark(&file, *fact);
                }
            } else if taken(maker) {
                work.used.mark(&file, *fact);
                self.site(maker, year, &reading, work);
            }
        }
        if let Some(rest) = rest {
            self.rest_of_world(year, &rest, work);
        }
        Some(makers.iter().map(|m| m.called().to_owned()).collect())
    }

    /// The second series. Its rest of the world is left out, because it is less other countries.
    fn beside<'s>(
        &self,
        year: &str,
        source: &str,
        sheet: &'s Sheet,
        work: &mut Work<'_>,
    ) -> Vec<(Maker, Record<'s>, Reading)> {
        let basis = self.rule.get("basis");
        let same = |r: &Record<'_>| {
            r.get("source") == source
                && r.get("basis") == basis
                && ["material", "stage"].iter().all(|c| r.get(c) == self.rule.get(c))
        };
        let basis = if sheet.records().any(|r| same(&r)) { basis } else { "" };
        let found = self.readings(year, source, basis, sheet, work).unwrap_or_default();
        found.into_iter().filter(|(m, _, r)| m.called() != "OTH" && r.number().is_some()).collect()
    }

    /// The facts of a year from one source; none if there are faults.
    fn readings<'s>(
        &self,
        year: &str,
        source: &str,
        basis: &str,
        sheet: &'s Sheet,
        work: &mut Work<'_>,
    ) -> Option<Vec<(Maker, Record<'s>, Reading)>> {
        let rule = self.rule;
        let wanted = [
            ("material", rule.get("material")),
            ("stage", rule.get("stage")),
            ("source", source),
            ("year", year),
            ("basis", basis),
        ];
        let column = if source == rule.get("source") { "source" } else { "beside" };
        let facts = find(sheet, &wanted, rule, column).map_err(|f| work.faults.push(f)).ok()?;
        let before = work.faults.len();
        let mut readings: Vec<(Maker, Record<'s>, Reading)> = vec![];
        let mut lines: BTreeMap<Maker, Vec<Record<'s>>> = BTreeMap::new();
        for fact in facts {
            let Some(maker) = Maker::of(rule, fact, work) else { continue };
            lines.entry(maker.clone()).or_default().push(fact);
            // What is skipped needs no number that could be used.
            let skipped = self.skip.contains(&maker.called());
            match Reading::of(fact, self.measure.0 == "share", rule) {
                Ok(reading) => readings.push((maker, fact, reading)),
                Err(_) if skipped => readings.push((maker, fact, Reading::default())),
                Err(fault) => work.faults.push(fault),
            }
        }
        for (maker, facts) in lines.iter().filter(|(m, f)| f.len() > 1 && !self.skip.contains(&m.called())) {
            let lines = facts
                .iter()
                .map(|f| format!("{} ({})", f.line.number, f.get("basis")))
                .collect::<Vec<_>>()
                .join(", ");
            work.fault(rule, "basis", What::SeveralFacts(maker.called().to_owned(), lines));
        }
        (work.faults.len() == before).then_some(readings)
    }

    /// What the world has beyond the makers named; none if the facts do not say or nothing is left.
    fn rest(&self, year: &str, readings: &[(Maker, Record<'_>, Reading)]) -> Option<Rest> {
        if self.rule.get("rest") != "world" {
            return None;
        }
        let called = |name: &str| readings.iter().find(|r| r.0.called() == name);
        let (_, _, world) = called("WLD")?;
        if called("OTH").is_some() || self.skip.contains(&"WLD") {
            return None;
        }
        let mut left = world.number()?;
        let mut formula = self.parameter_id("wld", year);
        let mut unknown = vec![];
        for (maker, _, reading) in readings.iter().filter(|r| r.0.called() != "WLD") {
            match reading.number() {
                Some(number) => {
                    left -= number;
                    formula.push_str(" - ");
                    formula.push_str(&self.parameter_id(&maker.id(), year));
                }
                None => unknown.push(maker.called().to_owned()),
            }
        }
        let holds = match unknown.as_slice() {
            [] => String::new(),
            unknown => format!("holds {}, of which no figure is published", unknown.join(", ")),
        };
        (left > world.number()? * 1e-9).then(|| Rest { formula, holds, source: world.source.clone() })
    }

    fn parameter_id(&self, maker: &str, year: &str) -> String {
        format!("{}_{maker}_{year}", self.stem)
    }

    /// The fact as a parameter.
    fn parameter(&self, maker: &Maker, year: &str, reading: &Reading, full: bool, work: &mut Work<'_>) {
        let Some(place) = maker.names(self.rule, work) else { return };
        let name = [
            format!("{} {}, {}, {year}", self.name[0], self.measure.1, place[0]),
            format!("{year}年{}{}（{}）", self.name[1], self.measure.2, place[1]),
        ];
        let cells = [
            ("id", self.parameter_id(&maker.id(), year)),
            ("name_en", name[0].clone()),
            ("name_zh", name[1].clone()),
            ("value", reading.value.clone()),
            ("low", reading.low.clone()),
            ("high", reading.high.clone()),
            ("unit", self.fact_unit.to_owned()),
            ("year", year.to_owned()),
            ("source", reading.source.clone()),
            ("standing", reading.standing.to_owned()),
            ("note", if full { reading.about.clone() } else { reading.word.to_owned() }),
        ];
        work.emit("parameters", &cells.each_ref().map(|(c, v)| (*c, v.as_str())), &self.origin);
    }

    /// A site and its figure.
    fn site(&self, maker: &Maker, year: &str, reading: &Reading, work: &mut Work<'_>) {
        let Some(place) = maker.names(self.rule, work) else { return };
        let company = match maker {
            Maker::Country(_) => "",
            Maker::Company { id, .. } => id,
        };
        let name = if company.is_empty() {
            [format!("{}, all {}", place[0], self.name[0]), format!("{}，全部{}", place[1], self.name[1])]
        } else {
            let country = Maker::Country(maker.country().to_owned());
            let Some(country) = country.names(self.rule, work) else { return };
            [
                format!("{}, {}, {}", place[0], country[0], self.name[0]),
                format!("{}（{}），{}", place[1], country[1], self.name[1]),
            ]
        };
        let site = format!("{}_{}", maker.id(), self.stem);
        self.site_row(&site, &name, company, maker.country(), work);
        let formula = self.rule.get("formula");
        let parameter = self.parameter_id(&maker.id(), year);
        let formula = put_in(formula, &parameter).filter(|_| reading.number().is_some());
        match formula {
            None => {
                let figure = [
                    ("value", reading.value.as_str()),
                    ("low", &reading.low),
                    ("high", &reading.high),
                    ("source", &reading.source),
                    ("standing", reading.standing),
                    ("note", &reading.about),
                ];
                self.figure(&site, year, &figure, work);
            }
            Some(formula) => {
                // The basis is that of the fact, not of what the formula makes of it, unless it makes nothing of it.
                let about = match reading.about.as_str() {
                    about if formula == parameter => about.to_owned(),
                    "" => "converted".to_owned(),
                    about => format!("published as {about}, converted"),
                };
                let figure = [
                    ("source", reading.source.as_str()),
                    ("standing", "derived"),
                    ("formula", &formula),
                    ("note", &about),
                ];
                self.figure(&site, year, &figure, work);
            }
        }
    }

    fn rest_of_world(&self, year: &str, rest: &Rest, work: &mut Work<'_>) {
        let Some(place) = Maker::Country("OTH".to_owned()).names(self.rule, work) else { return };
        let site = format!("rest_{}", self.stem);
        let name = [format!("{}, {}", place[0], self.name[0]), format!("{}，{}", place[1], self.name[1])];
        self.site_row(&site, &name, "", "OTH", work);
        let formula = match self.rule.get("formula") {
            "" => rest.formula.clone(),
            formula => put_in(formula, &format!("({})", rest.formula)).unwrap_or_default(),
        };
        let note = note(["world total (rounded) less the countries named", &rest.holds]);
        let figure = [
            ("source", rest.source.as_str()),
            ("standing", "derived"),
            ("formula", &formula),
            ("note", &note),
        ];
        self.figure(&site, year, &figure, work);
    }

    fn site_row(&self, id: &str, name: &[String; 2], company: &str, country: &str, work: &mut Work<'_>) {
        let cells = [
            ("id", id),
            ("name", &name[0]),
            ("name_zh", &name[1]),
            ("company", company),
            ("country", country),
            ("item", self.rule.get("item")),
            ("recipes", self.rule.get("recipes")),
            ("status", "operating"),
            ("note", self.rule.get("note")),
        ];
        work.emit("sites", &cells, &self.origin);
    }

    fn figure(&self, site: &str, year: &str, figure: &[(&str, &str)], work: &mut Work<'_>) {
        let mut cells = vec![
            ("site", site),
            ("measure", self.measure.0),
            ("period", year),
            ("unit", self.unit),
            ("year", year),
        ];
        cells.extend(figure);
        work.emit("site_figures", &cells, &self.origin);
    }
}

/// What is left of the world.
struct Rest {
    formula: String,
    holds: String,
    source: String,
}

/// A formula with something in the place of `x`; none if it has no `x`.
fn put_in(formula: &str, what: &str) -> Option<String> {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let mut out = String::new();
    let mut found = false;
    let mut rest = formula;
    while !rest.is_empty() {
        let len = rest.find(|c| !word(c)).unwrap_or(rest.len());
        let (head, tail) = rest.split_at(len);
        found |= head == "x";
        out.push_str(if head == "x" { what } else { head });
        let next = tail.find(word).unwrap_or(tail.len());
        out.push_str(&tail[..next]);
        rest = &tail[next..];
    }
    found.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::put_in;

    #[test]
    fn x_is_a_word_of_its_own() {
        assert_eq!(put_in("x*max_x/2.5", "a_1").as_deref(), Some("a_1*max_x/2.5"));
        assert_eq!(put_in("(1 - x)", "(a - b)").as_deref(), Some("(1 - (a - b))"));
        assert_eq!(put_in("xx", "a"), None);
        assert_eq!(put_in("", "a"), None);
    }
}
