//! What suppliers answer to the questionnaire counts before what lists say of the same; where it differs, both are told.

use crate::bom::{Bom, Lines, normal};
use crate::column::Role;
use crate::contents::{Amount, Content};
use crate::overlay::Known;
use crate::vendors::{Lead, Vendor, Weighed, holdings, suppliers};
use std::collections::BTreeMap;

/// What an answer says otherwise than a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Differs {
    /// What it is, as a message.
    pub(crate) what: &'static str,
    /// The cells that say so: table, row and what the column holds; the answer last.
    pub(crate) cells: Vec<(usize, u32, Role)>,
    /// Of what, and both values.
    pub(crate) text: String,
}

const ANSWERED: &str = "import-answered";

/// How much of a number rounding may explain: a questionnaire writes two decimals.
const ROUNDING: f64 = 0.01;

fn alike(a: f64, b: f64) -> bool {
    (a - b).abs() <= ROUNDING * a.abs().max(b.abs())
}

/// Gives lines of lists what answers say of the same supplier of the same part, and answers what only lists say.
pub(crate) fn answered(vendors: &mut [Vendor<'_>]) -> Vec<Differs> {
    let key = |v: &Vendor<'_>| Some((v.part?, normal(v.supplier)));
    let mut answers: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    for (at, vendor) in vendors.iter().enumerate().filter(|(_, v)| v.is_answer) {
        if let Some(key) = key(vendor) {
            answers.entry(key).or_default().push(at);
        }
    }
    let mut all = vec![];
    for at in 0..vendors.len() {
        let list = &vendors[at];
        let Some(his) = key(list).filter(|_| !list.is_answer).and_then(|key| answers.get(&key)) else {
            continue;
        };
        // Where a list does not know his country his answer does; another country is a second plant.
        let same = his.iter().find(|answer| vendors[**answer].country == list.country);
        let Some(answer) = same.or(his.first().filter(|_| list.country.is_none())) else { continue };
        let (mut list, mut said) = (list.clone(), vendors[*answer].clone());
        (list.country, list.place) = (said.country.clone(), said.place);
        all.extend(agree(&mut list, &mut said));
        (vendors[at], vendors[*answer]) = (list, said);
    }
    all
}

/// Makes a line of a list and an answer say the same.
fn agree(list: &mut Vendor<'_>, answer: &mut Vendor<'_>) -> Vec<Differs> {
    let share = later(&mut list.share, &mut answer.share, |a, b| alike(*a, *b));
    let order = later(&mut list.minimum_order, &mut answer.minimum_order, |a, b| alike(*a, *b));
    let (mut before, mut after) = (list.lead.days(), answer.lead.days());
    let lead = later(&mut before, &mut after, |a, b| alike(a.0, b.0) && alike(a.1, b.1));
    if let Some(days) = after {
        (list.lead, answer.lead) = (Lead::Days(days), Lead::Days(days));
    }
    let told = [
        share.map(|(a, b)| (Role::Share, percent(a), percent(b))),
        lead.map(|(a, b)| (Role::LeadTime, days(a), days(b))),
        order.map(|(a, b)| (Role::MinimumOrder, rounded(a), rounded(b))),
    ];
    let differs = |(role, before, after): (Role, String, String)| Differs {
        what: ANSWERED,
        cells: vec![(list.table, list.row, role), (answer.table, answer.row, role)],
        text: format!("{}, {}: {before} → {after}", list.typed, list.supplier),
    };
    told.into_iter().flatten().map(differs).collect()
}

/// Of two statements the answer, or the only one that there is; what rounding explains is that of the list. Returns both
/// where they differ.
fn later<T: Copy>(
    list: &mut Option<T>,
    answer: &mut Option<T>,
    alike: impl Fn(&T, &T) -> bool,
) -> Option<(T, T)> {
    let differ = list.zip(*answer).filter(|(list, answer)| !alike(list, answer));
    let counts = if differ.is_some() { *answer } else { list.or(*answer) };
    (*list, *answer) = (counts, counts);
    differ
}

/// Lets the mass that suppliers answer count before that of the lists. Of several answers that differ from it the first one
/// counts.
pub(crate) fn weighed(
    known: &mut [Known],
    weighed: &[Weighed],
    bom: &Bom,
    lines: &Lines<'_>,
) -> Vec<Differs> {
    let mut all = vec![];
    // The answer that counts of each part, and what the lists said.
    let mut counts: BTreeMap<usize, (&Weighed, Option<f64>)> = BTreeMap::new();
    for answer in weighed.iter().filter(|w| w.is_answer) {
        let title = bom.title(answer.part, &lines.lines).trim();
        let cell = |w: &Weighed| (w.table, w.row, Role::Mass);
        let mass = &mut known[answer.part].mass;
        let told = |before: Option<f64>| before.is_some_and(|before| alike(before, answer.mass));
        if told(*mass) {
            continue;
        }
        if let Some((first, before)) = counts.get(&answer.part) {
            // What was sent to him with the mass of the lists in it and came back so says nothing new.
            if !told(*before) {
                let text = format!("{title}: {} ≠ {}", kg(first.mass), kg(answer.mass));
                all.push(Differs { what: ANSWERED, cells: vec![cell(first), cell(answer)], text });
            }
            continue;
        }
        if let Some(before) = *mass {
            let listed = bom.parts[answer.part].lines.iter().map(|line| &lines.lines[*line]);
            let listed =
                listed.filter(|line| line.mass.is_some()).map(|line| (line.table, line.row, Role::Mass));
            let vendors = weighed.iter().filter(|w| !w.is_answer && w.part == answer.part).map(cell);
            let text = format!("{title}: {} → {}", kg(before), kg(answer.mass));
            all.push(Differs {
                what: ANSWERED,
                cells: listed.chain(vendors).chain([cell(answer)]).collect(),
                text,
            });
        }
        counts.insert(answer.part, (answer, mass.replace(answer.mass)));
    }
    all
}

/// Gives lines that tell different amounts of one thing in a part their mean, by the shares of the suppliers who tell them,
/// or the plain mean where the share of one is not known.
pub(crate) fn averaged(contents: &mut [Content<'_>], vendors: &[Vendor<'_>]) -> Vec<Differs> {
    let mut groups: BTreeMap<(usize, &str), Vec<(usize, f64)>> = BTreeMap::new();
    for (at, content) in contents.iter().enumerate() {
        if let Some((part, Amount::Told(amount))) = content.part.zip(content.told) {
            groups.entry((part, content.input)).or_default().push((at, amount));
        }
    }
    let (holdings, mut all) = (holdings(&suppliers(vendors)), vec![]);
    for ((part, _), told) in groups.into_iter().filter(|(_, told)| told.iter().any(|t| t.1 != told[0].1)) {
        // Of several lines of one supplier each weighs the same.
        let by = |at: usize| normal(contents[at].supplier);
        let lines = |at: usize| told.iter().filter(|t| by(t.0) == by(at)).count() as f64;
        let share = |at: usize| holdings.get(&(part, by(at)))?.share;
        let weights: Option<Vec<f64>> = told.iter().map(|t| Some(share(t.0)? / lines(t.0))).collect();
        let weights = weights.filter(|all| all.iter().sum::<f64>() > 0.0);
        let what = if weights.is_some() { "import-amounts-by-share" } else { "import-amounts-even" };
        let weights = weights.unwrap_or_else(|| vec![1.0; told.len()]);
        let sum: f64 = told.iter().zip(&weights).map(|(t, weight)| t.1 * weight).sum();
        let mean = sum / weights.iter().sum::<f64>();
        let each: Vec<String> = told
            .iter()
            .map(|t| format!("{} {}", contents[t.0].supplier, number(t.1)).trim().to_owned())
            .collect();
        let cells = told.iter().map(|t| (contents[t.0].table, contents[t.0].row, Role::Quantity)).collect();
        let text = format!("{}: {} → {}", contents[told[0].0].typed, each.join(" ≠ "), number(mean));
        all.push(Differs { what, cells, text });
        told.iter().for_each(|t| contents[t.0].amount = Some(Amount::Told(mean)));
    }
    all
}

/// A share for a person to read.
pub(crate) fn percent(share: f64) -> String {
    format!("{} %", (share * 1e3).round() / 10.0)
}

fn days((low, high): (f64, f64)) -> String {
    if low < high { format!("{}–{} d", rounded(low), rounded(high)) } else { format!("{} d", rounded(low)) }
}

fn kg(mass: f64) -> String {
    format!("{} kg", number(mass))
}

/// Six decimals at most.
fn number(x: f64) -> String {
    ((x * 1e6).round() / 1e6).to_string()
}

/// Two decimals at most.
pub(crate) fn rounded(x: f64) -> String {
    ((x * 100.0).round() / 100.0).to_string()
}
