//! What a claim's number comes to by the figures of the atlas: one definition a measure.

use crate::atlas::{Expr, FigureId, Row, Sheet};
use crate::explode::{content, unknown};
use crate::model::{Model, Quantity};
use crate::network::Baseline;
use crate::network::baseline::{Pool, market_of};

/// A claim's number, worked out.
#[derive(Default)]
pub(crate) struct Recomputed {
    /// Its definition; `None` where the atlas has nothing to compute it from.
    pub(crate) quantity: Option<Quantity>,
    /// The most that items without a stated content may add; `None` if that is not known.
    pub(crate) hidden: Option<f64>,
}

impl Recomputed {
    /// A number in which nothing is hidden.
    fn whole(quantity: Option<Quantity>) -> Recomputed {
        Recomputed { quantity, hidden: Some(0.0) }
    }
}

/// Works a claim out.
pub(crate) fn recompute(model: &Model<'_>, baseline: &Baseline, sheet: &Sheet, row: &Row) -> Recomputed {
    let subject = sheet.text(row, "subject");
    let parameter = |column| parameter(model, sheet.get(row, column)?);
    match sheet.text(row, "measure") {
        "content_per_robot" => content_per_robot(model, subject),
        "reserve_share" => match (parameter("robots"), parameter("check")) {
            (Some(robots), Some(reserves)) => reserve_share(model, subject, robots, reserves),
            _ => Recomputed::default(),
        },
        "country_share" => {
            Recomputed::whole(country_share(model, baseline, subject, sheet.text(row, "country")))
        }
        "composition" => Recomputed::whole(composition(model, subject, sheet.text(row, "product"))),
        "figure" => Recomputed::whole(parameter("check").map(Quantity::cell)),
        _ => Recomputed::default(),
    }
}

fn parameter(model: &Model<'_>, id: &str) -> Option<FigureId> {
    model.atlas.figures.find(&format!("parameters/{id}"))
}

/// Content of one robot; of `a/b`, the one over the other.
fn content_per_robot(model: &Model<'_>, subject: &str) -> Recomputed {
    let Some((above, below)) = subject.split_once('/') else { return content_of(model, subject) };
    let (above, below) = (content_of(model, above), content_of(model, below));
    let divisor = below.quantity.as_ref().and_then(|q| model.value(q));
    Recomputed {
        hidden: above.hidden.zip(divisor).map(|(hidden, divisor)| hidden / divisor),
        quantity: above.quantity.zip(below.quantity).map(|(a, b)| a.over(b)),
    }
}

/// Content of one robot: of a material class, or of elements joined by `+`.
fn content_of(model: &Model<'_>, subject: &str) -> Recomputed {
    if model.atlas.sheet("materials").find(subject).is_some() {
        return Recomputed::whole(Some(Quantity::Measure(content::material(model, subject))));
    }
    let symbols: Vec<&str> = subject.split('+').collect();
    let elements = model.atlas.sheet("elements");
    if symbols.iter().any(|s| elements.find(s).is_none()) {
        return Recomputed::default();
    }
    let quantity = Some(Quantity::Measure(content::elements(model, &symbols)));
    Recomputed { quantity, hidden: hidden(model, &symbols) }
}

/// The most of some elements that the items without a stated content of one robot may hold; `None` if for one of
/// them nothing is said, or if such an item has no known mass.
fn hidden(model: &Model<'_>, symbols: &[&str]) -> Option<f64> {
    let unresolved = unknown::unresolved(model);
    if unresolved.is_empty() {
        return Some(0.0);
    }
    if unresolved.iter().any(|(_, mass)| mass.is_none()) {
        return None;
    }
    let elements = model.atlas.sheet("elements");
    let most = |symbol: &&str| {
        let share = elements.get(elements.find(symbol)?, "elsewhere")?;
        let share = Quantity::cell(parameter(model, share)?);
        model.value(&Quantity::Measure(unknown::unresolved_mass(model)).times(share).high())
    };
    symbols.iter().map(most).try_fold(0.0, |sum, each| Some(sum + each?))
}

/// What so many robots hold of an element, over its reserves.
fn reserve_share(model: &Model<'_>, subject: &str, robots: FigureId, reserves: FigureId) -> Recomputed {
    let one = content_of(model, subject);
    // One expression, so that the range of the reserves, below the line, has its full effect.
    let each = Expr::Figure(robots).over(reserves);
    let factor = model.value(&Quantity::Figures(each.clone()));
    Recomputed {
        hidden: one.hidden.zip(factor).map(|(hidden, factor)| hidden * factor),
        quantity: one.quantity.map(|q| q.times(Quantity::Figures(each))),
    }
}

/// Output of the sites in a country over that of all, in the markets of one item or of several joined by `+`.
fn country_share(model: &Model<'_>, baseline: &Baseline, subject: &str, country: &str) -> Option<Quantity> {
    let mut markets: Vec<u32> = vec![];
    for item in subject.split('+') {
        let market = model.network.item(market_of(model.atlas, item))?;
        if !markets.contains(&market) {
            markets.push(market);
        }
    }
    let pools: Vec<&Pool> = markets.iter().filter_map(|m| baseline.pools.get(m)).collect();
    let output = |is_counted: &dyn Fn(&str) -> bool| -> Vec<Expr> {
        let sites = pools.iter().flat_map(|p| &p.sites).filter(|s| is_counted(&s.country));
        sites.filter_map(|s| s.output_expr.clone()).collect()
    };
    let all = output(&|_| true);
    // One expression, so that an output that stands above and below the line moves both.
    (!all.is_empty()).then(|| Quantity::Figures(Expr::sum(output(&|c| c == country)).div(Expr::sum(all))))
}

/// Mass share of an element in an item; of `a/b`, the one over the other.
fn composition(model: &Model<'_>, subject: &str, item: &str) -> Option<Quantity> {
    let share = |symbols: &str| -> Option<Expr> {
        let figure = |symbol: &str| model.atlas.figures.find(&format!("contents/{item}/{symbol}"));
        let parts: Option<Vec<Expr>> = symbols.split('+').map(|s| figure(s).map(Expr::Figure)).collect();
        parts.map(Expr::sum)
    };
    Some(Quantity::Figures(match subject.split_once('/') {
        Some((above, below)) => share(above)?.div(share(below)?),
        None => share(subject)?,
    }))
}
