//! A run of the network, week by week, of one course of events or of several side by side, and what is kept of one.

use super::Sharing;
use super::event::{Course, Effect, Event};
use super::web::{Kind, Web};
use crate::context::{Cancelled, Context};
use linchpin_kernel::{Correction, Network, Policy, Propagation, Rationing, Real, Signal, Trials};

/// How everybody behaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Manner {
    /// Weeks that are run.
    pub(super) horizon: u32,
    /// Weeks over which a gap in stock is closed.
    pub(super) adjustment: f64,
    pub(super) resourcing: bool,
    pub(super) sharing: Sharing,
    pub(super) backlog: bool,
    /// Whether what is on the way at the event is lost.
    pub(super) way_lost: bool,
}

impl Manner {
    /// The same as the equations have it.
    pub(super) fn policy<F: Real>(self) -> Policy<F> {
        Policy {
            signal: Signal::Asked,
            correction: Correction::Slot,
            adjustment: F::of(self.adjustment),
            resourcing: self.resourcing,
            rationing: match self.sharing {
                Sharing::Need => Rationing::ByNeed,
                Sharing::Orders => Rationing::ProRata,
                Sharing::Usual => Rationing::WaterFilling,
            },
            backlog: self.backlog,
        }
    }
}

/// What is kept of a run: a row a week.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Record {
    /// Robots asked for, made and delivered.
    pub(super) wanted: Vec<f64>,
    pub(super) made: Vec<f64>,
    pub(super) delivered: Vec<f64>,
    /// Stock of each slot in weeks of equilibrium use, after receipt, and what arrived, by week and slot.
    pub(super) stock: Vec<Vec<f32>>,
    pub(super) arrived: Vec<Vec<f32>>,
    /// Runs of each site as a part of those in equilibrium, by week.
    pub(super) runs: Vec<Vec<f32>>,
    /// What each lane was short by since the beginning, in weeks of its slot's need, by week.
    pub(super) short: Vec<Vec<f32>>,
    /// Robots that wait at the end.
    pub(super) waiting: f64,
}

impl Record {
    /// A run in which nothing happens: what outcomes are set against, not the stocks.
    pub(super) fn still(web: &Web, weeks: u32) -> Record {
        let weekly = vec![web.rate; weeks as usize];
        Record {
            wanted: weekly.clone(),
            made: weekly.clone(),
            delivered: weekly,
            runs: vec![vec![1.0; web.sites.len()]; weeks as usize],
            ..Record::default()
        }
    }
}

/// Robots asked for in a week, as a part of those of the volume.
pub(super) fn path(points: &[(u32, f64)], volume: f64, week: u32) -> f64 {
    let after = points.iter().position(|p| p.0 > week);
    let value = match after {
        Some(0) => {
            let (at, to) = points[0];
            volume + (to - volume) * f64::from(week) / f64::from(at.max(1))
        }
        Some(i) => {
            let ((a, x), (b, y)) = (points[i - 1], points[i]);
            x + (y - x) * f64::from(week - a) / f64::from(b - a)
        }
        None => points.last().map_or(volume, |p| p.1),
    };
    value / volume
}

/// What happens in one run beside the path of demand: how each event goes, and which sites fail by themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Future {
    /// One an event.
    pub(super) courses: Vec<Course>,
    /// In any order.
    pub(super) failures: Vec<Failure>,
}

/// A site that makes less from a week until before another, and the part of its capacity that it has left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Failure {
    pub(super) site: usize,
    pub(super) from: u32,
    pub(super) until: u32,
    pub(super) left: f64,
}

impl Future {
    /// Events as asked, and nothing else.
    pub(super) fn as_asked(events: &[Event]) -> Future {
        Future { courses: events.iter().map(|e| e.course.clone()).collect(), failures: vec![] }
    }

    /// Part of its capacity that a site has by itself in a week.
    pub(super) fn left(&self, site: usize, week: u32) -> f64 {
        let now = self.failures.iter().filter(|f| f.site == site && (f.from..f.until).contains(&week));
        now.map(|f| f.left).fold(1.0, f64::min)
    }
}

