//! Do published claims hold? Each is set against what the atlas comes to, with two verdicts: is it quoted rightly,
//! and does it hold when recomputed.
//!
//! Claims are read here and nowhere else, and no answer computes with them.

mod recompute;
mod tables;
pub mod verdict;

pub(crate) use tables::{contents_table, worst_table};

use crate::atlas::figure::nearest;
use crate::atlas::{Expr, Row};
use crate::book::{Book, BookError};
use crate::coverage;
use crate::explode;
use crate::model::{Model, Quantity};
use crate::network::Baseline;
use linchpin_table::{Label, Message, Unit};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use verdict::{Interval, Rule, Verdict, verdict};

/// What is asked of `audit`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Alias or item id of the robot that claims on robots are set against.
    pub product: String,
    /// The one claim to show in full; all in short if `None`.
    pub claim: Option<String>,
}

/// Why a request cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// No claim of that id that is about this product.
    #[error("no claim {claim}; the nearest is {nearest}")]
    Claim {
        /// What was asked.
        claim: String,
        /// A claim that exists.
        nearest: String,
    },
    /// The answer was not finished.
    #[error(transparent)]
    Book(#[from] BookError),
}

/// How many of the claims that are farthest off stand in a sentence above the tables.
const HEADLINES: usize = 3;

/// A claim and what became of it.
#[derive(Clone)]
pub(crate) struct Audited<'a> {
    /// Its row.
    pub(crate) row: &'a Row,
    /// Unit of its number.
    pub(crate) unit: Unit,
    /// The number claimed.
    pub(crate) claimed: Option<Quantity>,
    /// The number recomputed.
    pub(crate) computed: Option<Quantity>,
    /// The latter over the former, or over the middle of its range.
    pub(crate) ratio: Option<Quantity>,
    /// How many times it is off, either way; zero if that is not known.
    pub(crate) off: f64,
    /// Whether it holds.
    pub(crate) verdict: Verdict,
    /// By which rule.
    pub(crate) rule: Rule,
}

/// Answers a request.
pub fn audit(model: &Model<'_>, request: &Request) -> Result<Book, AuditError> {
    let mut asked = BTreeMap::from([("product".to_owned(), model.product.item.clone())]);
    asked.extend(request.claim.clone().map(|claim| ("claim".to_owned(), claim)));
    let mut book = Book::new(model, "audit", asked);
    let mut claims = audited(model, &explode::baseline(model, 1.0, None));
    if let Some(wanted) = &request.claim {
        if !claims.iter().any(|c| c.row.key == *wanted) {
            let nearest = nearest(wanted, claims.iter().map(|c| c.row.key.as_str())).to_owned();
            return Err(AuditError::Claim { claim: wanted.clone(), nearest });
        }
        claims.retain(|c| c.row.key == *wanted);
    } else {
        book.answer.headlines.push(summary(model, &claims));
        book.answer.headlines.extend(claims.iter().take(HEADLINES).map(|c| headline(model, c)));
    }
    book.answer.labels.extend(reasons(model));
    book.push(tables::claims_table(model, &claims))?;
    book.push(match request.claim {
        Some(_) => tables::full_reason_table(model, &claims),
        None => tables::reason_table(model, &claims),
    })?;
    if request.claim.is_none() {
        book.answer.notes.extend(left_out(model));
        book.answer.notes.push(coverage::line(model));
    }
    Ok(book)
}

/// Every claim that can be set against this product, those that fail first, the farthest off first.
pub(crate) fn audited<'a>(model: &Model<'a>, baseline: &Baseline) -> Vec<Audited<'a>> {
    let sheet = model.atlas.sheet("claims");
    let mut claims: Vec<Audited<'_>> =
        sheet.rows.iter().filter(|r| concerns(model, r)).map(|r| one(model, baseline, r)).collect();
    claims.sort_by(|a, b| {
        let farther = b.off.partial_cmp(&a.off).unwrap_or(Ordering::Equal);
        a.verdict.cmp(&b.verdict).then(farther).then(a.row.key.cmp(&b.row.key))
    });
    claims
}

/// The claims that are farthest off, of those that fail with a number.
fn worst<'a>(claims: &[Audited<'a>], count: usize) -> Vec<Audited<'a>> {
    let failing = claims.iter().filter(|c| c.verdict == Verdict::Fails && c.off > 0.0);
    failing.take(count).cloned().collect()
}

/// Whether a claim is about this robot, about any, or about something that is no robot.
fn concerns(model: &Model<'_>, row: &Row) -> bool {
    let about = model.atlas.sheet("claims").get(row, "product");
    let fits =
        about.is_none_or(|p| p == model.product.item || model.atlas.sheet("products").find(p).is_none());
    fits && !(is_own(model) && is_of_robots(model, row))
}

/// Whether the product is one that an atlas over another brings: nobody who published a claim has seen it.
fn is_own(model: &Model<'_>) -> bool {
    model.atlas.own_products.contains(&model.product.item)
}

