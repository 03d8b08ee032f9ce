//! Panels and playlists as a bot finds them in Redis: one JSON each, by its id.
//!
//! Every field that is absent has its default; what is not known is ignored. How they get there stands in `objects`.

use serde::{Deserialize, Serialize};

macro_rules! kept {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $name { $($(#[$doc])* pub $field: $kind,)* }
    };
}

kept! {
    /// A ticket panel, in `bot:panels:{guildId}`.
    Panel {
        /// Its id: a field of the hash.
        id: String,
        /// Grows with every change; a whole number below 2^53, and no clock.
        revision: u64,
        /// What admins call it. Members do not see it.
        name: String,
        /// The message.
        embed: PanelEmbed,
        /// `BUTTONS` or `SELECT`.
        component_type: String,
        /// `PRIMARY`, `SECONDARY`, `SUCCESS` or `DANGER`.
        button_style: String,
        /// What the select says before a choice, at most 150 characters; empty: Discord's own words.
        select_placeholder: String,
        /// 1 to 25, in their order.
        categories: Vec<PanelCategory>,
    }
}

kept! {
    /// A panel's message: at most 6000 characters in all. Empty texts are left out.
    PanelEmbed {
        /// At most 256 characters.
        title: String,
        /// At most 4096 characters.
        description: String,
        /// `#rrggbb`; null: Discord's own.
        color: Option<String>,
        /// An https address, or empty.
        image_url: String,
        /// An https address, or empty.
        thumbnail: String,
        /// At most 2048 characters.
        footer: String,
    }
}

kept! {
    /// One of a panel's choices.
    PanelCategory {
        /// Its id: what a button or an option of the select carries. It stays the same through every change.
        id: String,
        /// At most 80 characters, unique in the panel.
        name: String,
        /// One Unicode emoji, or `<:name:id>` or `<a:name:id>`; empty: none.
        emoji: String,
        /// At most 100 characters.
        description: String,
        /// Off: it cannot be chosen, and who chooses it in an older message is told so.
        enabled: bool,
        /// Whether the team can claim its tickets.
        claim_enabled: bool,
        /// The Discord category of its tickets; null: that of the settings of TICKETS.
        category_id: Option<String>,
        /// The name of a ticket's channel, with the placeholders of `namingTemplate` in the settings of TICKETS.
        naming_template: String,
        /// At most 10.
        ping_role_ids: Vec<String>,
        /// Whether there is any question.
        form_enabled: bool,
        /// At most 5, asked before the ticket opens.
        questions: Vec<PanelQuestion>,
    }
}

kept! {
    /// A question of a category.
    PanelQuestion {
        /// At most 45 characters.
        label: String,
        /// `SHORT`, `PARAGRAPH` or `SELECT`.
        style: String,
        /// Whether it must be answered.
        required: bool,
        /// At most 100 characters; empty: none.
        placeholder: String,
        /// In characters, at most 4000.
        min_length: u32,
        /// In characters, at most 4000; 0: no limit of its own.
        max_length: u32,
        /// Of a `SELECT`: 2 to 25, each at most 100 characters. Else empty.
        options: Vec<String>,
    }
}

kept! {
    /// A playlist, in `bot:playlists:{guildId}`.
    Playlist {
        /// Its id: a field of the hash.
        id: String,
        /// Grows with every change; a whole number below 2^53, and no clock.
        revision: u64,
        /// At most 100 characters, unique in the server.
        name: String,
        /// Whether every member may play it, or its owner alone.
        shared: bool,
        /// Whose it is.
        owner_id: String,
        /// At most 500, in their order.
        tracks: Vec<Track>,
    }
}

kept! {
    /// A track of a playlist.
    Track {
        /// At most 256 characters.
        title: String,
        /// An https address of a host that the operator allows.
        url: String,
        /// How long it is; null: not known.
        seconds: Option<u32>,
    }
}
