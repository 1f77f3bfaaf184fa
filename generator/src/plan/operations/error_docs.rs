//! The section `# Errors` in the documentation of an operation: the documented statuses, with the text of the description
//! about each and the type of its body. Does not know how bodies are read.

use super::operation_docs::type_in_words;
use super::outcome::{Outcome, TypedResponse};
use super::{response_docs, result_types};
use crate::api::{Operation, Status};
use crate::plan::docs;
use crate::plan::rust_type::RustType;

/// The section, or nothing where the description has no error. `name` is that of the type of errors. `responses` are the
/// documented responses that are not successes, and `left_out` those that the lock leaves out of the type of errors.
pub(super) fn section(
    operation: &Operation,
    name: Option<&str>,
    error: &Outcome,
    responses: &[TypedResponse],
    left_out: &[TypedResponse],
) -> Vec<String> {
    let rows = rows(operation, responses, left_out);
    if rows.is_empty() {
        return Vec::new();
    }
    let first = first(name, error, responses);
    let is_only = matches!(rows.as_slice(), [row] if row.statuses == [Status::Default]);
    let default = if is_only { "every error status" } else { "every other status" };
    let head = [String::new(), "# Errors".to_owned(), String::new(), first, String::new()];
    head.into_iter().chain(rows.iter().map(|row| row.line(default))).collect()
}

/// The line before the list. `name` is that of the type of errors; none where an error can be any JSON.
fn first(name: Option<&str>, error: &Outcome, responses: &[TypedResponse]) -> String {
    const API: &str = "[`Error::api`](crate::Error::api)";
    let has_body = responses.iter().any(|response| response.ty != RustType::Unit && is_shown(response.status));
    let has_unit = match error {
        Outcome::Several { responses, .. } => responses.iter().any(|response| response.ty == RustType::Unit),
        Outcome::One(..) => false,
    };
    match name {
        None => {
            format!("The documented statuses. {API} returns any error body as [`Json`](crate::runtime::Json):")
        }
        Some(_) if !has_body => "The documented statuses:".to_owned(),
        Some(name) => {
            let empty = if has_unit { ", with `()` where no body is documented" } else { "" };
            format!("The documented statuses. {API} returns the body as [`{name}`]{empty}:")
        }
    }
}

/// The rows of the list of documented statuses.
fn rows(operation: &Operation, responses: &[TypedResponse], left_out: &[TypedResponse]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for TypedResponse { status, .. } in responses.iter().filter(|response| is_shown(response.status)) {
        if rows.iter().any(|row| row.statuses.contains(status)) {
            continue;
        }
        let of_status: Vec<&TypedResponse> = responses.iter().filter(|response| response.status == *status).collect();
        let other = left_out.iter().find(|response| response.status == *status && response.media.is_none());
        let body = other.map_or_else(|| body(operation, &of_status), of_another_type);
        let text = text(operation, *status);
        match rows.iter_mut().find(|row| row.body == body && row.text == text) {
            Some(row) => row.statuses.push(*status),
            None => rows.push(Row { statuses: vec![*status], text, body }),
        }
    }
    rows
}

/// The text of the description about a status.
fn text(operation: &Operation, status: Status) -> Option<String> {
    let response = operation.responses.iter().find(|response| response.status == status)?;
    response_docs::line(status, response.description.as_deref())
}

/// Statuses with equal bodies and one text.
struct Row {
    statuses: Vec<Status>,
    text: Option<String>,
    body: String,
}

impl Row {
    /// The line of the list. `default` is the word for the default response.
    fn line(&self, default: &str) -> String {
        let exact = self.statuses.iter().filter(|status| **status != Status::Default);
        let mut names: Vec<String> = exact.map(|status| format!("`{status}`")).collect();
        if self.statuses.contains(&Status::Default) {
            names.push(default.to_owned());
        }
        let text = self.text.as_ref().map(|text| format!("{}; ", text.trim_end_matches('.'))).unwrap_or_default();
        format!("- {}: {text}{}", names.join(", "), self.body)
    }
}

/// Returns true for statuses that can be an error or a redirect: not 1XX, which never ends a call, and not 2XX.
const fn is_shown(status: Status) -> bool {
    !matches!(status, Status::Exact(..=299) | Status::Range(..=2))
}

/// The body of a status that has these types. 304 is not an error, and redirects are followed (RFC 9110, section 15.4).
fn body(operation: &Operation, responses: &[&TypedResponse]) -> String {
    let types = responses.iter().map(|response| {
        let ty = named(&response.ty);
        response.media.as_ref().map_or(ty.clone(), |media| format!("{ty} as `{}`", docs::escape_inline(media)))
    });
    let types = types.collect::<Vec<_>>().join(", ");
    let has_body = responses.iter().any(|response| response.ty != RustType::Unit);
    match responses.first().map(|response| response.status) {
        Some(Status::Exact(304)) => {
            "not modified, the response to a conditional request, for which `Error::is_not_modified` is true; it has no body"
                .to_owned()
        }
        Some(status @ (Status::Exact(301..=303 | 307 | 308) | Status::Range(3))) if !has_body => {
            redirect(operation, status).to_owned()
        }
        Some(status @ Status::Exact(301..=303 | 307 | 308)) => {
            format!("{}. Without a `location` header its body is {types}", redirect(operation, status))
        }
        _ => types,
    }
}

/// The handling of a redirect, which depends on the method and on the status (RFC 9110, section 15.4).
fn redirect(operation: &Operation, status: Status) -> &'static str {
    match (operation.method.as_str(), status) {
        ("GET" | "HEAD", _) => {
            "a redirect, which the client follows on the same origin. To another origin it is an error of the kind `Redirect`; \
             `follow_redirects_anywhere()` follows it, and `return_redirects().send_raw()` returns the redirect itself"
        }
        (_, Status::Exact(307 | 308)) => {
            "a redirect, which the client follows on the same origin. To another origin it is an error of the kind `Redirect`; \
             `return_redirects().send_raw()` returns the redirect itself"
        }
        (_, Status::Range(_)) => {
            "a redirect. The client follows 307 and 308 on the same origin. The others are errors of the kind `Redirect`, whose \
             `headers()` have the `location`"
        }
        (_, Status::Exact(_) | Status::Default) => {
            "a redirect, which is an error of the kind `Redirect`: the client follows it for `GET` and `HEAD` only. \
             `error.headers()` has the `location`"
        }
    }
}

/// The body of a status whose type the lock leaves out.
fn of_another_type(response: &TypedResponse) -> String {
    match response.ty {
        RustType::Unit => named(&response.ty),
        _ => format!("{}; {}", named(&response.ty), result_types::decoding("error", response)),
    }
}

/// A type in words.
fn named(ty: &RustType) -> String {
    match ty {
        RustType::Unit => "no documented body".to_owned(),
        ty => type_in_words(ty).unwrap_or_else(|| format!("`{}`", ty.path())),
    }
}
