//! The whole URL map on one page, grouped by who may come. Nothing registers itself elsewhere.

use actix_web::web::{ServiceConfig, get, post, resource, scope};
use actix_web::{Resource, Route};

use crate::control_panel::{self, Player, Voice};
use crate::modules::{Giveaway, Music, TempVoice, Tickets};
use crate::settings::module::SettingsModule;
use crate::settings::{check, look_again, reset, save, show, try_out};
use crate::{
    accounts, carry, commands, giveaways, guilds, history, live, music, overview, palette, panels, rooms, staff,
    test_message, tickets, web,
};

/// For anybody, without a session.
pub fn open(routes: &mut ServiceConfig) {
    routes
        .service(at("/healthz", get().to(web::health::alive)))
        .service(at("/readyz", get().to(web::health::ready)))
        .service(at("/static/{name}", get().to(web::files::asset)))
        .service(at("/favicon.ico", get().to(web::files::favicon)))
        .service(at("/robots.txt", get().to(web::files::robots)))
        .service(at("/cdn/{path:.*}", get().to(crate::images::image)))
        .service(at("/emojis/{name}", get().to(web::signs::signs)))
        .service(at("/language", post().to(accounts::choose_language)));
}

/// With a session; each handler's guard says who may come.
pub fn pages(routes: &mut ServiceConfig) {
    routes
        // Anybody.
        .service(at("/", get().to(crate::landing::landing)))
        .service(at("/login", get().to(accounts::login)))
        .service(at("/auth/callback", get().to(accounts::callback)))
        // Signed in.
        .service(at("/logout", post().to(accounts::logout)))
        .service(at("/guilds", get().to(guilds::picker::picker)))
        .service(at("/guilds/pins", post().to(guilds::pins::pin)))
        .service(at("/search", get().to(palette::search)))
        .service(
            resource("/account/preferences")
                .route(get().to(accounts::preferences))
                .route(post().to(accounts::choose_preferences)),
        )
        .service(
            resource("/account/sessions").route(get().to(accounts::own::list)).route(post().to(accounts::own::end)),
        )
        .service(at("/account/sessions/others", get().to(accounts::own::ask_to_end_others)))
        .service(at("/account", get().to(accounts::own::show)))
        .service(
            resource("/account/disconnection")
                .route(get().to(accounts::own::ask_to_disconnect))
                .route(post().to(accounts::own::disconnect)),
        )
        .service(at("/account/data", get().to(accounts::own::take_along)))
        .service(
            resource("/account/deletion")
                .route(get().to(accounts::own::ask_to_delete))
                .route(post().to(accounts::own::delete)),
        )
        // Managers of the server, and its staff as far as they were let in.
        .service(
            // They are tried one after the other: what is asked for most stands first.
            scope("/guilds/{guild_id}")
                .configure(module::<TempVoice>)
                .configure(module::<Giveaway>)
                .configure(module::<Tickets>)
                .configure(module::<Music>)
                .service(at("/live", get().to(live::live)))
                .service(at("", get().to(overview::overview)))
                .service(at("/invite", get().to(overview::invite)))
                .service(at("/search", get().to(palette::search_server)))
                .service(at("/changes", get().to(history::list)))
                .service(at("/changes/export", get().to(history::export)))
                .service(at("/changes/{id}", get().to(history::entry)))
                .service(
                    resource("/changes/{id}/restoration")
                        .route(get().to(history::ask))
                        .route(post().to(history::restore)),
                )
                .service(at("/commands/{id}", get().to(commands::command)))
                .service(at("/commands/{id}/again", post().to(commands::again)))
                .configure(giveaway_pages)
                .configure(room_pages)
                .configure(panel_pages)
                .configure(player_pages)
                .service(resource("/staff").route(get().to(staff::list)).route(post().to(staff::give)))
                .service(
                    resource("/staff/{grant_id}/withdrawal")
                        .route(get().to(staff::ask))
                        .route(post().to(staff::withdraw)),
                )
                .service(at("/settings/export", get().to(carry::export)))
                .service(resource("/settings/import").route(get().to(carry::offer)).route(post().to(carry::import)))
                .service(resource("/settings/copy").route(get().to(carry::choose)).route(post().to(carry::copy)))
                .configure(ticket_pages),
        );
}

/// The tickets themselves, and their ratings.
fn ticket_pages(routes: &mut ServiceConfig) {
    routes
        .service(at("/tickets", get().to(tickets::list)))
        .service(at("/tickets/ratings", get().to(tickets::ratings)))
        .service(at("/tickets/{tid}", get().to(tickets::ticket)))
        .service(at("/tickets/{tid}/transcript", get().to(tickets::transcript)))
        .service(
            resource("/tickets/{tid}/closing").route(get().to(tickets::ask_closing)).route(post().to(tickets::close)),
        )
        .service(at("/tickets/{tid}/rating/approval", post().to(tickets::approve)))
        .service(at("/tickets/{tid}/rating/featuring", post().to(tickets::feature)))
        .service(
            resource("/tickets/{tid}/rating/deletion")
                .route(get().to(tickets::ask_deletion))
                .route(post().to(tickets::delete)),
        );
}

