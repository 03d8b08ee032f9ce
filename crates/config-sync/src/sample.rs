//! A message sent as a test: its placeholders stand for examples.

use crate::orders::SendTest;
use crate::render::Rendered;
use crate::template::MessageTemplate;
use crate::values::{Value, Values};

impl SendTest {
    /// The message with its placeholders filled: with `values` where they name one, such as the person who asked, else
    /// with the examples. None: there is nothing to be said, or the template cannot be read.
    #[must_use]
    pub fn render(&self, mut values: Values) -> Option<Rendered> {
        for (name, example) in &self.examples {
            if let Some(example) = example.as_str() {
                values.by_name.entry(name.clone()).or_insert_with(|| Value::Text(example.to_owned()));
            }
        }
        let template: MessageTemplate = serde_json::from_value(self.template.clone().into()).ok()?;
        template.render(&values)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn examples_fill_what_the_bot_does_not_know_better() {
        let test: SendTest = from_value(json!({
            "template": { "content": "{user} wins *{prize}* {else}", "embed": { "enabled": false } },
            "examples": { "user": "@Mira", "prize": "a *hat*", "number": 3 },
        }))
        .unwrap();
        let sent = test.render(Values::at(0)).unwrap();
        assert_eq!(sent.content, "\\@Mira wins *a \\*hat\\** {else}");
        let sent = test.render(Values::at(0).person("user", 5, "Jonas")).unwrap();
        assert_eq!(
            (sent.content.as_str(), sent.allowed_mentions.users),
            ("<@5> wins *a \\*hat\\** {else}", vec!["5".to_owned()])
        );
    }

    #[test]
    fn nothing_is_sent_of_a_template_that_says_nothing_or_is_none() {
        for template in [json!({}), json!({ "enabled": false, "content": "a" }), json!({ "content": 3 })] {
            let test: SendTest = from_value(json!({ "template": template })).unwrap();
            assert_eq!(test.render(Values::at(0)), None);
        }
    }
}
