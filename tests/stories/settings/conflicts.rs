//! Two people change the same settings: what each of them changed is in the end there, and what both did is chosen.

use discord_standin::seed;
use guildhall::settings::fields::wire_name;
use guildhall::settings::module::ModuleKey;

use super::{Pairs, assert_refused_at, with};
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited, settings};

/// Two numbers of each module.
fn numbers(module: &str) -> (&'static str, &'static str) {
    match module {
        "tempvoice" => ("empty_grace_seconds", "auto_lock_minutes"),
        "giveaway" => ("default_winners", "max_rerolls"),
        "tickets" => ("cooldown_minutes", "anti_raid_threshold"),
        "music" => ("vote_skip_percent", "max_track_minutes"),
        other => panic!("which numbers of {other}?"),
    }
}

/// What a row says: label, before, mine, theirs.
fn row(page: &Page, label: &str) -> [String; 3] {
    let row = page.texts("tbody tr th").iter().position(|text| text.starts_with(label));
    let row = row.unwrap_or_else(|| panic!("no row {label}: {:?}", page.texts("tbody th"))) + 1;
    [2, 3, 4].map(|cell| page.text(&format!("tbody tr:nth-of-type({row}) > :nth-child({cell})")))
}

/// The page that Jonas gets when Mira has saved `theirs` since he opened the form.
async fn clash(app: &TestApp, module: &str, mine: &[(&str, &str)], theirs: &[(&str, &str)]) -> (Visitor, Page) {
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let opened = jonas.opens(module).await;
    let saved = mira.saves(module, theirs).await;
    assert_eq!(saved.status, 303, "{:?}", saved.texts("#errors li"));
    let page = jonas.post(&settings(module), &edited(opened, mine)).await;
    (jonas, page)
}

