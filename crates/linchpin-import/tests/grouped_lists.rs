//! Lists whose lines leave out what the line above has said, or whose depth only their cells tell, worked by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{import_texts, noticed, parts};
use linchpin_import::import::{Imported, Request};

fn run(list: &str, mapping: Option<&str>) -> Imported {
    import_texts(&[list], Request { mapping: mapping.map(str::to_owned), ..Request::default() })
}

fn told(imported: &Imported, word: &str) -> Vec<String> {
    noticed(imported, word).into_iter().filter(|t| t[0] == word).map(|t| t[2].clone()).collect()
}

const ODOO: &str = "Product/Display Name,Reference,BoM Type,Quantity,Product Unit of Measure,BoM Lines/Component,BoM Lines/Quantity\n\
    [H] Walker,H-1,Manufacture,1,Units,[A] Arm,2\n,,,,,[L] Leg,2\n,,,,,[S] Shell,1\n\
    [A] Arm,,Manufacture,1,Units,[E] Encoder,3\n,,,,,[B] Bearing,4\n[L] Leg,,Manufacture,10,Units,[B] Bearing,50\n,,,,,[F] Foot,10";

#[test]
fn lines_of_odoo_go_on_below_their_product() {
    let expected = ["[A] Arm 2", "[B] Bearing 18", "[E] Encoder 6", "[F] Foot 2", "[L] Leg 2", "[S] Shell 1"];
    assert_eq!(parts(&run(ODOO, None)), expected);
    let long = ODOO.replace("BoM Lines/Component", "BoM Lines/Component/Display Name");
    assert_eq!(parts(&run(&long, None)), expected);
    let mapping = "[[table]]\nfile = \"list0.csv\"\nheader = 1\nkind = \"parts\"\n[table.columns]\nA = \"parent\"\nF = \"name\"\nG = \"quantity\"\nD = \"base_quantity\"";
    assert_eq!(parts(&run(ODOO, Some(mapping))), expected);
}

/// Where the first line names nothing above it, a blank cell is the product.
#[test]
fn a_blank_parent_of_the_first_line_is_the_product() {
    let list = "Parent,Part number,Description,Qty\n,A,Arm,2\nA,M,Motor,3\nA,E,Encoder,4\n,S,Shell,1";
    assert_eq!(parts(&run(list, None)), ["Arm 2", "Encoder 8", "Motor 6", "Shell 1"]);
}

#[test]
fn dots_before_a_depth_are_levels_whatever_their_header() {
    for header in ["Lv", "Lev.", "阶", "阶次", "Stufe", "Qty per"] {
        let list = format!(
            "{header},Part number,Description,Qty\n.1,A,Arm,2\n..2,M,Motor,3\n..2,B,Bearing,4\n.1,L,Leg,2\n..2,B,Bearing,5"
        );
        assert_eq!(parts(&run(&list, None)), ["Arm 2", "Bearing 18", "Leg 2", "Motor 6"], "{header}");
    }
    for header in ["Lv", "LV", "Lev.", "阶", "阶次"] {
        let list = format!(
            "{header},Part number,Description,Qty\n1,A,Arm,2\n2,M,Motor,3\n2,B,Bearing,4\n1,L,Leg,2\n2,B,Bearing,5"
        );
        assert_eq!(parts(&run(&list, None)), ["Arm 2", "Bearing 18", "Leg 2", "Motor 6"], "{header}");
    }
}

#[test]
fn quantities_that_may_be_multiplied_already_are_told() {
    let list = "Explosion level,Component number,Object description,Comp. Qty (CUn),Un\n\
        .1,A,Arm,2,EA\n..2,S,Shoulder,6,EA\n...3,E,Encoder,12,EA\n...3,B,Bearing,24,EA\n.1,C,Screw,10,EA";
    assert_eq!(told(&run(list, None), "import-maybe-multiplied"), ["Encoder: 12 ÷ Shoulder: 6"]);
    let plain = list.replace("Bearing,24", "Bearing,4");
    assert_eq!(told(&run(&plain, None), "import-maybe-multiplied"), [""; 0]);
}

