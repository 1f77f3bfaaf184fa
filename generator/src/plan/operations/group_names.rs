//! Names of groups: the type of a group, and its module, which is its accessor on the client.

use super::grouping::GroupKey;
use crate::api::Operation;
use crate::lock::LockedNames;
use crate::plan::names::{Scope, method, reserved, type_name, with_suffix};
use std::collections::{BTreeMap, BTreeSet};

/// The names that groups have.
pub(super) struct GroupNames<'p> {
    /// Names of the types of groups. They are in modules of their own, apart from schemas.
    types: Scope,
    /// Names of the modules of groups, which are file names and accessors too.
    modules: Scope,
    /// Names of the lock by title: type and module.
    locked: BTreeMap<&'p str, (&'p str, &'p str)>,
}

impl<'p> GroupNames<'p> {
    /// Reserves the names of the lock, and finds those of these groups.
    pub(super) fn new(locked: &'p LockedNames, found: &[(GroupKey<'_>, Vec<&Operation>)]) -> Self {
        let mut names = Self {
            types: Scope::with(reserved::TYPES),
            modules: Scope::with(&[reserved::CLIENT, reserved::FILES].concat()),
            locked: BTreeMap::new(),
        };
        let named = found.iter().filter(|(key, _)| key.is_named());
        let known: BTreeSet<String> = named.map(|(key, _)| method(key.lock_title())).collect();
        let has_unnamed = found.iter().any(|(key, _)| !key.is_named());
        for (title, path, module) in locked.groups() {
            let group = path.strip_prefix("api::");
            if let Some(group) = group {
                names.types.reserve(group);
            }
            names.modules.reserve(module);
            let is_known = if title.is_empty() { has_unnamed } else { known.contains(&method(title)) };
            if is_known && let Some(group) = group {
                names.locked.insert(title, (group, module));
            }
        }
        names
    }

    /// The type and the module of a group. `wanted` is the name of the module, and `from_settings` is true if the settings give it.
    pub(super) fn name(
        &mut self,
        key: GroupKey<'_>,
        title: &str,
        wanted: String,
        from_settings: bool,
    ) -> (String, String) {
        let plain = type_name(title);
        let locked = self.locked.get(key.lock_title()).copied().or_else(|| {
            let mut others = self.locked.iter().filter(|(title, _)| method(title) == method(key.lock_title()));
            others.next().map(|(_, names)| *names)
        });
        if let Some((group, module)) =
            locked.filter(|(group, module)| !from_settings || (plain == *group && wanted == *module))
        {
            self.locked.retain(|_, (known, _)| *known != group);
            return (group.to_owned(), module.to_owned());
        }
        let module = self.modules.claim_first(&[wanted.clone(), with_suffix(&wanted, "calls")]);
        (self.types.claim_first(&[plain.clone(), format!("{plain}Api")]), module)
    }
}
