//! Findings of the lint, in the order of their places, without what an earlier stage has said.

use crate::diagnostic::{Code, Diagnostics, Label};
use crate::span::Span;
use std::collections::BTreeSet;

/// Longest text of the input in a message.
const LONGEST: usize = 60;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: Vec<(Span, Code, String, Option<Label>)>,
}

impl Findings {
    pub(super) fn add(&mut self, code: Code, span: Span, message: String) {
        self.list.push((span, code, message, None));
    }

    /// With another place that belongs to it.
    pub(super) fn add_with(&mut self, code: Code, span: Span, message: String, related: Label) {
        self.list.push((span, code, message, Some(related)));
    }

    /// Everything that an earlier stage has not said at the same place.
    pub(super) fn report(mut self, said: &BTreeSet<(Code, Span)>) -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        self.list.sort_by_key(|(span, code, ..)| (*span, *code));
        for (span, code, message, related) in self.list {
            if !said.contains(&(code, span)) {
                diagnostics.report(code, span, message).related.extend(related);
            }
        }
        diagnostics
    }
}

/// The name that was probably meant: one or two typing errors away, or the same but for capitals and signs.
pub(super) fn near<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    let far = (word.chars().count() / 4).min(2);
    let steps = |name: &str| match plain(name) == plain(word) {
        true => 0,
        false => strsim::osa_distance(name, word),
    };
    names.map(|name| (steps(name), name)).min().filter(|(steps, _)| *steps <= far).map(|(_, name)| name)
}

/// A text of the input as messages show it: one short line.
pub(super) fn short(text: &str) -> String {
    let mut line: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}
