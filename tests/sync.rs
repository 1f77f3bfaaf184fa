//! `build.rs` in a copy of this workspace, with cargo itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

struct Copy {
    folder: tempfile::TempDir,
}

impl Copy {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for part in [
            "Cargo.toml",
            "Cargo.lock",
            "build.rs",
            "benches",
            "spec",
            "generator",
            "cli",
            "runtime",
            "generated",
            "playground",
        ] {
            copy(&root.join(part), &folder.path().join(part));
        }
        Self { folder }
    }

    fn path(&self, part: &str) -> PathBuf {
        self.folder.path().join(part)
    }

    /// Runs `cargo check` of the root package in the target directory of this workspace. The dependencies are the same,
    /// so cargo compiles only the packages of the copy.
    fn build(&self, environment: &[(&str, &str)]) -> Output {
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
        let mut command = Command::new(env!("CARGO"));
        command.args(["check", "--offline", "-p", "spec-sync"]).current_dir(self.folder.path());
        command.env("CARGO_TARGET_DIR", target).env_remove("CI").env_remove("CLIENTSMITH_CHECK");
        command.envs(environment.iter().copied()).output().unwrap()
    }

    fn edit(&self, part: &str, from: &str, to: &str) {
        let path = self.path(part);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{part} has no {from}");
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    fn generated(&self) -> Vec<(PathBuf, Vec<u8>, SystemTime)> {
        let mut files = Vec::new();
        list(&self.path("generated"), &mut files);
        files.sort();
        files
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            if entry.file_name() != "target" {
                copy(&entry.path(), &to.join(entry.file_name()));
            }
        }
    } else {
        fs::copy(from, to).unwrap();
    }
}

fn list(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>, SystemTime)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, files);
        } else {
            let changed = fs::metadata(&path).unwrap().modified().unwrap();
            files.push((path.clone(), fs::read(&path).unwrap(), changed));
        }
    }
}

fn read_only(folder: &Path, to: bool) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_only(&path, to);
        }
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(to);
        fs::set_permissions(&path, permissions).unwrap();
    }
}

fn messages(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// One test, since every scenario would wait for cargo's lock on the target directory.
#[test]
fn build_updates_the_crate() {
    let copy = Copy::new();

    let before = copy.generated();
    let built = copy.build(&[("CI", "true")]);
    assert!(built.status.success(), "the checked-in crate is out of step: {}", messages(&built));
    assert_eq!(copy.generated(), before, "an up-to-date build changed a file or its time");

    copy.edit("spec/openapi.yaml", "        - OKTA\n", "        - OKTA\n        - SENTINELONE\n");
    let refused = copy.build(&[("CI", "true")]);
    assert!(!refused.status.success());
    assert!(messages(&refused).contains("out of step"), "{}", messages(&refused));
    assert_eq!(copy.generated(), before, "a build with CI set wrote");

    let built = copy.build(&[]);
    assert!(built.status.success(), "{}", messages(&built));
    assert!(messages(&built).contains("regenerated"), "{}", messages(&built));
    let after = copy.generated();
    assert!(after.iter().any(|(_, text, _)| String::from_utf8_lossy(text).contains("Sentinelone")));

    copy.edit("generated/src/models.rs", "// @generated", "// edited by hand\n// @generated");
    let edited = copy.generated();
    let refused = copy.build(&[]);
    assert!(!refused.status.success() && messages(&refused).contains("[E0703]"), "{}", messages(&refused));
    assert!(messages(&refused).contains("generated/src/models.rs") && copy.generated() == edited);
    fs::remove_file(copy.path("generated/src/models.rs")).unwrap();
    let built = copy.build(&[]);
    assert!(built.status.success() && messages(&built).contains("regenerated"), "{}", messages(&built));
    let texts = |files: &[(PathBuf, Vec<u8>, SystemTime)]| {
        files.iter().map(|(path, text, _)| (path.clone(), text.clone())).collect::<Vec<_>>()
    };
    assert_eq!(texts(&copy.generated()), texts(&after), "the hand edit is still there");

    copy.edit("generated/.clientsmith", "src/lib.rs ", "src/stale.rs\nsrc/lib.rs ");
    fs::write(copy.path("generated/src/stale.rs"), "// generated once\n").unwrap();
    fs::write(copy.path("generated/NOTES.md"), "not ours\n").unwrap();
    let built = copy.build(&[]);
    assert!(built.status.success(), "{}", messages(&built));
    assert!(!copy.path("generated/src/stale.rs").exists(), "a file that is no longer generated is still there");
    assert!(copy.path("generated/NOTES.md").exists(), "a foreign file was removed");
    fs::remove_file(copy.path("generated/NOTES.md")).unwrap();

    // Permissions do not stop root. The modification times show that nothing is written.
    let before = copy.generated();
    read_only(&copy.path("generated"), true);
    let built = copy.build(&[]);
    read_only(&copy.path("generated"), false);
    assert!(built.status.success(), "a read-only tree that is in step: {}", messages(&built));
    assert_eq!(copy.generated(), before);

    copy.edit(
        "spec/openapi.yaml",
        "$ref: '#/components/schemas/SecurityMonitoringIntegrationType'",
        "$ref: '#/components/schemas/Nowhere'",
    );
    let failed = copy.build(&[]);
    assert!(!failed.status.success());
    let text = messages(&failed);
    assert!(text.contains("spec/openapi.yaml:"), "{text}");
    assert_eq!(texts(&copy.generated()), texts(&after), "a broken description changed the crate");
}
