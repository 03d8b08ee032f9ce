//! What each type of command says besides its envelope, as a bot reads it.
//!
//! Every field that may be absent is an `Option` or empty then. What is not known is ignored.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

macro_rules! order {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $name { $($(#[$doc])* pub $field: $kind,)* }
    };
}

order! {
    /// `SEND_PANEL`: post the control panel of voice rooms or of the player in the command's channel.
    SendPanel {
        /// `voice` or `music`.
        panel_type: String,
        /// What stands in it, if not the bot's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        custom_embed: Option<CustomEmbed>,
    }
}

order! {
    /// The words of a control panel.
    CustomEmbed {
        /// At most 256 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// At most 4096 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        /// `#rrggbb`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        color: Option<String>,
    }
}

order! {
    /// `ticket_panel_v2`: post a ticket panel in the command's channel, or make the message that is there anew.
    TicketPanel {
        /// The panel.
        panel_id: String,
        /// The message to be made anew; none: post one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message_id: Option<String>,
        /// `title`, `description`, `color` (`#rrggbb`), `imageUrl`, `thumbnail`, `footer`.
        #[serde(default)]
        embed: Map<String, Value>,
        /// `BUTTONS` or `SELECT`.
        component_type: String,
        /// `PRIMARY`, `SECONDARY`, `SUCCESS` or `DANGER`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        button_style: Option<String>,
        /// What the select says before a choice.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        select_placeholder: Option<String>,
        /// In their order; each as in `bot:panels:{guildId}`.
        #[serde(default)]
        categories: Vec<Map<String, Value>>,
    }
}

order! {
    /// `PANEL_REMOVE`: delete the message of a ticket panel.
    PanelRemove {
        /// The panel.
        panel_id: String,
        /// Its message.
        message_id: String,
    }
}

order! {
    /// `GIVEAWAY_CREATE` and `GIVEAWAY_UPDATE`: a giveaway as it is to be, whole.
    Giveaway {
        /// Made by the dashboard, and the bot's id of it, too.
        giveaway_id: String,
        /// At most 256 characters.
        prize: String,
        /// Told to winners alone, and to nobody and nothing else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        secret_prize: Option<String>,
        /// How many win.
        winners: u32,
        /// When it begins, ISO 8601.
        starts_at: String,
        /// When it ends, ISO 8601.
        ends_at: String,
        /// Everything else that is set, in camelCase.
        #[serde(flatten)]
        more: Map<String, Value>,
    }
}

order! {
    /// `GIVEAWAY_END`, `GIVEAWAY_CANCEL`, `GIVEAWAY_REROLL`.
    AboutGiveaway {
        /// The giveaway.
        giveaway_id: String,
        /// Of a reroll: how many winners to draw; none: all of them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        count: Option<u32>,
        /// Of a reroll: who may not win again.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        exclude_user_ids: Vec<String>,
        /// Of a cancellation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    }
}

order! {
    /// `TICKET_CLOSE` and `REVIEW_PUBLISH`.
    AboutTicket {
        /// The ticket.
        ticket_id: String,
        /// Why it is closed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    }
}

order! {
    /// `SEND_TEST`: fill a template with examples, and send it to the person who gave the command.
    SendTest {
        /// The template as it was typed, perhaps not saved; with the module's colour and image where it has none.
        template: Map<String, Value>,
        /// The module it is of, as in channels: `TICKETS`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        module: Option<String>,
        /// Which of the module's templates it is: `welcomeMessage`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// What may stand for each placeholder, by its name.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        examples: Map<String, Value>,
    }
}

/// What a command asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// Post a control panel.
    SendPanel(SendPanel),
    /// Post a ticket panel.
    TicketPanel(TicketPanel),
    /// Delete a ticket panel's message.
    PanelRemove(PanelRemove),
    /// Start or schedule a giveaway.
    GiveawayCreate(Giveaway),
    /// Change a giveaway.
    GiveawayUpdate(Giveaway),
    /// End it now and draw winners.
    GiveawayEnd(AboutGiveaway),
    /// End it without winners.
    GiveawayCancel(AboutGiveaway),
    /// Draw other winners.
    GiveawayReroll(AboutGiveaway),
    /// Close a ticket.
    TicketClose(AboutTicket),
    /// Post a ticket's review in the rating channel.
    ReviewPublish(AboutTicket),
    /// Close the voice room that is the command's channel.
    VoiceRoomClose,
    /// Send a message as a test.
    SendTest(SendTest),
    /// Answer with a STATE event.
    StateRequest,
}

/// Why an order cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoOrder {
    /// No type that is known here.
    Unknown,
    /// Something of it is missing or of another form.
    Invalid,
}

impl Order {
    pub(crate) fn read(kind: &str, message: Value) -> Result<Self, NoOrder> {
        fn of<T: for<'de> Deserialize<'de>>(message: Value) -> Result<T, NoOrder> {
            serde_json::from_value(message).map_err(|_| NoOrder::Invalid)
        }
        Ok(match kind {
            "SEND_PANEL" => Self::SendPanel(of(message)?),
            "ticket_panel_v2" => Self::TicketPanel(of(message)?),
            "PANEL_REMOVE" => Self::PanelRemove(of(message)?),
            "GIVEAWAY_CREATE" => Self::GiveawayCreate(of(message)?),
            "GIVEAWAY_UPDATE" => Self::GiveawayUpdate(of(message)?),
            "GIVEAWAY_END" => Self::GiveawayEnd(of(message)?),
            "GIVEAWAY_CANCEL" => Self::GiveawayCancel(of(message)?),
            "GIVEAWAY_REROLL" => Self::GiveawayReroll(of(message)?),
            "TICKET_CLOSE" => Self::TicketClose(of(message)?),
            "REVIEW_PUBLISH" => Self::ReviewPublish(of(message)?),
            "VOICE_ROOM_CLOSE" => Self::VoiceRoomClose,
            "SEND_TEST" => Self::SendTest(of(message)?),
            "STATE_REQUEST" => Self::StateRequest,
            _ => return Err(NoOrder::Unknown),
        })
    }
}
