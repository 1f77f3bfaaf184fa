//! Types with their further names (aliases), which are in the file of the type and do not decide its place.

use crate::plan::models::Model;
use std::collections::BTreeMap;

/// The estimated number of lines of a further name with documentation. A hidden one has one line.
const LINES: usize = 4;

/// The types of an API, each with the indexes of its further names.
pub(super) struct FurtherNames<'m> {
    pub(super) models: &'m [Model],
    by_type: BTreeMap<usize, Vec<usize>>,
    types: BTreeMap<usize, usize>,
}

impl<'m> FurtherNames<'m> {
    pub(super) fn new(models: &'m [Model]) -> Self {
        let index: BTreeMap<&str, usize> =
            models.iter().enumerate().map(|(index, model)| (model.name.as_str(), index)).collect();
        let (mut by_type, mut types) = (BTreeMap::<usize, Vec<usize>>::new(), BTreeMap::new());
        for (further, model) in models.iter().enumerate() {
            if let Some(of) = target_of_alias(model, models, &index) {
                by_type.entry(of).or_default().push(further);
                types.insert(further, of);
            }
        }
        Self { models, by_type, types }
    }

    pub(super) fn get(&self, index: usize) -> Option<&'m Model> {
        self.models.get(index)
    }

    /// Returns true for an alias.
    pub(super) fn is_alias(&self, index: usize) -> bool {
        self.types.contains_key(&index)
    }

    /// The estimated number of lines of the further names of a type.
    pub(super) fn lines(&self, index: usize) -> usize {
        let further = self.by_type.get(&index).into_iter().flatten().filter_map(|index| self.get(*index));
        further.map(|model| if model.is_hidden { 1 } else { LINES }).sum()
    }

    /// Types with their further names, in the order of the description.
    pub(super) fn with_aliases(&self, found: Vec<usize>) -> Vec<usize> {
        let further: Vec<usize> = found.iter().filter_map(|index| self.by_type.get(index)).flatten().copied().collect();
        let mut all = found;
        all.extend(further);
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
        let Some(of) = next else { break };
        found = Some(of);
        next = models.get(of).and_then(target);
    }
    found
}
