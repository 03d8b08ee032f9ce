//! Discord's images for our own pages: browsers ask us, and only for paths built from parsed parts.
//!
//! The route and its headers are in `web`; an address that somebody typed is never fetched.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Bytes;
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use tokio::sync::Semaphore;
use url::Url;

use super::Discord;
use super::answer::{cause, read_body};
use super::measured::{Api, Call};
use super::model::User;
use crate::clock::{Clock, Millis};
use crate::ids::{self, EmojiId, GuildId, UserId};

const IMAGE_LIMIT: usize = 512 * 1024;
const CACHE_BYTES: u64 = 32 * 1024 * 1024;
/// Hashes name their content, so only what is rarely asked for needs to go.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
const FAILURE_KEPT: Duration = Duration::from_secs(30);
const AT_ONCE: usize = 8;

/// An image on Discord's CDN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CdnImage {
    Icon(GuildId, ImageHash),
    Avatar(UserId, ImageHash),
    Emoji(EmojiId),
    DefaultAvatar(u8),
}

/// 32 hex digits, and whether the image moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ImageHash {
    animated: bool,
    digits: u128,
}

impl ImageHash {
    pub fn parse(text: &str) -> Option<Self> {
        let (animated, digits) = text.strip_prefix("a_").map_or((false, text), |digits| (true, digits));
        let plausible = digits.len() == 32 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !plausible {
            return None;
        }
        Some(Self { animated, digits: u128::from_str_radix(digits, 16).ok()? })
    }
}

impl fmt::Display for ImageHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:032x}", if self.animated { "a_" } else { "" }, self.digits)
    }
}

impl CdnImage {
    /// Reads `icons/{guild}/{hash}`, `avatars/{user}/{hash}`, `emojis/{id}` or `embed/avatars/{0..5}`.
    pub fn parse(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["icons", guild, hash] => Some(Self::Icon(ids::parse(guild)?, ImageHash::parse(hash)?)),
            ["avatars", user, hash] => Some(Self::Avatar(ids::parse(user)?, ImageHash::parse(hash)?)),
            ["emojis", id] => Some(Self::Emoji(ids::parse(id)?)),
            ["embed", "avatars", index] => match index.as_bytes() {
                [digit @ b'0'..=b'5'] => Some(Self::DefaultAvatar(digit - b'0')),
                _ => None,
            },
            _ => None,
        }
    }

    /// Nothing without an icon: pages then show the name's initials.
    pub fn icon_of(guild: GuildId, icon: Option<&str>) -> Option<Self> {
        Some(Self::Icon(guild, ImageHash::parse(icon?)?))
    }

    /// By the hash of the picture, as it was remembered of an account without a discriminator.
    pub fn avatar(user: UserId, hash: Option<&str>) -> Self {
        match hash.and_then(ImageHash::parse) {
            Some(hash) => Self::Avatar(user, hash),
            None => Self::DefaultAvatar(default_avatar(user, "0")),
        }
    }

    /// A person's avatar, or the one Discord gives to people without.
    pub fn avatar_of(user: &User) -> Self {
        match user.avatar.as_deref().and_then(ImageHash::parse) {
            Some(hash) => Self::Avatar(user.id, hash),
            None => Self::DefaultAvatar(default_avatar(user.id, &user.discriminator)),
        }
    }

    /// Smaller and still pictures in one format: nothing on our pages moves by itself.
    fn source(self) -> String {
        match self {
            Self::Icon(..) | Self::Avatar(..) => format!("/{self}.webp?size=128"),
            Self::Emoji(_) => format!("/{self}.webp?size=64"),
            Self::DefaultAvatar(_) => format!("/{self}.png"),
        }
    }
}

/// The path below our own `/cdn/`, as [`CdnImage::parse`] reads it.
impl fmt::Display for CdnImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Icon(guild, hash) => write!(f, "icons/{guild}/{hash}"),
            Self::Avatar(user, hash) => write!(f, "avatars/{user}/{hash}"),
            Self::Emoji(id) => write!(f, "emojis/{id}"),
            Self::DefaultAvatar(index) => write!(f, "embed/avatars/{index}"),
        }
    }
}

