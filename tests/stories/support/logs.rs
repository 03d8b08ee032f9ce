//! All that is written into the log while a story listens, as its lines. The other stories' lines stand between.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tracing::level_filters::LevelFilter;
use tracing::{Level, Subscriber};
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{Layer, fmt};

static LISTENERS: AtomicUsize = AtomicUsize::new(0);
static TEXT: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Listens until it is dropped.
pub struct Recording(());

pub fn record() -> Recording {
    super::events::listen();
    LISTENERS.fetch_add(1, Ordering::SeqCst);
    Recording(())
}

impl Recording {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&TEXT.lock().unwrap()).into_owned()
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        if LISTENERS.fetch_sub(1, Ordering::SeqCst) == 1 {
            TEXT.lock().unwrap().clear();
        }
    }
}

/// As an operator reads it who wants to know more.
pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>() -> impl Layer<S> {
    let heard = dynamic_filter_fn(|about, _| *about.level() <= Level::DEBUG && LISTENERS.load(Ordering::Relaxed) > 0);
    fmt::layer().with_ansi(false).with_writer(|| Lines).with_filter(heard.with_max_level_hint(LevelFilter::DEBUG))
}

struct Lines;

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        TEXT.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
