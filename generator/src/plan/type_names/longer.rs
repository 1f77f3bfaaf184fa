//! Longer names of types, for those that share the name they want. Knows names and pointers; must not know schemas.

use super::contest::{Claim, Kind};
use crate::json_pointer::unescape;
use crate::plan::names::contest::{LEVELS, qualify};
use crate::plan::names::type_name;

/// Names that say more than the one that a type wants, the shortest first.
pub(super) fn longer_names(claim: &Claim<'_>) -> Vec<String> {
    let plain = &claim.plain;
    match claim.kind {
        Kind::Component(name) => {
            let levels = (1..=LEVELS).map(|level| type_name(&qualify(name, level)));
            levels.chain([format!("{plain}Model")]).collect()
        }
        Kind::Variable => {
            let qualified = type_name(&format!("{} variable", qualify(claim.pointer, 2)));
            vec![format!("{plain}Variable"), qualified]
        }
        Kind::InComponent | Kind::Inline => place_names(claim.place_name.as_ref().unwrap_or(plain), claim.pointer),
    }
}

/// Names that say more of a place: what it is, its status, its media type, and at last the whole pointer.
fn place_names(plain: &str, pointer: &str) -> Vec<String> {
    let fragment = pointer.split_once('#').map_or(pointer, |(_, fragment)| fragment);
    let steps: Vec<String> = fragment.split('/').skip(1).map(unescape).collect();
    let at = |index: usize| steps.get(index).map(String::as_str).unwrap_or_default();
    let after = |word: &str| steps.iter().position(|step| step == word).map(|index| at(index + 1)).unwrap_or_default();
    let last = steps.iter().rposition(|step| KINDS.iter().any(|(known, _)| known == step));
    let kind = last.and_then(|index| KINDS.iter().find(|(known, _)| *known == at(index)));
    let kind = kind.map_or("Schema", |(_, kind)| kind);
    let status = type_name(&format!("{plain} {}", after("responses")));
    let media = type_name(&format!("{status} {}", after("content")));
    vec![format!("{plain}{kind}"), status, media, type_name(&format!("{} {plain}", steps.join(" ")))]
}

/// Words for the ends of pointers.
const KINDS: [(&str, &str); 13] = [
    ("properties", "Property"),
    ("parameters", "Parameter"),
    ("headers", "Header"),
    ("requestBody", "Body"),
    ("responses", "Body"),
    ("items", "Element"),
    ("prefixItems", "Element"),
    ("oneOf", "Variant"),
    ("anyOf", "Variant"),
    ("allOf", "Part"),
    ("additionalProperties", "Value"),
    ("patternProperties", "Value"),
    ("definitions", "Definition"),
];
