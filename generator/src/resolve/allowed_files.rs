//! The files that a description may refer to: those of its project, and those below folders that the settings name.

use crate::diagnostic::{Code, Diagnostics};
use crate::source::files::Files;
use crate::source::path::{is_inside, normal};
use crate::syntax::pointer;
use std::path::{Component, Path, PathBuf};

/// The folders that files may be read from.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// The description's folder.
    folder: PathBuf,
    /// The folder of the project that holds it, as a path of the same kind.
    project: PathBuf,
    /// Other folders, with their names in the settings.
    external: Vec<(String, PathBuf)>,
}

impl Reach {
    /// Allows the description's project, and other folders relative to the description's own.
    pub(super) fn new(entry: &Path, files: &dyn Files, external: &[String]) -> Self {
        let folder = entry.parent().unwrap_or(Path::new("")).to_owned();
        let up: PathBuf = std::iter::repeat_n(Component::ParentDir, files.folders_above(&folder)).collect();
        let project = normal(&folder.join(up));
        let external = external.iter().map(|name| (name.clone(), normal(&folder.join(name)))).collect();
        Self { folder, project, external }
    }

    /// The file of a reference, relative to the file that holds it. `None` for network addresses and for files outside
    /// the allowed folders.
    pub(super) fn local(&self, from: &Path, reference: &str) -> Option<PathBuf> {
        let file = reference.split('#').next().unwrap_or_default();
        if file.is_empty() || file.contains("://") || file.contains('\\') || file.starts_with('/') {
            return None;
        }
        let file = pointer::steps(&format!("/{file}")).join("/");
        let path = normal(&from.parent().unwrap_or(Path::new("")).join(file));
        let inside = is_inside(&path, &self.project) || self.external.iter().any(|(_, other)| is_inside(&path, other));
        inside.then_some(path)
    }

    /// A path relative to the description's folder, so that the output does not depend on the place of that folder.
    pub(super) fn relative(&self, path: &Path) -> PathBuf {
        if is_inside(path, &self.folder) {
            return path.strip_prefix(&self.folder).unwrap_or(path).to_owned();
        }
        let shared = self.folder.components().zip(path.components()).take_while(|(one, other)| one == other).count();
        let up = self.folder.components().skip(shared).filter(|part| matches!(part, Component::Normal(_)));
        up.map(|_| Component::ParentDir).chain(path.components().skip(shared)).collect()
    }

    /// Reports every folder of the settings from which no file was read.
    pub(super) fn report_unused<'f>(&self, files: impl Iterator<Item = &'f Path>, diagnostics: &mut Diagnostics) {
        let files: Vec<&Path> = files.collect();
        for (name, folder) in &self.external {
            if !files.iter().any(|file| is_inside(file, folder) && !is_inside(file, &self.folder)) {
                let message = format!("the setting `allow_external` names `{name}`, but no reference leads there");
                diagnostics.report_whole(Code::SettingNoMatch, message);
            }
        }
    }
}
