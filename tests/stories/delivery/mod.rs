//! From "saved" to "live on the bot": what the admin sees of it, and what becomes of the bot's answers.

mod answers;
mod instances;
mod states;
mod streams;

use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};

/// Saves, and gives the page the browser is led to.
async fn saves(visitor: &mut Visitor, module: &str, edits: &[(&str, &str)]) -> Page {
    let answer = visitor.saves(module, edits).await;
    visitor.follows(&answer).await
}

/// The state a page shows for a module.
fn state_on(page: &Page, module: &str) -> String {
    page.attributes(&format!("#latest-{module}"), "data-state").pop().unwrap_or_default()
}

/// Looks again, as somebody without a script does, until the page shows this state.
pub async fn comes_to(visitor: &Visitor, module: &str, state: &str) -> Page {
    let what = format!("{module} comes to {state}");
    eventually(&what, || async {
        let page = visitor.clone().get(&settings(module)).await;
        state_on(&page, module) == state
    })
    .await;
    visitor.clone().get(&settings(module)).await
}

/// Waits until a bot has reported to the dashboard.
pub async fn is_heard(app: &TestApp) {
    let guild = guildhall::ids::GuildId::new(crate::support::app::HARBOUR);
    eventually("the bot is heard", || async {
        matches!(app.parts.bots.reach(guild), guildhall::bots::Reach::Here { .. })
    })
    .await;
}
