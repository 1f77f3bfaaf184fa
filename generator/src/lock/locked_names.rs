//! Finds the places of a lock in a description, and returns the names that the lock has for them. The description can be
//! another version than the one that the lock was made for.

use super::entries::{ByPlace, ChildEntries, ChildEntry, OperationEntry, TypeEntry};
use super::moved;
use super::{Lock, LockedChildren, span};
use crate::api::{Api, SchemaId, Shape};
use crate::diagnostic::{Code, Diagnostics};
use crate::span::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// The names of a lock, by the places of a description. Without a lock there are none.
#[derive(Debug, Default)]
pub(crate) struct LockedNames {
    /// The lock.
    pub(super) old: Option<Lock>,
    /// Names of types by pointer.
    types: ByPlace<String>,
    /// Names of types by schema, for the first type of a place.
    schemas: BTreeMap<SchemaId, String>,
    /// Of the schemas with the same place, the one whose names the lock has.
    first_at_place: BTreeSet<SchemaId>,
    /// Entries of the lock by new pointer, also of types whose name is released: what a type has beside its name.
    type_entries: ByPlace<TypeEntry>,
    fields: ByPlace<ChildEntries>,
    variants: ByPlace<ChildEntries>,
    /// Operations by method and path.
    operations: ByPlace<OperationEntry>,
    /// Operations whose `operationId` is another one.
    renamed: BTreeSet<String>,
    parameters: ByPlace<ChildEntries>,
    operation_types: ByPlace<ChildEntries>,
    /// The new place of each type of the lock.
    pub(super) new_places_of_types: BTreeMap<String, String>,
    /// The new place of each operation of the lock.
    pub(super) new_places_of_operations: BTreeMap<String, String>,
    /// Names of the lock whose place is gone or moved, as paths, each with the new place, if there is one. Only the new place
    /// may take the name.
    released_names: BTreeMap<String, Option<String>>,
}

/// The names that the lock has for the children of a type.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LockedTypeChildren<'p> {
    /// The fields of a struct.
    pub fields: LockedChildren<'p>,
    /// The variants of an enum or union.
    pub variants: LockedChildren<'p>,
    /// The field or variant for everything that the description does not define.
    pub rest: Option<&'p str>,
    /// The struct that the constructor takes.
    pub arguments: Option<&'p str>,
}

/// The name that the lock has for the method of an operation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LockedMethod<'p> {
    /// The path of the group.
    pub group: &'p str,
    /// The name of the method.
    pub name: &'p str,
    /// True if the description gives the operation another `operationId` now.
    pub renamed: bool,
}

impl LockedNames {
    /// The name of the type of a place.
    #[must_use]
    pub(crate) fn type_name(&self, pointer: &str) -> Option<&str> {
        self.types.get(pointer).map(String::as_str)
    }

    /// The name of the type of a schema.
    #[must_use]
    pub(crate) fn schema_name(&self, id: SchemaId) -> Option<&str> {
        self.schemas.get(&id).map(String::as_str)
    }

