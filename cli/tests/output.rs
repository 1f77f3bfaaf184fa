//! Output directories that cannot or must not be written. The old crate stays complete, and the message gives the
//! reason.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod clientsmith;

use clientsmith::{COMMAND, Run, SPEC, clientsmith, command, folder, spec, texts};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A description of another crate, so that every file differs.
fn other(folder: &Path) -> String {
    let path = folder.join("other.yaml");
    let extra: String = (0..400).map(|n| format!("          - site-{n}.example\n")).collect();
    fs::write(&path, spec().replace("          - us2.ddog-gov.com\n", &extra)).unwrap();
    path.display().to_string()
}

#[test]
fn reports_a_file_in_place_of_the_directory() {
    let folder = folder();
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    for out in [file.clone(), file.join("crate")] {
        let run = clientsmith(&["generate", SPEC, "--out", out.to_str().unwrap()]);
        assert!(run.exits(2).stderr.contains("[E0702]"), "{}", run.stderr);
    }
    assert_eq!(fs::read_to_string(file).unwrap(), "mine");
    let blocked = folder.path().join("crate");
    fs::create_dir_all(blocked.join("src/client.rs/deep")).unwrap();
    clientsmith(&["generate", SPEC, "--out", blocked.to_str().unwrap()]).exits(2);
    clientsmith(&["generate", SPEC, "--out", blocked.to_str().unwrap(), "--force"]).exits(2);
    assert!(texts(&blocked).is_empty(), "a part was written");
}

#[test]
fn reports_a_directory_without_write_permission() {
    if !Path::new("/proc/self").exists() {
        println!("SKIPPED: no /proc");
        return;
    }
    let run = clientsmith(&["generate", SPEC, "--out", "/proc/clientsmith"]);
    assert!(run.exits(2).stderr.contains("[E0702]"), "{}", run.stderr);
}

/// A program and its arguments that drop root's permissions, if the test has them and the machine has such a program.
fn without_permissions() -> Option<&'static [&'static str]> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if !root {
        return Some(&["env"]);
    }
    let wrapper: &[&str] = &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    Command::new(wrapper[0])
        .args(&wrapper[1..])
        .arg("true")
        .status()
        .is_ok_and(|status| status.success())
        .then_some(wrapper)
}

#[test]
#[cfg(unix)]
fn reports_a_directory_of_another_user() {
    use std::os::unix::fs::PermissionsExt;
    let Some(wrapper) = without_permissions() else {
        println!("SKIPPED: root without setpriv");
        return;
    };
    let folder = folder();
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(folder.path(), 0o755);
    let out = folder.path().join("crate");
    clientsmith(&["generate", SPEC, "--out", out.to_str().unwrap()]).exits(0);
    let spec = other(folder.path());
    // Other users may have no access to the command's own directory.
    let command = folder.path().join("clientsmith");
    fs::copy(COMMAND, &command).unwrap();
    mode(&command, 0o755);
    let before = texts(&out);
    for (path, _) in &before {
        mode(&out.join(path), 0o444);
    }
    for inside in ["", "src", "src/api"] {
        mode(&out.join(inside), 0o555);
    }
    let run = |arguments: &[&str]| {
        let output = Command::new(wrapper[0]).args(&wrapper[1..]).arg(&command).args(arguments).output().unwrap();
        Run::of(output)
    };
    let out_text = out.to_str().unwrap();
    run(&["generate", SPEC, "--out", out_text]).exits(0);
    run(&["check", SPEC, "--out", out_text]).exits(0);
    let refused = run(&["generate", &spec, "--out", out_text]);
    assert!(refused.exits(2).stderr.contains("ermission denied") && refused.stderr.contains("[E0702]"));
    assert_eq!(texts(&out), before);
    for inside in ["src/api", "src", ""] {
        mode(&out.join(inside), 0o755);
    }
}

