//! The kill switch in time: when a line stops, what runs out first, how many robots are lost, when it is back.
//!
//! [`linchpin_kernel::Propagation`] holds the equations; the files here build its network from the markets behind one
//! product ([`web`]), let events act on it week by week ([`run`]), and tell what came of it. It is one behavioural
//! estimate: nobody is a planner who sees the whole.

mod cases;
mod cause;
mod event;
mod futures;
mod gain;
mod headlines;
mod outcome;
mod run;
mod stock;
mod stood_in;
mod switch;
mod tables;
mod times;
mod web;

use crate::atlas::FigureId;
use crate::book::{Book, BookError};
use crate::context::Cancelled;
use crate::explode::baseline;
use crate::model::{Model, Quantity, Simulated};
use crate::network::baseline::market_of;
use crate::stop::{Chain, Own, Selector, SelectorError};
pub use event::{Curve, Effect, EventRequest, Spreads, WEEKS};
pub(crate) use futures::in_short as risk_in_short;
pub use futures::{CLUSTER, Futures, RiskError, Source, Written, risk};
use linchpin_kernel::NetworkError;
use outcome::Outcome;
use run::{Manner, Record};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use stock::held_as;
pub(crate) use switch::{pull, table as switch_table};
pub use web::First;
use web::{Siting, Terms, Trade, Web};

/// What is asked of `disrupt`. In a file every part but the events may be left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// Alias or item id of the product; empty in a file that leaves it out.
    pub product: String,
    /// Robots a year.
    pub volume: f64,
    /// Year of the markets; the year of the atlas if `None`.
    pub year: Option<i64>,
    /// What happens.
    pub events: Vec<EventRequest>,
    /// Weeks that are run.
    pub horizon: u32,
    /// Robots a year from some weeks on, in between in a straight line; the volume if empty.
    pub path: Vec<(u32, f64)>,
    /// Suppliers that the maker says he has: item and selector.
    pub own: Vec<(String, String)>,
    /// Days of cover: who holds it (the maker if `None` or empty), of which item.
    pub cover: Vec<(Option<String>, String, f64)>,
    /// Weeks from shipment to receipt.
    pub transit: u16,
    /// Weeks over which a gap in stock is closed.
    pub adjustment: f64,
    /// Who is served first where there is not enough.
    pub first: First,
    /// Items of which the maker's side is served before everybody, by contract.
    pub contract: Vec<String>,
    /// How what there is is shared where it is not enough.
    pub sharing: Sharing,
    /// Whether nobody looks for another supplier.
    pub no_resourcing: bool,
    /// Whether what is of another design may stand in once it is qualified.
    pub substitutes: bool,
    /// Whether orders for robots that are not met wait.
    pub backlog: bool,
    /// What the maker can make above what he is asked for in a usual week, as a part of it.
    pub overtime: f64,
    /// Whether what is on the way when an event takes effect is lost.
    pub way_lost: bool,
    /// Whether the scenario is run by itself, without the runs that it is set beside.
    pub alone: bool,
}

impl Request {
    /// One product at one volume under some events, over two years.
    pub fn new(product: &str, volume: f64, events: Vec<EventRequest>) -> Request {
        Request {
            product: product.to_owned(),
            volume,
            year: None,
            events,
            horizon: 104,
            path: vec![],
            own: vec![],
            cover: vec![],
            transit: 1,
            adjustment: 4.0,
            first: First::Nobody,
            contract: vec![],
            sharing: Sharing::Need,
            no_resourcing: false,
            substitutes: false,
            backlog: false,
            overtime: 0.0,
            way_lost: false,
            alone: false,
        }
    }
}

impl Default for Request {
    fn default() -> Request {
        Request::new("", 1000.0, vec![])
    }
}

/// How what there is is shared among those who are served alike where it is not enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// By what everyone needs now for use; stocks are filled with what is left.
    Need,
    /// By orders: who has more stock to fill is given more.
    Orders,
    /// By what everyone took before the event.
    Usual,
}

