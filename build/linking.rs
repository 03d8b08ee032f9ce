//! What the linker can leave out of a release, where it knows how.

use std::env;
use std::path::Path;
use std::process::Command;

const PACKED: &str = "-Wl,-z,pack-relative-relocs";
const FOLDED: &str = "-Wl,--icf=all";

/// Asks for packed addresses (3 MiB less on the disk and in memory) and for one copy of functions that came out the same
/// (0.8 MiB). Nothing here tells two functions apart by where they are.
pub fn make_small() {
    if told("PROFILE") != "release" || told("CARGO_CFG_TARGET_OS") != "linux" {
        return;
    }
    if loads_packed_addresses() {
        println!("cargo:rustc-link-arg-bin=guildhall={PACKED}");
    }
    if linker_knows(FOLDED) {
        println!("cargo:rustc-link-arg-bin=guildhall={FOLDED}");
    }
}

/// Whether where it will run the C library puts packed addresses right when it loads the program, as glibc does from 2.36
/// on. It is the one of this machine; an older one would not start the program, and seldom starts one that was built for a
/// newer.
fn loads_packed_addresses() -> bool {
    if told("HOST") != told("TARGET") || told("CARGO_CFG_TARGET_ENV") != "gnu" {
        return false;
    }
    // "glibc 2.36"
    let asked = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let version = asked.ok().and_then(|told| String::from_utf8(told.stdout).ok()).unwrap_or_default();
    let mut numbers = version.trim().trim_start_matches("glibc ").split('.').map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= (2, 36),
        _ => false,
    }
}

/// Whether the linker that is about to be used takes an option: LLVM's does, which is Rust's own on most machines, and
/// GNU's does not. A program that does nothing is linked to see it.
fn linker_knows(option: &str) -> bool {
    let folder = told("OUT_DIR");
    let (source, program) = (Path::new(&folder).join("nothing.rs"), Path::new(&folder).join("nothing"));
    if std::fs::write(&source, "fn main() {}").is_err() {
        return false;
    }
    let mut compile = Command::new(told("RUSTC"));
    compile.arg("--target").arg(told("TARGET")).arg("-o").arg(&program).arg("-C").arg(format!("link-arg={option}"));
    if !told("RUSTC_LINKER").is_empty() {
        compile.arg("-C").arg(format!("linker={}", told("RUSTC_LINKER")));
    }
    compile.args(told("CARGO_ENCODED_RUSTFLAGS").split('\u{1f}').filter(|flag| !flag.is_empty()));
    compile.arg(&source).output().is_ok_and(|asked| asked.status.success())
}

/// What cargo tells, or nothing.
fn told(name: &str) -> String {
    #[expect(clippy::disallowed_methods, reason = "so cargo tells what is built")]
    env::var(name).unwrap_or_default()
}
