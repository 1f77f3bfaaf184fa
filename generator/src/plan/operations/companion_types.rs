//! The companion types of an operation: the one that stands for it, its errors, headers and bodies, by the roles that they
//! have.

use crate::api::Operation;
use crate::plan::names::{Scope, stem};
use crate::plan::type_of::Types;

/// The key of the type that stands for an operation among the types beside it.
const MARKER: &str = "operation";

/// The names that the lock has for the types beside an operation, by the names that they want. An operation whose method
/// has another name or group now has other types too.
pub(super) fn locked_types<'t>(
    operation: &Operation,
    name: &str,
    path: &str,
    types: &Types<'t>,
) -> Vec<(String, &'t str)> {
    let (locked, place) = (types.locked(), operation.route());
    if locked.method_of(&place).is_none_or(|locked| locked.name != name || locked.group != path) {
        return Vec::new();
    }
    let stem = stem(name);
    let wanted = |role: &str| {
        let plain = role.split_once(' ').map_or(role, |(plain, _)| plain);
        if plain == MARKER { MARKER.to_owned() } else { format!("{stem}{plain}") }
    };
    locked.operation_types_of(&place).names().map(|(role, name)| (wanted(role), name)).collect()
}

/// The roles of the types beside an operation: what follows the name of the operation, and a number where several have
/// one role.
pub(super) fn roles(stem: &str, marker: &str, claims: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut roles = vec![(MARKER.to_owned(), marker.to_owned())];
    for (wanted, name) in claims {
        let role = wanted.strip_prefix(stem).unwrap_or(&wanted).to_owned();
        let is_known = |role: &String| roles.iter().any(|(known, _)| known == role);
        let numbered = (2_u32..).map(|number| format!("{role} {number}"));
        let free = std::iter::once(role.clone()).chain(numbered).find(|role| !is_known(role));
        roles.extend(free.map(|role| (role, name)));
    }
    roles
}

/// The name of the type that stands for an operation.
pub(super) fn marker(name: &str, locked: &[(String, &str)], scope: &mut Scope) -> String {
    if let Some((_, name)) = locked.iter().find(|(wanted, _)| wanted == MARKER) {
        return (*name).to_owned();
    }
    let stem = stem(name);
    scope.claim_first(&[stem.clone(), format!("{stem}Operation")])
}
