//! Before you save: each page says what the bot can do of it and what not, and what to do about it in Discord.

use std::time::Duration;

use discord_standin::Id;
use discord_standin::permissions::{
    ATTACH_FILES, EMBED_LINKS, MANAGE_CHANNELS, MENTION_EVERYONE, MOVE_MEMBERS, SEND_MESSAGES, SPEAK,
};
use discord_standin::seed::{HARBOUR_CLUB, channels, roles};
use discord_standin::world::{Channel, Overwrite, World, channel_type};

use super::{Pairs, replaced, warning_at, with};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};

/// Saves settings with which everything works, and gives the page.
pub(super) async fn set_up(mira: &mut Visitor, module: &str) {
    let form = mira.opens(module).await;
    let id = |id: Id| id.to_string();
    let form = match module {
        "tempvoice" => {
            let row = [
                ("creators.0.creator_channel_id", id(channels::LOBBY)),
                ("creators.0.category_id", id(channels::TEMPORARY_ROOMS)),
                ("creators.0.name_template", "{user}: {activity}".to_owned()),
                ("creators.0.user_limit", "0".to_owned()),
                ("creators.0.privacy", "open".to_owned()),
            ];
            let row: Pairs = row.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            let form = replaced(&form, "creators", &row);
            with(
                &form,
                &[("enabled", "on"), ("log_channel_id", &id(channels::MOD_LOG)), ("voice_role_id", &id(roles::DJ))],
            )
        }
        "giveaway" => {
            with(&form, &[("default_channel_id", &id(channels::GIVEAWAYS)), ("ping_role_id", &id(roles::EVENT_HOST))])
        }
        "tickets" => with(
            &form,
            &[
                ("enabled", "on"),
                ("category_id", &id(channels::TICKETS)),
                ("support_role_ids", &id(roles::SUPPORT)),
                ("log_channel_id", &id(channels::MOD_LOG)),
                ("transcript_channel_id", &id(channels::TRANSCRIPTS)),
                ("rating_channel_id", &id(channels::GENERAL)),
            ],
        ),
        _ => with(
            &form,
            &[("request_channel_id", &id(channels::MUSIC)), ("voice_channel_ids", &id(channels::MUSIC_BAR))],
        ),
    };
    let answer = mira.post(&settings(module), &form).await;
    assert_eq!(answer.status, 303, "{module}: {}", answer.main());
}

pub(super) const MODULES: [&str; 4] = ["tempvoice", "giveaway", "tickets", "music"];

/// What is wrong, a line each.
pub(super) fn wrong(page: &Page) -> Vec<String> {
    page.texts("#checklist .checklist-lines li")
}

/// The page after the server has changed.
pub(super) async fn after(app: &TestApp, visitor: &mut Visitor, module: &str, change: impl FnOnce(&mut World)) -> Page {
    app.discord.edit(change);
    app.clock.advance(Duration::from_secs(61));
    let page = visitor.get(&settings(module)).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page
}

/// Takes a permission from the bot everywhere.
fn takes(world: &mut World, permission: u64) {
    for role in [HARBOUR_CLUB, roles::HARBOUR_BOT] {
        world.role_mut(HARBOUR_CLUB, role).unwrap().permissions &= !permission;
    }
}

fn denies(world: &mut World, channel: Id, permission: u64) {
    let overwrite = Overwrite::role(roles::HARBOUR_BOT, 0, permission);
    world.channel_mut(channel).unwrap().permission_overwrites.push(overwrite);
}

fn fills(world: &mut World, category: Id, count: u64) {
    for n in 0..count {
        let channel = Channel::new(Id(category.0 + 7_000_000 + n), channel_type::VOICE, &format!("Room {n}"));
        world.add_channel(HARBOUR_CLUB, channel.inside(category)).unwrap();
    }
}

