//! The file of a model and those that it includes, looked through and mended. Nothing outside its folder is opened.

use super::fault::{ModelFault, Problem, What};
use super::notes::is_absolute;
use super::{Limits, scan, xml};
use encoding_rs::Encoding;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Most bytes of a declaration of XML.
const LONGEST_DECLARATION: usize = 256;

/// A file as text.
pub(super) struct Source {
    /// Its name, with folders between it and the folder of the model.
    pub(super) name: String,
    pub(super) text: String,
    /// The innermost element that is not closed, and its line.
    pub(super) open: Option<(String, u32)>,
    /// Whether the text ends inside of a tag or a comment.
    pub(super) is_cut: bool,
    /// Where lines end, as bytes.
    ends: Vec<usize>,
    /// Which elements include which files, both as numbers.
    includes: Vec<(u32, usize)>,
    /// Whether any element includes a file.
    has_includes: bool,
}

impl Source {
    /// The line of a byte, from 1.
    pub(super) fn line(&self, at: usize) -> u32 {
        line(&self.ends, at)
    }

    /// The file that stands in the place of an element.
    pub(super) fn included(&self, element: u32) -> Option<usize> {
        let at = self.includes.binary_search_by_key(&element, |(element, _)| *element).ok()?;
        Some(self.includes[at].1)
    }
}

/// A file and all that it includes.
pub(super) fn gather(path: &Path, limits: &Limits) -> Result<Vec<Source>, ModelFault> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let opened = path.canonicalize().and_then(|main| Ok((main, folder.canonicalize()?)));
    let read = opened.map_err(|e| (What::Unreadable, e.to_string())).and_then(|(main, folder)| {
        let bytes = bytes(&main, limits.file)?;
        Ok((main, folder, bytes))
    });
    let (main, folder, bytes) = read.map_err(|(what, value)| {
        ModelFault::unsound(vec![Problem::new(&name, 0, String::new(), what, &value)])
    })?;
    Gathering::new(Some(folder), BTreeSet::from([main]), limits).all(&name, &bytes)
}

/// A file by its bytes; there is no folder to include others from.
pub(super) fn alone(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<Source>, ModelFault> {
    Gathering::new(None, BTreeSet::new(), limits).all(name, bytes)
}

/// The bytes of a file, if they are not too many.
fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, (What, String)> {
    let unreadable = |e: std::io::Error| (What::Unreadable, e.to_string());
    // A pipe or a device may never end.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err((What::Unreadable, "not a file".to_owned()));
    }
    let mut bytes = vec![];
    let file = std::fs::File::open(path).map_err(unreadable)?;
    // It may have grown since it was looked at.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// The bytes as text. Those that are not Unicode are taken for what the declaration of XML says.
fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let declared = || {
        let start = bytes.strip_prefix(b"<?xml")?;
        let line = &start[..start.iter().take(LONGEST_DECLARATION).position(|b| *b == b'>')?];
        let label = &line[line.windows(8).position(|w| w == b"encoding")? + 8..];
        let label = label.split(|b| matches!(b, b'"' | b'\'')).nth(1)?;
        Encoding::for_label(label)?.decode_without_bom_handling_and_without_replacement(bytes)
    };
    let is_unicode = bytes.contains(&0) || std::str::from_utf8(bytes).is_ok();
    let declared = if is_unicode { None } else { declared() };
    declared.or_else(|| crate::file::text::decode(bytes).map(|(text, _)| text))
}

struct Gathering {
    /// The folder of the model.
    folder: Option<PathBuf>,
    opened: BTreeSet<PathBuf>,
    /// What the files that are still to come may hold.
    room: Limits,
    sources: Vec<Source>,
    problems: Vec<Problem>,
}

/// An element that includes a file.
struct Include {
    element: u32,
    line: u32,
    file: Option<String>,
}

impl Gathering {
    fn new(folder: Option<PathBuf>, opened: BTreeSet<PathBuf>, limits: &Limits) -> Gathering {
        Gathering { folder, opened, room: *limits, sources: vec![], problems: vec![] }
    }

    fn all(mut self, name: &str, bytes: &[u8]) -> Result<Vec<Source>, ModelFault> {
        self.add(name, bytes);
        let mut at = 0;
        while at < self.sources.len() {
            self.include(at);
            at += 1;
        }
        if self.problems.is_empty() { Ok(self.sources) } else { Err(ModelFault::unsound(self.problems)) }
    }

