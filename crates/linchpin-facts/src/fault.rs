//! Everything that can be wrong with facts, fragments and rules: where, what, and how to mend it.

use std::fmt;

/// Where a fault is.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// File, from the folder of the atlas.
    pub file: String,
    /// Line in the file, from 1.
    pub line: Option<u64>,
    /// Column.
    pub column: Option<String>,
    /// The value that is wrong.
    pub value: Option<String>,
}

impl Place {
    /// A whole file.
    pub fn file(file: &str) -> Place {
        Place { file: file.to_owned(), ..Place::default() }
    }

    /// A line of a file.
    pub fn line(file: &str, line: u64) -> Place {
        Place { line: Some(line), ..Place::file(file) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ":{column}")?;
        }
        match &self.value {
            Some(value) => write!(f, "  {value:?}"),
            None => Ok(()),
        }
    }
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{place}\n    {what} — {}", what.mend())]
pub struct Fault {
    /// Where it is.
    pub place: Box<Place>,
    /// What is wrong.
    pub what: Box<What>,
}

impl Fault {
    /// A fault at a place.
    pub fn at(place: Place, what: What) -> Fault {
        Fault { place: Box::new(place), what: Box::new(what) }
    }
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[allow(missing_docs)] // the sentence is the documentation
pub enum What {
    #[error("cannot be read: {0}")]
    Unreadable(String),
    #[error("cannot be written: {0}")]
    Unwritable(String),
    #[error("is not there")]
    Missing,
    #[error("is no table of the atlas and no rule")]
    UnknownFile,
    #[error("the table has no such column")]
    UnknownColumn,
    #[error("the column is missing")]
    MissingColumn,
    #[error("must not be blank")]
    Blank,
    #[error("is none of {0}")]
    Word(String),
    #[error("is not a number")]
    Number,
    #[error("the key stands in {0} already")]
    Duplicate(String),
    #[error("{0} makes the same row with other cells: {1}")]
    Differs(String, String),
    #[error("no fact has {0}; there are {1}")]
    NoFacts(String, String),
    #[error("several facts are of {0}: lines {1}")]
    SeveralFacts(String, String),
    #[error("the fact in line {0} has no {1}")]
    NoQuantity(u64, &'static str),
    #[error("the fact in line {0} has the status {1:?}, which has no meaning here")]
    Status(u64, String),
    #[error("{0} has no row with this key")]
    Unknown(&'static str),
    #[error("no row of companies has this name, which {0} gives")]
    UnknownCompany(String),
    #[error("both the whole country and its company {0} are in the series, so output is counted twice")]
    CountedTwice(String),
    #[error("nothing of this is in the facts of the series")]
    NothingToSkip,
    #[error("the formula does not hold x, which stands for the fact")]
    NoX,
    #[error("the facts are in {0}; another unit needs a formula")]
    UnitWithoutFormula(&'static str),
    #[error("element {0} has no feed")]
    NoFeed(String),
    #[error("the source is defined nowhere")]
    UnknownSource,
    #[error("the file of facts has no such column")]
    UnknownFactColumn,
    #[error("does not read as column=value")]
    Match,
    #[error("matches no row")]
    MatchesNothing,
    #[error("says both where the rows are and that they are left out, or neither")]
    InAndLeftOut,
    #[error("no row of the built atlas has this address")]
    UnknownAddress,
    #[error("{0} of {1} rows are neither used by a rule nor named by a ledger; the first are lines {2}")]
    Unsettled(usize, usize, String),
}

impl What {
    /// How to mend it.
    pub fn mend(&self) -> &'static str {
        match self {
            What::Unreadable(_) => "mend the file; all rows need as many cells as the header",
            What::Unwritable(_) => "see to permissions and free space",
            What::Missing => "add it",
            What::UnknownFile => "name it after a table of the schema, or after a rule in a folder rules",
            What::UnknownColumn => "use a column of crates/linchpin/schema/attributes.csv",
            What::MissingColumn => "add the column",
            What::Blank => "fill it in",
            What::Word(_) => "use one of these words",
            What::Number => "write a decimal number",
            What::Duplicate(_) => {
                "keep one of the two rows; a rule passes over the countries in its column skip"
            }
            What::Differs(..) => "give the two rules different stems, or the same cells",
            What::NoFacts(..) => {
                "write material, stage, source, year and basis exactly as the facts have them"
            }
            What::SeveralFacts(..) => "choose one of them by its basis",
            What::NoQuantity(..) => "use the other measure, or skip the country",
            What::Status(..) => {
                "use reported, estimated, derived, lower bound, upper bound, projection or withheld"
            }
            What::Unknown("countries") => "add the country to countries.csv of your group",
            What::Unknown(_) => "add the row by hand to your group",
            What::UnknownCompany(_) => "add a row to companies.csv of your group with exactly this name",
            What::CountedTwice(_) => "skip the country or the company, or choose by basis",
            What::NothingToSkip => "take it out, or correct it: a country code or a company id",
            What::NoX => "write x where the fact goes, as in x*ti_in_tio2",
            What::UnitWithoutFormula(_) => "leave unit blank, or add a formula",
            What::NoFeed(_) => "add a row to rules/feeds.csv of structural_metals",
            What::UnknownSource => "add a row to sources.csv of your group",
            What::UnknownFactColumn => "use a column of its header",
            What::Match => "write column=value, several joined by ` & `",
            What::MatchesNothing => "copy the value exactly from the file of facts",
            What::InAndLeftOut => "fill in one of the columns in and left_out",
            What::UnknownAddress => "write table/key as in sites/chn_gallium",
            What::Unsettled(..) => "write ledger rows; `linchpin-facts left-out` lists them",
        }
    }
}