/// Somebody who looks at a run each week.
pub(super) trait Watch<V: Trials> {
    /// Before the week's step: what was shipped in the last is on its way.
    fn before(&mut self, run: &Propagation<'_, V>);

    /// After it, with the robots asked for.
    fn after(&mut self, week: u32, wanted: f64, run: &Propagation<'_, V>);
}

/// Part of what a lane gives in equilibrium that still counts as all of it: a lane that is limited to it gives no more than usual.
fn usual<F: Real>() -> F {
    F::of(1.0 - f64::max(1e-9, 16.0 * F::epsilon().as_f64()))
}

/// Part below which a lane gives too little.
fn lacking<F: Real>() -> F {
    F::of(1.0 - f64::max(1e-6, 1024.0 * F::epsilon().as_f64()))
}

/// Runs the network of a web under one event list; without events nothing happens to it but the path of demand.
pub(super) fn run(
    web: &Web,
    events: &[Event],
    manner: Manner,
    demand: &dyn Fn(u32) -> f64,
    context: &Context,
) -> Result<Record, Cancelled> {
    let mut keeper = Keeper::new(web);
    weeks::<f64>(
        (),
        web,
        &web.network,
        events,
        &[Future::as_asked(events)],
        manner,
        demand,
        &mut keeper,
        context,
    )?;
    Ok(keeper.record)
}

/// Runs the network week by week, a future a trial; as many trials as there are futures count, and the rest repeat the last.
/// `network` is the web's in numbers of the wanted kind.
#[allow(clippy::too_many_arguments)]
pub(super) fn weeks<V: Trials>(
    token: V::Token,
    web: &Web,
    network: &Network<V::Scalar>,
    events: &[Event],
    futures: &[Future],
    manner: Manner,
    demand: &dyn Fn(u32) -> f64,
    watch: &mut dyn Watch<V>,
    context: &Context,
) -> Result<(), Cancelled> {
    let mut run = Propagation::<V>::in_trials(token, network, manner.policy());
    let mut hand = Hand::new(token, web, network, events, futures, manner);
    for week in 0..manner.horizon {
        if week % 16 == 0 {
            context.step("weeks", week as usize)?;
        }
        hand.happen(week, &mut run);
        hand.close(week, &mut run);
        hand.stop(week, &mut run);
        let wanted = demand(week) * web.wanted;
        run.set_demand(0, V::splat(token, V::Scalar::of(wanted)));
        hand.ask(&mut run);
        hand.plan(week, demand(week + 1), &mut run);
        watch.before(&run);
        run.step();
        // Only robots wait.
        web.users.iter().for_each(|(_, pool)| run.forget(*pool));
        watch.after(week, wanted, &run);
    }
    Ok(())
}

/// What events and failures do to a run from outside.
struct Hand<'h, V: Trials> {
    token: V::Token,
    web: &'h Web,
    events: &'h [Event],
    futures: &'h [Future],
    manner: Manner,
    /// Where each lane of the web stands in the network.
    lanes: Vec<usize>,
    usual: Vec<V::Scalar>,
    /// Lanes that events may close, and those of parts that several suppliers give.
    closable: Vec<(usize, Vec<usize>)>,
    /// Sites that events or failures stop.
    stoppable: Vec<Stoppable>,
    /// Since when one of several suppliers of a part lacks: until they are qualified for more, the others give what they did.
    lacking: Vec<V>,
    /// What each event leaves in the week, by trial, and whether any leaves another part than in the week before. Where nothing moves
    /// nothing is set: a run keeps what it was told.
    left: Vec<V>,
    moved: bool,
    /// Sites for which each event is a reason to order ahead.
    front: Vec<Vec<usize>>,
    /// Demand that the maker's side planned for last.
    known: f64,
}

/// A site, the events that hit it, and its own failures by trial.
struct Stoppable {
    site: usize,
    events: Vec<usize>,
    failures: Vec<(usize, Failure)>,
}

/// Events that are marked, of those that happen: a run without events has none, whatever its web was built for.
fn marked(marks: &[bool], events: &[Event]) -> Vec<usize> {
    marks.iter().take(events.len()).enumerate().filter(|(_, marked)| **marked).map(|(at, _)| at).collect()
}

impl<'h, V: Trials> Hand<'h, V> {
    fn new(
        token: V::Token,
        web: &'h Web,
        network: &Network<V::Scalar>,
        events: &'h [Event],
        futures: &'h [Future],
        manner: Manner,
    ) -> Hand<'h, V> {
        let lanes: Vec<usize> = (0..web.lanes.len()).map(|l| network.lane(l)).collect();
        let closed = web.lanes.iter().enumerate().filter(|(_, l)| l.closed_by.contains(&true));
        let of_site = |(site, hit): (usize, &Vec<bool>)| Stoppable {
            site,
            events: marked(hit, events),
            failures: vec![],
        };
        let mut stoppable: Vec<Stoppable> = web.hit.iter().enumerate().map(of_site).collect();
        for (trial, future) in futures.iter().enumerate() {
            for f in &future.failures {
                stoppable[f.site].failures.push((trial, *f));
            }
        }
        stoppable.retain(|s| !s.events.is_empty() || !s.failures.is_empty());
        let ahead = |e: &Event| match e.request.front_load {
            Some(_) => (0..web.sites.len()).filter(|site| web.will_lack(e, *site)).collect(),
            None => vec![],
        };
        Hand {
            token,
            web,
            events,
            futures,
            manner,
            usual: lanes.iter().map(|l| network.amount(*l)).collect(),
            lanes,
            closable: closed.map(|(l, lane)| (l, marked(&lane.closed_by, events))).collect(),
            stoppable,
            lacking: vec![V::splat(token, V::Scalar::of(f64::INFINITY)); web.shared.len()],
            left: vec![V::splat(token, V::Scalar::of(1.0)); events.len()],
            moved: true,
            front: events.iter().map(ahead).collect(),
            known: f64::NAN,
        }
    }

