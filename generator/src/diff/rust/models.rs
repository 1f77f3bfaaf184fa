//! Two types that are the same one: fields, constructors, setters, variants, traits.

use super::arguments::{self, Argument, Function};
use super::context::Context;
use super::items::{self, Item};
use crate::diff::change::{Change, RustVerdict};
use crate::plan::models::{Field, Kind, Listed, Model, Struct};
use crate::plan::rust_type::RustType;
use crate::plan::{Derive, models::UnionType};
use std::collections::BTreeSet;

/// Compares a type with what it became.
pub(super) fn compare(context: &mut Context<'_>, old: &Model, new: &Model) {
    let item = format!("models::{}", old.name);
    let places = (&*old.pointer, &*new.pointer);
    let before = context.count();
    // A name may stand for a type of its own on one side, and be a further name of an equal one on the other.
    if matches!(old.kind, Kind::Alias(_)) != matches!(new.kind, Kind::Alias(_)) {
        let (one, other) = (context.old.plan.definition(old), context.new.plan.definition(new));
        if matches!(one.kind, Kind::Alias(_)) == matches!(other.kind, Kind::Alias(_)) {
            compare(context, one, other);
            return;
        }
    }
    match (&old.kind, &new.kind) {
        (Kind::Struct(one), Kind::Struct(other)) if one.row.is_some() == other.row.is_some() => {
            fields(context, (old, one), (new, other));
        }
        (Kind::TextEnum(one), Kind::TextEnum(other)) | (Kind::IntegerEnum(one), Kind::IntegerEnum(other)) => {
            values(context, (old, one), (new, other));
        }
        (Kind::Union(one), Kind::Union(other)) => variants(context, (old, one), (new, other)),
        (Kind::Alias(one), Kind::Alias(other)) => {
            if !context.is_same(one, other) {
                context.type_changed("alias", &item, (one, other), places);
            }
        }
        (one, other) => {
            let message = format!("`{item}` is {} now", word(other));
            let change = Change::rust("D103", RustVerdict::Major, &*item, message).with_values(word(one), word(other));
            context.add(change, places.0, places.1);
            context.unstable.insert(old.name.clone());
            return;
        }
    }
    traits(context, old, new);
    let documented = |model: &Model| Item {
        path: item.clone(),
        what: "type",
        deprecated: is_deprecated(&model.docs),
        docs: model.docs.clone(),
        pointer: model.pointer.clone(),
        ..Item::default()
    };
    items::documented(context, &documented(old), &documented(new));
    if context.count() == before && old.kind != new.kind {
        let message = format!("the code of `{item}` changed, its interface did not");
        context.add(Change::rust("D199", RustVerdict::Patch, &*item, message), places.0, places.1);
    }
}

/// Returns true if the documentation says that an item is deprecated.
fn is_deprecated(docs: &[String]) -> bool {
    docs.iter().any(|line| line == "Deprecated.")
}

