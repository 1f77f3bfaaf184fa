//! Files of a git revision: `v1.4.0:spec/api.yaml`. Calls `git`.

use crate::args::Pin;
use crate::environment_failure;
use crate::fetch::is_address;
use crate::input_files::InputFiles;
use crate::terminal::Failure;
use clientsmith::files::{Files, LoadError, LoadErrorKind};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file, perhaps of a revision.
pub(crate) struct RevisionFile {
    /// The revision. `None`: the working tree.
    pub(crate) revision: Option<String>,
    /// Path of the file, or the address without its query.
    pub(crate) path: PathBuf,
    /// The files without a revision.
    pub(crate) files: InputFiles,
}

impl RevisionFile {
    /// Splits `REVISION:PATH`, and downloads an address. An existing file is never a revision, and neither is a drive letter.
    ///
    /// # Errors
    /// Returns a failure when the revision does not exist, or when the download fails.
    pub(crate) fn of(argument: &Path, pin: &Pin) -> Result<Self, Failure> {
        if argument.to_str().is_some_and(is_address) {
            let (path, files) = InputFiles::of(argument, pin)?;
            return Ok(Self { revision: None, path, files });
        }
        let plain = || Self { revision: None, path: argument.to_owned(), files: InputFiles::default() };
        let split = argument.to_str().and_then(|text| text.split_once(':'));
        let Some((revision, path)) = split.filter(|(revision, path)| revision.len() > 1 && !path.is_empty()) else {
            return Ok(plain());
        };
        if argument.exists() {
            return Ok(plain());
        }
        if !is_revision(revision) {
            let message = format!("`{}`: there is no such file, and no git revision `{revision}`", argument.display());
            return Err(environment_failure(message));
        }
        Ok(Self { revision: Some(revision.to_owned()), path: path.into(), files: InputFiles::default() })
    }
}

/// Returns true for a git revision of the repository of the working directory.
pub(crate) fn is_revision(text: &str) -> bool {
    // An option is not a revision.
    !text.starts_with('-') && git(&["rev-parse", "--verify", "--quiet", &format!("{text}^{{commit}}")]).is_ok()
}

impl Files for RevisionFile {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        let Some(revision) = &self.revision else { return self.files.read(path) };
        // Git resolves paths that start with a dot from the working directory.
        let name = path.to_string_lossy().replace('\\', "/");
        let object = if path.is_absolute() || name.starts_with("./") || name.starts_with("../") {
            format!("{revision}:{name}")
        } else {
            format!("{revision}:./{name}")
        };
        let missing = |error: io::Error| LoadError {
            path: path.to_owned(),
            kind: LoadErrorKind::NotFound,
            message: error.to_string(),
        };
        git(&["cat-file", "blob", &object]).map_err(missing)
    }

    fn folders_above(&self, folder: &Path) -> usize {
        self.files.folders_above(folder)
    }
}

/// The output of a git command.
fn git(arguments: &[&str]) -> io::Result<Vec<u8>> {
    let done = Command::new("git")
        .args(arguments)
        .output()
        .map_err(|error| io::Error::other(format!("git cannot be run: {error}")))?;
    if done.status.success() {
        Ok(done.stdout)
    } else {
        Err(io::Error::other(String::from_utf8_lossy(&done.stderr).trim().to_owned()))
    }
}
