//! Responses from the description's examples, for tests of programs that use the generated crate.

use super::docs;
use super::names::{Scope, snake};
use super::operations::media_kind::MediaKind;
use super::operations::{Group, PathKey, PlannedOperation, split};
use crate::api::{Api, Status};

/// A function that returns a response.
#[derive(Debug)]
pub(crate) struct ResponseExample {
    /// Name in Rust.
    pub name: String,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// The status. `None` if the description does not determine it; then the function has an argument for it.
    pub status: Option<u16>,
    /// `Content-Type`.
    pub media: String,
    /// The body.
    pub text: String,
    /// Name of the file with the body, in the directory of the group, if the body is long.
    pub file: Option<String>,
}

/// Maximum number of lines of a body in a function.
const MAX_LINES: usize = 100;

/// The functions of a group.
#[derive(Debug)]
pub(crate) struct GroupExamples {
    /// The module of the group.
    pub module: String,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// The cargo features that it needs.
    pub needs: Vec<String>,
    /// Names of files, and their functions. The file without a name is the group's own.
    pub files: Vec<(Option<String>, Vec<ResponseExample>)>,
}

/// One function for each example, by group, in the order of the operations.
#[must_use]
pub(crate) fn response_examples(api: &Api, groups: &[Group]) -> Vec<GroupExamples> {
    groups.iter().filter_map(|group| of_group(api, group)).collect()
}

/// The examples of the operations of a group.
fn of_group(api: &Api, group: &Group) -> Option<GroupExamples> {
    let mut names = Scope::default();
    let mut examples: Vec<Vec<ResponseExample>> =
        group.operations.iter().map(|operation| of_operation(api, operation, &mut names)).collect();
    if examples.iter().all(Vec::is_empty) {
        return None;
    }
    // An operation without examples has no file.
    let with_some =
        || group.operations.iter().zip(0_usize..).filter(|(_, index)| !examples.get(*index).is_none_or(Vec::is_empty));
    let keys: Vec<PathKey> = with_some()
        .map(|(operation, index)| PathKey::new(operation, examples.get(index).into_iter().flatten().map(lines).sum()))
        .collect();
    let indexes: Vec<usize> = with_some().map(|(_, index)| index).collect();
    let parts = split(&keys, &group.module);
    let mut taken = |found: Vec<usize>| {
        let mut functions = Vec::new();
        for index in found.into_iter().filter_map(|key| indexes.get(key)) {
            functions.extend(examples.get_mut(*index).map(std::mem::take).unwrap_or_default());
        }
        functions
    };
    let files = parts.into_iter().map(|(name, _, found)| (name, taken(found))).collect();
    let name = if group.on_client { "Client" } else { &group.name };
    let docs = vec![format!("Responses to the calls of [`{name}`](crate::{}).", group.path())];
    Some(GroupExamples { module: group.module.clone(), docs, needs: group.needs.clone(), files })
}

/// The examples of the responses of an operation.
fn of_operation(api: &Api, operation: &PlannedOperation, names: &mut Scope) -> Vec<ResponseExample> {
    let mut all = Vec::new();
    let source = api.operations.iter().find(|source| source.origin.pointer == operation.pointer);
    for response in source.map_or(&[][..], |source| &source.responses) {
        let (word, status) = match response.status {
            Status::Exact(status) => (status.to_string(), Some(status)),
            Status::Range(range) => (format!("{range}xx"), Some(u16::from(range) * 100)),
            Status::Default => ("other".to_owned(), None),
        };
        for example in &response.examples {
            let label = match &example.name {
                Some(name) => format!("The example `{}`", docs::escape_inline(&docs::one_line(name))),
                None => "An example".to_owned(),
            };
            let words = match response.status {
                Status::Exact(status) => format!(" with the status {status}"),
                range @ Status::Range(_) => format!(" with a status {range}"),
                Status::Default => String::new(),
            };
            let spelled = format!("{} {word} {}", operation.name, example.name.as_deref().unwrap_or_default());
            let name = names.claim(&snake(spelled.trim()));
            let is_long = example.text.lines().count() > MAX_LINES;
            all.push(ResponseExample {
                file: is_long.then(|| format!("{name}.{}", extension(&example.media))),
                name,
                docs: docs::of(&format!("{label} of a response of `{}`{words}.", operation.route()), None),
                status,
                media: example.media.clone(),
                text: example.text.clone(),
            });
        }
    }
    all
}

/// The extension of a file with a body of this media type.
fn extension(media: &str) -> &'static str {
    match MediaKind::of_name(media) {
        MediaKind::Json => "json",
        MediaKind::Xml => "xml",
        _ => "txt",
    }
}

/// Estimated number of lines of a function.
fn lines(example: &ResponseExample) -> usize {
    let body = if example.file.is_some() { 1 } else { example.text.lines().count() };
    body.saturating_add(example.docs.len()).saturating_add(9)
}
