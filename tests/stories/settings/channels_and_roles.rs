//! What the bot is told to do must be something this server has and this person could do.

use std::time::Duration;

use discord_standin::permissions::{EVERYDAY, MANAGE_GUILD, MENTION_EVERYONE};
use discord_standin::world::{Channel, Emoji, channel_type};
use discord_standin::{Fault, FaultKind, Id, seed};
use seed::{channels, emojis, roles};

use super::{Pairs, assert_refused_at, error_at, replaced, typed, with};
use crate::support::TestApp;
use crate::support::app::Stage;
use crate::support::visitor::{Visitor, settings};

/// The Library's reading room.
const FOREIGN: Id = Id(seed::LIBRARY.0 + ((10 * 60_000) << 22));
/// Nothing has this id.
const NOTHING: Id = Id(816_370_565_387_403_000);

fn creator(form: &[(String, String)], channel: Id, category: Id) -> Pairs {
    let row = [
        ("creator_channel_id", channel.to_string()),
        ("category_id", category.to_string()),
        ("name_template", "{user}".to_owned()),
        ("user_limit", "0".to_owned()),
        ("privacy", "open".to_owned()),
    ];
    let row: Pairs = row.into_iter().map(|(name, value)| (format!("creators.0.{name}"), value)).collect();
    replaced(form, "creators", &row)
}

