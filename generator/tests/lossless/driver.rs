//! A program for each description that decodes values by the generated types and encodes them again.

use clientsmith::output::Output;
use std::fmt::Write;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

const HEAD: &str = r##"#![allow(warnings)]
mod models;

use std::io::{BufRead, Write};

fn round_trip<T: serde::Serialize + serde::de::DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
    match serde_json::from_str::<T>(text).map(|value| (serde_json::to_string(&value), value)) {
        // The fallback variant loses nothing, but has no type either.
        Ok((Ok(text), value)) if format!("{value:?}").contains("Unknown(") => format!("?{text}"),
        Ok((Ok(text), _)) => text,
        Ok((Err(error), _)) => format!("!cannot be written: {error}"),
        Err(error) => format!("!{error}"),
    }
}

fn main() {
    // The stack size of async runtimes' threads.
    let small = std::thread::Builder::new().stack_size(2 << 20);
    small.spawn(all).unwrap().join().unwrap();
}

fn all() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let (index, text) = line.split_once(' ').unwrap();
        let result = TYPES[index.parse::<usize>().unwrap()](text);
        writeln!(out, "{}", result.replace('\n', " ")).unwrap();
    }
}
"##;

/// The workspace of the programs.
pub(crate) struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/lossless");
        fs::create_dir_all(&folder).unwrap();
        Self { folder }
    }

    /// Adds a program with the generated models and a table of the types.
    pub(crate) fn add(&self, name: &str, output: &Output, types: &[String]) {
        let package = self.folder.join(name);
        let models = output.files.iter().filter(|(path, _)| path.starts_with("src/models"));
        for (path, text) in models {
            put(&package.join(path), text);
        }
        let mut text = String::new();
        if output.files["src/lib.rs"].contains("#![recursion_limit") {
            text.push_str("#![recursion_limit = \"4096\"]\n");
        }
        text.push_str(HEAD);
        text.push_str("\nstatic TYPES: &[fn(&str) -> String] = &[\n");
        types.iter().for_each(|ty| writeln!(text, "    round_trip::<{ty}>,").unwrap());
        text.push_str("];\n");
        put(&package.join("src/main.rs"), &text);
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
        let manifest = format!(
            "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nclientsmith-runtime = \
             {{ path = {runtime:?}, default-features = false }}\nserde = \"1\"\nserde_json = {{ version = \"1\", features \
             = [\"preserve_order\"] }}\n",
        );
        put(&package.join("Cargo.toml"), &manifest);
    }

    /// Compiles programs, one for each core at a time.
    pub(crate) fn build(&self, names: &[String]) {
        let members: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
            members.join(", ")
        );
        put(&self.folder.join("Cargo.toml"), &manifest);
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "-q", "--workspace"]).current_dir(&self.folder);
        cargo.env("CARGO_TARGET_DIR", self.target()).env("RUSTFLAGS", "-D warnings");
        let done = cargo.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn target(&self) -> PathBuf {
        self.folder.join("../corpus/target")
    }

    /// The result of each value: JSON, `?` and JSON for a fallback variant, or `!` and the reason. Each value has the
    /// number of its type.
    pub(crate) fn run(&self, name: &str, values: impl Iterator<Item = (usize, String)>) -> Vec<String> {
        let package = self.folder.join(name);
        let mut text = String::new();
        for (index, value) in values {
            writeln!(text, "{index} {value}").unwrap();
        }
        fs::write(package.join("in.txt"), text).unwrap();
        let mut program = Command::new(self.target().join("debug").join(name));
        program.stdin(File::open(package.join("in.txt")).unwrap());
        program.stdout(File::create(package.join("out.txt")).unwrap());
        assert!(program.status().unwrap().success(), "{name}");
        fs::read_to_string(package.join("out.txt")).unwrap().lines().map(str::to_owned).collect()
    }

    /// Writes a file beside the program.
    pub(crate) fn note(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name).join("unknown.txt"), text).unwrap();
    }
}

/// Writes a file only if it differs, so that cargo does not compile it again.
fn put(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
