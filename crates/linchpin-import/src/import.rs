//! From files to a product on the network.

use crate::archetype::{self, Archetype, Match, Matcher, OverrideFault, Overrides};
use crate::asked::asked;
use crate::beside::{self, BesideFault};
use crate::bom::{self, Bom, Line, Lines, TreeFault};
use crate::column::Role;
use crate::contents::contents;
use crate::cost::{Asked, Costs, Rates};
use crate::design::assumptions::AssumptionFault;
use crate::file::{self, FileFault, Limits};
use crate::left_out::{day, left_out};
use crate::listed::Names;
use crate::mapping::{Mapping, MappingFault};
use crate::model::{ModelFault, Problem};
use crate::number::is_han;
use crate::overlay::{Known, Product, overlay};
use crate::questionnaire::questionnaires;
use crate::report::{self, Told};
use crate::said;
use crate::sheet::Sheet;
use crate::stand_in::StandIns;
use crate::stock::{amounts, stock};
use crate::table::{self, Kind, Table};
use crate::traits::{mass, traits};
use crate::vendors::{countries, country, masses, vendors};
use crate::{answered, companies, price_lists};
use linchpin::atlas::{Atlas, Files, Problems};
use linchpin::context::{Cancelled, Context};
use linchpin::slips::near;
use linchpin_table::{Answer, TableError};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Files that list parts.
    pub files: Vec<PathBuf>,
    /// Name of the product on the command line.
    pub alias: String,
    /// What it is called; its alias if `None`.
    pub title: Option<String>,
    /// Country in which it is assembled.
    pub country: String,
    /// Kilograms that it weighs.
    pub mass: Option<f64>,
    /// Products a year, for which stock is told in days and parts are bought.
    pub volume: f64,
    /// Dollars for one of other currencies.
    pub rates: Rates,
    /// How the files are to be read, as text of a mapping.
    pub mapping: Option<String>,
    /// Which items parts are, as bytes of a table.
    pub matches: Option<Vec<u8>>,
}

impl Default for Request {
    fn default() -> Request {
        Request {
            files: vec![],
            alias: String::new(),
            title: None,
            country: String::new(),
            mass: None,
            volume: 1000.0,
            rates: Rates::default(),
            mapping: None,
            matches: None,
        }
    }
}

/// Parts up to which an import works out what to ask first: of thousands that takes as long as the import.
const ASKED: usize = 1000;

/// What came of it.
#[derive(Debug)]
pub struct Imported {
    /// What was understood, and what was not.
    pub answer: Answer,
    /// The atlas of the product.
    pub files: Files,
    /// How the files were read.
    pub mapping: String,
    /// Which item each part is taken for.
    pub matches: Vec<u8>,
    /// The sheets that were read, with what came of each line beside it: a workbook. What does not fit into one does not
    /// stop the import.
    pub beside: Result<Vec<u8>, BesideFault>,
    /// Questions to suppliers in English and in Chinese: workbooks that can be imported once they are filled in.
    pub questionnaires: Result<[Vec<u8>; 2], BesideFault>,
}

