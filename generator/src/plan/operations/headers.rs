//! Documented headers of responses: one struct for each operation that has any.

use super::status::variant_name;
use crate::api::{Header, Response, Style};
use crate::plan::docs::{self, Deprecation};
use crate::plan::names::{Scope, snake};
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;

/// The documented headers of an operation's responses.
#[derive(Debug)]
pub(crate) struct HeaderView {
    /// Name of the type that reads them.
    pub name: String,
    /// In the order of the description.
    pub fields: Vec<HeaderField>,
}

/// A header.
#[derive(Debug, PartialEq)]
pub(crate) struct HeaderField {
    /// Name on the wire.
    pub wire: String,
    /// Name in Rust.
    pub name: String,
    /// True if the value is JSON.
    pub json: bool,
    /// True if objects are written as `k=v`.
    pub explode: bool,
    /// Type.
    pub ty: RustType,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// Its deprecation.
    pub deprecated: Option<Deprecation>,
}

/// Names of methods that every such struct has.
const TAKEN: &[&str] = &["clone", "fmt", "from", "into", "new"];

/// The type of the documented headers of responses, if there are any.
pub(super) fn view(responses: &[Response], types: &Types<'_>, scope: &mut Scope, name: &str) -> Option<HeaderView> {
    let mut found: Vec<(&Header, RustType, Vec<String>)> = Vec::new();
    for response in responses {
        for header in &response.headers {
            let ty = types.of(header.schema).strict();
            let same = |known: &&mut (&Header, RustType, Vec<String>)| {
                known.0.name.eq_ignore_ascii_case(&header.name) && known.1 == ty && known.0.style == header.style
            };
            match found.iter_mut().find(same) {
                Some(known) => known.2.push(variant_name(response.status)),
                None => found.push((header, ty, vec![variant_name(response.status)])),
            }
        }
    }
    let mut names = Scope::with(TAKEN);
    let wanted: Vec<String> = found.iter().map(|(header, ..)| snake(&header.name)).collect();
    let fields = found.into_iter().map(|(header, ty, statuses)| {
        let plain = snake(&header.name);
        // Headers that have one name but different types get the status in their names.
        let by_status =
            format!("{}_{}", plain.trim_end_matches('_'), snake(statuses.first().map_or("", String::as_str)));
        let is_only = wanted.iter().filter(|other| **other == plain).count() == 1;
        let name = names.claim_first(&if is_only { [plain, by_status] } else { [by_status, plain] });
        let mut lines = docs::of_field(header.description.as_deref());
        if lines.is_empty() {
            lines.extend(docs::of_name(&header.name, &name));
        }
        HeaderField {
            wire: header.name.clone(),
            name,
            json: header.style == Style::Json,
            explode: header.explode,
            ty,
            deprecated: Deprecation::of(header.deprecated, &lines),
            docs: lines,
        }
    });
    let fields: Vec<HeaderField> = fields.collect();
    (!fields.is_empty()).then(|| HeaderView { name: scope.claim(name), fields })
}
