use std::fmt;

/// Where a number stands in an answer: `verb/table/key/column`.
///
/// A key may itself hold slashes; verb, table and column never do, so an address still reads back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The verb that answered.
    pub verb: String,
    /// The table's name.
    pub table: String,
    /// The row's key.
    pub key: String,
    /// The column's name.
    pub column: String,
}

impl Address {
    /// Reads an address as it is printed; `None` if the text is none.
    pub fn parse(text: &str) -> Option<Address> {
        let (verb, rest) = text.split_once('/')?;
        let (table, rest) = rest.split_once('/')?;
        let (key, column) = rest.rsplit_once('/')?;
        if [verb, table, key, column].iter().any(|part| part.is_empty()) {
            return None;
        }
        Some(Address { verb: verb.into(), table: table.into(), key: key.into(), column: column.into() })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/{}", self.verb, self.table, self.key, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_whatever_its_key() {
        for text in ["explode/needs/nd_oxide/mass", "expose/shares/nd_oxide/CN/share"] {
            assert_eq!(Address::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Address::parse("expose/shares/nd_oxide/CN/share").unwrap().key, "nd_oxide/CN");
        for text in ["", "a/b/c", "a/b//c", "/a/b/c"] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
    }
}
