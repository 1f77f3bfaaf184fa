//! Makes the lock of a planned crate from its names and from the lock before.

use super::entries::{ByPlace, ChildEntries, ChildEntry, GoneEntry, GroupEntry, OperationEntry, TypeEntry};
use super::locked_names::LockedNames;
use super::shape::{is_member_key, members};
use super::{ChildName, ChildNames, CrateNames, GroupNames, Lock, OperationNames, TypeNames};
use crate::api::{Api, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// The lock of a crate with these names. `locked` has the names of the lock before.
pub(crate) fn record(api: &Api, names: &CrateNames, locked: &LockedNames, version: &str) -> Lock {
    let mut lock = Lock::default();
    names.types.iter().for_each(|names| add_type(&mut lock, api, names, locked));
    for group in &names.groups {
        for title in &group.titles {
            let entry =
                GroupEntry { name: group.path.clone(), module: Some(group.module.clone()), ..GroupEntry::default() };
            lock.groups.entry(title.clone()).or_insert(entry);
        }
        group.operations.iter().for_each(|operation| add_operation(&mut lock, group, operation, locked));
    }
    lock.webhooks = with_gone(locked.webhooks().0, of_names(&names.webhooks));
    record_gone(&mut lock, version, locked);
    lock
}

/// Adds the lines of a type.
fn add_type(lock: &mut Lock, api: &Api, names: &TypeNames, locked: &LockedNames) {
    let TypeNames { place, name, rest, arguments, of, .. } = names;
    let children = of_children(api, names, locked);
    let shape = api.schemas.get(names.schema).map(|schema| &schema.shape);
    let looks_like_a_union = !children.is_empty() && children.keys().all(|key| is_member_key(key));
    let is_enum = looks_like_a_union && matches!(shape, Some(Shape::Enum(_)));
    match &names.children {
        ChildNames::Fields(..) => drop(lock.fields.insert(place.clone(), children)),
        ChildNames::Variants(_) => drop(lock.variants.insert(place.clone(), children)),
        ChildNames::None => {}
    }
    let of = of.clone().filter(|of| !of.is_empty() && of != place);
    let (name, rest, arguments) = (name.clone(), rest.clone(), arguments.clone());
    let entry = TypeEntry { name, rest, arguments, of, is_enum, ..TypeEntry::default() };
    lock.types.insert(place.clone(), entry);
}

/// The fields or variants of a type.
fn of_children(api: &Api, names: &TypeNames, locked: &LockedNames) -> ChildEntries {
    let locked = locked.children_of_type(names.schema, &names.pointer);
    match &names.children {
        ChildNames::Fields(fields, order) => {
            let kinds = members(api, names.schema);
            let kind = |key: &str| kinds.get(key).copied().flatten().map(str::to_owned);
            let children = fields
                .iter()
                .map(|field| (field.key.clone(), ChildEntry { kind: kind(&field.key), ..of_child(field) }));
            let mut entries = positioned(locked.fields.0, children.collect());
            number_arguments(locked.fields.0, &mut entries, order);
            with_gone(locked.fields.0, entries)
        }
        ChildNames::Variants(variants) => {
            let children = variants.iter().map(|variant| (variant.key.clone(), of_child(variant)));
            with_gone(locked.variants.0, positioned(locked.variants.0, children.collect()))
        }
        ChildNames::None => ChildEntries::new(),
    }
}

fn of_child(child: &ChildName) -> ChildEntry {
    ChildEntry { boxed: Some(child.is_boxed), ..ChildEntry::named(&child.name) }
}

/// Positions of children: those of the lock stay, new ones follow.
fn positioned(old: Option<&ChildEntries>, children: Vec<(String, ChildEntry)>) -> ChildEntries {
    let known = |key: &str| old?.get(key)?.position;
    let mut next =
        old.into_iter().flat_map(BTreeMap::values).filter_map(|entry| entry.position).max().unwrap_or_default();
    let mut entries = ChildEntries::new();
    for (key, mut entry) in children {
        entry.position = known(&key).or_else(|| {
            next = next.saturating_add(1);
            Some(next)
        });
        entries.entry(key).or_insert(entry);
    }
    entries
}

/// Positions of arguments: those of the lock stay, new ones follow.
fn number_arguments(old: Option<&ChildEntries>, entries: &mut ChildEntries, order: &[String]) {
    let known = |key: &str| old?.get(key)?.argument_position;
    let all = old.into_iter().flat_map(BTreeMap::values);
    let mut next = all.filter_map(|entry| entry.argument_position).max().unwrap_or_default();
    for key in order {
        if let Some(entry) = entries.get_mut(key) {
            entry.argument_position = known(key).or_else(|| {
                next = next.saturating_add(1);
                Some(next)
            });
        }
    }
}

/// Children that are gone stay, so that no other child gets their names.
fn with_gone(old: Option<&ChildEntries>, mut entries: ChildEntries) -> ChildEntries {
    let names: BTreeSet<String> = entries.values().map(|entry| entry.name.clone()).collect();
    for (key, entry) in old.into_iter().flatten().filter(|(_, entry)| !names.contains(&entry.name)) {
        entries.entry(key.clone()).or_insert_with(|| ChildEntry { gone: true, ..entry.clone() });
    }
    entries
}

/// Adds the lines of an operation.
fn add_operation(lock: &mut Lock, group: &GroupNames, names: &OperationNames, locked: &LockedNames) {
    let place = &names.place;
    let [success, error] = names.results.clone();
    let name = format!("{}::{}", group.path, names.method);
    let entry = OperationEntry { name, id: names.id.clone(), success, error, ..OperationEntry::default() };
    lock.operations.insert(place.clone(), entry);
    let old = locked.parameters_of(place).0;
    let mut parameters = of_names(&names.parameters);
    number_arguments(old, &mut parameters, &names.arguments);
    let parameters = with_gone(old, parameters);
    if !parameters.is_empty() {
        lock.parameters.insert(place.clone(), parameters);
    }
    lock.operation_types.insert(place.clone(), of_names(&names.types));
}

/// The children with these names, each after its key.
fn of_names(names: &[(String, String)]) -> ChildEntries {
    names.iter().map(|(key, name)| (key.clone(), ChildEntry::named(name))).collect()
}

/// The names that are gone: those of the lock before, and those that it had and the crate does not have.
fn record_gone(lock: &mut Lock, version: &str, locked: &LockedNames) {
    let Some(old) = &locked.old else { return };
    let mut found: ByPlace<GoneEntry> = BTreeMap::new();
    let mut add = |name: String, place: &str, now: Option<String>, module: Option<&String>| {
        let since = now.as_ref().map(|_| version.to_owned());
        let module = module.cloned();
        let gone = GoneEntry { place: place.to_owned(), now, module, since, ..GoneEntry::default() };
        found.insert(name, gone);
    };
    for (place, entry) in &old.types {
        add(format!("models::{}", entry.name), place, locked.new_places_of_types.get(place).cloned(), None);
    }
    for (title, entry) in &old.groups {
        add(entry.name.clone(), title, None, entry.module.as_ref());
    }
    for (place, entry) in &old.operations {
        let now = locked.new_places_of_operations.get(place);
        add(entry.name.clone(), place, now.cloned(), None);
        let module = old.module_of(entry).unwrap_or("calls");
        for (role, entry) in old.operation_types.get(place).into_iter().flatten() {
            let types = now.and_then(|now| lock.operation_types.get(now));
            let now = now.filter(|_| types.is_some_and(|types| types.contains_key(role)));
            let now = now.map(|now| format!("{now} {role}"));
            add(format!("api::{module}::{}", entry.name), &format!("{place} {role}"), now, None);
        }
    }
    for (name, gone) in &old.gone {
        let now = gone.now.as_ref().and_then(|_| locked.place_of_old_name(name));
        found.insert(name.clone(), GoneEntry { now, ..gone.clone() });
    }
    let used = used(lock);
    found.retain(|name, _| !used.contains(name));
    lock.gone = found;
}

/// The names that the crate has.
fn used(lock: &Lock) -> BTreeSet<String> {
    let types = lock.types.values().map(|entry| format!("models::{}", entry.name));
    let operations = lock.operations.values().map(|entry| entry.name.clone());
    let groups = lock.groups.values().map(|entry| entry.name.clone());
    let operation_types = lock.operation_types.iter().flat_map(|(place, types)| {
        let module = lock.operations.get(place).and_then(|entry| lock.module_of(entry)).unwrap_or("calls");
        types.values().map(move |entry| format!("api::{module}::{}", entry.name))
    });
    types.chain(operations).chain(groups).chain(operation_types).collect()
}