/// Why a request cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum DisruptError {
    /// No event was given.
    #[error("nothing happens: no event was given")]
    NoEvent,
    /// A number of an event is outside of what is possible.
    #[error("{name} of {event} is {value}; it must lie between {low} and {high}")]
    Outside {
        /// The event.
        event: String,
        /// The number.
        name: &'static str,
        /// Its value.
        value: f64,
        /// The least.
        low: f64,
        /// The most.
        high: f64,
    },
    /// An event that lasts no week.
    #[error("{0} lasts no week")]
    NoTime(String),
    /// An event after the last week.
    #[error("{event} takes effect in week {week}, and the run ends before week {horizon}")]
    Late {
        /// The event.
        event: String,
        /// Its week.
        week: u32,
        /// Weeks of the run.
        horizon: u32,
    },
    /// A destination or a reach for what is no export rule.
    #[error("{0} is no export rule, and has no destination or reach")]
    NoBorder(String),
    /// An export rule from a country to itself.
    #[error("{0} ships from a country to itself, over no border")]
    Inland(String),
    /// An event that leaves everything as it is.
    #[error("{0} leaves everything as it is")]
    Nothing(String),
    /// A stock that is given twice.
    #[error("the cover of {0} is given twice")]
    Twice(String),
    /// An event follows one that is not there.
    #[error("an event follows {event}; there are {known}")]
    After {
        /// The one that is not there.
        event: String,
        /// Those that are.
        known: String,
    },
    /// An event that comes so often a year, and with a chance besides.
    #[error("{0} has both a chance and a rate a year")]
    BothChances(String),
    /// What an event leaves is drawn, and is granted by the week besides.
    #[error("what {0} leaves is drawn, and granted besides")]
    LeftAndGranted(String),
    /// Events that follow each other.
    #[error("events follow each other in a circle through {0}")]
    Circle(String),
    /// A selector is none.
    #[error(transparent)]
    Selector(#[from] SelectorError),
    /// A cover or a supply of an item that nobody holds or needs.
    #[error("{item} is not bought by {holder}; there are {known}")]
    Holder {
        /// The item.
        item: String,
        /// Who should hold it.
        holder: String,
        /// What is bought.
        known: String,
    },
    /// Own suppliers that make less than is needed.
    #[error("the suppliers named for {0} publish less output than the robots need")]
    OwnShort(String),
    /// Path of demand out of order.
    #[error("week {0} stands twice or after a later one in the path of demand")]
    Path(u32),
    /// Nothing is known of what the product is made of.
    #[error("nothing is known of what {0} is made of")]
    Unmade(String),
    /// Several of the above.
    #[error("{} faults", .0.len())]
    Several(Vec<DisruptError>),
    /// A network that does not hold together; a bug.
    #[error(transparent)]
    Network(NetworkError),
    /// The answer was not finished.
    #[error(transparent)]
    Book(#[from] BookError),
}

impl From<Cancelled> for DisruptError {
    fn from(cancelled: Cancelled) -> DisruptError {
        DisruptError::Book(cancelled.into())
    }
}

/// A holder other than the maker himself, who has no name in covers; in a file that is an empty text.
fn of_others(model: &Model<'_>, holder: &Option<String>) -> Option<String> {
    holder.clone().filter(|h| !h.is_empty() && *h != model.product.item)
}

/// The market behind the product in which an item is bought.
fn market(model: &Model<'_>, chain: &Chain, item: &str) -> Result<usize, DisruptError> {
    chain.find(market_of(model.atlas, item)).ok_or_else(|| {
        let known = known(item, chain.links.iter().map(|l| l.id.as_str()));
        DisruptError::Holder { item: item.to_owned(), holder: model.product.item.clone(), known }
    })
}

/// Markets of which the maker's side is served first.
fn contracts(model: &Model<'_>, chain: &Chain, items: &[String]) -> Result<Vec<usize>, DisruptError> {
    items.iter().map(|item| market(model, chain, item)).collect()
}

/// What the maker says of his supply: his suppliers, and where he is served first.
#[derive(Default)]
pub(crate) struct Supply {
    own: Vec<Own>,
    contracts: Vec<usize>,
}

/// A scenario run in full, and all that was run beside it.
struct Story<'s, 'a> {
    model: &'s Model<'a>,
    chain: &'s Chain,
    request: &'s Request,
    events: &'s [event::Event],
    supply: &'s Supply,
    covers: Covers,
    trade: Trade,
    web: Web,
    base: Record,
    run: Record,
    outcome: Outcome,
}

/// Answers a request.
pub fn disrupt(model: &Model<'_>, request: &Request) -> Result<Book, DisruptError> {
    let Setting { year, chain, events, supply, covers } = Setting::new(model, request)?;
    let mut book = Book::new(model, "disrupt", asked(model, request, year));
    crate::expose::label(model, &chain, &mut book);
    let story = Story::new(model, &chain, request, &events, &supply, covers)?;
    story.held(&request.cover)?;
    story.tell(&mut book)?;
    Ok(book)
}

/// What a request means on one model: the markets behind the product, what happens to them, what the maker says of his supply.
struct Setting {
    year: i64,
    chain: Chain,
    events: Vec<event::Event>,
    supply: Supply,
    covers: Covers,
}

/// Cover in weeks by holder (the maker if none) and item.
type Covers = BTreeMap<(Option<String>, String), f64>;

impl Setting {
    /// Of one run, in which something must happen.
    fn new(model: &Model<'_>, request: &Request) -> Result<Setting, DisruptError> {
        if request.events.is_empty() {
            return Err(DisruptError::NoEvent);
        }
        let markets = Setting::markets(model, request)?;
        Setting::on(model, request, markets)
    }

    /// The markets behind the product, and their year.
    fn markets(model: &Model<'_>, request: &Request) -> Result<(Chain, i64), DisruptError> {
        if !model.is_made() {
            return Err(DisruptError::Unmade(request.product.clone()));
        }
        let faults = settings(request);
        if !faults.is_empty() {
            return Err(one(faults));
        }
        let baseline = baseline(model, request.volume, request.year);
        Ok((Chain::new(model, &baseline, request.volume), baseline.year))
    }

    fn on(
        model: &Model<'_>,
        request: &Request,
        (chain, year): (Chain, i64),
    ) -> Result<Setting, DisruptError> {
        let mut faults = vec![];
        let events = event::events(model, &chain, &request.events, request.horizon).unwrap_or_else(|e| {
            faults.extend(e);
            vec![]
        });
        let own = own(model, &chain, &request.own).unwrap_or_else(|e| {
            faults.push(e);
            vec![]
        });
        let disordered = request.path.windows(2).filter(|w| w[1].0 <= w[0].0);
        faults.extend(disordered.map(|w| DisruptError::Path(w[1].0)));
        let contracts = contracts(model, &chain, &request.contract).unwrap_or_else(|e| {
            faults.push(e);
            vec![]
        });
        let mut covers = Covers::new();
        for (holder, item, days) in &request.cover {
            let held = held_as(model, &chain, item).to_owned();
            covers.insert((of_others(model, holder), held), days / times::WEEK);
        }
        if !faults.is_empty() {
            return Err(one(faults));
        }
        Ok(Setting { year, chain, events, supply: Supply { own, contracts }, covers })
    }
}

/// Settings that are outside of what is possible.
fn settings(request: &Request) -> Vec<DisruptError> {
    let mut all = vec![
        ("volume", request.volume, f64::MIN_POSITIVE, 1e12),
        ("horizon", f64::from(request.horizon), 1.0, event::LONGEST),
        ("transit", f64::from(request.transit), 1.0, 52.0),
        ("adjustment", request.adjustment, 0.5, 1e4),
        ("overtime", request.overtime, 0.0, 1.0),
    ];
    all.extend(request.path.iter().map(|p| ("path", p.1, 0.0, 1e12)));
    all.extend(request.cover.iter().map(|c| ("cover", c.2, 0.0, 1e5)));
    let outside = all.into_iter().filter(|(_, value, low, high)| !(low..=high).contains(&value));
    let fault = |(name, value, low, high)| DisruptError::Outside {
        event: "disrupt".to_owned(),
        name,
        value,
        low,
        high,
    };
    let mut faults: Vec<DisruptError> = outside.map(fault).collect();
    let mut seen = BTreeSet::new();
    let twice = request.cover.iter().filter(|(holder, item, _)| !seen.insert((holder, item)));
    faults.extend(twice.map(|(holder, item, _)| {
        DisruptError::Twice(holder.iter().map(|h| format!("{h}:")).collect::<String>() + item)
    }));
    faults
}

/// Names that might have been meant, the likeliest first, and how many there are besides.
fn known<'k>(typed: &str, names: impl Iterator<Item = &'k str>) -> String {
    const TOLD: usize = 8;
    let mut names = crate::slips::nearest(typed, names);
    let more = names.len().saturating_sub(TOLD);
    names.truncate(TOLD);
    let rest = if more > 0 { format!(", … (+{more})") } else { String::new() };
    names.join(", ") + &rest
}

