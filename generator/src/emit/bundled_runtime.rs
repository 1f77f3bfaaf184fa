//! The runtime for generated crates: its sources for crates that bundle it, its features and dependencies for all.
//! Knows how the text changes for the crate. The build script lists the files, and the runtime's own manifest has the
//! rest.

include!(concat!(env!("OUT_DIR"), "/runtime.rs"));

use std::borrow::Cow;

const MANIFEST: &str = include_str!("../../../runtime/Cargo.toml");

/// Path inside the generated crate, and text, of every file of the runtime.
pub(super) fn files(xml: bool) -> impl Iterator<Item = (String, String)> {
    let sources =
        SOURCES.iter().filter(move |(path, _)| xml || !(*path == "body/xml.rs" || path.starts_with("body/xml/")));
    sources.map(move |(path, text)| match *path {
        "lib.rs" => ("src/runtime.rs".to_owned(), format!("{}{}", moved(text), macros())),
        path => (format!("src/runtime/{path}"), moved(&without_feature(text, xml))),
    })
}

/// Only crates that need XML have its code.
fn without_feature(text: &str, xml: bool) -> String {
    let module = "#[cfg(feature = \"xml\")]\npub mod xml;\n";
    text.replace(module, if xml { "pub mod xml;\n" } else { "" })
}

/// Sections of the runtime's manifest that a crate with the bundled runtime needs too, unchanged.
pub(super) fn manifest(xml: bool) -> impl Iterator<Item = Cow<'static, str>> {
    let needed = |head: &str| {
        let name = head.trim_matches(['[', ']']);
        name == "features" || name == "dependencies" || (name.starts_with("target.") && name.ends_with(".dependencies"))
    };
    let lines = sections().filter(move |(head, _)| needed(head));
    let lines = lines.flat_map(|(head, lines)| std::iter::once(head).chain(lines));
    lines.filter(|line| !line.starts_with("xml = ")).filter_map(move |line| {
        match (line.starts_with("quick-xml = "), xml) {
            (false, _) => Some(Cow::Borrowed(line)),
            (true, true) => Some(Cow::Owned(line.replace(", optional = true", ""))),
            (true, false) => None,
        }
    })
}

/// Features of the runtime that users can choose, with their values; `default` is one of them.
pub(super) fn features() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = sections().filter(|(head, _)| *head == "[features]").flat_map(|(_, lines)| lines);
    lines.filter_map(|line| line.split_once(" = ")).filter(|(name, _)| *name != "xml")
}

/// Headings and lines of the manifest's sections.
fn sections() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    let is_head = |line: &str| line.starts_with('[');
    let heads = MANIFEST.lines().enumerate().filter(move |(_, line)| is_head(line));
    heads.map(move |(at, head)| (head, MANIFEST.lines().skip(at + 1).take_while(move |line| !is_head(line))))
}

/// Prefixes paths from the crate's root with the module.
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

/// Re-exports the macros, which are at the root of the crate, in the module.
fn macros() -> String {
    let mut names: Vec<&str> = SOURCES
        .iter()
        .flat_map(|(_, text)| text.split("#[macro_export]\nmacro_rules! ").skip(1))
        .filter_map(|text| text.split_whitespace().next())
        // Skips macros that a feature selects: their modules re-export them.
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
        known.retain(|name| *name != "xml");
        known.sort_unstable();
        named.sort_unstable();
        assert_eq!(named, known);
        let parsed = |xml| manifest(xml).collect::<Vec<_>>().join("\n").parse::<toml::Table>().unwrap();
        let (without, with) = (parsed(false), parsed(true));
        assert_eq!(without.get("target"), table.get("target"));
        for (name, dependency) in table["dependencies"].as_table().unwrap() {
            let found = without["dependencies"].get(name);
            assert_eq!(found, Some(dependency).filter(|_| name != "quick-xml"), "{name}");
        }
        assert!(with["dependencies"]["quick-xml"].get("optional").is_none() && with["features"].get("xml").is_none());
    }

    #[test]
    fn a_printed_crate_is_in_no_workspace_of_ours() {
        assert!(manifest(true).all(|line| !line.contains("workspace")));
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
        let paths: Vec<String> = files(false).map(|(path, _)| path).collect();
        assert!(!paths.iter().any(|path| path.contains("xml")));
        assert!(files(true).any(|(path, _)| path == "src/runtime/body/xml/reading.rs"));
        assert!(files(false).all(|(_, text)| !text.contains("feature = \"xml\"")));
        assert!(
            paths.contains(&"src/runtime.rs".to_owned()) && paths.contains(&"src/runtime/codec/json.rs".to_owned())
        );
    }
}
