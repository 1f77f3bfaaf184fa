//! The command as its users call it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/openapi.yaml");
const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/clientsmith.toml");

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clientsmith"));
    command.args(arguments);
    command
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    said(&command(arguments).output().unwrap())
}

fn said(done: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (done.status.code().unwrap_or(-1), text(&done.stdout), text(&done.stderr))
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

#[test]
fn a_crate_is_printed_compared_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let out = path(&folder, "crate");
    let (code, stdout, stderr) = run(&["generate", SPEC, "--out", &out, "--name", "my-api"]);
    assert_eq!((code, stdout.as_str()), (0, ""), "{stderr}");
    assert!(fs::read_to_string(Path::new(&out).join("Cargo.toml")).unwrap().contains("name = \"my-api\""));
    assert!(Path::new(&out).join("src/runtime/codec.rs").is_file());
    assert_eq!(run(&["check", SPEC, "--out", &out, "--name", "my-api"]).0, 0);
    let models = Path::new(&out).join("src/models.rs");
    let text = fs::read_to_string(&models).unwrap();
    fs::write(&models, text.replacen("pub errors", "pub mistakes", 1)).unwrap();
    let (code, diff, stderr) = run(&["check", SPEC, "--out", &out, "--name", "my-api"]);
    assert_eq!(code, 1, "{stderr}");
    assert!(diff.starts_with("--- a/src/models.rs\n+++ b/src/models.rs\n@@ "), "{diff}");
    assert!(diff.contains("\n-    pub mistakes") && diff.contains("\n+    pub errors") && diff.lines().count() < 15);
    let (code, _, stderr) = run(&["generate", SPEC, "--out", &out, "--name", "my-api"]);
    assert!(code == 0 && stderr.contains("src/models.rs: +1 -1"), "{stderr}");
    assert_eq!(fs::read_to_string(&models).unwrap(), text);
}

