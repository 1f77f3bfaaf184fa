//! Sorts the properties, values and union members of a description into the order of the lock.

use super::LockedNames;
use super::shape::member_keys;
use crate::api::{Api, Member, Shape};

impl LockedNames {
    /// Sorts the children of every type as the lock has them. New ones follow in the order of the description.
    pub(crate) fn order(&self, api: &mut Api) {
        if self.old.is_none() {
            return;
        }
        let keys = Self::member_keys(api);
        for ((id, schema), keys) in api.schemas.ids().zip(&mut api.schemas).zip(keys) {
            let locked_children = self.children_of_type(id, &schema.origin.pointer);
            match &mut schema.shape {
                Shape::Object(object) => {
                    locked_children.fields.sort(&mut object.properties, |property| property.name.clone());
                }
                Shape::Enum(listed) => locked_children.variants.sort(&mut listed.values, |value| value.wire.clone()),
                Shape::Union(union) => {
                    let mut members: Vec<(usize, Member, String)> = Vec::new();
                    for ((index, member), key) in union.members.drain(..).enumerate().zip(keys) {
                        members.push((index, member, key));
                    }
                    locked_children.variants.sort(&mut members, |(_, _, key)| key.clone());
                    union.default_member = members.iter().position(|(index, ..)| Some(*index) == union.default_member);
                    union.members = members.into_iter().map(|(_, member, _)| member).collect();
                }
                Shape::Scalar(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Same(_)
                | Shape::Any(_) => {}
            }
        }
    }

    /// The keys of the members of each union.
    fn member_keys(api: &Api) -> Vec<Vec<String>> {
        let keys = api.schemas.iter().map(|schema| match &schema.shape {
            Shape::Union(union) => member_keys(api, union),
            _ => Vec::new(),
        });
        keys.collect()
    }
}
