use linchpin_table::{Lang, TableError};

/// Why an answer could not be rendered. All but `Csv`, `Json` and `Xlsx` are faults of the program that made the answer.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A language file cannot be read.
    #[error("messages/{lang}.ftl: {fault}")]
    LanguageFile {
        /// The language.
        lang: Lang,
        /// What is wrong.
        fault: String,
    },
    /// The language has no message of this id.
    #[error("messages/{lang}.ftl has no message {id}")]
    UnknownMessage {
        /// The id.
        id: String,
        /// The language.
        lang: Lang,
    },
    /// A message could not be filled in, mostly for want of an argument.
    #[error("messages/{lang}.ftl: message {id}: {fault}")]
    Message {
        /// The id.
        id: String,
        /// The language.
        lang: Lang,
        /// What is wrong.
        fault: String,
    },
    /// The answer names an id that it has no label for.
    #[error("the answer has no label for {id}")]
    UnknownLabel {
        /// The id.
        id: String,
    },
    /// A table does not hold together.
    #[error(transparent)]
    Table(#[from] TableError),
    /// CSV could not be written.
    #[error("CSV: {0}")]
    Csv(String),
    /// JSON could not be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// An answer was asked for as a picture.
    #[error("an answer is no picture")]
    NoPicture,
    /// The script that draws pictures failed.
    #[error("the script of the pictures: {0}")]
    Script(String),
    /// Bytes could not be packed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// XLSX could not be written.
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}
