//! Price lists and numbers as programs of companies print them: what each cell means, worked by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{import_texts, noticed};
use linchpin_import::cost::Rates;
use linchpin_import::import::{Imported, Request};

const BOM: &str = "Part number,Description,Qty,Unit\n30010001,Wrist encoder,4,EA\n30010002,Ankle bearing,10,EA\n30010003,Grease,50,G";

fn run(lists: &[&str]) -> Imported {
    let rates = Rates::parse(&["CNY=0.1", "EUR=1.1"]).unwrap();
    import_texts(lists, Request { rates, volume: 1000.0, ..Request::default() })
}

/// The cost of one of each part, what is bought, and what is in one product; `-` where nothing is known.
fn column(imported: &Imported, table: &str, column: &str) -> Vec<String> {
    let Some(table) = imported.answer.table(table) else { return vec![] };
    let cells = |name: &str| &table.column(name).unwrap().cells;
    let number =
        |row| cells(column).number(row).map_or("-".into(), |n| ((n * 1e6).round() / 1e6).to_string());
    let mut found: Vec<String> = (0..table.len())
        .map(|row| format!("{} {}", cells("part").text(row).unwrap_or_default(), number(row)))
        .collect();
    found.sort();
    found
}

fn cost(imported: &Imported) -> Vec<String> {
    column(imported, "cost", "cost")
}

fn amounts(list: &str) -> Vec<String> {
    column(&run(&[list]), "parts", "in_product")
}

/// The texts of what is told under a word.
fn told(imported: &Imported, word: &str) -> Vec<String> {
    noticed(imported, word).into_iter().filter(|t| t[0] == word).map(|t| t[2].clone()).collect()
}

#[test]
fn a_list_of_prices_from_a_quantity_on_is_of_vendors() {
    for header in [
        "Minimum Qty",
        "Minimum Quantity",
        "Min. Quantity",
        "Qty from",
        "From Quantity",
        "Scale Quantity",
        "Quantity break",
        "Quantity",
        "Standard PO Quantity",
        "Order Quantity",
        "数量下限",
        "起始数量",
        "数量从",
        "数量(从)",
        "阶梯数量",
        "起订数量",
        "最小批量",
        "最低订购量",
        "批量",
        "MPQ",
        "包装量",
        "采购数量",
        "订货数量",
    ] {
        let prices = format!(
            "Vendor,Country,Part number,{header},Price,Currency\nRLS,SI,30010001,1,41,USD\nRLS,SI,30010001,1000,30,USD\n\
             SKF,SE,30010002,1,2,USD\nSKF,SE,30010002,20000,1.5,USD"
        );
        let imported = run(&[BOM, &prices]);
        assert_eq!(cost(&imported), ["Ankle bearing 20", "Wrist encoder 120"], "{header}");
        assert_eq!(column(&imported, "parts", "in_product").len(), 3, "{header}");
        assert!(imported.answer.table("stock").is_none(), "{header}");
    }
}

/// Of quantities in a list of parts none is a least order, and what the parts list lacks may be one.
#[test]
fn a_list_of_prices_beside_a_list_of_its_parts_is_of_vendors() {
    let prices =
        "Vendor,Product,Quantity,Price,Currency\nRLS,Wrist encoder,1,41,USD\nSKF,Ankle bearing,500,2,USD";
    let imported = run(&[BOM, prices]);
    assert_eq!(cost(&imported), ["Ankle bearing 20", "Wrist encoder 164"]);
    assert_eq!(
        column(&imported, "parts", "in_product"),
        ["Ankle bearing 10", "Grease 0.05", "Wrist encoder 4"]
    );
    // By itself it lists what goes in, and beside other parts too, which is told.
    assert_eq!(column(&run(&[prices]), "parts", "in_product"), ["Ankle bearing 500", "Wrist encoder 1"]);
    let other = run(&["Part number,Description,Qty\nX,Head shell,1\nY,Visor,1", prices]);
    assert_eq!(column(&other, "parts", "in_product").len(), 4);
    assert_eq!(told(&other, "import-read-as-parts"), ["Vendor, Price, Quantity"]);
    assert_eq!(told(&imported, "import-read-as-parts"), [""; 0]);
}