/// A file size limit has the effect of a full disk. The shell ignores the signal, so that the program gets the system's
/// error. Without that the system ends the process, which is the second half of the test.
#[test]
#[cfg(unix)]
fn full_disk_leaves_the_old_crate() {
    let folder = folder();
    let out = folder.path().join("crate");
    let out_text = out.to_str().unwrap();
    clientsmith(&["generate", SPEC, "--out", out_text]).exits(0);
    let before = texts(&out);
    let other = other(folder.path());
    let full = "trap '' XFSZ; ulimit -f 16; exec \"$0\" \"$@\"";
    let run = Run::in_shell(full, &["generate", &other, "--out", out_text]);
    assert!(run.exits(2).stderr.contains("[E0702]"), "{}", run.stderr);
    assert_eq!(texts(&out), before, "the old crate is incomplete, or temporary files remain");
    let killed = Run::in_shell("ulimit -f 16; exec \"$0\" \"$@\"", &["generate", &other, "--out", out_text]);
    assert_eq!(killed.code, None, "the limit should have ended it");
    let is_permanent = |(name, _): &(String, Vec<u8>)| !name.ends_with(".clientsmith-new");
    let after: Vec<_> = texts(&out).into_iter().filter(is_permanent).collect();
    assert_eq!(after, before, "the old crate is incomplete");
    clientsmith(&["generate", &other, "--out", out_text]).exits(0);
    clientsmith(&["check", &other, "--out", out_text]).exits(0);
    assert!(texts(&out).iter().all(is_permanent), "temporary files of the killed run remain");
}

#[test]
fn removes_only_files_that_are_no_longer_generated() {
    let folder = folder();
    let out = folder.path().join("crate");
    let out_text = out.to_str().unwrap();
    clientsmith(&["generate", SPEC, "--out", out_text]).exits(0);
    fs::write(out.join("src/mine.rs"), "mine").unwrap();
    let run = clientsmith(&["generate", SPEC, "--out", out_text, "--runtime", "0.1"]);
    run.exits(0);
    let names: Vec<_> = texts(&out).into_iter().map(|(name, _)| name).collect();
    assert!(!names.iter().any(|name| name.contains("runtime")), "{names:?}");
    assert!(!out.join("src/runtime").exists(), "an empty folder remains");
    assert!(names.contains(&"src/mine.rs".to_owned()));
}

#[test]
fn writes_nothing_outside_the_directory() {
    let folder = folder();
    let out = folder.path().join("crate");
    let out_text = out.to_str().unwrap();
    clientsmith(&["generate", SPEC, "--out", out_text]).exits(0);
    let outside = folder.path().join("outside.rs");
    fs::write(&outside, "mine").unwrap();
    let list = fs::read_to_string(out.join(".clientsmith")).unwrap();
    fs::write(out.join(".clientsmith"), format!("{list}../outside.rs\n{}\n", outside.display())).unwrap();
    clientsmith(&["generate", SPEC, "--out", out_text]).exits(0);
    assert_eq!(fs::read_to_string(&outside).unwrap(), "mine", "a list of files removed a file outside");
    let hostile = spec()
        .replace("- Security Monitoring", "- ../../outside")
        .replace("name: Security Monitoring", "name: ../../outside");
    let hostile = hostile.replace("APIErrorResponse", "../../../outside");
    Run::with_input(&["generate", "-", "--out", out_text, "--force"], hostile.as_bytes());
    assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");
    let names: Vec<_> = texts(folder.path()).into_iter().map(|(name, _)| name).collect();
    assert!(names.iter().all(|name| name == "outside.rs" || name.starts_with("crate/")), "{names:?}");
}

#[test]
#[cfg(unix)]
fn does_not_write_through_a_link() {
    let folder = folder();
    let (out, elsewhere) = (folder.path().join("crate"), folder.path().join("elsewhere"));
    fs::create_dir_all(&out).unwrap();
    fs::create_dir_all(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, out.join("src")).unwrap();
    let run = clientsmith(&["generate", SPEC, "--out", out.to_str().unwrap(), "--force"]);
    assert!(run.exits(2).stderr.contains("leads out of the directory"), "{}", run.stderr);
    assert!(texts(&elsewhere).is_empty());
}

