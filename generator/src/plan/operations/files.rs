//! The files of a group's operations. A group of a usual size has one. The operations of a longer one are in a file for
//! each word of their paths, so that the file of an operation depends on its path alone.

use super::{Outcome, Payload, PlannedOperation};
use crate::api::without_names;
use crate::plan::docs::escape_inline;
use crate::plan::names::{Scope, reserved, snake};
use std::collections::BTreeMap;

/// A file that is estimated to have more lines than this is split.
const MAX_LINES: usize = 3500;

/// Names of the modules and crates that a file of operations uses.
const RESERVED: &[&str] = &["alloc", "clientsmith_runtime", "core", "mod", "models", "runtime", "std"];

/// Ends of paths that say how a response is written.
const EXTENSIONS: [&str; 2] = ["json", "xml"];

/// A file of a group's operations.
#[derive(Debug)]
pub(crate) struct GroupFile {
    /// Name of the file; `None` for the group's own file.
    pub name: Option<String>,
    /// Documentation in lines; empty for the group's own file.
    pub docs: Vec<String>,
    /// Indexes of its operations, in the order of the description.
    pub operations: Vec<usize>,
}

/// The words that decide the file of an operation, and its estimated number of lines.
#[derive(Debug)]
pub(crate) struct PathKey {
    words: Vec<String>,
    method: String,
    lines: usize,
}

impl PathKey {
    /// The key of an operation. `lines` is its estimated number of lines in a file.
    #[must_use]
    pub(crate) fn new(operation: &PlannedOperation, lines: usize) -> Self {
        Self { words: words(&operation.path), method: operation.name.clone(), lines }
    }
}

/// The files of a group, its own first. `group` is the name of its type, where it has one.
pub(super) fn files(group: Option<&str>, module: &str, operations: &[PlannedOperation]) -> Vec<GroupFile> {
    let keys: Vec<PathKey> = operations.iter().map(|operation| PathKey::new(operation, lines(operation))).collect();
    let parts = split(&keys, module);
    let files = parts.into_iter().map(|(name, words, operations)| {
        let docs = name.as_ref().map(|_| {
            let group = group
                .map_or_else(|| "[`Client`](crate::Client)".to_owned(), |group| format!("[`{group}`](super::{group})"));
            vec![format!("Operations of {group} by their paths: `{}`.", escape_inline(&words.join("/")))]
        });
        GroupFile { name, docs: docs.unwrap_or_default(), operations }
    });
    files.collect()
}

/// Name, words and indexes of each file: first the one without a name, which may be empty, then the others by name.
#[must_use]
pub(crate) fn split(keys: &[PathKey], module: &str) -> Vec<(Option<String>, Vec<String>, Vec<usize>)> {
    let all: Vec<(usize, &PathKey)> = keys.iter().enumerate().collect();
    let mut parts = BTreeMap::new();
    split_by(&[], all, &mut parts);
    let is_first = |words: &[String]| words.is_empty() || words == [module];
    let mut first = Vec::new();
    let mut files = Vec::new();
    // The whole names come first: a short one does not take the name of another file.
    let mut scope = Scope::with(&[RESERVED, reserved::FILES].concat());
    let whole: Vec<String> = parts.keys().map(|words| scope.claim(&snake(&words.join("_")))).collect();
    for ((words, mut found), whole) in parts.into_iter().zip(whole) {
        found.sort_unstable();
        if is_first(&words) {
            first.extend(found);
            continue;
        }
        let short = words.strip_prefix(&[module.to_owned()]).map(|rest| snake(&rest.join("_")));
        let name = short.filter(|short| scope.claim_free(short)).unwrap_or(whole);
        files.push((Some(name), words, found));
    }
    first.sort_unstable();
    files.sort();
    std::iter::once((None, Vec::new(), first)).chain(files).collect()
}

/// Splits operations whose paths share these words by the next one, until each file fits.
fn split_by(words: &[String], found: Vec<(usize, &PathKey)>, parts: &mut BTreeMap<Vec<String>, Vec<usize>>) {
    let fits = found.len() < 2 || found.iter().map(|(_, key)| key.lines).sum::<usize>() <= MAX_LINES;
    if fits {
        let found = found.into_iter().map(|(index, _)| index);
        parts.entry(words.to_vec()).or_default().extend(found);
        return;
    }
    let mut by_word: BTreeMap<Option<&str>, Vec<(usize, &PathKey)>> = BTreeMap::new();
    for (index, key) in found {
        by_word.entry(key.words.get(words.len()).map(String::as_str)).or_default().push((index, key));
    }
    let alone = by_word.len() == 1;
    for (word, found) in by_word {
        match word {
            Some(word) => split_by(&[words, &[word.to_owned()]].concat(), found, parts),
            // Operations of one path.
            None if alone => {
                for (index, key) in found {
                    parts.entry([words, std::slice::from_ref(&key.method)].concat()).or_default().push(index);
                }
            }
            None => split_by(words, found, parts),
        }
    }
}

