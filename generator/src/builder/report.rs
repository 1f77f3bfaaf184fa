//! The result of a run of [`Builder`], and the lines that cargo reads.

use super::Builder;
use crate::diagnostic::{Diagnostics, Severity, SourceMap, render};
use crate::output::Changes;
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
    pub(super) builder: Builder,
}

/// Environment variables that build scripts usually give to [`Builder::check`].
const VARIABLES: [&str; 2] = ["CI", "CLIENTSMITH_CHECK"];

impl Report {
    pub(super) fn of(builder: Builder) -> Self {
        let inputs = std::iter::once(builder.spec.clone()).chain(builder.settings.clone()).collect();
        let (diagnostics, sources) = (Diagnostics::default(), SourceMap::default());
        Self { diagnostics, sources, inputs, changes: Changes::default(), builder }
    }

    /// Returns the lines that a build script prints: `cargo::rerun-if-changed` for every input and for the generated crate,
    /// `cargo::rerun-if-env-changed` for `CI` and `CLIENTSMITH_CHECK`, and `cargo::warning` and `cargo::error` for the
    /// findings and the changes. Notes are left out.
    #[must_use]
    pub fn cargo_lines(&self) -> String {
        let mut lines = Vec::new();
        let mut watched = BTreeSet::new();
        for path in self.inputs.iter().chain([&self.builder.out]).filter(|path| watched.insert(*path)) {
            lines.push(format!("cargo::rerun-if-changed={}", path.display()));
        }
        lines.extend(VARIABLES.map(|name| format!("cargo::rerun-if-env-changed={name}")));
        lines.extend(self.findings());
        let out = self.builder.shown(&self.builder.out);
        let about = if self.builder.check { "cargo::error=out of step: " } else { "cargo::warning=regenerated " };
        lines.extend(self.changes.lines().iter().map(|line| format!("{about}{out}/{line}")));
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    fn findings(&self) -> impl Iterator<Item = String> {
        let root = format!("{}/", self.builder.display_root.display());
        self.diagnostics.list.iter().filter_map(move |found| {
            let word = match found.severity {
                Severity::Error => "error",
                Severity::Skipped | Severity::Warning => "warning",
                Severity::Note => return None,
            };
            let line = render::line(found, &self.sources);
            Some(format!("cargo::{word}={}", line.strip_prefix(&root).unwrap_or(&line)))
        })
    }
}
