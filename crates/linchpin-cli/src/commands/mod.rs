//! One file a verb.

pub(crate) mod atlas;
pub(crate) mod audit;
pub(crate) mod brief;
pub(crate) mod company;
pub(crate) mod disrupt;
pub(crate) mod explain;
pub(crate) mod explode;
pub(crate) mod expose;
pub(crate) mod firms;
pub(crate) mod import;
mod import_file;

use crate::args::Ground;
use crate::fault::{Fault, internal};
use crate::ground;
use crate::progress;
use linchpin::model::{Model, ModelError, product};
use linchpin::network::NetworkError;
use linchpin::network::joint::JointError;
use linchpin_kernel::ExplosionError;
use linchpin_table::Message;

/// Prepares a model of a product and hands it to `then`.
pub(crate) fn with_model<T>(
    ground: &Ground,
    name: &str,
    then: impl FnOnce(&Model<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let atlas = ground::atlas(ground.atlas.as_deref())?;
    let values = ground::values(ground, &atlas)?;
    let product = product(&atlas, atlas.network(), name).map_err(fault)?;
    let model = Model::new(&atlas, atlas.network(), &values, product, progress::context());
    let answer = model.map_err(fault).and_then(|model| then(&model));
    progress::clear();
    answer
}

fn fault(e: ModelError) -> Fault {
    match e {
        ModelError::Product(name, known) => {
            Fault::message(Message::new("error-product").text("name", name).text("allowed", known))
        }
        ModelError::Network(e) => network_fault(&e),
        ModelError::Cancelled(_) => Fault::message(Message::new("error-cancelled")),
    }
}

/// A scenario can turn a sound network into one without an answer.
fn network_fault(e: &NetworkError) -> Fault {
    let about = |id: &'static str, item: &str| Message::new(id).text("item", item);
    Fault::message(match e {
        NetworkError::CycleWithoutRecovery(item) => about("error-network-cycle", item),
        NetworkError::NotConverged(item) => about("error-network-endless", item),
        NetworkError::CycleTooLarge(item, size) => {
            about("error-network-size", item).integer("size", *size as i64)
        }
        NetworkError::Joint { group, error: JointError::NoSource(_) } => about("error-network-source", group),
        NetworkError::Joint { group, .. } => about("error-network-joint", group),
        NetworkError::Explosion(ExplosionError::NotFinite { .. }) => Message::new("error-overflow"),
        e => return internal(e),
    })
}
