//! Ids of another server, tried by whoever has a session of their own: staff of each kind, and the owner of a server.
//! Managers of two servers try them in `foreign_rows`. All is taken from the list of routes: a new one is walked by
//! itself.

use std::time::Duration;

use discord_standin::Id;
use discord_standin::seed::{self, ARCADE};
use discord_standin::world::User;
use guildhall::guilds::rights::Scope;
use guildhall::settings::module::ModuleKey;
use reqwest::Method;

use super::{begun, sends};
use crate::foreign_rows::{MARK, NOWHERE, Rows, dump, form_of, offers_foreign_ids, said, told};
use crate::routes::{For, ROUTES};
use crate::staff::hands::{Hands, REFUSALS};
use crate::staff::walk::addresses;
use crate::staff::{Kind, To, has_on};
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited};

type Form = Vec<(String, String)>;

/// A route with the id of a row of the Harbour Club.
struct Step {
    path: &'static str,
    who: For,
    tail: String,
    id: String,
    /// Of a POST: the row's own form.
    form: Option<Form>,
}

async fn steps(mira: &mut Visitor, rows: &Rows) -> Vec<Step> {
    let mut all = Vec::new();
    for (method, _, path, who) in ROUTES {
        let Some((tail, id)) = rows.address(path).filter(|_| who.is_of_a_server()) else { continue };
        let mut form = if *method == "get" { None } else { Some(form_of(mira, &tail).await) };
        // What somebody sends may come back to them; what they did not may not.
        form.iter_mut().flatten().for_each(|(_, value)| *value = value.replace(MARK, "Something"));
        all.push(Step { path, who: *who, tail, id, form });
    }
    assert!(all.len() > 40, "{}", all.len());
    all
}

/// The module that a route is about. What a row alone says is of no matter: of another server none is found.
fn about(who: For) -> &'static str {
    match who {
        For::Of(_, Scope::Module(module)) => module,
        _ => "giveaway",
    }
}

async fn tries(visitor: &mut Visitor, token: &str, path: &str, form: Option<&Form>) -> (Page, Vec<String>) {
    let request = match form {
        None => visitor.request(Method::GET, path),
        Some(form) => {
            let form = edited(form.clone(), &[("csrf_token", token)]);
            visitor.request(Method::POST, path).header("origin", visitor.base.clone()).form(&form)
        }
    };
    sends(visitor, request).await
}

/// The id is answered like one that is nowhere.
async fn finds_nothing(visitor: &mut Visitor, token: &str, step: &Step) {
    let there = format!("/guilds/{ARCADE}{}", step.tail);
    let (page, _) = tries(visitor, token, &there, step.form.as_ref()).await;
    let (none, _) = tries(visitor, token, &there.replace(&step.id, NOWHERE), step.form.as_ref()).await;
    page.explains(404, "no such page");
    assert_eq!(said(&page).replace(&step.id, NOWHERE), said(&none), "{there}");
    assert!(!page.body.contains(MARK), "{there}");
}

/// All that belongs to servers, without what the story itself gives to staff of the Arcade.
async fn kept(app: &TestApp) -> Vec<String> {
    let ours = HARBOUR.to_string();
    dump(app).await.into_iter().filter(|line| !line.starts_with("grants: ") || line.contains(&ours)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_find_no_row_of_another_server_whatever_was_given_to_them() {
    let app = begun().await;
    let mut mira = app.mira().await;
    let rows = Rows::make(&app, &mut mira).await;
    let steps = steps(&mut mira, &rows).await;
    let (before, told_before) = (kept(&app).await, told(&app).await);
    let (mut refused, mut nowhere) = (0, 0);
    for kind in Kind::ALL {
        let mut hands = ModuleKey::ALL.map(|module| Hands::new(&app, ARCADE, kind, module.as_str()));
        for step in &steps {
            let hands = hands.iter_mut().find(|hands| hands.module == about(step.who)).unwrap();
            let (visitor, token) = hands.hand().await;
            if kind.answer(step.who, step.path) != "403" {
                finds_nothing(visitor, token, step).await;
                nowhere += 1;
                continue;
            }
            let there = format!("/guilds/{ARCADE}{}", step.tail);
            let (page, said) = tries(visitor, token, &there, step.form.as_ref()).await;
            page.explains(403, "not let in");
            assert_eq!(said, ["access_refused"], "{kind:?}: {there}");
            assert!(!page.body.contains(MARK), "{there}");
            (hands.refused, refused) = (hands.refused + 1, refused + 1);
        }
    }
    assert!(refused > 50 && nowhere > 50, "{refused} {nowhere}");
    assert_eq!(kept(&app).await, before);
    assert_eq!(told(&app).await, told_before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_cannot_name_a_channel_of_another_server_in_a_form() {
    let app = begun().await;
    has_on(&app, ARCADE, To::Person(seed::SAM), ("all", true, true), None).await;
    let told_before = told(&app).await;
    offers_foreign_ids(&mut app.signed_in(seed::SAM).await).await;
    assert_eq!(told(&app).await, told_before);
    assert_eq!(app.changes().await, (0, 0));
}

/// Somebody to whom the Arcade has just been handed over, and who is nothing at the Harbour Club.
async fn owner(app: &TestApp) -> (Visitor, String) {
    let id: Id = app.discord.edit(|world| {
        let id = world.new_id();
        world.add_user(User::new(id, "owner", None));
        world.add_member(ARCADE, id, &[]).unwrap();
        world.set_owner(ARCADE, id).unwrap();
        id
    });
    app.clock.advance(Duration::from_secs(61));
    let mut visitor = app.signed_in(id).await;
    let token = visitor.token().await;
    (visitor, token)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_of_another_server_reaches_nothing_by_borrowed_ids() {
    let app = begun().await;
    let mut mira = app.mira().await;
    let rows = Rows::make(&app, &mut mira).await;
    let steps = steps(&mut mira, &rows).await;
    let (mut visitor, mut token) = owner(&app).await;
    assert_eq!(visitor.get(&format!("/guilds/{ARCADE}/settings/music")).await.status, 200);
    let (before, told_before) = (kept(&app).await, told(&app).await);
    for step in &steps {
        finds_nothing(&mut visitor, &token, step).await;
    }
    assert_eq!(kept(&app).await, before);
    assert_eq!(told(&app).await, told_before);
    // By the server's own addresses, with the same ids.
    let (mut refused, changes) = (0, app.changes().await.0);
    for (method, _, path, who) in ROUTES {
        let For::Of(_, scope) = who else { continue };
        for (address, _) in addresses(&rows, path, *scope) {
            if refused == REFUSALS {
                ((visitor, token), refused) = (owner(&app).await, 0);
            }
            let form = (*method == "post").then(Form::new);
            let (page, said) = tries(&mut visitor, &token, &address, form.as_ref()).await;
            page.explains(403, "cannot manage this server");
            assert_eq!(said, ["access_refused"], "{address}");
            assert!(!page.body.contains(MARK) && !page.body.contains("Harbour Club"), "{address}");
            refused += 1;
        }
    }
    assert_eq!(app.changes().await.0, changes);
}