#[test]
fn a_material_is_the_part_where_nothing_else_says_what_the_rows_are() {
    for header in
        ["Vendor,Country,Material,Net Price,Crcy", "Vendor,Country,Material,Info Record,Net Price,Crcy"]
    {
        let record = if header.contains("Info") { ",5300000001" } else { "" };
        let prices = format!("{header}\nRLS,SI,30010001{record},41,USD\nSKF,SE,30010002{record},2,USD");
        assert_eq!(cost(&run(&[BOM, &prices])), ["Ankle bearing 20", "Wrist encoder 164"], "{header}");
    }
    let prices = "Material,Description,Vendor,Country,Net Price,Crcy\n30010001,WRIST,RLS,SI,41,USD\n30010002,ANKLE,SKF,SE,2,USD";
    assert_eq!(cost(&run(&[BOM, prices])), ["Ankle bearing 20", "Wrist encoder 164"]);
    let kingdee = "物料代码,物料名称,单位,用量\n2.01.001,磁编码器,PCS,3\n2.01.002,轴承,PCS,4";
    let prices = "物料代码,供应商,国家,币种,单价\n2.01.001,禹衡,中国,人民币,88\n2.01.002,人本,中国,人民币,3";
    assert_eq!(cost(&run(&[kingdee, prices])), ["磁编码器 26.4", "轴承 1.2"]);
    // Grades of steel are no part numbers.
    let grades = "Description,Material,Qty\nShell,6061,1\nPin,1.4301,4";
    assert_eq!(amounts(grades), ["Pin 4", "Shell 1"]);
}

#[test]
fn pieces_with_three_decimals_are_read_as_printed() {
    let list = |amounts: [&str; 3]| {
        let [a, b, c] = amounts.map(|a| format!("\"{a}\""));
        format!(
            "Component number,Object description,Comp. Qty,Un\nA,Motor,{a},EA\nB,Gear,{b},EA\nC,Screw,{c},EA"
        )
    };
    let as_printed = ["Gear 4", "Motor 3", "Screw 1250"];
    let imported = run(&[&list(["3.000", "4.000", "1,250.000"])]);
    assert_eq!(column(&imported, "parts", "in_product"), as_printed);
    assert_eq!(told(&imported, "import-decimals"), [""; 0]);
    assert_eq!(amounts(&list(["3,000", "4,000", "1.250,000"])), as_printed);
    let alone = run(&[&list(["3.000", "4.000", "12.000"])]);
    assert_eq!(column(&alone, "parts", "in_product"), ["Gear 4", "Motor 3", "Screw 12"]);
    assert_eq!(told(&alone, "import-decimals"), ["3.000 → 3"]);
    // Who parts thousands has numbers below a thousand too.
    let parted = run(&[&list(["3", "4", "1.250"])]);
    assert_eq!(column(&parted, "parts", "in_product"), as_printed);
    assert_eq!(told(&parted, "import-thousands"), ["1.250 → 1250"]);
    // A price beside them tells it, in lists of stock too.
    let stock = "Part number,On hand,Value ($)\n30010001,\"120.000\",49.20\n30010002,\"56,000.000\",9.00";
    assert_eq!(column(&run(&[BOM, stock]), "stock", "on_hand"), ["Ankle bearing 56000", "Wrist encoder 120"]);
    let prices = "Vendor,Country,Part number,Net price,Crcy,Min. Qty\nRLS,SI,30010001,41.00,USD,5000.000\nSKF,SE,30010002,2.00,USD,20.000";
    assert_eq!(cost(&run(&[BOM, prices])), ["Ankle bearing 20", "Wrist encoder 205"]);
}

#[test]
fn a_thousand_with_a_point_is_one_where_commas_part_decimals() {
    let prices = "Vendor;Country;Part number;Net price;Currency;Per\nSKF;SE;30010002;2.500,00;USD;1.000";
    assert_eq!(cost(&run(&[BOM, prices])), ["Ankle bearing 25"]);
    let prices = "Vendor;Country;Part number;Net price;Currency;Per\nSKF;SE;30010002;2.50;USD;1.000";
    assert_eq!(cost(&run(&[BOM, prices])), ["Ankle bearing 25"]);
}

#[test]
fn a_price_is_of_the_unit_beside_it() {
    for header in ["OPU", "OUn", "BPrU", "Order Price Unit", "Order Unit"] {
        let prices = format!(
            "Vendor,Country,Part number,Net price,Crcy,Per,{header}\nKlüber,DE,30010003,145,USD,1,KG"
        );
        assert_eq!(cost(&run(&[BOM, &prices])), ["Grease 7.25"], "{header}");
    }
}

/// What is ordered by the thousand and priced by the piece has a least order in the one and a price in the other.
#[test]
fn a_price_may_be_of_another_unit_than_the_order() {
    let prices = "Vendor,Country,Part number,Net price,Crcy,Per,OPU,Min. Qty,OUn\nSKF,SE,30010002,2,USD,1,EA,20,TS\nKlüber,DE,30010003,0.145,USD,1,G,1,KG";
    assert_eq!(cost(&run(&[BOM, prices])), ["Ankle bearing 40", "Grease 7.25"]);
}

