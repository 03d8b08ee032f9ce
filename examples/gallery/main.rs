//! Every page with believable content, as files: `cargo run --example gallery -- FOLDER`.
//!
//! For looking at pages while working on templates and styles; nothing here is part of the dashboard.

mod carry;
mod form;
mod history;
mod samples;

use std::path::Path;
use std::{env, fs, io};

use askama::Template;
use guildhall::web::assets;
use guildhall::web::words::Words;

const FILES: [&str; 3] = ["app.css", "favicon.svg", "icons.svg"];

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).ok_or_else(|| io::Error::other("which folder?"))?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    for name in FILES {
        let (bytes, ..) = assets::find(name).ok_or_else(|| io::Error::other(name))?;
        fs::write(folder.join(name), bytes)?;
    }
    let gallery = Gallery { folder };
    gallery.page("landing", &samples::landing())?;
    gallery.page("picker", &samples::picker(""))?;
    gallery.page("picker-nothing", &samples::picker("zzz"))?;
    gallery.page("picker-none", &samples::picker_without_servers())?;
    gallery.page("overview", &samples::overview(false))?;
    gallery.page("overview-absent", &samples::overview(true))?;
    gallery.page("invite", &samples::invite())?;
    gallery.page("form", &form::fresh())?;
    gallery.page("form-errors", &form::with_errors())?;
    gallery.page("form-preview", &form::with_preview())?;
    gallery.page("form-absent", &form::absent())?;
    gallery.page("reset", &samples::reset())?;
    gallery.page("conflict", &samples::conflict())?;
    gallery.page("changes", &history::list(false))?;
    gallery.page("changes-empty", &history::list(true))?;
    gallery.page("change", &history::entry())?;
    gallery.page("restoration", &history::restoration())?;
    gallery.page("carry", &carry::start(false))?;
    gallery.page("carry-refused", &carry::start(true))?;
    gallery.page("copy", &carry::copy())?;
    gallery.page("carry-preview", &carry::preview())?;
    gallery.page("error", &samples::error())
}

struct Gallery<'a> {
    folder: &'a Path,
}

impl Gallery<'_> {
    /// Files have no server under them: addresses become relative, and pictures of the sprite stand in the page.
    fn page(&self, name: &str, page: &impl Template) -> io::Result<()> {
        let mut html = page.render_with_values(&Words::default()).map_err(io::Error::other)?;
        html = html.replace(&format!("{}#", assets::href("icons.svg")), "#");
        for file in FILES {
            html = html.replace(&assets::href(file), file);
        }
        let sprite = fs::read_to_string(self.folder.join("icons.svg"))?.replace("<svg ", "<svg hidden ");
        html = html.replace("</body>", &format!("{sprite}</body>"));
        fs::write(self.folder.join(format!("{name}.html")), html)
    }
}
