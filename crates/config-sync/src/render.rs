//! A template with its placeholders filled, ready for Discord: within its limits, and pinging
//! nobody but those it is meant to.
//!
//! How a value is written is in `values`, how a text is filled and cut in `text`.

use serde::Serialize;

use crate::template::{Embed, MessageTemplate};
use crate::text::{Text, next_placeholder};
use crate::values::{Place, Values, iso_utc, safe_url};

const CONTENT: usize = 2000;
const TITLE: usize = 256;
const DESCRIPTION: usize = 4096;
const AUTHOR: usize = 256;
const FOOTER: usize = 2048;
const FIELDS: usize = 10;
const FIELD_NAME: usize = 256;
const FIELD_VALUE: usize = 1024;
/// All text of an embed together.
const EMBED: usize = 6000;
/// Ids that `allowed_mentions` may name.
const MENTIONS: usize = 100;
/// Stands for a name or a value that is empty, which Discord would refuse.
const NOTHING: &str = "\u{200b}";

/// A message as Discord's "create message" takes it; serialise it as the body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rendered {
    /// The text above the embed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// None or one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub embeds: Vec<RenderedEmbed>,
    /// Who may be pinged by it: always sent, because without it Discord lets everyone be.
    pub allowed_mentions: AllowedMentions,
}

/// The only ones a message pings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AllowedMentions {
    /// Always empty: nothing is found by looking at the text.
    pub parse: Vec<String>,
    /// Persons that placeholders of the content stand for.
    pub users: Vec<String>,
    /// The ping roles of the settings.
    pub roles: Vec<String>,
}

/// An embed as Discord takes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "these are Discord's own names")]
pub struct RenderedEmbed {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub footer: Option<Words>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<RenderedField>,
}

/// An embed's author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "these are Discord's own names")]
pub struct Name {
    pub name: String,
}

/// An embed's footer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "these are Discord's own names")]
pub struct Words {
    pub text: String,
}

/// An embed's image or thumbnail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "these are Discord's own names")]
pub struct Address {
    pub url: String,
}

/// An embed's field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "these are Discord's own names")]
pub struct RenderedField {
    pub name: String,
    pub value: String,
    pub inline: bool,
}

impl MessageTemplate {
    /// Fills the placeholders. Values are not searched for placeholders, their Markdown shows as
    /// they were typed, and they are cut so that Discord's limits hold; addresses that are not
    /// https are left out. None when the template is off or nothing is left to be said: the bot
    /// then uses its default text.
    #[must_use]
    pub fn render(&self, values: &Values) -> Option<Rendered> {
        if !self.enabled {
            return None;
        }
        let content = Text::fill(&self.content, &values.by_name, Place::Rich, CONTENT);
        let embed = self.embed.enabled.then(|| self.embed.render(values)).flatten();
        if content.is_empty() && embed.is_none() {
            return None;
        }
        let ids = |ids: &[u64]| ids.iter().take(MENTIONS).map(u64::to_string).collect();
        Some(Rendered {
            allowed_mentions: AllowedMentions {
                parse: Vec::new(),
                users: ids(&content.people()),
                roles: ids(&values.ping_roles),
            },
            content: content.to_string(),
            embeds: embed.into_iter().collect(),
        })
    }
}

/// The texts of an embed, before they are cut to fit together.
struct Texts {
    title: Text,
    description: Text,
    author: Text,
    footer: Text,
    fields: Vec<(Text, Text, bool)>,
}

impl Embed {
    fn render(&self, values: &Values) -> Option<RenderedEmbed> {
        let mut texts = self.texts(values);
        texts.fit();
        let url = |template: &str| address(template, values);
        let image = url(&self.image_url).or_else(|| safe_url(values.image_url.as_deref()?));
        let thumbnail = url(&self.thumbnail_url);
        if texts.len() == 0 && image.is_none() && thumbnail.is_none() {
            return None;
        }
        let some = |text: &Text| (!text.is_empty()).then(|| text.to_string());
        let colour = self.color.as_deref().and_then(number);
        Some(RenderedEmbed {
            title: some(&texts.title),
            url: url(&self.url).filter(|_| !texts.title.is_empty()),
            description: some(&texts.description),
            color: colour.or_else(|| number(values.color.as_deref()?)),
            author: some(&texts.author).map(|name| Name { name }),
            footer: some(&texts.footer).map(|text| Words { text }),
            image: image.map(|url| Address { url }),
            thumbnail: thumbnail.map(|url| Address { url }),
            timestamp: self.timestamp.then(|| iso_utc(values.now)),
            fields: texts.fields.iter().map(field).collect(),
        })
    }

    fn texts(&self, values: &Values) -> Texts {
        let fill = |template: &str, place, limit| Text::fill(template, &values.by_name, place, limit);
        let fields = self.fields.iter().take(FIELDS).map(|field| {
            let name = fill(&field.name, Place::Line, FIELD_NAME);
            (name, fill(&field.value, Place::Rich, FIELD_VALUE), field.inline)
        });
        Texts {
            title: fill(&self.title, Place::Line, TITLE),
            description: fill(&self.description, Place::Rich, DESCRIPTION),
            author: fill(&self.author_name, Place::Plain, AUTHOR),
            footer: fill(&self.footer, Place::Plain, FOOTER),
            fields: fields.filter(|(name, value, _)| !(name.is_empty() && value.is_empty())).collect(),
        }
    }
}

impl Texts {
    fn len(&self) -> usize {
        // An empty name or value is sent as one character.
        let fields = self.fields.iter().map(|(name, value, _)| name.len().max(1) + value.len().max(1));
        let rest = [&self.title, &self.description, &self.author, &self.footer];
        fields.sum::<usize>() + rest.iter().map(|text| text.len()).sum::<usize>()
    }

    /// Cuts the longest texts until all of them fit into one embed.
    fn fit(&mut self) {
        while self.len() > EMBED {
            let over = self.len() - EMBED;
            let values = self.fields.iter_mut().map(|(_, value, _)| value);
            let long = values.chain([&mut self.description, &mut self.footer]);
            match long.max_by_key(|text| text.len()) {
                // In steps, so that two long texts share what is lost.
                Some(text) if text.len() > 1 => text.cut(text.len() - over.min(text.len().div_ceil(8))),
                _ => return,
            }
        }
    }
}

fn field((name, value, inline): &(Text, Text, bool)) -> RenderedField {
    let or_nothing = |text: &Text| {
        if text.is_empty() { NOTHING.to_owned() } else { text.to_string() }
    };
    RenderedField { name: or_nothing(name), value: or_nothing(value), inline: *inline }
}

/// An address with its placeholders filled, if it still is one.
fn address(template: &str, values: &Values) -> Option<String> {
    let mut filled = String::new();
    let mut rest = template;
    while let Some((own, value, after)) = next_placeholder(rest, &values.by_name) {
        filled.push_str(own);
        filled.push_str(&value.raw());
        rest = after;
    }
    filled.push_str(rest);
    safe_url(&filled)
}

/// `#rrggbb` as a number.
fn number(colour: &str) -> Option<u32> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(())?;
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
#[path = "render_tests.rs"]
mod tests;
