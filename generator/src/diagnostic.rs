//! What is wrong with the input, said to people: a code, a place, a message, a cure.

pub mod code;
mod dedup;

use crate::span::Span;
pub use code::Code;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is printed.
    Error,
    /// A part of the description is left out of the output.
    Skipped,
    /// Printed, but look at it.
    Warning,
    /// Good to know.
    Note,
}

/// A place with a word about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there; may be empty.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of finding.
    pub code: Code,
    /// How bad.
    pub severity: Severity,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// The place; absent when the input as a whole is meant.
    pub primary: Option<Label>,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

/// Collects findings; stages append and go on.
#[derive(Debug, Default)]
pub struct Diagnostics {
    /// In the order they were found.
    pub list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding with the severity that its code has, and returns it for more detail.
    pub fn report(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
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
    pub fn report_whole(&mut self, code: Code, message: impl Into<String>) {
        self.report(code, Span::default(), message).primary = None;
    }

    /// Whether anything stops the run.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Messages quote the description, whose texts may hold anything: line breaks, and signs that steer a terminal.
fn one_line(message: String) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if message.contains(steers) { message.replace(steers, " ") } else { message }
}
