//! Rows of a Parquet file, read in small batches of whole columns.

use super::faults::Faults;
use super::table::{Cell, Each, Kind, Source, Tick, Wanted};
use crate::context::Cancelled;
use ::parquet::basic::{ConvertedType, LogicalType, Type};
use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use ::parquet::data_type::{ByteArray, DataType};
use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::schema::types::ColumnDescriptor;
use std::fs::File;

/// Rows of a batch.
const BATCH: usize = 1 << 13;

/// Why a file was not read to its end.
enum Stop {
    Cancelled(Cancelled),
    File(ParquetError),
}

impl From<ParquetError> for Stop {
    fn from(e: ParquetError) -> Stop {
        Stop::File(e)
    }
}

pub(super) fn rows(
    source: &Source,
    file: File,
    wanted: &[Wanted],
    faults: &mut Faults,
    tick: &mut Tick<'_>,
    each: &mut Each<'_>,
) -> Result<Option<Vec<String>>, Cancelled> {
    match read(source, file, wanted, faults, tick, each) {
        Ok(others) => Ok(others),
        Err(Stop::Cancelled(e)) => Err(e),
        Err(Stop::File(e)) => {
            faults.add_with(&source.place(None, None, None), "fault-firms-parquet", |m| {
                m.text("reason", e.to_string())
            });
            Ok(None)
        }
    }
}

fn read(
    source: &Source,
    file: File,
    wanted: &[Wanted],
    faults: &mut Faults,
    tick: &mut Tick<'_>,
    each: &mut Each<'_>,
) -> Result<Option<Vec<String>>, Stop> {
    let reader = SerializedFileReader::new(file)?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let names: Vec<String> = schema.columns().iter().map(|c| c.path().string()).collect();
    let header: Vec<&str> = names.iter().map(String::as_str).collect();
    let Some((order, others)) = source.order(&header, None, wanted, faults) else { return Ok(None) };
    let mut sound = true;
    for ((name, kind), at) in wanted.iter().zip(&order) {
        let column = schema.column(*at);
        if !fits(&column, *kind) {
            sound = false;
            faults.add_with(&source.place(None, Some(*name), None), "fault-firms-type", |m| m);
        }
    }
    if !sound {
        return Ok(None);
    }
    let mut row = 0u64;
    let mut batches: Vec<Batch> = order.iter().map(|at| Batch::new(&schema.column(*at))).collect();
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let mut columns =
            order.iter().map(|at| group.get_column_reader(*at)).collect::<Result<Vec<_>, _>>()?;
        loop {
            let mut counts = vec![];
            for (column, batch) in columns.iter_mut().zip(&mut batches) {
                counts.push(batch.fill(column)?);
            }
            let count = counts.first().copied().unwrap_or(0);
            if counts.iter().any(|c| *c != count) {
                return Err(ParquetError::General("columns of different lengths".to_owned()).into());
            }
            if count == 0 {
                break;
            }
            for at in 0..count {
                batches.iter_mut().for_each(|batch| batch.go_to(at));
                let mut cells = [Cell::Blank; 8];
                for (cell, batch) in cells.iter_mut().zip(&batches) {
                    *cell = batch.cell();
                }
                row += 1;
                each(faults, row, &cells[..order.len()]);
            }
            tick(row as usize).map_err(Stop::Cancelled)?;
        }
    }
    if row == 0 {
        faults.add(&source.place(None, None, None), "fault-no-rows");
        return Ok(None);
    }
    Ok(Some(others))
}

/// Whether a column can hold what it must.
fn fits(column: &ColumnDescriptor, kind: Kind) -> bool {
    use ConvertedType as C;
    let (converted, logical) = (column.converted_type(), column.logical_type_ref());
    let flat = column.max_rep_level() == 0 && column.max_def_level() <= 1;
    let plain = match column.physical_type() {
        Type::INT32 | Type::INT64 => {
            !matches!(
                converted,
                C::DECIMAL
                    | C::DATE
                    | C::TIME_MILLIS
                    | C::TIME_MICROS
                    | C::TIMESTAMP_MILLIS
                    | C::TIMESTAMP_MICROS
            ) && matches!(logical, None | Some(LogicalType::Integer(_)))
        }
        Type::FLOAT | Type::DOUBLE => kind == Kind::Number,
        Type::BYTE_ARRAY => {
            matches!(converted, C::NONE | C::UTF8 | C::ENUM)
                && matches!(logical, None | Some(LogicalType::String | LogicalType::Enum))
        }
        _ => false,
    };
    flat && plain
}

