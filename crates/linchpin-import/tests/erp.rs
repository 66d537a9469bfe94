//! Columns of ERP systems that say how a quantity, a price or an amount in stock is meant, worked by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{import_texts, noticed};
use linchpin_import::cost::Rates;
use linchpin_import::import::{Imported, Request};

/// Imports lists of these texts.
fn run(lists: &[&str]) -> Imported {
    import_texts(lists, Request { rates: Rates::parse(&["CNY=0.1"]).unwrap(), ..Request::default() })
}

/// A column of a table by part; `-` where nothing is known.
fn column(imported: &Imported, name: &str, column: &str) -> Vec<(String, String)> {
    let Some(table) = imported.answer.table(name) else { return vec![] };
    let cells = |column: &str| &table.column(column).unwrap().cells;
    let number =
        |row| cells(column).number(row).map_or("-".to_owned(), |n| format!("{}", (n * 1e6).round() / 1e6));
    let mut found: Vec<(String, String)> = (0..table.len())
        .map(|row| (cells("part").text(row).unwrap_or_default().to_owned(), number(row)))
        .collect();
    found.sort();
    found
}

fn known(all: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut all: Vec<_> = all.iter().map(|(part, value)| ((*part).to_owned(), (*value).to_owned())).collect();
    all.sort();
    all
}

/// What of that has one of these words.
fn told(imported: &Imported, word: &str) -> Vec<String> {
    let found = noticed(imported, word).into_iter().filter(|told| told[0] == word);
    found.map(|told| format!("{} {}", told[1], told[2])).collect()
}

#[test]
fn a_price_is_of_so_many() {
    for list in [
        "Part number,Description,Qty,Price,Per,Currency\nA,Screw,100,38,1000,USD\nB,Connector,10,228,100,USD\nC,Motor,1,120,1,USD",
        "Part number,Description,Qty,Price unit,Price ($)\nA,Screw,100,1000,38\nB,Connector,10,100 pcs,228\nC,Motor,1,,120",
        "物料编码,物料名称,用量,单价,价格单位,币别\nA,Screw,100,380,千个,人民币\nB,Connector,10,2280,100,人民币\nC,Motor,1,1200,1,人民币",
        "物料编码,物料名称,用量,单价(元/千个),单价（元/百个）,单价(美元)\nA,Screw,100,380,,\nB,Connector,10,,2280,\nC,Motor,1,,,120",
        "Part number,Description,Qty,Price ($)\nA,Screw,100,38 / 1000\nB,Connector,10,228 per 100\nC,Motor,1,120",
        "Part number,Description,Qty,Price\nA,Screw,100,$0.038\nB,Connector,10,$228/C\nC,Motor,1,$120",
    ] {
        let expected = known(&[("Screw", "3.8"), ("Connector", "22.8"), ("Motor", "120")]);
        assert_eq!(column(&run(&[list]), "cost", "cost"), expected, "{list}");
    }
    let per = "Part number,Description,Qty,Price per 100\nA,Screw,100,$3.8";
    assert_eq!(column(&run(&[per]), "cost", "cost"), known(&[("Screw", "3.8")]));
    // Torque per motor is none.
    let torque = "Part number,Description,Qty,Torque per motor,Price ($)\nA,Motor,1,100,120";
    assert_eq!(column(&run(&[torque]), "cost", "cost"), known(&[("Motor", "120")]));
}

#[test]
fn a_price_of_a_vendor_and_its_breaks_are_of_so_many() {
    let bom = "Part number,Description,Qty\nA,Screw,10";
    let vendors = "Part number,Supplier,Country,Share %,Net price,Per,Price @1000,Crcy\nA,Bossard,CH,100,38,1000,33,USD";
    assert_eq!(column(&run(&[bom, vendors]), "cost", "cost"), known(&[("Screw", "0.33")]));
}

