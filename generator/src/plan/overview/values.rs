//! The section about values that the description does not define, and about fields without a value. It has a sentence for each
//! kind of types that the crate has. Knows planned types.

use super::wrapped;
use crate::plan::models::{ExtraField, Kind, Model};
use crate::plan::rust_type::RustType;
use std::collections::BTreeSet;

/// The usual name of a fallback variant.
const USUAL: &str = "Unknown";

/// The lines of the section; empty for a crate without such types.
pub(super) fn values(models: &[Model]) -> Vec<String> {
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
        lines.extend([String::new(), "A `match` on an enum or a union has an arm `_` for them.".to_owned()]);
    }
    if any(has_optional) {
        let mut text = "An optional field is an `Option`.".to_owned();
        if any(has_maybe) {
            text.push_str(" One that can also be null is a [`Maybe`], which tells an absent field from `null`.");
        }
        lines.extend((!lines.is_empty()).then(String::new));
        lines.extend(wrapped(&text, ""));
    }
    lines
}

fn stores_fields(kind: &Kind) -> bool {
    matches!(kind, Kind::Struct(structure) if structure.row.is_none() && matches!(&structure.extra, ExtraField::Stored(_, RustType::Json)))
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
        Kind::TextEnum(listed) | Kind::IntegerEnum(listed) => listed.fallback.as_deref(),
        Kind::Struct(_) | Kind::Union(_) | Kind::Alias(_) => None,
    }
}

fn union_fallback(kind: &Kind) -> Option<&str> {
    if let Kind::Union(union) = kind { Some(&union.fallback) } else { None }
}

fn has_optional(kind: &Kind) -> bool {
    matches!(kind, Kind::Struct(structure) if structure.fields.iter().any(|field| !field.required))
}

fn has_maybe(kind: &Kind) -> bool {
    let is_maybe = |ty: &RustType| matches!(ty, RustType::Maybe(_));
    matches!(kind, Kind::Struct(structure) if structure.fields.iter().any(|field| is_maybe(&field.ty)))
}
