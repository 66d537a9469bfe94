//! A market by who supplies it: sites with a published output, or a published share of the market where nobody
//! publishes a quantity; where they stand and who owns them.

use super::countries::{Place, place};
use crate::atlas::{Atlas, Expr};
use crate::explode::stage_rank;
use crate::model::{Model, Quantity};
use crate::network::Baseline;
use crate::network::baseline::{Pool, market_of};
use crate::stop::owners;
use linchpin_table::Message;
use std::collections::BTreeMap;

/// A running site with a published output or share.
pub(super) struct Site {
    /// Country it stands in.
    pub(super) country: String,
    /// Its owner, at the top of the chain of parents; `None` if the atlas names none.
    pub(super) owner: Option<String>,
    /// Country of the owner; its own where the owner is unknown.
    pub(super) owner_country: String,
    amount: Expr,
    value: f64,
}

/// What the amounts of a market are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// Items a year.
    Output,
    /// Shares of the world market: nobody publishes a quantity.
    Share,
}

/// The market of one item.
pub(super) struct Market {
    /// The item.
    pub(super) item: u32,
    /// Sites with a published amount.
    pub(super) sites: Vec<Site>,
    /// What the amounts are.
    pub(super) basis: Basis,
    /// Running sites that publish none.
    pub(super) silent: usize,
}

/// Markets that the product buys in and whose output is known, from the robot down to the ground.
pub(super) fn markets(model: &Model<'_>, baseline: &Baseline) -> Vec<Market> {
    let needed = baseline.pools.values().filter(|p| p.products != 0.0);
    let mut markets: Vec<Market> = needed.map(|p| market(model, p)).filter(|m| !m.sites.is_empty()).collect();
    markets.sort_by_key(|m| (std::cmp::Reverse(stage_rank(model, m.item)), m.item));
    markets
}

fn market(model: &Model<'_>, pool: &Pool) -> Market {
    let (atlas, values) = (model.atlas, model.values);
    let tells_output = pool.sites.iter().any(|s| s.output.is_some());
    let basis = if tells_output { Basis::Output } else { Basis::Share };
    let mut market = Market { item: pool.item, sites: vec![], basis, silent: 0 };
    for site in &pool.sites {
        let told = match basis {
            Basis::Output => site.output_expr.clone(),
            Basis::Share => site.share_expr.clone(),
        };
        let told = told.map(|amount| (amount.value(&values.value), amount));
        let Some((value, amount)) = told.filter(|(value, _)| value.is_finite()) else {
            market.silent += 1;
            continue;
        };
        let owner = owner(atlas, &site.site);
        let owner_country = owner.as_ref().map_or_else(|| site.country.clone(), |o| o.1.clone());
        let owner = owner.map(|(company, _)| company);
        market.sites.push(Site { country: site.country.clone(), owner, owner_country, amount, value });
    }
    market
}

/// The company at the top of the chain of parents of a site's company, and its country.
fn owner(atlas: &Atlas, site: &str) -> Option<(String, String)> {
    let companies = atlas.sheet("companies");
    let top = owners(atlas, site).pop()?;
    let country = companies.text(companies.find(&top)?, "country").to_owned();
    Some((top, country))
}

/// Output by some name, and the largest of them.
pub(super) struct Outputs<'m>(BTreeMap<&'m str, Vec<&'m Site>>);

