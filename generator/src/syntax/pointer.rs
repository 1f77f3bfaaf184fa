//! JSON pointers (RFC 6901) in references.

use super::node::{Kind, NodeId, Tree};
use std::borrow::Cow;

/// Escapes one step.
#[must_use]
pub(crate) fn escape(step: &str) -> String {
    if step.contains(['~', '/']) { step.replace('~', "~0").replace('/', "~1") } else { step.to_owned() }
}

/// The steps of a pointer such as `/components/schemas/a~1b`, with percent-encoding decoded.
#[must_use]
pub(crate) fn steps(pointer: &str) -> Vec<String> {
    let decoded = if pointer.contains('%') { Cow::Owned(percent_decode(pointer)) } else { Cow::Borrowed(pointer) };
    let steps = decoded.split('/').skip(1);
    steps
        .map(|step| if step.contains('~') { step.replace("~1", "/").replace("~0", "~") } else { step.to_owned() })
        .collect()
}

/// A text without percent-encoding, or the text itself if it is not UTF-8 then.
#[must_use]
pub(crate) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Follows the steps from a node.
#[must_use]
pub(crate) fn follow(tree: &Tree, root: NodeId, steps: &[String]) -> Option<NodeId> {
    steps.iter().try_fold(root, |node, step| match &tree.get(node).kind {
        Kind::Map(_) => tree.entry(node, step),
        Kind::List(items) => items.get(step.parse::<usize>().ok()?).copied(),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => None,
    })
}
