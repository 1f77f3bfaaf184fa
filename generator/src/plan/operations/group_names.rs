//! Names of groups: the type of a group, and its module, which is its accessor on the client.

use super::grouping::Common;
use crate::api::Operation;
use crate::lock::LockedNames;
use crate::plan::names::{Scope, method, reserved, type_name, with_suffix};
use std::collections::BTreeMap;

/// The names that groups have.
pub(super) struct GroupNames<'p> {
    /// Each group has a module, so that neither schemas nor other groups rename its types.
    types: Scope,
    /// A group is a file too.
    modules: Scope,
    /// Names of the lock by title: type and module.
    locked: BTreeMap<&'p str, (&'p str, &'p str)>,
}

impl<'p> GroupNames<'p> {
    /// Reserves the names of the lock, and finds those of these groups.
    pub(super) fn new(locked: &'p LockedNames, found: &[(Common<'_>, Vec<&Operation>)]) -> Self {
        let mut names = Self {
            types: Scope::with(reserved::TYPES),
            modules: Scope::with(&[reserved::CLIENT, reserved::FILES].concat()),
            locked: BTreeMap::new(),
        };
        for (title, path, module) in locked.groups() {
            let group = path.strip_prefix("api::");
            if let Some(group) = group {
                names.types.reserve(group);
            }
            names.modules.reserve(module);
            let is_known = |(common, _): &(Common<'_>, Vec<&Operation>)| {
                common.is_named() != title.is_empty() && (title.is_empty() || method(common.key()) == method(title))
            };
            if found.iter().any(is_known)
                && let Some(group) = group
            {
                names.locked.insert(title, (group, module));
            }
        }
        names
    }

    /// The type and the module of a group. `wanted` is the name of the module, and `from_settings` is true if the settings give it.
    pub(super) fn name(
        &mut self,
        common: Common<'_>,
        title: &str,
        wanted: String,
        from_settings: bool,
    ) -> (String, String) {
        let plain = type_name(title);
        let locked = self.locked.get(common.key()).copied().or_else(|| {
            let mut others = self.locked.iter().filter(|(title, _)| method(title) == method(common.key()));
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
