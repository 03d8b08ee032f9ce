//! What holds on every page: no word on the console, nothing refused, nobody else asked, no scrolling sideways, nothing
//! too small to press, the focus always in sight. The walk is in English with marks, which is longer than what people
//! read, and each page is turned around to run from right to left; no word may be from anywhere but the catalogue.

use discord_standin::seed;
use guildhall::web::language::Language;
use guildhall::web::pseudo::marked;
use serde_json::json;

use super::chromium::{Browser, Scheme, Scripts};
use super::foreign::Theirs;
use super::tour::tour;
use crate::support::TestApp;

/// 640 is a window of 1280 at 200 %.
pub const WIDTHS: [u32; 4] = [320, 360, 640, 1280];
/// As WCAG 1.4.12 has it.
const SPACED: &str = "const sheet = new CSSStyleSheet(); sheet.replaceSync('* { line-height: 1.5 !important; \
     letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }'); \
     document.adoptedStyleSheets = [sheet]";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_fits_longer_words_and_asks_nobody_else() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.speaks(Language::Marked).await;
    let name = marked("Guildhall");
    let theirs = Theirs::read();
    let mut wrong = Vec::new();
    tour(&app, &mira, async |page| {
        mira.runs("for (const one of document.querySelectorAll('details')) one.open = true").await;
        let mut found = mira.missing_icons().await;
        for width in WIDTHS {
            mira.is(width, Scheme::Light).await;
            found.extend(at_this_width(&mira, width).await.into_iter().map(|what| format!("at {width}, {what}")));
        }
        let unmarked = mira.unmarked(&theirs).await;
        found.extend(unmarked.into_iter().map(|text| format!("not from the catalogue: {text:?}")));
        found.extend(mira.complaints().await);
        let title = mira.title().await;
        if title.matches(&*name).count() != 1 {
            found.push(format!("the title is {title:?}"));
        }
        if mira.runs("return document.querySelectorAll('h1').length").await != json!(1) {
            found.push("not one heading of the first rank".to_owned());
        }
        let words = mira.reads("body").await;
        found.extend(words.lines().find(|line| is_unsaid(line)).map(|line| format!("no words, but {line:?}")));
        wrong.extend(found.into_iter().map(|what| format!("{page}: {what}")));
    })
    .await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_low_window_too_whatever_takes_the_focus_is_in_sight() {
    let app = TestApp::start().await;
    let mira = Browser::open(&app, Scripts::On).await;
    mira.goes("/").await;
    mira.signs_in(seed::MIRA).await;
    for module in ["giveaway", "tickets"] {
        // The server with the longest name.
        mira.goes(&format!("/guilds/{}/settings/{module}", seed::HOSTILE)).await;
        let metrics = json!({"width": 1280, "height": 560, "deviceScaleFactor": 1, "mobile": false});
        mira.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
        let scrolls = "const nav = document.querySelector('.server'); return nav.scrollHeight > nav.clientHeight + 100";
        assert_eq!(mira.runs(scrolls).await, json!(true), "the list of pages is higher than this window");
        assert_eq!(mira.unmarked_focus().await, [""; 0], "{module}");
    }
}

/// What does not fit: in both directions, at the narrower of usual widths with more space in the text, at the wide one
/// with letters twice as large. At these two what is pressed is looked at too.
async fn at_this_width(mira: &Browser, width: u32) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut fits = async |how: &str, dir| {
        wrong.extend(sticking_out(mira, dir).await.into_iter().map(|what| format!("{how}: {what}")));
    };
    fits("rtl", "rtl").await;
    fits("ltr", "ltr").await;
    match width {
        360 => {
            mira.runs(SPACED).await;
            fits("with more space", "ltr").await;
            mira.runs("document.adoptedStyleSheets = []").await;
        }
        1280 => {
            mira.runs("document.documentElement.style.fontSize = '200%'").await;
            fits("with large letters", "ltr").await;
            mira.runs("document.documentElement.style.fontSize = ''").await;
        }
        _ => return wrong,
    }
    wrong.extend(mira.small_targets().await);
    wrong.extend(mira.unmarked_focus().await);
    wrong
}

/// What is wider than the window, if the page can be scrolled sideways when it runs in this direction.
pub async fn sticking_out(browser: &Browser, dir: &str) -> Vec<String> {
    let script = "const root = document.documentElement; root.dir = 'DIR'; if (root.scrollWidth <= innerWidth) return []; \
         const out = ({left, right}) => right > innerWidth + .5 || left < -.5; \
         return [...document.querySelectorAll('body *')].filter(one => out(one.getBoundingClientRect())) \
             .slice(0, 5).map(one => one.outerHTML.slice(0, 100))";
    let found = browser.runs(&script.replace("DIR", dir)).await;
    found.as_array().into_iter().flatten().map(ToString::to_string).collect()
}

/// An argument that was not filled in.
fn is_unsaid(line: &str) -> bool {
    line.contains("{$")
}
