//! Forms with a file: the content type in the first line, the body behind it.

use crate::web::form::FormData;
use crate::web::multipart;

/// Names in heads are short: a head has room for 4 KB.
const LONGEST_NAME: usize = 1_000;

pub fn uploads(data: &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (line, body) = data.split_at(end);
    let body = body.get(1..).unwrap_or_default();
    let content_type = String::from_utf8_lossy(line);
    // Of what is no content type the body is read all the same.
    let boundary = multipart::boundary(&content_type).unwrap_or("xx");
    assert!((1..=70).contains(&boundary.len()) && boundary.bytes().all(|byte| matches!(byte, b' '..=b'~')));
    let Ok(form) = multipart::decode(boundary, body) else { return };
    assert!(form.pairs().iter().all(|(name, _)| !name.contains('\u{22}')));
    if form.pairs().iter().all(|(name, _)| name.len() <= LONGEST_NAME) {
        assert_eq!(multipart::decode(boundary, &written(boundary, &form)).as_ref(), Ok(&form));
    }
}

/// As a browser sends it, each value as a file: the text of one is left as it is.
fn written(boundary: &str, form: &FormData) -> Vec<u8> {
    let mut body = String::new();
    for (name, value) in form.pairs() {
        body += &format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"\"\r\n\r\n{value}\r\n"
        );
    }
    (body + &format!("--{boundary}--\r\n")).into_bytes()
}
