//! Where a person goes after signing in: a page of ours, whatever the address says.

use url::{Position, Url};

/// Where to without a wish that can be granted.
pub(super) const HOME: &str = "/guilds";

const MAX_BYTES: usize = 512;

/// A stream and downloads: addresses of ours, but nothing to arrive at.
const NO_PAGES: [&str; 2] = ["live", "export"];

/// The pages, by their segments: `#` is an id, `*` a word, `@` a text of the bot's.
const PAGES: [&[&str]; 18] = [
    &["search"],
    &["guilds"],
    &["guilds", "#"],
    &["guilds", "#", "*"],
    &["guilds", "#", "*", "*"],
    &["guilds", "#", "settings", "*", "reset"],
    &["guilds", "#", "changes", "*", "restoration"],
    &["guilds", "#", "giveaways", "*", "*"],
    &["guilds", "#", "panels", "*", "*"],
    &["guilds", "#", "panels", "*", "categories", "*"],
    &["guilds", "#", "playlists", "*", "*"],
    &["guilds", "#", "staff", "*", "*"],
    &["guilds", "#", "tickets", "@"],
    &["guilds", "#", "tickets", "@", "*"],
    &["account", "sessions"],
    &["account", "preferences"],
    &["account", "disconnection"],
    &["account"],
];

/// The path and query of a page of ours that `wish` names, else the list of servers.
///
/// The wish comes from an address anybody can write, so it is resolved as a browser would and compared by
/// origin; only its path and query are used.
pub fn safe_return_to(public_url: &Url, wish: Option<&str>) -> String {
    wish.and_then(|wish| page(public_url, wish)).unwrap_or_else(|| HOME.to_owned())
}

/// As [`safe_return_to`]; None: the wish is none of our pages.
pub(super) fn page(public_url: &Url, wish: &str) -> Option<String> {
    if wish.len() > MAX_BYTES || wish.contains(|c: char| c.is_control() || c == '\\') {
        return None;
    }
    let url = public_url.join(wish).ok()?;
    let bare = url.username().is_empty() && url.password().is_none();
    let path = url.path().strip_prefix('/')?;
    let ours = bare && url.origin() == public_url.origin() && is_page(path);
    ours.then(|| url[Position::BeforePath..Position::AfterQuery].to_owned())
}

fn is_page(path: &str) -> bool {
    let segments: Vec<&str> = path.split('/').collect();
    !segments.iter().any(|segment| NO_PAGES.contains(segment)) && PAGES.iter().any(|page| matches(page, &segments))
}

fn matches(page: &[&str], segments: &[&str]) -> bool {
    page.len() == segments.len()
        && page.iter().zip(segments).all(|(expected, segment)| match *expected {
            "#" => crate::ids::parse::<twilight_model::id::marker::GuildMarker>(segment).is_some(),
            "*" => is_word(segment),
            "@" => is_text(segment),
            name => name == *segment,
        })
}

fn is_word(segment: &str) -> bool {
    !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// As an address writes it. What would be a path of its own is none.
fn is_text(segment: &str) -> bool {
    let text = percent_encoding::percent_decode_str(segment).decode_utf8();
    text.is_ok_and(|text| !text.is_empty() && !text.contains(|c: char| c.is_control() || matches!(c, '/' | '\\' | '.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUILD: &str = "/guilds/816370501973721107";

    fn after(wish: &str) -> String {
        safe_return_to(&"https://dash.example".parse().expect("a URL"), Some(wish))
    }

    #[test]
    fn a_page_of_ours_is_returned_to_with_its_query() {
        for wish in [
            "/guilds",
            "/guilds?q=harbour+club",
            GUILD,
            &format!("{GUILD}/settings/tempvoice"),
            &format!("{GUILD}/settings/tempvoice/reset"),
            &format!("{GUILD}/changes?module=music&before=0192f0c1-6f5e-7cc3"),
            &format!("{GUILD}/changes/0192f0c1-6f5e-7cc3-98c4-dc0c0c07398f/restoration"),
            &format!("{GUILD}/giveaways/new"),
            &format!("{GUILD}/giveaways/0193595b-7d2e-7c41-9d8e-3f6a52b1c0de/edit"),
            &format!("{GUILD}/invite"),
            &format!("{GUILD}/staff/0193595b-7d2e-7c41-9d8e-3f6a52b1c0de/withdrawal"),
            &format!("{GUILD}/panels/0193595b-7d2e-7c41-9d8e-3f6a52b1c0de/categories/new?draft=1"),
            &format!("{GUILD}/playlists/0193595b-7d2e-7c41-9d8e-3f6a52b1c0de/import?draft=1"),
            &format!("{GUILD}/tickets/ticket%20%234/closing?draft=1"),
            "/account/sessions",
        ] {
            assert_eq!(after(wish), wish);
        }
        assert_eq!(after("https://dash.example/guilds?q=a#top"), "/guilds?q=a", "a whole address of ours");
        assert_eq!(after("https://dash.example:443/guilds"), "/guilds");
        assert_eq!(after("/guilds/./816370501973721107"), GUILD);
    }

    #[test]
    fn whatever_leaves_the_site_leads_home() {
        for wish in [
            "//evil.example",
            "//evil.example/guilds",
            "///evil.example/guilds",
            "/\\evil.example",
            "\\\\evil.example",
            "/%5cevil.example",
            "/%2f%2fevil.example",
            "https://evil.example/guilds",
            "http://dash.example/guilds",
            "https://dash.example:8443/guilds",
            "https://dash.example.evil.example/guilds",
            "https://dash.example@evil.example/guilds",
            "https://admin@dash.example/guilds",
            "https://admin:secret@dash.example/guilds",
            "https:evil.example/guilds",
            "https:/evil.example/guilds",
            "javascript:alert(1)",
            "data:text/html,x",
            "\thttps://evil.example",
            "/\t/evil.example",
            "/guilds\r\nSet-Cookie: a=b",
            "/guilds\u{0}",
            "/guilds\u{85}",
            "https://dash.example//evil.example",
            "/guilds/..//evil.example",
        ] {
            assert_eq!(after(wish), HOME, "{wish:?}");
        }
    }

    #[test]
    fn what_is_no_page_leads_home() {
        for wish in [
            "",
            "/",
            "/login",
            "/login?return_to=/guilds",
            "/auth/callback?code=x&state=y",
            "/logout",
            "/static/app.css",
            "/guilds/",
            "/guilds/7",
            "/guilds/../login",
            "/guilds/%2e%2e/login",
            "/guilds/816370501973721107/live",
            "/guilds/816370501973721107/changes/export?format=csv",
            "/guilds/816370501973721107/settings/temp%2fvoice",
            "/guilds/816370501973721107/settings/tempvoice/preview/x",
            "/guilds/816370501973721107/tickets/%2e%2e%2fx/closing",
            "/guilds/816370501973721107/tickets/a%00/closing",
            "/cdn/avatars/1/x.png",
        ] {
            assert_eq!(after(wish), HOME, "{wish:?}");
        }
        assert_eq!(after(&format!("/guilds?q={}", "a".repeat(MAX_BYTES))), HOME);
        assert_eq!(safe_return_to(&"https://dash.example".parse().expect("a URL"), None), HOME);
    }
}
