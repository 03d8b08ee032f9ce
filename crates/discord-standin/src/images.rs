//! Icons, avatars and emojis: a coloured five-by-five pattern of an id, as a real PNG. Only
//! images that the world has are found.

use actix_web::{HttpRequest, HttpResponse, web};

use crate::{
    id::Id,
    params::Params,
    state::State,
    world::{User, World},
};

/// The paths of Discord's CDN.
pub fn routes(config: &mut web::ServiceConfig) {
    for path in [
        "/icons/{id}/{file}",
        "/avatars/{id}/{file}",
        "/guilds/{guild}/users/{id}/avatars/{file}",
        "/emojis/{file}",
        "/embed/avatars/{file}",
    ] {
        config.route(path, web::get().to(image));
    }
}

/// Where a person's picture is, as a path below the stand-in.
pub fn avatar_path(user: &User) -> String {
    match &user.avatar {
        Some(hash) => format!("/avatars/{}/{hash}.png?size=64", user.id),
        None => {
            let index = match user.discriminator.parse::<u64>() {
                Ok(number) if number > 0 => number % 5,
                _ => (user.id.0 >> 22) % 6,
            };
            format!("/embed/avatars/{index}.png")
        }
    }
}

async fn image(state: web::Data<State>, request: HttpRequest) -> HttpResponse {
    let size = Params::parse(request.query_string()).get("size").and_then(|size| size.parse().ok());
    let size: u32 = size.unwrap_or(64);
    if !(16..=4096).contains(&size) || !size.is_power_of_two() {
        return HttpResponse::BadRequest().finish();
    }
    let segments: Vec<&str> = request.path().trim_start_matches('/').split('/').collect();
    match found(&state.world(), &segments) {
        Found::Nothing => HttpResponse::NotFound().finish(),
        Found::NotAnimated => HttpResponse::UnsupportedMediaType().finish(),
        Found::Pattern(seed) => HttpResponse::Ok()
            .content_type("image/png")
            .insert_header(("Cache-Control", "public, max-age=31536000"))
            .body(pattern(seed, size.min(128))),
    }
}

enum Found {
    Nothing,
    NotAnimated,
    Pattern(u64),
}

fn found(world: &World, segments: &[&str]) -> Found {
    let Some((name, extension)) = segments.last().and_then(|file| file.rsplit_once('.')) else {
        return Found::Nothing;
    };
    if !matches!(extension, "png" | "jpg" | "jpeg" | "webp" | "gif") {
        return Found::Nothing;
    }
    let id = |at: usize| segments.get(at).and_then(|text| text.parse::<Id>().ok()).unwrap_or(Id(0));
    let known = match segments {
        ["icons", ..] => world.guilds.get(&id(1)).and_then(|guild| guild.icon.as_deref()),
        ["avatars", ..] => world.user(id(1)).and_then(|user| user.avatar.as_deref()),
        ["guilds", ..] => {
            let member = world.guilds.get(&id(1)).and_then(|guild| guild.members.get(&id(3)));
            member.and_then(|member| member.avatar.as_deref())
        }
        ["emojis", ..] => {
            let emoji = name.parse::<Id>().ok();
            let emoji = emoji.and_then(|id| world.guilds.values().find_map(|guild| guild.emojis.get(&id)));
            return match emoji {
                None => Found::Nothing,
                Some(emoji) if extension == "gif" && !emoji.animated => Found::NotAnimated,
                Some(emoji) => Found::Pattern(emoji.id.0),
            };
        }
        _ => {
            let index = name.parse::<u64>().ok().filter(|index| *index < 6 && extension == "png");
            return index.map_or(Found::Nothing, Found::Pattern);
        }
    };
    match known {
        Some(hash) if hash != name => Found::Nothing,
        Some(hash) if extension == "gif" && !hash.starts_with("a_") => Found::NotAnimated,
        Some(hash) => Found::Pattern(hash.bytes().fold(id(1).0, |seed, b| seed.wrapping_mul(31) ^ u64::from(b))),
        None => Found::Nothing,
    }
}

/// A square PNG with two colours and a mirrored pattern, the same for the same seed.
fn pattern(seed: u64, size: u32) -> Vec<u8> {
    let bits = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let hue = |shift: u32| u8::try_from((bits >> shift) & 0x7f).unwrap_or_default();
    let ground = [hue(40) / 2 + 24, hue(47) / 2 + 24, hue(54) / 2 + 40];
    let ink = ground.map(|part| part + 110);
    let mut rows = Vec::new();
    for y in 0..size {
        rows.push(0);
        for x in 0..size {
            let (column, row) = (x * 5 / size, y * 5 / size);
            let mirrored = column.min(4 - column);
            rows.push(u8::try_from((bits >> (row * 3 + mirrored)) & 1).unwrap_or_default());
        }
    }
    let mut header = Vec::new();
    header.extend(size.to_be_bytes());
    header.extend(size.to_be_bytes());
    header.extend([8, 3, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"PLTE", &[ground, ink].concat());
    chunk(&mut png, b"IDAT", &stored(&rows));
    chunk(&mut png, b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    let body = [name.as_slice(), data].concat();
    png.extend(u32::try_from(data.len()).unwrap_or_default().to_be_bytes());
    png.extend(&body);
    png.extend(crc32(&body).to_be_bytes());
}

/// A zlib stream of stored blocks: larger than packed, but there is nothing to get wrong.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = data.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler32(data).to_be_bytes());
    stream
}

fn crc32(data: &[u8]) -> u32 {
    let step = |crc: u32, _: u32| {
        if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 }
    };
    let fold = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), step);
    !data.iter().fold(u32::MAX, fold)
}

fn adler32(data: &[u8]) -> u32 {
    let fold = |(a, b): (u32, u32), byte: &u8| {
        let a = (a + u32::from(*byte)) % 65521;
        (a, (b + a) % 65521)
    };
    let (a, b) = data.iter().fold((1, 0), fold);
    (b << 16) | a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksums_are_those_of_the_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
    }
}
