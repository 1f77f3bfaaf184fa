//! A request to an operation with sample values, which the description allows.

use super::Mock;
use super::accept::sent_name;
use super::choice::plain;
use super::encode::{escaped, form};
use super::message::Request;
use crate::api::{Location, Media, Operation, Parameter, SchemeKind, Style};
use crate::validation::Direction;
use serde_json::Value;

impl Mock {
    /// A request to the operation of an index in [`Mock::operations`]: with every parameter, the first media type of the body,
    /// and credentials. `None` if there is no such operation, or it has a required value for which no finite one exists.
    #[must_use]
    pub fn sample_request(&self, index: usize) -> Option<Request> {
        let operation = self.api.operations.get(index)?;
        let mut request = Request { method: operation.method.to_uppercase(), ..Request::default() };
        let (mut path, mut query) = (operation.path.clone(), Vec::new());
        for parameter in &operation.parameters {
            let Some(value) = self.parameter_sample(parameter) else {
                if parameter.required { return None } else { continue }
            };
            match parameter.location {
                Location::Path => path = path.replace(&format!("{{{}}}", parameter.name), &in_path(parameter, &value)),
                Location::Query => query.extend(in_query(parameter, &value)),
                Location::QueryString if parameter.style == Style::Json => query = vec![escaped(&value.to_string())],
                Location::QueryString => query = vec![form(&value)],
                Location::Header => request.headers.push((parameter.name.clone(), in_header(parameter, &value))),
                Location::Cookie => {
                    let cookie = format!("{}={}", parameter.name, in_cookie(parameter, &value));
                    request.headers.push(("Cookie".to_owned(), cookie));
                }
            }
        }
        self.add_credentials(operation, &mut request, &mut query);
        let query = query.join("&");
        request.target = if query.is_empty() { path } else { format!("{path}?{query}") };
        if let Some(media) = operation.body.as_ref().and_then(|body| sendable(&body.media)) {
            let name = sent_name(&media.name, "*/*");
            let (name, body) = self.encoded(media, name, Direction::Request, true)?;
            request.headers.push(("Content-Type".to_owned(), name));
            request.body = body;
        }
        Some(request)
    }

    fn parameter_sample(&self, parameter: &Parameter) -> Option<Value> {
        let is_valid = |value: &&Value| self.is_valid(parameter.schema, value, Direction::Request);
        let example = parameter.examples.0.iter().find(is_valid).cloned();
        example.or_else(|| self.sample(parameter.schema, Direction::Request, true))
    }

    fn add_credentials(&self, operation: &Operation, request: &mut Request, query: &mut Vec<String>) {
        for need in operation.security.first().into_iter().flatten() {
            let scheme = self.api.schemes.iter().find(|scheme| scheme.name == need.scheme);
            let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            match scheme.map(|scheme| &scheme.kind) {
                Some(SchemeKind::ApiKeyHeader(name)) => request.headers.push(header(name, "sample")),
                Some(SchemeKind::ApiKeyQuery(name)) => query.push(format!("{}=sample", escaped(name))),
                Some(SchemeKind::ApiKeyCookie(name)) => {
                    request.headers.push(header("Cookie", &format!("{name}=sample")))
                }
                Some(SchemeKind::Basic) => request.headers.push(header("Authorization", "Basic c2FtcGxlOnNhbXBsZQ==")),
                Some(SchemeKind::Bearer | SchemeKind::OAuth2(_) | SchemeKind::OpenId(_)) => {
                    request.headers.push(header("Authorization", "Bearer sample"));
                }
                Some(SchemeKind::Other(name)) => {
                    request.headers.push(header("Authorization", &format!("{name} sample")))
                }
                None => {}
            }
        }
    }
}

/// The first media type that is not a range, otherwise the first.
fn sendable(all: &[Media]) -> Option<&Media> {
    all.iter().find(|media| !media.name.contains('*')).or_else(|| all.first())
}

/// The members of a value as texts: items, or names and values.
fn texts(parameter: &Parameter, value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(|item| escaped(&plain(item))).collect(),
        Value::Object(members) if parameter.explode => {
            members.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(&plain(value)))).collect()
        }
        Value::Object(members) => {
            members.iter().flat_map(|(name, value)| [escaped(name), escaped(&plain(value))]).collect()
        }
        scalar => vec![escaped(&plain(scalar))],
    }
}

fn in_path(parameter: &Parameter, value: &Value) -> String {
    let (texts, name) = (texts(parameter, value), &parameter.name);
    match (parameter.style, parameter.explode) {
        (Style::Json, _) => escaped(&value.to_string()),
        (Style::Label, true) => format!(".{}", texts.join(".")),
        (Style::Label, false) => format!(".{}", texts.join(",")),
        (Style::Matrix, true) if value.is_object() => format!(";{}", texts.join(";")),
        (Style::Matrix, true) => texts.iter().map(|text| format!(";{name}={text}")).collect(),
        (Style::Matrix, false) => format!(";{name}={}", texts.join(",")),
        _ => texts.join(","),
    }
}

fn in_query(parameter: &Parameter, value: &Value) -> Vec<String> {
    let (texts, name) = (texts(parameter, value), escaped(&parameter.name));
    match (parameter.style, value) {
        (Style::Json, value) => vec![format!("{name}={}", escaped(&value.to_string()))],
        (Style::DeepObject, Value::Object(members)) => members
            .iter()
            .map(|(member, value)| format!("{name}%5B{}%5D={}", escaped(member), escaped(&plain(value))))
            .collect(),
        (_, Value::Object(_)) if parameter.explode => texts,
        (_, Value::Array(_)) if parameter.explode => texts.iter().map(|text| format!("{name}={text}")).collect(),
        (style, _) => {
            let separator = match style {
                Style::SpaceDelimited => "%20",
                Style::PipeDelimited => "%7C",
                Style::TabDelimited => "%09",
                _ => ",",
            };
            vec![format!("{name}={}", texts.join(separator))]
        }
    }
}

fn in_cookie(parameter: &Parameter, value: &Value) -> String {
    match parameter.style {
        Style::Json => escaped(&value.to_string()),
        _ => texts(parameter, value).join(","),
    }
}

fn in_header(parameter: &Parameter, value: &Value) -> String {
    let joined = |items: Vec<String>| items.join(",");
    match value {
        _ if parameter.style == Style::Json => value.to_string(),
        Value::Array(items) => joined(items.iter().map(plain).collect()),
        Value::Object(members) if parameter.explode => {
            joined(members.iter().map(|(name, value)| format!("{name}={}", plain(value))).collect())
        }
        Value::Object(members) => {
            joined(members.iter().flat_map(|(name, value)| [name.clone(), plain(value)]).collect())
        }
        scalar => plain(scalar),
    }
}
