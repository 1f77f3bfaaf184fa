//! Every name of a generated crate with the place of the description that it is for.

use super::Plan;
use super::models::{Kind, Model};
use super::operations::{Group, PlannedOperation};
use crate::api::Location;

/// A name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// A pointer or a route, then a sign and the named part of it: `#/components/schemas/Pet .status`, `GET /pets ?limit`. The signs
    /// are `.` for a field, `=` for a value, `|` for a member of a union, `...` for unknown fields, `()` for a struct of arguments or a
    /// module, `?` for the query, `/` for the path, `:` for a header and `;` for a cookie.
    pub place: String,
    /// The name in Rust, as a path inside the crate.
    pub name: String,
}

/// The names of a crate.
#[must_use]
pub(crate) fn names(plan: &Plan) -> Vec<Named> {
    let mut names = Vec::new();
    for model in plan.models.iter().filter(|model| !model.pointer.is_empty()) {
        // The fields of an alias are those of the type.
        of_model(model, &plan.definition(model).kind, &mut names);
    }
    for group in &plan.groups {
        of_group(group, &mut names);
    }
    let variables = plan.client.variables.iter();
    names.extend(variables.map(|variable| named(format!("{{{}}}", variable.wire), &variable.setter)));
    let headers = plan.client.headers.iter();
    names.extend(headers.map(|header| named(format!("header {}", header.input.wire), &header.input.name)));
    let webhooks = plan.webhooks.iter().flat_map(|webhooks| &webhooks.variants);
    names.extend(webhooks.map(|webhook| named(format!("webhook {}", webhook.name), &webhook.path())));
    names
}

fn named(place: String, name: &str) -> Named {
    Named { place, name: name.to_owned() }
}

/// Adds the names of a type and its fields or variants.
fn of_model(model: &Model, kind: &Kind, names: &mut Vec<Named>) {
    let place = &model.pointer;
    let path = format!("models::{}", model.name);
    match kind {
        Kind::Struct(structure) => {
            let fields = structure.fields.iter();
            names.extend(
                fields.map(|field| named(format!("{place} .{}", field.wire), &format!("{path}::{}", field.name))),
            );
            if let Some((name, _)) = structure.extra.field() {
                names.push(named(format!("{place} ..."), &format!("{path}::{name}")));
            }
            if let Some(arguments) = &structure.arguments {
                names.push(named(format!("{place} ()"), &format!("models::{arguments}")));
            }
        }
        Kind::StringEnum(listed) | Kind::IntegerEnum(listed) => {
            let values = listed.values.iter();
            names.extend(
                values.map(|value| named(format!("{place} ={}", value.wire), &format!("{path}::{}", value.variant))),
            );
        }
        Kind::Union(union) => {
            let members = union.members.iter();
            names.extend(
                members.map(|member| {
                    named(format!("{place} |{}", member.ty.path()), &format!("{path}::{}", member.variant))
                }),
            );
        }
        Kind::Alias(_) => {}
    }
    names.push(named(place.clone(), &path));
}

fn of_group(group: &Group, names: &mut Vec<Named>) {
    if let Some(operation) = group.operations.first() {
        let tag = operation.tag.as_deref().unwrap_or_default();
        names.push(named(format!("tag {tag}"), &group.path()));
        names.push(named(format!("tag {tag} ()"), &group.module));
    }
    for operation in &group.operations {
        of_operation(group, operation, names);
    }
}

/// Adds the names of an operation, its parameters and the types beside it.
fn of_operation(group: &Group, operation: &PlannedOperation, names: &mut Vec<Named>) {
    let route = operation.route();
    let call = format!("{}::{}", group.path(), operation.name);
    let type_path = |name: &str| format!("api::{}::{name}", group.module);
    for input in &operation.inputs {
        let sign = match input.location {
            Location::Path => "/",
            Location::Query | Location::QueryString => "?",
            Location::Header => ":",
            Location::Cookie => ";",
        };
        names.push(named(format!("{route} {sign}{}", input.wire), &format!("{call}::{}", input.name)));
    }
    for (what, name) in [("success", operation.success.enum_name()), ("error", operation.error_type())] {
        names.extend(name.map(|name| named(format!("{route} {what}"), &type_path(name))));
    }
    if let Some(headers) = &operation.headers {
        names.push(named(format!("{route} headers"), &type_path(&headers.name)));
        for field in &headers.fields {
            let path = type_path(&format!("{}::{}", headers.name, field.name));
            names.push(named(format!("{route} header {} {}", field.wire, field.ty.path()), &path));
        }
    }
    names.push(named(format!("{route} type"), &type_path(&operation.marker)));
    names.push(named(route, &call));
}
