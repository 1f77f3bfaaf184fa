//! The runtime for printed crates: its sources for those that carry it, its features and dependencies for all. Knows how
//! the text changes on the way. The build script lists the files, and the runtime's own manifest has the rest.

include!(concat!(env!("OUT_DIR"), "/runtime.rs"));

const MANIFEST: &str = include_str!("../../../runtime/Cargo.toml");

/// Path inside the printed crate, and text, of every file of the runtime.
pub(super) fn files() -> impl Iterator<Item = (String, String)> {
    SOURCES.iter().map(|(path, text)| match *path {
        "lib.rs" => ("src/runtime.rs".to_owned(), format!("{}{}", moved(text), macros())),
        path => (format!("src/runtime/{path}"), moved(text)),
    })
}

/// Sections of the runtime's manifest that a crate with its sources needs too, as they are written there.
pub(super) fn manifest() -> impl Iterator<Item = &'static str> {
    let needed = |head: &str| {
        let name = head.trim_matches(['[', ']']);
        name == "features" || name == "dependencies" || (name.starts_with("target.") && name.ends_with(".dependencies"))
    };
    sections().filter(move |(head, _)| needed(head)).flat_map(|(head, lines)| std::iter::once(head).chain(lines))
}

/// Names of the runtime's features, `default` among them with what it stands for.
pub(super) fn features() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = sections().filter(|(head, _)| *head == "[features]").flat_map(|(_, lines)| lines);
    lines.filter_map(|line| line.split_once(" = "))
}

/// Heads and lines.
fn sections() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    let is_head = |line: &str| line.starts_with('[');
    let heads = MANIFEST.lines().enumerate().filter(move |(_, line)| is_head(line));
    heads.map(move |(at, head)| (head, MANIFEST.lines().skip(at + 1).take_while(move |line| !is_head(line))))
}

/// Paths from the crate's root lead to the module now.
fn moved(text: &str) -> String {
    let mut moved = String::with_capacity(text.len() + text.len() / 32);
    for (index, part) in text.split("crate::").enumerate() {
        if index > 0 {
            let is_name = moved.ends_with(|before: char| before.is_alphanumeric() || before == '_');
            moved.push_str(if is_name { "crate::" } else { "crate::runtime::" });
        }
        moved.push_str(part);
    }
    moved
}

/// Exported macros stand at the root of the crate, and are looked for in the module.
fn macros() -> String {
    let mut names: Vec<&str> = SOURCES
        .iter()
        .flat_map(|(_, text)| text.split("#[macro_export]\nmacro_rules! ").skip(1))
        .filter_map(|text| text.split_whitespace().next())
        // Chosen by a feature, and re-exported where they are.
        .filter(|name| !SOURCES.iter().any(|(_, text)| text.contains(&format!("\npub use {name};"))))
        .collect();
    names.sort_unstable();
    names.dedup();
    format!("pub use crate::{{{}}};\n", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_is_read_as_cargo_reads_it() {
        let table: toml::Table = toml::from_str(MANIFEST).unwrap();
        let mut known: Vec<&str> = table["features"].as_table().unwrap().keys().map(String::as_str).collect();
        let mut named: Vec<&str> = features().map(|(name, _)| name).collect();
        known.sort_unstable();
        named.sort_unstable();
        assert_eq!(named, known);
        let printed: toml::Table = toml::from_str(&manifest().collect::<Vec<_>>().join("\n")).unwrap();
        for section in ["features", "dependencies", "target"] {
            assert_eq!(printed.get(section), table.get(section));
        }
    }

    #[test]
    fn a_printed_crate_is_in_no_workspace_of_ours() {
        assert!(manifest().all(|line| !line.contains("workspace")));
    }

    #[test]
    fn paths_from_the_root_lead_to_the_module() {
        let text = "use crate::a; $crate::b!(); pub(crate) c: Vec<crate::C>, subcrate::d";
        let expected =
            "use crate::runtime::a; $crate::runtime::b!(); pub(crate) c: Vec<crate::runtime::C>, subcrate::d";
        assert_eq!(moved(text), expected);
    }

    #[test]
    fn every_source_has_its_place() {
        let paths: Vec<String> = files().map(|(path, _)| path).collect();
        assert!(
            paths.contains(&"src/runtime.rs".to_owned()) && paths.contains(&"src/runtime/codec/json.rs".to_owned())
        );
    }
}
