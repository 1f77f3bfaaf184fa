//! The pairs of operations of the old and the new description.

use crate::api::{Operation, without_names};
use std::collections::{BTreeMap, BTreeSet};

/// A way to find the operation of the new description.
type Finder<'f> = &'f dyn Fn(&Operation) -> Option<usize>;

/// The operations of both descriptions, as indices.
#[derive(Debug, Default)]
pub(super) struct Matched {
    /// Those of both.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Those of the old description alone.
    pub(super) removed: Vec<usize>,
    /// Those of the new description alone.
    pub(super) added: Vec<usize>,
}

impl Matched {
    /// Matches by method and path, whatever the path parameters are called, then by `operationId`: calls of the old crate send
    /// the method and the path. `lock/moved.rs` has the other order, because a lock holds names.
    pub(super) fn of(old: &[Operation], new: &[Operation]) -> Self {
        let mut by_route: BTreeMap<(&str, String), usize> = BTreeMap::new();
        let mut by_exact: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, operation) in new.iter().enumerate() {
            by_route.entry((&operation.method, without_names(&operation.path, "{}"))).or_insert(index);
            by_exact.entry((&operation.method, &operation.path)).or_insert(index);
            if let Some(id) = &operation.id {
                by_id.entry(id).or_insert(index);
            }
        }
        let mut matched = Self::default();
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        let mut found: Vec<Option<usize>> = vec![None; old.len()];
        let ways: [Finder<'_>; 3] = [
            &|one| by_exact.get(&(&*one.method, &*one.path)).copied(),
            &|one| by_route.get(&(&*one.method, without_names(&one.path, "{}"))).copied(),
            &|one| by_id.get(one.id.as_deref()?).copied(),
        ];
        for way in ways {
            for (operation, slot) in old.iter().zip(&mut found).filter(|(_, slot)| slot.is_none()) {
                *slot = way(operation).filter(|index| taken.insert(*index));
            }
        }
        for (index, slot) in found.into_iter().enumerate() {
            match slot {
                Some(other) => matched.pairs.push((index, other)),
                None => matched.removed.push(index),
            }
        }
        matched.added = (0..new.len()).filter(|index| !taken.contains(index)).collect();
        matched
    }
}
