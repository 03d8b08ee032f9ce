//! What the bot can be told to do, by the names on the wire (docs/protocol.md, commands).

/// The type of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The control panel of voice rooms or of the player.
    SendPanel,
    /// A ticket panel: sent, or the message that is there made anew.
    TicketPanel,
    PanelRemove,
    GiveawayCreate,
    GiveawayUpdate,
    GiveawayEnd,
    GiveawayCancel,
    GiveawayReroll,
    TicketClose,
    ReviewPublish,
    VoiceRoomClose,
    /// A template filled with examples, to the person who asks for it.
    SendTest,
    /// What is open now; Guildhall itself asks for it.
    StateRequest,
}

impl Kind {
    pub const ALL: [Self; 13] = [
        Self::SendPanel,
        Self::TicketPanel,
        Self::PanelRemove,
        Self::GiveawayCreate,
        Self::GiveawayUpdate,
        Self::GiveawayEnd,
        Self::GiveawayCancel,
        Self::GiveawayReroll,
        Self::TicketClose,
        Self::ReviewPublish,
        Self::VoiceRoomClose,
        Self::SendTest,
        Self::StateRequest,
    ];

    /// `type` on the wire.
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::SendPanel => "SEND_PANEL",
            Self::TicketPanel => "ticket_panel_v2",
            Self::PanelRemove => "PANEL_REMOVE",
            Self::GiveawayCreate => "GIVEAWAY_CREATE",
            Self::GiveawayUpdate => "GIVEAWAY_UPDATE",
            Self::GiveawayEnd => "GIVEAWAY_END",
            Self::GiveawayCancel => "GIVEAWAY_CANCEL",
            Self::GiveawayReroll => "GIVEAWAY_REROLL",
            Self::TicketClose => "TICKET_CLOSE",
            Self::ReviewPublish => "REVIEW_PUBLISH",
            Self::VoiceRoomClose => "VOICE_ROOM_CLOSE",
            Self::SendTest => "SEND_TEST",
            Self::StateRequest => "STATE_REQUEST",
        }
    }

    pub fn parse(wire_name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.wire_name() == wire_name)
    }

    /// Whether it holds channels, roles or texts that were judged for the person who gave it.
    pub fn is_judged(self) -> bool {
        matches!(
            self,
            Self::SendPanel | Self::TicketPanel | Self::GiveawayCreate | Self::GiveawayUpdate | Self::SendTest
        )
    }

    /// Whether the bot then writes in a giveaway's channel, though no channel was chosen with it.
    pub fn is_of_a_giveaway(self) -> bool {
        matches!(self, Self::GiveawayEnd | Self::GiveawayCancel | Self::GiveawayReroll)
    }

    /// Whether its label is the name of the channel it is sent for.
    pub fn is_named_by_a_channel(self) -> bool {
        matches!(self, Self::SendPanel | Self::VoiceRoomClose)
    }

    /// In the change log and in keys of words: `giveaway-end`.
    pub fn action(self) -> String {
        self.wire_name().to_ascii_lowercase().replace('_', "-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_on_the_wire_reads_back_and_is_words_in_the_log() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.wire_name()), Some(kind));
        }
        assert_eq!(Kind::TicketPanel.action(), "ticket-panel-v2");
        assert_eq!(Kind::parse("SOMETHING"), None);
    }
}
