//! The script that draws pictures from tables, as `dashboard/` builds it; see its `README.md`.

/// The script; `None` if the program was built without it, because there was no Node.
pub fn script() -> Option<&'static str> {
    const SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/page.js"));
    (!SCRIPT.is_empty()).then_some(SCRIPT)
}
