//! The runtime for generated crates: its sources for crates that bundle it, its features and dependencies for all.
//! Knows how the text changes for the crate. The build script lists the files, and the runtime's own manifest has the
//! rest.

mod joined;
mod trimmed;

include!(concat!(env!("OUT_DIR"), "/runtime.rs"));

use crate::plan::RuntimeModule;
use joined::joined;
use std::borrow::Cow;
use std::collections::BTreeSet;
use trimmed::Trimmed;

/// Path inside the generated crate, and content, of every file of the runtime, without the items of modules that are not used.
/// Its examples import the module of the crate of the given name.
pub(super) fn files(modules: &BTreeSet<RuntimeModule>, package: &str) -> Vec<(String, String)> {
    let is_used = |name: &str| modules.iter().any(|module| module.name() == name);
    let mut sources: Vec<(&str, String)> = Vec::with_capacity(SOURCES.len());
    let mut removed = Vec::new();
    for (path, text) in SOURCES {
        let trimmed = Trimmed::new(text, is_used);
        removed.extend(trimmed.modules.iter().map(|module| submodule(path, module)));
        sources.push((path, trimmed.text));
    }
    sources.retain(|(path, _)| {
        let module = path.trim_end_matches(".rs");
        !removed
            .iter()
            .any(|gone| module.strip_prefix(&**gone).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    });
    let macros = macros(&sources);
    let module = format!("{}::runtime::", package.replace('-', "_"));
    let moved_text = |text: &str| moved(text).replace("clientsmith_runtime::", &module);
    let place = |(path, text): (String, String)| match path.as_str() {
        "lib.rs" => ("src/runtime.rs".to_owned(), moved_text(&text) + &macros),
        path => (format!("src/runtime/{path}"), moved_text(&text)),
    };
    joined(sources).into_iter().map(place).collect()
}

/// Path without ending of a module that the file at `path` declares.
fn submodule(path: &str, module: &str) -> String {
    match path {
        "lib.rs" => module.to_owned(),
        path => format!("{}/{module}", path.trim_end_matches(".rs")),
    }
}

/// Sections of the runtime's manifest that a crate with the bundled runtime needs too, unchanged.
pub(super) fn manifest(xml: bool) -> impl Iterator<Item = Cow<'static, str>> {
    let needed = |head: &str| {
        let name = head.trim_matches(['[', ']']);
        name == "features" || name == "dependencies" || (name.starts_with("target.") && name.ends_with(".dependencies"))
    };
    let lines = sections().filter(move |(head, _)| needed(head));
    let lines = lines.flat_map(|(head, lines)| std::iter::once(head).chain(lines));
    lines.filter(|line| !is_xml(line)).filter_map(move |line| match (line.starts_with("quick-xml = "), xml) {
        (false, _) => Some(Cow::Borrowed(line)),
        (true, true) => Some(Cow::Owned(line.replace(", optional = true", ""))),
        (true, false) => None,
    })
}

/// Returns `true` for the feature that the generator chooses. Users never see it.
fn is_xml(line: &str) -> bool {
    line.starts_with("xml = ")
}

/// Features of the runtime that users can choose, with their values; `default` is one of them.
pub(super) fn features() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = sections().filter(|(head, _)| *head == "[features]").flat_map(|(_, lines)| lines);
    lines.filter(|line| !is_xml(line)).filter_map(|line| line.split_once(" = "))
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
fn macros(sources: &[(&str, String)]) -> String {
    let mut names: Vec<&str> = sources
        .iter()
        .flat_map(|(_, text)| text.split("#[macro_export]\nmacro_rules! ").skip(1))
        .filter_map(|text| text.split_whitespace().next())
        // Skips macros that a feature selects: their modules re-export them.
        .filter(|name| !sources.iter().any(|(_, text)| text.contains(&format!("\npub use {name};"))))
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
        let documented: std::collections::BTreeSet<&str> =
            crate::plan::cargo_features::OF_RUNTIME.iter().map(|(name, ..)| *name).collect();
        known.retain(|name| *name != "default");
        assert_eq!(documented.into_iter().collect::<Vec<_>>(), known);
        let (without, with) = (parsed(false), parsed(true));
        assert_eq!(without.get("target"), table.get("target"));
        for (name, dependency) in table["dependencies"].as_table().unwrap() {
            let found = without["dependencies"].get(name);
            assert_eq!(found, Some(dependency).filter(|_| name != "quick-xml"), "{name}");
        }
        assert!(with["dependencies"]["quick-xml"].get("optional").is_none() && with["features"].get("xml").is_none());
    }

    #[test]
    fn a_generated_crate_is_in_no_workspace_of_ours() {
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
        let paths: Vec<String> = files(&BTreeSet::new(), "pets").into_iter().map(|(path, _)| path).collect();
        for path in ["src/runtime.rs", "src/runtime/codec/json.rs"] {
            assert!(paths.contains(&path.to_owned()), "{path}");
        }
        let xml = files(&BTreeSet::from([RuntimeModule::Xml]), "pets");
        assert!(xml.iter().any(|(path, _)| path == "src/runtime/body/xml/reading.rs"));
    }

    #[test]
    fn leaves_out_unused_parts_and_tests() {
        let all = || RuntimeModule::ALL.into_iter();
        let without = |module| all().filter(|other| *other != module).collect::<BTreeSet<_>>();
        let complete = files(&all().collect(), "my-pets");
        assert!(complete.len() > 40, "{} files", complete.len());
        let imports = |text: &str| text.contains("/// use my_pets::runtime::testing::");
        assert!(complete.iter().any(|(_, text)| imports(text)), "no example imports the crate");
        assert!(complete.iter().all(|(_, text)| !text.contains("clientsmith_runtime")));
        for module in all() {
            let others = files(&without(module), "my-pets");
            let text = |files: &[(String, String)]| files.iter().map(|(_, text)| text.len()).sum::<usize>();
            assert!(text(&others) < text(&complete), "nothing belongs to {module:?}");
            for (path, text) in others.iter().filter(|file| !complete.contains(file)) {
                assert!(syn::parse_file(text).is_ok(), "{path} without {module:?}");
                for gone in ["cfg(test)", "#[test]", "unused = ", "feature = \"xml\""] {
                    assert!(!text.contains(gone), "{path} has {gone}");
                }
            }
        }
        for (path, text) in SOURCES {
            for found in text.split("unused = \"").skip(1) {
                let name = found.split('"').next().unwrap();
                assert!(all().any(|module| module.name() == name), "{path} has the unknown module {name}");
            }
        }
    }
}
