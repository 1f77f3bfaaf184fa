//! Maps, lists and tuples that contain themselves without a named type in between. Knows only the `Api`.

use crate::api::{Api, Extra, Object, SchemaId, Shape, Tuple};
use std::collections::BTreeSet;

/// Gives one schema of each cycle a type of its own: a map, if there is one, otherwise a list.
pub(super) fn end(api: &mut Api) {
    name_tuples(api);
    let mut known = BTreeSet::new();
    for start in api.schemas.ids() {
        let circle = circle(api, start, &mut known);
        let is_map = |id: &SchemaId| matches!(shape(api, *id), Some(Shape::Map(_)));
        let is_list = |id: &SchemaId| matches!(shape(api, *id), Some(Shape::List(_)));
        let found = circle.iter().copied().find(is_map).or_else(|| circle.iter().copied().find(is_list));
        let Some(schema) = found.and_then(|id| api.schemas.get_mut(id)) else { continue };
        match schema.shape {
            Shape::Map(values) => {
                schema.shape = Shape::Object(Object { properties: Vec::new(), extra: Extra::Of(values) });
            }
            Shape::List(items) => {
                schema.shape = Shape::Tuple(Tuple { items: Vec::new(), least: 0, extra: Extra::Of(items), own: true });
            }
            _ => {}
        }
    }
}

/// Gives a type of its own to a tuple that contains itself without a named type in between.
fn name_tuples(api: &mut Api) {
    for start in api.schemas.ids() {
        if !matches!(shape(api, start), Some(Shape::Tuple(tuple)) if tuple.is_rust_tuple()) {
            continue;
        }
        let (mut open, mut seen) = (vec![start], BTreeSet::new());
        while let Some(id) = open.pop() {
            let inner: &[SchemaId] = match shape(api, id) {
                Some(Shape::List(inner) | Shape::Map(inner) | Shape::Same(inner)) => std::slice::from_ref(inner),
                Some(Shape::Tuple(tuple)) if tuple.is_rust_tuple() => &tuple.items,
                _ => &[],
            };
            open.extend(inner.iter().filter(|inner| seen.insert(**inner)));
        }
        if seen.contains(&start)
            && let Some(Shape::Tuple(tuple)) = api.schemas.get_mut(start).map(|schema| &mut schema.shape)
        {
            tuple.own = true;
        }
    }
}

fn shape(api: &Api, id: SchemaId) -> Option<&Shape> {
    api.schemas.get(id).map(|schema| &schema.shape)
}

/// The cycle that a chain of containers leads to, from its first schema on. Empty if a named type is in between, if there
/// is no cycle, or if the chain reaches a schema of an earlier chain. `known` are the schemas of all chains.
fn circle(api: &Api, start: SchemaId, known: &mut BTreeSet<SchemaId>) -> Vec<SchemaId> {
    let mut chain = Vec::new();
    let mut id = start;
    while known.insert(id) {
        chain.push(id);
        match shape(api, id) {
            Some(Shape::List(next) | Shape::Map(next) | Shape::Same(next)) => id = *next,
            _ => return Vec::new(),
        }
    }
    let mut circle: Vec<SchemaId> = chain.into_iter().skip_while(|known| *known != id).collect();
    let first = circle.iter().enumerate().min_by_key(|(_, id)| **id).map_or(0, |(index, _)| index);
    circle.rotate_left(first);
    circle
}
