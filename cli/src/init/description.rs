//! The description of a new project: a file in it, copies of files elsewhere, or a download.

use super::shown;
use crate::environment_failure;
use crate::fetch::DownloadedDescription;
use crate::terminal::Failure;
use clientsmith::DescriptionSource;
use std::fs;
use std::path::{Path, PathBuf};

/// The description of a new project.
pub(super) struct Description {
    /// Its path from the project, with slashes.
    pub(super) path: String,
    /// Its address, if it has one.
    pub(super) source: Option<DescriptionSource>,
    /// New files, by their paths from the project.
    pub(super) copies: Vec<(PathBuf, Vec<u8>)>,
}

impl Description {
    pub(super) fn downloaded(given: DownloadedDescription) -> Self {
        let path = format!("spec/{}", given.name);
        let copies = vec![(PathBuf::from(&path), given.download.bytes)];
        Self { path, source: Some(given.download.source), copies }
    }

    /// A description that refers to other files (`inputs`). One that is outside of the project is copied.
    pub(super) fn of_file(spec: &Path, dir: &Path, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let spec = fs::canonicalize(spec)
            .map_err(|error| environment_failure(format!("{} cannot be read: {error}", spec.display())))?;
        let slashes = |path: &Path| path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        if let Ok(inside) = spec.strip_prefix(dir) {
            return Ok(Self { path: slashes(inside), source: None, copies: Vec::new() });
        }
        let folder = spec.parent().unwrap_or(Path::new(""));
        let mut all = vec![spec.clone()];
        all.extend(inputs.iter().filter_map(|input| fs::canonicalize(input).ok()));
        all.sort();
        all.dedup();
        let mut copies = Vec::new();
        for input in all {
            let Ok(inside) = input.strip_prefix(folder) else {
                return Err(environment_failure(format!(
                    "the description refers to {}, which is outside of its directory: copy the files into the project, then name \
                     the description there with `--spec`",
                    shown(&input, folder)
                )));
            };
            let text = fs::read(&input)
                .map_err(|error| environment_failure(format!("{} cannot be read: {error}", input.display())))?;
            copies.push((Path::new("spec").join(inside), text));
        }
        let path = format!("spec/{}", slashes(spec.strip_prefix(folder).unwrap_or(&spec)));
        Ok(Self { path, source: None, copies })
    }
}
