//! The generated crate as text, and its way to the disk.

mod changes;
mod directory_lock;
mod file_list;
mod fingerprint;
mod format;
mod write;

use indexmap::IndexMap;

pub use changes::{Changes, FileChange};
use file_list::FileList;
pub use file_list::NAME as FILE_LIST;
pub(crate) use format::format;
pub use write::{Mode, WriteError, write, write_file};

/// A generated crate: paths inside it with their contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// Files in the order of generation.
    pub files: IndexMap<String, String>,
}

impl Output {
    /// Adds the list of the files, [`FILE_LIST`], as [`write()`] does. It tells later runs which files are generated and which
    /// were edited.
    #[must_use]
    pub fn with_list(mut self) -> Self {
        self.files.insert(file_list::NAME.to_owned(), FileList::text(&self.files));
        self
    }
}
