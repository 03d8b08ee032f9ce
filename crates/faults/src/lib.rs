//! What the run takes place on, and the run's parts; the benchmarks stand on the same stage.
//!
//! - `plan`: what breaks and when, by a seed; `conduct`: breaking and mending it
//! - `stage`, `admin`, `ledger`: people who save over HTTP, and what they were told
//! - `dashboard`, `redis`, `bot`, `store`, `world`: what the run takes place on
//! - `cluster`, `cluster_verdict`, `nginx`, `open_page`: several dashboards behind a balancer, who uses them, whether
//!   all went well
//! - `habits`, `soak_verdict`, `trend`: what people do for hours, and whether something grows meanwhile
//! - `agreement`, `verdict`: whether all is well; `run`: how each program begins and ends

pub mod admin;
pub mod agreement;
pub mod bot;
pub mod cluster;
pub mod cluster_verdict;
pub mod conduct;
pub mod dashboard;
pub mod habits;
pub mod ledger;
pub mod logs;
pub mod nginx;
pub mod open_page;
#[expect(clippy::unwrap_used, reason = "shared with the stories, which use more of it and are tests")]
#[path = "../../../tests/stories/support/page.rs"]
pub mod page;
pub mod plan;
pub mod random;
pub mod redis;
pub mod run;
pub mod soak_verdict;
pub mod stage;
pub mod store;
pub mod trend;
pub mod verdict;
pub mod world;
