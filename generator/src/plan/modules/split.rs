//! Chunks of a file of types that would be too long, by the first words of the types' names.

use super::aliases::Aliases;
use crate::plan::models::{Kind, Model, Struct};
use crate::plan::names::snake;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A file with more types than this is split.
const MAX: usize = 100;
/// A file that is estimated to have more lines than this is split.
const MAX_LINES: usize = 4000;
/// Fewer types with a first word than this stay together, where they fit.
const FEW: usize = 8;

/// Words that name a chunk, and indexes of its types in the order of the description.
type Chunks = Vec<(Option<String>, Vec<usize>)>;

/// Returns true if one file can hold these types.
pub(super) fn fits(indexes: &[usize], aliases: &Aliases<'_>) -> bool {
    indexes.len() <= MAX && weight(indexes, aliases) <= MAX_LINES
}

fn weight(indexes: &[usize], aliases: &Aliases<'_>) -> usize {
    let weight = |index: &usize| Some(lines(aliases.get(*index)?).saturating_add(aliases.lines(*index)));
    indexes.iter().filter_map(weight).fold(0, usize::saturating_add)
}

/// Chunks of a file, by the first words in which the types' names differ: all words that the types of a chunk have in common. The
/// rest has no words.
pub(super) fn split(indexes: Vec<usize>, aliases: &Aliases<'_>) -> Chunks {
    let common = common_words(&indexes, aliases);
    let mut chunks = Chunks::new();
    split_by(common, None, indexes, aliases, &mut chunks);
    for (_, chunk) in &mut chunks {
        chunk.sort_unstable();
    }
    let distinct = |words: usize, chunk: &[usize]| {
        let name = chunk.first().map(|index| name(*index, aliases.models)).unwrap_or_default();
        name.split('_').take(words).skip(common).collect::<Vec<_>>().join("_")
    };
    // The words only mark the chunk as named; the name has all common words.
    let named = |(words, chunk): (Option<String>, Vec<usize>)| {
        (words.map(|_| distinct(common_words(&chunk, aliases), &chunk)), chunk)
    };
    chunks.into_iter().map(named).collect()
}

/// Number of first words that the names of all these types have in common.
fn common_words(chunk: &[usize], aliases: &Aliases<'_>) -> usize {
    let names: Vec<String> = chunk.iter().map(|index| name(*index, aliases.models)).collect();
    names.first().map(|first| shared(first, &names)).unwrap_or_default()
}

/// Files of setters for the only type of a file, where its fields and setters are too long together: their names, and
/// indexes of fields. The first letter of a field decides, so that a new field moves no other one.
pub(super) fn setters(indexes: &[usize], models: &[Model]) -> Vec<(String, Vec<usize>)> {
    let all = indexes.iter().filter_map(|index| models.get(*index));
    let mut types = all.filter(|model| !matches!(model.kind, Kind::Alias(_)));
    let (Some(model), None) = (types.next(), types.next()) else { return Vec::new() };
    let Kind::Struct(structure) = &model.kind else { return Vec::new() };
    if lines(model) <= MAX_LINES {
        return Vec::new();
    }
    let letter = |name: &str| name.bytes().next().map_or(b'a', |first| first.clamp(b'a', b'z'));
    // A constant's setter names a variant of its type, which the type's own file imports.
    let fields = structure.fields.iter().enumerate().filter(|(_, field)| !field.required && !field.is_const);
    let fields = fields.map(|(index, field)| (letter(&field.name), field.docs.len().saturating_add(11), index));
    let mut chunks = Vec::new();
    by_letters((b'a', b'z'), fields.collect(), &mut chunks);
    chunks
}

/// Halves a range of letters until the setters of each chunk fit.
fn by_letters((from, to): (u8, u8), fields: Vec<(u8, usize, usize)>, chunks: &mut Vec<(String, Vec<usize>)>) {
    let weight: usize = fields.iter().map(|(_, lines, _)| lines).sum();
    if weight > MAX_LINES && from < to {
        let middle = u8::midpoint(from, to);
        let (low, high) = fields.into_iter().partition(|(letter, ..)| *letter <= middle);
        by_letters((from, middle), low, chunks);
        by_letters((middle.saturating_add(1), to), high, chunks);
    } else if !fields.is_empty() {
        let (first, last) = (char::from(from), char::from(to));
        let name = if from == to { format!("setters_{first}") } else { format!("setters_{first}_to_{last}") };
        chunks.push((name, fields.into_iter().map(|(.., index)| index).collect()));
    }
}

/// Number of first words that a name has in common with all names.
fn shared(name: &str, names: &[String]) -> usize {
    let words = |other: &String| name.split('_').zip(other.split('_')).take_while(|(one, other)| one == other).count();
    names.iter().map(words).min().unwrap_or_default()
}

/// Splits types with this number of equal first words by the next word, until each chunk fits.
fn split_by(known: usize, words: Option<String>, indexes: Vec<usize>, aliases: &Aliases<'_>, chunks: &mut Chunks) {
    if fits(&indexes, aliases) {
        chunks.push((words, indexes));
        return;
    }
    let next = known.saturating_add(1);
    let whole = indexes.len();
    let mut groups_by_word: Vec<(String, Vec<usize>)> = by_words(indexes, aliases.models, next).into_iter().collect();
    // A single group differs in a later word, or is one type that cannot be split.
    if let [(_, group)] = groups_by_word.as_mut_slice() {
        let group = std::mem::take(group);
        if whole > 1 && group.iter().any(|index| name(*index, aliases.models).split('_').nth(next).is_some()) {
            split_by(next, words, group, aliases, chunks);
        } else {
            chunks.push((words, group));
        }
        return;
    }
    groups_by_word.sort_by_cached_key(|(_, group)| Reverse((group.len() >= FEW, weight(group, aliases))));
    let mut rest: Vec<usize> = groups_by_word.iter().flat_map(|(_, group)| group.iter().copied()).collect();
    for (word, group) in groups_by_word {
        let bare = word.split('_').count() < next;
        if bare || (group.len() < FEW && fits(&rest, aliases)) {
            continue;
        }
        rest.retain(|index| !group.contains(index));
        split_by(next, Some(word), group, aliases, chunks);
    }
    if !rest.is_empty() {
        chunks.push((words, rest));
    }
}

/// The types by this number of words of their names.
fn by_words(indexes: Vec<usize>, models: &[Model], words: usize) -> BTreeMap<String, Vec<usize>> {
    let mut chunks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in indexes {
        let name = name(index, models);
        let first: Vec<&str> = name.split('_').take(words).collect();
        chunks.entry(first.join("_")).or_default().push(index);
    }
    chunks
}

fn name(index: usize, models: &[Model]) -> String {
    models.get(index).map(|model| snake(&model.name)).unwrap_or_default()
}

/// Estimated number of lines of a type. Its codec is shorter.
fn lines(model: &Model) -> usize {
    let lines = match &model.kind {
        Kind::Struct(structure) => structure_lines(structure),
        Kind::StringEnum(listed) | Kind::IntegerEnum(listed) => {
            listed.values.iter().map(|value| value.docs.len().saturating_add(1)).sum()
        }
        Kind::Union(union) => union.members.len().saturating_mul(8),
        Kind::Alias(_) => 1,
    };
    lines.saturating_add(model.docs.len()).saturating_add(20)
}

fn structure_lines(structure: &Struct) -> usize {
    let each = structure.fields.iter().map(|field| {
        let setter = if field.required { 2 } else { 9 };
        field.docs.len().saturating_add(setter)
    });
    each.sum()
}
