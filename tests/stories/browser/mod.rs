//! x
mod chromium;
mod form;
mod journey;
mod keyboard;
mod unscripted;
