//! The reader of one file. The description must be readable. A fault in another file leaves out the parts that refer to
//! it.

use crate::diagnostic::{Code, Diagnostics, Label};
use crate::source::SourceMap;
use crate::source::files::{Files, LoadErrorKind};
use crate::span::{FileId, Span};
use crate::syntax::node::{NodeId, Tree};
use crate::syntax::parse::{SyntaxError, parse_into};
use std::path::Path;

/// The root of a file, and the span of the reference to it. The description has no such span.
pub(super) fn load(
    path: &Path,
    from: Option<Span>,
    files: &dyn Files,
    sources: &mut SourceMap,
    tree: &mut Tree,
    diagnostics: &mut Diagnostics,
) -> Option<NodeId> {
    let bytes = match files.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let code = match error.kind {
                LoadErrorKind::NotFound => Code::FileNotFound,
                LoadErrorKind::IsDirectory => Code::FileIsDirectory,
                LoadErrorKind::Unreadable => Code::FileUnreadable,
            };
            match from {
                Some(span) => drop(diagnostics.report(Code::UnreadableReference, span, error.to_string())),
                None => diagnostics.report_whole(code, error.to_string()),
            }
            return None;
        }
    };
    match parse(path, bytes, sources, tree, diagnostics) {
        Ok(root) => Some(root),
        Err(error) => {
            report(path, error, from, diagnostics);
            None
        }
    }
}

/// Parses a file into the tree, and returns its root.
fn parse(
    path: &Path,
    bytes: Vec<u8>,
    sources: &mut SourceMap,
    tree: &mut Tree,
    diagnostics: &mut Diagnostics,
) -> Result<NodeId, SyntaxError> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        // Invalid bytes are replaced, so that the position of the first can be shown.
        let file = sources.add(path.to_owned(), String::from_utf8_lossy(error.as_bytes()).into_owned());
        let message = format!("{} is not UTF-8 from byte {at} on", path.display());
        SyntaxError { span: point(file, at), code: Code::NotUtf8, message }
    })?;
    let file = sources.add(path.to_owned(), text);
    let text = sources.text(file).to_owned();
    parse_into(tree, file, &text, diagnostics)
}

fn report(path: &Path, error: SyntaxError, from: Option<Span>, diagnostics: &mut Diagnostics) {
    let Some(from) = from else {
        diagnostics.report(error.code, error.span, error.message);
        return;
    };
    let message = match error.code {
        Code::NotUtf8 => error.message,
        _ => format!("{} cannot be read: {}", path.display(), error.message),
    };
    let found = diagnostics.report(Code::UnreadableReference, error.span, message);
    found.related.push(Label { span: from, text: "the part that refers to it is left out".to_owned() });
    found.help = error.code.help().map(str::to_owned);
}

fn point(file: FileId, at: usize) -> Span {
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: at, end: at }
}
