//! What a product costs, as tables.

use super::offers::code;
use super::{Costs, Spent, Usd};
use crate::answered::rounded;
use crate::column::Role;
use crate::report::{Told, cell, rows};
use linchpin_table::{Answer, Message, Table, TableError, Unit};

/// What one product costs, if a price is known, and what does not count in it.
pub(crate) fn headlines(told: &Told<'_, '_>) -> Vec<Message> {
    // Prices in no money that is said need its name, and others a rate.
    let of = |is_unsaid: bool, id: &'static str| {
        let here = told.costs.unrated.iter().filter(|u| u.currency.is_empty() == is_unsaid);
        let each: Vec<String> = here.clone().map(|u| format!("{} × {}", u.currency, u.lines)).collect();
        let lines: usize = here.map(|u| u.lines).sum();
        let message = Message::new(id).integer("lines", lines as i64);
        (lines > 0).then(|| if is_unsaid { message } else { message.text("currencies", each.join(", ")) })
    };
    let left_out = of(false, "import-cost-left-out").into_iter().chain(of(true, "import-cost-no-money"));
    cost(told).into_iter().chain(yuan(told)).chain(left_out).collect()
}

/// What one product costs in yuan, at the rate that was used, where a price is in yuan.
fn yuan(told: &Told<'_, '_>) -> Option<Message> {
    let product = told.costs.product?;
    let of_lines = told.lines.lines.iter().flat_map(|l| l.price.iter().chain(l.breaks.iter().map(|b| &b.1)));
    let mut prices = of_lines.chain(told.vendors.iter().flat_map(|v| v.breaks.iter().map(|b| &b.1)));
    if !prices.any(|price| code(price.currency, told.product.chinese) == "CNY") {
        return None;
    }
    let given = told.rates.given("CNY").map(|dollars| (1.0 / dollars, "import-cost-yuan-given"));
    let (rate, id) = given.or(told.rates.yuan().map(|rate| (rate, "import-cost-yuan")))?;
    let message = Message::new(id).number("cost", product.paid.value * rate, Unit::None);
    Some(message.text("rate", rounded(rate)))
}

/// The code of a currency, or that none is said.
fn name(code: &str) -> &str {
    if code.is_empty() { "?" } else { code }
}

fn cost(told: &Told<'_, '_>) -> Option<Message> {
    let product = told.costs.product?;
    let headline = Message::new("import-cost-one").text("product", told.product.title.as_str());
    let Usd { value, low, high } = product.paid;
    let headline = match low < high {
        true => headline.range("cost", value, low, high, Unit::Usd),
        false => headline.number("cost", value, Unit::Usd),
    };
    let headline = headline.number("volume", told.request.volume, Unit::None);
    let headline = headline.number("surplus", product.surplus, Unit::Usd);
    Some(headline.number("priced", told.costs.priced, Unit::Fraction))
}

/// Adds the tables of the cost; none where no price is known.
pub(crate) fn add(told: &Told<'_, '_>, answer: &mut Answer) -> Result<(), TableError> {
    let Some(product) = &told.costs.product else { return Ok(()) };
    answer.tables.push(parts(told, product)?);
    answer.tables.push(volumes(told.costs)?);
    if let Some(table) = assemblies(told)? {
        answer.tables.push(table);
    }
    Ok(())
}

/// What is bought, the dearest first.
fn parts(told: &Told<'_, '_>, product: &Spent) -> Result<Table, TableError> {
    let costs = told.costs;
    let mut all = costs.lines_of_cost();
    all.sort_by(|a, b| b.1.paid.value.total_cmp(&a.1.paid.value).then(a.0.cmp(&b.0)));
    let ordered = |part: usize| costs.orders[part].iter().map(|o| o.quantity).sum::<f64>();
    let supplier = |part: usize| {
        let named = costs.shares(part).map(|(order, share)| {
            let name = costs.offers[part][order.offer].supplier;
            if share < 1.0 { format!("{name} {:.0} %", share * 100.0) } else { name.to_owned() }
        });
        named.collect::<Vec<_>>().join(", ")
    };
    let share = |paid: f64| (product.paid.value > 0.0).then(|| paid / product.paid.value);
    Table::builder(
        "cost",
        Message::new("table-import-cost"),
        all.iter().map(|(p, _)| told.parts[*p].id.clone()),
    )
    .text("part", all.iter().map(|(p, _)| told.called(*p).to_owned()))
    .header(Message::new("col-bom-part"))
    .number("in_product", Unit::None, all.iter().map(|(p, _)| Some(costs.needs[*p])))
    .unexplained()
    .number("ordered", Unit::None, all.iter().map(|(p, _)| Some(ordered(*p))))
    .unexplained()
    .number("price", Unit::Usd, all.iter().map(|(p, _)| costs.price(*p).map(|usd| usd.value)))
    .header(Message::new("col-price-paid"))
    .unexplained()
    .number("cost", Unit::Usd, all.iter().map(|(_, s)| Some(s.paid.value)))
    .header(Message::new("col-cost-in-product"))
    .unexplained()
    .number("surplus", Unit::Usd, all.iter().map(|(_, s)| Some(s.surplus)))
    .unexplained()
    .text("supplier", all.iter().map(|(p, _)| supplier(*p)))
    .number("share", Unit::Fraction, all.iter().map(|(_, s)| share(s.paid.value)))
    .header(Message::new("col-share-of-cost"))
    .unexplained()
    .note(Message::new("note-import-cost"))
    .build()
}

