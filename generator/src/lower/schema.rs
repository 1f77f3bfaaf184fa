//! The schemas of values.

use super::all_of::{INT_OR_STRING, MergedSchema};
use super::number_in_string;
use super::{Lower, SchemaLocation};
use crate::api::{Any, Examples, Member, Scalar, Schema, SchemaId, Shape, Skipped, Union, is_secret_string};
use crate::diagnostic::Code;
use crate::syntax::node::NodeId;

/// Deepest level of schemas inside schemas.
const DEEPEST: usize = 200;

impl Lower<'_> {
    /// The schema of a node, which may be a reference.
    pub(super) fn schema(&mut self, node: NodeId, at: &SchemaLocation) -> SchemaId {
        if self.document.reference(node).is_some() && !self.has_chosen_type(node) && !self.has_siblings(node) {
            return self.referenced_schema(node, at);
        }
        if let Some(id) = self.known.get(&node) {
            return *id;
        }
        let declared_at = self.declared_at(node);
        let at = declared_at.as_ref().unwrap_or(at);
        let id = self.reserve(node, at);
        self.fill(id, node, at);
        id
    }

    /// The schema that a reference names, or a use of it with a default, null, XML or bounds of its own.
    fn referenced_schema(&mut self, node: NodeId, at: &SchemaLocation) -> SchemaId {
        let nullable = self.document.is_nullable(node);
        let Some(target) = self.target_or_skip(node, at) else {
            return self.add(self.untyped(node, at, "the reference names nothing"));
        };
        let target = self.narrowed(node).unwrap_or(target);
        let id = match self.known.get(&target.node) {
            Some(id) => *id,
            None => self.schema(target.node, &SchemaLocation::named_by(&target.pointer)),
        };
        let default = self.document.tree.value_at(node, "default").and_then(|id| self.document.tree.to_json(id));
        let own_xml = self.siblings && self.document.tree.value_at(node, "xml").is_some();
        if !nullable && default.is_none() && !own_xml && !self.has_bounds_beside(node) {
            return id;
        }
        let id = self.use_of(node, at, id, nullable);
        if let Some(schema) = self.api.schemas.get_mut(id) {
            schema.default = default;
        }
        id
    }

    /// The schema at the target of a reference, if the target is a reference with keywords beside it.
    pub(super) fn narrowed(&mut self, node: NodeId) -> Option<crate::resolve::Target> {
        // Circular references have no target.
        self.document.target(node).filter(|_| self.siblings)?;
        let mut next = self.document.direct_target(node)?;
        while self.document.reference(next.node).is_some() {
            if self.has_siblings(next.node) || self.has_bounds_beside(next.node) {
                return Some(next);
            }
            next = self.document.direct_target(next.node)?;
        }
        None
    }

    /// Returns true for a reference with effective keywords beside it. OpenAPI allows them since 3.1.
    pub(super) fn has_siblings(&mut self, node: NodeId) -> bool {
        if !self.siblings {
            return false;
        }
        let mut beside_reference = self.document.tree.map(node).iter().filter(|entry| changes_type(&entry.key));
        match (beside_reference.next(), beside_reference.next()) {
            (None, _) => false,
            (Some(only), None) if only.key == "type" => !self.repeats_type(node, node),
            _ => self.document.target(node).is_some(),
        }
    }

    /// Returns true for a reference with keywords beside it that restrict its values, but not their type.
    fn has_bounds_beside(&self, node: NodeId) -> bool {
        self.siblings && self.document.tree.map(node).iter().any(|entry| restricts_values(&entry.key))
    }

    /// Returns true if a keyword `type` beside a reference repeats the type of the target.
    fn repeats_type(&mut self, node: NodeId, reference: NodeId) -> bool {
        let Some(target) = self.document.target(reference) else { return true };
        let types = self.merged_schema(target).types;
        types.iter().map(String::as_str).eq(self.document.tree.text_at(node, "type"))
    }

    /// The target at the end of a node's references. A broken reference is reported, and added to the skipped parts.
    pub(super) fn target_or_skip(&mut self, node: NodeId, at: &SchemaLocation) -> Option<crate::resolve::Target> {
        let found = self.document.follow(node, &at.pointer, self.diagnostics);
        if found.is_none() {
            let code = self.document.broken_reference_code(node).unwrap_or(Code::UnknownReference).as_str().to_owned();
            let reason = "the reference names nothing".to_owned();
            self.api.skipped.push(Skipped { pointer: at.pointer.clone(), code, reason });
        }
        found
    }

    /// Adds a schema that refers to another one.
    pub(super) fn use_of(&mut self, node: NodeId, at: &SchemaLocation, id: SchemaId, nullable: bool) -> SchemaId {
        let schema = Schema { nullable, ..self.of_shape(node, at, Shape::Same(id)) };
        self.add(schema)
    }

    /// Sets the shape of a reserved schema.
    pub(super) fn fill(&mut self, id: SchemaId, node: NodeId, at: &SchemaLocation) {
        let schema = if !self.descend(node) {
            self.of_shape(node, at, fallback("schemas nest too deep"))
        } else if let Some(schema) = self.chosen_schema(node, at) {
            schema
        } else if self.document.reference(node).is_some() && !self.has_siblings(node) {
            let target = self.referenced_schema(node, at);
            self.of_shape(node, at, Shape::Same(target))
        } else {
            self.own_schema(node, at)
        };
        self.depth -= 1;
        self.put(id, schema);
    }

    /// Enters one more level, which the caller must leave again. Reports when the limit is exceeded.
    fn descend(&mut self, node: NodeId) -> bool {
        self.depth += 1;
        if self.depth > DEEPEST {
            let span = self.document.tree.span(node);
            self.diagnostics.report(Code::UntypedFallback, span, "schemas nest too deep here; the type is any JSON");
        }
        self.depth <= DEEPEST
    }

    /// The schema of a node that is more than a reference.
    fn own_schema(&mut self, node: NodeId, at: &SchemaLocation) -> Schema {
        if let Some(schema) = self.only_subschema(node, at) {
            return schema;
        }
        if let Some(schema) = self.subtype_union(node, at) {
            return schema;
        }
        let merged = self.merged_schema(node);
        self.schema_of_merged(merged, node, at)
    }

    /// An `allOf` of one reference with annotations is that reference.
    fn only_subschema(&mut self, node: NodeId, at: &SchemaLocation) -> Option<Schema> {
        let tree = &self.document.tree;
        let subschemas = tree.list(tree.value_at(node, "allOf")?).to_vec();
        let (subschemas, annotations): (Vec<NodeId>, Vec<NodeId>) =
            subschemas.into_iter().partition(|subschema| self.document.is_restricting(*subschema));
        let [subschema] = subschemas[..] else { return None };
        self.document.reference(subschema)?;
        if self.is_subtype(node, subschema) {
            return None;
        }
        let keywords = tree.map(node).iter().filter(|entry| changes_type(&entry.key) && entry.key != "allOf");
        let mut keywords = keywords.map(|entry| entry.key.as_str()).filter(|key| *key != "discriminator");
        match (keywords.next(), keywords.next()) {
            (None, _) => {}
            // The type of the target is repeated.
            (Some("type"), None) if self.repeats_type(node, subschema) => {}
            (Some(_), _) => return None,
        }
        let target = self.referenced_schema(subschema, at);
        let nodes = || std::iter::once(node).chain(annotations.iter().copied());
        Some(Schema {
            description: nodes().find_map(|one| self.text(one, "description")),
            deprecated: nodes().any(|one| self.flag(one, "deprecated")),
            nullable: nodes().any(|one| self.document.is_nullable(one)),
            default: nodes().find_map(|one| tree.value_at(one, "default")).and_then(|id| tree.to_json(id)),
            examples: self.examples(&nodes().flat_map(|one| self.example_nodes(one)).collect::<Vec<_>>()),
            ..self.of_shape(node, at, Shape::Same(target))
        })
    }

    /// Creates a schema from merged keywords.
    pub(super) fn schema_of_merged(&mut self, mut merged: MergedSchema, node: NodeId, at: &SchemaLocation) -> Schema {
        let is_component = at.name_words.len() == 1;
        let place_words = at.name_words.clone();
        let at = match &merged.title {
            // A title names an inline schema. A component has its own name.
            Some(title) if !is_component && title.len() < 60 && !at.is_respelled_by(title) => at.titled(title),
            _ => at.clone(),
        };
        let deep = !self.descend(node);
        let shape =
            if deep { fallback("schemas nest too deep") } else { self.shape(&mut merged, node, &at, is_component) };
        self.depth -= 1;
        let text = matches!(shape, Shape::Scalar(Scalar::String(_)));
        let secret = text
            && (merged.format.as_deref() == Some("password")
                || merged.write_only
                || place_words.last().is_some_and(|name| self.options.secrets.contains(name))
                || at.is_secret
                || (!is_component && place_words.last().is_some_and(|name| is_secret_string(name))));
        Schema {
            name_words: at.name_words.clone(),
            outer: at.outer.clone(),
            place_words,
            description: merged.description.clone(),
            deprecated: merged.deprecated,
            nullable: merged.nullable,
            secret,
            only_value: merged.only_value.clone(),
            is_const: merged.is_const,
            in_string: merged.in_string,
            default: merged.default.clone(),
            examples: if secret { Examples::default() } else { self.examples(&merged.examples) },
            ..self.of_shape(node, &at, shape)
        }
    }

    /// The shape of a schema with merged keywords.
    fn shape(&mut self, merged: &mut MergedSchema, node: NodeId, at: &SchemaLocation, is_component: bool) -> Shape {
        self.collapse(merged, is_component, at);
        if let Some(conflict) = merged.conflict.take() {
            let message = format!("parts contradict each other: {conflict}; the type allows both");
            self.diagnostics.report(Code::EmptyIntersection, self.document.tree.span(node), message);
        }
        if let Some(shape) = self.enum_shape(merged, node, at) {
            return shape;
        }
        if let Some(shape) = self.union(merged, node, at) {
            return shape;
        }
        if merged.format.as_deref() == Some(INT_OR_STRING) {
            merged.format = None;
            if merged.types.iter().all(|name| matches!(name.as_str(), "integer" | "string")) {
                merged.types = vec!["integer".to_owned(), "string".to_owned()];
            }
        }
        number_in_string::narrow_to_number(merged);
        match merged.types.as_slice() {
            [] if !merged.properties.is_empty()
                || merged.extra.is_some()
                || !merged.patterns.is_empty()
                || !merged.branches.is_empty() =>
            {
                self.object(merged, at)
            }
            [] if !merged.items.is_empty() || !merged.prefix.is_empty() => {
                let list = self.list(merged, node, at);
                self.list_or_item(list, merged.items.first().copied(), node, at)
            }
            [] if merged.format.is_some() => self.typed(type_of_format(merged), merged, node, at),
            // The check is last, since `required` does not restrict values that are not objects.
            [] if !merged.required.is_empty() => self.object(merged, at),
            [] => any("schema allows any value"),
            [one] => self.typed(&one.clone(), merged, node, at),
            _ => self.one_of_types(merged, node, at),
        }
    }

    /// The shape of values of a type, by its name.
    pub(super) fn typed(&mut self, name: &str, merged: &mut MergedSchema, node: NodeId, at: &SchemaLocation) -> Shape {
        let format = merged.format.clone();
        match name {
            "boolean" => Shape::Scalar(Scalar::Bool),
            "integer" => Shape::Scalar(Scalar::Integer { format, minimum: merged.minimum, maximum: merged.maximum }),
            "number" if matches!(format.as_deref(), Some("int32" | "int64")) => {
                Shape::Scalar(Scalar::Integer { format, minimum: merged.minimum, maximum: merged.maximum })
            }
            "number" if matches!(format.as_deref(), Some("decimal" | "bigdecimal" | "big-decimal" | "decimal128")) => {
                Shape::Scalar(Scalar::Decimal(self.format_with_own_type(format)))
            }
            "number" => Shape::Scalar(Scalar::Float(self.format_with_own_type(format))),
            "string" => Shape::Scalar(Scalar::String(format)),
            "file" => Shape::Scalar(Scalar::String(Some("binary".to_owned()))),
            "null" => Shape::Scalar(Scalar::Null),
            "array" => self.list(merged, node, at),
            "object" => self.object(merged, at),
            other => {
                let span = self.document.tree.span(node);
                let message = format!("`{other}` is not a type; the Rust type is any JSON");
                self.diagnostics.report(Code::UntypedFallback, span, message);
                fallback(&format!("`{other}` is no type"))
            }
        }
    }

    /// The format of a number, where the settings give it a type. It changes nothing else.
    fn format_with_own_type(&self, format: Option<String>) -> Option<String> {
        format.filter(|format| self.options.formats.contains(format))
    }

    /// A value of several types: a union of them, or any value if they are all types.
    fn one_of_types(&mut self, merged: &mut MergedSchema, node: NodeId, at: &SchemaLocation) -> Shape {
        let types = std::mem::take(&mut merged.types);
        if ["string", "number", "boolean", "array", "object"].iter().all(|name| types.iter().any(|one| one == name)) {
            return any("schema allows any value");
        }
        let integers = types.iter().any(|name| name == "integer");
        let mut members = Vec::new();
        for name in types {
            let mut of_type = merged.clone();
            (of_type.title, of_type.description, of_type.default, of_type.nullable) = (None, None, None, false);
            of_type.types = vec![name.clone()];
            if name == "number" {
                // `int32` is the format of the integer beside it, if there is one.
                of_type.format =
                    of_type.format.filter(|format| is_numeric(format) && !(integers && format.contains("int")));
            } else if name != "string" {
                of_type.format = of_type.format.filter(|format| is_numeric(format));
            } else if of_type.format.as_deref().is_some_and(is_numeric) {
                of_type.format = None;
            }
            let schema = self.schema_of_merged(of_type, node, &at.below(&name, &[]));
            members.push(Member { schema: self.add(schema), discriminator_values: Vec::new(), name: Some(name) });
        }
        Shape::Union(Union { members, discriminator: None, default_member: None, base: false })
    }
}

