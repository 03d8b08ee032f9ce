//! `scripts/release` and `scripts/fresh`, in a folder of their own, with a cargo that builds nothing.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Answers what the scripts ask, as the story wants it, and writes down what it was asked.
const CARGO: &str = r#"#!/usr/bin/env bash
echo "$*" >> "$CALLS"
case "$*" in
  "metadata "*) echo "{\"packages\":[{\"name\":\"guildhall\",\"version\":\"1.2.3\"}],\"target_directory\":\"$PWD/target\"}" ;;
  "update --dry-run")
    [ -z "${AWAY:-}" ] || { echo "error: failed to fetch the index" >&2; exit 101; }
    printf '    Updating crates.io index\n     Locking 1 package to latest compatible versions\n%s\n' "${NEWER:-}" >&2
    echo 'warning: not updating lockfile due to dry run' >&2 ;;
  "deny --version") [ -z "${NO_DENY:-}" ] ;;
  "deny fetch db") [ -z "${AWAY:-}" ] ;;
  "deny check --disable-fetch advisories") [ -z "${FAULTY:-}" ] ;;
  "build "*) mkdir -p target/release && echo program > target/release/guildhall ;;
  "cyclonedx --manifest-path "*) echo '{"bomFormat":"CycloneDX","metadata":{"component":{}}}' > "$(dirname "$3")/${11}.json" ;;
esac
"#;
const RUSTC: &str = "#!/bin/sh\necho 'host: x86_64-unknown-linux-gnu'\n";
const NAME: &str = "guildhall-1.2.3-x86_64-unknown-linux-gnu";

/// A repository with the two scripts, all of it committed.
struct Workshop(TempDir);

impl Workshop {
    fn make() -> Self {
        let workshop = Self(tempfile::Builder::new().prefix("guildhall-release").tempdir().unwrap());
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
        for folder in ["scripts", "stand-ins"] {
            std::fs::create_dir(workshop.path(folder)).unwrap();
        }
        for script in ["release", "fresh"] {
            std::fs::copy(ours.join(script), workshop.path("scripts").join(script)).unwrap();
        }
        for (name, text) in [("cargo", CARGO), ("rustc", RUSTC)] {
            let path = workshop.path("stand-ins").join(name);
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        for name in ["Cargo.toml", "Cargo.lock"] {
            std::fs::write(workshop.path(name), "").unwrap();
        }
        std::fs::write(workshop.path(".gitignore"), "/target\n/calls\n").unwrap();
        let commit = "git init -q && git add -A && \
                      git -c user.name=story -c user.email=story@localhost -c commit.gpgsign=false commit -qm story";
        let made = workshop.shell(commit, &[], &[]);
        assert!(made.status.success(), "{made:?}");
        workshop
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs a script; gives whether it went well, and all that it said.
    fn runs(&self, script: &str, arguments: &[&str], environment: &[(&str, &str)]) -> (Option<i32>, String) {
        let ran = self.shell(&format!("exec scripts/{script} \"$@\""), arguments, environment);
        (ran.status.code(), String::from_utf8([ran.stdout, ran.stderr].concat()).unwrap())
    }

    fn shell(&self, text: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        let mut command = Command::new("bash");
        command.arg("-c").arg(format!("PATH=$STAND_INS:$PATH; {text}")).arg("bash").args(arguments);
        for ours in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(ours);
        }
        command.env("STAND_INS", self.path("stand-ins")).env("CALLS", self.path("calls"));
        command.envs(environment.iter().copied()).current_dir(self.0.path()).output().unwrap()
    }

    fn reads(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(&format!("target/guildhall-1.2.3/{name}"))).unwrap()
    }

    fn was_built(&self) -> bool {
        std::fs::read_to_string(self.path("calls")).unwrap().lines().any(|call| call.starts_with("build "))
    }
}

const NEWER: (&str, &str) = ("NEWER", "    Updating serde v1.0.1 -> v1.0.2");

#[test]
fn what_is_behind_is_said_and_so_is_what_cannot_be_looked_at() {
    let workshop = Workshop::make();
    let (code, said) = workshop.runs("fresh", &[], &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("newest that fits") && said.contains("No crate has a known fault"), "{said}");
    for (environment, code, word) in [
        (NEWER, 1, "serde v1.0.1 -> v1.0.2"),
        (("NEWER", " Downgrading serde v1.0.2 -> v1.0.1"), 1, "serde v1.0.2 -> v1.0.1"),
        (("FAULTY", "yes"), 1, "a known fault"),
        (("NO_DENY", "yes"), 2, "cargo-deny is not installed"),
        (("AWAY", "yes"), 2, "failed to fetch the index"),
    ] {
        let (ended, said) = workshop.runs("fresh", &[], &[environment]);
        assert_eq!(ended, Some(code), "{environment:?}: {said}");
        assert!(said.contains(word), "{environment:?}: {said}");
    }
    let (code, said) = workshop.runs("fresh", &[], &[NEWER, ("NO_DENY", "yes")]);
    assert!(code == Some(2) && said.contains("serde"), "each is said: {said}");
}

#[test]
fn nothing_is_released_with_a_crate_that_is_behind_or_that_nobody_has_looked_at() {
    let workshop = Workshop::make();
    for environment in [NEWER, ("FAULTY", "yes"), ("NO_DENY", "yes"), ("AWAY", "yes")] {
        let (code, said) = workshop.runs("release", &[], &[environment]);
        assert_eq!(code, Some(1), "{environment:?}: {said}");
        assert!(said.contains("Nothing was made") && said.contains("--offline"), "{environment:?}: {said}");
        assert!(!workshop.was_built() && !workshop.path("target/guildhall-1.2.3").exists(), "{environment:?}");
    }
    let (code, said) = workshop.runs("release", &[], &[]);
    assert_eq!(code, Some(0), "{said}");
    for name in [format!("{NAME}.cdx.json"), "RELEASE.txt".to_owned()] {
        let text = workshop.reads(&name);
        assert!(text.contains("none had a known fault") && !text.contains("--offline"), "{name}: {text}");
    }
    assert_eq!(workshop.reads("SHA256SUMS").lines().count(), 3, "{said}");
}

#[test]
fn a_release_that_was_made_without_looking_says_so_in_itself() {
    let workshop = Workshop::make();
    let (code, said) = workshop.runs("release", &["--offline"], &[NEWER, ("AWAY", "yes"), ("FAULTY", "yes")]);
    assert_eq!(code, Some(0), "{said}");
    assert!(workshop.was_built());
    let list: serde_json::Value = serde_json::from_str(&workshop.reads(&format!("{NAME}.cdx.json"))).unwrap();
    let property = &list["metadata"]["properties"][0];
    assert_eq!(property["name"], "guildhall:looked-at");
    for text in [property["value"].as_str().unwrap(), &workshop.reads("RELEASE.txt"), &said] {
        assert!(text.contains("Nobody has looked") && text.contains("--offline"), "{text}");
    }
}
