//! Unions of the generated crate: variants, their distinguishing facts, and the discriminator values that they write.

use super::variant_match::{Candidate, ConstantValue, candidate};
use crate::api::{Enum, EnumType, Member, Scalar, SchemaId, Shape, Union};
use crate::lock::LockedTypeChildren;
use crate::plan::conversions::{conversions, objects_and_lists};
use crate::plan::names::{Scope, same_or_plural, variant, words_of};
use crate::plan::recursion::contains_models;
use crate::plan::rust_type::facts::Word;
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;
use std::collections::BTreeMap;

/// A union.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UnionType {
    /// The discriminator property.
    pub discriminator: Option<String>,
    /// Index of the member for discriminator values that no other member has.
    pub default_member: Option<usize>,
    /// True if the default member is the base schema of the others.
    pub base: bool,
    /// In the order of the description.
    pub members: Vec<UnionVariant>,
    /// Fallback variant.
    pub fallback: String,
    /// True if the name of an XML element can select the variant.
    pub named_by_element: bool,
}

/// A member of a union.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UnionVariant {
    /// Its place in the description: the pointer of its type, or the kind of its values.
    pub key: String,
    /// Variant.
    pub variant: String,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// Type.
    pub ty: RustType,
    /// Values of the discriminator property.
    pub discriminator_values: Vec<String>,
    /// The same values as the variant writes them; the first is written if a value has none. Empty if the type writes
    /// its discriminator itself.
    pub written_values: Vec<ConstantValue>,
    /// Facts that are compared before the member is tried.
    pub candidate: Candidate,
    /// True if it needs a `Box`.
    pub boxed: bool,
    /// True if the lock has the variant without a `Box`.
    pub locked_unboxed: bool,
    /// The type that `From` converts to the variant.
    pub from: Option<RustType>,
}

/// The Rust enum of a union. `locked_children` are the names that the lock has for its variants.
pub(super) fn union_type(
    id: SchemaId,
    union: &Union,
    name: &str,
    locked_children: LockedTypeChildren<'_>,
    types: &Types<'_>,
) -> UnionType {
    let LockedTypeChildren { variants: locked, rest, .. } = locked_children;
    let mut scope = Scope::default();
    locked.names().map(|(_, name)| name).chain(rest).for_each(|name| scope.reserve(name));
    let keys = types.member_keys(union);
    let whole = union
        .members
        .iter()
        .map(|member| member.name.as_deref().map_or_else(|| shape_name(&types.of(member.schema)), variant));
    let wanted = variant_names(whole.collect(), name);
    let is_converted = matches!(types.of(id), RustType::Model { class: Class::Scalars, .. });
    let from = conversions(union, types).into_iter().map(|from| from.filter(|_| is_converted));
    // Callers make no values of a union that is only received, so it needs no conversions.
    let is_sent = types.schema(id).is_some_and(|schema| schema.sent || !schema.received);
    let others = objects_and_lists(id, union, types);
    let members = union.members.iter().zip(wanted).zip(from.zip(others)).zip(keys);
    let members = members.map(|(((member, wanted), (from, other)), key)| {
        let ty = types.of(member.schema);
        let locked_name = locked.name(&key).map(str::to_owned);
        let locked_box = locked.is_boxed(&key);
        UnionVariant {
            key,
            variant: locked_name.unwrap_or_else(|| scope.claim(&wanted)),
            candidate: candidate(member.schema, types),
            written_values: written_values(union, member, types),
            discriminator_values: member.discriminator_values.clone(),
            docs: Vec::new(),
            boxed: locked_box == Some(true) && contains_models(&ty),
            locked_unboxed: locked_box == Some(false),
            from: from.or_else(|| other.filter(|_| is_sent)),
            ty,
        }
    });
    let members = members.collect();
    UnionType {
        discriminator: union.discriminator.clone(),
        default_member: union.default_member,
        base: union.base,
        members,
        fallback: rest
            .map_or_else(|| scope.claim_first(&["Unknown".to_owned(), "Unrecognized".to_owned()]), str::to_owned),
        named_by_element: false,
    }
}

