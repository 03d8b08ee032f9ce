//! Believable content for every page but the form.

use guildhall::changes::line::{ChangeLine, Delivery, TimeText};
use guildhall::guilds::pages::{BotAbsent, GuildCard, InvitePage, ModuleCard, OverviewPage, PickerPage};
use guildhall::settings::merge::Side;
use guildhall::settings::pages::{Choice, ConflictPage, ConflictRow, Difference, ResetPage};
use guildhall::web::error_page::{Action, Again, ErrorPage};
use guildhall::web::landing::LandingPage;
use guildhall::web::shell::{Flash, FooterLinks, GuildNav, NavItem, PersonBadge, Shell, Tone};
use guildhall::web::words::Message;

pub const SERVER: &str = "Lantern House";
pub const FACE: &str = "favicon.svg";

pub fn shell(title: &str) -> Shell {
    Shell {
        title: title.into(),
        person: Some(PersonBadge { name: "Mira Kowalczyk".into(), avatar_url: FACE.into() }),
        csrf_token: "sample".into(),
        links: FooterLinks {
            support: Some("https://example.org/support".into()),
            privacy: Some("https://example.org/privacy".into()),
            terms: None,
        },
        ..Shell::default()
    }
}

/// The shell inside a server, on one of its pages.
pub fn inside(title: &str, current: &str) -> Shell {
    let item = |path: &str, label: &str, on: Option<bool>| NavItem {
        href: format!("/guilds/412{path}"),
        label: label.into(),
        current: label == current,
        on,
    };
    Shell {
        guild: Some(GuildNav {
            id: "412".into(),
            name: SERVER.into(),
            icon_url: None,
            initials: "LH".into(),
            switch_href: "/guilds".into(),
            banner: None,
            live_href: String::new(),
            items: vec![
                item("", "Overview", None),
                item("/settings/tempvoice", "TempVoice", Some(true)),
                item("/settings/giveaway", "Giveaway", Some(true)),
                item("/settings/tickets", "Tickets", Some(false)),
                item("/settings/music", "Music", Some(true)),
                item("/changes", "Changes", None),
            ],
        }),
        ..shell(title)
    }
}

pub fn flash(key: &'static str, tone: Tone) -> Option<Flash> {
    Some(Flash { tone, message: Message::new(key) })
}

pub fn change(number: i32, state: &'static str, delivery: &'static str, tone: Tone) -> Option<ChangeLine> {
    let at = TimeText { exact: "2026-11-23T20:15:00Z".into(), text: "23 Nov 2026, 20:15:00 UTC".into() };
    let (live, waiting, refused) = (state == "live", state.starts_with("waiting"), state == "refused");
    Some(ChangeLine {
        subject: format!("sample-{number}"),
        by: "Mira".into(),
        avatar_url: FACE.into(),
        at: at.clone(),
        number,
        href: "change.html".into(),
        delivery: Delivery {
            change_id: number.to_string(),
            state,
            message: Message::new(delivery),
            tone,
            at: (live || refused).then_some(at),
            pending_as_of: waiting.then(|| "23 Nov 2026, 20:16:10 UTC".into()),
            again: "#".into(),
            back: refused.then(|| "#".into()),
            announcement: delivery.into(),
        },
    })
}

pub fn kept() -> Option<BotAbsent> {
    Some(BotAbsent { kept_until: Some("23 Dec 2026".into()), invite_href: "#".into() })
}

pub fn landing() -> LandingPage {
    let shell = Shell { person: None, ..shell("Sign in") };
    LandingPage { shell, sign_in_href: "/login".into() }
}

pub fn picker(query: &str) -> PickerPage {
    let card = |name: &str, initials: &str, n: usize| GuildCard {
        href: "/guilds/412".into(),
        name: name.into(),
        icon_url: (n % 3 == 1).then(|| FACE.into()),
        initials: initials.into(),
        owner: n.is_multiple_of(2),
        last_used: n == 0,
    };
    let names = [
        ("Lantern House", "LH"),
        ("Bücher & Brettspiele Köln", "BB"),
        ("مقهى الألعاب", "ما"),
        ("The Society of People Who Name Their Servers At Considerable Length", "TS"),
        ("rust-evening", "R"),
    ];
    let found = |name: &str| query.is_empty() || name.contains(query);
    let pick = |from: usize| {
        names
            .iter()
            .enumerate()
            .skip(from)
            .filter(|(_, (name, _))| found(name))
            .map(|(n, (name, letters))| card(name, letters, n))
            .collect::<Vec<_>>()
    };
    PickerPage { shell: shell("Your servers"), query: query.into(), total: 7, with_bot: pick(0), invitable: pick(3) }
}

pub fn picker_without_servers() -> PickerPage {
    let shell = shell("Your servers");
    PickerPage { shell, query: String::new(), total: 0, with_bot: Vec::new(), invitable: Vec::new() }
}

