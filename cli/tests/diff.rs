//! `diff` and `approve`: exit codes, approvals, settings, git revisions and formats.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod clientsmith;

use clientsmith::{Run, clientsmith, command, folder};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A description with one type. `fields` are the lines of its properties, `required` their names.
fn description(required: &str, fields: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo:\n  title: Tasks\n  version: '1'\npaths:\n  /tasks:\n    get:\n      operationId: listTasks\n      \
         responses:\n        '200':\n          description: The task.\n          content:\n            application/json:\n              \
         schema:\n                $ref: '#/components/schemas/Task'\ncomponents:\n  schemas:\n    Task:\n      type: object\n      \
         required: [{required}]\n      properties:\n{fields}"
    )
}

const OLD: &str = "        id: {type: string}\n        note: {type: string}\n";

/// A directory with descriptions: `old.yaml`, and one for each change.
struct Descriptions {
    folder: tempfile::TempDir,
}

impl Descriptions {
    fn new() -> Self {
        let folder = folder();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("old.yaml", &description("id", OLD));
        write("minor.yaml", &description("id", &format!("{OLD}        color: {{type: string}}\n")));
        write("patch.yaml", &description("id", &OLD.replace("note: {", "note: {description: Free text., ")));
        // Major for code, and safe on the wire.
        write("major.yaml", &description("id", "        id: {type: string}\n"));
        // Major for code, and a break on the wire.
        write("break.yaml", &description("", OLD));
        // A risk on the wire.
        write("risk.yaml", &description("id", OLD).replace("paths:", "servers:\n  - url: https://new.example\npaths:"));
        Self { folder }
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut command = command();
        Run::of(
            command.args(arguments).current_dir(self.folder.path()).env_remove("GITHUB_STEP_SUMMARY").output().unwrap(),
        )
    }

    fn diff(&self, new: &str, more: &[&str]) -> Run {
        self.run(&[&["diff", "old.yaml", new], more].concat())
    }

    fn json(&self, new: &str, more: &[&str]) -> Value {
        let run =
            self.diff(new, &[&["--format", "json", "--fail-on", "none", "--wire-fail-on", "none"], more].concat());
        serde_json::from_str(&run.exits(0).stdout).unwrap()
    }

