//! Lists as programs of companies export them: SAP, 用友 and 金蝶.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin_import::bom::{Bom, lines};
use linchpin_import::column::Role;
use linchpin_import::sheet::Sheet;
use linchpin_import::table::{Kind, Table, tables};

fn sheet(text: &str) -> Sheet {
    let mut sheet = Sheet::new("");
    for (number, row) in (1u32..).zip(text.lines()) {
        sheet.begin(number);
        for (column, cell) in (0u32..).zip(row.split(',')) {
            sheet.cell(column, cell);
        }
    }
    sheet
}

fn table(sheet: &Sheet) -> Table {
    tables(sheet, 0).remove(0)
}

/// The header of the column of a role.
fn of(table: &Table, role: Role) -> &str {
    table.column(role).map_or("", |c| c.header.as_str())
}

const ECC: &str = "Lvl,Parent,Item,Component,Object description,Comp. Qty,BUn,Valid from,Valuation price,Crcy,MPN,Net weight,Wt unit\n\
    1,HB-7000,0010,HB-7100,ARM,2,EA,01.01.2025,,USD,,5.2,KG\n\
    2,HB-7100,0020,100-2001,Frameless motor,4,EA,01.01.2025,118,USD,TBM2G-07013,310,G\n\
    2,HB-7100,0030,100-2010,Strain wave gear,4,EA,01.01.2025,164,USD,CSF-17-100,0.18,KG";

#[test]
fn parts_lists_of_sap() {
    let long = ECC.replace(
        "Lvl,Parent,Item,Component,Object description,Comp. Qty,BUn,Valid from,Valuation price,Crcy,MPN,Net weight,Wt unit",
        "Explosion Level,Parent Component,BOM Item Number,Component,Component Description,Component Quantity,\
         Base Unit of Measure,Valid-From Date,Valuation Price,Currency,Manufacturer Part Number,Net Weight,Weight Unit",
    );
    for text in [ECC, &long] {
        let sheet = sheet(text);
        let table = table(&sheet);
        assert_eq!((table.kind, of(&table, Role::Number)), (Kind::Parts, "Component"));
        assert!(of(&table, Role::Name).ends_with("escription"));
        assert!(
            of(&table, Role::Quantity).ends_with("Qty") || of(&table, Role::Quantity).ends_with("Quantity")
        );
        let (sheets, tables) = ([sheet], [table]);
        let lines = lines(&sheets, &tables);
        let totals = Bom::new(&lines, &tables, &sheets).unwrap().totals();
        assert_eq!(totals.iter().copied().fold(0.0, f64::max), 8.0);
        let masses: Vec<_> = lines.lines.iter().filter_map(|l| l.mass).collect();
        assert_eq!(masses, [5.2, 0.31, 0.18]);
    }
}

#[test]
fn vendors_and_stock_of_sap_are_no_parts() {
    let vendors = sheet(
        "Material,Short text,Vendor,Name 1,Cty,Quota %,Planned deliv. time,Min. order qty,Net price,Per,OUn,Crcy,Source list\n\
         100-2001,Motor,V10021,Kollmorgen,US,60,70,100,118,1,EA,USD,approved\n\
         100-2001,Motor,V20077,Kinco,CN,40,42-56,200,545,1,EA,CNY,in qualification\n\
         100-2010,Gear,V30001,Harmonic Drive,JP,70,112,50,24500,1,EA,JPY,approved",
    );
    let vendors = table(&vendors);
    assert_eq!(vendors.kind, Kind::Vendors);
    let headers = [
        Role::Number,
        Role::Supplier,
        Role::Country,
        Role::Share,
        Role::LeadTime,
        Role::Currency,
        Role::Qualified,
    ];
    assert_eq!(
        headers.map(|role| of(&vendors, role)),
        ["Material", "Name 1", "Cty", "Quota %", "Planned deliv. time", "Crcy", "Source list"]
    );
    assert_eq!(of(&vendors, Role::Quantity), "");
    let stock = sheet(
        "Material,Material description,Plnt,SLoc,Unrestricted,Blocked,Stock in transit,BUn\n\
         100-2001,Motor,US10,0001,900,60,0,EA\n100-2001,Motor,US20,0003,300,0,120,EA\n\
         100-2010,Gear,US10,0001,1200,80,0,EA",
    );
    let stock = table(&stock);
    assert_eq!(stock.kind, Kind::Stock);
    let headers = [Role::Number, Role::OnHand, Role::InTransit, Role::Quantity];
    assert_eq!(headers.map(|role| of(&stock, role)), ["Material", "Unrestricted", "Stock in transit", ""]);
}

#[test]
fn lists_of_yonyou_and_kingdee() {
    let sheet_of_parts = sheet(
        "母件编码,子件编码,子件名称,计量单位,基本用量,基础数量,使用数量,默认供应商\n\
         R1,A1,电机,个,10,10,2,步科\nR1,A2,螺钉,个,3200,100,33,泰联\n审核：陈工",
    );
    let parts = table(&sheet_of_parts);
    let headers = [Role::Parent, Role::Number, Role::Quantity, Role::Supplier];
    assert_eq!(headers.map(|role| of(&parts, role)), ["母件编码", "子件编码", "使用数量", "默认供应商"]);
    let found = lines(std::slice::from_ref(&sheet_of_parts), &[parts]);
    let amounts: Vec<f64> = found.lines.iter().map(|l| l.quantity.as_ref().unwrap().amount).collect();
    assert_eq!(amounts, [2.0, 33.0]);
    let fraction = sheet("子项物料编码,子项物料名称,用量:分子,用量:分母\nX1,螺钉,3200,100\nX2,轴承,10,1");
    let table_of_fraction = table(&fraction);
    let found = lines(std::slice::from_ref(&fraction), &[table_of_fraction]);
    let amounts: Vec<f64> = found.lines.iter().map(|l| l.quantity.as_ref().unwrap().amount).collect();
    assert_eq!(amounts, [32.0, 10.0]);
    let stock = sheet(
        "仓库名称,存货编码,存货名称,主计量单位,现存数量,其中冻结数量,预计入库数量合计,可用数量\n\
         原料仓,X1,螺钉,个,5000,1000,300,4000\n原料仓,X4,减速器,台,40,0,10,40",
    );
    let stock = table(&stock);
    assert_eq!(
        (stock.kind, of(&stock, Role::Number), of(&stock, Role::OnHand)),
        (Kind::Stock, "存货编码", "现存数量")
    );
}

#[test]
fn a_column_of_days_or_of_stores_is_no_quantity() {
    let list = sheet(
        "Part number,Name,From,Store\nM-1,Motor,01.01.2025,0001\nM-2,Gear,01.02.2025,0003\nM-3,Screw,01.03.2025,0001",
    );
    let list = table(&list);
    assert!(list.column(Role::Quantity).is_none(), "{list:?}");
}