fn choices(form: &[(String, String)]) -> Vec<(&str, &str)> {
    let choices = form.iter().filter_map(|(name, value)| Some((name.strip_prefix("choice.")?, value.as_str())));
    choices.collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_only_one_side_has_changed_is_merged_and_nothing_is_overwritten_before() {
    let app = TestApp::start().await;
    for key in ModuleKey::ALL {
        let (name, (first, second)) = (key.as_str(), numbers(key.as_str()));
        let (mut jonas, page) = clash(&app, name, &[(first, "4")], &[(second, "9")]).await;
        assert_eq!(page.status, 409);
        assert!(page.title().starts_with("Conflict:") && page.title().contains("Harbour Club"), "{}", page.title());
        assert!(page.main().contains("Mira"), "who was first: {}", page.main());
        assert_eq!(app.stored(name).await.unwrap().0[wire_name(second)], 9, "nothing is overwritten");

        assert_eq!(
            page.text(".save-bar .unsaved:not([hidden])"),
            "1 unsaved change",
            "{name}: theirs is saved already"
        );
        let form = page.form(&settings(name));
        assert_eq!(choices(&form).len(), 2, "{name}");
        assert!(choices(&form).contains(&(first, "mine")) && choices(&form).contains(&(second, "theirs")), "{name}");
        let answer = jonas.post(&settings(name), &form).await;
        assert_eq!(answer.status, 303, "{name}: {:?}", answer.texts("#errors li"));
        let (stored, _) = app.stored(name).await.unwrap();
        assert_eq!((&stored[wire_name(first)], &stored[wire_name(second)]), (&4.into(), &9.into()), "{name}");
    }
    assert_eq!(app.changes().await.0, 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_both_have_changed_shows_all_three_and_must_be_chosen() {
    let app = TestApp::start().await;
    for (was, mine, theirs, side) in [("50", "4", "9", "mine"), ("4", "14", "19", "theirs")] {
        let (mut jonas, page) = clash(&app, "music", &[("default_volume", mine)], &[("default_volume", theirs)]).await;
        let told = row(&page, "Volume");
        assert!(told[0].starts_with(was) && told[1].contains(mine) && told[2].contains(theirs), "{told:?}");
        assert!(page.text("caption").contains("choose"), "{}", page.text("caption"));

        let form = page.form(&settings("music"));
        assert_eq!(choices(&form), [], "nobody chooses for them");
        let refused = jonas.post(&settings("music"), &form).await;
        assert_refused_at(&refused, &["choice.default_volume"]);
        assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"].to_string(), theirs);

        let chosen = with(&refused.form(&settings("music")), &[("choice.default_volume", side)]);
        assert_eq!(jonas.post(&settings("music"), &chosen).await.status, 303);
        let wins = if side == "mine" { mine } else { theirs };
        assert_eq!(app.stored("music").await.unwrap().0["defaultVolume"].to_string(), wins);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parts_of_a_message_merge_one_by_one_and_a_list_is_one_setting() {
    let app = TestApp::start().await;
    let mine = [("welcome_message.embed.footer", "Mine\nis kept"), ("welcome_message.content", "Hello")];
    let mine = mine.map(|(name, value)| (name, value.split('\n').next().unwrap()));
    let theirs = [("welcome_message.embed.title", "Theirs"), ("claim_message.content", "{staff} helps.")];
    let (mut jonas, page) = clash(&app, "tickets", &mine, &theirs).await;
    let form = page.form(&settings("tickets"));
    let expected = [
        ("welcome_message.content", "mine"),
        ("welcome_message.embed.title", "theirs"),
        ("welcome_message.embed.footer", "mine"),
        ("claim_message.content", "theirs"),
    ];
    assert_eq!(choices(&form), expected);
    assert_eq!(jonas.post(&settings("tickets"), &form).await.status, 303);
    let (stored, _) = app.stored("tickets").await.unwrap();
    assert_eq!(stored["welcomeMessage"]["embed"]["title"], "Theirs");
    assert_eq!(stored["welcomeMessage"]["embed"]["footer"], "Mine");
    assert_eq!(stored["welcomeMessage"]["content"], "Hello");
    assert_eq!(stored["claimMessage"]["content"], "{staff} helps.");

    let rows = |role: &str| -> Vec<(String, String)> {
        [("bonus_entries.0.role_id", role), ("bonus_entries.0.entries", "2")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec()
    };
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let opened = jonas.opens("giveaway").await;
    let theirs: Pairs = opened.iter().cloned().chain(rows(&seed::roles::MEMBER.to_string())).collect();
    assert_eq!(mira.post(&settings("giveaway"), &with_token(&mut mira.clone(), theirs).await).await.status, 303);
    let mine: Pairs = opened.into_iter().chain(rows(&seed::roles::DJ.to_string())).collect();
    let page = jonas.post(&settings("giveaway"), &mine).await;
    assert_eq!(page.status, 409);
    let form = with(&page.form(&settings("giveaway")), &[("choice.bonus_entries", "mine")]);
    assert_eq!(jonas.post(&settings("giveaway"), &form).await.status, 303);
    let (stored, _) = app.stored("giveaway").await.unwrap();
    assert_eq!(stored["bonusEntries"].as_array().map(Vec::len), Some(1), "one list, not both");
    assert_eq!(stored["bonusEntries"][0]["roleId"], seed::roles::DJ.to_string());
}

/// The same pairs with this person's own token.
async fn with_token(visitor: &mut Visitor, pairs: Pairs) -> Pairs {
    let token = visitor.token().await;
    with(&pairs, &[("csrf_token", &token)])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_save_while_choosing_shows_the_page_again_with_what_i_chose_of_mine() {
    let app = TestApp::start().await;
    let mine = [("default_volume", "4"), ("max_queue_size", "40")];
    let theirs = [("default_volume", "9"), ("max_queue_size", "90")];
    let (mut jonas, page) = clash(&app, "music", &mine, &theirs).await;
    let chosen = [("choice.default_volume", "mine"), ("choice.max_queue_size", "theirs")];
    let form = with(&page.form(&settings("music")), &chosen);
    app.mira().await.saves("music", &[("max_queue_size", "91")]).await;

    let page = jonas.post(&settings("music"), &form).await;
    assert_eq!(page.status, 409);
    let again = page.form(&settings("music"));
    assert_eq!(choices(&again), [("default_volume", "mine")], "theirs is not what was chosen any more");
    assert!(row(&page, "Length of the queue").concat().contains("91"), "{}", page.main());
    let form = with(&again, &[("choice.max_queue_size", "theirs")]);
    assert_eq!(jonas.post(&settings("music"), &form).await.status, 303);
    let (stored, _) = app.stored("music").await.unwrap();
    assert_eq!((&stored["defaultVolume"], &stored["maxQueueSize"]), (&4.into(), &91.into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_choice_that_breaks_a_rule_across_settings_becomes_the_form_to_mend_it() {
    let app = TestApp::start().await;
    // Mine is louder than theirs allows.
    let (mut jonas, page) = clash(&app, "music", &[("default_volume", "80")], &[("max_volume", "60")]).await;
    let refused = jonas.post(&settings("music"), &page.form(&settings("music"))).await;
    assert_refused_at(&refused, &["default_volume"]);
    let form = edited(refused.form(&settings("music")), &[("default_volume", "60")]);
    assert_eq!(jonas.post(&settings("music"), &form).await.status, 303);
    let (stored, _) = app.stored("music").await.unwrap();
    assert_eq!((&stored["defaultVolume"], &stored["maxVolume"]), (&60.into(), &60.into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conflict_that_a_session_outlived_comes_back_as_my_form_and_not_as_a_save_over_theirs() {
    let app = TestApp::start().await;
    let (jonas, page) = clash(&app, "music", &[("default_volume", "4")], &[("max_queue_size", "90")]).await;
    let form = page.form(&settings("music"));
    let token: Pairs = form.iter().filter(|(name, _)| name == "csrf_token").cloned().collect();
    assert_eq!(jonas.clone().post("/logout", &token).await.status, 303);
    let mut tab = jonas.clone();
    let kept = tab.post(&settings("music"), &form).await;
    assert_eq!(kept.status, 401);

    let mut again = app.signed_in(seed::JONAS).await;
    let draft = again.get(&format!("{}?draft=1", settings("music"))).await.form(&settings("music"));
    let page = again.post(&settings("music"), &draft).await;
    assert_eq!(page.status, 409, "the form is still the one that was opened before their save");
    assert_eq!(again.post(&settings("music"), &page.form(&settings("music"))).await.status, 303);
    let (stored, _) = app.stored("music").await.unwrap();
    assert_eq!((&stored["defaultVolume"], &stored["maxQueueSize"]), (&4.into(), &90.into()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_of_a_revision_nobody_knows_must_have_everything_chosen() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.saves("music", &[("default_volume", "9")]).await;
    let form = edited(mira.opens("music").await, &[("default_volume", "4"), ("revision", "5")]);
    let page = mira.post(&settings("music"), &form).await;
    assert_eq!(page.status, 409);
    assert!(page.main().contains("not known any more"), "{}", page.main());
    assert_refused_at(&mira.post(&settings("music"), &page.form(&settings("music"))).await, &["choice.default_volume"]);
    for nonsense in ["", "both", "\"><img>"] {
        let form = with(&page.form(&settings("music")), &[("choice.default_volume", nonsense)]);
        assert_refused_at(&mira.post(&settings("music"), &form).await, &["choice.default_volume"]);
    }
    let form = with(&page.form(&settings("music")), &[("base_revision", "nonsense")]);
    assert_eq!(mira.post(&settings("music"), &with(&form, &[("choice.default_volume", "mine")])).await.status, 303);
}
