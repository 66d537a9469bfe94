//! What can be typed. Help texts stand with the other messages, in both languages (see [`crate::help`]).

use clap::{Args, Parser, Subcommand};
use linchpin::trials::{Plan, Shard};
use linchpin_render::Format;
use linchpin_table::Lang;
use std::path::PathBuf;

/// The program.
#[derive(Debug, Parser)]
#[command(name = "linchpin", version, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[arg(long, global = true, value_name = "en|zh")]
    pub(crate) lang: Option<Lang>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Brief(Brief),
    Compare(Compare),
    Explode(Explode),
    Company(Company),
    Audit(Audit),
    Explain(Explain),
    Expose(Expose),
    Disrupt(Disrupt),
    Risk(Risk),
    Firms(Firms),
    Outages(Outages),
    Merge(Merge),
    Import(Import),
    Revisions(Revisions),
    #[command(subcommand)]
    Atlas(Atlas),
}

/// The atlas and the scenario that an answer stands on.
#[derive(Debug, Args)]
pub(crate) struct Ground {
    #[arg(long, value_name = "DIR")]
    pub(crate) atlas: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Option<PathBuf>,
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    pub(crate) set: Vec<String>,
}

/// Where an answer goes.
#[derive(Debug, Args)]
pub(crate) struct Output {
    #[arg(long, value_name = "terminal|json|csv|md|xlsx|html|svg|png")]
    pub(crate) format: Option<Format>,
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[arg(long, value_name = "TABLE")]
    pub(crate) table: Vec<String>,
    #[arg(long, value_name = "PICTURE")]
    pub(crate) picture: Option<String>,
}

/// What an explosion covers beside the product.
#[derive(Debug, Args)]
pub(crate) struct Scope {
    #[arg(long, value_name = "ITEM")]
    pub(crate) where_used: Option<String>,
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i64>,
}

/// One loss, and what the maker says of his suppliers.
#[derive(Debug, Args)]
pub(crate) struct Losses {
    #[arg(long, value_name = "SELECTOR")]
    pub(crate) stop: Option<String>,
    #[arg(long, value_name = "output|exports")]
    pub(crate) mode: Option<String>,
    #[arg(long, value_name = "COUNTRIES")]
    pub(crate) to: Option<String>,
    #[arg(long)]
    pub(crate) end_user: bool,
    #[arg(long)]
    pub(crate) re_export: bool,
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) de_minimis: Option<f64>,
    #[arg(long, value_name = "ITEM=SELECTOR")]
    pub(crate) own: Vec<String>,
    #[arg(long, value_name = "SELECTOR")]
    pub(crate) leave: Option<String>,
}

/// Whom a number about a company is about.
#[derive(Debug, Args)]
pub(crate) struct Whom {
    #[arg(long, value_name = "NAME")]
    pub(crate) company: Option<String>,
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) without: Option<String>,
}

/// Country without which shares are told if none is named: the one that makes most of what a robot is made of.
pub(crate) const WITHOUT: &str = "CHN";

/// Robot of an answer that names none, on an atlas that brings none of its own.
pub(crate) const PRODUCT: &str = "optimus";

