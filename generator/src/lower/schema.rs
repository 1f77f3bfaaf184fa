//! What values of a schema look like.

use super::flat::Flat;
use super::{At, Lower};
use crate::api::{Any, Extra, Object, Property, Scalar, Schema, SchemaId, Shape};
use crate::diagnostic::Code;
use crate::source::node::{Kind, NodeId};

/// How deep inline schemas may nest.
const DEEPEST: usize = 100;

/// Names of properties whose texts are secrets, whatever the document says.
const SECRETS: [&str; 8] =
    ["private_key", "api_token", "client_secret", "password", "api_key", "secret_key", "access_token", "refresh_token"];

impl Lower<'_> {
    /// The schema of a node, which may be a reference.
    pub(super) fn schema(&mut self, node: NodeId, at: &At) -> SchemaId {
        if self.document.reference(node).is_some() {
            return self.referenced(node, at);
        }
        if let Some(id) = self.known.get(&node) {
            return *id;
        }
        let id = self.reserve(node, at);
        self.fill(id, node, at);
        id
    }

    fn referenced(&mut self, node: NodeId, at: &At) -> SchemaId {
        let nullable = self.flag(node, "nullable") || self.flag(node, "x-nullable");
        let Some(target) = self.document.follow(node, &at.pointer, self.diagnostics) else {
            return self.add(self.untyped(node, at, "the reference names nothing", true));
        };
        let id = match self.known.get(&target.node) {
            Some(id) => *id,
            None => {
                let name = target.pointer.rsplit('/').next().unwrap_or("schema");
                let name = name.split('#').next_back().unwrap_or(name);
                let hint = crate::source::pointer::steps(&format!("/{name}")).pop().unwrap_or_default();
                self.schema(target.node, &At::new(&hint, target.pointer.clone()))
            }
        };
        if nullable { self.same(node, at, id, true) } else { id }
    }

    /// Another use of a schema.
    pub(super) fn same(&mut self, node: NodeId, at: &At, id: SchemaId, nullable: bool) -> SchemaId {
        let schema = Schema { shape: Shape::Same(id), nullable, ..self.untyped(node, at, "", false) };
        self.add(schema)
    }

    /// Gives a reserved schema its shape.
    pub(super) fn fill(&mut self, id: SchemaId, node: NodeId, at: &At) {
        self.depth += 1;
        let schema = if self.depth > DEEPEST {
            let span = self.document.tree.span(node);
            self.diagnostics.report(Code::UntypedFallback, span, "inline schemas nest too deep");
            self.untyped(node, at, "inline schemas nest too deep", true)
        } else if self.document.reference(node).is_some() {
            let target = self.referenced(node, at);
            // A component that refers to itself is reported where its chain is followed.
            let shape =
                if target == id { self.untyped(node, at, "refers to itself", true).shape } else { Shape::Same(target) };
            Schema { shape, ..self.untyped(node, at, "", false) }
        } else {
            self.described(node, at)
        };
        self.depth -= 1;
        if let Some(place) = self.api.schemas.get_mut(id.0 as usize) {
            *place = schema;
        }
    }

    fn described(&mut self, node: NodeId, at: &At) -> Schema {
        if let Some(schema) = self.only_part(node, at) {
            return schema;
        }
        let flat = self.flatten(node);
        self.spelled_out(flat, node, at)
    }

    /// An `allOf` of one reference with annotations is that reference.
    fn only_part(&mut self, node: NodeId, at: &At) -> Option<Schema> {
        let tree = &self.document.tree;
        let parts = tree.list(tree.entry(node, "allOf")?).to_vec();
        let structural =
            ["type", "properties", "required", "oneOf", "anyOf", "enum", "items", "additionalProperties", "format"];
        let plain_type = tree.text_at(node, "type") == Some("object") && tree.entry(node, "properties").is_none();
        let own = structural.iter().any(|key| tree.entry(node, key).is_some() && !(plain_type && *key == "type"));
        let [part] = parts[..] else { return None };
        if own || self.document.reference(part).is_none() {
            return None;
        }
        let target = self.referenced(part, at);
        Some(Schema {
            description: self.text(node, "description"),
            deprecated: self.flag(node, "deprecated"),
            nullable: self.flag(node, "nullable") || self.flag(node, "x-nullable"),
            shape: Shape::Same(target),
            ..self.untyped(node, at, "", false)
        })
    }

    /// A schema of merged keywords.
    pub(super) fn spelled_out(&mut self, mut flat: Flat, node: NodeId, at: &At) -> Schema {
        let named = at.hint.len() == 1;
        let at = match &flat.title {
            // A title names an inline schema; a component has its own name.
            Some(title) if !named && title.len() < 60 => At { hint: vec![title.clone()], pointer: at.pointer.clone() },
            _ => at.clone(),
        };
        let last = at.hint.last().map(|word| word.to_lowercase()).unwrap_or_default();
        let shape = self.shape(&mut flat, node, &at);
        let text = matches!(shape, Shape::Scalar(Scalar::Text(_)));
        let secret = text
            && (flat.format.as_deref() == Some("password")
                || flat.write_only
                || (!named && SECRETS.contains(&last.as_str())));
        Schema {
            hint: at.hint.clone(),
            description: flat.description.clone(),
            deprecated: flat.deprecated,
            nullable: flat.nullable,
            secret,
            default: flat.default.clone(),
            shape,
            ..self.untyped(node, &at, "", false)
        }
    }

    fn shape(&mut self, flat: &mut Flat, node: NodeId, at: &At) -> Shape {
        if let Some(shape) = self.listed(flat) {
            return shape;
        }
        if let Some(shape) = self.choice(flat, node, at) {
            return shape;
        }
        match flat.types.as_slice() {
            [] if !flat.properties.is_empty() || flat.extra.is_some() || !flat.patterns.is_empty() => {
                self.object(flat, at)
            }
            [] if flat.items.is_some() || flat.tuple => self.list(flat, node, at),
            [] if flat.format.is_some() => Shape::Scalar(Scalar::Text(flat.format.clone())),
            [] if !flat.required.is_empty() => self.object(flat, at),
            [] => any("schema allows any value", false),
            [one] => self.typed(&one.clone(), flat, node, at),
            several => any(&format!("values of several types: {}", several.join(", ")), false),
        }
    }

    fn typed(&mut self, name: &str, flat: &mut Flat, node: NodeId, at: &At) -> Shape {
        let format = flat.format.clone();
        match name {
            "boolean" => Shape::Scalar(Scalar::Bool),
            "integer" => Shape::Scalar(Scalar::Integer { format, minimum: flat.minimum, maximum: flat.maximum }),
            "number" if matches!(format.as_deref(), Some("int32" | "int64")) => {
                Shape::Scalar(Scalar::Integer { format, minimum: flat.minimum, maximum: flat.maximum })
            }
            "number" => Shape::Scalar(Scalar::Number),
            "string" => Shape::Scalar(Scalar::Text(format)),
            "file" => Shape::Scalar(Scalar::Text(Some("binary".to_owned()))),
            "null" => Shape::Scalar(Scalar::Null),
            "array" => self.list(flat, node, at),
            "object" => self.object(flat, at),
            other => {
                let span = self.document.tree.span(node);
                let message = format!("`{other}` is no type; any JSON is taken");
                self.diagnostics.report(Code::UntypedFallback, span, message);
                any(&format!("`{other}` is no type"), false)
            }
        }
    }

    fn list(&mut self, flat: &Flat, node: NodeId, at: &At) -> Shape {
        let items = match flat.items {
            Some(items) if !flat.tuple => self.schema(items, &at.below("item", &["items"])),
            _ => self.add(self.untyped(node, &at.below("item", &["items"]), "items may be any value", false)),
        };
        Shape::List(items)
    }

    fn object(&mut self, flat: &Flat, at: &At) -> Shape {
        let extra = self.extra(flat, at);
        if flat.properties.is_empty() && flat.required.is_empty() {
            return match extra {
                Extra::Of(values) => Shape::Map(values),
                Extra::None => Shape::Object(Object { properties: Vec::new(), extra: Extra::None }),
                Extra::Any => {
                    let values = At { hint: at.hint.clone(), pointer: at.pointer.clone() };
                    let any = self.untyped(
                        self.document.entry,
                        &values.below("value", &["additionalProperties"]),
                        "values may be any value",
                        false,
                    );
                    Shape::Map(self.add(any))
                }
            };
        }
        let mut properties = Vec::new();
        for (name, node) in &flat.properties {
            properties.push(self.property(name, *node, flat.required.contains(name), at));
        }
        for name in &flat.required {
            if !flat.properties.contains_key(name) {
                let at = at.below(name, &["required"]);
                let schema = self.add(self.untyped(self.document.entry, &at, "required, but not declared", false));
                properties.push(Property {
                    name: name.clone(),
                    schema,
                    required: true,
                    read_only: false,
                    write_only: false,
                    description: None,
                    deprecated: false,
                });
            }
        }
        Shape::Object(Object { properties, extra })
    }

    fn property(&mut self, name: &str, node: NodeId, required: bool, at: &At) -> Property {
        let schema = self.schema(node, &at.below(name, &["properties", name]));
        Property {
            name: name.to_owned(),
            schema,
            required,
            read_only: self.flag(node, "readOnly"),
            write_only: self.flag(node, "writeOnly"),
            description: self.text(node, "description"),
            deprecated: self.flag(node, "deprecated"),
        }
    }

    fn extra(&mut self, flat: &Flat, at: &At) -> Extra {
        let node = match (flat.extra, &flat.patterns[..]) {
            (None, []) => return Extra::Any,
            (None, [pattern]) => *pattern,
            (Some(node), []) => node,
            _ => return Extra::Any,
        };
        let tree = &self.document.tree;
        match &tree.get(node).kind {
            Kind::Bool(false) => Extra::None,
            Kind::Map(entries) if !entries.is_empty() => {
                Extra::Of(self.schema(node, &at.below("value", &["additionalProperties"])))
            }
            Kind::Map(_) | Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) | Kind::List(_) => Extra::Any,
        }
    }
}

/// No type.
pub(super) fn any(reason: &str, fallback: bool) -> Shape {
    Shape::Any(Any { reason: reason.to_owned(), fallback })
}
