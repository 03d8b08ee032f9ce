//! Roles that are given, had or mentioned, and what the application must be allowed to hear.

use twilight_model::guild::Permissions;

use super::{Item, Subject, Verdict};
use crate::discord::{Intent, Role};
use crate::settings::fields::{Kind, RoleUse};
use crate::settings::needs::Ping;
use crate::settings::problems::Problems;
use crate::web::words::Message;

/// Roles of which nothing is wrong; what is wrong says `judge`.
pub(super) fn given_and_had(subject: &Subject<'_>, problems: &Problems) -> Vec<Item> {
    let mut items = Vec::new();
    for (field, described) in subject.fields() {
        let (Kind::Role { of, .. } | Kind::RoleList { of, .. }) = described.kind else { continue };
        let mut chosen = subject.chosen(&field);
        chosen.retain(|(path, _)| !is_wrong(problems, path));
        let Some((path, id)) = chosen.first().cloned() else { continue };
        let message = match of {
            RoleUse::Ping => continue,
            RoleUse::Give => subject.judge.find_role(id).map(|role| name(Message::new("checklist-fine-give"), role)),
            RoleUse::Have => Some(Message::new("checklist-fine-roles").number("count", chosen.len())),
        };
        // In rows the setting is the list.
        let path = if field.contains('.') { field.split('.').next().unwrap_or_default().to_owned() } else { path };
        items.extend(message.map(|message| Item::new(Verdict::Fine, path, message)));
    }
    items
}

pub(super) fn mentioned(subject: &Subject<'_>, problems: &Problems) -> Vec<Item> {
    let mut items = Vec::new();
    for ping in subject.needs.pings {
        for (path, id) in subject.chosen(ping.field) {
            let Some(role) = subject.judge.find_role(id) else { continue };
            let open = role.mentionable && role.id != subject.judge.guild.everyone();
            let item = if open || may_mention(subject, ping) {
                (Verdict::Fine, name(Message::new("checklist-fine-ping"), role))
            } else {
                let message = Message::new("problem-bot-may-not-mention").name("bot", subject.bot_name());
                (Verdict::Warning, name(message, role))
            };
            if item.0 != Verdict::Fine || !is_wrong(problems, &path) {
                items.push(Item::new(item.0, path, item.1));
            }
        }
    }
    items
}

/// In the channel it happens in, if that is known and this person's to see.
fn may_mention(subject: &Subject<'_>, ping: &Ping) -> bool {
    let bot = subject.judge.guild.bot();
    let there = ping.channel.and_then(|field| subject.chosen(field).first().map(|(_, id)| *id));
    let there = there.and_then(|id| subject.judge.find_channel(id)).filter(|one| subject.judge.person.sees(one));
    let granted = there.map_or_else(|| bot.granted(), |channel| bot.granted_in(channel));
    granted.contains(Permissions::MENTION_EVERYONE)
}

pub(super) fn intents(subject: &Subject<'_>) -> Vec<Item> {
    let asked = subject.needs.intents.iter().filter(|(_, when)| subject.holds(*when));
    let known = asked.filter_map(|(intent, _)| Some((*intent, subject.judge.guild.has_intent(*intent)?)));
    let item = |(intent, on): (Intent, bool)| match (intent, on) {
        (Intent::Presence, true) => Item::new(Verdict::Fine, "", Message::new("checklist-fine-presence")),
        (Intent::MessageContent, true) => Item::new(Verdict::Fine, "", Message::new("checklist-fine-content")),
        (Intent::Presence, false) => Item::new(Verdict::Warning, "", Message::new("problem-intent-presence")),
        (Intent::MessageContent, false) => Item::new(Verdict::Warning, "", Message::new("problem-intent-content")),
    };
    known.map(item).collect()
}

fn name(message: Message, role: &Role) -> Message {
    message.name("role", &role.name)
}

fn is_wrong(problems: &Problems, path: &str) -> bool {
    problems.judged.iter().any(|problem| problem.path == path)
}
