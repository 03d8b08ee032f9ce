//! The program itself: its command line and its environment.

use std::process::{Command, Output};

use crate::support::database::{TestDatabase, server};

/// Runs the program with this environment and nothing else.
fn guildhall(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
    command.args(arguments).env_clear().envs(environment.iter().copied()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_start_without_configuration_names_everything_that_is_missing() {
    let output = guildhall(&[], &[]);
    assert!(!output.status.success());
    for name in ["DISCORD_CLIENT_ID", "DISCORD_CLIENT_SECRET", "DISCORD_BOT_TOKEN", "SECRET_KEY"] {
        assert!(said(&output).contains(&format!("{name} is missing")), "{name}: {}", said(&output));
    }
}

#[test]
fn a_start_with_nonsense_names_every_variable_at_once_and_repeats_no_secret() {
    let wrong = [
        ("PUBLIC_URL", "http://dashboard.example"),
        ("LISTEN", "somewhere"),
        ("LISTEN_KEY", "/no/such/file"),
        ("DATABASE_URL", "mysql://x"),
        ("DISCORD_URL", "https://discord.example/api"),
        ("DISCORD_CLIENT_ID", "abc"),
        ("SECRET_KEY", "1234secret1234"),
        ("TRUSTED_PROXIES", "10.0.0.0/8,nonsense"),
        ("MUSIC_HOSTS", "youtu.be,https://soundcloud.com"),
        ("DISCORD_BOT_TOKEN_FILE", "/no/such/file"),
        ("CHANGES_KEPT_DAYS", "89"),
        ("TICKETS_KEPT_DAYS", "29"),
        ("SECOND_FACTOR", "sometimes"),
        ("REQUIRE_TLS", "sometimes"),
    ];
    let output = guildhall(&["serve"], &wrong);
    assert!(!output.status.success());
    for (name, _) in wrong {
        assert!(said(&output).contains(name), "{name}: {}", said(&output));
    }
    assert!(!said(&output).contains("1234secret1234"), "{}", said(&output));
}

#[test]
fn of_a_certificate_and_its_key_the_one_that_is_missing_is_named_with_all_else() {
    let key = "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n";
    let output = guildhall(&["serve"], &[("LISTEN_CERTIFICATE", "/no/such/file"), ("LISTEN_KEY", key)]);
    assert!(said(&output).contains("LISTEN_KEY must name a file"), "{}", said(&output));
    assert!(!said(&output).contains("hunter2"), "{}", said(&output));
    for (given, missing) in [("LISTEN_CERTIFICATE", "LISTEN_KEY"), ("LISTEN_KEY", "LISTEN_CERTIFICATE")] {
        let output = guildhall(&["serve"], &[(given, "/no/such/file")]);
        assert!(!output.status.success());
        for missing in [missing, "SECRET_KEY"] {
            assert!(said(&output).contains(&format!("{missing} is missing")), "{given}: {}", said(&output));
        }
    }
}

/// The variables of README.md's table.
fn variables() -> Vec<String> {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let section = readme.split("## Configuration").nth(1).unwrap().split("\n## ").next().unwrap();
    let firsts = section.lines().filter(|line| line.starts_with("| `")).map(|line| line.split('|').nth(1).unwrap());
    firsts.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn each_variable_may_stand_in_a_file_and_a_file_for_what_may_not_is_named() {
    let others = ["LOG_FILE", "SSL_CERT_FILE", "POSTGRES_PASSWORD_FILE"];
    let mut known = variables();
    assert!(known.len() > 20 && known.iter().any(|name| name == "SECRET_KEY_PREVIOUS"), "{known:?}");
    known.retain(|name| name != "LOG");
    let ours: Vec<String> = known.iter().map(|name| format!("{name}_FILE")).collect();
    let all = ours.iter().map(String::as_str).chain(others);
    let environment: Vec<(&str, &str)> = all.map(|name| (name, "/no/such/file")).collect();
    let output = guildhall(&["serve"], &environment);
    assert!(!output.status.success());
    let said = said(&output);
    for name in &known {
        let told: Vec<&str> = said.lines().filter(|line| line.contains(&format!(" {name}_FILE"))).collect();
        let words = match name.as_str() {
            "LISTEN_CERTIFICATE" | "LISTEN_KEY" => format!("is itself the path of a file; set {name}"),
            "LOG_FORMAT" => "is read from no file; set LOG_FORMAT".to_owned(),
            _ => "cannot be read".to_owned(),
        };
        assert!(told.len() == 1 && told[0].contains(&words), "{name}: {said}");
    }
    for name in others {
        assert!(!said.contains(name), "{name}: {said}");
    }
    assert!(!said.contains("/no/such/file"), "{said}");
}

#[test]
fn a_file_for_the_key_of_a_certificate_is_named_beside_the_certificate_alone() {
    let output = guildhall(&["serve"], &[("LISTEN_CERTIFICATE", "/chain.pem"), ("LISTEN_KEY_FILE", "/key.pem")]);
    let said = said(&output);
    assert!(said.contains("LISTEN_KEY_FILE: LISTEN_KEY is itself the path of a file; set LISTEN_KEY"), "{said}");
    assert!(!said.contains("LISTEN_KEY is missing"), "it was meant to be there: {said}");
}

#[test]
fn a_secret_key_is_128_hex_digits_and_never_the_same() {
    let secret = || String::from_utf8(guildhall(&["secret"], &[]).stdout).unwrap();
    let (one, two) = (secret(), secret());
    assert_eq!(one.trim().len(), 128);
    assert!(one.trim().bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_ne!(one, two);
}

#[test]
fn migrating_twice_does_no_harm_and_a_newer_database_is_refused_with_advice() {
    if server().is_some() {
        // The address of a PostgreSQL is not in the test's hands as text; `database_trouble` tells the rest.
        return;
    }
    let database = TestDatabase::create();
    let path = database.path.clone().unwrap();
    let url = format!("sqlite://{}", path.display());
    let key = "ab".repeat(64);
    let environment = [
        ("DATABASE_URL", url.as_str()),
        ("DISCORD_CLIENT_ID", "1279772747366797316"),
        ("DISCORD_CLIENT_SECRET", "secret"),
        ("DISCORD_BOT_TOKEN", "token"),
        ("SECRET_KEY", key.as_str()),
    ];
    for _ in 0..2 {
        let output = guildhall(&["migrate"], &environment);
        assert!(output.status.success(), "{}", said(&output));
    }
    use diesel::prelude::*;
    let mut connection = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    diesel::sql_query("INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')")
        .execute(&mut connection)
        .unwrap();
    let output = guildhall(&["serve"], &environment);
    assert!(!output.status.success());
    assert!(said(&output).contains("newer Guildhall"), "{}", said(&output));
}
