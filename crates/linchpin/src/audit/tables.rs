//! The tables of `audit`, and those that other answers show of it.

use super::{Audited, has_reason, reason_id, verdict, worst};
use crate::book::Draft;
use crate::model::Model;
use linchpin_table::{Message, Unit};

fn keys(claims: &[Audited<'_>]) -> Vec<String> {
    claims.iter().map(|c| c.row.key.clone()).collect()
}

fn texts(texts: impl IntoIterator<Item = String>) -> Vec<Option<String>> {
    texts.into_iter().map(Some).collect()
}

/// The number claimed beside the number recomputed, and how many times the latter is the former.
fn numbers<'m, 'a>(draft: Draft<'m, 'a>, claims: &[Audited<'_>]) -> Draft<'m, 'a> {
    let units = || claims.iter().map(|c| c.unit).collect::<Vec<_>>();
    draft
        .range_by_row(
            ["claimed", "claimed_low", "claimed_high"],
            units(),
            claims.iter().map(|c| c.claimed.clone()).collect(),
        )
        .range_by_row(
            ["computed", "computed_low", "computed_high"],
            units(),
            claims.iter().map(|c| c.computed.clone()).collect(),
        )
        .number("ratio", Unit::None, claims.iter().map(|c| c.ratio.clone()).collect())
}

fn verdicts(claims: &[Audited<'_>]) -> Vec<Option<String>> {
    texts(claims.iter().map(|c| c.verdict.word().to_owned()))
}

/// Every claim with its two verdicts.
pub(super) fn claims_table<'m, 'a>(model: &'m Model<'a>, claims: &[Audited<'_>]) -> Draft<'m, 'a> {
    let sheet = model.atlas.sheet("claims");
    let quoted = |c: &Audited<'_>| {
        format!("quoted-{}", sheet.get(c.row, "quoted").unwrap_or("unknown").replace('_', "-"))
    };
    let draft = Draft::new(model, "claims", keys(claims)).text("claim_id", texts(keys(claims)));
    numbers(draft, claims)
        .words("quoted", texts(claims.iter().map(quoted)))
        .words("verdict", verdicts(claims))
        .note(verdict::note())
}

/// What is claimed, in words, and the reason that the row states.
pub(super) fn reason_table<'m, 'a>(model: &'m Model<'a>, claims: &[Audited<'_>]) -> Draft<'m, 'a> {
    let why = |c: &Audited<'_>| match has_reason(model, c.row) {
        true => reason_id(&c.row.key),
        false => String::new(),
    };
    Draft::new(model, "reason", keys(claims))
        .text("claim_id", texts(keys(claims)))
        .names("statement", keys(claims))
        .names("why", claims.iter().map(why).collect())
}

/// The same with the rule, the origin and where to take the number apart.
pub(super) fn full_reason_table<'m, 'a>(model: &'m Model<'a>, claims: &[Audited<'_>]) -> Draft<'m, 'a> {
    let sheet = model.atlas.sheet("claims");
    let sources = model.atlas.sheet("sources");
    let title = |id: &str| {
        let title = sources.find(id).map_or(id, |row| sources.text(row, "title"));
        format!("{title} ({id})")
    };
    let origin = |c: &Audited<'_>| {
        let ids = sheet.get(c.row, "origin").or(sheet.get(c.row, "source")).unwrap_or_default();
        ids.split(';').filter(|id| !id.is_empty()).map(title).collect::<Vec<_>>().join("; ")
    };
    let products = model.atlas.sheet("products");
    let alias = products.find(&model.product.item).map_or("", |row| products.text(row, "alias"));
    let explain = |c: &Audited<'_>| match c.computed {
        Some(_) => format!("linchpin explain audit/claims/{}/computed --product {alias}", c.row.key),
        None => String::new(),
    };
    reason_table(model, claims)
        .words("rule", texts(claims.iter().map(|c| c.rule.word().to_owned())))
        .text("origin", texts(claims.iter().map(origin)))
        .text("explain", texts(claims.iter().map(explain)))
}

/// The claims farthest off, for a page that shows no more of the audit.
pub(crate) fn worst_table<'m, 'a>(
    model: &'m Model<'a>,
    claims: &[Audited<'_>],
    count: usize,
) -> Draft<'m, 'a> {
    let claims = worst(claims, count);
    let draft = Draft::new(model, "audit", keys(&claims)).names("statement", keys(&claims));
    numbers(draft, &claims).note(Message::new("note-worst"))
}

/// Published contents per robot beside the computed ones, of these subjects or of all; nothing for a robot of one's own.
pub(crate) fn contents_table<'m, 'a>(
    model: &'m Model<'a>,
    claims: &[Audited<'_>],
    subjects: Option<&[&str]>,
) -> Option<Draft<'m, 'a>> {
    let sheet = model.atlas.sheet("claims");
    let mut claims = claims.to_vec();
    claims.retain(|c| sheet.text(c.row, "measure") == "content_per_robot" && c.unit == Unit::Kg);
    claims.retain(|c| subjects.is_none_or(|s| s.contains(&sheet.text(c.row, "subject"))));
    claims.sort_by(|a, b| a.row.key.cmp(&b.row.key));
    let draft = Draft::new(model, "claim", keys(&claims))
        .names("claim", keys(&claims))
        .range(
            ["published", "published_low", "published_high"],
            Unit::Kg,
            claims.iter().map(|c| c.claimed.clone()).collect(),
        )
        .range(
            ["computed", "computed_low", "computed_high"],
            Unit::Kg,
            claims.iter().map(|c| c.computed.clone()).collect(),
        )
        .words("verdict", verdicts(&claims))
        .note(Message::new("note-claim"));
    (!claims.is_empty()).then_some(draft)
}
