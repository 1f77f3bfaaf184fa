//! Two types that are the same one: fields, constructors, setters, variants, traits.

use super::arguments::{self, Argument, Function};
use super::context::Context;
use super::items::{self, Item};
use crate::diff::change::{Change, RustVerdict};
use crate::diff::rules::Rule;
use crate::plan::models::{EnumValues, Field, Kind, Model, Struct};
use crate::plan::rust_type::RustType;
use crate::plan::{Derive, models::UnionType};
use std::collections::BTreeSet;

/// Compares a type with what it became.
pub(super) fn compare(context: &mut Context<'_>, old: &Model, new: &Model) {
    let item = format!("models::{}", old.name);
    let pointers = (&*old.pointer, &*new.pointer);
    let count_before = context.count();
    // A name may stand for a type of its own on one side, and be a further name of an equal one on the other.
    if matches!(old.kind, Kind::Alias(_)) != matches!(new.kind, Kind::Alias(_)) {
        let (old, new) = (context.old.plan.definition(old), context.new.plan.definition(new));
        if matches!(old.kind, Kind::Alias(_)) == matches!(new.kind, Kind::Alias(_)) {
            compare(context, old, new);
            return;
        }
    }
    match (&old.kind, &new.kind) {
        (Kind::Struct(old_kind), Kind::Struct(new_kind)) if old_kind.is_tuple() == new_kind.is_tuple() => {
            fields(context, (old, old_kind), (new, new_kind));
        }
        (Kind::StringEnum(old_kind), Kind::StringEnum(new_kind))
        | (Kind::IntegerEnum(old_kind), Kind::IntegerEnum(new_kind)) => {
            values(context, (old, old_kind), (new, new_kind));
        }
        (Kind::Union(old_kind), Kind::Union(new_kind)) => variants(context, (old, old_kind), (new, new_kind)),
        (Kind::Alias(old_kind), Kind::Alias(new_kind)) => {
            if !context.is_same(old_kind, new_kind) {
                context.type_changed("alias", &item, (old_kind, new_kind), pointers);
            }
        }
        (old_kind, new_kind) => {
            let message = format!("`{item}` is {} now", word(new_kind));
            let change = Change::rust(Rule::TypeChanged, RustVerdict::Major, &*item, message)
                .with_values(word(old_kind), word(new_kind));
            context.add(change, pointers.0, pointers.1);
            context.unstable.insert(old.name.clone());
            return;
        }
    }
    compare_traits(context, old, new);
    let docs_of = |model: &Model| Item {
        path: item.clone(),
        what: "type",
        deprecated: is_deprecated(&model.docs),
        docs: model.docs.clone(),
        pointer: model.pointer.clone(),
        ..Item::default()
    };
    items::compare_docs(context, &docs_of(old), &docs_of(new));
    if context.count() == count_before && old.kind != new.kind {
        let message = format!("the code of `{item}` changed, its interface did not");
        context.add(
            Change::rust(Rule::DocumentationChanged, RustVerdict::Patch, &*item, message),
            pointers.0,
            pointers.1,
        );
    }
}

/// Returns true if the documentation says that an item is deprecated.
fn is_deprecated(docs: &[String]) -> bool {
    docs.iter().any(|line| line == "Deprecated.")
}

const fn word(kind: &Kind) -> &'static str {
    match kind {
        Kind::Struct(structure) if structure.is_tuple() => "a struct of items",
        Kind::Struct(_) => "a struct",
        Kind::StringEnum(_) => "an enum of strings",
        Kind::IntegerEnum(_) => "an enum of integers",
        Kind::Union(_) => "a union",
        Kind::Alias(_) => "an alias",
    }
}

/// The type of a field as its definition has it.
fn stored(field: &Field) -> RustType {
    match &field.ty {
        other if !field.boxed => other.clone(),
        RustType::Option(inner) => inner.as_ref().clone().boxed().option(),
        RustType::Maybe(inner) => RustType::Maybe(Box::new(inner.as_ref().clone().boxed())),
        other => other.clone().boxed(),
    }
}

