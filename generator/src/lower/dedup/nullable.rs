//! Components that exist only because of null: `NullablePet` beside `Pet`. Knows only the `Api`.

use super::components::{allows, normalized, without_annotations};
use super::{Classes, is_named};
use crate::api::{Api, SchemaId, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// The words before a name that say that null is a value too.
const BEFORE: [&str; 5] = ["nullableof", "nullable", "optionalof", "optional", "maybe"];

/// The words after a name that say so.
const AFTER: [&str; 4] = ["nullable", "ornull", "optional", "null"];

/// Lets every component that is equal to another one except for null, and has its name with a word for null, refer to that
/// one; false where there is none. A component that the settings name keeps its own type.
///
/// The name decides, because the equality of components with unrelated names can be chance.
pub(super) fn merge(api: &mut Api, renamed: &[(String, String)]) -> bool {
    let by_name: BTreeMap<String, SchemaId> = api.components.iter().map(|(name, id)| (normalized(name), *id)).collect();
    let components: BTreeSet<SchemaId> = api.components.values().copied().collect();
    let mut classes = Classes::new(api, components, renamed);
    let mut found: Vec<(SchemaId, SchemaId)> = Vec::new();
    for (name, id) in &api.components {
        let Some(schema) = api.schemas.get(id).filter(|schema| schema.nullable && is_named(schema)) else {
            continue;
        };
        if classes.renamed_key(schema).is_some() {
            continue;
        }
        let other = without_null(&normalized(name)).into_iter().find_map(|name| by_name.get(name));
        let Some((other, base)) = other.and_then(|id| Some((*id, api.schemas.get(id)?))) else { continue };
        let mut is_equal =
            || without_annotations(classes.content(schema, None)) == without_annotations(classes.content(base, None));
        if !base.nullable && allows(base, schema) && is_equal() {
            found.push((*id, other));
        }
    }
    for (id, other) in &found {
        if let Some(schema) = api.schemas.get_mut(id) {
            schema.shape = Shape::Same(*other);
        }
    }
    !found.is_empty()
}

/// The names that a component without null could have.
fn without_null(name: &str) -> Vec<&str> {
    let before = BEFORE.iter().filter_map(|word| name.strip_prefix(word));
    before.chain(AFTER.iter().filter_map(|word| name.strip_suffix(word))).collect()
}
