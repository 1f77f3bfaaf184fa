//! The sources of the libraries that a new crate depends on: of its build script, and of its runtime.

use crate::args::Init;
use crate::environment_failure;
use crate::terminal::Failure;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The values of the settings `build_dependency` and `runtime`.
pub(super) struct Sources {
    /// A value in TOML.
    pub(super) build_dependency: String,
    /// A value in TOML. `None`: the default.
    pub(super) runtime: Option<String>,
    /// The checkout in which the build script finds the library, if the command line does not name it.
    pub(super) checkout: Option<PathBuf>,
}

impl Sources {
    /// Settings with these values, for a crate with this name.
    pub(super) fn settings(&self, name: Option<&str>) -> String {
        let mut text = String::new();
        if let Some(name) = name {
            text.push_str(&format!("name = {}\n", quoted(name)));
        }
        if let Some(runtime) = &self.runtime {
            text.push_str(&format!("runtime = {runtime}\n"));
        }
        text + &format!("build_dependency = {}\n", self.build_dependency)
    }
}

/// Reads the options. Paths of the command line are relative to the working directory. In the settings, that of the runtime is
/// relative to their directory, and that of the build dependency to the crate.
pub(super) fn sources(arguments: &Init, dir: &Path) -> Result<Sources, Failure> {
    let runtime = arguments.runtime.as_deref().map(|source| value("--runtime", source, dir, 0)).transpose()?;
    if let Some(source) = &arguments.build_dependency {
        let build_dependency = value("--build-dependency", source, dir, 1)?;
        return Ok(Sources { build_dependency, runtime, checkout: None });
    }
    let checkout = checkout();
    let build_dependency = match &checkout {
        Some(library) => table(&relative(dir, library, 1)),
        None => quoted(env!("CARGO_PKG_VERSION")),
    };
    Ok(Sources { build_dependency, runtime, checkout })
}

fn value(option: &str, source: &str, dir: &Path, below: usize) -> Result<String, Failure> {
    let Some(path) = source.strip_prefix("path:") else { return Ok(quoted(source)) };
    let found = fs::canonicalize(path).ok().filter(|path| path.join("Cargo.toml").is_file());
    let Some(found) = found else {
        return Err(environment_failure(format!("`{option} {source}`: {path} is not the directory of a package")));
    };
    Ok(table(&relative(dir, &found, below)))
}

/// The library in the checkout that this command was built in. Cargo's own copies of packages are not checkouts.
fn checkout() -> Option<PathBuf> {
    let library = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("generator");
    let is_copy = library.iter().any(|part| part == "registry" || part == "checkouts");
    fs::canonicalize(library).ok().filter(|library| !is_copy && library.join("Cargo.toml").is_file())
}

/// The path from a project, or from a directory this far below it, to another directory. It is absolute if they share only the
/// root.
fn relative(dir: &Path, to: &Path, below: usize) -> String {
    let shared = dir.components().zip(to.components()).take_while(|(one, other)| one == other);
    let shared: PathBuf = shared.map(|(part, _)| part.as_os_str()).collect();
    if !shared.components().any(|part| matches!(part, Component::Normal(_))) {
        return to.display().to_string();
    }
    let up = dir.strip_prefix(&shared).map_or(0, |rest| rest.components().count());
    let down = to.strip_prefix(&shared).unwrap_or(to);
    let names = down.iter().map(|part| part.to_string_lossy().into_owned());
    std::iter::repeat_n("..".to_owned(), up + below).chain(names).collect::<Vec<_>>().join("/")
}

fn table(path: &str) -> String {
    format!("{{ path = {} }}", quoted(path))
}

pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_at_the_project_or_the_crate() {
        for (dir, to, below, path) in [
            ("/home/me/project", "/home/me/clientsmith/generator", 1, "../../clientsmith/generator"),
            ("/home/me/project", "/home/me/clientsmith/generator", 0, "../clientsmith/generator"),
            ("/home/me", "/home/me/clientsmith", 1, "../clientsmith"),
            ("/home/me", "/home/me/clientsmith", 0, "clientsmith"),
            ("/srv/project", "/home/me/clientsmith", 1, "/home/me/clientsmith"),
        ] {
            assert_eq!(relative(Path::new(dir), Path::new(to), below), path);
        }
    }
}