/// The one line that says so: its word, and parts of it.
pub(super) fn says(page: &Page, word: &str, parts: &[&str]) {
    let lines = wrong(page);
    let found = lines.iter().any(|line| line.starts_with(word) && parts.iter().all(|part| line.contains(part)));
    assert!(found, "{word} {parts:?}: {lines:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_works_is_a_number_and_what_was_looked_at_can_be_read() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for (module, fine) in [
        ("tempvoice", "the category has 0 of 50"),
        ("giveaway", "mention"),
        ("tickets", "read messages for transcripts"),
        ("music", "Music bar"),
    ] {
        set_up(&mut mira, module).await;
        let page = mira.get(&settings(module)).await;
        assert_eq!(wrong(&page), [""; 0], "{module}");
        let listed = page.texts("#checklist .checklist-fine li");
        assert!(listed.len() >= 3, "{module}: {listed:?}");
        let sum = page.text("#checklist .checklist-sum");
        assert_eq!(sum, format!("{} things checked, all fine.", listed.len()), "{module}");
        let fine = fine.replace("the category", "Temporary rooms, which");
        assert!(
            listed.iter().any(|line| line.replace(['\u{2068}', '\u{2069}'], "").contains(&fine)),
            "{module}: {listed:?}"
        );
        assert!(!page.has("#checklist a[href$='/invite']"), "{module}: nothing is lacking");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_permission_the_server_does_not_give_is_named_with_the_way_to_it_and_the_invitation_mends_it() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for module in MODULES {
        set_up(&mut mira, module).await;
    }
    let before = app.discord.edit(|world| world.clone());
    for (module, permission, name, word) in [
        ("tempvoice", MOVE_MEMBERS, "Move Members", "Cannot work"),
        ("tempvoice", EMBED_LINKS, "Embed Links", "Worth a look"),
        ("giveaway", EMBED_LINKS, "Embed Links", "Cannot work"),
        ("tickets", MANAGE_CHANNELS, "Manage Channels", "Cannot work"),
        ("tickets", ATTACH_FILES, "Attach Files", "Worth a look"),
        ("music", SPEAK, "Speak", "Cannot work"),
        ("music", SEND_MESSAGES, "Send Messages", "Worth a look"),
    ] {
        let page = after(&app, &mut mira, module, |world| takes(world, permission)).await;
        says(&page, word, &["lacks permissions on this server", name, "Server Settings → Roles →", "Harbour Bot"]);
        assert_eq!(wrong(&page).len(), 1, "said once, and not of every channel: {:?}", wrong(&page));
        let invite = format!("/guilds/{HARBOUR}/invite");
        assert_eq!(page.attributes("#checklist a.button", "href"), std::slice::from_ref(&invite));
        let discord = mira.get(&invite).await.location().to_owned();
        assert!(discord.contains(&format!("guild_id={HARBOUR}")), "{discord}");
        // The same on the overview.
        let overview = mira.get(&format!("/guilds/{HARBOUR}")).await;
        let cards = overview.texts(".card-module .problems li");
        assert!(cards.iter().any(|line| line.starts_with(word) && line.contains(name)), "{module}: {cards:?}");
        app.discord.edit(|world| *world = before.clone());
    }
    for module in MODULES {
        assert_eq!(wrong(&after(&app, &mut mira, module, |_| {}).await), [""; 0], "{module} is well again");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_channel_takes_from_the_bot_is_said_of_that_channel_alone() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for module in MODULES {
        set_up(&mut mira, module).await;
    }
    for (module, channel, permission, parts) in [
        (
            "tempvoice",
            channels::TEMPORARY_ROOMS,
            MANAGE_CHANNELS,
            ["Temporary rooms", "Edit Category", "Manage Channel"],
        ),
        ("tempvoice", channels::LOBBY, MOVE_MEMBERS, ["Lobby", "Edit Channel", "Move Members"]),
        ("giveaway", channels::GIVEAWAYS, SEND_MESSAGES, ["giveaways", "Edit Channel", "Send Messages"]),
        ("tickets", channels::TICKETS, MANAGE_CHANNELS, ["Tickets", "Edit Category", "Manage Channel"]),
        ("tickets", channels::TRANSCRIPTS, ATTACH_FILES, ["transcripts", "Edit Channel", "Attach Files"]),
        ("music", channels::MUSIC_BAR, SPEAK, ["Music bar", "Edit Channel", "Speak"]),
    ] {
        let before = app.discord.edit(|world| world.clone());
        let page = after(&app, &mut mira, module, |world| denies(world, channel, permission)).await;
        says(&page, "Cannot work", &parts);
        assert_eq!(wrong(&page).len(), 1, "{:?}", wrong(&page));
        assert!(!page.has("#checklist a[href$='/invite']"), "an invitation would not mend it");
        let field = page.attributes("#checklist .checklist-lines a", "href").remove(0);
        assert!(page.has(&format!("[id='{}']", field.trim_start_matches('#'))), "{field} is on the page");
        app.discord.edit(|world| *world = before);
    }
    // Taken from the bot by its own name, it comes back only there.
    let page = after(&app, &mut mira, "giveaway", |world| {
        world.overwrite_bot(channels::GIVEAWAYS, 0, EMBED_LINKS).unwrap();
        denies(world, channels::GIVEAWAYS, 0);
    })
    .await;
    says(&page, "Cannot work", &["Permissions →", "Harbour Bot", "Embed Links"]);
    // Without sending, nothing of it works; only what is switched off is named.
    let page = after(&app, &mut mira, "giveaway", |world| {
        world.overwrite_bot(channels::GIVEAWAYS, EMBED_LINKS, SEND_MESSAGES).unwrap();
    })
    .await;
    assert!(!wrong(&page)[0].contains("Embed Links"), "{:?}", wrong(&page));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_above_the_bot_and_roles_it_cannot_mention_are_pointed_out() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    set_up(&mut mira, "tempvoice").await;
    set_up(&mut mira, "giveaway").await;
    let page = after(&app, &mut mira, "tempvoice", |world| world.move_role(HARBOUR_CLUB, roles::DJ, 20).unwrap()).await;
    says(&page, "Cannot work", &["DJ", "highest role"]);
    let page = after(&app, &mut mira, "giveaway", |world| takes(world, MENTION_EVERYONE)).await;
    says(&page, "Worth a look", &["Event Host", "notifies nobody", "Server Settings → Roles →"]);
    let page = after(&app, &mut mira, "giveaway", |world| {
        world.role_mut(HARBOUR_CLUB, roles::EVENT_HOST).unwrap().mentionable = true;
    })
    .await;
    assert_eq!(wrong(&page), [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_category_says_how_full_it_is_and_what_becomes_of_the_rest() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for (module, category, field) in [
        ("tempvoice", channels::TEMPORARY_ROOMS, "overflow_category_id"),
        ("tickets", channels::TICKETS, "overflow_category_id"),
    ] {
        set_up(&mut mira, module).await;
        let page = after(&app, &mut mira, module, |world| fills(world, category, 48)).await;
        says(&page, "Worth a look", &["48 of 50", "room for 2 more"]);
        let page = after(&app, &mut mira, module, |world| fills(world, category, 50)).await;
        says(&page, "Cannot work", &["full", "50 of 50"]);
        let more = channels::MORE_ROOMS.to_string();
        assert_eq!(mira.saves(module, &[(field, &more)]).await.status, 303);
        let page = mira.get(&settings(module)).await;
        says(&page, "Worth a look", &["full", "overflow"]);
        assert_eq!(mira.saves(module, &[(field, "")]).await.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn channels_that_everyone_can_read_are_pointed_out_where_it_matters() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    set_up(&mut mira, "tickets").await;
    set_up(&mut mira, "tempvoice").await;
    let opens =
        |channel: Id| move |world: &mut World| world.channel_mut(channel).unwrap().permission_overwrites.clear();
    let page = after(&app, &mut mira, "tickets", opens(channels::TRANSCRIPTS)).await;
    says(&page, "Worth a look", &["every transcript"]);
    assert_ne!(warning_at(&page, "transcript_channel_id"), "", "at the field as well");
    let page = after(&app, &mut mira, "tempvoice", opens(channels::MOD_LOG)).await;
    says(&page, "Worth a look", &["Everyone on the server can read", "mod-log"]);
    // Where it is wanted nothing is said.
    let page = mira.get(&settings("giveaway")).await;
    assert_eq!(wrong(&page), [""; 0]);
}
