//! Commands to the bot: what their pages say of them, and that trying again does nothing twice.

mod again;
mod answers;
mod judged;
mod limits;
mod sending;
mod unseen;

use discord_standin::Id;
use guildhall::accounts::Person;
use guildhall::commands::{Issued, Kind, NewCommand};
use guildhall::error::AppError;
use guildhall::ids::GuildId;
use guildhall::settings::module::ModuleKey;
use redis::AsyncCommands as _;
use redis::streams::StreamRangeReply;
use serde_json::{Value, json};

use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// "End this giveaway."
pub fn ending(prize: &str) -> NewCommand {
    NewCommand {
        kind: Kind::GiveawayEnd,
        module: ModuleKey::Giveaway,
        about: format!("of {prize}"),
        label: prize.to_owned(),
        channel: None,
        fields: json!({ "giveawayId": "g1" }).as_object().unwrap().clone(),
        repeats: None,
    }
}

/// Somebody gives a command in the Harbour Club, as a page that gives it does.
async fn tries_to_give(app: &TestApp, user: Id, new: NewCommand) -> Result<Issued, AppError> {
    tries_to_give_to(app, user, HARBOUR, new).await
}

async fn tries_to_give_to(app: &TestApp, user: Id, guild: u64, new: NewCommand) -> Result<Issued, AppError> {
    let by = Person {
        id: user.to_string().parse().unwrap(),
        name: "Mira".to_owned(),
        avatar: None,
        second_factor: true,
        session: uuid::Uuid::nil(),
    };
    let now = app.clock.now();
    let issued = app.parts.db.write(move |conn| new.write(conn, GuildId::new(guild), &by, now)).await?;
    Ok(app.parts.commands.hand_over(issued).await)
}

/// Gives it; the address of its page.
pub async fn gives(app: &TestApp, user: Id, new: NewCommand) -> (Issued, String) {
    let issued = tries_to_give(app, user, new).await.unwrap();
    let path = format!("/guilds/{HARBOUR}/commands/{}", issued.id);
    (issued, path)
}

fn state_on(page: &Page) -> String {
    page.attributes("#command-now .command", "data-state").pop().unwrap_or_default()
}

/// Looks again, as somebody without a script does, until the page shows this state.
pub async fn comes_to(visitor: &Visitor, path: &str, state: &str) -> Page {
    eventually(&format!("{path} comes to {state}"), || async { state_on(&visitor.clone().get(path).await) == state })
        .await;
    visitor.clone().get(path).await
}

pub async fn tries_again(visitor: &mut Visitor, path: &str) -> Page {
    let page = visitor.get(path).await;
    let action = format!("{path}/again");
    visitor.post(&action, &page.form(&action)).await
}

/// What stands on the stream of commands.
pub async fn on_the_stream(app: &TestApp) -> Vec<Value> {
    let stream = format!("{}bot:commands", app.prefix);
    let all: StreamRangeReply = app.redis.connection().await.unwrap().xrange_all(stream).await.unwrap();
    all.ids.iter().map(|entry| serde_json::from_str(&entry.get::<String>("command").unwrap()).unwrap()).collect()
}

/// That the change log has the command, by its title, and leads to its page.
async fn stands_in_the_log(visitor: &Visitor, issued: &Issued, path: &str) {
    let entry = visitor.clone().get(&format!("/guilds/{HARBOUR}/changes/{}", issued.change)).await;
    assert_eq!(entry.status, 200, "{}", entry.body);
    assert!(entry.has(&format!("main a[href='{path}']")), "{}", entry.main());
    let log = visitor.clone().get(&format!("/guilds/{HARBOUR}/changes")).await;
    assert!(log.body.contains(&issued.change.to_string()), "{}", log.main());
}
