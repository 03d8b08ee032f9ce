//! A form with every kind of control in it, and each of their states.

use guildhall::settings::checklist::{ChecklistView, Line};
use guildhall::settings::controls::{
    Choice, ChoiceGroup, Control, ControlKind, RowView, RowsControl, SectionView, TemplateControl, Tests,
};
use guildhall::settings::pages::SummaryItem;
use guildhall::settings::preview::MessagePreview;

use super::drawn;

fn control(name: &str, label: &str, hint: &str, kind: ControlKind) -> Control {
    Control {
        id: format!("f-{}", name.replace(['.', '_'], "-")),
        name: name.into(),
        label: label.into(),
        hint: (!hint.is_empty()).then(|| hint.into()),
        errors: Vec::new(),
        warnings: Vec::new(),
        kind,
        placeholders: Vec::new(),
    }
}

fn switch(name: &str, label: &str, hint: &str, on: bool) -> Control {
    control(name, label, hint, ControlKind::Switch { on })
}

fn number(name: &str, label: &str, hint: &str, value: &str, max: i64, unit: Option<&str>) -> Control {
    let kind = ControlKind::Number { value: value.into(), min: 0, max, unit: unit.map(Into::into), length: None };
    control(name, label, hint, kind)
}

fn line(name: &str, label: &str, hint: &str, value: &str, max: usize) -> Control {
    let kind = ControlKind::Line { value: value.into(), max, placeholder: None, suggestions: Vec::new() };
    control(name, label, hint, kind)
}

fn area(name: &str, label: &str, value: &str, max: usize) -> Control {
    control(name, label, "", ControlKind::Area { value: value.into(), max, rows: 4 })
}

fn choice(value: &str, label: &str, selected: bool) -> Choice {
    Choice { value: value.into(), label: label.into(), selected, ..Choice::default() }
}

fn channels(selected: &str) -> ControlKind {
    let pick = |value: &str, label: &str| choice(value, label, value == selected);
    let full = Choice { disabled: true, note: Some("50 of 50 channels".into()), ..pick("4", "Arcade") };
    ControlKind::Select {
        groups: vec![
            ChoiceGroup { label: None, choices: vec![pick("", "None"), pick("1", "general")] },
            ChoiceGroup { label: Some("Lounge".into()), choices: vec![pick("2", "Lobby"), pick("3", "Quiet"), full] },
        ],
    }
}

fn roles() -> ControlKind {
    let role = |value: &str, label: &str, color: &str, selected| Choice {
        color: Some(color.into()),
        ..choice(value, label, selected)
    };
    let high = Choice {
        disabled: true,
        note: Some("Above the bot's own role".into()),
        ..role("5", "Council", "#a855f7", false)
    };
    let roles = vec![
        role("1", "Stewards", "#f59e0b", true),
        role("2", "Night owls", "#3b82f6", true),
        role("3", "مشرفون", "#10b981", false),
        role("4", "A role whose name goes on for quite a while", "#ef4444", false),
        high,
    ];
    ControlKind::Checks {
        summary: "2 chosen".into(),
        open: false,
        groups: vec![ChoiceGroup { label: None, choices: roles }],
    }
}

fn powers() -> ControlKind {
    let all = ["Rename", "Limit", "Lock", "Hide", "Bitrate", "Region", "Permit", "Kick"];
    let choices = all.iter().map(|name| choice(name, name, true)).collect();
    ControlKind::Checks {
        summary: "8 chosen".into(),
        open: true,
        groups: vec![ChoiceGroup { label: Some("Owners may".into()), choices }],
    }
}

fn creator(n: usize, last: bool) -> RowView {
    let at = format!("creators.{n}");
    RowView {
        legend: format!("Creator {}", n + 1),
        controls: vec![
            control(&format!("{at}.creator_channel_id"), "Voice channel", "", channels("2")),
            control(&format!("{at}.category_id"), "Category for rooms", "12 of 50 channels used.", channels("1")),
            line(&format!("{at}.name_template"), "Room name", "", "{user}'s room", 100),
            number(&format!("{at}.user_limit"), "Member limit", "0 means none.", "0", 99, None),
        ],
        up: (n > 0).then(|| format!("up:creators.{n}")),
        down: (!last).then(|| format!("down:creators.{n}")),
        remove: format!("remove:creators.{n}"),
    }
}

fn rows(name: &str, label: &str, add_label: &str, rows: Vec<RowView>) -> Control {
    let add = Some(format!("add:{name}"));
    let list = RowsControl { rows, add, add_label: add_label.into(), empty: "None yet.".into() };
    control(name, label, "Members join one of these channels and get a room.", ControlKind::Rows(list))
}

fn message(open: bool, preview: Option<MessagePreview>) -> Control {
    let presets = vec!["#83540d", "#17634f", "#344d80"];
    let part = TemplateControl {
        path: "welcome_message".into(),
        open,
        placeholders: [
            ("{user}", "the member, as a mention"),
            ("{ticket}", "the ticket's number"),
            ("{server}", "the server's name"),
        ]
        .map(|(name, meaning)| (name.into(), meaning.into()))
        .to_vec(),
        message: vec![
            switch("welcome_message.enabled", "Use this message", "Off: none is sent.", true),
            area("welcome_message.content", "Text", "", 2000),
        ],
        embed: vec![
            switch("welcome_message.embed.enabled", "Add an embed", "", true),
            line("welcome_message.embed.title", "Title", "", "Ticket {ticket}", 256),
            area("welcome_message.embed.description", "Description", "Hello {user}, tell us what you need.", 4096),
            control(
                "welcome_message.embed.color",
                "Colour",
                "",
                ControlKind::Color { value: "#5865f2".into(), optional: true, presets },
            ),
        ],
        fields: Box::new(rows("welcome_message.embed.fields", "Fields", "Add a field", Vec::new())),
        preview,
        tests: Tests::Offered,
    };
    control("welcome_message", "Welcome message", "Posted when a ticket opens.", ControlKind::Template(Box::new(part)))
}

