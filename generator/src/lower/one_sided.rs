//! Properties that only one side sends. The other side needs no value for them. Knows only the `Api`.

use super::direction::{tags, ways};
use crate::api::{Api, Shape};

/// Makes `readOnly` properties optional in requests and `writeOnly` properties optional in responses, whatever
/// `required` says. Discriminators stay required.
pub(super) fn relax(api: &mut Api) {
    let (sent, received) = ways(api);
    let tags = tags(api);
    for (((id, schema), sent), received) in api.schemas.ids().zip(&mut api.schemas).zip(sent).zip(received) {
        let Shape::Object(object) = &mut schema.shape else { continue };
        for property in &mut object.properties {
            let tag = tags.contains(&(id, property.name.clone()));
            if (property.read_only && sent && !tag) || (property.write_only && received) {
                property.required = false;
            }
        }
    }
}
