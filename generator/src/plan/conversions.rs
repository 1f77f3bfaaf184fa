//! The conversions into a union: from strings, numbers and booleans, so that callers pass `"a"` or `1`, and from objects and
//! lists. Knows the members of a union.

use super::rust_type::{Class, RustType};
use super::type_of::Types;
use crate::api::{SchemaId, Shape, Union};

/// For each member of a union the type that is converted to its variant: `String` (and `&str`), a number or `bool`. A type
/// that several members could take is converted to none.
pub(super) fn conversions(union: &Union, types: &Types<'_>) -> Vec<Option<RustType>> {
    let taken: Vec<Option<RustType>> = union
        .members
        .iter()
        .map(|member| {
            let (id, _) = types.resolve(member.schema);
            match types.schema(id)?.shape {
                Shape::Enum(_) if types.is_closed(id) => None,
                Shape::Scalar(_) | Shape::Enum(_) => converted(types.of(id)),
                _ => None,
            }
        })
        .collect();
    let is_only = |ty: &RustType| taken.iter().flatten().filter(|other| *other == ty).count() == 1;
    taken.iter().map(|ty| ty.clone().filter(is_only)).collect()
}

/// For each member of a union of this name the type of its objects or lists, which is converted to its variant, unless it is
/// the type of another member too.
pub(super) fn objects_and_lists(id: SchemaId, union: &Union, types: &Types<'_>) -> Vec<Option<RustType>> {
    let taken: Vec<RustType> = union.members.iter().map(|member| types.of(member.schema)).collect();
    let union_type = types.of(id);
    let is_converted = |ty: &&RustType| {
        let is_kind = matches!(ty, RustType::List(_) | RustType::Model { class: Class::Data | Class::Scalars, .. });
        is_kind && **ty != union_type && taken.iter().filter(|other| other == ty).count() == 1
    };
    taken.iter().map(|ty| Some(ty).filter(is_converted).cloned()).collect()
}

/// The type that a caller has for values of a type.
fn converted(ty: RustType) -> Option<RustType> {
    match ty {
        RustType::String | RustType::Secret | RustType::Model { class: Class::String, .. } => Some(RustType::String),
        RustType::Model { class: Class::Integer, .. } => Some(RustType::I64),
        RustType::Bool | RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 | RustType::F64 => Some(ty),
        _ => None,
    }
}
