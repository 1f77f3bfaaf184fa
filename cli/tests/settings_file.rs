//! Commands without arguments in a project with a `clientsmith.toml`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod clientsmith;

use clientsmith::{Place, Run, command, folder};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

fn description(title: &str, fields: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: {title}, version: '1'}}\npaths:\n  /{title}:\n    get:\n      operationId: get{title}\n      \
         responses:\n        '200':\n          description: x\n          content: {{application/json: {{schema: {{$ref: \
         '#/components/schemas/{title}'}}}}}}\ncomponents:\n  schemas:\n    {title}: {{type: object, properties: {{{fields}}}}}\n"
    )
}

const NAME: &str = "name: {type: string}";
const BOTH: &str = "name: {type: string}, size: {type: integer}";

const TWO: &str = "\
runtime = '0.1'

[[api]]
spec = 'spec/pets.yaml'
out = 'pets'
name = 'pet-client'

[[api]]
spec = 'spec/toys.yaml'
out = 'toys'
";

/// A git repository with two descriptions and settings.
struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    fn new(settings: &str) -> Self {
        let project = Self { folder: folder() };
        project.write("spec/pets.yaml", &description("Pet", NAME));
        project.write("spec/toys.yaml", &description("Toy", NAME));
        project.write("clientsmith.toml", settings);
        project.write("deep/er/file", "");
        project.git(&["init", "--quiet"]);
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        Run::of(command().args(arguments).current_dir(self.path(folder)).output().unwrap())
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments)
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]);
        let done = git.args(arguments).current_dir(self.folder.path()).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn commit(&self) {
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "-m", "now"]);
    }
}

const ONE: &str = "spec = 'spec/pets.yaml'\nout = 'pets'\nname = 'pet-client'\n";

#[test]
fn generate_names_the_workspace_that_lacks_the_crate() {
    let project = Place::empty();
    project.write("pets.yaml", "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n");
    project.write("app/src/lib.rs", "");
    let generate = |workspace: &str, app: &str| {
        project.write("Cargo.toml", workspace);
        project.write("app/Cargo.toml", &format!("[package]\nname = 'app'\nedition = '2024'\n{app}"));
        let mut command = command();
        let command = command.args(["generate", "pets.yaml", "--out", "clients/pets", "--name", "pets"]);
        Run::of(command.current_dir(project.folder.path()).output().unwrap()).exits(0).stderr.clone()
    };
    let warning = "warning: clients/pets is inside of the workspace of ";
    let lacking = generate("[workspace]\nresolver = '3'\nmembers = ['app']\n", "");
    assert!(lacking.contains(warning) && lacking.contains("help: add \"clients/pets\" to `members`"), "{lacking}");
    for (workspace, app) in [
        ("members = ['app', 'clients/*']\n", ""),
        ("members = ['app']\nexclude = ['clients']\n", ""),
        ("members = ['app']\n", "[dependencies]\npets = { path = '../clients/pets' }\n"),
    ] {
        let stderr = generate(&format!("[workspace]\nresolver = '3'\n{workspace}"), app);
        assert!(!stderr.contains("workspace"), "{workspace}: {stderr}");
    }
}

