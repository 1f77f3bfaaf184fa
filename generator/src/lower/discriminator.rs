//! The property that tells the members of a union apart: the description's discriminator, or a constant in each member.

use super::Lower;
use super::all_of::{MergedSchema, UnionSchema};
use crate::api::Member;
use crate::syntax::node::{Entry, NodeId};

/// Deepest level of unions inside unions.
const DEEPEST: usize = 4;

/// Longest value that is still a name.
const LONGEST: usize = 60;

impl Lower<'_> {
    /// Sets the discriminator values of every member and returns the name of the property. `None` if a member has no value of its
    /// own.
    pub(super) fn discriminator(
        &mut self,
        union: &UnionSchema,
        nodes: &[NodeId],
        members: &mut [Member],
    ) -> Option<String> {
        let tree = &self.document.tree;
        let merged_members: Vec<MergedSchema> = nodes.iter().map(|node| self.merged_schema(*node)).collect();
        let named = union.discriminator.and_then(|node| Some((node, tree.text_at(node, "propertyName")?)));
        let Some((discriminator, name)) = named else { return self.inferred_discriminator(&merged_members, members) };
        let mapping = self.mapping(discriminator);
        let values = nodes
            .iter()
            .zip(&merged_members)
            .map(|(node, merged)| self.values_of_member(*node, merged, name, mapping, DEEPEST));
        let mut values: Vec<Vec<String>> = values.collect();
        self.without_listed_subtypes(nodes, name, &mut values);
        if !distinct(&values) {
            self.narrow_to_defaults(&merged_members, name, &mut values);
        }
        if distinct(&values) {
            return Some(set_values(values, members, name));
        }
        self.inferred_discriminator(&merged_members, members)
    }

    /// Reduces the list of values that members share to the default of each member.
    fn narrow_to_defaults(&self, merged_members: &[MergedSchema], name: &str, values: &mut [Vec<String>]) {
        let tree = &self.document.tree;
        for (merged, values) in merged_members.iter().zip(values).filter(|(_, values)| values.len() > 1) {
            let nodes = merged.properties.get(name).map_or(&[][..], |nodes| nodes).iter().rev();
            let nodes = nodes.flat_map(|node| [Some(*node), self.document.target(*node)]).flatten();
            if let Some(default) = nodes.filter_map(|node| tree.text_at(node, "default")).next()
                && values.iter().any(|value| value == default)
            {
                *values = vec![default.to_owned()];
            }
        }
    }

    /// The index of the member that `defaultMapping` names.
    pub(super) fn default_member(&self, union: &UnionSchema, nodes: &[NodeId]) -> Option<usize> {
        let wanted = last(self.document.tree.text_at(union.discriminator?, "defaultMapping")?);
        nodes.iter().position(|node| {
            let mut names = Vec::new();
            self.names_of(*node, 1, &mut names);
            names.contains(&wanted)
        })
    }

    /// Removes from a base schema the discriminator values of its subtypes that are members themselves.
    fn without_listed_subtypes(&self, nodes: &[NodeId], name: &str, values: &mut [Vec<String>]) {
        for (index, node) in nodes.iter().enumerate() {
            if self.document.target(*node).is_none_or(|target| self.subtype_values(target, name).is_empty()) {
                continue;
            }
            let others =
                values.iter().enumerate().filter(|(other, _)| *other != index).flat_map(|(_, values)| values.clone());
            let others: Vec<String> = others.collect();
            if let Some(member_values) = values.get_mut(index) {
                member_values.retain(|value| !others.contains(value));
            }
        }
    }

    fn mapping(&self, discriminator: NodeId) -> &[Entry] {
        let tree = &self.document.tree;
        tree.value_at(discriminator, "mapping").map_or(&[][..], |mapping| tree.map(mapping))
    }

    /// The discriminator values of a member: those of the mapping, otherwise the values that the member lists for the property,
    /// otherwise those of its own members when it is a union or a base schema, otherwise the name of its schema.
    fn values_of_member(
        &self,
        node: NodeId,
        merged: &MergedSchema,
        name: &str,
        mapping: &[Entry],
        depth: usize,
    ) -> Vec<String> {
        let mut names = Vec::new();
        self.names_of(node, DEEPEST, &mut names);
        let reference_name = self.document.reference(node).map(last);
        let text = |entry: &Entry| self.document.tree.text(entry.value);
        let mapped = |means: &dyn Fn(&str) -> bool| -> Vec<String> {
            mapping.iter().filter(|entry| text(entry).is_some_and(means)).map(|entry| entry.key.clone()).collect()
        };
        let listed = merged.properties.get(name).map_or(&[][..], |nodes| nodes);
        let listed_values = listed.iter().rev().find_map(|node| self.listed_discriminator_values(*node));
        let mut values = mapped(&|to| names.contains(&last(to)) || reference_name.as_deref() == Some(&last(to)));
        if !values.is_empty() {
            // The first value is written, so it is one that the variant's own list allows.
            values.sort_by_key(|value| listed_values.as_ref().is_some_and(|listed| !listed.contains(value)));
            return values;
        }
        if let Some(constants) = listed_values {
            // Of a list that several variants share, the value with the variant's name counts.
            let named: Vec<String> = names.iter().filter(|name| constants.contains(name)).cloned().collect();
            return if named.is_empty() { constants } else { named };
        }
        let inner = self.inner_values(node, name, mapping, depth);
        if !inner.is_empty() {
            return inner;
        }
        // The mapping may name a file of a description that was bundled later.
        let files = mapped(&|to| file_stem(to).is_some_and(|stem| reference_name.as_deref() == Some(stem)));
        if files.is_empty() { names } else { files }
    }

    /// The discriminator values of the members of a member.
    fn inner_values(&self, node: NodeId, name: &str, mapping: &[Entry], depth: usize) -> Vec<String> {
        let tree = &self.document.tree;
        let (Some(depth), Some(target)) = (depth.checked_sub(1), self.document.target(node)) else { return Vec::new() };
        let mut subtypes = self.subtype_values(target, name);
        if !subtypes.is_empty() {
            let reference_name =
                self.document.reference(node).map(last).filter(|reference_name| !subtypes.contains(reference_name));
            subtypes.extend(reference_name);
            return subtypes;
        }
        let discriminator = tree.value_at(target, "discriminator");
        let of_member = discriminator.filter(|node| tree.text_at(*node, "propertyName") == Some(name));
        let mapping = of_member.map_or(mapping, |of_member| self.mapping(of_member));
        let inner =
            ["oneOf", "anyOf"].iter().filter_map(|key| tree.value_at(target, key)).flat_map(|list| tree.list(list));
        let mut values: Vec<String> = Vec::new();
        for member in inner.filter(|member| !self.document.is_null(**member)) {
            let merged = self.declared(*member, name, DEEPEST);
            for value in self.values_of_member(*member, &merged, name, mapping, depth) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        values
    }

    /// The declarations of this property in a schema and its subschemas.
    fn declared(&self, node: NodeId, name: &str, depth: usize) -> MergedSchema {
        let tree = &self.document.tree;
        let mut merged = MergedSchema::default();
        let (Some(depth), Some(target)) = (depth.checked_sub(1), self.document.target(node)) else { return merged };
        for subschema in tree.value_at(target, "allOf").map_or(&[][..], |subschemas| tree.list(subschemas)) {
            let nodes = self.declared(*subschema, name, depth).properties.swap_remove(name);
            merged.properties.entry(name.to_owned()).or_default().extend(nodes.into_iter().flatten());
        }
        let declared = tree.value_at(target, "properties").and_then(|properties| tree.value_at(properties, name));
        merged.properties.entry(name.to_owned()).or_default().extend(declared);
        merged
    }

    /// The names of a schema in a mapping: its own name, and those of its members when it is a union.
    fn names_of(&self, node: NodeId, depth: usize, names: &mut Vec<String>) {
        let tree = &self.document.tree;
        let Some(depth) = depth.checked_sub(1) else { return };
        if let Some(reference) = self.document.reference(node) {
            names.push(last(reference));
        }
        let Some(target) = self.document.target(node) else { return };
        let inner = tree.value_at(target, "oneOf").or_else(|| tree.value_at(target, "anyOf"));
        let inner = inner.map_or(&[][..], |list| tree.list(list));
        if !inner.is_empty() {
            names.clear();
        }
        for member in inner {
            let mut inner_names = Vec::new();
            self.names_of(*member, depth, &mut inner_names);
            names.extend(inner_names);
        }
    }

    /// The strings that a schema lists for a property.
    fn constants(&self, merged: &MergedSchema, name: &str) -> Option<Vec<String>> {
        merged.properties.get(name)?.iter().rev().find_map(|node| self.listed_strings(*node))
    }

    /// A constant string of one of the member's properties, if no other member has it. Otherwise the only property that
    /// no other member has. It names a member without a name, independent of its position.
    pub(super) fn own_value(&self, index: usize, members: &[MergedSchema]) -> Option<String> {
        let merged = members.get(index)?;
        let only_constant = |merged: &MergedSchema, name: &str| match self.constants(merged, name)?.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
        let is_name = |text: &String| text.len() < LONGEST && text.chars().any(char::is_alphabetic);
        // A member that is a constant itself, as serde writes variants without content.
        if let Some((values, _, _)) = self.enum_of(merged) {
            let only =
                values.into_iter().next().filter(|_| merged.values.as_ref().is_some_and(|nodes| nodes.len() == 1))?;
            return only.name.or(Some(only.wire)).filter(is_name);
        }
        let others = || members.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, other)| other);
        let mut required: Vec<&String> =
            merged.properties.keys().filter(|name| merged.required.contains(*name)).collect();
        // The order of properties has no influence.
        required.sort();
        let value = required.iter().find_map(|name| {
            let constant = only_constant(merged, name).filter(is_name)?;
            others().all(|other| only_constant(other, name).as_ref() != Some(&constant)).then_some(constant)
        });
        if value.is_some() {
            return value;
        }
        // The key is the discriminator value, as in `{"card": {}}` beside `{"account": {}}`.
        let has =
            |other: &MergedSchema, name: &str| other.properties.contains_key(name) || other.required.contains(name);
        let property = required.into_iter().next().filter(|name| is_name(name) && merged.properties.len() == 1)?;
        others().all(|other| !has(other, property)).then(|| property.clone())
    }

    /// Infers the discriminator of a union without one: a required property with another constant in each member.
    fn inferred_discriminator(&self, merged_members: &[MergedSchema], members: &mut [Member]) -> Option<String> {
        let first = merged_members.first()?;
        for name in first.properties.keys() {
            let constant = |merged: &MergedSchema| {
                let constants = merged.required.contains(name).then(|| self.constants(merged, name)).flatten()?;
                (constants.len() == 1).then_some(constants)
            };
            let values: Option<Vec<Vec<String>>> = merged_members.iter().map(constant).collect();
            if let Some(values) = values.filter(|values| distinct(values)) {
                return Some(set_values(values, members, name));
            }
        }
        None
    }
}

/// The name at the end of a reference. A name is itself.
pub(super) fn last(reference: &str) -> String {
    reference.rsplit('/').next().unwrap_or_default().to_owned()
}

/// `Cat` of `./animals/Cat.yaml`.
pub(super) fn file_stem(reference: &str) -> Option<&str> {
    let file = reference.rsplit('/').next()?;
    let (stem, ending) = file.rsplit_once('.')?;
    matches!(ending, "yaml" | "yml" | "json").then_some(stem)
}

fn set_values(values: Vec<Vec<String>>, members: &mut [Member], name: &str) -> String {
    for (member, values) in members.iter_mut().zip(values) {
        member.discriminator_values = values;
    }
    name.to_owned()
}

/// Returns true if each member has a value, and no two members share one.
fn distinct(values: &[Vec<String>]) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    values.iter().all(|own| !own.is_empty()) && values.iter().flatten().all(|value| seen.insert(value))
}
