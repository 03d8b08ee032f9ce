//! What each field of a panel, of a category and of a question may be.

use crate::settings::fields::{ChannelUse, Field, Kind, Placeholder, RoleUse, Section, Table};

/// Categories of one panel at most: Discord shows five rows of five buttons, and 25 options of a select.
pub(super) const CATEGORIES: usize = 25;

/// What is typed on the panel's own page.
pub(super) const PANEL: Table = Table { words: "panel", sections: PANEL_SECTIONS };

/// What is typed on the page of a category.
pub(super) const CATEGORY: Table = Table { words: "panel-categories", sections: CATEGORY_SECTIONS };

/// All of a panel, as it is stored: for judging and comparing it.
pub const WHOLE: Table = Table { words: "panel", sections: WHOLE_SECTIONS };

/// Where it is to be posted.
pub(super) const POSTING: Table = Table { words: "panel-post", sections: POSTING_SECTIONS };

static PANEL_SECTIONS: &[Section] = &[
    Section { name: "name", fields: NAME },
    Section { name: "embed", fields: EMBED },
    Section { name: "choosing", fields: CHOOSING },
];

static WHOLE_SECTIONS: &[Section] = &[
    Section { name: "name", fields: NAME },
    Section { name: "embed", fields: EMBED },
    Section { name: "choosing", fields: CHOOSING },
    Section { name: "categories", fields: ALL_CATEGORIES },
];

static CATEGORY_SECTIONS: &[Section] =
    &[Section { name: "category", fields: OFFER }, Section { name: "form", fields: FORM }];

static POSTING_SECTIONS: &[Section] = &[Section {
    name: "post",
    fields: &[field("channel_id", Kind::Channel { of: ChannelUse::Announce, required: true })],
}];

static NAME: &[Field] = &[text("name", 1, 80)];

static EMBED: &[Field] = &[
    text("title", 0, 256),
    field("description", Kind::Text { min: 0, max: 4096, lines: true, placeholders: &[] }),
    field("color", Kind::Color { optional: true }),
    field("image_url", Kind::Url),
    field("thumbnail_url", Kind::Url),
    text("footer", 0, 2048),
];

static CHOOSING: &[Field] = &[
    field("component_type", Kind::Choice(&["buttons", "select"])),
    field("button_style", Kind::Choice(&["primary", "secondary", "success", "danger"])),
    text("select_placeholder", 0, 150),
];

static ALL_CATEGORIES: &[Field] =
    &[field("categories", Kind::Rows { max: CATEGORIES, fields: WHOLE_CATEGORY, fresh: &[] })];

/// As [`CATEGORY_SECTIONS`], which a test holds it to.
static WHOLE_CATEGORY: &[Field] = &[
    NAME_OF_CATEGORY,
    EMOJI,
    DESCRIPTION,
    ENABLED,
    CATEGORY_ID,
    NAMING_TEMPLATE,
    PING_ROLE_IDS,
    CLAIM_ENABLED,
    QUESTIONS,
];

static OFFER: &[Field] =
    &[NAME_OF_CATEGORY, EMOJI, DESCRIPTION, ENABLED, CATEGORY_ID, NAMING_TEMPLATE, PING_ROLE_IDS, CLAIM_ENABLED];

static FORM: &[Field] = &[QUESTIONS];

const NAME_OF_CATEGORY: Field = text("name", 1, 80);
const EMOJI: Field = field("emoji", Kind::Emoji { optional: true });
const DESCRIPTION: Field = text("description", 0, 100);
const ENABLED: Field = field("enabled", Kind::Switch);
const CATEGORY_ID: Field = field("category_id", Kind::Channel { of: ChannelUse::Category, required: false });
const NAMING_TEMPLATE: Field =
    field("naming_template", Kind::Text { min: 1, max: 100, lines: false, placeholders: IN_NAMES });
const PING_ROLE_IDS: Field = field("ping_role_ids", Kind::RoleList { of: RoleUse::Ping, max: 10 });
const CLAIM_ENABLED: Field = field("claim_enabled", Kind::Switch);
const QUESTIONS: Field = field(
    "questions",
    Kind::Rows {
        max: 5,
        fields: QUESTION,
        fresh: &[("style", "short"), ("required", "on"), ("min_length", "0"), ("max_length", "1000")],
    },
);

static QUESTION: &[Field] = &[
    text("label", 1, 45),
    field("style", Kind::Choice(&["short", "paragraph", "select"])),
    field("required", Kind::Switch),
    text("placeholder", 0, 100),
    field("min_length", Kind::Number { min: 0, max: 4000, unit: None }),
    field("max_length", Kind::Number { min: 0, max: 4000, unit: None }),
    field("options", Kind::Lines { max: 25, each: 100 }),
];

static IN_NAMES: &[Placeholder] = &[
    example("number", "0042"),
    example("user", "Mira"),
    example("username", "mira.k"),
    example("category", "Billing"),
];

const fn field(name: &'static str, kind: Kind) -> Field {
    Field { name, kind }
}

const fn text(name: &'static str, min: usize, max: usize) -> Field {
    field(name, Kind::Text { min, max, lines: false, placeholders: &[] })
}

const fn example(name: &'static str, example: &'static str) -> Placeholder {
    Placeholder { name, example, mention: false }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::panels::{Category, Panel, Question};
    use crate::settings::fill::fill;
    use crate::settings::parse::read;
    use crate::settings::problems::Problems;

    fn wire_names<'f>(fields: impl IntoIterator<Item = &'f Field>) -> Vec<String> {
        let mut names: Vec<String> = fields.into_iter().map(Field::wire_name).collect();
        names.sort();
        names
    }

    fn keys(value: &Value) -> Vec<String> {
        let mut keys: Vec<String> = value.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
        keys.sort();
        keys
    }

    #[test]
    fn the_tables_and_the_types_agree() {
        assert_eq!(keys(&json!(Panel::default())), wire_names(WHOLE.fields()));
        let mut category = wire_names(CATEGORY.fields());
        category.push("id".into());
        category.sort();
        assert_eq!(keys(&json!(Category::default())), category);
        assert_eq!(wire_names(WHOLE_CATEGORY), wire_names(CATEGORY.fields()));
        assert_eq!(keys(&json!(Question::default())), wire_names(QUESTION));
    }

    #[test]
    fn what_is_stored_reads_back_from_its_own_form() {
        let question =
            Question { label: "What?".into(), max_length: 5, options: vec!["a".into()], ..Question::default() };
        let category = Category { name: "A".into(), questions: vec![question], ..Category::default() };
        let panel = Panel { name: "P".into(), categories: vec![category], ..Panel::default() };
        let mut value = json!(panel);
        let mut problems = Problems::default();
        let again = read(WHOLE.fields(), "", &fill(WHOLE.fields(), &value), &mut problems);
        assert!(!problems.stop_the_save(), "{problems:?}");
        value["categories"][0].as_object_mut().map(|category| category.remove("id"));
        assert_eq!(Value::Object(again.expect("nothing twice")), value);
    }
}
