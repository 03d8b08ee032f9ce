//! Posting a panel in Discord, posting it anew, and taking it down: commands to the bot, and what their answers say
//! of where it is.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use diesel::prelude::*;
use serde_json::{Map, Value, json};
use twilight_model::id::marker::{ChannelMarker, MessageMarker};
use uuid::Uuid;

use super::edit::Shown;
use super::editor::{Answer, Editor};
use super::store::{self, Posted, Row};
use super::table::POSTING;
use crate::commands::{Commands, Kind, NewCommand};
use crate::db::Conn;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{Act, GuildAccess};
use crate::ids::{self, ChannelId, GuildId, Snowflake};
use crate::keys::Keys;
use crate::modules::Tickets;
use crate::schema::commands;
use crate::settings::checklist::{self, Subject};
use crate::settings::module::ModuleKey;
use crate::settings::needs::{NOTHING, POSTS};
use crate::settings::parse;
use crate::settings::problems::Problems;
use crate::settings::scene::{In, Settings};
use crate::web::form::FormData;
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::Message;
use crate::web::{WebConfig, flash};

/// Posts it, in the place of the message there may be already.
pub async fn post(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, In<Tickets>>>,
    app: Data<Settings>,
    commands: Data<Commands>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Answer {
    let Submitted { guard, form } = post;
    let redirect = |to: &str, flash: &Flash| flash::redirect(&config, &keys, to, Some(flash));
    let answer = async {
        let editor = Editor::read(&req, &app, guard.admitted).await?;
        editor.post(&req, &app, &commands, &form, redirect).await
    };
    answer.await.map_err(|error| error.keeping_for_later(&req, form))
}

pub async fn take_down(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, In<Tickets>>>,
    app: Data<Settings>,
    commands: Data<Commands>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Answer {
    let editor = Editor::read(&req, &app, post.guard.admitted).await?;
    let row = editor.row.as_ref().ok_or(Trouble::NotFound)?;
    let flash = match taking_down(row) {
        Some(command) => {
            let issued = commands.issue(&editor.place.admitted, command).await?;
            issued.flash(&editor.place.words)
        }
        None => {
            Flash { tone: Tone::Note, message: Message::new("flash-panel-not-posted").name("panel", editor.name()) }
        }
    };
    Ok(flash::redirect(&config, &keys, &editor.address(), Some(&flash)))
}

/// The command that removes a panel's message; none: it is not posted.
pub(super) fn taking_down(row: &Row) -> Option<NewCommand> {
    let posted = row.posted?;
    let fields = [("panelId", json!(row.id)), ("messageId", json!(posted.message.to_string()))];
    Some(command(
        Kind::PanelRemove,
        row,
        posted.channel,
        fields.map(|(name, value)| (name.to_owned(), value)).into_iter().collect(),
    ))
}

fn posting(row: &Row, channel: ChannelId) -> NewCommand {
    let mut fields = row.panel.posted();
    fields.insert("panelId".into(), json!(row.id));
    // Comes back with our own row, and says then what is posted.
    fields.insert("revision".into(), json!(row.revision));
    command(Kind::TicketPanel, row, channel, fields)
}

fn command(kind: Kind, row: &Row, channel: ChannelId, fields: Map<String, Value>) -> NewCommand {
    let (about, label) = (row.id.clone(), row.panel.name.clone());
    NewCommand { kind, module: ModuleKey::Tickets, about, label, channel: Some(channel), fields, repeats: None }
}

impl Editor {
    async fn post(
        mut self,
        req: &HttpRequest,
        app: &Settings,
        commands: &Commands,
        form: &FormData,
        redirect: impl Fn(&str, &Flash) -> HttpResponse,
    ) -> Answer {
        let row = self.row.clone().ok_or(Trouble::NotFound)?;
        if row.panel.enabled().next().is_none() {
            let message = Message::new("flash-panel-all-off").name("panel", self.name());
            return Ok(redirect(&self.address(), &Flash { tone: Tone::Bad, message }));
        }
        // Anew: where it is, but judged for this person all the same.
        let mut wanted = form.clone();
        if let (Some("again"), Some(posted)) = (form.text("do"), row.posted) {
            wanted.set("channel_id", posted.channel.to_string());
        }
        let mut judged = self.channel_in(&wanted)?;
        if super::reading::misses_something(&judged.1) {
            self.look_again(app).await?;
            judged = self.channel_in(&wanted)?;
        }
        let channel = match judged {
            (Some(channel), problems) if !problems.stop_the_save() => channel,
            (_, problems) => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                return self.page(req, Shown { status, posting: Some((&wanted, problems)), ..Shown::default() });
            }
        };
        let (guild, by, now) = (self.place.admitted.guild, self.place.admitted.person.clone(), self.place.now);
        let (remove, send) = (taking_down(&row), posting(&row, channel));
        let work = move |conn: &mut Conn| {
            let removed = remove.map(|command| command.write(conn, guild, &by, now)).transpose()?;
            let sent = send.write(conn, guild, &by, now)?;
            Ok::<_, AppError>((removed, sent))
        };
        let (removed, sent) = app.db.write(work).await?;
        if let Some(removed) = removed {
            commands.hand_over(removed).await;
        }
        let sent = commands.hand_over(sent).await;
        Ok(redirect(&self.address(), &sent.flash(&self.place.words)))
    }

    fn channel_in(&self, form: &FormData) -> Result<(Option<ChannelId>, Problems), AppError> {
        let mut problems = Problems::default();
        let read = parse::read(POSTING.fields(), "", form, &mut problems);
        let value = Value::Object(read.map_err(super::reading::sent_twice)?);
        let judge = self.place.judge();
        judge.fields(POSTING.fields(), "", &value, &mut problems);
        let (words, values) = (&self.place.words, &value);
        let subject = Subject { judge: &judge, words, table: POSTING, needs: &NOTHING, values };
        checklist::before_posting(&subject, &POSTS, &mut problems);
        Ok((value["channelId"].as_str().and_then(ids::parse), problems))
    }
}

/// What the bot has done with a panel, written down in the transaction of its answer: nothing, if the command was
/// about something else. Gives the panel's id.
///
/// # Errors
/// As the database answers.
pub fn answered(conn: &mut Conn, guild: GuildId, command: Uuid) -> QueryResult<Option<String>> {
    type Answered = (String, String, String, Option<Snowflake<ChannelMarker>>, Option<Snowflake<MessageMarker>>);
    let row: Option<Answered> = commands::table
        .filter(commands::guild_id.eq(Snowflake::from(guild)).and(commands::id.eq(command.to_string())))
        .filter(commands::kind.eq_any([Kind::TicketPanel.wire_name(), Kind::PanelRemove.wire_name()]))
        .filter(commands::ok.eq(true))
        .select((commands::kind, commands::about, commands::body, commands::channel_id, commands::message_id))
        .first(conn)
        .optional()?;
    let Some((kind, panel, body, channel, message)) = row else { return Ok(None) };
    let said: HashMap<String, Value> = serde_json::from_str(&body).unwrap_or_default();
    let text = |name: &str| said.get(name).and_then(Value::as_str);
    let changed = if kind == Kind::TicketPanel.wire_name() {
        // A bot that does not say where has posted it where it was told to.
        let channel = channel.and_then(Snowflake::id).or_else(|| text("channelId").and_then(ids::parse));
        let Some((channel, message)) = channel.zip(message.and_then(Snowflake::id)) else { return Ok(None) };
        let revision = said.get("revision").and_then(Value::as_i64).unwrap_or_default();
        store::note_posted(conn, guild, &panel, Posted { channel, message, revision })?
    } else {
        // It may have been posted anew since.
        let Some(message) = text("messageId").and_then(ids::parse) else { return Ok(None) };
        store::note_removed(conn, guild, &panel, message)?
    };
    Ok(changed.then_some(panel))
}
