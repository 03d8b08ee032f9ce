//! The colours that are offered beside each field for one.

/// As they are written in a form.
pub const PRESETS: &[&str] = &["#3b82f6", "#14b8a6", "#57f287", "#eb459e", "#ed4245", "#f59e0b", "#8b5cf6", "#64748b"];

/// The key of a preset's name: a colour must not be told by its look alone.
pub fn word(preset: &str) -> &'static str {
    match preset {
        "#3b82f6" => "color-blue",
        "#14b8a6" => "color-teal",
        "#57f287" => "color-green",
        "#eb459e" => "color-pink",
        "#ed4245" => "color-red",
        "#f59e0b" => "color-amber",
        "#8b5cf6" => "color-violet",
        "#64748b" => "color-slate",
        _ => "color-other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::parse::is_color;

    #[test]
    fn every_preset_is_a_color_with_a_name_of_its_own() {
        let words: std::collections::BTreeSet<&str> = PRESETS.iter().map(|preset| word(preset)).collect();
        assert_eq!(words.len(), PRESETS.len());
        assert!(!words.contains("color-other"));
        assert!(PRESETS.iter().all(|preset| is_color(preset)));
    }
}
