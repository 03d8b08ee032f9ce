//! Migrations, words and static files are compiled in: a new one must rebuild the crate. Static files are packed here,
//! as well as can be, so that no request waits for it; the styles become one sheet, the icons one sprite. The files of
//! words are listed.

#[path = "build/icons.rs"]
mod icons;
#[path = "build/linking.rs"]
mod linking;

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    linking::make_small();
    for folder in ["migrations", "locales", "static", "templates", icons::MARKS] {
        println!("cargo:rerun-if-changed={folder}");
    }
    #[expect(clippy::disallowed_methods, reason = "so cargo tells where to write")]
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut listed = String::from("&[");
    for path in sorted("static")? {
        if let Some(name) = path.file_name().and_then(OsStr::to_str).filter(|_| path.is_file()) {
            pack(&path, name, &out, &mut listed)?;
        }
    }
    pack(&as_one("static/css", "app.css", &out)?, "app.css", &out, &mut listed)?;
    pack(&as_one("static/form", "form.js", &out)?, "form.js", &out, &mut listed)?;
    pack(&as_one("static/editor", "editor.js", &out)?, "editor.js", &out, &mut listed)?;
    pack(&as_one("static/palette", "palette.js", &out)?, "palette.js", &out, &mut listed)?;
    pack(&as_one("static/picker", "picker.js", &out)?, "picker.js", &out, &mut listed)?;
    let sprite = out.join("icons.svg");
    icons::write(&sprite)?;
    pack(&sprite, "icons.svg", &out, &mut listed)?;
    fs::write(out.join("files.rs"), listed + "]")?;
    fs::write(out.join("locales.rs"), all_words()?)
}

/// The files of each folder of `locales/`, as a list in Rust.
fn all_words() -> io::Result<String> {
    let mut listed = String::from("&[");
    for folder in sorted("locales")? {
        let name = folder.file_name().and_then(OsStr::to_str).unwrap_or_default();
        listed += &format!("({name:?}, &[");
        for file in sorted(&folder)?.into_iter().filter(|file| file.extension() == Some(OsStr::new("ftl"))) {
            listed += &format!("include_str!({:?}),", file.canonicalize()?);
        }
        listed += "]),";
    }
    Ok(listed + "]")
}

/// The files of a folder, in the order of their names, as the one file that pages ask for.
fn as_one(folder: &str, name: &str, out: &Path) -> io::Result<PathBuf> {
    let mut whole = Vec::new();
    for part in sorted(folder)? {
        whole.extend(fs::read(part)?);
    }
    let to = out.join(name);
    fs::write(&to, whole)?;
    Ok(to)
}

fn sorted(folder: impl AsRef<Path>) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Packs one file, and says in Rust where all of it lies.
fn pack(from: &Path, name: &str, out: &Path, listed: &mut String) -> io::Result<()> {
    let plain = fs::read(from)?;
    let mut brotli = Vec::new();
    brotli::CompressorWriter::new(&mut brotli, 4096, 11, 22).write_all(&plain)?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&plain)?;
    let kept = |bytes: Vec<u8>, ending: &str| -> io::Result<String> {
        // Pictures are packed already.
        if bytes.len() >= plain.len() {
            return Ok("None".to_owned());
        }
        let to = out.join(format!("{name}.{ending}"));
        fs::write(&to, bytes)?;
        Ok(format!("Some(include_bytes!({to:?}))"))
    };
    let (brotli, gzip) = (kept(brotli, "br")?, kept(gzip.finish()?, "gz")?);
    let plain = from.canonicalize()?;
    *listed += &format!("File {{ name: {name:?}, plain: include_bytes!({plain:?}), brotli: {brotli}, gzip: {gzip} }},");
    Ok(())
}
