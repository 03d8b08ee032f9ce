//! Who may manage a server, as Discord says it; what others see of it: nothing.

mod inviting;
mod outsiders;
mod rights;
mod second_factor;
mod second_factor_always;
mod servers;
mod without_bot;

use discord_standin::{Caller, Id};

use crate::support::TestApp;

fn overview(guild: Id) -> String {
    format!("/guilds/{guild}")
}

/// What was asked with the bot's token since the log was cleared, but for the check at the start.
fn by_the_bot(app: &TestApp) -> Vec<String> {
    let seen = app.discord.requests();
    let bots = seen.iter().filter(|one| one.caller == Caller::Bot && one.path != "/api/v10/applications/@me");
    bots.map(|one| format!("{}?{}", one.path, one.query)).collect()
}