/// Whether the number of a claim hangs on the robot that it is set against.
fn is_of_robots(model: &Model<'_>, row: &Row) -> bool {
    matches!(model.atlas.sheet("claims").text(row, "measure"), "content_per_robot" | "reserve_share")
}

/// The claims on robots that are set against no product of one's own, if there are any.
fn left_out(model: &Model<'_>) -> Option<Message> {
    let rows = &model.atlas.sheet("claims").rows;
    let count = rows.iter().filter(|row| is_own(model) && is_of_robots(model, row)).count();
    let message = Message::new("audit-own").integer("claims", count as i64);
    (count > 0).then(|| message.name("product", model.product.item.as_str()))
}

fn one<'a>(model: &Model<'a>, baseline: &Baseline, row: &'a Row) -> Audited<'a> {
    let sheet = model.atlas.sheet("claims");
    let figure = row.figure;
    let unit = figure.map_or(Unit::None, |f| model.atlas.figures.get(f).unit);
    let mut audited = Audited {
        row,
        unit,
        claimed: None,
        computed: None,
        ratio: None,
        off: 0.0,
        verdict: Verdict::stated(sheet.get(row, "finding")),
        rule: Rule::Read,
    };
    if sheet.text(row, "measure") == "statement" {
        return audited;
    }
    audited.claimed = figure.map(Quantity::cell);
    let recomputed = recompute::recompute(model, baseline, sheet, row);
    let ends = |q: &Option<Quantity>| q.as_ref().and_then(|q| interval(model, q));
    (audited.verdict, audited.rule) =
        verdict(ends(&audited.claimed), ends(&recomputed.quantity), recomputed.hidden);
    audited.computed = recomputed.quantity;
    audited.ratio = audited.claimed.clone().zip(audited.computed.clone()).map(|(c, q)| {
        // A range alone has a middle, and no value.
        let middle = |c: Quantity| match model.value(&c) {
            Some(_) => c,
            None => Quantity::Sum(vec![c.low(), c.high()]).times(Quantity::Figures(Expr::Number(0.5))),
        };
        middle(q).over(middle(c))
    });
    let ratio = audited.ratio.as_ref().and_then(|q| model.value(q));
    audited.off = ratio.map_or(0.0, |r| r.max(1.0 / r));
    audited
}

/// The range of a quantity: its own, or that in which a figure without a value was published.
fn interval(model: &Model<'_>, quantity: &Quantity) -> Option<Interval> {
    match model.value(quantity) {
        Some(value) => {
            let spread = model.spread(quantity);
            Some(Interval { low: value + spread.down, high: value + spread.up })
        }
        None => match model.published_range(quantity) {
            (None, None) => None,
            (low, high) => Some(Interval { low: low.or(high)?, high: high.or(low)? }),
        },
    }
}

/// How many claims hold, fail, cannot be told, and are quoted otherwise than published.
fn summary(model: &Model<'_>, claims: &[Audited<'_>]) -> Message {
    let sheet = model.atlas.sheet("claims");
    let count =
        |is_counted: &dyn Fn(&Audited<'_>) -> bool| claims.iter().filter(|c| is_counted(c)).count() as i64;
    Message::new("audit-summary")
        .integer("claims", claims.len() as i64)
        .integer("hold", count(&|c| c.verdict == Verdict::Holds))
        .integer("fail", count(&|c| c.verdict == Verdict::Fails))
        .integer("open", count(&|c| c.verdict == Verdict::CannotTell))
        .integer("misquoted", count(&|c| sheet.get(c.row, "quoted") == Some("wrongly")))
        .integer("unsourced", count(&|c| sheet.get(c.row, "quoted") == Some("no_source")))
        .name("product", model.product.item.as_str())
}

/// A claim with its reason.
fn headline(model: &Model<'_>, claim: &Audited<'_>) -> Message {
    let name = |message: Message| message.name("claim", claim.row.key.as_str());
    let message = match has_reason(model, claim.row) {
        true => Message::new("audit-headline-why").name("why", reason_id(&claim.row.key)),
        false => Message::new("audit-headline"),
    };
    name(message).word("verdict", claim.verdict.word())
}

/// Id of the label that holds the reason of a claim.
fn reason_id(claim: &str) -> String {
    format!("why/{claim}")
}

/// The reasons that rows state, as labels.
fn reasons(model: &Model<'_>) -> BTreeMap<String, Label> {
    let sheet = model.atlas.sheet("claims");
    let stated = sheet.rows.iter().filter(|r| has_reason(model, r));
    stated
        .map(|r| (reason_id(&r.key), Label::new(sheet.text(r, "why_en"), sheet.text(r, "why_zh"))))
        .collect()
}

/// Whether a row states a reason, in at least one language.
fn has_reason(model: &Model<'_>, row: &Row) -> bool {
    let sheet = model.atlas.sheet("claims");
    ["why_en", "why_zh"].iter().any(|c| sheet.get(row, c).is_some())
}
