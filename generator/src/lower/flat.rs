//! A schema with its `allOf` members merged into one set of keywords.

use super::Lower;
use crate::diagnostic::Code;
use crate::source::node::{Kind, NodeId};
use indexmap::{IndexMap, IndexSet};

/// Keywords of a schema, merged.
#[derive(Debug, Clone, Default)]
pub(super) struct Flat {
    pub(super) types: Vec<String>,
    pub(super) nullable: bool,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) deprecated: bool,
    pub(super) write_only: bool,
    pub(super) default: Option<serde_json::Value>,
    pub(super) format: Option<String>,
    pub(super) minimum: Option<i128>,
    pub(super) maximum: Option<i128>,
    pub(super) values: Option<NodeId>,
    pub(super) constant: Option<NodeId>,
    pub(super) items: Option<NodeId>,
    pub(super) tuple: bool,
    pub(super) properties: IndexMap<String, NodeId>,
    pub(super) required: IndexSet<String>,
    pub(super) extra: Option<NodeId>,
    pub(super) patterns: Vec<NodeId>,
    pub(super) unions: Vec<Choice>,
    pub(super) varnames: Option<NodeId>,
    pub(super) vardocs: Option<NodeId>,
}

/// A `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) members: Vec<NodeId>,
    pub(super) discriminator: Option<NodeId>,
}

/// Deepest chain of `allOf`.
const DEEPEST: usize = 40;

impl Flat {
    /// Takes over what the other has and this lacks; what both have is intersected as far as types go.
    pub(super) fn absorb(&mut self, other: Self) {
        if self.types.is_empty() {
            self.types = other.types;
        } else if !other.types.is_empty() {
            let both: Vec<_> = self.types.iter().filter(|name| other.types.contains(name)).cloned().collect();
            if !both.is_empty() {
                self.types = both;
            }
        }
        self.nullable |= other.nullable;
        self.deprecated |= other.deprecated;
        self.write_only |= other.write_only;
        self.tuple |= other.tuple;
        self.title = self.title.take().or(other.title);
        self.description = self.description.take().or(other.description);
        self.default = self.default.take().or(other.default);
        self.format = self.format.take().or(other.format);
        self.minimum = self.minimum.max(other.minimum);
        self.maximum = match (self.maximum, other.maximum) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        self.values = self.values.or(other.values);
        self.constant = self.constant.or(other.constant);
        self.items = self.items.or(other.items);
        for (name, node) in other.properties {
            self.properties.entry(name).or_insert(node);
        }
        self.required.extend(other.required);
        self.extra = self.extra.or(other.extra);
        self.patterns.extend(other.patterns);
        self.unions.extend(other.unions);
        self.varnames = self.varnames.or(other.varnames);
        self.vardocs = self.vardocs.or(other.vardocs);
    }
}

impl Lower<'_> {
    /// Merges a schema with everything in its `allOf`, references followed.
    pub(super) fn flatten(&mut self, node: NodeId) -> Flat {
        let mut path = Vec::new();
        self.flatten_in(node, &mut path)
    }

    fn flatten_in(&mut self, node: NodeId, path: &mut Vec<NodeId>) -> Flat {
        let Some(target) = self.document.follow(node, "", self.diagnostics) else { return Flat::default() };
        if path.contains(&target.node) || path.len() > DEEPEST {
            let span = self.document.tree.span(node);
            self.diagnostics.report(Code::UnsupportedSchema, span, "an `allOf` that contains itself is cut here");
            return Flat::default();
        }
        path.push(target.node);
        let mut flat = self.own(target.node);
        let tree = &self.document.tree;
        let members = tree.entry(target.node, "allOf").map_or(&[][..], |list| tree.list(list)).to_vec();
        let mut merged = Flat::default();
        for member in members {
            let member = self.flatten_in(member, path);
            merged.absorb(member);
        }
        // The title of a part names the part.
        merged.title = None;
        // Properties of the parts stand before the own ones, as they do in the document.
        let own = std::mem::take(&mut flat.properties);
        let mut properties = merged.properties.clone();
        properties.extend(own);
        flat.absorb(merged);
        flat.properties = properties;
        // A null that only the parts allow is allowed by none when another part forbids it; documents mean the own flag.
        path.pop();
        flat
    }

    /// The schema's own keywords.
    fn own(&mut self, node: NodeId) -> Flat {
        let tree = &self.document.tree;
        let mut types = match tree.entry(node, "type").map(|id| &tree.get(id).kind) {
            Some(Kind::Text(name)) => vec![name.clone()],
            Some(Kind::List(names)) => names.iter().filter_map(|name| tree.text(*name).map(str::to_owned)).collect(),
            _ => Vec::new(),
        };
        let null = types.iter().any(|name| name == "null") && types.len() > 1;
        if null {
            types.retain(|name| name != "null");
        }
        let whole = |key: &str| {
            let text = tree.text_at(node, key)?;
            text.parse().ok().or_else(|| text.strip_suffix(".0")?.parse().ok())
        };
        let choice = |key: &str| {
            let members = tree.list(tree.entry(node, key)?).to_vec();
            let discriminator = tree.entry(node, "discriminator").filter(|id| tree.is_map(*id));
            (!members.is_empty()).then_some(Choice { members, discriminator })
        };
        let entries = |key: &str| tree.entry(node, key).map_or(&[][..], |id| tree.map(id));
        let required = tree.entry(node, "required").map_or(&[][..], |id| tree.list(id));
        Flat {
            nullable: null || self.flag(node, "nullable") || self.flag(node, "x-nullable"),
            title: self.text(node, "title"),
            description: self.text(node, "description"),
            deprecated: self.flag(node, "deprecated"),
            write_only: self.flag(node, "writeOnly"),
            default: tree.entry(node, "default").and_then(|id| tree.to_json(id)),
            format: self.text(node, "format"),
            minimum: whole("minimum"),
            maximum: whole("maximum"),
            values: tree.entry(node, "enum").filter(|id| !tree.list(*id).is_empty()),
            constant: tree.entry(node, "const"),
            items: tree.entry(node, "items").filter(|id| tree.is_map(*id)),
            tuple: tree.entry(node, "prefixItems").is_some(),
            properties: entries("properties").iter().map(|entry| (entry.key.clone(), entry.value)).collect(),
            required: required.iter().filter_map(|id| tree.text(*id).map(str::to_owned)).collect(),
            extra: tree.entry(node, "additionalProperties"),
            patterns: entries("patternProperties").iter().map(|entry| entry.value).collect(),
            unions: ["oneOf", "anyOf"].iter().filter_map(|key| choice(key)).collect(),
            varnames: tree.entry(node, "x-enum-varnames").or_else(|| tree.entry(node, "x-enumNames")),
            vardocs: tree.entry(node, "x-enum-descriptions"),
            types,
        }
    }
}