/// Giveaways, and what is done to one.
fn giveaway_pages(routes: &mut ServiceConfig) {
    routes
        .service(resource("/giveaways").route(get().to(giveaways::list)).route(post().to(giveaways::create)))
        .service(at("/giveaways/new", get().to(giveaways::new)))
        .service(at("/giveaways/preview", post().to(giveaways::preview)))
        .service(at("/giveaways/check", post().to(giveaways::check)))
        .service(at("/giveaways/export", get().to(giveaways::export)))
        .service(at("/giveaways/{gid}", get().to(giveaways::entry)))
        .service(resource("/giveaways/{gid}/edit").route(get().to(giveaways::edit)).route(post().to(giveaways::change)))
        .service(at("/giveaways/{gid}/edit/check", post().to(giveaways::check)))
        .service(
            resource("/giveaways/{gid}/ending").route(get().to(giveaways::ask_ending)).route(post().to(giveaways::end)),
        )
        .service(
            resource("/giveaways/{gid}/cancellation")
                .route(get().to(giveaways::ask_cancellation))
                .route(post().to(giveaways::cancel)),
        )
        .service(
            resource("/giveaways/{gid}/reroll")
                .route(get().to(giveaways::ask_reroll))
                .route(post().to(giveaways::reroll)),
        );
}

/// Rooms of TempVoice that are open now.
fn room_pages(routes: &mut ServiceConfig) {
    routes
        .service(at("/rooms", get().to(rooms::list)))
        .service(
            resource("/rooms/panel")
                .route(get().to(control_panel::ask::<Voice>))
                .route(post().to(control_panel::send::<Voice>)),
        )
        .service(at("/rooms/panel/check", post().to(control_panel::check::<Voice>)))
        .service(resource("/rooms/{rid}/closing").route(get().to(rooms::ask)).route(post().to(rooms::close)));
}

/// The player, and the playlists.
fn player_pages(routes: &mut ServiceConfig) {
    routes
        .service(
            resource("/player/panel")
                .route(get().to(control_panel::ask::<Player>))
                .route(post().to(control_panel::send::<Player>)),
        )
        .service(at("/player/panel/check", post().to(control_panel::check::<Player>)))
        .service(at("/playlists", get().to(music::list)))
        .service(resource("/playlists/new").route(get().to(music::begin)).route(post().to(music::create)))
        .service(at("/playlists/new/check", post().to(music::check)))
        .service(at("/playlists/{playlist_id}/check", post().to(music::check)))
        .service(resource("/playlists/{playlist_id}").route(get().to(music::open)).route(post().to(music::save)))
        .service(at("/playlists/{playlist_id}/export", get().to(music::export)))
        .service(
            resource("/playlists/{playlist_id}/import").route(get().to(music::offer)).route(post().to(music::import)),
        )
        .service(
            resource("/playlists/{playlist_id}/deletion").route(get().to(music::ask)).route(post().to(music::delete)),
        );
}

/// Ticket panels, which are made page by page.
fn panel_pages(routes: &mut ServiceConfig) {
    routes
        .service(at("/panels", get().to(panels::list)))
        .service(resource("/panels/{panel_id}").route(get().to(panels::open)).route(post().to(panels::keep)))
        .service(at("/panels/{panel_id}/preview", post().to(panels::preview)))
        .service(at("/panels/{panel_id}/check", post().to(panels::check)))
        .service(at("/panels/{panel_id}/categories/{number}/check", post().to(panels::check_category)))
        .service(
            resource("/panels/{panel_id}/categories/{number}")
                .route(get().to(panels::open_category))
                .route(post().to(panels::keep_category)),
        )
        .service(
            resource("/panels/{panel_id}/discarding")
                .route(get().to(panels::ask_to_discard))
                .route(post().to(panels::discard)),
        )
        .service(
            resource("/panels/{panel_id}/deletion")
                .route(get().to(panels::ask_to_delete))
                .route(post().to(panels::delete)),
        )
        .service(at("/panels/{panel_id}/posting", post().to(panels::post)))
        .service(
            resource("/panels/{panel_id}/removal")
                .route(get().to(panels::ask_to_remove))
                .route(post().to(panels::take_down)),
        );
}

/// The pages of one module's settings.
fn module<M: SettingsModule>(routes: &mut ServiceConfig) {
    let path = |tail: &str| format!("/settings/{}{tail}", M::KEY.as_str());
    routes
        .service(resource(path("")).route(get().to(show::show::<M>)).route(post().to(save::save::<M>)))
        .service(at(&path("/preview"), post().to(try_out::preview::<M>)))
        .service(at(&path("/check"), post().to(check::check::<M>)))
        .service(at(&path("/checklist"), post().to(look_again::check::<M>)))
        .service(at(&path("/test"), post().to(test_message::send::<M>)))
        .service(resource(path("/reset")).route(get().to(reset::ask::<M>)).route(post().to(reset::reset::<M>)));
}

/// An address with one method; another one is 405, which `ServiceConfig::route` would make 404.
fn at(path: &str, route: Route) -> Resource {
    resource(path).route(route)
}
