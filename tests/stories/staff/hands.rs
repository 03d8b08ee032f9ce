//! Staff of one kind on one server: somebody new once one has been refused too often.

use discord_standin::Id;
use discord_standin::world::User;

use super::{Kind, To, has_on};
use crate::support::TestApp;
use crate::support::visitor::Visitor;

/// Twenty refusals a minute are the limit of one person.
pub const REFUSALS: usize = 15;

/// One of a kind, and the next one once they have been refused too often.
pub struct Hands<'a> {
    app: &'a TestApp,
    guild: Id,
    kind: Kind,
    pub module: &'static str,
    visitor: Option<(Visitor, String)>,
    pub refused: usize,
}

impl<'a> Hands<'a> {
    pub fn new(app: &'a TestApp, guild: Id, kind: Kind, module: &'static str) -> Self {
        Self { app, guild, kind, module, visitor: None, refused: 0 }
    }

    /// With a token for their forms.
    pub async fn hand(&mut self) -> &mut (Visitor, String) {
        if self.refused >= REFUSALS {
            (self.visitor, self.refused) = (None, 0);
        }
        if self.visitor.is_none() {
            let guild = self.guild;
            let person = self.app.discord.edit(|world| {
                let id = world.new_id();
                world.add_user(User::new(id, "hand", None));
                world.add_member(guild, id, &[]).unwrap();
                id
            });
            has_on(self.app, guild, To::Person(person), self.kind.grant(self.module), None).await;
            let mut visitor = self.app.signed_in(person).await;
            let token = visitor.token().await;
            self.visitor = Some((visitor, token));
        }
        self.visitor.as_mut().unwrap()
    }
}
