//! Where somebody goes after signing in, whatever the address has wished for.

use std::sync::LazyLock;

use url::{Position, Url};

use crate::accounts::safe_return_to;

static SITE: LazyLock<Url> = LazyLock::new(|| "https://dashboard.example.com".parse().expect("an address"));

/// A wish is no longer.
const LONGEST: usize = 512;

pub fn return_to(data: &[u8]) {
    let Ok(wish) = std::str::from_utf8(data) else { return };
    let path = safe_return_to(&SITE, Some(wish));
    assert!(path.starts_with('/') && !path.starts_with("//"), "{path}");
    assert!(path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\'), "{path:?}");
    let there = SITE.join(&path).expect("a path of ours");
    assert_eq!(there.origin(), SITE.origin(), "{path}");
    assert_eq!(&there[Position::BeforePath..], path);
    assert!(there.username().is_empty() && there.password().is_none() && there.fragment().is_none());
    for none in ["/login", "/logout", "/auth/", "/static/", "/cdn/"] {
        assert!(!path.starts_with(none), "{path}");
    }
    // What is written with percent signs may have become longer than a wish can be.
    assert!(path.len() > LONGEST || safe_return_to(&SITE, Some(&path)) == path, "{path}");
}
