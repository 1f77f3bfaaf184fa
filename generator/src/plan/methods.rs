//! Operations by group: names, arguments, bodies, outcomes.

mod body;
mod codec;
mod files;
mod grouping;
mod headers;
mod input;
pub(super) mod media_kind;
mod multipart_response;
mod outcome;
pub mod paging;
mod parameter_docs;
mod part_choice;
mod part_kind;
mod parts;
mod responses;
mod sequence;
mod shared;
mod short_name;
mod status;
pub mod stream;

use super::docs::{self, Deprecation, Lead};
use super::names::{Scope, method, reserved, stem, type_name, with_suffix};
use super::rust_type::RustType;
use super::security::SecurityRequirement;
use super::type_of::Types;
pub use crate::api::Style;
use crate::api::{Api, Operation, Status};
use crate::config::{Config, OperationNames, OperationTimeouts};
use crate::pattern;
use body::body_input;
pub use body::{BodyInput, Payload};
pub use codec::{FieldStyle, RequestCodec, ResponseCodec};
pub use files::{GroupFile, PathKey, split};
use grouping::Common;
use headers::view;
pub use headers::{HeaderField, HeaderView};
use indexmap::IndexMap;
pub(super) use input::client_input;
use input::inputs;
pub use input::{ArgumentForm, Input, encoding_name, explodes};
pub use multipart_response::ReceivedParts;
pub use outcome::{Case, Outcome};
pub use part_choice::PartChoice;
pub use part_kind::PartKind;
pub use parts::{Part, Parts};
use responses::Responses;
pub use status::statuses;

/// The operations of one group.
#[derive(Debug)]
pub struct Group {
    /// Name of the type whose methods they are.
    pub name: String,
    /// True if its operations are methods of the client itself.
    pub on_client: bool,
    /// Name of the file and of the accessor on the client.
    pub module: String,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// The group's own cargo feature.
    pub feature: Option<String>,
    /// All cargo features that the group needs.
    pub needs: Vec<String>,
    /// In the order of the description.
    pub methods: Vec<Method>,
    /// The files of its operations: its own first.
    pub files: Vec<GroupFile>,
}

/// An operation.
#[derive(Debug)]
pub struct Method {
    /// In Rust.
    pub name: String,
    /// Name of the type that stands for the operation.
    pub marker: String,
    /// Documentation of that type in lines.
    pub marker_docs: Vec<String>,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// True if the operation is in preview: it can change without notice.
    pub preview: bool,
    /// The cargo feature of operations in preview, if this is one.
    pub feature: Option<String>,
    /// The deprecation of the method.
    pub deprecated: Option<Deprecation>,
    /// Its first tag, as the description spells it.
    pub tag: Option<String>,
    /// `operationId`, or the method and path.
    pub id: String,
    /// HTTP method.
    pub verb: String,
    /// Path template.
    pub path: String,
    /// `Accept`.
    pub accept: String,
    /// Alternatives of schemes that are needed together.
    pub security: Vec<Vec<SecurityRequirement>>,
    /// Base URL of its own.
    pub server: Option<String>,
    /// The parameters: required ones, which are arguments, then optional ones.
    pub inputs: Vec<Input>,
    /// The body.
    pub body: Option<BodyInput>,
    /// The outcome of a success.
    pub success: Outcome,
    /// The outcome of an error.
    pub failure: Outcome,
    /// The name of the error enum that the operation shares with others of its group.
    pub shared_error: Option<String>,
    /// Ranges (first and last status) that a single error type is for. Empty if it is for every error status.
    pub failing: Vec<(u16, u16)>,
    /// True if the result is a redirect, which is not followed.
    pub redirects: bool,
    /// The header of the idempotency key.
    pub idempotency: Option<String>,
    /// Timeouts from the settings.
    pub timeouts: Option<OperationTimeouts>,
    /// The types of its multipart responses.
    pub received: Vec<ReceivedParts>,
    /// The documented headers of its responses.
    pub headers: Option<HeaderView>,
    /// The name of the type of headers that the operation shares with others of its group.
    pub shared_headers: Option<String>,
    /// The pagination of its list.
    pub pages: Option<paging::Pages>,
    /// The stream that a success is or can be.
    pub stream: Option<stream::Stream>,
    /// Every documented response (status, media type, type), for `surface.json`.
    pub responses: Vec<(Status, Option<String>, RustType)>,
    /// JSON pointer.
    pub pointer: String,
}

impl Group {
    /// Path of the group's type inside the crate.
    #[must_use]
    pub fn path(&self) -> String {
        if self.on_client { "Client".to_owned() } else { format!("api::{}", self.name) }
    }

