//! What the bot may do on the server as a whole, and what permissions are called.

use twilight_model::guild::Permissions;

use super::{Item, Subject, Verdict};
use crate::web::words::{Message, Words};

/// Permissions as Discord's pages of roles name them.
pub fn names(permissions: Permissions, words: &Words) -> Vec<String> {
    let name = |(name, _): (&str, Permissions)| words.t(&format!("permission-{}", key(name)));
    permissions.iter_names().map(name).collect()
}

/// The same as the pages of a channel name them, where some are called otherwise.
pub(super) fn names_in_a_channel(permissions: Permissions, words: &Words) -> String {
    let name = |(name, _): (&str, Permissions)| {
        let key = key(name);
        words.find(&format!("permission-there-{key}")).unwrap_or_else(|| words.t(&format!("permission-{key}")))
    };
    words.list(&permissions.iter_names().map(name).collect::<Vec<_>>())
}

fn key(name: &str) -> String {
    name.to_lowercase().replace('_', "-")
}

pub(super) fn on_the_server(subject: &Subject<'_>) -> Vec<Item> {
    let bot = subject.judge.guild.bot();
    let mut items = Vec::new();
    if bot.is_silenced() {
        let message = Message::new("problem-bot-timed-out").name("bot", subject.judge.guild.bot_member.display_name());
        items.push(Item::new(Verdict::Impossible, "", message));
    }
    let needed = subject.needs.permissions();
    let lacking = (needed - bot.granted()).iter().filter(|one| !granted_where_it_counts(subject, *one));
    let lacking = lacking.fold(Permissions::empty(), |sum, one| sum | one);
    if lacking.is_empty() {
        items.push(Item::new(Verdict::Fine, "", Message::new("checklist-fine-server")));
        return items;
    }
    let verdict = if lacking.intersects(subject.needs.must) { Verdict::Impossible } else { Verdict::Warning };
    let message = match subject.judge.guild.bot_role() {
        Some(role) => Message::new("problem-bot-may-not").name("role", &role.name),
        None => Message::new("problem-bot-without-role"),
    };
    let message = message.text("permissions", subject.words.list(&names(lacking, subject.words)));
    items.push(Item { by_invitation: true, ..Item::new(verdict, "", message) });
    items
}

/// Some admins switch a permission on in the channels that need it, and nowhere else.
fn granted_where_it_counts(subject: &Subject<'_>, permission: Permissions) -> bool {
    let places = subject.needs.places.iter().filter(|place| place.permissions().contains(permission));
    let used = places.filter(|place| subject.holds(place.when)).flat_map(|place| subject.chosen(place.field));
    let bot = subject.judge.guild.bot();
    let mut granted = used
        .map(|(_, id)| subject.judge.find_channel(id).is_some_and(|there| bot.granted_in(there).contains(permission)))
        .peekable();
    granted.peek().is_some() && granted.all(|yes| yes)
}
