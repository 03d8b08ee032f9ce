//! A form with every kind of control in it.

use guildhall::messages::{Embed, EmbedField, Style};
use guildhall::settings::controls::{
    Choice, ChoiceGroup, Control, ControlKind, RowView, RowsControl, SectionView, TemplateControl,
};
use guildhall::settings::pages::{FormPage, SummaryItem};
use guildhall::settings::preview::MessagePreview;
use guildhall::web::shell::Tone;

use crate::samples::{SERVER, change, flash, inside, kept};

fn control(name: &str, label: &str, hint: &str, kind: ControlKind) -> Control {
    Control {
        id: format!("f-{}", name.replace(['.', '_'], "-")),
        name: name.into(),
        label: label.into(),
        hint: (!hint.is_empty()).then(|| hint.into()),
        errors: Vec::new(),
        warnings: Vec::new(),
        kind,
    }
}

fn switch(name: &str, label: &str, hint: &str, on: bool) -> Control {
    control(name, label, hint, ControlKind::Switch { on })
}

fn number(name: &str, label: &str, hint: &str, value: &str, max: i64, unit: Option<&str>) -> Control {
    let kind = ControlKind::Number { value: value.into(), min: 0, max, unit: unit.map(Into::into) };
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
    };
    control("welcome_message", "Welcome message", "Posted when a ticket opens.", ControlKind::Template(Box::new(part)))
}

fn sections(welcome: Control) -> Vec<SectionView> {
    let section = |id: &str, title: &str, intro: Option<&str>, controls| SectionView {
        id: id.into(),
        title: title.into(),
        intro: intro.map(Into::into),
        controls,
    };
    let region = control("region", "Region", "Where Discord carries the voice.", channels(""));
    let color = ControlKind::Color { value: "#3b82f6".into(), optional: false, presets: vec!["#3b82f6", "#83540d"] };
    vec![
        section(
            "rooms",
            "Rooms",
            Some("Join a channel, get a room of your own."),
            vec![
                switch("enabled", "TempVoice is on", "Needs at least one creator.", true),
                rows("creators", "Creators", "Add a creator", vec![creator(0, false), creator(1, true)]),
                control(
                    "overflow_category_id",
                    "Overflow category",
                    "Used when a creator's category is full.",
                    channels("2"),
                ),
                number("bitrate_kbps", "Bitrate", "", "64", 96, Some("kbit/s")),
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
                control("manager_role_ids", "Managers", "At most 10 roles.", roles()),
                control("panel_color", "Panel colour", "", color),
                line("panel_image_url", "Panel image", "An address that starts with https.", "", 2048),
            ],
        ),
        section("messages", "Messages", None, vec![welcome]),
    ]
}

pub fn fresh() -> FormPage {
    let saved = "TempVoice saved. Sent to the bot; this page shows when it is live.";
    let mut shell = inside("Saved: TempVoice on Lantern House", "TempVoice");
    shell.flash = flash(saved, Tone::Good);
    FormPage {
        shell,
        guild_name: SERVER.into(),
        module_name: "TempVoice".into(),
        module_key: "tempvoice",
        purpose: "Join a channel, get a room of your own.".into(),
        action: "/guilds/412/settings/tempvoice".into(),
        reset_href: "reset.html".into(),
        restores: None,
        revision: 12,
        schema: 1,
        csrf_token: "sample".into(),
        summary: Vec::new(),
        warnings: Vec::new(),
        notice: None,
        sections: sections(message(false, None)),
        absent: None,
        defaults: false,
        last_change: change(12, "refused", "The bot refused this change: no such channel", Tone::Bad),
    }
}

pub fn with_errors() -> FormPage {
    let mut page = fresh();
    page.shell.flash = None;
    page.shell.title = "Error: TempVoice on Lantern House".into();
    let item =
        |id: &str, label: &str, text: &str| SummaryItem { id: Some(id.into()), label: label.into(), text: text.into() };
    let too_much = "The most is 96 on this server, at its boost level.";
    let twice = "Choose a role below the bot's own.";
    page.summary = vec![item("f-bitrate-kbps", "Bitrate", too_much), item("f-manager-role-ids", "Managers", twice)];
    page.warnings = vec![item(
        "f-overflow-category-id",
        "Overflow category",
        "This category was deleted, or is hidden from the bot.",
    )];
    let [bitrate, overflow] = [3, 2];
    page.sections[0].controls[bitrate].errors = vec![too_much.into()];
    page.sections[0].controls[overflow].warnings = vec!["This category was deleted, or is hidden from the bot.".into()];
    page.sections[2].controls[1].errors = vec![twice.into()];
    page
}

pub fn with_preview() -> FormPage {
    let text = |text: &str| Style::Text.piece(text);
    let field = |name: &str, value: &str| EmbedField {
        name: vec![vec![text(name)]],
        value: vec![vec![text(value)]],
        inline: true,
    };
    let preview = MessagePreview {
        author: "Steward".into(),
        content: vec![vec![text("Welcome, "), Style::Mention.piece("@Mira"), text("!")]],
        embed: Some(Embed {
            color: Some("#5865f2".into()),
            title: vec![vec![text("Ticket 0042")]],
            url: Some("help.example.org".into()),
            description: vec![
                vec![text("Hello, tell us "), Style::Bold.piece("what you need"), text(".")],
                vec![text("Use "), Style::Code.piece("/close"), text(" when you are done.")],
            ],
            fields: vec![field("Category", "Billing"), field("Opened", "today"), field("Number", "0042")],
            image_host: Some("images.example.org".into()),
            footer: vec![vec![text("Lantern House")]],
            timestamp: true,
            ..Embed::default()
        }),
        offer: None,
        note: None,
    };
    let mut page = fresh();
    page.shell.flash = None;
    page.notice = Some("This is a preview. Nothing is saved yet.".into());
    page.sections = sections(message(true, Some(preview)));
    page
}

pub fn absent() -> FormPage {
    let mut page = fresh();
    page.shell.flash = None;
    page.absent = kept();
    page
}
