//! `…/playlists/{playlist_id}/import`: a text list of addresses becomes tracks, all of them or none.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::answer::Answer;
use super::edit::{said, write};
use super::editor::{Editor, revision_in};
use super::hosts::MusicHosts;
use super::pages::ImportPage;
use super::reading::{self, BadLine};
use super::store::{Outcome, Row};
use super::table::TRACKS;
use crate::accounts::drafts::DraftOf;
use crate::error::AppError;
use crate::guilds::access::Admitted;
use crate::guilds::guard::{Act, AskAct, GuildAccess, OwnPage};
use crate::keys::Keys;
use crate::modules::Music;
use crate::settings::scene::{In, Settings};
use crate::web::form::FormData;
use crate::web::shell::Tone;
use crate::web::submitted::Submitted;
use crate::web::words::{Message, Words};
use crate::web::{WebConfig, page, refused};

/// More bad lines than this are only counted.
const NAMED: usize = 50;

/// What the page shows besides the playlist.
#[derive(Default)]
struct Shown {
    addresses: String,
    problems: Vec<String>,
    changed: bool,
    /// The one the form began with, if it is another page that says it anew.
    revision: Option<i64>,
    notice: Option<&'static str>,
}

pub async fn offer(
    req: HttpRequest,
    access: GuildAccess<AskAct, In<Music>>,
    app: Data<Settings>,
    hosts: Data<MusicHosts>,
) -> Result<HttpResponse, AppError> {
    let (editor, row) = Editor::read(&req, &app, access.admitted).await?;
    let shown = match editor.draft(&req).await? {
        None => Shown::default(),
        Some(draft) => Shown {
            addresses: draft.text("addresses").unwrap_or_default().to_owned(),
            revision: revision_in(&draft),
            notice: Some("notice-draft"),
            ..Shown::default()
        },
    };
    answer(&req, &editor, &row, &hosts, shown)
}

pub async fn import(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, OwnPage<In<Music>>>>,
    app: Data<Settings>,
    hosts: Data<MusicHosts>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    let answer = add(&req, guard.admitted, &form, &app, &hosts).await;
    answer.map(|answer| answer.respond(&config, &keys)).map_err(|error| error.keeping_for_later(&req, form))
}

async fn add(
    req: &HttpRequest,
    admitted: Admitted,
    form: &FormData,
    app: &Settings,
    hosts: &MusicHosts,
) -> Result<Answer, AppError> {
    let (editor, row) = Editor::read(req, app, admitted).await?;
    let words = &editor.place.words;
    let addresses = form.text("addresses").unwrap_or_default().to_owned();
    let refused = |problems| Shown { addresses: addresses.clone(), problems, ..Shown::default() };
    let tracks = match reading::addresses(&addresses, hosts) {
        Ok(tracks) => tracks,
        Err(bad) => return again(req, &editor, &row, hosts, refused(named(words, &bad))),
    };
    let count = tracks.len() as i64;
    let longer = match revision_in(form) {
        _ if count == 0 => Err(Message::new("problem-playlist-no-address")),
        None => Err(Message::new("problem-revision-missing")),
        Some(_) => reading::longer(&row.playlist, tracks),
    };
    let longer = match longer {
        Ok(longer) => longer,
        Err(message) => return again(req, &editor, &row, hosts, refused(vec![words.say(&message)])),
    };
    let changed = Shown { addresses: addresses.clone(), changed: true, ..Shown::default() };
    if revision_in(form) != Some(row.revision) {
        return again(req, &editor, &row, hosts, changed);
    }
    let (name, sent, back) = (longer.name.clone(), longer.clone(), editor.below(&row, ""));
    let draft = DraftOf::here(req, &editor.place.admitted.person, editor.place.admitted.guild)?;
    match write(app, &editor, Some(row), longer, draft).await? {
        Outcome::Saved(written) => {
            let key = match editor.send(app, &written, Some(&sent)).await {
                true => "flash-playlist-imported",
                false => "flash-playlist-waiting",
            };
            Ok(Answer::done(back, Tone::Good, said(key, &name).number("count", count)))
        }
        _ => {
            let (editor, row) = Editor::read(req, app, editor.place.admitted).await?;
            again(req, &editor, &row, hosts, changed)
        }
    }
}

/// What is wrong, line by line.
fn named(words: &Words, bad: &[BadLine]) -> Vec<String> {
    let line = |line: &BadLine| {
        let message = Message::new("problem-playlist-line").number("line", line.number as i64);
        words.say(&message.text("why", words.say(&line.why)))
    };
    let more = bad.len().saturating_sub(NAMED);
    let rest = (more > 0).then(|| words.say(&Message::new("problem-playlist-lines").number("count", more as i64)));
    bad.iter().take(NAMED).map(line).chain(rest).collect()
}

fn again(req: &HttpRequest, editor: &Editor, row: &Row, hosts: &MusicHosts, shown: Shown) -> Result<Answer, AppError> {
    answer(req, editor, row, hosts, shown).map(Answer::Page)
}

fn answer(
    req: &HttpRequest,
    editor: &Editor,
    row: &Row,
    hosts: &MusicHosts,
    shown: Shown,
) -> Result<HttpResponse, AppError> {
    let wrong = !shown.problems.is_empty();
    refused::note(req, shown.problems.iter().map(|_| "addresses"));
    let status = match (shown.changed, wrong) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, false) => StatusCode::OK,
    };
    let title = editor.title_below(row, "title-playlist-import").wrong_if(wrong).conflict_if(shown.changed);
    let room = TRACKS.saturating_sub(row.playlist.tracks.len());
    let page = ImportPage {
        shell: editor.shell(req, title),
        lead: said("playlist-import-lead", &row.playlist.name).number("room", room as i64),
        back_href: editor.below(row, ""),
        action: editor.below(row, "/import"),
        revision: shown.revision.unwrap_or(row.revision),
        notice: shown.notice.map(|key| editor.place.words.t(key)),
        csrf_token: page::csrf_token(req),
        addresses: shown.addresses,
        hosts: hosts.listed(),
        problems: shown.problems,
        changed: shown.changed,
        absent: editor.absent(),
    };
    page::render(req, status, &page)
}
