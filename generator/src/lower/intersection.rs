//! The intersection of two schemas: keywords of both are intersected, and properties of several are narrowed.
//! Knows merged keywords. Must not know shapes.

use super::all_of::MergedSchema;
use super::{Lower, SchemaLocation};
use crate::api::SchemaId;
use crate::diagnostic::Code;
use crate::resolve::nullable::is_annotation;
use crate::syntax::node::{Kind, NodeId, Tree};
use std::collections::BTreeSet;

/// Maximum number of merged schemas over the whole description. The limit is far above the needs of real descriptions, and ends
/// recursion.
const MAX: usize = 20_000;

/// Both values combined, or the only one.
pub(super) fn combined<T>(one: Option<T>, two: Option<T>, both: impl FnOnce(T, T) -> T) -> Option<T> {
    match (one, two) {
        (Some(one), Some(two)) => Some(both(one, two)),
        (one, two) => one.or(two),
    }
}

impl MergedSchema {
    /// Takes keywords that only the other schema has, and intersects keywords of both.
    pub(super) fn absorb(&mut self, other: Self, tree: &Tree) {
        self.absorb_types(other.types);
        self.absorb_values(other.values, tree);
        self.nullable |= other.nullable;
        self.deprecated |= other.deprecated;
        self.write_only |= other.write_only;
        self.least_items = self.least_items.max(other.least_items);
        self.most_items = combined(self.most_items, other.most_items, usize::min);
        self.is_const |= other.is_const;
        if other.prefix.len() > self.prefix.len() {
            self.prefix = other.prefix;
        }
        self.branches.extend(other.branches);
        self.title = self.title.take().or(other.title);
        self.description = self.description.take().or(other.description);
        self.default = self.default.take().or(other.default);
        self.examples.extend(other.examples);
        self.format = self.format.take().or(other.format);
        self.string_patterns.extend(other.string_patterns);
        self.minimum = self.minimum.max(other.minimum);
        self.maximum = combined(self.maximum, other.maximum, i128::min);
        self.items.extend(other.items);
        for (name, nodes) in other.properties {
            self.properties.entry(name).or_default().extend(nodes);
        }
        self.required.extend(other.required);
        self.extra =
            combined(
                self.extra,
                other.extra,
                |one, two| if strictness(tree, two) > strictness(tree, one) { two } else { one },
            );
        self.patterns.extend(other.patterns);
        self.matches_every_key |= other.matches_every_key;
        self.unions.extend(other.unions);
        self.value_names = self.value_names.or(other.value_names);
        self.value_descriptions = self.value_descriptions.or(other.value_descriptions);
        self.enum_list = self.enum_list.or(other.enum_list);
        self.conflict = self.conflict.take().or(other.conflict);
    }

    /// Intersects `type`.
    fn absorb_types(&mut self, others: Vec<String>) {
        if self.types.is_empty() || others.is_empty() {
            self.types.extend(others);
            return;
        }
        let has = |list: &[String], name: &str| list.iter().any(|one| one == name);
        let mut both: Vec<String> = self.types.iter().filter(|name| has(&others, name)).cloned().collect();
        let whole = |one: &[String], two: &[String]| has(one, "integer") && has(two, "number");
        let integer = whole(&self.types, &others) || whole(&others, &self.types);
        if integer && !has(&both, "integer") && !has(&both, "number") {
            both.push("integer".to_owned());
        }
        if both.is_empty() {
            self.conflict = Some(format!("`{}` and `{}`", self.types.join(", "), others.join(", ")));
            // No value has both types. The author has seen values of either.
            self.types.extend(others);
        } else {
            self.types = both;
        }
    }

    /// Intersects `enum` and `const`.
    fn absorb_values(&mut self, others: Option<Vec<NodeId>>, tree: &Tree) {
        let (Some(values), Some(others)) = (&mut self.values, &others) else {
            self.values = self.values.take().or(others);
            return;
        };
        let same = |one: NodeId, two: NodeId| one == two || tree.get(one).kind == tree.get(two).kind;
        let (both, one): (Vec<NodeId>, Vec<NodeId>) =
            values.iter().partition(|value| others.iter().any(|other| same(**value, *other)));
        if both.is_empty() {
            self.conflict = Some("enums without a common value".to_owned());
            *values = one.into_iter().chain(others.iter().copied()).collect();
        } else {
            *values = both;
        }
    }
}

/// A rank for `additionalProperties`: forbidden, one type, anything.
fn strictness(tree: &Tree, node: NodeId) -> u8 {
    match &tree.get(node).kind {
        Kind::Bool(false) => 2,
        Kind::Map(entries) if !entries.is_empty() => 1,
        Kind::Map(_) | Kind::Bool(_) | Kind::Null | Kind::Number(_) | Kind::String(_) | Kind::List(_) => 0,
    }
}

