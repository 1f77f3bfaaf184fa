//! Projects made by `init`: their files, and builds with cargo.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod clientsmith;

use clientsmith::{Place, Run, SPEC, command, program, spec, texts};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PETS: &str = "openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pet:
    get:
      operationId: getPet
      responses:
        '200':
          description: x
          content: {application/json: {schema: {$ref: 'models/pet.yaml#/Pet'}}}
";
const PET: &str = "Pet: {type: object, required: [name], properties: {name: {type: string}}}\n";

impl Place {
    /// A directory with the description `in/pets.yaml`, which refers to another file, and nothing else.
    fn new() -> Self {
        let place = Self::empty();
        place.write("in/pets.yaml", PETS);
        place.write("in/models/pet.yaml", PET);
        place
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        Run::of(command().args(arguments).current_dir(self.path(folder)).output().unwrap())
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments)
    }

    /// Runs cargo in a directory, with the target directory and the lock file of this checkout, so that only the packages of
    /// the directory are compiled.
    fn cargo(&self, folder: &str, arguments: &[&str], ci: bool) -> Output {
        let mut command = program(env!("CARGO"));
        command.args(arguments).arg("--offline").current_dir(self.path(folder));
        command.env("CARGO_TARGET_DIR", target());
        if std::env::var_os(OPTIMIZE).is_none() {
            // The profile of this checkout, whose packages cargo takes then.
            command.env(OPTIMIZE, "1");
        }
        if ci {
            command.env("CI", "true");
        }
        command.output().unwrap()
    }
}

const OPTIMIZE: &str = "CARGO_PROFILE_DEV_BUILD_OVERRIDE_OPT_LEVEL";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn target() -> PathBuf {
    root().join("target")
}