    fn number(&self, value: f64) -> V {
        V::splat(self.token, V::Scalar::of(value))
    }

    /// A number of each trial.
    fn each(&self, of: impl Fn(&Future) -> f64) -> V {
        let last = self.futures.len() - 1;
        let values: Vec<V::Scalar> =
            (0..V::COUNT).map(|trial| V::Scalar::of(of(&self.futures[trial.min(last)]))).collect();
        V::of_trials(self.token, &values)
    }

    /// What an event does once, in the week in which it takes effect.
    fn happen(&mut self, week: u32, run: &mut Propagation<'_, V>) {
        self.moved = week == 0;
        for (at, event) in self.events.iter().enumerate() {
            let left = self.each(|f| f.courses[at].left(week));
            self.moved |= left.trials() != self.left[at].trials();
            self.left[at] = left;
            if !self.futures.iter().any(|f| f.courses[at].start == week) {
                continue;
            }
            let once = |of: &dyn Fn(&Course) -> f64| {
                self.each(|f| if f.courses[at].start == week { of(&f.courses[at]) } else { 0.0 })
            };
            let destroyed = once(&|c| c.destroyed);
            let lost = once(&|c| if self.manner.way_lost { 1.0 } else { c.destroyed });
            if !V::any(lost.gt(self.number(0.0))) {
                continue;
            }
            for (l, lane) in self.web.lanes.iter().enumerate() {
                if self.web.comes_from(event, lane) {
                    run.destroy_stock(self.lanes[l], destroyed);
                    run.destroy_on_the_way(self.lanes[l], lost);
                }
            }
        }
    }

