//! What is for the operator, or for nobody, has no address that the public can ask for.

use crate::support::TestApp;

/// What others look for: files of the program, of its folder and of its database, and pages about its inside.
const INNER: [&str; 34] = [
    "/metrics",
    "/metrics/",
    "/readyz/",
    "/readyz/details",
    "/healthz/x",
    "/health",
    "/status",
    "/server-status",
    "/debug",
    "/debug/pprof/",
    "/actuator/env",
    "/api",
    "/openapi.json",
    "/docs",
    "/.git/config",
    "/.git/HEAD",
    "/.gitignore",
    "/.env",
    "/.well-known/security.txt",
    "/Cargo.toml",
    "/Cargo.lock",
    "/src/main.rs",
    "/guildhall.db",
    "/guildhall.db-wal",
    "/backup.sql",
    "/static",
    "/static/.git/config",
    "/static/../Cargo.toml",
    "/static/..%2fCargo.toml",
    "/static/%2e%2e/Cargo.toml",
    "/static/....//Cargo.toml",
    "/cdn/../Cargo.toml",
    "/cdn/..%2f..%2fCargo.toml",
    "//etc/passwd",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_inner_is_found_where_the_public_comes() {
    let app = TestApp::start().await;
    for path in INNER {
        let page = app.gets_raw(path, "").await;
        page.explains(404, "no such page");
        for inner in ["# HELP", "[package]", "[core]", "DATABASE_URL"] {
            assert!(!page.body.contains(inner), "{path}: {inner}");
        }
    }
    // Whoever asks, a probe says a word.
    for path in ["/readyz", "/readyz?verbose", "/readyz?format=json"] {
        let page = app.gets_raw(path, "Accept: application/json\r\n").await;
        assert_eq!((page.status.as_u16(), page.body.as_str()), (200, "ok\n"), "{path}");
    }
}
