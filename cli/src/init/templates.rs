//! The texts of the files that `init` writes.

use super::build_source::{Sources, quoted};
use super::description::Description;

/// The build script of the crate.
pub(super) const BUILD_SCRIPT: &str = r#"//! Brings the sources of this package in step with the description, before cargo compiles them.

use std::env;
use std::path::Path;
use std::process::ExitCode;

/// Path of the settings from this package.
const SETTINGS: &str = "../clientsmith.toml";

fn main() -> ExitCode {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !package.join(SETTINGS).exists() {
        // A packed crate has its sources and no settings.
        return ExitCode::SUCCESS;
    }
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "false" && value != "0");
    // In continuous integration the build compares and writes nothing.
    let check = set("CI") || set("CLIENTSMITH_CHECK");
    match clientsmith::Builder::of_package(package, SETTINGS).check(check).run() {
        Ok(report) => {
            print!("{}", report.cargo_lines());
            ExitCode::SUCCESS
        }
        Err(error) => {
            print!("{}", error.cargo_lines());
            ExitCode::FAILURE
        }
    }
}
"#;

/// Attributes of git for the crate: reviews fold generated files, and a merge has the hashes of both sides.
pub(super) const ATTRIBUTES: &str = "* linguist-generated
.clientsmith merge=union
build.rs -linguist-generated
.gitattributes -linguist-generated
";

/// The settings.
pub(super) fn settings(description: &Description, name: &str, sources: &Sources) -> String {
    let source = description.source.as_ref().map_or_else(String::new, |source| {
        let (url, sha256) = (quoted(source.url()), quoted(source.sha256()));
        format!("# `clientsmith fetch` downloads the description again and writes its hash.\nsource = {{ url = {url}, sha256 = {sha256} }}\n")
    });
    let runtime = sources.runtime.as_ref().map_or_else(String::new, |runtime| format!("runtime = {runtime}\n"));
    format!(
        "# Settings of clientsmith. Paths are relative to this file.
spec = {}
{source}out = {}
name = {}
{runtime}
# The library that `build.rs` of the crate uses. A path is relative to the crate.
build_dependency = {}
",
        quoted(&description.path),
        quoted(name),
        quoted(name),
        sources.build_dependency
    )
}

/// A workspace with the crate.
pub(super) fn workspace(name: &str) -> String {
    format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", quoted(name))
}

/// A workflow of GitHub Actions.
pub(super) fn workflow(name: &str) -> String {
    format!(
        "name: clientsmith
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      # GitHub sets `CI`: the build script compares the crate with its description, and fails if they differ.
      - run: cargo check --manifest-path {name}/Cargo.toml
"
    )
}
