//! The change log with believable content.

use guildhall::changes::line::TimeText;
use guildhall::history::pages::{
    EntryPage, Fact, Line, ListEntry, ListPage, Mark, Other, RestorationPage, Select, SideRow, Step, Unchanged, What,
};
use guildhall::web::shell::Tone;
use guildhall::web::words::Message;

use crate::samples::{FACE, SERVER, change, inside};

fn at() -> TimeText {
    TimeText { exact: "2026-11-23T20:15:00Z".into(), text: "23 Nov 2026, 20:15:00 UTC".into() }
}

fn from_to(label: &str, before: &str, after: &str) -> Fact {
    Fact { label: label.into(), what: What::FromTo { before: before.into(), after: after.into() } }
}

fn listed(
    number: i32,
    module: &'static str,
    did: &str,
    facts: Vec<Fact>,
    state: &'static str,
    tone: Tone,
) -> Option<ListEntry> {
    let line = change(number, state, "Live on the bot, 38 ms", tone)?;
    Some(ListEntry {
        href: "change.html".into(),
        title: Message::new("history-entry").text("module", module).number("number", number),
        by: line.by,
        avatar_url: FACE.into(),
        at: line.at,
        did: did.into(),
        more: facts.len() / 2,
        facts,
        is_same: false,
        delivery: Some(line.delivery),
        command: None,
    })
}

pub fn list(empty: bool) -> ListPage {
    let items = What::Items { added: "Rename the room, Night owls".into(), removed: "Lobby".into() };
    let said = What::Said(Message::new("history-message-changed"));
    let entries = [
        listed(12, "TempVoice", "Changed", vec![from_to("Places in a room", "0", "5")], "live", Tone::Good),
        listed(
            4,
            "Tickets",
            "First save",
            vec![
                from_to("Category", "Lounge", "Arcade"),
                Fact { label: "Support roles".into(), what: items },
                Fact { label: "Welcome message".into(), what: said },
            ],
            "refused",
            Tone::Bad,
        ),
        listed(3, "Music", "Restored", Vec::new(), "waiting-bot", Tone::Warning),
    ];
    let any = |name: &'static str, label: &str, any: &str| Select {
        name,
        label: label.into(),
        any: any.into(),
        options: vec![("music".into(), "Music".into(), false), ("tempvoice".into(), "TempVoice".into(), true)],
    };
    ListPage {
        shell: inside("Changes", "Changes"),
        guild_name: SERVER.into(),
        action: "changes.html".into(),
        selects: vec![any("module", "Module", "All modules"), any("by", "By", "Anybody")],
        from: String::new(),
        to: "2026-11-30".into(),
        filtered: !empty,
        strange: false,
        entries: if empty { Vec::new() } else { entries.into_iter().flatten().collect() },
        newer: None,
        older: Some("#".into()),
        exports: vec![("CSV".into(), "#".into()), ("JSON".into(), "#".into())],
        kept_days: Some(365),
    }
}

pub fn rows() -> Vec<SideRow> {
    let line = |mark, text: &str| Line { mark, text: text.into() };
    vec![
        SideRow {
            label: "Creator 1: Places in a room".into(),
            before: vec![line(Mark::Removed, "0")],
            after: vec![line(Mark::Added, "5")],
        },
        SideRow {
            label: "Welcome message: Text".into(),
            before: vec![line(Mark::Same, "Hello {user},"), line(Mark::Removed, "what is it about?")],
            after: vec![
                line(Mark::Same, "Hello {user},"),
                line(Mark::Added, "tell us what it is about."),
                line(Mark::Added, "We answer within a day."),
            ],
        },
        SideRow { label: "Creator 2".into(), before: Vec::new(), after: vec![line(Mark::Added, "Category: Arcade")] },
        SideRow { label: "Fields".into(), before: Vec::new(), after: Vec::new() },
    ]
}

pub fn entry() -> EntryPage {
    let other = |number| Other { href: "change.html".into(), number };
    let line = change(12, "live", "Live on the bot, 38 ms", Tone::Good);
    EntryPage {
        shell: inside("TempVoice, change 12", "Changes"),
        guild_name: SERVER.into(),
        heading: Message::new("history-entry").text("module", "TempVoice").number("number", 12),
        module: "TempVoice".into(),
        module_href: Some("form.html".into()),
        by: "Mira".into(),
        by_href: "changes.html".into(),
        list_href: "changes.html".into(),
        avatar_url: FACE.into(),
        at: at(),
        did: "Changed".into(),
        delivery: line.map(|line| line.delivery),
        command: None,
        steps: vec![
            Step { label: "Saved".into(), text: String::new(), at: Some(at()) },
            Step { label: "Part of the bot".into(), text: "cluster-2".into(), at: None },
        ],
        rows: rows(),
        is_same: false,
        unchanged: vec![Unchanged { label: "Sound quality".into(), value: "64 kbit/s".into() }],
        before_unknown: true,
        previous: Some(other(11)),
        next: Some(other(13)),
        restores: Some(other(7)),
        restores_gone: false,
        restored_by: vec![other(14), other(19)],
        together: "history-imported-with",
        batch: Vec::new(),
        is_current: false,
        restore_href: Some("restoration.html".into()),
        restore_before_href: Some("restoration.html".into()),
    }
}

pub fn restoration() -> RestorationPage {
    RestorationPage {
        shell: inside("Restore TempVoice", "TempVoice"),
        guild_name: SERVER.into(),
        module: "TempVoice".into(),
        number: 7,
        before: false,
        at: at(),
        by: "Mira".into(),
        action: "#".into(),
        side: "after",
        back_href: "change.html".into(),
        revision: 12,
        csrf_token: "sample".into(),
        rows: rows(),
    }
}
