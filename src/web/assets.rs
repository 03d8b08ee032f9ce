//! Static files: compiled in, each served under a name with its content's hash, immutable.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

struct Asset {
    href: String,
    name: String,
}

/// By plain name and by hashed name.
static ASSETS: LazyLock<HashMap<String, Asset>> = LazyLock::new(|| {
    let mut assets = HashMap::new();
    for name in Files::iter() {
        let Some(file) = Files::get(&name) else { continue };
        let hash = data_encoding::HEXLOWER.encode(&file.metadata.sha256_hash()[..6]);
        let hashed = match name.rsplit_once('.') {
            Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
            None => format!("{name}.{hash}"),
        };
        let href = format!("/static/{hashed}");
        assets.insert(hashed, Asset { href: href.clone(), name: name.to_string() });
        assets.insert(name.to_string(), Asset { href, name: name.to_string() });
    }
    assets
});

/// The address of a file by its plain name (`app.css`).
pub fn href(name: &str) -> String {
    ASSETS.get(name).map_or_else(|| format!("/static/{name}"), |asset| asset.href.clone())
}

/// A file by the name in its address: its bytes, its type, and whether the address names its content.
pub fn find(path: &str) -> Option<(std::borrow::Cow<'static, [u8]>, &'static str, bool)> {
    let asset = ASSETS.get(path)?;
    let file = Files::get(&asset.name)?;
    Some((file.data, content_type(&asset.name), asset.name != path))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
