//! The command `lock`, and what other commands do with a lock.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod clientsmith;

use clientsmith::{Place, Run, command};
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

const PETS: &str = "openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pet:
    get:
      operationId: getPet
      responses:
        '200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, required: [name, kind], properties: {name: {type: string}, kind: {type: string}}}
";

const LOCK: &str = "clientsmith.lock.toml";

impl Place {
    fn new() -> Self {
        let place = Self::empty();
        place.write("api.yaml", PETS);
        place
    }

    /// Renames the component and puts its second property first.
    fn edit(&self) {
        let text = PETS
            .replace("Pet:", "Animal:")
            .replace("schemas/Pet", "schemas/Animal")
            .replace("{name: {type: string}, kind: {type: string}}", "{kind: {type: string}, name: {type: string}}");
        self.write("api.yaml", &text);
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command();
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }

    fn run_in_ci(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).env("CI", "true").output().unwrap())
    }
}

#[test]
fn lock_creates_updates_and_compares_the_file() {
    let place = Place::new();
    place.run(&["lock", "api.yaml", "--check"]).exits(1);
    assert!(!place.path(LOCK).exists());
    let run = place.run(&["lock", "api.yaml"]);
    assert!(run.exits(0).stderr.contains("clientsmith.lock.toml: created"), "{run:?}");
    let first = place.read(LOCK);
    assert!(place.run(&["lock", "api.yaml"]).exits(0).stderr.contains("unchanged"));
    place.run(&["lock", "api.yaml", "--check"]).exits(0);
    place.edit();
    let run = place.run(&["lock", "api.yaml", "--check"]);
    assert!(run.exits(1).stdout.contains("+gone.\"models::Pet\" = "), "{run:?}");
    assert!(run.stderr.contains("help: run `clientsmith generate`"), "{run:?}");
    assert_eq!(place.read(LOCK), first);
    assert!(place.run(&["lock", "api.yaml"]).exits(0).stderr.contains("updated"));
    assert_ne!(place.read(LOCK), first);
    // Another file, and none for standard input.
    place.run(&["lock", "api.yaml", "--lock", "other.toml"]).exits(0);
    assert!(!place.read("other.toml").contains("models::Pet"));
    let run =
        Run::of(place.command(&["lock", "-"]).stdin(fs::File::open(place.path("api.yaml")).unwrap()).output().unwrap());
    assert!(run.exits(2).stderr.contains("--lock FILE"), "{run:?}");
}

#[test]
fn generate_updates_a_lock_that_exists_and_creates_none() {
    let place = Place::new();
    let generate = ["generate", "api.yaml", "--out", "out"];
    place.run(&generate).exits(0);
    assert!(!place.path(LOCK).exists());
    place.run(&["lock", "api.yaml"]).exits(0);
    let first = place.read(LOCK);
    place.edit();
    let run = place.run(&[&generate[..], &["--dry-run"]].concat());
    assert!(run.exits(0).stderr.contains("clientsmith.lock.toml: would change"), "{run:?}");
    assert_eq!(place.read(LOCK), first);
    assert!(place.run(&generate).exits(0).stderr.contains("clientsmith.lock.toml: updated"));
    let models = place.read("out/src/models.rs");
    assert!(models.contains("pub type Pet = Animal;"), "{models}");
    assert!(models.contains("pub fn new(name: impl Into<String>, kind: impl Into<String>)"), "{models}");
    place.run(&["check", "api.yaml", "--out", "out"]).exits(0);
}

#[test]
fn continuous_integration_compares_only() {
    let place = Place::new();
    place.run(&["lock", "api.yaml"]).exits(0);
    place.run(&["generate", "api.yaml", "--out", "out"]).exits(0);
    place.run_in_ci(&["generate", "api.yaml", "--out", "out"]).exits(0);
    let (lock, models) = (place.read(LOCK), place.read("out/src/models.rs"));
    place.edit();
    for arguments in [["generate", "api.yaml", "--out", "out"], ["check", "api.yaml", "--out", "out"]] {
        let run = place.run_in_ci(&arguments);
        assert!(run.exits(1).stderr.contains("clientsmith.lock.toml is out of step with api.yaml"), "{run:?}");
        assert!(run.stdout.contains("+types.\"#/components/schemas/Animal\" = "), "{run:?}");
    }
    assert_eq!((place.read(LOCK), place.read("out/src/models.rs")), (lock, models));
}

