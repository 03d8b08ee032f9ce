//! What the bot cannot do, and the first minutes: pages that somebody meets whose server is not set up yet.

use std::time::Duration;

use discord_standin::Id;
use discord_standin::seed::{self, channels};
use discord_standin::world::{Guild, User};

use super::chromium::Browser;
use super::tour::guild;
use crate::support::TestApp;
use crate::support::visitor::settings;

const NOBODY: Id = Id(445_518_183_798_088_888);
const THEIRS: Id = Id(941_067_208_815_888_888);

/// A server where the bot may do nothing, and a form with a channel it cannot write to.
pub async fn checklists(mira: &Browser, at: &mut impl AsyncFnMut(&str)) {
    mira.goes(&format!("{}/settings/tempvoice", guild(seed::TINY.0))).await;
    at("form-bot-lacks").await;
    mira.goes(&settings("giveaway")).await;
    mira.chooses("default_channel_id", channels::RULES).await;
    mira.presses("#checklist button").await;
    at("form-checked").await;
}

/// Somebody who manages no server, and then one without the bot.
pub async fn newcomer(app: &TestApp, nobody: &Browser, at: &mut impl AsyncFnMut(&str)) {
    app.discord.edit(|world| world.add_user(User::new(NOBODY, "ines", Some("Ines"))));
    nobody.goes("/").await;
    nobody.signs_in(NOBODY).await;
    at("picker-empty").await;
    app.discord.edit(|world| world.add_guild(Guild::new(THEIRS, "Rowing Club", NOBODY)));
    app.clock.advance(Duration::from_secs(61));
    nobody.goes("/guilds").await;
    at("picker-no-bot").await;
}
