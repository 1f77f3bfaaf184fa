//! The printed crate as text, and its way to the disk.

mod format;
mod lock;
pub mod write;

use indexmap::IndexMap;

pub use format::format;

/// A printed crate: paths inside it, and texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// In the order of printing.
    pub files: IndexMap<String, String>,
}