    /// The ids of the changes of the code with a verdict of at least `major`, and of breaks on the wire.
    fn ids(&self, new: &str) -> Vec<String> {
        let json = self.json(new, &[]);
        let failing = json["changes"].as_array().unwrap().iter();
        let failing = failing.filter(|change| change["rust"] == "major" || change["wire"] == "break");
        failing.map(|change| change["id"].as_str().unwrap().to_owned()).collect()
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]);
        let done = git.args(arguments).current_dir(self.folder.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn fails_over_either_limit() {
    let all = Descriptions::new();
    let limits = |new: &str, code: &str, wire: &str| all.diff(new, &["--fail-on", code, "--wire-fail-on", wire]).code;
    for (new, code, wire, exit) in [
        ("old.yaml", "patch", "risk", 0),
        ("patch.yaml", "patch", "risk", 1),
        ("patch.yaml", "minor", "risk", 0),
        ("minor.yaml", "minor", "break", 1),
        ("minor.yaml", "major", "risk", 0),
        ("major.yaml", "major", "none", 1),
        ("major.yaml", "none", "risk", 0),
        ("break.yaml", "none", "break", 1),
        ("break.yaml", "none", "none", 0),
        ("risk.yaml", "major", "break", 0),
        ("risk.yaml", "major", "risk", 1),
        // A change on the wire needs a new crate, at least a patch.
        ("risk.yaml", "patch", "none", 1),
    ] {
        assert_eq!(limits(new, code, wire), Some(exit), "{new} --fail-on {code} --wire-fail-on {wire}");
    }
    // Without limits: major, and break.
    all.diff("minor.yaml", &[]).exits(0);
    all.diff("risk.yaml", &[]).exits(0);
    all.diff("major.yaml", &[]).exits(1);
    all.diff("break.yaml", &[]).exits(1);
}

#[test]
fn equal_descriptions_have_no_changes() {
    let run = Descriptions::new().diff("old.yaml", &[]);
    assert_eq!(run.exits(0).stdout, "0 changes in 1 operation, 1 type\n");
}

#[test]
fn approved_changes_do_not_fail() {
    let all = Descriptions::new();
    let ids = all.ids("break.yaml");
    assert!(ids.len() > 1, "{ids:?}");
    for (index, id) in ids.iter().enumerate() {
        let run = all.diff("break.yaml", &[]);
        run.exits(1);
        let until = ["--until", "9999-12-31"];
        let more = if index == 0 { &until[..] } else { &[] };
        all.run(&[&["approve", id, "--reason", "the field was \"never\" sent"], more].concat())
            .exits(0)
            .has_empty_stdout();
    }
    let approvals = ["--approvals", "clientsmith.approvals.toml"];
    let run = all.diff("break.yaml", &approvals);
    assert!(run.exits(0).stderr.is_empty(), "{run:?}");
    assert!(
        run.stdout.contains("= approved") && run.stdout.contains(&format!("; {} approved", ids.len())),
        "{}",
        run.stdout
    );
    // An approval changes the exit code, and neither verdict nor next version.
    let json = all.json("break.yaml", &["--approvals", "clientsmith.approvals.toml", "--released", "1.4.2"]);
    assert_eq!((&json["rust"], &json["next_version"]), (&"major".into(), &"2.0.0".into()));
    let approved = json["changes"].as_array().unwrap().iter().filter(|change| change["approved"] == true).count();
    assert_eq!(approved, ids.len());
    // Without one of the approvals it fails again.
    let text = all.read("clientsmith.approvals.toml");
    let (first, _) = text.split_once("\n\n").unwrap();
    all.write("some.toml", first);
    all.diff("break.yaml", &["--approvals", "some.toml"]).exits(1);
}

#[test]
fn approving_again_replaces_the_approval() {
    let all = Descriptions::new();
    let id = all.ids("major.yaml").remove(0);
    let approve = |reason: &str| all.run(&["approve", &id, "--reason", reason, "--approvals", "a.toml"]).exits(0).code;
    approve("first");
    approve("second");
    let text = all.read("a.toml");
    assert!(text.contains("second") && !text.contains("first"), "{text}");
    assert_eq!(text.matches("[[approved]]").count(), 1);
    all.diff("major.yaml", &["--approvals", "a.toml"]).exits(0);
}

#[test]
fn expired_and_stale_approvals_are_warnings() {
    let all = Descriptions::new();
    let id = all.ids("major.yaml").remove(0);
    all.run(&["approve", &id, "--reason", "soon", "--until", "2020-01-31", "--approvals", "a.toml"]).exits(0);
    let run = all.diff("major.yaml", &["--approvals", "a.toml"]);
    let expired = format!("warning: the approval of the change {id} expired on 2020-01-31\n");
    assert_eq!(run.exits(1).stderr, expired);
    let run = all.diff("minor.yaml", &["--approvals", "a.toml"]);
    assert_eq!(run.exits(0).stderr, format!("warning: the approved change {id} does not exist any more\n"));
}

#[test]
fn invalid_approvals_are_wrong_calls() {
    let all = Descriptions::new();
    let approve = |id: &str, more: &[&str]| {
        let run = all.run(&[&["approve", id, "--approvals", "a.toml"], more].concat());
        run.exits(2).stderr.clone()
    };
    assert!(approve("nothing", &["--reason", "x"]).contains("16 lower-case hexadecimal digits"));
    assert!(approve("0123456789ABCDEF", &["--reason", "x"]).contains("16 lower-case hexadecimal digits"));
    assert!(approve("0123456789abcdef", &[]).contains("--reason"));
    assert!(approve("0123456789abcdef", &["--reason", " "]).contains("has no reason"));
    assert!(approve("0123456789abcdef", &["--reason", "x", "--until", "soon"]).contains("is not a date"));
    assert!(approve("0123456789abcdef", &["--reason", "x", "--until", "2027-02-30"]).contains("is not a date"));
    assert!(!all.folder.path().join("a.toml").exists());
    for (text, message) in [
        ("[[approved]\n", "bad.toml: "),
        ("[[approved]]\nid = '0123456789abcdef'\n", "missing field `reason`"),
        ("[[approved]]\nid = '0123456789abcdef'\nreason = 'x'\nwho = 'me'\n", "unknown field `who`"),
    ] {
        all.write("bad.toml", text);
        let run = all.diff("major.yaml", &["--approvals", "bad.toml"]);
        assert!(run.exits(2).stderr.contains(message), "{}", run.stderr);
        // What is invalid is not overwritten.
        all.run(&["approve", "0123456789abcdef", "--reason", "x", "--approvals", "bad.toml"]).exits(2);
        assert_eq!(all.read("bad.toml"), text);
    }
    let run = all.diff("major.yaml", &["--approvals", "missing.toml"]);
    assert!(run.exits(2).stderr.contains("missing.toml"), "{}", run.stderr);
}

#[test]
fn settings_have_a_section_of_their_own() {
    let all = Descriptions::new();
    all.write("old.toml", "name = 'tasks-client'\n");
    all.write("new.toml", "name = 'tasks-api'\n");
    let json = all.json("minor.yaml", &["--config", "new.toml", "--old-config", "old.toml"]);
    let changes = json["changes"].as_array().unwrap();
    let settings: Vec<&Value> = changes.iter().filter(|change| change["code"] == "D112").collect();
    assert_eq!(settings.len(), 1, "{json}");
    assert_eq!((&settings[0]["cause"], &settings[0]["rust"]), (&"D111".into(), &"major".into()));
    assert!(changes.iter().any(|change| change["code"] == "D102"));
    assert!(
        all.json("minor.yaml", &["--config", "new.toml"])["changes"]
            .as_array()
            .unwrap()
            .iter()
            .all(|change| change["code"] != "D112")
    );
    all.diff("minor.yaml", &["--config", "new.toml", "--old-config", "old.toml"]).exits(1);
    all.diff("minor.yaml", &["--config", "new.toml", "--old-config", "new.toml"]).exits(0);
    let run = all.diff("minor.yaml", &["--old-config", "missing.toml"]);
    assert!(run.exits(2).stderr.contains("missing.toml"), "{}", run.stderr);
}

#[test]
fn missing_descriptions_and_revisions_are_exit_2() {
    let all = Descriptions::new();
    for (old, new, message) in [
        ("gone.yaml", "old.yaml", "gone.yaml"),
        ("old.yaml", "gone.yaml", "gone.yaml"),
        ("v1.0.0:old.yaml", "old.yaml", "no git revision `v1.0.0`"),
        ("--upload-pack=x:old.yaml", "old.yaml", "unexpected argument"),
    ] {
        let run = all.run(&["diff", old, new]);
        assert!(run.exits(2).stderr.contains(message), "{old} {new}: {}", run.stderr);
        run.has_empty_stdout();
    }
    all.write("broken.yaml", "openapi: [");
    all.diff("broken.yaml", &[]).exits(2).has_empty_stdout();
    let run = all.diff("minor.yaml", &["--released", "one"]);
    assert!(run.exits(2).stderr.contains("is not a version such as 1.4.2"), "{}", run.stderr);
    let run = all.diff("minor.yaml", &["--format", "next-version"]);
    assert!(run.exits(2).stderr.contains("needs `--released`"), "{}", run.stderr);
}

/// A revision has its own files: references are resolved in it, whatever the working tree has.
#[test]
fn reads_git_revisions_with_their_references() {
    let all = Descriptions::new();
    let outer = description("id", OLD);
    let (head, schemas) = outer.split_once("components:").unwrap();
    let head = head.replace("#/components/schemas/Task", "types/task.yaml#/components/schemas/Task");
    fs::create_dir_all(all.folder.path().join("spec/types")).unwrap();
    all.write("spec/api.yaml", &head);
    all.write("spec/types/task.yaml", &format!("components:{schemas}"));
    all.git(&["init", "-q"]);
    all.git(&["add", "spec"]);
    all.git(&["commit", "-q", "-m", "one"]);
    all.git(&["tag", "v1.0.0"]);
    let equal = all.run(&["diff", "v1.0.0:spec/api.yaml", "spec/api.yaml"]);
    assert!(equal.exits(0).stdout.starts_with("0 changes in 1 operation"), "{}", equal.stdout);
    // The property is removed in the referenced file of the working tree.
    all.write("spec/types/task.yaml", &format!("components:{schemas}").replace("        note: {type: string}\n", ""));
    let run = all.run(&["diff", "v1.0.0:spec/api.yaml", "spec/api.yaml"]);
    assert!(run.exits(1).stdout.contains("major[D101] field `models::Task.note` is gone"), "{}", run.stdout);
    assert!(run.stdout.contains("was v1.0.0:spec/types/task.yaml:"), "{}", run.stdout);
    // A revision before the path would be the scheme of a URI.
    let run = all.run(&["diff", "v1.0.0:spec/api.yaml", "spec/api.yaml", "--format", "sarif"]);
    assert!(
        run.stdout.contains("\"uri\": \"spec/types/task.yaml\"") && !run.stdout.contains("v1.0.0"),
        "{}",
        run.stdout
    );
    // From a directory of the repository, and between two revisions.
    let mut command = command();
    command.args(["diff", "v1.0.0:api.yaml", "api.yaml"]).current_dir(all.folder.path().join("spec"));
    Run::of(command.output().unwrap()).exits(1);
    all.git(&["add", "spec"]);
    all.git(&["commit", "-q", "-m", "two"]);
    all.run(&["diff", "v1.0.0:spec/api.yaml", "HEAD:spec/api.yaml"]).exits(1);
    all.run(&["diff", "HEAD:spec/api.yaml", "HEAD:spec/api.yaml"]).exits(0);
    all.run(&["diff", "HEAD:spec/gone.yaml", "spec/api.yaml"]).exits(2).has_empty_stdout();
}

#[test]
fn next_version_follows_the_verdict() {
    let all = Descriptions::new();
    for (new, released, next) in [
        ("old.yaml", "1.4.2", "1.4.2"),
        ("patch.yaml", "1.4.2", "1.4.3"),
        ("minor.yaml", "1.4.2", "1.5.0"),
        ("major.yaml", "1.4.2", "2.0.0"),
        ("major.yaml", "0.4.2", "0.5.0"),
        ("minor.yaml", "0.4.2", "0.4.3"),
        ("minor.yaml", "v1.4.2", "1.5.0"),
    ] {
        let run = all.diff(
            new,
            &["--released", released, "--format", "next-version", "--fail-on", "none", "--wire-fail-on", "none"],
        );
        assert_eq!(run.exits(0).stdout, format!("{next}\n"), "{new} {released}");
    }
}

#[test]
fn sarif_has_its_required_members() {
    let all = Descriptions::new();
    let id = all.ids("major.yaml").remove(0);
    all.run(&["approve", &id, "--reason", "x", "--approvals", "a.toml"]).exits(0);
    let run = all.diff("major.yaml", &["--format", "sarif", "--approvals", "a.toml"]);
    let log: Value = serde_json::from_str(&run.exits(0).stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    let [one] = &log["runs"].as_array().unwrap()[..] else { panic!("{log}") };
    let driver = &one["tool"]["driver"];
    assert!(driver["name"].is_string() && driver["version"].is_string());
    let rules: Vec<&str> =
        driver["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert!(driver["rules"].as_array().unwrap().iter().all(|rule| rule["shortDescription"]["text"].is_string()));
    let results = one["results"].as_array().unwrap();
    assert!(!results.is_empty());
    for result in results {
        assert!(rules.contains(&result["ruleId"].as_str().unwrap()), "{result}");
        assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()), "{result}");
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()), "{result}");
        assert_eq!(result["partialFingerprints"]["clientsmith/v1"].as_str().unwrap().len(), 16, "{result}");
        for place in
            [&result["locations"], &result["relatedLocations"]].into_iter().filter_map(Value::as_array).flatten()
        {
            let place = &place["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(uri.ends_with(".yaml") && !uri.contains([' ', '\\']), "{result}");
            for key in ["startLine", "startColumn"] {
                assert!(place["region"][key].as_u64().unwrap() >= 1, "{result}");
            }
        }
    }
    let suppressed: Vec<&Value> = results.iter().filter(|result| !result["suppressions"].is_null()).collect();
    let [one] = suppressed[..] else { panic!("{suppressed:?}") };
    assert_eq!(one["partialFingerprints"]["clientsmith/v1"], id.as_str());
    assert!(["inSource", "external"].contains(&one["suppressions"][0]["kind"].as_str().unwrap()));
}

