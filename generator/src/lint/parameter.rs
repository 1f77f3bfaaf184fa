//! Parameters: the serialization depends on the location.

use super::grammar::{V30, V32};
use super::{Lint, findings};
use crate::diagnostic::Code;
use crate::syntax::node::NodeId;

impl Lint<'_> {
    /// The rules of a parameter of OpenAPI 3.
    pub(super) fn parameter(&mut self, node: NodeId) {
        let tree = self.tree();
        let location = tree.text_at(node, "in").unwrap_or_default();
        if location == "querystring" && self.version >= V32 {
            self.report_exclusive(node, "content", &["style", "explode", "allowReserved"], "a parameter");
            if tree.value_at(node, "content").is_none() {
                let message = "a parameter in `querystring` has no `content`".to_owned();
                self.findings.add(Code::MissingField, tree.span(node), message);
            }
            return;
        }
        let styles: &[&str] = match location {
            "path" => &["simple", "label", "matrix"],
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "header" => &["simple"],
            "cookie" if self.version >= V32 => &["form", "cookie"],
            "cookie" => &["form"],
            _ => {
                self.location(node, &["path", "query", "header", "cookie"]);
                return;
            }
        };
        self.report_unlisted_value(node, "style", styles);
        let percent_encodes = match location {
            "query" => true,
            "path" => self.version >= V32,
            "cookie" => self.version >= V32 && tree.text_at(node, "style") != Some("cookie"),
            _ => false,
        };
        if !percent_encodes {
            self.report_if_present(node, "allowReserved", &format!("a parameter in `{location}`"));
        }
        if location != "query" {
            self.report_if_present(node, "allowEmptyValue", &format!("a parameter in `{location}`"));
        }
        self.required_in_path(node, location);
        self.check_parameter_name(node, location);
        self.check_alternatives(node, "a parameter");
    }

    /// The rules of parameters and headers: one of `schema` and `content`, one of `example` and `examples`.
    pub(super) fn check_alternatives(&mut self, node: NodeId, what: &str) {
        let tree = self.tree();
        self.report_exclusive(node, "example", &["examples"], what);
        self.report_exclusive(node, "content", &["schema", "style", "explode", "allowReserved"], what);
        match tree.value_at(node, "content") {
            None => self.schema_or_content(node, what),
            Some(content) if tree.map(content).len() > 1 => {
                let message = format!("`content` of {what} must have one media type; the first is used");
                self.findings.add(Code::FieldConflict, tree.span(content), message);
            }
            Some(_) => {}
        }
    }

    fn schema_or_content(&mut self, node: NodeId, what: &str) {
        let tree = self.tree();
        // A type beside the name, as in Swagger 2.0, is reported as an unknown field.
        let old = ["type", "items", "enum", "format"].iter().any(|key| tree.value_at(node, key).is_some());
        if tree.value_at(node, "schema").is_none() && !old {
            let message = format!("{what} has neither `schema` nor `content`; its type is any value");
            self.findings.add(Code::MissingField, tree.span(node), message);
        }
    }

    /// The rules of a parameter of Swagger 2.0.
    pub(super) fn swagger_parameter(&mut self, node: NodeId) {
        let tree = self.tree();
        let location = tree.text_at(node, "in").unwrap_or_default();
        if location == "body" {
            self.report_missing(node, "schema", "a parameter in `body`");
            return;
        }
        if !["path", "query", "header", "formData"].contains(&location) {
            self.location(node, &["path", "query", "header", "formData", "body"]);
            return;
        }
        self.report_unlisted_value(node, "type", &["string", "number", "integer", "boolean", "array", "file"]);
        let multi: &[&str] = &["csv", "ssv", "tsv", "pipes", "multi"];
        let formats = if ["query", "formData"].contains(&location) { multi } else { &["csv", "ssv", "tsv", "pipes"] };
        self.report_unlisted_value(node, "collectionFormat", formats);
        if tree.text_at(node, "type") == Some("file") && location != "formData" {
            let message = format!("a file cannot be sent in `{location}`");
            self.findings.add(Code::ValueNotListed, tree.span(node), message);
        }
        if tree.value_at(node, "schema").is_none() {
            self.report_missing(node, "type", "a parameter");
        } else {
            self.report_if_present(node, "schema", &format!("a parameter in `{location}`"));
        }
        self.required_in_path(node, location);
        self.check_parameter_name(node, location);
        self.values(node);
    }

    /// Reports an unknown location.
    fn location(&mut self, node: NodeId, locations: &[&str]) {
        // An earlier stage reports unknown locations.
        if self.tree().value_at(node, "in").is_some()
            && !self.earlier.contains(&(Code::WrongType, self.tree().span(node)))
        {
            self.report_unlisted_value(node, "in", locations);
        }
    }

    fn required_in_path(&mut self, node: NodeId, location: &str) {
        let tree = self.tree();
        if location == "path" && tree.bool_at(node, "required") != Some(true) {
            let name = findings::short(tree.text_at(node, "name").unwrap_or_default());
            let message = format!("the path parameter `{name}` is not `required: true`; it is treated as required");
            self.findings.add(Code::PathParameterOptional, tree.span(node), message);
        }
    }

    /// Reports a name that cannot be sent, or that the client sets itself.
    fn check_parameter_name(&mut self, node: NodeId, location: &str) {
        let tree = self.tree();
        let Some(id) = tree.value_at(node, "name") else { return };
        let name = tree.text(id).unwrap_or_default();
        match location {
            "header" if ["accept", "content-type", "authorization"].contains(&name.to_lowercase().as_str()) => {
                let message = format!("the client sets the header `{name}`; the parameter is ignored");
                self.findings.add(Code::HeaderManaged, tree.span(id), message);
            }
            "header" => self.header_name(name, tree.span(id)),
            "path" if self.version >= V30 && name.contains(['{', '}']) => {
                let message = format!("a path parameter cannot be named `{}`", findings::short(name));
                self.findings.add(Code::NameSyntax, tree.span(id), message);
            }
            _ => {}
        }
    }

    pub(super) fn report_if_present(&mut self, node: NodeId, key: &str, what: &str) {
        let tree = self.tree();
        if let Some(entry) = tree.map(node).iter().find(|entry| entry.key == key) {
            let message = format!("`{key}` has no effect on {what}");
            self.findings.add(Code::FieldMisplaced, entry.key_span, message);
        }
    }
}
