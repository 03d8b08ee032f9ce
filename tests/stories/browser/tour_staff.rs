//! The pages of staff: letting somebody in, and what they see who were let in.

use std::time::Duration;

use discord_standin::seed::{self, HARBOUR_CLUB, roles};
use discord_standin::world::Role;

use super::chromium::Browser;
use super::tour::guild;
use crate::staff::{gives, staff};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::settings;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Takes the browser from page to page and calls `at` on each with a name for it.
pub async fn tour(app: &TestApp, mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    mira.goes(&staff()).await;
    at("staff-empty").await;
    mira.goes(&format!("{}?set=ticket-support", staff())).await;
    at("staff-set").await;
    fill(app).await;
    mira.goes(&staff()).await;
    at("staff").await;
    mira.writes("member", "the one with the boat").await;
    mira.writes("days", "400").await;
    mira.presses("#form .button-main").await;
    mira.is_titled("Error:").await;
    at("staff-refused").await;
    mira.goes(&staff()).await;
    let withdrawal = mira.find("#staff a[href$='/withdrawal']").await.attr("href").await.unwrap().unwrap();
    mira.goes(&withdrawal).await;
    at("staff-withdrawal").await;
}

/// Something of each kind: it holds, ends soon, has ended, and is of a role that is gone.
async fn fill(app: &TestApp) {
    let mut mira = app.mira().await;
    let watch = app.discord.edit(|world| {
        let id = world.new_id();
        world.add_role(HARBOUR_CLUB, Role::new(id, "Night Watch of the Outer Harbour", 1)).unwrap()
    });
    app.clock.advance(Duration::from_secs(61));
    let (support, hosts, watch_id) = (roles::SUPPORT.to_string(), roles::EVENT_HOST.to_string(), watch.to_string());
    let (sam, noor) = (seed::SAM.to_string(), seed::NOOR.to_string());
    let gifts: [&[(&str, &str)]; 5] = [
        &[("role_ids", &support), ("module", "tickets"), ("acts", "on")],
        &[("role_ids", &hosts), ("module", "giveaway"), ("level", "edit"), ("acts", "on"), ("days", "300")],
        &[("role_ids", &watch_id), ("module", "all")],
        &[("member", &sam), ("module", "music"), ("days", "3")],
        &[("member", &noor), ("module", "tempvoice"), ("days", "1")],
    ];
    for gift in gifts {
        let answer = gives(&mut mira, gift).await;
        assert_eq!(answer.status, 303, "{}", answer.main());
    }
    app.discord.edit(|world| world.delete_role(HARBOUR_CLUB, watch)).unwrap();
    let ended = format!("UPDATE grants SET ends_at = {} WHERE module = 'tempvoice'", app.clock.now() - DAY);
    crate::tickets::has(app, vec![ended]).await;
    app.clock.advance(Duration::from_secs(61));
}

/// What somebody sees who may look at one module, in a browser in which nobody is signed in.
pub async fn at_work(sam: &Browser, at: &mut impl AsyncFnMut(&str)) {
    sam.goes("/").await;
    sam.signs_in(seed::SAM).await;
    sam.goes("/guilds").await;
    at("picker-staff").await;
    sam.goes(&guild(HARBOUR)).await;
    at("overview-staff").await;
    sam.goes(&settings("music")).await;
    at("form-read-only").await;
    sam.goes(&settings("tickets")).await;
    at("error-not-given").await;
    sam.goes("/guilds").await;
    sam.presses("form[action='/logout'] button").await;
}