/// Compares the fields of a struct and their setters.
fn fields(context: &mut Context<'_>, (old, old_struct): (&Model, &Struct), (new, new_struct): (&Model, &Struct)) {
    let listed = |model: &Model, structure: &Struct| -> Vec<Item> {
        let owner = format!("models::{}", old.name);
        let fields = structure.fields.iter().map(|field| Item {
            path: format!("{owner}.{}", field.name),
            name: field.name.clone(),
            key: field.wire.clone(),
            what: "field",
            ty: Some(stored(field)),
            deprecated: is_deprecated(&field.docs),
            pointer: property_pointer(model, &field.wire),
            docs: field.docs.clone(),
            ..Item::default()
        });
        fields.collect()
    };
    let pairs = items::match_items(context, &listed(old, old_struct), &listed(new, new_struct));
    for (index, found) in pairs {
        if let (Some(old_field), Some(new_field)) = (old_struct.fields.get(index), new_struct.fields.get(found)) {
            field(context, (old, old_field), (new, new_field));
        }
    }
    constructor(context, (old, old_struct), (new, new_struct));
    let item = format!("models::{}.extra", old.name);
    match (old_struct.extra.field(), new_struct.extra.field()) {
        (Some((old_name, old_type)), Some((new_name, new_type))) => {
            if old_name != new_name {
                let message = format!("the field for unknown fields of `models::{}` is `{new_name}` now", old.name);
                let change =
                    Change::rust(Rule::Renamed, RustVerdict::Major, &*item, message).with_values(old_name, new_name);
                context.add(change, &old.pointer, &new.pointer);
            }
            if !context.is_same(old_type, new_type) {
                context.type_changed("field", &item, (old_type, new_type), (&old.pointer, &new.pointer));
            }
        }
        (Some(_), None) => {
            let message = format!("`models::{}` does not keep unknown fields any more", old.name);
            context.add(
                Change::rust(Rule::GuaranteeLost, RustVerdict::Major, &*item, message),
                &old.pointer,
                &new.pointer,
            );
        }
        (None, Some(_)) => {
            let message = format!("`models::{}` keeps unknown fields", old.name);
            context.add(Change::rust(Rule::Added, RustVerdict::Minor, &*item, message), &old.pointer, &new.pointer);
        }
        (None, None) => {}
    }
}

/// The pointer of a property.
fn property_pointer(model: &Model, wire: &str) -> String {
    format!("{}/properties/{}", model.pointer, crate::syntax::pointer::escape(wire))
}

/// The items of a field beside it: a setter without an argument, a constant with its default.
fn field(context: &mut Context<'_>, (old, old_field): (&Model, &Field), (new, new_field): (&Model, &Field)) {
    let pointers = (property_pointer(old, &old_field.wire), property_pointer(new, &new_field.wire));
    let is_fixed = |field: &Field| field.fixed_value.is_some() && field.is_const;
    if !old_field.required && !new_field.required && is_fixed(old_field) != is_fixed(new_field) {
        let setter = format!("models::{}::{}", old.name, old_field.setter());
        let verb = if is_fixed(old_field) { "gains" } else { "loses" };
        let message = format!("`{setter}` {verb} its argument");
        context.add(
            Change::rust(Rule::ArgumentsChanged, RustVerdict::Major, setter, message),
            &pointers.0,
            &pointers.1,
        );
    }
    if !old_field.required && new_field.required {
        let setter = format!("models::{}::{}", old.name, old_field.setter());
        let item = format!("models::{}.{}", old.name, old_field.name);
        if !context.effect(&item, format!("`{setter}` is gone")) {
            let message = format!("method `{setter}` is gone");
            context.add(Change::rust(Rule::Removed, RustVerdict::Major, setter, message), &pointers.0, &pointers.1);
        }
    }
    if let (Some(setter), None, RustType::Maybe(_)) = (&old_field.null_setter, &new_field.null_setter, &new_field.ty) {
        let setter = format!("models::{}::{setter}", old.name);
        let message = format!("method `{setter}` is gone");
        context.add(Change::rust(Rule::Removed, RustVerdict::Major, setter, message), &pointers.0, &pointers.1);
    }
    let default = |field: &Field, model: &Model| -> Vec<Item> {
        let item = field.default.as_ref().map(|(name, value)| Item {
            path: format!("models::{}::{name}", model.name),
            key: field.wire.clone(),
            what: "constant",
            value: Some(format!("{value:?}")),
            pointer: property_pointer(model, &field.wire),
            name: name.clone(),
            ..Item::default()
        });
        item.into_iter().collect()
    };
    if old_field.name == new_field.name {
        items::match_items(context, &default(old_field, old), &default(new_field, new));
    }
}