/// Puts an id into a field and expects an error there; gives what is said.
async fn refused(visitor: &mut Visitor, name: &str, field: &str, id: Id) -> String {
    let form = with(&visitor.opens(name).await, &[(field, &id.to_string())]);
    let page = visitor.post(&settings(name), &form).await;
    assert_refused_at(&page, &[field]);
    assert_eq!(typed(&page.form(&settings(name))), typed(&form), "{field}: what was chosen stays chosen");
    error_at(&page, field)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_channels_that_are_here_and_of_the_right_kind_are_taken() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let texts = [
        ("tempvoice", "log_channel_id"),
        ("giveaway", "default_channel_id"),
        ("tickets", "log_channel_id"),
        ("tickets", "transcript_channel_id"),
        ("tickets", "rating_channel_id"),
        ("music", "request_channel_id"),
        ("music", "announce_channel_id"),
        ("music", "text_channel_ids"),
    ];
    for (name, field) in texts {
        for id in [FOREIGN, NOTHING, seed::HARBOUR_CLUB, channels::CAPTAINS_TABLE] {
            assert!(refused(&mut mira, name, field, id).await.contains("deleted"), "{field} {id}");
        }
        for id in [channels::LOBBY, channels::COMMUNITY, channels::FORUM, channels::FUTURE, channels::STAGE_HALL] {
            refused(&mut mira, name, field, id).await;
        }
    }
    for (name, field) in [
        ("tempvoice", "overflow_category_id"),
        ("tickets", "category_id"),
        ("tickets", "overflow_category_id"),
        ("tickets", "closed_category_id"),
    ] {
        for id in [FOREIGN, channels::GENERAL, channels::LOBBY] {
            refused(&mut mira, name, field, id).await;
        }
    }
    refused(&mut mira, "music", "voice_channel_ids", channels::GENERAL).await;
    let form = mira.opens("tempvoice").await;
    for channel in [channels::STAGE_HALL, channels::GENERAL, FOREIGN] {
        let page = mira.post(&settings("tempvoice"), &creator(&form, channel, channels::GENERAL)).await;
        assert_refused_at(&page, &["creators.0.creator_channel_id", "creators.0.category_id"]);
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_or_role_made_just_now_is_taken_after_asking_discord_once_more() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("giveaway").await;
    let channel = app.discord.edit(|world| {
        let id = world.new_id();
        world.add_channel(seed::HARBOUR_CLUB, Channel::new(id, channel_type::TEXT, "brand-new")).unwrap()
    });
    app.clock.advance(Duration::from_secs(6));
    let answer = mira.post(&settings("giveaway"), &with(&form, &[("default_channel_id", &channel.to_string())])).await;
    assert_eq!(answer.status, 303, "{:?}", answer.texts("#errors li"));
    assert!(mira.follows(&answer).await.main().contains("#brand-new"));

    let form = mira.opens("giveaway").await;
    let emoji = app.discord.edit(|world| {
        let emoji =
            Emoji { id: world.new_id(), name: "fresh".into(), animated: false, available: true, roles: Vec::new() };
        world.add_emoji(seed::HARBOUR_CLUB, emoji).unwrap()
    });
    app.clock.advance(Duration::from_secs(6));
    let answer = mira.post(&settings("giveaway"), &with(&form, &[("button_emoji", ":fresh:")])).await;
    assert_eq!(answer.status, 303, "{:?}", answer.texts("#errors li"));
    assert_eq!(app.stored("giveaway").await.unwrap().0["buttonEmoji"], format!("<:fresh:{emoji}>"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_that_discord_cannot_be_asked_about_is_not_guessed_and_the_form_is_kept() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = with(&mira.opens("music").await, &[("request_channel_id", &NOTHING.to_string())]);
    app.clock.advance(Duration::from_secs(6));
    let channels = format!("/api/v10/guilds/{}/channels", seed::HARBOUR_CLUB);
    app.discord.fault(Fault::at(&channels, FaultKind::ServerError));
    let page = mira.post(&settings("music"), &form).await;
    assert_eq!(page.status, 503, "{}", page.main());
    app.discord.clear_faults();
    let again = page.form(&settings("music"));
    assert_eq!(typed(&again), typed(&form));
    app.clock.advance(Duration::from_secs(6));
    assert_refused_at(&mira.post(&settings("music"), &again).await, &["request_channel_id"]);
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_deleted_since_the_page_was_opened_is_said_to_be_gone() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = with(&mira.opens("music").await, &[("request_channel_id", &channels::MUSIC.to_string())]);
    app.discord.edit(|world| world.delete_channel(channels::MUSIC)).unwrap();
    app.clock.advance(Duration::from_secs(61));
    let page = mira.post(&settings("music"), &form).await;
    assert_refused_at(&page, &["request_channel_id"]);
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_the_person_cannot_see_is_neither_offered_nor_named_nor_taken() {
    let mut stage = Stage::default();
    stage.world.set_role_permissions(seed::HARBOUR_CLUB, roles::EVENT_HOST, MANAGE_GUILD).unwrap();
    stage.world.set_member_roles(seed::HARBOUR_CLUB, seed::SAM, &[roles::EVENT_HOST]).unwrap();
    let app = TestApp::on(stage).await;
    let mut sam = app.signed_in(seed::SAM).await;
    let page = sam.get(&settings("tickets")).await;
    assert!(!page.main().contains("mod-log"), "it is not offered");
    let said = refused(&mut sam, "tickets", "log_channel_id", channels::MOD_LOG).await;
    assert!(!said.contains("mod-log"), "nor named: {said}");

    // What somebody else has chosen stays, without its name.
    let mut mira = app.mira().await;
    assert_eq!(mira.saves("tickets", &[("log_channel_id", &channels::MOD_LOG.to_string())]).await.status, 303);
    let page = sam.get(&settings("tickets")).await;
    assert!(!page.main().contains("mod-log"), "{}", page.main());
    assert!(page.main().contains("cannot see"));
    assert_eq!(sam.saves("tickets", &[("cooldown_minutes", "6")]).await.status, 303, "unchanged is never wrong");
    assert_eq!(app.stored("tickets").await.unwrap().0["logChannelId"], channels::MOD_LOG.to_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_to_give_is_below_the_bot_and_below_the_person() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    for role in [
        roles::CAPTAIN,
        roles::ADMIN,
        roles::HARBOUR_BOT,
        roles::BOOSTER,
        roles::SUBSCRIBER,
        seed::HARBOUR_CLUB,
        NOTHING,
    ] {
        refused(&mut mira, "tempvoice", "voice_role_id", role).await;
    }
    for role in [roles::MODERATOR, roles::CAPTAIN] {
        refused(&mut jonas, "tempvoice", "voice_role_id", role).await;
    }
    assert_eq!(app.changes().await, (0, 0));
    assert_eq!(mira.saves("tempvoice", &[("voice_role_id", &roles::MODERATOR.to_string())]).await.status, 303);
    assert_eq!(jonas.saves("tempvoice", &[("voice_role_id", &roles::SUPPORT.to_string())]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_to_give_needs_the_right_to_give_roles() {
    let mut stage = Stage::default();
    stage.world.set_role_permissions(seed::HARBOUR_CLUB, roles::MODERATOR, EVERYDAY | MANAGE_GUILD).unwrap();
    let app = TestApp::on(stage).await;
    let mut jonas = app.signed_in(seed::JONAS).await;
    refused(&mut jonas, "tempvoice", "voice_role_id", roles::DJ).await;
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ping_that_reaches_everyone_needs_the_right_to_mention_everyone() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    for role in [roles::EVENT_HOST, seed::HARBOUR_CLUB, NOTHING] {
        refused(&mut jonas, "giveaway", "ping_role_id", role).await;
    }
    assert_eq!(jonas.saves("giveaway", &[("ping_role_id", &roles::GIVEAWAY_PING.to_string())]).await.status, 303);
    assert_eq!(mira.saves("giveaway", &[("ping_role_id", &seed::HARBOUR_CLUB.to_string())]).await.status, 303);
    app.discord
        .edit(|world| {
            let rights = EVERYDAY | MANAGE_GUILD | MENTION_EVERYONE;
            world.set_role_permissions(seed::HARBOUR_CLUB, roles::MODERATOR, rights)
        })
        .unwrap();
    app.clock.advance(Duration::from_secs(61));
    let answer = jonas.saves("giveaway", &[("ping_role_id", &roles::EVENT_HOST.to_string())]).await;
    assert_eq!(answer.status, 303, "{:?}", answer.texts("#errors li"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_that_mean_something_may_be_any_but_everyone() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for (name, field, role) in [
        ("giveaway", "manager_role_ids", roles::ADMIN),
        ("giveaway", "required_role_ids", roles::SUBSCRIBER),
        ("giveaway", "blocked_role_ids", roles::CAPTAIN),
        ("tickets", "support_role_ids", roles::ADMIN),
        ("music", "dj_role_ids", roles::BOOSTER),
    ] {
        refused(&mut mira, name, field, seed::HARBOUR_CLUB).await;
        refused(&mut mira, name, field, NOTHING).await;
        refused(&mut mira, name, field, channels::GENERAL).await;
        let answer = mira.saves(name, &[(field, &role.to_string())]).await;
        assert_eq!(answer.status, 303, "{field}: {:?}", answer.texts("#errors li"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emoji_is_one_sign_or_one_of_this_server() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let lighthouse = format!("<:lighthouse:{}>", emojis::LIGHTHOUSE);
    for wrong in [lighthouse.as_str(), "<:gone:930194370152497000>", ":lighthouse:"] {
        let page = mira.saves("giveaway", &[("button_emoji", wrong)]).await;
        assert_refused_at(&page, &["button_emoji"]);
    }
    let anchor = format!("<:anchor:{}>", emojis::ANCHOR);
    for (typed, stored) in [(":anchor:", anchor.as_str()), ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"), ("❤️", "❤️"), (" 🏆 ", "🏆")]
    {
        let answer = mira.saves("giveaway", &[("button_emoji", typed)]).await;
        assert_eq!(answer.status, 303, "{typed}: {:?}", answer.texts("#errors li"));
        assert_eq!(app.stored("giveaway").await.unwrap().0["buttonEmoji"], stored);
    }
}
