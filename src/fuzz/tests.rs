//! A short run of each target: the kept inputs, then altered ones. `FUZZ_SEED` repeats another run, `FUZZ_INPUTS` says
//! how many. `scripts/fuzz` runs them for long.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::mutator::Mutator;
use super::{TARGETS, Target, edits};

/// Altered inputs a target.
const INPUTS: u64 = 2_000;
const SEED: u64 = 20_261_124;
/// Kept inputs are short, so that they can be read.
const LONGEST: usize = 16 * 1024;

/// Says which input it was, if the target falls over it.
struct Running<'a> {
    name: &'a str,
    seed: u64,
    input: &'a [u8],
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let input = self.input.escape_ascii();
            eprintln!("target {}, FUZZ_SEED={}, with the input b\"{input}\"", self.name, self.seed);
        }
    }
}

fn run(name: &str) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target");
    let (seed, inputs) = (told("FUZZ_SEED").unwrap_or(SEED), told("FUZZ_INPUTS").unwrap_or(INPUTS));
    let kept = kept(name);
    assert!(kept.len() >= 8, "{name} has {} kept inputs", kept.len());
    for input in &kept {
        assert!(input.len() <= LONGEST);
        try_one(name, *target, seed, input);
    }
    try_one(name, *target, seed, b"");
    let mut mutator = Mutator::new(seed);
    for _ in 0..inputs {
        try_one(name, *target, seed, &mutator.altered(&kept));
    }
}

fn try_one(name: &str, target: Target, seed: u64, input: &[u8]) {
    let _running = Running { name, seed, input };
    target(input);
}

#[expect(clippy::disallowed_methods, reason = "tests are told by their environment what to run")]
fn told(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// In the order of their names: the same everywhere.
fn names_in(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

fn kept(name: &str) -> Vec<Vec<u8>> {
    let folder = root().join("corpus").join(name);
    names_in(&folder).iter().map(|file| std::fs::read(folder.join(file)).expect("a kept input")).collect()
}

#[test]
fn every_target_has_its_file_its_inputs_and_its_line() {
    let names: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names_in(&root().join("corpus")), names);
    let files: BTreeSet<String> = names.iter().map(|name| format!("{name}.rs")).collect();
    assert_eq!(names_in(&root().join("fuzz_targets")), files);
    let project = std::fs::read_to_string(root().join("Cargo.toml")).expect("the project");
    assert!(names.iter().all(|name| project.contains(&format!("name = \"{name}\""))));
}

#[test]
fn the_same_seed_alters_alike() {
    let kept = [b"one".to_vec(), b"another".to_vec()];
    let made = |seed| {
        let mut mutator = Mutator::new(seed);
        (0..100).map(|_| mutator.altered(&kept)).collect::<Vec<_>>()
    };
    assert_eq!(made(1), made(1));
    assert_ne!(made(1), made(2));
}

#[test]
fn an_edit_is_what_the_data_says() {
    assert_eq!(edits::edited(b"ours", b""), b"ours");
    assert_eq!(edits::edited(b"ours", b"\0\x01\x01\x01"), b"otr");
    assert_eq!(edits::edited(b"", b"\0\x01\x01"), b"");
}

#[test]
fn whatever_discord_answers_rules_and_lists_can_be_made_of_it() {
    run("answers");
}

#[test]
fn whatever_headers_say_nobody_chooses_an_address_or_a_host() {
    run("clients");
}

#[test]
fn no_cookie_opens_that_is_made_up_or_was_changed() {
    run("cookies");
}

#[test]
fn whatever_the_address_of_a_list_says_its_links_say_it_again() {
    run("cursors");
}

#[test]
fn whatever_a_bot_tells_the_rows_hold_what_pages_can_show() {
    run("events");
}

#[test]
fn whatever_file_is_read_is_written_as_it_was() {
    run("files");
}

#[test]
fn whatever_is_posted_a_form_that_is_taken_comes_back_as_itself() {
    run("forms");
}

#[test]
fn whatever_is_wished_for_the_way_back_is_a_page_of_ours() {
    run("return_to");
}

#[test]
fn whatever_is_typed_a_message_is_drawn_whole() {
    run("templates");
}

#[test]
fn no_token_is_believed_that_is_made_up_or_was_changed() {
    run("tokens");
}

#[test]
fn whatever_is_uploaded_reads_as_it_was_written() {
    run("uploads");
}