/// Compares the constructor of a struct.
fn constructor(context: &mut Context<'_>, (old, old_struct): (&Model, &Struct), (new, new_struct): (&Model, &Struct)) {
    let path = format!("models::{}::new", old.name);
    let exists = Struct::has_constructor;
    let function = |structure: &'_ Struct| -> Vec<Argument> {
        let argument = |field: &Field| {
            let ty = field.argument_type().clone();
            Argument { key: field.wire.clone(), name: field.name.clone(), ty }
        };
        structure.constructor_arguments().into_iter().map(argument).collect()
    };
    let old_function = Function {
        path: &path,
        arguments: function(old_struct),
        named: old_struct.arguments.as_deref(),
        pointer: &old.pointer,
    };
    let new_function = Function {
        path: &path,
        arguments: function(new_struct),
        named: new_struct.arguments.as_deref(),
        pointer: &new.pointer,
    };
    match (exists(old_struct), exists(new_struct)) {
        (true, true) => arguments::compare(context, &old_function, &new_function, false),
        (true, false) => {
            let message = format!("`{path}` is gone, since no field is required any more");
            context.add(
                Change::rust(Rule::ArgumentsChanged, RustVerdict::Major, &*path, message),
                &old.pointer,
                &new.pointer,
            );
        }
        (false, true) => {
            let message = format!("`{path}` is new, since fields are required now");
            context.add(Change::rust(Rule::Added, RustVerdict::Minor, &*path, message), &old.pointer, &new.pointer);
        }
        (false, false) => {}
    }
}

/// Compares the variants of an enum of values.
fn values(context: &mut Context<'_>, (old, old_enum): (&Model, &EnumValues), (new, new_enum): (&Model, &EnumValues)) {
    let closed = old_enum.fallback.is_none();
    let items = |model: &Model, listed: &EnumValues| -> Vec<Item> {
        let values = listed.values.iter().map(|value| Item {
            path: format!("models::{}::{}", old.name, value.variant),
            name: value.variant.clone(),
            key: value.wire.clone(),
            what: "variant",
            pointer: model.pointer.clone(),
            docs: value.docs.clone(),
            exhaustive: closed,
            ..Item::default()
        });
        values.collect()
    };
    let (old_items, new_items) = (items(old, old_enum), items(new, new_enum));
    let pairs = items::match_items(context, &old_items, &new_items);
    fallback(context, (old, old_enum.fallback.as_deref()), (new, new_enum.fallback.as_deref()));
    if !pairs.is_sorted_by_key(|(_, found)| *found) {
        let item = format!("models::{}", old.name);
        let message = format!("the variants of `{item}` have another order, which `Ord` follows");
        let names = |items: &[Item]| items.iter().map(|item| item.name.clone()).collect::<Vec<_>>().join(", ");
        let change = Change::rust(Rule::OrderOrDefaultChanged, RustVerdict::Patch, item, message)
            .with_values(names(&old_items), names(&new_items));
        context.add(change, &old.pointer, &new.pointer);
    }
}

