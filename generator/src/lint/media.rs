//! Media types, encodings of their parts, and examples.

use super::Lint;
use crate::syntax::node::NodeId;

impl Lint<'_> {
    pub(super) fn media(&mut self, node: NodeId) {
        self.report_exclusive(node, "example", &["examples"], "a media type");
        self.report_exclusive(node, "encoding", &["prefixEncoding", "itemEncoding"], "a media type");
    }

    pub(super) fn encoding(&mut self, node: NodeId) {
        self.report_exclusive(node, "encoding", &["prefixEncoding", "itemEncoding"], "an encoding");
        self.report_unlisted_value(node, "style", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]);
    }

    /// Each of these fields is the example itself. OpenAPI 3.2 allows a value and its serialization together.
    pub(super) fn example(&mut self, node: NodeId) {
        self.report_exclusive(node, "value", &["dataValue", "serializedValue", "externalValue"], "an example");
        self.report_exclusive(node, "serializedValue", &["externalValue"], "an example");
    }
}
