//! Reads the file of the lock before a run, and compares or writes it afterwards.

use crate::api::Api;
use crate::config::LOCK_FILE;
use crate::diagnostic::{Code, Diagnostics};
use crate::lock::{Lock, LockedNames, span};
use crate::output::{WriteError, write_file};
use crate::source::SourceMap;
use crate::source::files::{Files, LoadErrorKind};
use crate::span::FileId;
use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The file of the lock, before and after a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockFile {
    /// The path of the file.
    pub path: PathBuf,
    /// The text of the file before the run; none where there is no file.
    pub old: Option<String>,
    /// The text for the generated crate.
    pub text: String,
}

/// Environment variables that forbid writing a lock. Build scripts usually give them to [`Builder::check`](crate::Builder::check).
pub(crate) const CHECK_VARIABLES: [&str; 2] = ["CI", "CLIENTSMITH_CHECK"];

impl LockFile {
    /// Returns true if runs only compare locks: the environment variable `CI` or `CLIENTSMITH_CHECK` has a value other than
    /// `false` and `0`. A commit must have the lock, so continuous integration never writes it.
    #[must_use]
    pub fn is_only_compared() -> bool {
        let is_set = |value: OsString| !value.is_empty() && value != "false" && value != "0";
        CHECK_VARIABLES.iter().any(|name| env::var_os(name).is_some_and(is_set))
    }

    /// Returns true if the file exists and has other names than the generated crate.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        self.old.as_ref().is_some_and(|old| *old != self.text)
    }

    /// Returns the lines that differ, `-` before those of the file and `+` before those for the generated crate.
    #[must_use]
    pub fn diff(&self) -> String {
        let old = self.old.as_deref().unwrap_or_default();
        let lines_missing = |text: &str, other: &str, sign: char| -> String {
            let known: BTreeSet<&str> = other.lines().collect();
            text.lines().filter(|line| !known.contains(line)).map(|line| format!("{sign}{line}\n")).collect()
        };
        let name = self.path.display();
        format!(
            "--- {name}\n+++ {name}\n{}{}",
            lines_missing(old, &self.text, '-'),
            lines_missing(&self.text, old, '+')
        )
    }

    /// Writes the file, if it differs.
    ///
    /// # Errors
    /// Returns the error of the operating system. The old file is then unchanged.
    pub fn write(&self) -> Result<(), WriteError> {
        if self.old.as_ref() == Some(&self.text) { Ok(()) } else { write_file(&self.path, &self.text) }
    }
}

/// The lock that a run found, with its file.
#[derive(Debug)]
pub(crate) struct LoadedLock {
    path: PathBuf,
    old: Option<String>,
    lock: Option<Lock>,
    file: FileId,
}

/// Reads the lock of a description: the file of the settings, else the one beside the description.
pub(crate) fn load(
    entry: &Path,
    files: &dyn Files,
    from_settings: Option<&Path>,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> LoadedLock {
    let path = from_settings.map_or_else(|| entry.with_file_name(LOCK_FILE), Path::to_owned);
    let is_stdin = from_settings.is_none() && entry == Path::new("-");
    let read = if is_stdin { None } else { Some(files.read(&path)) };
    let bytes = match read {
        Some(Ok(bytes)) => bytes,
        Some(Err(error)) if error.kind != LoadErrorKind::NotFound => {
            let file = sources.add(path.clone(), String::new());
            diagnostics.report(Code::LockInvalid, span(file, &(0..0)), error.to_string());
            return LoadedLock { path, old: None, lock: None, file };
        }
        Some(Err(_)) | None => return LoadedLock { path, old: None, lock: None, file: FileId::default() },
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let file = sources.add(path.clone(), text.clone());
    let lock = match Lock::parse(&text) {
        Ok(lock) => Some(lock),
        Err(error) => {
            diagnostics.report(error.code, span(file, &error.span), error.message);
            None
        }
    };
    LoadedLock { path, old: Some(text), lock, file }
}

impl LoadedLock {
    /// The path of the file where there is one.
    pub(crate) fn input(&self) -> Option<&PathBuf> {
        self.old.as_ref().map(|_| &self.path)
    }

    /// The pointers of the unions.
    pub(crate) fn unions(&self) -> BTreeSet<String> {
        self.lock.as_ref().map(Lock::unions).unwrap_or_default()
    }

    /// The names that the lock has for a description.
    pub(crate) fn names_of(&self, api: &Api, diagnostics: &mut Diagnostics) -> LockedNames {
        self.lock.as_ref().map(|lock| lock.names_of(api, self.file, diagnostics)).unwrap_or_default()
    }

    /// The file for the crate that was planned.
    pub(crate) fn file(self, lock: &Lock) -> LockFile {
        LockFile { path: self.path, old: self.old, text: lock.text() }
    }
}
