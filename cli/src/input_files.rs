//! The files of a run: those on the disk, standard input under the name `-`, and the description of an address.

use crate::args::Pin;
use crate::environment_failure;
use crate::fetch::{Download, download, is_address, shown};
use crate::terminal::Failure;
use clientsmith::files::{Disk, Files, LoadError, LoadErrorKind};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The files of a run.
#[derive(Default)]
pub(crate) struct InputFiles {
    downloaded: Option<Downloaded>,
}

struct Downloaded {
    /// The address without its query.
    path: PathBuf,
    download: Download,
    is_pinned: bool,
}

impl InputFiles {
    /// Downloads the description that the command line names, if that is an address. Returns the path of the description too.
    pub(crate) fn of(spec: &Path, pin: &Pin) -> Result<(PathBuf, Self), Failure> {
        let Some(url) = spec.to_str().filter(|text| is_address(text)) else {
            return if pin.sha256.is_some() {
                Err(environment_failure(format!(
                    "`--sha256` is for an `https` address, and {} is a file",
                    spec.display()
                )))
            } else {
                Ok((spec.to_owned(), Self::default()))
            };
        };
        let download = download(url, pin.sha256.as_deref())?;
        let path = PathBuf::from(shown(url));
        let downloaded = Downloaded { path: path.clone(), download, is_pinned: pin.sha256.is_some() };
        Ok((path, Self { downloaded: Some(downloaded) }))
    }

    /// Returns true for the description of an address.
    pub(crate) const fn is_download(&self) -> bool {
        self.downloaded.is_some()
    }

    /// The hash of a download that the command line does not pin.
    pub(crate) fn unpinned_hash(&self) -> Option<&str> {
        let downloaded = self.downloaded.as_ref().filter(|downloaded| !downloaded.is_pinned)?;
        Some(downloaded.download.source.sha256())
    }

    /// The download with this path. Files beside it are not downloaded.
    fn download(&self, path: &Path) -> Option<Result<Vec<u8>, LoadError>> {
        let downloaded = self.downloaded.as_ref()?;
        if downloaded.path == path {
            return Some(Ok(downloaded.download.bytes.clone()));
        }
        let folder = downloaded.path.parent()?;
        let message = "only the description of an address is downloaded, and not the files beside it".to_owned();
        let kind = LoadErrorKind::NotFound;
        path.starts_with(folder).then(|| Err(LoadError { path: path.to_owned(), kind, message }))
    }
}

impl Files for InputFiles {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        if let Some(download) = self.download(path) {
            return download;
        }
        if path != Path::new("-") {
            return Disk.read(path);
        }
        let mut bytes = Vec::new();
        match std::io::stdin().read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(LoadError::unreadable(path, &error)),
        }
    }

    fn folders_above(&self, folder: &Path) -> usize {
        // No file of the disk belongs to the description of an address.
        if self.is_download() { 0 } else { Disk.folders_above(folder) }
    }
}
