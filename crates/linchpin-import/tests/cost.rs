//! What one product costs, worked by hand: price breaks, least orders, shares, currencies, assemblies.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::import_texts;
use linchpin_import::cost::Rates;
use linchpin_import::import::{Imported, Request};
use linchpin_table::Table;
use proptest::prelude::*;

/// Imports lists of these texts at a volume with rates.
fn run(lists: &[&str], volume: f64, rates: &[&str]) -> Imported {
    import_texts(lists, Request { volume, rates: Rates::parse(rates).unwrap(), ..Request::default() })
}

fn table<'i>(imported: &'i Imported, name: &str) -> &'i Table {
    imported.answer.table(name).unwrap_or_else(|| panic!("no table {name}"))
}

/// A number of the row of a part.
fn of(imported: &Imported, name: &str, part: &str, column: &str) -> f64 {
    let table = table(imported, name);
    let row = (0..table.len()).find(|row| text(table, *row, "part") == part);
    let row = row.unwrap_or_else(|| panic!("{name} has no {part}: {table:?}"));
    table.column(column).unwrap().cells.number(row).unwrap()
}

fn text(table: &Table, row: usize, column: &str) -> String {
    table.column(column).unwrap().cells.text(row).unwrap_or_default().to_owned()
}

/// Cost of one product by volume, and what of it is surplus.
fn at(imported: &Imported, volume: f64) -> (f64, f64) {
    let table = table(imported, "cost_by_volume");
    let get = |column: &str| table.value(&volume.to_string(), column).unwrap();
    (get("cost"), get("surplus"))
}

/// What is noticed: the word, the rows and the text.
fn noticed(imported: &Imported) -> Vec<(String, String, String)> {
    let Some(table) = imported.answer.table("noticed") else { return vec![] };
    (0..table.len())
        .map(|r| (text(table, r, "what"), text(table, r, "rows"), text(table, r, "part")))
        .collect()
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{found} is not {expected}");
}

fn pair(found: (f64, f64), expected: (f64, f64)) {
    near(found.0, expected.0);
    near(found.1, expected.1);
}

/// The row of a part in prices.csv: value, standing, formula, note.
fn price_row(imported: &Imported, part: &str) -> [String; 4] {
    let bytes = &imported.files["prices.csv"];
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let row = reader.records().map(Result::unwrap).find(|r| r[0].ends_with(part));
    let row = row.unwrap_or_else(|| panic!("no price of {part}"));
    let cell = |name: &str| row[header.iter().position(|h| h == name).unwrap()].to_owned();
    ["value", "standing", "formula", "note"].map(cell)
}

const BREAKS: &str = "Part number,Part,Qty,Unit price (USD),Price @100,Price @1k\nA-1,Odd thing,2,10,8,5\n";

/// Two in each product at 10, from 100 at 8, from 1000 at 5 dollars.
#[test]
fn price_breaks_hold_from_their_quantity_on() {
    let found = run(&[BREAKS], 300.0, &[]);
    // 600 at 8 is 4800, a thousand at 5 is 5000.
    pair(at(&found, 300.0), (16.0, 0.0));
    // Two at 10 are 20; of 20 pieces 200 dollars, of 200 at 8 each 1600, of 2000 at 5 each 10,000.
    for (volume, cost) in [(1.0, 20.0), (10.0, 20.0), (100.0, 16.0), (1000.0, 10.0), (1e6, 10.0)] {
        pair(at(&found, volume), (cost, 0.0));
    }
    near(of(&found, "cost", "Odd thing", "price"), 8.0);
    near(of(&found, "cost", "Odd thing", "ordered"), 600.0);
    near(of(&found, "cost", "Odd thing", "share"), 1.0);
}

/// 320 products need 640, which cost 5120 at 8; a thousand cost 5000.
#[test]
fn more_is_bought_where_the_next_break_costs_less() {
    let found = run(&[BREAKS], 320.0, &[]);
    pair(at(&found, 320.0), (5000.0 / 320.0, 360.0 * 5.0 / 320.0));
    near(of(&found, "cost", "Odd thing", "ordered"), 1000.0);
    near(of(&found, "cost", "Odd thing", "price"), 5.0);
    // The atlas gets the price that is paid, without what is left over.
    let [value, standing, _, note] = price_row(&found, "odd_thing");
    assert_eq!((value.as_str(), standing.as_str()), ("5", "reported"));
    assert!(note.contains("row 2, from 1000"), "{note}");
}

