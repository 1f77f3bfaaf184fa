//! An example program for each group: its simplest call. Knows planned operations; does not know tokens.

use super::docs;
use super::methods::{BodyInput, Group, Input, Method, Parts, Payload};
use super::models::Model;
use super::rust_type::RustType;
use super::sample_value::{Module, Sample, Samples};
use serde_json::Value;
use std::collections::BTreeSet;

/// An example program.
#[derive(Debug)]
pub(crate) struct Example {
    /// Name of the file.
    pub name: String,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// Accessor of the group on the client; `None` if the operation is a method of the client.
    pub group: Option<String>,
    /// Method of the operation.
    pub method: String,
    /// The operation's id for the mock server.
    pub operation: String,
    /// Its arguments, and whether each is passed by reference.
    pub arguments: Vec<(Sample, bool)>,
    /// The modules that the arguments need.
    pub modules: BTreeSet<Module>,
    /// True if all operations of the group are deprecated.
    pub deprecated: bool,
    /// Needed cargo features.
    pub features: Vec<String>,
    /// True if the result is a stream.
    pub streamed: bool,
    /// True if the description has no server, so that the program needs one.
    pub asks_base: bool,
}

/// Creates a program for each group that has an operation whose arguments have sample values.
#[must_use]
pub(crate) fn examples(groups: &[Group], models: &[Model], server: &str, package: &str) -> Vec<Example> {
    let samples = Samples::new(models);
    let asks_base = !server.starts_with("http");
    groups.iter().filter_map(|group| example(group, &samples, asks_base, package)).collect()
}

fn example(group: &Group, samples: &Samples<'_>, asks_base: bool, package: &str) -> Option<Example> {
    let mut methods: Vec<&Method> = group.methods.iter().collect();
    // The simplest first; equal ones stay in the order of the description.
    methods.sort_by_key(|method| {
        (
            method.deprecated.is_some(),
            method.preview,
            method.verb != "GET",
            required(method).count(),
            method.body.is_some(),
        )
    });
    let (method, arguments) =
        methods.into_iter().find_map(|method| Some((method, arguments(method, &group.module, samples)?)))?;
    let address = if asks_base { " -- https://api.example.com" } else { "" };
    Some(Example {
        name: group.module.clone(),
        docs: vec![
            format!("Calls `{} {}`.", method.verb, docs::escape_inline(&method.path)),
            String::new(),
            format!("Run it with `cargo run -p {package} --example {}{address}`.", group.module),
        ],
        group: (!group.on_client).then(|| group.module.clone()),
        method: method.name.clone(),
        operation: method.id.clone(),
        modules: arguments.iter().flat_map(|(sample, _)| sample.modules()).collect(),
        arguments,
        deprecated: method.deprecated.is_some(),
        features: group.needs_of(method),
        streamed: method.stream.as_ref().is_some_and(|stream| stream.only),
        asks_base,
    })
}

fn required(method: &Method) -> impl Iterator<Item = &Input> {
    method.inputs.iter().filter(|input| input.is_argument())
}

fn arguments(method: &Method, module: &str, samples: &Samples<'_>) -> Option<Vec<(Sample, bool)>> {
    let lent = RustType::borrows;
    let inputs =
        required(method).map(|input| Some((samples.of(&input.ty, &input.wire, &input.examples)?, lent(&input.ty))));
    let body = method.body.iter().filter(|body: &&BodyInput| body.required);
    let body = body.map(|body| {
        let payload = body.payloads.first()?;
        let sample = match payload.parts().first() {
            Some(parts) => self::parts(parts, module, &payload.examples, samples)?,
            None if body.choice.is_some() && payload.ty == RustType::Json => return None,
            None => samples.of(&payload.ty, "body", &payload.examples)?,
        };
        let is_lent = body.only().is_some_and(Payload::is_lent);
        // Null is passed as `None`, and another value as a reference.
        Some(match (body.only(), sample) {
            (Some(Payload { ty: RustType::Option(of), .. }), Sample::Some(value))
                if of.borrows() || matches!(**of, RustType::List(_)) =>
            {
                (*value, true)
            }
            (_, sample) => (sample, is_lent),
        })
    });
    inputs.chain(body).collect()
}

fn parts(parts: &Parts, module: &str, examples: &[Value], samples: &Samples<'_>) -> Option<Sample> {
    let required = parts.fields.iter().filter(|part| part.is_argument());
    let values = required.map(|part| Some((samples.of_part(part, examples)?, part.ty.borrows())));
    Some(Sample::Parts(module.to_owned(), parts.name.clone(), values.collect::<Option<_>>()?))
}
