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

    /// The node of a pointer that leaves out the steps into `allOf`: the properties of subschemas are those of the schema. The
    /// step into a union is `oneOf`, also where the description has `anyOf`. Several unions have no members of their own.
    fn in_parts(&self, root: NodeId, steps: &[String]) -> Option<NodeId> {
        let mut found = vec![root];
        for step in steps {
            let around = self.with_parts(found);
            let below = |step: &str| -> Vec<NodeId> {
                around.iter().filter_map(|node| pointer::follow(&self.tree, *node, &[step.to_owned()])).collect()
            };
            found = below(step);
            if found.is_empty() && step == "oneOf" {
                found = below("anyOf");
                if found.len() > 1 {
                    return None;
                }
            }
        }
        found.into_iter().next()
    }

    /// Returns true if keywords beside a reference are effective, as since OpenAPI 3.1.
    #[must_use]
    pub(crate) fn allows_siblings(&self) -> bool {
        let version = self.tree.text_at(self.entry, "openapi");
        version.is_some_and(|version| version != "3.0" && !version.starts_with("3.0."))
    }

    /// Nodes with the subschemas of their `allOf`, the targets of their references, and those of these.
    pub(crate) fn with_parts(&self, nodes: Vec<NodeId>) -> Vec<NodeId> {
        let allows_siblings = self.allows_siblings();
        let effective = |node: NodeId| if allows_siblings { Some(node) } else { self.target(node) };
        let mut all: Vec<NodeId> = nodes.into_iter().filter_map(effective).collect();
        let mut next = 0;
        while let Some(node) = all.get(next).copied() {
            next += 1;
            let subschemas = self.tree.entry(node, "allOf").map_or(&[][..], |subschemas| self.tree.list(subschemas));
            let target = self.direct_target(node).map(|target| target.node);
            for part in target.into_iter().chain(subschemas.iter().copied()).filter_map(effective) {
                if !all.contains(&part) {
                    all.push(part);
                }
            }
        }
        all
    }
}
