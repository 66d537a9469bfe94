//! What happens in a trial: when events take effect and how they go, and which sites fail by themselves.

use super::super::event::{Course, Event, EventRequest};
use super::super::run::{Failure, Future};
use super::super::times::{self, Measure, WEEK};
use super::super::web::{Kind, Site, WEEKS_PER_YEAR, Web};
use crate::atlas::FigureId;
use crate::model::Model;
use crate::stop::Chain;
use crate::trials::Spread;
use linchpin_kernel::Stream;
use std::collections::BTreeMap;

/// An event with the streams of what is uncertain about it. Each number has its own, so that making one of them certain changes no
/// other.
struct OfEvent {
    request: EventRequest,
    /// The event that it follows.
    after: Option<usize>,
    /// How it goes as asked.
    course: Course,
    /// How many events before it have its name.
    number: usize,
    happens: Stream,
    week: Stream,
    weeks: Stream,
    left: Stream,
    recovery: Stream,
    destroyed: Stream,
}

/// Draws courses of events, which are the same whatever the markets are.
pub(super) struct Courses {
    events: Vec<OfEvent>,
    /// Events, each after the one that it follows.
    order: Vec<usize>,
    horizon: u32,
}

impl Courses {
    pub(super) fn new(events: &[Event], horizon: u32, seed: u64) -> Courses {
        let of = |(at, e): (usize, &Event)| {
            let name = e.request.name();
            // Events of one name have streams of their own.
            let number = events[..at].iter().filter(|before| before.request.name() == name).count();
            let of = |what: &str| Stream::new(seed, &format!("event/{name}/{number}/{what}"));
            OfEvent {
                request: e.request.clone(),
                after: e.after,
                course: e.course.clone(),
                number,
                happens: of("happens"),
                week: of("week"),
                weeks: of("weeks"),
                left: of("left"),
                recovery: of("recovery"),
                destroyed: of("destroyed"),
            }
        };
        let depth = |mut at: usize| {
            let mut depth = 0;
            while let Some(before) = events[at].after {
                (at, depth) = (before, depth + 1);
            }
            depth
        };
        let mut order: Vec<usize> = (0..events.len()).collect();
        order.sort_by_key(|at| depth(*at));
        Courses { events: events.iter().enumerate().map(of).collect(), order, horizon }
    }

    /// How each event goes in a trial. One that follows another comes so long after that one took effect, and not at all if that one
    /// does not happen: causes that hang together.
    pub(super) fn draw(&self, trial: u64) -> Vec<Course> {
        let mut courses: Vec<Course> = self.events.iter().map(|e| e.course.clone()).collect();
        for &at in &self.order {
            let event = &self.events[at];
            let request = &event.request;
            let drawn = |spread: &Option<Spread>, stream: &Stream, usual: f64| {
                spread.as_ref().map_or(usual, |s| s.quantile(stream.uniform(trial, 0)))
            };
            let whole = |value: f64| value.round().clamp(0.0, f64::from(u32::MAX / 4)) as u32;
            let spread = &request.spread;
            let first = match event.after {
                None => 0,
                Some(before) => courses[before].start,
            };
            let happens = event.happens.uniform(trial, 0);
            let start = match (request.a_year, request.chance) {
                _ if first == Course::NEVER => None,
                // A Poisson process: the wait for its first event is exponential.
                (Some(rate), _) => Some(-(-happens).ln_1p() / rate * WEEKS_PER_YEAR)
                    .filter(|wait| *wait < f64::from(self.horizon))
                    .map(|wait| wait as u32),
                (None, Some(chance)) => (happens < chance).then_some(0),
                (None, None) => Some(0),
            };
            let course = &mut courses[at];
            let week = whole(drawn(&spread.week, &event.week, f64::from(request.week)));
            course.start = start.map_or(Course::NEVER, |wait| {
                let start = first.saturating_add(wait).saturating_add(week);
                if start < self.horizon { start } else { Course::NEVER }
            });
            course.weeks = whole(drawn(&spread.weeks, &event.weeks, f64::from(course.weeks)).max(1.0));
            course.left = drawn(&spread.left, &event.left, course.left);
            course.recovery = whole(drawn(&spread.recovery, &event.recovery, f64::from(course.recovery)));
            course.destroyed = drawn(&spread.destroyed, &event.destroyed, course.destroyed);
        }
        courses
    }

    /// Events of which it is drawn whether they happen.
    pub(super) fn uncertain(&self) -> impl Iterator<Item = usize> {
        let is = |e: &OfEvent| e.request.chance.is_some() || e.request.a_year.is_some();
        self.events.iter().enumerate().filter(move |(_, e)| is(e)).map(|(at, _)| at)
    }

    /// What an event is called: as its user named it, with a number if it is not the first of that name.
    pub(super) fn name(&self, at: usize) -> String {
        let event = &self.events[at];
        match event.number {
            0 => event.request.name(),
            before => format!("{} #{}", event.request.name(), before + 1),
        }
    }

