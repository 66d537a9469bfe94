//! Bytes as text, whatever encoding they are in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Bytes that are looked at to find the encoding out.
const SAMPLE: usize = 1 << 20;

/// Signs that are too few to tell a language from.
const MOST_SIGNS: usize = 8;

/// The text, without a byte-order mark, and the name of its encoding; nothing if it is no text.
pub(crate) fn decode(bytes: &[u8]) -> Option<(Cow<'_, str>, &'static str)> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!text.contains('\0')).then_some((text, encoding.name()));
    }
    if bytes.starts_with(b"%PDF-") {
        return None;
    }
    if bytes.contains(&0) {
        return [UTF_16LE, UTF_16BE].into_iter().find_map(|encoding| unmarked(bytes, encoding));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((text.into(), UTF_8.name()));
    }
    // Bytes of any value may be text of an old encoding, but no text is full of control characters.
    let controls = bytes.iter().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace()).count();
    if controls * 50 > bytes.len() {
        return None;
    }
    let encoding = guess(bytes);
    let (text, _, damaged) = encoding.decode(bytes);
    // Western European text can be told from bytes of any value, and loses none of them.
    let encoding = if damaged && encoding != UTF_8 { WINDOWS_1252 } else { encoding };
    let text = if damaged && encoding != UTF_8 { encoding.decode(bytes).0 } else { text };
    Some((text, encoding.name()))
}

/// UTF-16 without its mark: as every table has delimiters and line breaks, one byte of many pairs is zero.
fn unmarked(bytes: &[u8], encoding: &'static Encoding) -> Option<(Cow<'static, str>, &'static str)> {
    let high = usize::from(encoding == UTF_16LE);
    let zeros = bytes.chunks_exact(2).filter(|pair| pair[high] == 0).count();
    // Where all bytes could be ASCII, so are all characters; else most are of another script.
    let share = if bytes.is_ascii() { 0.9 } else { 0.05 };
    if (zeros as f64) < share * (bytes.len() / 2) as f64 {
        return None;
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let foreign = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}');
    (!text.contains(foreign)).then(|| (Cow::Owned(text.into_owned()), encoding.name()))
}

/// The likeliest encoding of text that is not sound UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let start = bytes[..first].iter().rposition(|b| *b == b'\n').unwrap_or(0);
    let sample = &bytes[start..bytes.len().min(start + SAMPLE)];
    if is_damaged_utf8(sample) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    // Characters of a script of many have two bytes or more; a lone one in plain text is a sign such as µ, ± or ×.
    let mut runs = sample.split(u8::is_ascii).filter(|run| !run.is_empty());
    let few = runs.clone().nth(MOST_SIGNS).is_none();
    if runs.all(|run| run.len() == 1) && (few || !guess.is_single_byte()) { WINDOWS_1252 } else { guess }
}

/// Whether it is UTF-8 but for a few characters, which no other encoding looks like.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut damaged) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    damaged * 20 < sound
}

/// Whether it is a web page or XML, which programs like to write under the name of a workbook.
pub(super) fn is_markup(text: &str) -> bool {
    let text = text.trim_start();
    let begins = |tag: &str| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    ["<!doctype", "<html", "<table", "<?xml"].into_iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GBK;

    const CHINESE: &str = "序号,名称,数量\n1,直流无刷电机,4\n2,深沟球轴承 608ZZ,12\n3,铝合金底板 6061,1\n";
    const WESTERN: &str = "Stück;Größe;Preis\n4;Ø 10 mm, 25 °C;12,50\n2;Gehäuse für Regler;3,00\n";

    fn utf16(text: &str, high_first: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if high_first { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn encodings_are_told_from_the_bytes() {
        for text in [CHINESE, WESTERN, "part,qty\nmotor,4\n"] {
            for (high_first, name) in [(false, "UTF-16LE"), (true, "UTF-16BE")] {
                assert_eq!(decode(&utf16(text, high_first)).unwrap(), (text.into(), name));
                assert_eq!(
                    decode(&utf16(&format!("\u{feff}{text}"), high_first)).unwrap(),
                    (text.into(), name)
                );
            }
            assert_eq!(decode(text.as_bytes()).unwrap(), (text.into(), "UTF-8"));
            assert_eq!(decode(format!("\u{feff}{text}").as_bytes()).unwrap(), (text.into(), "UTF-8"));
        }
        assert_eq!(decode(&GBK.encode(CHINESE).0).unwrap(), (CHINESE.into(), "GBK"));
        assert_eq!(decode(&WINDOWS_1252.encode(WESTERN).0).unwrap(), (WESTERN.into(), "windows-1252"));
    }

    #[test]
    fn short_texts_of_few_foreign_characters_are_told_too() {
        for text in
            ["10 µF,2\n", "±0.5 mm,1\n", "€ 12,50\n", "25°C\n", "Ø10\n", "résistance,4\n", "£20\n", "4×M3"]
        {
            assert_eq!(decode(&WINDOWS_1252.encode(text).0).unwrap().0, text);
        }
        for text in ["电机,2\n", "轴承 608\n", "数量,名称\n2,螺丝\n", "物料清单\n", "×4 电阻±5%\n"]
        {
            assert_eq!(decode(&GBK.encode(text).0).unwrap().0, text, "{text}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [
            &b"abc\0"[..],
            b"\0",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            b"\0\0\0\x18ftypmp42",
            b"a,b\n1,\0\n",
            b"%PDF-1.7\n",
            b"\x8b\x01\x02\xff",
        ] {
            assert_eq!(decode(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn one_broken_character_does_not_spoil_the_rest() {
        let mut bytes = CHINESE.as_bytes().to_vec();
        bytes.remove(1);
        let (text, name) = decode(&bytes).unwrap();
        assert!(name == "UTF-8" && text.ends_with("铝合金底板 6061,1\n"), "{name} {text}");
    }
}
