//! Turns every failure into its page (or JSON, for who asks for it), and logs it, once, here.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest, HttpResponse};

use crate::error::{AppError, Kept, Trouble};
use crate::web::error_page::{Action, Again, ErrorPage};
use crate::web::words::{Message, Words};
use crate::web::{page, refused};

/// The request's id, as the log has it. Put into the request by `telemetry`.
#[derive(Clone, Debug)]
pub struct RequestLabel(pub String);

pub async fn answer(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<BoxBody>>, Error> {
    let response = match next.call(req).await {
        Ok(response) => response,
        // A middleware inside of this one failed: there is no request left to say more about.
        Err(error) => return Err(error),
    };
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return Ok(response.map_into_boxed_body().map_into_left_body());
    }
    let ours = response.response().error().and_then(Error::as_error::<AppError>);
    let (trouble, cause, kept) = match ours {
        Some(error) => (error.trouble.clone(), error.cause.clone(), error.kept.clone()),
        None if response.headers().contains_key(header::CONTENT_TYPE) && response.response().error().is_none() => {
            if status == StatusCode::UNPROCESSABLE_ENTITY {
                refused::log(response.request());
            }
            return Ok(response.map_into_boxed_body().map_into_left_body());
        }
        None => {
            let cause = response.response().error().map(ToString::to_string).unwrap_or_default();
            (from_status(status), cause, None)
        }
    };
    log(&trouble, &cause);
    // A refused sign-in takes its own cookie away, and a session's cookie is renewed on errors too.
    let cookies: Vec<_> = response.headers().get_all(header::SET_COOKIE).cloned().collect();
    let (req, _) = response.into_parts();
    let mut body = make(&req, &trouble, kept);
    for cookie in cookies {
        body.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(ServiceResponse::new(req, body).map_into_right_body())
}

/// actix's own refusals (a bad path, a payload error) as ours.
fn from_status(status: StatusCode) -> Trouble {
    match status {
        StatusCode::NOT_FOUND => Trouble::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Trouble::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Trouble::TooLarge,
        StatusCode::REQUEST_TIMEOUT => Trouble::TooSlow,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Trouble::UnsupportedType,
        status if status.is_client_error() => Trouble::Unreadable(Message::new("request-unreadable")),
        _ => Trouble::Internal,
    }
}

fn log(trouble: &Trouble, cause: &str) {
    let code = trouble.code();
    match trouble {
        Trouble::Internal | Trouble::Misconfigured => tracing::error!(code, cause, "a request failed"),
        Trouble::Database | Trouble::Discord { .. } => tracing::warn!(code, cause, "a request could not be served"),
        _ => tracing::info!(code, cause, "a request was refused"),
    }
}

fn make(req: &HttpRequest, trouble: &Trouble, kept: Option<Kept>) -> HttpResponse {
    let label = req.extensions().get::<RequestLabel>().map(|label| label.0.clone()).unwrap_or_default();
    let wants_json = req
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json") && !accept.contains("text/html"));
    let words = page::words(req);
    let mut response = if wants_json {
        let body =
            serde_json::json!({ "error": trouble.code(), "message": title(&words, trouble), "requestId": label });
        HttpResponse::build(trouble.status()).json(body)
    } else {
        let page = error_page(req, &words, trouble, kept, label);
        page::render_without_flash(req, trouble.status(), &page).unwrap_or_else(|_| HttpResponse::new(trouble.status()))
    };
    if let Some(wait) = trouble.wait() {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(wait));
    }
    response
}

fn title(words: &Words, trouble: &Trouble) -> String {
    words.t(&format!("error-{}-title", trouble.code()))
}

