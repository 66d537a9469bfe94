//! One file a verb.

pub(crate) mod atlas;
pub(crate) mod brief;
pub(crate) mod explain;
pub(crate) mod explode;

use crate::args::Ground;
use crate::fault::{Fault, internal};
use crate::ground;
use crate::progress;
use linchpin::model::{Model, ModelError, product};
use linchpin_table::Message;

/// Prepares a model of a product and hands it to `then`.
pub(crate) fn with_model<T>(
    ground: &Ground,
    name: &str,
    then: impl FnOnce(&Model<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let atlas = ground::atlas(ground.atlas.as_deref())?;
    let overlay = ground::overlay(ground, &atlas)?;
    let topology = ground::topology(&atlas)?;
    let values = atlas.values(&overlay).map_err(|e| internal(&e))?;
    let product = product(&atlas, &topology, name).map_err(fault)?;
    let model = Model::new(&atlas, &topology, &values, product, progress::context());
    let answer = model.map_err(fault).and_then(|model| then(&model));
    progress::clear();
    answer
}

fn fault(e: ModelError) -> Fault {
    Fault::Message(match &e {
        ModelError::Product(name, known) => {
            Message::new("error-product").text("name", name.as_str()).text("allowed", known.as_str())
        }
        // A scenario can turn a sound network into one without an answer.
        ModelError::Network(e) => Message::new("error-network").text("reason", e.to_string()),
        ModelError::Cancelled(e) => return internal(e),
        ModelError::Address(e) => Message::new("error-figure").text("address", e.0.as_str()),
    })
}
