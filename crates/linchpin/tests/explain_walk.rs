//! Every number taken apart: it rests on evidence, its explanation adds up to it, and what is said to move it does.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use linchpin::atlas::{Atlas, Change, Expr, Figure, FigureId, Overlay, Standing};
use linchpin::book::Book;
use linchpin::explain;
use linchpin::expose;
use linchpin::model::{Measure, Model, Quantity, View};
use linchpin::network::Losses;
use linchpin_table::{Arg, Cells, Unit};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use support::{
    Ground, PRODUCTS, audit_of, brief_at, close, company_of, edit, explode_all, expose_at, ground, shipped,
    traded,
};

/// All answers that are walked: `brief`, `audit`, `expose`, `company` of three firms, and `explode` with the whole
/// tree and the uses of a rare-earth oxide and of a concentrate (whose users are separations, not items). Of the hundreds of
/// losses in `expose` the worst are walked; all of them by the heavy test.
fn books(model: &Model<'_>) -> Vec<Book> {
    vec![
        brief_at(model, 1000.0),
        audit_of(model),
        explode_all(model, 1000.0, Some("nd_oxide")),
        explode_all(model, 1000.0, Some("concentrate_china_clay_heavy")),
        expose_worst(model),
        company_of(model, "MP"),
        company_of(model, "LYC"),
        company_of(model, "harmonic_drive_systems"),
    ]
}

/// An answer to `expose` with the worst losses and the first markets, three countries of each.
fn expose_worst(model: &Model<'_>) -> Book {
    let mut request = expose::Request::new(&model.product.item, 1000.0);
    (request.rows, request.countries) = (Some(20), Some(3));
    expose::expose(model, &request).unwrap()
}

/// Title of a source; `None` if it cannot be found.
type Resolver<'r> = &'r dyn Fn(&str) -> Option<String>;

fn titles(atlas: &Atlas, id: &str) -> Option<String> {
    let sheet = atlas.sheet("sources");
    sheet.find(id).and_then(|row| sheet.get(row, "title")).map(str::to_owned)
}

/// What is missing behind one figure, by its standing.
fn missing(atlas: &Atlas, id: FigureId, resolve: Resolver<'_>) -> Option<String> {
    let figure = atlas.figures.get(id);
    let what = match figure.standing {
        Standing::Reported | Standing::Estimated if figure.sources.is_empty() => "no source",
        Standing::Derived if figure.formula.is_none() => "no formula",
        Standing::Assumed if figure.note.as_deref().unwrap_or("").is_empty() => "no reason",
        Standing::Assumed if figure.low.is_none() || figure.high.is_none() => "no range",
        _ => match figure.sources.iter().find(|s| resolve(s).is_none_or(|title| title.trim().is_empty())) {
            Some(source) => return Some(format!("{}: no title of source {source}", figure.address)),
            None => return None,
        },
    };
    Some(format!("{}: {what}", figure.address))
}

/// Whether a number is given with the request: the units asked for, a count of sites, the need of the product
/// itself, which is one, or the need of what the product has no use for, which is none.
fn is_given(model: &Model<'_>, q: &Quantity) -> bool {
    let is_product = |m: &Measure| m.terms.iter().all(|(n, w)| *n == model.product.node && *w == Expr::ONE);
    let is_unneeded = |m: &Measure| m.terms.iter().all(|(n, _)| model.flow(m.view).need[*n as usize] == 0.0);
    match q {
        Quantity::Given { .. } => true,
        Quantity::Figures(_) | Quantity::Swing(..) | Quantity::Simulated(_) => false,
        Quantity::Measure(m) => is_product(m) || is_unneeded(m),
        Quantity::AssumedShare(m) => is_product(m),
        Quantity::Low(q) | Quantity::High(q) => is_given(model, q),
        Quantity::Sum(parts) | Quantity::Least(parts) | Quantity::Greatest(parts) => {
            parts.iter().all(|p| is_given(model, p))
        }
        // Where all plants are hit, or none, a stop share follows from rows and no figure.
        Quantity::Stop(stop) => {
            stop.story().leaves().all(|q| matches!(q, Quantity::Figures(Expr::Number(_))))
        }
        Quantity::Difference(a, b) | Quantity::Product(a, b) | Quantity::Ratio(a, b) => {
            is_given(model, a) && is_given(model, b)
        }
    }
}