const TOO_MUCH: &str = "The most is 96 on this server, at its boost level.";
const TOO_HIGH: &str = "Choose a role below the bot's own.";
const GONE: &str = "This category was deleted, or is hidden from the bot.";

/// All sections of a form: plain, with errors, with warnings, folded and open, rows none, some and as many as there may be.
pub fn sections() -> Vec<SectionView> {
    let welcome = message(true, Some(drawn::message()));
    let section = |id: &str, title: &str, intro: Option<&str>, controls| SectionView {
        id: id.into(),
        title: title.into(),
        intro: intro.map(Into::into),
        controls,
    };
    let region = control("region", "Region", "Where Discord carries the voice.", channels(""));
    let mut closed = message(false, None);
    closed.id = "f-close-message".into();
    closed.name = "close_message".into();
    closed.label = "Closing message".into();
    renamed(&mut closed);
    let mut overflow =
        control("overflow_category_id", "Overflow category", "Used when a creator's category is full.", channels("2"));
    overflow.warnings.push(GONE.into());
    let mut bitrate = number("bitrate_kbps", "Bitrate", "", "640", 96, Some("kbit/s"));
    bitrate.errors.push(TOO_MUCH.into());
    let mut managers = control("manager_role_ids", "Managers", "At most 10 roles.", roles());
    managers.errors.push(TOO_HIGH.into());
    let ends = ControlKind::Moment { value: "2026-12-24T18:00".into(), zone: "Europe/Berlin".into() };
    let questions = ControlKind::Lines { value: "Who?\nWhat?".into(), max: 5, each: 45 };
    let mut full = rows("bonus_entries", "Bonus entries", "Add a bonus", vec![creator(2, true)]);
    if let ControlKind::Rows(list) = &mut full.kind {
        list.add = None;
    }
    let color = ControlKind::Color { value: "#3b82f6".into(), optional: false, presets: vec!["#3b82f6", "#83540d"] };
    vec![
        section(
            "rooms",
            "Rooms",
            Some("Join a channel, get a room of your own."),
            vec![
                switch("enabled", "TempVoice is on", "Needs at least one creator.", true),
                rows("creators", "Creators", "Add a creator", vec![creator(0, false), creator(1, true)]),
                rows("nobody", "Rows, none yet", "Add one", Vec::new()),
                full,
                overflow,
                bitrate,
                region,
            ],
        ),
        section(
            "cleaning-up",
            "Cleaning up",
            None,
            vec![
                switch("delete_when_empty", "Delete empty rooms", "", true),
                number("empty_grace_seconds", "Wait before deleting", "", "15", 3600, Some("seconds")),
                number("idle_kick_minutes", "Remove idle members after", "0 means never.", "0", 1440, Some("minutes")),
            ],
        ),
        section(
            "owners",
            "Owners and roles",
            None,
            vec![
                control("owner_controls", "What owners may do", "None chosen: no panel is posted.", powers()),
                managers,
                control("panel_color", "Panel colour", "", color),
                control("ends_at", "Ends", "In the zone Europe/Berlin.", ends),
                control("questions", "Questions", "One on a line.", questions),
                line("panel_image_url", "Panel image", "An address that starts with https.", "", 2048),
            ],
        ),
        section("messages", "Messages", None, vec![welcome, closed]),
    ]
}

/// The parts of a message template get ids of their own, so that two can stand on one page.
fn renamed(template: &mut Control) {
    let ControlKind::Template(part) = &mut template.kind else { return };
    let parts = part.message.iter_mut().chain(&mut part.embed).chain(std::iter::once(&mut *part.fields));
    for one in parts {
        one.id = one.id.replace("welcome", "close");
        one.name = one.name.replace("welcome", "close");
    }
    part.path = "close_message".into();
}

/// What a summary above such a form says.
pub fn summary() -> Vec<SummaryItem> {
    vec![item("f-bitrate-kbps", "Bitrate", TOO_MUCH), item("f-manager-role-ids", "Managers", TOO_HIGH)]
}

pub fn warnings() -> Vec<SummaryItem> {
    vec![item("f-overflow-category-id", "Overflow category", GONE)]
}

fn item(id: &str, label: &str, text: &str) -> SummaryItem {
    SummaryItem { id: Some(id.into()), label: label.into(), text: text.into() }
}

/// What the bot can do of such a form: all of it, or with something in the way.
pub fn checklist(is_fine: bool) -> ChecklistView {
    let lacks = Line {
        impossible: true,
        id: None,
        label: String::new(),
        text: "The bot lacks a permission on this server: Move Members. In Discord: Server Settings → Roles.".into(),
    };
    let full = Line {
        impossible: false,
        id: Some("f-overflow-category-id".into()),
        label: "Overflow category".into(),
        text: "Lounge has 48 of 50 channels: room for 2 more.".into(),
    };
    let summary = if is_fine { "2 things checked, all fine." } else { "1 thing cannot work · 1 to look at · 2 fine" };
    ChecklistView {
        lines: if is_fine { Vec::new() } else { vec![lacks, full] },
        fine: ["The bot may do all it needs in Lobby.", "The bot can give DJ."].map(String::from).to_vec(),
        summary: summary.into(),
        typed: !is_fine,
        posted: true,
        as_of: "24 Nov 2026, 12:00:00 UTC".into(),
        again: Some("#".into()),
        invite_href: (!is_fine).then(|| "#".into()),
        asked: false,
    }
}
