//! Several `oneOf` and `anyOf` at one schema: a value satisfies one member of each. Knows merged keywords. Must not
//! know discriminators.

use super::all_of::{MergedSchema, UnionSchema};
use super::{Lower, SchemaLocation};
use crate::api::{Member, Scalar, Shape, Union};
use crate::diagnostic::Code;
use crate::syntax::node::NodeId;

/// Maximum number of members of such a union. A larger one would be a type of no use.
const MAX: usize = 24;

/// The intersection of one member of each union.
struct Combination {
    /// One member of each union, in their order.
    nodes: Vec<NodeId>,
    merged: MergedSchema,
}

impl Lower<'_> {
    /// The shape of values that satisfy all of these unions. `null` is allowed if every union allows it.
    pub(super) fn union_product(
        &mut self,
        unions: &[UnionSchema],
        merged: &mut MergedSchema,
        node: NodeId,
        at: &SchemaLocation,
    ) -> Shape {
        merged.nullable |= unions.iter().all(|union| union.members.iter().any(|member| self.document.is_null(*member)));
        let unions = self.used(unions, node);
        let combinations = self.combinations(&unions, merged);
        let all: Vec<&MergedSchema> = combinations.iter().map(|one| &one.merged).collect();
        if let Some(shape) = self.one_scalar(&all, node, at) {
            return shape;
        }
        let merged_members: Vec<MergedSchema> = combinations.iter().map(|one| one.merged.clone()).collect();
        let mut members = Vec::new();
        let words: Vec<Vec<String>> = unions.iter().map(|union| self.union_words(union)).collect();
        let names: Vec<Option<String>> = combinations.iter().map(|one| Self::differing(one, &unions, &words)).collect();
        let nodes: Vec<Vec<NodeId>> = combinations.iter().map(|one| one.nodes.clone()).collect();
        let words = self.member_words(&nodes, &names, &merged_members);
        for (index, (one, word)) in combinations.iter().zip(words).enumerate() {
            let place = at.below(&word, &["oneOf", &index.to_string()]);
            members.push(self.combined(one, merged, &place));
        }
        match &members[..] {
            [] => Shape::Scalar(Scalar::Null),
            [only] => Shape::Same(only.schema),
            [_, _, ..] => {
                let discriminator = unions.iter().enumerate().find_map(|(index, union)| {
                    let nodes: Vec<NodeId> =
                        combinations.iter().filter_map(|one| one.nodes.get(index)).copied().collect();
                    self.discriminator(union, &nodes, &mut members)
                });
                Shape::Union(Union { members, discriminator, default_member: None, base: false })
            }
        }
    }

    /// The unions whose combinations are few enough. Reports the others.
    fn used(&mut self, unions: &[UnionSchema], node: NodeId) -> Vec<UnionSchema> {
        let (mut used, mut count) = (Vec::new(), 1);
        for union in unions {
            let members = self.without_null(union);
            if members.is_empty() {
                continue;
            }
            if count * members.len() > MAX && count > 1 {
                let message = format!("more than {MAX} combinations of `oneOf` and `anyOf`; one of them is ignored");
                self.diagnostics.report(Code::UnsupportedSchema, self.document.tree.span(node), message);
                continue;
            }
            count *= members.len();
            used.push(UnionSchema { members, discriminator: union.discriminator });
        }
        used
    }

    /// The combinations of members, without contradictory ones unless all are contradictory.
    fn combinations(&mut self, unions: &[UnionSchema], around: &MergedSchema) -> Vec<Combination> {
        let mut picks: Vec<Vec<NodeId>> = vec![Vec::new()];
        for union in unions {
            let longer = picks
                .iter()
                .flat_map(|pick| union.members.iter().map(|member| pick.iter().copied().chain([*member]).collect()));
            picks = longer.collect();
        }
        let mut found: Vec<Combination> = Vec::new();
        let (mut known, mut contradictory): (Vec<Vec<NodeId>>, Vec<Combination>) = (Vec::new(), Vec::new());
        for nodes in picks {
            let mut targets: Vec<NodeId> = nodes.iter().filter_map(|node| self.document.target(*node)).collect();
            targets.sort_unstable();
            targets.dedup();
            if known.contains(&targets) {
                continue;
            }
            known.push(targets);
            let mut merged =
                MergedSchema { title: None, description: None, default: None, nullable: false, ..around.clone() };
            for node in &nodes {
                let member = self.merged_schema(*node);
                merged.absorb(MergedSchema { title: None, ..member }, &self.document.tree);
            }
            let list =
                if merged.conflict.is_some() || self.contradicts(&merged) { &mut contradictory } else { &mut found };
            list.push(Combination { nodes, merged });
        }
        if found.is_empty() { contradictory } else { found }
    }

    /// Returns true if a required property has no possible value.
    fn contradicts(&mut self, merged: &MergedSchema) -> bool {
        let shared =
            merged.required.iter().filter_map(|name| merged.properties.get(name)).filter(|nodes| nodes.len() > 1);
        let shared: Vec<Vec<NodeId>> = shared.cloned().collect();
        shared.into_iter().any(|nodes| {
            let mut all = MergedSchema::default();
            for node in nodes {
                let part = self.merged_schema(node);
                all.absorb(part, &self.document.tree);
            }
            all.conflict.is_some()
        })
    }

    /// The words that distinguish a combination: those of the member of each union.
    fn differing(one: &Combination, unions: &[UnionSchema], words: &[Vec<String>]) -> Option<String> {
        let mut all = Vec::new();
        for ((node, union), words) in one.nodes.iter().zip(unions).zip(words) {
            let index = union.members.iter().position(|member| member == node)?;
            all.push(words.get(index)?.as_str());
        }
        Some(all.join(" "))
    }

    /// The words of the members of a union.
    fn union_words(&mut self, union: &UnionSchema) -> Vec<String> {
        let merged_members: Vec<MergedSchema> =
            union.members.iter().map(|member| self.merged_schema(*member)).collect();
        let names: Vec<Option<String>> = union.members.iter().map(|member| self.member_name(*member)).collect();
        let nodes: Vec<Vec<NodeId>> = union.members.iter().map(|member| vec![*member]).collect();
        self.member_words(&nodes, &names, &merged_members)
    }

    /// The schema of a combination: one that all of its members refer to, or a merged one.
    fn combined(&mut self, one: &Combination, around: &MergedSchema, at: &SchemaLocation) -> Member {
        let mut nodes: Vec<NodeId> = Vec::new();
        for node in &one.nodes {
            let known = nodes.iter().any(|known| self.document.target(*known) == self.document.target(*node));
            if !known && self.document.target(*node).is_some_and(|target| self.document.is_restricting(target)) {
                nodes.push(*node);
            }
        }
        let names: Vec<String> = nodes.iter().filter_map(|node| self.member_name(*node)).collect();
        let name = (!names.is_empty()).then(|| names.join(" "));
        let at = match &name {
            Some(name) => SchemaLocation {
                name_words: at.name_words.iter().rev().skip(1).rev().cloned().chain([name.clone()]).collect(),
                ..at.clone()
            },
            None => at.clone(),
        };
        let schema = match &nodes[..] {
            [only] if !around.is_structured() || !self.try_count_merge(*only) => self.schema(*only, &at),
            [first, ..] => {
                let schema = self.schema_of_merged(one.merged.clone(), *first, &at);
                self.add(schema)
            }
            [] => self.add(self.untyped(self.document.entry, &at, "schema allows any value")),
        };
        Member { schema, discriminator_values: Vec::new(), name }
    }
}
