//! Finds the new places of the types and operations of a lock. A type is found by the operation or component around it, else by
//! a shape that only one new place has; an operation by its `operationId`, or by a path with other names of parameters.

use super::entries::{ByPlace, OperationEntry};
use super::list_items;
use super::shape::{is_component, members};
use super::{Lock, span};
use crate::api::{Api, METHODS, Operation, SchemaId, without_names};
use crate::diagnostic::{Code, Diagnostics};
use crate::json_pointer::escape;
use crate::span::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer members than this say nothing about where a schema went.
const MIN: usize = 2;

/// The members of a type, with the kinds of properties.
type MemberKinds<'s> = BTreeMap<&'s str, Option<&'s str>>;

/// The new place of each operation of the lock: the same method and path, else the same `operationId`, else the same path with
/// other names of parameters. A lock holds names, and an `operationId` is the name of an operation, so it decides before a
/// changed path. `diff/operations.rs` has the other order, because programs send paths and no ids.
pub(super) fn operations(old: &ByPlace<OperationEntry>, api: &Api) -> BTreeMap<String, String> {
    let places: BTreeMap<String, &Operation> = api.operations.iter().map(|one| (one.route(), one)).collect();
    let mut now: BTreeMap<String, String> = BTreeMap::new();
    for place in old.keys().filter(|place| places.contains_key(*place)) {
        now.insert(place.clone(), place.clone());
    }
    let by_id = |place: &str| places.get(place).and_then(|operation| operation.id.clone());
    let of_old = |place: &str| old.get(place).and_then(|entry| entry.id.clone());
    pair(old, &places, &mut now, of_old, by_id);
    let template = |place: &str| Some(without_names(place, "{}"));
    pair(old, &places, &mut now, template, template);
    now
}

/// Pairs the places of the lock with new ones that have the same key, if only one of each has it.
fn pair(
    old: &ByPlace<OperationEntry>,
    places: &BTreeMap<String, &Operation>,
    now: &mut BTreeMap<String, String>,
    of_old: impl Fn(&str) -> Option<String>,
    of_new: impl Fn(&str) -> Option<String>,
) {
    let mut found: BTreeMap<String, (Vec<&String>, Vec<&String>)> = BTreeMap::new();
    let taken: BTreeSet<&String> = now.values().collect();
    for place in old.keys().filter(|place| !now.contains_key(*place)) {
        if let Some(key) = of_old(place) {
            found.entry(key).or_default().0.push(place);
        }
    }
    for place in places.keys().filter(|place| !taken.contains(place) && !old.contains_key(*place)) {
        if let Some(key) = of_new(place) {
            found.entry(key).or_default().1.push(place);
        }
    }
    let pairs: Vec<(String, String)> = found
        .into_values()
        .filter_map(|found| match (found.0.as_slice(), found.1.as_slice()) {
            ([one], [other]) => Some(((*one).clone(), (*other).clone())),
            _ => None,
        })
        .collect();
    now.extend(pairs);
}

/// The pointer of an operation.
fn pointer(place: &str) -> Option<String> {
    let (method, path) = place.split_once(' ')?;
    let field = method.to_lowercase();
    let has_field = METHODS.contains(&field.as_str());
    let method = if has_field { field } else { format!("additionalOperations/{}", escape(method)) };
    Some(format!("#/paths/{}/{method}", escape(path)))
}

/// Types that have another place.
pub(super) struct MovedTypes {
    /// The new place of each type of the lock.
    pub(super) now: BTreeMap<String, String>,
    /// New places that keep the name, since only the path of their operation changed.
    pub(super) keep: BTreeSet<String>,
}

/// The new place of each type of the lock. Reports components that can be at several.
pub(super) fn types(
    lock: &Lock,
    api: &Api,
    places: &BTreeMap<&str, SchemaId>,
    operations: &BTreeMap<String, String>,
    (file, diagnostics): (FileId, &mut Diagnostics),
) -> MovedTypes {
    let mut search = Search { lock, api, places, now: BTreeMap::new(), keep: BTreeSet::new() };
    search.add_items_and_unmoved();
    let moved = operations.iter().filter(|(old, new)| old != new);
    let of_operations = moved.filter_map(|(old, new)| Some((pointer(old)?, pointer(new)?))).collect();
    for (old, new) in search.inside(of_operations) {
        search.keep.insert(new.clone());
        search.now.insert(old, new);
    }
    // Shapes of unions contain the pointers of their members, so each type that is found can make another one match.
    while search.by_shape(is_component) {}
    let moved = search.now.iter().filter(|(old, new)| old != new && is_component(old));
    let of_components = moved.map(|(old, new)| (old.clone(), new.clone())).collect();
    let inside = search.inside(of_components);
    search.now.extend(inside);
    while search.by_shape(|_| true) {}
    search.report(file, diagnostics);
    MovedTypes { now: search.now, keep: search.keep }
}

struct Search<'s> {
    lock: &'s Lock,
    api: &'s Api,
    places: &'s BTreeMap<&'s str, SchemaId>,
    /// The new places that are found.
    now: BTreeMap<String, String>,
    /// Those that keep the name.
    keep: BTreeSet<String>,
}

/// The places of the lock that have a shape and are gone, and the new places with that shape.
type Candidates<'s> = BTreeMap<MemberKinds<'s>, (Vec<&'s str>, Vec<&'s str>)>;