    /// The names of the children of a type. A place can have several types, and the lock has one of them.
    #[must_use]
    pub(crate) fn children_of_type(&self, id: SchemaId, pointer: &str) -> LockedTypeChildren<'_> {
        if !self.first_at_place.contains(&id) {
            return LockedTypeChildren::default();
        }
        let entry = self.type_entries.get(pointer);
        LockedTypeChildren {
            fields: LockedChildren(self.fields.get(pointer)),
            variants: LockedChildren(self.variants.get(pointer)),
            rest: entry.and_then(|entry| entry.rest.as_deref()),
            arguments: entry.and_then(|entry| entry.arguments.as_deref()),
        }
    }

    /// The parameters of an operation.
    #[must_use]
    pub(crate) fn parameters_of(&self, route: &str) -> LockedChildren<'_> {
        LockedChildren(self.parameters.get(route))
    }

    /// The types beside an operation.
    #[must_use]
    pub(crate) fn operation_types_of(&self, route: &str) -> LockedChildren<'_> {
        LockedChildren(self.operation_types.get(route))
    }

    /// The variants of the enum of webhooks.
    #[must_use]
    pub(crate) fn webhooks(&self) -> LockedChildren<'_> {
        LockedChildren(self.old.as_ref().map(|lock| &lock.webhooks))
    }

    /// The types of the success and of the error of an operation, by statuses.
    #[must_use]
    pub(crate) fn results_of(&self, route: &str) -> [Option<&str>; 2] {
        let entry = self.operations.get(route);
        [entry.and_then(|entry| entry.success.as_deref()), entry.and_then(|entry| entry.error.as_deref())]
    }

    /// The name of the method of an operation.
    #[must_use]
    pub(crate) fn method_of(&self, route: &str) -> Option<LockedMethod<'_>> {
        let (group, name) = self.operations.get(route)?.name.rsplit_once("::")?;
        Some(LockedMethod { group, name, renamed: self.renamed.contains(route) })
    }

    /// Groups of the lock, also those that are gone: tag or segment, path, accessor.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let groups = self.old.iter().flat_map(|lock| &lock.groups);
        let groups =
            groups.filter_map(|(title, entry)| Some((title.as_str(), entry.name.as_str(), entry.module.as_deref()?)));
        let gone = self.old.iter().flat_map(|lock| &lock.gone);
        groups.chain(gone.filter_map(|(path, gone)| Some((&*gone.place, path.as_str(), gone.module.as_deref()?))))
    }

    /// The structs that constructors take.
    pub(crate) fn argument_structs(&self) -> impl Iterator<Item = &str> {
        self.type_entries.values().filter_map(|entry| entry.arguments.as_deref())
    }

    /// Names of types whose place is gone or moved, each with the new place. Only the new place may take the name.
    pub(crate) fn released_type_names(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.released_names.iter().filter_map(|(name, now)| Some((name.strip_prefix("models::")?, now.as_deref())))
    }

    /// The place that a deprecated name stands for.
    pub(super) fn place_of_old_name(&self, name: &str) -> Option<String> {
        self.released_names.get(name).cloned().flatten()
    }

    /// Names of methods of a group whose operation is gone or moved.
    pub(crate) fn released_methods<'p>(&'p self, group: &str) -> impl Iterator<Item = &'p str> {
        let start = format!("{group}::");
        self.released_names.keys().filter_map(move |name| name.strip_prefix(&start)).filter(|name| !name.contains("::"))
    }

    /// Names of methods that a group had in the lock.
    pub(crate) fn old_methods<'p>(&'p self, group: &str) -> impl Iterator<Item = &'p str> {
        let start = format!("{group}::");
        self.operations.values().filter_map(move |entry| entry.name.strip_prefix(&start))
    }

    /// Names of types beside the operations of a group, by its accessor.
    pub(crate) fn types_of_group<'p>(&'p self, module: &str) -> impl Iterator<Item = &'p str> {
        let (start, module) = (format!("api::{module}::"), module.to_owned());
        let gone = self.released_names.keys().filter_map(move |name| name.strip_prefix(&start));
        let of_operations =
            self.old.iter().flat_map(|lock| lock.operation_types.iter().map(move |types| (lock, types)));
        let of_operations = of_operations.filter(move |(lock, (place, _))| {
            lock.operations.get(*place).and_then(|operation| lock.module_of(operation)) == Some(&module)
        });
        of_operations.flat_map(|(_, (_, types))| types.values()).map(|entry| entry.name.as_str()).chain(gone)
    }
}

/// The places with types of their own, the type of a place that has several ones first.
pub(crate) fn places(api: &Api) -> BTreeMap<&str, SchemaId> {
    let components: BTreeSet<SchemaId> = api.components.values().copied().collect();
    let mut found: Vec<(&str, bool, usize, SchemaId)> = Vec::new();
    for (id, schema) in api.schemas.entries() {
        let named = match &schema.shape {
            Shape::Object(_) | Shape::Enum(_) | Shape::Union(_) => true,
            Shape::Tuple(tuple) => !tuple.is_rust_tuple(),
            _ => components.contains(&id),
        };
        if named {
            found.push((&schema.origin.pointer, !components.contains(&id), schema.name_words.len(), id));
        }
    }
    for duplicate in &api.duplicates {
        found.push((&duplicate.origin.pointer, true, duplicate.name_words.len(), duplicate.of));
    }
    found.sort();
    let mut places = BTreeMap::new();
    for (pointer, _, _, id) in found {
        places.entry(pointer).or_insert(id);
    }
    places
}

impl Lock {
    /// Finds the places of the lock in a description. Reports entries that cannot be matched; `file` is the lock's.
    pub(crate) fn names_of(&self, api: &Api, file: FileId, diagnostics: &mut Diagnostics) -> LockedNames {
        let places = places(api);
        let mut locked = LockedNames {
            new_places_of_operations: moved::operations(&self.operations, api),
            ..LockedNames::default()
        };
        let moved = moved::types(self, api, &places, &locked.new_places_of_operations, (file, diagnostics));
        locked.new_places_of_types = moved.now;
        for (old, entry) in &self.types {
            let name = format!("models::{}", entry.name);
            match locked.new_places_of_types.get(old) {
                Some(now) if now == old || moved.keep.contains(now) => {
                    locked.types.insert(now.clone(), entry.name.clone());
                }
                now => drop(locked.released_names.insert(name, now.cloned())),
            }
        }
        locked.add_gone(self, api, &places, file, diagnostics);
        locked.add_children(self, api, &places);
        locked.add_operations(self, api);
        locked.old = Some(self.clone());
        locked
    }
}

impl LockedNames {
    /// Adds names that earlier versions of the description gave. A place that comes back has its name again.
    fn add_gone(
        &mut self,
        lock: &Lock,
        api: &Api,
        places: &BTreeMap<&str, SchemaId>,
        file: FileId,
        diagnostics: &mut Diagnostics,
    ) {
        for (name, gone) in &lock.gone {
            let plain = name.strip_prefix("models::");
            if let Some(plain) = plain
                && places.contains_key(gone.place.as_str())
                && !self.types.contains_key(&gone.place)
                && !lock.types.contains_key(&gone.place)
            {
                self.types.insert(gone.place.clone(), plain.to_owned());
                continue;
            }
            if gone.now.is_none() {
                self.restore(name, &gone.place, api);
            }
            let now = gone.now.as_ref().map(|now| self.new_place(now, plain.is_some(), places));
            if let (Some(None), Some(target)) = (&now, &gone.now) {
                let message = format!("the lock keeps `{name}` for `{target}`, which is gone");
                diagnostics.report(Code::LockTargetGone, span(file, &gone.span), message);
            }
            self.released_names.insert(name.clone(), now.flatten());
        }
    }