/// The shape of a schema whose values can be any JSON.
pub(super) fn any(reason: &str) -> Shape {
    Shape::Any(Any { reason: reason.to_owned(), fallback: false })
}

/// The shape of a schema that has no better type than any JSON, although its values cannot be all of it.
pub(super) fn fallback(reason: &str) -> Shape {
    Shape::Any(Any { reason: reason.to_owned(), fallback: true })
}

pub(super) fn is_numeric(format: &str) -> bool {
    matches!(
        format,
        "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" | "float" | "double"
    )
}

/// The type that a format alone implies.
fn type_of_format(merged: &MergedSchema) -> &'static str {
    match merged.format.as_deref() {
        Some("float" | "double") => "number",
        Some(format) if is_numeric(format) => "integer",
        _ => "string",
    }
}

/// Returns true if a keyword changes the generated type.
pub(super) fn changes_type(key: &str) -> bool {
    const KEYS: [&str; 19] = [
        "allOf",
        "oneOf",
        "anyOf",
        "type",
        "format",
        "enum",
        "const",
        "properties",
        "patternProperties",
        "additionalProperties",
        "required",
        "items",
        "prefixItems",
        "then",
        "else",
        "dependentSchemas",
        "minimum",
        "maximum",
        "discriminator",
    ];
    KEYS.contains(&key)
}

/// Returns true if a keyword restricts values, but does not change the generated type.
fn restricts_values(key: &str) -> bool {
    const KEYS: [&str; 24] = [
        "multipleOf",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minLength",
        "maxLength",
        "pattern",
        "minItems",
        "maxItems",
        "uniqueItems",
        "contains",
        "minContains",
        "maxContains",
        "minProperties",
        "maxProperties",
        "propertyNames",
        "dependentRequired",
        "dependencies",
        "not",
        "if",
        "unevaluatedItems",
        "unevaluatedProperties",
        "contentEncoding",
        "contentMediaType",
        "contentSchema",
    ];
    KEYS.contains(&key)
}
