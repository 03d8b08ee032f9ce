//! Migrations, words and static files are compiled in: a new one must rebuild the crate.

fn main() {
    for folder in ["migrations", "locales", "static", "templates"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
