//! What a person does with a form's controls, whatever they are hidden in.

use fantoccini::Locator;
use fantoccini::elements::Element;

use super::chromium::Browser;

impl Browser {
    /// A form's control by its name, with everything opened that it stands in.
    pub async fn control(&self, name: &str) -> Element {
        self.uncovered(&format!("form.settings [name='{name}']")).await
    }

    /// An element, with every closed part around it opened as a person would.
    pub async fn uncovered(&self, css: &str) -> Element {
        let element = self.find(css).await;
        let around = Locator::XPath("ancestor::details[not(@open)]/summary");
        // Outermost first: what is inside of a closed part cannot be clicked.
        for summary in element.find_all(around).await.unwrap() {
            self.brings(&summary).await;
            summary.click().await.unwrap();
        }
        self.brings(&element).await;
        element
    }

    pub async fn writes(&self, name: &str, text: &str) {
        let field = self.control(name).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    pub async fn switches(&self, name: &str, on: bool) {
        let field = self.control(name).await;
        if field.is_selected().await.unwrap() != on {
            field.click().await.unwrap();
        }
        assert_eq!(field.is_selected().await.unwrap(), on, "{name}");
    }

    pub async fn chooses(&self, name: &str, value: impl ToString) {
        self.control(name).await.select_by_value(&value.to_string()).await.unwrap();
    }

    /// Clicks a check box among several, on its words.
    pub async fn ticks(&self, name: &str, value: impl ToString) {
        let field = self.uncovered(&format!("form.settings [name='{name}'][value='{}']", value.to_string())).await;
        let before = field.is_selected().await.unwrap();
        let id = field.attr("id").await.unwrap().unwrap();
        self.find(&format!("label[for='{id}']")).await.click().await.unwrap();
        assert_ne!(field.is_selected().await.unwrap(), before, "{name}");
    }

    /// Adds, moves or removes a row: `add:creators`, `up:creators.1`.
    pub async fn rows(&self, request: &str) {
        let css = format!("button[name=row][value='{request}']");
        self.uncovered(&css).await;
        self.presses(&css).await;
        let list = request.split_once(':').unwrap().1.trim_end_matches(|c: char| c == '.' || c.is_ascii_digit());
        let id = format!("f-{}", list.replace(['.', '_'], "-"));
        self.has_focus_on(&id).await;
    }

    pub async fn previews(&self, template: &str) {
        let css = format!("button[name=preview][value='{template}']");
        self.uncovered(&css).await;
        self.presses(&css).await;
    }

    pub async fn saves(&self) {
        self.presses(".save-bar .button-main").await;
    }

    /// What is in the form, as it was sent by the service.
    pub async fn stands(&self, action: &str, expected: &[(&str, String)]) {
        let form = self.page().await.form(action);
        for (name, value) in expected {
            let found: Vec<&str> =
                form.iter().filter(|(field, _)| field == name).map(|(_, text)| text.as_str()).collect();
            assert!(found.contains(&value.as_str()), "{name}: {value} is not among {found:?}");
        }
    }
}
