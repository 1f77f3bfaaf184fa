//! The generator for build scripts, which keeps a generated crate in sync with its description. Knows the output lines
//! for cargo. Must not print or exit itself.

use crate::config::Config;
use crate::output::write::{Changes, Mode, write};
use crate::pipeline::{Generated, generate};
use crate::report;
use crate::source::files::Disk;
use std::path::{Path, PathBuf};

/// A run of the generator: the description, the settings and the output directory.
///
/// ```no_run
/// // build.rs
/// let report = clientsmith::Builder::new("spec/openapi.yaml")
///     .out("generated")
///     .check(std::env::var_os("CI").is_some())
///     .run();
/// for line in &report.lines {
///     println!("{line}");
/// }
/// assert!(!report.failed, "see above");
/// ```
#[derive(Debug, Clone)]
pub struct Builder {
    spec: PathBuf,
    settings: Option<PathBuf>,
    out: PathBuf,
    display_root: PathBuf,
    check: bool,
}

/// The result of a run, with output lines for cargo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// `cargo::rerun-if-changed`, `cargo::warning` and `cargo::error` lines. The build script prints them unchanged.
    pub lines: Vec<String>,
    /// True if the build must fail.
    pub failed: bool,
}

impl Builder {
    /// Creates a builder for a description. The default output directory is `generated`.
    #[must_use]
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            settings: None,
            out: PathBuf::from("generated"),
            display_root: PathBuf::new(),
            check: false,
        }
    }

    /// Sets the settings file of the generated crate (TOML).
    #[must_use]
    pub fn settings(mut self, settings: impl Into<PathBuf>) -> Self {
        self.settings = Some(settings.into());
        self
    }

    /// Sets the directory of the generated crate.
    #[must_use]
    pub fn out(mut self, out: impl Into<PathBuf>) -> Self {
        self.out = out.into();
        self
    }

    /// Sets the directory to which paths in messages are relative.
    #[must_use]
    pub fn display_root(mut self, root: impl Into<PathBuf>) -> Self {
        self.display_root = root.into();
        self
    }

    /// Turns check mode on: the run writes nothing, and fails if the crate is out of sync. Use it in continuous
    /// integration. The default is false.
    #[must_use]
    pub fn check(mut self, check: bool) -> Self {
        self.check = check;
        self
    }

    /// Generates the crate, and writes the files that differ. A description with errors changes nothing.
    #[must_use]
    pub fn run(&self) -> Report {
        let mut report = Report { lines: Vec::new(), failed: false };
        let watched = [Some(&self.spec), self.settings.as_ref(), Some(&self.out)];
        for path in watched.into_iter().flatten() {
            report.watch(path);
        }
        for name in ["CI", "CLIENTSMITH_CHECK"] {
            report.lines.push(format!("cargo::rerun-if-env-changed={name}"));
        }
        let config = match &self.settings {
            None => Config::default(),
            Some(path) => match Config::read(path, &Disk) {
                Ok(config) => config,
                Err(error) => return report.fail(&error.to_string()),
            },
        };
        let generated = generate(&self.spec, &Disk, &config);
        for input in &generated.inputs {
            report.watch(input);
        }
        self.tell(&generated, &mut report);
        let Some(output) = &generated.output else {
            let spec = self.shown(&self.spec);
            let out = self.shown(&self.out);
            return report.fail(&format!("{spec} has errors; {out} is unchanged"));
        };
        let mode = if self.check { Mode::Check } else { Mode::Write { force: false } };
        match write(output, &self.out, mode) {
            Err(error) => report.fail(&error.to_string()),
            Ok(changes) => self.conclude(&changes, report),
        }
    }

    fn tell(&self, generated: &Generated, report: &mut Report) {
        let root = format!("{}/", self.display_root.display());
        let text = report::short(&generated.diagnostics.list, &generated.sources);
        for line in text.lines() {
            let line = line.strip_prefix(&root).unwrap_or(line);
            if line.contains(": note[") {
                continue;
            }
            let word = if line.contains(": error[") { "error" } else { "warning" };
            report.lines.push(format!("cargo::{word}={line}"));
        }
    }

    fn conclude(&self, changes: &Changes, mut report: Report) -> Report {
        let out = self.shown(&self.out);
        if changes.is_empty() {
            return report;
        }
        if self.check {
            for line in changes.lines() {
                report.lines.push(format!("cargo::error=out of step: {out}/{line}"));
            }
            return report
                .fail(&format!("{out} differs from the generated code; build without CI set, then commit it"));
        }
        for line in changes.lines() {
            report.lines.push(format!("cargo::warning=regenerated {out}/{line}"));
        }
        report
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.display_root).unwrap_or(path).display().to_string()
    }
}

impl Report {
    fn watch(&mut self, path: &Path) {
        let line = format!("cargo::rerun-if-changed={}", path.display());
        if !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }

    fn fail(mut self, message: &str) -> Self {
        for line in message.lines() {
            self.lines.push(format!("cargo::error={line}"));
        }
        self.failed = true;
        self
    }
}
