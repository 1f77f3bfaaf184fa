//! The lock of a planned crate.

use super::matching::{Pins, places};
use super::shape::members;
use super::{Entries, Entry, Gone, Lock};
use crate::api::{Api, SchemaId};
use crate::plan::methods::{BODY, Group, Method};
use crate::plan::models::{Kind, Model};
use crate::plan::type_of::Types;
use std::collections::{BTreeMap, BTreeSet};

/// The lock of a crate. `pins` has the names of the lock before.
pub(crate) fn record(api: &Api, types: &Types<'_>, models: &[Model], groups: &[Group], version: &str) -> Lock {
    let (mut lock, pins) = (Lock::default(), types.renames().pins());
    of_types(&mut lock, api, types, models);
    for group in groups {
        for title in group.titles.iter().filter(|_| !group.on_client) {
            let entry = Entry { name: group.path(), module: Some(group.module.clone()), ..Entry::default() };
            lock.groups.entry(title.clone()).or_insert(entry);
        }
        group.methods.iter().for_each(|method| operation(&mut lock, group, method, pins));
    }
    gone(&mut lock, version, pins);
    lock
}

fn of_types(lock: &mut Lock, api: &Api, types: &Types<'_>, models: &[Model]) {
    let by_name: BTreeMap<&str, &Model> = models.iter().map(|model| (model.name.as_str(), model)).collect();
    let aliases = types.aliases().iter();
    let aliases: BTreeMap<&str, &str> = aliases.map(|alias| (alias.pointer.as_str(), alias.name.as_str())).collect();
    for (place, id) in places(api) {
        let is_own = api.schemas.get(id).is_some_and(|schema| schema.origin.pointer == place);
        // A place without a name of its own has the name of its type.
        let name = if is_own { types.name(id) } else { aliases.get(place).copied() };
        let Some(model) = name.and_then(|name| by_name.get(name)) else { continue };
        let mut entry = Entry { name: model.name.clone(), ..Entry::default() };
        let of_model = of_model(api, id, model, types.renames().pins());
        match &model.kind {
            Kind::Struct(structure) => {
                entry.rest = structure.extra.field().map(|(name, _)| name.to_owned());
                entry.arguments.clone_from(&structure.arguments);
                lock.fields.insert(place.to_owned(), of_model);
            }
            Kind::TextEnum(listed) | Kind::IntegerEnum(listed) => {
                entry.rest.clone_from(&listed.fallback);
                lock.variants.insert(place.to_owned(), of_model);
            }
            Kind::Union(choice) => {
                entry.rest = Some(choice.fallback.clone());
                lock.variants.insert(place.to_owned(), of_model);
            }
            Kind::Alias(_) => {
                let of = model.alias_of().and_then(|name| by_name.get(name)).map(|of| of.pointer.clone());
                entry.of = of.filter(|of| !of.is_empty() && of != place);
            }
        }
        lock.types.insert(place.to_owned(), entry);
    }
}

/// The fields or variants of a type.
fn of_model(api: &Api, id: SchemaId, model: &Model, pins: &Pins) -> Entries {
    let kinds = members(api, id);
    let kind = |key: &str| kinds.get(key).copied().flatten().map(str::to_owned);
    match &model.kind {
        Kind::Struct(structure) => {
            let old = pins.parts(id, &model.pointer).fields.0;
            let order: Vec<String> =
                structure.constructor_arguments().into_iter().map(|field| field.wire.clone()).collect();
            let parts = structure.fields.iter().map(|field| {
                let entry = Entry { name: field.name.clone(), kind: kind(&field.wire), ..Entry::default() };
                (field.wire.clone(), entry)
            });
            let mut entries = positioned(old, parts.collect());
            arguments(old, &mut entries, &order);
            with_gone(old, entries)
        }
        Kind::TextEnum(listed) | Kind::IntegerEnum(listed) => {
            let parts = listed.values.iter().map(|(wire, name, _)| (wire.clone(), named(name)));
            let old = pins.parts(id, &model.pointer).variants.0;
            with_gone(old, positioned(old, parts.collect()))
        }
        Kind::Union(choice) => {
            let parts = choice.members.iter().map(|member| (member.key.clone(), named(&member.variant)));
            let old = pins.parts(id, &model.pointer).variants.0;
            with_gone(old, positioned(old, parts.collect()))
        }
        Kind::Alias(_) => Entries::new(),
    }
}

fn named(name: &str) -> Entry {
    Entry { name: name.to_owned(), ..Entry::default() }
}

