//! One dashboard, a Redis, a Discord, and people who manage its servers.

use std::path::PathBuf;

use anyhow::Context as _;
use discord_standin::{Id, Standin, World, permissions, seed, world};
use faults::admin::Admin;
use faults::dashboard::{Dashboard, Setting};
use faults::redis::Redis;
use guildhall::keys::SecretKey;
use tempfile::TempDir;

const FIRST_GUILD: u64 = 960_000_000_000_000_000;
const FIRST_ADMIN: u64 = 460_000_000_000_000_000;
const APART: u64 = 60_000 << 22;

pub struct Stage {
    pub dashboard: Dashboard,
    pub redis: Redis,
    pub guilds: Vec<u64>,
    people: Vec<(Id, u64)>,
    /// Ends with the stage.
    _standin: Standin,
    _place: TempDir,
}

impl Stage {
    /// `people` managers, evenly over `guilds` servers.
    pub async fn build(binary: Option<PathBuf>, guilds: usize, people: usize) -> anyhow::Result<Self> {
        let place = tempfile::Builder::new().prefix("guildhall-bench-").tempdir()?;
        let (world, guilds, people) = world_of(guilds, people)?;
        let standin = Standin::start(world).await?;
        let redis = Redis::start(place.path()).await?;
        let beside = std::env::current_exe()?.parent().context("a folder")?.join("guildhall");
        let setting = Setting {
            binary: binary.unwrap_or(beside),
            place: place.path().to_owned(),
            database_url: format!("sqlite://{}", place.path().join("bench.db").display()),
            redis_url: redis.url(),
            discord_url: standin.url(),
            secret_key: SecretKey::generate(),
        };
        let dashboard = Dashboard::start(&setting, 0).await?;
        Ok(Self { dashboard, redis, guilds, people, _standin: standin, _place: place })
    }

    /// Everybody, signed in.
    pub async fn admins(&self) -> anyhow::Result<Vec<Admin>> {
        let mut admins = Vec::new();
        for (number, (user, guild)) in self.people.iter().enumerate() {
            admins.push(Admin::sign_in(number, *user, vec![*guild], &self.dashboard.url()).await?);
        }
        Ok(admins)
    }
}

/// A Discord, its servers, and its people with the server that each of them manages.
type Peopled = (World, Vec<u64>, Vec<(Id, u64)>);

fn world_of(guilds: usize, people: usize) -> anyhow::Result<Peopled> {
    let mut standin = seed::world().with_redirect("http://127.0.0.1:*/auth/callback");
    let users: Vec<Id> = (0..people)
        .map(|number| standin.add_user(world::User::new(nth(FIRST_ADMIN, number), &format!("admin{number}"), None)))
        .collect();
    let (mut ids, mut managers) = (Vec::new(), Vec::new());
    for number in 0..guilds {
        let own: Vec<Id> = users.iter().copied().skip(number).step_by(guilds).collect();
        let owner = *own.first().context("each server has a manager")?;
        let id = nth(FIRST_GUILD, number);
        let mut guild = world::Guild::new(id, &format!("Server {number}"), owner);
        let role = world::Role {
            permissions: permissions::EVERYDAY | permissions::MANAGE_GUILD,
            ..world::Role::new(Id(id.0 + APART / 2), "Deputy", 1)
        };
        let role = guild.put_role(role);
        for user in &own {
            if *user != owner {
                guild.put_member(world::Member::new(*user, &[role]));
            }
            managers.push((*user, id.0));
        }
        standin.add_guild(guild);
        standin.install_bot(id, permissions::ALL).map_err(|error| anyhow::anyhow!("{error:?}"))?;
        ids.push(id.0);
    }
    Ok((standin, ids, managers))
}

fn nth(first: u64, number: usize) -> Id {
    Id(first + APART * u64::try_from(number).unwrap_or(0))
}