/// Compares the fallback variants of an enum or union.
fn fallback(
    context: &mut Context<'_>,
    (old, old_fallback): (&Model, Option<&str>),
    (new, new_fallback): (&Model, Option<&str>),
) {
    let item = format!("models::{}", old.name);
    let change = match (old_fallback, new_fallback) {
        (Some(old_fallback), Some(new_fallback)) if old_fallback != new_fallback => {
            let message = format!("the fallback variant of `{item}` is `{new_fallback}` now");
            Change::rust(Rule::Renamed, RustVerdict::Major, item, message).with_values(old_fallback, new_fallback)
        }
        (Some(old_fallback), None) => {
            let message = format!("`{item}` is closed: it has no fallback variant any more");
            Change::rust(Rule::GuaranteeLost, RustVerdict::Major, item, message).with_values(old_fallback, "")
        }
        (None, Some(new_fallback)) => {
            let message = format!("`{item}` is open: it has a fallback variant, and is not `Copy`");
            Change::rust(Rule::GuaranteeLost, RustVerdict::Major, item, message).with_values("", new_fallback)
        }
        _ => return,
    };
    context.add(change, &old.pointer, &new.pointer);
}

/// Compares the variants of a union.
fn variants(context: &mut Context<'_>, (old, old_union): (&Model, &UnionType), (new, new_union): (&Model, &UnionType)) {
    let items = |context: &Context<'_>, model: &Model, union: &UnionType, is_old: bool| -> Vec<Item> {
        let members = union.members.iter().map(|member| {
            let ty = if member.boxed { member.ty.clone().boxed() } else { member.ty.clone() };
            Item {
                path: format!("models::{}::{}", old.name, member.variant),
                name: member.variant.clone(),
                key: if is_old { context.path_with_new_names(&member.ty) } else { member.ty.path() },
                what: "variant",
                ty: Some(ty),
                pointer: model.pointer.clone(),
                ..Item::default()
            }
        });
        members.collect()
    };
    let (old_items, new_items) = (items(context, old, old_union, true), items(context, new, new_union, false));
    items::match_items(context, &old_items, &new_items);
    report_lost_conversions(context, (old, old_union), (new, new_union));
    fallback(context, (old, Some(&old_union.fallback)), (new, Some(&new_union.fallback)));
}

/// Reports the conversions into a union that are gone although their variants are not.
fn report_lost_conversions(
    context: &mut Context<'_>,
    (old, old_union): (&Model, &UnionType),
    (new, new_union): (&Model, &UnionType),
) {
    let item = format!("models::{}", old.name);
    for member in &old_union.members {
        let Some(from) = &member.from else { continue };
        let ty = context.path_with_new_names(&member.ty);
        if new_union.members.iter().any(|other| other.ty.path() == ty && other.from.is_none()) {
            let lost = format!("From<{}>", from.path());
            let message = format!("`{item}` loses the trait `{lost}`");
            let change = Change::rust(Rule::GuaranteeLost, RustVerdict::Major, &*item, message).with_values(lost, "");
            context.add(change, &old.pointer, &new.pointer);
        }
    }
}

/// Compares the traits of a type beside the usual ones.
fn compare_traits(context: &mut Context<'_>, old: &Model, new: &Model) {
    let has = |model: &Model| -> BTreeSet<&'static str> {
        let mut traits: BTreeSet<&str> = model.derives.iter().map(|derive| derive.name()).collect();
        if let Kind::Struct(structure) = &model.kind
            && !structure.fields.iter().any(Field::is_argument)
        {
            traits.insert(Derive::Default.name());
        }
        if !matches!(model.kind, Kind::Alias(_)) {
            traits.extend(model.direction.reads().then_some("Decode"));
            traits.extend(model.direction.writes().then_some("Encode"));
        }
        traits
    };
    let (old_traits, new_traits) = (has(old), has(new));
    let item = format!("models::{}", old.name);
    for lost in old_traits.difference(&new_traits) {
        let message = format!("`{item}` loses the trait `{lost}`");
        let change = Change::rust(Rule::GuaranteeLost, RustVerdict::Major, &*item, message).with_values(*lost, "");
        context.add(change, &old.pointer, &new.pointer);
    }
    for gained in new_traits.difference(&old_traits) {
        let message = format!("`{item}` gains the trait `{gained}`");
        let change = Change::rust(Rule::Added, RustVerdict::Minor, &*item, message).with_values("", *gained);
        context.add(change, &old.pointer, &new.pointer);
    }
}
