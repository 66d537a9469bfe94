//! One picture to a file: SVG by the program itself, PNG by a browser if there is one.

use crate::args::Output;
use crate::fault::{Fault, internal};
use crate::write;
use linchpin_render::{Format, picture, pictures};
use linchpin_table::{Lang, Message, Page};
use std::path::Path;
use std::process::{Command, Stdio};

/// Names under which a browser may be found, in this order.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// Draws the picture that was asked for and sends it where it was asked to go.
pub(crate) fn send(page: &Page, output: &Output, lang: Lang) -> Result<(), Fault> {
    if !output.table.is_empty() {
        return Err(Fault::message(Message::new("error-picture-table")));
    }
    let drawn = match &output.picture {
        Some(name) => picture(page, name, lang)?,
        None => None,
    };
    let Some(svg) = drawn else { return Err(undrawn(output)?) };
    match write::format(output)? {
        Format::Png => {
            write::binary(output)?;
            write::send(&png(&svg)?, output)
        }
        _ => write::send(svg.as_bytes(), output),
    }
}

/// Why there is no picture.
fn undrawn(output: &Output) -> Result<Fault, Fault> {
    let names = pictures()?;
    let allowed = names.join(", ");
    Ok(Fault::message(match &output.picture {
        _ if names.is_empty() => Message::new("error-picture-unbuilt"),
        None => Message::new("error-picture-missing").text("allowed", allowed),
        Some(name) if names.contains(name) => {
            Message::new("error-picture-tables").text("picture", name.as_str())
        }
        Some(name) => Message::new("error-picture").text("picture", name.as_str()).text("allowed", allowed),
    }))
}

/// The picture in pixels, two to each of its own, as a browser sees it.
fn png(svg: &str) -> Result<Vec<u8>, Fault> {
    let browser = BROWSERS.into_iter().find(|b| runs(b));
    let Some(browser) = browser else {
        return Err(Fault::message(Message::new("error-no-browser").text("browsers", BROWSERS.join(", "))));
    };
    let folder = tempfile::tempdir().map_err(|e| internal(&e))?;
    let (drawn, seen) = (folder.path().join("picture.svg"), folder.path().join("picture.png"));
    std::fs::write(&drawn, svg).map_err(|e| internal(&e))?;
    let size =
        |name: &str| svg.split_once(&format!(" {name}=\"")).and_then(|(_, r)| r.split_once('"')).map(|s| s.0);
    let window =
        format!("--window-size={},{}", size("width").unwrap_or("1100"), size("height").unwrap_or("700"));
    let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
    let target = format!("--screenshot={}", seen.display());
    let options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-device-scale-factor=2",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
    let mut command = Command::new(browser);
    command.args(options).args([&window, &profile, &target]).arg(Path::new(&drawn));
    let ended = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let read = || std::fs::read(&seen).ok().filter(|b| b.starts_with(b"\x89PNG"));
    match ended.ok().and_then(|_| read()) {
        Some(bytes) => Ok(bytes),
        None => Err(Fault::message(Message::new("error-browser").text("browser", browser))),
    }
}

fn runs(browser: &str) -> bool {
    let mut command = Command::new(browser);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|s| s.success())
}
