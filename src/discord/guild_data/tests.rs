use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::super::fake::{Fake, Reply, json as answer, text};
use super::super::{Discord, DiscordError, Finding};
use super::*;

const MINUTE: Duration = Duration::from_secs(60);
const NO_GUILD: (u16, u64) = (404, 10004);

fn guild_id() -> GuildId {
    GuildId::new(816_370_501_973_721_107)
}

fn person() -> UserId {
    UserId::new(445_518_183_798_022_151)
}

fn refuse((status, code): (u16, u64)) -> Reply {
    answer(status, json!({"message": "No", "code": code}))
}

/// A server with the bot on it; a test answers some lines otherwise.
fn harbour(line: &str) -> Reply {
    let id = guild_id().to_string();
    let answered: Value = match line.trim_start_matches("GET /api/v10") {
        "/applications/@me" => json!({"id": "1279772747366797316", "bot": {"id": "1279772747366797999"}}),
        "/voice/regions" => json!([{"id": "rotterdam", "name": "Rotterdam"}]),
        "/users/@me/guilds?after=816370501973721106&limit=1" => json!([{"id": id, "permissions": "8"}]),
        "/guilds/816370501973721107" => {
            json!({"id": id, "owner_id": person(), "roles": [{"id": id, "permissions": "1024"}]})
        }
        "/guilds/816370501973721107/channels" => json!([{"id": "816370568742846486", "type": 0, "name": "general"}]),
        "/guilds/816370501973721107/members/1279772747366797999" => json!({"user": {"id": "1279772747366797999"}}),
        "/guilds/816370501973721107/members/445518183798022151" => json!({"user": {"id": person()}, "nick": "Mira"}),
        _ => return refuse((404, 0)),
    };
    answer(200, answered)
}

async fn harbour_but(other: impl Fn(&str, usize) -> Option<Reply> + Send + Sync + 'static) -> Fake {
    Fake::start(move |line, nth| other(line, nth).unwrap_or_else(|| harbour(line))).await
}

#[tokio::test]
async fn a_snapshot_asks_for_each_part_once_however_many_wait() {
    let fake = harbour_but(|_, _| None).await;
    let snapshots = join_all((0..20).map(|_| fake.discord.snapshot(guild_id(), MINUTE))).await;
    for snapshot in snapshots {
        let snapshot = snapshot.unwrap();
        assert_eq!(snapshot.channels.len(), 1);
        assert_eq!(snapshot.bot_member.user.id.get(), 1_279_772_747_366_797_999);
        assert_eq!(snapshot.regions[0].id, "rotterdam");
    }
    let mut lines = fake.lines();
    lines.sort();
    assert_eq!(
        lines,
        [
            "GET /api/v10/applications/@me",
            "GET /api/v10/guilds/816370501973721107",
            "GET /api/v10/guilds/816370501973721107/channels",
            "GET /api/v10/guilds/816370501973721107/members/1279772747366797999",
            "GET /api/v10/voice/regions",
        ]
    );
}

#[tokio::test]
async fn what_changed_is_asked_for_again_and_nothing_else() {
    let fake = harbour_but(|_, _| None).await;
    let discord = &fake.discord;
    discord.snapshot(guild_id(), MINUTE).await.unwrap();
    discord.member(guild_id(), person(), MINUTE).await.unwrap();
    let asked_after = async |what: What| {
        let before = fake.lines().len();
        discord.evict(guild_id(), what);
        discord.snapshot(guild_id(), MINUTE).await.unwrap();
        discord.member(guild_id(), person(), MINUTE).await.unwrap();
        let mut lines: Vec<String> = fake.lines()[before..]
            .iter()
            .map(|line| line.replace("GET /api/v10/guilds/816370501973721107", ""))
            .collect();
        lines.sort();
        lines
    };
    assert_eq!(asked_after(What::Roles).await, [""]);
    assert_eq!(asked_after(What::Emojis).await, [""]);
    assert_eq!(asked_after(What::Channels).await, ["/channels"]);
    assert_eq!(asked_after(What::Member(person())).await, ["/members/445518183798022151"]);
    assert_eq!(
        asked_after(What::All).await,
        ["", "/channels", "/members/1279772747366797999", "/members/445518183798022151"]
    );
}

