//! Matches the inline members of unions, whose pointers have an index, with those of another version of the description: a
//! new member moves the ones after it.

use super::Lock;
use super::entries::ChildEntry;
use super::shape::members;
use crate::api::{Api, SchemaId};
use std::collections::{BTreeMap, BTreeSet};

/// Keywords with lists of schemas.
const LISTS: [&str; 3] = ["oneOf", "anyOf", "allOf"];

/// The list around the last item of a pointer, and the pointer of this item.
fn last_item(pointer: &str) -> Option<(&str, &str)> {
    let mut found = None;
    let mut end = 0_usize;
    let mut before = "";
    for step in pointer.split('/') {
        let start = end;
        end = end.saturating_add(step.len());
        if LISTS.contains(&before) && !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()) {
            found = Some((pointer.get(..start.saturating_sub(1))?, pointer.get(..end)?));
        }
        before = step;
        end = end.saturating_add(1);
    }
    found
}

/// The members of the new items of one list, by their pointers.
type Items<'n> = BTreeMap<&'n str, BTreeSet<String>>;

/// The new pointer of each type of the lock that is an item of `oneOf`, `anyOf` or `allOf`, or inside one: an old item becomes
/// the new one that shares more than half of their members together, else the one at the same index that has all of the old members.
/// `None` if there is none.
pub(super) fn moved(lock: &Lock, api: &Api, places: &BTreeMap<&str, SchemaId>) -> BTreeMap<String, Option<String>> {
    let mut lists: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (list, item) in lock.types.keys().filter_map(|pointer| last_item(pointer)) {
        if lock.types.contains_key(item) {
            lists.entry(list).or_default().insert(item);
        }
    }
    let mut items: BTreeMap<&str, Option<String>> = BTreeMap::new();
    let mut new: BTreeMap<&str, Items<'_>> = BTreeMap::new();
    for (place, id) in places.iter().filter(|_| !lists.is_empty()) {
        if let Some((list, _)) = last_item(place).filter(|(_, item)| item == place) {
            new.entry(list).or_default().insert(place, members(api, *id).into_keys().collect());
        }
    }
    let none = Items::new();
    // The map sorts an outer list before the lists in its items, so the new places of outer items are known here.
    for (list, old) in lists {
        let around = rebased(&items, list).unwrap_or_else(|| Some(list.to_owned()));
        let Some(around) = around else {
            items.extend(old.into_iter().map(|item| (item, None)));
            continue;
        };
        items.extend(pairs(lock, &old, new.get(around.as_str()).unwrap_or(&none)));
    }
    let moved = lock.types.keys().filter_map(|pointer| Some((pointer.clone(), rebased(&items, pointer)?)));
    moved.filter(|(pointer, now)| now.as_ref() != Some(pointer)).collect()
}

/// The new form of a pointer that is an item or inside one. `None` for another pointer, `Some(None)` where the item has no new place.
fn rebased(items: &BTreeMap<&str, Option<String>>, pointer: &str) -> Option<Option<String>> {
    let ends = std::iter::once(pointer.len()).chain(pointer.rmatch_indices('/').map(|(at, _)| at));
    let mut around = ends.filter_map(|end| Some((items.get(pointer.get(..end)?)?, pointer.get(end..)?)));
    around.next().map(|(now, rest)| now.as_ref().map(|now| format!("{now}{rest}")))
}

/// The new item of each old one of a list.
fn pairs<'o>(lock: &Lock, old: &BTreeSet<&'o str>, new: &Items<'_>) -> Vec<(&'o str, Option<String>)> {
    let of_old = |item: &str| -> BTreeSet<String> {
        let members = [&lock.fields, &lock.variants]
            .into_iter()
            .filter_map(|members| members.get(lock.place_of_children(item)))
            .flatten();
        members.filter(|(_, entry): &(_, &ChildEntry)| !entry.gone).map(|(name, _)| name.clone()).collect()
    };
    let index_of = |item: &str| item.rsplit('/').next().and_then(|index| index.parse::<u32>().ok()).unwrap_or(u32::MAX);
    // The likeliest pairs first; of equal ones that with the same index.
    let mut likely: Vec<(u32, bool, &str, &str)> = Vec::new();
    for item in old {
        let old_members = of_old(item);
        for (place, members) in new {
            let all = old_members.union(members).count().max(1);
            let same = old_members.intersection(members).count();
            let share = u32::try_from(same.saturating_mul(1000) / all).unwrap_or_default();
            let is_at_index = index_of(item) == index_of(place);
            // If several places have one type, the lock has its members at one of them, so those of this item can be empty.
            if share > 500 || (is_at_index && old_members.is_subset(members)) {
                likely.push((share, is_at_index, item, place));
            }
        }
    }
    likely.sort_by_key(|(share, same, ..)| std::cmp::Reverse((*share, *same)));
    let mut found: BTreeMap<&str, &str> = BTreeMap::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for (_, _, item, place) in likely {
        if !found.contains_key(item) && taken.insert(place) {
            found.insert(item, place);
        }
    }
    old.iter().map(|item| (*item, found.get(item).map(|place| (*place).to_owned()))).collect()
}

#[cfg(test)]
mod tests {
    use super::last_item;

    #[test]
    fn items_are_steps_after_a_list() {
        let found = last_item("#/a/oneOf/1/properties/b");
        assert_eq!(found, Some(("#/a/oneOf", "#/a/oneOf/1")));
        assert_eq!(last_item("#/a/anyOf/1/oneOf/22"), Some(("#/a/anyOf/1/oneOf", "#/a/anyOf/1/oneOf/22")));
        assert_eq!(last_item("#/paths/~1a/parameters/0"), None);
    }
}