fn one(mut faults: Vec<DisruptError>) -> DisruptError {
    match faults.len() {
        1 => faults.remove(0),
        _ => DisruptError::Several(faults),
    }
}

fn asked(model: &Model<'_>, request: &Request, year: i64) -> BTreeMap<String, String> {
    let mut asked = BTreeMap::new();
    let mut put = |key: &str, value: String| asked.insert(key.to_owned(), value);
    put("product", model.product.item.clone());
    put("volume", request.volume.to_string());
    put("year", year.to_string());
    put("horizon", request.horizon.to_string());
    put("transit", request.transit.to_string());
    put("adjustment", request.adjustment.to_string());
    put("events", text(&request.events));
    put("first", text(&request.first));
    put("sharing", text(&request.sharing));
    if !request.contract.is_empty() {
        put("contract", request.contract.join(", "));
    }
    put("overtime", request.overtime.to_string());
    for (item, from) in &request.own {
        put(&format!("own {item}"), from.clone());
    }
    for (holder, item, days) in &request.cover {
        let holder = holder.as_ref().map_or(String::new(), |h| format!("{h}:"));
        put(&format!("cover {holder}{item}"), days.to_string());
    }
    if !request.path.is_empty() {
        put("path", text(&request.path));
    }
    let switches = [
        ("no_resourcing", request.no_resourcing),
        ("substitutes", request.substitutes),
        ("backlog", request.backlog),
        ("way_lost", request.way_lost),
        ("alone", request.alone),
    ];
    switches.into_iter().filter(|s| s.1).for_each(|s| {
        put(s.0, "yes".to_owned());
    });
    asked
}

