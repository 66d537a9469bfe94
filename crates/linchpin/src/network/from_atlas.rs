//! The atlas as a network: every coefficient an expression over its figures.

use super::topology::{InputSpec, NetworkBuilder, Role, Topology, TopologyError};
use crate::atlas::{Atlas, Expr, FigureId, Row};

/// Builds the topology of an atlas whose rows are sound.
pub fn from_atlas(atlas: &Atlas) -> Result<Topology, Vec<TopologyError>> {
    let mut b = NetworkBuilder::new();
    for row in &atlas.sheet("items").rows {
        b.item(&row.key);
    }
    let yields = atlas.sheet("yields");
    let yield_of = |recipe: &str, slot: &str| -> Expr {
        let row = yields.find(&format!("{recipe}/{slot}"));
        row.map_or(Expr::ONE, quantity_of)
    };
    let inputs = atlas.sheet("inputs");
    for row in &inputs.rows {
        let (recipe, slot) = (inputs.text(row, "recipe"), inputs.text(row, "slot"));
        let spec = InputSpec {
            slot: slot.to_owned(),
            item: inputs.text(row, "item").to_owned(),
            quantity: quantity_of(row),
            survives: yield_of(recipe, slot),
            used: inputs.text(row, "choice") == "used",
            bought: inputs.text(row, "supply") == "buy",
        };
        b.input(recipe, spec);
    }
    let outputs = atlas.sheet("outputs");
    for row in &outputs.rows {
        let role = match outputs.text(row, "role") {
            "main" => Role::Main,
            "joint" => Role::Joint,
            _ => Role::Byproduct,
        };
        let (recipe, item) = (outputs.text(row, "recipe"), outputs.text(row, "item"));
        b.output(recipe, item, role, quantity_of(row));
        b.survives(recipe, yield_of(recipe, "-"));
    }
    let shares = atlas.sheet("shares");
    for row in &shares.rows {
        b.share(shares.text(row, "item"), shares.text(row, "recipe"), quantity_of(row));
    }
    b.build()
}

/// The figure of a row as an expression. A checked row of a table of figures has one.
pub fn quantity_of(row: &Row) -> Expr {
    Expr::Figure(row.figure.unwrap_or(FigureId(u32::MAX)))
}
