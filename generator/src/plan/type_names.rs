//! The names of types: of components, inline schemas and server variables. A name depends on the place of its schema, and
//! on what wants the same name. Knows where schemas stand; must not know what they look like.

mod contest;
mod longer;

use super::names::{Scope, type_name};
use super::renames::Renames;
use super::type_of::is_named;
use crate::api::{Api, Schema, SchemaId, Shape};
use crate::lock::LockedNames;
use contest::{Claim, Kind, Target, settle};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The names of types.
#[derive(Debug, Default)]
pub(super) struct TypeNames {
    /// By schema: components, and inline schemas with types of their own.
    pub(super) schemas: BTreeMap<SchemaId, String>,
    /// The `pub type` aliases: names of inline schemas that are duplicates of another one.
    pub(super) aliases: Vec<Alias>,
    /// For each schema that is a duplicate of another one: the alias that code at its place uses.
    pub(super) places: BTreeMap<SchemaId, String>,
    /// By server variable.
    pub(super) variables: BTreeMap<String, String>,
}

/// A further name of a type.
#[derive(Debug)]
pub(crate) struct Alias {
    /// The name.
    pub(crate) name: String,
    /// Its place.
    pub(crate) pointer: String,
    /// The schema of the type.
    pub(super) of: SchemaId,
}

/// The item that a name is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Schema(SchemaId),
    Duplicate(usize),
    Variable(usize),
}

/// Names every type. `variables` are the server variables with types.
pub(super) fn type_names(
    api: &Api,
    renames: &Renames<'_>,
    locked: &LockedNames,
    variables: &[&str],
    scope: &mut Scope,
) -> TypeNames {
    let (known_names, titles, roots) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
    let mut naming = Naming { api, renames, locked, known_names, renamed: Vec::new(), titles, roots };
    let mut names = TypeNames::default();
    naming.take_known_names(scope);
    let locked_aliases = naming.locked_aliases(scope);
    let released: BTreeMap<&str, Option<&str>> = locked.released_type_names().collect();
    locked.argument_structs().for_each(|name| scope.reserve(name));
    naming.roots();
    naming.titles();
    let mut owners = Vec::new();
    let mut claims = Vec::new();
    for (owner, claim) in naming.components().chain(naming.inline()).chain(Naming::variables(variables)) {
        owners.push(owner);
        claims.push(claim);
    }
    // A released name is free only for the place that its type has now.
    let is_taken =
        |name: &str, pointer: &str| scope.is_taken(name) || released.get(name).is_some_and(|now| *now != Some(pointer));
    let found = settle(&claims, is_taken);
    names.schemas = std::mem::take(&mut naming.known_names);
    for (owner, name) in owners.iter().zip(&found) {
        match owner {
            Owner::Schema(id) => drop(names.schemas.insert(*id, name.clone())),
            Owner::Variable(index) => {
                drop(
                    variables.get(*index).map(|variable| names.variables.insert((*variable).to_owned(), name.clone())),
                );
            }
            Owner::Duplicate(_) => {}
        }
    }
    let mut known: BTreeSet<&String> = BTreeSet::new();
    for (owner, name) in owners.iter().zip(&found) {
        let Owner::Duplicate(index) = owner else { continue };
        let Some(duplicate) = api.duplicates.get(*index) else { continue };
        let is_name_of_type = names.schemas.get(&duplicate.of).is_none_or(|type_name| type_name == name);
        if !is_name_of_type && known.insert(name) {
            let (pointer, of) = (duplicate.origin.pointer.clone(), duplicate.of);
            names.aliases.push(Alias { name: name.clone(), pointer, of });
        }
    }
    for (index, name) in locked_aliases {
        let Some(duplicate) = api.duplicates.get(index) else { continue };
        if names.schemas.get(&duplicate.of).is_some_and(|type_name| *type_name != name) {
            names.aliases.push(Alias { name, pointer: duplicate.origin.pointer.clone(), of: duplicate.of });
        }
    }
    names.places = place_aliases(api, locked, owners.iter().zip(&found), &names.schemas);
    found.iter().map(String::as_str).chain(released.into_keys()).for_each(|name| scope.reserve(name));
    names
}

/// The aliases of places with types of other places, by the schemas of these places. The copy of a component has the component's
/// name.
fn place_aliases<'n>(
    api: &Api,
    locked: &LockedNames,
    found: impl Iterator<Item = (&'n Owner, &'n String)>,
    types: &BTreeMap<SchemaId, String>,
) -> BTreeMap<SchemaId, String> {
    let of_duplicates = found.filter_map(|(owner, name)| match owner {
        Owner::Duplicate(index) => Some((api.duplicates.get(*index)?, name.as_str())),
        Owner::Schema(_) | Owner::Variable(_) => None,
    });
    let of_lock = api.duplicates.iter();
    let of_lock = of_lock.filter_map(|duplicate| Some((duplicate, locked.type_name(&duplicate.origin.pointer)?)));
    let by_place: BTreeMap<&str, (SchemaId, &str)> = of_duplicates
        .chain(of_lock)
        .map(|(duplicate, name)| (duplicate.origin.pointer.as_str(), (duplicate.of, name)))
        .collect();
    let components: BTreeSet<SchemaId> = api.components.values().copied().collect();
    let places = api.schemas.entries().filter(|(_, schema)| matches!(schema.shape, Shape::Same(_)));
    let names = places.filter_map(|(id, schema)| {
        let (of, name) = by_place.get(schema.origin.pointer.as_str())?;
        let is_other = types.get(of).is_some_and(|type_name| type_name != name) && !components.contains(of);
        (is_other && api.schemas.resolve(id).0 == *of).then(|| (id, (*name).to_owned()))
    });
    names.collect()
}

