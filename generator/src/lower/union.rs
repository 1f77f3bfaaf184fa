//! `oneOf` and `anyOf`: which members there are, and when they are no choice after all. Knows merged keywords; must not
//! know how members are told apart.

use super::flat::{Choice, Flat, types};
use super::{At, Lower};
use crate::api::{Enum, EnumOf, EnumValue, Member, SchemaId, Shape, Union};
use crate::source::node::{Kind, NodeId};

/// Longest title that is still a name.
const LONGEST_NAME: usize = 60;

/// How often a choice of one is replaced by its member.
const COLLAPSES: usize = 16;

/// How deep lists of values are looked for in choices of choices.
const INNER: usize = 4;

/// Listed texts of several members.
#[derive(Debug, Default)]
struct Listed {
    /// The members that list them.
    lists: Vec<NodeId>,
    values: Vec<EnumValue>,
    nullable: bool,
}

impl Listed {
    fn add(&mut self, value: EnumValue) {
        if self.values.iter().all(|known| known.wire != value.wire) {
            self.values.push(value);
        }
    }
}

impl Lower<'_> {
    /// Merges choices of one member into the schema around them: where both say something of values, and where the schema has
    /// a name and the member, which is written in its place, has none.
    pub(super) fn collapse(&mut self, flat: &mut Flat, named: bool) {
        for _ in 0..COLLAPSES {
            let choices = std::mem::take(&mut flat.unions);
            let (mut plain, mut merged) = (Vec::new(), Vec::new());
            for choice in choices {
                if self.only_constrains(&choice, flat) {
                    continue;
                }
                match &self.without_null(&choice)[..] {
                    [only] if self.is_around(flat, *only) || named && self.document.reference(*only).is_none() => {
                        flat.nullable |= choice.members.len() > 1;
                        merged.push(*only);
                    }
                    _ => plain.push(choice),
                }
            }
            flat.unions = plain;
            if merged.is_empty() {
                return;
            }
            for member in merged {
                let member = self.flatten(member);
                flat.absorb(member, &self.document.tree);
            }
        }
        flat.unions.clear();
    }

    /// The shape of a choice, when there is one. A null member makes the schema nullable.
    pub(super) fn choice(&mut self, flat: &mut Flat, node: NodeId, at: &At) -> Option<Shape> {
        let choices = std::mem::take(&mut flat.unions);
        let choice = match &choices[..] {
            [] => return None,
            [choice] => choice,
            [_, _, ..] => return Some(self.several(&choices, flat, node, at)),
        };
        let members = self.without_null(choice);
        flat.nullable |= members.len() < choice.members.len() || members.iter().any(|member| self.takes_null(*member));
        match &members[..] {
            [] => return Some(Shape::Scalar(crate::api::Scalar::Null)),
            [only] => {
                let member = self.flatten(*only);
                flat.description = flat.description.take().or(member.description);
                return Some(Shape::Same(self.schema(*only, at)));
            }
            [_, _, ..] => {}
        }
        if let Some(shape) = self.one_enum(flat, &members, at) {
            return Some(shape);
        }
        let flats: Vec<Flat> = members.iter().map(|member| self.flatten(*member)).collect();
        if let Some(shape) = self.one_scalar(&flats.iter().collect::<Vec<_>>(), node, at) {
            return Some(shape);
        }
        let mut lowered = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let name = self.member_name(*member);
            let word = name.clone().or_else(|| self.own_value(index, &flats));
            let word = word.unwrap_or_else(|| format!("option{}", index + 1));
            let place = at.below(&word, &["oneOf", &index.to_string()]);
            let schema = if self.is_around(flat, *member) {
                self.widened(*member, flat, &place)
            } else {
                self.schema(*member, &place)
            };
            lowered.push(Member { schema, tags: Vec::new(), name });
        }
        let tag = self.tag(choice, &members, &mut lowered);
        Some(Shape::Union(Union { members: lowered, tag }))
    }

    pub(super) fn without_null(&self, choice: &Choice) -> Vec<NodeId> {
        choice.members.iter().copied().filter(|member| !self.is_null(*member)).collect()
    }

    /// Whether a member says itself that it may be null.
    fn takes_null(&self, member: NodeId) -> bool {
        let says = |node: NodeId| {
            self.flag(node, "nullable") || self.flag(node, "x-nullable") || types(&self.document.tree, node).1
        };
        says(member) || self.document.target(member).is_some_and(says)
    }

    /// Whether a schema allows only `null`.
    pub(super) fn is_null(&self, node: NodeId) -> bool {
        let tree = &self.document.tree;
        let null = |id: NodeId| tree.get(id).kind == Kind::Null;
        let kind = tree.entry(node, "type");
        tree.text_at(node, "type") == Some("null")
            || kind.is_some_and(|id| null(id) || matches!(tree.list(id), [one] if tree.text(*one) == Some("null")))
            || tree.entry(node, "const").is_some_and(null)
            || tree.entry(node, "enum").is_some_and(|id| matches!(tree.list(id), [one] if null(*one)))
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

    /// Whether the schema around a choice says something about this member too.
    fn is_around(&self, flat: &Flat, member: NodeId) -> bool {
        let tree = &self.document.tree;
        let untyped = ["$ref", "type", "allOf", "oneOf", "anyOf"].iter().all(|key| tree.entry(member, key).is_none());
        !flat.properties.is_empty() || !flat.required.is_empty() || (untyped && !flat.types.is_empty())
    }

    /// A member with what stands around the choice; itself when it says that too.
    fn widened(&mut self, member: NodeId, around: &Flat, at: &At) -> SchemaId {
        let mut flat = self.flatten(member);
        let declared = around.properties.keys().all(|name| flat.properties.contains_key(name));
        let covered = declared && around.required.is_subset(&flat.required) && !flat.types.is_empty();
        if covered || !self.may_merge(member) {
            return self.schema(member, at);
        }
        flat.title = None;
        let mut all = around.clone();
        (all.title, all.description, all.default, all.nullable) = (None, None, None, false);
        all.absorb(flat, &self.document.tree);
        if all.types.is_empty() && all.has_members() {
            all.types.push("object".to_owned());
        }
        let schema = self.spelled_out(all, member, at);
        self.add(schema)
    }

    fn title(&self, node: NodeId) -> Option<String> {
        self.text(node, "title").filter(|title| !title.trim().is_empty() && title.len() < LONGEST_NAME)
    }

    pub(super) fn member_name(&self, node: NodeId) -> Option<String> {
        let named = || {
            let reference = self.document.reference(node)?;
            At::named_by(reference).hint.pop()
        };
        self.title(node).or_else(named)
    }

    /// Members that are all text enums are one enum; an enum beside a plain text is that enum, which is open anyway.
    fn one_enum(&mut self, around: &mut Flat, members: &[NodeId], at: &At) -> Option<Shape> {
        let mut found = Listed::default();
        for member in members {
            self.gather(*member, INNER, &mut found)?;
        }
        around.nullable |= found.nullable && !found.lists.is_empty();
        match &found.lists[..] {
            [] => None,
            [only] if self.document.reference(*only).is_some() => Some(Shape::Same(self.schema(*only, at))),
            [_, ..] => Some(Shape::Enum(Enum { values: found.values, of: EnumOf::Text })),
        }
    }

    /// Adds a member's listed texts; nothing when it is neither a text nor an enum of texts.
    fn gather(&mut self, member: NodeId, depth: usize, found: &mut Listed) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let flat = self.flatten(member);
        found.nullable |= flat.nullable;
        let reference = self.document.reference(member).is_some();
        if flat.values.is_none() {
            let (plain, typed) = (flat.format.is_none() && !flat.has_members(), flat.types == ["string"]);
            return match &flat.unions[..] {
                [] => (plain && typed).then_some(()),
                [choice] if plain && (typed || flat.types.is_empty()) => {
                    let mut inner = Listed::default();
                    for member in self.without_null(choice) {
                        self.gather(member, depth, &mut inner)?;
                    }
                    found.nullable |= inner.nullable || choice.members.iter().any(|member| self.is_null(*member));
                    let lists = if reference && !inner.lists.is_empty() { vec![member] } else { inner.lists };
                    found.lists.extend(lists);
                    inner.values.into_iter().for_each(|value| found.add(value));
                    Some(())
                }
                [_, ..] => None,
            };
        }
        let (mut own, null) = self.text_enum(&flat)?;
        found.nullable |= null;
        found.lists.push(member);
        if let [only] = &mut own[..] {
            // One constant with a title is how JSON Schema 2020-12 names listed values.
            let title = if reference { None } else { self.title(member) };
            only.name = only.name.take().or(title);
            only.description = only.description.take().or(flat.description);
        }
        own.into_iter().for_each(|value| found.add(value));
        Some(())
    }

    /// Members that differ only in what no type shows, such as patterns, are no choice.
    pub(super) fn one_scalar(&mut self, flats: &[&Flat], node: NodeId, at: &At) -> Option<Shape> {
        let first = *flats.first()?;
        let alike = |flat: &Flat| {
            let plain = flat.unions.is_empty() && flat.values.is_none() && !flat.nullable;
            plain && flat.types == first.types && flat.format == first.format
        };
        let scalar =
            matches!(&first.types[..], [one] if ["string", "integer", "number", "boolean"].contains(&one.as_str()));
        if !scalar || !flats.iter().all(|flat| alike(flat)) {
            return None;
        }
        let mut flat = first.clone();
        flat.minimum = flats.iter().map(|flat| flat.minimum).min().flatten();
        flat.maximum = flats.iter().map(|flat| flat.maximum).reduce(|one, two| Some(one?.max(two?))).flatten();
        let name = first.types.first().cloned().unwrap_or_default();
        Some(self.typed(&name, &mut flat, node, at))
    }
}
