//! Matches the inline members of unions, whose pointers have an index, with those of another version of the description: a
//! new member moves the ones behind it.

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

/// The pointers of types that are items of lists or stand in one, with their pointers in the new description. Items are
/// found by their members first and by their index last, and one without a likely place has none.
pub(super) fn moved(lock: &Lock, api: &Api, places: &BTreeMap<&str, SchemaId>) -> BTreeMap<String, Option<String>> {
    let mut lists: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (list, item) in lock.types.keys().filter_map(|pointer| last_item(pointer)) {
        if lock.types.contains_key(item) {
            lists.entry(list).or_default().insert(item);
        }
    }
    let mut items: BTreeMap<&str, Option<String>> = BTreeMap::new();
    let new: BTreeMap<&str, BTreeSet<String>> = if lists.is_empty() {
        BTreeMap::new()
    } else {
        let found = places.iter().filter(|(place, _)| last_item(place).is_some_and(|(_, item)| item == **place));
        found.map(|(place, id)| (*place, members(api, *id).into_keys().collect())).collect()
    };
    // Lists inside items of others come after these.
    for (list, old) in lists {
        let around = inside(&items, list).map_or_else(|| Some(list.to_owned()), |(_, now)| now);
        let Some(around) = around else {
            items.extend(old.into_iter().map(|item| (item, None)));
            continue;
        };
        items.extend(pairs(lock, &old, &of_list(&new, &around)));
    }
    let moved = lock.types.keys().filter_map(|pointer| {
        let (_, now) = inside(&items, pointer)?;
        Some((pointer.clone(), now))
    });
    moved.filter(|(pointer, now)| now.as_ref() != Some(pointer)).collect()
}

/// The item around a pointer, and the pointer's new form.
fn inside<'i>(items: &BTreeMap<&'i str, Option<String>>, pointer: &str) -> Option<(&'i str, Option<String>)> {
    let around = items.iter().filter_map(|(item, now)| {
        let rest = pointer.strip_prefix(item).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
        Some((*item, now.as_ref().map(|now| format!("{now}{rest}"))))
    });
    around.max_by_key(|(item, _)| item.len())
}

fn of_list<'n>(new: &'n BTreeMap<&str, BTreeSet<String>>, list: &str) -> BTreeMap<&'n str, &'n BTreeSet<String>> {
    let own = new.iter().filter(|(place, _)| last_item(place).is_some_and(|(of, _)| of == list));
    own.map(|(place, members)| (*place, members)).collect()
}

/// The new item of each old one of a list.
fn pairs<'o>(
    lock: &Lock,
    old: &BTreeSet<&'o str>,
    new: &BTreeMap<&str, &BTreeSet<String>>,
) -> Vec<(&'o str, Option<String>)> {
    let of_old = |item: &str| -> BTreeSet<String> {
        let members = [&lock.fields, &lock.variants]
            .into_iter()
            .filter_map(|members| members.get(lock.place_of_children(item)))
            .flatten();
        members.filter(|(_, entry): &(_, &ChildEntry)| !entry.gone).map(|(name, _)| name.clone()).collect()
    };
    let last = |item: &str| item.rsplit('/').next().and_then(|index| index.parse::<u32>().ok()).unwrap_or(u32::MAX);
    // The likeliest pairs first; of equal ones that with the same index.
    let mut likely: Vec<(u32, bool, &str, &str)> = Vec::new();
    for item in old {
        let own = of_old(item);
        for (place, members) in new {
            let all = own.union(members).count().max(1);
            let same = own.intersection(members).count();
            let share = u32::try_from(same.saturating_mul(1000) / all).unwrap_or_default();
            // The members of equal types are with one of them.
            if share > 500 || (own.is_empty() && last(item) == last(place)) {
                likely.push((share, last(item) == last(place), item, place));
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
    fn items_are_steps_behind_a_list() {
        let found = last_item("#/a/oneOf/1/properties/b");
        assert_eq!(found, Some(("#/a/oneOf", "#/a/oneOf/1")));
        assert_eq!(last_item("#/a/anyOf/1/oneOf/22"), Some(("#/a/anyOf/1/oneOf", "#/a/anyOf/1/oneOf/22")));
        assert_eq!(last_item("#/paths/~1a/parameters/0"), None);
    }
}
