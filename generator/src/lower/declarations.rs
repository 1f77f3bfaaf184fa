//! The locations of inline schemas in the schemas that declare them. An inherited property has the name of the schema that
//! declares it, whichever schema is read first.

use super::schema::changes_type;
use super::{Lower, SchemaLocation};
use crate::syntax::node::NodeId;
use std::collections::{BTreeMap, BTreeSet};

/// The schema that declares an inline schema.
#[derive(Debug)]
pub(super) struct Declaration {
    /// The location of the inline schema.
    pub(super) location: SchemaLocation,
    /// The node of the schema around it.
    pub(super) owner: NodeId,
}

/// The inline schemas of schemas that have a name.
#[derive(Debug, Default)]
pub(super) struct Declarations {
    /// By the node of the inline schema.
    by_node: BTreeMap<NodeId, Declaration>,
    /// The schemas whose inline schemas are known.
    recorded: BTreeSet<NodeId>,
}

impl Lower<'_> {
    /// The location of an inline schema in the schema that declares it.
    pub(super) fn declared_at(&self, node: NodeId) -> Option<SchemaLocation> {
        self.declarations.by_node.get(&node).map(|declaration| declaration.location.clone())
    }

    /// The location of an inline schema that narrows inherited ones: the schema that declares it inherits from the schemas that
    /// declare the others.
    pub(super) fn location_of_narrowed(
        &self,
        node: NodeId,
        others: impl IntoIterator<Item = NodeId>,
    ) -> Option<SchemaLocation> {
        let declaration = self.declarations.by_node.get(&node)?;
        let bases = self.bases(declaration.owner);
        let inherits = |other| self.declarations.by_node.get(&other).is_some_and(|other| bases.contains(&other.owner));
        others.into_iter().all(inherits).then(|| declaration.location.clone())
    }

    /// Records the inline schemas of a schema that has a name. Schemas inside paths are named by the place that is read first.
    pub(super) fn record_inline_schemas(&mut self, node: NodeId, at: impl FnOnce() -> SchemaLocation) {
        if !self.declarations.recorded.insert(node) {
            return;
        }
        let at = at();
        if at.pointer.contains("#/paths/") {
            return;
        }
        let (mut open, mut children) = (vec![node], Vec::new());
        while let Some(one) = open.pop() {
            children.extend(self.children(one));
            let tree = &self.document.tree;
            let subschemas = tree.value_at(one, "allOf").map_or(&[][..], |subschemas| tree.list(subschemas)).to_vec();
            open.extend(subschemas.into_iter().filter(|subschema| self.is_inline(*subschema)));
        }
        let is_property = |steps: &[String]| steps.first().is_some_and(|step| step == "properties");
        let properties = || children.iter().filter(|(.., steps)| is_property(steps)).map(|(_, word, _)| word.as_str());
        for (subschema, word, steps) in &children {
            // The copy of a generic schema has parts of the original.
            let is_own = self.document.tree.span(node).contains(self.document.tree.span(*subschema));
            if is_own && self.is_inline(*subschema) {
                let location = if is_property(steps) {
                    at.property(word, properties())
                } else {
                    at.below(word, &steps.iter().map(String::as_str).collect::<Vec<_>>())
                };
                self.declarations.by_node.entry(*subschema).or_insert(Declaration { location, owner: node });
            }
        }
    }

    /// The schemas of properties, items and values, with the word and the steps of each.
    fn children(&self, node: NodeId) -> Vec<(NodeId, String, Vec<String>)> {
        let tree = &self.document.tree;
        let properties = tree.value_at(node, "properties").map_or(&[][..], |properties| tree.map(properties)).iter();
        let properties =
            properties.map(|entry| (entry.value, entry.key.clone(), vec!["properties".to_owned(), entry.key.clone()]));
        let others = [("item", "items"), ("value", "additionalProperties")];
        let others = others
            .iter()
            .filter_map(|(word, key)| Some((tree.value_at(node, key)?, (*word).to_owned(), vec![(*key).to_owned()])));
        properties.chain(others).filter(|(subschema, ..)| tree.is_map(*subschema)).collect()
    }

    /// Returns true for a schema that is not a plain reference. A type beside a reference usually repeats that of its target.
    fn is_inline(&self, node: NodeId) -> bool {
        let restricts = |key: &str| changes_type(key) && key != "type";
        self.document.reference(node).is_none()
            || (self.siblings && self.document.tree.map(node).iter().any(|entry| restricts(&entry.key)))
    }
}
