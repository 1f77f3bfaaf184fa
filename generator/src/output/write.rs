//! Writing a crate: only what differs, through a temporary file, and never over what somebody else wrote. The only
//! place that writes to the disk.

use super::Output;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Names the printed files, so that they can be told from foreign ones.
const LIST: &str = ".clientsmith";

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Write.
    Write {
        /// Over foreign files too.
        force: bool,
    },
    /// Only compare.
    Check,
}

/// What differs, or differed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    files: Vec<Change>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    path: String,
    old: Option<String>,
    new: Option<String>,
}

/// Why a crate cannot be written.
#[derive(Debug)]
pub enum WriteError {
    /// A file that this tool did not print.
    Foreign(PathBuf),
    /// The system refuses.
    Io(PathBuf, io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(path) => write!(
                f,
                "{} was not printed by clientsmith: choose another folder, or overwrite it with --force [E0701]",
                path.display()
            ),
            Self::Io(path, error) => write!(f, "{} cannot be written: {error} [E0702]", path.display()),
        }
    }
}

impl std::error::Error for WriteError {}

impl Changes {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many files differ.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// One line for each file: `src/models.rs: +12 -3`.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.files
            .iter()
            .map(|change| {
                let (added, removed) = change.counts();
                format!("{}: +{added} -{removed}", change.path)
            })
            .collect()
    }

    /// The lines that differ, as a unified diff.
    #[must_use]
    pub fn diff(&self) -> String {
        self.files.iter().map(Change::diff).collect()
    }
}

impl Change {
    fn texts(&self) -> similar::TextDiff<'_, '_, '_, str> {
        let (old, new) = (self.old.as_deref().unwrap_or_default(), self.new.as_deref().unwrap_or_default());
        similar::TextDiff::from_lines(old, new)
    }

    fn counts(&self) -> (usize, usize) {
        let texts = self.texts();
        let count = |tag| texts.iter_all_changes().filter(|change| change.tag() == tag).count();
        (count(similar::ChangeTag::Insert), count(similar::ChangeTag::Delete))
    }

    /// A unified diff.
    fn diff(&self) -> String {
        let side = |letter, text: &Option<String>| match text {
            Some(_) => format!("{letter}/{}", self.path),
            None => "/dev/null".to_owned(),
        };
        let (old, new) = (side('a', &self.old), side('b', &self.new));
        self.texts().unified_diff().context_radius(3).header(&old, &new).to_string()
    }
}

/// Brings a folder in step with a crate, or says how it differs.
///
/// # Errors
/// When the folder holds a foreign file of the same name, or the system refuses.
pub fn write(output: &Output, folder: &Path, mode: Mode) -> Result<Changes, WriteError> {
    let owned = read(&folder.join(LIST))?.unwrap_or_default();
    let owned: BTreeSet<&str> = owned.lines().collect();
    let mut files = output.files.clone();
    let list: String = files.keys().map(|path| format!("{path}\n")).collect();
    files.insert(LIST.to_owned(), list);
    let mut changes = Changes::default();
    for (path, new) in &files {
        let old = read(&folder.join(path))?;
        if old.as_deref() != Some(new) {
            changes.files.push(Change { path: path.clone(), old, new: Some(new.clone()) });
        }
    }
    for path in owned.iter().filter(|path| !files.contains_key(**path) && is_inside(path)) {
        if let Some(old) = read(&folder.join(path))? {
            changes.files.push(Change { path: (*path).to_owned(), old: Some(old), new: None });
        }
    }
    let Mode::Write { force } = mode else { return Ok(changes) };
    let foreign =
        |change: &&Change| change.old.is_some() && change.path != LIST && !owned.contains(change.path.as_str());
    if let Some(change) = changes.files.iter().find(foreign).filter(|_| !force) {
        return Err(WriteError::Foreign(folder.join(&change.path)));
    }
    exchange(&changes, folder)?;
    Ok(changes)
}

/// A path of the list cannot lead out of the folder, whoever wrote the list.
fn is_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

fn read(path: &Path) -> Result<Option<String>, WriteError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(WriteError::Io(path.to_owned(), error)),
    }
}

/// Writes every new text beside its place before any place is touched, so that a full disk leaves the old crate whole.
fn exchange(changes: &Changes, folder: &Path) -> Result<(), WriteError> {
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    for change in &changes.files {
        let Some(text) = &change.new else { continue };
        let path = folder.join(&change.path);
        let beside = beside(&path);
        let written = stage(&path, &beside, text);
        staged.push((beside, path));
        if let Err(error) = written {
            for (beside, _) in &staged {
                // What is left is never taken for a part of the crate.
                let _ = fs::remove_file(beside);
            }
            return Err(error);
        }
    }
    for (beside, path) in &staged {
        fs::rename(beside, path).map_err(|error| WriteError::Io(path.clone(), error))?;
    }
    for change in changes.files.iter().filter(|change| change.new.is_none()) {
        let path = folder.join(&change.path);
        fs::remove_file(&path).map_err(|error| WriteError::Io(path.clone(), error))?;
        // Only when it is empty now.
        let _ = path.parent().filter(|parent| *parent != folder).map(fs::remove_dir);
    }
    Ok(())
}

fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.new"))
}

fn stage(path: &Path, beside: &Path, text: &str) -> Result<(), WriteError> {
    let wrong = |error| WriteError::Io(path.to_owned(), error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(wrong)?;
    }
    fs::write(beside, text).map_err(wrong)
}