/// Positions of parts: those of the lock stay, new ones follow.
fn positioned(old: Option<&Entries>, parts: Vec<(String, Entry)>) -> Entries {
    let known = |key: &str| old?.get(key)?.at;
    let mut next = old.into_iter().flat_map(BTreeMap::values).filter_map(|entry| entry.at).max().unwrap_or_default();
    let mut entries = Entries::new();
    for (key, mut entry) in parts {
        entry.at = known(&key).or_else(|| {
            next = next.saturating_add(1);
            Some(next)
        });
        entries.entry(key).or_insert(entry);
    }
    entries
}

/// Positions of arguments: those of the lock stay, new ones follow.
fn arguments(old: Option<&Entries>, entries: &mut Entries, order: &[String]) {
    let known = |key: &str| old?.get(key)?.argument;
    let all = old.into_iter().flat_map(BTreeMap::values);
    let mut next = all.filter_map(|entry| entry.argument).max().unwrap_or_default();
    for key in order {
        if let Some(entry) = entries.get_mut(key) {
            entry.argument = known(key).or_else(|| {
                next = next.saturating_add(1);
                Some(next)
            });
        }
    }
}

/// Parts that are gone stay, so that no other part gets their names.
fn with_gone(old: Option<&Entries>, mut entries: Entries) -> Entries {
    let names: BTreeSet<String> = entries.values().map(|entry| entry.name.clone()).collect();
    for (key, entry) in old.into_iter().flatten().filter(|(_, entry)| !names.contains(&entry.name)) {
        entries.entry(key.clone()).or_insert_with(|| Entry { gone: true, ..entry.clone() });
    }
    entries
}

fn operation(lock: &mut Lock, group: &Group, method: &Method, pins: &Pins) {
    let place = method.place();
    let id = Some(method.id.clone()).filter(|id| *id != place);
    let name = format!("{}::{}", group.path(), method.name);
    let [success, error] = method.locked.values.clone();
    lock.operations.insert(place.clone(), Entry { name, id, success, error, ..Entry::default() });
    let old = pins.parameters(&place).0;
    let inputs: Vec<_> = method.inputs.iter().filter(|input| !input.is_silent()).collect();
    let mut parameters: Entries = inputs.iter().map(|input| (input.key.clone(), named(&input.name))).collect();
    let mut order: Vec<String> =
        inputs.iter().filter(|input| input.is_argument()).map(|input| input.key.clone()).collect();
    if let Some(body) = method.body.as_ref().filter(|body| body.required) {
        parameters.insert(BODY.to_owned(), named(&body.name));
        order.push(BODY.to_owned());
    }
    arguments(old, &mut parameters, &order);
    let parameters = with_gone(old, parameters);
    if !parameters.is_empty() {
        lock.parameters.insert(place.clone(), parameters);
    }
    let types = method.types.iter().map(|(role, name)| (role.clone(), named(name))).collect();
    lock.operation_types.insert(place, types);
}

/// The names that are gone: those of the lock before, and those that it had and the crate does not have.
fn gone(lock: &mut Lock, version: &str, pins: &Pins) {
    let Some(old) = &pins.old else { return };
    let mut found: BTreeMap<String, Gone> = BTreeMap::new();
    let mut add = |name: String, place: &str, now: Option<String>, module: Option<&String>| {
        let since = now.as_ref().map(|_| version.to_owned());
        let module = module.cloned();
        let gone = Gone { place: place.to_owned(), now, module, since, ..Gone::default() };
        found.insert(name, gone);
    };
    for (place, entry) in &old.types {
        add(format!("models::{}", entry.name), place, pins.types_now.get(place).cloned(), None);
    }
    for (title, entry) in &old.groups {
        add(entry.name.clone(), title, None, entry.module.as_ref());
    }
    for (place, entry) in &old.operations {
        let now = pins.operations_now.get(place);
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
        let now = gone.now.as_ref().and_then(|_| pins.gone_now(name));
        found.insert(name.clone(), Gone { now, ..gone.clone() });
    }
    let used = used(lock);
    found.retain(|name, _| !used.contains(name));
    lock.gone = found;
}

/// The names that the crate has.
fn used(lock: &Lock) -> BTreeSet<String> {
    let types = lock.types.values().map(|entry| format!("models::{}", entry.name));
    let others = lock.operations.values().chain(lock.groups.values()).map(|entry| entry.name.clone());
    let beside = lock.operation_types.iter().flat_map(|(place, types)| {
        let module = lock.operations.get(place).and_then(|entry| lock.module_of(entry)).unwrap_or("calls");
        types.values().map(move |entry| format!("api::{module}::{}", entry.name))
    });
    types.chain(others).chain(beside).collect()
}