fn messages(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const PROGRAM: &str = "fn main() { println!(\"{}\", serde_json::to_string(&PET).unwrap()) }\n";

/// Each build is the first one after an edit. A build that compiled the sources of before the edit would fail, since the
/// program uses the new field.
#[test]
fn one_build_after_an_edit_compiles_the_new_client() {
    let place = Place::new();
    place.run(&["init", "mine", "--spec", "in/pets.yaml", "--name", "own-project-pets"]).exits(0);
    fs::copy(root().join("Cargo.lock"), place.path("mine/Cargo.lock")).unwrap();
    place.edit("mine/Cargo.toml", "members = [", "members = [\"own-project-app\", ");
    place.write(
        "mine/own-project-app/Cargo.toml",
        "[package]\nname = 'own-project-app'\nedition = '2024'\n[dependencies]\nown-project-pets = { path = '../own-project-pets', \
         default-features = false }\nserde_json = '1'\n",
    );
    let main = |pet: &str| PROGRAM.replace("PET", pet);
    let run = || {
        let done = Command::new(target().join("debug").join("own-project-app")).output().unwrap();
        String::from_utf8(done.stdout).unwrap()
    };
    place.write("mine/own-project-app/src/main.rs", &main("own_project_pets::models::Pet::new(\"Rex\")"));
    // Only what the program needs: other features would compile more than this test is about.
    let build = ["build", "-p", "own-project-app"];
    let built = place.cargo("mine", &build, true);
    assert!(built.status.success(), "the crate of `init` is out of step, or does not compile: {}", messages(&built));
    assert_eq!(run(), "{\"name\":\"Rex\"}\n");

    place.edit("mine/spec/models/pet.yaml", "{name: {type: string}", "{name: {type: string}, nickname: {type: string}");
    let pet = "own_project_pets::models::Pet::new(\"Rex\").with_nickname(\"R\")";
    place.write("mine/own-project-app/src/main.rs", &main(pet));
    let refused = place.cargo("mine", &build, true);
    assert!(!refused.status.success() && messages(&refused).contains("out of step"), "{}", messages(&refused));
    let built = place.cargo("mine", &build, false);
    assert!(built.status.success(), "{}", messages(&built));
    assert!(messages(&built).contains("regenerated own-project-pets/src/models.rs"), "{}", messages(&built));
    assert_eq!(run(), "{\"name\":\"Rex\",\"nickname\":\"R\"}\n");

    // An error of the description is shown at its place, and the crate stays.
    let before = texts(&place.path("mine/own-project-pets"));
    place.edit("mine/spec/pets.yaml", "#/Pet'", "#/Cat'");
    place.edit("mine/clientsmith.toml", "spec = ", "strict = true\nspec = ");
    let refused = place.cargo("mine", &build, false);
    assert!(!refused.status.success() && messages(&refused).contains("spec/pets.yaml:10:"), "{}", messages(&refused));
    assert_eq!(texts(&place.path("mine/own-project-pets")), before);

    // The settings are an input too.
    place.edit("mine/spec/pets.yaml", "#/Cat'", "#/Pet'");
    place.edit("mine/clientsmith.toml", "strict = true", "rename = { \"models/pet.yaml#/Pet\" = \"Animal\" }");
    place.write("mine/own-project-app/src/main.rs", &main(&pet.replace("Pet::", "Animal::")));
    let built = place.cargo("mine", &build, false);
    assert!(built.status.success(), "{}", messages(&built));
    assert_eq!(run(), "{\"name\":\"Rex\",\"nickname\":\"R\"}\n");
    place.run_in("mine", &["check"]).exits(0);
}

#[test]
fn init_writes_a_project_that_is_in_step() {
    let place = Place::new();
    let run = place.run(&["init", "a/mine", "--spec", "in/pets.yaml"]);
    run.exits(0).has_empty_stdout();
    let all: Vec<String> = texts(&place.path("a/mine")).into_iter().map(|(name, _)| name).collect();
    for file in [
        ".github/workflows/clientsmith.yml",
        ".gitignore",
        "Cargo.toml",
        "clientsmith.toml",
        "pets/.clientsmith",
        "pets/.gitattributes",
        "pets/Cargo.toml",
        "pets/build.rs",
        "pets/src/models.rs",
        "spec/models/pet.yaml",
        "spec/pets.yaml",
    ] {
        assert!(all.iter().any(|name| name == file), "no {file} in {all:?}");
    }
    assert!(
        run.stderr.contains("wrote clientsmith.toml") && run.stderr.contains("next: cargo build"),
        "{}",
        run.stderr
    );
    assert_eq!(place.read("a/mine/Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"pets\"]\n");
    assert!(
        place.read("a/mine/clientsmith.toml").contains("spec = \"spec/pets.yaml\"\nout = \"pets\"\nname = \"pets\"\n")
    );
    // This command was built in a checkout, whose library the build script uses.
    let manifest = place.read("a/mine/pets/Cargo.toml");
    let entry = manifest.split_once("[build-dependencies]\nclientsmith = { path = ").unwrap().1;
    assert!(entry.lines().next().unwrap().ends_with("/generator\" }"), "{manifest}");
    assert!(run.stderr.contains("build.rs uses clientsmith from"), "{}", run.stderr);
    place.run_in("a/mine", &["check"]).exits(0).has_empty_stdout();
    let json = place.run(&["init", "json", "--spec", "in/pets.yaml", "--message-format", "json"]);
    assert_eq!(json.exits(0).stderr, "");
}

#[test]
fn init_takes_options_of_the_crate() {
    let place = Place::new();
    let runtime = root().join("runtime").display().to_string();
    place.write("lib/Cargo.toml", "[package]\nname = 'clientsmith'\n");
    let path = format!("path:{runtime}");
    let options = ["--name", "zoo", "--runtime", &path, "--build-dependency", "path:lib", "--ci", "none"];
    place.run(&[&["init", "mine", "--spec", "in/pets.yaml"], &options[..]].concat()).exits(0);
    let manifest = place.read("mine/zoo/Cargo.toml");
    assert!(manifest.contains("clientsmith = { path = \"../../lib\" }"), "{manifest}");
    assert!(manifest.contains("clientsmith-runtime = { path = "), "{manifest}");
    assert!(!place.path("mine/.github").exists() && !place.path("mine/pets").exists());
    place.run_in("mine", &["check"]).exits(0);
    let versions = ["init", "versions", "--spec", "in/pets.yaml", "--runtime", "0.1", "--build-dependency", "0.1"];
    place.run(&versions).exits(0);
    assert!(place.read("versions/pets/Cargo.toml").contains("[build-dependencies]\nclientsmith = \"0.1\"\n"));
    for (option, value, words) in [
        ("--build-dependency", "path:nowhere", "nowhere is not the directory of a package"),
        ("--build-dependency", "vendored", "expected a version of clientsmith"),
        ("--runtime", "vendored", "`bundled`, `path:DIRECTORY` or a version"),
        ("--name", "1x", "is not a package name"),
    ] {
        let run = place.run(&["init", "wrong", "--spec", "in/pets.yaml", option, value]);
        assert!(run.exits(2).stderr.contains(words), "{}", run.stderr);
        assert!(!place.path("wrong").exists());
    }
}

#[test]
fn init_overwrites_nothing() {
    for (path, text) in [
        ("clientsmith.toml", "name = 'x'\n"),
        ("pets/notes.txt", "mine"),
        ("spec/pets.yaml", "mine"),
        (".github/workflows/clientsmith.yml", "mine"),
    ] {
        let place = Place::new();
        place.write(&format!("mine/{path}"), text);
        let before = texts(&place.path("mine"));
        let run = place.run(&["init", "mine", "--spec", "in/pets.yaml"]);
        let named = if path.starts_with("pets/") { "pets" } else { path };
        assert!(run.exits(2).stderr.contains(&format!("\n  {named}\n")), "{path}: {}", run.stderr);
        assert!(run.stderr.contains("help: "), "{}", run.stderr);
        assert_eq!(texts(&place.path("mine")), before);
    }
    let place = Place::new();
    place.run(&["init", "mine", "--spec", "in/pets.yaml"]).exits(0);
    let before = texts(&place.path("mine"));
    let again = place.run(&["init", "mine", "--spec", "in/pets.yaml"]);
    assert!(again.exits(2).stderr.contains("`[[api]]`"), "{}", again.stderr);
    assert_eq!(texts(&place.path("mine")), before);
}

#[test]
fn init_uses_a_description_inside_the_project_in_place() {
    let place = Place::new();
    place.run_in("in", &["init", "--spec", "pets.yaml"]).exits(0);
    assert!(place.read("in/clientsmith.toml").contains("spec = \"pets.yaml\"\n"));
    assert!(!place.path("in/spec").exists());
    place.run_in("in", &["check"]).exits(0);
}

#[test]
fn init_refuses_descriptions_that_it_cannot_copy() {
    let place = Place::new();
    let refused = |arguments: &[&str], code: i32, words: &str| {
        let run = place.run(&[&["init", "mine"], arguments].concat());
        assert!(run.exits(code).stderr.contains(words), "{}", run.stderr);
        assert!(!place.path("mine").exists(), "something was written");
    };
    place.write("in/deep/pets.yaml", &PETS.replace("models/", "../models/"));
    refused(&["--spec", "in/deep/pets.yaml"], 2, "outside of its directory: copy the files into the project");
    place.write("in/broken.yaml", "openapi: [");
    refused(&["--spec", "in/broken.yaml"], 1, "in/broken.yaml:1:");
    refused(&["--spec", "in/nowhere.yaml"], 2, "in/nowhere.yaml cannot be read");
    refused(&[], 2, "--spec");
    place.write("file", "");
    let run = place.run(&["init", "file", "--spec", "in/pets.yaml"]);
    assert!(run.exits(2).stderr.contains("expected a directory"), "{}", run.stderr);
}

#[test]
fn init_joins_the_workspace_around_the_project() {
    let place = Place::new();
    let workspace = "# mine\n[workspace]\nmembers = [\n    \"app\", # first\n]\n";
    place.write("w/Cargo.toml", workspace);
    let run = place.run(&["init", "w/clients", "--spec", "in/pets.yaml"]);
    assert!(run.exits(0).stderr.contains("added \"clients/pets\" to `members`"), "{}", run.stderr);
    let after = "# mine\n[workspace]\nmembers = [\n    \"clients/pets\",\n    \"app\", # first\n]\n";
    assert_eq!(place.read("w/Cargo.toml"), after);
    assert!(!place.path("w/clients/Cargo.toml").exists(), "a workspace in a workspace");

    place.write("g/Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n");
    let run = place.run(&["init", "g/crates", "--spec", "in/pets.yaml"]);
    assert!(run.exits(0).stderr.contains("is a member"), "{}", run.stderr);
    assert_eq!(place.read("g/Cargo.toml"), "[workspace]\nmembers = [\"crates/*\"]\n");

    // A single package needs no workspace.
    place.write("p/Cargo.toml", "[package]\nname = \"app\"\n");
    let run = place.run(&["init", "p", "--spec", "in/pets.yaml"]);
    assert!(run.exits(0).stderr.contains("pets = { path = \"pets\" }"), "{}", run.stderr);
    assert_eq!(place.read("p/Cargo.toml"), "[package]\nname = \"app\"\n");
}

#[test]
fn init_writes_the_workflow_only_in_the_root_of_a_repository() {
    let place = Place::new();
    fs::create_dir_all(place.path("repo/.git")).unwrap();
    let run = place.run(&["init", "repo/below", "--spec", "in/pets.yaml"]);
    assert!(run.exits(0).stderr.contains("no workflow was written"), "{}", run.stderr);
    assert!(!place.path("repo/below/.github").exists() && !place.path("repo/.github").exists());
    place.run(&["init", "repo", "--spec", "in/pets.yaml", "--name", "other"]).exits(0);
    assert!(place.read("repo/.github/workflows/clientsmith.yml").contains("--manifest-path other/Cargo.toml"));
}

#[test]
fn reviews_fold_generated_files() {
    let place = Place::new();
    place.run(&["init", "mine", "--spec", "in/pets.yaml"]).exits(0);
    let git = |arguments: &[&str]| {
        let done = Command::new("git").args(arguments).current_dir(place.path("mine")).output().unwrap();
        String::from_utf8(done.stdout).unwrap()
    };
    git(&["init", "--quiet"]);
    let shown = git(&["check-attr", "linguist-generated", "pets/src/models.rs", "pets/build.rs", "spec/pets.yaml"]);
    let values: Vec<&str> = shown.lines().filter_map(|line| line.rsplit(' ').next()).collect();
    assert_eq!(values, ["set", "unset", "unspecified"], "{shown}");
}

#[test]
fn init_takes_the_description_of_the_checked_in_crate() {
    let place = Place::new();
    place.run(&["init", "mine", "--spec", SPEC]).exits(0);
    assert_eq!(place.read("mine/spec/openapi.yaml"), spec());
    place.run_in("mine", &["check"]).exits(0);
}
