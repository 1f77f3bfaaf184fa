//! A schema with its `allOf` members merged into one set of keywords.

use super::intersection::combined;
use super::{Lower, SchemaLocation};
use crate::api::essence;
use crate::diagnostic::Code;
use crate::syntax::node::{Kind, NodeId, Tree};
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeSet;

/// The merged keywords of a schema.
#[derive(Debug, Clone, Default)]
pub(super) struct MergedSchema {
    pub(super) types: Vec<String>,
    pub(super) nullable: bool,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) deprecated: bool,
    pub(super) write_only: bool,
    pub(super) default: Option<serde_json::Value>,
    pub(super) examples: Vec<NodeId>,
    pub(super) format: Option<String>,
    /// The values of `pattern`.
    pub(super) string_patterns: Vec<String>,
    /// True if a number may be written as a string.
    pub(super) in_string: bool,
    pub(super) minimum: Option<i128>,
    pub(super) maximum: Option<i128>,
    /// Values of the `enum`. A `const` is a list of one value.
    pub(super) values: Option<Vec<NodeId>>,
    /// The values come from a `const`.
    pub(super) is_const: bool,
    /// The only allowed value, where it is known.
    pub(super) only_value: Option<serde_json::Value>,
    /// The schemas of the items, which each item must satisfy together. Those of subschemas are first.
    pub(super) items: Vec<NodeId>,
    /// Schemas of the first items, by position.
    pub(super) prefix: Vec<NodeId>,
    pub(super) least_items: Option<usize>,
    pub(super) most_items: Option<usize>,
    /// The schemas of each property, which a value must satisfy together. Those of subschemas are first.
    pub(super) properties: IndexMap<String, Vec<NodeId>>,
    pub(super) required: IndexSet<String>,
    pub(super) extra: Option<NodeId>,
    pub(super) patterns: Vec<NodeId>,
    /// True if one of the patterns matches every key.
    pub(super) matches_every_key: bool,
    /// Conditional schemas: `then`, `else` and `dependentSchemas`.
    pub(super) branches: Vec<NodeId>,
    pub(super) unions: Vec<UnionSchema>,
    /// The list of the names of the values in `enum_list`, by an extension.
    pub(super) value_names: Option<NodeId>,
    /// The list of the descriptions of these values, by an extension.
    pub(super) value_descriptions: Option<NodeId>,
    /// The list of the `enum`, to which the names and descriptions belong.
    pub(super) enum_list: Option<NodeId>,
    /// The message about two subschemas that no value satisfies. The merged schema allows the values of either subschema.
    pub(super) conflict: Option<String>,
}

/// A `oneOf` or an `anyOf`.
#[derive(Debug, Clone)]
pub(super) struct UnionSchema {
    pub(super) members: Vec<NodeId>,
    pub(super) discriminator: Option<NodeId>,
}

/// The format of values that are an integer or a string, for any `type`.
pub(super) const INT_OR_STRING: &str = "int-or-string";

/// Deepest chain of `allOf`.
const DEEPEST: usize = 40;

/// The state of a merge.
#[derive(Default)]
struct Chain {
    /// The nodes from the root to the current one.
    path: Vec<NodeId>,
    /// Subschemas that are merged already. A subschema that occurs twice counts once.
    seen: BTreeSet<NodeId>,
}

impl MergedSchema {
    /// Returns true if a keyword restricts the structure of values.
    pub(super) fn is_structured(&self) -> bool {
        !self.types.is_empty()
            || self.format.is_some()
            || self.values.is_some()
            || !self.items.is_empty()
            || !self.prefix.is_empty()
            || !self.branches.is_empty()
            || !self.patterns.is_empty()
            || !self.unions.is_empty()
            || self.has_members()
    }

    /// Returns true if a keyword describes members of an object.
    pub(super) fn has_members(&self) -> bool {
        !self.properties.is_empty() || !self.required.is_empty() || self.extra.is_some() || !self.branches.is_empty()
    }
}

