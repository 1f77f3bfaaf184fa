//! The parser of a file: JSON by its own scanner, any other text as YAML, which includes JSON.

use super::node::{Entry, NodeId, Tree};
use super::{json, yaml};
use crate::diagnostic::{Code, Diagnostics, Label};
use crate::span::{FileId, Span};

/// Deepest level of nesting.
pub(crate) const DEEPEST: usize = 500;

/// The error of a text that is not a value.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    /// Position.
    pub span: Span,
    /// Code of the diagnostic.
    pub code: Code,
    /// Message.
    pub message: String,
}

/// Parses a text into the tree. Reports the faults that do not make the whole text invalid.
///
/// # Errors
/// Returns a [`SyntaxError`] when the text is not one value.
pub(crate) fn parse_into(
    tree: &mut Tree,
    file: FileId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Result<NodeId, SyntaxError> {
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        let span = Span { file, start: 0, end: 0 };
        return Err(SyntaxError { span, code: Code::EmptyInput, message: "the file is empty".to_owned() });
    }
    let looks_like_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    if !looks_like_json {
        return yaml::parse(tree, file, text, diagnostics);
    }
    let before = tree.nodes.len();
    let mut of_json = Diagnostics::default();
    match json::parse(tree, file, text, &mut of_json) {
        Err(error) if error.code != Code::TooDeep => {
            tree.nodes.truncate(before);
            let mut quiet = Diagnostics::default();
            let node = yaml::parse(tree, file, text, &mut quiet).map_err(|_| error)?;
            diagnostics.list.append(&mut quiet.list);
            Ok(node)
        }
        done => {
            diagnostics.list.append(&mut of_json.list);
            done
        }
    }
}

/// Reports a key that its mapping has already.
pub(super) fn report_duplicate_key(first: &Entry, second: &Entry, diagnostics: &mut Diagnostics) {
    let message = format!("duplicate key `{}`; the last value is used", second.key);
    let found = diagnostics.report(Code::DuplicateKey, second.key_span, message);
    found.related.push(Label { span: first.key_span, text: "first here".to_owned() });
}
