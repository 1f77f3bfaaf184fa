//! Keeps a generated crate in step with its description, for build scripts. Knows the lines that cargo reads; must not
//! write to standard output or exit.

mod error;
mod report;

use crate::config::Config;
use crate::output::{Changes, Mode, write};
use crate::pipeline::{Generated, generate};
use crate::source::files::Disk;
pub use error::{Error, ErrorKind};
pub use report::Report;
use std::path::{Path, PathBuf};

/// Generates a crate from a build script.
///
/// ```no_run
/// // build.rs
/// use std::process::ExitCode;
///
/// fn main() -> ExitCode {
///     let run = clientsmith::Builder::new("spec/openapi.yaml")
///         .out("generated")
///         .check(std::env::var_os("CI").is_some())
///         .run();
///     match run {
///         Ok(report) => {
///             print!("{}", report.cargo_lines());
///             ExitCode::SUCCESS
///         }
///         Err(error) => {
///             print!("{}", error.cargo_lines());
///             ExitCode::FAILURE
///         }
///     }
/// }
/// ```
#[derive(Debug, Clone)]
pub struct Builder {
    spec: PathBuf,
    settings: Option<PathBuf>,
    out: PathBuf,
    display_root: PathBuf,
    check: bool,
}

impl Builder {
    /// Creates a builder for the description at this path (YAML or JSON).
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

    /// Sets the path of the settings file (TOML). By default every setting has its default.
    #[must_use]
    pub fn settings(mut self, settings: impl Into<PathBuf>) -> Self {
        self.settings = Some(settings.into());
        self
    }

    /// Sets the directory of the generated crate. The default is `generated`.
    #[must_use]
    pub fn out(mut self, out: impl Into<PathBuf>) -> Self {
        self.out = out.into();
        self
    }

    /// Sets the directory that the paths in messages are relative to. By default they are as given.
    #[must_use]
    pub fn display_root(mut self, root: impl Into<PathBuf>) -> Self {
        self.display_root = root.into();
        self
    }

    /// Sets whether the run only compares: it writes nothing and fails when the generated crate is out of date. The default is
    /// `false`; continuous integration sets it to `true`.
    #[must_use]
    pub fn check(mut self, check: bool) -> Self {
        self.check = check;
        self
    }

    /// Generates the crate and writes the files that differ. A description with errors changes no file.
    ///
    /// # Errors
    /// Returns an [`Error`] of the kind [`ErrorKind::Settings`], [`ErrorKind::Description`], [`ErrorKind::Output`], or
    /// with [`Builder::check`] [`ErrorKind::OutOfDate`].
    pub fn run(&self) -> Result<Report, Error> {
        let mut report = Report::of(self.clone());
        let config = match &self.settings {
            None => Config::default(),
            Some(path) => match Config::read(path, &Disk) {
                Ok(config) => config,
                Err(error) => return Err(Error::new(ErrorKind::Settings(error), report)),
            },
        };
        let Generated { sources, diagnostics, inputs, output, .. } = generate(&self.spec, &Disk, &config);
        report.inputs.extend(inputs);
        (report.sources, report.diagnostics) = (sources, diagnostics);
        let Some(output) = output else { return Err(Error::new(ErrorKind::Description, report)) };
        let mode = if self.check { Mode::Check } else { Mode::Write { force: false } };
        match write(&output, &self.out, mode) {
            Err(error) => Err(Error::new(ErrorKind::Output(error), report)),
            Ok(changes) => self.conclude(changes, report),
        }
    }

    fn conclude(&self, changes: Changes, mut report: Report) -> Result<Report, Error> {
        let out_of_date = self.check && !changes.is_empty();
        report.changes = changes;
        if out_of_date { Err(Error::new(ErrorKind::OutOfDate, report)) } else { Ok(report) }
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.display_root).unwrap_or(path).display().to_string()
    }
}
