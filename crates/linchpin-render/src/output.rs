use std::fmt;
use std::path::Path;
use std::str::FromStr;

use linchpin_table::{Answer, Lang, Page};

use crate::{Messages, RenderError, TerminalOptions, csv, html, json, markdown, terminal, xlsx};

/// What an answer can be written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Text for a terminal.
    #[default]
    Terminal,
    /// JSON.
    Json,
    /// CSV.
    Csv,
    /// Markdown.
    Markdown,
    /// An Excel workbook.
    Xlsx,
    /// A page for a browser, in one file.
    Html,
    /// One picture, as vectors.
    Svg,
    /// One picture, as pixels.
    Png,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 8] = [
        Format::Terminal,
        Format::Json,
        Format::Csv,
        Format::Markdown,
        Format::Xlsx,
        Format::Html,
        Format::Svg,
        Format::Png,
    ];

    /// The name by which a user asks for the format.
    pub fn name(self) -> &'static str {
        match self {
            Format::Terminal => "terminal",
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Markdown => "markdown",
            Format::Xlsx => "xlsx",
            Format::Html => "html",
            Format::Svg => "svg",
            Format::Png => "png",
        }
    }

    /// The format of a file by its ending, in either case; `None` for an ending that no format has.
    pub fn from_path(path: &Path) -> Option<Format> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" => Some(Format::Terminal),
            "json" => Some(Format::Json),
            "csv" => Some(Format::Csv),
            "md" | "markdown" => Some(Format::Markdown),
            "xlsx" => Some(Format::Xlsx),
            "html" | "htm" => Some(Format::Html),
            "svg" => Some(Format::Svg),
            "png" => Some(Format::Png),
            _ => None,
        }
    }

    /// Whether the format is bytes that a terminal cannot show.
    pub fn is_binary(self) -> bool {
        matches!(self, Format::Xlsx | Format::Png)
    }

    /// Whether it is one picture and not the whole answer.
    pub fn is_picture(self) -> bool {
        matches!(self, Format::Svg | Format::Png)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text is not the name of a format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format {0:?}: use terminal, json, csv, markdown (md), xlsx, html, svg or png")]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "md" => Ok(Format::Markdown),
            _ => Format::ALL
                .into_iter()
                .find(|format| format.name() == text)
                .ok_or_else(|| UnknownFormat(text.to_owned())),
        }
    }
}

/// The answer in a format and a language. JSON and CSV are the same in every language. A picture is no answer: see
/// [`picture`](crate::picture).
pub fn render(
    answer: &Answer,
    format: Format,
    lang: Lang,
    options: &TerminalOptions,
) -> Result<Vec<u8>, RenderError> {
    Ok(match format {
        Format::Terminal => terminal(answer, &Messages::new(lang)?, options)?.into_bytes(),
        Format::Json => json(answer)?.into_bytes(),
        Format::Csv => csv(answer)?.into_bytes(),
        Format::Markdown => markdown(answer, &Messages::new(lang)?)?.into_bytes(),
        // Alone, an answer does not know what its numbers rest on.
        Format::Xlsx => xlsx(&alone(answer), &Messages::new(lang)?)?,
        Format::Html => html(&alone(answer), lang)?.into_bytes(),
        Format::Svg | Format::Png => return Err(RenderError::NoPicture),
    })
}

fn alone(answer: &Answer) -> Page {
    Page { answers: vec![answer.clone()], evidence: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_name_and_by_ending() {
        for format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
        assert_eq!("md".parse(), Ok(Format::Markdown));
        assert_eq!("pdf".parse::<Format>(), Err(UnknownFormat("pdf".into())));
        let of = |path: &str| Format::from_path(Path::new(path));
        assert_eq!(of("a/b.XLSX"), Some(Format::Xlsx));
        assert_eq!(of("b.md"), Some(Format::Markdown));
        assert_eq!((of("b"), of("b.pdf")), (None, None));
    }
}
