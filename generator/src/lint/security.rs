//! Security schemes: the required fields of each type.

use super::grammar::V31;
use super::{Lint, findings};
use crate::diagnostic::Code;
use crate::syntax::node::NodeId;

impl Lint<'_> {
    /// The rules of a security scheme.
    pub(super) fn security_scheme(&mut self, node: NodeId) {
        let tree = self.tree();
        let types: &[&str] = if self.version >= V31 {
            &["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]
        } else {
            &["apiKey", "http", "oauth2", "openIdConnect"]
        };
        self.report_unlisted_value(node, "type", types);
        match tree.text_at(node, "type") {
            Some("apiKey") => self.key(node, &["query", "header", "cookie"]),
            Some("http") => self.report_missing(node, "scheme", "a scheme of type `http`"),
            Some("openIdConnect") => self.report_missing(node, "openIdConnectUrl", "a scheme of type `openIdConnect`"),
            Some("oauth2") => {
                self.report_missing(node, "flows", "a scheme of type `oauth2`");
                for flow in tree.value_at(node, "flows").map_or(&[][..], |map| tree.map(map)) {
                    self.flow(flow.value, &flow.key);
                }
            }
            _ => {}
        }
    }

    pub(super) fn swagger_security_scheme(&mut self, node: NodeId) {
        let tree = self.tree();
        self.report_unlisted_value(node, "type", &["basic", "apiKey", "oauth2"]);
        match tree.text_at(node, "type") {
            Some("apiKey") => self.key(node, &["query", "header"]),
            Some("oauth2") => {
                self.report_missing(node, "flow", "a scheme of type `oauth2`");
                self.report_unlisted_value(node, "flow", &["implicit", "password", "application", "accessCode"]);
                self.flow(node, tree.text_at(node, "flow").unwrap_or_default());
            }
            _ => {}
        }
    }

    fn key(&mut self, node: NodeId, places: &[&str]) {
        self.report_missing(node, "name", "a scheme of type `apiKey`");
        self.report_missing(node, "in", "a scheme of type `apiKey`");
        self.report_unlisted_value(node, "in", places);
    }

    /// The required addresses of a flow.
    fn flow(&mut self, node: NodeId, name: &str) {
        let tree = self.tree();
        if !tree.is_map(node) {
            return;
        }
        let needed: &[&str] = match name {
            "implicit" => &["authorizationUrl"],
            "password" | "clientCredentials" | "application" => &["tokenUrl"],
            "authorizationCode" | "accessCode" => &["authorizationUrl", "tokenUrl"],
            "deviceAuthorization" => &["deviceAuthorizationUrl", "tokenUrl"],
            _ => &[],
        };
        for key in needed.iter().filter(|key| tree.value_at(node, key).is_none()) {
            let message = format!("the flow `{}` has no `{key}`", findings::short(name));
            self.findings.add(Code::MissingField, tree.span(node), message);
        }
    }
}
