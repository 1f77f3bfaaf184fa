//! Properties that only one side sends. The other side needs no value for them. Knows only the `Api`.

use super::direction::{discriminator_properties, ways};
use crate::api::{Api, Shape};

/// Makes `readOnly` properties optional in requests and `writeOnly` properties optional in responses, whatever
/// `required` says. Discriminators stay required.
pub(super) fn relax(api: &mut Api) {
    let (sent, received) = ways(api);
    let discriminators = discriminator_properties(api);
    for (((id, schema), sent), received) in api.schemas.ids().zip(&mut api.schemas).zip(sent).zip(received) {
        let Shape::Object(object) = &mut schema.shape else { continue };
        for property in &mut object.properties {
            let is_discriminator = discriminators.contains(&(id, property.name.clone()));
            if (property.read_only && sent && !is_discriminator) || (property.write_only && received) {
                property.required = false;
            }
        }
    }
}
