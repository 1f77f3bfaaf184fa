//! Properties that only one side sends: whoever sends the others need not have a value for them. Knows only the model.

use super::prune::each;
use crate::api::{Api, Media, Payload, SchemaId, Shape};

/// A `readOnly` property is optional in what callers send, and a `writeOnly` one in what servers send, whatever
/// `required` says.
pub(super) fn relax(api: &mut Api) {
    let (sent, received) = ways(api);
    for ((schema, sent), received) in api.schemas.iter_mut().zip(sent).zip(received) {
        let Shape::Object(object) = &mut schema.shape else { continue };
        for property in &mut object.properties {
            if (property.read_only && sent) || (property.write_only && received) {
                property.required = false;
            }
        }
    }
}

/// Notes at each schema who sends it.
pub(super) fn note(api: &mut Api) {
    let (sent, received) = ways(api);
    // Whoever receives a webhook reads it, and whoever tests that writes it.
    let payloads = api.payloads.iter().flat_map(Payload::schemas).collect();
    let payloads = reached(api, payloads);
    for (((schema, sent), received), payload) in api.schemas.iter_mut().zip(sent).zip(received).zip(payloads) {
        (schema.sent, schema.received) = (sent || payload, received || payload);
    }
}

/// Whether callers send each schema, and whether servers do.
pub(super) fn ways(api: &mut Api) -> (Vec<bool>, Vec<bool>) {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref()).flat_map(|body| &body.media);
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let sent: Vec<SchemaId> =
        bodies.flat_map(Media::schemas).chain(parameters.map(|parameter| parameter.schema)).collect();
    let answers = || api.operations.iter().flat_map(|operation| &operation.responses);
    let headers = answers().flat_map(|answer| &answer.headers).map(|header| header.schema);
    let bodies = answers().flat_map(|answer| &answer.media).flat_map(Media::schemas);
    let received: Vec<SchemaId> = bodies.chain(headers).collect();
    (reached(api, sent), reached(api, received))
}

/// Whether each schema is one of these, or in one.
fn reached(api: &mut Api, mut open: Vec<SchemaId>) -> Vec<bool> {
    let mut seen = vec![false; api.schemas.len()];
    while let Some(id) = open.pop() {
        let Some(place) = seen.get_mut(id.0 as usize) else { continue };
        if !std::mem::replace(place, true) {
            let shape = api.schemas.get_mut(id.0 as usize).map(|schema| &mut schema.shape);
            each(shape, |inner| open.push(*inner));
        }
    }
    seen
}
