//! Pictures: real PNGs for what exists, 404 for the rest.

use discord_standin::seed::{HARBOUR_CLUB, JONAS, MIRA, emojis};

use super::support::*;

#[tokio::test]
async fn icons_avatars_and_emojis_are_real_pictures() {
    let setup = setup().await;
    let mut seen = Vec::new();
    for path in [
        format!("/icons/{HARBOUR_CLUB}/9c1e77d0b2f84a5c8e6d3f10a4b5c6d7.png?size=64"),
        format!("/avatars/{MIRA}/a_5f0c2d9be1a44376b8e01d3c77aa9f10.gif?size=128"),
        format!("/emojis/{}.webp?size=16", emojis::ANCHOR),
        "/embed/avatars/5.png".to_owned(),
    ] {
        let response = setup.client.get(setup.url(&path)).send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["content-type"]),
            (200, &"image/png".parse().unwrap())
        );
        let bytes = response.bytes().await.unwrap();
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xaeB`\x82"), "{path}");
        assert!(!seen.contains(&bytes));
        seen.push(bytes);
    }
}

#[tokio::test]
async fn a_picture_that_does_not_exist_is_not_made_up() {
    let setup = setup().await;
    let cases = [
        (format!("/icons/{HARBOUR_CLUB}/{}.png", "0".repeat(32)), 404),
        ("/icons/1/x.png".to_owned(), 404),
        ("/embed/avatars/6.png".to_owned(), 404),
        ("/emojis/1.png".to_owned(), 404),
        (format!("/avatars/{JONAS}/d41c8a70f5b94e13a2760c9b8e3f5d12.gif"), 415),
        (format!("/emojis/{}.gif", emojis::ANCHOR), 415),
        (format!("/emojis/{}.png?size=100", emojis::ANCHOR), 400),
    ];
    for (path, status) in cases {
        let response = setup.client.get(setup.url(&path)).send().await.unwrap();
        assert_eq!(response.status(), status, "{path}");
    }
}
