//! Staff in a real browser: let in, at work, and out again.

use std::collections::BTreeSet;
use std::time::Duration;

use config_sync::GuildId;
use demo::world::Living;
use discord_standin::Id;
use discord_standin::seed::{self, HARBOUR_CLUB, channels, roles};

use super::chromium::{Browser, Scripts};
use super::living::comes_alive;
use crate::staff::staff;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::settings;

const GUILD: GuildId = GuildId(HARBOUR);

async fn signed_in(app: &TestApp, who: Id) -> Browser {
    let browser = Browser::open(app, Scripts::On).await;
    browser.goes("/").await;
    browser.signs_in(who).await;
    browser
}

/// In the list of a server's places.
fn place(name: &str) -> String {
    format!("nav.server a[href='/guilds/{HARBOUR}/{name}']")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_support_role_is_let_in_closes_a_ticket_and_is_out_once_discord_takes_it_away() {
    let app = TestApp::start().await;
    let bot = comes_alive(&app).await;
    let life = bot.life().unwrap();
    let mira = signed_in(&app, seed::MIRA).await;
    lets_support_in(&mira).await;
    let noor = signed_in(&app, seed::NOOR).await;
    finds_tickets_alone(&noor).await;
    closes_a_ticket(&noor, life).await;
    loses_the_role(&app, &noor, life).await;
    assert_eq!(mira.complaints().await, [""; 0]);
    assert_eq!(noor.complaints().await, [""; 0]);
}

/// By the settings that name the role, and the ready-made set that begins with them.
async fn lets_support_in(mira: &Browser) {
    mira.goes(&settings("tickets")).await;
    mira.chooses("category_id", channels::TICKETS).await;
    mira.ticks("support_role_ids", roles::SUPPORT).await;
    mira.switches("enabled", true).await;
    mira.saves().await;
    mira.is_titled("Saved:").await;
    mira.presses(&place("staff")).await;
    assert!(mira.reads("#staff").await.contains("Nobody but the managers comes in"));
    mira.presses("#give a[href*='set=ticket-support']").await;
    mira.presses("#form .button-main").await;
    mira.has_focus_on("flash").await;
    let list = mira.reads("#staff").await;
    assert!(list.contains("Support") && list.contains("Tickets: look and act"), "{list}");
}

async fn finds_tickets_alone(noor: &Browser) {
    noor.goes("/guilds").await;
    noor.presses(&format!("main a[href='/guilds/{HARBOUR}']")).await;
    let prefix = format!("/guilds/{HARBOUR}/");
    let nav = noor.page().await.attributes("nav.server a[href^='/guilds/']", "href");
    let theirs: BTreeSet<&str> = nav.iter().filter_map(|href| href.strip_prefix(&prefix)).collect();
    assert_eq!(theirs, BTreeSet::from(["changes", "panels", "settings/tickets", "tickets"]));
    noor.goes(&settings("music")).await;
    noor.is_titled("Error:").await;
    assert!(noor.reads("h1").await.contains("not let in"), "{}", noor.reads("h1").await);
    noor.presses(&format!("main .ways a[href='/guilds/{HARBOUR}']")).await;
    assert_eq!(noor.reads("h1").await, "Harbour Club");
}

/// Read, closed with a reason in the question that opens over it, and read again as it was.
async fn closes_a_ticket(noor: &Browser, life: &Living) {
    life.opens_ticket(GUILD, "Billing").unwrap();
    noor.comes_to_list("tickets", "Billing").await;
    noor.presses(".log-entry h2 a").await;
    let ticket = noor.place().await;
    assert!(noor.reads("#ticket").await.contains("Billing"));
    noor.touches("main a[href$='/closing']").await;
    eventually("it is asked", || async { noor.is_asked().await }).await;
    noor.find("dialog.ask textarea").await.send_keys("Paid back").await.unwrap();
    noor.presses("dialog.ask form .button-danger").await;
    noor.has_focus_on("flash").await;
    noor.goes_until(&ticket, "main a[href$='/transcript']").await;
    noor.comes_to_read("#ticket", "Paid back").await;
    noor.presses("main a[href$='/transcript']").await;
    assert!(noor.reads(".transcript").await.contains("The team answers here."));
}

/// The open page says so by itself, and the next one is refused.
async fn loses_the_role(app: &TestApp, noor: &Browser, life: &Living) {
    noor.presses(&place("tickets")).await;
    // What comes onto the page shows that it is live.
    life.opens_ticket(GUILD, "Billing").unwrap();
    noor.comes_to_read("#tickets-list .log", "Billing").await;
    app.discord.edit(|world| world.set_member_roles(HARBOUR_CLUB, seed::NOOR, &[roles::MEMBER])).unwrap();
    app.clock.advance(Duration::from_secs(11));
    noor.comes_to_read("#live-notice", "you may not open this server any more").await;
    noor.presses(&place("settings/tickets")).await;
    noor.is_titled("Error:").await;
    assert!(noor.reads("h1").await.contains("cannot manage this server"), "{}", noor.reads("h1").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_are_let_in_and_shut_out_by_keyboard_alone() {
    let app = TestApp::start().await;
    let mut sam = app.signed_in(seed::SAM).await;
    for scripts in [Scripts::Off, Scripts::On] {
        let mira = Browser::open(&app, scripts).await;
        mira.comes_by_keyboard().await;
        mira.follows(&place("staff")).await;
        mira.types("[name=member]", &seed::SAM.to_string()).await;
        mira.tabs_to("[name=module]").await;
        mira.hits_option("music").await;
        mira.tabs_to("[name=acts]").await;
        mira.hits(" ").await;
        mira.types("[name=days]", "30").await;
        mira.follows("#form .button-main").await;
        mira.has_focus_on("flash").await;
        assert!(mira.reads("#staff").await.contains("Music: look and act"), "{}", mira.reads("#staff").await);
        assert_eq!(sam.get(&settings("music")).await.status, 200);

        let withdrawal = "#staff a[href$='/withdrawal']";
        if scripts == Scripts::On {
            mira.asks(withdrawal).await;
            mira.tabs_to("dialog.ask .button-danger").await;
            mira.enters().await;
        } else {
            mira.follows(withdrawal).await;
            mira.follows("main form .button-danger").await;
        }
        mira.has_focus_on("flash").await;
        assert_eq!(mira.place().await, staff());
        assert!(mira.reads("#staff").await.contains("Nobody but the managers comes in"));
        sam.get(&settings("music")).await.explains(403, "cannot manage this server");
        assert_eq!(mira.complaints().await, [""; 0]);
    }
}
