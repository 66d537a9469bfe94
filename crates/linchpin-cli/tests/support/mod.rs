//! The program as a user runs it.

use std::process::{Command, Output};

/// The program with some arguments, whatever the terminal of the tests is like.
pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linchpin"));
    command.args(args).env_remove("COLUMNS").env("LC_ALL", "C.UTF-8");
    command
}

pub(crate) fn linchpin(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

/// What an answer says, of which nothing is worth a word on standard error.
pub(crate) fn text(args: &[&str]) -> String {
    let output = linchpin(args);
    let fault = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {fault}");
    assert!(fault.is_empty(), "{args:?}: {fault}");
    String::from_utf8(output.stdout).unwrap()
}

/// Refused in both languages, with exit code 2, nothing on standard output, and each of the words in both. Gives back what is said;
/// where it is a word that no option knows, that is the same.
pub(crate) fn refused(args: &[&str], words: &[&str]) -> [String; 2] {
    ["en", "zh"].map(|lang| {
        let output = linchpin(&[args, &["--lang", lang]].concat());
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}: {text}");
        assert!(output.stdout.is_empty(), "{args:?} wrote to standard output");
        assert!(!text.contains("Message {") && !text.contains("panicked"), "{text}");
        for word in words {
            assert!(text.contains(word), "{args:?} does not name {word}: {text}");
        }
        text
    })
}
