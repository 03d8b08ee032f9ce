//! What the service writes into its log as a security event, by the id of the request it was written for.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Mutex, OnceLock};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

/// An event's fields by their names.
pub type Fields = BTreeMap<String, String>;

static HEARD: Mutex<Vec<(String, Fields)>> = Mutex::new(Vec::new());

/// Begins to listen, once for all stories of this process.
pub fn listen() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        let log =
            tracing_subscriber::registry().with(Listener.with_filter(LevelFilter::INFO)).with(super::logs::layer());
        tracing::subscriber::set_global_default(log).unwrap();
    });
}

/// The security events of a request.
pub fn of(request: &str) -> Vec<Fields> {
    let heard = HEARD.lock().unwrap();
    heard.iter().filter(|(id, _)| id == request).map(|(_, fields)| fields.clone()).collect()
}

struct Listener;

struct RequestId(String);

#[derive(Default)]
struct Reader(Fields);

impl Visit for Reader {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Listener {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut reader = Reader::default();
        attributes.record(&mut reader);
        if let (Some(request), Some(span)) = (reader.0.remove("request_id"), context.span(id)) {
            span.extensions_mut().insert(RequestId(request));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut reader = Reader::default();
        event.record(&mut reader);
        if !reader.0.contains_key("event") {
            return;
        }
        let spans = context.event_scope(event).into_iter().flatten();
        let ids: Vec<String> =
            spans.filter_map(|span| span.extensions().get::<RequestId>().map(|id| id.0.clone())).collect();
        if let Some(id) = ids.into_iter().next() {
            HEARD.lock().unwrap().push((id, reader.0));
        }
    }
}
