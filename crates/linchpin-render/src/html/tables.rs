//! Tables as HTML, each number a link to what it rests on.

use std::fmt::Write;

use linchpin_table::{Answer, Table};

use super::{Speakers, bilingual, escaped};
use crate::RenderError;
use crate::view;

/// Rows of a table that is folded away, so that what follows it is found.
const LONG: usize = 40;

/// A table; of an answer that stands behind the pictures, folded away. Numbers of which it is known what they rest on are links.
pub(super) fn table(
    table: &Table,
    answer: &Answer,
    open: bool,
    is_known: &dyn Fn(&str) -> bool,
    speakers: &Speakers,
) -> Result<String, RenderError> {
    let title = bilingual(&speakers.both(|m| m.get(&table.title, &answer.labels))?);
    let verb = escaped(&answer.stamp.verb);
    let mut html = format!(
        "<details class=\"table\" id=\"{verb}-{}\"{}><summary>{title}</summary>\n",
        table.name,
        if open && table.len() <= LONG { " open" } else { "" }
    );
    let [en, zh] = speakers.both(|m| view::columns(table, m, &answer.labels))?;
    if table.is_empty() || en.is_empty() {
        let _ =
            writeln!(html, "<p class=\"note\">{}</p>", bilingual(&speakers.both(|m| m.word("table-empty"))?));
    } else {
        html.push_str("<div class=\"scroll\" tabindex=\"0\" role=\"region\"><table><thead><tr>");
        for (a, b) in en.iter().zip(&zh) {
            let class = if a.numeric { " class=\"n\"" } else { "" };
            let _ = write!(
                html,
                "<th scope=\"col\"{class}>{}</th>",
                bilingual(&[a.header.clone(), b.header.clone()])
            );
        }
        html.push_str("</tr></thead><tbody>\n");
        let shown: Vec<_> = table.leading().collect();
        for (row, key) in table.keys.iter().enumerate() {
            let depth = table.indent.as_ref().and_then(|d| d.get(row)).copied().unwrap_or(0);
            html.push_str("<tr>");
            for (i, ((a, b), column)) in en.iter().zip(&zh).zip(&shown).enumerate() {
                let text =
                    bilingual(&[&a.cells[row], &b.cells[row]].map(|c| format!("{}{}", c.body, c.after)));
                let missing = a.cells[row].missing;
                let address = answer.address(table.name, key, column.name);
                let text = match !missing && is_known(&address) {
                    true => format!("<a href=\"#{}\">{text}</a>", escaped(&address)),
                    false => text,
                };
                let class = match (a.numeric, missing) {
                    (_, true) => " class=\"missing\"".to_owned(),
                    (true, _) => " class=\"n\"".to_owned(),
                    _ if i == 0 && depth > 0 => format!(" class=\"d{}\"", depth.min(8)),
                    _ => String::new(),
                };
                if i == 0 {
                    let _ = write!(html, "<th scope=\"row\"{class}>{text}</th>");
                } else {
                    let _ = write!(html, "<td{class}>{text}</td>");
                }
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody></table></div>\n");
    }
    for note in &table.notes {
        let text = bilingual(&speakers.both(|m| m.get(note, &answer.labels))?);
        let _ = writeln!(html, "<p class=\"note\">{text}</p>");
    }
    html.push_str("</details>\n");
    Ok(html)
}
