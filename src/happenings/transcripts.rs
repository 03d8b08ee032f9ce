//! Transcripts of tickets: they come in parts, and are kept as far as pages can show them.

use diesel::dsl::sum;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use twilight_model::id::marker::GuildMarker;
use url::Url;

use super::happening::{Happening, Verdict};
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::Conn;
use crate::events::Said;
use crate::ids::{Snowflake, UserId};
use crate::schema::transcripts;

/// Messages of a part, and of all parts of a ticket.
const MOST_IN_A_PART: usize = 200;
const MOST_MESSAGES: i64 = 10_000;
const MOST_PARTS: i32 = 1_000;
const LONGEST_NAME: usize = 100;
const LONGEST_CONTENT: usize = 4_000;
const LONGEST_URL: usize = 2_048;
const MOST_EMBEDS: usize = 10;
const MOST_FIELDS: usize = 25;
const MOST_ATTACHMENTS: usize = 10;
/// 10 GB: no attachment is larger.
const SIZES: std::ops::RangeInclusive<i64> = 0..=10_000_000_000;

/// A message, as it is stored. Texts are as people wrote them: nothing in them is markup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Message {
    pub id: String,
    pub author_id: Option<String>,
    pub author_name: String,
    pub bot: bool,
    pub at: Option<Millis>,
    pub content: String,
    pub embeds: Vec<Embed>,
    pub attachments: Vec<Attachment>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Embed {
    pub author_name: String,
    pub title: String,
    pub description: String,
    pub fields: Vec<EmbedField>,
    pub footer: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbedField {
    pub name: String,
    pub value: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attachment {
    pub name: String,
    /// In bytes.
    pub size: Option<i64>,
    /// https only; none: it had no such one.
    pub url: Option<String>,
}

pub(super) fn take(conn: &mut Conn, happening: &mut Happening<'_>) -> QueryResult<Verdict> {
    let said = happening.said;
    let (Some(ticket), Some(part)) = (said.key("ticketId"), said.small("part", 0..=MOST_PARTS)) else {
        return Ok(Verdict::Malformed);
    };
    let Some(parts) = said.small("parts", part.max(1)..=MOST_PARTS) else { return Ok(Verdict::Malformed) };
    let Some(messages) = said.value("messages").and_then(Value::as_array) else { return Ok(Verdict::Malformed) };
    let of_ticket = transcripts::guild_id.eq(happening.guild).and(transcripts::ticket_id.eq(&ticket));
    let others = transcripts::table.filter(of_ticket).filter(transcripts::part.ne(part));
    let held: Option<i64> = others.select(sum(transcripts::messages)).first(conn)?;
    let room = usize::try_from(MOST_MESSAGES - held.unwrap_or(0)).unwrap_or(0).min(MOST_IN_A_PART);
    let messages: Vec<Message> = messages.iter().filter_map(|one| message(one, happening.now)).take(room).collect();
    let count = i32::try_from(messages.len()).unwrap_or(i32::MAX);
    let values = (
        transcripts::parts.eq(parts),
        transcripts::body.eq(serde_json::to_string(&messages).unwrap_or_default()),
        transcripts::messages.eq(count),
        transcripts::taken_at.eq(happening.now),
    );
    let key =
        (transcripts::guild_id.eq(happening.guild), transcripts::ticket_id.eq(&ticket), transcripts::part.eq(part));
    crate::on_each!(conn, c => diesel::insert_into(transcripts::table)
        .values((key, values.clone()))
        .on_conflict((transcripts::guild_id, transcripts::ticket_id, transcripts::part))
        .do_update()
        .set(values)
        .execute(c))?;
    happening.tell(Topic::Tickets);
    Ok(Verdict::Taken)
}

/// None: it is no message.
fn message(value: &Value, now: Millis) -> Option<Message> {
    let said = Said::new(value.as_object()?);
    let list = |name: &str| said.value(name).and_then(Value::as_array).cloned().unwrap_or_default();
    Some(Message {
        id: said.key("id").unwrap_or_default(),
        author_id: said.key("authorId"),
        author_name: said.line("authorName", LONGEST_NAME).unwrap_or_default(),
        bot: said.flag("bot").unwrap_or(false),
        at: said.moment("at", now),
        content: said.text("content", LONGEST_CONTENT).unwrap_or_default(),
        embeds: list("embeds").iter().filter_map(embed).take(MOST_EMBEDS).collect(),
        attachments: list("attachments").iter().filter_map(attachment).take(MOST_ATTACHMENTS).collect(),
    })
}

/// As Discord shapes it, as far as it is text.
fn embed(value: &Value) -> Option<Embed> {
    let said = Said::new(value.as_object()?);
    let text = |of: Option<&Value>, name: &str, most: usize| {
        let fields = of.and_then(Value::as_object);
        fields.and_then(|fields| Said::new(fields).text(name, most)).unwrap_or_default()
    };
    let fields = said.value("fields").and_then(Value::as_array).into_iter().flatten();
    let field = |one: &Value| EmbedField { name: text(Some(one), "name", 256), value: text(Some(one), "value", 1_024) };
    Some(Embed {
        author_name: text(said.value("author"), "name", 256),
        title: said.text("title", 256).unwrap_or_default(),
        description: said.text("description", 4_096).unwrap_or_default(),
        fields: fields.map(field).take(MOST_FIELDS).collect(),
        footer: said.text("footer", 2_048).unwrap_or_else(|| text(said.value("footer"), "text", 2_048)),
    })
}

fn attachment(value: &Value) -> Option<Attachment> {
    let said = Said::new(value.as_object()?);
    let url = said.line("url", LONGEST_URL).and_then(|url| Url::parse(&url).ok());
    Some(Attachment {
        name: said.line("name", 256).unwrap_or_default(),
        size: said.number("size", SIZES),
        url: url.filter(|url| url.scheme() == "https").map(String::from),
    })
}

/// In how many parts somebody wrote, or is named by id.
///
/// # Errors
/// As the database answers.
pub fn count(conn: &mut Conn, user: UserId) -> QueryResult<usize> {
    let parts: i64 = transcripts::table.filter(transcripts::body.like(format!("%{user}%"))).count().get_result(conn)?;
    Ok(usize::try_from(parts).unwrap_or_default())
}

/// Puts `number` in the place of somebody who wrote in tickets, or whom others named there by id. What was written stays:
/// others have answered it.
///
/// # Errors
/// As the database answers.
pub fn forget(conn: &mut Conn, user: UserId, number: UserId) -> QueryResult<usize> {
    let (id, instead) = (user.to_string(), number.to_string());
    let found: Vec<(Snowflake<GuildMarker>, String, i32)> = transcripts::table
        .filter(transcripts::body.like(format!("%{id}%")))
        .select((transcripts::guild_id, transcripts::ticket_id, transcripts::part))
        .load(conn)?;
    for (guild, ticket, part) in &found {
        // One after the other: together they may be more than fits into memory.
        let row = || transcripts::table.find((guild, ticket, part));
        let body: String = row().select(transcripts::body).first(conn)?;
        diesel::update(row()).set(transcripts::body.eq(nameless(&body, &id, &instead))).execute(conn)?;
    }
    Ok(found.len())
}

/// A part with a number where somebody stood.
fn nameless(body: &str, id: &str, instead: &str) -> String {
    let Ok(mut messages) = serde_json::from_str::<Vec<Value>>(body) else { return body.replace(id, instead) };
    for message in messages.iter_mut().filter(|message| message["authorId"] == *id) {
        message["authorName"] = instead.into();
    }
    Value::from(messages).to_string().replace(id, instead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_takes_the_place_of_who_wrote_and_all_else_stays() {
        let (id, instead) = ("445518183798022151", "123456789012345");
        let told = r#"[{"authorId":"445518183798022151","authorName":"Mira","content":"Mira was here","more":1},
            {"authorId":"2","authorName":"Mira","content":"<@445518183798022151> yes"},{"content":"x"},7]"#;
        let left: Value = serde_json::from_str(&nameless(told, id, instead)).expect("JSON");
        let wanted = serde_json::json!([
            {"authorId": instead, "authorName": instead, "content": "Mira was here", "more": 1},
            {"authorId": "2", "authorName": "Mira", "content": "<@123456789012345> yes"},
            {"content": "x"},
            7
        ]);
        assert_eq!(left, wanted);
        assert_eq!(nameless("no JSON of 445518183798022151", id, instead), "no JSON of 123456789012345");
    }
}
