//! Static files: compiled in, each served under a name with its content's hash, immutable, packed by the build.

use std::collections::HashMap;
use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

/// A file of `static/`, and what `build.rs` made of it.
struct File {
    name: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

struct Asset {
    href: String,
    file: &'static File,
}

/// A file as it is sent.
pub struct Sent {
    pub bytes: &'static [u8],
    pub content_type: &'static str,
    /// How it is packed; None: not at all.
    pub encoding: Option<&'static str>,
    /// Whether the address names the content, which then never changes.
    pub hashed: bool,
}

/// By plain name and by hashed name.
static ASSETS: LazyLock<HashMap<String, Asset>> = LazyLock::new(|| {
    let mut assets = HashMap::new();
    for file in FILES {
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(file.plain)[..6]);
        let hashed = match file.name.rsplit_once('.') {
            Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
            None => format!("{}.{hash}", file.name),
        };
        let href = format!("/static/{hashed}");
        assets.insert(hashed, Asset { href: href.clone(), file });
        assets.insert(file.name.to_owned(), Asset { href, file });
    }
    assets
});

/// The address of a file by its plain name (`app.css`).
pub fn href(name: &str) -> String {
    ASSETS.get(name).map_or_else(|| format!("/static/{name}"), |asset| asset.href.clone())
}

/// How a file may be packed on its way.
#[derive(Clone, Copy, Debug)]
pub enum Packing {
    Brotli,
    Gzip,
}

/// A file by the name in its address, packed as wished if it is there so.
pub fn find(path: &str, wish: Option<Packing>) -> Option<Sent> {
    let file = ASSETS.get(path)?.file;
    let packed = match wish {
        Some(Packing::Brotli) => file.brotli.map(|bytes| (bytes, "br")),
        Some(Packing::Gzip) => file.gzip.map(|bytes| (bytes, "gzip")),
        None => None,
    };
    let (bytes, encoding) = packed.map_or((file.plain, None), |(bytes, name)| (bytes, Some(name)));
    Some(Sent { bytes, content_type: content_type(file.name), encoding, hashed: file.name != path })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn each_icon_that_a_page_names_is_in_the_sprite_and_no_other_is() {
        let sent = find("icons.svg", None).unwrap();
        let sprite = std::str::from_utf8(sent.bytes).unwrap();
        let there: BTreeSet<&str> = after(sprite, "<symbol id=\"").collect();
        assert!(there.contains("hall") && there.len() > 10, "{there:?}");

        let pages = texts("templates").concat();
        let named = after(&pages, "icon(\"").chain(after(&pages, "icons.svg\") }}#"));
        let named: BTreeSet<&str> = named.filter(|name| !name.contains('{')).collect();
        let missing: Vec<_> = named.difference(&there).collect();
        assert!(missing.is_empty(), "build/icons.rs lacks {missing:?}");

        // Of the others some code says the name: a module's, a tone's, a place's in the menu.
        let code = [texts("src"), texts("static")].concat().concat();
        let said = |name: &str| code.contains(&format!("\"{name}\""));
        let idle: Vec<_> = there.iter().filter(|name| !named.contains(*name) && !said(name)).collect();
        assert!(idle.is_empty(), "no page shows {idle:?} of build/icons.rs");
    }

    /// What stands behind each of these beginnings, up to a quotation mark.
    fn after<'a>(text: &'a str, beginning: &'a str) -> impl Iterator<Item = &'a str> {
        text.split(beginning).skip(1).filter_map(|rest| rest.split('"').next())
    }

    fn texts(folder: impl AsRef<Path>) -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(texts(&path));
            } else {
                // Pictures are no text.
                found.push(std::fs::read_to_string(path).unwrap_or_default());
            }
        }
        found
    }
}