/// The state of the naming.
struct Naming<'a> {
    api: &'a Api,
    renames: &'a Renames<'a>,
    locked: &'a LockedNames,
    /// Names from the settings and of the lock, which need no contest.
    known_names: BTreeMap<SchemaId, String>,
    /// The schemas that the settings name.
    renamed: Vec<(&'a Schema, String)>,
    /// Titles that name a type.
    titles: BTreeSet<String>,
    /// The start of the names of schemas in a component.
    roots: BTreeMap<&'a str, String>,
}

impl<'a> Naming<'a> {
    fn schema(&self, id: SchemaId) -> Option<&'a Schema> {
        self.api.schemas.get(id)
    }

    /// Takes the names of the settings and of the lock before all others.
    fn take_known_names(&mut self, scope: &mut Scope) {
        let components: BTreeSet<SchemaId> = self.api.components.values().copied().collect();
        let named = self.api.schemas.entries().filter(|(id, schema)| is_named(schema) || components.contains(id));
        let mut named: Vec<_> =
            named.map(|(id, schema)| (&schema.origin.pointer, id, self.renames.schema(schema))).collect();
        named.sort();
        for (_, id, name) in &named {
            if let (Some(name), Some(schema)) = (name, self.schema(*id)) {
                let name = scope.claim(&type_name(name));
                self.renamed.push((schema, name.clone()));
                self.known_names.insert(*id, name);
            }
        }
        for (_, id, _) in named.into_iter().filter(|(.., name)| name.is_none()) {
            if let Some(name) = self.locked.schema_name(id) {
                self.known_names.insert(id, scope.claim(name));
            }
        }
    }

    /// The names of the lock for places of equal schemas.
    fn locked_aliases(&self, scope: &mut Scope) -> Vec<(usize, String)> {
        let mut known: BTreeSet<&str> = self.known_names.values().map(String::as_str).collect();
        let locked = self.locked;
        let names = self.api.duplicates.iter().enumerate().filter_map(|(index, duplicate)| {
            let name = locked.type_name(&duplicate.origin.pointer)?;
            known.insert(name).then(|| (index, name.to_owned()))
        });
        let names: Vec<(usize, String)> = names.collect();
        names.iter().for_each(|(_, name)| scope.reserve(name));
        names
    }

    fn roots(&mut self) {
        let component = |(name, id): (&'a String, &SchemaId)| {
            (name.as_str(), self.known_names.get(id).cloned().unwrap_or_else(|| type_name(name)))
        };
        self.roots = self.api.components.iter().map(component).collect();
    }

    /// Finds the titles that name one type only, and no component. Titles of schemas without a type of their own count too: they begin
    /// the names of the schemas in them.
    fn titles(&mut self) {
        let mut owners: BTreeMap<String, BTreeSet<SchemaId>> = BTreeMap::new();
        let named = self
            .api
            .schemas
            .entries()
            .filter(|(_, schema)| is_named(schema))
            .map(|(id, schema)| (id, &schema.name_words, &schema.place_words));
        let duplicates = self.api.duplicates.iter();
        let duplicates = duplicates.map(|duplicate| (duplicate.of, &duplicate.name_words, &duplicate.place_words));
        for (id, name_words, place) in named.chain(duplicates) {
            if let ([title], true) = (name_words.as_slice(), name_words != place) {
                owners.entry(type_name(title)).or_default().insert(id);
            }
        }
        owners.retain(|_, owners| owners.len() == 1);
        self.roots.values().for_each(|name| drop(owners.remove(name)));
        let unnamed = self
            .api
            .schemas
            .entries()
            .filter(|(_, schema)| !is_named(schema) && schema.name_words != schema.place_words);
        let unnamed = unnamed.filter_map(|(_, schema)| schema.name_words.first()).map(|title| type_name(title));
        let roots: HashSet<&str> = self.roots.values().map(String::as_str).collect();
        let unnamed: Vec<String> = unnamed.filter(|title| !roots.contains(title.as_str())).collect();
        self.titles = owners.into_keys().chain(unnamed).collect();
    }

    fn components(&self) -> impl Iterator<Item = (Owner, Claim<'a>)> {
        let others = self.api.components.iter().filter(|(_, id)| !self.known_names.contains_key(id));
        others.map(|(name, id)| {
            let pointer = self.schema(*id).map(|schema| schema.origin.pointer.as_str()).unwrap_or_default();
            let (kind, target, plain) = (Kind::Component(name), Target::Schema(*id), type_name(name));
            (Owner::Schema(*id), Claim { kind, target, plain, place_name: None, pointer })
        })
    }

    /// The claims of inline schemas, and of those that equal another one.
    fn inline(&self) -> impl Iterator<Item = (Owner, Claim<'a>)> {
        let components: BTreeSet<SchemaId> = self.api.components.values().copied().collect();
        let named = self.api.schemas.entries().filter(move |(id, schema)| is_named(schema) && !components.contains(id));
        let named = named.filter(|(id, _)| !self.known_names.contains_key(id));
        let named = named.map(|(id, schema)| {
            let pointer = schema.origin.pointer.as_str();
            (Owner::Schema(id), self.claim(pointer, id, &schema.name_words, &schema.outer))
        });
        let locked = self.locked;
        let duplicates = self.api.duplicates.iter().enumerate();
        let duplicates = duplicates.filter(|(_, duplicate)| locked.type_name(&duplicate.origin.pointer).is_none());
        // Places of one type that want one name share it.
        let mut known: BTreeSet<(SchemaId, &str)> =
            self.known_names.iter().map(|(id, name)| (*id, name.as_str())).collect();
        for duplicate in &self.api.duplicates {
            known.extend(locked.type_name(&duplicate.origin.pointer).map(|name| (duplicate.of, name)));
        }
        let duplicates: Vec<(Owner, Claim<'a>)> = duplicates
            .map(|(index, duplicate)| {
                let pointer = duplicate.origin.pointer.as_str();
                let claim = self.claim(pointer, duplicate.of, &duplicate.name_words, &duplicate.outer);
                (Owner::Duplicate(index), claim, duplicate.of)
            })
            .filter(|(_, claim, of)| !known.contains(&(*of, claim.plain.as_str())))
            .map(|(owner, claim, _)| (owner, claim))
            .collect();
        named.chain(duplicates)
    }

    /// The claim of a schema for the name of these words.
    fn claim(&self, pointer: &'a str, id: SchemaId, name_words: &[String], outer: &[Vec<String>]) -> Claim<'a> {
        let words = place_words(name_words, outer, |title| self.titles.contains(&type_name(title)));
        let plain = self.name_of(&words, pointer);
        let all = place_words(name_words, outer, |_| false);
        let place_name = (all != words).then(|| self.name_of(&all, pointer)).filter(|name| *name != plain);
        // A schema inside a component without words of its own, or the schema that a component refers to.
        let component = words.first().filter(|_| words.len() == 1).and_then(|name| self.api.components.get(name));
        let component = component.and_then(|id| self.schema(*id));
        let is_inside = component.is_some_and(|component| {
            component.shape == Shape::Same(id) || pointer.starts_with(&component.origin.pointer)
        });
        let kind = if is_inside { Kind::InComponent } else { Kind::Inline };
        Claim { kind, target: Target::Schema(id), plain, place_name, pointer }
    }

    /// The type name of these words. A schema inside a component begins with the type name of the component, and a schema inside
    /// one that the setting `rename` names begins with that name.
    fn name_of(&self, words: &[String], pointer: &str) -> String {
        let around = self.renamed.iter().filter_map(|(schema, name)| {
            let inside = pointer.strip_prefix(&schema.origin.pointer)?.starts_with('/');
            let rest = words.strip_prefix(schema.name_words.as_slice()).filter(|rest| inside && !rest.is_empty())?;
            Some((schema.name_words.len(), name, rest))
        });
        if let Some((_, name, rest)) = around.max_by_key(|(length, ..)| *length) {
            return type_name(&format!("{name} {}", rest.join(" ")));
        }
        let root = words.split_first().and_then(|(first, rest)| {
            let inside = ["#/components/schemas/", "#/definitions/"].iter().any(|start| pointer.starts_with(start));
            Some((self.roots.get(first.as_str()).filter(|_| inside)?, rest))
        });
        match root {
            Some((name, rest)) => type_name(&format!("{name} {}", rest.join(" "))),
            None => type_name(&words.join(" ")),
        }
    }

    fn variables(variables: &[&'a str]) -> impl Iterator<Item = (Owner, Claim<'a>)> {
        variables.iter().enumerate().map(|(index, name)| {
            let (kind, target, plain) = (Kind::Variable, Target::Variable(index), type_name(name));
            (Owner::Variable(index), Claim { kind, target, plain, place_name: None, pointer: name })
        })
    }
}

/// The words of a name. A title that names nothing gives way to the words for its place.
fn place_words(name_words: &[String], outer: &[Vec<String>], is_name: impl Fn(&str) -> bool) -> Vec<String> {
    let mut words = name_words.to_vec();
    for place in outer.iter().rev() {
        match words.split_first() {
            Some((title, rest)) if !is_name(title) => words = place.iter().chain(rest).cloned().collect(),
            _ => break,
        }
    }
    words
}
