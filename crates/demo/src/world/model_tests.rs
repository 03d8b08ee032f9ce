//! However long it lives, and whatever it is told: a world does not contradict itself.

use config_sync::GuildId;
use discord_standin::seed;
use proptest::prelude::*;
use serde_json::json;

use super::obey_tests::command;
use super::witness::Witness;
use super::*;

const NOW: u64 = 1_795_462_987_710;
const HARBOUR: GuildId = GuildId(seed::HARBOUR_CLUB.0);

pub fn model(seed: u64) -> Model {
    let mut model = Model::new(seed);
    for guild in [HARBOUR, GuildId(seed::ARCADE.0)] {
        model.knows(guild, Ground::of(&seed::world(), guild.get()).unwrap());
        model.awakes(guild);
    }
    model
}

/// One thing that is done to a world.
#[derive(Clone, Debug)]
enum Turn {
    Happens,
    Passes(u64),
    /// A command of this type about one of the things of its kind.
    Told(&'static str, u64),
}

fn turn() -> impl Strategy<Value = Turn> {
    let kinds =
        ["GIVEAWAY_END", "GIVEAWAY_CANCEL", "GIVEAWAY_REROLL", "TICKET_CLOSE", "VOICE_ROOM_CLOSE", "STATE_REQUEST"];
    prop_oneof![
        12 => Just(Turn::Happens),
        3 => (0..20 * 60_000_u64).prop_map(Turn::Passes),
        2 => (prop::sample::select(kinds.to_vec()), any::<u64>()).prop_map(|(kind, which)| Turn::Told(kind, which)),
    ]
}

fn is_told(model: &mut Model, kind: &str, which: u64) {
    let (server, scene) = model.server(HARBOUR).unwrap();
    let pick = |ids: Vec<String>| ids.get(which as usize % ids.len().max(1)).cloned().unwrap_or_default();
    let giveaway = pick(server.giveaways.all.keys().cloned().collect());
    let ticket = pick(server.tickets.all.keys().cloned().collect());
    let room = pick(server.rooms.all.keys().map(ToString::to_string).collect());
    let count = which % 3 + 1;
    let command = command(
        kind,
        json!({ "giveawayId": giveaway, "ticketId": ticket, "channelId": room, "count": count, "userId": "9" }),
    );
    let was = (server.giveaways.all.len(), server.tickets.all.len());
    if server.considers(&command, scene.now).is_err() {
        return;
    }
    // Nobody may be left to win again.
    let done = server.obeys(scene, &command, None).is_ok();
    assert!(done || kind == "GIVEAWAY_REROLL", "{command:?}");
    assert_eq!(was, (server.giveaways.all.len(), server.tickets.all.len()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_told_contradicts_what_was_told_before(
        seed: u64,
        has_a_past: bool,
        pace in prop::sample::select(Pace::ALL.to_vec()),
        turns in prop::collection::vec(turn(), 1..400),
    ) {
        let (mut model, mut witness, mut now) = (model(seed), Witness::default(), NOW);
        model.pace = pace;
        if has_a_past {
            history::play(&mut model, &[HARBOUR], now);
        }
        for turn in turns {
            match turn {
                Turn::Happens => model.something_happens(),
                Turn::Passes(time) => now += time,
                Turn::Told(kind, which) => is_told(&mut model, kind, which),
            }
            model.moves_to(now);
            witness.hears(&model.take_told());
        }
    }
}

#[test]
fn the_same_seed_is_the_same_life() {
    let life = |seed: u64| {
        let mut model = model(seed);
        for step in 0..300 {
            model.moves_to(NOW + step * 15_000);
            model.something_happens();
        }
        model.take_told()
    };
    assert_eq!(life(4), life(4));
    assert_ne!(life(4), life(5));
}

#[test]
fn everything_that_can_happen_does_sooner_or_later() {
    let (mut model, mut witness) = (model(1), Witness::default());
    for step in 0..6_000 {
        model.moves_to(NOW + step * 15_000);
        model.something_happens();
        witness.hears(&model.take_told());
    }
    let kinds = [
        "GIVEAWAY_START",
        "GIVEAWAY_ENTRY",
        "GIVEAWAY_END",
        "TICKET_CREATE",
        "TICKET_CLAIM",
        "TICKET_CLOSE",
        "TICKET_REOPEN",
        "TICKET_TRANSCRIPT",
        "TICKET_RATING",
        "VOICE_ROOM_CREATE",
        "VOICE_ROOM_UPDATE",
        "VOICE_ROOM_DELETE",
        "TRACK_START",
        "QUEUE_END",
        "MEMBER_JOIN",
        "MEMBER_LEAVE",
        "XP_GAIN",
        "LEVEL_UP",
        "MOD_ACTION",
    ];
    for kind in kinds {
        assert!(witness.kinds.contains_key(kind), "{kind}: {:?}", witness.kinds);
    }
}

#[test]
fn the_past_gives_every_list_something_to_show() {
    for seed in 0..6 {
        let (mut model, mut witness) = (model(seed), Witness::default());
        history::play(&mut model, &[HARBOUR, GuildId(seed::ARCADE.0)], NOW);
        let told = model.take_told();
        assert!(told.first().unwrap().timestamp < NOW - 5 * 24 * 3_600_000, "it goes back for days");
        let of_harbour: Vec<_> = told.iter().filter(|event| event.guild_id == HARBOUR).cloned().collect();
        witness.hears(&of_harbour);
        let giveaways = ["ended", "running", "scheduled"].map(|state| witness.giveaways(state));
        assert_eq!(giveaways, [10, 2, 1], "seed {seed}");
        let tickets = ["closed and claimed", "open", "claimed"].map(|state| witness.tickets(state));
        assert_eq!(tickets, [30, 3, 1], "seed {seed}");
        assert_eq!((witness.rooms(), witness.kinds["TRACK_START"]), (2, 10), "seed {seed}");
        assert_eq!(witness.kinds.get("QUEUE_END"), None, "the last still plays");
        assert!(witness.kinds["TICKET_RATING"] >= 15 && witness.kinds["TICKET_TRANSCRIPT"] >= 30);
    }
}

#[test]
fn at_no_pace_only_what_is_due_happens() {
    let mut model = model(2);
    model.moves_to(NOW);
    let (server, scene) = model.server(HARBOUR).unwrap();
    let id = server.start_giveaway(scene, Some("A rope"), 60_000).unwrap();
    drop(model.take_told());
    model.moves_to(NOW + 59_999);
    assert_eq!(model.take_told(), []);
    model.moves_to(NOW + 60_000);
    let told = model.take_told();
    assert_eq!((told.len(), told[0].kind.as_str(), &told[0].data["giveawayId"]), (1, "GIVEAWAY_END", &json!(id)));
    assert_eq!(told[0].data["winnerIds"], json!([]), "nobody entered");
}