    /// Part of each lane's order that may be shipped: what the strictest event leaves.
    fn close(&mut self, week: u32, run: &mut Propagation<'_, V>) {
        let one = self.number(1.0);
        let closed = |closing: &[usize]| closing.iter().fold(one, |least, e| least.min(self.left[*e]));
        for (l, closing) in self.closable.iter().filter(|_| self.moved) {
            run.set_open(self.lanes[*l], closed(closing));
        }
        for (shared, group) in self.web.shared.iter().enumerate() {
            let opened: Vec<V> =
                group.iter().map(|l| closed(&marked(&self.web.lanes[*l].closed_by, self.events))).collect();
            let short: Vec<V::Mask> = group
                .iter()
                .zip(&opened)
                .map(|(l, opened)| {
                    let usual = V::splat(self.token, self.usual[*l] * lacking::<V::Scalar>());
                    let gives_less = run.delivered(self.lanes[*l]).lt(usual);
                    V::or(V::or(opened.lt(one), self.seller_stands(*l, week)), gives_less)
                })
                .collect();
            let Some(any) = short.iter().copied().reduce(V::or) else { continue };
            let now = self.number(f64::from(week));
            let never = self.number(f64::INFINITY);
            self.lacking[shared] = V::select(any, self.lacking[shared].min(now), never);
            if !V::any(any) {
                group.iter().zip(opened).for_each(|(l, opened)| run.set_open(self.lanes[*l], opened));
                continue;
            }
            for (at, (l, opened)) in group.iter().zip(&opened).enumerate() {
                let others = short.iter().enumerate().filter(|(s, _)| *s != at).map(|(_, s)| *s);
                let others = others.fold(one.lt(one), V::or);
                let waits = self.number(f64::from(self.web.lanes[*l].qualify));
                let unqualified = match self.manner.resourcing {
                    true => V::and(others, (now - self.lacking[shared]).lt(waits)),
                    false => others,
                };
                let most = opened.min(V::splat(self.token, usual::<V::Scalar>()));
                run.set_open(self.lanes[*l], V::select(unqualified, most, *opened));
            }
        }
    }

    /// Whether whoever sells over a lane is stopped.
    fn seller_stands(&self, lane: usize, week: u32) -> V::Mask {
        let one = self.number(1.0);
        let network = &self.web.network;
        let members = network.members_of(self.web.lanes[lane].pool);
        let sites = members.iter().map(|p| network.site_of(*p));
        let left = sites.map(|site| {
            let events = marked(&self.web.hit[site], self.events).into_iter();
            let by_events = events.fold(one, |least, e| least.min(self.left[e]));
            by_events.min(self.each(|f| f.left(site, week)))
        });
        left.fold(one, V::min).lt(one)
    }

    /// Part of its capacity that each site has.
    fn stop(&self, week: u32, run: &mut Propagation<'_, V>) {
        let one = self.number(1.0);
        for Stoppable { site, events, failures } in &self.stoppable {
            let turns = failures.iter().any(|(_, f)| f.from == week || f.until == week);
            if !turns && (!self.moved || events.is_empty()) {
                continue;
            }
            let network = &self.web.network;
            let usual = self.number(network.runs()[*site] / network.capacity()[*site]);
            let left = events.iter().map(|e| match self.events[*e].request.effect {
                // What is lost is the room above what is made today.
                Effect::Equipment => usual + (one - usual) * self.left[*e],
                _ => self.left[*e],
            });
            let left = left.fold(one, |all, left| all * left);
            let mut makes = vec![V::Scalar::of(1.0); V::COUNT];
            for (trial, f) in failures.iter().filter(|(_, f)| (f.from..f.until).contains(&week)) {
                let left = V::Scalar::of(f.left);
                if left < makes[*trial] {
                    makes[*trial] = left;
                }
            }
            run.set_left(*site, left * V::of_trials(self.token, &makes));
        }
    }

