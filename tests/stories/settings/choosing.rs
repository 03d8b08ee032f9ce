//! What a page offers to choose from is complete and in order without any script, and says why something is not to be had.

use discord_standin::seed;
use seed::{channels, emojis, roles};

use super::{assert_refused_at, error_at};
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::{edited, settings};

/// The texts of a list's choices, in order; those that cannot be chosen in brackets.
fn offered(page: &Page, id: &str) -> Vec<String> {
    let (all, barred) = (format!("#{id} option"), format!("#{id} option[disabled]"));
    let barred = page.texts(&barred);
    page.texts(&all).into_iter().map(|text| if barred.contains(&text) { format!("[{text}]") } else { text }).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn channels_are_offered_as_discord_lists_them_each_with_its_kind() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let page = mira.get(&settings("tickets")).await;
    let text = offered(&page, "f-log-channel-id");
    let first = ["None", "#lost-and-found", "#welcome", "#rules", "#announcements (announcement)", "#general"];
    assert_eq!(text[..6], first.map(str::to_owned));
    let groups = page.attributes("#f-log-channel-id optgroup", "label");
    assert_eq!(groups, ["Information", "Community", "Support", "Staff", "Archive"]);
    let marks = page.attributes("#f-log-channel-id option", "data-mark");
    assert_eq!(marks[..4], ["channel-text", "channel-text", "channel-text", "channel-announcement"].map(str::to_owned));
    let categories = offered(&page, "f-category-id");
    assert!(categories.contains(&"Archive (48 of 50 channels)".to_owned()), "{categories:?}");

    let page = mira.get(&settings("music")).await;
    let voice = page.texts("#f-voice-channel-ids li");
    assert_eq!(
        voice[..5],
        ["Lobby voice", "Lounge voice", "Music bar voice", "Engine room voice", "Stage hall stage"].map(str::to_owned)
    );
    assert_eq!(page.texts("#f-voice-channel-ids .group-label"), ["Voice rooms", "Staff"]);
    // The owner may write anywhere; another manager is told where they may not.
    let announce = |page: &Page| offered(page, "f-announce-channel-id")[2..4].to_vec();
    assert_eq!(announce(&page), ["#welcome", "#rules"]);
    let page = app.signed_in(seed::JONAS).await.get(&settings("music")).await;
    assert_eq!(announce(&page), ["#welcome", "[#rules (you cannot write there)]"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_are_offered_by_rank_with_their_colour_and_why_they_cannot_be_given() {
    let app = TestApp::start().await;
    let page = app.signed_in(seed::JONAS).await.get(&settings("tempvoice")).await;
    assert_eq!(
        offered(&page, "f-voice-role-id"),
        [
            "None",
            "[Admin (not below the bot's highest role)]",
            "[Captain (not below the bot's highest role)]",
            "[Harbour Bot (belongs to an integration)]",
            "[Moderator (not below your highest role)]",
            "Support",
            "Event Host",
            "[Server Booster (belongs to an integration)]",
            "[Subscriber (belongs to an integration)]",
            "DJ",
            "Giveaways",
            "Member",
            "Muted",
        ]
    );
    let colors = page.attributes("#f-voice-role-id option", "data-color");
    assert_eq!(colors[..2], ["#e74c3c", "#f1c40f"].map(str::to_owned));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_chosen_is_named_while_the_list_is_closed() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("music").await;
    let chosen = [roles::DJ, roles::SUPPORT].map(|role| ("dj_role_ids".to_owned(), role.to_string()));
    let answer = mira.post(&settings("music"), &[form, chosen.to_vec()].concat()).await;
    let page = mira.follows(&answer).await;
    assert_eq!(page.texts("#f-dj-role-ids summary .chip"), ["Support", "DJ"]);
    assert!(page.text("#f-dj-role-ids summary").starts_with("2 chosen"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preset_that_is_chosen_without_scripts_takes_the_place_of_what_is_typed() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let action = settings("tempvoice");
    let page = mira.get(&action).await;
    let names = page.texts(".presets:has([name='panel_color-preset']) label");
    assert_eq!(names[..3], ["As typed above", "Blue", "Teal"].map(str::to_owned));
    let form = page.form(&action);
    assert!(page.has("[name='panel_color-preset'][value=''][checked]"), "as typed, unless a preset is chosen");

    let chosen = edited(form, &[("panel_color", "#111111"), ("panel_color-preset", "#f59e0b")]);
    assert_eq!(mira.post(&action, &chosen).await.status, 303);
    assert_eq!(app.stored("tempvoice").await.unwrap().0["panelColor"], "#f59e0b");
    // It is a text like any from then on, so that another one can be typed.
    assert_eq!(mira.saves("tempvoice", &[("panel_color", "#123456")]).await.status, 303);
    assert_eq!(app.stored("tempvoice").await.unwrap().0["panelColor"], "#123456");

    // A form that comes back for another reason keeps what was chosen, and a preset is judged as a text is.
    let form = mira.opens("tempvoice").await;
    let wrong = edited(form, &[("panel_color-preset", "#8b5cf6"), ("bitrate_kbps", "loud")]);
    let page = mira.post(&action, &wrong).await;
    assert_refused_at(&page, &["bitrate_kbps"]);
    assert!(page.form(&action).contains(&("panel_color".to_owned(), "#8b5cf6".to_owned())));
    let page = mira.saves("tempvoice", &[("panel_color-preset", "red")]).await;
    assert_refused_at(&page, &["panel_color"]);
    // Inside of a message, which stands deeper.
    let field = "now_playing_message.embed.color";
    assert_eq!(mira.saves("music", &[(&format!("{field}-preset"), "#14b8a6")]).await.status, 303);
    assert_eq!(app.stored("music").await.unwrap().0["nowPlayingMessage"]["embed"]["color"], "#14b8a6");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_length_of_time_is_also_said_in_words() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let edits = [("default_duration_minutes", "2160"), ("claim_hours", "25"), ("min_member_days", "3")];
    assert_eq!(mira.saves("giveaway", &edits).await.status, 303);
    let page = mira.get(&settings("giveaway")).await;
    let said = |field: &str| page.text(&format!("#f-{field}-length"));
    assert_eq!(said("default-duration-minutes"), "1 day 12 hours");
    assert_eq!(said("claim-hours"), "1 day 1 hour");
    assert_eq!(said("min-member-days"), "", "the number says it already");
    let described = page.attributes("#f-claim-hours", "aria-describedby").remove(0);
    assert!(described.contains("f-claim-hours-length"), "{described}");
    assert!(!page.has("#f-default-winners-length"), "winners are no time");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emoji_is_typed_by_name_and_seen_as_a_picture() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let page = mira.get(&settings("giveaway")).await;
    assert_eq!(page.text(".emoji-sign"), "🎉");
    for (typed, stored) in [(":trophy:", "🏆"), (":anchor:", &format!("<:anchor:{}>", emojis::ANCHOR))] {
        assert_eq!(mira.saves("giveaway", &[("button_emoji", typed)]).await.status, 303, "{typed}");
        assert_eq!(app.stored("giveaway").await.unwrap().0["buttonEmoji"], stored, "the server's own comes first");
    }
    let page = mira.get(&settings("giveaway")).await;
    assert_eq!(page.attributes(".emoji-sign img", "src"), [format!("/cdn/emojis/{}", emojis::ANCHOR)]);
    let page = mira.saves("giveaway", &[("button_emoji", ":no_such_name:")]).await;
    assert_refused_at(&page, &["button_emoji"]);
    assert!(error_at(&page, "button_emoji").contains("emoji"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_emoji_with_its_names_is_a_list_that_never_changes() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let page = mira.get(&settings("giveaway")).await;
    let href = page.attributes("#picker-words", "data-emojis").remove(0);
    assert!(page.body.len() < 400_000 && !page.body.contains("party_popper"), "the page itself does not carry it");
    let list = mira.get(&href).await;
    assert_eq!((list.status.as_u16(), list.header("content-type")), (200, "application/json"));
    assert!(list.header("cache-control").contains("immutable"), "{}", list.header("cache-control"));
    let all: Vec<(usize, String, String, String, String)> = serde_json::from_str(&list.body).unwrap();
    assert!(all.len() > 1500, "{}", all.len());
    let party = all.iter().find(|(_, sign, ..)| sign == "🎉").unwrap();
    assert_eq!((party.2.as_str(), party.3.as_str()), ("party popper", "tada"));
    let words = page.attributes("#picker-words", "data-groups").remove(0);
    let groups = words.split('|').count();
    assert!(all.is_sorted_by_key(|(group, ..)| *group) && all.iter().all(|(group, ..)| *group < groups));
    assert_eq!(mira.get("/emojis/0123456789ab.json").await.status, 404);

    let mut form = mira.get("/account/preferences").await.form("/account/preferences");
    form.iter_mut().find(|(name, _)| name == "language").unwrap().1 = "vi".into();
    assert_eq!(mira.post("/account/preferences", &form).await.status, 303);
    let page = mira.get(&settings("giveaway")).await;
    let ours = page.attributes("#picker-words", "data-emojis").remove(0);
    assert_ne!(ours, href, "another language, another list");
    let list: Vec<(usize, String, String, String, String)> = serde_json::from_str(&mira.get(&ours).await.body).unwrap();
    let signs =
        |all: &[(usize, String, String, String, String)]| all.iter().map(|one| one.1.clone()).collect::<Vec<_>>();
    assert_eq!(signs(&list), signs(&all), "the same signs in the same order");
    let heart = list.iter().find(|(_, sign, ..)| sign == "❤️").unwrap();
    assert_eq!((heart.2.as_str(), heart.4.as_str()), ("trái tim màu đỏ", "vi"), "also with a variation selector");
    let party = list.iter().find(|(_, sign, ..)| sign == "🎉").unwrap();
    assert!(party.3.contains("party popper") && party.3.contains("tada"), "and by its English names: {}", party.3);
    let named = list.iter().filter(|(.., language)| language == "vi").count();
    assert!(named * 100 > list.len() * 97, "{named} of {}", list.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_deleted_stays_chosen_until_somebody_chooses_otherwise() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("music").await;
    let chosen = [channels::MUSIC, channels::GENERAL, channels::GIVEAWAYS]
        .map(|id| ("text_channel_ids".to_owned(), id.to_string()));
    assert_eq!(mira.post(&settings("music"), &[form, chosen.to_vec()].concat()).await.status, 303);
    for channel in [channels::MUSIC, channels::GIVEAWAYS] {
        app.discord.edit(|world| world.delete_channel(channel)).unwrap();
    }
    app.clock.advance(std::time::Duration::from_secs(61));
    let page = mira.get(&settings("music")).await;
    // Of those without a name, each is told from the others by its number.
    let mut chips = page.texts("#f-text-channel-ids summary .chip");
    assert_eq!(chips.remove(0), "#general");
    let end = |channel: discord_standin::Id| channel.to_string().split_off(channel.to_string().len() - 4);
    let mut expected = [channels::MUSIC, channels::GIVEAWAYS]
        .map(|channel| format!("Deleted or hidden from the bot (ID …{})", end(channel)));
    expected.sort();
    chips.sort();
    assert_eq!(chips, expected);
    let gone = format!("#f-text-channel-ids [value='{}']", channels::MUSIC);
    assert_eq!(page.attributes(&gone, "data-mark"), ["warning"]);
    assert!(page.has(&format!("{gone}[checked]")) && !page.has(&format!("{gone}[disabled]")));
}
