//! The alias under which one place of the description spells a type, such as a component that equals another. `==` and
//! `Ord` ignore it.

use super::RustType;
use std::cmp::Ordering;

/// The alias under which a place spells a type, if it has one. `==` and `Ord` ignore it.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlaceAlias(pub Option<String>);

impl PartialEq for PlaceAlias {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for PlaceAlias {}

impl PartialOrd for PlaceAlias {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PlaceAlias {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl RustType {
    /// Removes the aliases, for a type that several places share.
    pub(crate) fn remove_aliases(&mut self) {
        if let Self::Model { alias, .. } = self {
            *alias = PlaceAlias::default();
        }
        self.children_mut().iter_mut().for_each(Self::remove_aliases);
    }

    /// The names of the generated types that it is made of, as code uses them: by their aliases.
    #[must_use]
    pub(crate) fn used_names(&self) -> Vec<&str> {
        match self {
            Self::Model { name, alias, .. } => vec![alias.0.as_deref().unwrap_or(name)],
            other => other.children().iter().flat_map(Self::used_names).collect(),
        }
    }
}