    /// Numbers of the events that are drawn: the event, and what it is.
    pub(super) fn inputs(&self) -> Vec<(usize, &'static str)> {
        let mut inputs = vec![];
        for (at, event) in self.events.iter().enumerate() {
            let (r, s) = (&event.request, &event.request.spread);
            let drawn = [
                ("input-happens", r.chance.is_some() || r.a_year.is_some()),
                ("input-week", s.week.is_some()),
                ("input-weeks", s.weeks.is_some()),
                ("input-left", s.left.is_some()),
                ("input-recovery", s.recovery.is_some()),
                ("input-destroyed", s.destroyed.is_some()),
            ];
            inputs.extend(drawn.into_iter().filter(|(_, is)| *is).map(|(what, _)| (at, what)));
        }
        inputs
    }
}

/// The value of a drawn number of an event, as it weighs on the run.
pub(super) fn input(course: &Course, what: &str, horizon: u32) -> f64 {
    match what {
        "input-happens" => f64::from(course.start.min(horizon)),
        "input-week" => f64::from(course.start.min(horizon)),
        "input-weeks" => f64::from(course.weeks),
        "input-left" => course.left,
        "input-recovery" => f64::from(course.recovery),
        _ => course.destroyed,
    }
}

/// What is known of failures whatever is drawn: which figures rate them, and their streams.
pub(super) struct Hazards {
    seed: u64,
    /// By position in the web of the atlas as it stands.
    sites: Vec<(Place, OfPlace)>,
    /// Change of the logarithm of a rate by a unit of political stability, and the stability where the rate was counted.
    slope: Option<FigureId>,
    counted_at: Option<FigureId>,
    shock_rate: Option<FigureId>,
    shock_part: Option<FigureId>,
    shock_weeks: Option<FigureId>,
}

/// What a site is, whatever it makes of it in a draw.
#[derive(PartialEq)]
struct Place {
    kind: Kind,
    id: String,
    country: String,
}

#[derive(Clone)]
struct OfPlace {
    rate: Option<FigureId>,
    lasts: Option<FigureId>,
    /// Whether it is the rest of a country: many plants, of which no failure of one is seen, and a shock stops a part.
    many: bool,
    stability: f64,
    stream: Stream,
    hit: Stream,
    shock: Stream,
}

/// How sites fail by themselves, in one draw of the atlas's figures.
#[derive(Default)]
pub(super) struct Failures {
    sites: Vec<OfSite>,
    /// Countries in which many plants may stop at once.
    shocks: Vec<Stream>,
    /// Shocks of a country a week, and how long one lasts.
    shock: Option<(f64, Spread)>,
    /// Part of the plants of a country that a shock stops.
    part: f64,
    horizon: u32,
}

struct OfSite {
    site: usize,
    /// Failures a week.
    rate: f64,
    /// Weeks that one lasts.
    lasts: Spread,
    stream: Stream,
    hit: Stream,
    /// Its country among those of the shocks.
    shock: usize,
    many: bool,
}

/// Failures of one site, or shocks of one country, that are drawn at most: more do not fit into the longest run.
const MOST: u32 = 64;

impl Hazards {
    /// Of the sites of a web.
    pub(super) fn new(model: &Model<'_>, chain: &Chain, web: &Web, seed: u64) -> Hazards {
        let mut hazards = Hazards {
            seed,
            sites: vec![],
            slope: parameter(model, "outage_stability"),
            counted_at: parameter(model, "outage_stability_base"),
            shock_rate: parameter(model, "shock_rate"),
            shock_part: parameter(model, "shock_part"),
            shock_weeks: parameter(model, "shock_weeks"),
        };
        hazards.sites =
            web.sites.iter().map(|site| (Place::of(site), hazards.place(model, chain, site))).collect();
        hazards
    }

    fn place(&self, model: &Model<'_>, chain: &Chain, site: &Site) -> OfPlace {
        let stage = match (site.kind, site.link) {
            (Kind::Maker, _) => "assembly",
            (_, Some(k)) => chain.links[k].stage,
            _ => "component",
        };
        let item = site.link.map_or(site.id.as_str(), |k| chain.links[k].id.as_str());
        let of = |what: &str| Stream::new(self.seed, &format!("{what}/{}/{}", site.country, site.key()));
        OfPlace {
            rate: parameter(model, &format!("outage_rate_{stage}"))
                .or_else(|| parameter(model, "outage_rate")),
            lasts: times::figure(model, stage, item, Measure::Recovery),
            many: is_many(chain, site),
            stability: stability(model, &site.country),
            stream: of("failure"),
            hit: of("shock-hit"),
            shock: Stream::new(self.seed, &format!("shock/{}", site.country)),
        }
    }

