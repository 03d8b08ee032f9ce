//! Discord's answers about a server: whatever stands in them, pages and rules can be made of it.

use std::collections::HashSet;
use std::sync::Arc;

use serde::Deserialize;
use twilight_model::guild::Permissions;
use twilight_model::id::marker::UserMarker;

use super::cdn::CdnImage;
use super::json_path::path_at;
use super::{Channel, Guild, Member, PartialGuild, VoiceRegion};
use crate::fuzz::NOW;
use crate::guilds::snapshot::GuildSnapshot;
use crate::ids;
use crate::modules;
use crate::settings::checklist::{self, Subject};
use crate::settings::judge::Judge;
use crate::web::words::Words;

/// What is asked of one server, in one text.
#[derive(Deserialize)]
struct Answers {
    guild: Guild,
    #[serde(default)]
    channels: Vec<Channel>,
    bot: Member,
    member: Member,
    #[serde(default)]
    regions: Vec<VoiceRegion>,
    #[serde(default)]
    listed: Vec<PartialGuild>,
}

pub fn answers(data: &[u8]) {
    assert_image(&String::from_utf8_lossy(data));
    let answers: Answers = match serde_json::from_slice(data) {
        Ok(answers) => answers,
        Err(error) => {
            assert!(!path_at(data, error.line(), error.column()).is_empty());
            return;
        }
    };
    let Answers { guild, channels, bot, member, regions, listed } = answers;
    for one in &listed {
        let rights = Permissions::ADMINISTRATOR | Permissions::MANAGE_GUILD;
        assert_eq!(one.manageable(), one.owner || one.permissions.intersects(rights));
    }
    if ids::parse::<UserMarker>(&member.user.id.to_string()).is_some() {
        assert_image(&CdnImage::avatar_of(&member.user).to_string());
    }
    let snapshot = GuildSnapshot::new(Arc::new(guild), Arc::new(channels), Arc::new(bot), Arc::new(regions), NOW);
    assert_all_listed(&snapshot);
    let judge = Judge { guild: &snapshot, person: snapshot.person(&member, NOW) };
    for role in snapshot.guild.roles.iter().filter(|role| judge.person.may_give(role).is_ok()) {
        assert!(!role.managed && role.id != snapshot.everyone() && judge.person.outranks(role));
    }
    for module in &modules::ALL {
        let (words, table, settings) = (Words::default(), module.table(), (module.defaults)());
        let problems = module.problems(&settings, &judge);
        let subject = Subject { judge: &judge, words: &words, table, needs: module.needs, values: &settings };
        checklist::of(&subject, &problems);
    }
}

/// A path that is understood is the path of its image.
fn assert_image(path: &str) {
    if let Some(image) = CdnImage::parse(path) {
        assert_eq!(image.to_string(), path);
    }
}

/// Each channel and each role stands in its list once.
fn assert_all_listed(snapshot: &GuildSnapshot) {
    assert_eq!(snapshot.roles_by_rank().len(), snapshot.guild.roles.len());
    let ids: HashSet<_> = snapshot.channels.iter().map(|channel| channel.id).collect();
    let groups = snapshot.channels_in_order();
    let listed: usize = groups.iter().map(|group| group.channels.len() + usize::from(group.category.is_some())).sum();
    if ids.len() == snapshot.channels.len() {
        assert_eq!(listed, ids.len());
    }
}
