//! What the demo says when it is there: where to look, whom to sign in as, what to try.

use crate::orders::HELP;
use crate::place::Place;

/// The text, with the addresses of the gallery, of the stand-in and of Redis.
#[must_use]
pub fn greeting(port: u16, gallery: &str, standin: &str, redis: &str, place: &Place) -> String {
    let after = match place {
        Place::Temporary(_) => "Ctrl-C ends it and leaves nothing behind.".to_owned(),
        Place::Kept(folder) => format!("Ctrl-C ends it; the data stays in {}.", folder.display()),
    };
    format!(
        "
Guildhall      http://127.0.0.1:{port}

Sign in as     Mira    owner of Harbour Club and of some odd servers
               Jonas   moderator of Harbour Club, owner of Pixel Arcade
               Aylin   administrator of Harbour Club, ranked above the bot
               Sam     a plain member: may manage nothing
               Ada     in two hundred servers

Try            Open Harbour Club as Mira and watch: giveaways, tickets, rooms and music change by themselves.
               Start a giveaway, close a ticket, read its transcript, send a panel: the bot answers.
               Type \"refuse no thanks\" or \"die\" and do it again; \"pace wild\" makes it a busy day.

Gallery        {gallery} (every part of the pages, for who works on them)
Discord        {standin} (a stand-in, nothing leaves this machine)
Redis          {redis}

{HELP}

{after} What the example bot does:
"
    )
}
