//! Commands in every state of what they are about.

use config_sync::{Command, CommandEnvelope, Done, GuildId, Order};
use discord_standin::seed::{self, channels};
use serde_json::{Value, from_value, json};

use super::model_tests::model;
use super::scene::iso;
use super::witness::Witness;
use super::*;

const NOW: u64 = 1_795_462_987_710;
const HARBOUR: GuildId = GuildId(seed::HARBOUR_CLUB.0);
const HOUR: u64 = 3_600_000;

/// A command to Harbour Club, given by Mira.
pub fn command(kind: &str, fields: Value) -> Command {
    let channel_id = fields["channelId"].as_str().map(str::to_owned);
    let user_id = Some(seed::MIRA.to_string());
    let order = match kind {
        "SEND_PANEL" => Order::SendPanel(from_value(fields).unwrap()),
        "ticket_panel_v2" => Order::TicketPanel(from_value(fields).unwrap()),
        "PANEL_REMOVE" => Order::PanelRemove(from_value(fields).unwrap()),
        "GIVEAWAY_CREATE" => Order::GiveawayCreate(from_value(fields).unwrap()),
        "GIVEAWAY_UPDATE" => Order::GiveawayUpdate(from_value(fields).unwrap()),
        "GIVEAWAY_END" => Order::GiveawayEnd(from_value(fields).unwrap()),
        "GIVEAWAY_CANCEL" => Order::GiveawayCancel(from_value(fields).unwrap()),
        "GIVEAWAY_REROLL" => Order::GiveawayReroll(from_value(fields).unwrap()),
        "TICKET_CLOSE" => Order::TicketClose(from_value(fields).unwrap()),
        "REVIEW_PUBLISH" => Order::ReviewPublish(from_value(fields).unwrap()),
        "VOICE_ROOM_CLOSE" => Order::VoiceRoomClose,
        "SEND_TEST" => Order::SendTest(from_value(fields).unwrap()),
        "STATE_REQUEST" => Order::StateRequest,
        _ => panic!("{kind}"),
    };
    let envelope = CommandEnvelope {
        kind: kind.to_owned(),
        command_id: uuid::Uuid::nil(),
        guild_id: HARBOUR,
        channel_id,
        user_id,
        timestamp: NOW,
        expires_at: NOW + 120_000,
    };
    Command { envelope, order }
}

struct House {
    model: Model,
    witness: Witness,
    now: u64,
}

impl House {
    fn new() -> Self {
        let mut model = model(3);
        model.moves_to(NOW);
        Self { model, witness: Witness::default(), now: NOW }
    }

    fn on<T>(&mut self, act: impl FnOnce(&mut Server, &mut Scene) -> T) -> T {
        let (server, scene) = self.model.server(HARBOUR).unwrap();
        act(server, scene)
    }

    fn passes(&mut self, time: u64) {
        self.now += time;
        self.model.moves_to(self.now);
    }

    /// What comes of a command: message 77 is posted where one has to be.
    fn told(&mut self, kind: &str, fields: Value) -> Result<Done, &'static str> {
        let command = command(kind, fields);
        self.on(|server, scene| {
            let posted = server.considers(&command, scene.now)?.map(|posting| match posting {
                Posting::Post { channel, .. } | Posting::Direct { person: channel, .. } => (channel, 77),
                Posting::Edit { channel, message, .. } | Posting::Delete { channel, message } => (channel, message),
            });
            server.obeys(scene, &command, posted)
        })
    }

    /// The types of the events since the last look; none contradicts an earlier one.
    fn heard(&mut self) -> Vec<String> {
        let told = self.model.take_told();
        self.witness.hears(&told);
        told.into_iter().map(|event| event.kind).collect()
    }

    fn creates(&mut self, id: &str, starts_at: u64, ends_at: u64) -> Result<Done, &'static str> {
        self.told("GIVEAWAY_CREATE", giveaway(id, starts_at, ends_at))
    }
}

fn giveaway(id: &str, starts_at: u64, ends_at: u64) -> Value {
    json!({ "giveawayId": id, "prize": "A rope", "winners": 2, "channelId": channels::GIVEAWAYS,
            "startsAt": iso(starts_at), "endsAt": iso(ends_at), "secretPrize": "the key" })
}

