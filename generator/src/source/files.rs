//! Reading files: the only place that reads the disk.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where inputs come from.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be read.
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError>;
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// Which file.
    pub path: PathBuf,
    /// Which reason.
    pub kind: LoadErrorKind,
    /// The system's words.
    pub message: String,
}

/// Reasons why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadErrorKind {
    /// There is none.
    NotFound,
    /// It is a folder.
    IsDirectory,
    /// Something else.
    Unreadable,
}

impl LoadError {
    /// From the system's error.
    #[must_use]
    pub fn unreadable(path: &Path, error: &io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::NotFound => LoadErrorKind::NotFound,
            io::ErrorKind::IsADirectory => LoadErrorKind::IsDirectory,
            _ => LoadErrorKind::Unreadable,
        };
        Self { path: path.to_owned(), kind, message: error.to_string() }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be read: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for LoadError {}

/// The disk.
#[derive(Debug, Clone, Copy)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        fs::read(path).map_err(|error| LoadError::unreadable(path, &error))
    }
}

/// Files in memory, for tests.
#[derive(Debug, Clone, Default)]
pub struct Memory(pub Vec<(PathBuf, Vec<u8>)>);

impl Files for Memory {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        let found = self.0.iter().find(|(known, _)| known == path).map(|(_, bytes)| bytes.clone());
        found.ok_or_else(|| LoadError::unreadable(path, &io::Error::from(io::ErrorKind::NotFound)))
    }
}
