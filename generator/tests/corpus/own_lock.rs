//! The lock of a description changes nothing of its crate.

use super::descriptions::{corpus, descriptions, is_selected};
use clientsmith::files::{Disk, Files, LoadError};
use clientsmith::{Config, generate};
use std::fs;
use std::path::Path;

/// Larger descriptions, in bytes, are for runs that select them.
const LARGEST: u64 = 100_000;

/// The file of the lock, which is not on disk.
const LOCK: &str = "own.lock.toml";

/// The disk, and a lock.
struct WithLock(String);

impl Files for WithLock {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        if path == Path::new(LOCK) { Ok(self.0.clone().into_bytes()) } else { Disk.read(path) }
    }

    fn folders_above(&self, folder: &Path) -> usize {
        Disk.folders_above(folder)
    }
}

/// The files that differ with the lock.
fn differences(entry: &Path) -> Vec<String> {
    let plain = generate(entry, &Disk, &Config::default());
    let files = WithLock(plain.lock.unwrap().text);
    let config = Config::parse(&format!("lock = '{LOCK}'")).unwrap();
    let locked = generate(entry, &files, &config);
    let findings = clientsmith::diagnostic::render::short(&locked.diagnostics.list, &locked.sources);
    let (before, after) = (plain.output.unwrap().files, locked.output.ok_or(findings).unwrap().files);
    let paths = before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path));
    let mut paths: Vec<String> = paths.map(ToString::to_string).collect();
    if locked.lock.unwrap().text != files.0 {
        paths.push(LOCK.to_owned());
    }
    paths.dedup();
    paths
}

#[test]
fn own_lock_changes_nothing() {
    let Some(corpus) = corpus() else { return };
    let mut tried = 0;
    let mut wrong = Vec::new();
    for (description, _) in descriptions(&corpus) {
        let entry = corpus.join(&description);
        let is_small = fs::metadata(&entry).is_ok_and(|file| file.len() < LARGEST);
        if is_small || is_selected("CLIENTSMITH_CORPUS", &description) {
            tried += 1;
            let differences = differences(&entry);
            if !differences.is_empty() {
                wrong.push((description, differences));
            }
        }
    }
    assert!(tried > 20, "{tried} descriptions");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