#[derive(Debug, Args)]
pub(crate) struct Brief {
    #[arg(long)]
    pub(crate) product: Option<String>,
    #[arg(long, default_value_t = 1000.0, value_parser = positive)]
    pub(crate) volume: f64,
    #[command(flatten)]
    pub(crate) ground: Ground,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    #[arg(value_name = "A")]
    pub(crate) a: String,
    #[arg(value_name = "B", required_unless_present = "swap")]
    pub(crate) b: Option<String>,
    #[arg(long, value_name = "FROM=TO")]
    pub(crate) swap: Vec<String>,
    #[arg(long, default_value_t = 1000.0, value_parser = positive)]
    pub(crate) volume: f64,
    #[arg(long, value_name = "SELECTOR")]
    pub(crate) stop: Option<String>,
    #[arg(long = "set", value_name = "ADDRESS=VALUE")]
    pub(crate) set: Vec<String>,
    #[arg(long, value_name = "ROWS")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Explode {
    #[arg(long)]
    pub(crate) product: Option<String>,
    #[arg(long, default_value_t = 1.0, value_parser = positive)]
    pub(crate) units: f64,
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=32))]
    pub(crate) depth: u8,
    #[command(flatten)]
    pub(crate) scope: Scope,
    #[command(flatten)]
    pub(crate) ground: Ground,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Company {
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[arg(long)]
    pub(crate) product: Option<String>,
    #[arg(long, default_value_t = 1000.0, value_parser = positive)]
    pub(crate) volume: f64,
    #[arg(long, value_name = "COUNTRY", default_value = WITHOUT)]
    pub(crate) without: String,
    #[command(flatten)]
    pub(crate) ground: Ground,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Audit {
    #[arg(long)]
    pub(crate) product: Option<String>,
    #[arg(long, value_name = "ID")]
    pub(crate) claim: Option<String>,
    #[command(flatten)]
    pub(crate) ground: Ground,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    pub(crate) address: String,
    #[arg(long)]
    pub(crate) product: Option<String>,
    #[arg(long, visible_alias = "volume", value_parser = positive)]
    pub(crate) units: Option<f64>,
    #[command(flatten)]
    pub(crate) scope: Scope,
    #[command(flatten)]
    pub(crate) losses: Losses,
    #[command(flatten)]
    pub(crate) whom: Whom,
    #[command(flatten)]
    pub(crate) written: Written,
    #[arg(long, value_name = "ROWS")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) ground: Ground,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Expose {
    #[arg(long)]
    pub(crate) product: Option<String>,
    #[arg(long, default_value_t = 1000.0, value_parser = positive)]
    pub(crate) volume: f64,
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i64>,
    #[command(flatten)]
    pub(crate) losses: Losses,
    #[arg(long, value_name = "ROWS")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) ground: Ground,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// One event, typed.
#[derive(Debug, Args)]
pub(crate) struct Happening {
    #[arg(value_name = "exports|output|demand|equipment")]
    pub(crate) effect: Option<String>,
    #[arg(value_name = "SELECTOR")]
    pub(crate) what: Option<String>,
    #[arg(long, value_name = "ITEMS")]
    pub(crate) items: Option<String>,
    #[arg(long, value_name = "COUNTRIES")]
    pub(crate) to: Option<String>,
    #[arg(long, value_name = "WEEKS")]
    pub(crate) weeks: Option<u32>,
    #[arg(long, value_name = "WEEK")]
    pub(crate) week: Option<u32>,
    #[arg(long, value_name = "SHARE")]
    pub(crate) left: Option<f64>,
    #[arg(long, value_name = "WEEKS")]
    pub(crate) announced: Option<u32>,
    #[arg(long, value_name = "FACTOR")]
    pub(crate) front_load: Option<f64>,
    #[arg(long, value_name = "WEEKS")]
    pub(crate) recovery: Option<u32>,
    #[arg(long, value_name = "linear|convex|concave|step")]
    pub(crate) curve: Option<String>,
    #[arg(long, value_name = "SHARE")]
    pub(crate) destroyed: Option<f64>,
    #[arg(long)]
    pub(crate) end_user: bool,
    #[arg(long)]
    pub(crate) re_export: bool,
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) de_minimis: Option<f64>,
}

/// Events and settings that are written down.
#[derive(Debug, Args)]
pub(crate) struct Written {
    #[arg(long, value_name = "FILE", conflicts_with = "shipped")]
    pub(crate) file: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    pub(crate) shipped: Option<String>,
}

impl Happening {
    /// Whether anything of an event was typed.
    pub(crate) fn is_typed(&self) -> bool {
        let words =
            [&self.effect, &self.what, &self.items, &self.to, &self.curve].into_iter().any(Option::is_some);
        let weeks = [self.weeks, self.week, self.announced, self.recovery].iter().any(Option::is_some);
        let shares =
            [self.left, self.front_load, self.destroyed, self.de_minimis].iter().any(Option::is_some);
        words || weeks || shares || self.end_user || self.re_export
    }
}

#[derive(Debug, Args)]
pub(crate) struct Disrupt {
    #[command(flatten)]
    pub(crate) happening: Happening,
    #[command(flatten)]
    pub(crate) written: Written,
    #[arg(long)]
    pub(crate) product: Option<String>,
    #[arg(long, value_parser = positive)]
    pub(crate) volume: Option<f64>,
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i64>,
    #[arg(long, value_name = "WEEKS", value_parser = clap::value_parser!(u32).range(1..=5200))]
    pub(crate) horizon: Option<u32>,
    #[arg(long, value_name = "WEEK=VOLUME,…")]
    pub(crate) path: Option<String>,
    #[arg(long, value_name = "ITEM=SELECTOR")]
    pub(crate) own: Vec<String>,
    #[arg(long, value_name = "ITEM")]
    pub(crate) contract: Vec<String>,
    #[arg(long, value_name = "[HOLDER:]ITEM=DAYS")]
    pub(crate) cover: Vec<String>,
    #[arg(long, value_name = "WEEKS", value_parser = clap::value_parser!(u16).range(1..=52))]
    pub(crate) transit: Option<u16>,
    #[arg(long, value_name = "WEEKS", value_parser = positive)]
    pub(crate) adjustment: Option<f64>,
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(crate) overtime: Option<f64>,
    #[arg(long, value_name = "nobody|robots|others|home")]
    pub(crate) first: Option<String>,
    #[arg(long, value_name = "need|orders|usual")]
    pub(crate) sharing: Option<String>,
    #[arg(long)]
    pub(crate) no_resourcing: bool,
    #[arg(long)]
    pub(crate) substitutes: bool,
    #[arg(long)]
    pub(crate) backlog: bool,
    #[arg(long)]
    pub(crate) way_lost: bool,
    #[arg(long)]
    pub(crate) alone: bool,
    #[command(flatten)]
    pub(crate) ground: Ground,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Risk {
    #[command(flatten)]
    pub(crate) disrupt: Disrupt,
    #[command(flatten)]
    pub(crate) trials: Trials,
    #[arg(long)]
    pub(crate) no_failures: bool,
    #[arg(long)]
    pub(crate) fixed_figures: bool,
    #[arg(long)]
    pub(crate) no_gain: bool,
    #[arg(long, value_name = "single|double", default_value = "single")]
    pub(crate) precision: String,
    #[arg(long, value_name = "avx512|avx2|plain")]
    pub(crate) instructions: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Firms {
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    #[arg(long, value_name = "DAYS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=36500))]
    pub(crate) days: u32,
    #[arg(long, value_name = "DAYS", default_value_t = 15.0, value_parser = cover)]
    pub(crate) cover: f64,
    #[arg(long, value_name = "DAYS", default_value_t = 6.0, value_parser = adjustment)]
    pub(crate) adjustment: f64,
    #[arg(long, value_name = "WAY", default_value = "pro-rata")]
    pub(crate) rationing: String,
    #[arg(long, value_name = "DAYS", default_value_t = 0.0, value_parser = recovery)]
    pub(crate) recovery: f64,
    #[arg(long, value_name = "ROWS", default_value_t = 20)]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// How many trials are run, and how.
#[derive(Debug, Args)]
pub(crate) struct Trials {
    #[arg(long, value_name = "TRIALS", default_value = "10k", value_parser = trials)]
    pub(crate) trials: u64,
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    #[arg(long, value_name = "SHARE", value_parser = share, conflicts_with = "shard")]
    pub(crate) error: Option<f64>,
    #[arg(long, value_name = "FILE")]
    pub(crate) checkpoint: Option<PathBuf>,
    #[arg(long, value_name = "PART/PARTS", requires = "checkpoint")]
    pub(crate) shard: Option<Shard>,
    #[arg(long, value_name = "THREADS", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

impl Trials {
    /// The plan of the run.
    pub(crate) fn plan(&self) -> Plan {
        Plan {
            trials: self.trials,
            seed: self.seed,
            shard: self.shard,
            error: self.error,
            checkpoint: self.checkpoint.clone(),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Outages {
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    #[arg(long, value_name = "WEEKS", default_value_t = 52, value_parser = clap::value_parser!(u32).range(1..=5200))]
    pub(crate) weeks: u32,
    #[command(flatten)]
    pub(crate) trials: Trials,
    #[arg(long, value_name = "ROWS", default_value_t = 20)]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Merge {
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(crate) from: Option<PathBuf>,
    #[arg(long, value_name = "ROWS", default_value_t = 20)]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(crate) title: Option<String>,
    #[arg(long, value_name = "COUNTRY", required_unless_present = "dry_run")]
    pub(crate) country: Option<String>,
    #[arg(long, value_name = "KG", value_parser = positive)]
    pub(crate) mass: Option<f64>,
    #[arg(long, value_parser = positive)]
    pub(crate) volume: Option<f64>,
    #[arg(long, value_name = "CURRENCY=DOLLARS")]
    pub(crate) rate: Vec<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) matches: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    pub(crate) robot: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) assumptions: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(crate) to: Option<PathBuf>,
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Revisions {
    #[arg(value_name = "FILE[=DAY]", required = true)]
    pub(crate) files: Vec<String>,
    #[arg(long, value_name = "SHARE", default_value = "1%", value_parser = share)]
    pub(crate) still: f64,
    #[arg(long, value_name = "CURRENCY=DOLLARS")]
    pub(crate) rate: Vec<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Atlas {
    Check {
        folder: Option<PathBuf>,
    },
    Export {
        folder: PathBuf,
    },
    Schema {
        #[command(flatten)]
        output: Output,
    },
    Coverage {
        #[arg(long, value_name = "DIR")]
        atlas: Option<PathBuf>,
        #[command(flatten)]
        output: Output,
    },
    Items(Items),
    Questions(Questions),
    Diff(Diff),
}

#[derive(Debug, Args)]
pub(crate) struct Items {
    #[arg(value_name = "WORDS")]
    pub(crate) words: Vec<String>,
    #[arg(long, value_name = "ROWS")]
    pub(crate) limit: Option<usize>,
    #[arg(long, value_name = "DIR")]
    pub(crate) atlas: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Questions {
    #[arg(long)]
    pub(crate) product: Option<String>,
    #[arg(long, default_value_t = 1000.0, value_parser = positive)]
    pub(crate) volume: f64,
    #[arg(long, value_name = "ROWS")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) ground: Ground,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    #[arg(value_name = "NEW", default_value = "shipped")]
    pub(crate) new: PathBuf,
    #[arg(long, default_value = PRODUCT)]
    pub(crate) product: String,
    #[arg(long, default_value_t = 1000.0, value_parser = positive)]
    pub(crate) volume: f64,
    #[arg(long, value_name = "ROWS")]
    pub(crate) limit: Option<usize>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// A number above zero: `50000`, `50,000`, `50k`, `1M`.
fn positive(text: &str) -> Result<f64, String> {
    let (number, factor) = match text.char_indices().next_back() {
        Some((at, 'k')) => (&text[..at], 1e3),
        Some((at, 'M')) => (&text[..at], 1e6),
        _ => (text, 1.0),
    };
    // Only commas between groups of three digits separate; `1,5` is no number here.
    let groups: Vec<&str> = number.split(',').collect();
    let grouped = groups.iter().skip(1).all(|g| g.split('.').next().is_some_and(|d| d.len() == 3));
    let plain: String = if grouped { groups.concat() } else { String::new() };
    match plain.parse::<f64>().map(|v| v * factor) {
        Ok(v) if v.is_finite() && v > 0.0 && v <= 1e12 => Ok(v),
        _ => Err("0 < … ≤ 1e12".to_owned()),
    }
}

/// A whole number of trials, written as [`positive`] numbers are.
fn trials(text: &str) -> Result<u64, String> {
    positive(text)
        .ok()
        .filter(|v| v.fract() == 0.0)
        .map(|v| v as u64)
        .ok_or_else(|| "1, 2, … 10k, 1M …".to_owned())
}

/// Days of stock: with less than one nothing would be left from one delivery to the next.
fn cover(text: &str) -> Result<f64, String> {
    between(text, 1.0, 1e4)
}

/// Days over which a gap in stock is closed.
fn adjustment(text: &str) -> Result<f64, String> {
    between(text, 0.01, 1e4)
}

/// Days until damage is gone; zero if it stays.
fn recovery(text: &str) -> Result<f64, String> {
    between(text, 0.0, 1e6)
}

fn between(text: &str, low: f64, high: f64) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(v) if v >= low && v <= high => Ok(v),
        _ => Err(format!("{low} ≤ … ≤ {high}")),
    }
}

/// A share of one: `0.001`, or `0.1%`.
fn share(text: &str) -> Result<f64, String> {
    let (number, factor) = text.strip_suffix('%').map_or((text, 1.0), |t| (t, 0.01));
    match number.trim().parse::<f64>() {
        Ok(v) if v > 0.0 && v * factor <= 1.0 => Ok(v * factor),
        _ => Err("0 < … ≤ 1".to_owned()),
    }
}
