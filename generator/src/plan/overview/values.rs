//! The section about values that the description does not define, and about fields without a value. It has a sentence for each
//! kind of types that the crate has. Knows planned types.

use super::wrapped;
use crate::plan::Client;
use crate::plan::models::{ExtraField, Field, Kind, Model};
use crate::plan::operations::{BodyInput, Group};
use crate::plan::rust_type::RustType;
use std::collections::BTreeSet;

/// The usual name of a fallback variant.
const USUAL: &str = "Unknown";

/// The lines of the section; empty for a crate without such types. `has_lists` is true for a crate with paginated lists.
pub(super) fn values(models: &[Model], client: &Client, has_lists: bool) -> Vec<String> {
    let any = |fits: fn(&Kind) -> bool| models.iter().any(|model| fits(&model.kind));
    let [fields, enums, unions] =
        [any(stores_fields), any(|kind| enum_fallback(kind).is_some()), any(|kind| matches!(kind, Kind::Union(_)))];
    let mut lines = Vec::new();
    if fields || enums || unions {
        let first =
            "A value that the description does not define is no error. The crate stores it, and sends it as it was:";
        lines.extend(wrapped(first, ""));
        lines.push(String::new());
    }
    if fields {
        let item = "- a field of an object: in `extra`, a map of type [`Extra`](runtime::Extra).";
        lines.extend(wrapped(item, "  "));
    }
    if enums {
        let item = format!("- a value of an enum: in the variant {}.", fallbacks(models, enum_fallback));
        lines.extend(wrapped(&item, "  "));
    }
    if unions {
        let fallback = fallbacks(models, union_fallback);
        let item = format!("- a variant of a union: in the variant {fallback}, as [`Json`](runtime::Json).");
        lines.extend(wrapped(&item, "  "));
    }
    if enums || unions {
        let text = "A `match` needs an arm `_`, because the types are `#[non_exhaustive]`. The arm also covers these variants.";
        lines.push(String::new());
        lines.extend(wrapped(text, ""));
    }
    let absent = [
        (any(requires_option), "A required field that can be null is an `Option`, and `None` is sent as `null`."),
        (any(has_optional), "An optional field is an `Option`, and `None` is not sent."),
        (any(has_maybe), "An optional field that can be null is a [`Maybe`]."),
    ];
    let text: Vec<&str> = absent.into_iter().filter_map(|(has, sentence)| has.then_some(sentence)).collect();
    if !text.is_empty() {
        lines.extend((!lines.is_empty()).then(String::new));
        lines.extend(wrapped(&text.join(" "), ""));
    }
    if fields {
        lines.push(String::new());
        lines.extend(wrapped(&other_types(client, has_lists), ""));
    }
    lines
}

/// The paragraph about values of other types than the description's.
fn other_types(client: &Client, has_lists: bool) -> String {
    let setting = if client.lenient {
        "A value of another type than the description's is stored in `extra`, and `Response::misfits` names its place; \
        `ClientBuilder::lenient(false)` makes it an error."
    } else {
        "A value of another type than the description's fails the response. `ClientBuilder::lenient(true)` stores it in `extra` instead."
    };
    let items = if has_lists { " `items().skip_undecodable(…)` skips an item that does not decode." } else { "" };
    format!("{setting}{items}")
}

/// The words about required fields with one value; empty for a crate without one.
pub(super) fn presets(models: &[Model]) -> &'static str {
    let is_preset = |field: &Field| field.is_preset && field.required;
    let has_any = models
        .iter()
        .any(|model| matches!(&model.kind, Kind::Struct(structure) if structure.fields.iter().any(is_preset)));
    if has_any { " and sets those that have only one value" } else { "" }
}

/// The sentence about setters of null; empty for a crate without one.
pub(super) fn null_setters(models: &[Model]) -> &'static str {
    let has_any = models.iter().any(|model| matches!(&model.kind, Kind::Struct(structure) if structure.fields.iter().any(|field| field.null_setter.is_some())));
    if has_any { " In types of requests, `with_…_null` sets a field that can be absent or null to null." } else { "" }
}

/// The sentence about constructors that take a struct; empty for a crate without one. A type of a request body is the best
/// example.
pub(super) fn arguments(models: &[Model], groups: &[Group]) -> String {
    let bodies = groups.iter().flat_map(|group| &group.operations).filter_map(|operation| operation.body.as_ref());
    let bodies: BTreeSet<String> = bodies
        .map(BodyInput::ty)
        .flat_map(|ty| ty.models().into_iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let of_bodies = models.iter().filter(|model| bodies.contains(&model.name)).find_map(arguments_of);
    let name = of_bodies.or_else(|| models.iter().find_map(arguments_of));
    name.map_or_else(String::new, |name| {
        format!(" With more than five required fields, `new` takes them as a struct, such as `{name}`.")
    })
}

/// The struct that the constructor of a type takes.
fn arguments_of(model: &Model) -> Option<&str> {
    match &model.kind {
        Kind::Struct(structure) => structure.arguments.as_deref(),
        Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Union(_) | Kind::Alias(_) => None,
    }
}

fn stores_fields(kind: &Kind) -> bool {
    matches!(kind, Kind::Struct(structure) if !structure.is_tuple() && matches!(&structure.extra, ExtraField::Stored(_, RustType::Json)))
}

/// The names of the fallback variants: the usual one first, then that of types whose own variant has this name.
fn fallbacks(models: &[Model], name: fn(&Kind) -> Option<&str>) -> String {
    let names: BTreeSet<&str> = models.iter().filter_map(|model| name(&model.kind)).collect();
    let usual = names.contains(USUAL).then(|| format!("`{USUAL}`"));
    let others = names.iter().filter(|name| **name != USUAL);
    let others = others.map(|name| format!("`{name}` where that name is taken"));
    usual.into_iter().chain(others).collect::<Vec<_>>().join(", or ")
}

fn enum_fallback(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::StringEnum(listed) | Kind::IntegerEnum(listed) => listed.fallback.as_deref(),
        Kind::Struct(_) | Kind::Union(_) | Kind::Alias(_) => None,
    }
}

fn union_fallback(kind: &Kind) -> Option<&str> {
    if let Kind::Union(union) = kind { Some(&union.fallback) } else { None }
}

/// Returns true for a struct with a required field that can be null.
fn requires_option(kind: &Kind) -> bool {
    matches!(kind, Kind::Struct(structure) if structure.fields.iter().any(Field::is_required_option))
}

fn has_optional(kind: &Kind) -> bool {
    matches!(kind, Kind::Struct(structure) if structure.fields.iter().any(|field| !field.required && !matches!(field.ty, RustType::Maybe(_))))
}

fn has_maybe(kind: &Kind) -> bool {
    let is_maybe = |ty: &RustType| matches!(ty, RustType::Maybe(_));
    matches!(kind, Kind::Struct(structure) if structure.fields.iter().any(|field| is_maybe(&field.ty)))
}
