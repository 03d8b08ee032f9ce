//! Every kind of page once, with everything on it that a person may meet: the ground for what holds everywhere.

use std::time::Duration;

use demo::bot::Behaviour;
use discord_standin::seed::{self, channels, roles};
use discord_standin::{Fault, FaultKind};
use guildhall::accounts::end_all_sessions;

use super::chromium::Browser;
use crate::commands::{ending, gives};
use crate::delivery::{comes_to, is_heard};
use crate::history::deeds::shows_deeds;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::{Visitor, settings};

/// Everything a message may be marked with.
fn rich() -> String {
    format!(
        "# Hello {{user}}\nask **away** `now`, ||or|| __*later*__ ~~never~~ <:wave:{}> \u{1f389}\n\
         > [Rules](https://rules.example/all) and <#{}>\n1. one\n2. two\n```rust\nfn main() {{}}\n```",
        seed::emojis::WAVE,
        channels::MUSIC
    )
}

/// Takes the browser from page to page and calls `at` on each with a name for it.
pub async fn tour(app: &TestApp, mira: &Browser, mut at: impl AsyncFnMut(&str)) {
    mira.goes("/").await;
    at("landing").await;
    mira.signs_in(seed::MIRA).await;
    at("picker").await;
    mira.goes("/guilds?q=nothing+like+it").await;
    at("picker-no-match").await;
    mira.goes(&guild(HARBOUR)).await;
    at("overview-fresh").await;
    mira.goes(&format!("{}/reset", settings("music"))).await;
    at("reset-nothing").await;
    super::tour_states::empty(mira, &mut at).await;

    fill(app).await;
    mira.goes(&guild(HARBOUR)).await;
    at("overview").await;
    for module in ["tempvoice", "giveaway", "tickets", "music"] {
        mira.goes(&settings(module)).await;
        at(module).await;
    }
    refused_and_contested(app, mira, &mut at).await;
    history(app, mira, &mut at).await;
    super::ticket_tour::tour(app, mira, &mut at).await;
    super::tour_panels::tour(app, mira, &mut at).await;
    super::tour_staff::tour(app, mira, &mut at).await;
    super::tour_sets::tour(app, mira, &mut at).await;
    super::tour_living::tour(app, mira, &mut at).await;
    super::tour_navigation::tour(mira, &mut at).await;
    elsewhere(mira, &mut at).await;
    super::tour_first::checklists(mira, &mut at).await;
    deliveries(app, mira, &mut at).await;
    super::tour_states::moments(mira, &mut at).await;
    errors(app, mira, &mut at).await;
    super::tour_staff::at_work(mira, &mut at).await;
    super::tour_first::newcomer(app, mira, &mut at).await;
}

/// The states of a change, with a bot that applies, refuses, and is gone.
async fn deliveries(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    let bot = app.example_bot();
    is_heard(app).await;
    let mut visitor = app.mira().await;
    let settled = async |module: &str, state: &str| {
        comes_to(&app.mira().await, module, state).await;
    };
    visitor.saves("giveaway", &[("default_winners", "3")]).await;
    settled("giveaway", "live").await;
    visitor.saves("tempvoice", &[("bitrate_kbps", "64")]).await;
    settled("tempvoice", "live").await;
    mira.goes(&settings("tempvoice")).await;
    at("tempvoice-live").await;
    bot.behave(Behaviour { refuses: Some("the node “eu-1” does not answer".into()), ..Behaviour::default() });
    visitor.saves("music", &[("default_volume", "66")]).await;
    settled("music", "refused").await;
    mira.goes(&settings("music")).await;
    at("music-refused").await;
    bot.stop().await;
    visitor.saves("tickets", &[("max_open_per_user", "2")]).await;
    app.clock.advance(Duration::from_secs(60));
    settled("tickets", "waiting-bot").await;
    mira.goes(&settings("tickets")).await;
    at("tickets-waiting").await;
    mira.goes(&guild(HARBOUR)).await;
    at("overview-offline").await;
    let (_, command) = gives(app, seed::MIRA, ending("A month of Nitro")).await;
    app.clock.advance(Duration::from_secs(31));
    mira.goes(&command).await;
    at("command-no-answer").await;
}