/// Why nothing came of it.
#[derive(Debug, thiserror::Error)]
pub enum ImportFault {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] FileFault),
    /// The mapping cannot be followed.
    #[error("mapping: {0}")]
    Mapping(#[from] MappingFault),
    /// The matches cannot be followed.
    #[error("matches: {0}")]
    Matches(#[from] OverrideFault),
    /// A rate is far from what the currency is usually worth.
    #[error("{currency}={given}: usually {} to {} dollars for one", .usual.0, .usual.1)]
    Rate {
        /// Code of the currency.
        currency: String,
        /// Dollars for one as given.
        given: f64,
        /// Dollars for one as usual: least and most.
        usual: (f64, f64),
    },
    /// A file is given twice.
    #[error("{0} is given twice")]
    Twice(String),
    /// An item beside a line is none that a line may be.
    #[error("{file}, sheet {sheet:?}, row {row}: no item `{item}`; the nearest are {}", .nearest.join(", "))]
    Item {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
        /// Number of the row.
        row: u32,
        /// What stands there.
        item: String,
        /// Items that may be meant.
        nearest: Vec<String>,
    },
    /// What is said to be a company beside a supplier is none.
    #[error("{file}, sheet {sheet:?}, row {row}: no company `{company}`; the nearest are {}", .nearest.join(", "))]
    Company {
        /// The file.
        file: String,
        /// The sheet.
        sheet: String,
        /// Number of the row.
        row: u32,
        /// What stands there.
        company: String,
        /// Companies that may be meant.
        nearest: Vec<String>,
    },
    /// Two lines of one part are given two items.
    #[error("{file}, sheet {sheet:?}, rows {} and {}: one part, given as `{}` and `{}`", .rows.0, .rows.1, .items.0, .items.1)]
    TwoItems {
        /// The file of the second line.
        file: String,
        /// The sheet of the second line.
        sheet: String,
        /// Numbers of their rows.
        rows: (u32, u32),
        /// Their items.
        items: (String, String),
    },
    /// The parts make no tree.
    #[error("{file}: {fault}")]
    Tree {
        /// The file.
        file: String,
        /// The quantity as typed and as it was read, where it is more than can be meant; empty elsewhere.
        read: String,
        /// Why.
        fault: TreeFault,
    },
    /// No table lists parts.
    #[error("no table lists parts: {}", .0.join("; "))]
    NoParts(Vec<String>),
    /// The alias is no id, or one that the atlas has.
    #[error("{0} cannot be the name of a product")]
    Alias(String),
    /// No country of the atlas.
    #[error("{typed} is no country of the atlas; near it are {}", .nearest.join(", "))]
    Country {
        /// What is given.
        typed: String,
        /// Countries that may be meant.
        nearest: Vec<String>,
    },
    /// Something in a model is wrong.
    #[error("{0}")]
    Model(Problem),
    /// What is said of a model cannot be followed.
    #[error("assumptions: {0}")]
    Assumption(#[from] AssumptionFault),
    /// A file holds several robots, and none is named.
    #[error("several robots: {0}")]
    Robots(String),
    /// A file holds no robot of that name.
    #[error("no robot {name}; there are {known}")]
    Robot {
        /// The name.
        name: String,
        /// The robots of the file.
        known: String,
    },
    /// The masses of a model are not those of a robot.
    #[error("{links} links of {total} kg in all, {heaviest} the heaviest; a robot weighs {} to {} kg", .allowed.0, .allowed.1)]
    Mass {
        /// Kilograms of all links.
        total: f64,
        /// How many there are.
        links: usize,
        /// The heaviest.
        heaviest: String,
        /// Least and most that a robot weighs.
        allowed: (f64, f64),
    },
    /// What is said of a robot outweighs it.
    #[error("actuators of {actuators} kg and {carried} kg beside them in a robot of {total} kg")]
    Room {
        /// Kilograms of the robot.
        total: f64,
        /// Of its actuators.
        actuators: f64,
        /// Of battery, computer, cable and sensors.
        carried: f64,
    },
    /// No joint of so many is driven.
    #[error("none of {0} joints is driven")]
    NoDrives(usize),
    /// More joints are driven than any robot has.
    #[error("{count} driven joints; {most} at most")]
    Drives {
        /// How many.
        count: usize,
        /// Most that are taken.
        most: usize,
    },
    /// The atlas lacks figures by which actuators are sized; a bug.
    #[error("the atlas lacks figures by which actuators are sized")]
    Sizes,
    /// The atlas that was made does not hold together; a bug.
    #[error("the imported atlas has {} faults", .0.len())]
    Atlas(Problems),
    /// A table does not hold together; a bug.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The request was cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Reads files and makes an atlas of what they list, over the atlas inside the program, whose files are `base`.
pub fn import(
    atlas: &Atlas,
    base: &Files,
    request: &Request,
    context: &Context,
) -> Result<Imported, Vec<ImportFault>> {
    let countries = countries(atlas);
    let country = check(atlas, &request.alias, &request.country)?;
    let (mut sheets, mut names) = read(request, context)?;
    let mapping = mapping(request, &mut sheets, &mut names)?;
    let (mut tables, absent) = tables(&sheets, &names, &mapping)?;
    let today = day(&atlas.package.as_of);
    for table in &mut tables {
        table.left_out = left_out(table, &sheets[table.sheet], today);
    }
    let lines = bom::lines(&sheets, &tables);
    if lines.lines.is_empty() {
        return Err(vec![ImportFault::NoParts(report::skipped(&sheets, &tables, &names))]);
    }
    let bom = Bom::new(&lines, &tables, &sheets)
        .map_err(|faults| no_tree(faults, &lines, &tables, &sheets, &names))?;
    let mut matcher = matcher(atlas);
    let mut unused = vec![];
    if let Some(bytes) = &request.matches {
        let overrides = Overrides::read(bytes.as_slice()).map_err(|e| vec![e.into()])?;
        unused = overrides.unused(said_of(&bom, &lines));
        matcher.override_with(overrides).map_err(|e| vec![e.into()])?;
    }
    let said = said::Told { lines: &lines, tables: &tables, sheets: &sheets, files: &names };
    let matches = find(&matcher, &bom, &said, context)?;
    let items = atlas.sheet("items");
    let names_of_parts = Names::new(&bom, &lines);
    let weighed = masses(&sheets, &tables, &names_of_parts);
    // Of several lines of vendor lists the first.
    let listed = weighed.iter().rev().filter(|w| !w.is_answer);
    let listed: BTreeMap<usize, f64> = listed.map(|w| (w.part, w.mass)).collect();
    let mut known: Vec<Known> = matches
        .iter()
        .enumerate()
        .map(|(part, found)| Known {
            item: found.best.as_ref().map(|g| g.item.clone()),
            mass: mass(&bom, &lines, part, found).or_else(|| listed.get(&part).copied()),
            traits: traits(&bom, &lines, part, found),
        })
        .collect();
    let product = Product {
        alias: request.alias.clone(),
        title: request.title.clone().unwrap_or_else(|| request.alias.clone()),
        country: country.clone(),
        mass: request.mass,
        files: distinct(&names),
        chinese: is_chinese(&lines),
    };
    // A checked atlas has values for its own figures.
    let Some(stand_ins) = StandIns::new(atlas) else { return Err(vec![]) };
    let mut vendors = vendors(&countries, &sheets, &tables, &names_of_parts);
    let stock = stock(&sheets, &tables, &names_of_parts);
    let (totals, needs) = (bom.totals(), bom.needs());
    let called = report::called(&bom, &lines);
    let mut contents = contents(atlas, &countries, &sheets, &tables, &names_of_parts);
    let mut differs = answered::weighed(&mut known, &weighed, &bom, &lines);
    differs.extend(answered::answered(&mut vendors));
    differs.extend(answered::averaged(&mut contents, &vendors));
    let strangers = companies::name_companies(atlas, &known, &mut vendors, &mut contents);
    let place = |table: usize| {
        let sheet = tables[table].sheet;
        (names[sheet].clone(), sheets[sheet].name.clone())
    };
    let unknown = contents.iter().filter(|c| !c.input.is_empty() && items.find(c.input).is_none());
    let unknown = unknown.map(|c| {
        let ((file, sheet), nearest) = (place(c.table), near(atlas, "items", c.input));
        ImportFault::Item { file, sheet, row: c.row, item: c.input.to_owned(), nearest }
    });
    let strangers = strangers.into_iter().map(|s| {
        let ((file, sheet), nearest) = (place(s.table), near(atlas, "companies", &s.typed));
        ImportFault::Company { file, sheet, row: s.row, company: s.typed, nearest }
    });
    let faults: Vec<ImportFault> = unknown.chain(strangers).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let rates = request.rates.clone().with_yuan(stand_ins.figure("parameters/cny_per_usd"));
    let far = rates.far_off().into_iter();
    let far: Vec<_> =
        far.map(|(currency, given, usual)| ImportFault::Rate { currency, given, usual }).collect();
    if !far.is_empty() {
        return Err(far);
    }
    let costs = Costs::new(&Asked {
        bom: &bom,
        needs: &needs,
        lines: &lines,
        vendors: &vendors,
        rates: &rates,
        volume: request.volume,
        chinese: product.chinese,
    });
    let made = overlay(
        atlas,
        &stand_ins,
        &bom,
        &totals,
        &lines,
        &called,
        &known,
        &vendors,
        &contents,
        &costs,
        &amounts(&stock),
        &product,
    );
    // The atlas is checked while the answer is put into words: neither needs the other, but for what to ask first.
    let mut imported = std::thread::scope(|scope| {
        let mut checked = Some(scope.spawn(|| Atlas::read_over(&made.files, base)));
        let asked = match checked.take_if(|_| bom.parts.len() <= ASKED) {
            Some(few) => asked(&joined(few)?, &request.alias, request.volume, &made.parts, context),
            None => None,
        };
        let told = Told {
            atlas,
            request,
            sheets: &sheets,
            files: &names,
            tables: &tables,
            lines: &lines,
            bom: &bom,
            totals: &totals,
            needs: &needs,
            matches: &matches,
            known: &known,
            parts: &made.parts,
            product: &product,
            vendors: &vendors,
            contents: &contents,
            stand_ins: &stand_ins,
            asked: asked.as_deref(),
            stock: &stock,
            costs: &costs,
            rates: &rates,
            unused: &unused,
            absent: &absent,
            differs: &differs,
            called: &called,
        };
        let answer = report::answer(&told).map_err(|e| vec![e.into()])?;
        let mapping = Mapping::of(&tables, &sheets, &names).text();
        let (matches, beside) = (report::matches(&told), beside::workbook(&told));
        let questionnaires = questionnaires(&told);
        if let Some(checked) = checked {
            joined(checked)?;
        }
        let files = Files::new();
        Ok::<_, Vec<ImportFault>>(Imported { answer, files, mapping, matches, beside, questionnaires })
    })?;
    imported.files = made.files;
    Ok(imported)
}

/// All that is wrong with a model.
pub(crate) fn no_model(fault: ModelFault) -> Vec<ImportFault> {
    match fault {
        ModelFault::Unsound { problems } => problems.into_iter().map(ImportFault::Model).collect(),
        ModelFault::Cancelled(cancelled) => vec![cancelled.into()],
    }
}

/// Why lines make no tree, with the cell where a quantity is more than can be meant.
pub(crate) fn no_tree(
    faults: Vec<TreeFault>,
    lines: &Lines<'_>,
    tables: &[Table],
    sheets: &[Sheet],
    names: &[String],
) -> Vec<ImportFault> {
    let place = |fault: &TreeFault| match fault {
        TreeFault::Amount { line, row, .. } => {
            let (line, table) = (&lines.lines[*line], &tables[lines.lines[*line].table]);
            let sheet = &sheets[table.sheet];
            let typed = sheet.rows().find(|r| r.number() == *row).map(|r| table.text(r, Role::Quantity));
            let read = line.quantity.as_ref().map_or(1.0, |q| q.amount);
            let read = format!("{} → {read}", typed.unwrap_or_default().trim());
            (format!("{} › {}", names[table.sheet], table.heading(Role::Quantity)), read)
        }
        TreeFault::Cycle(_) => (names.first().cloned().unwrap_or_default(), String::new()),
    };
    let told = faults.into_iter().map(|fault| (place(&fault), fault));
    told.map(|((file, read), fault)| ImportFault::Tree { file, read, fault }).collect()
}

/// The atlas that a thread has read.
fn joined(
    read: std::thread::ScopedJoinHandle<'_, Result<Atlas, Problems>>,
) -> Result<Atlas, Vec<ImportFault>> {
    let read = read.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    read.map_err(|problems| vec![ImportFault::Atlas(problems)])
}

/// Checks the name of a product and the country of its assembly, which may be named in either language; returns the id of the
/// country.
pub(crate) fn check(atlas: &Atlas, alias: &str, typed: &str) -> Result<String, Vec<ImportFault>> {
    let mut faults = vec![];
    let products = atlas.sheet("products");
    let taken = products.rows.iter().any(|row| products.text(row, "alias") == alias);
    let is_id = alias.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if taken || !is_id || alias.is_empty() || alias.chars().count() > 30 {
        faults.push(ImportFault::Alias(alias.to_owned()));
    }
    match country(&countries(atlas), typed) {
        Some(country) if faults.is_empty() => return Ok(country.clone()),
        Some(_) => {}
        None => faults
            .push(ImportFault::Country { typed: typed.to_owned(), nearest: near(atlas, "countries", typed) }),
    }
    Err(faults)
}

/// The sheets of all files, and the file of each.
fn read(request: &Request, context: &Context) -> Result<(Vec<Sheet>, Vec<String>), Vec<ImportFault>> {
    let (mut sheets, mut names, mut faults) = (vec![], vec![], vec![]);
    let mut seen = std::collections::BTreeSet::new();
    for path in &request.files {
        // However it is written: everything in it would count twice.
        if std::fs::canonicalize(path).is_ok_and(|real| !seen.insert(real)) {
            faults.push(ImportFault::Twice(path.display().to_string()));
            continue;
        }
        match file::read(path, &Limits::default(), context) {
            Ok(read) => {
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
                names.extend(read.sheets.iter().map(|_| name.clone().into_owned()));
                sheets.extend(read.sheets);
            }
            Err(fault) => faults.push(fault.into()),
        }
    }
    if faults.is_empty() { Ok((sheets, names)) } else { Err(faults) }
}

/// How tables are read: as the user says, else as a workbook of the program says of itself.
fn mapping(
    request: &Request,
    sheets: &mut Vec<Sheet>,
    names: &mut Vec<String>,
) -> Result<Mapping, Vec<ImportFault>> {
    let said = request.mapping.as_deref().map_or(Ok(Mapping::default()), Mapping::parse);
    said.and_then(|said| said.with_kept(sheets, names)).map_err(|fault| vec![fault.into()])
}

/// The tables of all sheets, and the files that a mapping names and that are not given.
fn tables(
    sheets: &[Sheet],
    names: &[String],
    mapping: &Mapping,
) -> Result<(Vec<Table>, Vec<String>), Vec<ImportFault>> {
    let mut found: Vec<Table> =
        sheets.iter().enumerate().flat_map(|(at, sheet)| table::tables(sheet, at)).collect();
    price_lists::tell_apart(&mut found, sheets);
    let faults = |faults: Vec<MappingFault>| faults.into_iter().map(ImportFault::from).collect::<Vec<_>>();
    mapping.tables(found, sheets, names).map(|tables| (tables, mapping.absent(names))).map_err(faults)
}

/// A matcher for the items and makers of an atlas.
pub fn matcher(atlas: &Atlas) -> Matcher {
    let items = atlas.sheet("items");
    let get = |row, column| items.get(row, column).unwrap_or_default().to_owned();
    let archetypes: Vec<Archetype> = items
        .rows
        .iter()
        .map(|row| Archetype {
            id: row.key.clone(),
            name_en: get(row, "name_en"),
            name_zh: get(row, "name_zh"),
            stage: get(row, "stage"),
            unit: get(row, "unit"),
            pool: get(row, "pool"),
        })
        .collect();
    let (sites, companies) = (atlas.sheet("sites"), atlas.sheet("companies"));
    let mut made: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in &sites.rows {
        if let Some((company, item)) = sites.get(row, "company").zip(sites.get(row, "item")) {
            made.entry(company).or_default().push(item.to_owned());
        }
    }
    let mut makers = vec![];
    for row in &companies.rows {
        let items = made.get(row.key.as_str()).cloned().unwrap_or_default();
        for name in [companies.get(row, "name"), companies.get(row, "name_zh")].into_iter().flatten() {
            makers.push((name.to_owned(), items.clone()));
        }
    }
    Matcher::new(&archetypes, &makers)
}

/// What each part is.
fn find(
    matcher: &Matcher,
    bom: &Bom,
    said: &said::Told<'_, '_>,
    context: &Context,
) -> Result<Vec<Match>, Vec<ImportFault>> {
    let (mut found, mut faults) = (vec![], said::check(said, matcher));
    for (at, part) in bom.parts.iter().enumerate() {
        if at % 1024 == 0 {
            context.step("import", at).map_err(|e| vec![e.into()])?;
        }
        let Some(line) = part.lines.first().map(|l| &said.lines.lines[*l]) else {
            found.push(Match::default());
            continue;
        };
        match said::find(said, matcher, bom, at, &described(line, &mut vec![])) {
            Ok(one) => found.push(one),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

/// The name and the details of each part that is bought, as a row of matches would name it.
fn said_of<'s>(bom: &Bom, lines: &Lines<'s>) -> impl Iterator<Item = (&'s str, Vec<&'s str>)> {
    let first = bom.parts.iter().filter(|p| p.children.is_empty()).filter_map(|p| p.lines.first());
    first.map(|line| (lines.lines[*line].title(), said_beside(&lines.lines[*line]).collect()))
}

/// What is said of a line besides its name.
pub(crate) fn said_beside<'s>(line: &Line<'s>) -> impl Iterator<Item = &'s str> {
    let others = [line.material, line.supplier].into_iter().filter(|t| !t.is_empty());
    line.details.iter().copied().chain(others)
}

/// A line as the matcher reads it.
pub(crate) fn described<'d>(line: &Line<'d>, details: &'d mut Vec<&'d str>) -> archetype::Part<'d> {
    details.clear();
    details.extend(said_beside(line));
    archetype::Part {
        name: line.title(),
        details,
        maker: line.maker,
        heading: line.heading,
        designator: line.designator,
        number: line.number,
        links: &[],
    }
}

fn distinct(names: &[String]) -> Vec<String> {
    let mut names = names.to_vec();
    names.dedup();
    names
}

/// Whether a tenth of the lines or more hold Chinese.
fn is_chinese(lines: &Lines<'_>) -> bool {
    let chinese = |l: &&Line<'_>| l.name.chars().any(is_han);
    lines.lines.iter().filter(chinese).count() * 10 >= lines.lines.len()
}

/// Whether a table lists parts.
pub(crate) fn lists_parts(table: &Table) -> bool {
    table.kind == Kind::Parts
}
