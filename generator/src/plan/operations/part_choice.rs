//! Parts that can be a file or another value: an enum of the types in the description.

use super::part_kind::{PartKind, kind_of};
use crate::api::{Encoding, Member, Property, SchemaId, Shape};
use crate::plan::models::shape_name;
use crate::plan::names::{Scope, type_name, variant};
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;

/// The enum of the types of a part. One of them is a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PartChoice {
    /// Its name.
    pub name: String,
    /// Name of the part on the wire.
    pub wire: String,
    /// In the order of the description.
    pub variants: Vec<PartVariant>,
}

/// One of the types of a part.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PartVariant {
    /// Its name.
    pub name: String,
    /// Type of its value.
    pub ty: RustType,
    /// Encoding.
    pub kind: PartKind,
}

/// Depth to which unions and lists are searched.
const DEEPEST: usize = 8;

/// The enum of the types of a property, or of the items of its list.
pub(super) fn choice(
    property: &Property,
    encoding: Option<&Encoding>,
    types: &Types<'_>,
    scope: &mut Scope,
    stem: &str,
) -> PartChoice {
    let plain = format!("{stem}{}", type_name(&property.name));
    let name = scope.claim_first(&[plain.clone(), format!("{plain}Part")]);
    let mut found =
        Found { name, wire: &property.name, encoding, types, names: Scope::default(), variants: Vec::new() };
    let schema = match types.shape(property.schema) {
        Some(Shape::List(items)) => *items,
        _ => property.schema,
    };
    found.add(schema, None, DEEPEST);
    PartChoice { name: found.name, wire: property.name.clone(), variants: found.variants }
}

struct Found<'f, 't> {
    name: String,
    wire: &'f str,
    encoding: Option<&'f Encoding>,
    types: &'f Types<'t>,
    names: Scope,
    variants: Vec<PartVariant>,
}

impl<'t> Found<'_, 't> {
    /// Adds a type, or the types of a union that contains a file.
    fn add(&mut self, schema: SchemaId, member: Option<&Member>, depth: usize) {
        let ty = self.types.of(schema);
        match (kind_of(schema, self.wire, self.encoding, &ty, self.types), self.shape(schema)) {
            (PartKind::Choice, Some(Shape::Union(union))) if depth > 0 => {
                for member in &union.members {
                    self.add(member.schema, Some(member), depth - 1);
                }
            }
            (PartKind::Choices, Some(Shape::List(items))) if depth > 0 => {
                self.add(*items, None, depth - 1);
                let ty = RustType::model(self.name.clone(), Class::Choice);
                self.put("List".to_owned(), RustType::List(Box::new(ty)), PartKind::Choices);
            }
            (PartKind::Choice | PartKind::Choices, _) => {}
            (kind @ PartKind::File(_), _) => self.put("File".to_owned(), RustType::File, kind),
            (kind @ PartKind::Files(_), _) => self.put("Files".to_owned(), kind.ty(ty), kind),
            (kind, _) => {
                let spelled = shape_name(&ty);
                self.put(member.and_then(|member| member.name.as_deref()).map_or(spelled, variant), ty, kind);
            }
        }
    }

    fn shape(&self, schema: SchemaId) -> Option<&'t Shape> {
        self.types.shape(schema)
    }

    /// Adds a variant. Types that are equal in Rust and have the same encoding are one variant.
    fn put(&mut self, name: String, ty: RustType, kind: PartKind) {
        if self.variants.iter().all(|known| (&known.ty, &known.kind) != (&ty, &kind)) {
            self.variants.push(PartVariant { name: self.names.claim(&name), ty, kind });
        }
    }
}