#[test]
fn a_list_for_several_of_the_product_is_told() {
    let list = "Material,HUM,,,\nBase quantity,100 EA,,,\n,,,,\nItem,Component,Description,Quantity,Un\n\
        0010,A1,ENCODER,600,EA\n0020,A2,BEARING,800,EA";
    assert_eq!(told(&run(list, None), "import-base-above"), ["Base quantity: 100 EA"]);
    assert_eq!(told(&run(&list.replace("100 EA", "1.000 EA"), None), "import-base-above"), [""; 0]);
}

#[test]
fn prices_with_tax_give_way_to_those_without() {
    let list = "物料编码,物料名称,用量,币种,含税单价,原币单价,税率(%)\nA,磁钢,1,人民币,1.13,1.00,13";
    let imported = run(list, None);
    assert_eq!(told(&imported, "import-untaxed"), ["含税单价 → 原币单价"]);
    let table = imported.answer.table("reading").unwrap();
    let cells = |name: &str| &table.column(name).unwrap().cells;
    let prices: Vec<&str> = (0..table.len())
        .filter(|row| cells("role").text(*row) == Some("role-price"))
        .filter_map(|row| cells("header").text(row))
        .collect();
    assert_eq!(prices, ["原币单价"]);
    let alone = run("物料编码,物料名称,用量,币种,含税单价\nA,磁钢,1,人民币,1.13", None);
    assert_eq!(told(&alone, "import-taxed"), ["含税单价"]);
    let without = run("物料编码,物料名称,用量,币种,不含税单价\nA,磁钢,1,人民币,1.13", None);
    assert_eq!(told(&without, "import-taxed"), [""; 0]);
}

#[test]
fn masses_without_a_unit_are_told() {
    let one = run("名称,数量,重量\n编码器,4,0.19\n轴承,2,18g\n减速器,2,0.11kg", None);
    assert_eq!(told(&one, "import-mass-no-unit"), ["0.19 (× 1)"]);
    let all = run("Part number,Description,Qty,Mass\nA,Frame,1,2150\nB,Bearing,4,18", None);
    assert_eq!(told(&all, "import-mass-no-unit"), ["2150 (× 2)"]);
    let units = "Part number,Description,Qty,Net weight,WUn\nA,Frame,1,2.15,KG\nB,Bearing,4,18,G";
    let known = run(units, None);
    assert_eq!(told(&known, "import-mass-no-unit"), [""; 0]);
    assert_eq!(known.answer.table("coverage").unwrap().value("mass", "of"), Some(2.15 + 4.0 * 0.018));
}

/// What is counted in kilograms weighs as much.
#[test]
fn the_known_mass_holds_what_is_counted_in_kilograms() {
    let list = "Part number,Description,Qty,Unit,Mass (kg)\nA,Nickel strip,0.35,kg,\nB,Ball bearing 6804,4,pcs,0.018\nC,Grease,50,g,";
    let of = run(list, None).answer.table("coverage").unwrap().value("mass", "of").unwrap();
    assert!((of - (0.35 + 0.072 + 0.05)).abs() < 1e-9, "{of}");
}

#[test]
fn a_name_that_several_parts_have_is_told() {
    let bom = "Part number,Description,Qty\nA1,Motor,1\nA2,Motor,2\nB1,Gear,1";
    let vendors = "Description,Supplier,Country\nMotor,Kollmorgen,US\nGear,Maxon,CH";
    let imported = import_texts(&[bom, vendors], Request::default());
    assert_eq!(told(&imported, "import-part-several"), ["[A1] Motor / [A2] Motor"]);
}

#[test]
fn an_assembly_that_weighs_more_than_its_parts_is_told() {
    let list = "Level,Part number,Description,Qty,Mass (g)\n1,A,Arm,1,1480\n2,M,Motor,2,300\n2,H,Housing,1,410\n1,B,Battery,1,5000";
    assert_eq!(told(&run(list, None), "import-assembly-heavier"), ["Arm: 1.48 kg > 1.01 kg"]);
    let unknown = list.replace("Motor,2,300", "Motor,2,");
    assert_eq!(told(&run(&unknown, None), "import-assembly-heavier"), [""; 0]);
}
