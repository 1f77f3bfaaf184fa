//! The modules of a library as they are written, and the items that paths in them name.

use super::expanded::expanded;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use syn::{Attribute, Item, UseTree, Visibility};

/// Longest chain of imports that is followed.
const LONGEST_CHAIN: usize = 16;

/// A library with all its modules.
pub(crate) struct Library {
    pub(crate) name: String,
    /// By path, the library itself first.
    pub(crate) modules: BTreeMap<Vec<String>, Module>,
}

/// A module.
pub(crate) struct Module {
    pub(crate) items: Vec<Item>,
    /// The imports, with the name that the module gives to each; `*` is every public name.
    pub(crate) imports: Vec<Import>,
    /// Public types that a macro of the module defines.
    pub(crate) macro_types: Vec<String>,
}

/// A name that a module imports.
pub(crate) struct Import {
    pub(crate) name: String,
    pub(crate) path: Vec<String>,
    pub(crate) public: bool,
}

/// The meaning of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Target {
    Module(Vec<String>),
    /// An item of a module.
    Item(Vec<String>, String),
    Outside,
}

impl Library {
    /// Reads the sources of a library.
    pub(crate) fn read(root: &Path, name: &str) -> Self {
        let mut library = Self { name: name.to_owned(), modules: BTreeMap::new() };
        let file = syn::parse_file(&fs::read_to_string(root).unwrap()).unwrap();
        library.add(Vec::new(), file.items, root.parent().unwrap());
        library
    }

    fn add(&mut self, path: Vec<String>, mut items: Vec<Item>, folder: &Path) {
        let mut imports = Vec::new();
        let parts = items.into_iter().flat_map(|item| expanded(&item).unwrap_or_else(|| vec![item]));
        items = parts.collect();
        for item in &mut items {
            match item {
                Item::Use(item) => flatten(&item.tree, &mut Vec::new(), is_public(&item.vis), &mut imports),
                Item::Mod(item) if !is_test(&item.attrs) => {
                    let name = item.ident.to_string();
                    let inner = folder.join(&name);
                    let items = match item.content.take() {
                        Some((_, items)) => items,
                        None => {
                            let file = folder.join(format!("{name}.rs"));
                            let file = if file.is_file() { file } else { inner.join("mod.rs") };
                            let file = syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap();
                            item.attrs.extend(file.attrs);
                            file.items
                        }
                    };
                    self.add([path.clone(), vec![name]].concat(), items, &inner);
                }
                _ => {}
            }
        }
        let macro_types = items.iter().filter_map(made_type).collect();
        self.modules.insert(path, Module { items, imports, macro_types });
    }

    /// The target of a path that is written in a module.
    pub(crate) fn resolve(&self, module: &[String], path: &[String]) -> Target {
        self.follow(module, path, LONGEST_CHAIN)
    }

    fn follow(&self, module: &[String], path: &[String], left: usize) -> Target {
        let Some((first, rest)) = path.split_first().filter(|_| left > 0) else { return Target::Outside };
        let next = match first.as_str() {
            "crate" => Target::Module(Vec::new()),
            "self" => Target::Module(module.to_vec()),
            "super" => Target::Module(module.split_last().map(|(_, above)| above.to_vec()).unwrap_or_default()),
            name => self.named(module, name, left),
        };
        match next {
            Target::Module(inner) if !rest.is_empty() => self.follow(&inner, rest, left - 1),
            found if rest.is_empty() => found,
            _ => Target::Outside,
        }
    }

    fn named(&self, module: &[String], name: &str, left: usize) -> Target {
        let inner = [module, &[name.to_owned()]].concat();
        if self.modules.contains_key(&inner) {
            return Target::Module(inner);
        }
        let Some(found) = self.modules.get(module) else { return Target::Outside };
        let is_item = found.items.iter().any(|item| item_name(item).as_deref() == Some(name));
        if is_item || found.macro_types.iter().any(|macro_types| macro_types == name) {
            return Target::Item(module.to_vec(), name.to_owned());
        }
        if let Some(import) = found.imports.iter().find(|import| import.name == name && import.path != [name]) {
            return self.follow(module, &import.path, left - 1);
        }
        let globs = found.imports.iter().filter(|import| import.name == "*");
        let mut found =
            globs.map(|import| self.follow(module, &[&import.path[..], &[name.to_owned()]].concat(), left - 1));
        found.find(|target| *target != Target::Outside).unwrap_or(Target::Outside)
    }
}

fn flatten(tree: &UseTree, path: &mut Vec<String>, public: bool, imports: &mut Vec<Import>) {
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            flatten(&inner.tree, path, public, imports);
            path.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, path, public, imports)),
        UseTree::Glob(_) => imports.push(Import { name: "*".to_owned(), path: path.clone(), public }),
        UseTree::Name(name) => {
            let own = name.ident.to_string();
            let (name, more) = match (own.as_str(), path.last()) {
                ("self", Some(last)) => (last.clone(), Vec::new()),
                _ => (own.clone(), vec![own]),
            };
            imports.push(Import { name, path: [path.clone(), more].concat(), public });
        }
        UseTree::Rename(rename) => {
            let path = [path.clone(), vec![rename.ident.to_string()]].concat();
            imports.push(Import { name: rename.rename.to_string(), path, public });
        }
    }
}

/// The name of the public type that a macro defines.
fn made_type(item: &Item) -> Option<String> {
    let Item::Macro(item) = item else { return None };
    item.ident.as_ref()?;
    let tokens = item.mac.tokens.to_string();
    let words: Vec<&str> = tokens.split_whitespace().collect();
    let macro_types = words.windows(3).find(|words| matches!(words, ["pub", "enum" | "struct", _]))?;
    macro_types.last().filter(|name| name.starts_with(char::is_alphabetic)).map(|name| (*name).to_owned())
}

/// The name of an item that a path can name.
pub(crate) fn item_name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

pub(crate) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Returns true if these attributes have one with these tokens, such as `doc` and `hidden`.
pub(crate) fn has(attributes: &[Attribute], name: &str, argument: &str) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident(name) && list.tokens.to_string() == argument,
        _ => false,
    })
}

fn is_test(attributes: &[Attribute]) -> bool {
    has(attributes, "cfg", "test")
}
