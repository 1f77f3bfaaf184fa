//! Required properties that servers omit or send as null, by the settings. Knows only the `Api`.

use super::LowerOptions;
use super::direction::ways;
use crate::api::{Api, SchemaId, Shape};
use std::collections::BTreeSet;

/// Makes the named properties optional, or all required properties of responses. A constant in a schema that callers
/// send too stays required, since the client writes it.
pub(super) fn relax(api: &mut Api, options: &LowerOptions) {
    if !options.relax.is_empty() {
        let named: BTreeSet<&str> = options.relax.iter().map(String::as_str).collect();
        let components: Vec<(String, SchemaId)> = api.components.iter().map(|(name, id)| (name.clone(), *id)).collect();
        for (name, id) in components {
            make_optional(api, id, |property| named.contains(format!("{name}.{property}").as_str()));
        }
        for id in api.schemas.ids() {
            let Some(pointer) = api.schemas.get(id).map(|schema| schema.origin.pointer.clone()) else { continue };
            make_optional(api, id, |property| named.contains(format!("{pointer}.{property}").as_str()));
        }
    }
    if options.relax_responses {
        let (sent, received) = ways(api);
        let constant: Vec<bool> = api.schemas.ids().map(|id| is_constant(api, id)).collect();
        for ((schema, sent), _) in api.schemas.iter_mut().zip(sent).zip(received).filter(|(_, received)| *received) {
            let stays = |id: SchemaId| sent && constant.get(id.index()).copied().unwrap_or_default();
            match &mut schema.shape {
                Shape::Object(object) => {
                    for property in &mut object.properties {
                        property.required &= stays(property.schema);
                    }
                }
                // A value before a constant is required, so that the constant is at its position.
                Shape::Tuple(tuple) if schema.only_value.is_none() => {
                    let required = tuple.items.get(..tuple.least).unwrap_or(&tuple.items);
                    tuple.least = required.iter().rposition(|item| stays(*item)).map_or(0, |last| last + 1);
                }
                _ => {}
            }
        }
    }
}

fn make_optional(api: &mut Api, id: SchemaId, named: impl Fn(&str) -> bool) {
    let shape = api.schemas.get_mut(id).map(|schema| &mut schema.shape);
    let Some(Shape::Object(object)) = shape else { return };
    for property in object.properties.iter_mut().filter(|property| named(&property.name)) {
        property.required = false;
    }
}

/// Returns true if a schema has only one value.
fn is_constant(api: &Api, id: SchemaId) -> bool {
    let (id, _) = api.schemas.resolve(id);
    api.schemas.get(id).is_some_and(|schema| schema.only_value.is_some())
}
