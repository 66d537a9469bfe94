//! One picture as SVG text, drawn by the script of the page in an engine inside the program.

use linchpin_table::{Lang, Page};
use rquickjs::{Context, Runtime};

use crate::RenderError;
use crate::html::data_of;

/// Width of a picture in pixels; SVG scales without loss.
const WIDTH: u32 = 1100;
/// Stack of the engine: the layout of a flow is deep.
const STACK: usize = 4 << 20;
/// What the script expects of its surroundings and has no use for without a page.
const PRELUDE: &str = "globalThis.setTimeout = () => 0; globalThis.clearTimeout = () => {};";

/// Names of the pictures; none if the program was built without the script that draws them.
pub fn pictures() -> Result<Vec<String>, RenderError> {
    let Some(script) = linchpin_dashboard::script() else { return Ok(vec![]) };
    let names = run(script, "linchpin.pictures")?;
    Ok(names.split_whitespace().map(str::to_owned).collect())
}

/// A picture of a page on white ground, with its title and what a reader who cannot see it is told. `None` if there is no
/// picture of that name, or if the page does not have the tables that it needs.
pub fn picture(page: &Page, name: &str, lang: Lang) -> Result<Option<String>, RenderError> {
    let Some(script) = linchpin_dashboard::script() else { return Ok(None) };
    let arguments = [serde_json::to_string(&data_of(page)?)?, serde_json::to_string(name)?];
    let call = format!("linchpin.svg({}, {}, {:?}, {WIDTH})", arguments[0], arguments[1], lang.code());
    let svg = run(script, &call)?;
    Ok((!svg.is_empty()).then(|| format!("{svg}\n")))
}

fn run(script: &str, call: &str) -> Result<String, RenderError> {
    let fault = |e: rquickjs::Error| RenderError::Script(e.to_string());
    let runtime = Runtime::new().map_err(fault)?;
    runtime.set_max_stack_size(STACK);
    let context = Context::full(&runtime).map_err(fault)?;
    context.with(|ctx| {
        let told = |e: rquickjs::Error| match ctx.catch().as_exception() {
            Some(exception) => RenderError::Script(exception.to_string()),
            None => RenderError::Script(e.to_string()),
        };
        ctx.eval::<(), _>(PRELUDE).map_err(told)?;
        ctx.eval::<(), _>(script).map_err(told)?;
        ctx.eval::<String, _>(call).map_err(told)
    })
}