#[test]
fn a_minus_behind_a_number_is_one_before_it() {
    let list = "Part number,Description,Qty,Price ($)\nA,Motor,6,2\nB,Chips,2-,1\nC,Swarf,\"1,000.000-\",1\nD,Gear,1,3-";
    let imported = run(&[list]);
    assert_eq!(column(&imported, "parts", "in_product"), ["Gear 1", "Motor 6"]);
    assert_eq!(told(&imported, "import-out-by-product"), ["B Chips; C Swarf"]);
    assert_eq!(cost(&imported), ["Motor 12"]);
    let stock = run(&[BOM, "Part number,On hand\n30010001,40-\n30010001,100"]);
    assert_eq!(column(&stock, "stock", "on_hand"), ["Wrist encoder 100"]);
    assert_eq!(told(&stock, "import-stock-unread"), ["30010001 · 40-"]);
}

#[test]
fn quantities_of_price_breaks_stand_in_columns_of_their_own() {
    for header in [
        "Price Break Qty 1,Price 1,Price Break Qty 2,Price 2",
        "Qty1,Price1,Qty2,Price2",
        "数量1,单价1,数量2,单价2",
        "阶梯1数量,阶梯1单价,阶梯2数量,阶梯2单价",
    ] {
        let prices = format!(
            "Supplier,Country,Part number,{header},Currency\nRLS,SI,30010001,1,41,1000,30,USD\nSKF,SE,30010002,1,2.2,20000,1.5,USD"
        );
        assert_eq!(cost(&run(&[BOM, &prices])), ["Ankle bearing 22", "Wrist encoder 120"], "{header}");
    }
    // What is ordered from each of two suppliers is no step of a price.
    let board = "Part number,Description,Quantity,Supplier 1,Supplier Unit Price 1,Supplier Order Qty 1,Supplier 2,Supplier Unit Price 2,Supplier Order Qty 2,Currency\n\
        U1,Driver,2,Mouser,4,1000,Digi-Key,5,1000,USD";
    assert_eq!(cost(&run(&[board])), ["Driver 8"]);
}

#[test]
fn what_is_lost_is_not_added_twice() {
    for list in [
        "物料编码,物料名称,基本用量,基础数量,损耗率(%),使用数量,单价(美元)\nA,磁钢,28,1,10,30.8,1\nB,螺钉,3200,100,5,33.6,1",
        "物料编码,物料名称,损耗率(%),使用数量,单价(美元)\nA,磁钢,10,30.8,1\nB,螺钉,5,33.6,1",
        "物料编码,物料名称,基本用量,基础数量,损耗率(%),使用数量,单价(美元)\nA,磁钢,28,1,10,28,1\nB,螺钉,3200,100,5,32,1",
    ] {
        let imported = run(&[list]);
        assert_eq!(column(&imported, "parts", "in_product"), ["磁钢 28", "螺钉 32"], "{list}");
        assert_eq!(cost(&imported), ["磁钢 30.8", "螺钉 33.6"], "{list}");
    }
    let yields = "Part number,Description,Qty,Component Yield (%),Price ($)\nA,Motor,6,100,1\nB,Chip,8,80,1";
    assert_eq!(cost(&run(&[yields])), ["Chip 10", "Motor 6"]);
}

#[test]
fn frozen_stock_is_not_on_hand_whatever_is_to_come() {
    let bom = "物料编码,物料名称,用量,单位\nA,电机,1,台\nB,硅钢片,0.4,千克";
    let stock = "存货编码,现存数量,冻结数量,预计入库数量,可用数量\nA,44,4,20,60";
    assert_eq!(column(&run(&[bom, stock]), "stock", "on_hand"), ["电机 40"]);
    for stock in ["存货编码,单位,现存数量\nB,吨,1.2", "Part number,Unit,On hand\nB,t,1.2"] {
        assert_eq!(column(&run(&[bom, stock]), "stock", "on_hand"), ["硅钢片 1200"], "{stock}");
    }
}

/// The quantity from which a price holds and the least order are two.
#[test]
fn a_price_from_a_quantity_on_beside_a_least_order() {
    let prices = "存货编码,供应商,产地,币种,数量下限,数量上限,原币单价,含税单价,税率(%),最小订货量\n\
        30010001,甲,中国,人民币,0,999,410,463,13,1\n30010001,甲,中国,人民币,1000,999999,300,339,13,1\n30010002,乙,中国,人民币,0,999999,20,22.6,13,30000";
    assert_eq!(cost(&run(&[BOM, prices])), ["Ankle bearing 60", "Wrist encoder 120"]);
    let both = "Vendor,Country,Part number,MPQ,MOQ,Price,Currency\nSKF,SE,30010002,50000,100,2,USD";
    assert_eq!(cost(&run(&[BOM, both])), ["Ankle bearing 20"]);
}

