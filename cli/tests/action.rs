//! `action.yml`: its steps run here with the command of this package, in a repository with a base revision.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod clientsmith;

use ::clientsmith::syntax_tree::{self, NodeId, Tree};
use clientsmith::{COMMAND, Place, Run, clientsmith};
use std::path::Path;
use std::process::Command;

const BEFORE: &str = "openapi: 3.0.3
info: {title: Tasks, version: '1'}
paths:
  /tasks:
    get:
      operationId: listTasks
      responses:
        '200':
          description: Tasks.
          content: {application/json: {schema: {type: object, properties: {id: {type: string}, note: {type: string}}}}}
";

/// The parsed action.
struct Action {
    tree: Tree,
    root: NodeId,
}

impl Action {
    fn read() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../action.yml");
        let (tree, root) = syntax_tree::parse(&std::fs::read_to_string(path).unwrap()).unwrap();
        Self { tree, root }
    }

    fn at(&self, node: NodeId, key: &str) -> NodeId {
        self.tree.value_at(node, key).unwrap_or_else(|| panic!("no {key}"))
    }

    fn text(&self, node: NodeId, key: &str) -> &str {
        self.tree.text_at(node, key).unwrap_or_else(|| panic!("no {key}"))
    }

    /// The step with this name.
    fn step(&self, name: &str) -> NodeId {
        let steps = self.tree.list(self.at(self.at(self.root, "runs"), "steps"));
        *steps
            .iter()
            .find(|step| self.tree.text_at(**step, "name") == Some(name))
            .unwrap_or_else(|| panic!("no step {name}"))
    }

    /// The default of an input.
    fn default(&self, input: &str) -> &str {
        self.text(self.at(self.at(self.root, "inputs"), input), "default")
    }

    /// The value of an expression such as `${{ inputs.config }}`, of which the first that is not empty counts.
    fn value(&self, expression: &str, event: &str) -> String {
        let inner = expression.strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}")).unwrap();
        let values = inner.split("||").map(str::trim).map(|name| match name.split_once('.') {
            Some(("inputs", input)) => self.default(input).to_owned(),
            Some(("github", "event.pull_request.base.sha")) => event.to_owned(),
            Some(("github", "event.before")) => "0".repeat(40),
            _ => panic!("{expression}"),
        });
        values.into_iter().find(|value| !value.is_empty()).unwrap_or_default()
    }

    /// Runs a step in a directory, as GitHub does. `event` is the base of the pull request.
    fn run(&self, name: &str, folder: &Path, event: &str) -> Run {
        let step = self.step(name);
        assert_eq!(self.text(step, "shell"), "bash");
        let bin = Path::new(COMMAND).parent().unwrap().display().to_string();
        let path = format!("{bin}:{}", std::env::var("PATH").unwrap());
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", self.text(step, "run")]).current_dir(folder);
        bash.env("PATH", path).env("GITHUB_STEP_SUMMARY", folder.join("summary.md"));
        for entry in self.tree.map(self.at(step, "env")) {
            bash.env(&entry.key, self.value(self.tree.text(entry.value).unwrap(), event));
        }
        Run::of(bash.output().unwrap())
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    let done = Command::new("git").args(identity).args(arguments).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

/// A repository whose crate is in step with its description. Returns its first commit.
fn repository() -> (Place, String) {
    let place = Place::empty();
    place.write("api.yaml", BEFORE);
    place.write("clientsmith.toml", "spec = 'api.yaml'\nout = 'client'\nname = 'tasks'\n");
    let config = place.path("clientsmith.toml").display().to_string();
    clientsmith(&["generate", "--config", &config]).exits(0);
    git(place.folder.path(), &["init", "-q"]);
    git(place.folder.path(), &["add", "."]);
    git(place.folder.path(), &["commit", "-q", "-m", "first"]);
    let first = git(place.folder.path(), &["rev-parse", "HEAD"]);
    (place, first)
}

#[test]
fn steps_check_the_crate_and_report_the_verdict() {
    let action = Action::read();
    let (place, first) = repository();
    let folder = place.folder.path();
    action.run("check", folder, &first).exits(0);
    action.run("diff", folder, &first).exits(0);
    assert!(place.read("summary.md").starts_with("The clients are in step"));
    // A change that breaks code, without a new crate.
    place.write("api.yaml", &BEFORE.replace(", note: {type: string}", ""));
    action.run("check", folder, &first).exits(1);
    let diff = action.run("diff", folder, &first);
    assert!(diff.exits(1).stdout.contains("::error file=api.yaml"), "{diff:?}");
    let summary = place.read("summary.md");
    assert!(summary.contains("not in step") && summary.contains("Rust: major"), "{summary}");
}

/// The checkout action of GitHub has one commit.
#[test]
fn a_branch_is_fetched_into_a_shallow_checkout() {
    let action = Action::read();
    let (place, _) = repository();
    git(place.folder.path(), &["branch", "released"]);
    place.write("api.yaml", &BEFORE.replace(", note: {type: string}", ""));
    git(place.folder.path(), &["commit", "-q", "-a", "-m", "second"]);
    let clones = Place::empty();
    let from = format!("file://{}", place.folder.path().display());
    git(clones.folder.path(), &["clone", "-q", "--depth=1", &from, "shallow"]);
    let diff = action.run("diff", &clones.path("shallow"), "released");
    assert!(diff.exits(1).stdout.contains("::error file=api.yaml"), "{diff:?}");
}

#[test]
fn a_base_that_is_no_commit_is_no_option() {
    let action = Action::read();
    let (place, _) = repository();
    // A new branch has no commit before the push.
    action.run("diff", place.folder.path(), "").exits(0);
    assert!(place.read("summary.md").contains("no revision to compare with"));
    action.run("diff", place.folder.path(), "--upload-pack=x").exits(2);
}

#[test]
fn inputs_reach_scripts_only_as_variables() {
    let action = Action::read();
    for entry in action.tree.list(action.at(action.at(action.root, "runs"), "steps")) {
        // Text in a script would run as code.
        assert!(!action.text(*entry, "run").contains("${{"));
    }
    assert_eq!(action.text(action.at(action.root, "runs"), "using"), "composite");
    let install = action.text(action.step("install"), "run");
    assert!(install.starts_with("cargo install --locked clientsmith-cli "), "{install}");
    let package = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    assert!(package.contains("name = \"clientsmith-cli\""));
}

/// The allowed values of the inputs are those of the command.
#[test]
fn limits_have_the_values_of_the_command() {
    let action = Action::read();
    let help = clientsmith(&["diff", "--help"]).stdout.clone();
    for (input, flag) in [("fail-on", "--fail-on"), ("wire-fail-on", "--wire-fail-on")] {
        let described = action.text(action.at(action.at(action.root, "inputs"), input), "description");
        let values: Vec<&str> = described.split('`').skip(1).step_by(2).collect();
        assert!(values.contains(&action.default(input)) && help.contains(flag));
        for value in values {
            let run = clientsmith(&["diff", "--config", "/nowhere.toml", flag, value]);
            assert!(run.exits(2).stderr.contains("nowhere.toml"), "{value}: {}", run.stderr);
        }
    }
}
