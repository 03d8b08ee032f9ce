//! What Discord's documentation says of permissions, number by number.

use serde_json::json;

use super::tests::*;
use super::*;
use crate::discord::PartialGuild;
use crate::modules::ALL;
use crate::settings::module::ModuleKey;

/// Every permission there is, by its bit. Bit 47 is not used.
const NAMES: [(u32, &str); 52] = [
    (0, "CREATE_INVITE"),
    (1, "KICK_MEMBERS"),
    (2, "BAN_MEMBERS"),
    (3, "ADMINISTRATOR"),
    (4, "MANAGE_CHANNELS"),
    (5, "MANAGE_GUILD"),
    (6, "ADD_REACTIONS"),
    (7, "VIEW_AUDIT_LOG"),
    (8, "PRIORITY_SPEAKER"),
    (9, "STREAM"),
    (10, "VIEW_CHANNEL"),
    (11, "SEND_MESSAGES"),
    (12, "SEND_TTS_MESSAGES"),
    (13, "MANAGE_MESSAGES"),
    (14, "EMBED_LINKS"),
    (15, "ATTACH_FILES"),
    (16, "READ_MESSAGE_HISTORY"),
    (17, "MENTION_EVERYONE"),
    (18, "USE_EXTERNAL_EMOJIS"),
    (19, "VIEW_GUILD_INSIGHTS"),
    (20, "CONNECT"),
    (21, "SPEAK"),
    (22, "MUTE_MEMBERS"),
    (23, "DEAFEN_MEMBERS"),
    (24, "MOVE_MEMBERS"),
    (25, "USE_VAD"),
    (26, "CHANGE_NICKNAME"),
    (27, "MANAGE_NICKNAMES"),
    (28, "MANAGE_ROLES"),
    (29, "MANAGE_WEBHOOKS"),
    (30, "MANAGE_GUILD_EXPRESSIONS"),
    (31, "USE_SLASH_COMMANDS"),
    (32, "REQUEST_TO_SPEAK"),
    (33, "MANAGE_EVENTS"),
    (34, "MANAGE_THREADS"),
    (35, "CREATE_PUBLIC_THREADS"),
    (36, "CREATE_PRIVATE_THREADS"),
    (37, "USE_EXTERNAL_STICKERS"),
    (38, "SEND_MESSAGES_IN_THREADS"),
    (39, "USE_EMBEDDED_ACTIVITIES"),
    (40, "MODERATE_MEMBERS"),
    (41, "VIEW_CREATOR_MONETIZATION_ANALYTICS"),
    (42, "USE_SOUNDBOARD"),
    (43, "CREATE_GUILD_EXPRESSIONS"),
    (44, "CREATE_EVENTS"),
    (45, "USE_EXTERNAL_SOUNDS"),
    (46, "SEND_VOICE_MESSAGES"),
    (48, "SET_VOICE_CHANNEL_STATUS"),
    (49, "SEND_POLLS"),
    (50, "USE_EXTERNAL_APPS"),
    (51, "PIN_MESSAGES"),
    (52, "BYPASS_SLOWMODE"),
];

#[test]
fn every_permission_has_its_bit_and_all_of_them_together_are_everything() {
    let all = NAMES.iter().fold(0_u64, |sum, (bit, _)| sum | 1 << bit);
    assert_eq!(all, 8_866_461_766_385_663);
    assert_eq!(EVERYTHING.bits(), all);
    for (name, permission) in Permissions::all().iter_names() {
        let bit = permission.bits().trailing_zeros();
        let listed = NAMES.iter().find(|(place, _)| *place == bit);
        assert!(listed.is_some(), "{name} is bit {bit}, which the documentation does not know");
    }
    let named = |name: &str| NAMES.iter().find(|(_, known)| *known == name).map(|(bit, _)| 1_u64 << bit);
    for module in &ALL {
        for (name, permission) in module.needs.permissions().iter_names() {
            assert_eq!(named(name), Some(permission.bits()), "{name}");
        }
    }
}

#[test]
fn a_number_is_read_as_the_text_it_is_with_bits_that_nobody_knows_yet() {
    let read = |text: &str| {
        let guild = json!({"id": GUILD.to_string(), "permissions": text});
        serde_json::from_value::<PartialGuild>(guild).unwrap()
    };
    assert_eq!(read("8866461766385663").permissions.bits(), 8_866_461_766_385_663);
    assert_eq!(read("1152921504606846976").permissions.bits(), 1 << 60, "an unknown bit is kept");
    for nonsense in ["", "many", "-1", "99999999999999999999999999"] {
        assert!(read(nonsense).permissions.is_empty(), "{nonsense} gives no rights");
    }
    for (bits, owner, manages) in
        [(0, true, true), (0x8, false, true), (0x20, false, true), (!0x28_u64, false, false), (3104, false, true)]
    {
        let listed = PartialGuild { owner, ..read(&bits.to_string()) };
        assert_eq!(listed.manageable(), manages, "{bits} {owner}");
    }
}

