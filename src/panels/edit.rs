//! `…/panels/{panel_id}`: a panel's own page, with the list of its categories. New ones and others share it.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::editor::{Answer, Editor};
use super::pages::{CategoryLine, PanelPage};
use super::table::{CATEGORIES, PANEL, POSTING, WHOLE};
use super::{list, reading, save};
use crate::error::AppError;
use crate::guilds::access::Admitted;
use crate::guilds::guard::{Edit, GuildAccess, OwnPage, Preview, View};
use crate::guilds::rights::Level;
use crate::keys::Keys;
use crate::modules::Tickets;
use crate::settings::module::ModuleKey;
use crate::settings::pages::SummaryItem;
use crate::settings::preview::{MessagePreview, is_fragment};
use crate::settings::problems::{Problem, Problems};
use crate::settings::scene::{In, Settings};
use crate::settings::try_out::figure;
use crate::settings::view::{FormView, element_id, label_of};
use crate::web::form::FormData;
use crate::web::shell::Flash;
use crate::web::submitted::Submitted;
use crate::web::title::Title;
use crate::web::words::Message;
use crate::web::{WebConfig, flash, page, refused};

/// What a page shows besides what is typed.
#[derive(Default)]
pub(super) struct Shown<'a> {
    pub status: StatusCode,
    pub problems: Problems,
    pub notice: Option<&'static str>,
    pub preview: Option<MessagePreview>,
    /// What is typed is not in the draft.
    pub unkept: bool,
    /// The form of where to post it, refused.
    pub posting: Option<(&'a FormData, Problems)>,
}

pub async fn open(req: HttpRequest, access: GuildAccess<View, In<Tickets>>, app: Data<Settings>) -> Answer {
    let mut editor = Editor::read(&req, &app, access.admitted).await?;
    if let Some(typed) = editor.typed(&req).await? {
        editor.take(&typed);
        return editor.page(&req, Shown { notice: Some("notice-draft"), unkept: true, ..Shown::default() });
    }
    let mut problems = Problems::default();
    if !editor.place.guild.is_without_bot() {
        problems = editor.reading()?.problems;
        problems.unreadable.clear();
        problems.only_warn();
    }
    let notice = editor.drafted.then_some("panel-notice-draft");
    editor.page(&req, Shown { problems, notice, ..Shown::default() })
}

/// The form again, unsaved, with the panel drawn as Discord would.
pub async fn preview(
    req: HttpRequest,
    post: Submitted<GuildAccess<Preview, OwnPage<In<Tickets>>>>,
    app: Data<Settings>,
) -> Answer {
    let Submitted { guard, form } = post;
    let mut editor = match Editor::read(&req, &app, guard.admitted).await {
        Ok(editor) => editor,
        Err(error) => return Err(error.keeping_for_later(&req, form)),
    };
    editor.take(&form);
    let typed = editor.sheet.fields.clone();
    let mut shown = editor.form();
    if shown.text("name").is_none_or(|name| name.trim().is_empty()) {
        // It is not in the message, and may be typed at the end.
        shown.set("name", editor.name());
    }
    editor.sheet.fields = shown.into_pairs();
    let reading = editor.reading()?;
    editor.sheet.fields = typed;
    let place = &editor.place;
    let (judge, bot) = (place.judge(), place.guild.bot_member.display_name());
    let preview = reading.value.as_ref().map(|panel| super::preview::of(panel, bot, &place.reader(&judge)));
    if is_fragment(&req) {
        return figure(&req, preview, "panel".to_owned());
    }
    // What is wrong is said when it is saved, unless nothing can be shown for it.
    let mut problems = if preview.is_some() { Problems::default() } else { reading.problems };
    problems.judged.clear();
    let notice = Some(if preview.is_some() { "notice-preview" } else { "notice-no-preview" });
    editor.page(&req, Shown { problems, notice, preview, unkept: true, ..Shown::default() })
}

pub async fn keep(
    req: HttpRequest,
    post: Submitted<GuildAccess<Edit, OwnPage<In<Tickets>>>>,
    app: Data<Settings>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Answer {
    let Submitted { guard, form } = post;
    let redirect = |to: &str, flash: Option<&Flash>| flash::redirect(&config, &keys, to, flash);
    let answer = keep_form(&req, guard.admitted, &form, &app, redirect).await;
    answer.map_err(|error| error.keeping_for_later(&req, form))
}

async fn keep_form(
    req: &HttpRequest,
    admitted: Admitted,
    form: &FormData,
    app: &Settings,
    redirect: impl Fn(&str, Option<&Flash>) -> HttpResponse,
) -> Answer {
    let mut editor = Editor::read(req, app, admitted).await?;
    editor.take(form);
    let Some(wish) = form.text("row") else { return save::save(req, app, editor, form, redirect).await };
    let wish = editor.wish(wish, form.text("order").unwrap_or_default());
    let categories = &mut editor.sheet.categories;
    let to = match wish {
        Some(Wish::Add) if categories.len() < CATEGORIES => Some("new".to_owned()),
        Some(Wish::Edit(at)) => Some((at + 1).to_string()),
        Some(Wish::Up(at)) if at > 0 => {
            categories.swap(at, at - 1);
            None
        }
        Some(Wish::Down(at)) if at + 1 < categories.len() => {
            categories.swap(at, at + 1);
            None
        }
        Some(Wish::Remove(at)) => {
            categories.remove(at);
            None
        }
        _ => None,
    };
    editor.keep(app).await?;
    match to {
        Some(to) => Ok(redirect(&format!("{}/categories/{to}", editor.address()), None)),
        None => editor.page(req, Shown { notice: Some("notice-rows"), ..Shown::default() }),
    }
}

/// What a button of the list of categories asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Add,
    Edit(usize),
    Up(usize),
    Down(usize),
    Remove(usize),
}

