//! The reasons why a run of [`Builder`](super::Builder) fails.

use super::Report;
use crate::config::ConfigError;
use crate::output::WriteError;
use std::fmt;

/// A failed run.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    report: Box<Report>,
}

/// The kinds of [`Error`].
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The settings cannot be used.
    Settings(ConfigError),
    /// The description has errors; the diagnostics of the [`Error::report`] name them. No file was changed.
    Description,
    /// The generated crate cannot be written.
    Output(WriteError),
    /// The run only compares, and the generated crate or the lock of names differs. A run only compares with
    /// [`Builder::check`](super::Builder::check), and where the lock differs and the environment variable `CI` or
    /// `CLIENTSMITH_CHECK` is set.
    OutOfDate,
    /// The crate was written, and its `Cargo.toml` has other dependencies or features than before. Cargo read the old file at
    /// the start of the build, so the next build compiles the crate.
    Manifest,
}

impl Error {
    pub(super) fn new(kind: ErrorKind, report: Report) -> Self {
        Self { kind, report: Box::new(report) }
    }

    /// The kind of the error.
    #[must_use]
    pub const fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// The findings up to the error.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Returns the lines that a build script prints: those of [`Report::cargo_lines`], and the error.
    #[must_use]
    pub fn cargo_lines(&self) -> String {
        let mut lines = self.report.cargo_lines();
        for line in self.to_string().lines() {
            lines.push_str(&format!("cargo::error={line}\n"));
        }
        lines
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let builder = &self.report.builder;
        let (spec, out) = (builder.shown(&builder.spec), builder.shown(&builder.out));
        match &self.kind {
            ErrorKind::Settings(error) => error.fmt(f),
            ErrorKind::Output(error) => error.fmt(f),
            ErrorKind::Description => write!(f, "{spec} has errors; {out} is unchanged"),
            ErrorKind::Manifest => {
                write!(
                    f,
                    "{out}/Cargo.toml has other dependencies or features now, and cargo read it before: build once more"
                )
            }
            ErrorKind::OutOfDate => {
                let lock = self.report.lock.as_ref().filter(|_| self.report.changes.is_empty());
                let (path, new) = match lock {
                    Some(lock) => (builder.shown(&lock.path), "the names of the generated code"),
                    None => (out, "the generated code"),
                };
                write!(f, "{path} differs from {new}; build without CI set, then commit it")
            }
        }
    }
}

impl std::error::Error for Error {}