#[test]
fn github_annotations_have_the_worst_first_and_a_summary() {
    let all = Descriptions::new();
    all.write("old,v1.yaml", &all.read("old.yaml"));
    let summary = all.folder.path().join("summary.md");
    let mut command = command();
    command.args(["diff", "old.yaml", "break.yaml", "--format", "github"]).current_dir(all.folder.path());
    let run = Run::of(command.env("GITHUB_STEP_SUMMARY", &summary).output().unwrap());
    let levels: Vec<&str> =
        run.exits(1).stdout.lines().filter_map(|line| line.strip_prefix("::")?.split(' ').next()).collect();
    assert_eq!(levels.first(), Some(&"error"), "{}", run.stdout);
    assert!(run.stdout.contains("file=break.yaml,line="), "{}", run.stdout);
    let written = fs::read_to_string(&summary).unwrap();
    assert!(written.contains("D104") && written.contains("W202"), "{written}");
    let markdown = all.diff("break.yaml", &["--format", "markdown"]);
    assert_eq!(markdown.exits(1).stdout, written);
}

#[test]
fn changelog_says_how_to_migrate() {
    let all = Descriptions::new();
    all.diff("major.yaml", &["--released", "1.4.2", "--changelog", "section.md"]).exits(1);
    let text = all.read("section.md");
    assert!(text.contains("2.0.0") && text.contains("models::Task.note"), "{text}");
    let run = all.diff("major.yaml", &["--changelog", "no/such/section.md"]);
    assert!(run.exits(2).stderr.contains("section.md"), "{}", run.stderr);
}

