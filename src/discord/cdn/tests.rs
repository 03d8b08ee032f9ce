use futures_util::future::join_all;

use super::super::fake::{Fake, text};
use super::*;

const HASH: &str = "9c1e77d0b2f84a5c8e6d3f10a4b5c6d7";

fn emoji() -> CdnImage {
    CdnImage::parse("emojis/930194370152497161").unwrap()
}

#[test]
fn only_paths_built_from_ids_and_hashes_are_images() {
    for path in [
        format!("icons/816370501973721107/{HASH}"),
        format!("icons/816370501973721107/a_{HASH}"),
        "avatars/445518183798022151/00000000000000000000000000000001".to_owned(),
        "emojis/930194370152497161".to_owned(),
        "embed/avatars/5".to_owned(),
    ] {
        let image = CdnImage::parse(&path).unwrap();
        assert_eq!(image.to_string(), path);
        assert!(image.source().starts_with(&format!("/{path}.")));
    }
    for path in [
        "",
        "icons/816370501973721107",
        "icons/816370501973721107/../secret",
        "icons/816370501973721107/9C1E77D0B2F84A5C8E6D3F10A4B5C6D7",
        "icons/816370501973721107/+c1e77d0b2f84a5c8e6d3f10a4b5c6d7",
        "icons/816370501973721107/a_a_1e77d0b2f84a5c8e6d3f10a4b5c6d7",
        "icons/0/9c1e77d0b2f84a5c8e6d3f10a4b5c6d7",
        "emojis/930194370152497161.gif",
        "emojis/930194370152497161/",
        "/emojis/930194370152497161",
        "embed/avatars/6",
        "embed/avatars/10",
        "stickers/930194370152497161",
    ] {
        assert_eq!(CdnImage::parse(path), None, "{path}");
    }
}

#[test]
fn people_without_an_avatar_get_discords_own() {
    let user = |id: &str, discriminator: &str, avatar: Option<&str>| -> User {
        serde_json::from_value(serde_json::json!({"id": id, "discriminator": discriminator, "avatar": avatar})).unwrap()
    };
    let of = |id: &str, discriminator: &str| CdnImage::avatar_of(&user(id, discriminator, None)).to_string();
    assert_eq!(of("445518183798022151", "0"), "embed/avatars/3");
    assert_eq!(of("1279772747366797316", "0"), "embed/avatars/0");
    assert_eq!(of("445518183798022151", "4821"), "embed/avatars/1");
    let own = CdnImage::avatar_of(&user("445518183798022151", "0", Some(HASH)));
    assert_eq!(own.to_string(), format!("avatars/445518183798022151/{HASH}"));
    assert_eq!(CdnImage::icon_of(GuildId::new(816_370_501_973_721_107), None), None);
}

#[tokio::test]
async fn an_image_is_fetched_once_however_many_pages_show_it() {
    let fake = Fake::start(|_, _| text(200, "image/webp; q=1", *b"RIFF")).await;
    for image in join_all((0..20).map(|_| fake.discord.image(emoji()))).await {
        let image = image.unwrap();
        assert_eq!((image.content_type, &image.bytes[..]), ("image/webp", &b"RIFF"[..]));
    }
    assert_eq!(fake.lines(), ["GET /emojis/930194370152497161.webp?size=64"]);
    assert!(!fake.asked()[0].headers.contains_key("authorization"));
}

#[tokio::test]
async fn what_is_no_image_or_too_big_is_not_passed_on() {
    let too_big = vec![0; 512 * 1024 + 1];
    for (status, kind, body) in [
        (200, "image/svg+xml", b"<svg/>".to_vec()),
        (200, "text/html", b"<html>".to_vec()),
        (200, "image/png", too_big),
        (302, "image/png", Vec::new()),
        (500, "image/png", b"x".to_vec()),
    ] {
        let fake = Fake::start(move |_, _| text(status, kind, body.clone()).with("location", "/elsewhere")).await;
        assert!(matches!(fake.discord.image(emoji()).await, Err(ImageTrouble::Unavailable(_))), "{status} {kind}");
        assert_eq!(fake.asked().len(), 1);
    }
}

#[tokio::test]
async fn a_failure_is_remembered_briefly() {
    let fake =
        Fake::start(|_, nth| if nth == 0 { text(404, "text/plain", "") } else { text(200, "image/png", "x") }).await;
    for _ in 0..3 {
        assert_eq!(fake.discord.image(emoji()).await.err(), Some(ImageTrouble::NotThere));
    }
    assert_eq!(fake.asked().len(), 1);
    fake.clock.advance(FAILURE_KEPT);
    assert!(fake.discord.image(emoji()).await.is_ok());
}
