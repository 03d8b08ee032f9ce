//! A giveaway as a form says it, judged and with its times worked out; and as it is stored and sent.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use crate::clock::Millis;
use crate::ids::{self, ChannelId};
use crate::modules::Giveaway;
use crate::settings::fields::Table;
use crate::settings::judge::Judge;
use crate::settings::module::SettingsModule as _;
use crate::settings::parse::{self, SentTwice};
use crate::settings::problems::Problems;
use crate::settings::rows;
use crate::web::form::FormData;
use crate::web::words::Message;

use super::moment;
use super::table::LONGEST_MINUTES;

const MINUTE: Millis = 60_000;
const LONGEST: Millis = LONGEST_MINUTES * MINUTE;
/// What belongs to a giveaway itself, besides its times and its channel.
const OWN: [&str; 11] = [
    "prize",
    "description",
    "winners",
    "requiredRoleIds",
    "requiredRoleMode",
    "blockedRoleIds",
    "minAccountAgeDays",
    "minMemberDays",
    "bonusEntries",
    "boosterBonusEntries",
    "notes",
];

/// What a form is read against.
pub(super) struct Ground<'a> {
    pub table: Table,
    pub judge: &'a Judge<'a>,
    pub zone: &'a TimeZone,
    pub now: Millis,
    /// The module's settings.
    pub settings: &'a Value,
    /// What is stored of the giveaway: what came back unchanged is not judged anew.
    pub stored: Option<&'a Value>,
}

/// A form read and judged.
pub(super) struct Plan {
    /// Null where something could not be read.
    pub value: Value,
    pub starts_at: Option<Millis>,
    pub ends_at: Option<Millis>,
    pub problems: Problems,
}

impl Plan {
    /// Reads a form whose rows are numbered.
    ///
    /// # Errors
    /// A field that may stand once stood twice.
    pub fn read(ground: &Ground<'_>, form: &FormData) -> Result<Self, SentTwice> {
        let mut problems = Problems::default();
        let value = Value::Object(parse::read(ground.table.fields(), "", form, &mut problems)?);
        ground.judge.fields(ground.table.fields(), "", &value, &mut problems);
        let mut plan = Self { value, starts_at: None, ends_at: None, problems };
        plan.read_times(ground);
        if plan.problems.unreadable.is_empty()
            && let Ok(rules) = serde_json::from_value::<Giveaway>(plan.value.clone())
        {
            rules.rules(ground.judge, &mut plan.problems);
        }
        let has_secret = plan.value["secretPrize"].as_str().is_some_and(|secret| !secret.is_empty());
        if has_secret && ground.settings["dmWinners"] == Value::Bool(false) {
            plan.problems.unreadable("secret_prize", Message::new("problem-secret-needs-dm"));
        }
        if let Some(stored) = ground.stored {
            plan.problems.forgive_unchanged(stored, &plan.value);
        }
        Ok(plan)
    }

