//! File reading. Every file of a description is read here. The settings, the paths of runtimes and the files of the output are read by
//! their own modules.

use super::path::{is_address, normal, without_secrets};
use std::env;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A source of input files.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// Returns a [`LoadError`] when the file cannot be read.
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError>;

    /// The number of folders above this one that belong to the same project. The folder holds a description, and the
    /// references of the description may lead to files of its project. The default is 0.
    fn folders_above(&self, folder: &Path) -> usize {
        let _ = folder;
        0
    }
}

/// The error of a file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// Path of the file.
    pub path: PathBuf,
    /// Reason.
    pub kind: LoadErrorKind,
    /// The message of the operating system, or the reason why an address is not read.
    pub message: String,
}

/// Reasons for which a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadErrorKind {
    /// The file does not exist.
    NotFound,
    /// The path is a directory.
    IsDirectory,
    /// Any other error.
    Unreadable,
}

impl LoadError {
    /// Creates an error from that of the operating system.
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
        // An address in place of a path can have a password.
        let path = without_secrets(&self.path.display().to_string());
        match self.kind {
            LoadErrorKind::IsDirectory => write!(f, "{path}: expected a file, found a directory"),
            LoadErrorKind::NotFound | LoadErrorKind::Unreadable => write!(f, "{path} cannot be read: {}", self.message),
        }
    }
}

impl std::error::Error for LoadError {}

/// The message about an address in place of a file.
const ADDRESS: &str = "only descriptions on the command line are downloaded: download this file, and name its path";

/// The files on the disk.
#[derive(Debug, Clone, Copy)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        fs::read(path).map_err(|error| match LoadError::unreadable(path, &error) {
            missing if path.to_str().is_some_and(is_address) => LoadError { message: ADDRESS.to_owned(), ..missing },
            error => error,
        })
    }

    /// Returns the number of folders from the description's folder up to the project's: the working directory, or the nearest folder
    /// with a `.git`. It is the larger of the two that holds the description's folder. The root of a file system is not a project.
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
