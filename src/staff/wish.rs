//! The form: who is to have what, read with all that is wrong with it.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::clock::Millis;
use crate::discord::Discord;
use crate::error::{AppError, Trouble};
use crate::guilds::grants::{ALL, Holder};
use crate::ids::{self, UserId};
use crate::server_page::ServerPage;
use crate::settings::fields::{Field, Kind, RoleUse, Section, Table};
use crate::settings::module::Module;
use crate::settings::parse;
use crate::settings::problems::Problems;
use crate::web::form::FormData;
use crate::web::words::Message;

use super::store::Gift;

pub(super) static TABLE: Table = Table { words: "staff", sections: SECTIONS };

static SECTIONS: &[Section] = &[Section { name: "who", fields: WHO }, Section { name: "what", fields: WHAT }];

static WHO: &[Field] = &[
    Field { name: "role_ids", kind: Kind::RoleList { of: RoleUse::Have, max: 10 } },
    Field { name: "member", kind: Kind::Text { min: 0, max: 40, lines: false, placeholders: &[] } },
];

static WHAT: &[Field] = &[
    // Which words there are is only known here at the server: see `list.rs`.
    Field { name: "module", kind: Kind::Text { min: 1, max: 40, lines: false, placeholders: &[] } },
    Field { name: "level", kind: Kind::Choice(&["view", "edit"]) },
    Field { name: "acts", kind: Kind::Switch },
    Field { name: "days", kind: Kind::Number { min: 0, max: 365, unit: Some("days") } },
];

const DAY: Millis = 24 * 60 * 60 * 1000;
/// How old Discord's answer may be that somebody is a member.
const FRESH: Duration = Duration::from_secs(10);

/// A form with nothing in it.
pub(super) fn empty() -> FormData {
    filled(&[], ALL, false)
}

pub(super) fn filled(roles: &[String], module: &str, acts: bool) -> FormData {
    let mut form = FormData::default();
    roles.iter().for_each(|role| form.push("role_ids", role));
    form.push("member", "");
    form.push("module", module);
    form.push("level", "view");
    if acts {
        form.push("acts", "on");
    }
    form.push("days", "0");
    form
}

/// What is to be given, to each; of a form with problems it is nothing.
///
/// # Errors
/// A form that no page of ours sends; Discord, asked who somebody is.
pub(super) async fn read(
    place: &ServerPage,
    modules: &[Module],
    discord: &Discord,
    form: &FormData,
) -> Result<(Vec<Gift>, Problems), AppError> {
    let mut problems = Problems::default();
    let twice = |parse::SentTwice(name)| {
        AppError::from(Trouble::Unreadable(Message::new("form-sent-twice").text("name", name)))
    };
    let values = parse::read(TABLE.fields(), "", form, &mut problems).map_err(twice)?;
    place.judge().fields(TABLE.fields(), "", &Value::Object(values.clone()), &mut problems);
    let text = |name: &str| values.get(name).and_then(Value::as_str).unwrap_or_default();
    let module = text("module");
    if !module.is_empty() && module != ALL && !modules.iter().any(|one| one.key.as_str() == module) {
        problems.unreadable("module", Message::new("problem-choice"));
    }
    let mut holders = roles(place, &values);
    match person(text("member")) {
        None => {}
        Some(Err(())) => problems.unreadable("member", Message::new("staff-no-id")),
        Some(Ok(id)) => {
            let member = discord.member(place.admitted.guild, id, FRESH).await?;
            match member.value.as_ref() {
                Some(member) => holders.push((Holder::Person(id), member.display_name().to_owned())),
                None => problems.judged("member", Message::new("staff-no-member")),
            }
        }
    }
    if holders.is_empty() && !problems.stop_the_save() {
        problems.unreadable("role_ids", Message::new("staff-nobody"));
    }
    if problems.stop_the_save() {
        return Ok((Vec::new(), problems));
    }
    let days = values.get("days").and_then(Value::as_i64).unwrap_or_default();
    let gift = |(holder, name)| Gift {
        holder,
        name,
        module: (module != ALL).then(|| module.to_owned()),
        edits: text("level") == "edit",
        acts: values.get("acts").and_then(Value::as_bool).unwrap_or_default(),
        ends_at: (days > 0).then(|| place.now + days * DAY),
    };
    Ok((holders.into_iter().map(gift).collect(), problems))
}

/// The chosen roles that there are, with their names.
fn roles(place: &ServerPage, values: &Map<String, Value>) -> Vec<(Holder, String)> {
    let judge = place.judge();
    let chosen = values.get("roleIds").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let known = chosen.filter_map(|id| judge.find_role(id));
    known.map(|role| (Holder::Role(role.id), role.name.clone())).collect()
}

/// Somebody by their id, or as a mention is written: `<@816370501973721107>`. None: nobody is named.
fn person(text: &str) -> Option<Result<UserId, ()>> {
    let text = text.trim();
    let inner = text.strip_prefix("<@").and_then(|rest| rest.strip_suffix('>')).map(|id| id.trim_start_matches('!'));
    (!text.is_empty()).then(|| ids::parse(inner.unwrap_or(text)).ok_or(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_named_by_an_id_or_a_mention() {
        let id = UserId::new(816_370_501_973_721_107);
        for text in ["816370501973721107", " <@816370501973721107> ", "<@!816370501973721107>"] {
            assert_eq!(person(text), Some(Ok(id)), "{text}");
        }
        assert_eq!(person("  "), None);
        for text in ["mira", "<@mira>", "<@816370501973721107", "@everyone"] {
            assert_eq!(person(text), Some(Err(())), "{text}");
        }
    }
}
