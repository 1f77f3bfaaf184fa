//! Small modules of the runtime in the file of the module around them, so that a bundled copy has few files. Paths of modules
//! stay the same.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Lines of the longest file that small modules are joined into.
const LONGEST: usize = 800;

/// Joins files, which have paths such as `codec/json.rs`. Modules at the root of the runtime keep their files.
pub(super) fn joined(files: Vec<(&str, String)>) -> Vec<(String, String)> {
    let modules = files.into_iter().map(|(path, text)| (path.trim_end_matches(".rs").to_owned(), text));
    let mut modules: BTreeMap<String, String> = modules.collect();
    let parents: BTreeSet<&str> = modules.keys().filter_map(|path| parent(path)).collect();
    let mut parents: Vec<String> = parents.into_iter().map(str::to_owned).collect();
    // The innermost modules first, so that a module is whole before it is joined itself.
    parents.sort_by_key(|path| Reverse(path.matches('/').count()));
    for parent in parents {
        join(&mut modules, &parent);
    }
    modules.into_iter().map(|(path, text)| (path + ".rs", text)).collect()
}

fn parent(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(parent, _)| parent)
}

/// Joins the modules inside a module, the shortest first, as long as its file does not become too long.
fn join(modules: &mut BTreeMap<String, String>, around: &str) {
    let is_inside = |path: &&String| parent(path) == Some(around);
    let has_files = |path: &str| modules.keys().any(|other| parent(other) == Some(path));
    let inside = modules.keys().filter(is_inside).filter(|path| !has_files(path));
    let mut inside: Vec<(usize, String)> = inside.map(|path| (length(modules, path), path.clone())).collect();
    inside.sort();
    let Some(text) = modules.get(around).cloned() else { return };
    let mut file = JoinedFile::new(&text);
    for (lines, path) in inside {
        if lines + file.length > LONGEST {
            break;
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        // A module that is declared inside another one of the file keeps its own file.
        if modules.get(&path).is_some_and(|content| file.add(name, content)) {
            modules.remove(&path);
        }
    }
    modules.insert(around.to_owned(), file.text());
}

fn length(modules: &BTreeMap<String, String>, path: &str) -> usize {
    modules.get(path).map_or(0, |text| text.lines().count())
}

/// A file with the modules inside it. They stand after its own items, in the order of their declarations: the public items
/// of a module come before its details.
struct JoinedFile<'t> {
    lines: Vec<&'t str>,
    /// Lines of the file.
    length: usize,
    /// The attributes and declarations of the joined modules, as indexes of lines.
    declarations: BTreeSet<usize>,
    /// The joined modules by the index of their declaration.
    modules: BTreeMap<usize, String>,
}

impl<'t> JoinedFile<'t> {
    fn new(text: &'t str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        Self { length: lines.len(), lines, declarations: BTreeSet::new(), modules: BTreeMap::new() }
    }

    /// Adds a module. Returns false if the file does not declare it.
    fn add(&mut self, name: &str, content: &str) -> bool {
        let declaration = format!("mod {name};");
        let is_declaration = |line: &&str| {
            let visibility = line.strip_suffix(&*declaration);
            visibility.is_some_and(|before| before.is_empty() || (before.starts_with("pub") && before.ends_with(' ')))
        };
        let Some(at) = self.lines.iter().position(is_declaration) else { return false };
        let before = self.lines.get(..at).unwrap_or_default().iter().rev();
        let attributes = before.take_while(|line| line.starts_with("#[") || line.starts_with("///")).count();
        let all = at.saturating_sub(attributes)..=at;
        let head = self.lines.get(all.clone()).unwrap_or_default().join("\n");
        let mut text = format!("{} {{\n", head.trim_end_matches(';'));
        for inner in content.lines() {
            // An empty line has no indentation.
            let _ = if inner.is_empty() { writeln!(text) } else { writeln!(text, "    {inner}") };
        }
        text.push_str("}\n");
        // With its closing brace and the empty line before it.
        self.length = self.length.saturating_add(content.lines().count()).saturating_add(2);
        self.declarations.extend(all);
        self.modules.insert(at, text);
        true
    }