fn error_page(
    req: &HttpRequest,
    words: &Words,
    trouble: &Trouble,
    kept: Option<Kept>,
    request_id: String,
) -> ErrorPage {
    let heading = title(words, trouble);
    let mut shell = page::shell(req, words.say(&Message::new("title-error").text("what", heading.clone())));
    shell.flash = None;
    if matches!(trouble, Trouble::SignedOut { .. }) {
        // The session may have ended in the middle of this request.
        shell.person = None;
    }
    let mut advice = Vec::new();
    if let Trouble::Unreadable(message) = trouble {
        advice.push(words.say(message));
    }
    let wait = i64::try_from(trouble.wait().unwrap_or_default()).unwrap_or(i64::MAX);
    advice.push(words.say(&Message::new(format!("error-{}-advice", trouble.code())).number("seconds", wait)));
    let is_post = req.method() != actix_web::http::Method::GET && req.method() != actix_web::http::Method::HEAD;
    // What is kept is said where it can be sent again.
    match trouble {
        Trouble::SignedOut { draft: Some(_) } => {}
        Trouble::SecondFactor { draft: Some(_), .. } => advice.push(words.t("error-kept")),
        _ if is_post => advice.push(words.t("error-nothing-saved")),
        _ => {}
    }
    let again = kept.map(|kept| Again {
        action: kept.action,
        pairs: std::iter::once(("csrf_token".to_owned(), page::csrf_token(req))).chain(kept.pairs).collect(),
        label: words.t("error-send-again"),
    });
    ErrorPage { actions: actions(req, words, trouble), shell, heading, advice, again, request_id }
}

/// The ways on, the best first.
fn actions(req: &HttpRequest, words: &Words, trouble: &Trouble) -> Vec<Action> {
    let action = |href: String, key: &str| Action { href, label: words.t(key) };
    let here = trouble.draft().unwrap_or_else(|| return_path(req.path()));
    let here = form_urlencoded::byte_serialize(here.as_bytes()).collect::<String>();
    match trouble {
        Trouble::SignedOut { .. } => vec![action(format!("/login?return_to={here}"), "action-sign-in")],
        Trouble::SecondFactor { .. } => {
            let mut ways = vec![action(format!("/login?return_to={here}"), "action-sign-in")];
            ways.extend(server_path(req.path()).map(|server| action(server, "action-server")));
            ways.push(action("/guilds".into(), "action-servers"));
            ways
        }
        Trouble::SignIn { .. } => {
            vec![action("/login".into(), "action-try-sign-in"), action("/".into(), "action-home")]
        }
        // What Discord sends somebody back with serves once: to load it again cannot work.
        _ if req.path() == "/auth/callback" => {
            vec![action("/login".into(), "action-try-sign-in"), action("/".into(), "action-home")]
        }
        Trouble::Discord { .. } | Trouble::Database | Trouble::TooMany { .. } | Trouble::Internal
            if req.method() == actix_web::http::Method::GET =>
        {
            let this = req.uri().path_and_query().map_or(req.path(), |this| this.as_str());
            vec![action(this.to_owned(), "action-try-again"), action("/guilds".into(), "action-servers")]
        }
        Trouble::BotAbsent | Trouble::NotGiven => match server_path(req.path()) {
            Some(server) => vec![action(server, "action-server"), action("/guilds".into(), "action-servers")],
            None => vec![action("/guilds".into(), "action-servers")],
        },
        Trouble::FormRefused
        | Trouble::Unreadable(_)
        | Trouble::TooLarge
        | Trouble::TooSlow
        | Trouble::UnsupportedType
            if server_path(req.path()).is_some() =>
        {
            let form = return_path(req.path()).to_owned();
            vec![action(form, "action-load-again"), action("/guilds".into(), "action-servers")]
        }
        _ => vec![action("/guilds".into(), "action-servers")],
    }
}

/// The overview of the server that an address is about.
fn server_path(path: &str) -> Option<String> {
    let id = path.strip_prefix("/guilds/")?.split('/').next()?;
    let id = crate::ids::parse::<twilight_model::id::marker::GuildMarker>(id)?;
    Some(format!("/guilds/{id}"))
}

/// The GET page that belongs to a posted address.
fn return_path(path: &str) -> &str {
    const BUTTONS: [&str; 4] = ["/preview", "/reset", "/checklist", "/test"];
    BUTTONS.into_iter().find_map(|button| path.strip_suffix(button)).unwrap_or(path)
}
