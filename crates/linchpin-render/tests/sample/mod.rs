//! A small answer that has everything a renderer meets. It uses only messages that every answer has.

use linchpin_table::{Answer, Message, Stamp, Status, Table, Unit};

/// The sample.
pub(crate) fn answer() -> Answer {
    let mut stamp = Stamp::new("explode");
    stamp.version = "0.1.0".into();
    stamp.atlas = "humanoid".into();
    stamp.as_of = "2026-07-01".into();
    stamp.data_hash = "0123456789abcdef0123456789abcdef".into();
    stamp.seed = Some(7);
    stamp.status = Status::Sampled { trials: 6400 };
    stamp.request.insert("units".into(), "1000".into());
    let mut answer = Answer::new(stamp);
    for (id, en, zh) in [
        ("robot", "Humanoid robot", "人形机器人"),
        ("magnet", "NdFeB magnet, grain-boundary diffused", "钕铁硼磁体（晶界扩散）"),
        ("nd_oxide", "Neodymium oxide", "氧化钕"),
        ("ga", "Gallium", "镓"),
        ("acme", "=Acme | Co", ""),
    ] {
        answer.label(id, en, zh);
    }
    answer.headlines.push(Message::new("header-with-unit").name("header", "magnet").range(
        "unit",
        3500.0,
        2000.0,
        5200.0,
        Unit::Kg,
    ));
    answer.headlines.push(Message::new("status-converged").integer("iterations", 1).number(
        "residual",
        1e-9,
        Unit::None,
    ));
    let keys = ["robot", "robot/magnet", "robot/magnet/nd", "robot/ga"];
    let needs = Table::builder("needs", "col-amount", keys)
        .names("item", ["robot", "magnet", "nd_oxide", "ga"])
        .words("stage", ["stage-assembly", "stage-magnet", "stage-separation", "stage-separation"])
        .range(
            ["mass", "mass_low", "mass_high"],
            Unit::Kg,
            [Some(60_000.0), Some(3500.0), Some(1234.5), None],
            [Some(55_000.0), Some(2000.0), Some(900.0), None],
            [Some(70_000.0), Some(5200.0), None, None],
        )
        .number("share", Unit::Fraction, [Some(1.0), Some(0.0583), Some(0.0206), None])
        .bar()
        .names("company", [Some("acme"), None, Some(""), Some("acme")])
        .unexplained()
        .indent([0, 1, 2, 1])
        .note("about-blank")
        .build()
        .unwrap();
    let amounts = Table::builder("amounts", Message::new("col-value"), ["a", "b", "c"])
        .text("remark", ["-1+1", "a, \"b\"", ""])
        .number_by_row("amount", [Unit::Kg, Unit::Piece, Unit::Usd], [0.0004, 12.0, 2.5e6])
        .number("mass", Unit::Kg, [4e-4, 12.5, 7e5])
        .number("value", Unit::None, [Some(1.25), Some(30.0), None])
        .integer("count", Unit::Piece, [Some(1_234_567), None, Some(3)])
        .integer("year", Unit::Year, [2026, 2030, 2050])
        .build()
        .unwrap();
    answer.tables.extend([needs, amounts]);
    answer.notes.push(Message::new("problem-none"));
    answer
}
