//! Choosing by typing, with the keyboard alone and with the mouse: whatever is chosen is chosen in the field below.

use discord_standin::seed::{self, channels, roles};
use discord_standin::world::{Channel, channel_type};
use fantoccini::key::Key;
use serde_json::json;

use super::accessible;
use super::chromium::{Browser, Scheme, Scripts};
use crate::support::TestApp;
use crate::support::app::eventually;
use crate::support::visitor::settings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_chooses_channels_and_roles_by_keyboard_alone() {
    let app = TestApp::start().await;
    app.discord
        .edit(|world| {
            let id = world.new_id();
            let channel = Channel::new(id, channel_type::VOICE, "Über uns").inside(channels::VOICE_ROOMS);
            world.add_channel(seed::HARBOUR_CLUB, Channel { position: 99, ..channel })
        })
        .unwrap();
    let mira = Browser::open(&app, Scripts::On).await;
    mira.comes_by_keyboard().await;
    mira.follows(&format!("main a[href='{}']", settings("tempvoice"))).await;

    // A role above the bot cannot be chosen, and it is said why.
    mira.tabs_to("#f-voice-role-id").await;
    mira.hits("capt").await;
    mira.is_at("Captain").await;
    mira.hears("1 match").await;
    mira.presses_key(Key::Enter).await;
    mira.hears("Captain cannot be chosen: not below the bot's highest role").await;
    assert_eq!(mira.value("voice_role_id").await, "");
    mira.presses_key(Key::Escape).await;
    assert_eq!(mira.runs("return document.querySelector(':popover-open')").await, json!(null));
    // The list begins and ends where it ends; what is chosen stands in the field.
    mira.presses_key(Key::Down).await;
    mira.presses_key(Key::End).await;
    mira.is_at("Muted").await;
    mira.presses_key(Key::Home).await;
    mira.is_at("None").await;
    mira.hits("DJ").await;
    mira.is_at("DJ").await;
    mira.presses_key(Key::Enter).await;
    assert_eq!(mira.value("voice_role_id").await, roles::DJ.to_string());
    assert_eq!(mira.runs("return document.activeElement.value").await, json!("DJ"));
    // What is typed and not chosen is nothing.
    mira.hits("Member").await;
    mira.presses_key(Key::Escape).await;
    assert_eq!(mira.runs("return document.activeElement.value").await, json!("DJ"));
    mira.enters_save().await;
    assert_eq!(app.stored("tempvoice").await.unwrap().0["voiceRoleId"], roles::DJ.to_string());

    // Several, as chips.
    mira.goes(&settings("music")).await;
    mira.tabs_to("#f-voice-channel-ids").await;
    for (typed, name) in [("uber", "Über uns"), ("stage", "Stage hall"), ("lob", "Lobby")] {
        mira.hits(typed).await;
        mira.is_at(name).await;
        mira.presses_key(Key::Enter).await;
        mira.hears(&format!("{name}: chosen")).await;
    }
    assert_eq!(mira.chips().await, ["Lobby", "Stage hall", "Über uns"]);
    // Backspace takes letters as long as there are any, then the last one.
    mira.hits("x").await;
    mira.presses_key(Key::Backspace).await;
    assert_eq!(mira.chips().await.len(), 3);
    mira.presses_key(Key::Backspace).await;
    mira.hears("Über uns: removed").await;
    assert_eq!(mira.chips().await, ["Lobby", "Stage hall"]);
    mira.presses_key(Key::Escape).await;
    mira.hits(&(Key::Shift + &char::from(Key::Tab).to_string())).await;
    assert_eq!(mira.runs("return document.activeElement.ariaLabel").await, json!("Remove Stage hall"));
    mira.presses_key(Key::Enter).await;
    assert_eq!(mira.chips().await, ["Lobby"]);
    mira.enters_save().await;
    assert_eq!(app.stored("music").await.unwrap().0["voiceChannelIds"], json!([channels::LOBBY]));
    assert_eq!(mira.complaints().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_colours_and_emoji_serve_who_points_and_axe_finds_nothing_in_them() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira.goes(&settings("giveaway")).await;
    let axe = accessible::axe();
    mira.client.execute(&axe, Vec::new()).await.unwrap();

    // The field is named and described as the list was, and an error's link leads to it.
    let field = "return ['aria-describedby', 'id', 'role'].map(name => document.querySelector('[name=ping_role_id] + .picker input').getAttribute(name))";
    assert_eq!(mira.runs(field).await, json!(["f-ping-role-id-hint", "f-ping-role-id", "combobox"]));

    let mut found = Vec::new();
    for (width, scheme) in [(360, Scheme::Light), (1280, Scheme::Dark)] {
        mira.is(width, scheme).await;
        for id in ["f-default-channel-id", "f-required-role-ids", "f-button-emoji"] {
            mira.uncovered(&format!("#{id}")).await;
            mira.opens_list(id).await;
            let inside = "const box = document.querySelector(':popover-open').getBoundingClientRect(); \
                 return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight && box.height > 100";
            assert_eq!(mira.runs(inside).await, json!(true), "{id} at {width}");
            found.extend(accessible::violations(&mira).await.into_iter().map(|what| format!("{id} {width}: {what}")));
            mira.presses_key(Key::Escape).await;
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));

    mira.chooses("default_channel_id", channels::GIVEAWAYS).await;
    mira.ticks("required_role_ids", roles::MEMBER).await;
    // A click elsewhere closes the list and chooses nothing.
    mira.opens_list("f-ping-role-id").await;
    mira.find("h1").await.click().await.unwrap();
    assert_eq!(mira.runs("return document.querySelector(':popover-open')").await, json!(null));
    // An emoji by its name; the list came when it was asked for.
    mira.writes("button_emoji", "trophy").await;
    mira.is_at("trophy").await;
    mira.presses_key(Key::Enter).await;
    assert_eq!(mira.value("button_emoji").await, "🏆");
    // A preset writes into the field, and is not sent besides.
    mira.uncovered("[name='color-preset'][value='#8b5cf6']").await.click().await.unwrap();
    assert_eq!(mira.value("color").await, "#8b5cf6");
    mira.writes("default_duration_minutes", "2190").await;
    assert_eq!(mira.reads("#f-default-duration-minutes-length").await, "1 day 12 hours 30 minutes");
    mira.saves().await;
    let (stored, _) = app.stored("giveaway").await.unwrap();
    assert_eq!(stored["defaultChannelId"], channels::GIVEAWAYS.to_string());
    assert_eq!(stored["requiredRoleIds"], json!([roles::MEMBER]));
    assert_eq!((&stored["buttonEmoji"], &stored["color"]), (&json!("🏆"), &json!("#8b5cf6")));
    assert_eq!(mira.complaints().await, [""; 0]);
}

impl Browser {
    async fn presses_key(&self, key: Key) {
        self.hits(&char::from(key).to_string()).await;
    }

    /// Saves by Enter in a plain field.
    async fn enters_save(&self) {
        self.tabs_to("input.number").await;
        self.enters().await;
        assert!(self.title().await.starts_with("Saved:"), "{}", self.title().await);
    }

    /// That this choice is the one that Enter would take.
    async fn is_at(&self, name: &str) {
        let script = "const at = document.activeElement.getAttribute('aria-activedescendant'); \
             return at && document.getElementById(at).querySelector('bdi').textContent";
        eventually(&format!("{name} is the one"), || async { self.runs(script).await == json!(name) }).await;
    }

    /// That this is said to who cannot see.
    async fn hears(&self, words: &str) {
        let script = "return document.getElementById('picker-news').textContent.trim()";
        eventually(&format!("{words:?} is said"), || async { self.runs(script).await == json!(words) }).await;
    }

    async fn value(&self, name: &str) -> String {
        let script = format!("return document.querySelector(\"form.settings [name='{name}']\").value");
        self.runs(&script).await.as_str().unwrap_or_default().to_owned()
    }

    /// The chips beside the focused field.
    async fn chips(&self) -> Vec<String> {
        let script = "return [...document.activeElement.closest('.picker').querySelectorAll('.chip bdi')].map(one => one.textContent)";
        serde_json::from_value(self.runs(script).await).unwrap()
    }

    async fn opens_list(&self, id: &str) {
        self.find(&format!("#{id}")).await.click().await.unwrap();
        if self.runs("return document.querySelector(':popover-open')").await == json!(null) {
            self.presses_key(Key::Down).await;
        }
        eventually("the list is open", || async {
            self.runs("return document.querySelectorAll(':popover-open [role=option]').length > 0").await == json!(true)
        })
        .await;
    }
}
