//! Findings of the lint, gathered: a fault that a description repeats is said once, with how often it comes.

use crate::diagnostic::{Code, Diagnostics, Label};
use crate::span::Span;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Places shown beside the first.
const SHOWN: usize = 3;
/// Longest text of the input in a message.
const LONGEST: usize = 60;

/// Findings by kind and message, in the order of their first place.
#[derive(Debug, Default)]
pub(super) struct Findings {
    list: IndexMap<(Code, String), Vec<Label>>,
}

impl Findings {
    pub(super) fn add(&mut self, code: Code, span: Span, message: String) {
        self.list.entry((code, message)).or_default().push(Label { span, text: String::new() });
    }

    /// With another place that belongs to it.
    pub(super) fn add_with(&mut self, code: Code, span: Span, message: String, related: Label) {
        let labels = self.list.entry((code, message)).or_default();
        labels.push(Label { span, text: String::new() });
        labels.push(related);
    }

    /// Says everything that an earlier stage has not said at the same place.
    pub(super) fn report(self, said: &BTreeSet<(Code, Span)>, diagnostics: &mut Diagnostics) {
        let mut list = self.list;
        list.sort_by_cached_key(|_, labels| labels.first().map(|label| label.span));
        for ((code, message), mut labels) in list {
            labels.retain(|label| !said.contains(&(code, label.span)));
            let mut labels = labels.into_iter();
            let Some(first) = labels.next() else { continue };
            let places = labels.as_slice().iter().filter(|label| label.text.is_empty()).count();
            let more = match places {
                0 => String::new(),
                1 => " (and at 1 other place)".to_owned(),
                more => format!(" (and at {more} other places)"),
            };
            let found = diagnostics.report(code, first.span, message + &more);
            let again = |label: Label| match label.text.as_str() {
                "" => Label { text: "here too".to_owned(), ..label },
                _ => label,
            };
            found.related.extend(labels.take(SHOWN).map(again));
        }
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
