//! The checkpoint of a run: a header that says what decides its bits, then a record for every finished group of blocks.
//!
//! A record is appended as soon as its blocks are done, and carries a checksum over itself and the header's hash. A last record that
//! was torn when the program was killed is dropped when the file is read, and its blocks are worked out again. A record that cannot
//! be written does not end the run: its blocks stay missing in the file, and the result says so.

use linchpin_table::Message;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::run::{BLOCK, Shard};

const MAGIC: &[u8; 16] = b"linchpin trials\n";
/// Form of the file; raised when it changes.
const FORM: u32 = 1;
/// Bytes of a checksum.
const SUM: usize = 8;
/// Longest header and longest record that are believed.
const LONGEST: u64 = 1 << 30;

/// What decides the bits of a block, beside seed and trials.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The question, by its verb.
    pub verb: String,
    /// Version of the program.
    pub version: String,
    /// Hash of the data.
    pub data: String,
    /// The request, as the verb writes it.
    pub request: String,
}

/// What a journal begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// What decides the bits.
    pub identity: Identity,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Trials of the whole run.
    pub trials: u64,
    /// The part of the run that this file is for.
    pub shard: Option<Shard>,
    /// Where the data was; on another machine it may be elsewhere.
    pub place: String,
}

/// Something in which a journal differs from what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What: `verb`, `version`, `data`, `request`, `seed`, `trials` or `shard`.
    pub what: &'static str,
    /// In the file.
    pub there: String,
    /// Asked for, or in the first of several files.
    pub here: String,
}

/// Why a journal is of no use.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// It cannot be opened, read or made.
    #[error("{path}: {reason}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// It is something else, and stays as it is.
    #[error("{path}: not a journal of trials")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// Another run writes to it.
    #[error("{path}: another run writes to it")]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// It is of another run.
    #[error("{path}: a journal of another run")]
    Other {
        /// The file.
        path: PathBuf,
        /// In what they differ.
        differences: Vec<Difference>,
    },
    /// Two files, or file and program, have other outcomes for a block.
    #[error("{path}: trials {first} and after have other outcomes")]
    Outcomes {
        /// The file.
        path: PathBuf,
        /// First trial of the block.
        first: u64,
    },
    /// Blocks are in none of the files.
    #[error("trials lack: {lacking:?}")]
    Lacking {
        /// The trials.
        lacking: Vec<Range<u64>>,
    },
}

impl Header {
    /// Hash of what decides the bits; the same for all shards of a run.
    pub fn hash(&self) -> [u8; 32] {
        let Identity { verb, version, data, request } = &self.identity;
        let mut hash = Sha256::new().chain_update(FORM.to_le_bytes());
        for text in [verb, version, data, request] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        hash.chain_update(self.seed.to_le_bytes()).chain_update(self.trials.to_le_bytes()).finalize().into()
    }

    /// In what a journal's header differs from this.
    pub(super) fn differences(&self, there: &Header) -> Vec<Difference> {
        let shard = |header: &Header| header.shard.map_or_else(|| "1/1".to_owned(), |s| s.to_string());
        let all = |h: &Header| {
            let i = h.identity.clone();
            let (seed, trials) = (h.seed.to_string(), h.trials.to_string());
            [i.verb, i.version, i.data, i.request, seed, trials, shard(h)]
        };
        let names = ["verb", "version", "data", "request", "seed", "trials", "shard"];
        let pairs = names.into_iter().zip(all(there).into_iter().zip(all(self)));
        pairs
            .filter(|(_, (there, here))| there != here)
            .map(|(what, (there, here))| Difference { what, there, here })
            .collect()
    }

    fn to_bytes(&self) -> Vec<u8> {
        // A struct of texts and numbers is always JSON.
        let text = serde_json::to_vec(self).unwrap_or_default();
        let mut bytes = MAGIC.to_vec();
        bytes.extend(FORM.to_le_bytes());
        bytes.extend((text.len() as u64).to_le_bytes());
        bytes.extend(&text);
        bytes.extend(checksum(&[0; 32], &text));
        bytes
    }
}

fn checksum(hash: &[u8; 32], bytes: &[u8]) -> [u8; SUM] {
    let sum = Sha256::new().chain_update(hash).chain_update(bytes).finalize();
    std::array::from_fn(|i| sum[i])
}

/// A file that is read from its beginning.
struct Reader {
    file: std::io::BufReader<File>,
    /// Bytes read so far.
    at: u64,
}

impl Reader {
    /// So many bytes, or `None` where the file ends before.
    fn bytes(&mut self, count: u64) -> std::io::Result<Option<Vec<u8>>> {
        let mut bytes = vec![];
        if count > LONGEST {
            return Ok(None);
        }
        Read::by_ref(&mut self.file).take(count).read_to_end(&mut bytes)?;
        self.at += bytes.len() as u64;
        Ok((bytes.len() as u64 == count).then_some(bytes))
    }

