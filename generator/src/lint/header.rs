//! Headers of responses and of the parts of a body.

use super::{Lint, findings};
use crate::diagnostic::Code;
use crate::span::Span;
use crate::syntax::node::NodeId;

impl Lint<'_> {
    pub(super) fn header(&mut self, node: NodeId) {
        self.report_unlisted_value(node, "style", &["simple"]);
        self.report_if_present(node, "allowReserved", "a header");
        self.report_if_present(node, "allowEmptyValue", "a header");
        self.check_alternatives(node, "a header");
    }

    /// The names under `headers`, which are those on the wire.
    pub(super) fn header_names(&mut self, node: NodeId) {
        let tree = self.tree();
        for entry in tree.value_at(node, "headers").map_or(&[][..], |map| tree.map(map)) {
            self.header_name(&entry.key, entry.key_span);
        }
    }

    /// RFC 9110, section 5.1: a name is a token.
    pub(super) fn header_name(&mut self, name: &str, span: Span) {
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(token) {
            let message = format!("a header cannot be named `{}`", findings::short(name));
            self.findings.add(Code::NameSyntax, span, message);
        }
    }
}