/// Values of a column in one batch of rows.
struct Batch {
    values: Values,
    /// 1 where a row has a value, 0 where it is blank; empty if all have.
    levels: Vec<i16>,
    optional: bool,
    /// Values handed over, and the one of the row.
    used: usize,
    at: Option<usize>,
}

enum Values {
    Int32(Vec<i32>),
    Unsigned32(Vec<i32>),
    Int64(Vec<i64>),
    Unsigned64(Vec<i64>),
    Float(Vec<f32>),
    Double(Vec<f64>),
    Bytes(Vec<ByteArray>),
}

impl Batch {
    fn new(column: &ColumnDescriptor) -> Batch {
        let unsigned = matches!(
            column.converted_type(),
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64
        ) || matches!(column.logical_type_ref(), Some(LogicalType::Integer(i)) if !i.is_signed);
        let values = match (column.physical_type(), unsigned) {
            (Type::INT32, false) => Values::Int32(vec![]),
            (Type::INT32, true) => Values::Unsigned32(vec![]),
            (Type::INT64, false) => Values::Int64(vec![]),
            (Type::INT64, true) => Values::Unsigned64(vec![]),
            (Type::FLOAT, _) => Values::Float(vec![]),
            (Type::DOUBLE, _) => Values::Double(vec![]),
            _ => Values::Bytes(vec![]),
        };
        Batch { values, levels: vec![], optional: column.max_def_level() > 0, used: 0, at: None }
    }

    /// The next rows of a column; how many there are.
    fn fill(&mut self, column: &mut ColumnReader) -> Result<usize, ParquetError> {
        self.levels.clear();
        self.used = 0;
        let levels = self.optional.then_some(&mut self.levels);
        match (column, &mut self.values) {
            (ColumnReader::Int32ColumnReader(c), Values::Int32(v) | Values::Unsigned32(v)) => {
                take(c, levels, v)
            }
            (ColumnReader::Int64ColumnReader(c), Values::Int64(v) | Values::Unsigned64(v)) => {
                take(c, levels, v)
            }
            (ColumnReader::FloatColumnReader(c), Values::Float(v)) => take(c, levels, v),
            (ColumnReader::DoubleColumnReader(c), Values::Double(v)) => take(c, levels, v),
            (ColumnReader::ByteArrayColumnReader(c), Values::Bytes(v)) => take(c, levels, v),
            _ => Err(ParquetError::General("a column changes its type".to_owned())),
        }
    }

    /// Goes to the next row.
    fn go_to(&mut self, row: usize) {
        let has = !self.optional || self.levels.get(row) == Some(&1);
        self.at = has.then_some(self.used);
        self.used += usize::from(has);
    }

    /// The cell of the row.
    fn cell(&self) -> Cell<'_> {
        let Some(at) = self.at else { return Cell::Blank };
        let cell = match &self.values {
            Values::Int32(v) => v.get(at).map(|x| Cell::Integer(i128::from(*x))),
            Values::Unsigned32(v) => v.get(at).map(|x| Cell::Integer(i128::from(*x as u32))),
            Values::Int64(v) => v.get(at).map(|x| Cell::Integer(i128::from(*x))),
            Values::Unsigned64(v) => v.get(at).map(|x| Cell::Integer(i128::from(*x as u64))),
            Values::Float(v) => v.get(at).map(|x| Cell::Number(f64::from(*x))),
            Values::Double(v) => v.get(at).map(|x| Cell::Number(*x)),
            Values::Bytes(v) => v.get(at).map(|x| Cell::Text(x.data())),
        };
        cell.unwrap_or(Cell::Blank)
    }
}

fn take<T: DataType>(
    column: &mut ColumnReaderImpl<T>,
    levels: Option<&mut Vec<i16>>,
    values: &mut Vec<T::T>,
) -> Result<usize, ParquetError> {
    values.clear();
    Ok(column.read_records(BATCH, levels, None, values)?.0)
}
