//! Removal of unused schemas, such as the intermediate schemas of a merge. Knows only the `Api`.

use crate::api::{Api, Extra, Media, Operation, SchemaId, Shape, Webhook};

/// Keeps the schemas that are reachable from components and operations, in their order.
pub(super) fn prune(api: &mut Api) {
    let mut roots: Vec<SchemaId> = api.components.values().copied().collect();
    roots.extend(api.operations.iter().flat_map(Operation::schemas));
    roots.extend(api.webhooks.iter().flat_map(Webhook::schemas));
    let used = reachable(api, roots);
    let mut next = 0;
    let new: Vec<SchemaId> = used
        .iter()
        .map(|used| {
            let id = SchemaId::at(next);
            next += usize::from(*used);
            id
        })
        .collect();
    renumber(api, &used, &new);
}

/// Marks the schemas that are reachable from some others, which are included.
pub(super) fn reachable(api: &mut Api, mut open: Vec<SchemaId>) -> Vec<bool> {
    let mut used = vec![false; api.schemas.len()];
    while let Some(id) = open.pop() {
        let Some(seen) = used.get_mut(id.index()) else { continue };
        if !std::mem::replace(seen, true) {
            let shape = api.schemas.get_mut(id).map(|schema| &mut schema.shape);
            visit_shape_ids(shape, |inner| open.push(*inner));
        }
    }
    used
}

fn renumber(api: &mut Api, used: &[bool], new: &[SchemaId]) {
    api.schemas.retain(used);
    api.duplicates.retain(|duplicate| used.get(duplicate.of.index()).copied().unwrap_or(true));
    visit_api_ids(api, |id| *id = new.get(id.index()).copied().unwrap_or(*id));
}

/// Visits every place that names a schema.
pub(super) fn visit_api_ids(api: &mut Api, mut with: impl FnMut(&mut SchemaId)) {
    for schema in &mut api.schemas {
        visit_shape_ids(Some(&mut schema.shape), &mut with);
    }
    api.components.values_mut().for_each(&mut with);
    api.duplicates.iter_mut().for_each(|duplicate| with(&mut duplicate.of));
    let webhooks = api.webhooks.iter_mut().flat_map(|webhook| &mut webhook.media);
    webhooks.flat_map(Media::schemas_mut).for_each(&mut with);
    for operation in &mut api.operations {
        operation.parameters.iter_mut().map(|parameter| &mut parameter.schema).for_each(&mut with);
        let bodies = operation.body.iter_mut().flat_map(|body| &mut body.media);
        let responses = operation.responses.iter_mut().flat_map(|response| &mut response.media);
        bodies.chain(responses).flat_map(Media::schemas_mut).for_each(&mut with);
        let headers = operation.responses.iter_mut().flat_map(|response| &mut response.headers);
        headers.map(|header| &mut header.schema).for_each(&mut with);
    }
}

/// Visits every schema that a shape names.
pub(super) fn visit_shape_ids(shape: Option<&mut Shape>, mut with: impl FnMut(&mut SchemaId)) {
    match shape {
        Some(Shape::List(inner) | Shape::Map(inner) | Shape::Same(inner)) => with(inner),
        Some(Shape::Tuple(tuple)) => {
            tuple.items.iter_mut().for_each(&mut with);
            if let Extra::Of(values) = &mut tuple.extra {
                with(values);
            }
        }
        Some(Shape::Object(object)) => {
            object.properties.iter_mut().for_each(|property| with(&mut property.schema));
            if let Extra::Of(values) = &mut object.extra {
                with(values);
            }
        }
        Some(Shape::Union(union)) => union.members.iter_mut().for_each(|member| with(&mut member.schema)),
        Some(Shape::Scalar(_) | Shape::Enum(_) | Shape::Any(_)) | None => {}
    }
}

/// Makes schemas that only refer to themselves untyped.
pub(super) fn break_circles(api: &mut Api) -> Vec<SchemaId> {
    let mut broken = Vec::new();
    for start in api.schemas.ids() {
        let (mut id, mut steps) = (start, 0);
        while let Some(Shape::Same(next)) = api.schemas.get(id).map(|schema| &schema.shape) {
            (id, steps) = (*next, steps + 1);
            if id == start || steps > api.schemas.len() {
                broken.push(start);
                break;
            }
        }
        if let Some(schema) = api.schemas.get_mut(start).filter(|_| broken.last() == Some(&start)) {
            schema.shape = super::schema::fallback("refers only to itself");
        }
    }
    broken
}
