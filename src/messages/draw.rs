//! Blocks and lists as templates, because what holds others of its kind cannot be drawn by a macro.

use askama::Template;
use askama::filters::HtmlSafe;

use super::tree::{Block, Content, List};
use crate::web::words::filters;

/// `templates/parts/blocks.html`
#[derive(Template)]
#[template(path = "parts/blocks.html")]
pub struct DrawnBlocks<'a> {
    blocks: &'a [Block],
}

/// `templates/parts/list.html`
#[derive(Template)]
#[template(path = "parts/list.html")]
pub struct DrawnList<'a> {
    list: &'a List,
}

/// A template has drawn it, and escaped what stands in it.
impl HtmlSafe for DrawnBlocks<'_> {}
impl HtmlSafe for DrawnList<'_> {}

impl Content {
    pub fn drawn(&self) -> DrawnBlocks<'_> {
        DrawnBlocks { blocks: &self.blocks }
    }
}

impl List {
    pub fn drawn(&self) -> DrawnList<'_> {
        DrawnList { list: self }
    }
}

impl DrawnBlocks<'_> {
    fn of<'b>(&self, blocks: &'b [Block]) -> DrawnBlocks<'b> {
        DrawnBlocks { blocks }
    }
}