    fn number(&mut self) -> std::io::Result<Option<u64>> {
        let bytes = self.bytes(8)?;
        Ok(bytes.and_then(|b| <[u8; 8]>::try_from(b).ok()).map(u64::from_le_bytes))
    }

    /// The header; `None` if this is no journal.
    fn header(&mut self) -> std::io::Result<Option<Header>> {
        let Some(start) = self.bytes(MAGIC.len() as u64 + 4)? else { return Ok(None) };
        if start[..MAGIC.len()] != MAGIC[..] || start[MAGIC.len()..] != FORM.to_le_bytes() {
            return Ok(None);
        }
        let Some(length) = self.number()? else { return Ok(None) };
        let Some(text) = self.bytes(length)? else { return Ok(None) };
        let is_whole = self.bytes(SUM as u64)?.is_some_and(|sum| sum == checksum(&[0; 32], &text));
        Ok(serde_json::from_slice(&text).ok().filter(|_| is_whole))
    }

    /// The outcomes of neighbouring blocks from a first; `None` at the end, or where the rest is torn.
    fn record(&mut self, hash: &[u8; 32]) -> std::io::Result<Option<(u64, Vec<Vec<u8>>)>> {
        let Some(length) = self.number()? else { return Ok(None) };
        let Some(body) = self.bytes(length)? else { return Ok(None) };
        if self.bytes(SUM as u64)?.is_none_or(|sum| sum != checksum(hash, &body)) {
            return Ok(None);
        }
        Ok(blocks_of(&body))
    }
}

/// A record's body: number of the first block, then each block's length and bytes.
fn body_of(first: u64, blocks: &[Vec<u8>]) -> Vec<u8> {
    let mut body = first.to_le_bytes().to_vec();
    for block in blocks {
        body.extend((block.len() as u64).to_le_bytes());
        body.extend(block);
    }
    body
}

fn blocks_of(body: &[u8]) -> Option<(u64, Vec<Vec<u8>>)> {
    let (first, mut rest) = body.split_first_chunk()?;
    let mut blocks = vec![];
    while let Some((length, after)) = rest.split_first_chunk() {
        let (block, after) = after.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        blocks.push(block.to_vec());
        rest = after;
    }
    rest.is_empty().then_some((u64::from_le_bytes(*first), blocks))
}

/// What a file holds.
struct Content {
    header: Header,
    blocks: BTreeMap<u64, Vec<u8>>,
    /// Where the last whole record ends.
    end: u64,
    /// Bytes after it.
    torn: u64,
}

fn read(path: &Path, file: &File) -> Result<Content, JournalError> {
    let failed = |reason| JournalError::File { path: path.to_owned(), reason };
    let length = file.metadata().map_err(failed)?.len();
    let file = file.try_clone().map_err(failed)?;
    let mut reader = Reader { file: std::io::BufReader::new(file), at: 0 };
    let foreign = || JournalError::Foreign { path: path.to_owned() };
    let header = reader.header().map_err(failed)?.ok_or_else(foreign)?;
    let hash = header.hash();
    let mut content = Content { header, blocks: BTreeMap::new(), end: reader.at, torn: 0 };
    while let Some((first, blocks)) = reader.record(&hash).map_err(failed)? {
        content.end = reader.at;
        for (number, block) in (first..).zip(blocks) {
            content.blocks.insert(number, block);
        }
    }
    content.torn = length.saturating_sub(content.end);
    Ok(content)
}

/// A journal that is written.
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    hash: [u8; 32],
    /// Where the next record goes.
    end: u64,
    /// The header, while it could not be written.
    header: Option<Vec<u8>>,
    /// Trials that are not in the file, and what the system said last.
    lost: u64,
    failed: Option<std::io::Error>,
    torn: u64,
}

