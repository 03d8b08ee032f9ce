//! CSV as RFC 4180 has it, with cells that no spreadsheet takes for a formula.

/// Spreadsheets calculate what begins with one of these, or with its wide form.
const DANGEROUS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// Adds a line. A cell that a spreadsheet would calculate gets an apostrophe in front, which spreadsheets read as
/// "this is text".
pub fn line<'a>(into: &mut Vec<u8>, cells: impl IntoIterator<Item = &'a str>) {
    for (place, text) in cells.into_iter().enumerate() {
        if place > 0 {
            into.push(b',');
        }
        cell(into, text);
    }
    into.extend(b"\r\n");
}

fn cell(into: &mut Vec<u8>, text: &str) {
    // Some programs leave out blanks in front, some all that is white.
    let harmful = [text.trim_start_matches(' '), text.trim_start()].iter().any(|text| text.starts_with(DANGEROUS));
    if !harmful && !text.contains([',', '"', '\r', '\n']) {
        return into.extend(text.bytes());
    }
    into.push(b'"');
    if harmful {
        into.push(b'\'');
    }
    into.extend(text.replace('"', "\"\"").bytes());
    into.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[&str]) -> String {
        let mut bytes = Vec::new();
        line(&mut bytes, cells.iter().copied());
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(written(&["a", "", "b c"]), "a,,b c\r\n");
        assert_eq!(written(&["a,b", "say \"hi\"", "two\nlines"]), "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
    }

    #[test]
    fn nothing_is_a_formula() {
        for sign in DANGEROUS {
            let written = written(&[&format!("{sign}1+1"), &format!(" {sign}cmd|' /C calc'!A0")]);
            assert!(written.starts_with(&format!("\"'{sign}1+1\",\"' {sign}")), "{written:?}");
        }
        assert_eq!(written(&["1-1", "a=b", "0"]), "1-1,a=b,0\r\n");
    }
}
