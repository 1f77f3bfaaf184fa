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

    /// The lines that differ, for people.
    #[must_use]
    pub fn diff(&self) -> String {
        self.files.iter().map(Change::diff).collect()
    }
}

impl Change {
    /// Lines only in the new text, and only in the old one.
    fn sides(&self) -> (Vec<&str>, Vec<&str>) {
        let (old, new) = (self.old.as_deref().unwrap_or_default(), self.new.as_deref().unwrap_or_default());
        let (old_set, new_set): (BTreeSet<_>, BTreeSet<_>) = (old.lines().collect(), new.lines().collect());
        let added = new.lines().filter(|line| !old_set.contains(line)).collect();
        let removed = old.lines().filter(|line| !new_set.contains(line)).collect();
        (added, removed)
    }

    fn counts(&self) -> (usize, usize) {
        let (added, removed) = self.sides();
        (added.len(), removed.len())
    }

    fn diff(&self) -> String {
        let (added, removed) = self.sides();
        let mut text = format!("{}\n", self.path);
        text.extend(removed.iter().map(|line| format!("-{line}\n")));
        text.extend(added.iter().map(|line| format!("+{line}\n")));
        text
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
    for change in &changes.files {
        apply(&folder.join(&change.path), change.new.as_deref())?;
    }
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

fn apply(path: &Path, text: Option<&str>) -> Result<(), WriteError> {
    let wrong = |error| WriteError::Io(path.to_owned(), error);
    let Some(text) = text else { return fs::remove_file(path).map_err(wrong) };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(wrong)?;
    }
    let temporary = path.with_extension("clientsmith-new");
    let written = fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // Nothing is lost when this fails too: the old file is still there.
        let _ = fs::remove_file(&temporary);
    }
    written.map_err(wrong)
}
