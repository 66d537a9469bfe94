//! What a scenario may do to the figures: every one that it moves stays within the bounds that its table has.
//!
//! A change is refused with all that is wrong with it, as a file is; what is sound by the rules of [`super::check`]
//! about single figures and about shares of recipes stays sound under a scenario. Sums of lanes, imports and outputs
//! may be exceeded by one: what is sold over lanes ends where the output does.

use super::check::{self, Whole};
use super::{Atlas, FigureId, Overlay, Schema, Values};
use linchpin_table::{Message, Unit};

/// Largest figure that a scenario may make, and the reciprocal of the smallest but zero: far beyond any figure of the
/// world in base units, and near enough that sums and products of them stay finite.
const MAGNITUDE: f64 = 1e15;

/// Everything that is out of bounds among the figures that differ from the atlas as it stands, in order of address.
pub fn violations(atlas: &Atlas, values: &Values) -> Vec<Message> {
    if values.changes().next().is_none() {
        return vec![];
    }
    let Ok(before) = atlas.values(&Overlay::new()) else { return vec![] };
    let mut moved: Vec<bool> =
        before.value.iter().zip(&values.value).map(|(a, b)| a.to_bits() != b.to_bits()).collect();
    values.changes().for_each(|(id, _)| moved[id.0 as usize] = true);
    let moved = |id: FigureId| moved[id.0 as usize];
    let mut out: Vec<Message> = atlas
        .figures
        .ids()
        .filter(|id| moved(*id))
        .filter_map(|id| figure(atlas, id, before.get(id), values.value[id.0 as usize]))
        .collect();
    out.extend(shares(atlas, values, moved));
    out
}

/// What is wrong with one figure.
fn figure(atlas: &Atlas, id: FigureId, before: Option<f64>, value: f64) -> Option<Message> {
    let figure = atlas.figures.get(id);
    let said = |id: &'static str| Message::new(id).text("address", figure.address.as_str());
    let bounded = |id: &'static str, allowed: f64| {
        said(id).number("value", value, figure.unit).number("allowed", allowed, figure.unit)
    };
    if !value.is_finite() {
        return Some(said(if before.is_none() { "error-bounds-unknown" } else { "error-bounds-endless" }));
    }
    let (table, key) = figure.address.split_once('/')?;
    let schema = Schema::get().table(table)?;
    if let Some(least) = schema.minimum.filter(|m| value < *m) {
        return Some(bounded("error-bounds-minimum", least));
    }
    if let Some(most) = schema.maximum.filter(|m| value > m * (1.0 + 1e-9)) {
        return Some(bounded("error-bounds-maximum", most));
    }
    if value == 0.0 && divides(atlas, table, key) {
        return Some(said("error-bounds-zero"));
    }
    let size = value.abs();
    if size > MAGNITUDE || size < 1.0 / MAGNITUDE && value != 0.0 {
        let typed = |v: f64| format!("{v:e}");
        return Some(
            said("error-bounds-size")
                .text("value", typed(value))
                .text("most", typed(MAGNITUDE))
                .text("least", typed(1.0 / MAGNITUDE)),
        );
    }
    None
}

/// Whether a need is divided by this figure: a yield, or the output that drives a recipe.
fn divides(atlas: &Atlas, table: &str, key: &str) -> bool {
    let outputs = atlas.sheet("outputs");
    table == "yields"
        || table == "outputs" && outputs.find(key).is_some_and(|row| outputs.text(row, "role") == "main")
}

/// Items with a moved share whose shares do not make a whole.
fn shares(atlas: &Atlas, values: &Values, moved: impl Fn(FigureId) -> bool) -> Vec<Message> {
    let is_moved = |whole: &Whole<'_>| whole.rows.iter().any(|row| row.figure.is_some_and(&moved));
    check::wholes(atlas, values)
        .into_iter()
        .filter(|whole| is_moved(whole) && !whole.fits())
        .map(|whole| {
            // What no share gives of a jointly made item comes from the joint recipes.
            let id = if whole.joint { "error-bounds-joint-shares" } else { "error-bounds-shares" };
            Message::new(id).text("item", whole.item).number("sum", whole.sum, Unit::None)
        })
        .collect()
}