impl Lower<'_> {
    /// Merges a schema with all subschemas of its `allOf`, and follows references.
    pub(super) fn merged_schema(&mut self, node: NodeId) -> MergedSchema {
        self.merge_in(node, &mut Chain::default())
    }

    fn merge_in(&mut self, node: NodeId, chain: &mut Chain) -> MergedSchema {
        if self.document.reference(node).is_some() && self.siblings {
            return self.beside_reference(node, chain);
        }
        self.merge_target(node, chain)
    }

    /// Merges the target of a reference with the keywords beside the reference.
    fn beside_reference(&mut self, node: NodeId, chain: &mut Chain) -> MergedSchema {
        let target = match self.narrowed(node) {
            Some(other) => self.merge_in(other.node, chain),
            None => self.merge_target(node, chain),
        };
        let mut merged = self.own_keywords(node);
        let bounds = merged.minimum.is_some() || merged.maximum.is_some();
        if !merged.is_structured() && !bounds && !merged.nullable {
            return target;
        }
        // The result is nullable if each part with a type is. `nullable: true` beside no type adds null.
        let nullable = merged.nullable && merged.types.is_empty()
            || (target.nullable && (merged.types.is_empty() || merged.nullable));
        let named = merged.title.is_some();
        merged.absorb(target, &self.document.tree);
        if !named {
            merged.title = None;
        }
        merged.nullable = nullable;
        merged
    }

    /// Merges the target of a reference.
    fn merge_target(&mut self, node: NodeId, chain: &mut Chain) -> MergedSchema {
        let Some(target) = self.document.follow(node, "", self.diagnostics) else { return MergedSchema::default() };
        let reason = if chain.path.contains(&target.node) {
            Some("this `allOf` refers to itself: the repeated part is left out".to_owned())
        } else {
            let is_too_deep = chain.path.len() > DEEPEST;
            is_too_deep.then(|| format!("more than {DEEPEST} levels of `allOf`: the deeper ones are left out"))
        };
        if let Some(reason) = reason {
            self.diagnostics.report(Code::UnsupportedSchema, self.document.tree.span(node), &reason);
            return MergedSchema::default();
        }
        if !chain.seen.insert(target.node) {
            return MergedSchema::default();
        }
        chain.path.push(target.node);
        if self.document.reference(node).is_some() {
            self.record_inline_schemas(target.node, || SchemaLocation::named_by(&target.pointer));
        }
        let tree = &self.document.tree;
        let mut merged = self.own_keywords(target.node);
        if chain.path.len() > 1 {
            // A base schema lists its subtypes. The list has no meaning for the subtype itself.
            merged.unions.retain(|union| !self.leads_back(union, &chain.path));
        }
        let members = tree.value_at(target.node, "allOf").map_or(&[][..], |list| tree.list(list)).to_vec();
        if !members.is_empty() {
            self.merge_subschemas(&mut merged, &members, chain);
        }
        chain.path.pop();
        merged
    }

    /// Merges the subschemas of `allOf` into the schema that has them.
    fn merge_subschemas(&mut self, merged: &mut MergedSchema, members: &[NodeId], chain: &mut Chain) {
        let tree = &self.document.tree;
        let (mut subschemas, mut all_nullable, mut any_nullable) = (MergedSchema::default(), true, false);
        for member in members {
            // No value is a string and `null` at once. Descriptions that combine both mean either.
            if self.document.is_null(*member) && members.len() > 1 {
                merged.nullable = true;
                continue;
            }
            let subschema = self.merge_in(*member, chain);
            any_nullable |= subschema.nullable;
            all_nullable &= subschema.nullable || !subschema.is_structured();
            // A subschema that is only `nullable: true` applies to the whole schema.
            merged.nullable |= subschema.nullable && !subschema.is_structured();
            subschemas.absorb(subschema, tree);
        }
        // The title of a subschema is that subschema's name only.
        subschemas.title = None;
        let nullable = merged.nullable || (any_nullable && all_nullable && !merged.is_structured());
        // Properties of the subschemas stand before the schema's own, in the order of the description.
        let properties = std::mem::take(&mut merged.properties);
        merged.absorb(subschemas, tree);
        for (name, nodes) in properties {
            merged.properties.entry(name).or_default().extend(nodes);
        }
        merged.nullable = nullable;
        if let (Some(least), Some(most)) = (merged.minimum, merged.maximum)
            && least > most
        {
            merged.conflict = Some(format!("values from {least} to {most}"));
            (merged.minimum, merged.maximum) = (None, None);
        }
    }

    fn leads_back(&self, union: &UnionSchema, path: &[NodeId]) -> bool {
        union.members.iter().any(|member| self.document.target(*member).is_some_and(|node| path.contains(&node)))
    }

    /// The format of a node. JSON Schema 2020-12 writes some formats as an encoding, and Kubernetes' resource
    /// definitions write one as an extension.
    fn format(&self, node: NodeId) -> Option<String> {
        let tree = &self.document.tree;
        let written = self.text(node, "format");
        if written.as_ref().is_some_and(|written| self.options.formats.contains(written)) {
            return written;
        }
        let encoding = tree.text_at(node, "contentEncoding").map(str::to_ascii_lowercase);
        let bytes =
            || tree.text_at(node, "contentMediaType").is_some_and(|media| is_bytes(&media.trim().to_lowercase()));
        let format = match (written.as_deref(), encoding.as_deref()) {
            (None | Some("base64" | "byte" | "binary"), Some("base64")) | (Some("base64"), None) => "byte",
            (None, None) if bytes() => "binary",
            (None, _) if self.flag(node, "x-kubernetes-int-or-string") => INT_OR_STRING,
            _ => return written,
        };
        Some(format.to_owned())
    }

    /// The schema's own keywords.
    fn own_keywords(&mut self, node: NodeId) -> MergedSchema {
        let tree = &self.document.tree;
        let (types, null) = types(tree, node);
        let union = |key: &str| {
            let members = tree.list(tree.value_at(node, key)?).to_vec();
            let discriminator = tree.value_at(node, "discriminator").filter(|id| tree.is_map(*id));
            (!members.is_empty()).then_some(UnionSchema { members, discriminator })
        };
        let entries = |key: &str| tree.value_at(node, key).map_or(&[][..], |id| tree.map(id));
        let first = |keys: &[&str]| keys.iter().find_map(|key| tree.value_at(node, key));
        let required = tree.value_at(node, "required").map_or(&[][..], |id| tree.list(id));
        let listed = tree.value_at(node, "enum").filter(|id| !tree.list(*id).is_empty());
        let constant = tree.value_at(node, "const").map(|id| vec![id]);
        let (prefix, items) = items(tree, node);
        let count = |key: &str| tree.text_at(node, key)?.parse().ok();
        let mut unions: Vec<UnionSchema> = ["oneOf", "anyOf"].iter().filter_map(|key| union(key)).collect();
        let mut branches: Vec<NodeId> = ["then", "else"].iter().filter_map(|key| tree.value_at(node, key)).collect();
        let has = |branch: &NodeId, keys: &[&str]| keys.iter().any(|key| tree.value_at(*branch, key).is_some());
        let typed = branches.len() == 2 && branches.iter().all(|branch| has(branch, &["type", "$ref"]));
        if typed && self.has_only_branches(node) {
            unions.push(UnionSchema { members: std::mem::take(&mut branches), discriminator: None });
        }
        branches.extend(entries("dependentSchemas").iter().map(|entry| entry.value));
        // Keywords that only restrict values do not decide the type.
        branches.retain(|branch| has(branch, &["properties", "$ref", "allOf"]));
        MergedSchema {
            nullable: null || self.document.is_nullable(node),
            title: self.text(node, "title"),
            description: self.text(node, "description"),
            deprecated: self.flag(node, "deprecated"),
            write_only: self.flag(node, "writeOnly"),
            default: tree.value_at(node, "default").and_then(|id| tree.to_json(id)),
            examples: self.example_nodes(node),
            format: self.format(node),
            string_patterns: self.text(node, "pattern").into_iter().collect(),
            in_string: false,
            minimum: bound(tree, node, "minimum", "exclusiveMinimum", 1),
            maximum: bound(tree, node, "maximum", "exclusiveMaximum", -1),
            is_const: constant.is_some(),
            values: constant.or_else(|| Some(tree.list(listed?).to_vec())),
            items: items.into_iter().collect(),
            prefix,
            least_items: count("minItems"),
            most_items: count("maxItems"),
            only_value: None,
            properties: entries("properties").iter().map(|entry| (entry.key.clone(), vec![entry.value])).collect(),
            required: required.iter().filter_map(|id| tree.text(*id).map(str::to_owned)).collect(),
            extra: first(&["additionalProperties", "unevaluatedProperties"]),
            patterns: entries("patternProperties").iter().map(|entry| entry.value).collect(),
            matches_every_key: entries("patternProperties").iter().any(|entry| fits_every_key(&entry.key)),
            branches,
            unions,
            value_names: first(&["x-enum-varnames", "x-enumNames", "x-enum-names"]),
            value_descriptions: first(&["x-enum-descriptions", "x-enumDescriptions"]),
            enum_list: listed,
            conflict: None,
            types,
        }
    }
}

