//! What happens in Discord comes onto the open page by itself, and an admin deals with it by keyboard alone.

use std::time::Duration;

use config_sync::GuildId;
use demo::bot::{Behaviour, ExampleBot};
use demo::world::{Discord, Living, Pace, World};
use discord_standin::seed::{self, channels};
use serde_json::{Value, json};

use super::chromium::{Browser, Scripts};
use crate::delivery::is_heard;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};

const GUILD: GuildId = GuildId(HARBOUR);
const HOUR: Duration = Duration::from_secs(3_600);

/// A bot on the Harbour Club whose world moves when a story says so.
pub async fn comes_alive(app: &TestApp) -> ExampleBot {
    let discord = Discord::new(&app.discord.url(), seed::BOT_TOKEN).unwrap();
    let world = World::of(1, app.discord.world(), discord);
    world.goes_at(Pace::Off);
    let bot = ExampleBot::start_living(&app.redis.url(), &app.prefix, [HARBOUR], &world, |_| {}).unwrap();
    is_heard(app).await;
    bot
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_comes_onto_the_open_page_and_all_of_it_is_done_by_keyboard_alone() {
    let app = TestApp::start().await;
    let bot = comes_alive(&app).await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.comes_by_keyboard().await;
    giveaways_appear(&mira, bot.life().unwrap()).await;
    a_panel_is_posted(&mira, &bot).await;
    a_transcript_is_read(&mira, bot.life().unwrap()).await;
    assert_eq!(mira.complaints().await, [""; 0]);
}

async fn giveaways_appear(mira: &Browser, life: &Living) {
    mira.follows(&place("giveaways")).await;
    mira.tabs_to("main a[href$='/giveaways/new']").await;
    mira.is_marked().await;
    life.starts_giveaway(GUILD, "A lantern", HOUR).unwrap();
    mira.comes_to_read("#giveaways", "A lantern").await;
    // The list has fields to filter it now; it follows all the same.
    life.starts_giveaway(GUILD, "A rope", HOUR).unwrap();
    mira.comes_to_read("#giveaways", "A rope").await;
    mira.comes_to_read("#giveaways-tabs [aria-current]", "2").await;
    mira.comes_to_read("#notices", "A rope").await;
    eventually("it is announced", || async { said(&mira.announced().await, "A rope") == 1 }).await;
    let focused = mira.runs("return document.activeElement.getAttribute('href')").await;
    assert_eq!(focused, json!(format!("/guilds/{HARBOUR}/giveaways/new")), "the focus stays");

    mira.tabs_to("#notices .toast:last-child button").await;
    while mira.runs("return document.activeElement.matches('#notices button')").await == true {
        mira.enters_in_place().await;
    }
    assert_eq!(mira.runs("return document.getElementById('notices').hidden").await, true);
    assert_eq!(mira.focus().await, "main");
    assert_eq!(said(&mira.announced().await, "A rope"), 1, "and is said once");
    mira.is_still_there().await;
}

async fn a_panel_is_posted(mira: &Browser, bot: &ExampleBot) {
    mira.follows(&place("panels")).await;
    mira.follows("main a[href$='/panels/new']").await;
    mira.follows("button[value='add:categories']").await;
    mira.types("form.settings [name=name]", "Billing").await;
    mira.enters().await;
    mira.types("form.settings [name=name]", "Help desk").await;
    mira.enters().await;
    assert!(mira.title().await.starts_with("Saved:"), "{}", mira.title().await);

    mira.tabs_to("#posting [role=combobox]").await;
    mira.hits("#general").await;
    mira.enters_in_place().await;
    let chosen = mira.runs("return document.querySelector('#posting [name=channel_id]').value").await;
    assert_eq!(chosen, channels::GENERAL.to_string());
    // What is done before the page comes is on the page; here it shall come onto it.
    bot.behave(Behaviour { takes: HOUR, refuses: None });
    mira.follows("#posting form:last-of-type button").await;
    mira.is_marked().await;
    bot.behave(Behaviour::default());
    let message =
        format!("#panel-posted .posted a[href^='https://discord.com/channels/{HARBOUR}/{}/']", channels::GENERAL);
    let there = format!("return !!document.querySelector(\"{message}\")");
    eventually("the message's link comes", || async { mira.runs(&there).await == true }).await;
    let states = mira.page().await.attributes("#panel-posted .command", "data-state");
    assert!(states.iter().all(|state| state == "done"), "{states:?}");
    eventually("it is announced", || async { said(&mira.announced().await, "Help desk") == 1 }).await;
    mira.tabs_to(&message).await;
    mira.is_still_there().await;
}

async fn a_transcript_is_read(mira: &Browser, life: &Living) {
    mira.follows(&place("tickets")).await;
    mira.is_marked().await;
    let ticket = life.opens_ticket(GUILD, "Billing").unwrap();
    mira.comes_to_read("#tickets-list .log", "Billing").await;
    assert!(life.claims_ticket(GUILD, &ticket) && life.closes_ticket(GUILD, &ticket, Some("Paid back")));
    mira.comes_to_read("#tickets-list [data-state=closed] .tag", "1").await;
    mira.is_still_there().await;

    mira.follows("#tickets-list [data-state=closed]").await;
    mira.comes_to_read("#tickets-list .log", "Paid back").await;
    mira.follows("#tickets-list .log-entry h2 a").await;
    mira.follows("main a[href$='/transcript']").await;
    assert!(mira.reads(".transcript").await.contains("The team answers here."));
    mira.types("#q", "what you need").await;
    mira.enters().await;
    assert!(mira.reads(".transcript").await.contains("tell us what you need"));
    assert_eq!(mira.runs("return document.querySelectorAll('.transcript .said').length").await, 1);
}

/// A place in the list of a server's places.
fn place(name: &str) -> String {
    format!("nav.server a[href='/guilds/{HARBOUR}/{name}']")
}

/// How often that was announced.
fn said(announced: &Value, what: &str) -> usize {
    announced.as_array().unwrap().iter().filter(|words| words.as_str().unwrap().contains(what)).count()
}

impl Browser {
    /// From now on it is known whether this page was loaded anew, and what it tells screen readers.
    async fn is_marked(&self) {
        let script = "window.announced = []; const news = document.getElementById('live-news'); \
             new MutationObserver(() => announced.push(news.textContent)).observe(news, {childList: true})";
        self.runs(script).await;
    }

    /// The announcements since the page was marked.
    async fn announced(&self) -> Value {
        self.runs("return window.announced ?? []").await
    }

    async fn is_still_there(&self) {
        assert_eq!(self.runs("return Array.isArray(window.announced)").await, true, "nothing was loaded anew");
    }

    pub async fn comes_to_read(&self, css: &str, words: &str) {
        let text = format!("return document.querySelector(\"{css}\")?.innerText ?? ''");
        eventually(&format!("{css} says {words}"), || async {
            self.runs(&text).await.as_str().unwrap_or_default().contains(words)
        })
        .await;
    }
}
