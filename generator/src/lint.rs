//! Checks of the standard's rules that later stages do not report. Reads the span tree by a grammar of the standard's
//! objects. Changes nothing and stops nothing.

mod findings;
mod grammar;
mod header;
mod media;
mod operation;
mod parameter;
mod path;
mod schema;
mod security;
mod server;
mod value;

use crate::diagnostic::{Code, Diagnostics};
use crate::pattern::misspelled;
use crate::resolve::Document;
use crate::span::Span;
use crate::syntax::node::{Entry, Kind, NodeId, Tree};
use findings::Findings;
use grammar::{Field, Object, Value};
use std::collections::BTreeSet;

/// Checks a whole description. Runs after `lower`, so that each fault is reported once.
#[must_use]
pub(crate) fn lint(document: &Document, earlier: &Diagnostics) -> Diagnostics {
    let tree = &document.tree;
    let Some(version) = grammar::version(tree, document.entry) else { return Diagnostics::default() };
    let mut lint = Lint {
        document,
        version,
        findings: Findings::default(),
        seen: vec![false; tree.nodes.len()],
        open: vec![(document.entry, if version == grammar::V20 { Object::Swagger } else { Object::OpenApi })],
        ids: Vec::new(),
        links: Vec::new(),
        earlier: earlier.list.iter().filter_map(|one| Some((one.code, one.primary.as_ref()?.span))).collect(),
    };
    while let Some((node, object)) = lint.open.pop() {
        lint.visit(node, object);
    }
    lint.operations_as_a_whole();
    lint.findings.report(&lint.earlier)
}

