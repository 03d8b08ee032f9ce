//! The matrix of docs/security.md has a row for each route, and says what the routes' list says.

use guildhall::guilds::rights::{Level, Scope};

use crate::routes::{For, ROUTES};
use crate::staff::Kind;

const DOCUMENT: &str = include_str!("../../docs/security.md");
/// Stands before and behind the matrix.
const MARK: &str = "<!-- matrix -->";
/// What stands for a row of a server in addresses.
const ROWS: [&str; 7] = ["{id}", "{gid}", "{tid}", "{rid}", "{panel_id}", "{playlist_id}", "{grant_id}"];

/// Method, path, what it needs of what, and what each answers: signed out, outsider, staff of each kind, manager, owner,
/// a row of another server.
pub fn documented() -> Vec<Vec<&'static str>> {
    let matrix = DOCUMENT.split(MARK).nth(1).expect("the matrix stands between two marks");
    let rows = matrix.lines().filter(|line| line.starts_with("| get |") || line.starts_with("| post |"));
    let cells = |line: &'static str| line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`'));
    rows.map(|line| cells(line).collect()).collect()
}

/// What a route of a server needs, and of what, as the matrix says it.
fn named(level: Level, scope: Scope<'static>) -> [&'static str; 2] {
    let level = match level {
        Level::View => "view",
        Level::Edit => "edit",
        Level::Act => "act",
    };
    let of = match scope {
        Scope::Server => "server",
        Scope::All => "all",
        Scope::Any => "any",
        Scope::Module(module) => module,
    };
    [level, of]
}

#[test]
fn the_matrix_of_the_documents_has_each_route_and_what_it_answers_to_whom() {
    let documented = documented();
    for (method, handler, path, who) in ROUTES {
        let found: Vec<_> = documented.iter().filter(|row| row[..2] == [*method, *path]).collect();
        assert_eq!(found.len(), 1, "{method} {path} ({handler})");
        let needs = match who {
            For::Anybody => ["nothing", "–"],
            For::SignedIn => ["person", "–"],
            For::Of(level, scope) => named(*level, *scope),
        };
        let signed_out = match (who, *method) {
            (For::Anybody, _) => "ok",
            (_, "get") => "303",
            _ => "401",
        };
        let outsider = if who.is_of_a_server() { "403" } else { "ok" };
        let staff = Kind::ALL.map(|kind| kind.answer(*who, path));
        let has_row = who.is_of_a_server() && ROWS.iter().any(|row| path.contains(row));
        let foreign = if has_row { "404" } else { "–" };
        let wanted: Vec<&str> =
            needs.into_iter().chain([signed_out, outsider]).chain(staff).chain(["ok", "ok", foreign]).collect();
        assert_eq!(found[0][2..], wanted, "{method} {path}");
    }
    assert_eq!(documented.len(), ROUTES.len(), "a row of a route that is not there");
}
