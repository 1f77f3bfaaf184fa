//! Paths: templates, templates with equal addresses, and parameters of paths and operations.

use super::{Lint, findings};
use crate::diagnostic::{Code, Label};
use crate::span::Span;
use crate::syntax::node::{Entry, NodeId};
use std::collections::BTreeMap;
use std::fmt;

const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

impl Lint<'_> {
    /// The rules of all paths: their syntax, and paths that match the same addresses.
    pub(super) fn paths(&mut self, root: NodeId) {
        let tree = self.tree();
        let paths = tree.value_at(root, "paths").map_or(&[][..], |paths| tree.map(paths));
        let mut known: BTreeMap<String, (&str, Span)> = BTreeMap::new();
        for path in paths.iter().filter(|path| !path.key.starts_with("x-")) {
            let names = match placeholders(&path.key) {
                Ok(names) => names,
                Err(wrong) => {
                    let message = format!("the path `{}` {wrong}", findings::short(&path.key));
                    self.findings.add(Code::PathSyntax, path.key_span, message);
                    continue;
                }
            };
            if names.is_empty() {
                continue;
            }
            let shape = names.iter().fold(path.key.clone(), |shape, name| shape.replace(&format!("{{{name}}}"), "{}"));
            match known.get(&shape) {
                Some((first, span)) => {
                    let (first, second) = (findings::short(first), findings::short(&path.key));
                    let message = format!("`{second}` matches the same addresses as `{first}`");
                    let related = Label { span: *span, text: "the other one".to_owned() };
                    self.findings.add_with(Code::PathsCollide, path.key_span, message, related);
                }
                None => drop(known.insert(shape, (&path.key, path.key_span))),
            }
        }
    }

    /// Checks the keys of `responses`.
    pub(super) fn check_status_keys(&mut self, field: &str, entries: &[Entry]) {
        if field != "responses" {
            return;
        }
        for entry in entries.iter().filter(|entry| !entry.key.starts_with("x-") && !is_status(&entry.key)) {
            let message = format!("`{}` is not a status", findings::short(&entry.key));
            self.findings.add(Code::WrongType, entry.key_span, message);
        }
    }

    /// The rules of one path.
    pub(super) fn path_item(&mut self, node: NodeId) {
        let tree = self.tree();
        for more in tree.value_at(node, "additionalOperations").map_or(&[][..], |map| tree.map(map)) {
            if METHODS.contains(&more.key.to_lowercase().as_str()) {
                let field = more.key.to_lowercase();
                let message = format!("the method `{}` must be in the field `{field}` of the path", more.key);
                self.findings.add(Code::FieldConflict, more.key_span, message);
            }
        }
        let shared = self.whole_queries(node, (0, 0));
        for entry in tree.map(node).iter().filter(|entry| METHODS.contains(&entry.key.as_str())) {
            self.whole_queries(entry.value, shared);
        }
    }

    /// OpenAPI 3.2: a parameter for the whole query excludes other query parameters. Counts both kinds.
    fn whole_queries(&mut self, node: NodeId, shared: (usize, usize)) -> (usize, usize) {
        let tree = self.tree();
        let (mut whole, mut parts) = shared;
        for parameter in tree.value_at(node, "parameters").map_or(&[][..], |list| tree.list(list)) {
            let Some(target) = self.document.target(*parameter) else { continue };
            match tree.text_at(target, "in") {
                Some("querystring") => whole += 1,
                Some("query") => parts += 1,
                _ => continue,
            }
            let message = match (whole, parts) {
                (0, _) | (1, 0) => continue,
                (1, _) => "parameters in `query` and in `querystring` exclude each other",
                _ => "two parameters in `querystring` exclude each other",
            };
            self.findings.add(Code::FieldConflict, tree.span(*parameter), message.to_owned());
        }
        (whole, parts)
    }
}

/// The reason why a path is not a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TemplateError<'p> {
    UnmatchedBrace,
    EmptyName,
    Duplicate(&'p str),
}

impl fmt::Display for TemplateError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnmatchedBrace => f.write_str("has an unmatched brace"),
            Self::EmptyName => f.write_str("has a parameter without a name"),
            Self::Duplicate(name) => write!(f, "has the parameter `{}` twice", findings::short(name)),
        }
    }
}

impl std::error::Error for TemplateError<'_> {}

/// The parameters of a template.
fn placeholders(path: &str) -> Result<Vec<&str>, TemplateError<'_>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        let (_, from) = rest.split_at(at);
        let inner = from.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        let Some((name, after)) = inner.filter(|(name, _)| !name.contains('{')) else {
            return Err(TemplateError::UnmatchedBrace);
        };
        if name.is_empty() {
            return Err(TemplateError::EmptyName);
        }
        if names.contains(&name) {
            return Err(TemplateError::Duplicate(name));
        }
        names.push(name);
        rest = after;
    }
    Ok(names)
}

fn is_status(key: &str) -> bool {
    let exact = key.parse::<u16>().is_ok_and(|status| (100..1000).contains(&status));
    let range = matches!(key.as_bytes(), [b'1'..=b'5', b'x' | b'X', b'x' | b'X']);
    exact || range || key.eq_ignore_ascii_case("default")
}
