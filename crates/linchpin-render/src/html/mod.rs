//! One self-contained page: tables in both languages, the data that pictures are drawn from, and what every number
//! rests on. It asks nothing of the network, and runs no script but its own.

mod data;
mod tables;

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, GzBuilder};
use linchpin_table::{Arg, Lang, Message, Page};
use sha2::{Digest, Sha256};

use crate::terminal::stamp_line;
use crate::{Messages, RenderError};

const STYLE: &str = include_str!("page.css");

/// Both languages, to say everything twice.
pub(crate) struct Speakers {
    pub(crate) en: Messages,
    pub(crate) zh: Messages,
}

impl Speakers {
    pub(crate) fn new() -> Result<Self, RenderError> {
        Ok(Speakers { en: Messages::new(Lang::En)?, zh: Messages::new(Lang::Zh)? })
    }

    /// Something said in both languages.
    pub(crate) fn both<T>(
        &self,
        say: impl Fn(&Messages) -> Result<T, RenderError>,
    ) -> Result<[T; 2], RenderError> {
        Ok([say(&self.en)?, say(&self.zh)?])
    }
}

/// The page as HTML, opened in a language; a reader may switch.
pub fn html(page: &Page, lang: Lang) -> Result<String, RenderError> {
    let speakers = Speakers::new()?;
    let script = linchpin_dashboard::script();
    let data = data::json(page, &speakers)?;
    let main = &page.answers[0];
    let title = speakers.both(|m| match main.headlines.first() {
        Some(headline) => m.get(headline, &main.labels),
        None => m.word(&format!("verb-{}", main.stamp.verb)),
    })?;
    let mut body = String::new();
    let code = lang.code();
    let hashes = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    // Nothing may be fetched, sent, framed or run but what is in the file.
    let policy = format!(
        "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
        script.map_or_else(|| "'none'".to_owned(), hashes),
        hashes(STYLE),
    );
    let _ = write!(
        body,
        "<!doctype html>\n<html lang=\"{code}\" data-lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"{} {}\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
        escaped(&main.stamp.program),
        escaped(&main.stamp.version),
        escaped(&title[usize::from(lang == Lang::Zh)]),
    );
    let say = |message: &Message| speakers.both(|m| m.get(message, &main.labels)).map(|t| bilingual(&t));
    let word = |id: &str| speakers.both(|m| m.word(id)).map(|t| bilingual(&t));
    let _ = write!(body, "<header>\n<div id=\"bar\"></div>\n<h1>{}</h1>\n", bilingual(&title));
    // A line of bars in a sentence says what a picture on the page says better.
    let drawn = |m: &&Message| script.is_some() && m.args.values().any(|a| matches!(a, Arg::Series(_)));
    for headline in main.headlines.iter().skip(1).filter(|m| !drawn(m)) {
        let _ = writeln!(body, "<p class=\"headline\">{}</p>", say(headline)?);
    }
    body.push_str("</header>\n<main>\n<div id=\"pictures\">");
    if script.is_none() {
        let _ = write!(body, "<p class=\"missing\">{}</p>", word("page-without-pictures")?);
    } else {
        let _ =
            write!(body, "<noscript><p class=\"missing\">{}</p></noscript>", word("page-without-script")?);
    }
    body.push_str("</div>\n");
    let _ = writeln!(body, "<h2>{}</h2>", word("page-tables")?);
    let known = |address: &str| page.evidence.as_ref().is_some_and(|e| e.numbers.contains_key(address));
    // What stands behind the pictures is in the data as well: the script writes those tables when they are opened.
    let written = if script.is_some() { 1 } else { page.answers.len() };
    for (i, answer) in page.answers.iter().enumerate().take(written) {
        for table in &answer.tables {
            body.push_str(&tables::table(table, answer, i == 0, &known, &speakers)?);
        }
    }
    body.push_str("<div id=\"behind\"></div>\n");
    for note in &main.notes {
        let _ = writeln!(body, "<p class=\"note\">{}</p>", say(note)?);
    }
    let stamp = speakers.both(|m| stamp_line(main, m))?;
    let _ = write!(body, "</main>\n<footer>{}</footer>\n", bilingual(&stamp));
    if let Some(script) = script {
        let _ = write!(
            body,
            "<script type=\"application/gzip\" id=\"data\">{}</script>\n<script>{script}</script>\n",
            STANDARD.encode(zipped(&data)?)
        );
    }
    body.push_str("</body>\n</html>\n");
    Ok(body)
}

/// What the script reads, of a page without what its numbers rest on.
pub(crate) fn data_of(page: &Page) -> Result<String, RenderError> {
    data::json(&Page { answers: page.answers.clone(), evidence: None }, &Speakers::new()?)
}

/// Compressed, with the same bytes for the same text.
fn zipped(text: &str) -> Result<Vec<u8>, RenderError> {
    let mut writer = GzBuilder::new().write(Vec::new(), Compression::new(6));
    std::io::Write::write_all(&mut writer, text.as_bytes())?;
    Ok(writer.finish()?)
}

/// Text as HTML shows it, in element or attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for each in text.chars() {
        match each {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            control if control.is_control() => safe.push(' '),
            other => safe.push(other),
        }
    }
    safe
}

/// A text in both languages, of which the page shows one; once where they are the same.
pub(crate) fn bilingual([en, zh]: &[String; 2]) -> String {
    if en == zh {
        return escaped(en);
    }
    format!("<span lang=\"en\">{}</span><span lang=\"zh\">{}</span>", escaped(en), escaped(zh))
}
