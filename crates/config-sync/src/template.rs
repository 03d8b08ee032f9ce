//! The one shape of a message that an admin writes and the bot sends: text with placeholders,
//! perhaps an embed.
//!
//! Filling it in is `render`'s matter. Judging it (lengths, allowed placeholders) is the
//! dashboard's.

use serde::{Deserialize, Deserializer, Serialize};

/// A message as an admin wrote it. JSON is camelCase; an absent field has its default: enabled,
/// embed on, everything else empty or off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct MessageTemplate {
    /// Off: the bot uses its default text.
    pub enabled: bool,
    /// The text above the embed, at most 2000 characters.
    pub content: String,
    /// The embed.
    pub embed: Embed,
}

/// The framed part of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Embed {
    /// Off: the message is text alone.
    pub enabled: bool,
    /// At most 256 characters.
    pub title: String,
    /// Where the title leads, https, at most 2048 characters; empty = nowhere.
    pub url: String,
    /// At most 4096 characters.
    pub description: String,
    /// `#rrggbb`; none = the module's colour. Read from null and from an empty text as none.
    #[serde(deserialize_with = "colour")]
    pub color: Option<String>,
    /// At most 256 characters.
    pub author_name: String,
    /// At most 2048 characters.
    pub footer: String,
    /// https, at most 2048 characters; empty = the module's image.
    pub image_url: String,
    /// https, at most 2048 characters; empty = none.
    pub thumbnail_url: String,
    /// Whether the time of sending is shown.
    pub timestamp: bool,
    /// At most 10.
    pub fields: Vec<EmbedField>,
}

/// One field of an embed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct EmbedField {
    /// At most 256 characters.
    pub name: String,
    /// At most 1024 characters.
    pub value: String,
    /// Whether it may stand beside its neighbours.
    pub inline: bool,
}

impl Default for MessageTemplate {
    fn default() -> Self {
        Self { enabled: true, content: String::new(), embed: Embed::default() }
    }
}

impl Default for Embed {
    fn default() -> Self {
        Self {
            enabled: true,
            title: String::new(),
            url: String::new(),
            description: String::new(),
            color: None,
            author_name: String::new(),
            footer: String::new(),
            image_url: String::new(),
            thumbnail_url: String::new(),
            timestamp: false,
            fields: Vec::new(),
        }
    }
}

fn colour<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_template_is_these_bytes() {
        assert_eq!(
            serde_json::to_string(&MessageTemplate::default()).unwrap(),
            concat!(
                r#"{"enabled":true,"content":"","embed":{"enabled":true,"title":"","url":"","#,
                r#""description":"","color":null,"authorName":"","footer":"","imageUrl":"","#,
                r#""thumbnailUrl":"","timestamp":false,"fields":[]}}"#
            )
        );
    }

    #[test]
    fn what_is_absent_has_its_default() {
        let read = |text| serde_json::from_str::<MessageTemplate>(text).unwrap();
        assert_eq!(read("{}"), MessageTemplate::default());
        assert_eq!(read(r#"{"embed":{"fields":[]},"new":1}"#), MessageTemplate::default());
        let field = &read(r#"{"embed":{"fields":[{"name":"a"}]}}"#).embed.fields[0];
        assert_eq!((field.name.as_str(), field.value.as_str(), field.inline), ("a", "", false));
    }

    #[test]
    fn an_absent_a_null_and_an_empty_colour_are_none() {
        for text in ["{}", r#"{"color":null}"#, r#"{"color":""}"#] {
            assert_eq!(serde_json::from_str::<Embed>(text).unwrap().color, None);
        }
        let embed: Embed = serde_json::from_str(r##"{"color":"#3b82f6"}"##).unwrap();
        assert_eq!(embed.color.as_deref(), Some("#3b82f6"));
    }
}