/// Walks every explained number of a book down to its cells. Returns how many numbers it saw, and every fault.
fn walk(model: &Model<'_>, book: &Book, resolve: Resolver<'_>) -> (usize, BTreeSet<String>) {
    let mut faults = BTreeSet::new();
    let mut seen = 0;
    let mut checked: BTreeMap<FigureId, Option<String>> = BTreeMap::new();
    for (address, value, _) in book.answer.numbers() {
        seen += 1;
        let Some(quantity) = book.numbers.get(&address) else {
            // A column may have cells that do not apply; a number must have a definition.
            if value.is_some() {
                faults.insert(format!("{address}: no definition"));
            }
            continue;
        };
        if value.map(f64::to_bits) != model.value(quantity).map(f64::to_bits) {
            faults.insert(format!("{address}: printed {value:?}, defined {:?}", model.value(quantity)));
        }
        let cells = explain::cells(model, quantity);
        if cells.is_empty() && value.is_some() && !is_given(model, quantity) {
            faults.insert(format!("{address}: rests on no cell"));
        }
        for id in cells {
            let fault = checked.entry(id).or_insert_with(|| missing(model.atlas, id, resolve));
            faults.extend(fault.clone());
        }
    }
    (seen, faults)
}

/// Every explained number of `brief`, `audit`, `explode` and `expose` of both robots has the definition it was printed from, rests on
/// at least one cell unless it was given, and every cell rests on what its standing asks for: a source with a title,
/// a formula, or a reason with a range.
#[test]
fn every_number_rests_on_evidence() {
    let g = ground();
    for alias in PRODUCTS {
        let model = g.model(alias);
        let mut seen = 0;
        for book in books(&model) {
            let (numbers, faults) = walk(&model, &book, &|id| titles(&g.atlas, id));
            assert!(faults.is_empty(), "{} of {numbers}: {faults:#?}", faults.len());
            seen += numbers;
        }
        assert!(seen > 3000, "only {seen} numbers were walked");
    }
}

/// Every loss of every robot.
#[test]
#[ignore = "heavy: some ten thousand numbers of all losses, run by ./x test --all"]
fn every_loss_is_explained_and_rests_on_evidence() {
    let of = |alias| {
        let g = ground();
        let model = g.model(alias);
        let book = expose_at(&model, 1000.0);
        let (numbers, faults) = walk(&model, &book, &|id| titles(&g.atlas, id));
        assert!(faults.is_empty(), "{} of {numbers}: {faults:#?}", faults.len());
        for address in book.numbers.keys() {
            let answer = explain::explain(&model, &book, address, 3).unwrap();
            assert!(!answer.table("definition").unwrap().is_empty(), "{address}");
        }
    };
    std::thread::scope(|scope| {
        for alias in PRODUCTS {
            scope.spawn(move || of(alias));
        }
    });
}

/// The same of the supply risks, on an atlas that has governance, imports and reliances.
#[test]
fn every_supply_risk_rests_on_evidence() {
    let g = Ground::of(&traded(), &Overlay::new());
    for alias in PRODUCTS {
        let model = g.model(alias);
        let book = expose_worst(&model);
        let (numbers, faults) = walk(&model, &book, &|id| titles(&g.atlas, id));
        assert!(faults.is_empty(), "{} of {numbers}: {faults:#?}", faults.len());
        let risks = book.numbers.iter().filter(|(address, _)| address.ends_with("/geopolrisk"));
        assert!(risks.count() >= 2);
        for address in book.numbers.keys() {
            let answer = explain::explain(&model, &book, address, 3).unwrap();
            assert!(!answer.table("definition").unwrap().is_empty(), "{address}");
        }
    }
}

