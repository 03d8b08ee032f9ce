//! One list in several states: what `templates/parts/tabs.html` draws.

#[derive(Clone, Debug)]
pub struct Tab {
    /// For scripts and tests.
    pub name: &'static str,
    pub label: String,
    /// How many there are, as people read it.
    pub count: String,
    pub href: String,
    pub current: bool,
}