/// The words of a path template: no parameters, no versions, no extensions.
pub(crate) fn words(path: &str) -> Vec<String> {
    let mut words = Vec::new();
    for segment in path.split('/') {
        let literal = without_names(segment, "");
        let literals = literal.split(['.', ':']).filter(|word| word.chars().any(char::is_alphanumeric));
        let meaning = literals.filter(|word| !super::grouping::is_prefix(word) && !EXTENSIONS.contains(word));
        words.extend(meaning.map(snake));
    }
    words
}

/// Estimated number of lines of an operation with its types.
fn lines(operation: &PlannedOperation) -> usize {
    let inputs = operation
        .inputs
        .iter()
        .map(|input| if input.passing.has_setter() { input.docs.len().saturating_add(8) } else { 5 });
    let payloads = operation.body.iter().flat_map(|body| &body.payloads);
    let parts = payloads.clone().flat_map(Payload::parts).flat_map(|parts| &parts.fields);
    let parts = parts.map(|part| {
        let choices = part.choice.iter().map(|choice| choice.variants.len().saturating_mul(8)).sum::<usize>();
        part.docs.len().saturating_add(20).saturating_add(choices)
    });
    let outcomes = [&operation.success, &operation.error].into_iter().map(|outcome| match outcome {
        Outcome::One(..) => 0,
        Outcome::Several { responses, .. } => responses.len().saturating_mul(4).saturating_add(14),
    });
    let received = operation.received.iter().map(|parts| parts.fields.len().saturating_mul(8).saturating_add(30));
    let headers = operation.headers.iter().flat_map(|view| &view.fields);
    let headers = headers.map(|field| field.docs.len().saturating_add(5));
    let body = payloads.map(|payload| {
        let events = payload.event_kinds().len().saturating_mul(6);
        events.saturating_add(8)
    });
    let stream = operation.stream.iter().map(|stream| stream.kinds.len().saturating_mul(6).saturating_add(20));
    let security = operation.security.len().saturating_mul(3);
    let more = inputs.chain(parts).chain(outcomes).chain(received).chain(headers).chain(body).chain(stream);
    let docs = operation.docs.len().saturating_add(operation.marker_docs.len());
    more.sum::<usize>().saturating_add(docs).saturating_add(security).saturating_add(30)
}

#[cfg(test)]
mod tests {
    use super::{PathKey, split, words};

    #[test]
    fn words_of_a_path_are_its_literals() {
        let paths: [(&str, &[&str]); 5] = [
            ("/repos/{owner}/{repo}/branches", &["repos", "branches"]),
            ("/v1/customers/{id}:cancel", &["customers", "cancel"]),
            ("/2010-04-01/Accounts/{Sid}/Calls.json", &["accounts", "calls"]),
            ("/api/users.list", &["users", "list"]),
            ("/{a}", &[]),
        ];
        for (path, expected) in paths {
            assert_eq!(words(path), expected, "{path}");
        }
    }

    fn key(path: &str, method: &str, lines: usize) -> PathKey {
        PathKey { words: words(path), method: method.to_owned(), lines }
    }

    fn names(keys: &[PathKey]) -> Vec<Option<String>> {
        split(keys, "repos").into_iter().map(|(name, ..)| name).collect()
    }

    #[test]
    fn a_long_group_is_split_by_paths() {
        let paths = ["/repos/{id}", "/repos/{id}/tags", "/repos/{id}/tags/{tag}", "/tags", "/repos/{id}/keys", "/type"];
        let keys: Vec<PathKey> = paths.iter().map(|path| key(path, "get", 1500)).collect();
        let parts = split(&keys, "repos");
        let parts: Vec<_> = parts.iter().map(|(name, _, found)| (name.as_deref(), found.as_slice())).collect();
        let expected: [(Option<&str>, &[usize]); 5] = [
            (None, &[0]),
            (Some("keys"), &[4]),
            (Some("repos_tags"), &[1, 2]),
            (Some("tags"), &[3]),
            (Some("type_"), &[5]),
        ];
        assert_eq!(parts, expected);
    }

    #[test]
    fn names_of_files_are_distinct_and_free() {
        let paths = ["/repos", "/a/b", "/a/c", "/a-b", "/models", "/aux"];
        let keys: Vec<PathKey> = paths.iter().map(|path| key(path, "get", 3000)).collect();
        let expected = [None, Some("a_b"), Some("a_b2"), Some("a_c"), Some("aux2"), Some("models2")];
        assert_eq!(names(&keys), expected.map(|name| name.map(str::to_owned)));
    }

    #[test]
    fn operations_of_one_path_are_split_by_name() {
        let keys = [key("/repos", "list", 3000), key("/repos", "create", 3000)];
        assert_eq!(names(&keys), [None, Some("create".to_owned()), Some("list".to_owned())]);
        assert_eq!(names(&[key("/repos", "list", 9000)]), [None]);
    }
}
