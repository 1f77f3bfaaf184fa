//! The meaning of a description as text.

use crate::api::Api;
use std::fmt::Write;

/// One line for each schema and operation.
#[must_use]
pub fn api(api: &Api) -> String {
    let mut text = format!("{} {}\n", api.info.title, api.info.version);
    for (index, schema) in api.schemas.iter().enumerate() {
        let null = if schema.nullable { " or null" } else { "" };
        let _ = writeln!(text, "#{index} {}: {:?}{null}", schema.hint.join("."), schema.shape);
    }
    for operation in &api.operations {
        let names: Vec<&str> = operation.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let _ = writeln!(text, "{} {} ({})", operation.method, operation.path, names.join(", "));
    }
    text
}
