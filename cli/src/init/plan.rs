//! The files that `init` writes beside the generated ones.

use super::build_source::Sources;
use super::description::Description;
use super::templates;
use crate::args::{Ci, Init};
use crate::project::SETTINGS;
use std::fs;
use std::path::{Path, PathBuf};

/// The lock of names, beside the description.
const LOCK: &str = "clientsmith.lock.toml";

/// The new files of a project.
pub(super) struct Plan {
    /// The directory of the project.
    pub(super) dir: PathBuf,
    /// The directory of the crate.
    pub(super) package: PathBuf,
    /// The description, relative to the project.
    description: PathBuf,
    /// Paths with contents.
    pub(super) files: Vec<(PathBuf, Vec<u8>)>,
    /// Lines for the user.
    pub(super) notes: Vec<String>,
}

impl Plan {
    /// Adds the lock beside the description. A lock that is there stays.
    pub(super) fn lock(&mut self, text: &str) {
        let folder = self.description.parent().unwrap_or(Path::new("")).to_owned();
        let path = self.dir.join(&folder).join(LOCK);
        if let Some((_, copied)) = self.files.iter_mut().find(|(known, _)| *known == path) {
            *copied = text.as_bytes().to_vec();
        } else if !path.exists() {
            self.files.push((path, text.as_bytes().to_vec()));
        }
        let attributes = self.dir.join(&folder).join(".gitattributes");
        if attributes.exists() {
            let known = fs::read_to_string(&attributes).unwrap_or_default();
            if !known.contains(LOCK) {
                self.notes.push(format!("add to {}: {LOCK} merge=union", folder.join(".gitattributes").display()));
            }
        } else {
            self.files.push((attributes, format!("{LOCK} merge=union\n").into_bytes()));
        }
    }

    /// Plans the files around a description.
    pub(super) fn new(
        arguments: &Init,
        dir: &Path,
        description: Description,
        name: &str,
        sources: &Sources,
        is_alone: bool,
    ) -> Self {
        let package = dir.join(name);
        let settings = templates::settings(&description, name, sources);
        let place = PathBuf::from(&description.path);
        let files = description.copies.into_iter().map(|(path, bytes)| (dir.join(path), bytes)).collect();
        let mut plan = Self { dir: dir.to_owned(), package, description: place, files, notes: Vec::new() };
        let mut add = |path: &str, text: String| plan.files.push((dir.join(path), text.into_bytes()));
        add(SETTINGS, settings);
        add(&format!("{name}/build.rs"), templates::BUILD_SCRIPT.to_owned());
        add(&format!("{name}/.gitattributes"), templates::ATTRIBUTES.to_owned());
        if is_alone && !dir.join("Cargo.toml").exists() {
            add("Cargo.toml", templates::workspace(name));
            if !dir.join(".gitignore").exists() {
                add(".gitignore", "/target\n".to_owned());
            }
        }
        let repository = dir.ancestors().find(|above| above.join(".git").exists());
        let is_root = repository.is_none_or(|root| root == dir);
        if arguments.ci == Ci::Github && is_root {
            add(".github/workflows/clientsmith.yml", templates::workflow(name));
        }
        if arguments.ci == Ci::Github && !is_root {
            plan.notes
                .push("no workflow was written, since this directory is not the root of its repository".to_owned());
        }
        if is_alone && dir.join("Cargo.toml").exists() {
            plan.notes.push(format!("add to the dependencies of Cargo.toml: {name} = {{ path = \"{name}\" }}"));
        }
        if let Some(checkout) = &sources.checkout {
            plan.notes.push(format!(
                "build.rs uses clientsmith from {}, where this command was built; `build_dependency` in {SETTINGS} names another",
                checkout.display()
            ));
        }
        plan
    }
}
