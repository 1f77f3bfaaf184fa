//! The Rust of README.md and of the pages in `docs/` compiles. `programs/PAGE.rs` is the program around the blocks of a page: its
//! lines `// block 1` stand for them. Programs with tests run. `openapi.yaml` is the description of the crate `my_api`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod excerpt;
mod settings;

use clientsmith::files::{Disk, Memory};
use clientsmith::{Config, generate};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Blocks that do not compile, by page and number, with the reason.
const EXCEPTIONS: [(&str, usize, &str); 2] = [
    ("docs/migrating.md", 1, "calls of the crates that other generators write"),
    ("docs/style.md", 1, "the head of a function, as an example of its documentation"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// A block of Rust of a page.
struct Block {
    /// The words after the backticks: `rust`, or `rust,ignore`.
    language: String,
    text: String,
}

/// The Rust blocks of a page. A block in a list is indented.
fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        let Some(language) = line.trim_start().strip_prefix("```") else { continue };
        let block = lines.by_ref().take_while(|line| line.trim_start() != "```");
        let text: String = block.fold(String::new(), |text, line| text + line.get(indent..).unwrap_or_default() + "\n");
        if language.starts_with("rust") {
            found.push(Block { language: language.to_owned(), text });
        }
    }
    found
}

/// README.md and the pages in `docs/` with Rust, by their paths. Decisions have the code of their day.
fn pages() -> Vec<(String, Vec<Block>)> {
    let mut names = vec!["README.md".to_owned()];
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".md") {
            names.push(format!("docs/{name}"));
        }
    }
    names.sort();
    let read = |name: String| {
        let found = blocks(&fs::read_to_string(root().join(&name)).unwrap());
        (name, found)
    };
    names.into_iter().map(read).filter(|(_, found)| !found.is_empty()).collect()
}

/// The program of a page with its blocks in place.
fn program(page: &str, blocks: &[Block], text: &str) -> String {
    let mut used = vec![0; blocks.len() + 1];
    let mut program = String::new();
    for line in text.lines() {
        match line.trim_start().strip_prefix("// block ") {
            Some(number) => {
                let number: usize = number.parse().unwrap();
                let block = blocks.get(number - 1).unwrap_or_else(|| panic!("{page} has no block {number}"));
                program.push_str(&block.text);
                *used.get_mut(number).unwrap() += 1;
            }
            None => writeln!(program, "{line}").unwrap(),
        }
    }
    for (number, block) in blocks.iter().enumerate().map(|(index, block)| (index + 1, block)) {
        let except = EXCEPTIONS.iter().any(|(other, which, _)| *other == page && *which == number);
        let language = if except { "rust,ignore" } else { "rust" };
        assert_eq!(block.language, language, "block {number} of {page}");
        assert_eq!(used.get(number), Some(&usize::from(!except)), "uses of block {number} of {page} in its program");
    }
    program
}

#[test]
fn rust_of_the_pages_compiles() {
    let workspace = root().join("target/pages");
    let mut modules =
        String::from("#![allow(unused, clippy::all)]\npub type Done = Result<(), Box<dyn std::error::Error>>;\n");
    let mut count = 0;
    for (page, blocks) in pages() {
        let name = Path::new(&page).file_stem().unwrap().to_str().unwrap().to_lowercase().replace('-', "_");
        let path = format!("generator/tests/pages/programs/{name}.rs");
        let text = fs::read_to_string(root().join(&path)).unwrap_or_default();
        let text = program(&page, &blocks, &text);
        count += blocks.len();
        writeln!(modules, "mod {name};").unwrap();
        put(&workspace.join(format!("program/src/{name}.rs")), &text);
    }
    assert!(count > 45);
    put(&workspace.join("program/src/lib.rs"), &modules);
    let mut config = Config::parse(include_str!("settings.toml")).unwrap();
    let runtime = root().join("runtime");
    config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
    let description = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/openapi.yaml");
    for (path, text) in generate(&description, &Disk, &config).output.unwrap().files {
        put(&workspace.join("my-api").join(path), &text);
    }
    newcomer(&workspace.join("pets-client"), &runtime);
    overlaid(&workspace.join("events-client"), &runtime);
    let manifest = include_str!("manifest.toml").replace("ROOT", root().to_str().unwrap());
    put(&workspace.join("program/Cargo.toml"), &manifest);
    put(
        &workspace.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"program\", \"my-api\", \"pets-client\", \"events-client\"]\n",
    );
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["test", "-q", "-p", "program"]).current_dir(&workspace);
    cargo.env("CARGO_TARGET_DIR", root().join("target/corpus/target"));
    let done = cargo.output().unwrap();
    let (out, errors) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{out}\n{errors}");
    assert!(!out.contains("running 0 tests"), "{out}");
}

/// The crate of docs/getting-started.md.
fn newcomer(folder: &Path, runtime: &Path) {
    let page = fs::read_to_string(root().join("docs/getting-started.md")).unwrap();
    let description = page.split("```yaml\n# openapi.yaml\n").nth(1).unwrap().split("```").next().unwrap().to_owned();
    let files = Memory(vec![("openapi.yaml".into(), description.into())]);
    let mut config = Config::default();
    config.set_name("pets-client").unwrap();
    config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
    for (path, text) in generate(Path::new("openapi.yaml"), &files, &config).output.unwrap().files {
        put(&folder.join(path), &text);
    }
}

/// The crate of a description with the overlays of docs/auth.md and docs/models.md.
fn overlaid(folder: &Path, runtime: &Path) {
    let mut files = vec![(PathBuf::from("events.yaml"), include_bytes!("events.yaml").to_vec())];
    let mut config = Config::default();
    for (page, name) in [("docs/auth.md", "security.yaml"), ("docs/models.md", "discriminator.yaml")] {
        let page = fs::read_to_string(root().join(page)).unwrap();
        let overlay = page.split(&format!("```yaml\n# {name}\n")).nth(1).unwrap().split("```").next().unwrap();
        files.push((name.into(), overlay.as_bytes().to_vec()));
        config.add_overlay(name);
    }
    config.set_name("events-client").unwrap();
    config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
    let generated = generate(Path::new("events.yaml"), &Memory(files), &config);
    assert_eq!(generated.diagnostics.list.len(), 0, "{:?}", generated.diagnostics.list);
    for (path, text) in generated.output.unwrap().files {
        put(&folder.join(path), &text);
    }
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
