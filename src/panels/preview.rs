//! A panel as Discord would show it: its embed, and the buttons or the select below it.

use serde_json::json;

use super::panel::{ComponentType, Panel};
use crate::messages::{Emoji, Names};
use crate::settings::judge::custom_emoji;
use crate::settings::preview::{Ground, MessagePreview, Offer, Offered};

/// `bot`: the name it has on the server.
pub(super) fn of(panel: &Panel, bot: &str, names: &dyn Names) -> MessagePreview {
    let template = json!({
        "enabled": true,
        "embed": {
            "enabled": true,
            "title": panel.title,
            "description": panel.description,
            "color": panel.color,
            "imageUrl": panel.image_url,
            "thumbnailUrl": panel.thumbnail_url,
            "footer": panel.footer,
        },
    });
    let mut message = Ground { known: &[], names, color: None, image: None }.render(&template);
    message.author = bot.to_owned();
    let offered: Vec<Offered> = panel
        .enabled()
        .map(|category| Offered {
            emoji: Emoji::read(&category.emoji),
            label: category.name.clone(),
            description: category.description.clone(),
        })
        .collect();
    if message.note.is_none() && !offered.is_empty() {
        message.offer = Some(match panel.component_type {
            ComponentType::Buttons => Offer::Buttons { style: panel.button_style.as_str(), offered },
            ComponentType::Select => Offer::Select { placeholder: panel.select_placeholder.clone(), offered },
        });
    }
    message
}

/// A custom emoji by its name.
pub(super) fn sign(emoji: &str) -> String {
    match custom_emoji(emoji) {
        Some(_) => format!(":{}:", emoji.split(':').nth(1).unwrap_or_default()),
        None => emoji.to_owned(),
    }
}
