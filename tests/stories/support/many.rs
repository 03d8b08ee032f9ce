//! A log of very many changes, as statements that both databases take.
//!
//! Most are updates that are live, by fifty people in turn; of everything else there is next to nothing, and it is
//! old: whoever looks for it from the newest on, one by one, looks at all of them. The tests beside the code use this
//! file too, so it knows nothing of the program.

use uuid::Uuid;

const COLUMNS: &str = "id, guild_id, kind, subject, revision, number, action, shape, batch_id, restores_id, \
    before_body, after_body, changed, names, actor_id, actor_name, created_at, touched_at, next_attempt_at, \
    published_at, superseded, applied_at, rejected_reason";
const MODULES: [&str; 4] = ["tempvoice", "giveaway", "tickets", "music"];
/// The first is of this moment: 2026-01-01, and each a minute after the one before it.
const BEGIN: i64 = 1_767_225_600_000;
const FAR: i64 = 9_000_000_000_000;

/// The id of the change of this number, from 0 on.
pub fn id(number: i64) -> Uuid {
    let time = (BEGIN + number * 60_000).unsigned_abs();
    Uuid::from_u128(u128::from(time) << 80 | 7 << 76 | 2 << 62 | u128::from(number.unsigned_abs()))
}

/// Statements that put so many changes into a guild's log, the first of them with this number.
pub fn statements(guild: u64, numbers: std::ops::Range<i64>) -> impl Iterator<Item = String> {
    let chunk = 500;
    (numbers.start..numbers.end).step_by(chunk).map(move |from| {
        let rows = (from..numbers.end.min(from + chunk as i64)).map(|number| row(guild, number));
        format!("INSERT INTO changes ({COLUMNS}) VALUES {}", rows.collect::<Vec<_>>().join(","))
    })
}

fn row(guild: u64, number: i64) -> String {
    let at = BEGIN + number * 60_000;
    let module = MODULES[usize::try_from(number % 4).unwrap_or_default()];
    let person = format!("{}", 816_370_501_973_800_000 + number % 50);
    let (mut kind, mut revision, mut action) = ("settings", (number + 1).to_string(), "update");
    let (mut actor, mut name) = (person, format!("'Person {}'", number % 50));
    let (mut published, mut superseded, mut applied) = (at.to_string(), "FALSE", at.to_string());
    let (mut reason, mut restores) = ("NULL", "NULL".to_owned());
    let none = || "NULL".to_owned();
    match number {
        0..4 => action = "create",
        4 => (action, actor, name) = ("create", none(), "'bot'".to_owned()),
        5 => (actor, name) = (none(), "'system'".to_owned()),
        6 => action = "delete",
        7 => restores = format!("'{}'", id(3)),
        8 => reason = "'no'",
        9 => applied = none(),
        10 => (applied, superseded) = (none(), "TRUE"),
        11 => (applied, published) = (none(), none()),
        12 => (kind, revision, action) = ("command", none(), "giveaway-end"),
        13 => (kind, revision, action) = ("content", none(), "giveaway-update"),
        14 => (kind, revision, action) = ("content", none(), "panel-update"),
        15 => actor = "816370501973899999".to_owned(),
        _ => {}
    }
    format!(
        "('{}', {guild}, '{kind}', '{module}', {revision}, {number}, '{action}', 1, NULL, {restores}, NULL, \
         '{{}}', '[]', '{{}}', {actor}, {name}, {at}, {at}, {FAR}, {published}, {superseded}, {applied}, {reason})",
        id(number),
    )
}
