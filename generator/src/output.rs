//! The generated crate as text, and its way to the disk.

mod directory_lock;
mod format;
mod write;

use indexmap::IndexMap;

pub(crate) use format::format;
pub use write::{Changes, FileChange, Mode, WriteError, write, write_file};

/// A generated crate: paths inside it with their contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// Files in the order of generation.
    pub files: IndexMap<String, String>,
}
