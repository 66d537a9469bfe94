//! Help in the user's language: every text stands under `help-<command>-<argument>` with the other messages.

use clap::Command;
use linchpin_render::{Messages, RenderError};

/// Puts the texts of a language into a command and all its subcommands.
pub(crate) fn localise(command: Command, messages: &Messages) -> Result<Command, RenderError> {
    at(command, messages, "help")
}

fn at(mut command: Command, messages: &Messages, prefix: &str) -> Result<Command, RenderError> {
    command = command.about(messages.word(prefix)?);
    let arguments: Vec<String> = command.get_arguments().map(|a| a.get_id().to_string()).collect();
    for id in arguments {
        // Arguments that mean the same everywhere have one text.
        let text = messages
            .word(&format!("{prefix}-{}", id.replace('_', "-")))
            .or_else(|_| messages.word(&format!("help-any-{}", id.replace('_', "-"))))
            // Trials take what one run takes.
            .or_else(|_| messages.word(&format!("help-disrupt-{}", id.replace('_', "-"))))?;
        command = command.mut_arg(&id, |a| a.help(text));
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        let prefix = format!("{prefix}-{name}");
        let mut fault = None;
        command = command.mut_subcommand(&name, |c| match at(c.clone(), messages, &prefix) {
            Ok(c) => c,
            Err(e) => {
                fault = Some(e);
                c
            }
        });
        if let Some(e) = fault {
            return Err(e);
        }
    }
    let standard: [(&'static str, clap::Arg); 2] = [
        ("help-any-help", clap::Arg::new("help").short('h').long("help").action(clap::ArgAction::Help)),
        (
            "help-any-version",
            clap::Arg::new("version").short('V').long("version").action(clap::ArgAction::Version),
        ),
    ];
    let root = prefix == "help";
    command = command.disable_help_flag(true).disable_version_flag(true);
    for (id, arg) in standard.into_iter().take(if root { 2 } else { 1 }) {
        command = command.arg(arg.help(messages.word(id)?));
    }
    let template = format!(
        "{{about}}\n\n{} {{usage}}\n{}{}:\n{{options}}\n",
        messages.word("help-heading-usage")?,
        listed(&command, messages)?,
        messages.word("help-heading-options")?,
    );
    Ok(command.help_template(template))
}

/// The commands or the arguments of a command, under their heading.
fn listed(command: &Command, messages: &Messages) -> Result<String, RenderError> {
    if command.has_subcommands() {
        return Ok(format!("\n{}:\n{{subcommands}}\n\n", messages.word("help-heading-commands")?));
    }
    let positional = command.get_positionals().next().is_some();
    Ok(if positional { "\n{positionals}\n\n".to_owned() } else { "\n".to_owned() })
}
