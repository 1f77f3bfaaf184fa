//! Operations by group: names, arguments, bodies, outcomes.

mod body;
mod codec;
mod companion_types;
mod error_docs;
mod files;
mod group;
mod group_names;
mod grouping;
mod headers;
mod input;
pub(super) mod media_kind;
mod method_names;
mod multipart_response;
mod old_names;
mod operation_docs;
mod outcome;
mod own_server;
pub(crate) mod paging;
mod parameter_docs;
mod part_choice;
mod part_kind;
mod parts;
mod response_docs;
mod responses;
mod result_types;
mod sequence;
mod shared;
mod short_name;
mod status;
mod status_range;
pub(crate) mod stream;
mod timeouts;

use super::docs::{self, Deprecation};
use super::names::{Scope, method, reserved, stem};
use super::rust_type::RustType;
use super::security::SecurityRequirement;
use super::type_of::Types;
pub(crate) use crate::api::Style;
use crate::api::{Api, Operation, Status, route};
use crate::config::{Config, OperationTimeouts};
use body::body_input;
pub(crate) use body::{BODY, BodyInput, Payload};
pub(crate) use codec::{FieldStyle, RequestCodec, ResponseCodec};
use companion_types::{locked_types, marker, roles};
pub(crate) use files::{GroupFile, PathKey, split, words as path_words};
pub(crate) use group::Group;
use group_names::GroupNames;
use grouping::GroupKey;
use headers::view;
pub(crate) use headers::{HeaderField, HeaderView};
pub(super) use input::client_input;
use input::inputs;
pub(crate) use input::{ArgumentForm, Input, Passing, encoding_name, explodes};
pub(crate) use multipart_response::ReceivedParts;
pub(super) use old_names::old_names;
pub(crate) use old_names::{OldGroup, OldOperation, OldType};
pub(super) use operation_docs::type_in_words;
use operation_docs::{arguments_and_setters, marker_docs, method_docs, success_notes};
pub(crate) use outcome::{Outcome, TypedResponse};
pub(crate) use own_server::OwnServer;
pub(crate) use part_choice::PartChoice;
pub(crate) use part_kind::PartKind;
pub(crate) use parts::{Part, Parts};
use responses::Responses;
pub(crate) use result_types::ResultLock;
pub(super) use result_types::report as report_left_out;
use result_types::{Results, results};
pub(crate) use status_range::StatusRange;
use std::collections::BTreeMap;
pub(crate) use timeouts::timeouts;

/// An operation.
#[derive(Debug)]
pub(crate) struct PlannedOperation {
    /// Name of its method in Rust.
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
    pub method: String,
    /// Path template.
    pub path: String,
    /// `Accept`.
    pub accept: String,
    /// Alternatives of schemes that are needed together.
    pub security: Vec<Vec<SecurityRequirement>>,
    /// Base URL of its own.
    pub server: Option<OwnServer>,
    /// The parameters: required ones, which are arguments, then optional ones.
    pub inputs: Vec<Input>,
    /// The body.
    pub body: Option<BodyInput>,
    /// The outcome of a success.
    pub success: Outcome,
    /// The outcome of an error.
    pub error: Outcome,
    /// The operation's own name for an error type that is not an enum. None where an error can be any JSON.
    pub error_name: Option<String>,
    /// The name of the error enum that the operation shares with others of its group.
    pub shared_error: Option<String>,
    /// The statuses of an error type that is not an enum. Empty if it is for every error status.
    pub error_statuses: Vec<StatusRange>,
    /// The results as the lock has them.
    pub result_lock: ResultLock,
    /// True if a redirect is the result: the client does not follow it.
    pub returns_redirects: bool,
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
    /// Every documented response, for `surface.json`.
    pub responses: Vec<DocumentedResponse>,
    /// JSON pointer.
    pub pointer: String,
    /// The types beside it by their roles, such as `Error`. `operation` is the type that stands for it.
    pub types: Vec<(String, String)>,
}

