//! The command line of `guildhall`. What each command does stands in a file of its own; what it says is for the console.

mod backup;
mod check;
mod forget;
mod moving;
mod redis;
mod serve;
mod sessions;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use twilight_model::id::Id;
use twilight_model::id::marker::{GuildMarker, UserMarker};

use crate::config;
use crate::db::Db;
use crate::ids::{self, GuildId, UserId};
use crate::keys::SecretKey;

#[derive(Parser)]
#[command(name = "guildhall", version, about = "The admin dashboard of a Discord bot.")]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the dashboard (the default); applies missing migrations first.
    Serve,
    /// Apply missing migrations, and end. Needs DATABASE_URL alone, of the account that owns the tables.
    Migrate,
    /// Print a new SECRET_KEY.
    Secret,
    /// Try everything that Guildhall stands on, and say what is wrong and how to mend it. Changes nothing.
    Check {
        /// One JSON object instead of lines.
        #[arg(long)]
        json: bool,
    },
    /// Ask the instance of this environment how it is: the word of its /readyz, and 1 if it is down.
    Ready,
    /// Copy the SQLite database into a new file, while it is in use.
    Backup { file: PathBuf },
    /// Write the whole database into a new file, to be taken to the other kind of database.
    ExportAll { file: PathBuf },
    /// Fill an empty database from a file that export-all has written.
    ImportAll { file: PathBuf },
    /// What concerns people's sessions.
    Sessions {
        #[command(subcommand)]
        command: SessionsCommand,
    },
    /// Remove all that is kept of a person or of a server. Only counts it, unless --yes is said.
    Forget {
        #[command(flatten)]
        whom: Whom,
        /// Remove it. There is no way back.
        #[arg(long)]
        yes: bool,
    },
    /// What concerns Redis.
    Redis {
        #[command(subcommand)]
        command: RedisCommand,
    },
}

#[derive(Subcommand)]
enum SessionsCommand {
    /// Sign a person out everywhere, or everybody.
    End {
        #[command(flatten)]
        whose: Whose,
    },
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Whose {
    /// The person's id at Discord.
    #[arg(long, value_name = "ID", value_parser = id::<UserMarker>)]
    user: Option<UserId>,
    /// Everybody's.
    #[arg(long)]
    all: bool,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Whom {
    /// The person's id at Discord.
    #[arg(long, value_name = "ID", value_parser = id::<UserMarker>)]
    user: Option<UserId>,
    /// The server's id at Discord.
    #[arg(long, value_name = "ID", value_parser = id::<GuildMarker>)]
    guild: Option<GuildId>,
}

fn id<M>(text: &str) -> Result<Id<M>, String> {
    ids::parse(text).ok_or_else(|| "Discord's ids have 15 to 20 digits".to_owned())
}

#[derive(Subcommand)]
enum RedisCommand {
    /// Take over a Redis that belongs to another deployment: its settings are replaced by this database's.
    Adopt,
}

/// Does what the command line says.
pub async fn run(cli: Cli) -> ExitCode {
    let outcome = match cli.command.unwrap_or(Command::Serve) {
        Command::Secret => say(&SecretKey::generate()),
        Command::Serve => serve::serve().await,
        Command::Migrate => migrate(),
        Command::Check { json } => return check::check(json).await,
        Command::Ready => ready().await,
        Command::Backup { file } => backup::backup(&file),
        Command::ExportAll { file } => moving::export_all(&file),
        Command::ImportAll { file } => moving::import_all(&file),
        Command::Sessions { command: SessionsCommand::End { whose } } => match (whose.user, whose.all) {
            (Some(user), _) => sessions::end(user).await,
            (None, true) => sessions::end_all().await,
            // The command line has one of the two.
            (None, false) => Ok(()),
        },
        Command::Forget { whom, yes } => match (whom.user, whom.guild) {
            (Some(user), _) => forget::person(user, yes).await,
            (_, Some(guild)) => forget::server(guild, yes).await,
            // The command line has one of the two.
            (None, None) => Ok(()),
        },
        Command::Redis { command: RedisCommand::Adopt } => redis::adopt().await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            // The console is the operator's page: the reason in full, once.
            let _ = writeln!(std::io::stderr(), "{trouble}");
            ExitCode::FAILURE
        }
    }
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn migrate() -> Outcome {
    let url = config::database_url()?;
    Db::open(&url)?;
    say(&format!("{url} has this version's schema."))
}

async fn ready() -> Outcome {
    say(&crate::ready::ask(config::listening()?).await?)
}

/// On standard output, for scripts.
fn say(text: &str) -> Outcome {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}