/// The paths are relative to the settings, and to the working directory on the command line. The manifest has them from the crate.
#[test]
fn path_of_the_runtime_is_relative_to_where_it_stands() {
    let project = Place::empty();
    project.write("app/vendor/rt/Cargo.toml", "[package]\nname = 'clientsmith-runtime'\n");
    project.write("app/pets.yaml", "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n");
    let run = |folder: &str, arguments: &[&str]| {
        std::fs::create_dir_all(project.path(folder)).unwrap();
        Run::of(command().args(arguments).current_dir(project.path(folder)).output().unwrap())
    };
    let path_in = |out: &str| {
        let manifest = project.read(&format!("{out}/Cargo.toml"));
        manifest.split_once("clientsmith-runtime = { path = \"").unwrap().1.split('"').next().unwrap().to_owned()
    };
    let settings = "spec = 'pets.yaml'\nout = 'clients/pets'\nruntime = { path = 'vendor/rt', version = '0.1' }\n";
    project.write("app/clientsmith.toml", settings);
    run("app/deep/er", &["generate", "--config", "../../clientsmith.toml"]).exits(0);
    assert_eq!(path_in("app/clients/pets"), "../../vendor/rt");
    run("", &["check", "--config", "app/clientsmith.toml"]).exits(0);

    run("app/vendor", &["generate", "../pets.yaml", "--out", "../other", "--runtime", "path:rt"]).exits(0);
    assert_eq!(path_in("app/other"), "../vendor/rt");
    let wrong = run("app", &["generate", "pets.yaml", "--out", "x", "--runtime", "path:rt"]);
    assert!(wrong.exits(2).stderr.contains("rt is not the directory of a package"), "{}", wrong.stderr);

    project.write("app/wrong.toml", &settings.replace("vendor/rt", "vendor/r"));
    let wrong = run("app", &["generate", "--config", "wrong.toml"]);
    let text = "`runtime`: vendor/r is not the directory of a package";
    assert!(wrong.exits(2).stderr.contains(text), "{}", wrong.stderr);
    assert_eq!(path_in("app/clients/pets"), "../../vendor/rt");
    // A command that writes no crate needs no runtime.
    run("app", &["lock", "--config", "wrong.toml"]).exits(0);
    run("app", &["generate", "--config", "wrong.toml", "--runtime", "path:vendor/rt"]).exits(0);

    run("app", &["init", "new", "--spec", "pets.yaml", "--name", "pets", "--runtime", "path:vendor/rt"]).exits(0);
    assert!(project.read("app/new/clientsmith.toml").contains("runtime = { path = \"../vendor/rt\" }"));
    assert_eq!(path_in("app/new/pets"), "../../vendor/rt");
    run("app/new", &["check"]).exits(0);
}

#[test]
fn generate_and_check_need_no_arguments() {
    for (place, out) in [("", "pets"), ("spec", "../pets"), ("deep/er", "../../pets")] {
        let project = Project::new(ONE);
        project.run_in(place, &["check"]).exits(1);
        let run = project.run_in(place, &["generate"]);
        assert!(run.exits(0).stderr.contains(&format!("\n{out}: ")), "{}", run.stderr);
        assert!(project.read("pets/Cargo.toml").contains("name = \"pet-client\""));
        project.run_in(place, &["check"]).exits(0).has_empty_stdout();
        assert!(project.run_in(place, &["inspect"]).exits(0).stdout.contains("getPet"));
        assert!(project.run_in(place, &["dump", "api"]).exits(0).stdout.contains("GET /Pet"));
        project.write("spec/pets.yaml", &description("Pet", BOTH));
        let run = project.run_in(place, &["check"]);
        assert!(run.exits(1).stderr.contains("pets is out of step with"), "{}", run.stderr);
    }
}

#[test]
fn settings_apply_to_their_description_only() {
    let project = Project::new(ONE);
    assert!(project.run(&["inspect", "spec/pets.yaml"]).exits(0).stdout.contains("\"crate\": \"pet_client\""));
    assert!(!project.run(&["inspect", "spec/toys.yaml"]).exits(0).stdout.contains("pet_client"));
    let run = project.run(&["generate", "spec/toys.yaml"]);
    assert!(run.exits(2).stderr.contains("`--out DIR`"), "{}", run.stderr);
    project.run(&["generate", "./spec/../spec/pets.yaml"]).exits(0);
    assert!(project.path("pets/Cargo.toml").exists());
    // Settings without `spec` are for any description.
    project.write("clientsmith.toml", "name = 'mine'\n");
    assert!(project.run(&["inspect", "spec/toys.yaml"]).exits(0).stdout.contains("\"crate\": \"mine\""));
    let run = project.run(&["generate"]);
    assert!(run.exits(2).stderr.contains("clientsmith.toml: set `spec` to the path"), "{}", run.stderr);
    // A file that is named takes the place of the one that would be found.
    project.write("other.toml", "name = 'other'\n");
    let other = project.run(&["inspect", "spec/toys.yaml", "--config", "other.toml"]);
    assert!(other.exits(0).stdout.contains("\"crate\": \"other\""));
}

