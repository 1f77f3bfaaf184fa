//! The alias under which one place of the description spells a type, such as a component that equals another. `==` and
//! `Ord` ignore it.

use super::RustType;
use std::cmp::Ordering;

/// The alias under which a place spells a type, if it has one. `==` and `Ord` ignore it.
#[derive(Debug, Clone, Default)]
pub(crate) struct OwnName(pub Option<String>);

impl PartialEq for OwnName {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for OwnName {}

impl PartialOrd for OwnName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OwnName {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl RustType {
    /// Removes the aliases, for a type that several places share.
    pub(crate) fn remove_own_names(&mut self) {
        if let Self::Model { own, .. } = self {
            *own = OwnName::default();
        }
        self.children_mut().iter_mut().for_each(Self::remove_own_names);
    }

    /// The names of the generated types that it is made of, as code spells them.
    #[must_use]
    pub(crate) fn spelled_models(&self) -> Vec<&str> {
        match self {
            Self::Model { name, own, .. } => vec![own.0.as_deref().unwrap_or(name)],
            other => other.children().iter().flat_map(Self::spelled_models).collect(),
        }
    }
}