struct Lint<'a> {
    document: &'a Document,
    /// Version bit, as in [`grammar::V30`].
    version: u8,
    findings: Findings,
    /// Visited nodes. Every node is checked once, with any number of references to it.
    seen: Vec<bool>,
    open: Vec<(NodeId, Object)>,
    /// The `operationId`s with their spans.
    ids: Vec<(&'a str, Span)>,
    /// The `operationId`s that links name.
    links: Vec<(&'a str, Span)>,
    /// Findings of earlier stages with their spans.
    earlier: BTreeSet<(Code, Span)>,
}

impl<'a> Lint<'a> {
    fn tree(&self) -> &'a Tree {
        &self.document.tree
    }

    /// Checks one object of the standard, and queues the objects in its fields.
    fn visit(&mut self, node: NodeId, object: Object) {
        let tree = self.tree();
        if self.seen.get_mut(node.0 as usize).is_none_or(|seen| std::mem::replace(seen, true)) {
            return;
        }
        if !tree.is_map(node) {
            let truth = matches!(tree.get(node).kind, Kind::Bool(_));
            if !(object == Object::Schema && truth) {
                self.wrong_type(tree.span(node), object.word(), "an object", node);
            }
            return;
        }
        if self.document.reference(node).is_some() && object.may_be_reference() {
            self.open.extend(self.document.target(node).map(|target| (target, object)));
            if !object.keeps_siblings() {
                return;
            }
        }
        let fields = grammar::fields(object);
        let before = self.open.len();
        for entry in tree.map(node) {
            match fields.iter().find(|field| field.name == entry.key) {
                Some(field) => self.field(field, entry, object),
                None if entry.key.starts_with("x-") => {}
                None => self.unknown(entry, object, fields),
            }
        }
        // The last node on the stack is checked first.
        self.open.get_mut(before..).unwrap_or_default().reverse();
        if self.document.reference(node).is_none() {
            for field in fields.iter().filter(|field| field.is_needed(self.version)) {
                if tree.value_at(node, field.name).is_none() {
                    let message = format!("{} has no `{}`", object.word(), field.name);
                    self.findings.add(Code::MissingField, tree.span(node), message);
                }
            }
        }
        self.rules(node, object);
    }

    /// Checks the rules that are not in the table of fields.
    fn rules(&mut self, node: NodeId, object: Object) {
        match object {
            Object::OpenApi => {
                self.containers(node);
                self.document_as_a_whole(node);
            }
            Object::Swagger => self.document_as_a_whole(node),
            Object::Server => self.server(node),
            Object::PathItem | Object::SwaggerPathItem => self.path_item(node),
            Object::Operation | Object::SwaggerOperation => self.operation(node),
            Object::Parameter => self.parameter(node),
            Object::SwaggerParameter => self.swagger_parameter(node),
            Object::Header => self.header(node),
            Object::Response | Object::SwaggerResponse => self.header_names(node),
            Object::MediaType => self.media(node),
            Object::Encoding => {
                self.encoding(node);
                self.header_names(node);
            }
            Object::Example => self.example(node),
            Object::Link => self.link(node),
            Object::License => self.report_exclusive(node, "identifier", &["url"], "a licence"),
            Object::Schema => self.schema(node),
            Object::Xml => self.xml(node),
            Object::SecurityScheme => self.security_scheme(node),
            Object::SwaggerSecurityScheme => self.swagger_security_scheme(node),
            Object::Info
            | Object::Contact
            | Object::ServerVariable
            | Object::Components
            | Object::ExternalDocs
            | Object::RequestBody
            | Object::Tag
            | Object::Discriminator
            | Object::Flows
            | Object::Flow
            | Object::Items => {}
        }
    }

    /// Checks the version and the type of a field.
    fn field(&mut self, field: &Field, entry: &Entry, object: Object) {
        let tree = self.tree();
        if !field.is_in(self.version) {
            let message = format!(
                "`{}` of {} is a field of OpenAPI {}; this description is {}",
                field.name,
                object.word(),
                grammar::written(field.home(self.version)),
                grammar::written(self.version)
            );
            self.findings.add(Code::OtherVersion, entry.key_span, message);
        }
        let node = entry.value;
        let kind = &tree.get(node).kind;
        // Since JSON Schema 2020-12, `true` and `false` are schemas in every place.
        let boolean =
            self.version > grammar::V30 && field.value == Value::One(Object::Schema) && matches!(kind, Kind::Bool(_));
        let is_valid = *kind == Kind::Null || boolean || field.value.takes(kind) || self.queue_value(field, node);
        if !is_valid {
            let what = format!("`{}` of {}", field.name, object.word());
            self.wrong_type(tree.span(node), &what, field.value.word(), node);
        }
    }

    /// Adds the value of a field to the stack. Returns false if it has another type.
    fn queue_value(&mut self, field: &Field, node: NodeId) -> bool {
        let tree = self.tree();
        match (field.value, &tree.get(node).kind) {
            (Value::Strings | Value::StringOrStrings | Value::BoolOrStrings, Kind::List(items)) => {
                self.texts(field.name, items)
            }
            (Value::StringOrDiscriminator, Kind::Map(_)) => self.open.push((node, Object::Discriminator)),
            (Value::One(inner), Kind::Map(_)) => self.open.push((node, inner)),
            (Value::SchemaOrBool | Value::SchemaOrList, Kind::Map(_)) => self.open.push((node, Object::Schema)),
            (Value::SchemaOrList, Kind::List(items)) => {
                self.open.extend(items.iter().map(|item| (*item, Object::Schema)));
            }
            (Value::List(inner), Kind::List(items)) => self.open.extend(items.iter().map(|item| (*item, inner))),
            (Value::Map(inner), Kind::Map(entries)) => {
                self.open.extend(entries.iter().map(|entry| (entry.value, inner)));
            }
            (Value::Patterned(inner), Kind::Map(entries)) => {
                self.check_status_keys(field.name, entries);
                let named = entries.iter().filter(|entry| !entry.key.starts_with("x-"));
                self.open.extend(named.map(|entry| (entry.value, inner)));
            }
            (Value::Callbacks, Kind::Map(entries)) => self.callbacks(entries),
            (Value::StringMap, Kind::Map(entries)) => {
                for entry in entries.iter().filter(|entry| tree.text(entry.value).is_none()) {
                    self.wrong_type(tree.span(entry.value), field.name, "a map of texts", entry.value);
                }
            }
            _ => return false,
        }
        true
    }

    fn texts(&mut self, name: &str, items: &[NodeId]) {
        let tree = self.tree();
        for item in items.iter().filter(|item| tree.text(**item).is_none()) {
            // YAML reads the type `null` without quotes as an empty value.
            if !(tree.get(*item).kind == Kind::Null && name == "type") {
                self.wrong_type(tree.span(*item), name, "an array of strings", *item);
            }
        }
    }

    /// Callbacks by name: each is a map of path items, or a reference to one.
    fn callbacks(&mut self, entries: &[Entry]) {
        for entry in entries {
            let Some(target) = self.document.target(entry.value) else { continue };
            let paths = self.tree().map(target).iter().filter(|path| !path.key.starts_with("x-"));
            self.open.extend(paths.map(|path| (path.value, Object::PathItem)));
        }
    }

    fn wrong_type(&mut self, span: Span, what: &str, wanted: &str, node: NodeId) {
        let is = match self.tree().get(node).kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::List(_) => "an array",
            Kind::Map(_) => "an object",
        };
        self.findings.add(Code::WrongType, span, format!("{what} must be {wanted}, but is {is}"));
    }

    fn unknown(&mut self, entry: &Entry, object: Object, fields: &[Field]) {
        let near = misspelled(&entry.key, fields.iter().map(|field| field.name));
        // JSON Schema allows custom keywords.
        if near.is_none() && object == Object::Schema && self.version > grammar::V30 {
            return;
        }
        let near = near.map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
        let message = format!("{} has no field `{}`{near}", object.word(), findings::short(&entry.key));
        self.findings.add(Code::UnknownField, entry.key_span, message);
    }

    /// Reports each of `others` beside `field`.
    fn report_exclusive(&mut self, node: NodeId, field: &str, others: &[&str], what: &str) {
        let tree = self.tree();
        if tree.value_at(node, field).is_none() {
            return;
        }
        for entry in tree.map(node).iter().filter(|entry| others.contains(&entry.key.as_str())) {
            let message = format!("`{field}` and `{}` of {what} exclude each other", entry.key);
            self.findings.add(Code::FieldConflict, entry.key_span, message);
        }
    }

    /// Reports a value that is not one of those in the standard.
    fn report_unlisted_value(&mut self, node: NodeId, key: &str, values: &[&str]) {
        let tree = self.tree();
        let Some((id, text)) = tree.value_at(node, key).and_then(|id| Some((id, tree.text(id)?))) else { return };
        if !values.contains(&text) {
            let allowed = match values {
                [only] => format!("only `{only}` is allowed"),
                _ => format!("it is one of {}", values.join(", ")),
            };
            let message = format!("`{key}` cannot be `{}`; {allowed}", findings::short(text));
            self.findings.add(Code::ValueNotListed, tree.span(id), message);
        }
    }

    fn report_missing(&mut self, node: NodeId, key: &str, what: &str) {
        if self.tree().value_at(node, key).is_none() {
            self.findings.add(Code::MissingField, self.tree().span(node), format!("{what} has no `{key}`"));
        }
    }
}
