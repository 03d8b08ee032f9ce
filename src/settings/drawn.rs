//! Forms that nobody has typed in, drawn once and shown again for as long as everything they were drawn from is the
//! same: who goes from module to module and back, or looks again, waits for none of it to be worked out anew.
//!
//! What is kept holds nothing of one session: the tokens stand between its parts. What is at the top of a page (who is
//! signed in, the navigation, who was last, the flash) is drawn anew each time.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use askama::Template as _;
use askama::filters::HtmlSafe;
use moka::sync::Cache;

use crate::error::{AppError, Trouble};
use crate::guilds::access::Place;
use crate::ids::{RoleId, UserId};
use crate::settings::controls::Tests;
use crate::settings::module::ModuleKey;
use crate::settings::pages::FormPage;
use crate::settings::scene::Scene;
use crate::sizes::Size;
use crate::web::language::Language;
use crate::web::words::Words;

/// Forms at most; one is about 60 KiB.
const MOST: u64 = 64;
/// A server is asked about anew after a minute, and its forms are drawn anew then.
const KEPT: Duration = Duration::from_secs(90);

/// All that a form is drawn from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The number of the snapshot, which is of one server.
    server: u64,
    person: UserId,
    roles: Vec<RoleId>,
    is_silenced: bool,
    manages: bool,
    edits: bool,
    tests: Tests,
    module: ModuleKey,
    revision: i64,
    language: Language,
    zone: String,
}

impl Origin {
    /// None where the bot is not: little is drawn there.
    pub fn of(scene: &Scene) -> Option<Self> {
        let Place::Here { snapshot, member } = &scene.admitted.place else { return None };
        let rights = &scene.admitted.rights;
        Some(Self {
            server: snapshot.number(),
            person: scene.admitted.person.id,
            roles: member.roles.clone(),
            is_silenced: snapshot.person(member, scene.now).is_silenced(),
            manages: rights.manages(),
            edits: rights.edits(scene.module.key.as_str()),
            tests: scene.tests,
            module: scene.module.key,
            revision: scene.stored().revision,
            language: scene.words.language(),
            zone: scene.words.zone_name().to_owned(),
        })
    }
}

/// A part of a page that a template has drawn.
#[derive(Debug)]
pub struct Html(String);

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

/// A form without its token, which stands between the two.
#[derive(Debug)]
pub struct Drawn {
    pub opening: Html,
    pub rest: Html,
}

impl Drawn {
    /// # Errors
    /// A template that cannot be rendered is a bug.
    pub fn of(page: &FormPage, words: &Words) -> Result<Self, AppError> {
        let failed = |error: askama::Error| AppError::new(Trouble::Internal, format!("template: {error}"));
        Ok(Self {
            opening: Html(page.as_opening().render_with_values(words).map_err(failed)?),
            rest: Html(page.as_rest().render_with_values(words).map_err(failed)?),
        })
    }
}

/// Those drawn lately. Clones share them.
#[derive(Clone)]
pub struct DrawnForms(Cache<Origin, Arc<Drawn>>);

impl Default for DrawnForms {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(MOST).time_to_live(KEPT).build())
    }
}

impl DrawnForms {
    pub fn find(&self, origin: &Origin) -> Option<Arc<Drawn>> {
        self.0.get(origin)
    }

    pub fn keep(&self, origin: Origin, drawn: Arc<Drawn>) {
        self.0.insert(origin, drawn);
    }

    pub fn size(&self) -> Size {
        Size::moka("forms_drawn", &self.0)
    }
}