#[tokio::test]
async fn who_is_no_member_is_an_answer_and_not_a_failure() {
    for code in [10007, 10013] {
        let fake = harbour_but(move |line, _| line.contains("/members/").then(|| refuse((404, code)))).await;
        assert!(fake.discord.member(guild_id(), person(), MINUTE).await.unwrap().is_none());
    }
    let fake = harbour_but(|line, _| line.contains("/members/").then(|| refuse((403, 50001)))).await;
    let error = fake.discord.member(guild_id(), person(), MINUTE).await.err();
    assert_eq!(error, Some(DiscordError::Forbidden));
    fake.discord.member(guild_id(), person(), MINUTE).await.unwrap_err();
    assert_eq!(fake.asked().len(), 1, "a refusal is remembered");
}

#[tokio::test]
async fn a_server_is_gone_only_if_the_bots_own_list_agrees() {
    let denied = |line: &str| (line == "GET /api/v10/guilds/816370501973721107").then(|| refuse(NO_GUILD));
    let fake = harbour_but(move |line, _| denied(line)).await;
    assert!(matches!(fake.discord.guild(guild_id(), MINUTE).await, Err(DiscordError::Unavailable(_))));

    let fake = harbour_but(move |line, nth| {
        // On the server when first asked, gone from then on.
        denied(line).or_else(|| (line.contains("after=") && nth > 0).then(|| answer(200, json!([]))))
    })
    .await;
    assert!(fake.discord.bot_in(guild_id(), Discord::BOT_IN_MAX_AGE).await.unwrap());
    let error = fake.discord.guild(guild_id(), MINUTE).await.err();
    assert_eq!(error, Some(DiscordError::NotFound { code: DiscordError::UNKNOWN_GUILD }));
    let asked = fake.asked().len();
    assert!(!fake.discord.bot_in(guild_id(), Discord::BOT_IN_MAX_AGE).await.unwrap());
    assert_eq!(fake.asked().len(), asked, "the presence kept was replaced by what was seen since");
}

#[tokio::test]
async fn the_bot_is_on_a_server_only_if_its_list_says_exactly_that_one() {
    let fake = harbour_but(|_, _| Some(answer(200, json!([{"id": "816370501973721108"}])))).await;
    assert!(!fake.discord.bot_in(guild_id(), MINUTE).await.unwrap());
    assert_eq!(fake.lines(), ["GET /api/v10/users/@me/guilds?after=816370501973721106&limit=1"]);
    let fake = harbour_but(|_, _| Some(answer(200, json!([])))).await;
    assert!(!fake.discord.bot_in(guild_id(), MINUTE).await.unwrap());
}

#[tokio::test]
async fn an_outage_is_not_remembered() {
    let fake = harbour_but(|_, nth| (nth < 3).then(|| text(500, "text/html", "no"))).await;
    assert!(matches!(fake.discord.channels(guild_id(), MINUTE).await, Err(DiscordError::Unavailable(_))));
    assert_eq!(fake.discord.channels(guild_id(), MINUTE).await.unwrap()[0].name, "general");
}

#[tokio::test]
async fn a_snapshot_of_a_server_that_is_gone_says_so_whatever_else_is_refused() {
    let fake = harbour_but(|line, _| match line.trim_start_matches("GET /api/v10") {
        "/guilds/816370501973721107" => Some(refuse(NO_GUILD).late(Duration::from_millis(50))),
        "/guilds/816370501973721107/channels" => Some(refuse((403, 50001))),
        line if line.contains("after=") => Some(answer(200, json!([]))),
        _ => None,
    })
    .await;
    let error = fake.discord.snapshot(guild_id(), MINUTE).await.err();
    assert_eq!(error, Some(DiscordError::NotFound { code: DiscordError::UNKNOWN_GUILD }));
}

#[tokio::test]
async fn what_hardly_changes_outlives_an_outage() {
    let fake = harbour_but(|line, nth| {
        let lasting = line.ends_with("regions") || line.ends_with("@me");
        (lasting && nth > 4).then(|| text(500, "text/html", "no"))
    })
    .await;
    fake.discord.snapshot(guild_id(), MINUTE).await.unwrap();
    fake.clock.advance(MINUTE * 90);
    let later = fake.discord.snapshot(guild_id(), MINUTE).await.unwrap();
    assert_eq!(later.regions[0].id, "rotterdam");
}

#[tokio::test]
async fn the_self_check_tells_a_refused_token_from_an_outage() {
    let fake = harbour_but(|_, nth| (nth == 0).then(|| refuse((401, 0)))).await;
    assert_eq!(fake.discord.self_check(&[]).await, [Finding::TokenRefused]);
    fake.clock.advance(MINUTE * 2);
    assert_eq!(fake.discord.self_check(&[]).await, []);
    assert!(matches!(Fake::nobody().await.discord.self_check(&[]).await.as_slice(), [Finding::Unreachable(_)]));
}
