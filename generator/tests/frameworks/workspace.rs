//! A workspace of the generated crates, each with a program that calls it.

use clientsmith::files::Disk;
use clientsmith::{Config, generate};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/frameworks")
}

/// Target directory, shared with other generated crates.
fn target() -> PathBuf {
    folder().join("../corpus/target")
}

/// Generates the crate of a description, and adds it with its program. Returns the ids of its operations.
pub(crate) fn add(name: &str, description: &str) -> BTreeSet<String> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frameworks");
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    let entry = folder().join(format!("{name}.json"));
    put(&entry, description);
    let mut config = settings(name);
    config.set_name(&format!("peer-{name}")).unwrap();
    // One crate bundles the runtime, which is the default.
    if name != "axum" {
        config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
    }
    let generated = generate(&entry, &Disk, &config);
    let output = generated.output.unwrap_or_else(|| panic!("{name}: {:?}", generated.diagnostics));
    output.files.iter().for_each(|(path, text)| put(&folder().join(name).join("crate").join(path), text));
    for (file, at) in [(format!("{name}.rs"), "main.rs"), ("drive.rs".to_owned(), "drive.rs")] {
        put(&folder().join(name).join("src").join(at), &fs::read_to_string(tests.join(file)).unwrap());
    }
    let manifest = format!(
        "[package]\nname = \"{name}-calls\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\npeer-{name} = {{ \
         path = \"crate\", features = [\"blocking\"] }}\nfutures-core = \
         \"0.3\"\nhttp = \"1\"\nserde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"rt\"] }}\n"
    );
    put(&folder().join(name).join("Cargo.toml"), &manifest);
    let surface: Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
    let operations = surface["operations"].as_array().unwrap().iter();
    operations.map(|operation| operation["operation_id"].as_str().unwrap().to_owned()).collect()
}

/// The settings beside the application, if any.
fn settings(name: &str) -> Config {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/peers").join(name).join("clientsmith.toml");
    if file.is_file() { Config::read(&file, &Disk).unwrap() } else { Config::default() }
}

/// Compiles the programs.
pub(crate) fn build(names: &[&str]) {
    let members = names.iter().map(|name| format!("{name:?}, \"{name}/crate\""));
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
        members.collect::<Vec<_>>().join(", ")
    );
    put(&folder().join("Cargo.toml"), &manifest);
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "-q", "--workspace"]).current_dir(folder()).env("CARGO_TARGET_DIR", target());
    let done = cargo.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Runs a program, and returns its lines.
pub(crate) fn run(name: &str, base: &str) -> Vec<Value> {
    let done = Command::new(target().join("debug").join(format!("{name}-calls"))).arg(base).output().unwrap();
    assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
    let lines = String::from_utf8(done.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Writes a file only if it differs, so that cargo does not compile it again.
fn put(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
