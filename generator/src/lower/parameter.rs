//! Parameters: location, style, explode; the path's own and those that every operation of a path shares.

use super::{At, Lower};
use crate::api::{Body, Location, Media, Object, Parameter, Property, Scalar, Schema, Shape, Style};
use crate::diagnostic::Code;
use crate::source::node::NodeId;

impl Lower<'_> {
    /// Parameters, and the body that Swagger 2.0 spells as parameters.
    pub(super) fn parameters(
        &mut self,
        path: &str,
        item: NodeId,
        node: NodeId,
        at: &At,
    ) -> (Vec<Parameter>, Option<Body>) {
        let tree = &self.document.tree;
        let list = |node| tree.entry(node, "parameters").map_or(&[][..], |list| tree.list(list)).to_vec();
        let (mut parameters, mut body, mut fields): (Vec<Parameter>, Option<Body>, Vec<NodeId>) =
            (Vec::new(), None, Vec::new());
        let inherited = list(item);
        for (index, reference) in inherited.iter().copied().chain(list(node)).enumerate() {
            let pointer = format!("{}/parameters/{index}", at.pointer);
            let Some(target) = self.document.follow(reference, &pointer, self.diagnostics) else { continue };
            let Some(name) = self.text(target.node, "name") else { continue };
            match self.text(target.node, "in").unwrap_or_default().as_str() {
                "body" => body = Some(self.swagger_body(target.node, node, at)),
                "formData" => fields.push(target.node),
                place => {
                    let Some(parameter) = self.parameter(target.node, name, place, at, pointer) else { continue };
                    let same = |known: &Parameter| known.name == parameter.name && known.location == parameter.location;
                    match parameters.iter().position(same) {
                        None => parameters.push(parameter),
                        Some(known) => {
                            if index >= inherited.len() && known >= inherited.len() {
                                let message = format!("the parameter `{}` is declared twice", parameter.name);
                                self.diagnostics.report(Code::DuplicateParameter, parameter.origin.span, message);
                            }
                            if let Some(known) = parameters.get_mut(known) {
                                *known = parameter;
                            }
                        }
                    }
                }
            }
        }
        if !fields.is_empty() {
            body = Some(self.form(&fields, node, at));
        }
        (self.in_order_of(path, parameters, node, at), body)
    }

    fn parameter(&mut self, node: NodeId, name: String, place: &str, at: &At, pointer: String) -> Option<Parameter> {
        let location = match place {
            "path" => Location::Path,
            "query" | "querystring" => Location::Query,
            "cookie" => Location::Cookie,
            "header" => {
                let reserved = ["accept", "content-type", "authorization"];
                if reserved.contains(&name.to_lowercase().as_str()) {
                    return None;
                }
                Location::Header
            }
            _ => {
                let span = self.document.tree.span(node);
                self.diagnostics.report(Code::WrongType, span, format!("`{place}` is no place for a parameter"));
                return None;
            }
        };
        let tree = &self.document.tree;
        let content = tree.entry(node, "content").and_then(|map| tree.map(map).first()).map(|media| media.value);
        let (style, explode) = self.spelling(node, location, content.is_some());
        let inner = content.and_then(|media| tree.entry(media, "schema")).or_else(|| tree.entry(node, "schema"));
        let place = at.below(&name, &["parameters", &name]);
        let schema = match inner {
            Some(schema) => self.schema(schema, &place),
            // Swagger 2.0 writes the schema's keywords beside the name.
            None if tree.entry(node, "type").is_some() => self.schema(node, &place),
            None => self.add(self.untyped(node, &place, "parameter without a schema", false)),
        };
        Some(Parameter {
            origin: self.origin(node, &pointer),
            required: location == Location::Path || self.flag(node, "required"),
            allow_reserved: self.flag(node, "allowReserved"),
            description: self.text(node, "description"),
            deprecated: self.flag(node, "deprecated"),
            name,
            location,
            style,
            explode,
            schema,
        })
    }

    fn spelling(&self, node: NodeId, location: Location, content: bool) -> (Style, bool) {
        if content {
            return (Style::Json, false);
        }
        let default = match location {
            Location::Path | Location::Header => Style::Simple,
            Location::Query | Location::Cookie => Style::Form,
        };
        if self.swagger {
            return match self.text(node, "collectionFormat").as_deref() {
                Some("multi") => (Style::Form, true),
                Some("ssv") => (Style::SpaceDelimited, false),
                Some("tsv") => (Style::TabDelimited, false),
                Some("pipes") => (Style::PipeDelimited, false),
                _ => (default, false),
            };
        }
        let style = match self.text(node, "style").as_deref() {
            Some("simple") => Style::Simple,
            Some("label") => Style::Label,
            Some("matrix") => Style::Matrix,
            Some("form") => Style::Form,
            Some("spaceDelimited") => Style::SpaceDelimited,
            Some("pipeDelimited") => Style::PipeDelimited,
            Some("deepObject") => Style::DeepObject,
            _ => default,
        };
        let explode = self.document.tree.bool_at(node, "explode");
        (style, explode.unwrap_or(matches!(style, Style::Form | Style::DeepObject)))
    }

    /// Path parameters in the order of the template, then the others.
    fn in_order_of(&mut self, path: &str, parameters: Vec<Parameter>, node: NodeId, at: &At) -> Vec<Parameter> {
        let (mut in_path, others): (Vec<_>, Vec<_>) =
            parameters.into_iter().partition(|parameter| parameter.location == Location::Path);
        let mut ordered = Vec::new();
        let holes = path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name));
        for name in holes {
            if ordered.iter().any(|known: &Parameter| known.name == name) {
                continue;
            }
            if let Some(found) = in_path.iter().position(|parameter| parameter.name == name) {
                ordered.push(in_path.remove(found));
                continue;
            }
            let span = self.document.tree.span(node);
            let message = format!("the path parameter `{name}` is not declared; it is taken as a text");
            self.diagnostics.report(Code::PathParameterUndeclared, span, message);
            let place = at.below(name, &["parameters", name]);
            let text = Schema { shape: Shape::Scalar(Scalar::Text(None)), ..self.untyped(node, &place, "", false) };
            let schema = self.add(text);
            ordered.push(Parameter {
                origin: self.origin(node, &place.pointer),
                name: name.to_owned(),
                location: Location::Path,
                required: true,
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
                schema,
                description: None,
                deprecated: false,
            });
        }
        for unused in in_path {
            let message = format!("the path has no `{{{}}}`", unused.name);
            self.diagnostics.report(Code::PathParameterUnused, unused.origin.span, message);
        }
        ordered.extend(others);
        ordered
    }

    fn swagger_body(&mut self, parameter: NodeId, operation: NodeId, at: &At) -> Body {
        let tree = &self.document.tree;
        let schema = tree.entry(parameter, "schema");
        let schema = schema.map(|schema| self.schema(schema, &at.below("body", &["body"])));
        let media = self.media_names(operation, "consumes", "application/json");
        Body {
            required: self.flag(parameter, "required"),
            description: self.text(parameter, "description"),
            media: media.into_iter().map(|name| Media { name, schema }).collect(),
        }
    }

    fn form(&mut self, fields: &[NodeId], operation: NodeId, at: &At) -> Body {
        let at = at.below("form", &["form"]);
        let mut object = Object::default();
        let mut files = false;
        for field in fields {
            let name = self.text(*field, "name").unwrap_or_default();
            files |= self.text(*field, "type").as_deref() == Some("file");
            object.properties.push(Property {
                schema: self.schema(*field, &at.below(&name, &["properties", &name])),
                required: self.flag(*field, "required"),
                read_only: false,
                write_only: false,
                description: self.text(*field, "description"),
                deprecated: false,
                name,
            });
        }
        let required = object.properties.iter().any(|property| property.required);
        let schema = Schema { shape: Shape::Object(object), ..self.untyped(operation, &at, "", false) };
        let schema = Some(self.add(schema));
        let consumed = self.media_names(operation, "consumes", "");
        let multipart = files || consumed.iter().any(|name| name == "multipart/form-data");
        let name = if multipart { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
        Body { required, description: None, media: vec![Media { name: name.to_owned(), schema }] }
    }
}
