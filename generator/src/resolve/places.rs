//! The nodes of pointers, as the stages after this one write them.

use super::Document;
use crate::syntax::node::NodeId;
use crate::syntax::pointer;

/// Returns true if two steps of a pointer can lead to a member of a union.
fn is_member(step: &str, index: &str) -> bool {
    step == "oneOf" && index.parse::<usize>().is_ok()
}

impl Document {
    /// The node of a pointer, such as `#/components/schemas/Pet` or `pets.yaml#/Pet`.
    #[must_use]
    pub(crate) fn node_at(&self, place: &str) -> Option<NodeId> {
        let (file, fragment) = place.split_once('#')?;
        let root = self.root_of(file)?;
        let steps = pointer::steps(fragment);
        let has_member = steps.windows(2).any(|pair| matches!(pair, [step, index] if is_member(step, index)));
        let literal = if has_member { None } else { pointer::follow(&self.tree, root, &steps) };
        literal.or_else(|| self.in_parts(root, &steps))
    }

    /// The root of a file by the start of the pointers into it: its path from the description's folder, or nothing for the
    /// description.
    #[must_use]
    pub(crate) fn root_of(&self, file: &str) -> Option<NodeId> {
        if file.is_empty() {
            return Some(self.entry);
        }
        let roots = self.roots.get_or_init(|| {
            let files = (0..).zip(&self.files);
            files.filter_map(|(id, (_, root))| Some((self.prefix(id), (*root)?))).collect()
        });
        roots.get(file).copied()
    }

    /// The node of a pointer that leaves out the steps into `allOf`: the properties of subschemas are those of the schema. The
    /// step into a union is `oneOf`, also where the description has `anyOf`.
    fn in_parts(&self, root: NodeId, steps: &[String]) -> Option<NodeId> {
        let mut found = vec![root];
        let mut rest = steps.iter().peekable();
        while let Some(step) = rest.next() {
            let around = self.with_parts(found);
            if let Some(index) = rest.peek().filter(|index| is_member(step, index)) {
                let unions = self.unions(&around);
                if !unions.is_empty() {
                    found = vec![self.member(&around, &unions, index.parse().ok()?)?];
                    rest.next();
                    continue;
                }
            }
            found = around
                .iter()
                .filter_map(|node| pointer::follow(&self.tree, *node, std::slice::from_ref(step)))
                .collect();
        }
        found.into_iter().next()
    }

    /// The lists of members of the unions at these nodes.
    fn unions(&self, nodes: &[NodeId]) -> Vec<&[NodeId]> {
        let list = |node: &NodeId| ["oneOf", "anyOf"].map(|key| self.tree.value_at(*node, key));
        nodes.iter().flat_map(list).flatten().map(|list| self.tree.list(list)).collect()
    }

    /// The member of a union by its index without `null` and duplicates. The members of a product of several unions have no node:
    /// the result is `None`. Where the schema around has a type, unions whose members decide no type are not factors of it.
    fn member(&self, around: &[NodeId], unions: &[&[NodeId]], index: usize) -> Option<NodeId> {
        if let [union] = unions {
            return self.distinct_members(union).nth(index);
        }
        let is_typed =
            |node: &NodeId| ["type", "properties"].iter().any(|key| self.tree.value_at(*node, key).is_some());
        if !around.iter().any(is_typed) {
            return None;
        }
        let decides = |union: &&&[NodeId]| !union.iter().all(|member| self.decides_no_type(*member));
        let mut deciding = unions.iter().filter(decides);
        match (deciding.next(), deciding.next()) {
            (Some(union), None) => self.distinct_members(union).nth(index),
            _ => None,
        }
    }

    /// Returns true if keywords beside a reference are effective, as since OpenAPI 3.1.
    #[must_use]
    pub(crate) fn allows_siblings(&self) -> bool {
        let version = self.tree.text_at(self.entry, "openapi");
        version.is_some_and(|version| version != "3.0" && !version.starts_with("3.0."))
    }

    /// The only member beside `null` of the only union of a schema. The schema has the pointer of its place.
    fn only_member(&self, schema: NodeId) -> Option<NodeId> {
        let unions = self.unions(&[schema]);
        let [union] = unions[..] else { return None };
        let mut members = self.distinct_members(union);
        members.next().filter(|_| members.next().is_none())
    }

    /// Nodes with the subschemas of their `allOf`, the targets of their references, the only members of their unions beside
    /// `null`, and those of these.
    pub(crate) fn with_parts(&self, nodes: Vec<NodeId>) -> Vec<NodeId> {
        let allows_siblings = self.allows_siblings();
        let effective = |node: NodeId| if allows_siblings { Some(node) } else { self.target(node) };
        let mut all: Vec<NodeId> = nodes.into_iter().filter_map(effective).collect();
        let mut next = 0;
        while let Some(node) = all.get(next).copied() {
            next += 1;
            let subschemas = self.tree.value_at(node, "allOf").map_or(&[][..], |subschemas| self.tree.list(subschemas));
            let target = self.direct_target(node).map(|target| target.node);
            let parts = target.into_iter().chain(subschemas.iter().copied()).chain(self.only_member(node));
            for part in parts.filter_map(effective) {
                if !all.contains(&part) {
                    all.push(part);
                }
            }
        }
        all
    }
}
