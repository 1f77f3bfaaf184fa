//! Extensions that say how a list comes in pages, each read into the same words. Knows their spelling; decides nothing.

use crate::api::PagingRule;
use crate::lower::Lower;
use crate::source::node::NodeId;
use crate::span::Span;

impl Lower<'_> {
    /// What the first extension of an operation says that is known.
    pub(super) fn extension(&self, operation: NodeId) -> Option<(&'static str, Span, PagingRule)> {
        let known = ["x-pagination", "x-speakeasy-pagination", "x-fern-pagination", "x-ms-pageable"];
        let tree = &self.document.tree;
        known.into_iter().find_map(|name| {
            let node = tree.entry(operation, name).filter(|node| tree.is_map(*node))?;
            let wish = match name {
                "x-pagination" => self.datadog(node),
                "x-speakeasy-pagination" => self.speakeasy(node),
                "x-fern-pagination" => self.fern(node),
                _ => self.microsoft(node),
            };
            Some((name, tree.span(node), wish?))
        })
    }

    /// `limitParam`, `cursorParam`, `cursorPath`, `pageOffsetParam`, `pageParam`, `pageStart`, `resultsPath`.
    fn datadog(&self, node: NodeId) -> Option<PagingRule> {
        // Datadog counts from 0 unless it says so.
        let first = self.document.tree.entry(node, "pageStart").and_then(|start| self.document.tree.number(start));
        let first = first.or_else(|| self.text(node, "pageParam").map(|_| 0));
        let wish = PagingRule {
            cursor: self.text(node, "cursorParam"),
            next: self.text(node, "cursorPath"),
            offset: self.text(node, "pageOffsetParam"),
            page: self.text(node, "pageParam"),
            first,
            results: self.text(node, "resultsPath"),
            ..PagingRule::default()
        };
        (wish != PagingRule::default()).then_some(wish)
    }

    /// `type`, `inputs` with name, place and meaning, `outputs` as JSON paths.
    fn speakeasy(&self, node: NodeId) -> Option<PagingRule> {
        let tree = &self.document.tree;
        let mut wish = PagingRule::default();
        for input in tree.entry(node, "inputs").map_or(&[][..], |inputs| tree.list(inputs)) {
            let name = self.text(*input, "name")?;
            let body = tree.text_at(*input, "in") == Some("requestBody");
            let name = if body { format!("body.{}", name.trim_start_matches("$.")) } else { name };
            match tree.text_at(*input, "type") {
                Some("cursor") => wish.cursor = Some(name),
                Some("offset") => wish.offset = Some(name),
                Some("page") => wish.page = Some(name),
                Some(_) | None => {}
            }
        }
        let outputs = tree.entry(node, "outputs")?;
        let output = |name: &str| self.text(outputs, name).map(|path| path.trim_start_matches(['$', '.']).to_owned());
        wish.results = output("results");
        wish.pages = output("numPages").filter(|_| wish.page.is_some());
        let next = output("nextCursor").or_else(|| output("nextUrl"));
        wish.next = next.filter(|_| wish.offset.is_none() && wish.page.is_none());
        Some(wish)
    }

    /// `cursor`, `next_cursor`, `next_uri`, `offset`, `results` as `$request.…` and `$response.…`.
    fn fern(&self, node: NodeId) -> Option<PagingRule> {
        let of = |name: &str, root: &str| self.text(node, name)?.strip_prefix(root).map(str::to_owned);
        let response = |name: &str| of(name, "$response.");
        let request = |name: &str| {
            let name = of(name, "$request.")?;
            // Members of a body are not told apart from parameters by their spelling, except that they nest.
            Some(if name.contains('.') { format!("body.{name}") } else { name })
        };
        let wish = PagingRule {
            cursor: request("cursor"),
            next: response("next_cursor").or_else(|| response("next_uri")),
            offset: request("offset").filter(|name| !name.to_lowercase().contains("page")),
            page: request("offset").filter(|name| name.to_lowercase().contains("page")),
            results: response("results"),
            more: response("has-next-page"),
            ..PagingRule::default()
        };
        (wish != PagingRule::default()).then_some(wish)
    }

    /// `nextLinkName`, null for a list that is one page, and `itemName`.
    fn microsoft(&self, node: NodeId) -> Option<PagingRule> {
        let next = self.text(node, "nextLinkName").filter(|name| !name.is_empty())?;
        // These are names of one member, dots and all.
        if next.contains('.') {
            return None;
        }
        let results = self.text(node, "itemName").unwrap_or_else(|| "value".to_owned());
        Some(PagingRule { next: Some(next), results: Some(results), ..PagingRule::default() })
    }
}
