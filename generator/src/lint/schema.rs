//! Schemas: types, bounds, discriminators and XML.

use super::grammar::{V20, V30, V31, V32};
use super::{Lint, findings};
use crate::diagnostic::Code;
use crate::syntax::node::{Kind, NodeId};

/// Pairs of keywords whose first value may not exceed the second.
const BOUNDS: [(&str, &str); 4] =
    [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")];
/// Deepest level at which a property is searched in a member.
const DEEPEST: usize = 8;

impl Lint<'_> {
    pub(super) fn schema(&mut self, node: NodeId) {
        self.types(node);
        self.bounds(node);
        self.values(node);
        self.items(node);
        self.discriminator(node);
        self.mapping(node);
    }

    /// The rules of `type`.
    fn types(&mut self, node: NodeId) {
        let tree = self.tree();
        let Some(id) = tree.value_at(node, "type") else { return };
        let known = ["string", "number", "integer", "boolean", "array", "object"];
        let names: Vec<&str> = match &tree.get(id).kind {
            Kind::List(items) => items.iter().filter_map(|item| tree.text(*item)).collect(),
            Kind::String(text) => vec![text],
            _ => return,
        };
        if self.version < V31 && (matches!(tree.get(id).kind, Kind::List(_)) || names.contains(&"null")) {
            let message =
                "arrays of types and the type `null` need OpenAPI 3.1; earlier versions have `nullable: true`";
            self.findings.add(Code::OtherVersion, tree.span(id), message.to_owned());
        }
        // An earlier stage reports types that it cannot read.
        let reported = self.earlier.contains(&(Code::UntypedFallback, tree.span(node)));
        for name in names.iter().filter(|name| !known.contains(name) && **name != "null" && !reported) {
            if *name == "file" && self.version == V20 {
                continue;
            }
            let known = known.join(", ");
            let message = format!("`type` cannot be `{}`; expected one of {known}", findings::short(name));
            self.findings.add(Code::ValueNotListed, tree.span(id), message);
        }
        if names == ["array"] && self.version <= V30 && tree.value_at(node, "items").is_none() {
            let message = "an array has no `items`; they can be any value".to_owned();
            self.findings.add(Code::MissingField, tree.span(node), message);
        }
    }

    fn bounds(&mut self, node: NodeId) {
        let tree = self.tree();
        for (lower, upper) in BOUNDS {
            let number = |key: &str| tree.text_at(node, key).and_then(|text| text.parse::<f64>().ok());
            if let (Some(least), Some(most)) = (number(lower), number(upper))
                && least > most
            {
                let message = format!("`{lower}` is greater than `{upper}`");
                let span = tree.value_at(node, lower).map_or_else(|| tree.span(node), |id| tree.span(id));
                self.findings.add(Code::BoundsCross, span, message);
            }
        }
    }

    /// Reports a discriminator whose property the schema or a member lacks.
    fn discriminator(&mut self, node: NodeId) {
        let tree = self.tree();
        let Some(id) = tree.value_at(node, "discriminator") else { return };
        let Some(name) = tree.text(id).or_else(|| tree.text_at(id, "propertyName")) else { return };
        if self.declares(node, name, DEEPEST, false) {
            return;
        }
        let members: Vec<NodeId> = ["oneOf", "anyOf"]
            .iter()
            .filter_map(|key| tree.value_at(node, key))
            .flat_map(|list| tree.list(list))
            .copied()
            .filter(|member| !self.is_null(*member))
            .collect();
        let bare: Vec<&NodeId> =
            members.iter().filter(|member| !self.declares(**member, name, DEEPEST, true)).collect();
        let name = findings::short(name);
        if members.is_empty() {
            // OpenAPI before 3.0 declares subtypes by `allOf`. A discriminator that no subtype can have is a fault.
            let message = format!("the schema does not declare `{name}`, its discriminator property");
            self.findings.add(Code::DiscriminatorUndeclared, tree.span(id), message);
        }
        for member in bare {
            let message = format!("this variant does not declare `{name}`, the discriminator property");
            self.findings.add(Code::DiscriminatorUndeclared, tree.span(*member), message);
        }
    }

    /// `items` is one schema in every version. Arrays of schemas are of older versions of JSON Schema.
    fn items(&mut self, node: NodeId) {
        let tree = self.tree();
        let Some(items) = tree.value_at(node, "items").filter(|items| matches!(tree.get(*items).kind, Kind::List(_)))
        else {
            return;
        };
        let instead = if self.version < V31 {
            "OpenAPI before 3.1 has no types of items by position"
        } else {
            "use `prefixItems` for schemas by position"
        };
        let message = format!(
            "`items` must be one schema, not an array of schemas: {instead}; the array is read as schemas by position"
        );
        self.findings.add(Code::WrongType, tree.span(items), message);
    }

    /// Reports values of a mapping that name no schema.
    fn mapping(&mut self, node: NodeId) {
        let tree = self.tree();
        let Some(discriminator) = tree.value_at(node, "discriminator") else { return };
        let entries = tree.value_at(discriminator, "mapping").map_or(&[][..], |mapping| tree.map(mapping));
        for entry in entries {
            let Some(to) = tree.text(entry.value).filter(|to| !self.document.names_schema(entry.value, to)) else {
                continue;
            };
            let (key, to) = (findings::short(&entry.key), findings::short(to));
            let message = format!("the mapping of `{key}` is `{to}`, which names no schema");
            self.findings.add(Code::MappingUnknown, tree.span(entry.value), message);
        }
    }

    fn is_null(&self, node: NodeId) -> bool {
        self.tree().text_at(node, "type") == Some("null")
    }

    /// Returns true if a value of the schema may have a property with this name. For a union, each member must have it.
    fn declares(&self, node: NodeId, name: &str, depth: usize, unions: bool) -> bool {
        let tree = self.tree();
        // Other rules report broken references and very deep schemas.
        let (Some(depth), Some(node)) = (depth.checked_sub(1), self.document.target(node)) else { return true };
        let list = |key: &str| tree.value_at(node, key).map_or(&[][..], |id| tree.list(id));
        let is_declared = tree.value_at(node, "properties").is_some_and(|map| tree.value_at(map, name).is_some());
        let mut all = ["oneOf", "anyOf"].iter().flat_map(|key| list(key)).peekable();
        is_declared
            || list("allOf").iter().any(|subschema| self.declares(*subschema, name, depth, unions))
            || (unions && all.peek().is_some() && all.all(|member| self.declares(*member, name, depth, unions)))
    }

    pub(super) fn xml(&mut self, node: NodeId) {
        if self.version >= V32 {
            self.report_exclusive(node, "nodeType", &["attribute", "wrapped"], "`xml`");
            self.report_unlisted_value(node, "nodeType", &["element", "attribute", "text", "cdata", "none"]);
        }
    }
}
