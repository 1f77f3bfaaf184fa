//! The direction of each schema: callers send it, servers send it, or both. Knows only the `Api`.

use super::prune::reachable;
use crate::api::{AllOrNamed, Api, Media, SchemaId, Shape, Webhook};
use std::collections::{BTreeMap, BTreeSet};

/// Sets `sent` and `received` of each schema, and `withheld` of the properties that callers leave out.
pub(super) fn set(api: &mut Api, send_read_only: &AllOrNamed) {
    let (sent, received) = ways(api);
    withhold(api, &sent, send_read_only);
    // The caller's server reads a webhook, and its tests write it.
    let webhooks = api.webhooks.iter().flat_map(Webhook::schemas).collect();
    let webhooks = reachable(api, webhooks);
    for (((schema, sent), received), webhook) in api.schemas.iter_mut().zip(sent).zip(received).zip(webhooks) {
        (schema.sent, schema.received) = (sent || webhook, received || webhook);
    }
}

/// Marks read-only properties in requests. Discriminators are always sent.
fn withhold(api: &mut Api, sent: &[bool], send_read_only: &AllOrNamed) {
    let discriminators = discriminator_properties(api);
    let named: BTreeMap<SchemaId, String> = api.components.iter().map(|(name, id)| (*id, name.clone())).collect();
    for ((id, schema), _) in api.schemas.ids().zip(&mut api.schemas).zip(sent).filter(|(_, sent)| **sent) {
        let pointer = schema.origin.pointer.as_str();
        let Shape::Object(object) = &mut schema.shape else { continue };
        for property in &mut object.properties {
            let is_sent = send_read_only.has(|name| {
                let schema = name.strip_suffix(&property.name).and_then(|name| name.strip_suffix('.'));
                schema.is_some_and(|schema| schema == pointer || named.get(&id).is_some_and(|name| name == schema))
            });
            let is_discriminator = discriminators.contains(&(id, property.name.clone()));
            property.withheld = property.read_only && !property.write_only && !is_discriminator && !is_sent;
        }
    }
}

/// The properties that are discriminators of unions.
pub(super) fn discriminator_properties(api: &Api) -> BTreeSet<(SchemaId, String)> {
    let mut found = BTreeSet::new();
    for schema in &api.schemas {
        let Shape::Union(union) = &schema.shape else { continue };
        let Some(discriminator) = &union.discriminator else { continue };
        for member in &union.members {
            let mut id = member.schema;
            // Earlier steps removed circular chains.
            while let Some(Shape::Same(next)) = api.schemas.get(id).map(|schema| &schema.shape) {
                id = *next;
            }
            found.insert((id, discriminator.clone()));
        }
    }
    found
}

/// Two flags for each schema: callers send it, and servers send it.
pub(super) fn ways(api: &mut Api) -> (Vec<bool>, Vec<bool>) {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref()).flat_map(|body| &body.media);
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let sent: Vec<SchemaId> =
        bodies.flat_map(Media::schemas).chain(parameters.map(|parameter| parameter.schema)).collect();
    let responses = || api.operations.iter().flat_map(|operation| &operation.responses);
    let headers = responses().flat_map(|response| &response.headers).map(|header| header.schema);
    let bodies = responses().flat_map(|response| &response.media).flat_map(Media::schemas);
    let received: Vec<SchemaId> = bodies.chain(headers).collect();
    (reachable(api, sent), reachable(api, received))
}
