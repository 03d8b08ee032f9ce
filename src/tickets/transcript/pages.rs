//! What a transcript's page shows. Filled by `page.rs` and `drawing.rs`.

use askama::Template;

use crate::changes::line::TimeText;
use crate::messages::{Content, Embed, Line};
use crate::web::shell::Shell;
use crate::web::words::{Message, filters};

/// `GET /guilds/{guild_id}/tickets/{tid}/transcript`
#[derive(Template)]
#[template(path = "tickets/transcript.html")]
pub struct TranscriptPage {
    pub shell: Shell,
    /// The transcript's address without any search.
    pub action: String,
    /// How much of it there is, and until when; None: there is none.
    pub arrived: Option<Message>,
    /// What is missing or could not be read.
    pub gaps: Vec<Message>,
    pub total: usize,
    /// What was looked for.
    pub text: String,
    /// How many messages hold it; None: nothing was looked for.
    pub found: Option<Message>,
    /// Which messages this page shows; None: none.
    pub range: Option<Message>,
    pub entries: Vec<Entry>,
    pub previous: Option<String>,
    pub next: Option<String>,
}

#[derive(Clone, Debug)]
pub enum Entry {
    /// Something is missing here.
    Gap(Message),
    Said(Box<DrawnMessage>),
}

#[derive(Clone, Debug)]
pub struct DrawnMessage {
    /// In the whole transcript, from 1.
    pub number: usize,
    /// The one before it is somebody else's, or long ago: the author is named.
    pub first: bool,
    pub author: Vec<Line>,
    pub bot: bool,
    pub at: Option<TimeText>,
    pub content: Content,
    pub embeds: Vec<Embed>,
    pub attachments: Vec<DrawnAttachment>,
    /// Of one that was found: its place in the transcript.
    pub context_href: Option<String>,
}

#[derive(Clone, Debug)]
pub struct DrawnAttachment {
    pub name: Vec<Line>,
    pub size: Option<Message>,
    /// https; None: the bot gave no address that can be trusted to be one.
    pub href: Option<String>,
    /// Where the link leads.
    pub host: Option<String>,
}

impl DrawnMessage {
    pub fn is_empty(&self) -> bool {
        self.content.is_empty() && self.embeds.is_empty() && self.attachments.is_empty()
    }
}
