//! The trials: for each cluster of them a draw of the atlas and its markets balanced anew, for each trial its events and failures,
//! and all of them run side by side.

use super::super::event::{Event, Rule};
use super::super::run::{Future, weeks};
use super::super::web::{Siting, Trade, Web};
use super::super::{
    Covers, DisruptError, Request, Supply, clock, contracts, manner, run, terms, undisturbed,
};
use super::chance::{Courses, Failures, Hazards};
use super::drawing::Drawing;
use super::tally::{Look, Names, Tally};
use super::{CLUSTER, Futures};
use crate::atlas::{Atlas, Values};
use crate::context::{Cancelled, Context};
use crate::explode::baseline;
use crate::model::{Model, Product};
use crate::network::Topology;
use crate::stop::{Chain, Own};
use crate::trials::{BLOCK, Experiment, Identity, Need};
use linchpin_kernel::{Batch, Trials, dispatch};
use std::ops::Range;

/// Draws that are tried until one can be balanced.
const ATTEMPTS: u32 = 32;

/// All that trials share.
pub(super) struct Study<'s> {
    pub(super) atlas: &'s Atlas,
    pub(super) network: &'s Topology,
    pub(super) values: &'s Values,
    pub(super) product: Product,
    pub(super) request: &'s Request,
    pub(super) futures: &'s Futures,
    pub(super) rules: Vec<Rule>,
    pub(super) courses: Courses,
    pub(super) own: Vec<Own>,
    pub(super) covers: Covers,
    pub(super) drawing: Option<Drawing>,
    /// How sites fail by themselves, if they do.
    pub(super) hazards: Option<Hazards>,
    pub(super) names: Names,
    pub(super) identity: Identity,
    pub(super) place: String,
    /// Weeks of stock of a part on top of the maker's cover.
    pub(super) more: Option<(String, f64)>,
}

/// What the trials of a cluster share: the network of one draw.
struct Ground {
    web: Web,
    /// Robots delivered without events.
    base: Vec<f64>,
    failures: Failures,
    events: Vec<Event>,
}

impl Study<'_> {
    fn ground(&self, values: &Values, context: &Context) -> Result<Ground, DisruptError> {
        let product = self.product.clone();
        let model = Model::of_needs(self.atlas, self.network, values, product, context.clone())
            .map_err(|_| DisruptError::Unmade(self.request.product.clone()))?;
        let baseline = baseline(&model, self.request.volume, self.request.year);
        let chain = Chain::new(&model, &baseline, self.request.volume);
        let events: Vec<Event> = self.rules.iter().map(|rule| rule.on(&chain)).collect();
        let contracts = contracts(&model, &chain, &self.request.contract)?;
        let supply = Supply { own: self.own.clone(), contracts };
        let mut terms = terms(self.request, &supply, &self.covers, Siting::Likely);
        terms.more = self.more.as_ref().map(|(item, weeks)| (item.as_str(), *weeks));
        let trade = Trade::new(&model, &chain, self.request.transit);
        let web = Web::new(&model, &chain, &events, &terms, &trade)?;
        let base = undisturbed(&model, self.request, &web)?.delivered;
        let hazards = self.hazards.as_ref();
        let failures = hazards.map(|h| h.drawn(&model, &chain, &web, self.request.horizon));
        let failures = failures.unwrap_or_default();
        Ok(Ground { web, base, failures, events })
    }

    /// The ground of a cluster: draws that no network can hold (own suppliers who make less than is needed) are drawn again.
    fn drawn(&self, cluster: u64, context: &Context) -> Result<Ground, Cancelled> {
        let Some(drawing) = &self.drawing else { return self.fixed(context) };
        for attempt in 0..ATTEMPTS {
            match self.ground(&drawing.draw(self.atlas, self.values, cluster, attempt), context) {
                Ok(ground) => return Ok(ground),
                Err(DisruptError::Book(_)) => return Err(Cancelled),
                Err(_) => {}
            }
        }
        self.fixed(context)
    }

    /// The ground of the atlas as it stands, which is known to hold.
    fn fixed(&self, context: &Context) -> Result<Ground, Cancelled> {
        self.ground(self.values, context).map_err(|_| Cancelled)
    }

    fn run_on(
        &self,
        ground: &Ground,
        trials: Range<u64>,
        tally: &mut Tally,
        context: &Context,
    ) -> Result<(), Cancelled> {
        let futures: Vec<Future> = trials.map(|trial| ground.failures.future(&self.courses, trial)).collect();
        let batch = SideBySide { study: self, ground, futures, tally, context };
        dispatch(self.futures.instructions, self.futures.precision, CLUSTER as usize, batch)
    }
}

