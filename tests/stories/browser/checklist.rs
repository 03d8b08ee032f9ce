//! What the bot can do comes onto the open page by itself, and a newcomer is led to the first saved setting.

use std::time::Duration;

use demo::bot::ExampleBot;
use discord_standin::Id;
use discord_standin::permissions::SEND_MESSAGES;
use discord_standin::seed::{self, channels, roles};
use discord_standin::world::{Channel, Guild, Overwrite, User, channel_type};
use serde_json::json;

use super::chromium::{Browser, Scripts};
use crate::delivery::is_heard;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::settings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_checklist_follows_the_server_on_the_open_page() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira.goes(&settings("giveaway")).await;
    mira.chooses("default_channel_id", channels::GIVEAWAYS).await;
    mira.saves().await;
    assert!(mira.reads(".checklist-sum").await.contains("all fine"), "{}", mira.reads("#checklist").await);
    mira.runs("window.sameDocument = true").await;
    mira.writes("default_winners", "8").await;

    let changes = |overwrites: Vec<Overwrite>| {
        app.discord.edit(|world| world.channel_mut(channels::GIVEAWAYS).unwrap().permission_overwrites = overwrites);
    };
    changes(vec![Overwrite::role(roles::HARBOUR_BOT, 0, SEND_MESSAGES)]);
    bot.says("GUILD_CHANGED", seed::HARBOUR_CLUB, json!({"what": "channels"})).await;
    eventually("the page says what the bot cannot do", || async {
        let said = mira.page().await.text(".checklist-lines li");
        said.starts_with("Cannot work") && said.contains("Send Messages")
    })
    .await;
    eventually("it is announced", || async { mira.reads("#live-news").await.contains("1 thing cannot work") }).await;
    assert_eq!(mira.runs("return document.activeElement.name").await, "default_winners", "the focus stays");
    assert_eq!(mira.runs("return document.activeElement.value").await, "8", "and what is typed");
    changes(Vec::new());
    bot.says("GUILD_CHANGED", seed::HARBOUR_CLUB, json!({"what": "channels"})).await;
    eventually("all is fine again", || async { mira.page().await.text(".checklist-sum").contains("all fine") }).await;
    assert_eq!(mira.runs("return window.sameDocument").await, true, "nothing was loaded anew");

    // Also where the page is about what was typed and refused.
    mira.writes("default_winners", "many").await;
    mira.saves().await;
    assert!(mira.title().await.starts_with("Error:"), "{}", mira.title().await);
    mira.runs("window.sameDocument = true").await;
    mira.control("default_winners").await.click().await.unwrap();
    changes(vec![Overwrite::role(roles::HARBOUR_BOT, 0, SEND_MESSAGES)]);
    bot.says("GUILD_CHANGED", seed::HARBOUR_CLUB, json!({"what": "channels"})).await;
    eventually("it says what the bot cannot do", || async {
        mira.page().await.texts(".checklist-lines li").iter().any(|said| said.contains("Send Messages"))
    })
    .await;
    assert_eq!(mira.runs("return document.activeElement.name").await, "default_winners", "the focus stays");
    assert_eq!(mira.runs("return document.activeElement.value").await, "many");
    changes(Vec::new());
    bot.says("GUILD_CHANGED", seed::HARBOUR_CLUB, json!({"what": "channels"})).await;
    eventually("and when it can again", || async { !mira.page().await.text("#checklist").contains("Send Messages") })
        .await;
    assert_eq!(mira.runs("return window.sameDocument").await, true);

    // The same on the overview, card by card.
    mira.goes(&format!("/guilds/{HARBOUR}")).await;
    mira.runs("window.sameDocument = true").await;
    assert_eq!(mira.page().await.texts(".problems li"), [""; 0]);
    changes(vec![Overwrite::role(roles::HARBOUR_BOT, 0, SEND_MESSAGES)]);
    bot.says("GUILD_CHANGED", seed::HARBOUR_CLUB, json!({"what": "channels"})).await;
    eventually("the card says so", || async { mira.page().await.text(".problems li").contains("Send Messages") }).await;
    assert_eq!(mira.runs("return window.sameDocument").await, true);
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_is_led_from_an_empty_list_to_the_first_saved_setting() {
    arrives(Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newcomer_is_led_there_without_scripts() {
    arrives(Scripts::Off).await;
}

const NILS: Id = Id(445_518_183_798_099_999);
const ROWING: Id = Id(941_067_208_815_999_999);

async fn arrives(scripts: Scripts) {
    let app = TestApp::start().await;
    app.discord.edit(|world| world.add_user(User::new(NILS, "nils", Some("Nils"))));
    let bot = ExampleBot::start(app.redis.url().as_str(), &app.prefix, [ROWING.0]).unwrap();
    is_heard(&app).await;
    let nils = Browser::open(&app, scripts).await;
    nils.goes("/").await;
    nils.signs_in(NILS).await;
    let said = nils.reads("main").await;
    for words in ["No server to manage yet", "Manage Server", "invite the bot", "signed in as", "Nils"] {
        assert!(said.contains(words), "{words}: {said}");
    }

    let general = Id(ROWING.0 + 1);
    app.discord.edit(|world| {
        let mut guild = Guild::new(ROWING, "Rowing Club", NILS);
        guild.put_channel(Channel::new(general, channel_type::TEXT, "general"));
        world.add_guild(guild);
    });
    // A list of servers may be a minute old.
    app.clock.advance(Duration::from_secs(61));
    nils.presses("main .empty a[href='/guilds']").await;
    assert!(nils.reads("main").await.contains("The bot is on none of your servers yet"));
    let home = format!("/guilds/{ROWING}");
    nils.presses(&format!("main a[href='{home}']")).await;
    assert!(nils.reads("h1").await.starts_with("Invite the bot to"), "{}", nils.reads("h1").await);
    nils.presses(&format!("main a[href='{home}/invite']")).await;
    if nils.page().await.has("#continue") {
        nils.find(&format!("#user-{NILS}")).await.click().await.unwrap();
        nils.presses("#continue").await;
    }
    nils.presses("#authorize").await;
    assert_eq!(nils.place().await, home, "back by itself");

    let steps = nils.page().await;
    assert_eq!(steps.texts(".step .tag"), ["Done", "Done", "To do", "To do"], "{}", steps.text("#first-steps"));
    nils.presses(&format!("main a[href='{home}/settings/giveaway']")).await;
    assert!(nils.reads(".checklist-sum").await.contains("it is fine"), "{}", nils.reads("#checklist").await);
    nils.chooses("default_channel_id", general).await;
    nils.saves().await;
    assert!(nils.title().await.starts_with("Saved:"), "{}", nils.title().await);
    nils.presses(&format!("nav.server a[href='{home}']")).await;
    eventually("the bot has it", || async { bot.applied().len() == 1 }).await;
    eventually("there is nothing to be led through any more", || async {
        if scripts == Scripts::Off {
            nils.reloads().await;
        }
        !nils.page().await.has(".steps")
    })
    .await;
    assert_eq!(nils.complaints().await, [""; 0]);
}
