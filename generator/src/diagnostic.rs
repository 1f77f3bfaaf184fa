//! Diagnostics: findings about the input with a code, a position, a message and a help text.

mod code;
mod dedup;
mod json_pointers;
pub mod render;

pub use crate::source::{LineColumn, SourceMap};
pub use crate::span::{FileId, Span};
pub use code::Code;

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// A part of the description is left out of the output.
    Skipped,
    /// The code is generated, but may be wrong.
    Warning,
    /// Information.
    Note,
}

/// A position with a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Position.
    pub span: Span,
    /// Note. May be empty.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Code.
    pub code: Code,
    /// Severity.
    pub severity: Severity,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// Position. `None` for a finding about the whole input.
    pub primary: Option<Label>,
    /// Related positions.
    pub related: Vec<Label>,
    /// Help text.
    pub help: Option<String>,
}

/// A list of findings, to which the stages append.
#[derive(Debug, Default)]
pub struct Diagnostics {
    /// Findings in the order in which they were found.
    pub list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding with the severity of its code, and returns it so that the caller can add details.
    pub(crate) fn report(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let diagnostic = Diagnostic {
            code,
            severity: code.severity(),
            message: one_line(message.into()),
            primary: Some(Label { span, text: String::new() }),
            related: Vec::new(),
            help: code.help().map(str::to_owned),
        };
        let last = self.list.len();
        self.list.push(diagnostic);
        #[expect(clippy::indexing_slicing, reason = "pushed one line above")]
        &mut self.list[last]
    }

    /// Adds a finding about the input as a whole.
    pub(crate) fn report_whole(&mut self, code: Code, message: impl Into<String>) {
        self.report(code, Span::default(), message).primary = None;
    }

    /// Returns true if a finding is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Replaces control characters. Messages quote the description, which may contain line breaks and terminal sequences.
fn one_line(message: String) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if message.contains(steers) { message.replace(steers, " ") } else { message }
}
