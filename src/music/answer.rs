//! What a posted form of a playlist comes to: a page, or a redirect with something said.

use actix_web::HttpResponse;

use crate::keys::Keys;
use crate::web::shell::{Flash, Tone};
use crate::web::words::Message;
use crate::web::{WebConfig, flash};

pub(super) enum Answer {
    Page(HttpResponse),
    /// It is done: this address, and what to say there.
    Done(String, Flash),
}

impl Answer {
    pub(super) fn done(to: String, tone: Tone, message: Message) -> Self {
        Self::Done(to, Flash { tone, message })
    }

    pub(super) fn respond(self, config: &WebConfig, keys: &Keys) -> HttpResponse {
        match self {
            Self::Page(page) => page,
            Self::Done(to, said) => flash::redirect(config, keys, &to, Some(&said)),
        }
    }
}
