//! Types of the runtime whose values cannot be built by a literal outside of it, so that a new field breaks no crate.

use super::sources::{Library, is_public};
use syn::{Attribute, Fields, Item};

/// Types that callers build by literals, and generated code does not.
const OF_CALLERS: [&str; 3] = ["Backoff", "CompressRequests", "TransportError"];

/// Structs, and variants of enums, that a literal outside of the library can build.
pub(crate) fn open_literals(library: &Library) -> Vec<String> {
    let mut found = Vec::new();
    let is_open =
        |fields: &Fields| matches!(fields, Fields::Named(_)) && fields.iter().all(|field| is_public(&field.vis));
    let is_closed = |attributes: &[Attribute]| attributes.iter().any(|one| one.path().is_ident("non_exhaustive"));
    for item in library.modules.values().flat_map(|module| &module.items) {
        match item {
            Item::Struct(item) if is_public(&item.vis) && is_open(&item.fields) && !is_closed(&item.attrs) => {
                found.push(item.ident.to_string());
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let named = item.variants.iter().filter(|variant| matches!(variant.fields, Fields::Named(_)));
                let open = named.filter(|variant| !is_closed(&variant.attrs));
                found.extend(open.map(|variant| format!("{}::{}", item.ident, variant.ident)));
            }
            _ => {}
        }
    }
    found.retain(|name| !OF_CALLERS.contains(&name.as_str()));
    found
}
