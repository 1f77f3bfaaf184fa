//! The documentation of operations.

use super::{BodyInput, HeaderView, Input, parameter_docs};
use crate::api::{Operation, Status};
use crate::plan::docs::{self, Lead};

/// The documentation of the required arguments that have any.
pub(super) fn documented_arguments(inputs: &[Input], body: Option<&BodyInput>) -> Vec<String> {
    let inputs = inputs.iter().filter(|input| input.is_argument() && !input.docs.is_empty());
    let inputs = inputs.map(|input| (&input.name, &input.docs));
    let body = body.filter(|body| body.required && !body.docs.is_empty()).map(|body| (&body.name, &body.docs));
    parameter_docs::arguments(inputs.chain(body))
}

/// A paragraph that names the methods of the call for optional parameters.
pub(super) fn optional_parameters(inputs: &[Input], body: Option<&BodyInput>) -> Vec<String> {
    let optional = inputs.iter().filter(|input| !input.required && !input.on_client && input.fixed.is_none());
    let body = body.filter(|body| !body.required).map(|body| &body.name);
    let mut names: Vec<String> =
        optional.map(|input| &input.name).chain(body).map(|name| format!("`{name}`")).collect();
    // The order of the description has no influence.
    names.sort_unstable();
    if names.is_empty() {
        return Vec::new();
    }
    let line = format!("Methods of the call for optional parameters: {}.", names.join(", "));
    std::iter::once(String::new()).chain(docs::clean(&line, Lead::Paragraph)).collect()
}

/// The summary of an operation, or its method and path.
pub(super) fn about(operation: &Operation) -> Vec<String> {
    let summary = docs::of(&docs::one_line(operation.summary.as_deref().unwrap_or_default()), None);
    if summary.is_empty() {
        vec![format!("`{} {}`", operation.method, docs::escape_inline(&operation.path))]
    } else {
        summary
    }
}

pub(super) fn described(
    operation: &Operation,
    mut lines: Vec<String>,
    arguments: &[String],
    results: impl Iterator<Item = String>,
    headers: Option<&HeaderView>,
    failing: &[Status],
) -> Vec<String> {
    if let Some(note) = &operation.preview {
        let note = if note.is_empty() { "It may change without notice." } else { note };
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(docs::of_note("**Preview.**", note));
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(format!("`{} {}`", operation.method, docs::escape_inline(&operation.path)));
    lines.extend_from_slice(arguments);
    if !operation.permissions.is_empty() {
        lines.extend([String::new(), format!("Permissions: `{}`.", operation.permissions.join("`, `"))]);
    }
    for result in results {
        lines.extend([String::new(), result]);
    }
    if let Some(view) = headers {
        lines.extend([String::new(), format!("Headers of the responses: [`{}`].", view.name)]);
    }
    if let Some(errors) = parameter_docs::errors(failing) {
        lines.extend([String::new(), "# Errors".to_owned(), String::new(), errors]);
    }
    lines
}
