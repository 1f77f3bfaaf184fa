//! The lock: the names that a generated crate has, with their places in the description, so that the next edition of the
//! description keeps them. Knows the file and the matching of places; names are applied in `plan` only.

mod check;
mod file;
mod held;
mod list_items;
mod matching;
mod moved;
mod order;
mod record;
mod shape;

pub(crate) use held::Held;
pub(crate) use matching::{Pins, TypeParts};
pub(crate) use record::record;
use shape::is_member_key;
pub(crate) use shape::member_keys;

use crate::api::Api;
use crate::diagnostic::Diagnostics;
use crate::output::{WriteError, write_file};
use crate::source::SourceMap;
use crate::source::files::{Files, LoadErrorKind};
use crate::span::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The usual name of the file, beside the description.
pub(crate) const FILE: &str = "clientsmith.lock.toml";

/// Entries by place.
type Entries = BTreeMap<String, Entry>;
/// Entries by place, then by the part of it: a property, a value, a parameter.
type Members = BTreeMap<String, Entries>;

/// The names of a crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lock {
    /// Groups by tag or segment of the path.
    groups: Entries,
    /// Operations by method and path.
    operations: Entries,
    /// Parameters by method and path, then by location and name.
    parameters: Members,
    /// Types beside operations by method and path, then by role: `Error`, `Headers`.
    operation_types: Members,
    /// Types by JSON pointer.
    types: Entries,
    /// Fields by JSON pointer of the type, then by property.
    fields: Members,
    /// Variants by JSON pointer of the type, then by value or member.
    variants: Members,
    /// Names of types, operations and groups that are gone, as paths such as `models::Pet`. Nothing else gets them.
    gone: BTreeMap<String, Gone>,
}

/// The name of a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Entry {
    /// The name. Of operations and groups, the path.
    name: String,
    /// Of a group: the accessor of the client.
    module: Option<String>,
    /// `operationId`.
    id: Option<String>,
    /// Of a field: the kind of its schema.
    kind: Option<String>,
    /// Position among fields or variants. Equal positions are in the order of the names on the wire.
    at: Option<u32>,
    /// Position among the arguments of the constructor or call.
    argument: Option<u32>,
    /// Of an operation: the type of a success, by statuses.
    success: Option<String>,
    /// Of an operation: the type of an error, by statuses.
    error: Option<String>,
    /// Of a type: the field or variant for everything that the description does not define.
    rest: Option<String>,
    /// Of a type: the struct that the constructor takes.
    arguments: Option<String>,
    /// Of another name of a type: the place of the type, which has the names of its parts.
    of: Option<String>,
    /// The place is not in the description any more. The name stays reserved.
    gone: bool,
    /// Position in the file.
    span: Range<usize>,
}

/// A name that is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Gone {
    /// The place that had it.
    place: String,
    /// The place whose type or operation has the name as a deprecated one.
    now: Option<String>,
    /// Of a group: the accessor of the client.
    module: Option<String>,
    /// The version of the crate that deprecated the name.
    since: Option<String>,
    /// The version of the crate that drops the deprecated name.
    remove: Option<String>,
    /// Position in the file.
    span: Range<usize>,
}

/// A deprecated name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OldName<'l> {
    /// The old path inside the crate.
    pub(crate) path: &'l str,
    /// The place that it stands for now.
    pub(crate) now: &'l str,
    /// The version of the crate that deprecated it.
    pub(crate) since: &'l str,
}

impl Lock {
    /// The deprecated names that a version of the crate still has.
    pub(crate) fn old_names<'l>(&'l self, version: &'l str) -> impl Iterator<Item = OldName<'l>> {
        self.gone.iter().filter_map(move |(path, gone)| {
            let is_over = gone.remove.as_deref().is_some_and(|remove| numbers(version) >= numbers(remove));
            let since = gone.since.as_deref().unwrap_or(version);
            gone.now.as_deref().filter(|_| !is_over).map(|now| OldName { path, now, since })
        })
    }

    /// The place that has the names of the parts of a type.
    fn place_of_parts<'l>(&'l self, place: &'l str) -> &'l str {
        self.types.get(place).and_then(|entry| entry.of.as_deref()).unwrap_or(place)
    }