    /// Start of an expression that makes one of its calls.
    #[must_use]
    pub fn spelled(&self, call: &str) -> String {
        if self.on_client { format!("client.{call}()") } else { format!("client.{}().{call}()", self.module) }
    }

    /// The cargo feature that an operation needs beside the group's.
    #[must_use]
    pub fn own_feature<'m>(&self, method: &'m Method) -> Option<&'m String> {
        method.feature.as_ref().filter(|feature| !self.needs.contains(feature))
    }

    /// All cargo features that an operation needs.
    #[must_use]
    pub fn needs_of(&self, method: &Method) -> Vec<String> {
        self.needs.iter().chain(self.own_feature(method)).cloned().collect()
    }
}

/// All operations, grouped by their first tag or as the settings group them.
pub fn groups(api: &Api, types: &Types<'_>, config: &Config) -> Vec<Group> {
    let renames = types.renames();
    // Each group has a module, so that neither schemas nor other groups rename its types.
    let mut names = Scope::with(reserved::TYPES);
    let name = |common: &Common<'_>| method(renames.tag(common.title()).unwrap_or(common.title()));
    let mut found: Vec<(Common<'_>, Vec<&Operation>)> = Vec::new();
    for operation in &api.operations {
        let common = Common::of(operation, config.groups);
        // Tags that differ in case and signs only are one group: none of them can take the name of another.
        let is_same = |known: &Common<'_>| {
            *known == common || (known.is_named() && common.is_named() && name(known) == name(&common))
        };
        match found.iter_mut().find(|(known, _)| is_same(known)) {
            Some((_, calls)) => calls.push(operation),
            None => found.push((common, vec![operation])),
        }
    }
    // A group is a file too.
    let mut modules = Scope::with(&[reserved::CLIENT, reserved::FILES].concat());
    let mut groups = Vec::new();
    for (common, operations) in found {
        let title = renames.tag(common.title()).unwrap_or(common.title());
        let wanted = method(title);
        let module = modules.claim_first(&[wanted.clone(), with_suffix(&wanted, "calls")]);
        let plain = type_name(title);
        let group = names.claim_first(&[plain.clone(), format!("{plain}Api")]);
        let on_client = common == Common::Client;
        let reserved = if on_client { reserved::CLIENT } else { reserved::GROUP };
        let mut methods = Scope::with(reserved);
        let mut calls = Scope::with(reserved::TYPES);
        calls.claim(&group);
        let style = if on_client { OperationNames::Full } else { config.operation_names };
        let titles = if common == Common::Nothing { &[][..] } else { &[common.title(), title] };
        let wanted = short_name::names(&operations, titles, style, reserved);
        // Names from the settings come before others.
        let chosen = |operation: &Operation, methods: &mut Scope| {
            renames.operation(operation).map(|name| methods.claim(&short_name::clear(name, reserved)))
        };
        let given: Vec<Option<String>> = operations.iter().map(|operation| chosen(operation, &mut methods)).collect();
        let named =
            given.into_iter().zip(wanted).map(|(given, wanted)| given.unwrap_or_else(|| methods.claim(&wanted)));
        // Operations come first, so that no other type of the module takes their names.
        let named = named.map(|name| (marker(&name, &mut calls), name));
        let all: Vec<_> = operations.into_iter().zip(named).collect();
        let mut methods: Vec<Method> = all
            .into_iter()
            .map(|(operation, (marker, name))| one(operation, marker, name, types, &mut calls))
            .collect();
        shared::share(&mut methods, &group, &mut calls);
        let files = files::files((!on_client).then_some(&*group), &module, &methods);
        groups.push(Group {
            name: group,
            on_client,
            module,
            docs: common.docs(api),
            feature: None,
            needs: Vec::new(),
            methods,
            files,
        });
    }
    groups
}

/// The name of the type that stands for an operation.
fn marker(name: &str, scope: &mut Scope) -> String {
    let stem = stem(name);
    scope.claim_first(&[stem.clone(), format!("{stem}Operation")])
}

