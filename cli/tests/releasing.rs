//! The commands of README.md and of the pages in `docs/`, with their output. `UPDATE_EXPECT=1` writes it.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test fails by panicking")]

mod clientsmith;

use clientsmith::{COMMAND, Place, folder, program};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

const OPTIMIZE: &str = "CARGO_PROFILE_DEV_BUILD_OVERRIDE_OPT_LEVEL";

/// A shell for a line of a page, with the command in its path.
fn shell(line: &str, folder: &Path) -> Command {
    let path = Path::new(COMMAND).parent().unwrap().display().to_string();
    let others = std::env::var("PATH").unwrap();
    let mut shell = program("sh");
    shell.args(["-c", line]).current_dir(folder).stdin(Stdio::null());
    shell.env("PATH", format!("{path}:{others}")).env_remove("GITHUB_STEP_SUMMARY");
    // Cargo takes the versions and the packages of this checkout.
    shell.env("CURL_HOME", folder).env("CARGO_TARGET_DIR", root().join("target")).env("CARGO_NET_OFFLINE", "true");
    if std::env::var_os(OPTIMIZE).is_none() {
        shell.env(OPTIMIZE, "1");
    }
    shell
}

/// The output of a command of a page. Both streams count, as in a terminal.
fn output(command: &str, folder: &Path) -> String {
    let done = shell(&format!("{{ {command}\n}} 2>&1"), folder).output().unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(!text.contains("panicked"), "{text}");
    text
}

/// The file that the first line of a block names, such as `# clientsmith.toml` or `// src/main.rs`.
fn file(block: &[&str]) -> Option<PathBuf> {
    let first = block.first()?;
    let name = first.strip_prefix("# ").or_else(|| first.strip_prefix("// "))?;
    (name.contains('.') && !name.contains(' ')).then(|| PathBuf::from(name))
}

/// A page with the output of its commands as it is now. Blocks that begin with a file's name are written to it. `other` gets each
/// block that is neither a file nor a console, with its language.
fn replayed(page: &str, folder: &Path, other: &mut dyn FnMut(&str, &[&str])) -> String {
    let mut text = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let Some(language) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if language == "console" {
            for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                text.push_str(&format!("$ {command}\n{}", output(command, folder)));
                if !text.ends_with('\n') {
                    text.push('\n');
                }
            }
        } else {
            match file(&block) {
                Some(name) => fs::write(folder.join(name), block.join("\n")).unwrap(),
                None => other(language, &block),
            }
            block.iter().for_each(|line| text.extend([*line, "\n"]));
        }
        text.push_str("```\n");
    }
    text
}

fn expect(page: &str, folder: &Path, other: &mut dyn FnMut(&str, &[&str])) {
    let path = root().join(page);
    let before = fs::read_to_string(&path).unwrap();
    let now = replayed(&before, folder, other);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    for (number, (now, written)) in now.lines().zip(written.lines()).enumerate() {
        assert_eq!(now, written, "{page}:{}", number + 1);
    }
    assert_eq!(now.len(), written.len(), "{page}");
}

/// Each page with a console is one of these, whose tests are below.
#[test]
fn pages_with_output_have_a_test() {
    let mut pages = vec!["README.md".to_owned()];
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        pages.push(format!("docs/{}", entry.unwrap().file_name().to_str().unwrap()));
    }
    pages.retain(|page| page.ends_with(".md"));
    pages.retain(|page| fs::read_to_string(root().join(page)).unwrap().contains("```console"));
    pages.sort();
    assert_eq!(pages, ["README.md", "docs/drift.md", "docs/getting-started.md", "docs/mock.md", "docs/releasing.md"]);
}

#[test]
fn page_about_releasing_has_the_output_of_its_commands() {
    let corpus = root().join("../shared/corpus/edge/ogen/examples");
    if !corpus.exists() {
        println!("SKIPPED: the shared corpus is not beside this checkout");
        return;
    }
    let folder = folder();
    for (from, to) in [("telegram_bot_api.json", "telegram-5.5.json"), ("gotd_bot_api.json", "telegram-6.0.json")] {
        fs::copy(corpus.join(from), folder.path().join(to)).unwrap();
    }
    expect("docs/releasing.md", folder.path(), &mut |_, _| {});
}

