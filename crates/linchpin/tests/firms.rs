//! Bare networks of firms: what is read, what is refused, and what a shock costs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use linchpin::context::Context;
use linchpin::firms::{FirmsError, Rationing, ReadError, Request, RunError, firms, read};
use linchpin_kernel::{LaneSpec, Network, Policy, PoolSpec, PortSpec, Propagation, Rows, SlotSpec};
use linchpin_table::{Answer, Problem};
use parquet::basic::{Compression, ConvertedType, Repetition, Type};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type as Schema;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tempfile::TempDir;

/// A thousand firms, and what an independent implementation makes of them.
fn thousand() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../linchpin-kernel/tests/firms")
}

fn request() -> Request {
    Request {
        days: 60,
        cover: 15.0,
        adjustment: 6.0,
        rationing: Rationing::ProRata,
        recovery: 0.0,
        rows: 20,
        listed_days: None,
    }
}

fn folder(firms: &str, links: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("firms.csv"), firms).unwrap();
    std::fs::write(folder.path().join("links.csv"), links).unwrap();
    folder
}

fn answer(folder: &Path, request: &Request) -> Answer {
    let context = Context::default();
    let network = read(folder, &context).unwrap_or_else(|e| panic!("{e:?}"));
    firms(network, request, &context).unwrap()
}

