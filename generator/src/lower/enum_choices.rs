//! Unions of members that all list values. They become one enum. Knows merged keywords. Must not know other unions.

use super::all_of::MergedSchema;
use super::{Lower, SchemaLocation};
use crate::api::{Enum, EnumType, EnumValue, Shape};
use crate::syntax::node::NodeId;
use std::collections::BTreeSet;

/// Deepest level of unions in which lists of values are searched.
const INNER: usize = 4;

/// The listed values of several members.
#[derive(Debug, Default)]
struct Listed {
    /// The members that list them.
    lists: Vec<NodeId>,
    values: Vec<EnumValue>,
    known: BTreeSet<String>,
    /// The type of the values, once a member decides it.
    value_type: Option<EnumType>,
    nullable: bool,
}

impl Listed {
    fn add(&mut self, value: EnumValue) {
        if self.known.insert(value.wire.clone()) {
            self.values.push(value);
        }
    }

    /// Sets the type. `None` when other members have another type.
    fn agree(&mut self, value_type: EnumType) -> Option<()> {
        (*self.value_type.get_or_insert(value_type) == value_type).then_some(())
    }
}

impl Lower<'_> {
    /// The enum of members that are all enums of one type. An enum beside its plain type becomes that enum, since enums
    /// are open.
    pub(super) fn one_enum(
        &mut self,
        around: &mut MergedSchema,
        members: &[NodeId],
        at: &SchemaLocation,
    ) -> Option<Shape> {
        let mut found = Listed::default();
        for member in members {
            self.collect_values(*member, INNER, &mut found)?;
        }
        let value_type = found.value_type?;
        around.nullable |= found.nullable && !found.lists.is_empty();
        match &found.lists[..] {
            [] => None,
            [only] if self.document.reference(*only).is_some() => Some(Shape::Same(self.schema(*only, at))),
            [_, ..] => Some(Shape::Enum(Enum { values: found.values, value_type })),
        }
    }

    /// Adds the listed values of a member. `None` for a member that is neither a plain type nor an enum of it.
    fn collect_values(&mut self, member: NodeId, depth: usize, found: &mut Listed) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        let merged = self.merged_schema(member);
        found.nullable |= merged.nullable;
        let reference = self.document.reference(member).is_some();
        if merged.values.is_none() {
            let typed = enum_type_of(&merged);
            return match &merged.unions[..] {
                [] => found.agree(typed?),
                [union]
                    if typed.is_some()
                        || (merged.types.is_empty() && merged.format.is_none() && !merged.has_members()) =>
                {
                    let mut inner = Listed { value_type: typed, ..Listed::default() };
                    for member in self.without_null(union) {
                        self.collect_values(member, depth, &mut inner)?;
                    }
                    found.agree(inner.value_type?)?;
                    found.nullable |=
                        inner.nullable || union.members.iter().any(|member| self.document.is_null(*member));
                    let lists = if reference && !inner.lists.is_empty() { vec![member] } else { inner.lists };
                    found.lists.extend(lists);
                    inner.values.into_iter().for_each(|value| found.add(value));
                    Some(())
                }
                [_, ..] => None,
            };
        }
        let (mut values, value_type, null) = self.enum_of(&merged)?;
        found.agree(value_type)?;
        found.nullable |= null;
        found.lists.push(member);
        if let [only] = &mut values[..] {
            // JSON Schema 2020-12 names a listed value by a constant with a title.
            let title = if reference { None } else { self.title(member) };
            only.name = only.name.take().or(title);
            only.description = only.description.take().or(merged.description);
        }
        values.into_iter().for_each(|value| found.add(value));
        Some(())
    }
}

/// The type of enum that can hold the values of a plain type.
fn enum_type_of(merged: &MergedSchema) -> Option<EnumType> {
    if merged.has_members() {
        return None;
    }
    match (&merged.types[..], merged.format.as_deref()) {
        ([only], None) if only == "string" => Some(EnumType::String),
        ([only], None | Some("int32" | "int64")) if only == "integer" => Some(EnumType::Integer),
        _ => None,
    }
}
