//! Every route of a server, walked by every kind of staff, by a manager and by the owner: the matrix of docs/security.md,
//! tried out.

use std::time::Duration;

use discord_standin::seed;
use guildhall::guilds::rights::Scope;
use guildhall::settings::module::ModuleKey;

use super::Kind;
use super::hands::Hands;
use crate::foreign_rows::Rows;
use crate::matrix::documented;
use crate::routes::{For, ROUTES};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// The addresses of a route on the Harbour Club, each with the module it is about.
pub fn addresses(rows: &Rows, path: &str, scope: Scope<'static>) -> Vec<(String, &'static str)> {
    let about = match scope {
        Scope::Module("{module}") => {
            let of = |module: &ModuleKey| (path.replace("{module}", module.as_str()), module.as_str());
            return ModuleKey::ALL.iter().map(of).map(|(path, module)| (here(&path), module)).collect();
        }
        Scope::Module(module) => module,
        // The change among the rows is one of music, the command one of giveaways.
        _ if path.contains("/changes/{id}") => "music",
        _ => "giveaway",
    };
    let address = rows.address(path).map_or_else(|| here(path), |(tail, _)| format!("/guilds/{HARBOUR}{tail}"));
    vec![(address, about)]
}

fn here(path: &str) -> String {
    path.replace("{guild_id}", &HARBOUR.to_string())
}

/// A stream has no end to wait for, and a file is asked for by its format.
async fn asks(visitor: &mut Visitor, path: &str) -> Option<Page> {
    if path.ends_with("/live") {
        let answer = visitor.request(reqwest::Method::GET, path).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        return None;
    }
    let path = if path.ends_with("/changes/export") { format!("{path}?format=csv") } else { path.to_owned() };
    Some(visitor.get(&path).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_kind_of_staff_may_do_what_the_matrix_says_and_nothing_else() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let rows = Rows::make(&app, &mut mira).await;
    let mut walked = 0;
    // First all that changes nothing.
    for method in ["get", "post"] {
        for kind in Kind::ALL {
            let mut hands = ModuleKey::ALL.map(|module| Hands::new(&app, seed::HARBOUR_CLUB, kind, module.as_str()));
            for (_, _, path, who) in ROUTES.iter().filter(|route| route.0 == method) {
                let For::Of(_, scope) = who else { continue };
                for (address, about) in addresses(&rows, path, *scope) {
                    let hands = hands.iter_mut().find(|hands| hands.module == about).unwrap();
                    let (visitor, token) = hands.hand().await;
                    let page = match method {
                        "get" => asks(visitor, &address).await,
                        _ => Some(visitor.post(&address, &[("csrf_token".to_owned(), token.clone())]).await),
                    };
                    walked += 1;
                    let what = format!("{kind:?} of {about}: {method} {address}");
                    let Some(page) = page else { continue };
                    match kind.answer(*who, path) {
                        "403" => {
                            hands.refused += 1;
                            page.explains(403, "not let in");
                        }
                        "404" => page.explains(404, "no such page"),
                        _ if method == "get" => assert_eq!(page.status, 200, "{what}: {}", page.title()),
                        // A form without anything in it is refused for what it lacks, not for who sends it.
                        _ => assert!(
                            ![401, 403, 429, 500, 503].contains(&page.status.as_u16()),
                            "{what}: {}",
                            page.title()
                        ),
                    }
                }
            }
        }
    }
    assert!(walked > 500, "{walked}");
}

/// Where a manager and the owner stand in a row of the matrix.
const WHO_MANAGES: [(&str, discord_standin::Id, usize); 2] = [("manager", seed::AYLIN, 11), ("owner", seed::MIRA, 12)];
/// Commands that somebody gives in a minute are limited, so that a minute passes after so many forms.
const FORMS_A_MINUTE: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manager_and_the_owner_may_do_what_the_matrix_says() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let rows = Rows::make(&app, &mut mira).await;
    let matrix = documented();
    // First all that changes nothing, by both.
    for method in ["get", "post"] {
        for (kind, person, column) in WHO_MANAGES {
            app.clock.advance(Duration::from_secs(11 * 60));
            let mut visitor = app.signed_in(person).await;
            let token = visitor.token().await;
            let mut walked = 0;
            for (_, _, path, who) in ROUTES.iter().filter(|route| route.0 == method) {
                let For::Of(_, scope) = who else { continue };
                let row = matrix.iter().find(|row| row[..2] == [method, *path]).unwrap();
                assert_eq!(row[column], "ok", "{kind}: {method} {path}: this walk knows no other answer");
                for (address, _) in addresses(&rows, path, *scope) {
                    walked += 1;
                    if method == "post" && walked % FORMS_A_MINUTE == 0 {
                        app.clock.advance(Duration::from_secs(61));
                    }
                    let page = match method {
                        "get" => asks(&mut visitor, &address).await,
                        _ => Some(visitor.post(&address, &[("csrf_token".to_owned(), token.clone())]).await),
                    };
                    let Some(page) = page else { continue };
                    let what = format!("{kind}: {method} {address}: {} {}", page.status, page.title());
                    // An invitation leads to Discord.
                    let is_elsewhere = address.ends_with("/invite") && page.status.is_redirection();
                    match method {
                        "get" => assert!(page.status == 200 || is_elsewhere, "{what}"),
                        // What the one has removed is not there for the other.
                        _ => assert!(![401, 403, 429, 500, 503].contains(&page.status.as_u16()), "{what}"),
                    }
                }
            }
            assert!(walked > 40, "{kind}: {method}: {walked}");
        }
    }
}