#[test]
fn settings_are_found_up_to_the_root_of_the_repository() {
    let project = Project::new(ONE);
    fs::create_dir_all(project.path("deep/.git")).unwrap();
    for arguments in [&["generate"][..], &["check"], &["diff"], &["watch"], &["inspect"]] {
        let run = project.run_in("deep/er", arguments);
        assert!(run.exits(2).stderr.contains("clientsmith init --spec FILE"), "{}", run.stderr);
    }
}

#[test]
fn several_apis_share_settings() {
    let project = Project::new(TWO);
    let run = project.run(&["generate"]);
    assert!(run.exits(0).stderr.contains("pets: ") && run.stderr.contains("toys: "), "{}", run.stderr);
    for out in ["pets", "toys"] {
        assert!(project.read(&format!("{out}/Cargo.toml")).contains("clientsmith-runtime = { version = \"0.1\""));
    }
    project.run(&["check"]).exits(0);
    // A fault of one API does not keep the command from the others.
    project.write("spec/pets.yaml", "openapi: [");
    project.write("spec/toys.yaml", &description("Toy", BOTH));
    let run = project.run(&["generate"]);
    assert!(run.exits(1).stderr.contains("spec/pets.yaml:1:") && run.stderr.contains("toys: "), "{}", run.stderr);
    assert!(project.read("toys/src/models.rs").contains("size"));
    project.run(&["check", "--api", "toys"]).exits(0);
    project.run(&["check", "--api", "pet-client"]).exits(1);
    let run = project.run(&["check", "--api", "cats"]);
    assert!(run.exits(2).stderr.contains("the APIs are pet-client, toys"), "{}", run.stderr);
    for option in [&["generate", "--out", "x"][..], &["generate", "--name", "x"], &["inspect"]] {
        let run = project.run(option);
        assert!(run.exits(2).stderr.contains("`--api NAME`"), "{}", run.stderr);
    }
    assert!(project.run(&["inspect", "--api", "toys"]).exits(0).stdout.contains("getToy"));
    assert!(project.run(&["inspect", "spec/toys.yaml"]).exits(0).stdout.contains("getToy"));
    project.write("clientsmith.toml", &TWO.replace("out = 'toys'", "out = 'toys'\ngruops = 'none'"));
    let run = project.run(&["generate"]);
    assert!(
        run.exits(2).stderr.contains("clientsmith.toml: `[[api]]` of line 8: there is no option `gruops`"),
        "{}",
        run.stderr
    );
}

#[test]
fn diff_compares_with_the_last_commit() {
    let project = Project::new(ONE);
    let run = project.run(&["diff"]);
    assert!(run.exits(2).stderr.contains("no git revision `HEAD`"), "{}", run.stderr);
    project.commit();
    for place in ["", "deep/er"] {
        assert!(project.run_in(place, &["diff"]).exits(0).stdout.contains("0 changes in"));
    }
    project.write("spec/pets.yaml", &description("Pet", "name: {type: integer}"));
    for place in ["", "deep/er"] {
        let run = project.run_in(place, &["diff"]);
        assert!(run.exits(1).stdout.contains("major[D103]"), "{}", run.stdout);
        let run = project.run_in(place, &["diff", "HEAD", "--format", "short"]);
        assert!(run.exits(1).stdout.contains("D103"), "{}", run.stdout);
    }
    for (revision, words) in [("v9", "`v9` is not a git revision"), ("spec/pets.yaml", "two descriptions OLD and NEW")]
    {
        let run = project.run(&["diff", revision]);
        assert!(run.exits(2).stderr.contains(words), "{}", run.stderr);
    }
    project.git(&["commit", "--quiet", "-am", "integer"]);
    // The settings of the revision count as well.
    project.write("clientsmith.toml", &format!("{ONE}rename = {{ \"#/components/schemas/Pet\" = \"Animal\" }}\n"));
    let run = project.run(&["diff", "--format", "short"]);
    assert!(run.exits(1).stdout.contains("D112"), "{}", run.stdout);
    // A description that moves is still the one of its crate.
    project.commit();
    fs::rename(project.path("spec/pets.yaml"), project.path("pets-api.yaml")).unwrap();
    let settings = project.read("clientsmith.toml").replace("spec/pets.yaml", "pets-api.yaml");
    project.write("clientsmith.toml", &settings);
    let run = project.run(&["diff"]);
    assert!(run.exits(0).stdout.contains("0 changes in"), "{}", run.stdout);
}

