//! The pages of OAuth: picking a person, picking a server, refusals, the end. HTML only; the
//! names of the form fields are part of what tests rely on.

use std::fmt::Write;

use actix_web::{HttpResponse, http::StatusCode};

use super::request::AuthorizeRequest;
use crate::{
    html::{escape, page},
    id::Id,
    images,
    world::{User, World},
};

/// Who are you? With the `bot` scope the server choice comes after.
pub fn people(world: &World, asked: &AuthorizeRequest, last: Option<Id>, query: &str) -> HttpResponse {
    let chosen = last.unwrap_or(world.application.owner_id);
    let mut body = head(world, asked, query);
    body.push_str("<fieldset id=\"people\">\n<legend>Who are you?</legend>\n");
    for user in in_order(world) {
        let checked = if chosen == user.id { " checked" } else { "" };
        let (id, image) = (user.id, images::avatar_path(user));
        let (name, account) = (escape(user.shown_name()), escape(&account(user)));
        let manages = match world.installable(id).len() {
            0 => "manages no server".to_owned(),
            1 => "manages 1 server".to_owned(),
            n => format!("manages {n} servers"),
        };
        let _ = writeln!(
            body,
            "<label class=\"person\" for=\"user-{id}\"><input type=\"radio\" name=\"user_id\" id=\"user-{id}\" \
             value=\"{id}\"{checked} required><img src=\"{image}\" alt=\"\" width=\"32\" height=\"32\">\
             <span><bdi>{name}</bdi><small><bdi>{account}</bdi>, {manages}</small></span></label>"
        );
    }
    body.push_str("</fieldset>\n");
    let next = if asked.install.is_some() { ("continue", "Continue") } else { ("authorize", "Authorize") };
    body.push_str(&actions(next.0, next.1));
    page(StatusCode::OK, &title(world, asked), &body)
}

/// Which server? Only those where this person may add a bot.
pub fn servers(world: &World, asked: &AuthorizeRequest, user: Id, query: &str) -> HttpResponse {
    let offered = world.installable(user);
    let (wanted, locked) = asked.install.as_ref().map_or((None, false), |install| (install.guild, install.locked));
    let may = |guild: Id| offered.iter().any(|known| known.id == guild);
    let out_of_reach = locked && wanted.is_some_and(|wanted| !may(wanted));
    let wanted = wanted.filter(|wanted| may(*wanted));
    let offered = if out_of_reach { Vec::new() } else { offered };
    let name = world.user(user).map(|user| escape(user.shown_name())).unwrap_or_default();
    let mut body = head(world, asked, query);
    let _ = writeln!(
        body,
        "<p>Signed in as <strong><bdi>{name}</bdi></strong>. <a id=\"switch-user\" \
         href=\"?{}&amp;switch_user=true\">Not you?</a></p>\n\
         <input type=\"hidden\" name=\"user_id\" value=\"{user}\">\n\
         <p><label for=\"guild\">Add to server</label></p>",
        escape(query)
    );
    let fixed = if locked && wanted.is_some() { " disabled" } else { "" };
    let _ = writeln!(body, "<select name=\"guild_id\" id=\"guild\" required{fixed}>");
    if wanted.is_none() {
        body.push_str("<option value=\"\">Select a server</option>\n");
    }
    for guild in &offered {
        let selected = if wanted == Some(guild.id) { " selected" } else { "" };
        let _ = writeln!(body, "<option value=\"{}\"{selected}>{}</option>", guild.id, escape(&guild.name));
    }
    body.push_str("</select>\n");
    if let (false, Some(wanted)) = (fixed.is_empty(), wanted) {
        let _ = writeln!(body, "<input type=\"hidden\" name=\"guild_id\" value=\"{wanted}\">");
    }
    if offered.is_empty() {
        body.push_str("<p id=\"no-servers\">There is no server you may add a bot to.</p>\n");
    }
    body.push_str(&actions("authorize", "Authorize"));
    page(StatusCode::OK, &title(world, asked), &body)
}

/// The end of an install without a callback.
pub fn added(world: &World, guild: Id) -> HttpResponse {
    let name = world.guilds.get(&guild).map(|guild| escape(&guild.name)).unwrap_or_default();
    let bot = escape(&world.application.name);
    let body = format!("<p id=\"done\">{bot} was added to <bdi>{name}</bdi>. You may close this page.</p>");
    page(StatusCode::OK, "Authorized", &body)
}

/// Cancel on an install without a callback.
pub fn nothing_added() -> HttpResponse {
    page(StatusCode::OK, "Cancelled", "<p id=\"cancelled\">Nothing was added. You may close this page.</p>")
}

/// There is nobody to go back to.
pub fn refusal(status: StatusCode, sentence: &str) -> HttpResponse {
    page(status, "Something is wrong", &format!("<p id=\"refusal\">{}</p>", escape(sentence)))
}

fn title(world: &World, asked: &AuthorizeRequest) -> String {
    let verb = if asked.install.is_some() { "Add" } else { "Authorize" };
    format!("{verb} {}", world.application.name)
}

/// What is asked for; opens the form, which posts to the very URL the page has.
fn head(world: &World, asked: &AuthorizeRequest, query: &str) -> String {
    let app = escape(&world.application.name);
    let mut text = format!("<p><strong>{app}</strong> would like to:</p>\n<ul id=\"scopes\">\n");
    for scope in &asked.scopes {
        let meaning = match scope.as_str() {
            "identify" => "know your name and picture",
            "email" => "know your e-mail address",
            "guilds" => "know what servers you are in",
            "guilds.members.read" => "read your nickname and roles in them",
            "bot" => "join a server as a bot",
            "applications.commands" => "add commands to a server",
            _ => "do more",
        };
        let scope = escape(scope);
        let _ = writeln!(text, "<li data-scope=\"{scope}\">{meaning} <span class=\"soft\">({scope})</span></li>");
    }
    text.push_str("</ul>\n");
    if let Some(callback) = &asked.callback {
        let _ = writeln!(text, "<p class=\"soft\">Afterwards: <code>{}</code></p>", escape(&callback.uri));
    }
    let _ = writeln!(text, "<form id=\"decision\" method=\"post\" action=\"/oauth2/authorize?{}\">", escape(query));
    text
}

/// The two buttons; closes the form. Cancel must work with nothing picked.
fn actions(value: &str, label: &str) -> String {
    format!(
        "<div class=\"actions\">\n\
         <button type=\"submit\" name=\"decision\" value=\"cancel\" id=\"cancel\" formnovalidate>Cancel</button>\n\
         <button type=\"submit\" name=\"decision\" value=\"{value}\" id=\"{value}\" class=\"primary\">{label}</button>\n\
         </div>\n</form>"
    )
}

/// By name; those that begin with no letter come last.
fn in_order(world: &World) -> Vec<&User> {
    let mut people: Vec<&User> = world.users.values().collect();
    people.sort_by_key(|user| {
        let name = user.shown_name().to_lowercase();
        (!name.starts_with(char::is_alphabetic), name)
    });
    people
}

fn account(user: &User) -> String {
    match user.discriminator.as_str() {
        "0" => user.username.clone(),
        number => format!("{}#{number}", user.username),
    }
}
