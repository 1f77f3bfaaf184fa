//! The nodes of pointers, as the stages after this one write them.

use super::Document;
use crate::syntax::node::NodeId;
use crate::syntax::pointer;

impl Document {
    /// The node of a pointer, such as `#/components/schemas/Pet` or `pets.yaml#/Pet`.
    #[must_use]
    pub(crate) fn node_at(&self, place: &str) -> Option<NodeId> {
        let (file, fragment) = place.split_once('#')?;
        let mut files = self.files();
        let root = if file.is_empty() {
            self.entry
        } else {
            files.find(|(path, _)| path.ends_with(file)).map(|(_, root)| root)?
        };
        let steps = pointer::steps(fragment);
        pointer::follow(&self.tree, root, &steps).or_else(|| self.in_parts(root, &steps))
    }

    /// The node of a pointer that leaves out the steps into `allOf`: the properties of subschemas are those of the schema.
    fn in_parts(&self, root: NodeId, steps: &[String]) -> Option<NodeId> {
        let mut found = vec![root];
        for step in steps {
            let around = self.with_parts(found);
            found = around
                .into_iter()
                .filter_map(|node| pointer::follow(&self.tree, node, std::slice::from_ref(step)))
                .collect();
        }
        found.into_iter().next()
    }

    /// Nodes with the subschemas of their `allOf`, and the subschemas of these.
    pub(crate) fn with_parts(&self, nodes: Vec<NodeId>) -> Vec<NodeId> {
        let mut all = nodes;
        let mut next = 0;
        while let Some(node) = all.get(next).copied() {
            next += 1;
            let subschemas = self.tree.entry(node, "allOf").map_or(&[][..], |subschemas| self.tree.list(subschemas));
            for subschema in subschemas.iter().filter_map(|subschema| self.target(*subschema)) {
                if !all.contains(&subschema) {
                    all.push(subschema);
                }
            }
        }
        all
    }
}
