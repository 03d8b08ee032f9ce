//! The messages that modules begin with.

use config_sync::{Embed, MessageTemplate};

/// Nothing but an embed with a title and a text; without a colour it takes the module's.
pub(super) fn embed(color: Option<&str>, title: &str, description: &str) -> MessageTemplate {
    let embed = Embed {
        title: title.to_owned(),
        description: description.to_owned(),
        color: color.map(str::to_owned),
        ..Embed::default()
    };
    MessageTemplate { embed, ..MessageTemplate::default() }
}

/// Nothing but text.
pub(super) fn text(content: &str) -> MessageTemplate {
    MessageTemplate { content: content.to_owned(), ..MessageTemplate::default() }
}