/// `explain` takes every one of these numbers apart without an error, down to a table that defines it.
#[test]
fn every_number_is_explained() {
    let g = ground();
    let mut faults = vec![];
    for alias in PRODUCTS {
        let model = g.model(alias);
        for book in books(&model) {
            for address in book.numbers.keys() {
                match explain::explain(&model, &book, address, 3) {
                    Ok(answer) if answer.table("definition").is_some_and(|t| !t.is_empty()) => {}
                    Ok(_) => faults.push(format!("{alias} {address}: no definition")),
                    Err(e) => faults.push(format!("{alias} {address}: {e}")),
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The source that alone stands behind most reported figures of an answer.
fn widely_used_source(g: &Ground, model: &Model<'_>, book: &Book) -> String {
    let mut cells = BTreeSet::new();
    book.numbers.values().for_each(|q| cells.extend(explain::cells(model, q)));
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for figure in cells.iter().map(|id| g.atlas.figures.get(*id)) {
        if let (Standing::Reported, [source]) = (figure.standing, figure.sources.as_slice()) {
            *count.entry(source).or_default() += 1;
        }
    }
    count.into_iter().max_by_key(|(_, n)| *n).unwrap().0.to_owned()
}

/// The walk can fail: when one source cannot be found any more, it names every figure of the answer that used it.
#[test]
fn the_walk_notices_a_source_that_is_gone() {
    let g = ground();
    let model = g.model("optimus");
    let book = explode_all(&model, 1.0, None);
    let gone = widely_used_source(g, &model, &book);
    let (_, faults) = walk(&model, &book, &|id| titles(&g.atlas, id).filter(|_| id != gone));
    let mut cells = BTreeSet::new();
    book.numbers.values().for_each(|q| cells.extend(explain::cells(&model, q)));
    let users = cells.iter().filter(|id| g.atlas.figures.get(**id).sources.contains(&gone)).count();
    assert!(users >= 3, "{gone} has {users} users");
    assert_eq!(faults.len(), users, "{faults:#?}");
    assert!(faults.iter().all(|f| f.ends_with(&format!("no title of source {gone}"))), "{faults:#?}");
}

/// An atlas without that source is not read, and the faults name every figure that used it: file, row, column, id.
#[test]
fn an_atlas_without_a_used_source_is_refused_by_figure() {
    let g = ground();
    let model = g.model("optimus");
    let gone = widely_used_source(g, &model, &explode_all(&model, 1.0, None));
    let mut expected = BTreeSet::new();
    for (_, figure) in g.atlas.figures.iter().filter(|(_, f)| f.sources.contains(&gone)) {
        let (table, key) = figure.address.split_once('/').unwrap();
        expected.insert((format!("{table}.csv"), g.atlas.sheet(table).find(key).unwrap().line));
    }
    let mut files = shipped();
    edit(&mut files, "sources", |csv| csv.rows.retain(|r| r[0] != gone));
    let problems = Atlas::read(&files).unwrap_err();
    let found: BTreeSet<(String, u64)> = problems
        .iter()
        .filter(|p| p.column.as_deref() == Some("source") && p.value.as_deref() == Some(&gone))
        .map(|p| (p.file.clone(), p.row.unwrap()))
        .collect();
    assert_eq!(found, expected);
}

/// Every id that a table names has a label in both languages, so that no reader meets a bare id.
#[test]
fn every_name_has_a_label() {
    let g = ground();
    let mut bare = BTreeSet::new();
    for alias in PRODUCTS {
        let model = g.model(alias);
        for book in books(&model) {
            for table in &book.answer.tables {
                for column in table.columns.iter().filter(|c| matches!(c.cells, Cells::Names(_))) {
                    let ids =
                        (0..table.len()).filter_map(|row| column.cells.text(row)).filter(|id| !id.is_empty());
                    let unknown = ids.filter(|id| {
                        book.answer.labels.get(*id).is_none_or(|l| l.en.is_empty() || l.zh.is_empty())
                    });
                    bare.extend(unknown.map(|id| format!("{}/{}: {id}", table.name, column.name)));
                }
            }
        }
    }
    assert!(bare.is_empty(), "{bare:#?}");
}

/// Items at which a view stops, read from the tables.
fn stops(g: &Ground, view: View) -> BTreeSet<u32> {
    let of = |table: &str| -> BTreeSet<u32> {
        let sheet = g.atlas.sheet(table);
        sheet.rows.iter().filter_map(|r| g.network.item(sheet.text(r, "item"))).collect()
    };
    let items = g.atlas.sheet("items");
    let those = |f: &dyn Fn(&linchpin::atlas::Row) -> bool| -> BTreeSet<u32> {
        items.rows.iter().filter(|r| f(r)).filter_map(|r| g.network.item(&r.key)).collect()
    };
    match view {
        View::Gross => BTreeSet::new(),
        View::Content => of("contents"),
        View::Material => those(&|r| items.get(r, "material").is_some()),
        View::Mass => of("masses").union(&those(&|r| items.text(r, "unit") == "kg")).copied().collect(),
        View::Cost => of("prices"),
    }
}

/// Needs in every view are found again by walking every path from the robot down and adding up, line by line,
/// without the kernel. Below the separations, the runs that the joint programme found are walked on from; that they
/// meet the needs is checked first, and least activity is tested in `network.rs`.
#[test]
fn needs_are_the_sum_over_all_paths() {
    let g = ground();
    let mut children: Vec<Vec<usize>> = vec![vec![]; g.network.nodes];
    g.network.lines.iter().enumerate().for_each(|(l, line)| children[line.parent as usize].push(l));
    for alias in PRODUCTS {
        let model = g.model(alias);
        for view in [View::Gross, View::Content, View::Material, View::Mass, View::Cost] {
            let (flow, stops) = (model.flow(view), stops(g, view));
            let mut need = vec![0.0; g.network.nodes];
            let mut open = vec![(model.product.node, 1.0)];
            for joint in flow.joint.values() {
                for (e, asked) in joint.programme.need.iter().enumerate() {
                    let (output, runs) = (&joint.programme.output, &joint.activity.runs);
                    let given: f64 = output.iter().zip(runs).map(|(o, r)| o[e] * r).sum();
                    assert!(given >= asked * (1.0 - 1e-9), "{given} of {asked}");
                }
            }
            for (group, joint) in &flow.joint {
                let nodes = &g.network.groups[*group as usize].recipes;
                open.extend(nodes.iter().zip(&joint.activity.runs).map(|((_, node), runs)| (*node, *runs)));
            }
            while let Some((node, amount)) = open.pop() {
                need[node as usize] += amount;
                if amount == 0.0 || stops.contains(&node) {
                    continue;
                }
                for l in &children[node as usize] {
                    let line = &g.network.lines[*l];
                    let expr = if view.losses() == Losses::Gross { &line.gross } else { &line.net };
                    open.push((line.child, amount * expr.value(&g.values.value)));
                }
            }
            for (node, expected) in need.iter().enumerate() {
                let found = flow.need[node];
                let name = g.network.name(node as u32);
                assert!(
                    (found - expected).abs() <= 1e-9 * expected.abs(),
                    "{name} {view:?}: {found} {expected}"
                );
            }
        }
    }
}

/// The measure of a number that is a sum over needs, alone or times what was given, and that factor.
fn measure_of(q: &Quantity) -> Option<(Rc<Measure>, f64)> {
    match q {
        Quantity::Measure(m) => Some((m.clone(), 1.0)),
        Quantity::Product(a, b) => match (&**a, &**b) {
            (Quantity::Measure(m), Quantity::Given { value, .. }) => Some((m.clone(), *value)),
            _ => None,
        },
        _ => None,
    }
}

/// What `explain` says of a number is what its table prints: the value and, of a range, its ends.
#[test]
fn explain_says_the_range_that_is_printed() {
    let g = ground();
    let model = g.model("optimus");
    let mut checked = 0;
    for book in books(&model) {
        for table in &book.answer.tables {
            for column in table.columns.iter().filter(|c| c.explained) {
                let Some((low, high)) = column.range else { continue };
                for key in table.keys.iter().filter(|k| table.value(k, column.name).is_some()) {
                    let address = book.answer.address(table.name, key, column.name);
                    let answer = explain::explain(&model, &book, &address, 1).unwrap();
                    let Arg::Range { value, low: l, high: h, .. } = answer.headlines[0].args["value"] else {
                        panic!("{address}: {:?}", answer.headlines)
                    };
                    let printed = [column.name, low, high].map(|c| table.value(key, c));
                    assert_eq!([value, l, h].map(Some), printed, "{address}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 300, "only {checked} ranges");
}

/// The explanation adds up: for every number that is a sum over needs, alone or times the units, the parts in the
/// table of terms sum to it, each part is need × weight, and each need is what the table of the path adds up to.
#[test]
fn the_explanation_adds_up() {
    let g = ground();
    let model = g.model("optimus");
    let mut checked = 0;
    for book in [brief_at(&model, 1000.0), explode_all(&model, 1000.0, None)] {
        for (address, quantity) in &book.numbers {
            let (Some((measure, times)), Some(printed)) = (measure_of(quantity), model.value(quantity))
            else {
                continue;
            };
            let answer = explain::explain(&model, &book, address, usize::MAX).unwrap();
            let terms = answer.table("terms").unwrap();
            let column = |name: &str| {
                let cells = &terms.column(name).unwrap().cells;
                (0..terms.len()).map(|row| cells.number(row).unwrap()).collect::<Vec<f64>>()
            };
            let (need, weight, part) = (column("need"), column("weight_value"), column("part"));
            close(part.iter().sum::<f64>() * times, printed, 1e-12);
            let path = answer.table("path").unwrap();
            let (items, adds) = (path.column("item").unwrap(), path.column("adds").unwrap());
            let named = terms.column("item").unwrap();
            for row in 0..terms.len() {
                let item = named.cells.text(row).unwrap();
                close(part[row], need[row] * weight[row], 1e-12);
                // The runs of a joint recipe follow from all needs at once, not from lines.
                let by_lines = g.network.item(item).is_some() && item != model.product.item;
                if by_lines && measure.view == View::Gross {
                    let rows = (0..path.len()).filter(|r| items.cells.text(*r) == Some(item));
                    let sum: f64 = rows.map(|r| adds.cells.number(r).unwrap()).sum();
                    close(sum, need[row], 1e-9);
                }
            }
            checked += 1;
        }
    }
    assert!(checked > 200, "only {checked} sums were checked");
}

/// Low ≤ value ≤ high in every range that is printed, and the ends of an amount are not negative.
#[test]
fn every_range_holds_its_value() {
    let g = ground();
    for alias in PRODUCTS {
        let model = g.model(alias);
        let mut checked = 0;
        for book in books(&model) {
            for table in &book.answer.tables {
                for column in &table.columns {
                    let Some((low, high)) = column.range else { continue };
                    for key in &table.keys {
                        let at = |name: &str| table.value(key, name);
                        if let (Some(value), Some(low), Some(high)) = (at(column.name), at(low), at(high)) {
                            assert!(
                                low <= value && value <= high,
                                "{}/{key}: {low} {value} {high}",
                                table.name
                            );
                            assert!(low >= 0.0 || value < 0.0, "{}/{key}: from {low}", table.name);
                            checked += 1;
                        }
                    }
                }
            }
        }
        assert!(checked > 300);
    }
}

/// What `brief` prints as one robot's headline numbers.
const HEADLINES: [&str; 6] = [
    "brief/inside/magnet/robot",
    "brief/inside/Nd/robot",
    "brief/inside/Dy/robot",
    "brief/inside/Cu/robot",
    "brief/behind/joint_oxide/robot",
    "brief/placed/cost/placed",
];

/// Central difference of a quantity by a figure, over ±0.1 % of its value, with the whole model worked out again.
/// A derived figure with a range of its own is a cell by itself ("a range typed beside a formula overrides"), so it
/// stays where it is when a parameter in its formula moves.
fn difference(g: &Ground, alias: &str, quantity: &Quantity, figure: FigureId) -> f64 {
    let address = &g.atlas.figures.get(figure).address;
    let at = |factor: f64| {
        let own = |f: &Figure| f.formula.is_some() && (f.low.is_some() || f.high.is_some());
        let fixed = g.atlas.figures.iter().filter(|(_, f)| own(f));
        let mut overlay: Overlay =
            fixed.filter_map(|(id, f)| Some((f.address.clone(), Change::Set(g.values.get(id)?)))).collect();
        overlay.insert(address.clone(), Change::Multiply(factor));
        let values = g.atlas.values(&overlay).unwrap();
        let model = g.model_under(alias, &values);
        model.value(quantity).unwrap()
    };
    (at(1.001) - at(0.999)) / (0.002 * g.values.get(figure).unwrap())
}

/// The slopes behind ranges and swings are derivatives: for the ten cells that move each headline most (slope ×
/// value), the model worked out again with the cell moved by ±0.1 % agrees to 1 %. Splits of the deposits, which act
/// through joint production, are among them.
#[test]
fn slopes_agree_with_differences() {
    let g = ground();
    for alias in PRODUCTS {
        let model = g.model(alias);
        let book = brief_at(&model, 1000.0);
        let mut through_joint = 0;
        for address in HEADLINES {
            let quantity = &book.numbers[address];
            let value = model.value(quantity).unwrap();
            let mut influences = model.spread(quantity).influences;
            let size = |f: FigureId, slope: f64| (slope * g.values.get(f).unwrap_or(0.0)).abs();
            influences.retain(|i| g.atlas.figures.get(i.figure).formula.is_none());
            influences.sort_by(|a, b| size(b.figure, b.slope).total_cmp(&size(a.figure, a.slope)));
            let split =
                influences.iter().filter(|i| g.atlas.figures.get(i.figure).address.contains("/split_"));
            let mut chosen: Vec<_> = split.take(4).cloned().collect();
            through_joint += chosen.len();
            chosen.extend(influences.iter().take(10).cloned());
            for influence in chosen {
                let id = influence.figure;
                let found = difference(g, alias, quantity, id);
                // A cell that moves the number by less than a millionth of itself is beyond differences.
                let floor = 1e-6 * value.abs() / g.values.get(id).unwrap().abs();
                assert!(
                    (found - influence.slope).abs() <= 0.01 * found.abs() + floor,
                    "{alias} {address} by {}: slope {}, difference {found}",
                    g.atlas.figures.get(id).address,
                    influence.slope
                );
            }
        }
        assert!(through_joint >= 2, "{through_joint}");
    }
}

/// Every cell that moves a number is among the cells it is said to rest on, so that `explain` leaves none out.
#[test]
fn what_moves_a_number_is_among_its_cells() {
    let g = ground();
    for alias in PRODUCTS {
        let model = g.model(alias);
        let mut left_out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for book in books(&model) {
            for (address, quantity) in &book.numbers {
                let cells = explain::cells(&model, quantity);
                for influence in model.spread(quantity).influences.iter().filter(|i| i.slope != 0.0) {
                    if !cells.contains(&influence.figure) {
                        let figure = g.atlas.figures.get(influence.figure).address.clone();
                        left_out.entry(address.clone()).or_default().insert(figure);
                    }
                }
            }
        }
        assert!(left_out.is_empty(), "{alias}: {left_out:#?}");
    }
}

/// A twentieth of the Nd oxide is recycled from scrap, and the deposits give the rest. More recycling means less ore:
/// the slope of the joint ore by the share agrees with the difference, and the share is among the cells of the ore.
#[test]
fn a_share_moves_the_ore_it_spares() {
    let mut files = shipped();
    let one = [("value", "1"), ("standing", "derived"), ("formula", "1")];
    edit(&mut files, "items", |csv| {
        let scrap =
            [("id", "scrap"), ("name_en", "Scrap"), ("name_zh", "废料"), ("stage", "ground"), ("unit", "kg")];
        csv.add(&scrap);
    });
    edit(&mut files, "recipes", |csv| csv.add(&[("id", "recycle_nd")]));
    edit(&mut files, "inputs", |csv| {
        let mut row = vec![("recipe", "recycle_nd"), ("slot", "scrap"), ("item", "scrap"), ("unit", "kg")];
        row.extend([("choice", "used"), ("supply", "buy")]);
        row.extend(one);
        csv.add(&row);
    });
    edit(&mut files, "outputs", |csv| {
        let mut row = vec![("recipe", "recycle_nd"), ("item", "nd_oxide"), ("role", "main"), ("unit", "kg")];
        row.extend(one);
        csv.add(&row);
    });
    edit(&mut files, "shares", |csv| {
        csv.add(&[
            ("item", "nd_oxide"),
            ("recipe", "recycle_nd"),
            ("value", "0.05"),
            ("low", "0.03"),
            ("high", "0.07"),
            ("unit", "fraction"),
            ("standing", "assumed"),
            ("note", "made up"),
        ]);
    });
    let g = Ground::of(&files, &Overlay::new());
    let share = g.atlas.figures.find("shares/nd_oxide/recycle_nd").unwrap();
    let model = g.model("optimus");
    let ore = g.network.items.iter().enumerate().filter(|(_, id)| id.starts_with("concentrate_"));
    let ore = Quantity::measure(View::Gross, ore.map(|(n, _)| (n as u32, Expr::ONE)).collect());
    let found = difference(&g, "optimus", &ore, share);
    assert!(found < -0.1, "more recycling spares no ore: {found}");
    let slope = model.spread(&ore).influences.iter().find(|i| i.figure == share).map_or(0.0, |i| i.slope);
    close(slope, found, 0.01);
    assert!(explain::cells(&model, &ore).contains(&share));
    // The unit of the sum is that of its items.
    assert_eq!(model.unit_of(g.node("concentrate_mt_weld") as u32), Unit::Kg);
}
