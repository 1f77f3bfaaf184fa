//! The note about a description from which no client can be generated.

use super::Lower;
use crate::diagnostic::{Code, Severity};

/// Fields with webhooks, whose bodies have types in the crate.
const WEBHOOKS: [&str; 2] = ["webhooks", "x-webhooks"];

impl Lower<'_> {
    /// Reports a description without operations and webhooks. Where some were left out, other findings say so.
    pub(super) fn report_without_operations(&mut self) {
        let (api, tree, root) = (&self.api, &self.document.tree, self.document.entry);
        let has_some = !api.operations.is_empty() || !api.webhooks.is_empty() || !api.left_out.is_empty();
        let has_webhooks =
            WEBHOOKS.iter().any(|name| tree.value_at(root, name).is_some_and(|map| !tree.map(map).is_empty()));
        let is_left_out = self.diagnostics.list.iter().any(|found| found.severity == Severity::Skipped);
        if has_some || has_webhooks || is_left_out || !api.skipped.is_empty() {
            return;
        }
        let rest = match api.components.len() {
            0 => "the crate has a client without calls, and no types".to_owned(),
            1 => "the crate has the type of one schema, and a client without calls".to_owned(),
            count => format!("the crate has the types of {count} schemas, and a client without calls"),
        };
        let span = tree.value_at(root, "paths").map_or_else(|| tree.span(root), |paths| tree.span(paths));
        self.diagnostics.report(Code::NoOperations, span, format!("the description has no operations: {rest}"));
    }
}
