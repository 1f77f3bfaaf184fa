//! The modules of a library stand in an order, and each imports only modules below it. `ARCHITECTURE.md` has the order and the
//! imports of each module.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A library whose modules have a table.
pub(super) struct Library {
    /// The folder of its sources, from that of the generator.
    sources: &'static str,
    /// The first line of its table.
    head: &'static str,
}

pub(super) const GENERATOR: Library = Library { sources: "src", head: "| Module | Knows | Does not know | Uses |\n" };
pub(super) const RUNTIME: Library = Library { sources: "../runtime/src", head: "| Module | Holds | Uses |\n" };

/// The rows of the table of modules: each module with those that it uses, from the lowest to the highest.
pub(super) fn table(library: &Library) -> Vec<(String, BTreeSet<String>)> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md")).unwrap();
    let rows = text.split(library.head).nth(1).unwrap().lines().skip(1);
    let rows = rows.take_while(|row| row.starts_with('|')).map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [module, .., uses] = cells[..] else { panic!("{row}") };
        let uses = uses.split(", ").filter(|name| *name != "—").map(str::to_owned).collect();
        (module.trim_matches('`').to_owned(), uses)
    });
    rows.collect()
}

/// A module: its text without tests, comments and generated code, and the names that it re-exports with the paths of their items.
#[derive(Default)]
struct Module {
    text: String,
    exports: BTreeMap<String, Vec<String>>,
}

/// The modules of a library by path, such as `call::response`; the root is empty.
fn modules(library: &Library) -> BTreeMap<String, Module> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(library.sources);
    let mut found = BTreeMap::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).unwrap().with_extension("").display().to_string().replace('/', "::");
            if name.split("::").any(|part| part == "tests") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            // Tests in the file stand at its end; those in a file of their own are declared before the imports.
            let text = text.split("\n#[cfg(test)]\nmod tests {\n").next().unwrap();
            let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let code = without_quoted(&code.join("\n"));
            let name = if name == "lib" { String::new() } else { name };
            found.insert(name.clone(), Module { exports: exports(&name, &code), text: code });
        }
    }
    assert!(found.len() > 100);
    found
}

/// Code without the contents of `quote!` and without links in strings, whose paths are those of a generated crate.
fn without_quoted(code: &str) -> String {
    let code = code.replace("](crate::", "](");
    let mut parts = code.split("quote!");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut depth = 0;
        let end = part.find(|letter| {
            depth += i32::from(matches!(letter, '(' | '{' | '[')) - i32::from(matches!(letter, ')' | '}' | ']'));
            depth == 0 && matches!(letter, ')' | '}' | ']')
        });
        plain.push_str(&part[end.unwrap_or_default()..]);
    }
    plain
}

/// The paths of a tree such as `a::{b, c::{self, d as e}}`, each with the name that it gets.
fn leaves(tree: &str) -> Vec<(String, Vec<String>)> {
    let Some((before, group)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let mut path: Vec<String> = path.split("::").map(|part| part.trim().to_owned()).collect();
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let name = if name.is_empty() { path.last().cloned().unwrap_or_default() } else { name.trim().to_owned() };
        return vec![(name, path)];
    };
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    let group = &group[..group.rfind('}').unwrap()];
    for (place, letter) in group.char_indices().chain([(group.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let item = group[start..place].trim();
                if !item.is_empty() {
                    found.extend(leaves(&format!("{}{item}", before.trim())));
                }
                start = place + 1;
            }
            _ => {}
        }
    }
    found
}

fn exports(module: &str, code: &str) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for (start, _) in code.match_indices("use ") {
        let public = code[..start].lines().next_back().unwrap_or_default();
        if !public.trim_start().starts_with("pub") || public.contains("fn ") {
            continue;
        }
        let tree = code[start + 4..].split(';').next().unwrap();
        for (name, path) in leaves(tree) {
            found.insert(name, absolute(module, &path));
        }
    }
    found
}

/// A path from the root. A path that begins with neither `crate`, `self` nor `super` begins in the module.
fn absolute(module: &str, path: &[String]) -> Vec<String> {
    let mut at: Vec<String> = module.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let mut rest = path;
    if let Some((first, after)) = path.split_first() {
        if first == "crate" {
            at.clear();
        }
        if matches!(first.as_str(), "crate" | "self") {
            rest = after;
        }
    }
    while let Some((_, after)) = rest.split_first().filter(|(first, _)| *first == "super") {
        at.pop();
        rest = after;
    }
    at.extend(rest.iter().cloned());
    at
}

/// The top-level module that defines the item of a path from the root. `None` for items of other packages.
fn owner(modules: &BTreeMap<String, Module>, path: &[String], steps: usize) -> Option<String> {
    let mut module = String::new();
    for (index, part) in path.iter().enumerate() {
        let inner = if module.is_empty() { part.clone() } else { format!("{module}::{part}") };
        if modules.contains_key(&inner) {
            module = inner;
            continue;
        }
        if let Some(target) = modules[&module].exports.get(part).filter(|_| steps < 9) {
            let target: Vec<String> = target.iter().chain(&path[index + 1..]).cloned().collect();
            let other = owner(modules, &target, steps + 1);
            if other.is_some() {
                return other;
            }
        }
        break;
    }
    module.split("::").next().filter(|top| !top.is_empty()).map(str::to_owned)
}

/// Each import of another top-level module, with the files that have it.
fn imports(modules: &BTreeMap<String, Module>) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut found: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for (name, module) in modules.iter().filter(|(name, _)| !name.is_empty()) {
        let own = name.split("::").next().unwrap();
        let text = module.text.replace("$crate::", "");
        for (start, _) in text.match_indices("crate::") {
            let rest = &text[start..];
            let in_use = text[..start].rsplit(';').next().unwrap().trim_end().ends_with("use");
            let tree = if in_use {
                rest.split(';').next().unwrap()
            } else {
                rest.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).next().unwrap()
            };
            for (_, path) in leaves(tree.trim_end_matches(':')) {
                let Some(owner) = owner(modules, &absolute(name, &path), 0) else { continue };
                if owner != own {
                    found.entry((own.to_owned(), owner)).or_default().insert(name.clone());
                }
            }
        }
    }
    found
}

#[test]
fn each_module_imports_only_lower_modules() {
    for library in [GENERATOR, RUNTIME] {
        check(&library);
    }
}

fn check(library: &Library) {
    let modules = modules(library);
    let tops: BTreeSet<String> =
        modules.keys().filter(|name| !name.is_empty() && !name.contains("::")).cloned().collect();
    let table = table(library);
    assert_eq!(table.iter().map(|(name, _)| name.clone()).collect::<BTreeSet<_>>(), tops);
    let imports = imports(&modules);
    assert!(imports.len() > 20);
    let mut lower = BTreeSet::new();
    for (name, uses) in &table {
        let found: BTreeMap<&String, &BTreeSet<String>> =
            imports.iter().filter(|((from, _), _)| from == name).map(|((_, to), files)| (to, files)).collect();
        let higher: Vec<_> = found.iter().filter(|(to, _)| !lower.contains(**to)).collect();
        assert!(higher.is_empty(), "{name} imports higher modules: {higher:#?}");
        assert_eq!(found.keys().copied().collect::<BTreeSet<_>>(), uses.iter().collect(), "imports of {name}");
        lower.insert(name);
    }
}
