//! Types with their aliases, which are in the file of the type and do not decide its place.

use crate::plan::models::Model;
use std::collections::BTreeMap;

/// The estimated number of lines of an alias with documentation. A hidden one has one line.
const LINES: usize = 4;

/// The types of an API, each with the indexes of its aliases.
pub(super) struct Aliases<'m> {
    pub(super) models: &'m [Model],
    by_type: BTreeMap<usize, Vec<usize>>,
    /// The index of the type of each alias.
    targets: BTreeMap<usize, usize>,
}

impl<'m> Aliases<'m> {
    pub(super) fn new(models: &'m [Model]) -> Self {
        let index: BTreeMap<&str, usize> =
            models.iter().enumerate().map(|(index, model)| (model.name.as_str(), index)).collect();
        let (mut by_type, mut targets) = (BTreeMap::<usize, Vec<usize>>::new(), BTreeMap::new());
        for (alias, model) in models.iter().enumerate() {
            if let Some(target) = target_of_alias(model, models, &index) {
                by_type.entry(target).or_default().push(alias);
                targets.insert(alias, target);
            }
        }
        Self { models, by_type, targets }
    }

    pub(super) fn get(&self, index: usize) -> Option<&'m Model> {
        self.models.get(index)
    }

    /// Returns true for an alias.
    pub(super) fn is_alias(&self, index: usize) -> bool {
        self.targets.contains_key(&index)
    }

    /// The estimated number of lines of the aliases of a type.
    pub(super) fn lines(&self, index: usize) -> usize {
        let aliases = self.by_type.get(&index).into_iter().flatten().filter_map(|index| self.get(*index));
        aliases.map(|model| if model.is_hidden { 1 } else { LINES }).sum()
    }

    /// Types with their aliases, in the order of the description.
    pub(super) fn with_aliases(&self, indexes: Vec<usize>) -> Vec<usize> {
        let aliases: Vec<usize> =
            indexes.iter().filter_map(|index| self.by_type.get(index)).flatten().copied().collect();
        let mut all = indexes;
        all.extend(aliases);
        all.sort_unstable();
        all
    }
}

/// The type at the end of a chain of aliases.
fn target_of_alias(model: &Model, models: &[Model], index: &BTreeMap<&str, usize>) -> Option<usize> {
    let target = |model: &Model| index.get(model.alias_of()?).copied();
    let (mut found, mut next) = (None, target(model));
    // A chain of aliases has an end.
    for _ in 0..models.len() {
        let Some(index) = next else { break };
        found = Some(index);
        next = models.get(index).and_then(target);
    }
    found
}