pub fn guild(id: u64) -> String {
    format!("/guilds/{id}")
}

/// Settings in every module, saved by two people.
async fn fill(app: &TestApp) {
    let mut mira = app.mira().await;
    let mut jonas = app.signed_in(seed::JONAS).await;
    let pairs =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>();
    let (lobby, rooms) = (channels::LOBBY.to_string(), channels::TEMPORARY_ROOMS.to_string());
    let (lounge, more) = (channels::LOUNGE.to_string(), channels::MORE_ROOMS.to_string());
    save(
        &mut mira,
        "tempvoice",
        &pairs(&[
            ("enabled", "on"),
            ("creators.0.creator_channel_id", &lobby),
            ("creators.0.category_id", &rooms),
            ("creators.0.name_template", "{user}'s cabin"),
            ("creators.0.user_limit", "0"),
            ("creators.0.privacy", "open"),
            ("creators.1.creator_channel_id", &lounge),
            ("creators.1.category_id", &more),
            ("creators.1.name_template", "Study {number}"),
            ("creators.1.user_limit", "4"),
            ("creators.1.privacy", "locked"),
            ("bitrate_kbps", "96"),
        ]),
    )
    .await;
    save(
        &mut jonas,
        "giveaway",
        &pairs(&[
            ("default_channel_id", &channels::GIVEAWAYS.to_string()),
            ("required_role_ids", &roles::MEMBER.to_string()),
            ("bonus_entries.0.role_id", &roles::BOOSTER.to_string()),
            ("bonus_entries.0.entries", "3"),
            ("start_message.content", "{host} gives away {prize}"),
        ]),
    )
    .await;
    save(
        &mut mira,
        "tickets",
        &pairs(&[
            ("enabled", "on"),
            ("category_id", &channels::TICKETS.to_string()),
            ("support_role_ids", &roles::SUPPORT.to_string()),
            ("transcript_channel_id", &channels::GENERAL.to_string()),
            ("welcome_message.embed.fields.0.name", "Answers"),
            ("welcome_message.embed.fields.0.value", "{answers}"),
        ]),
    )
    .await;
    save(&mut jonas, "music", &pairs(&[("default_volume", "70"), ("stay_connected", "on")])).await;
}

async fn save(person: &mut Visitor, module: &str, edits: &[(String, String)]) {
    let edits: Vec<(&str, &str)> = edits.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = person.saves(module, &edits).await;
    assert_eq!(answer.status, 303, "{module}: {}", answer.main());
}

/// The pages that come back from a form of settings.
async fn refused_and_contested(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "45").await;
    mira.switches("autoplay", true).await;
    mira.switches("autoplay", false).await;
    mira.writes("max_queue_size", "499").await;
    at("unsaved").await;
    mira.saves().await;
    at("saved").await;

    mira.goes(&settings("tempvoice")).await;
    mira.rows("add:creators").await;
    at("row-added").await;
    mira.writes("bitrate_kbps", "loud").await;
    mira.writes("panel_color", "red").await;
    mira.chooses("creators.2.creator_channel_id", channels::LOBBY).await;
    mira.saves().await;
    mira.is_titled("Error:").await;
    at("refused").await;

    mira.goes(&settings("tickets")).await;
    mira.writes("welcome_message.content", &rich()).await;
    mira.writes("welcome_message.embed.description", "### We are here\n-# <t:1795489320:D>\n- tell us *what* you need")
        .await;
    mira.writes("welcome_message.embed.color", "#14b8a6").await;
    mira.writes("welcome_message.embed.footer", "Harbour Club").await;
    mira.previews("welcome_message").await;
    at("preview").await;

    mira.goes(&format!("{}/reset", settings("tickets"))).await;
    at("reset").await;
    mira.goes(&settings("tickets")).await;
    mira.uncovered("a[href$='/reset']").await.click().await.unwrap();
    eventually("it is asked", || async { mira.is_asked().await }).await;
    at("reset-dialog").await;

    mira.goes(&settings("giveaway")).await;
    mira.writes("default_winners", "4").await;
    mira.writes("start_message.content", "A long text in several lines.\n\nAnother one.").await;
    app.signed_in(seed::JONAS).await.saves("giveaway", &[("button_text", "Join")]).await;
    mira.saves().await;
    mira.is_titled("Conflict:").await;
    at("conflict").await;
}

