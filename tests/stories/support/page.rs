//! An answer, read as a person reads a page.

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use scraper::{ElementRef, Html, Selector};

#[derive(Clone, Debug)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Page {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The texts of all elements that fit, white space folded.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        html.select(&Selector::parse(selector).unwrap()).map(text_of).collect()
    }

    pub fn text(&self, selector: &str) -> String {
        self.texts(selector).into_iter().next().unwrap_or_default()
    }

    /// The values of an attribute of all elements that fit.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).unwrap();
        html.select(&selector).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }

    pub fn has(&self, selector: &str) -> bool {
        Html::parse_document(&self.body).select(&Selector::parse(selector).unwrap()).next().is_some()
    }

    pub fn title(&self) -> String {
        self.text("title")
    }

    /// That this is an error's page which a person can act on: it says what happened and has a way on.
    pub fn explains(&self, status: u16, words: &str) {
        assert_eq!(self.status, status, "{} {}", self.title(), self.body);
        let title = self.title();
        assert!(title.starts_with("Error: ") && title.matches("Guildhall").count() == 1, "{title}");
        let heading = self.text("main h1");
        assert!(heading.contains(words), "{heading:?} does not say {words:?}");
        assert!(self.text("main p").len() > 15, "advice: {}", self.main());
        assert!(self.has("main .ways a[href]"), "a way on: {}", self.main());
    }

    /// The addresses of the ways on that an error's page offers, the best first.
    pub fn ways(&self) -> Vec<String> {
        self.attributes("main .ways a", "href")
    }

    /// Whether the page offers to send this form again.
    pub fn keeps_form(&self, action: &str) -> bool {
        self.has(&format!("form.again[action='{action}'] input[name=csrf_token]"))
    }

    /// The page without what differs every time: form tokens and the request's id.
    pub fn faceless(&self) -> String {
        let tokens = self.attributes("input[name=csrf_token]", "value");
        let once = tokens.into_iter().chain(self.texts(".request code")).filter(|text| !text.is_empty());
        once.fold(self.body.clone(), |body, text| body.replace(&text, ""))
    }

    /// Everything a person reads in the main part.
    pub fn main(&self) -> String {
        self.text("main")
    }

    /// The form as a browser would send it without touching anything: of the first form that posts to `action`.
    pub fn form(&self, action: &str) -> Vec<(String, String)> {
        let html = Html::parse_document(&self.body);
        let forms = Selector::parse("form").unwrap();
        let form = html
            .select(&forms)
            .find(|form| {
                form.attr("action") == Some(action)
                    && form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post"))
            })
            .unwrap_or_else(|| panic!("no form posts to {action} on {:?}", self.title()));
        fields(form)
    }
}

/// The pairs of a form's controls in their order; buttons are pressed, not sent.
fn fields(form: ElementRef<'_>) -> Vec<(String, String)> {
    let controls = Selector::parse("input, select, textarea").unwrap();
    let options = Selector::parse("option").unwrap();
    let mut pairs = Vec::new();
    for control in form.select(&controls) {
        let Some(name) = control.attr("name") else { continue };
        if control.attr("disabled").is_some() || inside_disabled(control) {
            continue;
        }
        let name = name.to_owned();
        match (control.value().name(), control.attr("type").unwrap_or("text")) {
            ("input", "checkbox" | "radio") => {
                // A colour "as typed" says nothing that the typed one does not.
                let says = !(name.ends_with("-preset") && control.attr("value") == Some(""));
                if control.attr("checked").is_some() && says {
                    pairs.push((name, control.attr("value").unwrap_or("on").to_owned()));
                }
            }
            ("input", "submit" | "button" | "image" | "file") => {}
            ("input", _) => pairs.push((name, control.attr("value").unwrap_or_default().to_owned())),
            ("textarea", _) => {
                let text: String = control.text().collect();
                // HTML drops a line end right behind the tag; browsers send CRLF.
                pairs.push((name, text.strip_prefix('\n').unwrap_or(&text).replace('\n', "\r\n")));
            }
            _ => {
                let all: Vec<_> = control.select(&options).filter(|option| option.attr("disabled").is_none()).collect();
                let chosen = all.iter().find(|option| option.attr("selected").is_some()).or(all.first());
                if let Some(option) = chosen {
                    let text = || text_of(*option);
                    pairs.push((name, option.attr("value").map_or_else(text, str::to_owned)));
                }
            }
        }
    }
    pairs
}

fn inside_disabled(control: ElementRef<'_>) -> bool {
    control
        .ancestors()
        .filter_map(ElementRef::wrap)
        .any(|one| one.value().name() == "fieldset" && one.attr("disabled").is_some())
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
