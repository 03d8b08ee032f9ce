//! What a person does with a form's controls, whatever they are hidden in.

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::key::Key;

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

    /// Clicks what leads to no other page, also on a page that is live and is drawn anew in between.
    pub async fn touches(&self, css: &str) {
        loop {
            let element = self.find(css).await;
            self.brings(&element).await;
            match element.click().await {
                Err(error) if error.is_stale_element_reference() => {}
                clicked => return clicked.unwrap(),
            }
        }
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

    /// Chooses in a list: by the browser's own, or by the field that the script has put in its place.
    pub async fn chooses(&self, name: &str, value: impl ToString) {
        let css = format!("form.settings [name='{name}']");
        if self.find(&css).await.attr("hidden").await.unwrap().is_none() {
            return self.control(name).await.select_by_value(&value.to_string()).await.unwrap();
        }
        let picker = self.uncovered(&format!("{css} + .picker input")).await;
        picker.click().await.unwrap();
        self.picks(&value.to_string()).await;
    }

    /// Clicks a check box among several, on its words; or what the script has put in its place.
    pub async fn ticks(&self, name: &str, value: impl ToString) {
        let css = format!("form.settings [name='{name}'][value='{}']", value.to_string());
        let field = self.find(&css).await;
        let before = field.is_selected().await.unwrap();
        let picker =
            format!("fieldset:has(> details[hidden] {}) > .picker input", css.trim_start_matches("form.settings "));
        if self.client.find(Locator::Css(&picker)).await.is_ok() {
            self.uncovered(&picker).await.click().await.unwrap();
            self.picks(&value.to_string()).await;
            self.client.active_element().await.unwrap().send_keys(&char::from(Key::Escape).to_string()).await.unwrap();
        } else {
            let id = self.uncovered(&css).await.attr("id").await.unwrap().unwrap();
            self.find(&format!("label[for='{id}']")).await.click().await.unwrap();
        }
        assert_ne!(field.is_selected().await.unwrap(), before, "{name}");
    }

    /// Clicks a choice of the list that is open.
    async fn picks(&self, value: &str) {
        let option = self.find(&format!(".picker-list:popover-open [data-value='{value}']")).await;
        self.client
            .execute("arguments[0].scrollIntoView({block: 'nearest'})", vec![serde_json::to_value(&option).unwrap()])
            .await
            .unwrap();
        option.click().await.unwrap();
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
