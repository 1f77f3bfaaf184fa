//! The commands of docs/releasing.md and of the README's first screen, with their output. `UPDATE_EXPECT=1` writes it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]

mod clientsmith;

use clientsmith::{COMMAND, folder, program};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The output of a command of a page. Both streams count, as in a terminal.
fn output(command: &str, folder: &Path) -> String {
    let path = Path::new(COMMAND).parent().unwrap().display().to_string();
    let others = std::env::var("PATH").unwrap();
    let mut shell = program("sh");
    shell.args(["-c", &format!("{{ {command}\n}} 2>&1")]).current_dir(folder).stdin(Stdio::null());
    let done = shell.env("PATH", format!("{path}:{others}")).env_remove("GITHUB_STEP_SUMMARY").output().unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(!text.contains("panicked"), "{text}");
    text
}

/// A page with the output of its commands as it is now. Blocks of TOML that begin with a file's name are written to it.
fn replayed(page: &str, folder: &Path) -> String {
    let mut text = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        if line != "```console" && line != "```toml" {
            continue;
        }
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if line == "```toml" {
            if let Some(name) = block.first().and_then(|first| first.strip_prefix("# ")) {
                fs::write(folder.join(name), block.join("\n")).unwrap();
            }
            block.iter().for_each(|line| text.extend([*line, "\n"]));
        }
        for command in block.iter().filter(|_| line == "```console").filter_map(|line| line.strip_prefix("$ ")) {
            text.push_str(&format!("$ {command}\n{}", output(command, folder)));
        }
        text.push_str("```\n");
    }
    text
}

fn expect(page: &Path, folder: &Path) {
    let before = fs::read_to_string(page).unwrap();
    assert!(before.contains("```console\n$ clientsmith"), "{}", page.display());
    let now = replayed(&before, folder);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(page, &now).unwrap();
    }
    assert_eq!(now, fs::read_to_string(page).unwrap(), "{}", page.display());
}

#[test]
fn page_about_releasing_has_the_output_of_its_commands() {
    let corpus = root().join("../shared/corpus/edge/ogen/examples");
    if !corpus.exists() {
        println!("SKIPPED: the shared corpus is not beside this checkout");
        return;
    }
    let folder = folder();
    for (from, to) in [("telegram_bot_api.json", "telegram-5.5.json"), ("gotd_bot_api.json", "telegram-6.0.json")] {
        fs::copy(corpus.join(from), folder.path().join(to)).unwrap();
    }
    expect(&root().join("docs/releasing.md"), folder.path());
}

#[test]
fn readme_has_the_output_of_its_commands() {
    let folder = folder();
    for name in ["old.yaml", "new.yaml"] {
        fs::copy(root().join("generator/tests/diff/readme").join(name), folder.path().join(name)).unwrap();
    }
    expect(&root().join("README.md"), folder.path());
}