#[test]
fn steps_of_a_price_stand_in_a_second_row_of_headers() {
    let prices = "Supplier,Country,Part number,Lead time,Unit price (USD),,\n,,,,1-99,100-499,500+\n\
        RLS,SI,30010001,5 weeks,41,36,30\nSKF,SE,30010002,3 weeks,2.2,2,1.5";
    assert_eq!(cost(&run(&[BOM, prices])), ["Ankle bearing 15", "Wrist encoder 120"]);
}

#[test]
fn what_is_taken_off_prices_and_when_they_hold() {
    let prices = "Vendor,Country,Part,Min. Quantity,Price,Currency,Discount (%),Start Date,End Date\n\
        RLS,SI,Wrist encoder,1,41,USD,10,2024-01-01,2025-01-01\nRLS,SI,Wrist encoder,1000,30,USD,10,2025-01-01,2027-01-01";
    let imported = run(&[BOM, prices]);
    assert_eq!(cost(&imported), ["Wrist encoder 108"]);
    assert_eq!(told(&imported, "import-out-over"), ["Wrist encoder"]);
}

#[test]
fn the_number_of_a_supplier_is_not_his_name() {
    let prices = "Vendor,Country,Material,Net price,Crcy\n100021  Harmonic Drive SE,DE,30010001,41,USD\n1688 store,CN,30010002,2,USD";
    let imported = run(&[BOM, prices]);
    let table = imported.answer.table("suppliers").unwrap();
    let names: Vec<&str> =
        (0..table.len()).filter_map(|row| table.column("supplier").unwrap().cells.text(row)).collect();
    assert_eq!(names, ["Harmonic Drive SE", "1688 store"]);
}

#[test]
fn prices_in_no_money_ask_for_its_name() {
    let message = |list: &str| {
        let notes = &run(&[list]).answer.headlines;
        notes
            .iter()
            .map(|m| m.id.to_string())
            .find(|id| id.starts_with("import-cost-no") || id.ends_with("left-out"))
    };
    assert_eq!(message("Part,Qty,Price\nMotor,1,5").as_deref(), Some("import-cost-no-money"));
    assert_eq!(message("Part,Qty,Price,Currency\nMotor,1,5,SEK").as_deref(), Some("import-cost-left-out"));
}

#[test]
fn too_many_of_a_part_are_told_as_they_were_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bom.csv");
    std::fs::write(&path, "Part number,Description,Qty\nA,Screw,\"5,000,000.000\"\nB,Motor,1").unwrap();
    let request =
        Request { files: vec![path], alias: "ours".into(), country: "USA".into(), ..Request::default() };
    let found = linchpin_import::import::import(&common::ATLAS, &common::BASE, &request, &Default::default());
    let faults = found.unwrap_err();
    let [linchpin_import::import::ImportFault::Tree { file, read, .. }] = faults.as_slice() else {
        panic!("{faults:?}")
    };
    assert_eq!((file.as_str(), read.as_str()), ("bom.csv › Qty", "5,000,000.000 → 5000000"));
}

#[test]
fn a_price_beside_pairs_is_that_of_a_pair() {
    let list = "名称,数量,单价,小计\n灵巧手,1对,$48000,48000\n减速器,2对,$100/对,200\n编码器,4个,$88,352";
    let imported = run(&[list]);
    assert_eq!(cost(&imported), ["减速器 200", "灵巧手 48000", "编码器 352"]);
    assert_eq!(told(&imported, "import-line-total"), [""; 0]);
}

/// 金蝶 tells how many are in the whole product with what is lost, and the price of all of them.
#[test]
fn a_quantity_of_the_whole_product_may_hold_what_is_lost() {
    let list = "层次,物料代码,物料名称,单位,用量,损耗率(%),实际数量,单价(元),金额\n.1,A1,手臂总成,PCS,2,0,2,,\n\
        ..2,B1,磁编码器,PCS,3,0,6,88,528\n..2,B2,深沟球轴承,PCS,4,5,8.4,3.6,30.24";
    let imported = run(&[list]);
    assert_eq!(told(&imported, "import-line-total"), [""; 0]);
    assert_eq!(told(&imported, "import-total-quantity"), [""; 0]);
    assert_eq!(told(&run(&[&list.replace("8.4", "9.4")]), "import-total-quantity").len(), 1);
}