const fn word(kind: &Kind) -> &'static str {
    match kind {
        Kind::Struct(structure) if structure.row.is_some() => "a struct of items",
        Kind::Struct(_) => "a struct",
        Kind::TextEnum(_) => "an enum of strings",
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

fn fields(context: &mut Context<'_>, (old, one): (&Model, &Struct), (new, other): (&Model, &Struct)) {
    let listed = |model: &Model, structure: &Struct| -> Vec<Item> {
        let owner = format!("models::{}", old.name);
        let fields = structure.fields.iter().map(|field| Item {
            path: format!("{owner}.{}", field.name),
            name: field.name.clone(),
            key: field.wire.clone(),
            what: "field",
            ty: Some(stored(field)),
            deprecated: is_deprecated(&field.docs),
            pointer: place(model, &field.wire),
            docs: field.docs.clone(),
            ..Item::default()
        });
        fields.collect()
    };
    let pairs = items::compare(context, &listed(old, one), &listed(new, other));
    for (index, found) in pairs {
        if let (Some(before), Some(now)) = (one.fields.get(index), other.fields.get(found)) {
            field(context, (old, before), (new, now));
        }
    }
    constructor(context, (old, one), (new, other));
    let item = format!("models::{}.extra", old.name);
    match (one.extra.field(), other.extra.field()) {
        (Some((name, before)), Some((now, after))) => {
            if name != now {
                let message = format!("the field for unknown fields of `models::{}` is `{now}` now", old.name);
                let change = Change::rust("D111", RustVerdict::Major, &*item, message).with_values(name, now);
                context.add(change, &old.pointer, &new.pointer);
            }
            if !context.is_same(before, after) {
                context.type_changed("field", &item, (before, after), (&old.pointer, &new.pointer));
            }
        }
        (Some(_), None) => {
            let message = format!("`models::{}` does not keep unknown fields any more", old.name);
            context.add(Change::rust("D107", RustVerdict::Major, &*item, message), &old.pointer, &new.pointer);
        }
        (None, Some(_)) => {
            let message = format!("`models::{}` keeps unknown fields", old.name);
            context.add(Change::rust("D102", RustVerdict::Minor, &*item, message), &old.pointer, &new.pointer);
        }
        (None, None) => {}
    }
}

/// The place of a property.
fn place(model: &Model, wire: &str) -> String {
    format!("{}/properties/{}", model.pointer, crate::syntax::pointer::escape(wire))
}

/// The items of a field beside it: a setter without an argument, a constant with its default.
fn field(context: &mut Context<'_>, (old, one): (&Model, &Field), (new, other): (&Model, &Field)) {
    let places = (place(old, &one.wire), place(new, &other.wire));
    let is_fixed = |field: &Field| field.constant.is_some() && field.fixed;
    if !one.required && !other.required && is_fixed(one) != is_fixed(other) {
        let setter = format!("models::{}::{}", old.name, one.setter());
        let verb = if is_fixed(one) { "gains" } else { "loses" };
        let message = format!("`{setter}` {verb} its argument");
        context.add(Change::rust("D104", RustVerdict::Major, setter, message), &places.0, &places.1);
    }
    if !one.required && other.required {
        let setter = format!("models::{}::{}", old.name, one.setter());
        let item = format!("models::{}.{}", old.name, one.name);
        if !context.effect(&item, format!("`{setter}` is gone")) {
            let message = format!("method `{setter}` is gone");
            context.add(Change::rust("D101", RustVerdict::Major, setter, message), &places.0, &places.1);
        }
    }
    if let (Some(setter), None, RustType::Maybe(_)) = (&one.null_setter, &other.null_setter, &other.ty) {
        let setter = format!("models::{}::{setter}", old.name);
        let message = format!("method `{setter}` is gone");
        context.add(Change::rust("D101", RustVerdict::Major, setter, message), &places.0, &places.1);
    }
    let default = |field: &Field, model: &Model| -> Vec<Item> {
        let item = field.default.as_ref().map(|(name, value)| Item {
            path: format!("models::{}::{name}", model.name),
            key: field.wire.clone(),
            what: "constant",
            value: Some(format!("{value:?}")),
            pointer: place(model, &field.wire),
            name: name.clone(),
            ..Item::default()
        });
        item.into_iter().collect()
    };
    if one.name == other.name {
        items::compare(context, &default(one, old), &default(other, new));
    }
}

fn constructor(context: &mut Context<'_>, (old, one): (&Model, &Struct), (new, other): (&Model, &Struct)) {
    let path = format!("models::{}::new", old.name);
    let exists = Struct::has_constructor;
    let function = |structure: &'_ Struct| -> Vec<Argument> {
        let argument = |field: &Field| {
            let ty = field.argument_type().clone();
            Argument { key: field.wire.clone(), name: field.name.clone(), ty }
        };
        structure.constructor_arguments().into_iter().map(argument).collect()
    };
    let before =
        Function { path: &path, arguments: function(one), named: one.arguments.as_deref(), pointer: &old.pointer };
    let after =
        Function { path: &path, arguments: function(other), named: other.arguments.as_deref(), pointer: &new.pointer };
    match (exists(one), exists(other)) {
        (true, true) => arguments::compare(context, &before, &after, false),
        (true, false) => {
            let message = format!("`{path}` is gone, since no field is required any more");
            context.add(Change::rust("D104", RustVerdict::Major, &*path, message), &old.pointer, &new.pointer);
        }
        (false, true) => {
            let message = format!("`{path}` is new, since fields are required now");
            context.add(Change::rust("D102", RustVerdict::Minor, &*path, message), &old.pointer, &new.pointer);
        }
        (false, false) => {}
    }
}

