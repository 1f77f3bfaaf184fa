//! Locks of two branches, merged with git.

use super::{description, get, locked};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

fn git(folder: &Path, arguments: &[&str]) -> bool {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"];
    let done = Command::new("git").args(identity).args(arguments).current_dir(folder).output().unwrap();
    done.status.success()
}

/// Merges the locks of two editions that follow one. `None` where they conflict.
fn merged(base: &str, ours: &str, theirs: &str, attributes: Option<&str>) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clientsmith.lock.toml");
    let commit = |text: &str| {
        fs::write(&path, text).unwrap();
        assert!(git(folder.path(), &["add", "."]) && git(folder.path(), &["commit", "-qm", "lock"]));
    };
    if let Some(attributes) = attributes {
        fs::write(folder.path().join(".gitattributes"), attributes).unwrap();
    }
    let lock = locked(base, None);
    assert!(git(folder.path(), &["init", "-q"]));
    commit(&lock);
    assert!(git(folder.path(), &["checkout", "-qb", "other"]));
    commit(&locked(theirs, Some(&lock)));
    assert!(git(folder.path(), &["checkout", "-q", "-"]));
    commit(&locked(ours, Some(&lock)));
    let is_merged = git(folder.path(), &["merge", "-q", "--no-edit", "other"]);
    is_merged.then(|| fs::read_to_string(&path).unwrap())
}

fn schema(name: &str, properties: &[&str]) -> String {
    let properties: Vec<String> = properties.iter().map(|name| format!("{name}: {{type: string}}")).collect();
    format!("{name}: {{type: object, required: [id], properties: {{id: {{type: string}}, {}}}}}", properties.join(", "))
}

fn edition(paths: &[&str], schemas: &[(&str, &[&str])]) -> String {
    let paths: Vec<String> =
        paths.iter().map(|name| get(&format!("/{name}"), &format!("operationId: {name}, tags: [{name}]"))).collect();
    let schemas: Vec<String> = schemas.iter().map(|(name, properties)| schema(name, properties)).collect();
    description(&paths.join(", "), &schemas.join(", "))
}

#[test]
fn locks_of_two_branches_merge() {
    let base =
        edition(&["b", "f", "m", "t"], &[("Apple", &["a"]), ("Fig", &["a"]), ("Melon", &["a"]), ("Pear", &["a"])]);
    // One branch adds a type, an operation, and a property; the other one others.
    let ours = edition(
        &["b", "f", "m", "p", "t"],
        &[("Apple", &["a"]), ("Fig", &["a"]), ("Melon", &["a"]), ("Orange", &["a"]), ("Pear", &["a", "z"])],
    );
    let theirs = edition(
        &["b", "d", "f", "m", "t"],
        &[("Apple", &["a", "z"]), ("Banana", &["a"]), ("Fig", &["a"]), ("Melon", &["a"]), ("Pear", &["a"])],
    );
    let both = edition(
        &["b", "d", "f", "m", "p", "t"],
        &[
            ("Apple", &["a", "z"]),
            ("Banana", &["a"]),
            ("Fig", &["a"]),
            ("Melon", &["a"]),
            ("Orange", &["a"]),
            ("Pear", &["a", "z"]),
        ],
    );
    let merged = merged(&base, &ours, &theirs, None).expect("the locks conflict");
    assert_eq!(locked(&both, Some(&merged)), merged);
    // It is what one branch after the other gives.
    assert_eq!(locked(&both, Some(&locked(&theirs, Some(&locked(&base, None))))), merged);
}

/// The attribute that `init` writes: neighbours are no conflict.
#[test]
fn neighbours_merge_with_the_attribute() {
    let base = edition(&["b"], &[("Apple", &["a"])]);
    let ours = edition(&["b", "c"], &[("Apple", &["a", "x"]), ("Banana", &["a"])]);
    let theirs = edition(&["b", "d"], &[("Apple", &["a", "y"]), ("Cherry", &["a"])]);
    assert_eq!(merged(&base, &ours, &theirs, None), None);
    let merged =
        merged(&base, &ours, &theirs, Some("clientsmith.lock.toml merge=union\n")).expect("the locks conflict");
    let both = edition(&["b", "c", "d"], &[("Apple", &["a", "x", "y"]), ("Banana", &["a"]), ("Cherry", &["a"])]);
    let lock = locked(&both, Some(&merged));
    assert_eq!(locked(&both, Some(&lock)), lock);
    // Both new fields have the same position, and the order of their names.
    for line in
        ["\"x\" = { name = \"x\", kind = \"string\", at = 3 }", "\"y\" = { name = \"y\", kind = \"string\", at = 3 }"]
    {
        assert!(lock.contains(line), "{lock}");
    }
    // The union repeats lines between the changes. Nothing else differs.
    let lines =
        |text: &str| -> BTreeSet<String> { text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect() };
    assert_eq!(lines(&lock), lines(&merged));
}
