//! Runs of the command with their results.
#![allow(dead_code, reason = "each test file uses a part")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The description of the checked-in crate.
pub(crate) const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/openapi.yaml");

/// Path of the command.
pub(crate) const COMMAND: &str = env!("CARGO_BIN_EXE_clientsmith");

pub(crate) fn spec() -> String {
    std::fs::read_to_string(SPEC).unwrap()
}

pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A temporary directory with files of a test.
pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn empty() -> Self {
        Self { folder: folder() }
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        std::fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        std::fs::write(self.path(path), text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The variables that make a run compare where it would write. A test that wants that sets one of them.
const COMPARE: [&str; 2] = ["CI", "CLIENTSMITH_CHECK"];

/// A program with the same surroundings wherever the tests run.
pub(crate) fn program(path: &str) -> Command {
    let mut program = Command::new(path);
    COMPARE.iter().for_each(|name| _ = program.env_remove(name));
    program
}

pub(crate) fn command() -> Command {
    program(COMMAND)
}

pub(crate) fn clientsmith(arguments: &[&str]) -> Run {
    Run::of(command().args(arguments).stdin(Stdio::null()).output().unwrap())
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let run = Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) };
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        assert!(!run.stderr.contains('\u{1b}') && !run.stdout.contains('\u{1b}'), "colours off a terminal: {run:?}");
        run
    }

    pub(crate) fn with_input(arguments: &[&str], input: &[u8]) -> Self {
        let mut command = command();
        let command = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Self::of(child.wait_with_output().unwrap())
    }

    /// Runs the command in a shell, for limits and pipes. `$0` is the command, and its arguments begin at `$1`.
    pub(crate) fn in_shell(script: &str, arguments: &[&str]) -> Self {
        let output = program("sh").args(["-c", script, COMMAND]).args(arguments).stdin(Stdio::null()).output();
        Self::of(output.unwrap())
    }

    pub(crate) fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }

    pub(crate) fn has_empty_stdout(&self) -> &Self {
        assert_eq!(self.stdout, "");
        self
    }
}

/// Every file below a directory with its content.
pub(crate) fn texts(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.push((name, std::fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}
