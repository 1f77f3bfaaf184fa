//! The documentation of operations.

use super::paging::{self, Pages};
use super::responses::Responses;
use super::stream::{self, Stream};
use super::{BodyInput, HeaderView, Input, Outcome, OwnServer, Passing, ResultLock};
use super::{parameter_docs, response_docs, result_types};
use crate::api::{Operation, Status};
use crate::plan::docs::{self, Lead};
use crate::plan::rust_type::{Class, RustType};

/// The arguments of the method, and the setters of the call.
pub(super) fn arguments_and_setters(inputs: &[Input], body: Option<&BodyInput>) -> Vec<String> {
    let arguments = parameter_docs::arguments(inputs, body);
    [arguments, or_none(inputs, body), optional_parameters(inputs), optional_body(body)].concat()
}

/// A paragraph that names the methods of the call for optional parameters.
fn optional_parameters(inputs: &[Input]) -> Vec<String> {
    let optional = inputs.iter().filter(|input| matches!(input.passing, Passing::Setter));
    let mut names: Vec<String> = optional.map(|input| format!("`{}`", input.name)).collect();
    // The order of the description has no influence.
    names.sort_unstable();
    if names.is_empty() {
        return Vec::new();
    }
    let line = format!("Optional, set on the returned call: {}.", names.join(", "));
    std::iter::once(String::new()).chain(docs::clean(&line, Lead::Paragraph)).collect()
}

/// A paragraph that names the method of the call for an optional body, and links the type of the body. The method itself has no
/// link: rustdoc cannot tell the methods of the calls of two operations apart.
fn optional_body(body: Option<&BodyInput>) -> Vec<String> {
    let Some(body) = body.filter(|body| !body.is_argument) else { return Vec::new() };
    let parts = body.only_payload().and_then(|payload| payload.parts().first());
    let body_type = if let RustType::Option(inner) = body.ty() { *inner } else { body.ty() };
    let ty = parts.map(|parts| format!("[`{}`]", parts.name)).or_else(|| type_in_words(&body_type));
    let ty = ty.map(|ty| format!(": {ty}")).unwrap_or_default();
    vec![String::new(), format!("Optional request body, set with `{}` on the returned call{ty}.", body.name)]
}

/// A paragraph about the required arguments that take a value or `None`.
fn or_none(inputs: &[Input], body: Option<&BodyInput>) -> Vec<String> {
    let inputs = inputs.iter().filter(|input| input.is_argument() && input.ty.takes_or_none());
    let body = body.filter(|body| body.is_argument && body.argument().takes_or_none());
    let names = inputs.map(|input| input.name.as_str()).chain(body.map(|body| body.name.as_str()));
    docs::or_none_note(names).map_or_else(Vec::new, |note| vec![String::new(), note])
}

/// The documentation of the type that stands for an operation, which is a method of a group.
///
/// The type has the module of the group before it: `List` can be an operation of several groups.
pub(super) fn marker_docs(marker: &str, group: &str, module: &str, method: &str) -> Vec<String> {
    let marker = format!("api::{module}::{marker}");
    vec![
        format!("The operation [`{method}`](crate::{group}::{method})."),
        String::new(),
        format!("A type in `Call<{marker}>`, and a value in tests: `server.on({marker})`."),
    ]
}

