//! What a setting can be: the vocabulary in which a module writes down its table of settings.
//!
//! One description serves everything that has to know a setting: reading a form, judging a value against
//! the server, drawing the control, naming a difference. What the modules' settings are stands in `modules/`.

/// A group of settings under one heading. Its words: `{module}-section-{name}`, `…-intro` if there is one.
#[derive(Debug)]
pub struct Section {
    pub name: &'static str,
    pub fields: &'static [Field],
}

/// What a form is made of, and where its words begin: a module's settings, or anything else that is typed in.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// What its words begin with: a module's key.
    pub words: &'static str,
    pub sections: &'static [Section],
}

impl Table {
    pub fn fields(self) -> impl Iterator<Item = &'static Field> {
        self.sections.iter().flat_map(|section| section.fields)
    }
}

/// One setting. Its words: `{module}-{name}` and, if there is one, `{module}-{name}-hint`.
#[derive(Debug)]
pub struct Field {
    /// As the form has it, in snake_case; on the wire and in the database in camelCase.
    pub name: &'static str,
    pub kind: Kind,
}

#[derive(Debug)]
pub enum Kind {
    /// On or off.
    Switch,
    /// A whole number. `unit` names the word behind the field (`unit-minutes`).
    Number { min: i64, max: i64, unit: Option<&'static str> },
    /// kbit/s, from 8 up to what the server's boost tier gives.
    Bitrate,
    /// Text of `min` to `max` Unicode scalar values, trimmed. With `lines`, over several lines.
    Text { min: usize, max: usize, lines: bool, placeholders: &'static [Placeholder] },
    /// `#rrggbb`; `optional`: or none.
    Color { optional: bool },
    /// An https address of at most 2048; none is the empty text, as in [`config_sync::Embed`].
    Url,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Any of these words, in this order.
    Set(&'static [&'static str]),
    /// A voice region that Discord lists, or none for automatic.
    Region,
    /// A channel of the server; unless `required`, or none.
    Channel { of: ChannelUse, required: bool },
    /// At most `max` channels of the server.
    ChannelList { of: ChannelUse, max: usize },
    /// A role of the server; unless `required`, or none.
    Role { of: RoleUse, required: bool },
    /// At most `max` roles of the server.
    RoleList { of: RoleUse, max: usize },
    /// A date and a time, as text; in which zone it is read is its reader's matter. None is the empty text.
    Moment,
    /// One Unicode emoji, or one custom emoji of the server as `<:name:id>`; none is the empty text.
    Emoji { optional: bool },
    /// At most `max` texts of 1 to `each` Unicode scalar values, typed one on a line; empty lines do not count.
    Lines { max: usize, each: usize },
    /// At most `max` rows of these fields. A new row begins with the text values given.
    Rows { max: usize, fields: &'static [Field], fresh: &'static [(&'static str, &'static str)] },
    /// A message template with the placeholders it knows.
    Template(&'static [Placeholder]),
    /// Fields that belong together, one level deeper.
    Group(&'static [Field]),
}

/// `{name}` in a template, and what stands there in a preview.
pub type Placeholder = Known<'static>;

/// The same with what it really stands for.
#[derive(Debug)]
pub struct Known<'a> {
    pub name: &'a str,
    pub example: &'a str,
    /// In a message it is drawn as a mention.
    pub mention: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelUse {
    /// Text and announcement channels: the bot writes there.
    Text,
    /// The same, for what the bot announces to members: the person must be able to write there too.
    Announce,
    /// Ordinary voice channels: joining one makes a room.
    Voice,
    /// Voice and stage channels.
    VoiceOrStage,
    Category,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleUse {
    /// The bot gives it: below the bot and below the person who says so.
    Give,
    /// The bot mentions it.
    Ping,
    /// Having it means something; nobody is given it.
    Have,
}

/// What a message is made of, the same for every template. Its words begin with `template-`.
pub static TEMPLATE: &[Field] = &[
    Field { name: "enabled", kind: Kind::Switch },
    Field { name: "content", kind: Kind::Text { min: 0, max: 2000, lines: true, placeholders: &[] } },
    Field { name: "embed", kind: Kind::Group(EMBED) },
];

static EMBED: &[Field] = &[
    Field { name: "enabled", kind: Kind::Switch },
    Field { name: "title", kind: Kind::Text { min: 0, max: 256, lines: false, placeholders: &[] } },
    Field { name: "url", kind: Kind::Url },
    Field { name: "description", kind: Kind::Text { min: 0, max: 4096, lines: true, placeholders: &[] } },
    Field { name: "color", kind: Kind::Color { optional: true } },
    Field { name: "author_name", kind: Kind::Text { min: 0, max: 256, lines: false, placeholders: &[] } },
    Field { name: "footer", kind: Kind::Text { min: 0, max: 2048, lines: false, placeholders: &[] } },
    Field { name: "image_url", kind: Kind::Url },
    Field { name: "thumbnail_url", kind: Kind::Url },
    Field { name: "timestamp", kind: Kind::Switch },
    Field {
        name: "fields",
        kind: Kind::Rows {
            max: 10,
            fields: &[
                Field { name: "name", kind: Kind::Text { min: 1, max: 256, lines: false, placeholders: &[] } },
                Field { name: "value", kind: Kind::Text { min: 1, max: 1024, lines: true, placeholders: &[] } },
                Field { name: "inline", kind: Kind::Switch },
            ],
            fresh: &[],
        },
    },
];

/// All embed text of one message together, in Unicode scalar values.
pub const EMBED_TOTAL: usize = 6000;

impl Field {
    pub fn wire_name(&self) -> String {
        wire_name(self.name)
    }

    /// The fields one level deeper, if it is a group or a template.
    pub fn parts(&self) -> Option<&'static [Field]> {
        match &self.kind {
            Kind::Group(fields) => Some(fields),
            Kind::Template(_) => Some(TEMPLATE),
            _ => None,
        }
    }

    /// Where the words of the parts are: templates share theirs.
    pub fn words_below(&self, own: &str) -> String {
        if matches!(self.kind, Kind::Template(_)) { "template".into() } else { own.to_owned() }
    }

    /// The key of its label below `prefix` (a module's key, or what [`Field::words_below`] said).
    pub fn words(&self, prefix: &str) -> String {
        format!("{prefix}-{}", self.name.replace('_', "-"))
    }
}

/// `creators` + `user_limit` → `creators.user_limit`.
pub fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// A name as it stands on the wire and in the database: `user_limit` → `userLimit`.
pub fn wire_name(name: &str) -> String {
    let mut wire = String::with_capacity(name.len());
    for (index, part) in name.split('_').enumerate() {
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if index > 0 => wire.extend(first.to_uppercase()),
            Some(first) => wire.push(first),
            None => {}
        }
        wire.push_str(letters.as_str());
    }
    wire
}