/// The types of a schema except `null`, and true if `null` is one of several.
pub(super) fn types(tree: &Tree, node: NodeId) -> (Vec<String>, bool) {
    let mut types: Vec<String> = match tree.value_at(node, "type").map(|id| &tree.get(id).kind) {
        Some(Kind::String(name)) => vec![name.clone()],
        Some(Kind::List(names)) => names.iter().filter_map(|name| tree.text(*name).map(str::to_owned)).collect(),
        Some(Kind::Null) => vec!["null".to_owned()],
        Some(Kind::Bool(_) | Kind::Number(_) | Kind::Map(_)) | None => Vec::new(),
    };
    let mut seen = BTreeSet::new();
    types.retain(|name| seen.insert(name.clone()));
    let null = types.iter().any(|name| name == "null") && types.iter().any(|name| name != "null");
    if null {
        types.retain(|name| name != "null");
    }
    (types, null)
}

/// The schemas of the first items by position, and that of the others: `prefixItems` and `items`. Older versions of
/// JSON Schema call them `items` and `additionalItems`.
pub(super) fn items(tree: &Tree, node: NodeId) -> (Vec<NodeId>, Option<NodeId>) {
    let (prefix, items) = (tree.value_at(node, "prefixItems"), tree.value_at(node, "items"));
    let rest = items.filter(|id| tree.is_map(*id) || tree.get(*id).kind == Kind::Bool(false));
    let listed = |id: NodeId| tree.list(id).to_vec();
    match items.map(listed).filter(|items| !items.is_empty()) {
        Some(items) if prefix.is_none() => (items, tree.value_at(node, "additionalItems")),
        _ => (prefix.map(listed).unwrap_or_default(), rest.or_else(|| tree.value_at(node, "unevaluatedItems"))),
    }
}