#[test]
fn wrong_locks_change_no_file() {
    let place = Place::new();
    place.run(&["generate", "api.yaml", "--out", "out"]).exits(0);
    let models = place.read("out/src/models.rs");
    place.edit();
    for text in ["<<<<<<< HEAD\n", "version = 1\n[types]\n\"#/a\" = { name = \"X\" }\n\"#/b\" = { name = \"X\" }\n"] {
        place.write(LOCK, text);
        for arguments in [&["generate", "api.yaml", "--out", "out"][..], &["lock", "api.yaml"]] {
            let run = place.run(arguments);
            let stderr = &run.exits(1).stderr;
            assert!(
                stderr.contains("E090") && stderr.contains("clientsmith.lock.toml:") && stderr.contains("help:"),
                "{run:?}"
            );
        }
        assert_eq!((place.read(LOCK), place.read("out/src/models.rs")), (text.to_owned(), models.clone()));
    }
    // A directory is no lock.
    fs::remove_file(place.path(LOCK)).unwrap();
    fs::create_dir(place.path(LOCK)).unwrap();
    assert!(place.run(&["generate", "api.yaml", "--out", "out"]).exits(1).stderr.contains("E0904"));
}

#[test]
fn diff_reads_the_lock_and_names_it_where_it_helps() {
    let place = Place::new();
    place.run(&["lock", "api.yaml"]).exits(0);
    fs::create_dir(place.path("old")).unwrap();
    fs::copy(place.path("api.yaml"), place.path("old/api.yaml")).unwrap();
    place.edit();
    let run = place.run(&["diff", "old/api.yaml", "api.yaml", "--lock", LOCK, "--wire-fail-on", "none"]);
    assert!(run.exits(0).stdout.contains("minor[D109]"), "{run:?}");
    assert!(run.stdout.contains("`models::Pet` is deprecated: renamed to `Animal`"), "{run:?}");
    assert!(!run.stdout.contains("D105") && !run.stdout.contains("D111"), "{run:?}");
    fs::rename(place.path(LOCK), place.path("moved.toml")).unwrap();
    let run = place.run(&["diff", "old/api.yaml", "api.yaml"]);
    assert!(run.exits(1).stdout.contains("D105") && run.stdout.contains("D111"), "{run:?}");
    assert!(run.stdout.contains("`clientsmith lock` for the old description keeps the old order"), "{run:?}");
    place.run(&["diff", "old/api.yaml", "api.yaml", "--lock", "moved.toml"]).exits(0);
    place.run(&["diff", "old/api.yaml", "api.yaml", "--lock", "missing.toml"]).exits(2);
}

#[test]
fn each_api_has_a_lock_of_its_own() {
    let place = Place::new();
    place.write("dogs.yaml", PETS);
    let settings = |more: &str| {
        format!("[[api]]\nspec = 'api.yaml'\nout = 'pets'\n[[api]]\nspec = 'dogs.yaml'\nout = 'dogs'\n{more}")
    };
    place.write("clientsmith.toml", &settings(""));
    let words = "clientsmith.lock.toml is the lock of two APIs: set `lock`";
    assert!(place.run(&["lock"]).exits(2).stderr.contains(words));
    assert!(!place.path(LOCK).exists());
    place.write(LOCK, "version = 2\n");
    assert!(place.run(&["generate"]).exits(2).stderr.contains(words));
    place.write("clientsmith.toml", &settings("lock = 'dogs.lock.toml'\n"));
    place.run(&["lock"]).exits(0);
    place.run(&["generate"]).exits(0);
    assert!(place.read("dogs.lock.toml").contains("name = \"Pet\"") && place.read(LOCK).contains("name = \"Pet\""));
}

#[test]
fn init_creates_a_lock_that_merges() {
    let place = Place::new();
    place.run(&["init", "mine", "--spec", "api.yaml", "--name", "pets", "--ci", "none"]).exits(0);
    assert!(place.read("mine/spec/clientsmith.lock.toml").contains("types.\"#/components/schemas/Pet\" = "));
    assert_eq!(place.read("mine/spec/.gitattributes"), "clientsmith.lock.toml merge=union\n");
    let check = command().args(["check"]).current_dir(place.path("mine")).env("CI", "1").output().unwrap();
    Run::of(check).exits(0);
}

#[test]
fn watch_updates_the_lock() {
    let place = Place::new();
    place.run(&["lock", "api.yaml"]).exits(0);
    let first = place.read(LOCK);
    let mut watch = place.command(&["watch", "api.yaml", "--out", "out"]).stderr(Stdio::null()).spawn().unwrap();
    let wait = |done: &dyn Fn() -> bool| {
        let found = (0..200).any(|_| {
            thread::sleep(Duration::from_millis(50));
            done()
        });
        assert!(found, "nothing happened");
    };
    wait(&|| place.path("out/src/models.rs").exists());
    place.edit();
    wait(&|| fs::read_to_string(place.path(LOCK)).is_ok_and(|text| text != first && text.contains("Animal")));
    watch.kill().unwrap();
    watch.wait().unwrap();
}
