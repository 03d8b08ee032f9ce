//! The page that shows what would change in each module, and what has to be chosen or mended before.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::Value;

use crate::error::AppError;
use crate::history::diff::diff;
use crate::history::sides::sides;
use crate::ids::GuildId;
use crate::settings::choices::Choices;
use crate::settings::controls::{Choice, ChoiceGroup};
use crate::settings::describe::Describe;
use crate::settings::fields::wire_name;
use crate::settings::names;
use crate::settings::nav::CARRY;
use crate::settings::pages::SummaryItem;
use crate::settings::problems::Problem;
use crate::settings::view::label_of;
use crate::web::title::Title;
use crate::web::words::{Message, Words};
use crate::web::{page, refused};

use super::mapping::{Class, Entry};
use super::pages::{Choosing, ModulePreview, Notice, PreviewPage, Wrong};
use super::plan::{Plan, Planned};
use super::shape::shown;

/// Where settings come from.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    File,
    Server { id: GuildId, name: String },
}

impl Origin {
    pub fn source(&self) -> Option<GuildId> {
        match self {
            Self::File => None,
            Self::Server { id, .. } => Some(*id),
        }
    }

    /// Where the preview's form is posted.
    pub fn action(&self, target: GuildId) -> String {
        match self {
            Self::File => format!("/guilds/{target}/settings/import"),
            Self::Server { id, .. } => format!("/guilds/{id}/settings/copy"),
        }
    }
}

/// Why the page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Showing {
    First,
    /// The person wants to see what their choices make.
    Again,
    /// Nothing was saved: something stands in the way.
    Refused,
    /// Nothing was saved: no module was chosen.
    NoModule,
    /// Nothing was saved: somebody else has saved since.
    Conflict,
}

impl Showing {
    fn status(self) -> StatusCode {
        match self {
            Self::First | Self::Again => StatusCode::OK,
            Self::Refused | Self::NoModule => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict => StatusCode::CONFLICT,
        }
    }

    fn title(self) -> Title {
        Title::from(Message::new("title-carry-preview"))
            .wrong_if(matches!(self, Self::Refused | Self::NoModule))
            .conflict_if(self == Self::Conflict)
    }

    fn notice(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::First => None,
            Self::Again => Some(("note", "carry-shown-again")),
            Self::Refused => Some(("bad", "carry-stopped")),
            Self::NoModule => Some(("bad", "carry-choose-module")),
            Self::Conflict => Some(("warning", "carry-conflict")),
        }
    }
}

/// # Errors
/// A template that cannot be rendered.
pub(super) fn answer(
    req: &HttpRequest,
    plan: &Plan,
    origin: &Origin,
    transfer: String,
    showing: Showing,
) -> Result<HttpResponse, AppError> {
    let scene = &plan.scene;
    let (words, target) = (&scene.words, scene.admitted.guild);
    let modules: Vec<ModulePreview> = plan.parts.iter().map(module).collect();
    let chosen = plan.parts.iter().filter(|part| part.chosen);
    refused::note(req, chosen.flat_map(|part| part.reading.problems.fields()));
    let wrong = |one: &ModulePreview| SummaryItem {
        id: Some(format!("module-{}", one.key)),
        label: String::new(),
        text: words.say(
            &Message::new("carry-module-stopped").text("module", one.name.as_str()).number("count", one.problems.len()),
        ),
    };
    let is_copy = matches!(origin, Origin::Server { .. });
    let page = PreviewPage {
        shell: scene.shell_at(req, showing.title(), CARRY),
        guild_name: scene.admitted.guild_name().to_owned(),
        source_name: match origin {
            Origin::File => None,
            Origin::Server { name, .. } => Some(name.clone()),
        },
        action: origin.action(target),
        back_href: match origin {
            Origin::File => format!("/guilds/{target}/settings/import"),
            Origin::Server { id, .. } => format!("/guilds/{id}/settings/copy"),
        },
        transfer,
        target: is_copy.then(|| target.to_string()),
        csrf_token: page::csrf_token(req),
        notice: showing.notice().map(|(tone, key)| Notice { tone, text: words.t(key) }),
        summary: modules.iter().filter(|one| one.chosen && !one.problems.is_empty()).map(wrong).collect(),
        choices: plan.mapping.entries.iter().map(|entry| choosing(plan, entry)).collect(),
        modules,
    };
    page::render(req, showing.status(), &page)
}