fn problems(folder: &Path) -> Vec<Problem> {
    match read(folder, &Context::default()) {
        Err(ReadError::Problems(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

/// `file:row:column id`, for each fault.
fn places(folder: &Path) -> Vec<String> {
    let place = |p: Problem| {
        let row = p.row.map_or(String::new(), |r| format!(":{r}"));
        let column = p.column.map_or(String::new(), |c| format!(":{c}"));
        let value = p.value.map_or(String::new(), |v| format!(" {v:?}"));
        format!("{}{row}{column}{value} {}", p.file, p.what.id)
    };
    problems(folder).into_iter().map(place).collect()
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn notes(answer: &Answer) -> Vec<&str> {
    answer.notes.iter().map(|n| n.id.as_ref()).collect()
}

/// The largest difference of the series from expected numbers, as a part of these.
fn farthest(answer: &Answer, expected: &str) -> f64 {
    let mut reader = csv::Reader::from_path(thousand().join(expected)).unwrap();
    let rows: Vec<Vec<f64>> =
        reader.records().map(|r| r.unwrap().iter().map(|c| c.parse().unwrap()).collect()).collect();
    let series = answer.table("series").unwrap();
    assert_eq!(series.len(), rows.len());
    let off = rows.iter().flat_map(|row| {
        let key = row[0].to_string();
        let columns = ["output", "value_added", "consumption"].iter().zip(&row[1..]);
        columns
            .map(move |(c, should)| (series.value(&key, c).unwrap() / should - 1.0).abs())
            .collect::<Vec<_>>()
    });
    off.fold(0.0, f64::max)
}

#[test]
fn the_series_is_the_published_one() {
    for (rationing, recovery, expected) in [
        (Rationing::ProRata, 0.0, "expected_pro_rata_recovery_0.csv"),
        (Rationing::ProRata, 30.0, "expected_pro_rata_recovery_30.csv"),
        (Rationing::WaterFillingAsPublished, 0.0, "expected_inoue_todo_recovery_0.csv"),
    ] {
        let off = farthest(&answer(&thousand(), &Request { rationing, recovery, ..request() }), expected);
        assert!(off < 1e-9, "{expected}: {off:e}");
    }
}

/// One supplier, stopped for good, and one client whose stock lasts fifteen days: worked by hand.
///
/// The mine makes 10, all for the plant; the plant makes 20, of which 10 are value added. The plant runs from stock on days 0
/// to 14 and stands still on the five days after.
#[test]
fn two_firms_by_hand() {
    let folder = folder(
        "firm,sector,final_demand,initial_output,delta,delta_start\nmine,ore,0,10,1,0\nplant,metal,20,20,0,0\n",
        "supplier,client,amount\nmine,plant,10\n",
    );
    let answer = answer(folder.path(), &Request { days: 20, ..request() });
    let series = answer.table("series").unwrap();
    for day in -1..20 {
        let at = |column| series.value(&day.to_string(), column).unwrap();
        let (output, value) = match day {
            -1 => (30.0, 20.0),
            0..15 => (20.0, 10.0),
            _ => (0.0, 0.0),
        };
        assert!((at("output") - output).abs() < 1e-9, "day {day}");
        assert!((at("value_added") - value).abs() < 1e-9, "day {day}");
        assert!((at("consumption_share") - if day < 15 { 1.0 } else { 0.0 }).abs() < 1e-9, "day {day}");
    }
    let totals = answer.table("totals").unwrap();
    for (key, should) in [
        ("value_added_lost", 15.0 * 0.5 + 5.0),
        ("consumption_lost", 5.0),
        ("direct", 10.0),
        ("indirect_over_direct", 0.25),
        ("deepest_day", 15.0),
        ("deepest", 0.0),
    ] {
        assert!((totals.value(key, "value").unwrap() - should).abs() < 1e-9, "{key}");
    }
    assert_eq!(totals.value("back_day", "value"), None);
    let firms = answer.table("firms").unwrap();
    assert_eq!(firms.keys, ["mine", "plant"]);
    assert_eq!(firms.value("mine", "lost_days"), Some(20.0));
    assert!((firms.value("plant", "lost_days").unwrap() - 5.0).abs() < 1e-9);
    assert!((firms.value("plant", "part").unwrap() - 50.0 / 250.0).abs() < 1e-9);
    assert_eq!(notes(&answer), Vec::<&str>::new());
}

/// Damage comes on its day and goes by as much every day after; what nobody damages stays as it is, to the last bit.
#[test]
fn damage_comes_and_goes_when_it_is_told_to() {
    let firms = "firm,sector,final_demand,delta,delta_start\na,s,8,0.5,3\n";
    let links = "supplier,client,amount\n";
    // Without a link there is no network.
    assert_eq!(places(folder(firms, links).path()), ["links.csv fault-no-rows"]);
    let two = folder(&format!("{firms}b,s,1,0,0\nc,t,4,0,0\n"), &format!("{links}c,b,0.5\n"));
    let answer = answer(two.path(), &Request { days: 10, recovery: 4.0, ..request() });
    let output: Vec<f64> =
        (-1..10).map(|d| answer.table("series").unwrap().value(&d.to_string(), "output").unwrap()).collect();
    let gone = [0.0, 0.0, 0.0, 0.0, 4.0, 3.0, 2.0, 1.0, 0.0, 0.0, 0.0];
    assert_eq!(output, gone.map(|gone| 13.5 - gone));
    let totals = answer.table("totals").unwrap();
    assert_eq!(totals.value("back_day", "value"), Some(7.0));
    assert_eq!(totals.value("indirect_over_direct", "value"), Some(0.0));
}

#[test]
fn the_order_of_links_changes_nothing() {
    let links = text(&thousand().join("links.csv"));
    let (header, rows) = links.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    rows.swap(7, 700);
    let turned =
        folder(&text(&thousand().join("firms.csv")), &format!("{header}\r\n{}\r\n", rows.join("\r\n")));
    let request = Request { rationing: Rationing::WaterFilling, ..request() };
    assert_eq!(answer(turned.path(), &request), answer(&thousand(), &request));
}

fn field(name: &str, of: Type) -> Arc<Schema> {
    let converted = if of == Type::BYTE_ARRAY { ConvertedType::UTF8 } else { ConvertedType::NONE };
    let field = Schema::primitive_type_builder(name, of).with_repetition(Repetition::OPTIONAL);
    Arc::new(field.with_converted_type(converted).build().unwrap())
}

/// A column of a Parquet file; `None` is a null.
enum Column {
    Integers(Vec<Option<i64>>),
    Numbers(Vec<Option<f64>>),
    Texts(Vec<Option<String>>),
}

impl Column {
    fn len(&self) -> usize {
        match self {
            Column::Integers(v) => v.len(),
            Column::Numbers(v) => v.len(),
            Column::Texts(v) => v.len(),
        }
    }
}

/// Writes columns in groups of so many rows.
fn write(path: &Path, columns: &[(&str, Column)], group: usize, compression: Compression) {
    let fields = columns.iter().map(|(name, c)| match c {
        Column::Integers(_) => field(name, Type::INT64),
        Column::Numbers(_) => field(name, Type::DOUBLE),
        Column::Texts(_) => field(name, Type::BYTE_ARRAY),
    });
    let schema = Arc::new(Schema::group_type_builder("t").with_fields(fields.collect()).build().unwrap());
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut file =
        SerializedFileWriter::new(std::fs::File::create(path).unwrap(), schema, properties).unwrap();
    let rows = columns[0].1.len();
    for start in (0..rows).step_by(group) {
        let range = start..(start + group).min(rows);
        let mut writer = file.next_row_group().unwrap();
        for (_, column) in columns {
            match column {
                Column::Integers(v) => put::<Int64Type>(&mut writer, v[range.clone()].to_vec()),
                Column::Numbers(v) => put::<DoubleType>(&mut writer, v[range.clone()].to_vec()),
                Column::Texts(v) => {
                    let bytes = |t: &Option<String>| t.as_deref().map(ByteArray::from);
                    put::<ByteArrayType>(&mut writer, v[range.clone()].iter().map(bytes).collect());
                }
            }
        }
        writer.close().unwrap();
    }
    file.close().unwrap();
}

fn put<T: DataType>(
    group: &mut parquet::file::writer::SerializedRowGroupWriter<'_, std::fs::File>,
    cells: Vec<Option<T::T>>,
) {
    let levels: Vec<i16> = cells.iter().map(|c| i16::from(c.is_some())).collect();
    let values: Vec<T::T> = cells.into_iter().flatten().collect();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<T>().write_batch(&values, Some(&levels), None).unwrap();
    column.close().unwrap();
}

/// Columns of a CSV file by name.
fn column(file: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(thousand().join(file)).unwrap();
    let at = reader.headers().unwrap().iter().position(|h| h == name).unwrap();
    reader.records().map(|r| r.unwrap()[at].to_owned()).collect()
}

fn integers(file: &str, name: &str) -> Column {
    Column::Integers(column(file, name).iter().map(|c| Some(c.parse().unwrap())).collect())
}

fn numbers(file: &str, name: &str) -> Column {
    Column::Numbers(column(file, name).iter().map(|c| Some(c.parse().unwrap())).collect())
}

fn texts(file: &str, name: &str) -> Column {
    Column::Texts(column(file, name).into_iter().map(Some).collect())
}

#[test]
fn csv_and_parquet_give_the_same_answer() {
    let should = answer(&thousand(), &request());
    type Way = (fn(&str, &str) -> Column, usize, Compression);
    let ways: [Way; 3] = [
        (integers, 10_000, Compression::SNAPPY),
        (texts, 333, Compression::ZSTD(Default::default())),
        (texts, 1, Compression::UNCOMPRESSED),
    ];
    for (ids, group, compression) in ways {
        let folder = tempfile::tempdir().unwrap();
        let firms = [
            ("delta_start", integers("firms.csv", "delta_start")),
            ("firm", ids("firms.csv", "firm")),
            ("delta", numbers("firms.csv", "delta")),
            ("final_demand", texts("firms.csv", "final_demand")),
            ("sector", integers("firms.csv", "sector")),
            ("initial_output", numbers("firms.csv", "initial_output")),
        ];
        write(&folder.path().join("firms.parquet"), &firms, group, compression);
        // One of the two may stay CSV.
        if group == 1 {
            std::fs::copy(thousand().join("links.csv"), folder.path().join("links.csv")).unwrap();
        } else {
            let links = [
                ("amount", numbers("links.csv", "amount")),
                ("client", ids("links.csv", "client")),
                ("supplier", ids("links.csv", "supplier")),
            ];
            write(&folder.path().join("links.parquet"), &links, group, compression);
        }
        assert_eq!(answer(folder.path(), &request()), should);
    }
}

#[test]
fn every_fault_is_told_with_its_place() {
    let folder = folder(
        "firm,sector,final_demand,delta,delta_start\n\
         a,s,1,0,0\n\
         b,,-1,2,1.5\n\
         a,s,x,,inf\n\
         ,s,\"1,000\",-0.1,-1\n\
         c,s,1e-13,0,2000000\n\
         d,s,1,0\n\
         e\u{7},s,1,0,0\n\
         \n\
         f,s,1e19,nan,0\n\
         g,s,0,0,0\n",
        "supplier,client,amount\n\
         a,b,1\n\
         zz,b,1\n\
         a,b,2\n\
         a,,\n\
         c,c,1\n\
         a,c,-3\n\
         b,a,Infinity\n\
         a,b,3\n\
         a,b,1,1\n",
    );
    assert_eq!(
        places(folder.path()),
        [
            "firms.csv:3:delta \"2\" fault-above-maximum",
            "firms.csv:3:delta_start \"1.5\" fault-integer",
            "firms.csv:3:final_demand \"-1\" fault-below-minimum",
            "firms.csv:3:sector \"\" fault-blank",
            "firms.csv:4:delta \"\" fault-blank",
            "firms.csv:4:delta_start \"inf\" fault-firms-endless",
            "firms.csv:4:final_demand \"x\" fault-number",
            "firms.csv:4:firm \"a\" fault-duplicate-key",
            "firms.csv:5:delta \"-0.1\" fault-below-minimum",
            "firms.csv:5:delta_start \"-1\" fault-below-minimum",
            "firms.csv:5:final_demand \"1,000\" fault-thousands-separator",
            "firms.csv:5:firm \"\" fault-blank",
            "firms.csv:6:delta_start \"2000000\" fault-above-maximum",
            "firms.csv:6:final_demand \"1e-13\" fault-firms-tiny",
            "firms.csv:7 fault-cell-count",
            "firms.csv:8:firm \"e\\u{7}\" fault-control-character",
            "firms.csv:10:delta \"nan\" fault-firms-endless",
            "firms.csv:10:final_demand \"1e19\" fault-above-maximum",
            "links.csv:3:supplier \"zz\" fault-firms-unknown",
            "links.csv:4 \"a → b\" fault-firms-duplicate-link",
            "links.csv:5:amount \"\" fault-blank",
            "links.csv:5:client \"\" fault-blank",
            "links.csv:6:client \"c\" fault-firms-self",
            "links.csv:7:amount \"-3\" fault-below-minimum",
            "links.csv:8:amount \"Infinity\" fault-firms-endless",
            "links.csv:9 \"a → b\" fault-firms-duplicate-link",
            "links.csv:10 fault-cell-count",
        ]
    );
    let all = problems(folder.path());
    let first = |row| all.iter().find(|p| p.file == "links.csv" && p.row == Some(row)).unwrap();
    // Both point to the first of the three.
    for row in [4, 9] {
        assert_eq!(first(row).what.args["first"], linchpin_table::Arg::Integer(2));
    }
}

const FIRMS: &str = "firm,sector,final_demand,delta,delta_start\na,s,1,0,0\nb,s,1,0,0\n";
const LINKS: &str = "supplier,client,amount\na,b,1\n";

#[test]
fn files_that_are_no_tables_are_told() {
    let of = |firms: &[u8], links: &[u8]| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("firms.csv"), firms).unwrap();
        std::fs::write(folder.path().join("links.csv"), links).unwrap();
        places(folder.path())
    };
    let utf16: Vec<u8> = FIRMS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let long = [LINKS.as_bytes(), &vec![b'x'; 3 << 20]].concat();
    let open = [LINKS.as_bytes(), b"\"", &b"b,a,1\n".repeat(1 << 18)].concat();
    let crlf = LINKS.replace('\n', "\r\n\r\n") + "\r\nx,b,1\r\n";
    let cases: [(&[u8], &[u8], &[&str]); 13] = [
        (b"", b"", &["firms.csv fault-empty-file", "links.csv fault-empty-file"]),
        (b"\n\n", LINKS.as_bytes(), &["firms.csv fault-empty-file"]),
        (b"firm,sector,final_demand,delta,delta_start\n", LINKS.as_bytes(), &["firms.csv fault-no-rows"]),
        (
            b"firm,sector,final_demand,delta\n",
            b"amount,amount,supplier,x\n",
            &[
                "firms.csv:1:delta_start fault-missing-column",
                "links.csv:1:amount fault-repeated-column",
                "links.csv:1:client fault-missing-column",
            ],
        ),
        (
            b"firm;sector;final_demand;delta;delta_start\n",
            LINKS.as_bytes(),
            &[
                "firms.csv:1:delta fault-missing-column",
                "firms.csv:1:delta_start fault-missing-column",
                "firms.csv:1:final_demand fault-missing-column",
                "firms.csv:1:firm fault-missing-column",
                "firms.csv:1:sector fault-missing-column",
            ],
        ),
        (FIRMS.as_bytes(), crlf.as_bytes(), &["links.csv:6:supplier \"x\" fault-firms-unknown"]),
        (&utf16, LINKS.as_bytes(), &["firms.csv fault-utf16"]),
        (FIRMS.as_bytes(), &long, &["links.csv:3 fault-line-too-long"]),
        (FIRMS.as_bytes(), &open, &["links.csv:3 fault-unclosed-quote"]),
        (
            FIRMS.as_bytes(),
            b"supplier,client,amount\na,b\xff,1\nb,a,\xff\n",
            &[
                "links.csv:2:client \"b\u{fffd}\" fault-not-utf8",
                "links.csv:3:amount \"\u{fffd}\" fault-not-utf8",
            ],
        ),
        (
            FIRMS.as_bytes(),
            b"supplier,client,amount\n\"a,b,1\nb,a,1\n",
            &["links.csv:2:supplier \"a,b,1\\nb,a,1\\n\" fault-unclosed-quote"],
        ),
        (
            FIRMS.as_bytes(),
            b"supplier,client,amount\nb,a,1\n\"\na,b,1\n",
            &["links.csv:3:supplier \"\\na,b,1\\n\" fault-unclosed-quote"],
        ),
        (
            b"firm,sector,final_demand,delta,delta_start\na,s,1,0,0\nb,s,0,0,0\n",
            LINKS.as_bytes(),
            &["firms.csv:3:firm \"b\" fault-firms-no-sales"],
        ),
    ];
    for (firms, links, should) in cases {
        assert_eq!(of(firms, links), should);
    }
}

#[test]
fn folders_without_a_network_are_told() {
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(places(empty.path()), ["firms.csv fault-firms-no-file", "links.csv fault-firms-no-file"]);
    let gone = empty.path().join("gone");
    assert_eq!(places(&gone), [format!("{} fault-unreadable", gone.display())]);
    let both = folder(FIRMS, LINKS);
    std::fs::write(both.path().join("links.parquet"), "").unwrap();
    assert_eq!(places(both.path()), ["links.csv fault-firms-two-files"]);
    let of_folders = tempfile::tempdir().unwrap();
    std::fs::create_dir(of_folders.path().join("firms.csv")).unwrap();
    std::fs::write(of_folders.path().join("links.csv"), LINKS).unwrap();
    assert_eq!(places(of_folders.path()), ["firms.csv fault-unreadable"]);
}

#[test]
fn parquet_that_does_not_fit_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("firms.csv"), FIRMS).unwrap();
    let path = folder.path().join("links.parquet");
    std::fs::write(&path, "PAR1 is how it begins").unwrap();
    assert_eq!(places(folder.path()), ["links.parquet fault-firms-parquet"]);
    std::fs::write(&path, "").unwrap();
    assert_eq!(places(folder.path()), ["links.parquet fault-empty-file"]);
    let links = |suppliers, amounts| {
        [
            ("supplier", suppliers),
            ("client", Column::Texts(vec![Some("b".to_owned()), None, Some("zz".to_owned())])),
            ("amount", amounts),
        ]
    };
    let names = || Column::Texts(["a", "a", "a"].map(|n| Some(n.to_owned())).to_vec());
    // A number with a fraction is no name.
    let fractions = Column::Numbers(vec![Some(1.0); 3]);
    write(&path, &links(fractions, Column::Integers(vec![Some(1); 3])), 2, Compression::SNAPPY);
    assert_eq!(places(folder.path()), ["links.parquet:supplier fault-firms-type"]);
    let amounts = Column::Numbers(vec![Some(f64::NAN), Some(1.0), None]);
    write(&path, &links(names(), amounts), 2, Compression::SNAPPY);
    assert_eq!(
        places(folder.path()),
        [
            "links.parquet:1:amount \"NaN\" fault-firms-endless",
            "links.parquet:2:client fault-blank",
            "links.parquet:3:amount fault-blank",
            "links.parquet:3:client \"zz\" fault-firms-unknown",
        ]
    );
    let none = || Column::Texts(vec![]);
    write(&path, &[("supplier", none()), ("client", none()), ("amount", none())], 2, Compression::SNAPPY);
    assert_eq!(places(folder.path()), ["links.parquet fault-no-rows"]);
}

#[test]
fn a_million_faults_are_counted_and_the_first_are_listed() {
    let links: String = (0..1_000_000).map(|i| format!("x{i},b,1\n")).collect();
    let folder = folder(FIRMS, &format!("supplier,client,amount\n{links}"));
    let problems = problems(folder.path());
    assert_eq!(problems.len(), 21);
    assert_eq!(problems.iter().map(|p| 1 + p.others).sum::<u64>(), 1_000_000);
    assert_eq!(problems[0].what.id, "fault-firms-more");
    assert_eq!((problems[1].row, problems[20].row), (Some(2), Some(21)));
}

#[test]
fn names_are_text_and_what_is_not_read_is_noted() {
    let folder = folder(
        "\u{feff}name,firm,sector,final_demand,delta,delta_start\n\
         x,\"Smith, Jones & Co.\",007,5,0.5,0\n\
         y, 精密减速器有限公司 ,7,5,0,70\n\
         z,007,7,5,0.25,70\n",
        "client,supplier,amount,year\n\
         精密减速器有限公司,\"Smith, Jones & Co.\",2,2025\n\
         007,精密减速器有限公司,6,2025\n\
         007,\"Smith, Jones & Co.\",0,2025\n",
    );
    let answer = answer(folder.path(), &Request { adjustment: 1.0, ..request() });
    let table = answer.table("firms").unwrap();
    assert_eq!(table.keys[0], "Smith, Jones & Co.");
    let sector = |key| table.column("sector").unwrap().cells.text(table.row(key).unwrap()).unwrap();
    assert_eq!(sector("Smith, Jones & Co."), "007");
    assert_eq!(
        notes(&answer),
        [
            "note-firms-overshoots",
            "note-firms-negative",
            "note-firms-zero",
            "note-firms-late",
            "note-firms-unread"
        ]
    );
    let unread = linchpin_table::Arg::Text("name (firms.csv), year (links.csv)".to_owned());
    assert_eq!(answer.notes[4].args["columns"], unread);
}

#[test]
fn equal_data_have_an_equal_hash_and_other_data_another() {
    let hash =
        |firms: &str, links: &str| read(folder(firms, links).path(), &Context::default()).unwrap().hash;
    let same = hash(FIRMS, LINKS);
    assert_eq!(hash(FIRMS, "amount,supplier,client\n1.0,a,b\n"), same);
    assert_eq!(hash(&FIRMS.replace("a,s,1,", "a,s,1e0,"), LINKS), same);
    for (firms, links) in [
        (FIRMS.replace("\na,s,1,", "\na,s,2,"), LINKS.to_owned()),
        (FIRMS.replace("\na,s,", "\na,t,"), LINKS.to_owned()),
        (FIRMS.replace("\nb,s,1,0,0", "\nb,s,1,0.1,0"), LINKS.to_owned()),
        (FIRMS.replace("\na,", "\nc,"), LINKS.replace("\na,", "\nc,")),
        (FIRMS.to_owned(), LINKS.replace(",1\n", ",1.5\n")),
        (FIRMS.to_owned(), LINKS.replace("\na,b", "\nb,a")),
    ] {
        assert_ne!(hash(&firms, &links), same, "{firms} {links}");
    }
}

#[test]
fn a_screen_sees_some_days_and_the_deepest() {
    let some = answer(&thousand(), &Request { listed_days: Some(7), recovery: 30.0, rows: 3, ..request() });
    let all = answer(&thousand(), &Request { recovery: 30.0, ..request() });
    let series = some.table("series").unwrap();
    assert_eq!(series.keys, ["-1", "0", "6", "9", "18", "27", "36", "45", "54", "59"]);
    assert_eq!(some.table("totals"), all.table("totals"));
    assert_eq!(some.table("firms").unwrap().keys, all.table("firms").unwrap().keys[..3]);
    for key in &series.keys {
        let value = |a: &Answer| a.table("series").unwrap().value(key, "value_added");
        assert_eq!(value(&some), value(&all));
    }
}

#[test]
fn a_run_can_be_cancelled() {
    let context = Context::default();
    let network = read(&thousand(), &context).unwrap();
    context.switch().store(true, Ordering::Relaxed);
    let e = firms(network, &request(), &context).unwrap_err();
    assert!(matches!(e, FirmsError::Run(RunError::Cancelled(_))));
    assert!(matches!(read(&thousand(), &context), Err(ReadError::Cancelled(_))));
}

/// Final demand last is what a network with two classes does, orders in the first and final demand in the second.
#[test]
fn final_demand_last_is_a_second_class() {
    let parse = |file: &str, name: &str| -> Vec<f64> {
        column(file, name).iter().map(|c| c.parse().unwrap()).collect()
    };
    let (demand, delta) = (parse("firms.csv", "final_demand"), parse("firms.csv", "delta"));
    let sector = parse("firms.csv", "sector");
    let (supplier, client) = (parse("links.csv", "supplier"), parse("links.csv", "client"));
    let amount = parse("links.csv", "amount");
    let mut runs = demand.clone();
    supplier.iter().zip(&amount).for_each(|(s, a)| runs[*s as usize] += a);
    let mut needs: Vec<(u32, u32)> =
        supplier.iter().zip(&client).map(|(s, c)| (*c as u32, sector[*s as usize] as u32)).collect();
    needs.sort_unstable();
    needs.dedup();
    let count = demand.len() as u32;
    let slot = |s: f64, c: f64| needs.binary_search(&(c as u32, sector[s as usize] as u32)).unwrap() as u32;
    let rows = Rows {
        capacity: runs.clone(),
        ramp: vec![None; runs.len()],
        slots: needs.iter().map(|(site, _)| SlotSpec { site: *site, cover: 15.0 }).collect(),
        lanes: (0..amount.len())
            .map(|l| LaneSpec {
                slot: slot(supplier[l], client[l]),
                pool: supplier[l] as u32,
                amount: amount[l],
                lead: 1,
                qualify: 0,
                class: 0,
                worth: 1.0,
            })
            .collect(),
        ports: (0..count)
            .map(|i| PortSpec { site: i, pool: i, yields: 1.0, drives: true, shelf: 0.0 })
            .collect(),
        pools: demand.iter().map(|d| PoolSpec { demand: *d, class: 1, step_in: None }).collect(),
        runs,
    };
    let network = Network::new(&rows).unwrap();
    let mut run = Propagation::new(&network, Policy::of_firms(6.0));
    let answer = answer(&thousand(), &Request { rationing: Rationing::FinalDemandLast, ..request() });
    let series = answer.table("series").unwrap();
    delta.iter().enumerate().for_each(|(firm, delta)| run.set_left(firm, 1.0 - delta));
    let mut least = f64::INFINITY;
    for day in 0..60 {
        run.step();
        let (made, served): (f64, f64) = (run.made().iter().sum(), run.served().iter().sum());
        let at = |column| series.value(&day.to_string(), column).unwrap();
        assert!((at("output") / made - 1.0).abs() < 1e-9, "day {day}");
        assert!((at("consumption") / served - 1.0).abs() < 1e-9, "day {day}");
        least = least.min(at("consumption_share"));
    }
    // Final demand pays for all others: more of it is missing than where all share alike.
    assert!(least < 0.9, "{least}");
}
