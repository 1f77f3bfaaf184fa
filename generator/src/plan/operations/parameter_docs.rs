//! Documentation of parameters: at each setter, and for required ones in a list at the operation's method, because
//! arguments have no documentation of their own. Does not know how values are sent.

use super::{BodyInput, Input, operation_docs};
use crate::api::{Parameter, Schema, SchemaId, Shape};
use crate::plan::conversions::conversions;
use crate::plan::docs::{self, Lead};
use crate::plan::models::default;
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;

/// The documentation of the parameter with an identifier.
pub(super) fn parameter(parameter: &Parameter, identifier: &str, types: &Types<'_>) -> Vec<String> {
    let schema = types.schema(parameter.schema);
    let own = |schema: &Schema| schema.description.clone();
    let own = schema.and_then(own);
    let description = parameter.description.as_deref().or(own.as_deref()).unwrap_or_default();
    // Arguments are items of a list, which has no summaries.
    let mut lines = docs::clean(description, if parameter.required { Lead::Paragraph } else { Lead::Line });
    let default = default::value(parameter.schema, types).filter(|_| !parameter.required);
    let default =
        default.and_then(|default| default::note(default, parameter.schema, &types.of(parameter.schema), types));
    if lines.is_empty() {
        lines.extend(docs::of_name(&parameter.name, identifier));
    }
    if let Some(made) = conversion(parameter.schema, types).filter(|_| parameter.required) {
        match lines.first_mut() {
            Some(first) if first.starts_with(char::is_alphabetic) => *first = format!("{made} {first}"),
            Some(_) => drop(lines.splice(..0, [made, String::new()])),
            None => lines.push(made),
        }
    }
    let deprecated = docs::of_deprecated(parameter.deprecated, &lines);
    docs::add_notes(&mut lines, default.into_iter().chain(deprecated));
    lines
}

/// The sentence about an argument that is a union with a conversion: its type, and a value that is converted.
fn conversion(id: SchemaId, types: &Types<'_>) -> Option<String> {
    let (inner, _) = types.resolve(id);
    let Shape::Union(union) = &types.schema(inner)?.shape else { return None };
    let ty = types.of(id);
    let RustType::Model { class: Class::Scalars, .. } = &ty else { return None };
    let conversions = conversions(union, types);
    let any = |fits: fn(&RustType) -> bool| conversions.iter().flatten().any(fits);
    let value = if any(|ty| *ty == RustType::String) {
        "\"…\""
    } else if any(|ty| matches!(ty, RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64)) {
        "1"
    } else {
        return None;
    };
    Some(format!("{}, such as `&{value}.into()`.", operation_docs::type_in_words(&ty)?))
}

/// A list of the arguments of a call: the name and the documentation of each. There is none where no argument has
/// documentation, because the signature has the names.
pub(super) fn arguments(inputs: &[Input], body: Option<&BodyInput>) -> Vec<String> {
    let inputs: Vec<&Input> = inputs.iter().filter(|input| input.is_argument()).collect();
    let body = body.filter(|body| body.is_argument);
    if inputs.iter().all(|input| input.docs.is_empty()) && body.is_none_or(|body| body.docs.is_empty()) {
        return Vec::new();
    }
    let mut lines = vec![String::new()];
    for input in inputs {
        item(&input.name, &input.docs, None, &mut lines);
    }
    if let Some(body) = body {
        item(&body.name, &body.docs, operation_docs::type_in_words(&body.ty()), &mut lines);
    }
    lines
}

/// An item of a list. More than one paragraph stands below the name. Without documentation it has the type, if that is a
/// generated one.
fn item(name: &str, docs: &[String], ty: Option<String>, lines: &mut Vec<String>) {
    if docs.is_empty() {
        lines.push(format!("- `{name}`{}", ty.map_or_else(String::new, |ty| format!(": {ty}"))));
        return;
    }
    let block = |line: &String| line.starts_with(['-', '|', '>', '#', '~', '*']) || line.starts_with("```");
    let first = docs.first().filter(|line| !block(line) && !line.starts_with(|c: char| c.is_ascii_digit()));
    lines.push(first.map_or_else(|| format!("- `{name}`:"), |first| format!("- `{name}`: {first}")));
    if first.is_none() {
        lines.push(String::new());
    }
    let rest = docs.iter().skip(usize::from(first.is_some()));
    lines.extend(rest.map(|line| if line.is_empty() { String::new() } else { format!("  {line}") }));
}