fn module(part: &Planned) -> ModulePreview {
    let (scene, key) = (&part.scene, part.module().key.as_str());
    let (now, then) = (&part.stored.body, &part.reading.value);
    let names = names::for_person(&scene.judge(), &scene.words, &[now, then]);
    let describe = Describe { table: scene.module.table(), names: &names, words: &scene.words };
    let problems = &part.reading.problems;
    ModulePreview {
        key,
        name: scene.module_name(),
        chosen: part.chosen,
        revision: part.stored.revision,
        problems: problems.errors().map(|problem| wrong(&describe, then, problem)).collect(),
        warnings: problems.warnings.iter().map(|problem| warning(scene.module, problem, &scene.words)).collect(),
        rows: sides(&describe, &diff(scene.module.fields(), now, then)),
    }
}

fn wrong(describe: &Describe<'_>, settings: &Value, problem: &Problem) -> Wrong {
    let value = problem.path.split('.').try_fold(settings, |value, part| match part.parse::<usize>() {
        Ok(index) => value.get(index),
        Err(_) => value.get(wire_name(part)),
    });
    // An id says nothing to anybody; of a whole list or message nothing short could be said.
    let text = value.filter(|value| !value.is_array() && !value.is_object() && !value.is_null()).map(|value| {
        let name = value.as_str().and_then(|id| describe.names.get(id)).and_then(Value::as_str);
        name.map_or_else(|| shown(value), |name| shown(&Value::String(name.to_owned())))
    });
    Wrong {
        label: label_of(describe.table, &problem.path, describe.words),
        text: describe.words.say(&problem.message),
        value: text,
    }
}

fn warning(module: &'static crate::settings::module::Module, problem: &Problem, words: &Words) -> String {
    let label = label_of(module.table(), &problem.path, words);
    words.say(&Message::new("fact").text("label", label).text("value", words.say(&problem.message)))
}

fn choosing(plan: &Plan, entry: &Entry) -> Choosing {
    let (scene, judge) = (&plan.scene, plan.scene.judge());
    let choices = Choices { judge: &judge, words: &scene.words };
    let chosen: Vec<&str> = Some(entry.choice.as_str()).filter(|choice| !choice.is_empty()).into_iter().collect();
    let required = entry.is_required();
    let groups = match entry.class {
        Class::Channel => choices.channels(entry.channel_use(), &chosen, Some(required)),
        Class::Role => choices.roles(entry.role_use(), &chosen, Some(required)),
        Class::Emoji => emojis(&choices, &entry.choice),
    };
    let kind = match entry.class {
        Class::Channel => {
            let of = entry.channel_use();
            use crate::settings::fields::ChannelUse;
            match of {
                ChannelUse::Category => "carry-a-category",
                ChannelUse::Voice | ChannelUse::VoiceOrStage => "carry-a-voice-channel",
                ChannelUse::Text | ChannelUse::Announce => "carry-a-text-channel",
            }
        }
        Class::Role => "carry-a-role",
        Class::Emoji => "carry-an-emoji",
    };
    let label = match &entry.name {
        Some(name) => Message::new("carry-named").name("name", super::shape::shortened(name)),
        None => Message::new("carry-nameless").text("id", entry.id.as_str()),
    };
    let used: Vec<String> = entry.modules.iter().map(|key| scene.words.t(&format!("{}-name", key.as_str()))).collect();
    let field = entry.field();
    Choosing {
        id: format!("f-{}", field.replace('.', "-")),
        label: label.text("kind", scene.words.t(kind)),
        hint: Message::new("carry-used-by").text("modules", scene.words.list(&used)),
        groups,
        field,
    }
}

/// This server's own emoji and some of everybody's.
fn emojis(choices: &Choices<'_>, chosen: &str) -> Vec<ChoiceGroup> {
    let mut all = vec![Choice { label: choices.words.t("choice-choose"), ..Choice::default() }];
    all.extend(choices.emojis());
    if !chosen.is_empty() && !all.iter().any(|one| one.value == chosen) {
        let label = choices.words.t("choice-unknown");
        all.push(Choice { value: chosen.to_owned(), label, ..Choice::default() });
    }
    for one in &mut all {
        one.selected = one.value == chosen;
    }
    vec![ChoiceGroup { label: None, choices: all }]
}
