//! From the text of a file to nodes: JSON by its own scanner, everything else as YAML, of which JSON is a part.

use super::node::{NodeId, Tree};
use super::{json, yaml};
use crate::diagnostic::{Code, Diagnostics};
use crate::span::{FileId, Span};

/// How deep values may nest.
pub const DEEPEST: usize = 500;

/// Why a text is not a value.
#[derive(Debug)]
pub struct SyntaxError {
    /// Where.
    pub span: Span,
    /// What kind of fault.
    pub code: Code,
    /// In words.
    pub message: String,
}

/// Parses a text into the tree.
pub fn parse_into(tree: &mut Tree, file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<NodeId> {
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        let span = Span { file, start: 0, end: 0 };
        diagnostics.report(Code::EmptyInput, span, "the file is empty");
        return None;
    }
    let before = tree.nodes.len();
    let looks_like_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    if looks_like_json {
        match json::parse(tree, file, text) {
            Ok(node) => return Some(node),
            Err(error) if error.code == Code::TooDeep => {
                diagnostics.report(error.code, error.span, error.message);
                return None;
            }
            Err(error) => {
                tree.nodes.truncate(before);
                let mut quiet = Diagnostics::default();
                if let Ok(node) = yaml::parse(tree, file, text, &mut quiet) {
                    diagnostics.list.append(&mut quiet.list);
                    return Some(node);
                }
                diagnostics.report(error.code, error.span, error.message);
                return None;
            }
        }
    }
    match yaml::parse(tree, file, text, diagnostics) {
        Ok(node) => Some(node),
        Err(error) => {
            diagnostics.report(error.code, error.span, error.message);
            None
        }
    }
}
