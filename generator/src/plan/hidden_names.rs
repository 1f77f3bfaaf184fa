//! Other names of types that no code of the crate spells. They are hidden from the documentation: each is the name of one place of
//! the description, and exists so that the place can get a type of its own without a break. Knows the types that code spells; does
//! not know tokens.

use super::models::{Kind, Model};
use super::rust_type::RustType;
use std::collections::BTreeSet;

/// Hides other names. `inline` are those of inline schemas: a component is in the description by its name. `spelled` has all
/// names that code and documentation spell.
pub(super) fn hide(models: &mut [Model], inline: &BTreeSet<&str>, spelled: &BTreeSet<String>) {
    for model in models {
        let is_alias = matches!(model.kind, Kind::Alias(RustType::Model { .. }));
        let is_used = spelled.contains(&model.name) || !inline.contains(model.name.as_str());
        if is_alias && model.deprecated.is_none() && !is_used {
            model.is_hidden = true;
            model.docs.clear();
        }
    }
}
