//! The generated `Cargo.toml`, which cargo reads before it runs the build script.

use toml::{Table, Value};

/// Path in the crate.
pub(super) const NAME: &str = "Cargo.toml";

/// Entries of `package` that the compiler gets.
const COMPILED: [&str; 3] = ["name", "edition", "build"];

/// Returns true if code for the new manifest may not compile with the old one, which cargo has read.
pub(super) fn needs_another_build(old: &str, new: &str) -> bool {
    let relevant = |text: &str| -> Option<Table> {
        let mut all: Table = toml::from_str(text).ok()?;
        if let Some(Value::Table(package)) = all.get_mut("package") {
            package.retain(|key, _| COMPILED.contains(&key));
        }
        Some(all)
    };
    relevant(old) != relevant(new)
}