#[test]
fn readme_has_the_output_of_its_commands() {
    let folder = folder();
    for name in ["old.yaml", "new.yaml"] {
        fs::copy(root().join("generator/tests/diff/readme").join(name), folder.path().join(name)).unwrap();
    }
    expect("README.md", folder.path(), &mut |_, _| {});
}

/// The description of docs/getting-started.md.
fn description() -> String {
    let page = fs::read_to_string(root().join("docs/getting-started.md")).unwrap();
    page.split("```yaml\n# openapi.yaml\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
}

#[test]
fn page_about_the_mock_server_has_the_output_of_its_commands() {
    let place = Place::empty();
    if !shell("curl --version", place.folder.path()).output().unwrap().status.success() {
        println!("SKIPPED: curl is not installed");
        return;
    }
    place.write("openapi.yaml", &description());
    let (mut mock, address) = start_mock(place.folder.path());
    // The settings of curl lead from the usual address to the free one of this test.
    let address = address.replace("http://", "");
    place.write(".curlrc", &format!("connect-to = \"127.0.0.1:4010:{address}\"\n"));
    let mut log = String::new();
    expect("docs/mock.md", place.folder.path(), &mut |language, block| {
        if language == "text" {
            log = block.join("\n");
        }
    });
    let (first, requests) = log.split_once('\n').unwrap();
    assert_eq!(first, "http://127.0.0.1:4010 serves 1 operation");
    for expected in requests.lines() {
        let mut line = String::new();
        mock.log.read_line(&mut line).unwrap();
        // The milliseconds differ.
        let plain =
            |line: &str| line.split_whitespace().filter(|word| word.parse::<u32>().is_err()).collect::<String>();
        assert_eq!((plain(&line), line.get(..3)), (plain(expected), expected.get(..3)));
    }
}

#[test]
fn page_about_drift_has_the_output_of_its_commands() {
    let folder = folder();
    fs::write(folder.path().join("api.yaml"), description()).unwrap();
    expect("docs/drift.md", folder.path(), &mut |_, _| {});
}

/// The settings of several APIs are those of a project that generates.
#[test]
fn page_about_projects_has_settings_for_several_apis() {
    let place = Place::empty();
    let page = fs::read_to_string(root().join("docs/own-project.md")).unwrap();
    let mut settings = page.split("```toml\n").skip(1).filter(|block| block.contains("[[api]]"));
    place.write("clientsmith.toml", settings.next().unwrap().split("```").next().unwrap());
    for name in ["pets", "orders"] {
        let description = format!(
            "openapi: 3.1.0\ninfo: {{title: {name}, version: '1'}}\npaths:\n  /{name}:\n    get:\n      responses:\n        '200':\n          \
             description: x\n          content: {{application/json: {{schema: {{$ref: '#/components/schemas/X'}}}}}}\n\
             components: {{schemas: {{X: {{type: object, properties: {{a: {{type: string}}}}}}}}}}\n"
        );
        place.write(&format!("spec/{name}.yaml"), &description);
    }
    for line in ["clientsmith generate", "clientsmith lock", "clientsmith check"] {
        let done = shell(line, place.folder.path()).output().unwrap();
        assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
    }
    assert!(place.read("orders/src/models.rs").contains("pub struct Line "));
    assert!(place.read("spec/orders.lock.toml").contains("name = \"Line\""));
    for name in ["pets", "orders"] {
        assert!(place.read(&format!("{name}/Cargo.toml")).contains("clientsmith-runtime = { version = \"0.1\""));
    }
}

/// The list of files is that of `init`, for a description outside of the project.
#[test]
fn page_about_projects_lists_the_files_of_init() {
    let place = Place::empty();
    fs::copy(clientsmith::SPEC, place.path("openapi.yaml")).unwrap();
    fs::create_dir(place.path("project")).unwrap();
    let line = "git init -q && clientsmith init --spec ../openapi.yaml --name my-api";
    let done = shell(line, &place.path("project")).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let page = fs::read_to_string(root().join("docs/own-project.md")).unwrap();
    let list = page.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let mut count = 0;
    for line in list.lines() {
        let path = line.split(' ').next().unwrap().trim_end_matches('…');
        assert!(place.path("project").join(path).exists(), "{path}");
        count += 1;
    }
    assert!(count > 8, "{count}");
}

/// A mock server that ends with its owner.
struct Mock {
    child: Child,
    /// The log, which the server writes as long as it runs.
    log: BufReader<ChildStdout>,
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A newcomer who types each line of the page.
#[test]
fn page_for_newcomers_has_the_output_of_its_commands() {
    let place = Place::empty();
    let folder = place.folder.path().join("pets");
    fs::create_dir(&folder).unwrap();
    let mut mock: Option<Mock> = None;
    let run = |line: &str| {
        let done = shell(line, &folder).output().unwrap();
        assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
    };
    // Packages that nothing in this checkout has compiled yet. The other commands are offline, and need only some of them.
    let fetched = program(env!("CARGO")).args(["fetch", "--locked", "-q"]).current_dir(root()).output().unwrap();
    if !fetched.status.success() {
        println!("{}", String::from_utf8_lossy(&fetched.stderr));
    }
    run("git init -q && git config user.name newcomer && git config user.email newcomer@example.com");
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut steps = 0;
    expect("docs/getting-started.md", &folder, &mut |language, block| {
        steps += 1;
        match (language, block) {
            // The overview at the top; the steps follow.
            ("sh", _) if steps == 1 => {}
            ("sh", ["clientsmith mock openapi.yaml"]) => {
                let (server, address) = start_mock(&folder);
                mock = Some(server);
                let main = place.read("pets/app/src/main.rs").replace("http://127.0.0.1:4010", &address);
                place.write("pets/app/src/main.rs", &main);
                run("git add -A && git commit -qm before");
            }
            ("sh", lines) => lines.iter().for_each(|line| run(line)),
            ("yaml", lines) => {
                let name = "        name: {type: string, examples: [Rex]}\n";
                let text = place.read("pets/openapi.yaml");
                assert!(text.contains(name));
                place.write("pets/openapi.yaml", &text.replace(name, &format!("{name}{}\n", lines.join("\n"))));
            }
            other => panic!("{other:?}"),
        }
    });
    assert!(mock.is_some());
}

fn start_mock(folder: &Path) -> (Mock, String) {
    let mut child =
        shell("exec clientsmith mock openapi.yaml --port 0", folder).stdout(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    log.read_line(&mut line).unwrap();
    let address = line.split(' ').next().unwrap().to_owned();
    assert!(address.starts_with("http://"), "{line}");
    (Mock { child, log }, address)
}

/// The commands in blocks of a page, each with its words.
fn commands(page: &str) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    let mut is_block = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            is_block = !is_block;
        } else if let Some((start, command)) = line.split_once("clientsmith ").filter(|_| is_block) {
            // At the start of a line, a prompt, a step of a workflow, or a substitution.
            if ["", "$ ", "      - run: ", "diff <(", "cargo "].contains(&start) {
                // Without the command of a substitution.
                let (before, after) = command.split_once("$(").unwrap_or((command, ""));
                let after = after.rsplit_once(')').map_or("", |(_, after)| after);
                let parts = [before, after].into_iter().flat_map(|part| part.split(['#', '|', '>', ')']).next());
                found.push(parts.flat_map(str::split_whitespace).collect());
            }
        }
    }
    found
}

