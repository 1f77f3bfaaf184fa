//! The examples of operations beside their schemas. Those that a generated crate cannot decode become no response of its mock
//! server.

use super::{Detail, Difference, Direction, Keywords, Validator};
use crate::api::{Api, Examples, Operation, Response, ResponseExample, SchemaId, covers_media, is_json};
use crate::diagnostic::{Code, Diagnostics, Label};
use crate::resolve::Document;
use crate::span::Span;
use crate::syntax::pointer::escape;
use serde_json::Value;
use std::collections::BTreeSet;

/// Maximum number of further places of the finding.
const SHOWN: usize = 3;
/// Formats of strings that a generated crate parses, by default or by its settings.
const PARSED: [&str; 4] = ["date-time", "date", "time", "duration"];

/// Reports examples that do not match their schemas, and removes examples of responses that cannot be decoded.
pub(crate) fn check(document: &Document, api: &mut Api, diagnostics: &mut Diagnostics) {
    let checker = Checker { keywords: Keywords::new(document, api), document, api };
    let mut found: Vec<(Span, String)> = Vec::new();
    let mut decodable = Vec::new();
    for operation in &checker.api.operations {
        checker.requests(operation, &mut found);
        for response in &operation.responses {
            decodable.extend(response.examples.iter().map(|example| checker.response(response, example, &mut found)));
        }
    }
    let mut decodable = decodable.into_iter();
    for response in api.operations.iter_mut().flat_map(|operation| &mut operation.responses) {
        response.examples.retain(|_| decodable.next().unwrap_or(true));
    }
    report(found, diagnostics);
}

/// Reports all examples as one finding, with the first places. Operations can share an example.
fn report(mut found: Vec<(Span, String)>, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    found.retain(|(span, _)| seen.insert(*span));
    let Some((first, others)) = found.split_first() else { return };
    let more = match others.len() {
        0 => String::new(),
        1 => " (and 1 other example)".to_owned(),
        count => format!(" (and {count} other examples)"),
    };
    let message = format!("the example does not match its schema: {}{more}", first.1);
    let finding = diagnostics.report(Code::ExampleMismatch, first.0, message);
    finding.related =
        others.iter().take(SHOWN).map(|(span, reason)| Label { span: *span, text: reason.clone() }).collect();
}

struct Checker<'a> {
    document: &'a Document,
    keywords: Keywords,
    api: &'a Api,
}

impl Checker<'_> {
    /// Checks the examples of parameters and of the request body.
    fn requests(&self, operation: &Operation, found: &mut Vec<(Span, String)>) {
        for parameter in &operation.parameters {
            self.each(parameter.schema, &parameter.examples, parameter.origin.span, found);
        }
        for media in operation.body.iter().flat_map(|body| &body.media).filter(|media| is_json(&media.name)) {
            if let Some(schema) = media.schema {
                self.each(schema, &media.examples, self.body_span(operation, &media.name), found);
            }
        }
    }

    /// The place of the examples of a body, or of its operation if the body is behind a reference.
    fn body_span(&self, operation: &Operation, media: &str) -> Span {
        let media = format!("{}/requestBody/content/{}", operation.origin.pointer, escape(media));
        let node = ["example", "examples"].iter().find_map(|key| self.document.node_at(&format!("{media}/{key}")));
        node.map_or(operation.origin.span, |node| self.document.tree.span(node))
    }

    fn each(&self, schema: SchemaId, examples: &Examples, span: Span, found: &mut Vec<(Span, String)>) {
        let differences = |value| self.differences(schema, value, Direction::Request);
        let first_of_each = examples.0.iter().filter_map(|value| differences(value).into_iter().next());
        found.extend(first_of_each.map(|difference| (span, reason(&difference))));
    }

    /// Checks an example of a response. Returns false if it cannot be decoded.
    fn response(&self, response: &Response, example: &ResponseExample, found: &mut Vec<(Span, String)>) -> bool {
        let media = response.media.iter().find(|media| covers_media(&media.name, &example.media));
        let Some(schema) = media.filter(|media| is_json(&media.name)).and_then(|media| media.schema) else {
            return true;
        };
        let Ok(value) = serde_json::from_str::<Value>(&example.text) else {
            found.push((example.span, "it is not JSON".to_owned()));
            return false;
        };
        let differences = self.differences(schema, &value, Direction::Response);
        found.extend(differences.first().map(|difference| (example.span, reason(difference))));
        !differences.iter().any(|difference| prevents_response(&difference.detail))
    }

    fn differences<'v>(&self, schema: SchemaId, value: &'v Value, direction: Direction) -> Vec<Difference<'v>> {
        Validator::strict(self.api, &self.keywords, direction).violations(schema, value)
    }
}

fn reason(difference: &Difference<'_>) -> String {
    let place = if difference.at.is_empty() { "it" } else { &difference.at };
    format!("{place} {}", difference.message())
}

/// Returns true if an example with this difference is not a response of a mock server.
fn prevents_response(detail: &Detail<'_>) -> bool {
    match detail {
        Detail::Keyword("format", format) => PARSED.contains(&format.as_str()),
        detail => detail.is_undecodable(),
    }
}