#[test]
fn the_price_of_a_line_agrees_with_a_price_of_so_many() {
    let list =
        "Part number,Description,Qty,Price ($),Per,Ext. value\nA,Screw,100,38,1000,3.80\nB,Nut,10,38,1000,38";
    assert_eq!(
        told(&run(&[list]), "import-line-total"),
        ["list1.csv: 3 Nut: 0.38 ≠ 38.00"].map(|t| t.replace("list1", "list0"))
    );
}

#[test]
fn a_quantity_is_for_so_many_of_the_assembly() {
    for header in ["用量,基础数量", "用量:分子,用量:分母", "Qty,Base quantity"] {
        let list = format!("物料编码,物料名称,{header}\nA,Screw,3200,100\nB,Grease,1,3\nC,Motor,4,1");
        let imported = run(&[&list]);
        let expected = known(&[("Screw", "32"), ("Grease", "0.333333"), ("Motor", "4")]);
        assert_eq!(column(&imported, "parts", "in_product"), expected, "{header}");
        assert_eq!(told(&imported, "import-fraction"), [""; 0], "{header}");
    }
}

#[test]
fn what_is_lost_is_bought_and_weighs_nothing() {
    let with = |scrap: &str| {
        format!(
            "Part number,Description,Qty,Comp. scrap %,Price ($),Mass (g)\nA,Hex screw M4,100,{scrap},0.5,2\nB,Frameless motor,1,,100,500"
        )
    };
    let stock = "Part number,On hand\nA,1100";
    let (lost, kept) = (run(&[&with("10"), stock]), run(&[&with(""), stock]));
    let cost = |imported: &Imported| column(imported, "cost", "cost");
    assert_eq!(cost(&lost), known(&[("Hex screw M4", "55"), ("Frameless motor", "100")]));
    assert_eq!(cost(&kept), known(&[("Hex screw M4", "50"), ("Frameless motor", "100")]));
    assert_eq!(column(&lost, "parts", "in_product"), column(&kept, "parts", "in_product"));
    assert_eq!(column(&lost, "stock", "enough_for"), known(&[("Hex screw M4", "10")]));
    assert_eq!(told(&lost, "import-fraction"), [""; 0]);
    let yields = String::from_utf8(lost.files["yields.csv"].clone()).unwrap();
    assert!(yields.contains("0.9090909"), "{yields}");
    // A fraction is one where the column has no per cent.
    let list = "物料编码,物料名称,用量,损耗率,单价(美元)\nA,Screw,100,0.1,0.5\nB,Motor,1,0,100";
    assert_eq!(cost(&run(&[list])), known(&[("Screw", "55"), ("Motor", "100")]));
    let list = "物料编码,物料名称,用量,损耗率,单价(美元)\nA,Screw,100,10,0.5\nB,Motor,1,0.5,100";
    assert_eq!(cost(&run(&[list])), known(&[("Screw", "55"), ("Motor", "100.5")]));
}

#[test]
fn lines_out_of_their_time_are_left_out_with_what_goes_into_them() {
    let list = "Level,Part number,Description,Qty,Valid from,Valid to,Status,Deletion indicator\n\
                1,A,Arm,1,01.01.2025,31.12.9999,,\n2,B,Old motor,1,01.01.2020,30.06.2026,,\n2,C,Motor,1,2026-07-01,,active,\n\
                2,D,Next motor,1,2027-01-01,9999-12-31,,\n1,E,Leg,1,,,失效,\n2,F,Knee,2,,,,\n1,G,Fan,1,,soon,,X\n1,H,Belt,1,,soon,,";
    let imported = run(&[list]);
    let expected = known(&[("Arm", "1"), ("Motor", "1"), ("Belt", "1")]);
    assert_eq!(column(&imported, "parts", "in_product"), expected);
    let tells = |word: &str| told(&imported, word);
    assert_eq!(tells("import-out-over"), ["list0.csv: 3 B Old motor"]);
    assert_eq!(tells("import-out-early"), ["list0.csv: 5 D Next motor"]);
    assert_eq!(tells("import-out-closed"), ["list0.csv: 6, 8 E Leg; G Fan"]);
    assert_eq!(tells("import-out-inside"), ["list0.csv: 7 F Knee"]);
    assert_eq!(tells("import-undated").len(), 1);
    let parents = "Parent,Part number,Description,Qty,Valid to\n,A,Arm,1,\nA,B,Motor,2,\n,E,Leg,1,2020-01-01\nE,F,Knee,2,";
    assert_eq!(column(&run(&[parents]), "parts", "in_product"), known(&[("Motor", "2")]));
}

