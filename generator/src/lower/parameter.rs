//! Parameters: location, style and explode, both of a path and of its operations.

use super::examples::is_credential;
use super::{Lower, SchemaLocation};
use crate::api::{
    Body, Encoding, Examples, Location, Media, Object, Parameter, Property, Scalar, SchemaId, SchemeKind, Shape, Style,
};
use crate::diagnostic::Code;
use crate::syntax::node::NodeId;
use crate::syntax::pointer::escape;

impl Lower<'_> {
    /// Parameters, and the body that Swagger 2.0 writes as parameters.
    pub(super) fn parameters(
        &mut self,
        path: &str,
        item: NodeId,
        node: NodeId,
        at: &SchemaLocation,
    ) -> (Vec<Parameter>, Option<Body>) {
        let tree = &self.document.tree;
        let list = |node| tree.value_at(node, "parameters").map_or(&[][..], |list| tree.list(list)).to_vec();
        let (mut parameters, mut body, mut fields) = (Vec::new(), None, Vec::new());
        let inherited = list(item).into_iter().enumerate().map(|(index, node)| (index, node, false));
        let of_operation = list(node).into_iter().enumerate().map(|(index, node)| (index, node, true));
        for (index, reference, is_of_operation) in inherited.chain(of_operation) {
            let place = at.with_pointer(format!("{}/parameters/{index}", at.pointer));
            let Some(target) = self.target_or_skip(reference, &place) else { continue };
            let span = tree.span(target.node);
            let (Some(name), Some(location)) = (self.text(target.node, "name"), self.text(target.node, "in")) else {
                self.diagnostics.report(Code::MissingField, span, "a parameter needs `name` and `in`; it is left out");
                continue;
            };
            match location.as_str() {
                "body" => body = Some(self.swagger_body(target.node, node, at)),
                "formData" => {
                    fields.retain(|field| self.text(*field, "name").as_ref() != Some(&name));
                    fields.push(target.node);
                }
                location => {
                    let at = if self.document.reference(reference).is_some() {
                        // Operations share it, so none of them is part of its name.
                        SchemaLocation::shared(&target.pointer, &["param", "parameter"])
                    } else {
                        let shared = || format!("#/paths/{}", escape(path));
                        let pointer = if is_of_operation { at.pointer.clone() } else { shared() };
                        at.with_pointer(pointer).below(&name, &["parameters", &index.to_string()])
                    };
                    let Some(parameter) = self.parameter(target.node, name, location, &at) else { continue };
                    self.declare(&mut parameters, parameter, is_of_operation);
                }
            }
        }
        if !fields.is_empty() {
            body = Some(self.form(&fields, node, at));
        }
        let parameters = parameters.into_iter().map(|(parameter, _)| parameter).collect();
        (self.in_order_of(path, parameters, node, at), body)
    }

    /// Adds a parameter, or replaces the one with the same name and location: an operation's parameter replaces that of
    /// the path, and the last of several counts. The flags are true for parameters of the operation itself.
    fn declare(&mut self, parameters: &mut Vec<(Parameter, bool)>, parameter: Parameter, is_own: bool) {
        let same = |known: &Parameter| known.name == parameter.name && known.location == parameter.location;
        let Some(known) = parameters.iter_mut().find(|(known, _)| same(known)) else {
            parameters.push((parameter, is_own));
            return;
        };
        if known.1 == is_own {
            let message = format!("duplicate parameter `{}`", parameter.name);
            self.diagnostics.report(Code::DuplicateParameter, parameter.origin.span, message);
        }
        *known = (parameter, is_own);
    }

    /// A parameter with the name and the `in` of its node. `None` for a header that is not a parameter.
    fn parameter(&mut self, node: NodeId, name: String, location: &str, at: &SchemaLocation) -> Option<Parameter> {
        let location = match location {
            "path" => Location::Path,
            "query" => Location::Query,
            "cookie" => Location::Cookie,
            "header" => {
                let reserved = ["accept", "content-type", "authorization"];
                if reserved.contains(&name.to_lowercase().as_str()) {
                    return None;
                }
                Location::Header
            }
            "querystring" => Location::QueryString,
            _ => {
                let span = self.document.tree.span(node);
                self.diagnostics.report(Code::WrongType, span, format!("`{location}` is not a parameter location"));
                return None;
            }
        };
        let (schema, media) = self.content_or_schema(node, at, "parameter without a schema");
        let (style, explode) = match media.as_deref() {
            // A string needs no quotes, and a form is a string already.
            Some(media) if media.starts_with("text/") => (Style::Simple, false),
            Some("application/x-www-form-urlencoded") if location == Location::QueryString => (Style::Form, true),
            Some(media) => (self.content_style(node, media, schema), false),
            None => self.style_and_explode(node, location),
        };
        if location != Location::QueryString {
            self.check_style(node, style, explode, schema);
        }
        Some(Parameter {
            origin: self.origin(node, &at.pointer),
            required: location == Location::Path || self.flag(node, "required"),
            allow_reserved: self.flag(node, "allowReserved"),
            allow_empty: self.flag(node, "allowEmptyValue"),
            encoding: self.parameter_encoding(node, location),
            description: self.text(node, "description"),
            deprecated: self.flag(node, "deprecated"),
            env: self.text(node, "x-env-name"),
            set_on_client: false,
            credential: self.carries_credential(&name, location),
            examples: self.parameter_examples(node),
            name,
            location,
            style,
            explode,
            schema,
        })
    }

    /// The encodings of the fields of a parameter that is the whole query.
    fn parameter_encoding(&mut self, node: NodeId, location: Location) -> Vec<Encoding> {
        let tree = &self.document.tree;
        let media = tree.value_at(node, "content").filter(|_| location == Location::QueryString);
        let media = media.and_then(|map| tree.map(map).first()).map(|media| media.value);
        media.map_or_else(Vec::new, |media| self.encoding(media))
    }

    /// The schema of a parameter or header, and its media type.
    pub(super) fn content_or_schema(
        &mut self,
        node: NodeId,
        at: &SchemaLocation,
        none: &str,
    ) -> (SchemaId, Option<String>) {
        let tree = &self.document.tree;
        let media = tree.value_at(node, "content").and_then(|map| tree.map(map).first());
        let in_media = media.and_then(|media| Some((tree.value_at(media.value, "schema")?, media.key.as_str())));
        let media = media.map(|media| media.key.clone());
        let pointer = match in_media {
            Some((_, media)) => format!("{}/content/{}/schema", at.pointer, escape(media)),
            None => format!("{}/schema", at.pointer),
        };
        let inner = in_media.map(|(schema, _)| schema).or_else(|| tree.value_at(node, "schema"));
        let spelled = ["type", "enum", "items", "format"].iter().any(|key| tree.value_at(node, key).is_some());
        let schema = match inner {
            Some(schema) => self.schema(schema, &at.with_pointer(pointer)),
            // Swagger 2.0 writes the schema's keywords beside the name.
            None if spelled => self.schema(node, at),
            None => self.add(self.untyped(node, at, none)),
        };
        (schema, media)
    }

    /// Sorts path parameters by the template, before the others.
    fn in_order_of(
        &mut self,
        path: &str,
        parameters: Vec<Parameter>,
        node: NodeId,
        at: &SchemaLocation,
    ) -> Vec<Parameter> {
        let (mut in_path, others): (Vec<_>, Vec<_>) =
            parameters.into_iter().partition(|parameter| parameter.location == Location::Path);
        let mut ordered = Vec::new();
        let names = path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name));
        for name in names {
            if ordered.iter().any(|known: &Parameter| known.name == name) {
                continue;
            }
            if let Some(found) = in_path.iter().position(|parameter| parameter.name == name) {
                ordered.push(in_path.remove(found));
                continue;
            }
            let span = self.document.tree.span(node);
            let message = format!("the path parameter `{name}` is not declared; its type is string");
            self.diagnostics.report(Code::PathParameterUndeclared, span, message);
            let place = at.below(name, &["parameters", name]);
            let text = self.of_shape(node, &place, Shape::Scalar(Scalar::String(None)));
            let schema = self.add(text);
            ordered.push(Parameter {
                origin: self.origin(node, &place.pointer),
                name: name.to_owned(),
                location: Location::Path,
                required: true,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                allow_empty: false,
                encoding: Vec::new(),
                schema,
                description: None,
                deprecated: false,
                env: None,
                set_on_client: false,
                credential: false,
                examples: Examples::default(),
            });
        }
        for unused in in_path {
            let message = format!("the path parameter `{}` is not in the path template", unused.name);
            self.diagnostics.report(Code::PathParameterUnused, unused.origin.span, message);
        }
        ordered.extend(others);
        ordered
    }

    /// The body that Swagger 2.0 writes as a parameter in `body`.
    fn swagger_body(&mut self, parameter: NodeId, operation: NodeId, at: &SchemaLocation) -> Body {
        let tree = &self.document.tree;
        let schema = tree.value_at(parameter, "schema");
        let schema = schema.map(|schema| self.schema(schema, &at.below("body", &["body"])));
        let media = self.media_names(operation, "consumes", Some("application/json"));
        Body {
            required: self.flag(parameter, "required"),
            description: self.text(parameter, "description"),
            media: media.into_iter().map(|name| self.swagger_media(parameter, name, schema)).collect(),
        }
    }

    fn swagger_media(&self, parameter: NodeId, name: String, schema: Option<SchemaId>) -> Media {
        Media { examples: self.body_examples(parameter, &name), ..Media::whole(name, schema) }
    }

    /// Returns true for a parameter that carries the credential of a security scheme, or has the name of one.
    fn carries_credential(&self, name: &str, location: Location) -> bool {
        let mut keys = self.api.schemes.iter().filter_map(|scheme| match &scheme.kind {
            SchemeKind::ApiKeyHeader(key) => Some((key, Location::Header)),
            SchemeKind::ApiKeyQuery(key) => Some((key, Location::Query)),
            SchemeKind::ApiKeyCookie(key) => Some((key, Location::Cookie)),
            _ => None,
        });
        is_credential(name) || keys.any(|(key, place)| place == location && key.eq_ignore_ascii_case(name))
    }

    /// The body that Swagger 2.0 writes as parameters in `formData`.
    fn form(&mut self, fields: &[NodeId], operation: NodeId, at: &SchemaLocation) -> Body {
        let at = at.below("form", &["form"]);
        let mut object = Object::default();
        let mut files = false;
        let mut encoding = Vec::new();
        let names: Vec<String> = fields.iter().filter_map(|field| self.text(*field, "name")).collect();
        for field in fields {
            let name = self.text(*field, "name").unwrap_or_default();
            files |= self.text(*field, "type").as_deref() == Some("file");
            // Arrays are separated by commas by default.
            if self.text(*field, "type").as_deref() == Some("array") {
                let style = Some(self.collection(*field).unwrap_or((Style::Form, false)));
                encoding.push(Encoding {
                    name: name.clone(),
                    media: None,
                    style,
                    reserved: false,
                    headers: Vec::new(),
                });
            }
            let schema = self.schema(*field, &at.property(&name, names.iter().map(String::as_str)));
            object.properties.push(Property {
                required: self.flag(*field, "required"),
                description: self.text(*field, "description"),
                ..Property::new(name, schema)
            });
        }
        let required = object.properties.iter().any(|property| property.required);
        let schema = self.of_shape(operation, &at, Shape::Object(object));
        let schema = Some(self.add(schema));
        let consumed = self.media_names(operation, "consumes", None);
        let multipart = files || consumed.iter().any(|name| name == "multipart/form-data");
        let name = if multipart { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
        Body { required, description: None, media: vec![Media { encoding, ..Media::whole(name.to_owned(), schema) }] }
    }
}
