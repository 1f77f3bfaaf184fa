//! `oneOf` and `anyOf`: which members there are, and how they are told apart.

use super::flat::{Choice, Flat};
use super::schema::any;
use super::{At, Lower};
use crate::api::{Enum, EnumOf, Member, Schema, SchemaId, Shape, Union};
use crate::diagnostic::Code;
use crate::source::node::{Kind, NodeId};

impl Lower<'_> {
    /// The shape of a choice, when there is one. A null member makes the schema nullable.
    pub(super) fn choice(&mut self, flat: &mut Flat, node: NodeId, at: &At) -> Option<Shape> {
        let mut choices = std::mem::take(&mut flat.unions);
        choices.retain(|choice| !self.only_constrains(choice, flat));
        let choice = choices.first()?.clone();
        if choices.len() > 1 {
            let span = self.document.tree.span(node);
            self.diagnostics.report(
                Code::UntypedFallback,
                span,
                "several `oneOf` or `anyOf` at one place; any JSON is taken",
            );
            return Some(any("several unions at one place", true));
        }
        let nulls = choice.members.iter().filter(|member| self.is_null(**member)).count();
        flat.nullable |= nulls > 0;
        let members: Vec<NodeId> = choice.members.iter().copied().filter(|member| !self.is_null(*member)).collect();
        let around = !flat.properties.is_empty() || !flat.required.is_empty();
        if let ([only], false) = (&members[..], around) {
            let target = self.schema(*only, at);
            return Some(Shape::Same(target));
        }
        let mut lowered = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let name = self.member_name(*member);
            let word = name.clone().unwrap_or_else(|| format!("option{}", index + 1));
            let place = at.below(&word, &["oneOf", &index.to_string()]);
            let schema = if around { self.widened(*member, flat, &place) } else { self.schema(*member, &place) };
            lowered.push(Member { schema, tags: Vec::new(), name });
        }
        if let Some(listed) = self.one_enum(&lowered) {
            return Some(listed);
        }
        let tag = self.tag(&choice, &members, &mut lowered);
        Some(Shape::Union(Union { members: lowered, tag }))
    }

    fn is_null(&self, node: NodeId) -> bool {
        self.document.tree.text_at(node, "type") == Some("null")
    }

    /// Members that only say which properties are required tell no types apart.
    fn only_constrains(&self, choice: &Choice, flat: &Flat) -> bool {
        let tree = &self.document.tree;
        let plain = |node: &NodeId| {
            let structural =
                ["$ref", "type", "properties", "items", "enum", "oneOf", "anyOf", "allOf", "const", "format"];
            structural.iter().all(|key| tree.entry(*node, key).is_none())
        };
        let typed = !flat.properties.is_empty() || !flat.types.is_empty();
        typed && choice.members.iter().all(plain)
    }

    /// A member with the properties that stand around the choice.
    fn widened(&mut self, member: NodeId, around: &Flat, at: &At) -> SchemaId {
        let mut flat = self.flatten(member);
        flat.title = None;
        let mut shared = around.clone();
        (shared.title, shared.description, shared.nullable) = (None, None, false);
        flat.absorb(shared);
        if flat.types.is_empty() && !flat.properties.is_empty() {
            flat.types.push("object".to_owned());
        }
        let schema: Schema = self.spelled_out(flat, member, at);
        self.add(schema)
    }

    fn member_name(&self, node: NodeId) -> Option<String> {
        let title = self.text(node, "title").filter(|title| title.len() < 60);
        title.or_else(|| self.document.reference(node)?.rsplit('/').next().map(str::to_owned))
    }

    /// Members that are all text enums are one enum; an enum beside a plain text is that enum, which is open anyway.
    fn one_enum(&self, members: &[Member]) -> Option<Shape> {
        let mut values = Vec::new();
        for member in members {
            match &self.api.schemas.get(member.schema.0 as usize)?.shape {
                Shape::Enum(listed) if listed.of == EnumOf::Text => {
                    for value in &listed.values {
                        if values.iter().all(|known: &crate::api::EnumValue| known.wire != value.wire) {
                            values.push(value.clone());
                        }
                    }
                }
                Shape::Scalar(crate::api::Scalar::Text(None)) => {}
                _ => return None,
            }
        }
        (!values.is_empty()).then_some(Shape::Enum(Enum { values, of: EnumOf::Text }))
    }

    /// The property that tells members apart: the document's discriminator, or one constant text in each.
    fn tag(&mut self, choice: &Choice, nodes: &[NodeId], members: &mut [Member]) -> Option<String> {
        let tree = &self.document.tree;
        let Some(discriminator) = choice.discriminator else { return self.inferred_tag(nodes, members) };
        let name = tree.text_at(discriminator, "propertyName")?.to_owned();
        let mapping = tree.entry(discriminator, "mapping").map_or(&[][..], |mapping| tree.map(mapping));
        for (node, member) in nodes.iter().zip(members.iter_mut()) {
            let reference = self.document.reference(*node).unwrap_or_default();
            let own = reference.rsplit('/').next().unwrap_or_default();
            let mapped = mapping.iter().filter(|entry| {
                let target = tree.text(entry.value).unwrap_or_default();
                !reference.is_empty() && (target == reference || target.rsplit('/').next() == Some(own))
            });
            member.tags = mapped.map(|entry| entry.key.clone()).collect();
            if member.tags.is_empty() && !own.is_empty() {
                member.tags.push(own.to_owned());
            }
        }
        let distinct = members.iter().all(|member| !member.tags.is_empty());
        distinct.then_some(name)
    }

    fn inferred_tag(&mut self, nodes: &[NodeId], members: &mut [Member]) -> Option<String> {
        let flats: Vec<Flat> = nodes.iter().map(|node| self.flatten(*node)).collect();
        let first = flats.first()?;
        for name in first.properties.keys() {
            let constant = |flat: &Flat| {
                let node = flat.properties.get(name).filter(|_| flat.required.contains(name))?;
                self.constant_text(*node)
            };
            let Some(tags) = flats.iter().map(constant).collect::<Option<Vec<String>>>() else { continue };
            let distinct = tags.iter().enumerate().all(|(at, tag)| !tags.iter().take(at).any(|other| other == tag));
            if distinct {
                for (member, tag) in members.iter_mut().zip(tags) {
                    member.tags = vec![tag];
                }
                return Some(name.clone());
            }
        }
        None
    }

    /// The one text that a schema allows.
    fn constant_text(&self, node: NodeId) -> Option<String> {
        let tree = &self.document.tree;
        let value = match tree.entry(node, "const") {
            Some(constant) => constant,
            None => match tree.list(tree.entry(node, "enum")?) {
                [only] => *only,
                _ => return None,
            },
        };
        match &tree.get(value).kind {
            Kind::Text(text) => Some(text.clone()),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Map(_) => None,
        }
    }
}