/// Variants do not repeat their union's name: `Shape::Circle` for `ShapeCircle`. The whole name stays if nothing, a
/// digit or a possible name of another variant is left.
fn variant_names(whole: Vec<String>, union: &str) -> Vec<String> {
    let union_words = words_of(union);
    let short = |name: &String| {
        let words = words_of(name);
        let repeats = words.len() > union_words.len()
            && union_words.iter().zip(&words).all(|(one, other)| same_or_plural(one, other));
        let rest = words.get(union_words.len()..).filter(|_| repeats)?.concat();
        // The rest keeps its capitals.
        let at = name.len().checked_sub(rest.len())?;
        let rest = name.get(at..).filter(|rest| rest.to_lowercase() == words_of(rest).concat())?;
        let plain = rest.starts_with(|c: char| c.is_ascii_uppercase()) && !["Self", "Unknown"].contains(&rest);
        plain.then(|| rest.to_owned())
    };
    let shorts: Vec<Option<String>> = whole.iter().map(short).collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for name in shorts.iter().flatten().chain(&whole) {
        *uses.entry(name).or_default() += 1;
    }
    let alone = |name: &String| uses.get(name.as_str()) == Some(&1);
    let distinct: Vec<Option<String>> = shorts.iter().map(|short| short.clone().filter(|short| alone(short))).collect();
    distinct.into_iter().zip(whole).map(|(short, whole)| short.unwrap_or(whole)).collect()
}

/// The values of the discriminator as a variant writes them: numbers if its property is a number. A type that is not an object has
/// no discriminator, and a union with the same discriminator writes it itself.
fn written_values(union: &Union, member: &Member, types: &Types<'_>) -> Vec<ConstantValue> {
    let (id, _) = types.resolve(member.schema);
    let (Some(discriminator), Some(schema)) = (&union.discriminator, types.schema(id)) else { return Vec::new() };
    let texts = || member.discriminator_values.iter().cloned().map(ConstantValue::String).collect();
    let typed = match &schema.shape {
        Shape::Map(_) => None,
        Shape::Union(inner) if inner.discriminator.as_ref() != Some(discriminator) => None,
        Shape::Object(object) => object.properties.iter().find(|property| property.name == *discriminator),
        Shape::Scalar(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Enum(_)
        | Shape::Union(_)
        | Shape::Same(_)
        | Shape::Any(_) => return Vec::new(),
    };
    let typed = typed.and_then(|property| types.schema(types.resolve(property.schema).0));
    let parsed: Option<Vec<ConstantValue>> = match typed.map(|schema| &schema.shape) {
        Some(Shape::Scalar(Scalar::Integer { .. }) | Shape::Enum(Enum { value_type: EnumType::Integer, .. })) => {
            member.discriminator_values.iter().map(|value| value.parse().ok().map(ConstantValue::Integer)).collect()
        }
        Some(Shape::Scalar(Scalar::Bool)) => {
            member.discriminator_values.iter().map(|value| value.parse().ok().map(ConstantValue::Bool)).collect()
        }
        _ => None,
    };
    parsed.unwrap_or_else(texts)
}

/// Name of a member whose type has no name: `TextList`, `Number`.
pub(in crate::plan) fn shape_name(ty: &RustType) -> String {
    if let RustType::Model { name, alias, .. } = ty {
        return alias.0.as_ref().unwrap_or(name).clone();
    }
    let inner = || ty.children().iter().map(shape_name).collect::<String>();
    // Inline items and values have the name of their list or object and one more word.
    let container = match ty {
        RustType::List(_) => Some(("ListItem", "List")),
        RustType::Map(_) => Some(("ObjectValue", "Map")),
        _ => None,
    };
    if let Some((part, whole)) = container
        && let Some(name) = inner().strip_suffix(part)
    {
        return format!("{name}{whole}");
    }
    match ty.facts().word {
        Word::Own(word) => word.to_owned(),
        Word::Inner => inner(),
        Word::Suffix(word) => inner() + word,
    }
}
