//! The gallery's page: what its templates, in `crates/demo/templates/gallery/`, draw.

use askama::Template;
use guildhall::changes::line::{ChangeLine, Delivery};
use guildhall::commands::line::CommandLine;
use guildhall::guilds::pages::{GuildCard, ReadOnly};
use guildhall::guilds::second_factor::Asker;
use guildhall::history::pages::{Select, SideRow};
use guildhall::settings::checklist::ChecklistView;
use guildhall::settings::controls::SectionView;
use guildhall::settings::pages::{Following, SummaryItem};
use guildhall::settings::unsaved::Unsaved;
use guildhall::web::assets;
use guildhall::web::shell::Shell;
use guildhall::web::tab::Tab;
use guildhall::web::taste::Theme;
use guildhall::web::words::filters;

use super::{controls, samples};

#[derive(Template)]
#[template(path = "gallery/page.html")]
pub struct GalleryPage {
    shell: Shell,
    icons: Vec<String>,
    face: String,
    changes: Vec<ChangeLine>,
    /// One of them.
    delivery: Delivery,
    commands: Vec<CommandLine>,
    sections: Vec<SectionView>,
    checklist: ChecklistView,
    summary: Vec<SummaryItem>,
    warnings: Vec<SummaryItem>,
    kept: ReadOnly,
    looks: ReadOnly,
    without_factor: ReadOnly,
    following: Following,
    card: GuildCard,
    unsaved: Unsaved,
    tabs: Vec<Tab>,
    select: Select,
    differences: Vec<SideRow>,
    time: String,
    /// Somewhere, for links.
    href: String,
}

pub fn page(theme: Theme) -> GalleryPage {
    let shell = samples::shell(theme);
    GalleryPage {
        icons: icons(),
        face: samples::face(),
        delivery: samples::live(),
        changes: samples::changes(),
        commands: samples::commands(),
        sections: controls::sections(),
        checklist: controls::checklist(false),
        summary: controls::summary(),
        warnings: controls::warnings(),
        kept: samples::kept(),
        looks: ReadOnly::NotGiven,
        without_factor: ReadOnly::SecondFactor { asker: Asker::Server, sign_in_href: "#".into() },
        following: samples::following(),
        card: GuildCard { name: "A server".into(), ..GuildCard::default() },
        unsaved: Unsaved { count: 3, href: "#".into(), ..Unsaved::default() },
        tabs: samples::tabs(),
        select: samples::select(),
        differences: samples::differences(),
        time: "24 Nov 2026, 12:00:00 UTC".into(),
        href: "#".into(),
        shell,
    }
}

/// The names of all icons there are, but the picture of the front page.
fn icons() -> Vec<String> {
    let sprite = assets::find("icons.svg", None).map(|sent| String::from_utf8_lossy(sent.bytes)).unwrap_or_default();
    let names = sprite.split("<symbol id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    names.filter(|name| *name != "facade").map(str::to_owned).collect()
}
