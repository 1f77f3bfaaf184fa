//! An example program for each group: its simplest call. Knows planned operations; does not know tokens.

mod first_call;
mod snippets;

use super::Client;
use super::docs;
use super::models::Model;
use super::operations::paging::Step;
use super::operations::{BodyInput, Group, Input, Parts, Payload, PlannedOperation};
use super::overview::wrapped;
use super::rust_type::RustType;
use super::sample_value::{Module, Sample, Samples};
use serde_json::Value;
pub(crate) use snippets::{Snippet, Snippets};
use std::collections::BTreeSet;

/// An example program.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    /// Name of the file.
    pub name: String,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// Accessor of the group on the client; `None` if the operation is a method of the client.
    pub group: Option<String>,
    /// Module of the group.
    pub module: String,
    /// Method of the operation.
    pub method: String,
    /// The type that stands for the operation.
    pub marker: String,
    /// Its arguments, and whether each is passed by reference.
    pub arguments: Vec<(Sample, bool)>,
    /// The modules that the arguments need.
    pub modules: BTreeSet<Module>,
    /// True if all operations of the group are deprecated.
    pub deprecated: bool,
    /// Needed cargo features.
    pub features: Vec<String>,
    /// The result of its call.
    pub result: ExampleResult,
    /// The request for the next page of a paginated list.
    pub next_page: Option<NextPage>,
    /// The error body that a program reads.
    pub error: Option<ExampleError>,
    /// The response of a mock server: its status, and a value of the type of the success.
    pub reply: Option<(u16, Sample)>,
    /// True if the description has no server, so that the program needs one.
    pub asks_base: bool,
}

/// The result of the call in a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExampleResult {
    /// A value.
    Value,
    /// The items of a paginated list.
    Items,
    /// A stream of values, which the call returns.
    Stream,
    /// A stream of values, which the caller requests.
    OfferedStream,
}

/// The next page of a paginated list.
#[derive(Debug, Clone)]
pub(crate) struct NextPage {
    /// The request for it.
    pub step: Step,
    /// The path template of the operation.
    pub path: String,
}

/// The body of an error of an operation.
#[derive(Debug, Clone)]
pub(crate) struct ExampleError {
    /// The enum of the operation's errors, and the variant of the body; `None` if all errors have one type.
    pub variant: Option<(String, String)>,
    /// True if the status of the body is 404.
    pub is_not_found: bool,
    /// The field to show; `None` for the whole body.
    pub field: Option<String>,
}

/// Creates a program for each group that has an operation whose arguments have sample values, and the programs in the
/// documentation of the root.
#[must_use]
pub(super) fn programs(groups: &[Group], models: &[Model], client: &Client, package: &str) -> (Vec<Example>, Snippets) {
    let examples = Examples::new(models, client, package);
    let of_groups: Vec<Example> = groups.iter().filter_map(|group| examples.of_group(group)).collect();
    let snippets = examples.snippets(groups);
    (of_groups, snippets)
}

/// Creates the programs of a crate.
struct Examples<'m> {
    samples: Samples<'m>,
    asks_base: bool,
    /// True if the programs read credentials from the environment.
    has_credentials: bool,
    package: &'m str,
}

impl<'m> Examples<'m> {
    fn new(models: &'m [Model], client: &Client, package: &'m str) -> Self {
        Self {
            samples: Samples::new(models),
            asks_base: !client.server.starts_with("http"),
            has_credentials: client.schemes.iter().any(|scheme| scheme.env.is_some()),
            package,
        }
    }

    /// Creates the program of a group.
    fn of_group(&self, group: &Group) -> Option<Example> {
        let mut operations: Vec<&PlannedOperation> = group.operations.iter().collect();
        // The simplest first; equal ones stay in the order of the description. A paginated list or a stream comes before a plain value.
        operations.sort_by_key(|operation| {
            (
                operation.deprecated.is_some(),
                operation.preview,
                operation.method != "GET",
                required(operation).count(),
                operation.body.is_some(),
                result(operation) == ExampleResult::Value,
            )
        });
        operations.into_iter().find_map(|operation| self.of(group, operation))
    }

