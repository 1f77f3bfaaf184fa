//! The descriptions that are mutated.

use super::described;
use super::kinds::{Mutation, mutations};
use super::usage::program;
use clientsmith::Config;
use clientsmith::diff::{self, Side};
use clientsmith::files::Memory;
use clientsmith::output::Output;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Mutations of `base.yaml` in every run.
const SOME: usize = 60;
/// Mutations of each description of the corpus, and the largest description, in bytes.
const OF_EACH: usize = 16;
const LARGEST: u64 = 30_000;
/// Mutations of `base.yaml` in a large run.
const OWN: usize = 240;

/// A description before its mutations.
pub(crate) struct Base {
    pub(crate) name: String,
    pub(crate) document: Value,
    pub(crate) side: Side,
    pub(crate) output: Output,
    /// The program that uses everything.
    pub(crate) program: String,
    seed: u64,
    most: usize,
}

/// The settings of every crate. A name that does not follow the title lets the title change.
pub(crate) fn config() -> Config {
    Config::parse("name = 'api'\ntag_features = 'never'\nruntime = 'path:runtime'").unwrap()
}

/// Reads a description that is not in a file.
pub(crate) fn read(document: &Value) -> Option<(Side, Output)> {
    read_locked(document, None)
}

/// Reads a description with the lock of another one.
pub(crate) fn read_locked(document: &Value, lock: Option<&str>) -> Option<(Side, Output)> {
    let path = Path::new("api.json");
    let lock = lock.map(|lock| ("clientsmith.lock.toml".into(), lock.as_bytes().to_vec()));
    let files = [(path.into(), document.to_string().into_bytes())].into_iter().chain(lock);
    let files = Memory(files.collect());
    let output = clientsmith::generate(path, &files, &config()).output?;
    Some((diff::read(path, &files, &config()).ok()?, output))
}

impl Base {
    fn read(path: &Path, name: String, seed: u64, most: usize) -> Option<Self> {
        let document = described::read(path);
        let (side, output) = read(&document)?;
        let program = program(&output);
        Some(Self { name, document, side, output, program, seed, most })
    }

    /// Its mutations.
    pub(crate) fn mutations(&self) -> Vec<Mutation> {
        mutations(&self.document, self.seed, self.most)
    }
}

fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff_oracle/base.yaml")
}

/// Returns true for a description with operations that has no other files.
fn is_whole(base: &Base) -> bool {
    let surface: Value = serde_json::from_str(&base.output.files["surface.json"]).unwrap();
    let is_local = base.document.to_string().split("\"$ref\":\"").skip(1).all(|rest| rest.starts_with('#'));
    is_local && surface["operations"].as_array().is_some_and(|all| !all.is_empty())
}

/// The descriptions that the variable selects.
pub(crate) fn bases() -> Vec<Base> {
    let selected = std::env::var("CLIENTSMITH_DIFF_ORACLE").ok();
    let Some(selected) = selected else {
        return Base::read(&own(), "base.yaml".to_owned(), 14, SOME).into_iter().collect();
    };
    let most: usize = selected.parse().unwrap_or(usize::MAX);
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let mut paths = vec![own()];
    let mut open = vec![shared.join("cases/diff-bases"), shared.join("corpus")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let is_description = path.extension().is_some_and(|end| end == "yaml" || end == "json" || end == "yml");
            if path.is_dir() {
                open.push(path);
            } else if is_description
                && (fs::metadata(&path).is_ok_and(|file| file.len() < LARGEST) || folder.ends_with("diff-bases"))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    // Neighbours are similar. A shuffled order lets a small number select different descriptions.
    fastrand::Rng::with_seed(14).shuffle(&mut found);
    paths.extend(found);
    let mut bases: Vec<Base> = Vec::new();
    for (seed, path) in paths.iter().enumerate() {
        let name = path.strip_prefix(&shared).unwrap_or(Path::new("base.yaml")).display().to_string();
        let many = if seed == 0 { OWN } else { OF_EACH };
        if bases.len() * OF_EACH >= most.max(OF_EACH) {
            break;
        }
        bases.extend(Base::read(path, name, seed as u64, many).filter(is_whole));
    }
    bases
}
