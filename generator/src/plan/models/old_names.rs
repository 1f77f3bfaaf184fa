//! Old names of types, which the lock keeps for a time.

use super::{Deprecated, Kind, Model};
use crate::lock::{Lock, OldName};
use crate::plan::rust_type::RustType;

/// An alias for each old name of a type that a version of the crate still has.
pub(in crate::plan) fn old_names(lock: &Lock, version: &str, models: &[Model]) -> Vec<Model> {
    lock.old_names(version).filter_map(|old| alias(&old, models)).collect()
}

/// The alias of an old name, unless a type has the name now.
fn alias(old: &OldName<'_>, models: &[Model]) -> Option<Model> {
    let name = old.path.strip_prefix("models::")?;
    let target = models.iter().filter(|model| model.pointer == old.now).min_by_key(|model| model.name.len())?;
    if models.iter().any(|model| model.names().any(|known| known == name)) {
        return None;
    }
    let ty = match &target.kind {
        Kind::Alias(ty) => ty.clone(),
        _ => RustType::model(target.name.clone(), target.class()),
    };
    Some(Model {
        name: name.to_owned(),
        docs: vec![format!("The old name of [`{}`].", target.name)],
        // The old name is not the name of a place.
        pointer: String::new(),
        derives: Vec::new(),
        examples: Vec::new(),
        direction: target.direction,
        is_hidden: false,
        deprecated: Some(Deprecated { since: old.since.to_owned(), note: format!("renamed to `{}`", target.name) }),
        kind: Kind::Alias(ty),
    })
}
