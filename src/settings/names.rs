//! The names behind ids: for the change log, as they were at the time, and for words about a value.

use serde_json::{Map, Value, json};

use crate::guilds::snapshot::GuildSnapshot;
use crate::settings::judge::Judge;
use crate::web::words::Words;

/// The names of every channel, role and emoji that `values` mention, by id.
pub fn of(guild: &GuildSnapshot, values: &[&Value]) -> Value {
    let mut names = Map::new();
    for value in values {
        collect(guild, value, &mut names);
    }
    Value::Object(names)
}

/// The same for one person's eyes: a channel they cannot see is not named.
pub fn for_person(judge: &Judge<'_>, words: &Words, values: &[&Value]) -> Value {
    let mut names = of(judge.guild, values);
    for (id, name) in names.as_object_mut().into_iter().flatten() {
        if is_hidden(judge, id) {
            *name = json!(words.t("choice-channel-unseen"));
        }
    }
    names
}

/// The names as they were when `then` was written down, for one person's eyes now. What was not named then has
/// the name it has now. Without the bot nobody can say what this person may see: then nothing is named.
pub fn as_then(judge: &Judge<'_>, words: &Words, then: &Value, values: &[&Value]) -> Value {
    if judge.guild.is_without_bot() {
        return Value::Null;
    }
    let mut names = for_person(judge, words, values);
    if let (Some(names), Some(then)) = (names.as_object_mut(), then.as_object()) {
        let told = then.iter().filter(|(id, _)| !is_hidden(judge, id));
        names.extend(told.map(|(id, name)| (id.clone(), name.clone())));
    }
    names
}

fn is_hidden(judge: &Judge<'_>, id: &str) -> bool {
    judge.find_channel(id).is_some_and(|channel| !judge.person.sees(channel))
}

fn collect(guild: &GuildSnapshot, value: &Value, names: &mut Map<String, Value>) {
    match value {
        Value::String(text) => {
            if let Some((id, name)) = find(guild, text) {
                names.insert(id, json!(name));
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(guild, item, names)),
        Value::Object(fields) => fields.values().for_each(|field| collect(guild, field, names)),
        _ => {}
    }
}

fn find(guild: &GuildSnapshot, text: &str) -> Option<(String, String)> {
    if let Some(emoji) = crate::settings::judge::custom_emoji(text) {
        return Some((emoji.to_string(), format!(":{}:", guild.emoji(emoji)?.name)));
    }
    let channel = crate::ids::parse(text).and_then(|id| guild.channel(id)).map(|channel| channel.name.clone());
    let role = || crate::ids::parse(text).and_then(|id| guild.role(id)).map(|role| role.name.clone());
    Some((text.to_owned(), channel.or_else(role)?))
}