#[test]
fn short_and_json_have_one_entry_for_each_change() {
    let all = Descriptions::new();
    let short = all.diff("break.yaml", &["--format", "short"]);
    let json = all.json("break.yaml", &[]);
    assert_eq!(json["diff_version"], 1);
    let changes = json["changes"].as_array().unwrap();
    assert_eq!(short.exits(1).stdout.lines().count(), changes.len() + 1, "{}", short.stdout);
    let wire = changes.iter().find(|change| change["code"] == "W202").unwrap();
    assert_eq!((&wire["wire"], &wire["rust"]), (&"break".into(), &Value::Null));
    assert_eq!(wire["direction"], "response");
    assert_eq!(wire["effects"], serde_json::json!(["GET /tasks"]));
    for side in ["old", "new"] {
        assert!(
            wire[side]["file"].is_string() && wire[side]["line"].is_u64() && wire[side]["pointer"].is_string(),
            "{wire}"
        );
    }
    assert!(Path::new(wire["old"]["file"].as_str().unwrap()).ends_with("old.yaml"));
}

#[test]
fn description_comes_from_absolute_paths_too() {
    let all = Descriptions::new();
    let path = |name: &str| all.folder.path().join(name).display().to_string();
    clientsmith(&["diff", &path("old.yaml"), &path("minor.yaml")]).exits(0);
    clientsmith(&["diff", &path("old.yaml"), &path("major.yaml")]).exits(1);
}