/// A bound as a whole number: the tighter of the inclusive and the exclusive bound. The exclusive bound is a flag in
/// OpenAPI 3.0 and a number in later versions. Bounds with a fraction are ignored.
fn bound(tree: &Tree, node: NodeId, key: &str, exclusive: &str, inward: i128) -> Option<i128> {
    let whole = |key: &str| {
        let text = tree.text_at(node, key)?;
        let exact = text.parse::<i128>().ok().or_else(|| text.strip_suffix(".0")?.parse().ok());
        #[expect(clippy::cast_possible_truncation, reason = "a float beyond 128 bits becomes the largest number")]
        let rounded = || text.parse().ok().filter(|float: &f64| float.fract() == 0.0).map(|float| float as i128);
        exact.or_else(rounded).map(meant)
    };
    let within = |value: i128| value.checked_add(inward);
    if tree.bool_at(node, exclusive) == Some(true) {
        return whole(key).and_then(within);
    }
    let tight = if inward > 0 { i128::max } else { i128::min };
    combined(whole(key), whole(exclusive).and_then(within), tight)
}

/// Restores bounds of 64 bits that were rounded to a float.
const fn meant(bound: i128) -> i128 {
    match bound {
        9_223_372_036_854_776_000 => i64::MAX as i128,
        -9_223_372_036_854_776_000 => i64::MIN as i128,
        18_446_744_073_709_552_000 => u64::MAX as i128,
        _ => bound,
    }
}

/// Returns true if no value of a media type is text. An SVG image is text.
fn is_bytes(media: &str) -> bool {
    const KINDS: [&str; 5] = ["image/", "audio/", "video/", "font/", "model/"];
    const APPLICATIONS: [&str; 19] = [
        "octet-stream",
        "pdf",
        "zip",
        "gzip",
        "x-gzip",
        "x-tar",
        "x-7z-compressed",
        "x-bzip2",
        "zstd",
        "wasm",
        "cbor",
        "msgpack",
        "protobuf",
        "x-protobuf",
        "vnd.apache.parquet",
        "msword",
        "vnd.ms-",
        "vnd.oasis.opendocument.",
        "vnd.openxmlformats-officedocument.",
    ];
    let essence = essence(media);
    let application = essence.strip_prefix("application/").is_some_and(|name| {
        APPLICATIONS.iter().any(|known| name == *known || known.ends_with(['-', '.']) && name.starts_with(known))
    });
    (application || KINDS.iter().any(|start| essence.starts_with(start))) && !essence.contains("+xml")
}

/// Returns true if a regular expression matches every key. Recognizes the usual spellings.
fn fits_every_key(pattern: &str) -> bool {
    let inner = pattern.trim_start_matches('^').trim_end_matches('$');
    matches!(inner, "" | "." | ".*" | ".+" | "(.*)" | "(.+)" | r"[\s\S]*" | r"[\s\S]+")
}
