//! The responses to requests that do not match the description: problems (RFC 9457).

use super::message::{Request, Response};
use crate::api::{Api, Operation, Shape};
use crate::validation::{Detail, Difference};
use serde_json::json;

/// Maximum number of violations of one problem.
const MAX: usize = 20;
/// Maximum number of paths that a problem names.
const MAX_PATHS: usize = 3;

/// A place of the request that the description forbids.
#[derive(Debug)]
pub(super) struct Violation {
    /// Pointer into the request: `/path/id`, `/query/limit`, `/headers/X-Version`, `/cookies/session`, `/body/pets/0`.
    pub place: String,
    /// Pointer into the description.
    pub schema: String,
    /// The violation, without a subject.
    pub message: String,
}

/// The pointer of the keyword that a value violates.
pub(super) fn place_in_schema(api: &Api, found: &Difference<'_>) -> String {
    let Some(schema) = api.schemas.get(found.schema) else { return String::new() };
    let keyword = match &found.detail {
        Detail::Field(..) => "/additionalProperties",
        Detail::Missing(_) => "/required",
        Detail::Value(_) if schema.is_const => "/const",
        Detail::Value(_) if matches!(schema.shape, Shape::Enum(_)) || schema.only_value.is_some() => "/enum",
        Detail::Type(..) if schema.only_value.is_none() => "/type",
        Detail::Keyword(keyword, _) => return format!("{}/{keyword}", schema.origin.pointer),
        _ => "",
    };
    format!("{}{keyword}", schema.origin.pointer)
}

/// A problem.
pub(super) fn problem(status: u16, title: &str, detail: &str, more: serde_json::Value) -> Box<Response> {
    let mut body = json!({ "title": title, "status": status, "detail": detail });
    if let (Some(body), serde_json::Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    let headers = vec![("Content-Type".to_owned(), "application/problem+json".to_owned())];
    Box::new(Response { status, headers, body: body.to_string().into_bytes() })
}

/// A request whose parameters or body the description forbids.
pub(super) fn invalid(operation: &Operation, violations: &[Violation]) -> Box<Response> {
    let shown = violations.iter().take(MAX);
    let list: Vec<_> =
        shown.map(|found| json!({ "place": found.place, "schema": found.schema, "message": found.message })).collect();
    let first = violations.first().map(|found| format!("{} {}", found.place, found.message)).unwrap_or_default();
    let more = violations.len().saturating_sub(1);
    let detail = if more == 0 { first } else { format!("{first}, and {more} more") };
    let more = json!({ "operation": operation.named(), "violations": list });
    problem(400, "The request does not match the description", &detail, more)
}

/// A path that the description does not have; `shown` is the path without secrets.
pub(super) fn not_found(api: &Api, request: &Request, shown: &str) -> Box<Response> {
    let path = request.path();
    let mut near: Vec<(usize, &str)> =
        api.operations.iter().map(|operation| (distance(path, &operation.path), operation.path.as_str())).collect();
    near.sort_unstable();
    near.dedup();
    let near: Vec<&str> = near.into_iter().take(MAX_PATHS).map(|(_, path)| path).collect();
    let shown: String = shown.chars().take(200).collect();
    let detail = format!("no path of the description matches `{shown}`");
    problem(404, "Unknown path", &detail, json!({ "nearest": near }))
}

/// The number of edits between a path and a template, of which a parameter stands for any segment.
fn distance(path: &str, template: &str) -> usize {
    let (path, template): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), template.split('/').collect());
    // A long path would take too long.
    let part = |text: &str| text.chars().take(64).collect::<String>();
    let edits = template.iter().zip(&path).take(64).map(|(template, segment)| {
        if template.contains('{') { 1 } else { strsim::levenshtein(&part(template), &part(segment)) }
    });
    edits.sum::<usize>() + 10 * template.len().abs_diff(path.len())
}

/// A method that the path does not have.
pub(super) fn method_not_allowed(operations: &[&Operation], request: &Request) -> Box<Response> {
    let mut methods: Vec<String> = operations.iter().map(|operation| operation.method.to_uppercase()).collect();
    methods.dedup();
    let allowed = methods.join(", ");
    let method: String = request.method.chars().take(20).collect();
    let detail = format!("the path has {allowed}, and not {method}");
    let mut response = problem(405, "Method not allowed", &detail, json!({}));
    response.headers.push(("Allow".to_owned(), allowed));
    response
}
