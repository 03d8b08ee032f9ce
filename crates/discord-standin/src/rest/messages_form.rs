//! The rules a message's body must keep, each with the path Discord names. What a message is
//! for, and whether the bot may post it, is not judged here.

use std::collections::HashSet;

use serde_json::Value;

use super::form::FormErrors;

/// SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS, IS_COMPONENTS_V2: the flags a bot may set.
const SETTABLE_FLAGS: u64 = 4 | 4096 | COMPONENTS_V2;
const COMPONENTS_V2: u64 = 32768;

/// Checks a whole body.
pub fn check(body: &Value, errors: &mut FormErrors) {
    if !body.is_object() {
        errors.add("_root", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        return;
    }
    errors.text("content", body.get("content"), 0, 2000);
    errors.text("nonce", body.get("nonce"), 0, 25);
    errors.list("sticker_ids", body.get("sticker_ids"), 3);
    let flags = body["flags"].as_u64().unwrap_or(0);
    if flags & !SETTABLE_FLAGS != 0 {
        errors.add("flags", "MESSAGE_FLAGS_INVALID", "Flags cannot be set.");
    }
    if flags & COMPONENTS_V2 != 0 {
        for field in ["content", "embeds", "sticker_ids", "poll"] {
            if !body[field].is_null() {
                let message = "The field cannot be used when using MessageFlags.IS_COMPONENTS_V2";
                errors.add(field, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message);
            }
        }
    }
    embeds(body, errors);
    mentions(&body["allowed_mentions"], errors);
    if flags & COMPONENTS_V2 == 0 {
        rows(body, errors);
    }
}

fn embeds(body: &Value, errors: &mut FormErrors) {
    let mut total = 0;
    for (index, embed) in errors.list("embeds", body.get("embeds"), 10).iter().enumerate() {
        let at = |field: &str| format!("embeds.{index}.{field}");
        total += errors.text(&at("title"), embed.get("title"), 0, 256);
        total += errors.text(&at("description"), embed.get("description"), 0, 4096);
        total += errors.text(&at("footer.text"), embed["footer"].get("text"), 0, 2048);
        total += errors.text(&at("author.name"), embed["author"].get("name"), 0, 256);
        errors.number(&at("color"), embed.get("color"), 0, 0xff_ffff);
        errors.link(&at("url"), embed.get("url"), false);
        errors.link(&at("author.url"), embed["author"].get("url"), false);
        for image in ["image", "thumbnail"] {
            errors.link(&at(&format!("{image}.url")), embed[image].get("url"), true);
        }
        for icon in ["footer", "author"] {
            errors.link(&at(&format!("{icon}.icon_url")), embed[icon].get("icon_url"), true);
        }
        let fields = errors.list(&at("fields"), embed.get("fields"), 25);
        for (number, field) in fields.iter().enumerate() {
            total += errors.required(&at(&format!("fields.{number}.name")), field.get("name"), 256);
            total += errors.required(&at(&format!("fields.{number}.value")), field.get("value"), 1024);
        }
    }
    if total > 6000 {
        let message = "Embed size exceeds maximum size of 6000";
        errors.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", message);
    }
}

fn mentions(allowed: &Value, errors: &mut FormErrors) {
    let parse = errors.list("allowed_mentions.parse", allowed.get("parse"), 3);
    for (index, word) in parse.iter().enumerate() {
        if !matches!(word.as_str(), Some("users" | "roles" | "everyone")) {
            let path = format!("allowed_mentions.parse.{index}");
            let message = "Value must be one of ('everyone', 'roles', 'users').";
            errors.add(&path, "BASE_TYPE_CHOICES", message);
        }
    }
    for kind in ["users", "roles"] {
        let path = format!("allowed_mentions.{kind}");
        let listed = errors.list(&path, allowed.get(kind), 100);
        if !listed.is_empty() && parse.iter().any(|word| word == kind) {
            let message = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            errors.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", &message);
        }
    }
}

fn rows(body: &Value, errors: &mut FormErrors) {
    let mut ids = HashSet::new();
    for (index, row) in errors.list("components", body.get("components"), 5).iter().enumerate() {
        let path = format!("components.{index}");
        if row["type"] != 1 {
            let message = "Value of field \"type\" must be one of (1,).";
            errors.add(&format!("{path}.type"), "UNION_TYPE_CHOICES", message);
            continue;
        }
        let inner = format!("{path}.components");
        let parts = errors.list(&inner, row.get("components"), 5);
        let selects = parts.iter().filter(|part| part["type"] != 2).count();
        if parts.is_empty() {
            errors.add(&inner, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
        }
        if selects > 0 && parts.len() > 1 {
            let message = "The specified component exceeds the maximum width";
            errors.add(&inner, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
        }
        for (number, part) in parts.iter().enumerate() {
            let at = format!("{inner}.{number}");
            match part["type"].as_u64() {
                Some(2) => button(&at, part, errors),
                Some(3) => select(&at, part, errors),
                Some(5..=8) => {
                    errors.required(&format!("{at}.custom_id"), part.get("custom_id"), 100);
                }
                _ => {
                    let message = "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).";
                    errors.add(&format!("{at}.type"), "UNION_TYPE_CHOICES", message);
                }
            }
            if let Some(id) = part["custom_id"].as_str()
                && !ids.insert(id)
            {
                let message = "Component custom id cannot be duplicated";
                errors.add(&format!("{at}.custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message);
            }
        }
    }
}

fn button(at: &str, part: &Value, errors: &mut FormErrors) {
    errors.text(&format!("{at}.label"), part.get("label"), 0, 80);
    match part["style"].as_u64() {
        Some(1..=4) => {
            errors.required(&format!("{at}.custom_id"), part.get("custom_id"), 100);
        }
        Some(5) => {
            errors.required(&format!("{at}.url"), part.get("url"), 512);
            errors.link(&format!("{at}.url"), part.get("url"), false);
            if !part["custom_id"].is_null() {
                let message = "A custom id and url cannot both be specified";
                errors.add(&format!("{at}.custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", message);
            }
        }
        Some(6) => {
            errors.required(&format!("{at}.sku_id"), part.get("sku_id"), 20);
        }
        _ => {
            let message = "Value must be one of (1, 2, 3, 4, 5, 6).";
            errors.add(&format!("{at}.style"), "BASE_TYPE_CHOICES", message);
        }
    }
    let named = part["label"].as_str().is_some_and(|label| !label.is_empty());
    if !named && part["emoji"].is_null() && part["style"] != 6 {
        let message = "A button must have a label or an emoji";
        errors.add(at, "BUTTON_COMPONENT_INVALID_LABEL", message);
    }
}

fn select(at: &str, part: &Value, errors: &mut FormErrors) {
    errors.required(&format!("{at}.custom_id"), part.get("custom_id"), 100);
    errors.text(&format!("{at}.placeholder"), part.get("placeholder"), 0, 150);
    errors.number(&format!("{at}.min_values"), part.get("min_values"), 0, 25);
    errors.number(&format!("{at}.max_values"), part.get("max_values"), 1, 25);
    let options = errors.list(&format!("{at}.options"), part.get("options"), 25);
    if options.is_empty() {
        let message = "Must be between 1 and 25 in length.";
        errors.add(&format!("{at}.options"), "BASE_TYPE_BAD_LENGTH", message);
    }
    let mut values = HashSet::new();
    for (index, option) in options.iter().enumerate() {
        let at = format!("{at}.options.{index}");
        errors.required(&format!("{at}.label"), option.get("label"), 100);
        errors.required(&format!("{at}.value"), option.get("value"), 100);
        errors.text(&format!("{at}.description"), option.get("description"), 0, 100);
        if let Some(value) = option["value"].as_str()
            && !values.insert(value)
        {
            let message = "The specified option value is already used";
            errors.add(&format!("{at}.value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
    }
}