/// Breaks in one cell, under headers that begin with a number, in Chinese, and as lines of one supplier say the same.
#[test]
fn breaks_in_every_notation_cost_the_same() {
    for list in [
        "Part number,Part,Qty,Unit price (USD)\nA-1,Odd thing,2,1: 10; 100: 8; 1000: 5\n",
        "Part number,Part,Qty,1+ price (USD),100+ price (USD),1k+ price (USD)\nA-1,Odd thing,2,10,8,5\n",
        "Part number,Part,Qty,Price (qty 1-99),Price (qty 100-999),Price (qty 1000+),Currency\nA-1,Odd thing,2,10,8,5,USD\n",
        "物料编码,名称,数量,单价（美元）,单价(≥100),单价(≥1000)\nA-1,Odd thing,2,10,8,5\n",
        "物料编码,名称,数量,币种,1件单价,100件单价,1000件单价\nA-1,Odd thing,2,USD,10,8,5\n",
    ] {
        let found = run(&[list], 320.0, &[]);
        pair(at(&found, 320.0), (5000.0 / 320.0, 360.0 * 5.0 / 320.0));
        pair(at(&found, 10.0), (20.0, 0.0));
    }
    let bom = "Part number,Part,Qty\nA-1,Odd thing,2\n";
    for vendors in [
        "Part number,Supplier,MOQ,Price (USD)\nA-1,Acme,1,10\nA-1,Acme,100,8\nA-1,ACME,1k,5\n",
        "Part number,Supplier,Country,Price @1 (USD),Price @100 (USD),Price @1000 (USD)\nA-1,Acme,Germany,10,8,5\n",
        "物料编码,供应商,起订量,阶梯价（美元）\nA-1,甲,1,1: 10; 100: 8; 1000: 5\n",
    ] {
        let found = run(&[bom, vendors], 320.0, &[]);
        pair(at(&found, 320.0), (5000.0 / 320.0, 360.0 * 5.0 / 320.0));
    }
}

/// 20 are needed and 500 must be bought: 1000 dollars, of which 960 are for what is left over.
#[test]
fn a_least_order_leaves_a_surplus() {
    let bom = "Part number,Part,Qty\nA-1,Odd thing,2\n";
    let list = "Part number,Supplier,MOQ,Price (USD)\nA-1,Acme,500,2\n";
    let found = run(&[bom, list], 10.0, &[]);
    pair(at(&found, 10.0), (100.0, 96.0));
    pair(at(&found, 1000.0), (4.0, 0.0));
    // A dearer supplier without a least order is cheaper for few: 20 at 12 dollars.
    let two = format!("{list}A-1,Dear,,12\n");
    let found = run(&[bom, &two], 10.0, &[]);
    pair(at(&found, 10.0), (24.0, 0.0));
    assert_eq!(text(table(&found, "cost"), 0, "supplier"), "Dear");
    pair(at(&found, 1000.0), (4.0, 0.0));
}

/// Of 200 pieces 70 % at 10 and 30 % at 20 dollars; who is not qualified does not count, and shares are those of the whole.
#[test]
fn the_need_is_split_by_shares() {
    let bom = "Part number,Part,Qty,Price (USD)\nA-1,Odd thing,2,1\n";
    let list = "Part number,Supplier,Share,MOQ,Price (USD),Qualified\n\
                A-1,Acme,70%,,10,yes\nA-1,Other,30%,,20,yes\nA-1,Cheap,,,3,yes\nA-1,Barred,50%,,1,no\n";
    let found = run(&[bom, list], 100.0, &[]);
    pair(at(&found, 100.0), (2.0 * 13.0, 0.0));
    assert_eq!(text(table(&found, "cost"), 0, "supplier"), "Acme 70 %, Other 30 %");
    let [value, standing, formula, _] = price_row(&found, "odd_thing");
    assert_eq!((value.as_str(), standing.as_str(), formula.as_str()), ("13", "derived", "0.7*10+0.3*20"));
    // Each order has its own least quantity: 140 and 60 are needed, 140 and 100 bought.
    let least = list.replace("Other,30%,,20", "Other,30%,100,20");
    let found = run(&[bom, &least], 100.0, &[]);
    pair(at(&found, 100.0), ((140.0 * 10.0 + 100.0 * 20.0) / 100.0, 40.0 * 20.0 / 100.0));
}

const MONEY: &str = "Part,Qty,Price\nDollar thing,1,$10\nYuan thing,1,71元\nEuro thing,2,€5\nYen thing,1,1000 JPY\nBare thing,1,7\n";

