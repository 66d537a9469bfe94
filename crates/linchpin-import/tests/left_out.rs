//! Lines that list something which does not go in, worked by hand: each is left out and told.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{import_texts, noticed, parts};
use linchpin_import::import::{Imported, Request};

fn run(list: &str) -> Imported {
    import_texts(&[list], Request::default())
}

fn told(imported: &Imported, word: &str) -> Vec<String> {
    noticed(imported, word).into_iter().map(|t| t[2].clone()).collect()
}

#[test]
fn parts_that_are_not_fitted() {
    for list in [
        "Designator,Description,Quantity,Part number,Fitted\nU1,Driver,1,A,Fitted\nU5,Transceiver,1,B,Not Fitted\nR3,Jumper,2,C,DNP",
        "Designator,Description,Quantity,Part number,Fitted\nU1,Driver,1,A,Yes\nU5,Transceiver,1,B,No\nR3,Jumper,2,C,no",
        "Designator,Description,Quantity,Part number,DNP\nU1,Driver,1,A,\nU5,Transceiver,1,B,DNP\nR3,Jumper,2,C,x",
        "Designator,Description,Quantity,Part number,Populate\nU1,Driver,1,A,Yes\nU5,Transceiver,1,B,No\nR3,Jumper,2,C,0",
        "Designator,Description,Quantity,Part number,Comment\nU1,Driver,1,A,48 V\nU5,Transceiver,1,B,DNP\nR3,Jumper,2,C,do not populate",
    ] {
        let imported = run(list);
        assert_eq!(parts(&imported), ["Driver 1"], "{list}");
        assert_eq!(told(&imported, "import-out-not-fitted"), ["B Transceiver; C Jumper"], "{list}");
    }
}

#[test]
fn parts_that_are_not_in_use() {
    for list in [
        "物料代码,物料名称,单位,用量,使用状态\nA,磁编码器,PCS,3,使用\nB,轴承,PCS,4,未使用",
        "Part number,Description,Qty,Status\nA,磁编码器,3,In use\nB,轴承,4,Not in use",
        "Part number,Description,Qty,Status\nA,磁编码器,3,In use\nB,轴承,4,Not used",
    ] {
        let imported = run(list);
        assert_eq!(parts(&imported), ["磁编码器 3"], "{list}");
        assert_eq!(told(&imported, "import-out-closed"), ["B 轴承"], "{list}");
    }
}

#[test]
fn spare_parts_under_a_heading_of_their_own() {
    for heading in ["SPARE PARTS (not in robot)", "备件 spares (不装机)"] {
        let list = format!(
            "Part number,Description,Qty,Notes\nA,Encoder,6,\nB,Bearing,8,\n,{heading},,\nA,Encoder,2,kept\n,HEAD,,\nC,Camera,1,"
        );
        let imported = run(&list);
        assert_eq!(parts(&imported), ["Bearing 8", "Camera 1", "Encoder 6"], "{heading}");
        assert_eq!(told(&imported, "import-out-spare"), ["A Encoder"], "{heading}");
    }
}

#[test]
fn lines_of_who_wrote_the_list_and_when() {
    let list = "编码,名称,规格,用量\nA,磁编码器,,6\nB,轴承,,8\n制表人：,张三,,\n制单人:,李四,,\n打印日期：2026-10-21,,,打印日期：2026-10-21";
    assert_eq!(parts(&run(list)), ["磁编码器 6", "轴承 8"]);
    let list = "Part number,Description,Qty,Note\nA,Encoder,6,\nB,Bearing,8,\nPrinted on: 21.10.2026,,,\nPrepared by:,,,Li";
    assert_eq!(parts(&run(list)), ["Bearing 8", "Encoder 6"]);
}
