//! The findings of the lint, in the order of their positions and without those of earlier stages.

use crate::diagnostic::{Code, Diagnostics, Label};
use crate::span::Span;
use std::collections::BTreeSet;

/// Longest part of the input in a message.
const LONGEST: usize = 60;

/// The findings.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<(Span, Code, String, Option<Label>)>,
}

impl Findings {
    pub(super) fn add(&mut self, code: Code, span: Span, message: String) {
        self.list.push((span, code, message, None));
    }

    /// Adds a related position.
    pub(super) fn add_with(&mut self, code: Code, span: Span, message: String, related: Label) {
        self.list.push((span, code, message, Some(related)));
    }

    /// The findings that no earlier stage has at the same position.
    pub(super) fn report(mut self, earlier: &BTreeSet<(Code, Span)>) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        self.list.sort_by_key(|(span, code, ..)| (*span, *code));
        for (span, code, message, related) in self.list {
            if !earlier.contains(&(code, span)) {
                diagnostics.report(code, span, message).related.extend(related);
            }
        }
        diagnostics
    }
}

/// A string of the input for a message: one short line.
pub(super) fn short(text: &str) -> String {
    let mut line: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}