    /// Adds a file; its number, unless it is refused.
    fn add(&mut self, name: &str, bytes: &[u8]) -> Option<usize> {
        let mut refuse = |line, of: &str, what, value: &str| {
            self.problems.push(Problem::new(name, line, of.to_owned(), what, value));
            None
        };
        if bytes.len() as u64 > self.room.file {
            return refuse(0, "", What::TooLarge, &self.room.file.to_string());
        }
        let Some(text) = text(bytes) else {
            return refuse(0, "", What::NotText, "");
        };
        if text.trim().is_empty() {
            return refuse(0, "", What::Empty, "");
        }
        let ends = ends(&text);
        let line = |at| line(&ends, at);
        let mut seen = match scan::scan(&text, &self.room) {
            Ok(seen) => seen,
            Err(refused) => return refuse(line(refused.at), &refused.element, refused.what, ""),
        };
        self.room.file -= bytes.len() as u64;
        self.room.elements -= seen.elements;
        let open = seen.open.take().map(|(name, at)| (name, line(at)));
        let (has_includes, is_cut) = (seen.includes, seen.is_cut);
        let text = seen.mend(text.into_owned());
        // What is mended moves what follows it, though never to another line.
        let source = Source {
            name: name.to_owned(),
            ends: self::ends(&text),
            text,
            open,
            is_cut,
            includes: vec![],
            has_includes,
        };
        self.sources.push(source);
        Some(self.sources.len() - 1)
    }

    /// Adds what a file includes.
    fn include(&mut self, at: usize) {
        if !self.sources[at].has_includes {
            return;
        }
        let includes = match includes(&self.sources[at]) {
            Ok(includes) => includes,
            Err(problem) => return self.problems.push(problem),
        };
        for Include { element, line, file } in includes {
            let added = match &file {
                None => Err((What::Missing, String::new())),
                Some(file) => self.open(file),
            };
            match added {
                Ok(Some(number)) => self.sources[at].includes.push((element, number)),
                // What is wrong with it is noted.
                Ok(None) => {}
                Err((what, value)) => {
                    let of = "include file".to_owned();
                    self.problems.push(Problem::new(&self.sources[at].name, line, of, what, &value));
                }
            }
        }
    }

    /// Opens a file that is included by this path.
    fn open(&mut self, file: &str) -> Result<Option<usize>, (What, String)> {
        let outside = || (What::IncludeOutside, file.to_owned());
        let unreadable = |e: &dyn std::fmt::Display| (What::Unreadable, format!("{file}: {e}"));
        let relative = file.trim().replace('\\', "/");
        let folder = self.folder.as_ref().filter(|_| !is_absolute(file)).ok_or_else(outside)?;
        let path = folder.join(relative).canonicalize().map_err(|e| unreadable(&e))?;
        // Behind `..` and links there may be any file of the machine.
        let name = path.strip_prefix(folder).map_err(|_| outside())?.to_string_lossy().into_owned();
        if !self.opened.insert(path.clone()) {
            return Err((What::IncludeTwice, file.to_owned()));
        }
        let bytes =
            bytes(&path, self.room.file).map_err(|(what, reason)| (what, format!("{file}: {reason}")))?;
        let Some(number) = self.add(&name, &bytes) else { return Ok(None) };
        match scan::root(&self.sources[number].text) {
            Some("mujoco" | "mujocoinclude") => Ok(Some(number)),
            _ => Err((What::IncludeOther, file.to_owned())),
        }
    }
}

/// Where lines end.
fn ends(text: &str) -> Vec<usize> {
    text.match_indices('\n').map(|(at, _)| at).collect()
}

/// The line of a byte.
fn line(ends: &[usize], at: usize) -> u32 {
    u32::try_from(ends.partition_point(|end| *end < at) + 1).unwrap_or(u32::MAX)
}

/// Elements of a file that include others; only models of MuJoCo have any.
fn includes(source: &Source) -> Result<Vec<Include>, Problem> {
    let document = xml::parse(source)?;
    if !matches!(document.root_element().tag_name().name(), "mujoco" | "mujocoinclude") {
        return Ok(vec![]);
    }
    let elements =
        document.descendants().filter(|node| node.is_element() && node.tag_name().name() == "include");
    let include = |node: roxmltree::Node<'_, '_>| Include {
        element: node.id().get(),
        line: source.line(node.range().start),
        file: node.attribute("file").map(str::to_owned),
    };
    Ok(elements.map(include).collect())
}
