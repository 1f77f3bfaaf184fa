//! Findings of a whole run, gathered: a fault that a description repeats is said once, with how often it comes.

use super::{Diagnostic, Diagnostics, Label};
use crate::span::Span;
use std::collections::BTreeMap;

/// Places shown beside the first.
const SHOWN: usize = 3;

impl Diagnostics {
    /// Makes one finding of all that say the same, at the place of the first.
    pub fn gather(&mut self) {
        let mut groups: BTreeMap<_, usize> = BTreeMap::new();
        let mut gathered: Vec<(Diagnostic, Vec<Span>)> = Vec::new();
        for found in std::mem::take(&mut self.list) {
            let span = found.primary.as_ref().map(|label| label.span);
            let at = *groups.entry((found.code, found.message.clone())).or_insert(gathered.len());
            match (gathered.get_mut(at), span) {
                (None, _) => gathered.push((found, span.into_iter().collect())),
                (Some((_, spans)), Some(span)) if !spans.contains(&span) => spans.push(span),
                (Some(_), _) => {}
            }
        }
        self.list =
            gathered.into_iter().map(|(found, spans)| counted(found, spans.get(1..).unwrap_or_default())).collect();
    }
}

fn counted(mut found: Diagnostic, others: &[Span]) -> Diagnostic {
    match others.len() {
        0 => {}
        1 => found.message.push_str(" (and at 1 other place)"),
        more => found.message.push_str(&format!(" (and at {more} other places)")),
    }
    let shown = others.iter().take(SHOWN.saturating_sub(found.related.len()));
    found.related.extend(shown.map(|span| Label { span: *span, text: "here too".to_owned() }));
    found
}