    /// What other users want.
    fn ask(&self, run: &mut Propagation<'_, V>) {
        for (site, pool) in self.web.users.iter().filter(|_| self.moved) {
            let asking = self.events.iter().enumerate().filter(|(_, e)| e.request.effect == Effect::Demand);
            let asking = asking.filter(|(_, e)| self.web.asks(e, *site));
            let factor = asking.fold(self.number(1.0), |all, (at, _)| all * self.left[at]);
            run.set_demand(*pool, factor * self.number(self.web.network.runs()[*site]));
        }
    }

    /// What makers plan for: the maker's side knows the path of demand, and who will be cut off orders ahead if the event
    /// says so.
    fn plan(&mut self, week: u32, ahead: f64, run: &mut Propagation<'_, V>) {
        let told = ahead == self.known;
        self.known = ahead;
        if told && self.front.iter().all(Vec::is_empty) {
            return;
        }
        for (site, place) in self.web.sites.iter().enumerate() {
            let knows = matches!(place.kind, Kind::Maker | Kind::Supplier);
            let front = self.front.iter().enumerate().filter(|(_, sites)| sites.contains(&site));
            let front: Vec<(usize, f64)> =
                front.filter_map(|(at, _)| Some((at, self.events[at].request.front_load?))).collect();
            if front.is_empty() && (!knows || told) {
                continue;
            }
            let known = if knows { ahead * self.web.wanted / self.web.rate } else { 0.0 };
            let more = |f: &Future| {
                let coming = front.iter().filter(|(at, _)| f.courses[*at].is_coming(week));
                coming.fold(1.0, |most, (_, front)| f64::max(most, *front))
            };
            run.set_plan(
                site,
                self.each(|f| match (knows, more(f)) {
                    (true, more) => known * more,
                    (false, more) if more > 1.0 => more,
                    (false, _) => 0.0,
                }),
            );
        }
    }
}

/// Keeps all of one run.
struct Keeper<'k> {
    web: &'k Web,
    record: Record,
    slots: Vec<usize>,
    lanes: Vec<usize>,
    need: Vec<f64>,
    short: Vec<f32>,
    before: Vec<f64>,
}

impl<'k> Keeper<'k> {
    fn new(web: &'k Web) -> Keeper<'k> {
        let network = &web.network;
        let slots: Vec<usize> = (0..web.slots.len()).map(|s| network.slot(s)).collect();
        Keeper {
            web,
            record: Record::default(),
            lanes: (0..web.lanes.len()).map(|l| network.lane(l)).collect(),
            need: slots.iter().map(|s| network.use_of(*s)).collect(),
            slots,
            short: vec![0.0; web.lanes.len()],
            before: vec![],
        }
    }
}

impl Watch<f64> for Keeper<'_> {
    fn before(&mut self, run: &Propagation<'_, f64>) {
        self.before.clear();
        self.before.extend(self.lanes.iter().map(|l| run.delivered(*l)));
    }

    fn after(&mut self, _week: u32, wanted: f64, run: &Propagation<'_, f64>) {
        let (record, network) = (&mut self.record, &self.web.network);
        record.wanted.push(wanted);
        record.made.push(run.made()[0]);
        record.delivered.push(run.served()[0]);
        let part = |value: f64, need: f64| if need > 0.0 { (value / need) as f32 } else { 0.0 };
        let held = self.slots.iter().zip(&self.need).map(|(s, n)| part(run.stock_of(*s), *n));
        record.stock.push(held.collect());
        let mut arrived = vec![0.0f32; self.slots.len()];
        for ((l, lane), units) in self.web.lanes.iter().enumerate().zip(&self.before) {
            arrived[lane.slot] += part(*units, self.need[lane.slot]);
            let missing = network.amount(self.lanes[l]) - run.delivered(self.lanes[l]);
            if missing > 0.0 {
                self.short[l] += part(missing, self.need[lane.slot]);
            }
        }
        record.arrived.push(arrived);
        record.short.push(self.short.clone());
        let runs = run.made().iter().zip(network.runs());
        record.runs.push(runs.map(|(made, usual)| part(*made, *usual)).collect());
        record.waiting = run.waiting(0);
    }
}
