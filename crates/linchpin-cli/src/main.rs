//! The program `linchpin`: flags to requests, answers to renderers, faults to exit codes.
//!
//! Exit codes: 0 done; 2 something the user gave is wrong; 70 the program is wrong. With 2 and 70 nothing was written.

mod args;
mod commands;
mod fault;
mod ground;
mod help;
mod picture;
mod progress;
mod write;

use args::{Cli, Command};
use clap::{CommandFactory, FromArgMatches};
use fault::Fault;
use linchpin_render::{Messages, RenderError, problems};
use linchpin_table::{Lang, Message};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    // What went wrong has been printed by then.
    std::panic::catch_unwind(program).unwrap_or(ExitCode::from(fault::SOFTWARE))
}

fn program() -> ExitCode {
    let lang = language();
    let outcome = Messages::new(lang).map_err(Fault::from).and_then(|messages| run(&messages));
    match outcome {
        Ok(code) => code,
        Err(fault) => {
            let text = report(&fault, lang).unwrap_or_else(|e| format!("{e}\n{fault:?}\n"));
            // There is nobody left to tell if this fails.
            let _ = std::io::stderr().write_all(text.as_bytes());
            ExitCode::from(fault.code())
        }
    }
}

fn run(messages: &Messages) -> Result<ExitCode, Fault> {
    let lang = messages.lang();
    let matches = match help::localise(Cli::command(), messages)?.try_get_matches() {
        Ok(matches) => matches,
        Err(e) => {
            // Help and version come this way too, with exit code 0.
            let code = if e.use_stderr() { fault::GIVEN } else { 0 };
            let _ = e.print();
            return Ok(ExitCode::from(code));
        }
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(e) => {
            let _ = e.print();
            return Ok(ExitCode::from(fault::GIVEN));
        }
    };
    match &cli.command {
        Command::Brief(args) => commands::brief::run(args, lang)?,
        Command::Compare(args) => commands::compare::run(args, lang)?,
        Command::Company(args) => commands::company::run(args, lang)?,
        Command::Explode(args) => commands::explode::run(args, lang)?,
        Command::Audit(args) => commands::audit::run(args, lang)?,
        Command::Explain(args) => commands::explain::run(args, lang)?,
        Command::Expose(args) => commands::expose::run(args, lang)?,
        Command::Disrupt(args) => commands::disrupt::run(args, lang)?,
        Command::Risk(args) => commands::risk::run(args, lang)?,
        Command::Firms(args) => commands::firms::run(args, lang)?,
        Command::Outages(args) => commands::outages::run(args, lang)?,
        Command::Merge(args) => commands::merge::run(args, lang)?,
        Command::Import(args) => commands::import::run(args, lang)?,
        Command::Revisions(args) => commands::revisions::run(args, lang)?,
        Command::Atlas(command) => commands::atlas::run(command, lang)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The language: `--lang` wherever it stands, else that of the environment. It is needed before the flags are
/// parsed, because help and faults of parsing speak it too.
fn language() -> Lang {
    let args: Vec<String> = std::env::args().collect();
    let typed = args.iter().enumerate().find_map(|(i, a)| match a.strip_prefix("--lang") {
        Some("") => args.get(i + 1).cloned(),
        Some(rest) => rest.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    let from_environment = || {
        let set = |name| std::env::var(name).ok().filter(|v| !v.is_empty());
        let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
        if locale.is_some_and(|l| l.starts_with("zh")) { Lang::Zh } else { Lang::En }
    };
    typed.and_then(|t| t.parse().ok()).unwrap_or_else(from_environment)
}

fn report(fault: &Fault, lang: Lang) -> Result<String, RenderError> {
    let messages = Messages::new(lang)?;
    match fault {
        Fault::Problems(list) => problems(list, &messages, &write::screen(false)),
        Fault::Messages(list) => {
            list.iter().map(|m| Ok(format!("{}\n", messages.get(m, &BTreeMap::new())?))).collect()
        }
        Fault::Internal(reason) => {
            let message = Message::new("error-internal").text("reason", reason.as_str());
            Ok(format!("{}\n", messages.get(&message, &BTreeMap::new())?))
        }
    }
}
