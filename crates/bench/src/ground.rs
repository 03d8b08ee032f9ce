//! What everything is measured on: a Redis, a Discord, people who manage its servers, and the programs beside this one.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use discord_standin::{Id, Standin, World, permissions, seed, world};
use faults::admin::Admin;
use faults::dashboard::{Dashboard, Setting};
use faults::redis::Redis;
use futures_util::future::try_join_all;
use guildhall::keys::SecretKey;
use tempfile::TempDir;

use crate::load::AT_ONCE;

const FIRST_GUILD: u64 = 960_000_000_000_000_000;
const FIRST_ADMIN: u64 = 460_000_000_000_000_000;
const APART: u64 = 60_000 << 22;

/// Which program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// As it is delivered.
    Guildhall,
    /// The same service without the limits that one person meets, and asking Discord as often as it wants: see
    /// `serve`.
    Unlimited,
    Floor,
}

pub struct Ground {
    pub redis: Redis,
    pub guilds: Vec<u64>,
    people: Vec<(Id, u64)>,
    setting: Setting,
    beside: PathBuf,
    place: TempDir,
    /// Ends with the ground.
    _standin: Standin,
}

impl Ground {
    /// `people` managers, evenly over `guilds` servers.
    pub async fn build(guilds: usize, people: usize) -> anyhow::Result<Self> {
        let place = tempfile::Builder::new().prefix("guildhall-bench-").tempdir()?;
        let (world, guilds, people) = world_of(guilds, people)?;
        let standin = Standin::start(world).await?;
        let redis = Redis::start(place.path()).await?;
        let beside = std::env::current_exe()?.parent().context("a folder")?.to_owned();
        let setting = Setting {
            binary: beside.clone(),
            place: place.path().to_owned(),
            database_url: format!("sqlite://{}", place.path().join("guildhall.db").display()),
            redis_url: redis.url(),
            discord_url: standin.url(),
            secret_key: SecretKey::generate(),
        };
        Ok(Self { redis, guilds, people, setting, beside, place, _standin: standin })
    }

    pub fn place(&self) -> &Path {
        self.place.path()
    }

    /// The SQLite file in its folder.
    pub fn database_url(&self) -> &str {
        &self.setting.database_url
    }

    pub fn file_of(&self, program: Program) -> PathBuf {
        self.beside.join(match program {
            Program::Guildhall => "guildhall",
            Program::Unlimited => "bench",
            Program::Floor => "floor",
        })
    }

    /// Starts a program on a database, and waits for its first answer.
    pub async fn start(&self, program: Program, database_url: &str) -> anyhow::Result<Dashboard> {
        let setting =
            Setting { binary: self.file_of(program), database_url: database_url.to_owned(), ..self.setting.clone() };
        Dashboard::start(&setting, program as usize).await
    }

    /// Everybody, signed in.
    pub async fn admins(&self, base: &str) -> anyhow::Result<Vec<Admin>> {
        let mut admins = Vec::new();
        let people: Vec<_> = self.people.iter().enumerate().collect();
        for some in people.chunks(AT_ONCE) {
            let come = some.iter().map(|(number, (user, guild))| Admin::sign_in(*number, *user, vec![*guild], base));
            admins.extend(try_join_all(come).await?);
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
