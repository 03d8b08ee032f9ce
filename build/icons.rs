//! The sprite: our own marks, and of Lucide just the icons that pages show, under the names that pages know them by.
//!
//! A page draws one with `icons::icon("name")` (`templates/parts/icons.html`). A new icon is a line here; a test says
//! when one stands here that no page shows.

use std::path::Path;
use std::{fs, io};

use icondata_lu as lucide;

/// Drawn for Guildhall: whole symbols.
pub const MARKS: &str = "build/marks.svg";

/// Whose the rest is: the notice that its licence asks for.
const NOTICE: &str = "<!-- Icons: Lucide (https://lucide.dev), ISC License, Copyright (c) Lucide Contributors; \
                      parts of them: Feather, MIT License, Copyright (c) Cole Bemis. -->";

/// Our name, and the icon.
const ICONS: &[(&str, &icondata_core::IconData)] = &[
    // What there is on a server.
    ("overview", lucide::LuLayoutDashboard),
    ("tempvoice", lucide::LuDoorOpen),
    ("giveaway", lucide::LuGift),
    ("giveaways", lucide::LuTrophy),
    ("tickets", lucide::LuTicket),
    ("panels", lucide::LuPanelsTopLeft),
    ("music", lucide::LuMusic),
    ("playlists", lucide::LuListMusic),
    ("changes", lucide::LuHistory),
    ("carry", lucide::LuArrowUpDown),
    ("staff", lucide::LuUsers),
    ("page", lucide::LuFile),
    ("server", lucide::LuServer),
    // What there is in Discord.
    ("channel-text", lucide::LuHash),
    ("channel-announcement", lucide::LuMegaphone),
    ("channel-voice", lucide::LuVolume2),
    ("channel-stage", lucide::LuPodcast),
    ("channel-category", lucide::LuFolder),
    // How something stands.
    ("good", lucide::LuCircleCheck),
    ("note", lucide::LuInfo),
    ("changed", lucide::LuPencil),
    ("warning", lucide::LuTriangleAlert),
    ("bad", lucide::LuOctagonAlert),
    ("off", lucide::LuCircleMinus),
    // What can be done.
    ("up", lucide::LuArrowUp),
    ("down", lucide::LuArrowDown),
    ("plus", lucide::LuPlus),
    ("trash", lucide::LuTrash2),
    ("search", lucide::LuSearch),
    ("menu", lucide::LuMenu),
    ("switch", lucide::LuArrowLeftRight),
    ("external", lucide::LuExternalLink),
    ("image", lucide::LuImage),
    ("close", lucide::LuX),
    ("expand", lucide::LuChevronDown),
    ("chosen", lucide::LuCheck),
    ("pin", lucide::LuPin),
    ("pinned", lucide::LuPinOff),
];

/// Writes the sprite there.
pub fn write(to: &Path) -> io::Result<()> {
    let mut sprite = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{NOTICE}<defs>\n");
    sprite += &fs::read_to_string(MARKS)?;
    for (name, icon) in ICONS {
        let view = icon.view_box.unwrap_or("0 0 24 24");
        let drawing = icon.data.replace('\n', "");
        sprite += &format!(
            "<symbol id=\"{name}\" viewBox=\"{view}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
             stroke-linecap=\"round\" stroke-linejoin=\"round\">{drawing}</symbol>\n"
        );
    }
    fs::write(to, sprite + "</defs></svg>\n")
}