#[test]
fn concurrent_runs_leave_a_complete_crate() {
    let folder = folder();
    let out = folder.path().join("crate");
    let out_text = out.to_str().unwrap();
    let other = other(folder.path());
    for _ in 0..6 {
        let runs: Vec<_> = [SPEC, other.as_str(), SPEC, other.as_str()]
            .iter()
            .map(|spec| {
                let arguments = ["generate", spec, "--out", out_text];
                command().args(arguments).stderr(std::process::Stdio::piped()).spawn().unwrap()
            })
            .collect();
        for run in runs {
            let output = run.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        let whole = [SPEC, other.as_str()].map(|spec| clientsmith(&["check", spec, "--out", out_text]).code);
        assert!(whole.contains(&Some(0)), "{whole:?}");
    }
    let names: Vec<_> = texts(&out).into_iter().map(|(name, _)| name).collect();
    assert!(!names.iter().any(|name| name.contains("clientsmith-")), "{names:?}");
}

#[test]
#[cfg(unix)]
fn does_not_follow_a_planted_link() {
    let folder = folder();
    let out = folder.path().join("crate");
    let outside = folder.path().join("outside");
    fs::write(&outside, "mine").unwrap();
    fs::create_dir_all(out.join("src")).unwrap();
    let link = |name: &str| std::os::unix::fs::symlink(&outside, out.join(name)).unwrap();
    link("Cargo.toml.clientsmith-new");
    link("src/lib.rs.clientsmith-new");
    clientsmith(&["generate", SPEC, "--out", out.to_str().unwrap()]).exits(0);
    assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");
    assert!(out.join("Cargo.toml").symlink_metadata().unwrap().is_file());
    // A link in place of a file of the crate is an edit, and with `--force` replaced by the file.
    fs::remove_file(out.join("src/lib.rs")).unwrap();
    link("src/lib.rs");
    clientsmith(&["generate", SPEC, "--out", out.to_str().unwrap()]).exits(2);
    clientsmith(&["generate", SPEC, "--out", out.to_str().unwrap(), "--force"]).exits(0);
    assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");
    assert!(out.join("src/lib.rs").symlink_metadata().unwrap().is_file());
}

#[test]
fn output_is_independent_of_paths_and_time() {
    let folder = folder();
    let outputs =
        [("one", "api.yaml"), ("another place", "-"), ("three", "description of 2026.yml")].map(|(name, file)| {
            let place = folder.path().join(name);
            fs::create_dir(&place).unwrap();
            fs::copy(SPEC, place.join(file)).unwrap();
            let mut command = clientsmith::command();
            let command = command.args(["generate", file, "--out", "out"]).current_dir(&place);
            let input = fs::File::open(place.join(file)).unwrap();
            Run::of(command.stdin(input).output().unwrap()).exits(0);
            texts(&place.join("out"))
        });
    assert!(outputs[0].len() > 10);
    assert!(outputs[0] == outputs[1] && outputs[0] == outputs[2]);
}

#[test]
fn edited_files_are_not_overwritten() {
    let folder = folder();
    let out = folder.path().join("crate");
    let out_text = out.to_str().unwrap();
    let (path, manifest) = (out.join("src/models.rs"), out.join("Cargo.toml"));
    let generate = |spec: &str, more: &[&str]| clientsmith(&[&["generate", spec, "--out", out_text], more].concat());
    generate(SPEC, &[]).exits(0);
    let generated = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{generated}// mine\n")).unwrap();
    let version = fs::read_to_string(&manifest).unwrap().replace("version = \"0.1.0\"", "version = \"0.2.0\"");
    fs::write(&manifest, version).unwrap();
    let (before, other) = (texts(&out), other(folder.path()));
    // Another description, and another runtime that has no such file.
    for (spec, more) in [(SPEC, &[][..]), (&other, &[]), (SPEC, &["--runtime", "0.1"])] {
        let run = generate(spec, more);
        let files = format!("[E0703]:\n  {}\n  {}\nhelp: ", manifest.display(), path.display());
        assert!(run.exits(2).stderr.contains(&files), "{}", run.stderr);
        assert_eq!(texts(&out), before);
    }
    let run = generate(SPEC, &["--dry-run"]);
    assert!(run.exits(0).stderr.contains("src/models.rs: +0 -1 (edited)\n"), "{}", run.stderr);
    let run = clientsmith(&["check", SPEC, "--out", out_text]);
    assert!(run.exits(1).stderr.contains("models.rs was edited after it was generated"), "{}", run.stderr);
    fs::remove_file(&manifest).unwrap();
    let run = generate(SPEC, &["--force", "--message-format", "json"]);
    assert!(run.exits(0).stdout.contains("\"edited\":true"), "{}", run.stdout);
    assert_eq!(fs::read_to_string(&path).unwrap(), generated);
    clientsmith(&["check", SPEC, "--out", out_text]).exits(0);
}

#[test]
fn edited_file_that_is_no_longer_generated_stays() {
    let folder = folder();
    let out = folder.path().join("crate");
    let out_text = out.to_str().unwrap();
    clientsmith(&["generate", SPEC, "--out", out_text]).exits(0);
    let path = out.join("src/runtime.rs");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}// mine\n")).unwrap();
    let run = clientsmith(&["generate", SPEC, "--out", out_text, "--runtime", "0.1"]);
    assert!(run.exits(2).stderr.contains("src/runtime.rs"), "{}", run.stderr);
    fs::write(&path, text).unwrap();
    clientsmith(&["generate", SPEC, "--out", out_text, "--runtime", "0.1"]).exits(0);
    assert!(!path.exists());
}

