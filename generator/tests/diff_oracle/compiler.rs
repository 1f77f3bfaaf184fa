//! Compiles many crates at once, each as a module, and a program against each.

use super::usage::ROOT;
use clientsmith::output::Output;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A crate, and a program that was written against an older edition of it.
pub(crate) struct Pair {
    pub(crate) output: Output,
    pub(crate) program: String,
}

/// The name of the module of a crate.
pub(crate) fn module(index: usize) -> String {
    format!("m{index}")
}

/// The folder of the crates of a test.
pub(crate) fn folder(test: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/diff_oracle").join(test)
}

fn put(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The source of a crate as a module: its own paths start with the module.
fn as_module(source: &str, module: &str) -> String {
    let lines = source.lines().filter(|line| !line.trim_start().starts_with("//") && !line.starts_with("#!["));
    let lines = lines.filter(|line| !line.contains("feature = \"test-util\""));
    lines.fold(String::new(), |text, line| text + &line.replace("crate::", &format!("crate::{module}::")) + "\n")
}

/// The first error of each program that does not compile, by index.
pub(crate) fn failures(folder: &Path, pairs: &[Pair]) -> BTreeMap<usize, String> {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    let package = |name: &str, dependency: &str| {
        format!("[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependency}\n")
    };
    put(
        &folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"new\", \"usage\"]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
    );
    let features = "default-features = false, features = [\"test-util\", \"xml\"]";
    put(
        &folder.join("new/Cargo.toml"),
        &package("new", &format!("clientsmith-runtime = {{ path = {runtime:?}, {features} }}")),
    );
    put(&folder.join("usage/Cargo.toml"), &package("usage", "new = { path = \"../new\" }"));
    for part in ["new/src", "usage/src"] {
        let _ = fs::remove_dir_all(folder.join(part));
    }
    let mut library = "#![allow(warnings)]\n#![recursion_limit = \"4096\"]\n".to_owned();
    for (index, pair) in pairs.iter().enumerate() {
        let module = module(index);
        writeln!(library, "pub mod {module};").unwrap();
        for (path, text) in pair.output.files.iter().filter(|(path, _)| path.starts_with("src/")) {
            let inner = path.strip_prefix("src/").unwrap();
            let inner = if inner == "lib.rs" { "mod.rs" } else { inner };
            put(&folder.join("new/src").join(&module).join(inner), &as_module(text, &module));
        }
        put(
            &folder.join("usage/src").join(format!("{module}.rs")),
            &pair.program.replace(ROOT, &format!("new::{module}")),
        );
    }
    put(&folder.join("new/src/lib.rs"), &library);
    let mut failed: BTreeMap<usize, String> = BTreeMap::new();
    // An error of names hides errors of types, so the others are tried again.
    loop {
        let mut library = "#![allow(warnings)]\n".to_owned();
        let left = (0..pairs.len()).filter(|index| !failed.contains_key(index));
        left.for_each(|index| writeln!(library, "mod {};", module(index)).unwrap());
        put(&folder.join("usage/src/lib.rs"), &library);
        let found = check(folder);
        if found.is_empty() {
            return failed;
        }
        failed.extend(found);
    }
}

/// The first error of each module of the programs.
fn check(folder: &Path) -> BTreeMap<usize, String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["check", "-q", "-p", "usage", "--message-format=json"]).current_dir(folder);
    cargo.env("CARGO_TARGET_DIR", folder.join("../../corpus/target")).env_remove("RUSTFLAGS");
    let done = cargo.output().unwrap();
    let mut found = BTreeMap::new();
    let mut strange = BTreeSet::new();
    for line in String::from_utf8_lossy(&done.stdout).lines() {
        let Ok(Value::Object(message)) = serde_json::from_str(line) else { continue };
        let message = &message.get("message").cloned().unwrap_or_default();
        if message["level"] != "error" {
            continue;
        }
        let rendered = message["rendered"].as_str().unwrap_or_default();
        let spans = message["spans"].as_array().into_iter().flatten();
        let mut index = spans.filter_map(|span| {
            let file = span["file_name"].as_str()?.strip_prefix("usage/src/m")?;
            file.strip_suffix(".rs")?.parse::<usize>().ok()
        });
        match index.next_back() {
            Some(index) => drop(found.entry(index).or_insert_with(|| rendered.to_owned())),
            None => drop(strange.insert(rendered.to_owned())),
        }
    }
    let strange: String = strange.into_iter().filter(|text| !text.starts_with("error: aborting")).collect();
    assert!(!found.is_empty() || done.status.success(), "{strange}\n{}", String::from_utf8_lossy(&done.stderr));
    found
}
