//! The types of a file, as its documentation names them, and the one that names the file. Knows the types in each type.

use super::SHARED;
use crate::plan::models::Model;
use crate::plan::reach::types_in;
use crate::plan::rust_type::RustType;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of types that the documentation of a file names.
const MAX: usize = 3;

/// The sentence that names the types that contain most others of the file, and that no other one contains.
pub(super) fn contents(indexes: &[usize], models: &[Model]) -> String {
    let by_name = models_by_name(indexes, models);
    let inner: BTreeSet<&str> = by_name.values().flat_map(|model| inside(model)).collect();
    let all = || indexes.iter().filter_map(|index| models.get(*index));
    let mut outer: Vec<&Model> = all().filter(|model| !inner.contains(model.name.as_str())).collect();
    if outer.is_empty() {
        outer.extend(all());
    }
    outer.sort_by_cached_key(|model| Reverse(reached(model, &by_name)));
    outer.truncate(MAX);
    let mut names: Vec<String> = outer.iter().map(|model| format!("`{}`", model.name)).collect();
    match indexes.len().saturating_sub(names.len()) {
        0 => {}
        1 => names.push("1 other type".to_owned()),
        others => names.push(format!("{others} other types")),
    }
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { format!("{last}.") } else { format!("{} and {last}.", names.join(", ")) }
}

/// The type that names a file of shared types: the one that contains most other types of the file, and of equal ones
/// that of the outermost schema, then the first in the description. A new type therefore changes no file's name.
pub(super) fn leader<'m>(indexes: &[usize], models: &'m [Model]) -> &'m str {
    let by_name = models_by_name(indexes, models);
    let candidates = indexes.iter().filter_map(|index| models.get(*index));
    let leader =
        candidates.rev().max_by_key(|model| (reached(model, &by_name), Reverse(model.pointer.matches('/').count())));
    leader.map_or(SHARED, |model| model.name.as_str())
}

/// The types of a file by their names.
fn models_by_name<'m>(indexes: &[usize], models: &'m [Model]) -> BTreeMap<&'m str, &'m Model> {
    indexes.iter().filter_map(|index| models.get(*index)).map(|model| (model.name.as_str(), model)).collect()
}

/// The names of the types in a type, without its by_name.
fn inside(model: &Model) -> impl Iterator<Item = &str> {
    types_in(model).into_iter().flat_map(RustType::models).filter(|name| *name != model.name)
}

/// Number of types of a file that a type contains, with itself.
fn reached(model: &Model, by_name: &BTreeMap<&str, &Model>) -> usize {
    let (mut seen, mut open) = (BTreeSet::from([model.name.as_str()]), vec![model.name.as_str()]);
    while let Some(model) = open.pop().and_then(|name| by_name.get(name)) {
        let used = inside(model).filter_map(|name| by_name.get_key_value(name)).map(|(name, _)| *name);
        open.extend(used.filter(|name| seen.insert(name)));
    }
    seen.len()
}
