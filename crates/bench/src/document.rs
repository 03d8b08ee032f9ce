//! The table's place in a document: between two lines that stay, whatever is written around them.

use std::path::Path;

use anyhow::Context as _;

const BEGIN: &str = "<!-- measured: scripts/bench writes what follows -->\n";
const END: &str = "<!-- end of what scripts/bench writes -->\n";

/// Puts text into its place.
///
/// # Errors
/// A file that cannot be read or written, or has no such place.
pub fn write(file: &Path, text: &str) -> anyhow::Result<()> {
    let whole = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let written = placed(&whole, text).with_context(|| format!("{} has no place for figures", file.display()))?;
    Ok(std::fs::write(file, written)?)
}

fn placed(whole: &str, text: &str) -> Option<String> {
    let (before, rest) = whole.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{text}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_the_figures_stays() {
        let whole = format!("# Title\n\n{BEGIN}old\n{END}\n## More\n");
        assert_eq!(placed(&whole, "new\n").unwrap(), format!("# Title\n\n{BEGIN}\nnew\n\n{END}\n## More\n"));
        assert_eq!(placed("# Title\n", "new"), None);
    }
}
