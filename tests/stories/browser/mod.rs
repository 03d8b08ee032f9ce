//! Guildhall in a real browser: Chromium without a window, driven through chromedriver.
//!
//! `CHROMEDRIVER` and `CHROMIUM` say where the two are; else they are looked for in `PATH`. What a page
//! answers to a program is told by the other stories; here it is what a person meets: focus, keys, widths,
//! colours, and that all of it works with scripts switched off.

mod accessible;
mod by_keyboard;
mod checklist;
mod checks;
mod chromium;
mod complaints;
mod dialogs;
mod driver;
mod editor;
mod ended;
mod foreign;
mod form;
mod journey;
mod keyboard;
mod live;
mod living;
mod mirrored;
mod palette;
mod picker;
mod quiet;
mod screenshots;
mod staff;
mod targets;
mod ticket_tour;
mod tour;
mod tour_first;
mod tour_living;
mod tour_navigation;
mod tour_panels;
mod tour_sets;
mod tour_staff;
mod tour_states;
mod two_admins;
mod unsaved;
mod unscripted;
mod weight;