fn values(context: &mut Context<'_>, (old, one): (&Model, &Listed), (new, other): (&Model, &Listed)) {
    let closed = one.fallback.is_none();
    let items = |model: &Model, listed: &Listed| -> Vec<Item> {
        let values = listed.values.iter().map(|(wire, variant, docs)| Item {
            path: format!("models::{}::{variant}", old.name),
            name: variant.clone(),
            key: wire.clone(),
            what: "variant",
            pointer: model.pointer.clone(),
            docs: docs.clone(),
            exhaustive: closed,
            ..Item::default()
        });
        values.collect()
    };
    let (before, after) = (items(old, one), items(new, other));
    let pairs = items::compare(context, &before, &after);
    fallback(context, (old, one.fallback.as_deref()), (new, other.fallback.as_deref()));
    if !pairs.is_sorted_by_key(|(_, found)| *found) {
        let item = format!("models::{}", old.name);
        let message = format!("the variants of `{item}` have another order, which `Ord` follows");
        let names = |items: &[Item]| items.iter().map(|item| item.name.clone()).collect::<Vec<_>>().join(", ");
        let change = Change::rust("D108", RustVerdict::Patch, item, message).with_values(names(&before), names(&after));
        context.add(change, &old.pointer, &new.pointer);
    }
}

fn fallback(context: &mut Context<'_>, (old, one): (&Model, Option<&str>), (new, other): (&Model, Option<&str>)) {
    let item = format!("models::{}", old.name);
    let change = match (one, other) {
        (Some(one), Some(other)) if one != other => {
            let message = format!("the fallback variant of `{item}` is `{other}` now");
            Change::rust("D111", RustVerdict::Major, item, message).with_values(one, other)
        }
        (Some(one), None) => {
            let message = format!("`{item}` is closed: it has no fallback variant any more");
            Change::rust("D107", RustVerdict::Major, item, message).with_values(one, "")
        }
        (None, Some(other)) => {
            let message = format!("`{item}` is open: it has a fallback variant, and is not `Copy`");
            Change::rust("D107", RustVerdict::Major, item, message).with_values("", other)
        }
        _ => return,
    };
    context.add(change, &old.pointer, &new.pointer);
}

fn variants(context: &mut Context<'_>, (old, one): (&Model, &UnionType), (new, other): (&Model, &UnionType)) {
    let items = |context: &Context<'_>, model: &Model, union: &UnionType, is_old: bool| -> Vec<Item> {
        let members = union.members.iter().map(|member| {
            let ty = if member.boxed { member.ty.clone().boxed() } else { member.ty.clone() };
            Item {
                path: format!("models::{}::{}", old.name, member.variant),
                name: member.variant.clone(),
                key: if is_old { context.spelled(&member.ty) } else { member.ty.path() },
                what: "variant",
                ty: Some(ty),
                pointer: model.pointer.clone(),
                ..Item::default()
            }
        });
        members.collect()
    };
    let (before, after) = (items(context, old, one, true), items(context, new, other, false));
    items::compare(context, &before, &after);
    fallback(context, (old, Some(&one.fallback)), (new, Some(&other.fallback)));
}

/// The traits of a type beside the usual ones.
fn traits(context: &mut Context<'_>, old: &Model, new: &Model) {
    let has = |model: &Model| -> BTreeSet<&'static str> {
        let mut traits: BTreeSet<&str> = model.derives.iter().map(|derive| derive.name()).collect();
        if let Kind::Struct(structure) = &model.kind
            && !structure.fields.iter().any(Field::is_argument)
        {
            traits.insert(Derive::Default.name());
        }
        if !matches!(model.kind, Kind::Alias(_)) {
            traits.extend(model.way.reads().then_some("Decode"));
            traits.extend(model.way.writes().then_some("Encode"));
        }
        traits
    };
    let (before, now) = (has(old), has(new));
    let item = format!("models::{}", old.name);
    for lost in before.difference(&now) {
        let message = format!("`{item}` loses the trait `{lost}`");
        let change = Change::rust("D107", RustVerdict::Major, &*item, message).with_values(*lost, "");
        context.add(change, &old.pointer, &new.pointer);
    }
    for gained in now.difference(&before) {
        let message = format!("`{item}` gains the trait `{gained}`");
        let change = Change::rust("D102", RustVerdict::Minor, &*item, message).with_values("", *gained);
        context.add(change, &old.pointer, &new.pointer);
    }
}
