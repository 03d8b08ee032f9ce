//! The matrix of docs/security.md has a row for each route, and says what the routes' list says.

use crate::routes::{For, ROUTES};

const DOCUMENT: &str = include_str!("../../docs/security.md");
/// Stands before and behind the matrix.
const MARK: &str = "<!-- matrix -->";
/// What stands for a row of a server in addresses.
const ROWS: [&str; 6] = ["{id}", "{gid}", "{tid}", "{rid}", "{panel_id}", "{playlist_id}"];

/// Method, path, what it needs, and what each answers: signed out, outsider, manager, owner, a row of another server.
fn documented() -> Vec<Vec<&'static str>> {
    let matrix = DOCUMENT.split(MARK).nth(1).expect("the matrix stands between two marks");
    let rows = matrix.lines().filter(|line| line.starts_with("| get |") || line.starts_with("| post |"));
    let cells = |line: &'static str| line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`'));
    rows.map(|line| cells(line).collect()).collect()
}

#[test]
fn the_matrix_of_the_documents_has_each_route_and_what_it_answers_to_whom() {
    let documented = documented();
    for (method, handler, path, who) in ROUTES {
        let found: Vec<_> = documented.iter().filter(|row| row[..2] == [*method, *path]).collect();
        assert_eq!(found.len(), 1, "{method} {path} ({handler})");
        let needs: &[&str] = match (who, *method) {
            (For::Anybody, _) => &["nothing"],
            (For::SignedIn, _) => &["person"],
            (For::Managers, "get") => &["view"],
            (For::Managers, _) => &["view", "edit", "act"],
        };
        assert!(needs.contains(&found[0][2]), "{:?}", found[0]);
        let signed_out = match (who, *method) {
            (For::Anybody, _) => "ok",
            (_, "get") => "303",
            _ => "401",
        };
        let outsider = if *who == For::Managers { "403" } else { "ok" };
        let has_row = *who == For::Managers && ROWS.iter().any(|row| path.contains(row));
        let foreign = if has_row { "404" } else { "–" };
        assert_eq!(found[0][3..], [signed_out, outsider, "ok", "ok", foreign], "{method} {path}");
    }
    assert_eq!(documented.len(), ROUTES.len(), "a row of a route that is not there");
}
