//! Aliases that no code of the crate uses. They are hidden from the documentation: each is the name of one place of the description,
//! and exists so that the place can get a type of its own without a break. Knows the names that code uses; does not know tokens.

use super::models::{Kind, Model};
use super::rust_type::RustType;
use std::collections::BTreeSet;

/// Hides aliases. `inline` has the aliases of inline schemas; aliases of components stay visible, because the description uses their
/// names. `used` has the names in signatures, webhooks and callbacks.
pub(super) fn hide(models: &mut [Model], inline: &BTreeSet<&str>, used: &BTreeSet<String>) {
    for model in models {
        let is_alias = matches!(model.kind, Kind::Alias(RustType::Model { .. }));
        let is_used = used.contains(&model.name) || !inline.contains(model.name.as_str());
        if is_alias && model.deprecated.is_none() && !is_used {
            model.is_hidden = true;
            model.docs.clear();
        }
    }
}