    /// Rates and durations as the figures of a draw have them. Only who makes something fails.
    pub(super) fn drawn(&self, model: &Model<'_>, chain: &Chain, web: &Web, horizon: u32) -> Failures {
        let value = |figure: Option<FigureId>| figure.and_then(|f| model.values.get(f)).unwrap_or(0.0);
        let lasting = |figure: Option<FigureId>| lasting(model, figure?);
        let (slope, counted_at) = (value(self.slope), value(self.counted_at));
        let rate = value(self.shock_rate) / WEEKS_PER_YEAR;
        let shock = lasting(self.shock_weeks).filter(|_| rate > 0.0).map(|weeks| (rate, weeks));
        let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
        let mut all = Failures { shock, part: value(self.shock_part), horizon, ..Failures::default() };
        for (at, site) in web.sites.iter().enumerate() {
            if matches!(site.kind, Kind::Users | Kind::Substitute) {
                continue;
            }
            // A draw may have other sites than the atlas as it stands; mostly it has the same.
            let known = self.sites.get(at).filter(|(place, _)| place.is(site)).map(|(_, of)| of.clone());
            let of = known.unwrap_or_else(|| self.place(model, chain, site));
            let Some(lasts) = lasting(of.lasts) else { continue };
            let rate = value(of.rate) / WEEKS_PER_YEAR * (slope * (of.stability - counted_at)).exp();
            let rate = if of.many { 0.0 } else { rate };
            let shock = *countries.entry(&site.country).or_insert_with(|| {
                all.shocks.push(of.shock);
                all.shocks.len() - 1
            });
            all.sites.push(OfSite {
                site: at,
                rate,
                lasts,
                stream: of.stream,
                hit: of.hit,
                shock,
                many: of.many,
            });
        }
        all
    }
}

impl Place {
    fn of(site: &Site) -> Place {
        Place { kind: site.kind, id: site.id.clone(), country: site.country.clone() }
    }

    fn is(&self, site: &Site) -> bool {
        self.kind == site.kind && self.id == site.id && self.country == site.country
    }
}

/// Whether all plants that a site stands for are the rest of a country, which no company of the atlas owns.
fn is_many(chain: &Chain, site: &Site) -> bool {
    let Some(k) = site.link.filter(|_| !site.plants.is_empty()) else { return false };
    site.plants.iter().all(|i| chain.links[k].plants[*i].owners.is_empty())
}

fn parameter(model: &Model<'_>, id: &str) -> Option<FigureId> {
    model.atlas.figures.find(&format!("parameters/{id}"))
}

impl Failures {
    /// Failures of a trial, by site and week.
    pub(super) fn draw(&self, trial: u64) -> Vec<Failure> {
        let horizon = f64::from(self.horizon);
        let renewals = |rate: f64, lasts: &Spread, stream: &Stream, found: &mut dyn FnMut(u32, u32, u32)| {
            let mut from = 0.0;
            for number in 0..if rate > 0.0 { MOST } else { 0 } {
                // The wait for the next failure is exponential, and begins when the last is over.
                let [wait, length] = stream.pair(trial, number);
                from += -(-wait).ln_1p() / rate;
                if from >= horizon {
                    return;
                }
                let until = from + lasts.quantile(length).max(1.0);
                found(number, from as u32, until.ceil().min(f64::from(u32::MAX)) as u32);
                from = until;
            }
        };
        let mut shocks: Vec<Vec<(u32, u32, u32)>> = vec![vec![]; self.shocks.len()];
        if let Some((rate, weeks)) = &self.shock {
            for (stream, found) in self.shocks.iter().zip(&mut shocks) {
                renewals(*rate, weeks, stream, &mut |n, from, until| found.push((n, from, until)));
            }
        }
        let mut failures = vec![];
        for of in &self.sites {
            let site = of.site;
            renewals(of.rate, &of.lasts, &of.stream, &mut |_, from, until| {
                failures.push(Failure { site, from, until, left: 0.0 });
            });
            for &(number, from, until) in &shocks[of.shock] {
                if of.many {
                    failures.push(Failure { site, from, until, left: 1.0 - self.part });
                } else if of.hit.uniform(trial, number) < self.part {
                    failures.push(Failure { site, from, until, left: 0.0 });
                }
            }
        }
        failures
    }

    /// A trial: its events, and what fails.
    pub(super) fn future(&self, courses: &Courses, trial: u64) -> Future {
        Future { courses: courses.draw(trial), failures: self.draw(trial) }
    }
}

/// How long something lasts that a figure with ends tells, in weeks: lognormal with a twentieth beyond each end; what is known by
/// one number alone is exponential with that mean.
fn lasting(model: &Model<'_>, id: FigureId) -> Option<Spread> {
    let figure = model.atlas.figures.get(id);
    let weeks = |days: f64| days / WEEK;
    match (figure.low.filter(|l| *l > 0.0), figure.high) {
        (Some(low), Some(high)) if low < high => Spread::between(weeks(low), weeks(high)).ok(),
        _ => Spread::exponential(weeks(model.values.get(id).or(figure.high)?)).ok(),
    }
}

/// Political stability of a country (World Bank, about −2.5 to 2.5), the latest that is published; zero, the mean of all countries,
/// where none is.
fn stability(model: &Model<'_>, country: &str) -> f64 {
    let sheet = model.atlas.sheet("governance");
    let of = |row: &&crate::atlas::Row| {
        sheet.text(row, "country") == country && sheet.text(row, "measure") == "political_stability"
    };
    let rows = sheet.rows.iter().filter(of);
    rows.rev().find_map(|row| model.values.get(row.figure?)).unwrap_or(0.0)
}