/// Dollars and yuan count, other money with its rate only, and what is left out is told.
#[test]
fn money_without_a_rate_is_told() {
    let found = run(&[MONEY], 10.0, &[]);
    pair(at(&found, 10.0), (20.0, 0.0));
    let told = noticed(&found);
    let is = |what: &str, rows: &str, word: &str| {
        assert!(told.iter().any(|n| n.0 == what && n.1 == rows && n.2.contains(word)), "{what}: {told:?}");
    };
    is("import-no-rate", "list0.csv: 4", "EUR × 1: --rate EUR=");
    is("import-no-rate", "list0.csv: 5", "JPY × 1");
    is("import-no-currency", "list0.csv: 6", "× 1");
    let [_, standing, formula, _] = price_row(&found, "yuan_thing");
    assert_eq!((standing.as_str(), formula.as_str()), ("derived", "71/cny_per_usd"));
    let found = run(&[MONEY], 10.0, &["EUR=1.1", "JPY=0.007", "CNY=0.2"]);
    pair(at(&found, 10.0), (10.0 + 71.0 * 0.2 + 2.0 * 5.0 * 1.1 + 7.0, 0.0));
    assert!(!noticed(&found).iter().any(|n| n.0 == "import-no-rate"));
    let [_, standing, formula, note] = price_row(&found, "euro_thing");
    assert_eq!((standing.as_str(), formula.as_str()), ("derived", "5*1.1"));
    assert!(note.contains("rate given by the user"), "{note}");
}

/// Where a list is in yuan the cost is told in yuan too, with the rate that was used.
#[test]
fn yuan_are_told_in_yuan() {
    let list = "Part,Qty,Unit price (RMB)\nOdd thing,2,71\n";
    let told = |rates: &[&str], id: &str| {
        let found = run(&[list], 10.0, rates);
        format!(
            "{:?}",
            found.answer.headlines.iter().find(|h| h.id == id).unwrap_or_else(|| panic!("no {id}"))
        )
    };
    let atlas = told(&[], "import-cost-yuan");
    assert!(atlas.contains("\"7.1\"") && atlas.contains("142.0"), "{atlas}");
    let given = told(&["CNY=0.125"], "import-cost-yuan-given");
    assert!(given.contains("\"8\"") && given.contains("142.0"), "{given}");
    let dollars = run(&["Part,Qty,Unit price ($)\nOdd thing,2,71\n"], 10.0, &[]);
    assert!(dollars.answer.headlines.iter().all(|h| !h.id.starts_with("import-cost-yuan")));
}

/// Who alone has no share beside others supplies the rest; of two nobody knows, which is told.
#[test]
fn the_rest_goes_to_the_one_without_a_share() {
    let bom = "Part number,Part,Qty\nA-1,Odd thing,2\n";
    let list = |last: &str| {
        format!("Part number,Supplier,Share,Unit price\nA-1,Acme,70%,$10\nA-1,Other,,$20\n{last}")
    };
    let found = run(&[bom, &list("")], 100.0, &[]);
    pair(at(&found, 100.0), (2.0 * (0.7 * 10.0 + 0.3 * 20.0), 0.0));
    assert!(noticed(&found).is_empty());
    let found = run(&[bom, &list("A-1,Third,soon,$30\n")], 100.0, &[]);
    pair(at(&found, 100.0), (20.0, 0.0));
    let told = noticed(&found).into_iter().find(|n| n.0 == "import-share-rest").unwrap();
    assert_eq!(told.1, "list1.csv: C3, list1.csv: C4");
    assert_eq!(told.2, "Odd thing: Other + Third = 30 % ?");
}

/// A supplier whose money has no rate is told as left out of the split, above the tables too.
#[test]
fn who_is_left_out_of_a_split_is_told() {
    let bom = "Part number,Part,Qty\nA-1,Odd thing,2\n";
    let list = "Part number,Supplier,Share,Unit price\nA-1,Acme,60%,€10\nA-1,Other,40%,$20\n";
    let found = run(&[bom, list], 100.0, &[]);
    pair(at(&found, 100.0), (40.0, 0.0));
    let out: Vec<_> = noticed(&found).into_iter().filter(|n| n.0 == "import-quote-left-out").collect();
    assert!(
        matches!(out.as_slice(), [one] if one.1.ends_with(": B2") && one.2 == "Odd thing: Acme 60 % (EUR)"),
        "{out:?}"
    );
    assert!(found.answer.headlines.iter().any(|h| h.id == "import-cost-left-out"));
    let found = run(&[bom, list], 100.0, &["EUR=1.1"]);
    pair(at(&found, 100.0), (2.0 * (0.6 * 11.0 + 0.4 * 20.0), 0.0));
    assert!(!found.answer.headlines.iter().any(|h| h.id == "import-cost-left-out"));
    assert!(!noticed(&found).iter().any(|n| n.0 == "import-quote-left-out"));
}