    fn read_times(&mut self, ground: &Ground<'_>) {
        let has = |name: &str| ground.table.fields().any(|field| field.name == name);
        let stored = |name: &str| ground.stored.and_then(|stored| stored[name].as_i64());
        // What came back as it is stored keeps its seconds, and may lie behind us.
        let unchanged = |name: &str, at: Millis| {
            stored(name).filter(|before| moment::written(*before, ground.zone) == moment::written(at, ground.zone))
        };
        let now_or_after = |plan: &mut Self, field: &'static str, wire: &str| {
            let text = plan.value[wire].as_str()?.to_owned();
            let at = match moment::read(&text, ground.zone) {
                Ok(at) => at,
                Err(message) => {
                    plan.problems.unreadable(field, message);
                    return None;
                }
            };
            if let Some(before) = unchanged(wire, at) {
                return Some(before);
            }
            if at <= ground.now {
                plan.problems.unreadable(field, Message::new("problem-moment-past"));
                return None;
            }
            Some(at)
        };
        let begins_now = has("start") && self.value["start"] == json!("now");
        self.starts_at = match has("starts_at") {
            true if begins_now => Some(ground.now),
            true => now_or_after(self, "starts_at", "startsAt"),
            false => stored("startsAt"),
        };
        if let Some(at) = self.starts_at.filter(|at| *at > ground.now + LONGEST) {
            self.starts_at = Some(at);
            self.problems.unreadable("starts_at", Message::new("problem-start-too-late"));
        }
        let lasts = has("end") && self.value["end"] == json!("after");
        self.ends_at = if lasts {
            let minutes = self.value["durationMinutes"].as_i64();
            self.starts_at.zip(minutes).map(|(at, minutes)| at + minutes * MINUTE)
        } else {
            now_or_after(self, "ends_at", "endsAt")
        };
        let Some((start, end)) = self.starts_at.zip(self.ends_at).filter(|_| !lasts) else { return };
        let (field, span) = ("ends_at", end - start);
        match span {
            ..=0 => self.problems.unreadable(field, Message::new("problem-end-before-start")),
            1..MINUTE => self.problems.unreadable(field, Message::new("problem-end-too-soon")),
            _ if span > LONGEST => self.problems.unreadable(field, Message::new("problem-end-too-late")),
            _ => {}
        }
    }

    pub fn is_fine(&self) -> bool {
        !self.problems.stop_the_save() && self.starts_at.is_some() && self.ends_at.is_some()
    }

    pub fn text(&self, name: &str) -> &str {
        self.value[name].as_str().unwrap_or_default()
    }

    pub fn channel(&self) -> Option<ChannelId> {
        ids::parse(self.text("channelId"))
    }

    /// As it is stored and stands in the log: without the secret prize. `before`: what is not in this form.
    pub fn body(&self, before: Option<&Value>) -> Value {
        let mut body: Map<String, Value> = before.and_then(Value::as_object).cloned().unwrap_or_default();
        let fields = self.value.as_object().into_iter().flatten();
        let own = |name: &str| OWN.contains(&name) || name == "channelId";
        body.extend(fields.filter(|(name, _)| own(name)).map(|(name, value)| (name.clone(), value.clone())));
        if let Some((start, end)) = self.starts_at.zip(self.ends_at) {
            body.insert("startsAt".into(), start.into());
            body.insert("endsAt".into(), end.into());
        }
        if before.is_none() {
            body.insert("hasSecretPrize".into(), (!self.text("secretPrize").is_empty()).into());
        }
        Value::Object(body)
    }
}

/// A stored giveaway as the bot is told it. `only`: nothing but these.
pub(super) fn on_the_wire(body: &Value, only: Option<&[String]>) -> Map<String, Value> {
    let told = |name: &str| only.is_none_or(|only| only.iter().any(|one| one == name));
    let mut fields = Map::new();
    for name in OWN {
        if let Some(value) = body.get(name).filter(|_| told(name)) {
            fields.insert(name.to_owned(), value.clone());
        }
    }
    for name in ["startsAt", "endsAt"] {
        if let Some(at) = body[name].as_i64().filter(|_| told(name)) {
            fields.insert(name.to_owned(), iso(at).into());
        }
    }
    fields
}

/// ISO 8601 in UTC.
pub(super) fn iso(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at).map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
}

/// What a new one begins with: the module's settings.
pub(super) fn fresh(settings: &Value) -> Value {
    let mut value = settings.clone();
    value["channelId"] = settings["defaultChannelId"].clone();
    value["winners"] = settings["defaultWinners"].clone();
    value["durationMinutes"] = settings["defaultDurationMinutes"].clone();
    value["start"] = json!("now");
    value["end"] = json!("after");
    value
}

/// Rows numbered anew, as the reading expects them.
pub(super) fn prepare(table: Table, form: &mut FormData) {
    rows::renumber(&table.fields().collect::<Vec<_>>(), form);
    // A choice that needs no time, or no length, need not bring one.
    for (choice, needless, filler) in
        [("now", "starts_at", ""), ("after", "ends_at", ""), ("at", "duration_minutes", "1")]
    {
        let name = if needless == "starts_at" { "start" } else { "end" };
        let field = table.fields().any(|field| field.name == name);
        if field && form.text(name) == Some(choice) && form.text(needless).is_none_or(|text| text.trim().is_empty()) {
            form.set(needless, filler);
        }
    }
}
