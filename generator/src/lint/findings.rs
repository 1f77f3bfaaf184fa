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

/// The name that was probably meant: it differs in one or two letters, or only in case and punctuation.
pub(super) fn near<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    let far = (word.chars().count() / 4).min(2);
    let steps = |name: &str| match plain(name) == plain(word) {
        true => 0,
        false => strsim::osa_distance(name, word),
    };
    names.map(|name| (steps(name), name)).min().filter(|(steps, _)| *steps <= far).map(|(_, name)| name)
}

/// A string of the input for a message: one short line.
pub(super) fn short(text: &str) -> String {
    let mut line: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}
