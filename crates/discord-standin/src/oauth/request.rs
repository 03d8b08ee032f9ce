//! What an authorize URL asks for, and which ways of asking are refused where: on a page of
//! Discord's own, or by going back to the application.

use std::collections::BTreeSet;

use crate::{
    id::Id,
    params::{Params, encoded, raw_value},
    world::World,
};

const KNOWN_SCOPES: [&str; 11] = [
    "applications.commands",
    "bot",
    "connections",
    "email",
    "guilds",
    "guilds.join",
    "guilds.members.read",
    "identify",
    "openid",
    "role_connections.write",
    "webhook.incoming",
];

/// A request that is in order.
pub struct AuthorizeRequest {
    /// What is asked for.
    pub scopes: BTreeSet<String>,
    /// Where to go back to; none for a bare install link.
    pub callback: Option<Callback>,
    /// PKCE.
    pub challenge: Option<String>,
    /// `prompt=none`
    pub quiet: bool,
    /// The install part, with the `bot` scope.
    pub install: Option<InstallRequest>,
}

/// The parts of an install link.
pub struct InstallRequest {
    /// Bits the bot's role is to have.
    pub permissions: u64,
    /// Preselected guild.
    pub guild: Option<Id>,
    /// The preselection cannot be changed.
    pub locked: bool,
}

/// Where answers go.
#[derive(Clone)]
pub struct Callback {
    /// The registered redirect.
    pub uri: String,
    raw_state: Option<String>,
    issuer: Option<String>,
}

/// A request that is not.
#[derive(Debug)]
pub enum Refused {
    /// A page of our own with this sentence: there is nobody to go back to.
    Here(&'static str),
    /// A redirect to here.
    Back(String),
}

impl AuthorizeRequest {
    /// Reads the query of an authorize URL.
    pub fn read(world: &World, query: &str) -> Result<AuthorizeRequest, Refused> {
        let params = Params::parse(query);
        let client = params.get("client_id").and_then(|text| text.parse::<Id>().ok());
        if client != Some(world.application.id) {
            return Err(Refused::Here("Unknown application: no client has this client_id."));
        }
        let scopes: BTreeSet<String> =
            params.get("scope").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        let response_type = params.get("response_type");
        let bot = scopes.contains("bot");
        let bare = response_type.is_none() && params.get("redirect_uri").is_none() && bot;
        let callback = if bare { None } else { Some(Callback::read(world, &params, query)?) };
        if let Some(callback) = &callback {
            check(callback, &params, &scopes)?;
        }
        if bare && !scopes.iter().all(|scope| matches!(scope.as_str(), "bot" | "applications.commands")) {
            return Err(Refused::Here("These scopes need a redirect_uri and a response_type."));
        }
        if bare && world.application.bot_require_code_grant {
            return Err(Refused::Here("This bot requires the full code grant."));
        }
        let install = bot.then(|| InstallRequest {
            permissions: params.get("permissions").and_then(|text| text.parse().ok()).unwrap_or(0),
            guild: params.get("guild_id").and_then(|text| text.parse().ok()),
            locked: params.is_true("disable_guild_select"),
        });
        Ok(AuthorizeRequest {
            scopes,
            callback,
            challenge: params.get("code_challenge").map(str::to_owned),
            quiet: params.get("prompt") == Some("none"),
            install,
        })
    }
}

fn check(callback: &Callback, params: &Params, scopes: &BTreeSet<String>) -> Result<(), Refused> {
    let refuse = |error: &str, text: &str| Err(Refused::Back(callback.error(error, text)));
    match params.get("response_type") {
        Some("code") => {}
        None => return refuse("invalid_request", "Missing \"response_type\" in request."),
        Some(_) => {
            return refuse("unsupported_response_type", "Invalid \"response_type\" in request.");
        }
    }
    if scopes.is_empty() || !scopes.iter().all(|scope| KNOWN_SCOPES.contains(&scope.as_str())) {
        return refuse("invalid_scope", "The requested scope is invalid, unknown, or malformed.");
    }
    let method = params.get("code_challenge_method");
    let pkce = method.is_some() || params.get("code_challenge").is_some();
    if pkce && (method != Some("S256") || params.get("code_challenge").is_none()) {
        return refuse("invalid_request", "Code challenge method must be \"S256\"");
    }
    Ok(())
}

impl Callback {
    fn read(world: &World, params: &Params, query: &str) -> Result<Callback, Refused> {
        let registered = &world.application.redirect_uris;
        let uri = params.get("redirect_uri").or(registered.first().map(String::as_str));
        let uri = uri.filter(|uri| registered.iter().any(|pattern| matches(pattern, uri)));
        let uri = uri.ok_or(Refused::Here("Invalid OAuth2 redirect_uri: it is not registered."))?;
        Ok(Callback {
            uri: uri.to_owned(),
            raw_state: raw_value(query, "state").map(str::to_owned),
            issuer: world.options.issuer.clone(),
        })
    }

    /// Back with an error.
    pub fn error(&self, error: &str, description: &str) -> String {
        self.with(&[("error", error), ("error_description", description)])
    }

    /// Back with these pairs, then the state byte for byte as it came, if it came.
    pub fn with(&self, pairs: &[(&str, &str)]) -> String {
        let mut parts: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if let Some(state) = &self.raw_state {
            parts.push(format!("state={state}"));
        }
        if let Some(issuer) = &self.issuer {
            parts.push(format!("iss={}", encoded(issuer)));
        }
        let joint = if self.uri.contains('?') { '&' } else { '?' };
        format!("{}{joint}{}", self.uri, parts.join("&"))
    }
}

/// Character for character, but a `*` in a registered redirect stands for anything without a
/// slash, so that tests on changing ports can register once.
fn matches(pattern: &str, uri: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == uri;
    };
    let middle = uri.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    middle.is_some_and(|middle| !middle.is_empty() && !middle.contains('/'))
}