/// The change log, with a version that can no longer be restored as it was.
async fn history(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    let log = format!("{}/changes", guild(HARBOUR));
    let mut jonas = app.signed_in(seed::JONAS).await;
    let text = "Hello {user},\n\nwrite what it is about.\nWe answer within a day.";
    jonas.saves("tickets", &[("welcome_message.content", text), ("max_open_per_user", "3")]).await;
    jonas.saves("tempvoice", &[("creators.0.user_limit", "8"), ("owner_controls", "rename")]).await;
    let deeds = shows_deeds(app).await;
    mira.goes(&log).await;
    at("changes").await;
    mira.goes(&format!("{log}/{deeds}")).await;
    at("change-content").await;
    mira.goes(&format!("{log}?module=music&did=reset&from=yesterday")).await;
    at("changes-no-match").await;
    for (module, name) in [("tickets", "change-message"), ("tempvoice", "change-rows")] {
        let page = jonas.get(&format!("{log}?module={module}")).await;
        mira.goes(&page.attributes(".log-entry h2 a", "href")[0]).await;
        at(name).await;
    }
    let first =
        jonas.get(&format!("{log}?module=tempvoice&did=create")).await.attributes(".log-entry h2 a", "href").remove(0);
    mira.goes(&format!("{first}/restoration")).await;
    at("restoration").await;
    jonas.saves("giveaway", &[("default_channel_id", "")]).await;
    let first = jonas.get(&format!("{log}?module=giveaway&did=create")).await.attributes(".log-entry h2 a", "href");
    app.discord.edit(|world| world.delete_channel(channels::GIVEAWAYS)).unwrap();
    app.clock.advance(Duration::from_secs(300));
    mira.goes(&format!("{}/restoration", first[0])).await;
    mira.is_titled("Error:").await;
    at("restoration-to-mend").await;
}

/// Servers that are not set up well.
async fn elsewhere(mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    mira.goes(&guild(seed::WORKSHOP.0)).await;
    at("invite").await;
    mira.goes(&guild(seed::TINY.0)).await;
    at("overview-bot-lacks").await;
    mira.goes(&guild(seed::HOSTILE.0)).await;
    at("overview-hostile").await;
    mira.goes(&format!("{}/settings/tickets", guild(seed::HOSTILE.0))).await;
    at("form-hostile").await;
}

async fn errors(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    mira.goes("/no-such-page").await;
    at("error-404").await;
    mira.goes(&guild(seed::LIBRARY.0)).await;
    at("error-403").await;

    app.discord.edit(|world| world.set_bot_present(seed::HARBOUR_CLUB, false)).unwrap();
    app.clock.advance(Duration::from_secs(300));
    mira.goes(&guild(HARBOUR)).await;
    at("overview-bot-gone").await;
    mira.goes(&settings("tempvoice")).await;
    at("form-bot-gone").await;
    app.discord.edit(|world| world.set_bot_present(seed::HARBOUR_CLUB, true)).unwrap();
    app.clock.advance(Duration::from_secs(300));

    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "46").await;
    app.clock.advance(Duration::from_secs(300));
    app.discord.fault(Fault::at("/api", FaultKind::ServerError));
    mira.saves().await;
    at("error-503-kept").await;
    mira.goes(&guild(HARBOUR)).await;
    at("error-503").await;
    app.discord.clear_faults();
    app.clock.advance(Duration::from_secs(300));

    mira.goes(&settings("music")).await;
    mira.writes("default_volume", "47").await;
    end_all_sessions(&app.parts.db, seed::MIRA.to_string().parse().unwrap()).await.unwrap();
    mira.saves().await;
    at("error-401").await;
    mira.presses("main a[href^='/login']").await;
    mira.presses("#cancel").await;
    at("sign-in-cancelled").await;
}
