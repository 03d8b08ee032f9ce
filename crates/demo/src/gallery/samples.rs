//! What stands in the gallery besides the form: changes and commands in every state, lists, a server without its bot.

use guildhall::changes::line::{ChangeLine, Delivery, TimeText};
use guildhall::commands::line::CommandLine;
use guildhall::guilds::pages::ReadOnly;
use guildhall::history::pages::{Line, Mark, Select, SideRow};
use guildhall::settings::pages::Following;
use guildhall::web::assets;
use guildhall::web::shell::{Banner, Crumb, Flash, FooterLinks, GuildNav, NavGroup, NavItem, PersonBadge, Shell, Tone};
use guildhall::web::tab::Tab;
use guildhall::web::taste::Theme;
use guildhall::web::words::Message;

pub fn shell(theme: Theme) -> Shell {
    let item = |path: &str, label: &str, on: Option<bool>| NavItem {
        href: format!("#/guilds/412{path}"),
        label: label.into(),
        current: path == "/settings/tempvoice",
        on,
        editable: true,
    };
    let group = |name, items| NavGroup { name, items };
    let crumb = |label: &str, href: Option<&str>| Crumb { label: label.into(), href: href.map(Into::into) };
    Shell {
        theme,
        title: "Gallery".into(),
        person: Some(PersonBadge { name: "Mira Kowalczyk".into(), avatar_url: face() }),
        csrf_token: "sample".into(),
        guild: Some(GuildNav {
            id: "412".into(),
            name: "Lantern House".into(),
            icon_url: None,
            initials: "LH".into(),
            banner: Some(Banner { state: "away", message: since("banner-offline") }),
            groups: vec![
                group("", vec![item("", "Overview", None)]),
                group(
                    "settings",
                    vec![
                        item("/settings/tempvoice", "TempVoice", Some(true)),
                        item("/settings/tickets", "Tickets", Some(false)),
                    ],
                ),
                group("history", vec![item("/changes", "Change log", None)]),
            ],
            crumbs: vec![crumb("Lantern House", Some("#")), crumb("TempVoice", None)],
            ..GuildNav::default()
        }),
        flash: Some(Flash { tone: Tone::Good, message: Message::new("flash-preferences-saved") }),
        links: FooterLinks { support: Some("#".into()), privacy: Some("#".into()), terms: None },
        ..Shell::default()
    }
}

/// A picture of somebody.
pub fn face() -> String {
    assets::href("favicon.svg")
}

pub fn kept() -> ReadOnly {
    ReadOnly::BotAbsent { kept_until: Some("23 Dec 2026".into()), invite_href: "#".into() }
}

fn since(key: &'static str) -> Message {
    Message::new(key).text("since", "23 Nov 2026, 20:10:00 UTC")
}

fn moment() -> TimeText {
    TimeText { exact: "2026-11-23T20:15:00Z".into(), text: "23 Nov 2026, 20:15:00 UTC".into() }
}

/// A change in every state that it can be in.
pub fn changes() -> Vec<ChangeLine> {
    let because = Message::new("delivery-refused-because").text("reason", "no such channel");
    let all = [
        ("saved", Message::new("delivery-saved"), Tone::Note),
        ("sent", Message::new("delivery-sent"), Tone::Note),
        ("live", Message::new("delivery-live-ms").number("ms", 38), Tone::Good),
        ("refused", because, Tone::Bad),
        ("waiting-connection", since("delivery-waiting-connection"), Tone::Warning),
        ("waiting-bot", since("delivery-waiting-bot"), Tone::Warning),
        ("replaced", Message::new("delivery-replaced"), Tone::Note),
    ];
    let line = |(at, (state, message, tone)): (usize, (&'static str, Message, Tone))| ChangeLine {
        subject: format!("sample-{at}"),
        by: "Mira".into(),
        avatar_url: face(),
        at: moment(),
        number: 12,
        href: Some("#".into()),
        delivery: Delivery {
            change_id: at.to_string(),
            state,
            message,
            tone,
            at: matches!(state, "live" | "refused").then(moment),
            pending_as_of: state.starts_with("waiting").then(|| moment().text),
            again: "#".into(),
            back: (state == "refused").then(|| "#".into()),
            announcement: String::new(),
        },
    };
    all.into_iter().enumerate().map(line).collect()
}

/// A command that was given from the page.
pub fn following() -> Following {
    Following { id: "following".into(), href: "#".into(), tone: Tone::Note, said: Message::new("command-sent") }
}

/// That a change is live.
pub fn live() -> Delivery {
    Delivery {
        change_id: "live".into(),
        state: "live",
        message: Message::new("delivery-live-ms").number("ms", 38),
        tone: Tone::Good,
        at: Some(moment()),
        pending_as_of: None,
        again: "#".into(),
        back: None,
        announcement: String::new(),
    }
}

/// A command to the bot in every state that it can be in.
pub fn commands() -> Vec<CommandLine> {
    let all = [
        ("waiting", Message::new("command-waiting"), Tone::Note),
        ("sent", Message::new("command-sent"), Tone::Note),
        ("waiting-connection", since("command-waiting-connection"), Tone::Warning),
        ("done", Message::new("command-done"), Tone::Good),
        ("failed", Message::new("command-failed-missing-permissions"), Tone::Bad),
        ("expired", Message::new("command-expired"), Tone::Warning),
        ("no-answer", Message::new("command-no-answer"), Tone::Warning),
    ];
    let line = |(at, (state, message, tone)): (usize, (&'static str, Message, Tone))| CommandLine {
        id: format!("sample-{at}"),
        href: "#".into(),
        doing: Message::new("command-doing-giveaway-end").name("label", "A month of Nitro"),
        state,
        tone,
        message,
        advice: (state == "failed").then(|| Message::new("command-advice-missing-permissions")),
        at: (state == "done").then(moment),
        posted: (state == "done").then(|| "#".into()),
        may_be_tried_again: matches!(state, "expired" | "no-answer"),
        pending_as_of: (state == "sent").then(|| moment().text),
        check_again: "#".into(),
        announcement: String::new(),
    };
    all.into_iter().enumerate().map(line).collect()
}

pub fn tabs() -> Vec<Tab> {
    let tab = |name: &'static str, count: &str| Tab {
        name,
        label: name.into(),
        count: count.into(),
        href: "#".into(),
        current: name == "Open",
    };
    vec![tab("Open", "3"), tab("Closed", "26"), tab("Deleted", "0")]
}

pub fn select() -> Select {
    let options = ["TempVoice", "Music"].map(|name| (name.to_lowercase(), name.to_owned(), name == "Music"));
    Select { name: "module", label: "Module".into(), any: "Any".into(), options: options.to_vec() }
}

/// What a comparison can show: a changed text, something new, something gone, another order.
pub fn differences() -> Vec<SideRow> {
    let line = |mark, text: &str| Line { mark, text: text.into() };
    let row = |label: &str, before, after| SideRow { label: label.into(), before, after };
    vec![
        row(
            "Welcome message: text",
            vec![line(Mark::LeftOut, "3"), line(Mark::Same, "Hello {user},"), line(Mark::Removed, "what is it?")],
            vec![line(Mark::LeftOut, "3"), line(Mark::Same, "Hello {user},"), line(Mark::Added, "how can we help?")],
        ),
        row("Voice role", Vec::new(), vec![line(Mark::Added, "Speaking")]),
        row("Creator 2", vec![line(Mark::Removed, "Quiet: {activity}, hidden")], Vec::new()),
        row("Creators", Vec::new(), Vec::new()),
    ]
}
