//! Guildhall in a real browser: Chromium without a window, driven through chromedriver.
//!
//! `CHROMEDRIVER` and `CHROMIUM` say where the two are; else they are looked for in `PATH`. What a page
//! answers to a program is told by the other stories; here it is what a person meets: focus, keys, widths,
//! colours, and that all of it works with scripts switched off.

mod accessible;
mod chromium;
mod driver;
mod form;
mod journey;
mod keyboard;
mod live;
mod quiet;
mod screenshots;
mod tour;
mod two_admins;
mod unscripted;