/// By the account's age, or by the number that old names ended in.
fn default_avatar(user: UserId, discriminator: &str) -> u8 {
    let index = match discriminator.parse::<u64>() {
        Ok(number) if number != 0 => number % 5,
        _ => (user.get() >> 22) % 6,
    };
    u8::try_from(index).unwrap_or(0)
}

#[derive(Clone, Debug)]
pub struct Image {
    pub content_type: &'static str,
    pub bytes: Bytes,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageTrouble {
    #[error("there is no such image")]
    NotThere,
    /// It is too big, no image, or the CDN does not answer.
    #[error("the image cannot be had: {0}")]
    Unavailable(String),
}

type Outcome = Result<Image, ImageTrouble>;

pub(super) struct Images {
    http: reqwest::Client,
    base: Url,
    clock: Clock,
    deadline: Duration,
    kept: moka::future::Cache<CdnImage, (Outcome, Millis)>,
    places: Arc<Semaphore>,
}

impl Images {
    pub(super) fn new(http: reqwest::Client, base: Url, clock: Clock, deadline: Duration) -> Self {
        let kept = moka::future::Cache::builder()
            .max_capacity(CACHE_BYTES)
            .weigher(|_, (outcome, _): &(Outcome, Millis)| {
                let bytes = outcome.as_ref().map_or(0, |image| image.bytes.len());
                u32::try_from(bytes).unwrap_or(u32::MAX).saturating_add(256)
            })
            .time_to_live(KEPT)
            .build();
        Self { http, base, clock, deadline, kept, places: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    async fn fetch(&self, image: CdnImage) -> Outcome {
        let Ok(_place) = self.places.acquire().await else {
            return Err(ImageTrouble::Unavailable("shutting down".to_owned()));
        };
        let call = Call::begin(Api::Image);
        let outcome = tokio::time::timeout(self.deadline, self.ask(image)).await;
        let late = || Err(ImageTrouble::Unavailable("no answer within the time there is".to_owned()));
        let outcome = outcome.unwrap_or_else(|_| late());
        call.ended_with(match &outcome {
            Ok(_) => "ok",
            Err(ImageTrouble::NotThere) => "refused",
            Err(ImageTrouble::Unavailable(_)) => "unavailable",
        });
        outcome
    }

    /// Bytes that are kept, and how many may be.
    pub(super) async fn bytes(&self) -> (u64, u64) {
        self.kept.run_pending_tasks().await;
        (self.kept.weighted_size(), CACHE_BYTES)
    }

    async fn ask(&self, image: CdnImage) -> Outcome {
        let trouble = |error: reqwest::Error| ImageTrouble::Unavailable(cause(&error));
        let url = self.base.join(&image.source()).map_err(|error| ImageTrouble::Unavailable(error.to_string()))?;
        let mut response = self.http.get(url).send().await.map_err(trouble)?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND | StatusCode::FORBIDDEN | StatusCode::GONE | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
                return Err(ImageTrouble::NotThere);
            }
            status => return Err(ImageTrouble::Unavailable(format!("HTTP {}", status.as_u16()))),
        }
        let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type
            .and_then(image_type)
            .ok_or_else(|| ImageTrouble::Unavailable("not an image we show".to_owned()))?;
        let bytes = read_body(&mut response, IMAGE_LIMIT).await.map_err(trouble)?;
        let bytes = bytes.ok_or_else(|| ImageTrouble::Unavailable("too big".to_owned()))?;
        Ok(Image { content_type, bytes })
    }
}

impl Discord {
    /// The image from the cache or from Discord, fetched once however many wait. A failure is
    /// remembered briefly.
    pub async fn image(&self, image: CdnImage) -> Result<Image, ImageTrouble> {
        let images = &self.0.images;
        let now = images.clock.now();
        let failure_kept = i64::try_from(FAILURE_KEPT.as_millis()).unwrap_or(i64::MAX);
        let fetch = async { (images.fetch(image).await, now) };
        let stale = |(outcome, at): &(Outcome, Millis)| outcome.is_err() && now - at >= failure_kept;
        images.kept.entry(image).or_insert_with_if(fetch, stale).await.into_value().0
    }
}

/// Pictures only: an SVG is a document that may hold scripts.
fn image_type(header: &str) -> Option<&'static str> {
    let essence = header.split(';').next().unwrap_or(header).trim();
    ["image/png", "image/jpeg", "image/webp", "image/gif"].into_iter().find(|known| essence.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests;
