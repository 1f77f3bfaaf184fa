//! Old names of operations and of the types beside them, which the lock keeps for a time.

use super::Group;
use crate::lock::{Lock, OldName};
use crate::plan::models::Deprecated;
use std::collections::BTreeMap;

/// An old name of an operation.
#[derive(Debug)]
pub(crate) struct OldOperation {
    /// The type of the group that had it, if it is another one.
    pub group: Option<String>,
    /// The old name of the method.
    pub name: String,
    /// Index of the operation.
    pub operation: usize,
    /// The version that deprecated it, and the note.
    pub deprecated: Deprecated,
}

/// An old name of a type beside an operation.
#[derive(Debug)]
pub(crate) struct OldType {
    /// The old name.
    pub name: String,
    /// Index of the group that has the type now.
    pub group: usize,
    /// Index of the operation that has the type.
    pub operation: usize,
    /// The name that it has now.
    pub target: String,
    /// The version that deprecated it, and the note.
    pub deprecated: Deprecated,
}

/// A group that is gone. Its operations are those of other groups now.
#[derive(Debug)]
pub(crate) struct OldGroup {
    /// Name of its type.
    pub name: String,
    /// Name of its file and of its accessor on the client.
    pub module: String,
    /// Old names of types beside its operations.
    pub types: Vec<OldType>,
    /// The version that deprecated it, and the note.
    pub deprecated: Deprecated,
}

/// A path of an old name.
enum OldPath<'l> {
    /// A method of the client.
    OnClient(&'l str),
    /// A method of a group: the type of the group, and the method.
    Method(&'l str, &'l str),
    /// A type beside an operation: the module of its group, and the type.
    Type(&'l str, &'l str),
}

impl<'l> OldPath<'l> {
    fn of(path: &'l str) -> Option<Self> {
        let is_type = |name: &str| name.starts_with(|c: char| c.is_ascii_uppercase());
        match path.split("::").collect::<Vec<_>>().as_slice() {
            ["Client", method] => Some(Self::OnClient(method)),
            ["api", module, name] if is_type(name) => Some(Self::Type(module, name)),
            ["api", group, method] => Some(Self::Method(group, method)),
            _ => None,
        }
    }
}

/// Adds the old names that the lock keeps to the groups. Returns the groups that are gone.
pub(in crate::plan) fn old_names(lock: &Lock, version: &str, groups: &mut [Group]) -> Vec<OldGroup> {
    let places = groups.iter().enumerate().flat_map(|(group, found)| {
        let operations = found.operations.iter().enumerate();
        operations.map(move |(operation, found)| (found.route(), (group, operation)))
    });
    let places = places.collect();
    let modules_by_type =
        lock.old_groups().map(|(path, module)| (path.replace("api::", ""), module.to_owned())).collect();
    let mut names = OldNames { groups, places, modules_by_type, gone: BTreeMap::new() };
    for old in lock.old_names(version) {
        names.add(&old);
    }
    names.finish()
}

/// The old names that are added to groups.
struct OldNames<'g> {
    groups: &'g mut [Group],
    /// Group and operation by method and path.
    places: BTreeMap<String, (usize, usize)>,
    /// The modules of groups that are gone, by the names of their types.
    modules_by_type: BTreeMap<String, String>,
    /// Groups that are gone, by their modules.
    gone: BTreeMap<String, OldGroup>,
}

impl OldNames<'_> {
    /// Adds the old name of an operation, or of a type beside one.
    fn add(&mut self, old: &OldName<'_>) {
        let Some(path) = OldPath::of(old.path) else { return };
        let (place, role) = match self.places.get(old.now) {
            Some(_) => (old.now, ""),
            None => old.now.rsplit_once(' ').unwrap_or((old.now, "")),
        };
        let Some(&(index, operation)) = self.places.get(place) else { return };
        let Some(group) = self.groups.get(index) else { return };
        let Some(found) = group.operations.get(operation) else { return };
        let use_operation = deprecated(old, &group.call_expression(&found.name));
        match path {
            OldPath::OnClient(name) if group.on_client => {
                self.add_operation(index, None, name, operation, use_operation);
            }
            OldPath::Method(group_type, name) if !group.on_client => {
                let has_moved = group.name != group_type;
                let is_known = self.groups.iter().any(|group| !group.on_client && group.name == group_type);
                match self.modules_by_type.get(group_type).cloned() {
                    _ if is_known => {}
                    Some(module) => drop(self.old_group(group_type, &module, &use_operation)),
                    None => return,
                }
                self.add_operation(index, has_moved.then(|| group_type.to_owned()), name, operation, use_operation);
            }
            OldPath::Type(module, name) => {
                let target = found.types.iter().find(|(known, _)| known == role).map(|(_, name)| name.clone());
                let Some(target) = target else { return };
                let deprecated = deprecated(old, &format!("api::{}::{target}", group.module));
                let ty = OldType { name: name.to_owned(), group: index, operation, target, deprecated };
                self.add_type(module, ty, &use_operation);
            }
            OldPath::OnClient(_) | OldPath::Method(..) => {}
        }
    }

    fn add_operation(
        &mut self,
        group: usize,
        old_group: Option<String>,
        name: &str,
        operation: usize,
        deprecated: Deprecated,
    ) {
        if let Some(group) = self.groups.get_mut(group) {
            group.old_operations.push(OldOperation { group: old_group, name: name.to_owned(), operation, deprecated });
        }
    }

    /// Adds the old name of a type to the module that had it.
    fn add_type(&mut self, module: &str, ty: OldType, use_operation: &Deprecated) {
        if let Some(group) = self.groups.iter_mut().find(|group| group.module == module) {
            group.old_types.push(ty);
            return;
        }
        let name = self.modules_by_type.iter().find(|(_, known)| *known == module).map(|(name, _)| name.clone());
        if let Some(name) = name {
            self.old_group(&name, module, use_operation).types.push(ty);
        }
    }

    fn old_group(&mut self, name: &str, module: &str, use_operation: &Deprecated) -> &mut OldGroup {
        let group = || OldGroup {
            name: name.to_owned(),
            module: module.to_owned(),
            types: Vec::new(),
            deprecated: use_operation.clone(),
        };
        self.gone.entry(module.to_owned()).or_insert_with(group)
    }

    /// The groups that exist only for old names.
    fn finish(self) -> Vec<OldGroup> {
        let Self { groups, gone, .. } = self;
        let mut gone: Vec<OldGroup> = gone.into_values().collect();
        for old in &mut gone {
            let has_old_operation = |group: &&Group| {
                group.old_operations.iter().any(|operation| operation.group.as_ref() == Some(&old.name))
            };
            let accessors: Vec<String> = groups
                .iter()
                .filter(|group| has_old_operation(group))
                .map(|group| format!("`client.{}()`", group.module))
                .collect();
            old.deprecated.note = format!("use {}", accessors.join(" or "));
        }
        gone
    }
}

fn deprecated(old: &OldName<'_>, now: &str) -> Deprecated {
    Deprecated { since: old.since.to_owned(), note: format!("use `{now}`") }
}