#[test]
fn what_is_no_longer_printed_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let (out, spec) = (path(&folder, "crate"), path(&folder, "api.yaml"));
    let one = |tag: &str| {
        let head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {tags: [";
        fs::write(&spec, format!("{head}{tag}], responses: {{'204': {{description: Done.}}}}}}}}\n")).unwrap();
        assert_eq!(run(&["generate", &spec, "--out", &out]).0, 0);
    };
    one("cats");
    fs::write(Path::new(&out).join("NOTES.md"), "mine").unwrap();
    assert!(Path::new(&out).join("src/api/cats.rs").is_file());
    one("dogs");
    assert!(!Path::new(&out).join("src/api/cats.rs").exists() && Path::new(&out).join("src/api/dogs.rs").is_file());
    assert_eq!(fs::read_to_string(Path::new(&out).join("NOTES.md")).unwrap(), "mine");
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let out = path(&folder, "crate");
    let (code, stdout, stderr) = run(&["generate", SPEC, "--out", &out, "--dry-run"]);
    assert_eq!((code, stdout.as_str()), (0, ""));
    assert!(stderr.contains("would change") && !Path::new(&out).exists(), "{stderr}");
}

#[test]
fn the_folder_and_the_time_change_no_byte() {
    let folder = tempfile::tempdir().unwrap();
    let mut printed = Vec::new();
    for name in ["one", "another place"] {
        let place = folder.path().join(name);
        fs::create_dir(&place).unwrap();
        fs::copy(SPEC, place.join("api.yaml")).unwrap();
        let done = command(&["generate", "api.yaml", "--out", "out"]).current_dir(&place).output().unwrap();
        assert_eq!(said(&done).0, 0);
        let mut files = Vec::new();
        collect(&place.join("out"), &place, &mut files);
        files.sort();
        printed.push(files);
    }
    assert!(printed[0].len() > 10);
    assert_eq!(printed[0], printed[1]);
}

fn collect(folder: &Path, root: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, root, files);
        } else {
            files.push((path.strip_prefix(root).unwrap().display().to_string(), fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn standard_input_is_a_description_too() {
    let mut child =
        command(&["inspect", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(SPEC).unwrap()).unwrap();
    let (code, stdout, stderr) = said(&child.wait_with_output().unwrap());
    assert_eq!(code, 0, "{stderr}");
    let surface: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(surface["operations"].as_array().unwrap().len(), 1);
}

#[test]
fn the_surface_is_the_one_that_is_printed() {
    let (code, stdout, _) = run(&["inspect", SPEC, "--config", CONFIG]);
    assert_eq!(code, 0);
    let printed = concat!(env!("CARGO_MANIFEST_DIR"), "/../generated/surface.json");
    assert_eq!(stdout, fs::read_to_string(printed).unwrap());
}

#[test]
fn every_code_is_explained() {
    for code in clientsmith::diagnostic::Code::all() {
        let (exit, stdout, _) = run(&["explain", code.as_str()]);
        assert!(exit == 0 && stdout.starts_with(code.as_str()) && stdout.contains("\nhelp: "), "{stdout}");
    }
    let (exit, stdout, stderr) = run(&["explain", "E9999"]);
    assert_eq!((exit, stdout.as_str()), (2, ""));
    assert!(stderr.contains("there is no code E9999"));
}

#[test]
fn stages_can_be_looked_at() {
    let (code, api, _) = run(&["dump", "api", SPEC]);
    assert!(code == 0 && api.contains("GET /api/v2/security_monitoring"), "{api}");
    let (code, plan, _) = run(&["dump", "plan", SPEC]);
    assert!(code == 0 && plan.contains("rust: models::ApiErrorResponse\n"), "{plan}");
    let (code, output, _) = run(&["dump", "output", SPEC]);
    assert!(code == 0 && output.contains("src/models.rs "), "{output}");
}

#[test]
fn findings_have_three_forms_and_exit_codes_say_whose_fault_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let spec = path(&folder, "api.yaml");
    fs::write(
        &spec,
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {$ref: '#/x'}}}\n",
    )
    .unwrap();
    let (code, stdout, short) = run(&["inspect", &spec, "--message-format", "short"]);
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(short.starts_with(&format!("{spec}:4:")) && short.contains("error[E0301]"), "{short}");
    let (_, _, human) = run(&["inspect", &spec]);
    assert!(human.contains("error[E0301]") && human.contains("^^^") && !human.contains('\u{1b}'), "{human}");
    let (_, _, json) = run(&["inspect", &spec, "--message-format", "json"]);
    for line in json.lines() {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(finding.is_object());
    }
    assert_eq!(run(&["inspect", &path(&folder, "nothing.yaml")]).0, 2);
    assert_eq!(run(&["inspect"]).0, 2);
}

#[test]
fn settings_that_name_nothing_are_errors_that_suggest() {
    let folder = tempfile::tempdir().unwrap();
    let config = path(&folder, "settings.toml");
    fs::write(&config, "nmae = \"x\"\n").unwrap();
    let (code, _, stderr) = run(&["inspect", SPEC, "--config", &config]);
    assert!(code == 2 && stderr.contains("nmae") && stderr.contains("name"), "{stderr}");
}

#[test]
fn foreign_files_and_places_that_cannot_be_written_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let out = path(&folder, "crate");
    fs::create_dir(&out).unwrap();
    fs::write(Path::new(&out).join("Cargo.toml"), "mine").unwrap();
    let (code, _, stderr) = run(&["generate", SPEC, "--out", &out]);
    assert!(code == 2 && stderr.contains("--force"), "{stderr}");
    assert_eq!(fs::read_to_string(Path::new(&out).join("Cargo.toml")).unwrap(), "mine");
    assert!(!Path::new(&out).join("src").exists());
    assert_eq!(run(&["generate", SPEC, "--out", &out, "--force"]).0, 0);
    let file = path(&folder, "file");
    fs::write(&file, "mine").unwrap();
    let (code, _, stderr) = run(&["generate", SPEC, "--out", &file]);
    assert!(code == 2 && stderr.contains("E0702"), "{stderr}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

/// A limit on the size of files stands for a disk that fills up: the system refuses in the middle of a write.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_crate_whole() {
    let folder = tempfile::tempdir().unwrap();
    let out = path(&folder, "crate");
    assert_eq!(run(&["generate", SPEC, "--out", &out, "--name", "first-name"]).0, 0);
    let mut before = Vec::new();
    collect(Path::new(&out), folder.path(), &mut before);
    let script = format!(
        "trap '' XFSZ; ulimit -f 8; exec '{}' generate '{SPEC}' --out '{out}' --name other-name --runtime 1.0",
        env!("CARGO_BIN_EXE_clientsmith")
    );
    let (code, _, stderr) = said(&Command::new("sh").args(["-c", &script]).output().unwrap());
    assert!(code == 2 && stderr.contains("cannot be written"), "{stderr}");
    let mut after = Vec::new();
    collect(Path::new(&out), folder.path(), &mut after);
    before.sort();
    after.sort();
    assert_eq!(before, after);
}

/// `clientsmith inspect … | head -1`
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = command(&["inspect", SPEC]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let (code, _, stderr) = said(&child.wait_with_output().unwrap());
    assert_eq!((code, stderr.as_str()), (0, ""));
}
