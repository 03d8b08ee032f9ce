//! Cells that a spreadsheet would calculate, in every column of every file that one opens.

use super::begun;
use crate::giveaways::{insert, list as giveaways};
use crate::history::exporting::csv;
use crate::history::{executes, log};
use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// What spreadsheets calculate by, alone, behind blanks, and in its wide form.
const BEGINNINGS: [&str; 12] = ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\t=", "\u{a0}=", "\u{ff1d}", "\u{ff20}"];

async fn file(visitor: &mut Visitor, path: &str) -> Vec<Vec<String>> {
    let page: Page = visitor.get(path).await;
    assert_eq!(page.status, 200, "{path}: {}", page.title());
    assert!(page.header("content-type").starts_with("text/csv"), "{path}");
    csv(&page.body)
}

fn is_calculated(cell: &str) -> bool {
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    cell.starts_with(signs) || cell.trim_start().starts_with(signs)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_cell_of_any_file_is_calculated() {
    let app = begun().await;
    let mut mira = app.mira().await;
    mira.saves("tickets", &[("welcome_message.content", "=1+1")]).await;
    crate::panels::makes(&mut mira, "=1+1").await;
    crate::playlists::makes(&mut mira, "@SUM(A1)", &[]).await;
    crate::history::deeds::told(&app, "giveaway-end", "-1+1", None).await;
    insert(&app, "g", "ended", &[]).await;
    for beginning in BEGINNINGS {
        let text = format!("{beginning}cmd|'/C calc'!A0");
        let quoted = text.replace('\'', "''");
        executes(&app, &format!("UPDATE changes SET actor_name = '{quoted}'")).await;
        let columns = ["id", "prize", "reason", "host_name"].map(|column| format!("{column} = '{quoted}'")).join(", ");
        executes(&app, &format!("UPDATE giveaways SET {columns}")).await;
        let files = [format!("{}/export?format=csv", log()), format!("{}/export?format=csv&state=ended", giveaways())];
        for path in files {
            let lines = file(&mut mira, &path).await;
            assert!(lines.len() >= 2 && lines.iter().all(|line| line.len() == lines[0].len()), "{path}: {lines:?}");
            let cells: Vec<&String> = lines.iter().flatten().collect();
            assert!(cells.iter().any(|cell| **cell == format!("'{text}")), "{path}: it is there, as text: {cells:?}");
            for cell in cells {
                assert!(!is_calculated(cell), "{path}: {cell:?}");
            }
        }
    }
}