/// A response of the description.
#[derive(Debug)]
pub(crate) struct DocumentedResponse {
    /// Status.
    pub status: Status,
    /// Media type, if it has a body.
    pub media: Option<String>,
    /// Type of the body, or of a value of the stream.
    pub ty: RustType,
}

impl PlannedOperation {
    /// The operation's own name for the type of its errors. None where an error can be any JSON.
    #[must_use]
    pub(crate) fn error_type(&self) -> Option<&str> {
        self.error.enum_name().or(self.error_name.as_deref())
    }

    /// The method and path.
    #[must_use]
    pub(crate) fn route(&self) -> String {
        route(&self.method, &self.path)
    }
}

/// All operations, grouped by their first tag or as the settings group them.
pub(crate) fn groups(api: &Api, types: &Types<'_>, config: &Config) -> Vec<Group> {
    let found = grouped(api, types, config);
    let mut naming = GroupNames::new(types.locked(), &found);
    let plan_group = |(key, operations): (GroupKey<'_>, Vec<&Operation>)| {
        let from_settings = types.renames().tag(key.title());
        let title = from_settings.unwrap_or(key.title());
        let (name, module) = naming.name(key, title, method(title), from_settings.is_some());
        let on_client = key == GroupKey::Client;
        let path = if on_client { "Client".to_owned() } else { format!("api::{name}") };
        let mut type_names = Scope::with(reserved::TYPES);
        type_names.claim(&name);
        types.locked().types_of_group(&module).for_each(|name| type_names.reserve(name));
        let titles = if key == GroupKey::Untagged { &[][..] } else { &[key.title(), title] };
        let names = method_names::names(&operations, &path, titles, types, config);
        let mut planned = plan_operations(&operations, names, [&path, &module], types, &mut type_names);
        shared::share(&mut planned, &name, &mut type_names);
        let files = files::files((!on_client).then_some(&*name), &module, &planned);
        let mut titles: Vec<String> =
            operations.iter().map(|operation| GroupKey::of(operation, config.groups).lock_title().to_owned()).collect();
        titles.sort();
        titles.dedup();
        Group {
            name,
            on_client,
            module,
            docs: key.docs(api),
            feature: None,
            needs: Vec::new(),
            operations: planned,
            titles,
            old_operations: Vec::new(),
            old_types: Vec::new(),
            files,
        }
    };
    found.into_iter().map(plan_group).collect()
}

/// The operations of each group, with their common tag or segment of the path.
fn grouped<'a>(api: &'a Api, types: &Types<'_>, config: &Config) -> Vec<(GroupKey<'a>, Vec<&'a Operation>)> {
    let name = |key: &GroupKey<'_>| method(types.renames().tag(key.title()).unwrap_or(key.title()));
    let mut found: Vec<(GroupKey<'_>, Vec<&Operation>)> = Vec::new();
    let mut indexes: BTreeMap<GroupKey<'_>, usize> = BTreeMap::new();
    let mut indexes_by_name: BTreeMap<String, usize> = BTreeMap::new();
    for operation in &api.operations {
        let key = GroupKey::of(operation, config.groups);
        let index = *indexes.entry(key).or_insert_with(|| {
            let new = found.len();
            // Tags that differ in case and signs only are one group: none of them can take the name of another.
            if key.is_named() { *indexes_by_name.entry(name(&key)).or_insert(new) } else { new }
        });
        match found.get_mut(index) {
            Some((_, operations)) => operations.push(operation),
            None => found.push((key, vec![operation])),
        }
    }
    found
}

