//! Names of the methods of a group: those of the settings, those of the lock, and those that operations want.

use super::short_name;
use crate::api::Operation;
use crate::config::{Config, OperationNames};
use crate::plan::names::{Scope, reserved};
use crate::plan::type_of::Types;

/// The name of each operation of a group with this path.
pub(super) fn names(
    operations: &[&Operation],
    path: &str,
    titles: &[&str],
    types: &Types<'_>,
    config: &Config,
) -> Vec<String> {
    let on_client = path == "Client";
    let reserved = if on_client { reserved::CLIENT } else { reserved::GROUP };
    let style = if on_client { OperationNames::Full } else { config.operation_names };
    let wanted = short_name::names(operations, titles, style, reserved);
    let (renames, locked) = (types.renames(), types.locked());
    let mut scope = Scope::with(reserved);
    let mut names: Vec<Option<String>> = operations
        .iter()
        .map(|operation| {
            // Names from the settings come before others.
            renames.operation(operation).map(|name| scope.claim(&short_name::clear(name, reserved)))
        })
        .collect();
    let of_lock = |operation: &Operation| locked.method_of(&operation.route());
    for ((operation, wanted), name) in operations.iter().zip(&wanted).zip(&mut names) {
        // The name of the lock stays, unless the operation has another `operationId` now that gives another name.
        let locked_method =
            of_lock(operation).filter(|locked| locked.group == path && (!locked.renamed || locked.name == wanted));
        if let Some(locked) = locked_method.filter(|_| name.is_none()) {
            *name = Some(scope.claim(locked.name));
        }
    }
    locked.released_methods(path).for_each(|name| scope.reserve(name));
    locked.old_methods(path).for_each(|name| scope.reserve(name));
    for (operation, name) in operations.iter().zip(&mut names) {
        // An operation of another group keeps its name.
        if let Some(other) = of_lock(operation).filter(|other| name.is_none() && other.group != path && !other.renamed)
        {
            *name = Some(scope.claim(other.name));
        }
    }
    names.into_iter().zip(wanted).map(|(name, wanted)| name.unwrap_or_else(|| scope.claim(&wanted))).collect()
}
