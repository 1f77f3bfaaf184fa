//! Query parameters for numbers and cursors: parameters, and properties of objects that are written as `name=value`
//! each, such as Spring's `Pageable`.

use super::ApiLookup;
use crate::api::{Location, Operation, SchemaId, Style};

/// A name of the query that can take a page number or a cursor.
#[derive(Debug, Clone, Copy)]
pub(super) struct QueryInput<'a> {
    pub(super) name: &'a str,
    pub(super) schema: SchemaId,
    pub(super) description: Option<&'a str>,
    pub(super) deprecated: bool,
}

/// All names of the query, those of parameters first.
pub(super) fn takers<'a>(view: &ApiLookup<'a>, operation: &'a Operation) -> Vec<QueryInput<'a>> {
    let query = || operation.parameters.iter().filter(|parameter| parameter.location == Location::Query);
    let parameters = query().map(|parameter| {
        let description = parameter.description.as_deref();
        QueryInput { name: &parameter.name, schema: parameter.schema, description, deprecated: parameter.deprecated }
    });
    let objects = query().filter(|parameter| parameter.style == Style::Form && parameter.explode);
    let members = objects.flat_map(|parameter| view.properties(parameter.schema)).map(|property| {
        let description = property.description.as_deref();
        QueryInput { name: &property.name, schema: property.schema, description, deprecated: property.deprecated }
    });
    parameters.chain(members).collect()
}
