//! A form with a file, as browsers send it (`multipart/form-data`): read strictly and whole, nothing put on a disk.

use crate::web::form::{FormData, Unreadable, clean};

/// Bytes of a file at most.
pub const MAX_FILE: usize = 2 * 1024 * 1024;
/// Bytes of the whole body at most: a file, and the fields beside it.
pub const MAX_BODY: usize = MAX_FILE + 64 * 1024;

const MAX_PARTS: usize = 64;
const MAX_HEAD: usize = 4 * 1024;

/// The boundary that a content type names.
pub fn boundary(content_type: &str) -> Option<&str> {
    let mut parameters = content_type.split(';').skip(1).map(str::trim);
    let boundary = parameters.find_map(|one| {
        let (name, value) = one.split_once('=')?;
        name.eq_ignore_ascii_case("boundary").then(|| value.trim_matches('"'))
    })?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&b);
    ((1..=70).contains(&boundary.len()) && boundary.bytes().all(plain)).then_some(boundary)
}

/// The pairs of the form; a file is the text it holds, as it is.
///
/// # Errors
/// [`Unreadable`] for whatever a browser would not send.
pub fn decode(boundary: &str, body: &[u8]) -> Result<FormData, Unreadable> {
    let delimiter = format!("\r\n--{boundary}").into_bytes();
    let mut rest = body.strip_prefix(&delimiter[2..]).ok_or(Unreadable::CutOff)?;
    let mut form = FormData::default();
    while !rest.starts_with(b"--") {
        if form.pairs().len() == MAX_PARTS {
            return Err(Unreadable::TooManyPairs);
        }
        rest = rest.strip_prefix(b"\r\n").ok_or(Unreadable::CutOff)?;
        let end = find(&rest[..rest.len().min(MAX_HEAD)], b"\r\n\r\n").ok_or(Unreadable::CutOff)?;
        let head = std::str::from_utf8(&rest[..end]).map_err(|_| Unreadable::NotUtf8)?;
        let (name, is_file) = disposition(head).ok_or(Unreadable::CutOff)?;
        rest = &rest[end + 4..];
        let end = find(rest, &delimiter).ok_or(Unreadable::CutOff)?;
        if end > MAX_FILE {
            return Err(Unreadable::TooLarge);
        }
        let text = std::str::from_utf8(&rest[..end]).map_err(|_| Unreadable::NotUtf8)?;
        form.push(name, if is_file { text.to_owned() } else { clean(text) });
        rest = &rest[end + delimiter.len()..];
    }
    Ok(form)
}

/// The field's name in a part's head, and whether it is a file.
fn disposition(head: &str) -> Option<(String, bool)> {
    let line = head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition").then(|| value.trim())
    })?;
    let parameters = line.strip_prefix("form-data")?;
    // A browser writes a quotation mark in a name as %22.
    let value = |name: &str| {
        let rest = parameters.split_once(&format!("; {name}=\""))?.1;
        Some(rest.split_once('"')?.0.to_owned())
    };
    Some((value("name")?, value("filename").is_some()))
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|part| part == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut text = String::new();
        for (head, content) in parts {
            text += &format!("--xx\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n");
        }
        (text + "--xx--\r\n").into_bytes()
    }

    #[test]
    fn fields_and_the_file_are_read_and_only_fields_are_cleaned() {
        let sent = body(&[("name=\"a\"", "e\u{301}\r\n"), ("name=\"file\"; filename=\"x.json\"", "{\r\n--x}\r\n")]);
        let form = decode("xx", &sent).expect("a form");
        assert_eq!(form.text("a"), Some("\u{e9}\n"));
        assert_eq!(form.text("file"), Some("{\r\n--x}\r\n"));
    }

    #[test]
    fn what_no_browser_sends_is_refused() {
        let good = body(&[("name=\"a\"", "1")]);
        for cut in 0..good.len() - 4 {
            assert!(decode("xx", &good[..cut]).is_err(), "cut at {cut}");
        }
        assert_eq!(decode("yy", &good), Err(Unreadable::CutOff));
        assert_eq!(decode("xx", &body(&[("title=\"a\"", "1")])), Err(Unreadable::CutOff));
        assert_eq!(decode("xx", &body(&[("name=\"a\"", "1"); 65])), Err(Unreadable::TooManyPairs));
        assert_eq!(decode("xx", &body(&[("name=\"a\"", &"1".repeat(MAX_FILE + 1))])), Err(Unreadable::TooLarge));
        let mut broken = good.clone();
        broken[good.len() - 11] = 0xff;
        assert_eq!(decode("xx", &broken), Err(Unreadable::NotUtf8));
    }

    #[test]
    fn a_boundary_is_what_the_content_type_says() {
        assert_eq!(boundary("multipart/form-data; boundary=----WebKitX"), Some("----WebKitX"));
        assert_eq!(boundary("multipart/form-data; charset=utf-8; Boundary=\"a b\""), Some("a b"));
        for wrong in ["multipart/form-data", "multipart/form-data; boundary=", "x; boundary=a\r\nb"] {
            assert_eq!(boundary(wrong), None, "{wrong}");
        }
        assert_eq!(boundary(&format!("x; boundary={}", "a".repeat(71))), None);
    }
}
