//! Lists the runtime's sources for the crates that carry them, so that a new file needs no entry anywhere.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The runtime's sources and manifest, relative to this package: in a checkout, and in a packed package. In a checkout the
/// second pair are symbolic links, which `cargo package` packs as what they point to.
const PLACES: [(&str, &str); 2] = [("../runtime/src", "../runtime/Cargo.toml"), ("runtime", "runtime.toml")];

fn main() -> io::Result<()> {
    let package = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let found = PLACES
        .into_iter()
        .find(|(sources, manifest)| package.join(sources).join("lib.rs").is_file() && package.join(manifest).is_file());
    let (sources, manifest) = found.ok_or_else(|| io::Error::other("the sources of the runtime are missing"))?;
    // Relative to the package, as the paths in the table are: a build directory can be moved to another checkout.
    println!("cargo::rerun-if-changed={sources}");
    let mut paths = Vec::new();
    collect(&package.join(sources), &mut paths)?;
    paths.sort();
    let mut table = String::from("/// Path below `src` and text of every source of the runtime.\n");
    table.push_str("const SOURCES: &[(&str, &str)] = &[\n");
    for path in paths {
        let inside: Vec<_> = path.strip_prefix(package.join(sources)).into_iter().flatten().collect();
        let inside = inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        table.push_str(&format!("    ({inside:?}, {}),\n", included(&format!("{sources}/{inside}"))));
    }
    table.push_str("];\n/// The runtime's `Cargo.toml`.\n");
    table.push_str(&format!("const MANIFEST: &str = {};\n", included(manifest)));
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("runtime.rs"), table)
}

/// An expression for the text of a file of this package.
fn included(path: &str) -> String {
    let path = format!("/{path}");
    format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))")
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
    Ok(())
}
