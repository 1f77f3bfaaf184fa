//! The response of an operation: by the caller's preferences, otherwise its success.

use super::encode::without_schema;
use super::message::{Request, Response};
use super::prefer::Preferences;
use super::problem::problem;
use super::{Mock, accept};
use crate::api::{Media, Operation, Response as Documented, ResponseExample, Status, essence, is_json};
use crate::validation::Direction;
use serde_json::{Value, json};

impl Mock {
    /// The response to a request that the description allows.
    pub(super) fn chosen(&self, operation: &Operation, request: &Request) -> Result<Response, Box<Response>> {
        let preferences = Preferences::of(request);
        let (status, documented) = status(operation, &preferences)?;
        let mut response = Response { status, ..Response::default() };
        if let Some(documented) = documented {
            response.headers = self.headers(documented);
            if has_body(status) && !documented.media.is_empty() {
                let (name, body) = self.content(operation, documented, &preferences, request)?;
                response.headers.push(("Content-Type".to_owned(), name));
                response.body = body;
            }
        }
        response.headers.extend(preferences.applied().map(|applied| ("Preference-Applied".to_owned(), applied)));
        Ok(response)
    }

    /// The media type of a body, and the body.
    fn content(
        &self,
        operation: &Operation,
        documented: &Documented,
        preferences: &Preferences,
        request: &Request,
    ) -> Result<(String, Vec<u8>), Box<Response>> {
        let accept = request.header("accept");
        let Some((media, name)) = accept::choose(accept.as_deref(), &documented.media) else {
            let known: Vec<&str> = documented.media.iter().map(|media| media.name.as_str()).collect();
            let detail = format!("the response has {}, which the request does not accept", known.join(", "));
            return Err(problem(406, "Not acceptable", &detail, json!({ "operation": operation.named() })));
        };
        let examples = || documented.examples.iter().filter(|example| essence(&example.media) == essence(&media.name));
        if let Some(wanted) = &preferences.example {
            let found = examples().find(|example| example.name.as_ref() == Some(wanted));
            let Some(found) = found else {
                let known: Vec<&str> = examples().filter_map(|example| example.name.as_deref()).collect();
                let detail = format!("the response has no example `{wanted}`");
                return Err(problem(400, "Unknown example", &detail, json!({ "examples": known })));
            };
            return Ok((name, found.text.clone().into_bytes()));
        }
        let example = examples().filter(|_| !preferences.dynamic).find(|example| self.is_usable(media, example));
        if let Some(example) = example {
            return Ok((name, example.text.clone().into_bytes()));
        }
        let made = self.encoded(media, name.clone(), Direction::Response, !preferences.dynamic);
        Ok(made.unwrap_or_else(|| (name, without_schema(&essence(&media.name), Direction::Response).into_bytes())))
    }

    /// Returns true for an example that the schema of its media type allows.
    fn is_usable(&self, media: &Media, example: &ResponseExample) -> bool {
        match media.schema.filter(|_| is_json(&media.name)) {
            Some(schema) => serde_json::from_str::<Value>(&example.text)
                .is_ok_and(|value| self.is_valid(schema, &value, Direction::Response)),
            None => true,
        }
    }

    /// The required headers of a response, and those with an example.
    fn headers(&self, documented: &Documented) -> Vec<(String, String)> {
        let header = |header: &crate::api::Header| {
            let schema = self.api.schemas.get(self.api.schemas.resolve(header.schema).0)?;
            let is_known = header.required || !schema.examples.0.is_empty() || schema.only_value.is_some();
            let value = self
                .sample(header.schema, Direction::Response, true)
                .filter(|_| is_known && !is_managed(&header.name))?;
            let text = match &value {
                Value::String(text) => text.clone(),
                Value::Array(items) if header.style != crate::api::Style::Json => {
                    items.iter().map(plain).collect::<Vec<_>>().join(",")
                }
                other => other.to_string(),
            };
            let is_sendable = text.chars().all(|sign| (' '..='~').contains(&sign));
            is_sendable.then(|| (header.name.clone(), text))
        };
        documented.headers.iter().filter_map(header).collect()
    }
}

/// A value as text, without quotes.
pub(super) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Headers that the connection decides.
fn is_managed(name: &str) -> bool {
    let names = ["connection", "content-length", "content-encoding", "content-type", "transfer-encoding", "upgrade"];
    let is_token = !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || "-_.".contains(sign));
    !is_token || names.iter().any(|managed| name.eq_ignore_ascii_case(managed))
}

/// Returns true if HTTP allows a body with a status (RFC 9110, section 6.4.1).
const fn has_body(status: u16) -> bool {
    !matches!(status, 100..=199 | 204 | 205 | 304)
}

/// The status of the response: the preferred one, otherwise the first 2xx, the first 3xx, `default` as 200, or the first of the
/// description. A range is its first status.
fn status<'o>(
    operation: &'o Operation,
    preferences: &Preferences,
) -> Result<(u16, Option<&'o Documented>), Box<Response>> {
    if let Some(code) = &preferences.code {
        let status = code.parse::<u16>().ok().filter(|status| (200..600).contains(status));
        let documented = status.and_then(|status| operation.response(status));
        return match (status, documented) {
            (Some(status), Some(documented)) => Ok((status, Some(documented))),
            _ => {
                let known: Vec<String> = operation.responses.iter().map(|one| one.status.to_string()).collect();
                let detail = format!("the operation has no response `{code}`");
                Err(problem(400, "Unknown response", &detail, json!({ "statuses": known })))
            }
        };
    }
    let concrete = |response: &Documented| match response.status {
        Status::Exact(status) => status,
        Status::Range(range) => u16::from(range) * 100,
        Status::Default => 200,
    };
    let by = |is_wanted: &dyn Fn(u16, Status) -> bool| {
        operation.responses.iter().find(|response| is_wanted(concrete(response), response.status))
    };
    let found = by(&|status, documented| (200..300).contains(&status) && documented != Status::Default)
        .or_else(|| by(&|status, _| (300..400).contains(&status)))
        .or_else(|| by(&|_, documented| documented == Status::Default))
        .or_else(|| by(&|status, _| status >= 200));
    Ok((found.map_or(200, concrete), found))
}