    /// Restores the names of an operation that comes back.
    fn restore(&mut self, name: &str, place: &str, api: &Api) {
        let known = |place: &str| api.operations.iter().any(|operation| operation.route() == place);
        let is_free = |locked: &Self, place: &str| !locked.new_places_of_operations.values().any(|now| now == place);
        if known(place) && is_free(self, place) {
            let entry = OperationEntry { name: name.to_owned(), ..OperationEntry::default() };
            self.operations.insert(place.to_owned(), entry);
        } else if let (Some((place, role)), Some((_, name))) = (place.rsplit_once(' '), name.rsplit_once("::"))
            && known(place)
            && is_free(self, place)
        {
            let types = self.operation_types.entry(place.to_owned()).or_default();
            types.insert(role.to_owned(), ChildEntry::named(name));
        }
    }

    /// The place that a deprecated name stands for.
    fn new_place(&self, target: &str, is_type: bool, places: &BTreeMap<&str, SchemaId>) -> Option<String> {
        if is_type {
            let known = places.contains_key(target).then(|| target.to_owned());
            return known.or_else(|| self.new_places_of_types.get(target).cloned());
        }
        // The name of a method, or that of a type beside it with its role.
        let (place, role) = match self.new_places_of_operations.get(target) {
            Some(_) => (target, ""),
            None => target.rsplit_once(' ').unwrap_or((target, "")),
        };
        let now = self.new_places_of_operations.get(place)?;
        Some(if role.is_empty() { now.clone() } else { format!("{now} {role}") })
    }

    /// Adds the names of the children of each type, under the new place of the type.
    fn add_children(&mut self, lock: &Lock, api: &Api, places: &BTreeMap<&str, SchemaId>) {
        for (old, now) in &self.new_places_of_types {
            // An alias in the lock may be a separate type now. It does not take the arguments struct of the alias target.
            let owner = lock.place_of_children(old);
            if let Some(entry) = lock.types.get(owner) {
                let arguments = entry.arguments.clone().filter(|_| owner == old);
                self.type_entries.insert(now.clone(), TypeEntry { arguments, ..entry.clone() });
            }
            if let Some(fields) = lock.fields.get(owner) {
                self.fields.insert(now.clone(), fields.clone());
            }
            if let Some(variants) = lock.variants.get(owner) {
                let key = |key: &String| {
                    let now = self.new_places_of_types.get(key).unwrap_or(key);
                    let schema = places.get(now.as_str()).and_then(|id| api.schemas.get(id));
                    schema.map_or_else(|| now.clone(), |schema| schema.origin.pointer.clone())
                };
                let variants = variants.iter().map(|(name, entry)| (key(name), entry.clone())).collect();
                self.variants.insert(now.clone(), variants);
            }
        }
        for (place, id) in places {
            let Some(schema) = api.schemas.get(id) else { continue };
            let pointer = &schema.origin.pointer;
            if pointer == place {
                self.first_at_place.insert(*id);
            }
            if let Some(name) = self.type_name(place).filter(|_| pointer == place) {
                self.schemas.insert(*id, name.to_owned());
            }
            // Another place stood for the type before.
            if let Some(found) =
                self.type_entries.get(*place).filter(|_| !self.type_entries.contains_key(pointer)).cloned()
            {
                self.type_entries.insert(pointer.clone(), found);
            }
            for members in [&mut self.fields, &mut self.variants] {
                if let Some(found) = members.get(*place).filter(|_| !members.contains_key(pointer)).cloned() {
                    members.insert(pointer.clone(), found);
                }
            }
        }
    }

    /// Adds the names of operations, parameters and types beside operations, under the new places of the operations.
    fn add_operations(&mut self, lock: &Lock, api: &Api) {
        let ids: BTreeMap<String, Option<&String>> =
            api.operations.iter().map(|operation| (operation.route(), operation.id.as_ref())).collect();
        for (old, entry) in &lock.operations {
            let Some(now) = self.new_places_of_operations.get(old) else {
                self.released_names.insert(entry.name.clone(), None);
                continue;
            };
            let id = ids.get(now).copied().flatten();
            if entry.id.as_ref().zip(id).is_some_and(|(old, new)| old != new) {
                self.renamed.insert(now.clone());
            }
            self.operations.insert(now.clone(), entry.clone());
            let tables = [(&lock.parameters, &mut self.parameters), (&lock.operation_types, &mut self.operation_types)];
            for (from, to) in tables {
                if let Some(found) = from.get(old) {
                    to.insert(now.clone(), found.clone());
                }
            }
        }
    }
}
