//! Maps and lists that hold themselves without a type in between, which have no name that could end them. Knows only
//! the model.

use crate::api::{Any, Api, Extra, Object, SchemaId, Shape};

/// Gives such a map a type of its own. A list that holds only lists becomes untyped; these are returned.
pub(super) fn end(api: &mut Api) -> Vec<SchemaId> {
    let mut untyped = Vec::new();
    for index in 0..api.schemas.len() {
        let start = SchemaId(u32::try_from(index).unwrap_or(u32::MAX));
        let circle = circle(api, start);
        let is_map = |id: &SchemaId| matches!(shape(api, *id), Some(Shape::Map(_)));
        let Some(id) = circle.iter().copied().find(is_map).or_else(|| circle.first().copied()) else { continue };
        let Some(schema) = api.schemas.get_mut(id.0 as usize) else { continue };
        if let Shape::Map(values) = schema.shape {
            schema.shape = Shape::Object(Object { properties: Vec::new(), extra: Extra::Of(values) });
        } else {
            schema.shape = Shape::Any(Any { reason: "a list of nothing but itself".to_owned(), fallback: true });
            untyped.push(id);
        }
    }
    untyped
}

fn shape(api: &Api, id: SchemaId) -> Option<&Shape> {
    api.schemas.get(id.0 as usize).map(|schema| &schema.shape)
}

/// The schemas from one back to itself; empty when there is a type in between, or an end.
fn circle(api: &Api, start: SchemaId) -> Vec<SchemaId> {
    let mut found = vec![start];
    let mut id = start;
    while let Some(Shape::List(next) | Shape::Map(next) | Shape::Same(next)) = shape(api, id) {
        if *next == start {
            return found;
        }
        if found.contains(next) {
            break;
        }
        found.push(*next);
        id = *next;
    }
    Vec::new()
}