/// A stated total is held against the lines in its own money, and against the tree where there is one.
#[test]
fn a_stated_total_is_held_against_the_tree_and_the_rates() {
    let told = |list: &str, rates: &[&str]| -> Vec<(String, String)> {
        let all = noticed(&run(&[list], 10.0, rates)).into_iter();
        all.filter(|n| n.0.starts_with("import-total")).map(|n| (n.0, n.2)).collect()
    };
    let tree = |total: &str| {
        format!(
            "Level,Part,Qty,Unit price (USD)\n1,arm,2,\n2,motor,3,10\n2,plate,1,5\n1,base,1,7\n,Total,,{total}\n"
        )
    };
    // Two arms of three motors and a plate, and a base.
    assert!(told(&tree("77"), &[]).is_empty());
    assert_eq!(told(&tree("42"), &[]), [("import-total-flat".into(), "Total 42: 77.00".into())]);
    assert_eq!(told(&tree("50"), &[])[0].0, "import-total");
    // Only own prices of assemblies: those count.
    let whole = "Level,Part,Qty,Unit price (USD)\n1,arm,2,30\n2,motor,3,\n1,base,1,7\n,Total,,67\n";
    assert!(told(whole, &[]).is_empty());
    let money = "Part,Qty,Unit price\nmotor,1,€10\nplate,1,$5\nTotal,,$16\n";
    assert_eq!(told(money, &[]), [("import-total-unchecked".into(), "Total $16: EUR".into())]);
    assert!(told(money, &["EUR=1.1"]).is_empty());
    assert_eq!(told(money, &["EUR=1.2"])[0].1, "Total $16: 17.00 USD");
    // All of it in one money needs no rate.
    assert!(told("Part,Qty,Unit price\nmotor,1,€10\nplate,1,€5\nTotal,,€15\n", &[]).is_empty());
}

/// A wrist in the arm and two in each leg, of two motors each at 10 dollars: ten motors, each assembly told once.
const TREE: &str = "Level,Part number,Qty,Unit price (USD)\n1,arm,1,\n2,wrist,1,\n3,motor,2,10\n2,plate,1,4\n\
                    1,leg,2,\n2,wrist,2,\n3,motor,2,10\n";

#[test]
fn assemblies_cost_what_their_parts_cost() {
    let found = run(&[TREE], 10.0, &[]);
    // The arm has one wrist and a plate, each of two legs has two wrists: 5 wrists of 2 motors.
    pair(at(&found, 10.0), (104.0, 0.0));
    for (part, count, cost) in [("arm", 1.0, 24.0), ("leg", 2.0, 40.0), ("wrist", 5.0, 20.0)] {
        near(of(&found, "assemblies", part, "in_product"), count);
        near(of(&found, "assemblies", part, "cost"), cost);
    }
    near(of(&found, "cost", "motor", "in_product"), 10.0);
    near(of(&found, "cost", "motor", "cost"), 100.0);
    // Without the price of the plate half of the lines of the arm's bought parts have one.
    let found = run(&[&TREE.replace("plate,1,4", "plate,1,")], 10.0, &[]);
    near(of(&found, "assemblies", "arm", "priced"), 0.5);
}

/// A price of its own counts where it is the only one, or where the list says that it is bought complete; never beside
/// those of its parts.
#[test]
fn an_assembly_is_not_paid_twice() {
    let list = |own: &str, said: &str, motor: &str| {
        format!(
            "Level,Part number,Qty,Unit price (USD),Make or buy\n1,arm,2,{own},{said}\n2,motor,2,{motor},\n2,plate,1,,\n1,base,1,5,\n"
        )
    };
    let cost = |own, said, motor| {
        let found = run(&[&list(own, said, motor)], 10.0, &[]);
        (at(&found, 10.0), noticed(&found))
    };
    // The parts count, and the other number is told.
    let (found, told) = cost("50", "", "10");
    pair(found, (45.0, 0.0));
    let own: Vec<_> = told.iter().filter(|n| n.0 == "import-own-price").collect();
    assert!(
        matches!(own.as_slice(), [one] if one.2 == "arm: 50.00 ≠ 20.00" && one.1 == "list0.csv: 2"),
        "{told:?}"
    );
    // Within a hundredth nothing is told.
    assert!(!cost("20.1", "make", "10").1.iter().any(|n| n.0 == "import-own-price"));
    pair(cost("50", "", "").0, (105.0, 0.0));
    for said in ["buy", "外购", "采购", "Purchased"] {
        pair(cost("50", said, "10").0, (105.0, 0.0));
    }
    // Bought complete, at a price that nobody knows: its parts are the next best.
    pair(cost("", "buy", "10").0, (45.0, 0.0));
}