#[test]
fn a_giveaway_starts_at_once_or_when_it_is_due_and_late_if_nobody_was_there() {
    let mut house = House::new();
    assert_eq!(house.creates("now", NOW, NOW + HOUR), Ok(Done::posted(channels::GIVEAWAYS, 77)));
    assert_eq!(house.heard(), ["GIVEAWAY_START"]);
    assert_eq!(house.creates("now", NOW, NOW + HOUR), Err("invalid"), "there is one of this id");
    assert_eq!(house.creates("past", NOW - HOUR, NOW), Err("invalid"));
    assert_eq!(house.creates("later", NOW + 2 * HOUR, NOW + 3 * HOUR), Ok(Done::default()));
    assert_eq!(house.heard(), ["GIVEAWAY_CREATE"]);
    house.passes(2 * HOUR);
    assert_eq!(house.heard(), ["GIVEAWAY_START", "GIVEAWAY_END"]);
    assert_eq!(house.creates("missed", house.now + HOUR, house.now + 2 * HOUR), Ok(Done::default()));
    house.passes(24 * HOUR);
    house.heard();
    let (state, left) = house.on(|server, scene| {
        let giveaway = &server.giveaways.all["missed"];
        (giveaway.state, giveaway.ends_at - scene.now)
    });
    assert_eq!((state, left), (GiveawayState::Running, HOUR), "it runs as long as it was to");
}

#[test]
fn no_event_tells_the_secret_prize() {
    let mut house = House::new();
    house.creates("g", NOW, NOW + HOUR).unwrap();
    house.told("GIVEAWAY_UPDATE", giveaway("g", NOW, NOW + HOUR)).unwrap();
    house.told("STATE_REQUEST", json!({})).unwrap();
    house.told("GIVEAWAY_END", json!({ "giveawayId": "g" })).unwrap();
    let told = serde_json::to_string(&house.model.take_told()).unwrap();
    assert!(told.contains("A rope") && !told.contains("the key"), "{told}");
}

#[test]
fn a_giveaway_s_commands_in_each_of_its_states() {
    let about = |id: &str| json!({ "giveawayId": id });
    let not_drawn: Result<Done, _> = Err("This giveaway has not ended with winners.");
    for kind in ["GIVEAWAY_END", "GIVEAWAY_CANCEL", "GIVEAWAY_REROLL"] {
        let mut house = House::new();
        assert_eq!(house.told(kind, about("g")), Err("not_found"), "{kind}");
        assert_eq!(house.told("GIVEAWAY_UPDATE", giveaway("g", NOW, NOW + HOUR)), Err("not_found"));
        for starts_at in [NOW + HOUR, NOW] {
            house.creates(&format!("g{starts_at}"), starts_at, NOW + 2 * HOUR).unwrap();
            let id = &format!("g{starts_at}");
            house.told("GIVEAWAY_UPDATE", giveaway(id, starts_at, NOW + 3 * HOUR)).unwrap();
            let first = house.told(kind, about(id));
            assert_eq!(
                first,
                if kind == "GIVEAWAY_REROLL" { not_drawn.clone() } else { Ok(Done::default()) },
                "{kind} {id}"
            );
            let is_over = kind != "GIVEAWAY_REROLL";
            if is_over {
                for again in ["GIVEAWAY_END", "GIVEAWAY_CANCEL"] {
                    assert_eq!(house.told(again, about(id)), Err("already_ended"), "{again} after {kind}");
                }
                let changed = house.told("GIVEAWAY_UPDATE", giveaway(id, NOW, NOW + HOUR));
                assert_eq!(changed, Err("already_ended"), "after {kind}");
            }
            let reroll = house.told("GIVEAWAY_REROLL", about(id));
            let nobody = Err("Nobody is left who entered and has not won before.");
            assert_eq!(reroll, if kind == "GIVEAWAY_END" { nobody } else { not_drawn.clone() }, "after {kind}");
        }
        house.heard();
    }
}

#[test]
fn a_reroll_draws_nobody_twice() {
    let mut house = House::new();
    house.creates("g", NOW, NOW + HOUR).unwrap();
    house.on(|server, scene| {
        let giveaway = server.giveaways.all.get_mut("g").unwrap();
        (1..=5).for_each(|person| assert!(giveaway.enter(scene, HARBOUR, "g", person)));
    });
    house.told("GIVEAWAY_END", json!({ "giveawayId": "g" })).unwrap();
    let without = house.on(|server, _| server.giveaways.all["g"].entrants.iter().next().unwrap().to_string());
    let reroll = json!({ "giveawayId": "g", "count": 1, "excludeUserIds": [without] });
    while house.told("GIVEAWAY_REROLL", reroll.clone()).is_ok() {}
    let heard = house.heard();
    let rerolls = heard.iter().filter(|kind| *kind == "GIVEAWAY_REROLL").count();
    assert!((2..=3).contains(&rerolls), "five entered, two won, one is left out: {heard:?}");
}