impl Market {
    /// Name of the item.
    pub(super) fn name<'a>(&self, model: &Model<'a>) -> &'a str {
        model.network.name(self.item)
    }

    /// Whether the atlas's item is traded here.
    pub(super) fn trades(&self, model: &Model<'_>, item: &str) -> bool {
        market_of(model.atlas, item) == self.name(model)
    }

    /// Output of all sites; of shares one, or their sum where rounding takes it above.
    pub(super) fn total(&self) -> Quantity {
        Quantity::Figures(self.whole())
    }

    fn whole(&self) -> Expr {
        match self.basis {
            Basis::Share if self.sites.iter().map(|s| s.value).sum::<f64>() <= 1.0 => Expr::ONE,
            _ => expr(self.sites.iter()),
        }
    }

    /// A part of the output over all of it.
    pub(super) fn share(&self, part: Quantity) -> Quantity {
        part.over(self.total())
    }

    /// What is not in a country that the atlas tells apart, with what the published shares leave.
    pub(super) fn unnamed(&self) -> Quantity {
        let named = sum(self.sites.iter().filter(|s| place(&s.country) != Place::Unnamed));
        match self.basis {
            Basis::Output => sum(self.sites.iter().filter(|s| place(&s.country) == Place::Unnamed)),
            Basis::Share => self.total().less(named),
        }
    }

    /// Output of sites whose owner the atlas names; `None` if there are none.
    pub(super) fn owned(&self) -> Option<Quantity> {
        let mut sites = self.sites.iter().filter(|s| s.owner.is_some()).peekable();
        sites.peek()?;
        Some(sum(sites))
    }

    /// By the country in which a site stands.
    pub(super) fn by_country(&self) -> Outputs<'_> {
        self.by(|s| Some(&s.country).filter(|c| place(c) == Place::Country))
    }

    /// By the country of the owner.
    pub(super) fn by_owner_country(&self) -> Outputs<'_> {
        self.by(|s| Some(&s.owner_country).filter(|c| place(c) == Place::Country))
    }

    /// By owner.
    pub(super) fn by_owner(&self) -> Outputs<'_> {
        self.by(|s| s.owner.as_ref())
    }

    fn by<'m>(&'m self, name: impl Fn(&'m Site) -> Option<&'m String>) -> Outputs<'m> {
        let mut out: BTreeMap<&str, Vec<&Site>> = BTreeMap::new();
        for site in &self.sites {
            if let Some(name) = name(site) {
                out.entry(name).or_default().push(site);
            }
        }
        Outputs(out)
    }

    /// Σ s_c² w_c over named suppliers. What has no name counts in the whole and in no square.
    pub(super) fn squares(
        &self,
        outputs: &Outputs<'_>,
        weight: impl Fn(&str) -> Option<Quantity>,
    ) -> Quantity {
        let total = self.whole();
        let square = |name: &str| {
            // One expression, so that a range of an output has its full effect on the share.
            let share = expr(outputs.sites(name).iter().copied()).div(total.clone());
            let square = Quantity::Figures(Expr::Pow(share.into(), Expr::Number(2.0).into()));
            match weight(name) {
                Some(weight) => square.times(weight),
                None => square,
            }
        };
        Quantity::Sum(outputs.names().map(square).collect())
    }
}

impl Outputs<'_> {
    /// The names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().copied()
    }

    /// Output under a name.
    pub(super) fn of(&self, name: &str) -> Quantity {
        sum(self.sites(name).iter().copied())
    }

    /// Sites under a name.
    pub(super) fn sites(&self, name: &str) -> &[&Site] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Output under a name as a number.
    pub(super) fn value(&self, name: &str) -> f64 {
        self.sites(name).iter().map(|s| s.value).sum()
    }

    /// The name with the largest output, the first of equals; `None` if nobody makes anything.
    pub(super) fn largest(&self) -> Option<&str> {
        let largest = self.names().reduce(|a, b| if self.value(b) > self.value(a) { b } else { a });
        largest.filter(|name| self.value(name) > 0.0)
    }
}

/// Output of some sites.
pub(super) fn sum<'s>(sites: impl Iterator<Item = &'s Site>) -> Quantity {
    Quantity::Figures(expr(sites))
}

fn expr<'s>(sites: impl Iterator<Item = &'s Site>) -> Expr {
    Expr::sum(sites.map(|s| s.amount.clone()))
}

/// How many running sites there are, which follows from rows and no figure.
pub(super) fn count_of_sites(sites: usize) -> Option<Quantity> {
    let what = Message::new("given-sites").integer("sites", sites as i64);
    Some(Quantity::Given { value: sites as f64, what })
}
