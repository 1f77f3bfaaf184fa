//! Enums of strings and integers: their variants and the names of these.

use super::{Direction, EnumValue, EnumValues, Kind, Model};
use crate::api::{Enum, EnumType, SchemaId};
use crate::plan::docs;
use crate::plan::names::{Scope, distinct_beside, variant};
use crate::plan::type_of::Types;

/// The enum of a schema with `enum`.
pub(super) fn enumeration(id: SchemaId, docs: Vec<String>, listed: &Enum, types: &Types<'_>) -> Option<Model> {
    let (name, schema) = types.name(id).zip(types.schema(id))?;
    let pointer = schema.origin.pointer.clone();
    let locked_children = types.locked().children_of_type(id, &pointer);
    let locked = locked_children.variants;
    let values = listed.values.iter().map(|value| {
        let from_extension = value.name.as_deref().filter(|name| name.chars().any(char::is_alphanumeric));
        let from_settings = types.renames().value(id, schema, name, &value.wire);
        let locked_name = locked.name(&value.wire).filter(|_| from_settings.is_none()).map(str::to_owned);
        let wanted = variant(from_settings.or(from_extension).unwrap_or(&value.wire));
        WantedVariant { wire: &value.wire, wanted, locked_name, description: value.description.as_deref() }
    });
    let taken: Vec<&str> = locked.names().map(|(_, name)| name).collect();
    let model = named_enum(name.to_owned(), docs, values.collect(), &taken, locked_children.rest);
    let model = Model { pointer, examples: schema.examples.0.clone(), ..model };
    Some(match (listed.value_type, model.kind) {
        (EnumType::Integer, Kind::StringEnum(listed)) => Model { kind: Kind::IntegerEnum(listed), ..model },
        (_, kind) => Model { kind, ..model },
    })
}

/// An open enum of strings.
pub(crate) fn string_enum<'v>(
    name: String,
    docs: Vec<String>,
    values: impl Iterator<Item = (&'v str, String, Option<&'v str>)>,
) -> Model {
    let values =
        values.map(|(wire, wanted, description)| WantedVariant { wire, wanted, locked_name: None, description });
    named_enum(name, docs, values.collect(), &[], None)
}

/// A value, and the names for its variant.
struct WantedVariant<'v> {
    wire: &'v str,
    wanted: String,
    locked_name: Option<String>,
    description: Option<&'v str>,
}

/// An enum of which some variants have names already. `taken` has the names that no other variant gets, and `rest` is
/// that of the fallback.
fn named_enum(
    name: String,
    docs: Vec<String>,
    values: Vec<WantedVariant<'_>>,
    taken: &[&str],
    rest: Option<&str>,
) -> Model {
    let mut scope = Scope::default();
    // A name that the description or the settings give says less than the value.
    let text = |WantedVariant { wire, wanted, .. }: &WantedVariant<'_>| {
        if variant(wire) == *wanted { (*wire).to_owned() } else { format!("{wanted} {wire}") }
    };
    let texts: Vec<String> = values.iter().map(text).collect();
    let wanted: Vec<(&str, String)> =
        texts.iter().zip(&values).map(|(text, value)| (text.as_str(), value.wanted.clone())).collect();
    let locked_names: Vec<Option<String>> = values.iter().map(|value| value.locked_name.clone()).collect();
    let taken: Vec<&str> = taken.iter().copied().chain(rest).collect();
    let names = distinct_beside(&wanted, &locked_names, &taken, variant);
    let values: Vec<_> = values
        .into_iter()
        .zip(names)
        .map(|(value, name)| {
            let mut docs = docs::of_field(value.description);
            if docs.is_empty() {
                docs.push(format!("`{}`", docs::escape_inline(value.wire)));
            }
            EnumValue { wire: value.wire.to_owned(), variant: scope.claim(&name), docs }
        })
        .collect();
    let fallback =
        rest.map_or_else(|| scope.claim_first(&["Unknown".to_owned(), "Unrecognized".to_owned()]), str::to_owned);
    Model {
        name,
        docs,
        pointer: String::new(),
        derives: Vec::new(),
        deprecated: None,
        is_hidden: false,
        direction: Direction::Both,
        examples: Vec::new(),
        kind: Kind::StringEnum(EnumValues { values, fallback: Some(fallback) }),
    }
}
