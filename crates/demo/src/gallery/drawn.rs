//! A message with everything in it that one can hold, drawn by the renderer of the dashboard.

use std::collections::HashMap;

use guildhall::discord::PartialGuild;
use guildhall::guilds::snapshot::GuildSnapshot;
use guildhall::settings::fields::Known;
use guildhall::settings::judge::Judge;
use guildhall::settings::preview::{Ground, MessagePreview};
use guildhall::settings::reader::Reader;
use guildhall::web::words::Words;
use serde_json::{Value, json};
use twilight_model::guild::Permissions;
use twilight_model::id::Id;

pub fn message() -> MessagePreview {
    let mut preview = drawn(&json!({
        "enabled": true,
        "content": "Welcome, {user}!",
        "embed": {
            "enabled": true,
            "color": "#5865f2",
            "title": "Ticket 0042",
            "url": "https://help.example.org/",
            "description": "# Hello\nTell us **what you need**:\n- an *order*\n- a __refund__\n  1. with its number\n\
                            > Use `/close` when you are done.\n-# [Rules](https://rules.example.org), <t:1795489320:D>",
            "fields": [
                { "name": "Category", "value": "Billing", "inline": true },
                { "name": "Opened", "value": "<t:1795489320:R>", "inline": true },
                { "name": "Number", "value": "||0042||", "inline": true },
            ],
            "imageUrl": "https://images.example.org/a.png",
            "footer": "Lantern House",
            "timestamp": true,
        },
    }));
    preview.author = "Steward".into();
    preview
}

fn drawn(template: &Value) -> MessagePreview {
    let listed = PartialGuild {
        id: Id::new(816_370_501_973_721_107),
        name: "Lantern House".into(),
        icon: None,
        owner: true,
        permissions: Permissions::all(),
    };
    let (guild, member) = GuildSnapshot::without_bot(&listed, Id::new(445_518_183_798_022_151));
    let (judge, words) = (Judge { guild: &guild, person: guild.person(&member, 0) }, Words::default());
    let names = Reader { judge: &judge, words: &words, now: 1_795_482_000_000, people: HashMap::new() };
    let known = [Known { name: "user", example: "@Mira", mention: true }];
    Ground { known: &known, names: &names, color: None, image: None }.render(template)
}
