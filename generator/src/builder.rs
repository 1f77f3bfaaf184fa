//! Keeps a generated crate in step with its description, for build scripts. Knows the lines that cargo reads; must not
//! write to standard output or exit.

mod error;
mod manifest;
mod report;

use crate::config::{Config, ConfigError, Project};
use crate::lock_file::LockFile;
use crate::output::{Changes, Mode, write};
use crate::pipeline::{Generated, generate};
use crate::source::files::Disk;
use crate::source::path::normal;
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
    /// The build script is that of the generated crate itself.
    is_package: bool,
    lock: Option<PathBuf>,
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
            is_package: false,
            lock: None,
        }
    }

    /// Creates a builder for the build script of the generated crate itself: cargo compiles the sources after the script
    /// has brought them in step with the description.
    ///
    /// `package` is the directory of the crate, and `settings` the path of the settings file, relative to it. The settings
    /// have an API whose `out` is this directory, with `spec` and `build_dependency`. Paths in messages are relative to the
    /// directory of the settings.
    ///
    /// ```no_run
    /// let run = clientsmith::Builder::of_package(env!("CARGO_MANIFEST_DIR"), "../clientsmith.toml").run();
    /// ```
    #[must_use]
    pub fn of_package(package: impl AsRef<Path>, settings: impl AsRef<Path>) -> Self {
        let settings = normal(&package.as_ref().join(settings));
        let display_root = settings.parent().unwrap_or(Path::new("")).to_owned();
        let (spec, out, is_package) = (PathBuf::new(), normal(package.as_ref()), true);
        Self { spec, settings: Some(settings), out, display_root, check: false, is_package, lock: None }
    }

    /// Sets the path of the settings file (TOML). By default every setting has its default.
    #[must_use]
    pub fn settings(mut self, settings: impl Into<PathBuf>) -> Self {
        self.settings = Some(settings.into());
        self
    }

    /// Sets the path of the lock of names. The default is that of the settings, else `clientsmith.lock.toml` beside the
    /// description. A lock that exists is updated. With [`Builder::check`], and where the environment variable `CI` or
    /// `CLIENTSMITH_CHECK` is set, it is compared: the run fails when its names differ. None is created: `clientsmith lock` does that.
    #[must_use]
    pub fn lock(mut self, lock: impl Into<PathBuf>) -> Self {
        self.lock = Some(lock.into());
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
    /// Returns an [`Error`] of the kind [`ErrorKind::Settings`], [`ErrorKind::Description`], [`ErrorKind::Output`],
    /// [`ErrorKind::OutOfDate`] if the run only compares, or with [`Builder::of_package`] [`ErrorKind::Manifest`].
    pub fn run(&self) -> Result<Report, Error> {
        let mut config = match self.config() {
            Ok(config) => config,
            Err(error) => return Err(Error::new(ErrorKind::Settings(error), Report::of(self.clone()))),
        };
        if let Some(lock) = &self.lock {
            config.set_lock(lock);
        }
        if let Some(file) = &self.settings {
            let folder = file.parent().unwrap_or(Path::new(""));
            config.move_runtime(folder, &self.out);
            if let Err(error) = config.check_runtime(&self.out) {
                return Err(Error::new(ErrorKind::Settings(error.in_file(file)), Report::of(self.clone())));
            }
        }
        let mut builder = self.clone();
        if let (true, Some(spec)) = (self.is_package, config.spec()) {
            spec.clone_into(&mut builder.spec);
        }
        builder.run_with(&config)
    }

    fn config(&self) -> Result<Config, ConfigError> {
        match &self.settings {
            None => Ok(Config::default()),
            Some(path) if self.is_package => {
                Project::read(path, &Disk)?.into_package(&self.out).map_err(|error| error.in_file(path))
            }
            Some(path) => Config::read(path, &Disk),
        }
    }

    /// Generates the crate with the settings, and writes or compares its files.
    fn run_with(&self, config: &Config) -> Result<Report, Error> {
        let mut report = Report::of(self.clone());
        let Generated { sources, diagnostics, inputs, output, lock, .. } = generate(&self.spec, &Disk, config);
        report.inputs.extend(inputs);
        (report.sources, report.diagnostics) = (sources, diagnostics);
        let Some(output) = output else { return Err(Error::new(ErrorKind::Description, report)) };
        report.watch(&output);
        report.lock = lock.filter(LockFile::is_outdated);
        report.compares = self.check || (report.lock.is_some() && LockFile::is_only_compared());
        let mode = if report.compares { Mode::Check } else { Mode::Write { force: false } };
        match write(&output, &self.out, mode) {
            Err(error) => Err(Error::new(ErrorKind::Output(error), report)),
            Ok(changes) => self.report_changes(changes, report),
        }
    }

    /// The result of a run with these changes of files. Writes the lock, unless the run only compares.
    fn report_changes(&self, changes: Changes, mut report: Report) -> Result<Report, Error> {
        if let Some(Err(error)) = report.lock.as_ref().filter(|_| !report.compares).map(LockFile::write) {
            report.changes = changes;
            return Err(Error::new(ErrorKind::Output(error), report));
        }
        let kind = match changes.of(manifest::NAME) {
            _ if report.compares && (!changes.is_empty() || report.lock.is_some()) => Some(ErrorKind::OutOfDate),
            Some((old, new)) if self.is_package && manifest::needs_another_build(old, new) => Some(ErrorKind::Manifest),
            Some(_) | None => None,
        };
        report.changes = changes;
        match kind {
            Some(kind) => Err(Error::new(kind, report)),
            None => Ok(report),
        }
    }

    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.display_root).unwrap_or(path).display().to_string()
    }
}

#[cfg(test)]
mod tests;