impl Journal {
    /// Begins a journal, or goes on with one; with the blocks that it holds.
    pub(super) fn open(
        path: &Path,
        header: &Header,
    ) -> Result<(Journal, BTreeMap<u64, Vec<u8>>), JournalError> {
        let failed = |reason| JournalError::File { path: path.to_owned(), reason };
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            return Err(JournalError::Busy { path: path.to_owned() });
        }
        let data = file.metadata().map_err(failed)?;
        let mut journal = Journal {
            path: path.to_owned(),
            file,
            hash: header.hash(),
            end: 0,
            header: Some(header.to_bytes()),
            lost: 0,
            failed: None,
            torn: 0,
        };
        // A program that was killed in its first moment leaves a part of a header.
        if !data.is_file() || data.len() == 0 || journal.is_begun(data.len()).map_err(failed)? {
            journal.append(&[]);
            return Ok((journal, BTreeMap::new()));
        }
        let content = read(path, &journal.file)?;
        let differences = header.differences(&content.header);
        if !differences.is_empty() {
            return Err(JournalError::Other { path: path.to_owned(), differences });
        }
        (journal.header, journal.end, journal.torn) = (None, content.end, content.torn);
        Ok((journal, content.blocks))
    }

    /// Whether the file holds no more than the beginning of this header.
    fn is_begun(&mut self, length: u64) -> std::io::Result<bool> {
        let Some(header) = self.header.as_ref().filter(|h| length < h.len() as u64) else { return Ok(false) };
        let mut bytes = vec![];
        self.file.read_to_end(&mut bytes)?;
        self.file.seek(SeekFrom::Start(0))?;
        Ok(header.starts_with(&bytes))
    }

    /// Appends the outcomes of neighbouring blocks. What cannot be written is counted.
    pub(super) fn add(&mut self, first: u64, blocks: &[Vec<u8>], trials: u64) {
        let body = body_of(first, blocks);
        let mut record = (body.len() as u64).to_le_bytes().to_vec();
        record.extend(&body);
        record.extend(checksum(&self.hash, &body));
        if !self.append(&record) {
            self.lost += trials;
        }
    }

    fn append(&mut self, record: &[u8]) -> bool {
        let bytes = [self.header.as_deref().unwrap_or_default(), record].concat();
        let written = self.file.seek(SeekFrom::Start(self.end)).and_then(|_| self.file.write_all(&bytes));
        // What stands behind is torn, or half of this.
        let end = self.end + if written.is_ok() { bytes.len() as u64 } else { 0 };
        let cut = match self.file.metadata() {
            Ok(data) if data.is_file() && data.len() > end => self.file.set_len(end),
            _ => Ok(()),
        };
        match written.and(cut) {
            Ok(()) => {
                (self.end, self.header) = (end, None);
                true
            }
            Err(e) => {
                self.failed = Some(e);
                false
            }
        }
    }

    /// Hands what was written to the disk, and says what went wrong on the way.
    pub(super) fn close(mut self) -> Vec<Message> {
        if let Err(e) = self.file.sync_data()
            && self.file.metadata().is_ok_and(|data| data.is_file())
        {
            self.failed = Some(e);
        }
        let path = self.path.display().to_string();
        let mut warnings = vec![];
        if self.torn > 0 {
            let bytes = i64::try_from(self.torn).unwrap_or(i64::MAX);
            warnings
                .push(Message::new("note-trials-torn").text("file", path.as_str()).integer("bytes", bytes));
        }
        if let Some(e) = self.failed {
            let lost = i64::try_from(self.lost).unwrap_or(i64::MAX);
            let warning = Message::new("note-trials-not-written").text("file", path).integer("trials", lost);
            warnings.push(warning.text("reason", e.to_string()));
        }
        warnings
    }
}

/// Journals of one run, put together: every block is there.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The header of the run, without a shard.
    pub header: Header,
    pub(super) blocks: BTreeMap<u64, Vec<u8>>,
    pub(super) file: PathBuf,
}

/// Puts journals together. They must be of one run, agree where they overlap, and lack nothing; in which order they are named makes
/// no difference.
pub fn merge(files: &[PathBuf]) -> Result<Merged, JournalError> {
    let mut merged: Option<Merged> = None;
    for path in files {
        let failed = |reason| JournalError::File { path: path.to_owned(), reason };
        let data = std::fs::metadata(path).map_err(failed)?;
        if !data.is_file() {
            return Err(JournalError::Foreign { path: path.to_owned() });
        }
        let content = read(path, &File::open(path).map_err(failed)?)?;
        let header = Header { shard: None, ..content.header };
        let all = merged.get_or_insert_with(|| Merged {
            header: header.clone(),
            blocks: BTreeMap::new(),
            file: path.to_owned(),
        });
        let differences = all.header.differences(&header);
        if !differences.is_empty() {
            return Err(JournalError::Other { path: path.to_owned(), differences });
        }
        for (number, block) in content.blocks {
            if all.blocks.get(&number).is_some_and(|other| *other != block) {
                return Err(JournalError::Outcomes { path: path.to_owned(), first: number * BLOCK });
            }
            all.blocks.insert(number, block);
        }
    }
    let Some(merged) = merged else { return Err(JournalError::Lacking { lacking: vec![] }) };
    let lacking = lacking(&merged);
    if lacking.is_empty() { Ok(merged) } else { Err(JournalError::Lacking { lacking }) }
}

/// Trials that no file has, as ranges.
fn lacking(merged: &Merged) -> Vec<Range<u64>> {
    let trials = merged.header.trials;
    let mut lacking = vec![];
    let mut next = 0;
    // One block past the last ends the last gap.
    for number in merged.blocks.keys().copied().chain([trials.div_ceil(BLOCK)]) {
        if number > next {
            lacking.push(next * BLOCK..(number * BLOCK).min(trials));
        }
        next = number.saturating_add(1);
    }
    lacking
}
