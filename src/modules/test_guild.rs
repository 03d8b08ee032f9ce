//! A small server for the rules, and the people on it.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::discord::Member;
use crate::guilds::snapshot::GuildSnapshot;
use crate::settings::checklist::{self, Subject, Verdict};
use crate::settings::judge::Judge;
use crate::settings::module::{Module, SettingsModule};
use crate::settings::problems::{Problem, Problems};
use crate::web::words::Words;

pub const EVERYONE: &str = "100000000000000001";
pub const HELPERS: &str = "100000000000000002";
pub const BOOSTED: &str = "100000000000000003";
pub const CREATE_A_ROOM: &str = "200000000000000001";
pub const CREATE_A_STUDY: &str = "200000000000000002";
pub const ROOMS: &str = "200000000000000003";
pub const MORE_ROOMS: &str = "200000000000000004";
pub const OPEN_CHANNEL: &str = "200000000000000005";
pub const STAFF_CHANNEL: &str = "200000000000000006";
const OWNER: &str = "300000000000000001";
const BOT: &str = "300000000000000002";

const SEES_AND_WRITES: &str = "3072";
const SEES: &str = "1024";

pub fn snapshot() -> GuildSnapshot {
    let role = |id: &str, name: &str, position: i64| {
        let permissions = SEES_AND_WRITES;
        json!({"id": id, "name": name, "position": position, "permissions": permissions})
    };
    let guild = json!({
        "id": EVERYONE, "name": "Chess Club", "owner_id": OWNER,
        "roles": [role(EVERYONE, "@everyone", 0), role(HELPERS, "Helpers", 1), role(BOOSTED, "Boosted", 2)],
    });
    let closed = json!([{"id": EVERYONE, "type": 0, "allow": "0", "deny": SEES}]);
    let channels = json!([
        {"id": ROOMS, "type": 4, "name": "Rooms"},
        {"id": MORE_ROOMS, "type": 4, "name": "More rooms"},
        {"id": CREATE_A_ROOM, "type": 2, "name": "Create a room", "parent_id": ROOMS},
        {"id": CREATE_A_STUDY, "type": 2, "name": "Create a study", "parent_id": ROOMS},
        {"id": OPEN_CHANNEL, "type": 0, "name": "open"},
        {"id": STAFF_CHANNEL, "type": 0, "name": "staff", "permission_overwrites": closed},
    ]);
    let read = |value: Value| serde_json::from_value(value).expect("channels");
    GuildSnapshot::new(
        Arc::new(serde_json::from_value(guild).expect("a guild")),
        Arc::new(read(channels)),
        Arc::new(member(BOT)),
        Arc::new(Vec::new()),
        0,
    )
}

fn member(id: &str) -> Member {
    serde_json::from_value(json!({"user": {"id": id, "username": "somebody"}})).expect("a member")
}

/// What the rules of a module say to its defaults with these changes, and what is worth a look.
pub fn said<M: SettingsModule>(changes: &Value) -> Said {
    let module = Module::of::<M>();
    let mut settings = (module.defaults)();
    for (name, value) in changes.as_object().expect("changes") {
        assert!(settings.get(name).is_some(), "no such setting: {name}");
        settings[name] = value.clone();
    }
    let guild = snapshot();
    let owner = member(OWNER);
    let judge = Judge { guild: &guild, person: guild.person(&owner, 0) };
    let mut problems = Problems::default();
    (module.rules)(&settings, &judge, &mut problems).expect("settings of this module");
    assert!(problems.unreadable.is_empty(), "rules judge, they do not read");
    let (words, table, needs) = (Words::default(), module.table(), module.needs);
    let subject = Subject { judge: &judge, words: &words, table, needs, values: &settings };
    for item in checklist::of(&subject, &Problems::default()) {
        if item.verdict == Verdict::Warning {
            problems.warning(item.path, item.message);
        }
    }
    Said(problems)
}

pub struct Said(Problems);

impl Said {
    /// The paths and keys of the errors.
    pub fn errors(&self) -> Vec<(&str, &str)> {
        self.0.judged.iter().map(in_short).collect()
    }

    pub fn warns(&self, path: &str, key: &str) -> bool {
        self.0.warnings.iter().map(in_short).any(|one| one == (path, key))
    }

    /// Which other fields an error is about.
    pub fn involved(&self) -> Vec<&'static str> {
        self.0.judged.iter().flat_map(|problem| problem.involved.clone()).collect()
    }
}

/// Path and key; and the words must be there, with nothing left to fill in.
fn in_short(problem: &Problem) -> (&str, &str) {
    let words = Words::default().say(&problem.message);
    assert!(words != problem.message.key && !words.contains("{$"), "{words}");
    (&problem.path, &problem.message.key)
}
