//! Elements of a model, with what it includes in the place of what includes it.

use super::fault::{Problem, What};
use super::files::Source;
use super::notes::Notes;
use roxmltree::{Children, Document, Error, Node, ParsingOptions};

/// All files of a model as trees.
pub(super) struct Xml<'s> {
    sources: &'s [Source],
    documents: Vec<Document<'s>>,
}

/// The tree of a file; what is wrong with it, at its line.
pub(super) fn parse(source: &Source) -> Result<Document<'_>, Problem> {
    let options = ParsingOptions { allow_dtd: false, nodes_limit: u32::MAX - 1, entity_resolver: None };
    Document::parse_with_options(&source.text, options).map_err(|error| {
        let problem = |line, what, value: &str| Problem::new(&source.name, line, String::new(), what, value);
        let is_short =
            source.is_cut || matches!(error, Error::UnclosedRootNode | Error::UnexpectedEndOfStream);
        match &source.open {
            Some((name, line)) if is_short => problem(*line, What::Truncated, name),
            _ => problem(error.pos().row, What::NotXml, &error.to_string()),
        }
    })
}

impl<'s> Xml<'s> {
    /// Builds all trees.
    pub(super) fn parse(sources: &'s [Source]) -> Result<Xml<'s>, Vec<Problem>> {
        let mut problems = vec![];
        let parsed = sources.iter().map(|source| parse(source).map_err(|p| problems.push(p)).ok());
        let documents: Vec<_> = parsed.collect();
        let documents: Option<Vec<_>> = documents.into_iter().collect();
        documents.map(|documents| Xml { sources, documents }).ok_or(problems)
    }

    /// The first element of the first file.
    pub(super) fn root(&self) -> Element<'_> {
        Element { xml: self, file: 0, node: self.documents[0].root_element() }
    }

    /// Names of all files.
    pub(super) fn names(&self) -> Vec<String> {
        self.sources.iter().map(|source| source.name.clone()).collect()
    }
}

/// An element.
#[derive(Clone, Copy)]
pub(super) struct Element<'x> {
    xml: &'x Xml<'x>,
    file: usize,
    node: Node<'x, 'x>,
}

impl<'x> Element<'x> {
    pub(super) fn xml(self) -> &'x Xml<'x> {
        self.xml
    }

    pub(super) fn name(self) -> &'x str {
        self.node.tag_name().name()
    }

    pub(super) fn file(self) -> usize {
        self.file
    }

    pub(super) fn file_name(self) -> &'x str {
        &self.xml.sources[self.file].name
    }

    pub(super) fn line(self) -> u32 {
        self.xml.sources[self.file].line(self.node.range().start)
    }

    /// The text of an attribute.
    pub(super) fn text(self, attribute: &str) -> Option<&'x str> {
        self.node.attribute(attribute)
    }

    /// An attribute as written.
    pub(super) fn attribute(self, name: &'static str) -> Option<Written<'x>> {
        self.text(name).map(|text| Written { at: self, name, text })
    }

    /// Text inside the element, up to the first element in it.
    pub(super) fn content(self) -> Option<Written<'x>> {
        self.node.text().map(|text| Written { at: self, name: "", text })
    }

    /// A name in an attribute; what is blank is none.
    pub(super) fn called(self, attribute: &str) -> Option<&'x str> {
        self.text(attribute).map(str::trim).filter(|name| !name.is_empty())
    }

    /// Elements in this one, in order. Those of other languages, which have a prefix, are passed over.
    pub(super) fn children(self) -> Inside<'x> {
        Inside { xml: self.xml, open: vec![self.xml.within(self.file, self.node)] }
    }

    /// The first element in this one with this name.
    pub(super) fn child(self, name: &str) -> Option<Element<'x>> {
        self.children().find(|child| child.name() == name)
    }

    /// All elements inside of this one in its file, itself too.
    pub(super) fn descendants(self) -> impl Iterator<Item = Element<'x>> {
        let nodes = self.node.descendants().filter(Node::is_element);
        nodes.map(move |node| Element { node, ..self })
    }

    /// The name space of its name.
    pub(super) fn space(self) -> Option<&'x str> {
        self.node.tag_name().namespace()
    }
}

/// Elements in an element and, in the place of those that include a file, what that holds.
pub(super) struct Inside<'x> {
    xml: &'x Xml<'x>,
    open: Vec<Within<'x>>,
}

/// What is in an element of a file.
struct Within<'x> {
    file: usize,
    /// The name space of the first element, and so of the language.
    space: Option<&'x str>,
    nodes: Children<'x, 'x>,
}

impl<'x> Xml<'x> {
    fn within(&'x self, file: usize, node: Node<'x, 'x>) -> Within<'x> {
        let space = self.documents[file].root_element().tag_name().namespace();
        Within { file, space, nodes: node.children() }
    }
}

impl<'x> Iterator for Inside<'x> {
    type Item = Element<'x>;

    fn next(&mut self) -> Option<Element<'x>> {
        let xml = self.xml;
        while let Some(Within { file, space, nodes }) = self.open.last_mut() {
            let Some(node) = nodes.next() else {
                self.open.pop();
                continue;
            };
            if !node.is_element() || node.tag_name().namespace() != *space {
                continue;
            }
            match xml.sources[*file].included(node.id().get()) {
                Some(other) => self.open.push(xml.within(other, xml.documents[other].root_element())),
                None => return Some(Element { xml, file: *file, node }),
            }
        }
        None
    }
}

/// An attribute as written, or the text of an element.
#[derive(Clone, Copy)]
pub(super) struct Written<'x> {
    pub(super) at: Element<'x>,
    pub(super) name: &'static str,
    pub(super) text: &'x str,
}

impl<'x> Written<'x> {
    pub(super) fn problem(self, what: What, notes: &mut Notes) {
        notes.problem(self.at, self.name, what, self.text);
    }

    /// Its number.
    pub(super) fn number(self, notes: &mut Notes) -> Option<f64> {
        let [number] = self.numbers(notes)?[..] else {
            self.problem(What::NotNumber, notes);
            return None;
        };
        Some(number)
    }

    /// Its number, if that is 0 or more.
    pub(super) fn amount(self, notes: &mut Notes) -> Option<f64> {
        let number = self.number(notes)?;
        if number < 0.0 {
            self.problem(What::Negative, notes);
            return None;
        }
        // There is one zero.
        Some(number + 0.0)
    }

    /// Its numbers, with blanks between them.
    pub(super) fn numbers(self, notes: &mut Notes) -> Option<Vec<f64>> {
        let numbers: Result<Vec<f64>, _> = self.text.split_ascii_whitespace().map(str::parse).collect();
        match numbers {
            Err(_) => self.problem(What::NotNumber, notes),
            Ok(numbers) if numbers.is_empty() => self.problem(What::NotNumber, notes),
            Ok(numbers) if !numbers.iter().all(|n| n.is_finite()) => self.problem(What::NotFinite, notes),
            Ok(numbers) => return Some(numbers),
        }
        None
    }

    /// The place in a list of words at which its text stands.
    pub(super) fn word(self, words: &[&str], notes: &mut Notes) -> Option<usize> {
        let found = words.iter().position(|word| *word == self.text.trim());
        if found.is_none() {
            self.problem(What::UnknownWord, notes);
        }
        found
    }
}
