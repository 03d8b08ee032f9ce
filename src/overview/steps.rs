//! What to do first on a new server, as a short list with how far it is.
//!
//! Worked out from what there is: a server is new until its first saved setting has come to the bot. Nothing is kept
//! for it.

use twilight_model::guild::Permissions;

use super::{Known, bot_needs};
use crate::changes::delivery::State;
use crate::changes::line::Drawing;
use crate::guilds::pages::Step;
use crate::guilds::snapshot::GuildSnapshot;
use crate::settings::checklist::permission_names;
use crate::settings::module::Module;
use crate::web::words::Message;

/// Empty: there is nothing to be led through any more.
pub(super) fn steps(known: &Known, guild: &GuildSnapshot, modules: &[Module], drawing: &Drawing<'_>) -> Vec<Step> {
    let saved = !known.stored.is_empty();
    let first = known.stored.values().map(|stored| stored.revision).sum::<i64>() <= 1;
    let under_way = |latest: &crate::changes::Latest| State::of(&latest.entry, &drawing.way).is_pending();
    if saved && !(first && known.latest.values().any(under_way)) {
        return Vec::new();
    }
    let words = drawing.words;
    let lacking = bot_needs(modules) - guild.bot().granted();
    let home = format!("/guilds/{}", drawing.guild);
    let step = |done, name: &str, text: Message, href: Option<String>| Step {
        done,
        title: words.t(&format!("first-{name}")),
        text: words.say(&text),
        way: href.map(|href| (href, words.t(&format!("first-{name}-do")))),
    };
    vec![
        step(true, "here", Message::new("first-here-done"), None),
        if lacking == Permissions::empty() {
            step(true, "allowed", Message::new("first-allowed-done"), None)
        } else {
            let names = words.list(&permission_names(lacking, words));
            let text = Message::new("first-allowed-not").text("permissions", names);
            step(false, "allowed", text, Some(format!("{home}/invite")))
        },
        match saved {
            true => step(true, "save", Message::new("first-save-done"), None),
            false => step(false, "save", Message::new("first-save-not"), Some("#modules".to_owned())),
        },
        step(false, "live", Message::new(if saved { "first-live-waits" } else { "first-live-not" }), None),
    ]
}