#[test]
fn rights_in_a_channel_step_by_step() {
    let (manage, embed, attach, mention, tts) = (1 << 4, 1 << 14, 1 << 15, 1 << 17, 1 << 12);
    let [low, middle, high] = ROLES;
    let void = embed | attach | mention | tts;
    /// Everyone's rights, the roles' rights, held, kind, overwrites, what is left.
    type Vector<'a> = (&'a str, u64, [u64; 3], &'a [u64], u64, &'a [(u64, u64, u64, u64)], u64);
    let vectors: &[Vector<'_>] = &[
        (
            "the base is everyone and every role held",
            VIEW,
            [SEND, embed, manage],
            &[low, middle],
            0,
            &[],
            VIEW | SEND | embed,
        ),
        ("an administrator", 0, [ADMIN, 0, 0], &[low], 0, &[(1, PERSON, 0, u64::MAX)], EVERYTHING.bits()),
        (
            "everyone's overwrite takes before it gives",
            VIEW,
            [0; 3],
            &[],
            0,
            &[(0, GUILD, SEND | VIEW, VIEW)],
            VIEW | SEND,
        ),
        (
            "a role's overwrite comes after everyone's",
            VIEW,
            [0; 3],
            &[low],
            0,
            &[(0, low, VIEW, 0), (0, GUILD, 0, VIEW)],
            VIEW,
        ),
        (
            "rank plays no part among roles",
            VIEW | SEND,
            [0; 3],
            &[low, high],
            0,
            &[(0, high, 0, SEND), (0, low, SEND, 0)],
            VIEW | SEND,
        ),
        ("a role that is not held is not asked", VIEW, [0; 3], &[low], 0, &[(0, high, 0, VIEW)], VIEW),
        (
            "the member's own comes last",
            VIEW | SEND,
            [0; 3],
            &[low],
            0,
            &[(1, PERSON, 0, SEND), (0, low, SEND, 0)],
            VIEW,
        ),
        ("and gives last", VIEW, [0; 3], &[low], 0, &[(1, PERSON, SEND, SEND), (0, low, 0, SEND)], VIEW | SEND),
        ("unseen, nothing works", SEND | embed | manage, [0; 3], &[], 0, &[], 0),
        ("mute, what is sent is void", VIEW | void | manage, [0; 3], &[], 0, &[], VIEW | manage),
        ("also where sending is taken away", VIEW | SEND | void, [0; 3], &[], 5, &[(0, GUILD, 0, SEND)], VIEW),
        ("voice without connecting", VIEW | SEND | manage, [0; 3], &[], 2, &[], VIEW),
        ("stage without connecting", VIEW | CONNECT | manage, [0; 3], &[low], 13, &[(0, low, 0, CONNECT)], VIEW),
        ("voice with it", VIEW | CONNECT | manage, [0; 3], &[], 2, &[], VIEW | CONNECT | manage),
        ("a category is not connected to", VIEW | manage, [0; 3], &[], 4, &[], VIEW | manage),
    ];
    for (what, everyone, roles, held, kind, overwrites, left) in vectors {
        let guild = guild(*everyone, *roles);
        let found = bits_in(&guild, &member(PERSON, held), &channel(*kind, overwrites));
        assert_eq!(found & EVERYTHING.bits(), *left, "{what}");
    }
}

#[test]
fn what_each_module_asks_for_is_what_the_documentation_deduces() {
    let of = |key: ModuleKey| ALL.iter().find(|module| module.key == key).unwrap().needs;
    assert_eq!(of(ModuleKey::TempVoice).must.bits(), 286_262_288);
    assert_eq!(of(ModuleKey::Tickets).permissions().bits(), 268_553_232);
    assert_eq!(of(ModuleKey::Music).permissions().bits(), 3_165_184);
    // Entering is a button: neither reactions nor emojis from elsewhere.
    let button = Permissions::ADD_REACTIONS | Permissions::USE_EXTERNAL_EMOJIS;
    assert_eq!((of(ModuleKey::Giveaway).permissions() | button).bits(), 347_200);
    let written = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS;
    assert_eq!((written | Permissions::ATTACH_FILES).bits(), 52_224);
    assert_eq!(Permissions::MANAGE_ROLES.bits(), 268_435_456);
}
