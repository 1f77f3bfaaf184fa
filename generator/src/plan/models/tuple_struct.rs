//! Structs for arrays whose items have different types, where a Rust tuple does not fit.

use super::field::{Field, field_type};
use super::{ExtraField, Struct, fixed_value};
use crate::api::{Extra, Tuple};
use crate::lock::LockedTypeChildren;
use crate::plan::docs;
use crate::plan::names::{Scope, snake};
use crate::plan::recursion::contains_models;
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;

/// A struct with a field for each item. Items that can be missing are optional. Further items are stored.
pub(super) fn tuple_struct(tuple: &Tuple, locked_children: LockedTypeChildren<'_>, types: &Types<'_>) -> Struct {
    let LockedTypeChildren { fields: locked, rest: locked_rest, arguments, .. } = locked_children;
    let mut scope = Scope::default();
    let mut fields = Vec::new();
    locked.names().map(|(_, name)| name).chain(locked_rest).for_each(|name| scope.reserve(name));
    for (index, id) in tuple.items.iter().enumerate() {
        let schema = types.schema(*id);
        // A title names an item.
        let title =
            schema.filter(|schema| schema.name_words != schema.place_words).and_then(|schema| schema.name_words.last());
        let wanted = || title.map_or_else(|| format!("item_{index}"), |title| snake(title));
        let locked_name = locked.name(&index.to_string()).map(str::to_owned);
        let name = locked_name.unwrap_or_else(|| scope.claim(&wanted()));
        let inner = types.of(*id);
        let (_, nullable) = types.resolve(*id);
        let required = index < tuple.least;
        let nullable = nullable || (!required && (inner == RustType::Json || inner == RustType::Unit));
        let ty = field_type(inner, required, nullable);
        let locked_box = locked.is_boxed(&index.to_string());
        let fixed_value = fixed_value::only_value(*id, types).filter(|_| !nullable);
        let mut lines = docs::of_field(schema.and_then(|schema| schema.description.as_deref()));
        if lines.is_empty() && title.is_some() {
            lines.push(format!("Item {index} of the array."));
        }
        fields.push(Field {
            wire: index.to_string(),
            name,
            is_preset: required && fixed_value.is_some(),
            fixed_value,
            preset_text: None,
            default: None,
            examples: types.examples(*id),
            is_const: schema.is_some_and(|schema| schema.is_const),
            required,
            withheld: false,
            null_setter: None,
            locked_argument: false,
            position: None,
            docs: lines,
            boxed: locked_box == Some(true) && contains_models(&ty),
            locked_unboxed: locked_box == Some(false),
            ty,
        });
    }
    let usual = if fields.is_empty() { "items" } else { "rest" };
    let mut name = || locked_rest.map_or_else(|| scope.claim(usual), str::to_owned);
    let extra = match &tuple.extra {
        Extra::None => ExtraField::Ignored,
        Extra::Any => ExtraField::Stored(name(), RustType::Json),
        Extra::Of(items) => ExtraField::Stored(name(), types.nullable_type(*items)),
    };
    Struct {
        fields,
        extra,
        closed: tuple.extra == Extra::None,
        required_items: Some(tuple.least),
        arguments: arguments.map(str::to_owned),
    }
}
