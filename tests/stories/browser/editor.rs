//! Writing a message: the preview follows, placeholders are offered, counters turn, a test is sent.

use discord_standin::seed;
use serde_json::json;

use super::chromium::{Browser, Scheme, Scripts};
use crate::delivery::is_heard;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::settings;

const DESCRIPTION: &str = "welcome_message.embed.description";
const FIGURE: &str = "#f-welcome-message-preview";

async fn reads(mira: &Browser, css: &str, text: &str) {
    eventually(&format!("{css} says {text:?}"), || async { shown(mira, css).await.contains(text) }).await;
}

/// Empty if it is not there, or not seen.
async fn shown(mira: &Browser, css: &str) -> String {
    let script = format!(
        "const one = document.querySelector({css:?}); return one && one.checkVisibility() ? one.innerText : ''"
    );
    mira.runs(&script).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_written_with_a_preview_placeholders_counters_and_a_test() {
    let app = TestApp::start().await;
    let _bot = app.example_bot();
    is_heard(&app).await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    mira.goes(&settings("tickets")).await;
    mira.runs("window.before = true").await;

    // The preview follows what is typed, beside it, and the field keeps the focus.
    let field = mira.control(DESCRIPTION).await;
    reads(&mira, FIGURE, "Preview").await;
    field.clear().await.unwrap();
    field.send_keys("# Hello\nwe **answer**").await.unwrap();
    reads(&mira, &format!("{FIGURE} .said-heading-1"), "Hello").await;
    reads(&mira, &format!("{FIGURE} .embed strong"), "answer").await;
    assert_eq!(mira.focus().await, "f-welcome-message-embed-description");
    assert_eq!(mira.runs("return window.before").await, json!(true), "the page was not loaded anew");
    let beside = "const figure = document.querySelector('#f-welcome-message-preview').getBoundingClientRect(); \
        const text = document.activeElement.getBoundingClientRect(); return figure.left >= text.right";
    assert_eq!(mira.runs(beside).await, json!(true));

    // Placeholders by keyboard: typed, chosen, put in, closed.
    field.send_keys(" {").await.unwrap();
    reads(&mira, "#placeholder-list", "{user}").await;
    let all = mira.runs("return document.querySelectorAll('#placeholder-list [role=option]').length").await;
    assert!(all.as_u64().unwrap() > 2);
    field.send_keys("ti").await.unwrap();
    eventually("only what fits is offered", || async {
        shown(&mira, "#placeholder-list").await.contains("{ticket}")
            && !shown(&mira, "#placeholder-list").await.contains("{user}")
    })
    .await;
    let active = field.attr("aria-activedescendant").await.unwrap().unwrap();
    assert_eq!(
        mira.runs(&format!("return document.getElementById('{active}').getAttribute('aria-selected')")).await,
        json!("true")
    );
    field.send_keys("\u{e007}").await.unwrap();
    let typed = mira.runs("return document.activeElement.value").await;
    assert_eq!(typed, json!("# Hello\nwe **answer** {ticket}"));
    reads(&mira, FIGURE, "answer 0042").await;
    field.send_keys(" {").await.unwrap();
    reads(&mira, "#placeholder-list", "{user}").await;
    field.send_keys("\u{e00c}").await.unwrap();
    assert_eq!(shown(&mira, "#placeholder-list").await, "", "Escape closes it");
    field.send_keys("x\u{e007}y").await.unwrap();
    assert!(
        mira.runs("return document.activeElement.value").await.as_str().unwrap().ends_with("{x\ny"),
        "Enter is Enter again"
    );

    // Marks by key and by button, which a second press takes away again.
    let content = mira.control("welcome_message.content").await;
    content.clear().await.unwrap();
    content.send_keys("word\u{e009}ab\u{e000}").await.unwrap();
    assert_eq!(mira.runs("return document.activeElement.value").await, json!("**word**"));
    let italic = "[aria-controls='f-welcome-message-content'] [data-mark=italic]";
    for expected in ["***word***", "**word**"] {
        mira.uncovered(italic).await.click().await.unwrap();
        let value = mira.runs("return document.getElementById('f-welcome-message-content').value").await;
        assert_eq!(value, json!(expected));
    }

    // Counters turn before the limit does, and count as the service does.
    let title = mira.control("welcome_message.embed.title").await;
    title.clear().await.unwrap();
    let count = "#f-welcome-message-embed-title-count";
    title.send_keys(&"a".repeat(204)).await.unwrap();
    assert_eq!(shown(&mira, count).await, "");
    title.send_keys("\u{1f389}").await.unwrap();
    reads(&mira, count, "205 of 256 characters").await;
    title.send_keys(&format!("  {}", "b".repeat(50))).await.unwrap();
    reads(&mira, count, "257 of 256 characters: 1 too many").await;
    assert!(mira.find(count).await.attr("class").await.unwrap().unwrap().contains("tone-bad"));
    title.clear().await.unwrap();
    title.send_keys("Tickets").await.unwrap();
    assert_eq!(shown(&mira, count).await, "");

    // A test is sent without leaving, and what becomes of it appears.
    mira.uncovered("button[name=test][value=welcome_message]").await.click().await.unwrap();
    reads(&mira, "#sent", "sent to the bot").await;
    reads(&mira, "#sent .command", "Done").await;
    assert_eq!(mira.runs("return window.before").await, json!(true));
    assert_eq!(
        mira.runs(&format!("return document.querySelector(\"[name='{DESCRIPTION}']\").value.startsWith('# Hello')"))
            .await,
        json!(true)
    );
    let sent = app.discord.edit(|world| world.messages.last().unwrap().body.clone());
    assert_eq!(sent["embeds"][0]["title"], "Tickets");
    assert_eq!(app.stored("tickets").await, None, "nothing is saved");
    a_panel_and_a_giveaway_are_seen_beside_their_fields(&mira).await;
    assert!(mira.complaints().await.is_empty(), "{:?}", mira.complaints().await);
}

/// As they are typed; and a name that holds placeholders is offered them.
async fn a_panel_and_a_giveaway_are_seen_beside_their_fields(mira: &Browser) {
    for (page, figure, name) in
        [("panels/new", "#panel-preview", "title"), ("giveaways/new", "#giveaway-preview", "prize")]
    {
        mira.goes(&format!("/guilds/{HARBOUR}/{page}")).await;
        reads(mira, figure, "Preview").await;
        mira.runs("window.before = true").await;
        mira.writes(name, "A barrel of salt").await;
        reads(mira, figure, "A barrel of salt").await;
        assert_eq!(mira.runs("return document.activeElement.name").await, json!(name), "the field keeps the focus");
        assert_eq!(mira.runs("return window.before").await, json!(true), "the page was not loaded anew");
        let place = format!(
            "const [figure, field] = [document.querySelector({figure:?}), document.activeElement].map((one) => \
             one.getBoundingClientRect()); \
             return [figure.left >= field.right, figure.top < innerHeight, document.documentElement.scrollWidth <= innerWidth]"
        );
        assert_eq!(mira.runs(&place).await, json!([true, true, true]), "{page}: beside it");
        mira.is(360, Scheme::Light).await;
        let below = format!(
            "const form = document.querySelector('form.settings'); const figure = document.querySelector({figure:?}); \
             const [at, last] = [figure, [...form.querySelectorAll('.ledger')].at(-1)].map((one) => one.getBoundingClientRect()); \
             return [at.top >= last.bottom, document.documentElement.scrollWidth <= innerWidth]"
        );
        assert_eq!(mira.runs(&below).await, json!([true, true]), "{page}: below the fields where there is no room");
        mira.is(1280, Scheme::Light).await;
    }

    mira.goes(&format!("/guilds/{HARBOUR}/panels/new/categories/new")).await;
    let field = mira.control("naming_template").await;
    field.clear().await.unwrap();
    field.send_keys("{").await.unwrap();
    reads(mira, "#placeholder-list", "{number}").await;
    field.send_keys("nu\u{e007}").await.unwrap();
    assert_eq!(mira.runs("return document.activeElement.value").await, json!("{number}"));
}