#[test]
fn lines_of_vendors_out_of_their_time_are_left_out() {
    let bom = "Part number,Description,Qty\nA,Motor,1";
    let vendors = "Part number,Supplier,Country,Share %,Valid to\nA,Kollmorgen,USA,60,31.12.2024\nA,Kinco,China,40,31.12.2027";
    let imported = run(&[bom, vendors]);
    assert_eq!(told(&imported, "import-out-over"), ["list1.csv: 2 A"]);
    assert_eq!(imported.answer.table("suppliers").unwrap().len(), 1);
}

#[test]
fn alternatives_texts_and_by_products_do_not_go_in() {
    let list = "Part number,Description,Qty,Item cat.,Alt. item grp,Usage prob. %\n\
                A,Screw 1,1,L,A1,70\nB,Screw 2,1,L,A1,30\nC,Assembly note,1,T,,\nD,Drawing,1,D,,\nE,Chips,-2,L,,\n\
                F,Bearing 1,2,L,B1,\nG,Bearing 2,2,L,B1,";
    let imported = run(&[list]);
    let expected = known(&[("Screw 1", "0.7"), ("Screw 2", "0.3"), ("Bearing 1", "2")]);
    assert_eq!(column(&imported, "parts", "in_product"), expected);
    assert_eq!(told(&imported, "import-out-text"), ["list0.csv: 4, 5 C Assembly note; D Drawing"]);
    assert_eq!(told(&imported, "import-out-by-product"), ["list0.csv: 6 E Chips"]);
    assert_eq!(told(&imported, "import-out-alternative"), ["list0.csv: 8 G Bearing 2"]);
    for word in ["import-fraction", "import-uncounted"] {
        assert_eq!(told(&imported, word), [""; 0], "{word}");
    }
    let list = "物料编码,物料名称,用量,子项类型,替代标识\nA,轴承,2,标准件,\nB,轴承二,2,替代件,\nC,轴承三,2,标准件,替代\nD,铝屑,1,返还件,";
    assert_eq!(column(&run(&[list]), "parts", "in_product"), known(&[("轴承", "2")]));
}

#[test]
fn stock_that_is_not_free_is_not_on_hand() {
    let bom = "物料编码,物料名称,用量,单位\nA,电机,1,个\nB,减速器,1,个\nC,线缆,2,m\nD,螺钉,10,个";
    let on_hand = |stock: &str| column(&run(&[bom, stock]), "stock", "on_hand");
    // SAP: what is blocked stands beside what is free.
    assert_eq!(
        on_hand("Part number,Unrestricted,In qual. insp.,Blocked\nA,900,40,60\nB,100,0,500"),
        known(&[("电机", "900"), ("减速器", "100")])
    );
    // What is blocked is part of what is there.
    let stock = "仓库名称,存货编码,现存量,冻结量,可用量\n原料仓,A,600,0,600\n不良品仓,A,90,90,0\n原料仓,B,1500,200,1300";
    assert_eq!(on_hand(stock), known(&[("电机", "600"), ("减速器", "1300")]));
    let imported = run(&[bom, stock]);
    assert_eq!(told(&imported, "import-out-not-free"), ["list1.csv: 3 A"]);
    assert_eq!(told(&imported, "import-stock-not-free"), ["list1.csv: C4 B: 1500 → 1300"]);
    assert_eq!(on_hand("仓库编码,存货编码,库存数量,冻结数量\nW01,A,100,30"), known(&[("电机", "70")]));
    // What is available is no order.
    let imported = run(&[bom, "存货编码,可用量,在途量\nA,40,10"]);
    assert_eq!(column(&imported, "stock", "on_hand"), known(&[("电机", "40")]));
    assert_eq!(column(&imported, "stock", "on_order"), known(&[("电机", "-")]));
    assert_eq!(column(&imported, "stock", "in_transit"), known(&[("电机", "10")]));
    // Stock counts in its own unit.
    assert_eq!(
        on_hand("物料编码,库存数量,单位\nC,1.2,KM\nD,64,TS\nA,2,千个"),
        known(&[("线缆", "1200"), ("螺钉", "64000"), ("电机", "2000")])
    );
}

