//! Which browser on which system a session is of, as far as its own name for itself says.
//!
//! A browser may call itself anything: this helps people to know their own, and decides nothing. Only names of our own
//! table are ever shown.

use crate::web::words::Message;

/// What stands in the name, and what it is. The first that is found counts: most browsers name their forebears too.
const BROWSERS: [(&str, &str); 15] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex Browser"),
    ("coc_coc_browser/", "Cốc Cốc"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 9] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("FreeBSD", "FreeBSD"),
    ("Linux", "Linux"),
    ("X11", "Linux"),
];

/// In words.
pub(super) fn device(user_agent: &str) -> Message {
    let named = |table: &[(&str, &'static str)]| {
        table.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => Message::new("session-device").name("browser", browser).name("system", system),
        (Some(browser), None) => Message::new("session-browser").name("browser", browser),
        (None, Some(system)) => Message::new("session-system").name("system", system),
        (None, None) => Message::new("session-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::language::Language;
    use crate::web::words::Words;

    fn said(user_agent: &str) -> String {
        Words::default().say(&device(user_agent)).replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn browsers_and_systems_are_known_by_what_they_call_themselves() {
        const LIKE_GECKO: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";
        let all = [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0".to_owned(), "Firefox on Linux"),
            (
                format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {LIKE_GECKO} Chrome/142.0.0.0 Safari/537.36"),
                "Chrome on Windows",
            ),
            (
                format!("Mozilla/5.0 (Windows NT 10.0) {LIKE_GECKO} Chrome/142.0.0.0 Safari/537.36 Edg/142.0"),
                "Edge on Windows",
            ),
            (
                format!("Mozilla/5.0 (Linux; Android 10; K) {LIKE_GECKO} Chrome/142.0.0.0 Mobile Safari/537.36"),
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/26.0 Mobile/15E148 Safari/604.1"
                    .to_owned(),
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/26.0 Safari/605.1.15"
                    .to_owned(),
                "Safari on macOS",
            ),
            ("Firefox/1".to_owned(), "Firefox"),
            ("something on Windows".to_owned(), "A browser on Windows"),
            ("curl/8".to_owned(), "An unknown browser"),
            (String::new(), "An unknown browser"),
        ];
        for (user_agent, wanted) in all {
            assert_eq!(said(&user_agent), wanted, "{user_agent}");
        }
    }

    #[test]
    fn nothing_that_a_browser_calls_itself_is_shown() {
        let said = Words::new(Language::Vietnamese).say(&device("<img src=x> Chrome/9 Win\u{202e}dows Linux"));
        assert!(said.contains("Chrome") && !said.contains('<') && !said.contains("Win"), "{said}");
    }
}
