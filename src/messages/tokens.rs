//! What stands for something else: `<@id>`, `<#id>`, `<:name:id>`, `<t:…>`, `@everyone`; and who says what it is called.

use super::marks::Marks;
use super::source::{Glyph, stands, text, typed};
use super::tree::{Kind, Piece};
use crate::ids::{self, EmojiId};

/// Characters of the longest `<…>` that is looked at, but for a link.
const LONGEST: usize = 120;

/// What ids are called, and how times are told, to who looks at a message.
pub trait Names {
    /// With its sign; None: it stays as it was typed.
    fn mention(&self, mention: Mention<'_>) -> Option<String>;

    /// A moment in unix seconds in one of Discord's styles; None: it stays as it was typed.
    fn moment(&self, seconds: i64, style: char) -> Option<Moment>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mention<'a> {
    Member(&'a str),
    Role(&'a str),
    Channel(&'a str),
    /// `name` of `</name:id>`, with its parts below.
    Command(&'a str),
    Guide(Guide),
}

/// Places that every server has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guide {
    Customize,
    Browse,
    Guide,
    LinkedRoles,
}

/// A time as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub text: String,
    /// RFC 3339.
    pub machine: String,
    /// To the second and with its zone.
    pub exact: String,
}

/// What the characters from here on stand for, and how many they are. `mentions`: whether there are any here.
pub(super) fn at(glyphs: &[Glyph], place: usize, names: &dyn Names, mentions: bool) -> Option<(Piece, usize)> {
    match typed(glyphs, place)? {
        '@' if mentions => {
            let word = ["@everyone", "@here"].into_iter().find(|word| stands(glyphs, place, word))?;
            Some((Piece::new(Kind::Mention, word, Marks::default()), word.len()))
        }
        '<' => {
            let mut ahead = glyphs[place + 1..].iter().take(LONGEST);
            let length = ahead.position(|glyph| matches!(glyph.char, '>' | '\n'))?;
            let inner = &glyphs[place + 1..place + 1 + length];
            let closed = typed(glyphs, place + 1 + length) == Some('>');
            if !closed || (0..length).any(|at| typed(inner, at).is_none()) {
                return None;
            }
            Some((of(&text(inner), names, mentions)?, length + 2))
        }
        _ => None,
    }
}

/// Of what stands between the brackets.
fn of(inner: &str, names: &dyn Names, mentions: bool) -> Option<Piece> {
    if let Some((name, id)) = emoji(inner) {
        return Some(Piece::new(Kind::Emoji(id), format!(":{name}:"), Marks::default()));
    }
    if let Some(time) = inner.strip_prefix("t:") {
        let (seconds, style) = time.split_once(':').unwrap_or((time, "f"));
        let style = style.chars().next().filter(|_| style.len() == 1)?;
        let Moment { text, machine, exact } = names.moment(seconds.parse().ok()?, style)?;
        return Some(Piece::new(Kind::Time { machine, exact }, text, Marks::default()));
    }
    let name = names.mention(mention(inner).filter(|_| mentions)?)?;
    Some(Piece::new(Kind::Mention, name, Marks::default()))
}

fn mention(inner: &str) -> Option<Mention<'_>> {
    let id = |text: &str| (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(role) = inner.strip_prefix("@&") {
        return Some(Mention::Role(role)).filter(|_| id(role));
    }
    if let Some(member) = inner.strip_prefix("@!").or_else(|| inner.strip_prefix('@')) {
        return Some(Mention::Member(member)).filter(|_| id(member));
    }
    if let Some(channel) = inner.strip_prefix('#') {
        return Some(Mention::Channel(channel)).filter(|_| id(channel));
    }
    if let Some((name, command)) = inner.strip_prefix('/').and_then(|rest| rest.rsplit_once(':')) {
        let named = !name.trim().is_empty() && !name.contains(':');
        return Some(Mention::Command(name)).filter(|_| named && id(command));
    }
    Some(Mention::Guide(match inner {
        "id:customize" => Guide::Customize,
        "id:browse" => Guide::Browse,
        "id:guide" => Guide::Guide,
        "id:linked-roles" => Guide::LinkedRoles,
        _ => return None,
    }))
}

/// Name and id of a custom emoji.
pub(super) fn emoji(inner: &str) -> Option<(&str, EmojiId)> {
    let (kind, rest) = inner.split_once(':')?;
    let (name, id) = rest.split_once(':')?;
    let named = (2..=32).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if matches!(kind, "" | "a") && named { Some((name, ids::parse(id)?)) } else { None }
}