impl Lower<'_> {
    /// The intersection of the schemas that several subschemas give to one property.
    pub(super) fn intersection_of(&mut self, nodes: &[NodeId], at: &SchemaLocation) -> SchemaId {
        let [.., last] = nodes else {
            return self.add(self.untyped(self.document.entry, at, "schema allows any value"));
        };
        if nodes.len() == 1 {
            return self.schema(*last, at);
        }
        if let Some(node) = nodes.iter().rev().copied().find(|node| self.has_chosen_type(*node)) {
            return self.schema(node, at);
        }
        // The last subschema is the most specific, since subtypes come after their base schemas.
        let mut subschemas: Vec<(NodeId, NodeId)> = Vec::new();
        for node in nodes.iter().rev() {
            let Some(target) = self.document.target(*node) else { continue };
            // Keywords beside a reference make another schema of its target.
            let target = if self.has_siblings(*node) { *node } else { target };
            if self.document.is_restricting(target) && subschemas.iter().all(|(_, known)| *known != target) {
                subschemas.push((*node, target));
            }
        }
        let mut bases: Vec<BTreeSet<NodeId>> = subschemas.iter().map(|(_, schema)| self.bases(*schema)).collect();
        for target in
            subschemas.iter().filter_map(|(_, schema)| self.document.target(*schema).filter(|to| to != schema))
        {
            bases.extend([BTreeSet::from([target]), self.bases(target)]);
        }
        let is_base = |node: &NodeId| bases.iter().any(|bases| bases.contains(node));
        let narrow: Vec<(NodeId, NodeId)> = subschemas.iter().filter(|(_, target)| !is_base(target)).copied().collect();
        match (&narrow[..], subschemas.first()) {
            ([(only, _)], _) | ([], Some((only, _))) => self.schema(*only, at),
            ([], None) => self.schema(*last, at),
            ([_, _, ..], _) => self.intersection_of_targets(&narrow, at),
        }
    }

    /// The schema of values that satisfy all of these nodes. Each stands beside the schema that its references lead to.
    fn intersection_of_targets(&mut self, nodes: &[(NodeId, NodeId)], at: &SchemaLocation) -> SchemaId {
        let mut key: Vec<NodeId> = nodes.iter().map(|(_, target)| *target).collect();
        key.sort_unstable();
        if let Some(id) = self.merges.get(&key) {
            return *id;
        }
        let node = nodes.first().map_or(self.document.entry, |(node, _)| *node);
        if !self.try_count_merge(node) {
            return self.schema(node, at);
        }
        let narrowed_at = self.location_of_narrowed(node, nodes.iter().skip(1).map(|(node, _)| *node));
        let at = narrowed_at.as_ref().unwrap_or(at);
        let id = self.add(self.untyped(node, at, "schema allows any value"));
        self.merges.insert(key, id);
        let mut all = MergedSchema::default();
        let merged: Vec<MergedSchema> = nodes.iter().map(|(node, _)| self.merged_schema(*node)).collect();
        // Bounds alone allow null.
        let has_types = merged.iter().any(MergedSchema::is_structured);
        let nullable = merged.iter().filter(|one| one.is_structured() || !has_types).all(|one| one.nullable);
        for one in merged {
            all.absorb(MergedSchema { title: None, ..one }, &self.document.tree);
        }
        all.nullable = nullable;
        let schema = self.schema_of_merged(all, node, at);
        self.put(id, schema);
        id
    }

    /// Counts a merged schema. Returns false if the limit is exceeded, and reports that once.
    pub(super) fn try_count_merge(&mut self, node: NodeId) -> bool {
        self.merge_count += 1;
        if self.merge_count == MAX {
            let span = self.document.tree.span(node);
            self.diagnostics.report(
                Code::UntypedFallback,
                span,
                "more than 20,000 schemas are combined by `allOf`: this one and later ones have the type of one part",
            );
        }
        self.merge_count < MAX
    }

    /// Returns true if a schema has only conditional keywords.
    pub(super) fn has_only_branches(&self, node: NodeId) -> bool {
        let entries = self.document.tree.map(node);
        let restricts_nothing = |key: &str| is_annotation(key) || ["if", "then", "else"].contains(&key);
        entries.iter().all(|entry| restricts_nothing(&entry.key))
    }

    /// The schemas in the `allOf` of another one.
    pub(super) fn bases(&self, node: NodeId) -> BTreeSet<NodeId> {
        let tree = &self.document.tree;
        let mut found = BTreeSet::new();
        let mut open = vec![node];
        while let Some(one) = open.pop() {
            let subschemas = tree.value_at(one, "allOf").map_or(&[][..], |list| tree.list(list));
            for subschema in subschemas.iter().filter_map(|subschema| self.document.target(*subschema)) {
                if subschema != node && found.insert(subschema) {
                    open.push(subschema);
                }
            }
        }
        found
    }
}