/// The subcommands and options in the blocks of the pages are those of the command.
#[test]
fn pages_name_commands_and_options_that_exist() {
    let mut pages = ["README.md", "cli/README.md", "generator/README.md"].map(|page| root().join(page)).to_vec();
    pages.extend(fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    pages.retain(|page| page.extension().is_some_and(|ending| ending == "md"));
    let mut help: BTreeMap<&str, String> = BTreeMap::new();
    let texts: Vec<(PathBuf, String)> =
        pages.into_iter().map(|page| (page.clone(), fs::read_to_string(page).unwrap())).collect();
    let mut count = 0;
    for (page, text) in &texts {
        for command in commands(text) {
            let [name, words @ ..] = &command[..] else { panic!("{}", page.display()) };
            let known = help.entry(name).or_insert_with(|| {
                let group = if *name == "overlay" { &["overlay", "apply"][..] } else { &[*name][..] };
                clientsmith::clientsmith(&[group, &["--help"]].concat()).exits(0).stdout.clone()
            });
            for option in words.iter().filter(|word| word.starts_with("--")) {
                let option = option.split('=').next().unwrap();
                assert!(known.contains(option), "{}: {name} has no {option}", page.display());
                count += 1;
            }
        }
    }
    assert!(help.len() > 12 && count > 40, "{} commands, {count} options", help.len());
}
