//! Values that a schema gives itself: defaults and listed values, against its type.

use super::{Lint, findings};
use crate::diagnostic::Code;
use crate::source::node::{Kind, NodeId};

/// What messages call it.
const DEFAULT: &str = "the default";

impl Lint<'_> {
    /// Checks `default` and `enum` of a schema that says its type itself.
    pub(super) fn values(&mut self, node: NodeId) {
        let tree = self.tree();
        let listed = tree.entry(node, "enum").map_or(&[][..], |id| tree.list(id));
        for value in listed {
            self.fits(node, *value, "an enum value");
        }
        let Some(default) = tree.entry(node, "default") else { return };
        if self.fits(node, default, DEFAULT) && !listed.is_empty() {
            let same = |value: &NodeId| tree.get(*value).kind == tree.get(default).kind;
            let text = |value: &NodeId| tree.text(*value).is_some() && tree.text(*value) == tree.text(default);
            if let Some(shown) = tree.text(default).filter(|_| !listed.iter().any(|value| same(value) || text(value))) {
                let message = format!("the default `{}` is not an enum value", findings::short(shown));
                self.findings.add(Code::ValueMismatch, tree.span(default), message);
            }
        }
    }

    /// Whether a value is of the schema's type; says so when not.
    fn fits(&mut self, schema: NodeId, value: NodeId, what: &str) -> bool {
        let tree = self.tree();
        let Some(id) = tree.entry(schema, "type") else { return true };
        let names: Vec<&str> = match &tree.get(id).kind {
            Kind::List(items) => items.iter().filter_map(|item| tree.text(*item)).collect(),
            _ => tree.text(id).into_iter().collect(),
        };
        let kind = &tree.get(value).kind;
        let nullable = ["nullable", "x-nullable"].iter().any(|key| tree.bool_at(schema, key) == Some(true));
        if *kind == Kind::Null && (nullable || !names.contains(&"integer")) {
            // Documents write `default: null` for "none" everywhere; only a number has no such reading.
            return false;
        }
        let format = tree.text_at(schema, "format");
        if names.is_empty() || names.iter().any(|name| is_of(kind, name, format)) {
            return true;
        }
        // Listed values are said once for all of a kind.
        let alone = what == DEFAULT;
        let shown = match kind {
            Kind::Number(_) if !alone => "a number".to_owned(),
            Kind::Text(_) if !alone => "a string".to_owned(),
            Kind::Null => "null".to_owned(),
            Kind::Bool(value) => value.to_string(),
            Kind::Number(text) => text.clone(),
            Kind::Text(text) => format!("\"{}\"", findings::short(text)),
            Kind::List(_) => "an array".to_owned(),
            Kind::Map(_) => "an object".to_owned(),
        };
        let wanted = match format.filter(|_| names == ["string"]) {
            Some(format) => format!("string with the format {}", findings::short(format)),
            None => names.join(" or "),
        };
        self.findings.add(
            Code::ValueMismatch,
            tree.span(value),
            format!("{what} is {shown}, but the type is {wanted}"),
        );
        false
    }
}

/// Whether a value is of a type. Unknown types take everything: they are said elsewhere.
fn is_of(kind: &Kind, name: &str, format: Option<&str>) -> bool {
    match (name, kind) {
        // YAML reads an unquoted `on` or `1.0` as it likes.
        ("string", Kind::Text(text)) => is_formatted(text, format),
        ("string", Kind::Number(_) | Kind::Bool(_)) => format != Some("uuid"),
        ("integer", Kind::Number(text)) => {
            text.parse::<i128>().is_ok() || text.parse::<f64>().is_ok_and(|value| value.fract() == 0.0)
        }
        ("number", Kind::Number(_))
        | ("boolean", Kind::Bool(_))
        | ("array", Kind::List(_))
        | ("object", Kind::Map(_))
        | ("null", Kind::Null) => true,
        ("string" | "integer" | "number" | "boolean" | "array" | "object" | "null", _) => false,
        _ => true,
    }
}

/// Only the one format that nobody writes otherwise.
fn is_formatted(text: &str, format: Option<&str>) -> bool {
    let digits = || text.chars().filter(char::is_ascii_hexdigit).count() == 32;
    let rest = || text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    format != Some("uuid") || text.is_empty() || (digits() && rest())
}
