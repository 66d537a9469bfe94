//! The trials: for each cluster of them a draw of the atlas and its markets balanced anew, for each trial its events and failures,
//! and all of them run side by side.

use super::super::event::{Event, Rule};
use super::super::run::{Future, weeks};
use super::super::web::{Siting, Trade, Web};
use super::super::{Covers, DisruptError, Request, Supply, clock, contracts, expected, manner, run, terms};
use super::chance::{Courses, Failures, Hazards};
use super::drawing::Drawing;
use super::tally::{Look, Names, Tally};
use super::{CLUSTER, Futures};
use crate::atlas::{Atlas, Values};
use crate::context::{Cancelled, Context};
use crate::explode::baseline;
use crate::model::{Model, Product};
use crate::network::Topology;
use crate::network::baseline::Markets;
use crate::stop::{Chain, Own, Shape};
use crate::trials::{BLOCK, Experiment, Identity, Need};
use linchpin_kernel::{Batch, Trials, dispatch};
use std::ops::Range;
use std::sync::Arc;

/// Draws that are tried until one can be balanced.
const ATTEMPTS: u32 = 32;

/// All that trials share.
pub(super) struct Study<'s> {
    pub(super) atlas: &'s Atlas,
    pub(super) network: &'s Topology,
    pub(super) values: &'s Values,
    pub(super) product: Product,
    pub(super) markets: Arc<Markets>,
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
}

/// What a draw has in common with the one before it, as long as both have the same figures: only its numbers are others.
struct Common {
    shape: Shape,
    chain: Chain,
    events: Vec<Event>,
    trade: Trade,
    supply: Supply,
}

/// What a thread keeps: what is common to its draws, and without draws the network of all trials.
#[derive(Default)]
pub(super) struct Kept {
    common: Option<Common>,
    fixed: Option<Ground>,
}

impl Common {
    /// From nothing.
    fn new(study: &Study<'_>, model: &Model<'_>, shape: Shape) -> Result<Common, DisruptError> {
        let request = study.request;
        let baseline = baseline(model, request.volume, request.year);
        let chain = Chain::new(model, &baseline, request.volume);
        let contracts = contracts(model, &chain, &request.contract)?;
        Ok(Common {
            shape,
            events: study.rules.iter().map(|rule| rule.on(&chain)).collect(),
            trade: Trade::new(model, &chain, request.transit),
            supply: Supply { own: study.own.clone(), contracts },
            chain,
        })
    }

    /// The same with the numbers of another model of its shape.
    fn revalue(&mut self, model: &Model<'_>, transit: u16) {
        self.chain.revalue(model);
        self.events.iter_mut().for_each(|event| event.revalue(&self.chain));
        self.trade.revalue(model, &self.chain, transit);
    }
}

impl Study<'_> {
    fn ground(
        &self,
        common: &mut Option<Common>,
        values: &Values,
        context: &Context,
    ) -> Result<Ground, DisruptError> {
        let (product, markets) = (self.product.clone(), self.markets.clone());
        let model = Model::of_needs(self.atlas, self.network, values, product, context.clone(), markets)
            .map_err(|_| DisruptError::Unmade(self.request.product.clone()))?;
        let shape = Shape::of(&model);
        let common = match common.take().filter(|known| known.shape == shape) {
            Some(mut known) => {
                known.revalue(&model, self.request.transit);
                common.insert(known)
            }
            None => common.insert(Common::new(self, &model, shape)?),
        };
        let Common { chain, events, trade, supply, .. } = common;
        let mut terms = terms(self.request, supply, &self.covers, Siting::Likely);
        terms.more = self.more.as_ref().map(|(item, weeks)| (item.as_str(), *weeks));
        let web = Web::new(&model, chain, events, &terms, trade)?;
        let base = expected(&model, self.request, &web)?;
        let hazards = self.hazards.as_ref();
        let failures = hazards.map(|h| h.drawn(&model, chain, &web, self.request.horizon));
        Ok(Ground { web, base, failures: failures.unwrap_or_default() })
    }

    /// The ground of a cluster: draws that no network can hold (own suppliers who make less than is needed) are drawn again.
    fn drawn(
        &self,
        drawing: &Drawing,
        common: &mut Option<Common>,
        cluster: u64,
        context: &Context,
    ) -> Result<Ground, Cancelled> {
        for attempt in 0..ATTEMPTS {
            let values = drawing.draw(self.atlas, self.values, cluster, attempt);
            match self.ground(common, &values, context) {
                Ok(ground) => return Ok(ground),
                Err(DisruptError::Book(_)) => return Err(Cancelled),
                Err(_) => {}
            }
        }
        self.fixed(common, context)
    }

    /// The ground of the atlas as it stands, which is known to hold.
    fn fixed(&self, common: &mut Option<Common>, context: &Context) -> Result<Ground, Cancelled> {
        self.ground(common, self.values, context).map_err(|_| Cancelled)
    }

    fn run_on(
        &self,
        ground: &Ground,
        events: &[Event],
        trials: Range<u64>,
        tally: &mut Tally,
        context: &Context,
    ) -> Result<(), Cancelled> {
        let futures: Vec<Future> = trials.map(|trial| ground.failures.future(&self.courses, trial)).collect();
        let batch = SideBySide { study: self, ground, events, futures, tally, context };
        dispatch(self.futures.instructions, self.futures.precision, CLUSTER as usize, batch)
    }
}

/// Trials of one cluster, as many at once as fit.
struct SideBySide<'b, 's> {
    study: &'b Study<'s>,
    ground: &'b Ground,
    events: &'b [Event],
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
            let (events, manner) = (self.events, manner(request));
            weeks(token, &ground.web, &network, events, futures, manner, &demand, &mut look, self.context)?;
            look.tell(&study.names, self.tally);
        }
        Ok(())
    }
}

impl Experiment for Study<'_> {
    type Outcome = Tally;
    type Kept = Kept;

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

    fn run(
        &self,
        kept: &mut Kept,
        _seed: u64,
        trials: Range<u64>,
        context: &Context,
    ) -> Result<Vec<Tally>, Cancelled> {
        let mut tallies = vec![];
        for block in trials.clone().step_by(BLOCK as usize) {
            let end = (block + BLOCK).min(trials.end);
            let mut tally = Tally::default();
            for first in (block..end).step_by(CLUSTER as usize) {
                let ground = match &self.drawing {
                    Some(drawing) => self.drawn(drawing, &mut kept.common, first / CLUSTER, context)?,
                    None => match kept.fixed.take() {
                        Some(ground) => ground,
                        None => self.fixed(&mut kept.common, context)?,
                    },
                };
                let events = kept.common.as_ref().map_or(&[][..], |common| &common.events);
                self.run_on(&ground, events, first..(first + CLUSTER).min(end), &mut tally, context)?;
                kept.fixed = Some(ground).filter(|_| self.drawing.is_none());
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
