//! What a page of a server is called: in the window's title, and as the last step of the way that leads to it.
//!
//! A title is said from the inside out: what happened, the page, its place, the server, and whose site it is.

use crate::web::shell::{Crumb, GuildNav, Shell, Tone};
use crate::web::words::Message;

/// A page of a server.
#[derive(Clone, Debug, Default)]
pub struct Title {
    /// None: the place itself, as the navigation names it.
    page: Option<Message>,
    outcome: Option<Outcome>,
    /// Whether a flash that says something went well is about this page.
    tells: bool,
    /// Pages between the place and this one.
    steps: Vec<(Message, String)>,
}

/// What is said first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Saved,
    Wrong,
    Conflict,
}

impl Outcome {
    fn key(self) -> &'static str {
        match self {
            Self::Saved => "title-saved",
            Self::Wrong => "title-wrong",
            Self::Conflict => "title-conflict",
        }
    }
}

impl From<Message> for Title {
    fn from(page: Message) -> Self {
        Self { page: Some(page), ..Self::default() }
    }
}

impl Title {
    /// The page that its entry in the navigation leads to.
    pub fn of_the_place() -> Self {
        Self::default()
    }

    /// Begins with "Saved:" where the page says so.
    pub fn after_a_save(self) -> Self {
        Self { tells: true, ..self }
    }

    /// Begins with "Error:".
    pub fn wrong_if(self, wrong: bool) -> Self {
        if wrong { Self { outcome: Some(Outcome::Wrong), ..self } } else { self }
    }

    /// Begins with "Conflict:".
    pub fn conflict_if(self, conflict: bool) -> Self {
        if conflict { Self { outcome: Some(Outcome::Conflict), ..self } } else { self }
    }

    /// The page stands below another one, which is not a place of the navigation.
    pub fn below(mut self, label: Message, href: impl Into<String>) -> Self {
        self.steps.push((label, href.into()));
        self
    }
}

impl Shell {
    /// Puts the page into its server: the navigation, the way to it, its title.
    pub fn stands_in(&mut self, mut nav: GuildNav, title: &Title) {
        let place = nav.current().filter(|item| !item.is_overview()).cloned();
        let page = title.page.as_ref().map(|page| self.words.say(page));
        self.title = self.worded(title, &nav, place.as_ref().map(|item| item.label.as_str()), page.as_deref());
        let mut crumbs = vec![Crumb { label: nav.name.clone(), href: Some(format!("/guilds/{}", nav.id)) }];
        crumbs.extend(place.map(|item| Crumb { label: item.label, href: Some(item.href) }));
        let steps = title.steps.iter();
        crumbs.extend(steps.map(|(label, href)| Crumb { label: self.words.say(label), href: Some(href.clone()) }));
        crumbs.extend(page.map(|label| Crumb { label, href: None }));
        // The overview is where all ways begin.
        if crumbs.len() == 1 {
            crumbs.clear();
        }
        if let Some(last) = crumbs.last_mut() {
            last.href = None;
        }
        nav.crumbs = crumbs;
        self.guild = Some(nav);
    }

    fn worded(&self, title: &Title, nav: &GuildNav, place: Option<&str>, page: Option<&str>) -> String {
        let message = match (page, place) {
            (Some(page), Some(place)) => Message::new("title-in-place").text("page", page).text("place", place),
            (Some(page), None) | (None, Some(page)) => Message::new("title-on-server").text("page", page),
            (None, None) => Message::new("title-overview"),
        };
        let plain = self.words.say(&message.name("server", &nav.name));
        let saved = title.tells && self.flash.as_ref().is_some_and(|flash| flash.tone == Tone::Good);
        match title.outcome.or(saved.then_some(Outcome::Saved)) {
            Some(outcome) => self.words.say(&Message::new(outcome.key()).text("title", plain)),
            None => plain,
        }
    }
}
