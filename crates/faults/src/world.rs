//! The Discord the run takes place in: many servers, each managed by two people.

use discord_standin::{Id, World, permissions, seed, world};

/// Ids that look like Discord's, a minute apart.
const FIRST_GUILD: u64 = 960_000_000_000_000_000;
const FIRST_ADMIN: u64 = 460_000_000_000_000_000;
const APART: u64 = 60_000 << 22;

pub struct People {
    /// Each admin with the guilds they manage.
    pub admins: Vec<(Id, Vec<u64>)>,
    pub guilds: Vec<u64>,
}

pub fn build(guilds: usize, admins: usize) -> anyhow::Result<(World, People)> {
    let mut standin = seed::world().with_redirect("http://127.0.0.1:*/auth/callback");
    let mut people = People { admins: Vec::new(), guilds: Vec::new() };
    for number in 0..admins {
        let id = standin.add_user(world::User::new(nth(FIRST_ADMIN, number), &format!("admin{number}"), None));
        people.admins.push((id, Vec::new()));
    }
    for number in 0..guilds {
        let (owner, deputy) = (number % admins, (number + 1) % admins);
        let id = nth(FIRST_GUILD, number);
        let mut guild = world::Guild::new(id, &format!("Server {number}"), people.admins[owner].0);
        let role = world::Role {
            permissions: permissions::EVERYDAY | permissions::MANAGE_GUILD,
            ..world::Role::new(Id(id.0 + APART / 2), "Deputy", 1)
        };
        let role = guild.put_role(role);
        guild.put_member(world::Member::new(people.admins[deputy].0, &[role]));
        standin.add_guild(guild);
        standin.install_bot(id, permissions::ALL).map_err(|error| anyhow::anyhow!("{error:?}"))?;
        people.admins[owner].1.push(id.0);
        people.admins[deputy].1.push(id.0);
        people.guilds.push(id.0);
    }
    Ok((standin, people))
}

fn nth(first: u64, number: usize) -> Id {
    Id(first + APART * u64::try_from(number).unwrap_or(0))
}
