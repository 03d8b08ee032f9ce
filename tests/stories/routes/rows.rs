//! What the addresses of the routes name, so that each has something to show.

use discord_standin::seed;

use super::{CHANGE, GIVEAWAY, GRANT, PANEL, PLAYLIST, ROOM, TICKET, guarded};
use crate::playlists::makes;
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::Visitor;
use crate::tickets::{has_rating, has_tickets, ticket};

/// A row of the Harbour Club for each kind of address.
pub struct Rows {
    change: String,
    panel: String,
    playlist: String,
    command: String,
    grant: String,
}

impl Rows {
    pub async fn make(app: &TestApp, mira: &mut Visitor) -> Self {
        mira.saves("music", &[("default_volume", "70")]).await;
        crate::happenings::is_open(app, ROOM).await;
        let log = mira.get(&format!("/guilds/{HARBOUR}/changes")).await;
        let change = log.attributes(".log-entry h2 a", "href").remove(0);
        has_tickets(app, &[ticket(1, "open")]).await;
        has_rating(app, TICKET, 5, None, seed::JONAS).await;
        let panel = crate::panels::makes(mira, "Help").await;
        let playlist = makes(mira, "Mix", &[]).await;
        crate::giveaways::insert(app, GIVEAWAY, "running", &[]).await;
        let command = crate::history::deeds::told(app, "giveaway-end", "Nitro", None).await.to_string();
        let grant = crate::staff::given_to(mira, seed::SAM, "tickets").await;
        let last = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        Self { change: last(&change), panel, playlist: last(&playlist), command, grant }
    }

    /// Every page that needs somebody, as it is asked for.
    pub fn pages(&self) -> Vec<String> {
        // The stream has no end to wait for.
        let pages = guarded("get").filter(|(path, _)| !path.ends_with("/live"));
        // A file has to be asked for by its format.
        let asked = |path: String| if path.ends_with("/changes/export") { format!("{path}?format=csv") } else { path };
        pages.map(|(path, _)| self.of(&asked(path))).collect()
    }

    /// An address with these rows in it.
    pub fn of(&self, path: &str) -> String {
        let id = if path.contains("/commands/") { &self.command } else { &self.change };
        let path = path.replace(CHANGE, id).replace(PANEL, &self.panel).replace(GRANT, &self.grant);
        path.replace(PLAYLIST, &self.playlist)
    }
}