/// Trials of one cluster, as many at once as fit.
struct SideBySide<'b, 's> {
    study: &'b Study<'s>,
    ground: &'b Ground,
    futures: Vec<Future>,
    tally: &'b mut Tally,
    context: &'b Context,
}

impl Batch for SideBySide<'_, '_> {
    type Output = Result<(), Cancelled>;

    fn run<V: Trials>(self, token: V::Token) -> Result<(), Cancelled> {
        let (study, ground, request) = (self.study, self.ground, self.study.request);
        let network = ground.web.network.cast::<V::Scalar>();
        let demand = |week: u32| run::path(&request.path, request.volume, week);
        for futures in self.futures.chunks(V::COUNT) {
            // Where sites fail by themselves every week may be the beginning of a loss.
            let clocks = futures.iter().map(|f| match study.futures.failures {
                true => 0,
                false => clock(&ground.web, &f.courses),
            });
            let mut look = Look::<V>::new(&ground.web, &study.names, futures, &ground.base, clocks.collect());
            let (events, manner) = (&ground.events, manner(request));
            weeks(token, &ground.web, &network, events, futures, manner, &demand, &mut look, self.context)?;
            look.tell(&study.names, self.tally);
        }
        Ok(())
    }
}

impl Experiment for Study<'_> {
    type Outcome = Tally;

    fn identity(&self) -> Identity {
        self.identity.clone()
    }

    fn place(&self) -> String {
        self.place.clone()
    }

    fn need(&self) -> Need {
        let trial = Tally::bytes(self.request.horizon);
        // A network with its trials side by side, and the model that it is made from.
        Need { always: 64 << 20, thread: 32 << 20, trial }
    }

    fn width(&self) -> u64 {
        // Without draws one network serves many blocks.
        if self.drawing.is_some() { 1 } else { 4 }
    }

    fn run(&self, _seed: u64, trials: Range<u64>, context: &Context) -> Result<Vec<Tally>, Cancelled> {
        let fixed = if self.drawing.is_none() { Some(self.fixed(context)?) } else { None };
        let mut tallies = vec![];
        for block in trials.clone().step_by(BLOCK as usize) {
            let end = (block + BLOCK).min(trials.end);
            let mut tally = Tally::default();
            for first in (block..end).step_by(CLUSTER as usize) {
                let trials = first..(first + CLUSTER).min(end);
                match &fixed {
                    Some(ground) => self.run_on(ground, trials, &mut tally, context)?,
                    None => {
                        self.run_on(&self.drawn(first / CLUSTER, context)?, trials, &mut tally, context)?
                    }
                }
            }
            tallies.push(tally);
        }
        Ok(tallies)
    }

    fn write(&self, outcome: &Tally, bytes: &mut Vec<u8>) {
        outcome.write(bytes);
    }

    fn read(&self, bytes: &[u8], trials: usize) -> Option<Tally> {
        Tally::read(bytes, trials, self.request.horizon as usize)
    }

    fn relative_error(&self, outcomes: &[Tally]) -> Option<f64> {
        let lost: Vec<f64> = outcomes.iter().flat_map(|t| t.lost.iter().copied()).collect();
        let mean = crate::trials::Sample::new(&lost, CLUSTER as usize).mean();
        (mean.value > 0.0).then(|| mean.error / mean.value)
    }
}