/// Cost of one product by volume.
fn volumes(costs: &Costs<'_>) -> Result<Table, TableError> {
    let all = &costs.volumes;
    Table::builder(
        "cost_by_volume",
        Message::new("table-import-cost-by-volume"),
        all.iter().map(|(volume, _)| volume.to_string()),
    )
    .number("products", Unit::None, all.iter().map(|(volume, _)| Some(*volume)))
    .header(Message::new("col-products-a-year"))
    .unexplained()
    .number("cost", Unit::Usd, all.iter().map(|(_, s)| Some(s.paid.value)))
    .header(Message::new("col-cost-of-one"))
    .unexplained()
    .number("surplus", Unit::Usd, all.iter().map(|(_, s)| Some(s.surplus)))
    .unexplained()
    .build()
}

/// Assemblies that are put together here, those that cost most in one product first.
fn assemblies(told: &Told<'_, '_>) -> Result<Option<Table>, TableError> {
    let costs = told.costs;
    let made = |p: &usize| {
        costs.needs[*p] > 0.0 && !told.bom.parts[*p].children.is_empty() && told.bom.product != Some(*p)
    };
    let mut all: Vec<usize> = (0..told.bom.parts.len()).filter(made).collect();
    if all.is_empty() {
        return Ok(None);
    }
    let one = |p: usize| costs.of_one[p].map(|s| s.paid.value);
    let rank = |p: usize| one(p).map_or(-1.0, |cost| cost * costs.needs[p]);
    all.sort_by(|a, b| rank(*b).total_cmp(&rank(*a)).then(a.cmp(b)));
    // Assemblies within assemblies may hold more lines than a double counts.
    let priced = |p: usize| Some(costs.lines[p].1 / costs.lines[p].0).filter(|s| s.is_finite());
    let table = Table::builder(
        "assemblies",
        Message::new("table-import-assemblies"),
        all.iter().map(|p| told.parts[*p].id.clone()),
    )
    .text("part", all.iter().map(|p| told.called(*p).to_owned()))
    .header(Message::new("col-bom-part"))
    .number("in_product", Unit::None, all.iter().map(|p| Some(costs.needs[*p])))
    .unexplained()
    .number("cost", Unit::Usd, all.iter().map(|p| one(*p)))
    .header(Message::new("col-cost-of-one"))
    .unexplained()
    .absent(Message::new("absent-none"))
    .number("priced", Unit::Fraction, all.iter().map(|p| priced(*p)))
    .header(Message::new("col-priced-lines"))
    .unexplained()
    .absent(Message::new("absent-none"))
    .note(Message::new("note-import-assemblies"))
    .build()?;
    Ok(Some(table))
}

/// What of the prices does not add up: what it is, rows, and the part or the currency with the numbers.
pub(crate) fn noticed(told: &Told<'_, '_>) -> Vec<(&'static str, String, String)> {
    let costs = told.costs;
    let row = |part: usize| {
        let line = told.bom.parts[part].lines.first().map(|l| &told.lines.lines[*l]);
        rows(told, line.map(|line| (line.table, line.row)))
    };
    let mut all = vec![];
    for unrated in &costs.unrated {
        let mut places = rows(told, unrated.rows.iter().copied());
        if unrated.rows.len() < unrated.lines {
            places.push_str(", …");
        }
        let (code, lines) = (unrated.currency, unrated.lines);
        all.push(match code.is_empty() {
            true => ("import-no-currency", places, format!("× {lines}")),
            false => ("import-no-rate", places, format!("{code} × {lines}: --rate {code}=…")),
        });
    }
    for out in &costs.left_out {
        let vendor = &told.vendors[out.vendor];
        let share = vendor.share.map_or(String::new(), |share| format!(" {:.0} %", share * 100.0));
        let text = format!("{}: {}{share} ({})", told.title(out.part), vendor.supplier, name(out.currency));
        all.push(("import-quote-left-out", cell(told, vendor.table, vendor.row, Role::Supplier), text));
    }
    for (code, given, (low, high)) in told.rates.odd() {
        all.push(("import-rate-odd", String::new(), format!("{code}={given}: {low}–{high}")));
    }
    for own in &costs.own {
        let text = format!("{}: {:.2} ≠ {:.2}", told.title(own.part), own.own, own.parts);
        all.push(("import-own-price", row(own.part), text));
    }
    all.extend(costs.two.iter().map(|part| ("import-two-prices", row(*part), told.title(*part).to_owned())));
    all
}
