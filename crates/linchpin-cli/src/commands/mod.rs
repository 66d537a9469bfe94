//! One file a verb.

pub(crate) mod atlas;
pub(crate) mod audit;
pub(crate) mod brief;
pub(crate) mod company;
pub(crate) mod compare;
pub(crate) mod disrupt;
pub(crate) mod explain;
pub(crate) mod explode;
pub(crate) mod expose;
pub(crate) mod firms;
pub(crate) mod import;
mod import_file;
mod import_model;
pub(crate) mod merge;
pub(crate) mod outages;
pub(crate) mod revisions;
pub(crate) mod risk;
pub(crate) mod trials;

use crate::args::{Ground, PRODUCT};
use crate::fault::{Fault, internal};
use crate::ground;
use crate::progress;
use linchpin::atlas::Atlas;
use linchpin::context::Context;
use linchpin::model::{Model, ModelError, product};
use linchpin::network::NetworkError;
use linchpin::network::joint::JointError;
use linchpin_kernel::ExplosionError;
use linchpin_table::Message;

/// Prepares a model of the product that is named, or of that of the atlas, and hands it to `then` with its name.
pub(crate) fn with_model<T>(
    ground: &Ground,
    name: Option<&str>,
    then: impl FnOnce(&Model<'_>, String) -> Result<T, Fault>,
) -> Result<T, Fault> {
    with_model_in(ground, name, progress::context(), then)
}

/// The same in a context.
pub(crate) fn with_model_in<T>(
    ground: &Ground,
    name: Option<&str>,
    context: Context,
    then: impl FnOnce(&Model<'_>, String) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let atlas = ground::atlas(ground.atlas.as_deref())?;
    let values = ground::values(ground, &atlas)?;
    let name = name.map_or_else(|| usual(&atlas), |name| Ok(name.to_owned()))?;
    let product = product(&atlas, atlas.network(), &name).map_err(model_fault)?;
    let model = Model::new(&atlas, atlas.network(), &values, product, context);
    let answer = model.map_err(model_fault).and_then(|model| then(&model, name));
    progress::clear();
    answer
}

/// The product that is meant where none is named: that which an atlas over another brings, else the usual one.
fn usual(atlas: &Atlas) -> Result<String, Fault> {
    let products = atlas.sheet("products");
    let own = atlas.own_products.iter().filter_map(|id| products.find(id));
    let own: Vec<&str> = own.map(|row| products.text(row, "alias")).collect();
    match own.as_slice() {
        [] => Ok(PRODUCT.to_owned()),
        [one] => Ok((*one).to_owned()),
        several => {
            Err(Fault::message(Message::new("error-product-which").text("allowed", several.join(", "))))
        }
    }
}

pub(crate) fn model_fault(e: ModelError) -> Fault {
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
