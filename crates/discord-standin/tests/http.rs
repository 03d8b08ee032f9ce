//! The stand-in as its users see it: over HTTP, one story a behaviour.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the failure it should be")]

mod http {
    mod bot_api;
    mod control;
    mod failures;
    mod images;
    mod installing;
    mod lifecycle;
    mod messages;
    mod people_api;
    mod shapes;
    mod signing_in;
    mod support;
    mod tokens;
    mod writes;
}
