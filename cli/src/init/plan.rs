//! The files that `init` writes beside the generated ones.

use super::build_source::Sources;
use super::description::Description;
use super::templates;
use crate::args::{Ci, Init};
use crate::project::SETTINGS;
use std::path::{Path, PathBuf};

/// The new files of a project.
pub(super) struct Plan {
    /// The directory of the project.
    pub(super) dir: PathBuf,
    /// The directory of the crate.
    pub(super) package: PathBuf,
    /// Paths with contents.
    pub(super) files: Vec<(PathBuf, Vec<u8>)>,
    /// Lines for the user.
    pub(super) notes: Vec<String>,
}

impl Plan {
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
        let files = description.copies.into_iter().map(|(path, bytes)| (dir.join(path), bytes)).collect();
        let mut plan = Self { dir: dir.to_owned(), package, files, notes: Vec::new() };
        let mut add = |path: &str, text: String| plan.files.push((dir.join(path), text.into_bytes()));
        add(SETTINGS, settings);
        add(&format!("{name}/build.rs"), templates::BUILD_SCRIPT.to_owned());
        add(&format!("{name}/.gitattributes"), templates::ATTRIBUTES.to_owned());
        if is_alone && !dir.join("Cargo.toml").exists() {
            add("Cargo.toml", templates::workspace(name));
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
