//! Writing a crate: only what differs, through a temporary file, and never over what somebody else wrote. The only
//! place that writes to the disk.

use super::Output;
use super::lock::{self, Share};
use crate::diagnostic::Code;
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Names the printed files, so that they can be told from foreign ones.
const LIST: &str = ".clientsmith";
/// How the names of new files end until they are moved to their places.
const NEW: &str = ".clientsmith-new";
/// So many names for a new file are tried.
const MOST_NAMES: usize = 16;
/// Two texts that have nothing in common are compared roughly rather than for minutes.
const LONGEST_COMPARISON: Duration = Duration::from_secs(1);

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
    /// A folder of the crate is a link to somewhere else.
    Outside(PathBuf),
    /// The system refuses.
    Io(PathBuf, io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(path) => write!(
                f,
                "{} was not printed by clientsmith: choose another folder, or overwrite it with --force",
                path.display()
            ),
            Self::Outside(path) => {
                write!(f, "{} leads out of the folder of the crate: nothing is written through a link", path.display())
            }
            Self::Io(path, error) => write!(f, "{} cannot be written: {error}", path.display()),
        }?;
        write!(f, " [{}]", self.code().as_str())
    }
}

impl WriteError {
    /// Which kind of finding this is.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Foreign(_) => Code::ForeignFile,
            Self::Outside(_) | Self::Io(..) => Code::OutputUnwritable,
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

    /// What differs, in the unified format.
    #[must_use]
    pub fn diff(&self) -> String {
        self.files.iter().map(Change::diff).collect()
    }
}

impl Change {
    fn sides(&self) -> (&str, &str) {
        (self.old.as_deref().unwrap_or_default(), self.new.as_deref().unwrap_or_default())
    }

    /// Lines only in the new text, and only in the old one.
    fn counts(&self) -> (usize, usize) {
        let (old, new) = self.sides();
        if old.is_empty() || new.is_empty() {
            return (new.lines().count(), old.lines().count());
        }
        let compared = compare(old, new);
        let of = |tag| compared.iter_all_changes().filter(|change| change.tag() == tag).count();
        (of(ChangeTag::Insert), of(ChangeTag::Delete))
    }

    /// In the unified format, as `patch` reads it.
    fn diff(&self) -> String {
        let (old, new) = self.sides();
        let name = |side: &str, there: bool| {
            if there { format!("{side}/{}", self.path) } else { "/dev/null".to_owned() }
        };
        let (before, after) = (name("a", self.old.is_some()), name("b", self.new.is_some()));
        compare(old, new).unified_diff().context_radius(3).header(&before, &after).to_string()
    }
}

fn compare<'t>(old: &'t str, new: &'t str) -> TextDiff<'t, 't, str> {
    TextDiff::configure().timeout(LONGEST_COMPARISON).diff_lines(old, new)
}

/// Brings a folder in step with a crate, or says how it differs. Waits where another run writes into the folder.
///
/// # Errors
/// When the folder holds a foreign file of the same name, or the system refuses.
pub fn write(output: &Output, folder: &Path, mode: Mode) -> Result<Changes, WriteError> {
    let failed = |error| WriteError::Io(folder.to_owned(), error);
    let share = match mode {
        Mode::Check => Share::Readers,
        Mode::Write { .. } => {
            fs::create_dir_all(folder).map_err(failed)?;
            Share::Nobody
        }
    };
    let lock = lock::take(folder, share).map_err(failed)?;
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
    if let Some(change) = changes.files.iter().find(|change| is_linked(folder, &change.path)) {
        return Err(WriteError::Outside(folder.join(&change.path)));
    }
    let foreign =
        |change: &&Change| change.old.is_some() && change.path != LIST && !owned.contains(change.path.as_str());
    if let Some(change) = changes.files.iter().find(foreign).filter(|_| !force) {
        return Err(WriteError::Foreign(folder.join(&change.path)));
    }
    if lock.is_some() {
        sweep(folder, files.keys());
    }
    put(folder, &changes.files)?;
    Ok(changes)
}

/// Removes what a run left that was ended before it moved its files to their places. No other run is writing now.
fn sweep<'p>(folder: &Path, paths: impl Iterator<Item = &'p String>) {
    let folders: BTreeSet<PathBuf> = paths.filter_map(|path| folder.join(path).parent().map(Path::to_owned)).collect();
    for entry in folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
        if entry.file_name().as_encoded_bytes().ends_with(NEW.as_bytes()) {
            // A link is removed itself. Nothing is lost when this fails: new files have other names.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes every new text beside its place first, so that a full disk or a missing right is known while the old crate is
/// still whole; then moves them all.
fn put(folder: &Path, changes: &[Change]) -> Result<(), WriteError> {
    let mut moves = Vec::new();
    for change in changes {
        let (path, Some(text)) = (folder.join(&change.path), &change.new) else { continue };
        let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| beside(&path));
        let (temporary, mut file) = match made {
            Ok(made) => made,
            Err(error) => return Err(undo(&moves, path, error)),
        };
        moves.push((temporary, path.clone()));
        if let Err(error) = file.write_all(text.as_bytes()) {
            return Err(undo(&moves, path, error));
        }
    }
    for (index, (temporary, path)) in moves.iter().enumerate() {
        if let Err(error) = fs::rename(temporary, path) {
            return Err(undo(moves.get(index..).unwrap_or_default(), path.clone(), error));
        }
    }
    for change in changes.iter().filter(|change| change.new.is_none()) {
        let path = folder.join(&change.path);
        fs::remove_file(&path).map_err(|error| WriteError::Io(path.clone(), error))?;
        let above = path.ancestors().skip(1).take_while(|above| *above != folder);
        // A folder that still holds something refuses, which is right.
        let _ = above.map(fs::remove_dir).find(Result::is_err);
    }
    Ok(())
}

/// A new file beside another: nothing that is there already, such as a link to elsewhere, is opened.
fn beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let mut last = io::ErrorKind::AlreadyExists.into();
    for _ in 0..MOST_NAMES {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{:016x}{NEW}", RandomState::new().build_hasher().finish()));
        let temporary = path.with_file_name(name);
        match File::create_new(&temporary) {
            Ok(file) => return Ok((temporary, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// Removes what was written beside; the fault is that of a path.
fn undo(moves: &[(PathBuf, PathBuf)], path: PathBuf, error: io::Error) -> WriteError {
    for (temporary, _) in moves {
        // Nothing is lost when this fails too: the old file is still there.
        let _ = fs::remove_file(temporary);
    }
    WriteError::Io(path, error)
}

/// A path of the list cannot lead out of the folder, whoever wrote the list.
fn is_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

/// Whether a folder between the crate's and the file's is a link.
fn is_linked(folder: &Path, path: &str) -> bool {
    let path = folder.join(path);
    let mut above = path.ancestors().skip(1).take_while(|above| *above != folder);
    above.any(|above| fs::symlink_metadata(above).is_ok_and(|data| data.is_symlink()))
}

fn read(path: &Path) -> Result<Option<String>, WriteError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(WriteError::Io(path.to_owned(), error)),
    }
}
