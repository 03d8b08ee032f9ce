//! What people do for hours, one thing after the other, for `scripts/soak`: whatever a page offers, at a human pace.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use discord_standin::{Fault, FaultKind, Id, RateLimitScope, Standin};
use tokio::time::sleep;

use crate::admin::{Admin, MODULES};
use crate::cluster::{self, Crowd};
use crate::open_page::OpenPage;

/// A person may save thirty times a minute, and test messages count.
const BETWEEN_SAVES: Duration = Duration::from_millis(3_200);
const BETWEEN_SIGN_INS: Duration = Duration::from_secs(3);
const BETWEEN_COMMANDS: Duration = Duration::from_secs(9);
/// A page that is open for a moment only.
const GLANCES: [u64; 5] = [400, 1_500, 3_000, 700, 6_000];
/// Discord stumbles so often, and is away for so long now and then.
const BETWEEN_STUMBLES: Duration = Duration::from_secs(20);
const STUMBLES_BETWEEN_OUTAGES: usize = 6;
const OUTAGE: Duration = Duration::from_secs(15);

/// What was done, for the report.
#[derive(Default)]
pub struct Done {
    pub sign_ins: AtomicUsize,
    pub commands: AtomicUsize,
    pub glances: AtomicUsize,
    pub stumbles: AtomicUsize,
    pub outages: AtomicUsize,
}

/// Saves, and looks at everything in turn.
pub async fn works(crowd: Arc<Crowd>, admin: Admin, guild: u64) {
    cluster::saves_and_looks(crowd, admin, pages_of(guild), BETWEEN_SAVES).await;
}

/// Every page of a server that is read again and again: lists, searches, forms, logs.
fn pages_of(guild: u64) -> Vec<String> {
    let of_server = [
        "",
        "/changes",
        "/changes?module=music",
        "/giveaways",
        "/giveaways?state=running",
        "/tickets",
        "/rooms",
        "/playlists",
        "/panels",
        "/settings/tempvoice",
        "/settings/music",
        "/settings/giveaway",
        "/settings/tickets",
        "/search?q=role",
    ];
    let everywhere = ["/guilds", "/search?q=server", "/account/preferences"];
    of_server.into_iter().map(|tail| format!("/guilds/{guild}{tail}")).chain(everywhere.map(str::to_owned)).collect()
}

/// Signs in, looks, signs out, and comes again.
pub async fn comes_and_goes(crowd: Arc<Crowd>, done: Arc<Done>, user: Id) {
    for number in 1_000.. {
        if !crowd.goes_on() {
            return;
        }
        if !crowd.is_excused() {
            let visit = async {
                let mut admin = Admin::sign_in(number, user, Vec::new(), &crowd.base).await?;
                admin.signs_out(&crowd.base).await
            };
            match visit.await {
                Ok(()) => drop(done.sign_ins.fetch_add(1, Ordering::Relaxed)),
                Err(error) if crowd.is_excused() => crowd.excuse(format!("signing in: {error:#}")),
                Err(error) => crowd.failed(format!("signing in and out: {error:#}")),
            }
        }
        sleep(BETWEEN_SIGN_INS).await;
    }
}

/// Has the bot send a test message, which is a command.
pub async fn commands(crowd: Arc<Crowd>, done: Arc<Done>, mut admin: Admin) {
    let guild = admin.guilds.first().copied().unwrap_or_default();
    for module in MODULES.into_iter().cycle() {
        if !crowd.goes_on() {
            return;
        }
        let sent = async {
            let typed = admin.types(&crowd.base, guild, module, 0).await?;
            admin.tests(&crowd.base, &typed).await
        };
        match sent.await {
            Ok(()) => drop(done.commands.fetch_add(1, Ordering::Relaxed)),
            Err(error) if crowd.is_excused() => crowd.excuse(format!("a command: {error:#}")),
            Err(error) => crowd.failed(format!("a command: {error:#}")),
        }
        sleep(BETWEEN_COMMANDS).await;
    }
}

/// Opens a page's stream and closes it again.
pub async fn glances(crowd: Arc<Crowd>, done: Arc<Done>, admin: Arc<Admin>) {
    let guild = admin.guilds.first().copied().unwrap_or_default();
    for lasts in GLANCES.into_iter().cycle() {
        if !crowd.goes_on() {
            return;
        }
        let page = OpenPage::opens(&admin, &crowd.base, guild);
        sleep(Duration::from_millis(lasts)).await;
        let heard = page.heard();
        if heard.opened > 0 {
            done.glances.fetch_add(1, Ordering::Relaxed);
        }
        for trouble in &heard.troubles {
            match crowd.is_excused() {
                true => crowd.excuse(trouble.clone()),
                false => crowd.failed(trouble.clone()),
            }
        }
    }
}

/// Discord fails a little, which nobody may notice, and now and then altogether, which only what needs it may.
pub async fn stumbles(crowd: Arc<Crowd>, done: Arc<Done>, standin: Arc<Standin>) {
    for turn in 1.. {
        sleep(BETWEEN_STUMBLES).await;
        if !crowd.goes_on() {
            return;
        }
        if turn % STUMBLES_BETWEEN_OUTAGES == 0 {
            crowd.excused_until(Instant::now() + OUTAGE + cluster::AFTERWARDS);
            standin.fault(Fault::at("/api/v10", FaultKind::Unavailable));
            sleep(OUTAGE).await;
            standin.clear_faults();
            done.outages.fetch_add(1, Ordering::Relaxed);
            continue;
        }
        let kind = match turn % 3 {
            0 => FaultKind::ServerError,
            1 => FaultKind::BadGateway,
            _ => FaultKind::RateLimited { scope: RateLimitScope::User, retry_after: Some(0.4), html_1015: false },
        };
        standin.fault(Fault::at("/api/v10/guilds", kind).times(2));
        done.stumbles.fetch_add(1, Ordering::Relaxed);
        // What was asked of it is kept for tests.
        standin.clear_requests();
    }
}
