//! Inline schemas that are copies of a component: generics of utoipa, and frameworks that write no references.

use super::{Classes, holders, id, is_named, refer, replace};
use crate::api::{Api, Schema, SchemaId, Shape};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Replaces every inline schema that is equal to a component by it. Returns marks for the schemas that this changes, and `None`
/// if there is no copy. Replacing copies can make a component equal to further schemas, so the next round compares what `changed`.
///
/// A schema that the settings name, or whose title is another name, keeps its own type. So does one that equals several
/// components, unless its place has the name of one of them.
pub(super) fn replace_copies(api: &mut Api, renamed: &[(String, String)], changed: &[bool]) -> Option<Vec<bool>> {
    let names: BTreeMap<SchemaId, String> = api.components.iter().map(|(name, id)| (*id, normalized(name))).collect();
    let components: BTreeSet<SchemaId> = names.keys().copied().collect();
    let candidates = candidates(api, &components, changed);
    let mut classes = Classes::new(api, components, renamed);
    let is_candidate = |id: SchemaId| candidates.get(id.index()).is_some_and(|candidate| *candidate);
    let mut known: HashMap<Schema, Vec<SchemaId>> = HashMap::new();
    for component in api.components.values().filter(|component| is_candidate(**component)) {
        let Some(schema) = api.schemas.get(component) else { continue };
        known.entry(without_annotations(classes.content(schema, None))).or_default().push(*component);
    }
    let mut stands_for: Vec<SchemaId> = api.schemas.ids().collect();
    let mut uses: Vec<(SchemaId, SchemaId)> = Vec::new();
    for (place, schema) in stands_for.iter_mut().zip(&api.schemas) {
        if names.contains_key(place) || !is_candidate(*place) {
            continue;
        }
        if classes.renamed_key(schema).is_some() {
            continue;
        }
        let Some(equal) = known.get(&without_annotations(classes.content(schema, None))) else { continue };
        let fits = |component: &&SchemaId| {
            let component = api.schemas.get(**component);
            component.is_some_and(|component| allows(component, schema))
        };
        let name_word = schema.name_words.last().map(|word| normalized(word)).unwrap_or_default();
        let is_namesake = |component: &&SchemaId| names.get(component).is_some_and(|name| *name == name_word);
        let titled = schema.name_words != schema.place_words;
        let component = match equal.as_slice() {
            [only] if !titled => Some(only),
            several => several.iter().find(is_namesake),
        };
        match component.filter(fits) {
            Some(component) if adds_nothing(schema) => *place = *component,
            Some(component) => uses.push((*place, *component)),
            None => {}
        }
    }
    let copies = stands_for.iter().enumerate().map(|(index, other)| (id(index), *other));
    let copies = copies.filter(|(copy, other)| copy != other).map(|(copy, _)| copy);
    let replaced: Vec<SchemaId> = copies.chain(uses.iter().map(|(place, _)| *place)).collect();
    if replaced.is_empty() {
        return None;
    }
    let changed = holders(api, replaced);
    for (place, component) in uses {
        refer(api, place, component);
    }
    replace(api, &stands_for);
    Some(changed)
}

/// Marks the components and inline schemas that can be equal: whole contents are compared only where the outlines are equal.
/// What did not change since the last round is compared with what did.
fn candidates(api: &Api, components: &BTreeSet<SchemaId>, changed: &[bool]) -> Vec<bool> {
    let outlines: Vec<Option<u64>> =
        api.schemas.iter().map(|schema| is_distinct(schema, api).then(|| outline(schema))).collect();
    let (mut of_components, mut of_others, mut of_changed) = (HashSet::new(), HashSet::new(), HashSet::new());
    for ((place, outline), changed) in (0..).map(id).zip(&outlines).zip(changed) {
        let known = if components.contains(&place) { &mut of_components } else { &mut of_others };
        known.extend(*outline);
        of_changed.extend(outline.filter(|_| *changed));
    }
    of_components.retain(|outline| of_others.contains(outline) && of_changed.contains(outline));
    outlines.iter().map(|outline| outline.is_some_and(|outline| of_components.contains(&outline))).collect()
}

/// A hash of the names in a schema. Schemas with equal contents have equal outlines.
fn outline(schema: &Schema) -> u64 {
    let mut hasher = DefaultHasher::new();
    std::mem::discriminant(&schema.shape).hash(&mut hasher);
    match &schema.shape {
        Shape::Object(object) => object.properties.iter().for_each(|property| property.name.hash(&mut hasher)),
        Shape::Enum(listed) => listed.values.iter().for_each(|value| value.wire.hash(&mut hasher)),
        Shape::Union(union) => union.members.iter().for_each(|member| member.name.hash(&mut hasher)),
        Shape::Tuple(tuple) => tuple.items.len().hash(&mut hasher),
        Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) | Shape::Same(_) | Shape::Any(_) => {}
    }
    hasher.finish()
}

/// The content of a schema without what a place may add: null, a default, a deprecation.
pub(super) fn without_annotations(schema: Schema) -> Schema {
    Schema { nullable: false, default: None, deprecated: false, ..schema }
}

/// Returns true if a place adds nothing to a component.
fn adds_nothing(schema: &Schema) -> bool {
    !schema.nullable && schema.default.is_none() && !schema.deprecated
}

/// Returns true if a component adds nothing to a place.
pub(super) fn allows(component: &Schema, place: &Schema) -> bool {
    let default = component.default.is_none() || component.default == place.default;
    (!component.nullable || place.nullable) && default && (!component.deprecated || place.deprecated)
}

/// Returns true if equality of a schema with another one is hardly chance: it has properties, values, or members that are more
/// than plain values.
fn is_distinct(schema: &Schema, api: &Api) -> bool {
    let is_scalar = |id: SchemaId| api.schemas.get(id).is_some_and(|inner| matches!(inner.shape, Shape::Scalar(_)));
    is_named(schema)
        && match &schema.shape {
            Shape::Object(object) => !object.properties.is_empty(),
            Shape::Enum(listed) => listed.values.len() > 1,
            Shape::Union(union) => !union.members.iter().all(|member| is_scalar(member.schema)),
            _ => true,
        }
}

/// A name in lower case with letters and digits only.
pub(super) fn normalized(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