impl Editor {
    /// `order`: the ids of the categories as the page had them; another tab may have moved them since.
    fn wish(&self, request: &str, order: &str) -> Option<Wish> {
        let (verb, target) = request.split_once(':')?;
        if (verb, target) == ("add", "categories") {
            return Some(Wish::Add);
        }
        let number: usize = target.strip_prefix("categories.")?.parse().ok()?;
        let at = match order.split(' ').nth(number) {
            Some(id) if !id.is_empty() => self.sheet.categories.iter().position(|category| category.id == id)?,
            _ => number,
        };
        if at >= self.sheet.categories.len() {
            return None;
        }
        match verb {
            "edit" => Some(Wish::Edit(at)),
            "up" => Some(Wish::Up(at)),
            "down" => Some(Wish::Down(at)),
            "remove" => Some(Wish::Remove(at)),
            _ => None,
        }
    }

    /// All of the sheet, read and judged.
    pub(super) fn reading(&self) -> Result<reading::Reading<super::Panel>, AppError> {
        reading::panel(&self.place.judge(), &self.form(), &self.sheet.categories, self.stored())
    }

    pub(super) fn page(&self, req: &HttpRequest, shown: Shown<'_>) -> Answer {
        let (words, judge, form) = (&self.place.words, self.place.judge(), self.form());
        let problems = &shown.problems;
        let view = FormView {
            table: PANEL,
            form: &form,
            problems,
            judge: &judge,
            words,
            previews: HashMap::new(),
            changed_list: None,
        };
        let mut summary: Vec<SummaryItem> = problems.errors().map(|one| self.item(one)).collect();
        let posting = shown.posting.unwrap_or_else(|| (&EMPTY, Problems::default()));
        refused::note(req, problems.fields().chain(posting.1.fields()));
        let post_view =
            FormView { table: POSTING, form: posting.0, problems: &posting.1, previews: HashMap::new(), ..view };
        summary.extend(post_view.summary());
        let shell = self.shell(req, Title::from(self.title()).after_a_save().wrong_if(!summary.is_empty()));
        let of_the_list = problems.errors().filter(|one| one.path == "categories");
        let page = PanelPage {
            guild_name: self.place.admitted.guild_name().to_owned(),
            heading: self.name(),
            action: self.address(),
            is_new: self.row.is_none(),
            drafted: self.drafted,
            kept: self.drafted && !shown.unkept,
            revision: self.sheet.revision,
            csrf_token: page::csrf_token(req),
            warnings: problems.warnings.iter().map(|one| self.item(one)).collect(),
            notice: shown.notice.map(|key| words.t(key)),
            sections: FormView { table: PANEL, form: &form, problems, previews: HashMap::new(), ..post_view }
                .sections(),
            unsaved: self.unsaved(),
            categories: self.lines(problems),
            list_errors: of_the_list.map(|one| words.say(&one.message)).collect(),
            order: self.sheet.categories.iter().map(|category| category.id.as_str()).collect::<Vec<_>>().join(" "),
            full: self.sheet.categories.len() >= CATEGORIES,
            preview: shown.preview,
            absent: self.absent(),
            acts: self.place.read_only(Level::Act, ModuleKey::Tickets).is_none(),
            posted: self.row.as_ref().and_then(|row| list::posted(&self.place, row)),
            command: self.command.as_ref().map(|row| self.place.drawing().command(row)),
            channel: FormView {
                table: POSTING,
                form: posting.0,
                problems: &posting.1,
                previews: HashMap::new(),
                ..post_view
            }
            .sections()
            .into_iter()
            .flat_map(|section| section.controls)
            .next()
            .filter(|_| self.row.is_some()),
            summary,
            shell,
        };
        page::render(req, shown.status, &page)
    }

    /// What is wrong with a category is linked to its line in the list.
    fn item(&self, problem: &Problem) -> SummaryItem {
        let line: Vec<&str> = problem.path.splitn(3, '.').take(2).collect();
        let id = if problem.path.is_empty() { None } else { Some(element_id(&line.join("."))) };
        SummaryItem {
            id,
            label: label_of(WHOLE, &problem.path, &self.place.words),
            text: self.place.words.say(&problem.message),
        }
    }

    fn lines(&self, problems: &Problems) -> Vec<CategoryLine> {
        let words = &self.place.words;
        let line = |(index, category): (usize, &super::Category)| {
            let inside = format!("categories.{index}.");
            let wrong = problems.errors().filter(|one| one.path.starts_with(&inside));
            let said = |one: &Problem| {
                let label = label_of(super::table::CATEGORY, &one.path[inside.len()..], words);
                words.say(&Message::new("fact").text("label", label).text("value", words.say(&one.message)))
            };
            CategoryLine {
                name: category.name.clone(),
                emoji: super::preview::sign(&category.emoji),
                description: category.description.clone(),
                on: category.enabled,
                questions: category.questions.len(),
                errors: wrong.map(said).collect(),
            }
        };
        self.sheet.categories.iter().enumerate().map(line).collect()
    }
}

static EMPTY: FormData = FormData::none();
