//! A ticket panel as a message of Discord's.

use config_sync::TicketPanel;
use serde_json::{Map, Value, json};

const IN_A_ROW: usize = 5;

/// The message of a panel.
pub(super) fn body(panel: &TicketPanel) -> Value {
    json!({ "embeds": [embed(&panel.embed)], "components": components(panel) })
}

/// `#rrggbb` as Discord counts colours.
pub(super) fn color(text: Option<&str>) -> Option<u32> {
    u32::from_str_radix(text?.strip_prefix('#')?, 16).ok()
}

/// What is empty is left out: Discord takes no empty address.
fn embed(words: &Map<String, Value>) -> Value {
    let text = |name: &str| words.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let mut embed = Map::new();
    let mut put = |name: &str, value: Option<Value>| embed.extend(value.map(|value| (name.to_owned(), value)));
    put("title", text("title").map(Value::from));
    put("description", text("description").map(Value::from));
    put("color", color(text("color")).map(Value::from));
    put("image", text("imageUrl").map(|url| json!({ "url": url })));
    put("thumbnail", text("thumbnail").map(|url| json!({ "url": url })));
    put("footer", text("footer").map(|text| json!({ "text": text })));
    Value::Object(embed)
}

fn components(panel: &TicketPanel) -> Value {
    let text = |category: &Map<String, Value>, name: &str| {
        category.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let name = |category: &Map<String, Value>| text(category, "name").unwrap_or_else(|| "Open a ticket".to_owned());
    let id = |place: usize| format!("ticket:{}:{place}", panel.panel_id);
    if panel.component_type == "SELECT" {
        let option = |(place, category): (usize, &Map<String, Value>)| {
            let description = text(category, "description");
            let mut option = json!({ "label": name(category), "value": id(place) });
            if let Some(description) = description {
                option["description"] = json!(description);
            }
            option
        };
        let options: Vec<Value> = panel.categories.iter().enumerate().map(option).collect();
        let placeholder = panel.select_placeholder.as_deref().filter(|text| !text.is_empty());
        let custom_id = format!("ticket:{}", panel.panel_id);
        let mut select = json!({ "type": 3, "custom_id": custom_id, "options": options });
        if let Some(placeholder) = placeholder {
            select["placeholder"] = json!(placeholder);
        }
        return json!([{ "type": 1, "components": [select] }]);
    }
    let style = match panel.button_style.as_deref() {
        Some("SECONDARY") => 2,
        Some("SUCCESS") => 3,
        Some("DANGER") => 4,
        _ => 1,
    };
    let button = |(place, category): (usize, &Map<String, Value>)| json!({ "type": 2, "style": style, "label": name(category), "custom_id": id(place) });
    let buttons: Vec<Value> = panel.categories.iter().enumerate().map(button).collect();
    let rows = buttons.chunks(IN_A_ROW).map(|row| json!({ "type": 1, "components": row }));
    rows.collect()
}
