//! Failures of the command: exit codes, formats of messages, settings that match nothing, closed pipes.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod clientsmith;

use clientsmith::{Run, SPEC, clientsmith, folder, spec};
use std::fs;

const BROKEN: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /x:\n    get:\n      responses:\n        '200':\n          description: d\n          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Nope'}\n";

fn run_with_format(format: &str) -> Run {
    Run::with_input(&["inspect", "-", "--strict", "--message-format", format], BROKEN.as_bytes())
}

#[test]
fn exit_code_separates_input_from_environment_errors() {
    clientsmith(&["inspect", SPEC]).exits(0);
    run_with_format("human").exits(1).has_empty_stdout();
    for call in [
        &["inspect", "/nowhere.yaml"][..],
        &["inspect", "/tmp"],
        &["inspect", SPEC, "--config", "/nowhere.toml"],
        &["inspect", SPEC, "--name", "a/b"],
        &["inspect"],
        &["generate", SPEC],
        &["nonsense"],
        &[],
        &["inspect", SPEC, "--message-format", "xml"],
    ] {
        clientsmith(call).exits(2).has_empty_stdout();
    }
    clientsmith(&["--help"]).exits(0);
    clientsmith(&["--version"]).exits(0);
}

#[test]
fn prints_findings_in_three_formats() {
    let human = run_with_format("human").stderr;
    assert!(human.contains("error[S0301]") && human.contains("-:11:") && human.contains("^"), "{human}");
    let short = run_with_format("short").stderr;
    assert!(short.lines().all(|line| line.starts_with("-:11:")), "{short}");
    assert!(short.contains(": error[S0301]: "), "{short}");
    let json = run_with_format("json").stderr;
    assert!(!json.is_empty());
    for line in json.lines() {
        let found: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!((found["code"].as_str(), found["line"].as_i64()), (Some("S0301"), Some(11)), "{line}");
        assert!(found["end_line"] == 11 && found["end_column"].as_i64() > found["column"].as_i64(), "{line}");
    }
}

#[test]
fn shows_both_places_of_a_duplicate() {
    let text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {/x: {get: {responses: {}}}}\ntags: [{name: a}, {name: é}, {name: a}]\n";
    let run = |format| Run::with_input(&["inspect", "-", "--message-format", format], text.as_bytes()).stderr;
    let found: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!((found["code"].as_str(), found["column"].as_i64()), (Some("W0807"), Some(30)), "{found}");
    let first = &found["related"][0];
    assert_eq!((first["line"].as_i64(), first["column"].as_i64()), (Some(4), Some(8)), "{found}");
    assert_eq!((first["end_column"].as_i64(), first["label"].as_str()), (Some(17), Some("first here")), "{found}");
    let human = run("human");
    assert!(
        human.contains("first here") && human.ends_with("1 warning; `clientsmith explain CODE` explains a code\n"),
        "{human}"
    );
}

#[test]
fn shows_part_of_a_very_long_line() {
    let text = format!(
        "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"{}\",\"version\":\"1\"}},\"paths\":{{\"/x\":{{\"get\":{{\"responses\":{{}}}}}}}},\"tag\":[]}}",
        "long ".repeat(2000)
    );
    let human = Run::with_input(&["inspect", "-"], text.as_bytes()).stderr;
    let marked: Vec<&str> = human.lines().skip_while(|line| !line.contains("\"tag\":[]")).take(2).collect();
    let at = marked.first().and_then(|line| line.find("\"tag\"")).unwrap_or_else(|| panic!("{human}"));
    assert_eq!(marked.get(1).and_then(|line| line.find("^^^^^")), Some(at), "{human}");
}

#[test]
fn json_format_prints_only_json_lines() {
    let folder = folder();
    let out = folder.path().to_str().unwrap();
    let run = clientsmith(&["generate", SPEC, "--out", out, "--message-format", "json"]);
    let lines = |run: &Run| -> Vec<serde_json::Value> {
        run.stderr.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect()
    };
    lines(run.exits(0));
    fs::remove_file(folder.path().join(".clientsmith")).unwrap();
    fs::write(folder.path().join("Cargo.toml"), "mine").unwrap();
    let run = clientsmith(&["generate", SPEC, "--out", out, "--message-format", "json"]);
    assert_eq!(lines(run.exits(2))[0]["code"], "E0701");
    let run = clientsmith(&["check", SPEC, "--out", out, "--message-format", "json"]);
    assert!(lines(run.exits(1))[0]["message"].as_str().unwrap().contains("out of step"));
}