#[test]
fn of_orders_what_is_still_to_come_counts() {
    let bom = "Part number,Description,Qty\nA,Motor,1\nB,Gear,1\nC,Belt,1";
    for orders in [
        "Part number,PO quantity,Still to be delivered,Deliv. date,Delivery completed\nA,1000,600,04.12.2026,\nB,50,50,04.12.2026,\nC,30,30,04.12.2026,X",
        "存货编码,数量,累计到货数量,未到货数量,计划到货日期,关闭人\nA,1000,400,600,2026-12-04,\nB,50,0,50,2026-12-04,\nC,30,0,30,2026-12-04,张三",
        "存货编码,订货数量,未到货数量,计划到货日期,行状态\nA,1000,600,2026-12-04,审核\nB,50,50,2026-12-04,审核\nC,30,30,2026-12-04,未审核",
        "Part number,Open quantity,Due date,Status\nA,600,2026-12-04,open\nB,50,2026-12-04,open\nC,30,2026-12-04,closed",
    ] {
        let imported = run(&[bom, orders]);
        let expected = known(&[("Motor", "600"), ("Gear", "50")]);
        assert_eq!(column(&imported, "stock", "on_order"), expected, "{orders}");
        let out = ["import-out-closed", "import-out-unapproved"].map(|word| told(&imported, word)).concat();
        assert_eq!(out.len(), 1, "{orders}");
    }
}

#[test]
fn another_number_is_another_part_whatever_its_name() {
    let bom = "料号,名称,用量\nM1,空心杯电机,12\n,镍带,1";
    let vendors = "料号,名称,供应商,国家,份额\nM9,空心杯电机,Maxon,瑞士,100\nN1,镍带,某厂,中国,100";
    let table = run(&[bom, vendors]).answer.table("suppliers").unwrap().clone();
    let text = |row: usize, column: &str| {
        table.column(column).unwrap().cells.text(row).unwrap_or_default().to_owned()
    };
    let all: Vec<[String; 2]> = (0..2).map(|row| ["part", "became"].map(|c| text(row, c))).collect();
    assert!(all.iter().any(|row| row[1] == "import-no-part"), "{all:?}");
    assert!(all.iter().any(|row| row[0] == "N1" && row[1] == "import-lane"), "{all:?}");
    assert_eq!(told(&run(&[bom, vendors]), "import-part-near"), ["list1.csv: 2 M9 → M1?"]);
}

#[test]
fn an_assembly_that_is_listed_in_full_twice_has_two_places() {
    let list = "层级,物料编码,物料名称,用量,整机用量\n0,R,机器人,1,1\n1,H,头,1,1\n2,J,关节,2,2\n3,M,谐波减速器,1,2\n\
                1,A,手臂,2,2\n2,J,关节,4,8\n3,M,谐波减速器,1,8";
    assert_eq!(told(&run(&[list]), "import-total-quantity"), [""; 0]);
    assert_eq!(told(&run(&[&list.replace("1,8", "1,9")]), "import-total-quantity").len(), 1);
}