impl<'s> Search<'s> {
    /// Adds the items of `oneOf`, `anyOf` and `allOf` with their new indexes, and the types whose place is as before.
    fn add_items_and_unmoved(&mut self) {
        let items = list_items::moved(self.lock, self.api, self.places);
        let is_place = |place: &String| self.places.contains_key(place.as_str());
        for (old, now) in items.iter().filter_map(|(old, now)| Some((old, now.as_ref().filter(|now| is_place(now))?))) {
            self.keep.insert(now.clone());
            self.now.insert(old.clone(), now.clone());
        }
        let stay = self.lock.types.keys().filter(|place| is_place(place) && !items.contains_key(*place));
        self.now.extend(stay.map(|place| (place.clone(), place.clone())));
    }

    /// The new places of types that are gone and stood inside one of these pointers: at the same place inside the new pointer.
    fn inside(&self, pointers: Vec<(String, String)>) -> Vec<(String, String)> {
        let gone = self.lock.types.keys().filter(|place| !self.now.contains_key(*place));
        let is_new = |place: &String| self.places.contains_key(place.as_str()) && !self.lock.types.contains_key(place);
        let found = gone.filter_map(|place| {
            let (new, rest) = pointers.iter().find_map(|(old, new)| {
                let rest = place.strip_prefix(old.as_str()).filter(|rest| rest.starts_with('/'))?;
                Some((new, rest))
            })?;
            Some((place.clone(), format!("{new}{rest}")))
        });
        found.filter(|(_, new)| is_new(new)).collect()
    }

    /// Finds a new place for types that are gone: the only new place with the shape of the type, or else the only one of these with
    /// the same last step of its pointer. Returns true if there are any.
    fn by_shape(&mut self, is_wanted: impl Fn(&str) -> bool) -> bool {
        let last = |place: &str| place.rsplit('/').next().unwrap_or_default().to_lowercase();
        let mut found: Vec<(String, String)> = Vec::new();
        for (gone, new) in self.candidates_by_members().into_values() {
            for was in gone.iter().filter(|was| is_wanted(was)) {
                let namesakes: Vec<&&str> = new.iter().filter(|place| last(place) == last(was)).collect();
                let now = match (new.as_slice(), namesakes.as_slice()) {
                    ([only], _) if gone.len() == 1 => *only,
                    (_, [only]) => **only,
                    _ => continue,
                };
                if found.iter().all(|(_, taken)| taken != now) {
                    found.push(((*was).to_owned(), now.to_owned()));
                }
            }
        }
        let any = !found.is_empty();
        self.now.extend(found);
        any
    }

    /// The types of the lock without a place and the new places without a type, by shape.
    fn candidates_by_members(&self) -> Candidates<'s> {
        let mut candidates: Candidates<'s> = BTreeMap::new();
        let gone = self.lock.types.keys().filter(|place| !self.now.contains_key(*place));
        for place in gone {
            let shape = self.old_shape(place);
            if shape.len() >= MIN {
                candidates.entry(shape).or_default().0.push(place);
            }
        }
        if candidates.is_empty() {
            return candidates;
        }
        let taken: BTreeSet<&str> = self.now.values().map(String::as_str).collect();
        for (place, id) in self.places {
            // Places of one type are one candidate.
            let is_own = self.api.schemas.get(id).is_some_and(|schema| schema.origin.pointer == *place);
            if !is_own || taken.contains(place) || self.lock.types.contains_key(*place) {
                continue;
            }
            let members = members(self.api, *id);
            let known = candidates.iter_mut().find(|(shape, _)| is_same(shape, &members));
            if let Some((_, candidates)) = known {
                candidates.1.push(place);
            }
        }
        candidates
    }

    /// The shape of a type of the lock, with the new pointers of members that moved.
    fn old_shape(&self, place: &str) -> MemberKinds<'s> {
        let (lock, now) = (self.lock, &self.now);
        let members = [&lock.fields, &lock.variants].into_iter().filter_map(|members| members.get(place)).flatten();
        let members = members.filter(|(_, entry)| !entry.gone);
        let key = |key: &'s String| {
            let id = self.places.get(now.get(key).unwrap_or(key).as_str());
            let schema = id.and_then(|id| self.api.schemas.get(id));
            schema.map_or(key.as_str(), |schema| schema.origin.pointer.as_str())
        };
        members.map(|(name, entry)| (key(name), entry.kind.as_deref())).collect()
    }

    /// Reports the components that can be at several places.
    fn report(&self, file: FileId, diagnostics: &mut Diagnostics) {
        for (gone, new) in self.candidates_by_members().into_values().filter(|(_, new)| !new.is_empty()) {
            for was in gone.into_iter().filter(|was| is_component(was)) {
                let Some(entry) = self.lock.types.get(was) else { continue };
                let candidates: Vec<String> = new.iter().map(|place| format!("`{place}`")).collect();
                let message =
                    format!("`{was}` is gone, and its name `{}` can belong to {}", entry.name, candidates.join(" or "));
                diagnostics.report(Code::LockAmbiguous, span(file, &entry.span), message);
            }
        }
    }
}

fn is_same(shape: &MemberKinds<'_>, members: &BTreeMap<String, Option<&'static str>>) -> bool {
    shape.len() == members.len()
        && shape.iter().zip(members).all(|((one, kind), (other, other_kind))| *one == other && kind == other_kind)
}
