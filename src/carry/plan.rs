//! What a file would make of a server: each module's settings read and judged as a save by this person would be.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::HttpRequest;
use serde_json::Value;

use crate::db::DbError;
use crate::error::AppError;
use crate::guilds::access::Admitted;
use crate::settings::fill::fill;
use crate::settings::module::{Module, ModuleKey};
use crate::settings::reading::{self, Reading};
use crate::settings::save;
use crate::settings::scene::{Scene, Settings};
use crate::settings::store::{Save, Stored};
use crate::web::form::FormData;

use super::document::{Document, Part};
use super::mapping::Mapping;
use super::uses::rewritten;

pub(super) struct Plan {
    pub scene: Scene,
    pub document: Document,
    pub mapping: Mapping,
    pub parts: Vec<Planned>,
}

/// One module.
pub(super) struct Planned {
    pub scene: Scene,
    pub stored: Arc<Stored>,
    pub reading: Reading,
    /// Whether the person wants this module.
    pub chosen: bool,
}

impl Plan {
    /// `form` holds what was chosen on the preview; none: everything, as proposed.
    ///
    /// # Errors
    /// As the database and Discord answer.
    pub async fn make(
        req: &HttpRequest,
        app: &Settings,
        admitted: Admitted,
        document: Document,
        form: Option<&FormData>,
    ) -> Result<Self, AppError> {
        let mut scene = Scene::read(req, app, admitted, ModuleKey::ALL[0]).await?;
        let mut mapping = choose(&scene, &document, form)?;
        if !mapping.entries.is_empty() {
            // What is not found may have been made just now.
            scene.guild = app.access.fresh_snapshot(scene.admitted.guild).await?;
            mapping = choose(&scene, &document, form)?;
        }
        let mut parts = Vec::new();
        for part in &document.parts {
            let scene = scene.about(part.module)?;
            let settings = rewritten(part.module.fields(), &part.settings, &mut |what, id| mapping.put(what, id));
            let mut typed = fill(part.module.fields(), &settings);
            reading::prepare(&scene, &mut typed);
            let stored = scene.stored();
            let reading = reading::read(&scene, &typed, &stored)?;
            let key = part.module.key.as_str();
            let chosen = form.is_none_or(|form| form.all("module").any(|name| name == key));
            parts.push(Planned { scene, stored, reading, chosen });
        }
        Ok(Self { scene, document, mapping, parts })
    }

    pub fn chosen(&self) -> impl Iterator<Item = &Planned> {
        self.parts.iter().filter(|part| part.chosen)
    }

    pub fn is_stopped(&self) -> bool {
        self.chosen().any(|part| part.reading.problems.stop_the_save())
    }

    /// Whether what is stored is what the preview has shown.
    pub fn is_as_seen(&self, form: &FormData) -> bool {
        self.chosen().all(|part| {
            let seen = form.text(&part.revision_field()).and_then(|text| text.parse::<i64>().ok());
            seen == Some(part.stored.revision)
        })
    }

    /// A save for each chosen module that differs from what is stored.
    pub fn saves(&self) -> Vec<Save> {
        let batch = Some(uuid::Uuid::now_v7());
        let save = |part: &Planned| Save {
            batch,
            ..save::prepare(&part.scene, &part.stored, part.reading.value.clone(), false)
        };
        self.chosen().filter(|part| part.differs()).map(save).collect()
    }
}

impl Planned {
    pub fn module(&self) -> &'static Module {
        self.scene.module
    }

    pub fn differs(&self) -> bool {
        self.reading.value != self.stored.body
    }

    pub fn revision_field(&self) -> String {
        format!("revision.{}", self.module().key.as_str())
    }
}

fn choose(scene: &Scene, document: &Document, form: Option<&FormData>) -> Result<Mapping, AppError> {
    let stored = |part: &Part| Ok::<_, DbError>((part.module.key, scene.about(part.module)?.stored()));
    let stored: HashMap<ModuleKey, Arc<Stored>> = document.parts.iter().map(stored).collect::<Result<_, _>>()?;
    let of = |module: &'static Module| stored.get(&module.key).map_or(&Value::Null, |stored| &stored.body);
    Ok(Mapping::new(document, &scene.judge(), of, form))
}