pub fn overview(gone: bool) -> OverviewPage {
    let module = |key: &'static str, name: &str, purpose: &str, on: bool, facts: &[&str]| ModuleCard {
        href: format!("/guilds/412/settings/{key}"),
        name: name.into(),
        purpose: purpose.into(),
        icon: key,
        on,
        defaults: facts.is_empty(),
        facts: facts.iter().map(|&fact| fact.into()).collect(),
        problems: Vec::new(),
        last_change: None,
    };
    let mut modules = vec![
        module(
            "tempvoice",
            "TempVoice",
            "Join a channel, get a room of your own.",
            true,
            &["3 creators", "Overflow: Lounge"],
        ),
        module("giveaway", "Giveaway", "Defaults for draws.", true, &["Ping role: Draws", "2 bonus entries"]),
        module("tickets", "Tickets", "Private help for members.", false, &[]),
        module("music", "Music", "Who may play what, where.", true, &["DJ roles: 1"]),
    ];
    modules[0].last_change = change(12, "sent", "Sent to the bot, which has not answered yet", Tone::Note);
    modules[1].last_change = change(4, "live", "Live on the bot, 38 ms", Tone::Good);
    modules[3].last_change =
        change(9, "waiting-bot", "Waiting: the bot is offline since 23 Nov 2026, 20:10:00 UTC", Tone::Warning);
    modules[0].problems = vec!["The bot may not move members in “Lounge”.".into()];
    OverviewPage {
        shell: inside(SERVER, "Overview"),
        name: SERVER.into(),
        icon_url: None,
        initials: "LH".into(),
        absent: if gone { kept() } else { None },
        modules,
        feed: Vec::new(),
        as_of: "24 Nov 2026, 12:00:00 UTC".into(),
        again: "overview.html".into(),
        log_href: "changes.html".into(),
        carry_href: "carry.html".into(),
    }
}

pub fn invite() -> InvitePage {
    InvitePage {
        shell: shell("Invite the bot"),
        name: SERVER.into(),
        icon_url: None,
        initials: "LH".into(),
        discord_href: "#".into(),
        check_href: "#".into(),
        permissions: [
            "View channels",
            "Manage channels",
            "Manage roles",
            "Send messages",
            "Embed links",
            "Connect and speak",
            "Move members",
        ]
        .map(Into::into)
        .to_vec(),
    }
}

fn differences() -> Vec<Difference> {
    let row = |label: &str, stored: &str, typed: &str| Difference {
        label: label.into(),
        stored: stored.into(),
        typed: typed.into(),
    };
    vec![
        row("Most rooms a member may have", "2", "1"),
        row("Creators", "Lobby: {user}'s room, open\nQuiet: {activity}, hidden", "Lobby: {user}'s room, open"),
        row("Voice role", "Speaking", "none"),
    ]
}

pub fn reset() -> ResetPage {
    ResetPage {
        shell: inside("Set TempVoice back", "TempVoice"),
        guild_name: SERVER.into(),
        module_name: "TempVoice".into(),
        action: "#".into(),
        back_href: "#".into(),
        revision: 12,
        csrf_token: "sample".into(),
        rows: differences(),
    }
}

fn clash(label: &str, [was, mine, theirs]: [&str; 3], chosen: Option<Side>) -> ConflictRow {
    let choice = |side, text: &str| Choice { side, text: text.into(), checked: chosen == Some(side) };
    let id = format!("f-{}", label.replace(' ', "-").to_lowercase());
    ConflictRow {
        name: id.clone(),
        id,
        label: label.into(),
        was: Some(was.into()),
        by_itself: chosen.is_some(),
        missing: false,
        choices: [choice(Side::Mine, mine), choice(Side::Theirs, theirs)],
    }
}

pub fn conflict() -> ConflictPage {
    ConflictPage {
        shell: inside("Conflict: TempVoice", "TempVoice"),
        guild_name: SERVER.into(),
        module_name: "TempVoice".into(),
        theirs: change(13, "live", "Live on the bot", Tone::Good),
        rows: vec![
            clash("Most rooms a member may have", ["1", "1", "2"], Some(Side::Theirs)),
            clash("Voice role", ["none", "Speaking", "none"], Some(Side::Mine)),
            clash("Seconds an empty room stays", ["15 seconds", "30 seconds", "60 seconds"], None),
        ],
        action: "#".into(),
        pairs: vec![("max_rooms_per_member".into(), "1".into())],
        revision: 13,
        opened: 12,
        csrf_token: "sample".into(),
    }
}

pub fn error() -> ErrorPage {
    ErrorPage {
        shell: shell("Discord does not answer"),
        heading: "Discord does not answer".into(),
        advice: vec![
            "Nothing was saved: Guildhall could not ask Discord whether you may still change this server.".into(),
            "This usually passes within a minute.".into(),
        ],
        actions: vec![Action { href: "/guilds".into(), label: "Your servers".into() }],
        again: Some(Again { action: "#".into(), pairs: Vec::new(), label: "Send it again".into() }),
        request_id: "0193-5b7e-51c2".into(),
    }
}
