//! The list of all routes, and what each needs.

use guildhall::guilds::rights::{Level, Scope};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum For {
    Anybody,
    SignedIn,
    /// Who may do that with this of the server in the address.
    Of(Level, Scope<'static>),
}

impl For {
    pub fn is_of_a_server(self) -> bool {
        matches!(self, Self::Of(..))
    }
}

const SERVER: Scope<'static> = Scope::Server;
const ALL: Scope<'static> = Scope::All;
const ANY: Scope<'static> = Scope::Any;
const GIVEAWAY: Scope<'static> = Scope::Module("giveaway");
const TICKETS: Scope<'static> = Scope::Module("tickets");
const ROOMS: Scope<'static> = Scope::Module("tempvoice");
const MUSIC: Scope<'static> = Scope::Module("music");
/// The module in the address.
const EACH: Scope<'static> = Scope::Module("{module}");

/// As `src/routes.rs` has them: method, handler, path, and who may come. `{module}` stands for each module.
pub const ROUTES: &[(&str, &str, &str, For)] = &[
    ("get", "web::health::alive", "/healthz", For::Anybody),
    ("get", "web::health::ready", "/readyz", For::Anybody),
    ("get", "web::files::asset", "/static/{name}", For::Anybody),
    ("get", "web::files::favicon", "/favicon.ico", For::Anybody),
    ("get", "web::files::robots", "/robots.txt", For::Anybody),
    ("get", "crate::images::image", "/cdn/{path:.*}", For::Anybody),
    ("get", "web::signs::signs", "/emojis/{name}", For::Anybody),
    ("post", "accounts::choose_language", "/language", For::Anybody),
    ("get", "crate::landing::landing", "/", For::Anybody),
    ("get", "accounts::login", "/login", For::Anybody),
    ("get", "accounts::callback", "/auth/callback", For::Anybody),
    ("post", "accounts::logout", "/logout", For::SignedIn),
    ("get", "guilds::picker::picker", "/guilds", For::SignedIn),
    ("post", "guilds::pins::pin", "/guilds/pins", For::SignedIn),
    ("get", "palette::search", "/search", For::SignedIn),
    ("get", "accounts::preferences", "/account/preferences", For::SignedIn),
    ("post", "accounts::choose_preferences", "/account/preferences", For::SignedIn),
    ("get", "overview::overview", "/guilds/{guild_id}", For::Of(Level::View, ANY)),
    ("get", "overview::invite", "/guilds/{guild_id}/invite", For::Of(Level::View, SERVER)),
    ("get", "palette::search_server", "/guilds/{guild_id}/search", For::Of(Level::View, ANY)),
    ("get", "live::live", "/guilds/{guild_id}/live", For::Of(Level::View, ANY)),
    ("get", "history::list", "/guilds/{guild_id}/changes", For::Of(Level::View, ALL)),
    ("get", "history::export", "/guilds/{guild_id}/changes/export", For::Of(Level::View, ALL)),
    ("get", "history::entry", "/guilds/{guild_id}/changes/{id}", For::Of(Level::View, ALL)),
    ("get", "history::ask", "/guilds/{guild_id}/changes/{id}/restoration", For::Of(Level::Edit, ALL)),
    ("post", "history::restore", "/guilds/{guild_id}/changes/{id}/restoration", For::Of(Level::Edit, ALL)),
    ("get", "commands::command", "/guilds/{guild_id}/commands/{id}", For::Of(Level::View, ANY)),
    ("post", "commands::again", "/guilds/{guild_id}/commands/{id}/again", For::Of(Level::Act, ANY)),
    ("get", "staff::list", "/guilds/{guild_id}/staff", For::Of(Level::View, ALL)),
    ("post", "staff::give", "/guilds/{guild_id}/staff", For::Of(Level::Edit, SERVER)),
    ("get", "staff::ask", "/guilds/{guild_id}/staff/{grant_id}/withdrawal", For::Of(Level::Edit, SERVER)),
    ("post", "staff::withdraw", "/guilds/{guild_id}/staff/{grant_id}/withdrawal", For::Of(Level::Edit, SERVER)),
    ("get", "giveaways::list", "/guilds/{guild_id}/giveaways", For::Of(Level::View, GIVEAWAY)),
    ("post", "giveaways::create", "/guilds/{guild_id}/giveaways", For::Of(Level::Act, GIVEAWAY)),
    ("get", "giveaways::new", "/guilds/{guild_id}/giveaways/new", For::Of(Level::Act, GIVEAWAY)),
    ("post", "giveaways::preview", "/guilds/{guild_id}/giveaways/preview", For::Of(Level::View, GIVEAWAY)),
    ("post", "giveaways::check", "/guilds/{guild_id}/giveaways/check", For::Of(Level::View, GIVEAWAY)),
    ("post", "giveaways::check", "/guilds/{guild_id}/giveaways/{gid}/edit/check", For::Of(Level::View, GIVEAWAY)),
    ("get", "giveaways::export", "/guilds/{guild_id}/giveaways/export", For::Of(Level::View, GIVEAWAY)),
    ("get", "giveaways::entry", "/guilds/{guild_id}/giveaways/{gid}", For::Of(Level::View, GIVEAWAY)),
    ("get", "giveaways::edit", "/guilds/{guild_id}/giveaways/{gid}/edit", For::Of(Level::Act, GIVEAWAY)),
    ("post", "giveaways::change", "/guilds/{guild_id}/giveaways/{gid}/edit", For::Of(Level::Act, GIVEAWAY)),
    ("get", "giveaways::ask_ending", "/guilds/{guild_id}/giveaways/{gid}/ending", For::Of(Level::Act, GIVEAWAY)),
    ("post", "giveaways::end", "/guilds/{guild_id}/giveaways/{gid}/ending", For::Of(Level::Act, GIVEAWAY)),
    (
        "get",
        "giveaways::ask_cancellation",
        "/guilds/{guild_id}/giveaways/{gid}/cancellation",
        For::Of(Level::Act, GIVEAWAY),
    ),
    ("post", "giveaways::cancel", "/guilds/{guild_id}/giveaways/{gid}/cancellation", For::Of(Level::Act, GIVEAWAY)),
    ("get", "giveaways::ask_reroll", "/guilds/{guild_id}/giveaways/{gid}/reroll", For::Of(Level::Act, GIVEAWAY)),
    ("post", "giveaways::reroll", "/guilds/{guild_id}/giveaways/{gid}/reroll", For::Of(Level::Act, GIVEAWAY)),
    ("get", "tickets::list", "/guilds/{guild_id}/tickets", For::Of(Level::View, TICKETS)),
    ("get", "tickets::ratings", "/guilds/{guild_id}/tickets/ratings", For::Of(Level::View, TICKETS)),
    ("get", "tickets::ticket", "/guilds/{guild_id}/tickets/{tid}", For::Of(Level::View, TICKETS)),
    ("get", "tickets::transcript", "/guilds/{guild_id}/tickets/{tid}/transcript", For::Of(Level::View, TICKETS)),
    ("get", "tickets::ask_closing", "/guilds/{guild_id}/tickets/{tid}/closing", For::Of(Level::Act, TICKETS)),
    ("post", "tickets::close", "/guilds/{guild_id}/tickets/{tid}/closing", For::Of(Level::Act, TICKETS)),
    ("post", "tickets::approve", "/guilds/{guild_id}/tickets/{tid}/rating/approval", For::Of(Level::Act, TICKETS)),
    ("post", "tickets::feature", "/guilds/{guild_id}/tickets/{tid}/rating/featuring", For::Of(Level::Act, TICKETS)),
    ("get", "tickets::ask_deletion", "/guilds/{guild_id}/tickets/{tid}/rating/deletion", For::Of(Level::Act, TICKETS)),
    ("post", "tickets::delete", "/guilds/{guild_id}/tickets/{tid}/rating/deletion", For::Of(Level::Act, TICKETS)),
    ("get", "music::list", "/guilds/{guild_id}/playlists", For::Of(Level::View, MUSIC)),
    ("get", "music::begin", "/guilds/{guild_id}/playlists/new", For::Of(Level::Act, MUSIC)),
    ("post", "music::create", "/guilds/{guild_id}/playlists/new", For::Of(Level::Act, MUSIC)),
    ("post", "music::check", "/guilds/{guild_id}/playlists/new/check", For::Of(Level::View, MUSIC)),
    ("post", "music::check", "/guilds/{guild_id}/playlists/{playlist_id}/check", For::Of(Level::View, MUSIC)),
    ("get", "music::open", "/guilds/{guild_id}/playlists/{playlist_id}", For::Of(Level::View, MUSIC)),
    ("post", "music::save", "/guilds/{guild_id}/playlists/{playlist_id}", For::Of(Level::Act, MUSIC)),
    ("get", "music::export", "/guilds/{guild_id}/playlists/{playlist_id}/export", For::Of(Level::View, MUSIC)),
    ("get", "music::offer", "/guilds/{guild_id}/playlists/{playlist_id}/import", For::Of(Level::Act, MUSIC)),
    ("post", "music::import", "/guilds/{guild_id}/playlists/{playlist_id}/import", For::Of(Level::Act, MUSIC)),
    ("get", "music::ask", "/guilds/{guild_id}/playlists/{playlist_id}/deletion", For::Of(Level::Act, MUSIC)),
    ("post", "music::delete", "/guilds/{guild_id}/playlists/{playlist_id}/deletion", For::Of(Level::Act, MUSIC)),
    ("get", "panels::list", "/guilds/{guild_id}/panels", For::Of(Level::View, TICKETS)),
    ("get", "panels::open", "/guilds/{guild_id}/panels/{panel_id}", For::Of(Level::View, TICKETS)),
    ("post", "panels::keep", "/guilds/{guild_id}/panels/{panel_id}", For::Of(Level::Edit, TICKETS)),
    ("post", "panels::preview", "/guilds/{guild_id}/panels/{panel_id}/preview", For::Of(Level::View, TICKETS)),
    ("post", "panels::check", "/guilds/{guild_id}/panels/{panel_id}/check", For::Of(Level::View, TICKETS)),
    (
        "post",
        "panels::check_category",
        "/guilds/{guild_id}/panels/{panel_id}/categories/{number}/check",
        For::Of(Level::View, TICKETS),
    ),
    (
        "get",
        "panels::open_category",
        "/guilds/{guild_id}/panels/{panel_id}/categories/{number}",
        For::Of(Level::View, TICKETS),
    ),
    (
        "post",
        "panels::keep_category",
        "/guilds/{guild_id}/panels/{panel_id}/categories/{number}",
        For::Of(Level::Edit, TICKETS),
    ),
    ("get", "panels::ask_to_discard", "/guilds/{guild_id}/panels/{panel_id}/discarding", For::Of(Level::Edit, TICKETS)),
    ("post", "panels::discard", "/guilds/{guild_id}/panels/{panel_id}/discarding", For::Of(Level::Edit, TICKETS)),
    ("get", "panels::ask_to_delete", "/guilds/{guild_id}/panels/{panel_id}/deletion", For::Of(Level::Act, TICKETS)),
    ("post", "panels::delete", "/guilds/{guild_id}/panels/{panel_id}/deletion", For::Of(Level::Act, TICKETS)),
    ("post", "panels::post", "/guilds/{guild_id}/panels/{panel_id}/posting", For::Of(Level::Act, TICKETS)),
    ("get", "panels::ask_to_remove", "/guilds/{guild_id}/panels/{panel_id}/removal", For::Of(Level::Act, TICKETS)),
    ("post", "panels::take_down", "/guilds/{guild_id}/panels/{panel_id}/removal", For::Of(Level::Act, TICKETS)),
    ("get", "rooms::list", "/guilds/{guild_id}/rooms", For::Of(Level::View, ROOMS)),
    ("get", "control_panel::ask::<Voice>", "/guilds/{guild_id}/rooms/panel", For::Of(Level::Act, ROOMS)),
    ("post", "control_panel::send::<Voice>", "/guilds/{guild_id}/rooms/panel", For::Of(Level::Act, ROOMS)),
    ("post", "control_panel::check::<Voice>", "/guilds/{guild_id}/rooms/panel/check", For::Of(Level::View, ROOMS)),
    ("get", "rooms::ask", "/guilds/{guild_id}/rooms/{rid}/closing", For::Of(Level::Act, ROOMS)),
    ("post", "rooms::close", "/guilds/{guild_id}/rooms/{rid}/closing", For::Of(Level::Act, ROOMS)),
    ("get", "control_panel::ask::<Player>", "/guilds/{guild_id}/player/panel", For::Of(Level::Act, MUSIC)),
    ("post", "control_panel::send::<Player>", "/guilds/{guild_id}/player/panel", For::Of(Level::Act, MUSIC)),
    ("post", "control_panel::check::<Player>", "/guilds/{guild_id}/player/panel/check", For::Of(Level::View, MUSIC)),
    ("get", "carry::export", "/guilds/{guild_id}/settings/export", For::Of(Level::View, SERVER)),
    ("get", "carry::offer", "/guilds/{guild_id}/settings/import", For::Of(Level::View, SERVER)),
    ("post", "carry::import", "/guilds/{guild_id}/settings/import", For::Of(Level::Edit, SERVER)),
    ("get", "carry::choose", "/guilds/{guild_id}/settings/copy", For::Of(Level::View, SERVER)),
    ("post", "carry::copy", "/guilds/{guild_id}/settings/copy", For::Of(Level::Edit, SERVER)),
    ("get", "show::show::<M>", "/guilds/{guild_id}/settings/{module}", For::Of(Level::View, EACH)),
    ("post", "save::save::<M>", "/guilds/{guild_id}/settings/{module}", For::Of(Level::Edit, EACH)),
    ("post", "try_out::preview::<M>", "/guilds/{guild_id}/settings/{module}/preview", For::Of(Level::View, EACH)),
    ("post", "check::check::<M>", "/guilds/{guild_id}/settings/{module}/check", For::Of(Level::View, EACH)),
    ("post", "look_again::check::<M>", "/guilds/{guild_id}/settings/{module}/checklist", For::Of(Level::View, EACH)),
    ("post", "test_message::send::<M>", "/guilds/{guild_id}/settings/{module}/test", For::Of(Level::Act, EACH)),
    ("get", "reset::ask::<M>", "/guilds/{guild_id}/settings/{module}/reset", For::Of(Level::Edit, EACH)),
    ("post", "reset::reset::<M>", "/guilds/{guild_id}/settings/{module}/reset", For::Of(Level::Edit, EACH)),
];