#[test]
fn a_ticket_is_closed_once_and_its_review_published_when_there_is_one() {
    let mut house = House::new();
    assert_eq!(house.told("TICKET_CLOSE", json!({ "ticketId": "t" })), Err("not_found"));
    assert_eq!(house.told("REVIEW_PUBLISH", json!({ "ticketId": "t" })), Err("not_found"));
    let opener = house.on(|server, _| server.ground.people[0].clone());
    let id = house.on(|server, scene| server.tickets.open(scene, HARBOUR, &opener, None));
    let about = json!({ "ticketId": id, "reason": "Solved" });
    assert_eq!(house.told("TICKET_CLOSE", about.clone()), Ok(Done::default()));
    let heard = house.heard();
    assert_eq!((heard.first().unwrap().as_str(), heard.last().unwrap().as_str()), ("TICKET_CREATE", "TICKET_CLOSE"));
    assert_eq!(house.told("TICKET_CLOSE", about.clone()), Err("already_closed"));
    assert_eq!(house.told("REVIEW_PUBLISH", about.clone()), Err("This ticket has no review."));
    house.on(|server, scene| server.tickets.get_mut(&id).unwrap().rate(scene, HARBOUR, &id, 4, Some("fine")));
    assert_eq!(house.told("REVIEW_PUBLISH", about), Ok(Done::posted(channels::GENERAL, 77)));
    let elsewhere = json!({ "ticketId": id, "channelId": channels::RULES });
    assert_eq!(house.told("REVIEW_PUBLISH", elsewhere), Err("missing_permissions"));
}

#[test]
fn a_room_is_closed_once() {
    let mut house = House::new();
    assert_eq!(house.told("VOICE_ROOM_CLOSE", json!({ "channelId": channels::LOBBY })), Err("not_found"));
    let owner = house.on(|server, _| server.ground.people[0].clone());
    let channel = house.on(|server, scene| server.rooms.open(scene, HARBOUR, &owner, None));
    let about = json!({ "channelId": channel.to_string() });
    assert_eq!(house.told("VOICE_ROOM_CLOSE", about.clone()), Ok(Done::default()));
    assert_eq!(house.told("VOICE_ROOM_CLOSE", about), Err("not_found"));
    assert_eq!(house.heard(), ["VOICE_ROOM_CREATE", "VOICE_ROOM_DELETE"]);
}

#[test]
fn panels_are_posted_where_the_bot_may_write() {
    let mut house = House::new();
    let panel = |channel: &str| {
        json!({ "panelType": "voice", "channelId": channel, "panelId": "p", "componentType": "BUTTONS",
                "categories": [{ "name": "Billing" }] })
    };
    let (rules, table) = (channels::RULES.to_string(), channels::CAPTAINS_TABLE.to_string());
    for kind in ["SEND_PANEL", "ticket_panel_v2"] {
        assert_eq!(house.told(kind, panel(&rules)), Err("missing_permissions"), "{kind}");
        assert_eq!(house.told(kind, panel(&table)), Err("unknown_channel"), "{kind}");
        let there = channels::OPEN_A_TICKET;
        assert_eq!(house.told(kind, panel(&there.to_string())), Ok(Done::posted(there, 77)), "{kind}");
    }
    let remove = |message: &str| json!({ "panelId": "p", "messageId": message });
    assert_eq!(house.told("PANEL_REMOVE", remove("5")), Err("not_found"));
    assert_eq!(house.told("PANEL_REMOVE", remove("77")), Ok(Done::default()));
    assert_eq!(house.told("PANEL_REMOVE", remove("77")), Err("not_found"));
    let mut unknown = panel(&channels::GENERAL.to_string());
    unknown["panelType"] = json!("dance");
    assert_eq!(house.told("SEND_PANEL", unknown), Err("invalid"));
}

#[test]
fn a_state_says_what_is_open_and_nothing_else() {
    let mut house = House::new();
    history::play(&mut house.model, &[HARBOUR], NOW);
    house.heard();
    house.told("STATE_REQUEST", json!({})).unwrap();
    let told = house.model.take_told();
    let sizes = ["giveaways", "tickets", "rooms"].map(|list| told[0].data[list].as_array().unwrap().len());
    assert_eq!((told[0].kind.as_str(), sizes), ("STATE", [2, 4, 2]));
    assert_eq!(house.told("SEND_TEST", json!({ "template": {} })), Err("invalid"), "there is nothing to be said");
    let test = json!({ "template": { "content": "Hello {user}" }, "examples": { "user": "@Mira" } });
    assert_eq!(house.told("SEND_TEST", test), Ok(Done::posted(seed::MIRA, 77)));
}