    /// The accessors of groups that are gone, by the path of the group.
    pub(crate) fn old_groups(&self) -> impl Iterator<Item = (&str, &str)> {
        self.gone.iter().filter_map(|(path, gone)| Some((path.as_str(), gone.module.as_deref()?)))
    }
}

/// The numbers of a version.
fn numbers(version: &str) -> Vec<u64> {
    let plain = version.split(['-', '+']).next().unwrap_or_default();
    plain.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}

/// The lock of a run, with its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockFile {
    /// The path of the file.
    pub path: PathBuf,
    /// The text of the file before the run; none where there is no file.
    pub old: Option<String>,
    /// The text for the generated crate.
    pub text: String,
}

impl LockFile {
    /// Returns true if the file exists and has other names than the generated crate.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        self.old.as_ref().is_some_and(|old| *old != self.text)
    }

    /// Returns the lines that differ, `-` before those of the file and `+` before those for the generated crate.
    #[must_use]
    pub fn diff(&self) -> String {
        let old = self.old.as_deref().unwrap_or_default();
        let only = |text: &str, other: &str, sign: char| -> String {
            let known: BTreeSet<&str> = other.lines().collect();
            text.lines().filter(|line| !known.contains(line)).map(|line| format!("{sign}{line}\n")).collect()
        };
        let name = self.path.display();
        format!("--- {name}\n+++ {name}\n{}{}", only(old, &self.text, '-'), only(&self.text, old, '+'))
    }

    /// Writes the file, if it differs.
    ///
    /// # Errors
    /// Returns the error of the operating system. The old file is then unchanged.
    pub fn write(&self) -> Result<(), WriteError> {
        if self.old.as_ref() == Some(&self.text) { Ok(()) } else { write_file(&self.path, &self.text) }
    }
}

/// A lock that was read.
#[derive(Debug)]
pub(crate) struct Loaded {
    path: PathBuf,
    old: Option<String>,
    lock: Option<Lock>,
    file: FileId,
}

/// Reads the lock of a description: the file of the settings, else the one beside the description.
pub(crate) fn load(
    entry: &Path,
    files: &dyn Files,
    chosen: Option<&Path>,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Loaded {
    let path = chosen.map_or_else(|| entry.with_file_name(FILE), Path::to_owned);
    let is_stdin = chosen.is_none() && entry == Path::new("-");
    let read = if is_stdin { None } else { Some(files.read(&path)) };
    let bytes = match read {
        Some(Ok(bytes)) => bytes,
        Some(Err(error)) if error.kind != LoadErrorKind::NotFound => {
            let file = sources.add(path.clone(), String::new());
            diagnostics.report(crate::diagnostic::Code::LockInvalid, span(file, &(0..0)), error.to_string());
            return Loaded { path, old: None, lock: None, file };
        }
        Some(Err(_)) | None => return Loaded { path, old: None, lock: None, file: FileId::default() },
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
    Loaded { path, old: Some(text), lock, file }
}

impl Loaded {
    /// The path of the file where there is one.
    pub(crate) fn input(&self) -> Option<&PathBuf> {
        self.old.as_ref().map(|_| &self.path)
    }

    /// The pointers of the unions.
    pub(crate) fn unions(&self) -> BTreeSet<String> {
        let variants = self.lock.iter().flat_map(|lock| &lock.variants);
        let unions = variants.filter(|(_, entries)| entries.keys().all(|key| is_member_key(key)));
        unions.map(|(pointer, _)| pointer.clone()).collect()
    }

    /// The names that the lock gives to a description.
    pub(crate) fn pins(&self, api: &Api, diagnostics: &mut Diagnostics) -> Pins {
        self.lock.as_ref().map(|lock| lock.pins(api, self.file, diagnostics)).unwrap_or_default()
    }

    /// The file for the crate that was planned.
    pub(crate) fn file(self, lock: &Lock) -> LockFile {
        LockFile { path: self.path, old: self.old, text: lock.text() }
    }
}

fn span(file: FileId, range: &Range<usize>) -> Span {
    let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span { file, start: at(range.start), end: at(range.end) }
}