#[test]
fn layout_and_line_ends_are_no_edits() {
    let folder = folder();
    let out = folder.path().join("crate");
    let out_text = out.to_str().unwrap();
    let (other, generated) = (other(folder.path()), |spec: &str| clientsmith(&["generate", spec, "--out", out_text]));
    generated(SPEC).exits(0);
    for (name, text) in texts(&out) {
        fs::write(out.join(name), String::from_utf8(text).unwrap().replace('\n', "\r\n")).unwrap();
    }
    generated(&other).exits(0);
    clientsmith(&["check", &other, "--out", out_text]).exits(0);
    // The settings of the user have another style.
    for style in ["", "max_width = 60\n"] {
        fs::write(out.join("rustfmt.toml"), style).unwrap();
        generated(SPEC).exits(0);
        let before = texts(&out);
        let Some(run) = cargo_fmt(&out, &[]) else { return };
        run.exits(0);
        assert!(texts(&out) != before, "it did nothing");
        generated(&other).exits(0);
    }
    assert_eq!(fs::read_to_string(out.join("rustfmt.toml")).unwrap(), "max_width = 60\n");
}

/// Formats everything in a directory. `None` without rustfmt.
fn cargo_fmt(folder: &Path, arguments: &[&str]) -> Option<Run> {
    let has_rustfmt = Command::new("rustfmt").arg("--version").output().is_ok_and(|output| output.status.success());
    if !has_rustfmt {
        println!("SKIPPED: no rustfmt");
        return None;
    }
    Some(Run::of(Command::new("cargo").arg("fmt").args(arguments).current_dir(folder).output().unwrap()))
}

/// Formats the crate alone, and as a member of a workspace with another style.
#[test]
fn cargo_fmt_changes_no_generated_file() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/openapi-3.0/apache.org-airflow.json");
    let mut specs = vec![(SPEC.to_owned(), "bundled"), (SPEC.to_owned(), "0.1")];
    if corpus.exists() {
        specs.push((corpus.display().to_string(), "bundled"));
    } else {
        println!("SKIPPED: no corpus beside the checkout");
    }
    let folder = folder();
    let workspace = folder.path();
    fs::create_dir_all(workspace.join("mine/src")).unwrap();
    let manifest = "[package]\nname = 'mine'\nedition = '2024'\n[workspace]\nmembers = ['client']\n";
    fs::write(workspace.join("mine/Cargo.toml"), manifest).unwrap();
    fs::write(workspace.join("mine/rustfmt.toml"), "max_width = 60\n").unwrap();
    for (spec, runtime) in specs {
        let alone = workspace.join("alone");
        let member = workspace.join("mine/client");
        for (out, root) in [(&alone, &alone), (&member, &workspace.join("mine"))] {
            let _ = fs::remove_dir_all(out);
            let out_text = out.to_str().unwrap();
            clientsmith(&["generate", &spec, "--out", out_text, "--runtime", runtime]).exits(0);
            fs::write(workspace.join("mine/src/lib.rs"), "fn  mine () { }").unwrap();
            let before = texts(out);
            let Some(run) = cargo_fmt(root, &["--all"]) else { return };
            run.exits(0);
            assert!(texts(out) == before, "{spec} {runtime}: cargo fmt changed a file");
            clientsmith(&["check", &spec, "--out", out_text, "--runtime", runtime]).exits(0);
        }
        assert_eq!(fs::read_to_string(workspace.join("mine/src/lib.rs")).unwrap(), "fn mine() {}\n", "it did nothing");
    }
}

#[test]
fn rustfmt_settings_of_the_user_stay() {
    let folder = folder();
    let out = folder.path().to_str().unwrap();
    let settings = folder.path().join("rustfmt.toml");
    fs::write(&settings, "max_width = 140\n").unwrap();
    clientsmith(&["generate", SPEC, "--out", out]).exits(0);
    clientsmith(&["generate", SPEC, "--out", out]).exits(0);
    clientsmith(&["check", SPEC, "--out", out]).exits(0);
    assert_eq!(fs::read_to_string(&settings).unwrap(), "max_width = 140\n");
    clientsmith(&["generate", SPEC, "--out", out, "--force"]).exits(0);
    assert!(fs::read_to_string(&settings).unwrap().contains("disable_all_formatting = true"));
    clientsmith(&["check", SPEC, "--out", out]).exits(0);
}
