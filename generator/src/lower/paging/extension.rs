//! Pagination extensions, read into one type. Knows their spelling. Decides nothing.

use crate::api::PagingRule;
use crate::lower::Lower;
use crate::span::Span;
use crate::syntax::node::NodeId;

impl Lower<'_> {
    /// The rule of the first known extension of an operation.
    pub(super) fn extension(&self, operation: NodeId) -> Option<(&'static str, Span, PagingRule)> {
        let known = ["x-pagination", "x-speakeasy-pagination", "x-fern-pagination", "x-ms-pageable"];
        let tree = &self.document.tree;
        known.into_iter().find_map(|name| {
            let node = tree.value_at(operation, name).filter(|node| tree.is_map(*node))?;
            let rule = match name {
                "x-pagination" => self.datadog(node),
                "x-speakeasy-pagination" => self.speakeasy(node),
                "x-fern-pagination" => self.fern(node),
                _ => self.microsoft(node),
            };
            Some((name, tree.span(node), rule?))
        })
    }

    /// `limitParam`, `cursorParam`, `cursorPath`, `pageOffsetParam`, `pageParam`, `pageStart`, `resultsPath`.
    fn datadog(&self, node: NodeId) -> Option<PagingRule> {
        // Datadog counts from 0 by default.
        let first = self.document.tree.value_at(node, "pageStart").and_then(|start| self.document.tree.to_u64(start));
        let first = first.or_else(|| self.text(node, "pageParam").map(|_| 0));
        let rule = PagingRule {
            cursor: self.text(node, "cursorParam"),
            next: self.text(node, "cursorPath"),
            offset: self.text(node, "pageOffsetParam"),
            page: self.text(node, "pageParam"),
            first,
            results: self.text(node, "resultsPath"),
            ..PagingRule::default()
        };
        (rule != PagingRule::default()).then_some(rule)
    }

    /// `type`, `inputs` with name, place and meaning, `outputs` as JSON paths.
    fn speakeasy(&self, node: NodeId) -> Option<PagingRule> {
        let tree = &self.document.tree;
        let mut rule = PagingRule::default();
        for input in tree.value_at(node, "inputs").map_or(&[][..], |inputs| tree.list(inputs)) {
            let name = self.text(*input, "name")?;
            let body = tree.text_at(*input, "in") == Some("requestBody");
            let name = if body { format!("body.{}", name.trim_start_matches("$.")) } else { name };
            match tree.text_at(*input, "type") {
                Some("cursor") => rule.cursor = Some(name),
                Some("offset") => rule.offset = Some(name),
                Some("page") => rule.page = Some(name),
                Some(_) | None => {}
            }
        }
        let outputs = tree.value_at(node, "outputs")?;
        let output = |name: &str| self.text(outputs, name).map(|path| path.trim_start_matches(['$', '.']).to_owned());
        rule.results = output("results");
        rule.pages = output("numPages").filter(|_| rule.page.is_some());
        let next = output("nextCursor").or_else(|| output("nextUrl"));
        rule.next = next.filter(|_| rule.offset.is_none() && rule.page.is_none());
        Some(rule)
    }

    /// `cursor`, `next_cursor`, `next_uri`, `offset`, `results` as `$request.…` and `$response.…`.
    fn fern(&self, node: NodeId) -> Option<PagingRule> {
        let path_in = |name: &str, root: &str| self.text(node, name)?.strip_prefix(root).map(str::to_owned);
        let response = |name: &str| path_in(name, "$response.");
        let request = |name: &str| {
            let name = path_in(name, "$request.")?;
            // The spelling is the same for properties of a body and for parameters. Only properties nest.
            Some(if name.contains('.') { format!("body.{name}") } else { name })
        };
        let rule = PagingRule {
            cursor: request("cursor"),
            next: response("next_cursor").or_else(|| response("next_uri")),
            offset: request("offset").filter(|name| !name.to_lowercase().contains("page")),
            page: request("offset").filter(|name| name.to_lowercase().contains("page")),
            results: response("results"),
            more: response("has-next-page"),
            ..PagingRule::default()
        };
        (rule != PagingRule::default()).then_some(rule)
    }

    /// `nextLinkName`, null for a list of one page, and `itemName`.
    fn microsoft(&self, node: NodeId) -> Option<PagingRule> {
        let next = self.text(node, "nextLinkName").filter(|name| !name.is_empty())?;
        // These are names of one property, with dots.
        if next.contains('.') {
            return None;
        }
        let results = self.text(node, "itemName").unwrap_or_else(|| "value".to_owned());
        Some(PagingRule { next: Some(next), results: Some(results), ..PagingRule::default() })
    }
}