#[test]
fn settings_without_match_suggest_a_name() {
    let folder = folder();
    let settings = folder.path().join("settings.toml");
    for (text, help) in [
        ("nmae = 'x'", "did you mean `name`? [E0601]"),
        ("unknown_fields = 'kepe'", "`keep`"),
        ("name = 3", "expected"),
        ("name = [", "settings.toml"),
        ("[runtime]\npth = '../x'", "did you mean `path`?"),
        (
            "[rename]\n'#/components/schemas/ApiErrorResponse' = 'Problem'",
            "did you mean `#/components/schemas/APIErrorResponse`?",
        ),
        ("[env]\napiKeyAut = 'KEY'", "did you mean `apiKeyAuth`?"),
        ("[env]\nentirely_different = 'KEY'", "has no such security scheme, server variable or header"),
    ] {
        fs::write(&settings, text).unwrap();
        let run = clientsmith(&["inspect", SPEC, "--config", settings.to_str().unwrap()]);
        assert!(run.exits(2).has_empty_stdout().stderr.contains(help), "{text}: {}", run.stderr);
    }
    fs::write(&settings, "[rename]\n'#/components/schemas/APIErrorResponse' = 'Problem'\n[env]\nsite = 'SITE'\n")
        .unwrap();
    let run = clientsmith(&["inspect", SPEC, "--config", settings.to_str().unwrap()]);
    assert!(run.exits(0).stdout.contains("models::Problem"));
}

#[test]
fn places_in_minified_json_have_pointers() {
    let text = format!(
        "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"{}\",\"version\":\"1\"}},\"paths\":{{\"/a\":{{\"get\":{{\"responses\":{{}},\"tgas\":[]}}}}}}}}",
        "x".repeat(400)
    );
    for (format, words) in [
        (
            "short",
            "-:1:491: warning[W0205]: an operation has no field `tgas`; did you mean `tags`? (at #/paths/~1a/get/tgas)\n",
        ),
        ("human", "at #/paths/~1a/get/tgas\n"),
        ("json", "\"pointer\":\"#/paths/~1a/get/tgas\""),
    ] {
        let run = Run::with_input(&["inspect", "-", "--message-format", format], text.as_bytes());
        assert!(run.exits(0).stderr.contains(words), "{}", run.stderr);
        let run = Run::with_input(&["inspect", "-", "--message-format", format], text.replace(',', ",\n").as_bytes());
        assert!(!run.exits(0).stderr.contains("#/paths"), "{}", run.stderr);
    }
}

/// The description comes after two seconds. `script` runs the command on a terminal.
#[test]
fn long_work_is_shown_on_a_terminal_only() {
    let slow = "sleep 2.5; cat \"$1\"";
    let run = Run::in_shell(&format!("{{ {slow}; }} | \"$0\" inspect -"), &[SPEC]);
    assert!(!run.exits(0).stderr.contains("working on"), "{}", run.stderr);
    let has_script =
        std::process::Command::new("script").arg("--version").output().is_ok_and(|done| done.status.success());
    if !has_script {
        println!("SKIPPED: no `script` of util-linux");
        return;
    }
    let folder = folder();
    let log = folder.path().join("log").display().to_string();
    for (options, shows) in [("", true), ("--quiet", false), ("--message-format short", false)] {
        let inner = format!("{{ sleep 2.5; cat {SPEC}; }} | {} inspect - {options} > /dev/null", clientsmith::COMMAND);
        Run::in_shell("script -qec \"$1\" \"$2\" < /dev/null > /dev/null", &[&inner, &log]).exits(0);
        let text = fs::read_to_string(&log).unwrap();
        assert_eq!(text.contains("working on -: 2 s\r\u{1b}[K"), shows, "{options}: {text}");
    }
}

#[test]
fn closed_pipe_is_not_an_error() {
    for script in [
        "\"$0\" inspect \"$1\" | head -n 1",
        "\"$0\" dump tokens \"$1\" | head -c 1",
        "\"$0\" dump plan \"$1\" | true",
        "{ \"$0\" inspect \"$1\"; echo \"ended with $?\" >&2; } | true",
        "{ \"$0\" inspect /nowhere.yaml; } 2>&1 | true",
        "\"$0\" explain E0101 >&-",
        "\"$0\" inspect /nowhere 2>&-; true",
    ] {
        let run = Run::in_shell(script, &[SPEC]);
        assert!(!run.stderr.contains("ended with") || run.stderr.contains("ended with 0"), "{script}: {}", run.stderr);
    }
    if std::path::Path::new("/dev/full").exists() {
        let run = Run::in_shell("\"$0\" inspect \"$1\" > /dev/full", &[SPEC]);
        assert!(run.exits(2).stderr.contains("standard output cannot be written"), "{}", run.stderr);
    }
}

#[test]
fn strict_makes_skipped_parts_errors() {
    let text = spec().replace("    get:\n", "    additionalOperations:\n      A B: {responses: {}}\n    get:\n");
    let text = text.replace("openapi: 3.0.3", "openapi: 3.2.0");
    let plain = Run::with_input(&["inspect", "-"], text.as_bytes());
    plain.exits(0);
    assert!(plain.stderr.contains("[S0407]"), "{}", plain.stderr);
    Run::with_input(&["inspect", "-", "--strict"], text.as_bytes()).exits(1).has_empty_stdout();
}
