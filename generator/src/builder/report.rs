//! The result of a run of [`Builder`], and the lines that cargo reads.

use super::Builder;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, SourceMap, render};
use crate::lock_file::{CHECK_VARIABLES, LockFile};
use crate::output::{Changes, Output};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The findings and the changes of a run.
#[derive(Debug)]
pub struct Report {
    /// The findings about the description.
    pub diagnostics: Diagnostics,
    /// The texts that the findings point into.
    pub sources: SourceMap,
    /// The files that the run read, and the files that the description refers to and that could not be read.
    pub inputs: Vec<PathBuf>,
    /// The files that the run wrote. With [`Builder::check`], the files that differ.
    pub changes: Changes,
    /// The lock of names, if its names changed. The run wrote it, or failed since it may only compare it.
    pub lock: Option<LockFile>,
    /// The run writes nothing.
    pub(super) compares: bool,
    pub(super) builder: Builder,
    /// The paths of the generated crate that are watched.
    watched: Vec<PathBuf>,
}

/// Lines of a lock that a message shows.
const MAX_NAMES: usize = 10;

impl Report {
    pub(super) fn of(builder: Builder) -> Self {
        let spec = Some(&builder.spec).filter(|spec| !spec.as_os_str().is_empty());
        let inputs = spec.into_iter().chain(&builder.settings).cloned().collect();
        let (diagnostics, sources) = (Diagnostics::default(), SourceMap::default());
        let watched = if builder.is_package { vec![builder.out.join("src")] } else { vec![builder.out.clone()] };
        Self {
            diagnostics,
            sources,
            inputs,
            changes: Changes::default(),
            lock: None,
            compares: builder.check,
            builder,
            watched,
        }
    }

    /// Watches what is generated in a package with a build script, whose directory may have a target directory too.
    pub(super) fn watch(&mut self, output: &Output) {
        if self.builder.is_package {
            let tops: BTreeSet<&str> = output.files.keys().filter_map(|path| path.split('/').next()).collect();
            self.watched = tops.into_iter().map(|top| self.builder.out.join(top)).collect();
        }
    }

    /// Returns the lines that a build script prints: `cargo::rerun-if-changed` for every input and for the generated crate,
    /// `cargo::rerun-if-env-changed` for `CI` and `CLIENTSMITH_CHECK`, and `cargo::warning` and `cargo::error` for the
    /// findings and the changes. Notes are left out.
    #[must_use]
    pub fn cargo_lines(&self) -> String {
        let mut lines = Vec::new();
        let mut watched = BTreeSet::new();
        for path in self.inputs.iter().chain(&self.watched).filter(|path| watched.insert(*path)) {
            lines.push(format!("cargo::rerun-if-changed={}", path.display()));
        }
        lines.extend(CHECK_VARIABLES.map(|name| format!("cargo::rerun-if-env-changed={name}")));
        lines.extend(self.findings());
        let out = self.builder.shown(&self.builder.out);
        let about = if self.compares { "cargo::error=out of step: " } else { "cargo::warning=regenerated " };
        lines.extend(self.changes.lines().iter().map(|line| format!("{about}{out}/{line}")));
        if let Some(lock) = &self.lock {
            let path = self.builder.shown(&lock.path);
            lines.push(format!("{about}{path}"));
            if self.compares {
                // The names that changed say why, and some are enough.
                let changed = lock.diff();
                let changed = changed.lines().skip(2).take(MAX_NAMES);
                lines.extend(changed.map(|line| format!("cargo::error={path}: {line}")));
                lines.push(format!("cargo::error={path}: run a build or `clientsmith generate` where `CI` is not set, and commit the lock"));
            }
        }
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    fn findings(&self) -> Vec<String> {
        let root = self.builder.display_root.display().to_string();
        let shown_path = |line: &str| -> Option<String> {
            let below = line.strip_prefix(root.trim_end_matches(['/', '\\'])).filter(|_| !root.is_empty())?;
            Some(below.strip_prefix(['/', '\\'])?.to_owned())
        };
        let shown = self.diagnostics.list.iter().filter(|found| found.severity != Severity::Note);
        let shown: Vec<Diagnostic> = shown.cloned().collect();
        let lines = render::short(&shown, &self.sources);
        let line = |(found, line): (&Diagnostic, &str)| {
            let word = if found.severity == Severity::Error { "error" } else { "warning" };
            format!("cargo::{word}={}", shown_path(line).unwrap_or_else(|| line.to_owned()))
        };
        shown.iter().zip(lines.lines()).map(line).collect()
    }
}
