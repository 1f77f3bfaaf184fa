//! The workspace of all printed crates, and the program that puts values through their types.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a value must do: `{"models::Pet": [values that are kept], "!models::Pet": [[value, words of the error]],
/// "=models::Pet": ["JSON texts that are kept to the letter"]}`.
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
fn kept<T: serde::Serialize + serde::de::DeserializeOwned>(name: &str, text: &str, wrong: &mut u32) {
    let before: serde_json::Value = serde_json::from_str(text).unwrap();
    match serde_json::from_str::<T>(text).map(|value| serde_json::to_value(&value).unwrap()) {
        Ok(now) if same(&now, &before) => {}
        Ok(now) => { *wrong += 1; println!("{name}: {text}\n  became {now}"); }
        Err(error) => { *wrong += 1; println!("{name}: {text}\n  {error}"); }
    }
}
fn exact<T: serde::Serialize + serde::de::DeserializeOwned>(name: &str, text: &str, wrong: &mut u32) {
    match serde_json::from_str::<T>(text).map(|value| serde_json::to_string(&value).unwrap()) {
        Ok(now) if now == text => {}
        Ok(now) => { *wrong += 1; println!("{name}: {text}\n  became {now}"); }
        Err(error) => { *wrong += 1; println!("{name}: {text}\n  {error}"); }
    }
}
fn refused<T: serde::de::DeserializeOwned>(name: &str, text: &str, words: &str, wrong: &mut u32) {
    match serde_json::from_str::<T>(text) {
        Ok(_) => { *wrong += 1; println!("{name}: {text}\n  was taken"); }
        Err(error) if error.to_string().contains(words) => {}
        Err(error) => { *wrong += 1; println!("{name}: {text}\n  {error}\n  does not say {words}"); }
    }
}
fn main() {
    let wrong = &mut 0;
"##;

/// Checks every crate without a warning allowed, then runs the program.
pub(crate) fn drive(
    workspace: &Path,
    members: &[String],
    values: &[(String, Values)],
    checks: &[(String, PathBuf)],
) -> String {
    let driver = workspace.join("driver");
    fs::create_dir_all(driver.join("src")).unwrap();
    let listed: Vec<String> = members.iter().map(|name| format!("\"crates/{name}\"")).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\"driver\", {}]\n", listed.join(", "));
    fs::write(workspace.join("Cargo.toml"), manifest).unwrap();
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
    cargo(workspace, &["check", "--workspace", "--all-targets"]);
    cargo(workspace, &["run", "-q", "-p", "driver"])
}

fn program(values: &[(String, Values)], checks: &[(String, PathBuf)]) -> String {
    let mut main = HEAD.to_owned();
    for (name, _) in checks {
        writeln!(main, "    {}::check();", name.replace('-', "_") + "_checks").unwrap();
    }
    for (name, values) in values {
        let library = name.replace('-', "_");
        for (ty, list) in values {
            for value in list.as_array().unwrap() {
                match (ty.strip_prefix('!'), value) {
                    (Some(ty), Value::Array(pair)) => {
                        let [value, Value::String(words)] = pair.as_slice() else { panic!("{name}: {ty}") };
                        let value = value.to_string();
                        writeln!(main, "    refused::<{library}::{ty}>({ty:?}, {value:?}, {words:?}, wrong);").unwrap();
                    }
                    (None, Value::String(text)) if ty.starts_with('=') => {
                        let ty = ty.trim_start_matches('=');
                        writeln!(main, "    exact::<{library}::{ty}>(\"{name} {ty}\", {text:?}, wrong);").unwrap();
                    }
                    _ => {
                        let value = value.to_string();
                        writeln!(main, "    kept::<{library}::{ty}>(\"{name} {ty}\", {value:?}, wrong);").unwrap();
                    }
                }
            }
        }
    }
    main.push_str("    if *wrong > 0 { std::process::exit(1); }\n    println!(\"every value is kept\");\n}\n");
    for (name, path) in checks {
        writeln!(main, "#[path = {path:?}]\nmod {}_checks;", name.replace('-', "_")).unwrap();
    }
    main
}

fn cargo(workspace: &Path, arguments: &[&str]) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).current_dir(workspace);
    cargo.env("CARGO_TARGET_DIR", workspace.join("../corpus/target")).env("RUSTFLAGS", "-D warnings");
    let done = cargo.output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(done.status.success(), "{}{}", said(&done.stdout), said(&done.stderr));
    said(&done.stdout)
}