    /// Creates a program that calls an operation, if its arguments have sample values.
    fn of(&self, group: &Group, operation: &PlannedOperation) -> Option<Example> {
        let arguments = arguments(operation, &group.module, &self.samples)?;
        let address = if self.asks_base { " -- https://api.example.com" } else { "" };
        let route = docs::escape_inline(&operation.route());
        let result = result(operation);
        let about = match result {
            ExampleResult::Value => format!("Calls `{route}`."),
            ExampleResult::Items => {
                format!("Requests the list `{route}` page by page, and prints the first ten items.")
            }
            ExampleResult::Stream | ExampleResult::OfferedStream => {
                format!("Calls `{route}`, and prints each value of the stream.")
            }
        };
        let run = format!("Run it with `cargo run -p {} --example {}{address}`.", self.package, group.module);
        Some(Example {
            name: group.module.clone(),
            docs: [vec![about, String::new()], self.before_running(&arguments), vec![run]].concat(),
            group: (!group.on_client).then(|| group.module.clone()),
            module: group.module.clone(),
            method: operation.name.clone(),
            marker: operation.marker.clone(),
            modules: arguments.iter().flat_map(|(sample, _)| sample.modules()).collect(),
            arguments,
            deprecated: operation.deprecated.is_some(),
            features: group.needs_of(operation),
            result,
            next_page: operation
                .pages
                .as_ref()
                .map(|pages| NextPage { step: pages.facts.step.clone(), path: operation.path.clone() }),
            error: None,
            reply: None,
            asks_base: self.asks_base,
        })
    }
}

impl Examples<'_> {
    /// The paragraph about the values that a caller adds or replaces; empty where there are none.
    fn before_running(&self, arguments: &[(Sample, bool)]) -> Vec<String> {
        let token = "It sends no token: if the API needs one, add it to the builder (`# Authentication` in the documentation of \
                     the crate).";
        let sample = arguments.iter().find_map(|(sample, _)| match sample {
            Sample::String(text) => Some(text),
            _ => None,
        });
        let sample = sample.map(|text| format!("Replace arguments such as `{text:?}` by your own."));
        let token = (!self.has_credentials).then(|| token.to_owned());
        let text: Vec<String> = token.into_iter().chain(sample.filter(|text| !text.contains("\\"))).collect();
        if text.is_empty() { Vec::new() } else { [wrapped(&text.join(" "), ""), vec![String::new()]].concat() }
    }
}

/// The result that a program shows.
fn result(operation: &PlannedOperation) -> ExampleResult {
    match &operation.stream {
        Some(stream) if stream.is_only_success => ExampleResult::Stream,
        _ if operation.pages.is_some() => ExampleResult::Items,
        _ => ExampleResult::Value,
    }
}

fn required(operation: &PlannedOperation) -> impl Iterator<Item = &Input> {
    operation.inputs.iter().filter(|input| input.is_argument())
}

/// The arguments of a call. Each is true beside its value if it is passed as a reference.
fn arguments(operation: &PlannedOperation, module: &str, samples: &Samples<'_>) -> Option<Vec<(Sample, bool)>> {
    let is_reference = RustType::borrows;
    let inputs = required(operation)
        .map(|input| Some((samples.of(&input.ty, &input.wire, &input.examples)?, is_reference(&input.ty))));
    let body = operation.body.iter().filter(|body: &&BodyInput| body.is_argument);
    let body = body.map(|body| {
        let payload = body.payloads.first()?;
        let sample = match payload.parts().first() {
            Some(parts) => self::parts(parts, module, &payload.examples, samples)?,
            None if body.choice.is_some() && payload.ty == RustType::Json => return None,
            None => samples.with_optional(
                &payload.ty,
                samples.of(&payload.ty, "body", &payload.examples)?,
                &payload.examples,
            ),
        };
        let is_reference = body.only_payload().is_some_and(Payload::is_passed_by_reference);
        // Null is passed as `None`, and another value as a reference.
        Some(match (body.only_payload(), sample) {
            (Some(Payload { ty: RustType::Option(inner), .. }), Sample::Some(value))
                if inner.borrows() || matches!(**inner, RustType::List(_)) =>
            {
                (*value, true)
            }
            (_, sample) => (sample, is_reference),
        })
    });
    inputs.chain(body).collect()
}

fn parts(parts: &Parts, module: &str, examples: &[Value], samples: &Samples<'_>) -> Option<Sample> {
    let required = parts.fields.iter().filter(|part| part.is_argument());
    let values = required.map(|part| Some((samples.of_part(part, examples)?, part.ty.borrows())));
    Some(Sample::Parts(module.to_owned(), parts.name.clone(), values.collect::<Option<_>>()?))
}
