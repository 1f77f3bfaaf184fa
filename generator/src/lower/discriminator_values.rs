//! Discriminator values of objects with only one possible value. Constructors set them. Knows only the `Api`.

use crate::api::{Api, Enum, EnumType, Object, SchemaId, Shape, Union};
use std::collections::{BTreeMap, BTreeSet};

/// Deepest level of unions inside unions and of references.
const DEEPEST: usize = 24;

/// The values of a property of an object.
#[derive(Default)]
struct Values {
    known: BTreeSet<String>,
    /// A union accepts the object with values that the description does not define.
    open: bool,
}

/// Sets the discriminator value of each property that has the same one in all unions that list its object.
pub(super) fn set(api: &mut Api) {
    let mut found: BTreeMap<(SchemaId, String), Values> = BTreeMap::new();
    for schema in &api.schemas {
        let Shape::Union(union) = &schema.shape else { continue };
        let Some(discriminator) = &union.discriminator else {
            for (object, discriminator, value) in by_constants(api, union).into_iter().flatten() {
                found.entry((object, discriminator)).or_default().known.insert(value);
            }
            continue;
        };
        for (index, member) in union.members.iter().enumerate() {
            let mut objects = Vec::new();
            variants(api, member.schema, discriminator, DEEPEST, &mut objects);
            for object in objects {
                let values = found.entry((object, discriminator.clone())).or_default();
                values.known.extend(member.discriminator_values.iter().cloned());
                values.open |= union.default_member == Some(index);
            }
        }
    }
    for ((object, discriminator), values) in found {
        let mut known = values.known.into_iter();
        let (Some(only), None, false) = (known.next(), known.next(), values.open) else { continue };
        if let Some(Shape::Object(object)) = api.schemas.get_mut(object).map(|schema| &mut schema.shape)
            && let Some(property) = object.properties.iter_mut().find(|property| property.name == discriminator)
        {
            property.discriminator_value = Some(only);
        }
    }
}

/// The objects of a variant. A union with the same discriminator sets its own values.
fn variants(api: &Api, id: SchemaId, discriminator: &str, depth: usize, objects: &mut Vec<SchemaId>) {
    let Some((schema, depth)) = api.schemas.get(id).zip(depth.checked_sub(1)) else { return };
    match &schema.shape {
        Shape::Object(_) if !objects.contains(&id) => objects.push(id),
        Shape::Same(other) => variants(api, *other, discriminator, depth, objects),
        Shape::Union(union) if union.discriminator.as_deref() != Some(discriminator) => {
            for member in &union.members {
                variants(api, member.schema, discriminator, depth, objects);
            }
        }
        _ => {}
    }
}

/// The property in which every object of a union without a discriminator has a different constant, with these
/// constants. The variants could be confused if the property is optional and not written.
fn by_constants(api: &Api, union: &Union) -> Option<Vec<(SchemaId, String, String)>> {
    let ids: Vec<SchemaId> = union.members.iter().map(|member| api.schemas.resolve(member.schema).0).collect();
    let object = |id: &SchemaId| match &api.schemas.get(id)?.shape {
        Shape::Object(object) => Some((*id, object)),
        _ => None,
    };
    let objects: Vec<(SchemaId, &Object)> = ids.iter().filter_map(object).collect();
    let (_, first) = objects.first().filter(|_| objects.len() > 1)?;
    first.properties.iter().find_map(|property| {
        let mut seen = BTreeSet::new();
        let constant = |(id, object): &(SchemaId, &Object)| {
            let declared = object.properties.iter().find(|declared| declared.name == property.name)?;
            match &api.schemas.get(api.schemas.resolve(declared.schema).0)?.shape {
                Shape::Enum(Enum { values, value_type: EnumType::String }) => match &values[..] {
                    [only] => Some((*id, declared.name.clone(), only.wire.clone())),
                    _ => None,
                },
                _ => None,
            }
        };
        let all: Vec<(SchemaId, String, String)> = objects.iter().map(constant).collect::<Option<_>>()?;
        all.iter().all(|(_, _, value)| seen.insert(value.clone())).then_some(all)
    })
}
