//! The meaning of a description. Reads the span tree of any version and builds the [`Api`]. Must not know Rust.

mod all_of;
mod body;
mod chosen_types;
mod client_headers;
mod declarations;
mod dedup;
mod direction;
mod discriminator;
mod discriminator_values;
mod enum_choices;
mod enums;
mod example_hints;
mod examples;
mod filter;
mod inheritance;
mod intersection;
mod lenient_required;
mod list;
mod literal;
mod location;
mod lookup;
mod member_words;
mod merge_patch;
mod no_operations;
mod number_in_string;
mod object;
mod one_sided;
mod operation;
mod optional_responses;
mod options;
pub(crate) mod paging;
mod parameter;
mod passes;
mod prune;
mod recursive_containers;
mod response_examples;
mod schema;
mod security;
mod self_referential_unions;
mod server;
mod stream_items;
pub(crate) mod stream_options;
mod style;
mod union;
mod union_product;
mod webhook;

#[cfg(test)]
mod tests;

pub(crate) use options::LowerOptions;
pub(crate) use passes::{MERGE_PATCH, names as pass_names};

use location::SchemaLocation;

use crate::api::{Api, Examples, Info, Origin, Schema, SchemaId, Shape, Tag, Xml, XmlNode};
use crate::diagnostic::{Code, Diagnostics};
use crate::resolve::Document;
use crate::stack::on_deep_stack;
use crate::syntax::node::NodeId;
use crate::syntax::pointer::escape;
use std::collections::{BTreeMap, BTreeSet};

/// Lowers a whole description with the options of the settings.
pub(crate) fn lower(document: &Document, options: &LowerOptions, diagnostics: &mut Diagnostics) -> Api {
    lower_until(document, options, None, diagnostics)
}

/// Lowers a description with the passes up to and including `last`. All passes run if `last` is `None` or unknown.
pub(crate) fn lower_until(
    document: &Document,
    options: &LowerOptions,
    last: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Api {
    // Schemas may nest deeper than the caller's stack allows.
    let (api, mut found) = on_deep_stack(|| {
        let mut found = Diagnostics::default();
        (run_passes(document, options, last, &mut found), found)
    });
    diagnostics.list.append(&mut found.list);
    api
}

fn run_passes(document: &Document, options: &LowerOptions, last: Option<&str>, diagnostics: &mut Diagnostics) -> Api {
    let mut lower = Lower {
        document,
        options,
        diagnostics,
        api: Api::default(),
        known: BTreeMap::new(),
        merges: BTreeMap::new(),
        merge_count: 0,
        depth: 0,
        swagger: false,
        paging_extensions: Vec::new(),
        siblings: false,
        contradicted_by_example: None,
        chosen_types: chosen_types::ChosenTypes::default(),
        subtypes: BTreeMap::new(),
        filtered: filter::Filtered::default(),
        declarations: declarations::Declarations::default(),
    };
    if lower.reads_version() {
        for pass in passes::PASSES {
            (pass.run)(&mut lower);
            if last == Some(pass.name) {
                break;
            }
        }
    }
    lower.api
}

/// The state of the passes.
struct Lower<'a> {
    document: &'a Document,
    options: &'a LowerOptions,
    diagnostics: &'a mut Diagnostics,
    api: Api,
    /// Schemas by their node, so that a component is one schema with any number of references.
    known: BTreeMap<NodeId, SchemaId>,
    /// Merged schemas by the schemas that they are merged from, so that recursion ends.
    merges: BTreeMap<Vec<NodeId>, SchemaId>,
    /// The number of merged schemas.
    merge_count: usize,
    /// The number of schemas around the current one.
    depth: usize,
    /// True for Swagger 2.0.
    swagger: bool,
    /// The pagination extensions of the description by operation.
    paging_extensions: Vec<paging::PagingExtension>,
    /// True from OpenAPI 3.1 on: keywords beside a `$ref` apply, as in JSON Schema 2020-12.
    siblings: bool,
    /// Schemas that the value of an example contradicts. Computed on first use.
    contradicted_by_example: Option<BTreeSet<NodeId>>,
    /// The types that the settings choose.
    chosen_types: chosen_types::ChosenTypes,
    /// The components that extend a schema with a discriminator.
    subtypes: BTreeMap<NodeId, Vec<inheritance::Subtype>>,
    /// The operations and webhooks that the settings leave out.
    filtered: filter::Filtered,
    /// The locations of inline schemas in the schemas that declare them.
    declarations: declarations::Declarations,
}

