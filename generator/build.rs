//! Lists the runtime's sources for the crates that carry them, so that a new file needs no entry anywhere.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let generator = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let runtime = generator.with_file_name("runtime");
    // Relative to the package, as the paths in the table are: a build directory can be moved to another checkout.
    println!("cargo::rerun-if-changed=../runtime/src");
    let mut paths = Vec::new();
    collect(&runtime.join("src"), &mut paths)?;
    paths.sort();
    let mut table = String::from("/// Path below `src` and text of every source of the runtime.\n");
    table.push_str("const SOURCES: &[(&str, &str)] = &[\n");
    for path in paths {
        let inside: Vec<_> = path.strip_prefix(runtime.join("src")).into_iter().flatten().collect();
        let inside = inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let beside = format!("/../runtime/src/{inside}");
        table
            .push_str(&format!("    ({inside:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {beside:?}))),\n"));
    }
    table.push_str("];\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("runtime.rs"), table)
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