/// The paragraphs about a success: its value, a stream, a paginated list, and the successes that the lock leaves out.
pub(super) fn success_notes(
    operation: &Operation,
    success: &Outcome,
    responses: &Responses<'_>,
    lock: &ResultLock,
    stream: Option<&Stream>,
    pages: Option<&Pages>,
) -> Vec<Vec<String>> {
    let is_redirect = responses.returns_redirects;
    let has_value = !is_redirect && stream.is_none_or(|stream| !stream.is_only_success);
    let empty = responses.empty(&lock.left_out.success);
    let mut returned = Some(success).filter(|_| has_value).and_then(|success| returned(success, &empty));
    let bytes = success.is_bytes().then(|| responses.schema_of_bytes()).flatten();
    let bytes = bytes.map(|ty| response_docs::bytes_of(&ty));
    returned.iter_mut().for_each(|lines| docs::add_notes(lines, bytes.clone()));
    let followed = match operation.method.as_str() {
        "GET" | "HEAD" => " With `follow_redirects_anywhere()`, `send_stream` returns the body to which it leads.",
        _ => "",
    };
    let redirect = is_redirect.then(|| format!("Returns the redirect, which the client does not follow.{followed}"));
    let others = stream::documentation(stream, success).into_iter().chain(paging::documentation(pages));
    let others = others.chain(result_types::documentation(lock, success)).map(|line| vec![line]);
    redirect.map(|line| vec![line]).into_iter().chain(returned).chain(others).collect()
}

/// The paragraph about the value of a success; none where there is no value, and no text about its status.
fn returned(success: &Outcome, empty: &[(Status, Option<&str>)]) -> Option<Vec<String>> {
    let returned = match success {
        Outcome::One(ty, _) => type_in_words(ty),
        Outcome::Several { name, .. } => Some(format!("[`{name}`]")),
    };
    if success.ty() == RustType::Unit {
        return response_docs::nothing(empty);
    }
    if !success.is_optional() {
        return Some(vec![format!("Returns {}.", returned?)]);
    }
    let mut lines = response_docs::none_clause(empty);
    let first = lines.first_mut()?;
    *first = format!("Returns {}, {first}", returned.unwrap_or_else(|| "the value".to_owned()));
    Some(lines)
}

/// The items of a list or map in words; empty where the type says more.
fn items(ty: &RustType) -> String {
    match ty {
        RustType::Model { .. } => type_in_words(ty).map_or_else(String::new, |item| format!(" of {item}")),
        RustType::Boxed(inner) | RustType::Lenient(inner) => items(inner),
        RustType::String => " of strings".to_owned(),
        _ => String::new(),
    }
}

/// A type in words, with a link to what is generated.
pub(in crate::plan) fn type_in_words(ty: &RustType) -> Option<String> {
    Some(match ty {
        // Beside the operation.
        RustType::Model { name, class: Class::Outcome | Class::Choice, .. } => format!("[`{name}`]"),
        RustType::Model { name, alias, .. } => {
            let name = alias.0.as_ref().unwrap_or(name);
            format!("[`{name}`](crate::models::{name})")
        }
        RustType::List(item) => format!("a list{}", items(item)),
        RustType::Map(value) => format!("a map{}", items(value)),
        RustType::Option(inner) | RustType::Maybe(inner) => format!("{}, or none", type_in_words(inner)?),
        RustType::Boxed(inner) | RustType::Lenient(inner) | RustType::Numeric(inner) => type_in_words(inner)?,
        RustType::String => "a string".to_owned(),
        RustType::Bytes => "bytes".to_owned(),
        RustType::Json => "any JSON value".to_owned(),
        _ => return None,
    })
}

/// The documentation of the method of an operation, in lines.
pub(super) fn method_docs(
    operation: &Operation,
    mut lines: Vec<String>,
    arguments: &[String],
    results: Vec<Vec<String>>,
    headers: Option<&HeaderView>,
    server: Option<&OwnServer>,
    errors: Vec<String>,
) -> Vec<String> {
    if operation.summary.is_some() {
        lines = docs::as_sentence(lines);
    }
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
    lines.extend(server.map(OwnServer::docs).unwrap_or_default());
    lines.extend_from_slice(arguments);
    if !operation.permissions.is_empty() {
        lines.extend([String::new(), format!("Permissions: `{}`.", operation.permissions.join("`, `"))]);
    }
    for result in results {
        lines.push(String::new());
        lines.extend(result);
    }
    if let Some(view) = headers {
        lines.extend([String::new(), format!("Headers of the responses: [`{}`].", view.name)]);
    }
    lines.extend(errors);
    lines
}
