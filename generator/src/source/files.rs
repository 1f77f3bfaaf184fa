//! Reading files: the only place that reads the disk.

use super::path::normal;
use std::env;
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

    /// How many folders above this one, which holds a description, belong to the same project: references of the
    /// description may lead to files there. None unless said otherwise.
    fn folders_above(&self, folder: &Path) -> usize {
        let _ = folder;
        0
    }
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
        match self.kind {
            LoadErrorKind::IsDirectory => write!(f, "{}: expected a file, found a directory", self.path.display()),
            LoadErrorKind::NotFound | LoadErrorKind::Unreadable => {
                write!(f, "{} cannot be read: {}", self.path.display(), self.message)
            }
        }
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

    /// The project is what the working directory holds, or the nearest folder with a `.git`: the larger of these that holds
    /// the folder. The root of a file system is no project.
    fn folders_above(&self, folder: &Path) -> usize {
        let Ok(working) = env::current_dir() else { return 0 };
        let folder = normal(&working.join(folder));
        let repository = folder.ancestors().find(|above| above.join(".git").exists());
        let projects = [Some(working.as_path()), repository].into_iter().flatten();
        let projects = projects.filter(|project| project.parent().is_some());
        let up = |project: &Path| folder.strip_prefix(project).ok().map(|rest| rest.components().count());
        projects.filter_map(up).max().unwrap_or_default()
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
