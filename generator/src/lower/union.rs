//! `oneOf` and `anyOf`: their members, and the cases in which they are not a union. Knows merged keywords. Must not
//! know discriminators.

use super::all_of::{MergedSchema, UnionSchema, types};
use super::{Lower, SchemaLocation};
use crate::api::{Member, SchemaId, Shape, Union};
use crate::diagnostic::Code;
use crate::syntax::node::NodeId;
use std::collections::BTreeSet;

/// Longest title that is still a name.
const LONGEST_NAME: usize = 60;

/// Deepest chain of unions of one member.
const COLLAPSES: usize = 16;

impl Lower<'_> {
    /// Drops unions whose members decide no type. Merges unions of one member into the schema around them, if both restrict
    /// values, or if the schema is a component and the member is inline. A union of the lock stays.
    pub(super) fn collapse(&mut self, merged: &mut MergedSchema, is_component: bool, at: &SchemaLocation) {
        let is_locked = self.is_locked_union(at);
        for _ in 0..COLLAPSES {
            let unions = std::mem::take(&mut merged.unions);
            let (mut plain, mut single) = (Vec::new(), Vec::new());
            for union in unions {
                if self.only_constrains(&union, merged) {
                    continue;
                }
                match &self.without_null(&union)[..] {
                    [only]
                        if !is_locked
                            && (self.is_restricted_by(merged, *only)
                                || is_component && self.document.reference(*only).is_none()) =>
                    {
                        merged.nullable |= union.members.iter().any(|member| self.document.is_null(*member));
                        single.push(*only);
                    }
                    _ => plain.push(union),
                }
            }
            merged.unions = plain;
            if single.is_empty() {
                return;
            }
            for member in single {
                let member = self.merged_schema(member);
                merged.absorb(member, &self.document.tree);
            }
        }
        merged.unions.clear();
    }

    /// Returns true for a union of the lock: it stays one when a single member is left.
    pub(super) fn is_locked_union(&self, at: &SchemaLocation) -> bool {
        self.options.locked_unions.contains(&at.pointer)
    }

    /// The shape of a union, if any. A null member makes the schema nullable.
    pub(super) fn union(&mut self, merged: &mut MergedSchema, node: NodeId, at: &SchemaLocation) -> Option<Shape> {
        let unions = std::mem::take(&mut merged.unions);
        let union = match &unions[..] {
            [] => return None,
            [union] => union,
            [_, _, ..] => return Some(self.union_product(&unions, merged, node, at)),
        };
        let members = self.without_null(union);
        merged.nullable |= self.lists_null(union);
        self.report_contradictions(merged, &members, node);
        match &members[..] {
            [] => return Some(Shape::Scalar(crate::api::Scalar::Null)),
            [only] if !self.is_locked_union(at) => {
                let member = self.merged_schema(*only);
                merged.description = merged.description.take().or(member.description);
                return Some(Shape::Same(self.schema(*only, at)));
            }
            [_, ..] => {}
        }
        let is_locked = self.is_locked_union(at);
        if !is_locked && let Some(shape) = self.one_enum(merged, &members, at) {
            return Some(shape);
        }
        let merged_members: Vec<MergedSchema> = members.iter().map(|member| self.merged_schema(*member)).collect();
        if !is_locked && let Some(shape) = self.one_scalar(&merged_members.iter().collect::<Vec<_>>(), node, at) {
            return Some(shape);
        }
        let mut lowered = Vec::new();
        for (index, (member, name, word)) in self.named_members(&members, &merged_members).into_iter().enumerate() {
            let place = at.below(&word, &["oneOf", &index.to_string()]);
            let schema = if self.is_restricted_by(merged, member) {
                self.merged_with(member, merged, &place)
            } else {
                self.schema(member, &place)
            };
            lowered.push(Member { schema, discriminator_values: Vec::new(), name });
        }
        let discriminator = self.discriminator(union, &members, &mut lowered);
        let default_member = discriminator.is_some().then(|| self.default_member(union, &members)).flatten();
        Some(Shape::Union(Union { members: lowered, discriminator, default_member, base: false }))
    }

    /// The members with their own names and the words for their places. A function of its own, so that the stack frames of the
    /// recursive `union` stay small.
    fn named_members(
        &self,
        members: &[NodeId],
        merged_members: &[MergedSchema],
    ) -> Vec<(NodeId, Option<String>, String)> {
        let names: Vec<Option<String>> = members.iter().map(|member| self.member_name(*member)).collect();
        let nodes: Vec<Vec<NodeId>> = members.iter().map(|member| vec![*member]).collect();
        let words = self.member_words(&nodes, &names, merged_members);
        members.iter().zip(names).zip(words).map(|((member, name), word)| (*member, name, word)).collect()
    }

    /// Reports the members that the `type` beside them forbids. They stay, since most servers mean them.
    fn report_contradictions(&mut self, merged: &MergedSchema, members: &[NodeId], node: NodeId) {
        if merged.types.is_empty() {
            return;
        }
        let meets = |one: &str, other: &str| {
            one == other || matches!((one, other), ("integer", "number") | ("number", "integer"))
        };
        let mut contrary: Vec<String> = Vec::new();
        for member in members {
            let member_types = self.merged_schema(*member).types;
            let meet =
                member_types.iter().any(|member_types| merged.types.iter().any(|around| meets(member_types, around)));
            if !member_types.is_empty() && !meet {
                contrary.extend(member_types.into_iter().map(|name| format!("`{name}`")));
            }
        }
        let mut known = BTreeSet::new();
        contrary.retain(|name| known.insert(name.clone()));
        if !contrary.is_empty() {
            let message = format!(
                "`type` is `{}`, but the union next to it allows {}; the type is that of the union",
                merged.types.join("` or `"),
                contrary.join(", ")
            );
            self.diagnostics.report(Code::EmptyIntersection, self.document.tree.span(node), message);
        }
    }

    /// The members without `null` and duplicates.
    pub(super) fn without_null(&self, union: &UnionSchema) -> Vec<NodeId> {
        self.document.distinct_members(&union.members).collect()
    }

    /// Returns true if a member allows `null`: by itself, by a union of its own, or as an empty schema.
    fn lists_null(&self, union: &UnionSchema) -> bool {
        let tree = &self.document.tree;
        let allows_null = |node: NodeId| self.document.is_nullable(node) || types(tree, node).1;
        let (mut open, mut known) = (union.members.clone(), BTreeSet::new());
        while let Some(member) = open.pop() {
            let target = self.document.target(member).unwrap_or(member);
            if self.document.is_null(member)
                || allows_null(member)
                || allows_null(target)
                || !self.document.is_restricting(target)
            {
                return true;
            }
            let narrowed = ["type", "allOf", "enum", "const"].iter().any(|key| tree.value_at(target, key).is_some());
            if known.insert(target) && !narrowed {
                let inner = ["oneOf", "anyOf"].iter().filter_map(|key| tree.value_at(target, key));
                open.extend(inner.flat_map(|list| tree.list(list)));
            }
        }
        false
    }

    /// Returns true if no member decides a type, as those that only name required properties, and the schema around does.
    fn only_constrains(&self, union: &UnionSchema, merged: &MergedSchema) -> bool {
        let typed = !merged.properties.is_empty() || !merged.types.is_empty();
        typed && union.members.iter().all(|member| self.document.decides_no_type(*member))
    }

    /// Returns true if the schema around a union restricts this member too.
    fn is_restricted_by(&self, around: &MergedSchema, member: NodeId) -> bool {
        let tree = &self.document.tree;
        let untyped =
            ["$ref", "type", "allOf", "oneOf", "anyOf"].iter().all(|key| tree.value_at(member, key).is_none());
        !around.properties.is_empty() || !around.required.is_empty() || (untyped && !around.types.is_empty())
    }

    /// A member merged with the schema around the union. The member itself if it already has all properties and
    /// required names of that schema, or if the limit of merged schemas is reached.
    fn merged_with(&mut self, member: NodeId, around: &MergedSchema, at: &SchemaLocation) -> SchemaId {
        let mut merged = self.merged_schema(member);
        let declared = around.properties.keys().all(|name| merged.properties.contains_key(name));
        let covered = declared && around.required.is_subset(&merged.required) && !merged.types.is_empty();
        if covered || !self.try_count_merge(member) {
            return self.schema(member, at);
        }
        merged.title = None;
        let mut all = around.clone();
        (all.title, all.description, all.default, all.nullable) = (None, None, None, false);
        all.absorb(merged, &self.document.tree);
        if all.types.is_empty() && all.has_members() {
            all.types.push("object".to_owned());
        }
        let schema = self.schema_of_merged(all, member, at);
        self.add(schema)
    }

    pub(super) fn title(&self, node: NodeId) -> Option<String> {
        self.text(node, "title").filter(|title| !title.trim().is_empty() && title.len() < LONGEST_NAME)
    }

    pub(super) fn member_name(&self, node: NodeId) -> Option<String> {
        let named = || {
            let reference = self.document.reference(node)?;
            Some(SchemaLocation::named_by(reference).name_words.join(" "))
        };
        self.title(node).or_else(named)
    }

    /// The shape of members that differ only in keywords without a type, such as patterns and most formats.
    pub(super) fn one_scalar(
        &mut self,
        merged_members: &[&MergedSchema],
        node: NodeId,
        at: &SchemaLocation,
    ) -> Option<Shape> {
        let first = *merged_members.first()?;
        let has_format_type = |merged: &MergedSchema| {
            merged.format.as_deref().is_some_and(|format| self.has_own_type(&merged.types, format))
        };
        let is_plain = |merged: &MergedSchema| {
            let plain = merged.unions.is_empty() && merged.values.is_none() && !merged.nullable;
            plain
                && merged.types == first.types
                && (merged.format == first.format || !has_format_type(merged) && !has_format_type(first))
        };
        let scalar =
            matches!(&first.types[..], [one] if ["string", "integer", "number", "boolean"].contains(&one.as_str()));
        if !scalar || !merged_members.iter().all(|merged| is_plain(merged)) {
            return None;
        }
        let mut merged = first.clone();
        merged.format =
            merged.format.filter(|format| merged_members.iter().all(|merged| merged.format.as_ref() == Some(format)));
        merged.minimum = merged_members.iter().map(|merged| merged.minimum).min().flatten();
        merged.maximum =
            merged_members.iter().map(|merged| merged.maximum).reduce(|one, two| Some(one?.max(two?))).flatten();
        let name = first.types.first().cloned().unwrap_or_default();
        Some(self.typed(&name, &mut merged, node, at))
    }

    /// Returns true if a format changes the type of values.
    fn has_own_type(&self, types: &[String], format: &str) -> bool {
        let usual = match types {
            [only] if only == "string" => !["date-time", "date", "byte", "binary", "password"].contains(&format),
            [only] if only == "integer" => ["int32", "int64"].contains(&format),
            _ => ["float", "double"].contains(&format),
        };
        !usual || self.options.formats.iter().any(|known| known == format)
    }
}
