//! A questionnaire for suppliers, in English and in Chinese: who makes each part, where, how fast, and what is in it. Filled in
//! it is imported beside the parts list.

use crate::beside::{BesideFault, dated, is_mistaken};
use crate::bom::normal;
use crate::column::ours;
use crate::contents::{Amount, Content};
use crate::report::Told;
use crate::table::Table;
use crate::vendors::{Vendor, suppliers};
use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// Parts that are asked about, those first of which an answer narrows most.
const MOST: usize = 500;

const DAYS_PER_WEEK: f64 = 7.0;

/// Everything that it says, in one language.
struct Words {
    /// Of its countries and items.
    names: &'static str,
    /// Names of the sheets.
    sheets: [&'static str; 4],
    /// How it is filled in.
    guide: [&'static str; 9],
    /// Headers of the list of suppliers: words that are understood when it is read back.
    suppliers: [&'static str; 9],
    /// Headers of the list of what is in parts.
    contents: [&'static str; 11],
    yes: [&'static str; 2],
    piece: &'static str,
}

const ENGLISH: Words = Words {
    names: "name_en",
    sheets: ["How to answer", "Suppliers", "Contents", "Countries"],
    guide: [
        "Questions on the parts of {product}",
        "The parts of which an answer narrows the risk figures most come first. Blank cells mean that nothing is known.",
        "Keep the rows of the supplier that you ask, and delete the others before you send the file: they say who else supplies you.",
        "Suppliers: who makes the part, and in which country the plant stands that makes it (not its sales office). One row for each plant; copy the row for a second one.",
        "Share: how much of the part comes from that plant. Lead time: weeks from order to delivery.",
        "Contents: what is in one piece of the part as that supplier makes it, and who makes that. Our estimate is by the mass and the kind of the part; please write the true amount beside it.",
        "A material that is not in the part at all has amount 0. Another one: copy a row and give it the id or the name of the item that it is in the column of Linchpin.",
        "Leave the headers and the names and numbers of parts as they are.",
        "Filled in, the file is read by: linchpin import <parts list> <this file>",
    ],
    suppliers: [
        "Part number",
        "Part",
        "Supplier",
        "Country",
        "Share (%)",
        "Lead time (weeks)",
        "Minimum order",
        "Qualified",
        "Mass (g)",
    ],
    contents: [
        "Part number",
        "Part",
        "Supplier",
        "What is inside",
        ours::titles(false)[ours::INPUT],
        "Our estimate for one",
        "Amount",
        "Unit",
        "Maker",
        "Country",
        "Share (%)",
    ],
    yes: ["yes", "no"],
    piece: "pcs",
};

const CHINESE: Words = Words {
    names: "name_zh",
    sheets: ["填写说明", "供应商", "所含材料", "国家"],
    guide: [
        "关于 {product} 零件的问卷",
        "最能缩小风险数字范围的零件排在最前。空格表示尚不知道。",
        "发出之前，只保留所问供应商的行，删去其余各行：它们会透露您还有哪些供应商。",
        "供应商：零件由谁制造，制造它的工厂在哪个国家（不是销售处所在国）。每个工厂一行；第二个工厂请复制该行。",
        "份额：该零件有多少来自这家工厂。交期：从下单到交货的周数。",
        "所含材料：该供应商的一件零件里有什么，由谁制造。我方估计按零件的质量与种类得出；请在旁边填写真实用量。",
        "零件中完全没有的材料，用量填 0。另有其他材料：复制一行，并在 Linchpin 一列填写其物品的编号或名称。",
        "请保留表头以及零件的名称和编号。",
        "填好后这样读入：linchpin import <物料清单> <本文件>",
    ],
    suppliers: [
        "料号",
        "零件名称",
        "供应商",
        "国家",
        "份额（%）",
        "交期（周）",
        "最小起订量",
        "是否合格",
        "质量（g）",
    ],
    contents: [
        "料号",
        "零件名称",
        "供应商",
        "内含何物",
        ours::titles(true)[ours::INPUT],
        "我方对一件的估计",
        "用量",
        "单位",
        "制造商",
        "国家",
        "份额（%）",
    ],
    yes: ["是", "否"],
    piece: "件",
};

/// Whether a table is the list of suppliers of a questionnaire.
pub(crate) fn is_answer(table: &Table) -> bool {
    let has = |header: &&str| table.columns.iter().any(|column| column.header.trim() == *header);
    [ENGLISH, CHINESE].iter().any(|words| words.suppliers.iter().all(has))
}

/// The questionnaire in English and in Chinese.
pub(crate) fn questionnaires(told: &Told<'_, '_>) -> Result<[Vec<u8>; 2], BesideFault> {
    Ok([workbook(told, &ENGLISH)?, workbook(told, &CHINESE)?])
}

/// Parts that are asked about: bought ones, in the order of what an answer does, then that of the list.
fn parts(told: &Told<'_, '_>) -> Vec<usize> {
    let mut order: Vec<usize> = told.asked.unwrap_or_default().iter().map(|a| a.part).collect();
    let mut is_asked = vec![false; told.bom.parts.len()];
    order.iter().for_each(|part| is_asked[*part] = true);
    let bought = (0..told.bom.parts.len()).filter(|p| told.bom.parts[*p].children.is_empty());
    // What is known by its kind or by its text is asked for before placeholders.
    let (known, unknown): (Vec<usize>, Vec<usize>) =
        bought.filter(|p| !is_asked[*p]).partition(|p| told.known[*p].item.is_some());
    order.extend(known.into_iter().chain(unknown));
    order.truncate(MOST);
    order
}

struct Formats {
    title: Format,
    header: Format,
    known: Format,
    answer: Format,
    wrapped: Format,
}

fn workbook(told: &Told<'_, '_>, words: &Words) -> Result<Vec<u8>, BesideFault> {
    let mut book = dated(told)?;
    let text = || Format::new().set_align(FormatAlign::Top);
    let formats = Formats {
        title: Format::new().set_bold().set_font_size(14),
        header: text().set_bold().set_text_wrap().set_background_color(0x00DD_E6EE),
        known: text().set_text_wrap().set_num_format("@"),
        answer: text().set_background_color(0x00FF_F8DC),
        wrapped: text().set_text_wrap(),
    };
    let guide = book.add_worksheet();
    guide.set_name(words.sheets[0])?;
    guide.set_column_width(0, 100)?;
    for (row, line) in words.guide.iter().enumerate() {
        let line = line.replace("{product}", &told.product.title);
        let format = if row == 0 { &formats.title } else { &formats.wrapped };
        guide.write_string_with_format(row as u32, 0, line, format)?;
    }
    let countries = told.atlas.sheet("countries");
    let mut names: Vec<&str> = countries.rows.iter().map(|row| countries.text(row, words.names)).collect();
    names.sort_unstable();
    let parts = parts(told);
    let page = Page { told, words, formats: &formats, countries: names.len() as u32 };
    page.suppliers(book.add_worksheet(), &parts)?;
    page.contents(book.add_worksheet(), &parts)?;
    let list = book.add_worksheet();
    list.set_name(words.sheets[3])?;
    list.write_column(0, 0, names.iter().copied())?;
    list.set_column_width(0, 30)?;
    Ok(book.save_to_buffer()?)
}

struct Page<'p, 't, 's> {
    told: &'p Told<'t, 's>,
    words: &'p Words,
    formats: &'p Formats,
    countries: u32,
}

impl Page<'_, '_, '_> {
    fn headers(
        &self,
        page: &mut Worksheet,
        name: &str,
        headers: &[&str],
        widths: &[f64],
    ) -> Result<(), XlsxError> {
        page.set_name(name)?;
        for (column, (header, width)) in headers.iter().zip(widths).enumerate() {
            page.write_string_with_format(0, column as u16, *header, &self.formats.header)?;
            page.set_column_width(column as u16, *width)?;
        }
        page.set_freeze_panes(1, 2)?;
        Ok(())
    }

    /// Cells of a column from the second row on hold one of the countries.
    fn in_country(&self, page: &mut Worksheet, column: u16, last: u32) -> Result<(), XlsxError> {
        let range = format!("='{}'!$A$1:$A${}", self.words.sheets[3], self.countries.max(1));
        let list = DataValidation::new().allow_list_formula(range.as_str().into());
        page.add_data_validation(1, column, last.max(1), column, &list)?;
        Ok(())
    }

    fn known(&self, page: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
        let text: String = text.trim().chars().take(500).collect();
        let format = if is_mistaken(&text) { &self.formats.known } else { &self.formats.wrapped };
        page.write_string_with_format(row, column, text, format)?;
        Ok(())
    }

    fn blank(&self, page: &mut Worksheet, row: u32, columns: std::ops::Range<u16>) -> Result<(), XlsxError> {
        for column in columns {
            page.write_blank(row, column, &self.formats.answer)?;
        }
        Ok(())
    }

    fn answer(
        &self,
        page: &mut Worksheet,
        row: u32,
        column: u16,
        number: Option<f64>,
    ) -> Result<(), XlsxError> {
        if let Some(number) = number {
            page.write_number_with_format(row, column, (number * 1e6).round() / 1e6, &self.formats.answer)?;
        }
        Ok(())
    }

    /// Weeks with two decimals at most, both ends where they differ.
    fn weeks(
        &self,
        page: &mut Worksheet,
        row: u32,
        column: u16,
        (low, high): (f64, f64),
    ) -> Result<(), XlsxError> {
        let [low, high] = [low, high].map(|days| (days / DAYS_PER_WEEK * 100.0).round() / 100.0);
        if low < high {
            page.write_string_with_format(row, column, format!("{low}-{high}"), &self.formats.answer)?;
            return Ok(());
        }
        self.answer(page, row, column, Some(high))
    }

    /// Number and name of a part, by which its answer finds it again.
    fn part(&self, page: &mut Worksheet, row: u32, part: usize) -> Result<(), XlsxError> {
        let told = self.told;
        let line = told.bom.parts[part].lines.first().map(|line| &told.lines.lines[*line]);
        self.known(page, row, 0, line.map_or("", |line| line.number))?;
        let name = line.map(|line| line.name).filter(|name| !name.trim().is_empty());
        self.known(page, row, 1, name.unwrap_or_else(|| told.title(part)))
    }

    fn country(&self, id: Option<&String>, typed: &str) -> String {
        let countries = self.told.atlas.sheet("countries");
        let row = id.and_then(|id| countries.find(id));
        row.map_or(typed.to_owned(), |row| countries.text(row, self.words.names).to_owned())
    }

    fn suppliers(&self, page: &mut Worksheet, parts: &[usize]) -> Result<(), XlsxError> {
        let widths = [18.0, 36.0, 26.0, 18.0, 10.0, 12.0, 12.0, 10.0, 10.0];
        self.headers(page, self.words.sheets[1], &self.words.suppliers, &widths)?;
        let told = self.told;
        let suppliers = suppliers(told.vendors);
        let mut row = 0;
        for part in parts {
            let mass = told.known[*part].mass.map(|mass| mass * 1e3);
            let listed: Vec<&Vendor<'_>> =
                suppliers.iter().copied().filter(|v| v.part == Some(*part)).collect();
            let lines = told.bom.parts[*part].lines.iter().map(|line| &told.lines.lines[*line]);
            let maker = lines.flat_map(|line| [line.maker, line.supplier]).find(|t| !t.is_empty());
            for vendor in listed.iter().map(|v| Some(*v)).chain(listed.is_empty().then_some(None)) {
                row += 1;
                self.part(page, row, *part)?;
                self.blank(page, row, 2..9)?;
                self.answer(page, row, 8, mass)?;
                let name = vendor.map_or(maker, |v| Some(v.supplier));
                if let Some(name) = name {
                    page.write_string_with_format(row, 2, name, &self.formats.answer)?;
                }
                let Some(vendor) = vendor else { continue };
                let country = self.country(vendor.country.as_ref(), vendor.place);
                page.write_string_with_format(row, 3, country, &self.formats.answer)?;
                self.answer(page, row, 4, vendor.share.map(|share| share * 100.0))?;
                if let Some(days) = vendor.lead.days() {
                    self.weeks(page, row, 5, days)?;
                }
                self.answer(page, row, 6, vendor.minimum_order)?;
                if vendor.barred {
                    page.write_string_with_format(row, 7, self.words.yes[1], &self.formats.answer)?;
                }
            }
        }
        self.in_country(page, 3, row)?;
        let yes = DataValidation::new().allow_list_strings(&self.words.yes)?;
        page.add_data_validation(1, 7, row.max(1), 7, &yes)?;
        Ok(())
    }

    fn contents(&self, page: &mut Worksheet, parts: &[usize]) -> Result<(), XlsxError> {
        let widths = [18.0, 36.0, 26.0, 30.0, 22.0, 22.0, 10.0, 8.0, 26.0, 18.0, 10.0];
        self.headers(page, self.words.sheets[2], &self.words.contents, &widths)?;
        let (told, items) = (self.told, self.told.atlas.sheet("items"));
        let listed = suppliers(told.vendors);
        let mut row = 0;
        for part in parts {
            let usual =
                told.parts[*part].stand_in.as_ref().map(|found| (found, told.stand_ins.bought(&found.item)));
            let usual: Vec<_> =
                usual.into_iter().flat_map(|(found, all)| all.into_iter().map(move |b| (found, b))).collect();
            let said: Vec<_> = told.contents.iter().filter(|c| c.part == Some(*part)).collect();
            let listed: Vec<&str> =
                listed.iter().filter(|v| v.part == Some(*part)).map(|v| v.supplier).collect();
            let inputs = usual.iter().map(|(_, b)| b.item.as_str());
            let others = said.iter().map(|c| c.input).filter(|i| usual.iter().all(|(_, b)| b.item != *i));
            let mut inputs: Vec<&str> = inputs.chain(others).collect();
            inputs.dedup();
            for input in inputs {
                let Some(item) = items.find(input) else { continue };
                let (unit, times) =
                    if items.text(item, "unit") == "kg" { ("g", 1e3) } else { (self.words.piece, 1.0) };
                let here: Vec<&Content<'_>> = said.iter().copied().filter(|c| c.input == input).collect();
                let estimate =
                    usual.iter().find(|(_, b)| b.item == input).map_or(String::new(), |(found, b)| {
                        let figure = |x: f64| significant(x * b.amount * times);
                        match (figure(found.value), figure(found.low), figure(found.high)) {
                            (value, low, high) if low == high => format!("{value} {unit}"),
                            (value, low, high) => format!("{value} ({low}–{high}) {unit}"),
                        }
                    });
                for (supplier, content) in answers(&here, &listed) {
                    row += 1;
                    self.part(page, row, *part)?;
                    page.write_string_with_format(row, 2, supplier, &self.formats.answer)?;
                    self.known(page, row, 3, items.text(item, self.words.names))?;
                    self.known(page, row, 4, input)?;
                    self.known(page, row, 5, &estimate)?;
                    self.blank(page, row, 6..11)?;
                    page.write_string_with_format(row, 7, unit, &self.formats.answer)?;
                    let Some(content) = content else { continue };
                    if let Some(Amount::Told(amount)) = content.told {
                        self.answer(page, row, 6, Some(amount * times))?;
                    }
                    page.write_string_with_format(row, 8, content.maker, &self.formats.answer)?;
                    let country = self.country(content.country.as_ref(), "");
                    page.write_string_with_format(row, 9, country, &self.formats.answer)?;
                    self.answer(page, row, 10, content.share.map(|share| share * 100.0))?;
                }
            }
        }
        self.in_country(page, 9, row)
    }
}

/// What is told already of one thing in a part, and a blank for each supplier of the part who has not told: none where somebody
/// spoke for all of them. Of a part without a known supplier one blank.
fn answers<'c, 's>(
    told: &[&'c Content<'s>],
    suppliers: &[&'s str],
) -> Vec<(&'s str, Option<&'c Content<'s>>)> {
    let mut all: Vec<_> = told.iter().map(|content| (content.supplier, Some(*content))).collect();
    let mut asked: BTreeSet<String> = told.iter().map(|content| normal(content.supplier)).collect();
    if !asked.contains("") {
        all.extend(suppliers.iter().filter(|name| asked.insert(normal(name))).map(|name| (*name, None)));
    }
    if all.is_empty() {
        all.push(("", None));
    }
    all
}

/// Three digits that count, written out.
fn significant(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return x.to_string();
    }
    let scale = 10f64.powi(2 - x.abs().log10().floor() as i32);
    ((x * scale).round() / scale).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_have_three_digits() {
        for (x, text) in [(26.4689, "26.5"), (0.012_345, "0.0123"), (1234.5, "1230"), (0.0, "0"), (2.0, "2")]
        {
            assert_eq!(significant(x), text);
        }
    }
}
