//! Defaults and listed values of a schema, checked against its type.

use super::{Lint, findings};
use crate::diagnostic::Code;
use crate::syntax::node::{Kind, NodeId};

/// The name in messages.
const DEFAULT: &str = "the default";

impl Lint<'_> {
    /// Checks `default` and `enum` of a schema with a `type`.
    pub(super) fn values(&mut self, node: NodeId) {
        let tree = self.tree();
        let listed = tree.value_at(node, "enum").map_or(&[][..], |id| tree.list(id));
        for value in listed {
            self.fits(node, *value, "an enum value");
        }
        let Some(default) = tree.value_at(node, "default") else { return };
        if self.fits(node, default, DEFAULT) && !listed.is_empty() {
            let same = |value: &NodeId| tree.get(*value).kind == tree.get(default).kind;
            let text = |value: &NodeId| tree.text(*value).is_some() && tree.text(*value) == tree.text(default);
            if let Some(shown) = tree.text(default).filter(|_| !listed.iter().any(|value| same(value) || text(value))) {
                let message = format!("the default `{}` is not an enum value", findings::short(shown));
                self.findings.add(Code::ValueMismatch, tree.span(default), message);
            }
        }
    }

    /// Returns true if a value has the schema's type. Reports another value, except null where it means "none".
    fn fits(&mut self, schema: NodeId, value: NodeId, what: &str) -> bool {
        let tree = self.tree();
        let Some(id) = tree.value_at(schema, "type") else { return true };
        let names: Vec<&str> = match &tree.get(id).kind {
            Kind::List(items) => items.iter().filter_map(|item| tree.text(*item)).collect(),
            _ => tree.text(id).into_iter().collect(),
        };
        let kind = &tree.get(value).kind;
        let nullable = self.document.is_nullable(schema);
        if *kind == Kind::Null && (nullable || !names.contains(&"integer")) {
            // Descriptions write `default: null` for "none". Only for an integer it has no such meaning.
            return false;
        }
        let format = tree.text_at(schema, "format");
        if names.is_empty() || names.iter().any(|name| is_of(kind, name, format)) {
            return true;
        }
        // Listed values of one kind are reported together.
        let alone = what == DEFAULT;
        let shown = match kind {
            Kind::Number(_) if !alone => "a number".to_owned(),
            Kind::String(_) if !alone => "a string".to_owned(),
            Kind::Null => "null".to_owned(),
            Kind::Bool(value) => value.to_string(),
            Kind::Number(text) => text.clone(),
            Kind::String(text) => format!("\"{}\"", findings::short(text)),
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

/// Returns true if a value has a type. Any value has an unknown type, which another rule reports.
fn is_of(kind: &Kind, name: &str, format: Option<&str>) -> bool {
    match (name, kind) {
        // YAML may read an unquoted `on` or `1.0` as another type.
        ("string", Kind::String(text)) => is_formatted(text, format),
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

/// Returns false for a string that does not have the format. Only `uuid` is checked.
fn is_formatted(text: &str, format: Option<&str>) -> bool {
    let digits = || text.chars().filter(char::is_ascii_hexdigit).count() == 32;
    let rest = || text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    format != Some("uuid") || text.is_empty() || (digits() && rest())
}