/// A part of a request as it is written in a file.
fn text(value: &impl Serialize) -> String {
    // A request is made of plain data, which can always be written.
    serde_json::to_string(value).unwrap_or_default()
}

fn own(model: &Model<'_>, chain: &Chain, asked: &[(String, String)]) -> Result<Vec<Own>, DisruptError> {
    let mut own = vec![];
    for (item, from) in asked {
        let link = &chain.links[market(model, chain, item)?];
        let from = Selector::parse(model.atlas, from)?;
        if !link.plants.iter().any(|p| from.hits(p, link)) {
            return Err(SelectorError::Nothing(from.text).into());
        }
        own.push(Own { market: link.id.clone(), from });
    }
    Ok(own)
}

impl<'s, 'a> Story<'s, 'a> {
    fn new(
        model: &'s Model<'a>,
        chain: &'s Chain,
        request: &'s Request,
        events: &'s [event::Event],
        supply: &'s Supply,
        covers: Covers,
    ) -> Result<Story<'s, 'a>, DisruptError> {
        let terms = terms(request, supply, &covers, Siting::Likely);
        let trade = Trade::new(model, chain, request.transit);
        let web = Web::new(model, chain, events, &terms, &trade)?;
        let (base, run, outcome) = pair(model, request, events, &web)?;
        Ok(Story { model, chain, request, events, supply, covers, trade, web, base, run, outcome })
    }

    /// The outcome under changed terms.
    fn again(
        &self,
        covers: &Covers,
        siting: Siting,
        request: &Request,
        events: &[event::Event],
    ) -> Result<Outcome, DisruptError> {
        let web = Web::new(
            self.model,
            self.chain,
            events,
            &terms(request, self.supply, covers, siting),
            &self.trade,
        )?;
        Ok(pair(self.model, request, events, &web)?.2)
    }