/// Plans the operations of the group of this path and module. `scope` has the names of the types of its module.
fn plan_operations(
    operations: &[&Operation],
    names: Vec<String>,
    [group, module]: [&str; 2],
    types: &Types<'_>,
    scope: &mut Scope,
) -> Vec<PlannedOperation> {
    let locked: Vec<Vec<(String, &str)>> =
        operations.iter().zip(&names).map(|(operation, name)| locked_types(operation, name, group, types)).collect();
    // The types that stand for operations come first, so that no other type of the module takes their names.
    let markers: Vec<String> = names.iter().zip(&locked).map(|(name, locked)| marker(name, locked, scope)).collect();
    let all = operations.iter().zip(names).zip(markers.into_iter().zip(locked));
    let planned = all.map(|((operation, name), (marker, locked))| {
        scope.assign(locked.into_iter());
        plan_operation(operation, [group, module], marker, name, types, scope)
    });
    planned.collect()
}

/// Plans an operation of the group of this path and module. `scope` has the names of the types of its module.
fn plan_operation(
    operation: &Operation,
    [group, module]: [&str; 2],
    marker: String,
    name: String,
    types: &Types<'_>,
    scope: &mut Scope,
) -> PlannedOperation {
    let stem = stem(&name);
    let mut responses = Responses::of(operation, types);
    let stream = stream::stream(operation, &responses, types, || scope.claim(&format!("{stem}Event")));
    responses.name_parts(scope, &stem);
    let Results { success, error, error_name, error_statuses, result_lock } =
        results(operation, &mut responses, types, scope, &stem);
    let mut arguments = Scope::with(&["self", "call"]);
    let mut setters = Scope::with(&[reserved::METHODS, reserved::CALL].concat());
    if operation.paging.is_some() {
        paging::METHODS.iter().for_each(|taken| drop(setters.claim(taken)));
    }
    if stream::is_offered(stream.as_ref(), &success) {
        setters.claim(stream::METHOD);
    }
    let inputs = inputs(operation, types, &mut arguments, &mut setters);
    let body = body_input(operation, types, [&mut arguments, &mut setters], scope, &stem);
    let headers = view(&operation.responses, types, scope, &format!("{stem}Headers"));
    let pages = paging::pages(operation, types);
    let results = success_notes(operation, &success, &responses, &result_lock, stream.as_ref(), pages.as_ref());
    let own_name = error.enum_name().or(error_name.as_deref());
    let errors = error_docs::section(operation, own_name, &error, &responses.others(), &result_lock.left_out.error);
    let server = operation.server.as_ref().map(|server| OwnServer::of(server, types.server_variables()));
    let text = docs::of(operation.summary.as_deref().unwrap_or_default(), operation.description.as_deref());
    let arguments = arguments_and_setters(&inputs, body.as_ref());
    PlannedOperation {
        types: roles(&stem, &marker, scope.claims()),
        marker_docs: marker_docs(&marker, group, module, &name),
        marker,
        docs: method_docs(operation, text.clone(), &arguments, results, headers.as_ref(), server.as_ref(), errors),
        preview: operation.preview.is_some(),
        feature: None,
        deprecated: Deprecation::of(operation.deprecated, &text),
        tag: operation.tag.clone(),
        id: operation.named(),
        method: operation.method.clone(),
        path: operation.path.clone(),
        accept: stream::accept(stream.as_ref()).unwrap_or_else(|| responses.accept(&result_lock.left_out)),
        security: operation.security.clone(),
        server,
        responses: responses.documented(),
        pointer: operation.origin.pointer.clone(),
        pages,
        stream,
        name,
        inputs,
        body,
        success,
        error_statuses,
        error,
        result_lock,
        error_name,
        shared_error: None,
        returns_redirects: responses.returns_redirects,
        idempotency: documented_key(operation),
        timeouts: None,
        received: responses.parts,
        headers,
        shared_headers: None,
    }
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
pub(crate) fn idempotent(groups: &mut [Group], header: Option<&str>) {
    let Some(header) = header else { return };
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        if matches!(operation.method.as_str(), "POST" | "PATCH") && operation.idempotency.is_none() {
            operation.idempotency = Some(header.to_lowercase());
        }
    }
}
