//! Deduplication of findings: a fault that occurs several times is reported once, with the number of occurrences.

use super::{Diagnostic, Diagnostics, Label};
use crate::span::Span;
use std::collections::BTreeMap;

/// Maximum number of related positions of a finding.
const SHOWN: usize = 3;

impl Diagnostics {
    /// Merges equal findings into one at the position of the first.
    pub(crate) fn deduplicate(&mut self) {
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
