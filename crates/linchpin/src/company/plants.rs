//! The plants of a company and what each counts as. Planned is not supply.

use super::Page;
use crate::atlas::{Atlas, Expr, FigureId, Row, Sheet};
use crate::book::Draft;
use crate::explode::{stage_rank, yearly};
use crate::model::Model;
use crate::network::Baseline;
use crate::network::baseline::is_running;
use crate::stop::owners;
use linchpin_table::{Message, Unit};
use std::collections::BTreeMap;

/// What a plant makes of its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It runs, or is on its way up: it puts something into the market.
    Producer,
    /// It is being built or planned: it puts nothing into the market.
    Developer,
    /// A deposit is being explored: nothing says that it will ever put something into the market.
    Explorer,
    /// It stands still.
    Idle,
}

impl Role {
    /// What a status makes of the owner.
    pub fn of(status: &str) -> Role {
        match status {
            status if is_running(status) => Role::Producer,
            "idle" => Role::Idle,
            "exploring" => Role::Explorer,
            _ => Role::Developer,
        }
    }

    /// Whether it puts something into the market, now or by a plan.
    pub(super) fn may_supply(self) -> bool {
        matches!(self, Role::Producer | Role::Developer)
    }

    fn word(self) -> &'static str {
        match self {
            Role::Producer => "company-role-producer",
            Role::Developer => "company-role-developer",
            Role::Explorer => "company-role-explorer",
            Role::Idle => "company-role-idle",
        }
    }
}

/// A plant, running or not.
pub(super) struct Site<'a> {
    pub(super) id: &'a str,
    pub(super) country: &'a str,
    pub(super) item: &'a str,
    pub(super) node: u32,
    pub(super) status: &'a str,
    pub(super) role: Role,
    /// Output a year, of a running plant that publishes it.
    pub(super) output: Option<Expr>,
    /// Capacity a year, of a running plant that publishes it.
    pub(super) capacity: Option<Expr>,
}

/// Figures by plant and the year that they are of, the earliest first.
pub(super) type Series<'a> = BTreeMap<&'a str, Vec<(i64, FigureId)>>;

/// The known figures of a table of plants and periods.
pub(super) fn series<'a>(model: &Model<'a>, table: &str, keep: impl Fn(&Sheet, &Row) -> bool) -> Series<'a> {
    let sheet = model.atlas.sheet(table);
    let mut series = Series::new();
    for row in sheet.rows.iter().filter(|r| keep(sheet, r)) {
        let period = sheet.get(row, "period").and_then(|p| p.parse().ok());
        let figure = row.figure.filter(|f| model.values.get(*f).is_some());
        if let (Some(period), Some(figure)) = (period, figure) {
            series.entry(sheet.text(row, "site")).or_default().push((period, figure));
        }
    }
    series.values_mut().for_each(|list| list.sort_unstable());
    series
}

/// Whether a plant belongs to a company, directly or through what it owns.
pub(super) fn belongs(atlas: &Atlas, site: &str, company: &str) -> bool {
    owners(atlas, site).iter().any(|o| o == company)
}

/// The plants of a company and of what it owns, from the ground to the robot.
pub(super) fn of_company<'a>(model: &Model<'a>, baseline: &Baseline, company: &str) -> Vec<Site<'a>> {
    let sheet = model.atlas.sheet("sites");
    let site = |row: &'a Row| {
        let (item, status) = (sheet.text(row, "item"), sheet.text(row, "status"));
        let node = model.network.item(item)?;
        let flow = baseline.pools.get(&node).and_then(|p| p.sites.iter().find(|s| s.site == row.key));
        Some(Site {
            id: &row.key,
            country: sheet.text(row, "country"),
            item,
            node,
            status,
            role: Role::of(status),
            output: flow.and_then(|s| s.output_expr.clone()),
            capacity: flow.and_then(|s| s.capacity_expr.clone()),
        })
    };
    let own = sheet.rows.iter().filter(|r| belongs(model.atlas, &r.key, company));
    let mut sites: Vec<Site<'a>> = own.filter_map(site).collect();
    sites.sort_by_key(|s| (stage_rank(model, s.node), s.item, s.role, s.id));
    sites
}

/// Every plant, and what it counts as.
pub(super) fn table<'m, 'a>(page: &Page<'m, 'a>) -> Draft<'m, 'a> {
    let plants = &page.plants;
    let column =
        |of: &dyn Fn(&Site<'a>) -> &'a str| plants.iter().map(|p| of(p).to_owned()).collect::<Vec<_>>();
    let stage = |p: &Site<'a>| page.model.item_text(p.node, "stage").map(|s| format!("stage-{s}"));
    let title = Message::new("table-company-plants");
    Draft::titled(page.model, "plants", title, column(&|p| p.id))
        .names("plant", column(&|p| p.id))
        .header(Message::new("col-company-plant"))
        .names("country", column(&|p| p.country))
        .names("item", column(&|p| p.item))
        .words("stage", plants.iter().map(stage).collect())
        .words("status", plants.iter().map(|p| Some(format!("company-status-{}", p.status))).collect())
        .header(Message::new("col-company-status"))
        .words("counts_as", plants.iter().map(|p| Some(p.role.word().to_owned())).collect())
        .header(Message::new("col-company-counts-as"))
        .note(Message::new("note-company-plants"))
}

/// Unit in which what a plant makes is counted by the year.
pub(super) fn unit(page: &Page<'_, '_>, site: &Site<'_>) -> Unit {
    yearly(page.model, site.node)
}