fn one(operation: &Operation, marker: String, name: String, types: &Types<'_>, scope: &mut Scope) -> Method {
    let stem = stem(&name);
    let mut responses = Responses::of(operation, types);
    let stream = stream::stream(operation, &responses, types, || scope.claim(&format!("{stem}Event")));
    responses.name_parts(scope, &stem);
    let success = responses.success(scope, &format!("{stem}Outcome"));
    let success = if operation.optional { success.optional() } else { success };
    let mut arguments = Scope::with(&["self", "call"]);
    let mut setters = Scope::with(&[reserved::METHODS, reserved::CALL].concat());
    if operation.paging.is_some() {
        paging::METHODS.iter().for_each(|taken| drop(setters.claim(taken)));
    }
    if stream::is_offered(stream.as_ref(), &success) {
        setters.claim(stream::METHOD);
    }
    let inputs = inputs(operation, types, &mut arguments, &mut setters);
    let body = operation.body.as_ref().map(|body| {
        let names = if body.required { &mut arguments } else { &mut setters };
        body_input(body, types, names, scope, &stem)
    });
    let failure = responses.failure(scope, &format!("{stem}Error"));
    let headers = view(&operation.responses, types, scope, &format!("{stem}Headers"));
    let pages = paging::pages(operation, types);
    let results =
        stream::documentation(stream.as_ref(), &success).into_iter().chain(paging::documentation(pages.as_ref()));
    let text = docs::of(operation.summary.as_deref().unwrap_or_default(), operation.description.as_deref());
    let mut arguments = documented_arguments(&inputs, body.as_ref());
    arguments.extend(optional_parameters(&inputs, body.as_ref()));
    Method {
        marker,
        marker_docs: about(operation),
        docs: described(operation, text.clone(), &arguments, results, headers.as_ref(), &responses.failing()),
        preview: operation.preview.is_some(),
        feature: None,
        deprecated: Deprecation::of(operation.deprecated, &text),
        tag: operation.tag.clone(),
        id: operation.named(),
        verb: operation.method.clone(),
        path: operation.path.clone(),
        accept: stream::accept(stream.as_ref()).unwrap_or_else(|| responses.accept()),
        security: operation.security.clone(),
        server: operation.server.clone(),
        responses: responses.documented(),
        pointer: operation.origin.pointer.clone(),
        pages,
        stream,
        name,
        inputs,
        body,
        success,
        failing: responses.error_statuses(&failure),
        failure,
        shared_error: None,
        redirects: responses.is_redirect,
        idempotency: documented_key(operation),
        timeouts: None,
        received: responses.parts,
        headers,
        shared_headers: None,
    }
}

/// The documentation of the required arguments that have any.
fn documented_arguments(inputs: &[Input], body: Option<&BodyInput>) -> Vec<String> {
    let inputs = inputs.iter().filter(|input| input.is_argument() && !input.docs.is_empty());
    let inputs = inputs.map(|input| (&input.name, &input.docs));
    let body = body.filter(|body| body.required && !body.docs.is_empty()).map(|body| (&body.name, &body.docs));
    parameter_docs::arguments(inputs.chain(body))
}

/// A paragraph that names the methods of the call for optional parameters.
fn optional_parameters(inputs: &[Input], body: Option<&BodyInput>) -> Vec<String> {
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

/// The header parameter of the idempotency key. Its name is a convention (IETF draft "The Idempotency-Key HTTP Header
/// Field").
fn documented_key(operation: &Operation) -> Option<String> {
    let names = ["idempotency-key", "x-idempotency-key"];
    let mut headers =
        operation.parameters.iter().filter(|parameter| parameter.location == crate::api::Location::Header);
    let header = headers.find(|parameter| names.contains(&parameter.name.to_lowercase().as_str()))?;
    Some(header.name.to_lowercase())
}

/// Adds the idempotency header of the settings to every operation whose method is not idempotent.
pub fn idempotent(groups: &mut [Group], header: Option<&str>) {
    let Some(header) = header else { return };
    for method in groups.iter_mut().flat_map(|group| &mut group.methods) {
        if matches!(method.verb.as_str(), "POST" | "PATCH") && method.idempotency.is_none() {
            method.idempotency = Some(header.to_lowercase());
        }
    }
}

/// Sets the timeouts of the operations that the settings name.
pub fn timeouts(groups: &mut [Group], by_operation: &IndexMap<String, OperationTimeouts>) {
    for method in groups.iter_mut().flat_map(|group| &mut group.methods) {
        let fitting = || pattern::rules(by_operation, &method.id).next().map(|(_, times)| times);
        method.timeouts = by_operation.get(&method.id).or_else(fitting).copied();
    }
}

/// The summary of an operation, or its method and path.
fn about(operation: &Operation) -> Vec<String> {
    let summary = docs::of(&docs::one_line(operation.summary.as_deref().unwrap_or_default()), None);
    if summary.is_empty() {
        vec![format!("`{} {}`", operation.method, docs::escape_inline(&operation.path))]
    } else {
        summary
    }
}

fn described(
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
