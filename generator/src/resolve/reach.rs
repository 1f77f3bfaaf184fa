//! Which files a description may refer to: those below its folder, and those below folders that the settings name.

use crate::diagnostic::{Code, Diagnostics};
use crate::source::pointer;
use std::path::{Component, Path, PathBuf};

/// Where files may be.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// The description's folder.
    folder: PathBuf,
    /// Other folders, with how the settings call them.
    external: Vec<(String, PathBuf)>,
}

impl Reach {
    /// The folder of the description, and others relative to it.
    pub(super) fn new(entry: &Path, external: &[String]) -> Self {
        let folder = entry.parent().unwrap_or(Path::new("")).to_owned();
        let external = external.iter().map(|name| (name.clone(), normal(&folder.join(name)))).collect();
        Self { folder, external }
    }

    /// The file of a reference, relative to the file that holds it; `None` for addresses on the network and for files
    /// in no folder that may be read.
    pub(super) fn local(&self, from: &Path, reference: &str) -> Option<PathBuf> {
        let file = reference.split('#').next().unwrap_or_default();
        if file.is_empty() || file.contains("://") || file.contains('\\') || file.starts_with('/') {
            return None;
        }
        let file = pointer::steps(&format!("/{file}")).join("/");
        let path = normal(&from.parent().unwrap_or(Path::new("")).join(file));
        let inside = is_inside(&path, &self.folder) || self.external.iter().any(|(_, other)| is_inside(&path, other));
        inside.then_some(path)
    }

    /// A path as it is seen from the description's folder, so that where that is does not matter.
    pub(super) fn seen(&self, path: &Path) -> PathBuf {
        if is_inside(path, &self.folder) {
            return path.strip_prefix(&self.folder).unwrap_or(path).to_owned();
        }
        let shared = self.folder.components().zip(path.components()).take_while(|(one, other)| one == other).count();
        let up = self.folder.components().skip(shared).filter(|part| matches!(part, Component::Normal(_)));
        up.map(|_| Component::ParentDir).chain(path.components().skip(shared)).collect()
    }

    /// Reports every folder that no file was read from.
    pub(super) fn report_unused<'f>(&self, files: impl Iterator<Item = &'f Path>, diagnostics: &mut Diagnostics) {
        let files: Vec<&Path> = files.collect();
        for (name, folder) in &self.external {
            if !files.iter().any(|file| is_inside(file, folder) && !is_inside(file, &self.folder)) {
                let message = format!("the setting `allow_external` names `{name}`: nothing refers to a file there");
                diagnostics.report_whole(Code::SettingNoMatch, message);
            }
        }
    }
}

fn is_inside(path: &Path, folder: &Path) -> bool {
    // Without the second, a folder that is the current one would hold its own parent.
    path.strip_prefix(folder).is_ok_and(|rest| !rest.starts_with(".."))
}

/// A path without `.` and, as far as it has a parent, without `..`.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => match plain.components().next_back() {
                Some(Component::Normal(_)) => drop(plain.pop()),
                Some(Component::RootDir | Component::Prefix(_)) => {}
                Some(Component::ParentDir | Component::CurDir) | None => plain.push(".."),
            },
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}
