//! The workspace of all generated crates, and the program that decodes and encodes values by their types.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Values by type: `{"models::Pet": [values that survive a round trip], "!models::Pet": [[value, words of the error]],
/// "=models::Pet": ["JSON that a round trip repeats byte by byte"]}`.
pub(crate) type Values = serde_json::Map<String, Value>;

const HEAD: &str = r##"#![allow(dead_code, reason = "some values need only some of these")]
fn same(one: &serde_json::Value, other: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Number, Object};
    match (one, other) {
        (Number(one), Number(other)) => one == other || one.as_f64() == other.as_f64() && (one.is_f64() || other.is_f64()),
        (Array(one), Array(other)) => one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other)),
        (Object(one), Object(other)) => {
            one.len() == other.len() && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}
fn round_trip<T: serde::Serialize + serde::de::DeserializeOwned>(name: &str, text: &str, wrong: &mut u32) {
    let before: serde_json::Value = serde_json::from_str(text).unwrap();
    match serde_json::from_str::<T>(text).map(|value| serde_json::to_value(&value).unwrap()) {
        Ok(now) if same(&now, &before) => {}
        Ok(now) => { *wrong += 1; println!("{name}: {text}\n  became {now}"); }
        Err(error) => { *wrong += 1; println!("{name}: {text}\n  {error}"); }
    }
}
fn exact_round_trip<T: serde::Serialize + serde::de::DeserializeOwned>(name: &str, text: &str, wrong: &mut u32) {
    match serde_json::from_str::<T>(text).map(|value| serde_json::to_string(&value).unwrap()) {
        Ok(now) if now == text => {}
        Ok(now) => { *wrong += 1; println!("{name}: {text}\n  became {now}"); }
        Err(error) => { *wrong += 1; println!("{name}: {text}\n  {error}"); }
    }
}
fn rejected<T: serde::de::DeserializeOwned>(name: &str, text: &str, words: &str, wrong: &mut u32) {
    match serde_json::from_str::<T>(text) {
        Ok(_) => { *wrong += 1; println!("{name}: {text}\n  was accepted"); }
        Err(error) if error.to_string().contains(words) => {}
        Err(error) => { *wrong += 1; println!("{name}: {text}\n  {error}\n  does not contain {words}"); }
    }
}
fn run_check(name: &str, check: fn(), wrong: &mut u32) {
    if std::panic::catch_unwind(check).is_err() { *wrong += 1; println!("{name}: its checks.rs failed"); }
}
fn main() {
    let wrong = &mut 0;
"##;

/// The crates of all cases in one workspace, which share their dependencies.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Writes the manifests and the program beside the crates, which are in `crates/NAME`.
    pub(crate) fn write(
        root: PathBuf,
        members: &[String],
        values: &[(String, Values)],
        checks: &[(String, PathBuf)],
    ) -> Self {
        let driver = root.join("driver");
        fs::create_dir_all(driver.join("src")).unwrap();
        let listed: Vec<String> = members.iter().map(|name| format!("\"crates/{name}\"")).collect();
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\"driver\", {}]\n", listed.join(", "));
        fs::write(root.join("Cargo.toml"), manifest).unwrap();
        let used: BTreeSet<&String> =
            values.iter().map(|(name, _)| name).chain(checks.iter().map(|(name, _)| name)).collect();
        let uses =
            used.iter().map(|name| format!("{name} = {{ path = \"../crates/{name}\", default-features = false }}\n"));
        let manifest = format!(
            "[package]\nname = \"driver\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nserde = \"1\"\nserde_json = {{ version = \"1\", features = [\"preserve_order\"] }}\n{}",
            uses.collect::<String>()
        );
        fs::write(driver.join("Cargo.toml"), manifest).unwrap();
        fs::write(driver.join("src/main.rs"), program(values, checks)).unwrap();
        Self { root }
    }

    /// Checks every crate. Warnings are errors. The error names the cases whose crates do not compile.
    pub(crate) fn check(&self) -> Result<(), String> {
        let arguments = ["check", "--workspace", "--all-targets", "--keep-going", "--message-format", "json"];
        let done = self.cargo(&arguments);
        if done.status.success() {
            return Ok(());
        }
        let output = String::from_utf8_lossy(&done.stdout);
        let (mut failed, mut messages) = (BTreeSet::new(), String::new());
        for line in output.lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
            let text = |pointer| message.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
            if text("/message/level") == "error" {
                let folder = Path::new(text("/manifest_path")).parent().and_then(Path::file_name);
                failed.insert(folder.unwrap_or_default().to_string_lossy().into_owned());
                messages.push_str(text("/message/rendered"));
            }
        }
        if failed.is_empty() {
            return Err(String::from_utf8_lossy(&done.stderr).into_owned());
        }
        Err(format!("{messages}\ncases that do not compile: {}", failed.into_iter().collect::<Vec<_>>().join(", ")))
    }

    /// Decodes and encodes all values, and runs all checks. The error names the cases and their types.
    pub(crate) fn run(&self) -> Result<(), String> {
        let done = self.cargo(&["run", "-q", "-p", "driver"]);
        if done.status.success() {
            return Ok(());
        }
        Err(format!("{}{}", String::from_utf8_lossy(&done.stderr), String::from_utf8_lossy(&done.stdout)))
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).current_dir(&self.root);
        cargo.env("CARGO_TARGET_DIR", self.root.join("../corpus/target")).env("RUSTFLAGS", "-D warnings");
        cargo.output().unwrap()
    }
}

fn program(values: &[(String, Values)], checks: &[(String, PathBuf)]) -> String {
    let mut main = HEAD.to_owned();
    for (name, _) in checks {
        writeln!(main, "    run_check({name:?}, {}_checks::check, wrong);", name.replace('-', "_")).unwrap();
    }
    for (name, values) in values {
        let library = name.replace('-', "_");
        for (ty, list) in values {
            for value in list.as_array().unwrap() {
                match (ty.strip_prefix('!'), value) {
                    (Some(ty), Value::Array(pair)) => {
                        let [value, Value::String(words)] = pair.as_slice() else { panic!("{name}: {ty}") };
                        let value = value.to_string();
                        writeln!(
                            main,
                            "    rejected::<{library}::{ty}>(\"{name} {ty}\", {value:?}, {words:?}, wrong);"
                        )
                        .unwrap();
                    }
                    (None, Value::String(text)) if ty.starts_with('=') => {
                        let ty = ty.trim_start_matches('=');
                        writeln!(main, "    exact_round_trip::<{library}::{ty}>(\"{name} {ty}\", {text:?}, wrong);")
                            .unwrap();
                    }
                    _ => {
                        let value = value.to_string();
                        writeln!(main, "    round_trip::<{library}::{ty}>(\"{name} {ty}\", {value:?}, wrong);")
                            .unwrap();
                    }
                }
            }
        }
    }
    main.push_str("    if *wrong > 0 { std::process::exit(1); }\n    }\n");
    for (name, path) in checks {
        writeln!(main, "#[path = {path:?}]\nmod {}_checks;", name.replace('-', "_")).unwrap();
    }
    main
}