#[test]
fn diff_of_several_apis_has_the_worst_exit_code() {
    let project = Project::new(TWO);
    project.commit();
    assert_eq!(project.run(&["diff"]).exits(0).stdout.matches("0 changes in").count(), 2);
    project.write("spec/toys.yaml", &description("Toy", "size: {type: integer}"));
    let run = project.run(&["diff"]);
    assert!(
        run.exits(1).stderr.contains("spec/pets.yaml:\n") && run.stderr.contains("spec/toys.yaml:\n"),
        "{}",
        run.stderr
    );
    project.run(&["diff", "--api", "pet-client"]).exits(0);
    let run = project.run(&["diff", "--format", "json"]);
    assert!(run.exits(2).stderr.contains("`--format json` is for one API"), "{}", run.stderr);
    let run = project.run(&["diff", "--format", "json", "--api", "toys"]);
    serde_json::from_str::<serde_json::Value>(&run.exits(1).stdout).unwrap();
}

/// A running `watch`, which ends with the test.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(project: &Project) -> Self {
        let mut command = command();
        command.arg("watch").current_dir(project.path("")).stdin(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (sender, lines) = mpsc::channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines }
    }

    /// Waits for a line with these words.
    #[track_caller]
    fn sees(&self, words: &str) {
        let mut all = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(Duration::from_secs(60)) {
            all.push(line);
            if all.last().unwrap().contains(words) {
                return;
            }
        }
        panic!("no {words:?} in {all:#?}");
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn watch_generates_after_each_save_and_survives_faults() {
    let project = Project::new(ONE);
    let mut watch = Watch::start(&project);
    watch.sees("1 operations,");
    watch.sees("watching ");
    project.write("spec/pets.yaml", &description("Pet", BOTH));
    watch.sees("pets: 1 operations,");
    assert!(project.read("pets/src/models.rs").contains("size"));
    // A description that cannot be read, one that is gone, and settings that cannot be read.
    project.write("spec/pets.yaml", "openapi: [");
    watch.sees("spec/pets.yaml:1:");
    watch.sees("the crate is unchanged");
    fs::remove_file(project.path("spec/pets.yaml")).unwrap();
    watch.sees("the crate is unchanged");
    project.write("spec/pets.yaml", &description("Pet", NAME));
    watch.sees("pets: 1 operations,");
    assert!(!project.read("pets/src/models.rs").contains("size"));
    project.write("clientsmith.toml", "nmae = 'x'\n");
    watch.sees("did you mean `name`?");
    project.write("clientsmith.toml", &format!("{ONE}overlays = ['fix.yaml']\n"));
    watch.sees("the crate is unchanged");
    project.write(
        "fix.yaml",
        "overlay: 1.0.0\ninfo: {title: Fix, version: '1'}\nactions: [{target: $.components.schemas.Pet.properties, update: {color: \
         {type: string}}}]\n",
    );
    watch.sees("pets: 1 operations,");
    assert!(project.read("pets/src/models.rs").contains("color"));
    assert_eq!(watch.child.try_wait().unwrap(), None, "it has ended");
}

#[test]
fn watch_needs_files_and_a_directory() {
    let project = Project::new("spec = 'spec/pets.yaml'\n");
    let run = project.run(&["watch"]);
    assert!(run.exits(2).stderr.contains("`--out DIR`"), "{}", run.stderr);
    let run = project.run(&["watch", "-", "--out", "x"]);
    assert!(run.exits(2).stderr.contains("standard input"), "{}", run.stderr);
}