    /// Whether somebody holds every stock that is given.
    fn held(&self, covers: &[(Option<String>, String, f64)]) -> Result<(), DisruptError> {
        let mut faults = vec![];
        for (holder, item, _) in covers {
            let held = held_as(self.model, self.chain, item);
            let name = of_others(self.model, holder).unwrap_or_else(|| self.model.product.item.clone());
            let of = |s: &&web::Slot| {
                let site = &self.web.sites[s.site];
                site.id == name || site.key() == name
            };
            if !self.web.slots.iter().filter(of).any(|s| s.input == held) {
                let (typed, names): (&str, BTreeSet<&str>) = match self.web.slots.iter().any(|s| of(&s)) {
                    true => (item, self.web.slots.iter().filter(of).map(|s| s.input.as_str()).collect()),
                    false => {
                        let makers = [web::Kind::Maker, web::Kind::Supplier];
                        let sites = self.web.sites.iter().filter(|s| makers.contains(&s.kind));
                        (&name, sites.map(|s| s.id.as_str()).collect())
                    }
                };
                let known = known(typed, names.into_iter());
                faults.push(DisruptError::Holder { item: item.clone(), holder: name, known });
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(one(faults)) }
    }
}

/// A number that came out of runs, with the figures that they rest on.
fn number(value: f64, inputs: &Rc<Vec<FigureId>>) -> Quantity {
    Quantity::Simulated(Rc::new(Simulated { value, inputs: inputs.clone() }))
}

fn terms<'t>(request: &Request, supply: &'t Supply, covers: &'t Covers, siting: Siting) -> Terms<'t> {
    let most = request.path.iter().map(|p| p.1 / request.volume).fold(1.0, f64::max);
    Terms {
        own: &supply.own,
        contracts: &supply.contracts,
        covers,
        transit: request.transit,
        first: request.first,
        growth: most * (1.0 + request.overtime),
        siting,
        substitutes: request.substitutes,
        more: None,
    }
}

/// How everybody behaves in a run.
fn manner(request: &Request) -> Manner {
    Manner {
        horizon: request.horizon,
        adjustment: request.adjustment,
        resourcing: !request.no_resourcing,
        sharing: request.sharing,
        backlog: request.backlog,
        way_lost: request.way_lost,
    }
}

/// The run without events and with them.
fn pair(
    model: &Model<'_>,
    request: &Request,
    events: &[event::Event],
    web: &Web,
) -> Result<(Record, Record, Outcome), DisruptError> {
    let demand = |week: u32| run::path(&request.path, request.volume, week);
    let base = undisturbed(model, request, web)?;
    let run = run::run(web, events, manner(request), &demand, &model.context)?;
    let courses: Vec<event::Course> = events.iter().map(|e| e.course.clone()).collect();
    let outcome = Outcome::new(web, &base, &run, clock(web, &courses));
    Ok((base, run, outcome))
}

/// The run without events.
fn undisturbed(model: &Model<'_>, request: &Request, web: &Web) -> Result<Record, DisruptError> {
    if is_still(request, web) {
        return Ok(Record::still(web, request.horizon));
    }
    let demand = |week: u32| run::path(&request.path, request.volume, week);
    Ok(run::run(web, &[], manner(request), &demand, &model.context)?)
}

/// Whether a run without events stays in the equilibrium in which everything starts.
fn is_still(request: &Request, web: &Web) -> bool {
    request.path.is_empty() && web.rate == web.wanted
}

/// What is delivered without events, week by week.
fn expected(model: &Model<'_>, request: &Request, web: &Web) -> Result<Vec<f64>, DisruptError> {
    match is_still(request, web) {
        true => Ok(vec![web.rate; request.horizon as usize]),
        false => Ok(undisturbed(model, request, web)?.delivered),
    }
}

/// The week from which survival counts: that of the first event that reaches anything behind the robot.
fn clock(web: &Web, courses: &[event::Course]) -> u32 {
    let felt = courses.iter().enumerate().filter(|(at, _)| web.feels(*at)).map(|(_, c)| c.start).min();
    felt.or_else(|| courses.iter().map(|c| c.start).min()).unwrap_or(0)
}
