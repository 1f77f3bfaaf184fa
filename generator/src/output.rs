//! The generated crate as text, and its way to the disk.

mod changes;
mod directory_lock;
mod file_list;
mod fingerprint;
mod format;
mod write;

use indexmap::IndexMap;

pub use changes::{Changes, FileChange};
pub(crate) use format::format;
pub use write::{Mode, WriteError, write, write_file};

/// A generated crate: paths inside it with their contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// Files in the order of generation.
    pub files: IndexMap<String, String>,
}
