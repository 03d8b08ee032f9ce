//! A panel as a type: as it is stored, and as the bot reads it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::ids::{ChannelId, RoleId};

/// Absent fields have the defaults below, so that a stored panel of an older shape can be read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Panel {
    pub name: String,
    pub title: String,
    pub description: String,
    /// `#rrggbb`; none: Discord's own.
    pub color: Option<String>,
    pub image_url: String,
    pub thumbnail_url: String,
    pub footer: String,
    pub component_type: ComponentType,
    pub button_style: ButtonStyle,
    /// What an untouched select says; empty: Discord's own words.
    pub select_placeholder: String,
    pub categories: Vec<Category>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ComponentType {
    #[default]
    Buttons,
    Select,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ButtonStyle {
    #[default]
    Primary,
    Secondary,
    Success,
    Danger,
}

impl ButtonStyle {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Success => "success",
            Self::Danger => "danger",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Category {
    /// Stays the same through every change: a ticket names its category by it.
    pub id: String,
    pub name: String,
    /// Unicode or `<:name:id>`; empty: none.
    pub emoji: String,
    pub description: String,
    /// A panel in Discord leaves out what is off.
    pub enabled: bool,
    pub claim_enabled: bool,
    /// None: that of the module.
    pub category_id: Option<ChannelId>,
    pub naming_template: String,
    pub ping_role_ids: Vec<RoleId>,
    pub questions: Vec<Question>,
}

impl Default for Category {
    fn default() -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            emoji: String::new(),
            description: String::new(),
            enabled: true,
            claim_enabled: true,
            category_id: None,
            naming_template: "ticket-{number}".to_owned(),
            ping_role_ids: Vec::new(),
            questions: Vec::new(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Question {
    pub label: String,
    pub style: QuestionStyle,
    pub required: bool,
    pub placeholder: String,
    pub min_length: u32,
    /// 0: no limit of its own.
    pub max_length: u32,
    /// Of a select alone.
    pub options: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuestionStyle {
    #[default]
    Short,
    Paragraph,
    Select,
}

impl Panel {
    /// What the bot finds of it in Redis (docs/protocol.md, panels), without id and revision.
    pub fn wire(&self) -> Map<String, Value> {
        let mut panel = self.message(self.categories.iter());
        panel.insert("name".into(), json!(self.name));
        panel
    }

    /// What a command to post it holds: of the categories only those that are on.
    pub fn posted(&self) -> Map<String, Value> {
        self.message(self.enabled())
    }

    /// The categories that members are offered.
    pub fn enabled(&self) -> impl Iterator<Item = &Category> {
        self.categories.iter().filter(|category| category.enabled)
    }

    fn message<'c>(&self, categories: impl Iterator<Item = &'c Category>) -> Map<String, Value> {
        let fields = [
            (
                "embed",
                json!({
                    "title": self.title,
                    "description": self.description,
                    "color": self.color,
                    "imageUrl": self.image_url,
                    "thumbnail": self.thumbnail_url,
                    "footer": self.footer,
                }),
            ),
            ("componentType", upper(&self.component_type)),
            ("buttonStyle", upper(&self.button_style)),
            ("selectPlaceholder", json!(self.select_placeholder)),
            ("categories", categories.map(Category::wire).collect()),
        ];
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

impl Category {
    fn wire(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "emoji": self.emoji,
            "description": self.description,
            "enabled": self.enabled,
            "claimEnabled": self.claim_enabled,
            "categoryId": self.category_id,
            "namingTemplate": self.naming_template,
            "pingRoleIds": self.ping_role_ids,
            "formEnabled": !self.questions.is_empty(),
            "questions": self.questions.iter().map(Question::wire).collect::<Vec<_>>(),
        })
    }
}

impl Question {
    fn wire(&self) -> Value {
        let options = if self.style == QuestionStyle::Select { self.options.as_slice() } else { &[] };
        json!({
            "label": self.label,
            "style": upper(&self.style),
            "required": self.required,
            "placeholder": self.placeholder,
            "minLength": self.min_length,
            "maxLength": self.max_length,
            "options": options,
        })
    }
}

/// A word of ours as the wire has it.
fn upper(word: &impl Serialize) -> Value {
    match serde_json::to_value(word) {
        Ok(Value::String(word)) => Value::String(word.to_uppercase()),
        other => other.unwrap_or_default(),
    }
}

/// A name as it is compared with others: without space around it, composed, and without regard to case.
pub(super) fn folded(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    // Letter by letter, because some are lower-cased by what stands beside them.
    name.trim().nfc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_people_take_for_the_same_are_the_same() {
        for (one, other) in [("Help", " hELP "), ("Straße", "STRASSE"), ("E\u{301}tude", "étude"), ("ΟΔΟΣ", "οδος")]
        {
            assert_eq!(folded(one), folded(other), "{one}");
        }
        assert_ne!(folded("Help"), folded("Help 2"));
    }

    #[test]
    fn the_bot_is_told_what_the_protocol_says() {
        let question = Question {
            label: "Order".into(),
            style: QuestionStyle::Paragraph,
            options: vec!["left over".into()],
            ..Question::default()
        };
        let on = Category { id: "c1".into(), name: "Billing".into(), questions: vec![question], ..Category::default() };
        let off = Category { id: "c2".into(), enabled: false, ..Category::default() };
        let panel =
            Panel { name: "Help".into(), title: "Tickets".into(), categories: vec![on, off], ..Panel::default() };
        let posted = panel.posted();
        assert_eq!(posted["componentType"], "BUTTONS");
        assert_eq!(posted["embed"]["title"], "Tickets");
        assert_eq!(posted["categories"].as_array().map(Vec::len), Some(1), "what is off is not posted");
        let question = &posted["categories"][0]["questions"][0];
        assert_eq!((&question["style"], &question["options"]), (&json!("PARAGRAPH"), &json!([])));
        assert_eq!(posted["categories"][0]["formEnabled"], true);
        assert!(!posted.contains_key("name"));
        assert_eq!(panel.wire()["categories"][1]["enabled"], false);
        assert_eq!(panel.wire()["name"], "Help");
        // As a bot in Rust reads it, and nothing else.
        let mut wire = panel.wire();
        wire.insert("id".into(), json!("p"));
        wire.insert("revision".into(), json!(7));
        let read: config_sync::Panel = serde_json::from_value(json!(wire)).expect("a panel");
        assert_eq!(json!(read), json!(wire));
    }
}
