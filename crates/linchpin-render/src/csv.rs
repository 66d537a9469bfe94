//! CSV for programs: English keys, base units, full precision, nothing but data.

use linchpin_table::{Answer, Cells, Column, Table, Unit, UnitOf};

use crate::RenderError;

/// The answer as CSV. An answer with one table is that table, as [`csv_table`] writes it. An answer with several is one
/// long table, `verb,table,key,column,value,unit`: a line for each cell, its first four fields the cell's address.
/// To have one of several tables by itself, leave only that one in the answer.
pub fn csv(answer: &Answer) -> Result<String, RenderError> {
    if let [table] = answer.tables.as_slice() {
        return csv_table(table);
    }
    let mut lines = vec![["verb", "table", "key", "column", "value", "unit"].map(str::to_owned).to_vec()];
    for table in &answer.tables {
        table.check()?;
        for (row, key) in table.keys.iter().enumerate() {
            for column in &table.columns {
                lines.push(vec![
                    answer.stamp.verb.clone(),
                    table.name.to_owned(),
                    key.clone(),
                    column.name.to_owned(),
                    cell(column, row),
                    column.unit_at(row).code().to_owned(),
                ]);
            }
        }
    }
    written(&lines)
}

/// One table as CSV: `key`, then its columns. A column with a unit is followed by `<column>_unit`; the low and the high
/// of a value have the value's unit and no such column of their own. No data is an empty field.
pub fn csv_table(table: &Table) -> Result<String, RenderError> {
    table.check()?;
    let ends: Vec<&str> =
        table.columns.iter().filter_map(|column| column.range).flat_map(|(low, high)| [low, high]).collect();
    let with_unit = |column: &Column| column.unit != UnitOf::Same(Unit::None) && !ends.contains(&column.name);
    let mut header = vec!["key".to_owned()];
    for column in &table.columns {
        header.push(column.name.to_owned());
        if with_unit(column) {
            header.push(format!("{}_unit", column.name));
        }
    }
    let mut lines = vec![header];
    for (row, key) in table.keys.iter().enumerate() {
        let mut line = vec![key.clone()];
        for column in &table.columns {
            line.push(cell(column, row));
            if with_unit(column) {
                line.push(column.unit_at(row).code().to_owned());
            }
        }
        lines.push(line);
    }
    written(&lines)
}

fn cell(column: &Column, row: usize) -> String {
    match &column.cells {
        Cells::Integer(_) => column.cells.integer(row).map(|value| value.to_string()),
        // Adding zero turns -0 into 0.
        Cells::Number(_) => column.cells.number(row).map(|value| (value + 0.0).to_string()),
        _ => column.cells.text(row).map(str::to_owned),
    }
    .unwrap_or_default()
}

fn written(lines: &[Vec<String>]) -> Result<String, RenderError> {
    let fault = |error: &dyn std::fmt::Display| RenderError::Csv(error.to_string());
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for line in lines {
        writer.write_record(line).map_err(|error| fault(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| fault(&error))?;
    String::from_utf8(bytes).map_err(|error| fault(&error))
}