    fn text(&self) -> String {
        let undeclared = self.lines.iter().enumerate().filter(|(at, _)| !self.declarations.contains(at));
        let mut text = String::new();
        for (_, line) in undeclared {
            // Declarations leave no second empty line.
            if !line.is_empty() || !(text.is_empty() || text.ends_with("\n\n")) {
                text.push_str(line);
                text.push('\n');
            }
        }
        for module in self.modules.values() {
            if !(text.is_empty() || text.ends_with("\n\n")) {
                text.push('\n');
            }
            text.push_str(module);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::bundled_runtime::SOURCES;
    use quote::ToTokens;

    #[test]
    fn modules_stand_behind_the_items_around_them() {
        let own = "//! A.\n\nmod c;\n#[cfg(feature = \"x\")]\npub(crate) mod b;\nmod d;\n\nuse b::b;\n\nfn a() {}\n";
        let files = [
            ("lib.rs", "mod a;\n".to_owned()),
            ("a.rs", own.to_owned()),
            ("a/b.rs", "//! B.\n\nfn b() {}\n".to_owned()),
            ("a/c.rs", "fn c() {}\nfn c2() {}\nfn c3() {}\nfn c4() {}\n".to_owned()),
            ("a/d.rs", "fn d() {}\n".repeat(LONGEST)),
        ];
        let text = "//! A.\n\nmod d;\n\nuse b::b;\n\nfn a() {}\n\n\
            mod c {\n    fn c() {}\n    fn c2() {}\n    fn c3() {}\n    fn c4() {}\n}\n\n\
            #[cfg(feature = \"x\")]\npub(crate) mod b {\n    //! B.\n\n    fn b() {}\n}\n";
        let found = joined(files.into());
        let paths: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["a.rs", "a/d.rs", "lib.rs"]);
        assert_eq!(found.first().unwrap().1, text);
    }

    /// The tokens of code. White space after the mark of a string that goes on in the next line is not part of the string.
    fn text_of(code: impl ToTokens) -> String {
        let tokens = code.to_token_stream().to_string();
        let mut lines = tokens.split("\\\n");
        let first = lines.next().unwrap_or_default().to_owned();
        lines.fold(first, |text, line| text + line.trim_start())
    }

    /// The inner attributes and the items of a module in a file.
    fn module(text: &str, path: &[&str]) -> (Vec<String>, BTreeSet<String>) {
        let file = syn::parse_file(text).unwrap();
        let (mut attributes, mut items) = (file.attrs, file.items);
        for name in path {
            let modules = items.into_iter().filter_map(|item| match item {
                syn::Item::Mod(module) if module.ident == name => Some((module.attrs, module.content?.1)),
                _ => None,
            });
            (attributes, items) = modules.into_iter().next().unwrap();
        }
        attributes.retain(|attribute| matches!(attribute.style, syn::AttrStyle::Inner(_)));
        let is_file = |item: &&syn::Item| matches!(item, syn::Item::Mod(module) if module.content.is_none());
        let others = items.iter().filter(|item| !is_file(item)).map(text_of).collect();
        (attributes.iter().map(text_of).collect(), others)
    }

    #[test]
    fn joined_modules_have_the_code_of_their_files() {
        let sources: Vec<(&str, String)> = SOURCES.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
        let files: BTreeMap<String, String> = joined(sources).into_iter().collect();
        assert!(files.len() * 2 < SOURCES.len(), "{} files", files.len());
        for (path, text) in SOURCES {
            let mut place = path.trim_end_matches(".rs");
            let mut inside = Vec::new();
            while !files.contains_key(&format!("{place}.rs")) {
                let (around, name) = place.rsplit_once('/').unwrap();
                inside.insert(0, name);
                place = around;
            }
            let (attributes, items) = module(&files[&format!("{place}.rs")], &inside);
            let (own_attributes, own_items) = module(text, &[]);
            assert_eq!(attributes, own_attributes, "{path}");
            assert!(items.is_superset(&own_items), "{path}: {:?}", own_items.difference(&items).next());
        }
    }
}
