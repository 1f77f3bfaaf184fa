//! A mock server for a description, without a network: the response to each request. The entry point is [`Mock`].

mod accept;
mod body;
mod choice;
mod credentials;
mod encode;
mod form;
mod har;
mod message;
mod multipart;
mod nested;
mod parameter;
mod path_segment;
mod prefer;
mod problem;
mod quoted;
mod redacted_body;
mod sample;
mod sample_request;
mod secrets;
mod text_value;
mod xml;

pub use crate::pipeline::Unreadable;
pub use message::{Request, Response};

use crate::api::{Api, Operation, SchemaId};
use crate::config::Config;
use crate::pipeline::{self, Meaning};
use crate::source::files::Files;
use crate::validation::{Direction, Keywords, Routes, Validator};
use problem::{Violation, place_in_schema};
use secrets::Secrets;
use serde_json::Value;
use std::path::Path;

/// The operations of a description, ready for requests.
///
/// ```
/// use clientsmith::files::Memory;
/// use clientsmith::mock::{Mock, Request};
/// use clientsmith::Config;
/// use std::path::Path;
///
/// let description = "openapi: 3.1.0
/// info: {title: Pets, version: '1'}
/// paths:
///   /pets/{id}:
///     get:
///       parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
///       responses:
///         '200':
///           description: A pet.
///           content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}
/// ";
/// let files = Memory(vec![("api.yaml".into(), description.into())]);
/// let mock = Mock::new(Path::new("api.yaml"), &files, &Config::default()).expect("the description has no errors");
/// let request = |target: &str| Request { method: "GET".into(), target: target.into(), ..Request::default() };
/// assert_eq!(mock.respond(&request("/pets/1")).body, br#"{"name":"string"}"#);
/// assert_eq!(mock.respond(&request("/pets/one")).status, 400);
/// ```
#[derive(Debug)]
pub struct Mock {
    api: Api,
    keywords: Keywords,
    routes: Routes,
    secrets: Secrets,
}

/// An operation with the parameters of its path in a request: the name of each, and its text as sent.
#[derive(Debug)]
struct MatchedOperation<'m> {
    operation: &'m Operation,
    in_path: Vec<(String, String)>,
}

impl Mock {
    /// Reads a description. Operations that the settings leave out are served too.
    ///
    /// # Errors
    /// Returns the findings when the description has errors.
    pub fn new(entry: &Path, files: &dyn Files, config: &Config) -> Result<Self, Box<Unreadable>> {
        let Meaning { document, api, .. } = pipeline::meaning(entry, files, config)?;
        let (keywords, routes) = (Keywords::new(&document, &api), Routes::new(&api));
        let secrets = Secrets::new(&api);
        Ok(Self { api, keywords, routes, secrets })
    }

    /// The number of operations.
    #[must_use]
    pub fn operation_count(&self) -> usize {
        self.api.operations.len()
    }

    /// The method and path of each operation, in the order of the description.
    pub fn operations(&self) -> impl Iterator<Item = (&str, &str)> {
        self.api.operations.iter().map(|operation| (operation.method.as_str(), operation.path.as_str()))
    }

    /// The response to a request: that of the operation, or a problem (RFC 9457) with a status of 4xx. The response to a
    /// `HEAD` request has the body of `GET`, which is not to be sent.
    #[must_use]
    pub fn respond(&self, request: &Request) -> Response {
        self.try_respond(request).unwrap_or_else(|problem| *problem)
    }

    fn try_respond(&self, request: &Request) -> Result<Response, Box<Response>> {
        let matched = self.find_operation(request)?;
        credentials::check(&self.api, matched.operation, request)?;
        let mut violations = self.parameter_violations(&matched, request);
        violations.extend(self.body_violations(matched.operation, request)?);
        if !violations.is_empty() {
            return Err(problem::invalid(matched.operation, &violations));
        }
        let response = self.chosen(matched.operation, request)?;
        Ok(response)
    }

    /// The operation of a request. `HEAD` is `GET` where the description does not define it.
    fn find_operation(&self, request: &Request) -> Result<MatchedOperation<'_>, Box<Response>> {
        let method = request.method.as_str();
        let find = |method: &str| self.routes.find_match(method, request.path());
        let found = find(method).or_else(|| find("GET").filter(|_| method.eq_ignore_ascii_case("HEAD")));
        let Some(found) = found else {
            let indexes = self.routes.of_any_method(request.path());
            let operations: Vec<&Operation> =
                indexes.iter().filter_map(|index| self.api.operations.get(*index)).collect();
            return Err(if operations.is_empty() {
                problem::not_found(&self.api, request, &self.redacted_path(request))
            } else {
                problem::method_not_allowed(&operations, request)
            });
        };
        let operation = self
            .api
            .operations
            .get(found.operation)
            .ok_or_else(|| problem::not_found(&self.api, request, &self.redacted_path(request)))?;
        let in_path =
            found.segments.iter().flat_map(|(part, segment)| path_segment::parameters(part, segment)).collect();
        Ok(MatchedOperation { operation, in_path })
    }

    /// The violations of a value at a place of the request, such as `/body`.
    fn violations_at(&self, place: &str, schema: SchemaId, value: &Value) -> Vec<Violation> {
        let mut validator = Validator::strict(&self.api, &self.keywords, Direction::Request);
        let found = validator.violations(schema, value);
        let violation = |found: &crate::validation::Difference<'_>| Violation {
            place: format!("{place}{}", found.at),
            schema: place_in_schema(&self.api, found),
            message: found.message(),
        };
        let cut = validator.is_cut().then(|| self.violation(schema, place, "is too large to be checked"));
        found.iter().map(violation).chain(cut).collect()
    }

    /// A violation of the whole value at a place.
    fn violation(&self, schema: SchemaId, place: &str, message: &str) -> Violation {
        let pointer = self.api.schemas.get(schema).map(|schema| schema.origin.pointer.clone());
        Violation { place: place.to_owned(), schema: pointer.unwrap_or_default(), message: message.to_owned() }
    }
}