impl Lower<'_> {
    /// The value of a member that is a string or a number.
    fn text(&self, node: NodeId, key: &str) -> Option<String> {
        self.document.tree.text_at(node, key).map(str::to_owned)
    }

    /// The value of a member that is a boolean. False when absent.
    fn flag(&self, node: NodeId, key: &str) -> bool {
        self.document.tree.bool_at(node, key).unwrap_or(false)
    }

    /// The position of a node, for diagnostics and names.
    fn origin(&self, node: NodeId, pointer: &str) -> Origin {
        Origin { span: self.document.tree.span(node), pointer: pointer.to_owned() }
    }

    /// Reads the version. Returns false, with a diagnostic, if no pass can read the description.
    fn reads_version(&mut self) -> bool {
        let (tree, entry) = (&self.document.tree, self.document.entry);
        let span = tree.span(entry);
        let written = tree.text_at(entry, "openapi").or_else(|| tree.text_at(entry, "swagger"));
        let Some(written) = written.map(str::to_owned) else {
            self.diagnostics.report(Code::NotOpenApi, span, "the top level has neither `openapi` nor `swagger`");
            return false;
        };
        self.swagger = tree.value_at(entry, "openapi").is_none();
        let is_openapi = ["3.0", "3.1", "3.2"]
            .iter()
            .any(|version| written == *version || written.starts_with(&format!("{version}.")));
        let is_swagger = self.swagger && matches!(written.as_str(), "2" | "2.0");
        if !(is_openapi || is_swagger) {
            self.diagnostics.report(Code::UnsupportedVersion, span, format!("version {written} is not supported"));
            return false;
        }
        self.siblings = self.document.allows_siblings();
        self.api.info.openapi = written;
        true
    }

    /// Reads the title, the version of the API, and the declared tags.
    fn info(&mut self) {
        let (tree, entry) = (&self.document.tree, self.document.entry);
        let openapi = std::mem::take(&mut self.api.info.openapi);
        let info = tree.value_at(entry, "info").unwrap_or(entry);
        let (title, version) = (self.text(info, "title"), self.text(info, "version"));
        for (key, value) in [("title", &title), ("version", &version)] {
            if value.is_none() {
                let message = format!("`info` has no `{key}`");
                self.diagnostics.report(Code::MissingField, tree.span(info), message);
            }
        }
        self.api.info = Info {
            title: title.unwrap_or_else(|| "API".to_owned()),
            version: version.unwrap_or_else(|| "0".to_owned()),
            openapi,
            description: self.text(info, "description"),
        };
        let tags = tree.value_at(entry, "tags").map_or(&[][..], |tags| tree.list(tags)).to_vec();
        for tag in tags {
            if let Some(name) = self.text(tag, "name") {
                self.api.tags.push(Tag { name, description: self.text(tag, "description") });
            }
        }
    }

    /// Reads the schemas of components.
    fn components(&mut self) {
        let (tree, entry) = (&self.document.tree, self.document.entry);
        let (folder, prefix) = if self.swagger {
            (tree.value_at(entry, "definitions"), "#/definitions")
        } else {
            let components = tree.value_at(entry, "components");
            (components.and_then(|components| tree.value_at(components, "schemas")), "#/components/schemas")
        };
        let entries = folder.map_or(&[][..], |folder| tree.map(folder)).to_vec();
        for entry in &entries {
            // Ids are reserved first, so that references know the names of their components.
            let at = SchemaLocation::new(&entry.key, format!("{prefix}/{}", escape(&entry.key)));
            let id = self.reserve(entry.value, &at);
            self.record_inline_schemas(entry.value, || at);
            self.api.components.insert(entry.key.clone(), id);
        }
        self.set_subtypes(&entries);
        for entry in entries {
            let at = SchemaLocation::new(&entry.key, format!("{prefix}/{}", escape(&entry.key)));
            if let Some(id) = self.known.get(&entry.value).copied() {
                self.fill(id, entry.value, &at);
            }
        }
    }

    /// Removes declared tags that no operation has, and adds undeclared tags in the order of the operations.
    fn tags(&mut self) {
        let used: BTreeSet<String> = self.api.operations.iter().filter_map(|operation| operation.tag.clone()).collect();
        self.api.tags.retain(|tag| used.contains(&tag.name));
        for name in self.api.operations.iter().filter_map(|operation| operation.tag.clone()) {
            if self.api.tags.iter().all(|tag| tag.name != name) {
                self.api.tags.push(Tag { name, description: None });
            }
        }
    }

    /// Ends recursion that has no value, or no Rust type of a finite size.
    fn end_recursion(&mut self) {
        for id in prune::break_circles(&mut self.api) {
            let span = self.api.schemas.get(id).map(|schema| schema.origin.span).unwrap_or_default();
            let message = "the schema refers only to itself; its type is any JSON";
            self.diagnostics.report(Code::UntypedFallback, span, message);
        }
        self_referential_unions::without_themselves(&mut self.api);
        recursive_containers::end(&mut self.api);
    }

    /// Adds a schema without a shape.
    fn reserve(&mut self, node: NodeId, at: &SchemaLocation) -> SchemaId {
        let id = self.add(self.untyped(node, at, "schema allows any value"));
        self.known.insert(node, id);
        id
    }

    /// Replaces a schema.
    fn put(&mut self, id: SchemaId, schema: Schema) {
        if let Some(slot) = self.api.schemas.get_mut(id) {
            *slot = schema;
        }
    }

    /// Adds a schema.
    fn add(&mut self, schema: Schema) -> SchemaId {
        self.api.schemas.push(schema)
    }

    /// The XML Object of a schema. `nodeType` of 3.2 stands for the flags of older versions.
    fn xml(&self, node: NodeId) -> Option<Box<Xml>> {
        let xml = self.document.tree.value_at(node, "xml")?;
        let node = match self.document.tree.text_at(xml, "nodeType") {
            Some("element") => Some(XmlNode::Element),
            Some("attribute") => Some(XmlNode::Attribute),
            Some("text") => Some(XmlNode::Text),
            Some("cdata") => Some(XmlNode::CData),
            Some("none") => Some(XmlNode::None),
            _ if self.flag(xml, "attribute") => Some(XmlNode::Attribute),
            _ => self.flag(xml, "wrapped").then_some(XmlNode::Element),
        };
        Some(Box::new(Xml {
            name: self.text(xml, "name"),
            prefix: self.text(xml, "prefix"),
            namespace: self.text(xml, "namespace"),
            node,
        }))
    }

    /// A schema of any value.
    fn untyped(&self, node: NodeId, at: &SchemaLocation, reason: &str) -> Schema {
        self.of_shape(node, at, schema::any(reason))
    }

    /// A schema of this shape, without annotations.
    fn of_shape(&self, node: NodeId, at: &SchemaLocation, shape: Shape) -> Schema {
        Schema {
            origin: self.origin(node, &at.pointer),
            name_words: at.name_words.clone(),
            outer: at.outer.clone(),
            place_words: at.name_words.clone(),
            description: None,
            deprecated: false,
            nullable: false,
            secret: false,
            only_value: None,
            is_const: false,
            in_string: false,
            default: None,
            examples: Examples::default(),
            xml: self.xml(node),
            sent: false,
            received: false,
            has_chosen_type: false,
            shape,
        }
    }
}