/// What goes into what is bought complete is not ordered; the same part elsewhere is.
#[test]
fn parts_inside_of_what_is_bought_complete_are_not_ordered() {
    let list = "Level,Part number,Qty,Unit price (USD),Make or buy\n1,arm,1,50,buy\n2,motor,2,1: 10; 3: 1,\n1,motor,1,,\n";
    let found = run(&[list], 1.0, &[]);
    near(of(&found, "cost", "motor", "in_product"), 1.0);
    // One motor at 10 dollars; three at 1 are cheaper.
    pair(at(&found, 1.0), (53.0, 2.0));
    let [value, ..] = price_row(&found, "motor");
    assert_eq!(value, "1");
}

/// The least and most of a price make the range of the cost; a quote counts before a guess of the parts list.
#[test]
fn ranges_and_quotes() {
    let bom = "Part number,Part,Qty,Price (USD)\nA-1,Odd thing,2,10-20\n";
    let found = run(&[bom], 10.0, &[]);
    pair(at(&found, 10.0), (30.0, 0.0));
    let headline = found.answer.headlines.iter().find(|m| m.id == "import-cost-one").unwrap();
    let text = format!("{:?}", headline.args["cost"]);
    assert!(text.contains("low: 20.0") && text.contains("high: 40.0"), "{text}");
    let quote = "Part number,Supplier,Price (USD)\nA-1,Acme,25\n";
    pair(at(&run(&[bom, quote], 10.0, &[]), 10.0), (50.0, 0.0));
    // Two lines of one part that tell two prices are told.
    let two = "Part number,Part,Qty,Price (USD)\nA-1,Odd thing,1,10\nA-1,Odd thing,1,12\n";
    let found = run(&[two], 10.0, &[]);
    pair(at(&found, 10.0), (20.0, 0.0));
    assert!(noticed(&found).iter().any(|n| n.0 == "import-two-prices"));
}

/// Without a price there is no cost, and the price breaks of a mapping are read as those of a header.
#[test]
fn nothing_is_told_of_no_prices_and_a_mapping_may_name_breaks() {
    let found = run(&["Part,Qty\nOdd thing,2\n"], 10.0, &[]);
    assert!(found.answer.table("cost").is_none() && found.answer.table("cost_by_volume").is_none());
    let found = run(&[BREAKS], 10.0, &[]);
    assert_eq!(found.mapping.matches("price_break").count(), 3, "{}", found.mapping);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Whatever the breaks, least orders and suppliers: a larger volume never costs more for one, and no order is less
    /// than the need.
    #[test]
    fn one_product_never_costs_more_at_a_larger_volume(
        parts in proptest::collection::vec((1u32..50, 1u32..1000, 1u32..500, 1u32..100, 1u32..3000), 1..6),
    ) {
        let (mut bom, mut list) = ("Part number,Part,Qty\n".to_owned(), "Part number,Supplier,MOQ,Price (USD)\n".to_owned());
        for (at, (count, price, least, cut, next)) in parts.iter().enumerate() {
            bom.push_str(&format!("P-{at},Odd thing {at},{count}\n"));
            let lower = f64::from(*price) * (1.0 - f64::from(*cut) / 101.0);
            list.push_str(&format!("P-{at},Acme,{least},{price}\nP-{at},Acme,{},{lower}\n", least + next));
            list.push_str(&format!("P-{at},Other,,{}\n", price * 2));
        }
        let found = run(&[&bom, &list], 37.0, &[]);
        let table = table(&found, "cost_by_volume");
        let cost = |row: usize| table.column("cost").unwrap().cells.number(row).unwrap();
        for row in 1..table.len() {
            prop_assert!(cost(row) <= cost(row - 1) * (1.0 + 1e-12), "{bom}{list}");
        }
        let paid = table_sum(&found);
        prop_assert!((paid - at(&found, 37.0).0).abs() <= 1e-9 * paid);
    }
}

/// The rows of the costs sum to the cost of one product.
fn table_sum(imported: &Imported) -> f64 {
    let table = table(imported, "cost");
    (0..table.len()).map(|row| table.column("cost").unwrap().cells.number(row).unwrap()).sum()
}
