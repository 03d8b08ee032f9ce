//! Export, import and copy with believable content.

use guildhall::carry::pages::{
    Choosing, CopyPage, FlawLine, ModuleName, ModulePreview, Notice, PreviewPage, StartPage, Wrong,
};
use guildhall::settings::controls::{Choice, ChoiceGroup};
use guildhall::settings::pages::SummaryItem;
use guildhall::web::words::Message;

use crate::history::rows;
use crate::samples::{SERVER, inside};

fn modules() -> Vec<ModuleName> {
    let name = |(key, name): (&'static str, &str)| ModuleName { key, name: name.into() };
    [("tempvoice", "TempVoice"), ("giveaway", "Giveaway"), ("tickets", "Tickets"), ("music", "Music")]
        .map(name)
        .to_vec()
}

pub fn start(refused: bool) -> StartPage {
    let flaw = |place: &str, text: &str, value: Option<&str>| FlawLine {
        place: place.into(),
        text: text.into(),
        value: value.map(Into::into),
    };
    let flaws = vec![
        flaw("modules.WEATHER", "There is no such module.", None),
        flaw("modules.MUSIC.settings.maxVolume", "This must be from 0 to 150.", Some("400")),
    ];
    StartPage {
        shell: inside("Export, import, copy", "Overview"),
        guild_name: SERVER.into(),
        export_href: "#".into(),
        import_action: "#".into(),
        copy_href: "copy.html".into(),
        modules: modules(),
        csrf_token: "sample".into(),
        read_only: false,
        notice: None,
        flaws: if refused { flaws } else { Vec::new() },
        more_flaws: if refused { 3 } else { 0 },
    }
}

pub fn copy() -> CopyPage {
    CopyPage {
        shell: inside("Copy", "Overview"),
        guild_name: SERVER.into(),
        action: "#".into(),
        back_href: "carry.html".into(),
        targets: vec![("1".into(), "Pixel Arcade".into()), ("2".into(), "The Library".into())],
        modules: modules(),
        csrf_token: "sample".into(),
        notice: None,
    }
}

pub fn preview() -> PreviewPage {
    let choice = |value: &str, label: &str, selected| Choice {
        value: value.into(),
        label: label.into(),
        selected,
        ..Choice::default()
    };
    let choosing = |field: &str, kind: &str, name: &str, found: bool| Choosing {
        id: format!("f-{field}"),
        field: field.into(),
        label: Message::new("carry-named").name("name", name).text("kind", kind),
        hint: Message::new("carry-used-by").text("modules", "Tickets, Music"),
        groups: vec![ChoiceGroup {
            label: None,
            choices: vec![choice("", "None", !found), choice("1", "#general", found), choice("2", "#music", false)],
        }],
    };
    let wrong = Wrong {
        label: "DJ roles".into(),
        text: "Choose a DJ role, or let everyone use the player.".into(),
        value: None,
    };
    let module = |key, name: &str, problems: Vec<Wrong>, rows| ModulePreview {
        key,
        name: name.into(),
        chosen: true,
        revision: 12,
        problems,
        warnings: Vec::new(),
        rows,
    };
    PreviewPage {
        shell: inside("Preview of the import", "Overview"),
        guild_name: SERVER.into(),
        source_name: Some("Pixel Arcade".into()),
        action: "#".into(),
        back_href: "carry.html".into(),
        transfer: "sample".into(),
        target: Some("1".into()),
        csrf_token: "sample".into(),
        notice: Some(Notice { tone: "bad", text: "Nothing was saved: mend what is marked.".into() }),
        summary: vec![SummaryItem {
            id: Some("module-music".into()),
            label: String::new(),
            text: "Music: one problem".into(),
        }],
        choices: vec![
            choosing("one", "Text channel", "chat", true),
            choosing("two", "Category", "A category with a name that does not end", false),
        ],
        modules: vec![
            module("tempvoice", "TempVoice", Vec::new(), rows()),
            module("tickets", "Tickets", Vec::new(), Vec::new()),
            module("music", "Music", vec![wrong], rows()),
        ],
    }
}
