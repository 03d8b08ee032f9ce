//! Staff: what managers give to roles and people, and what these can do with it.

mod feed;
mod giving;
pub mod hands;
mod losing;
mod own_log;
pub mod seeing;
mod streams;
pub mod walk;

use discord_standin::{Id, seed};
use guildhall::guilds::rights::{Level, Scope};

use crate::routes::For;
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited};

/// Staff as the matrix tells them apart, each of the module that a route is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Viewer,
    Editor,
    Actor,
    /// Of all modules, to look.
    Auditor,
    /// Of another module, with everything.
    OfAnother,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Viewer, Self::Editor, Self::Actor, Self::Auditor, Self::OfAnother];

    /// What the matrix says that a route answers to them.
    pub fn answer(self, who: For, path: &str) -> &'static str {
        let For::Of(level, scope) = who else { return "ok" };
        let may = match (self, scope) {
            (_, Scope::Server) => false,
            (Self::Auditor, _) => level == Level::View,
            // What belongs to a module is found out by its row alone.
            (Self::OfAnother, Scope::Any) if path.contains("{id}") => return "404",
            (Self::OfAnother, Scope::Any) => true,
            (Self::OfAnother, _) | (_, Scope::All) => false,
            (Self::Viewer, _) => level == Level::View,
            (Self::Editor, _) => level != Level::Act,
            (Self::Actor, _) => level != Level::Edit,
        };
        if may { "ok" } else { "403" }
    }

    /// What they have, where a route is about this module: a module, whether they may change it and act.
    fn grant(self, module: &'static str) -> (&'static str, bool, bool) {
        match self {
            Self::Viewer => (module, false, false),
            Self::Editor => (module, true, false),
            Self::Actor => (module, false, true),
            Self::Auditor => ("all", false, false),
            Self::OfAnother => (if module == "music" { "tickets" } else { "music" }, true, true),
        }
    }
}

pub fn staff() -> String {
    format!("/guilds/{HARBOUR}/staff")
}

/// Lets somebody in by the form, with these fields filled in.
pub async fn gives(manager: &mut Visitor, edits: &[(&str, &str)]) -> Page {
    let form = edited(manager.get(&staff()).await.form(&staff()), edits);
    manager.post(&staff(), &form).await
}

/// Lets a person do everything with a module; gives the grant's id.
pub async fn given_to(manager: &mut Visitor, person: Id, module: &str) -> String {
    let answer =
        gives(manager, &[("member", &person.to_string()), ("module", module), ("level", "edit"), ("acts", "on")]).await;
    assert_eq!(answer.status, 303, "{}", answer.main());
    newest(manager).await
}

/// The id of the newest grant.
async fn newest(manager: &mut Visitor) -> String {
    let ids = manager.get(&staff()).await.attributes("#staff li[id^=grant-]", "id");
    ids.last().unwrap().trim_start_matches("grant-").to_owned()
}

/// Takes a grant back.
async fn withdraws(manager: &mut Visitor, id: &str) -> Page {
    let path = format!("{}/{id}/withdrawal", staff());
    let form = manager.get(&path).await.form(&path);
    manager.post(&path, &form).await
}

/// Whom something is given to, as the database has it.
#[derive(Clone, Copy)]
pub enum To {
    Role(Id),
    Person(Id),
}

/// A row as a manager's form would have left it, without one.
async fn has(app: &TestApp, to: To, grant: (&str, bool, bool), ends_at: Option<i64>) {
    has_on(app, seed::HARBOUR_CLUB, to, grant, ends_at).await;
}

/// The same on any server.
pub async fn has_on(app: &TestApp, guild: Id, to: To, (module, edits, acts): (&str, bool, bool), ends_at: Option<i64>) {
    let (kind, id) = match to {
        To::Role(id) => ("role", id),
        To::Person(id) => ("person", id),
    };
    let row = format!(
        "INSERT INTO grants (id, guild_id, holder_kind, holder_id, holder_name, module, level, acts, ends_at, \
         given_at, given_by, given_by_name) VALUES ('{}', {guild}, '{kind}', {id}, 'somebody', '{module}', '{}', {}, \
         {}, 0, {}, 'Mira')",
        uuid::Uuid::now_v7(),
        if edits { "edit" } else { "view" },
        if acts { "TRUE" } else { "FALSE" },
        ends_at.map_or("NULL".to_owned(), |at| at.to_string()),
        seed::MIRA,
    );
    crate::tickets::has(app, vec![row]).await;
}
