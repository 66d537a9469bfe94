//! A loss that is an export control of the atlas: where it points, what it stops, and whether it is in force.

use super::{ExposeError, LossRequest};
use crate::atlas::{Atlas, Row};
use crate::stop::Selector;
use linchpin_table::Message;

/// The control that a loss names by itself.
fn of<'a>(atlas: &'a Atlas, loss: &LossRequest) -> Result<Option<&'a Row>, ExposeError> {
    let selector = Selector::parse(atlas, &loss.stop)?;
    Ok(selector.control().and_then(|id| atlas.sheet("controls").find(id)))
}

/// The loss with the destination of the control that it names, if none is given. A control that stops no flow, or
/// another one than is asked for, is an error.
pub(crate) fn aimed(atlas: &Atlas, loss: &LossRequest) -> Result<LossRequest, ExposeError> {
    let mut loss = loss.clone();
    let Some(row) = of(atlas, &loss)? else { return Ok(loss) };
    let controls = atlas.sheet("controls");
    let control = loss.stop.clone();
    let instrument = controls.text(row, "instrument");
    if matches!(instrument, "technology" | "tariff") {
        return Err(ExposeError::NoFlow { control, instrument: instrument.to_owned() });
    }
    if loss.exports && controls.get(row, "mode") == Some("output") {
        return Err(ExposeError::ControlMode(control));
    }
    if loss.exports && loss.to.is_none() {
        loss.to = controls.get(row, "target").map(str::to_owned);
    }
    Ok(loss)
}

/// What the reader must know of a control to read its answer: whether it is in force, where it points, and that all is
/// stopped here.
pub(super) fn headlines(atlas: &Atlas, loss: &LossRequest) -> Result<Vec<Message>, ExposeError> {
    let Some(row) = of(atlas, loss)? else { return Ok(vec![]) };
    let controls = atlas.sheet("controls");
    let status = Message::new("control-status")
        .text("status", controls.text(row, "status"))
        .text("until", controls.get(row, "until").unwrap_or("none"));
    let target = loss.to.as_deref().filter(|to| loss.exports && controls.get(row, "target") == Some(*to));
    let target = target.map(|to| Message::new("control-target").name("to", to));
    let part = match controls.text(row, "instrument") {
        "quota" => Some(Message::new("control-quota")),
        "licence" => Some(Message::new("control-licence")),
        _ => None,
    };
    Ok([Some(status), target, part].into_iter().flatten().collect())
}
