//! The traversal over pairs of schemas. Each pair is compared once, however often and however recursively it is reached:
//! a pair that is being compared counts as equal.

use super::schema;
use crate::api::{Api, Schema, SchemaId};
use crate::diff::change::{Change, Direction, WireVerdict};
use crate::diff::side::Side;
use std::collections::{BTreeMap, BTreeSet};

/// The conditions under which values of a schema are read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mode {
    /// The direction of values.
    pub(super) direction: Direction,
    /// The reader keeps a value that it cannot read, as the fallback of a union does.
    pub(super) is_tolerant: bool,
    /// The reader takes `null` for a value that is absent.
    pub(super) null_ok: bool,
    /// The value is XML.
    pub(super) is_xml: bool,
    /// The part of the value that is text outside JSON.
    pub(super) text: Text,
}

/// The part of a value that is sent as text, in which a number looks like a string of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Text {
    /// None: the value is JSON.
    None,
    /// The properties of the value that are not objects, as in forms.
    Properties,
    /// The whole value, as in a path.
    Whole,
}

impl Mode {
    pub(super) const fn new(direction: Direction) -> Self {
        Self { direction, is_tolerant: false, null_ok: false, is_xml: false, text: Text::None }
    }

    pub(super) fn is_request(self) -> bool {
        self.direction == Direction::Request
    }
}

/// Two schemas at the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    pub(super) old: SchemaId,
    pub(super) new: SchemaId,
    pub(super) mode: Mode,
}

/// The limit of nested trials. A trial compares a union's member with a type of the other description.
const DEEPEST_TRIAL: usize = 3;
/// Maximum number of pairs of a trial.
const LARGEST_TRIAL: usize = 400;

/// The state of the traversal.
pub(super) struct Traversal<'a> {
    pub(super) old: &'a Side,
    pub(super) new: &'a Side,
    known: BTreeMap<Pair, usize>,
    pairs: Vec<Pair>,
    /// The pairs that hold each pair.
    parents: Vec<Vec<usize>>,
    /// The operations that hold each pair themselves.
    roots: Vec<Vec<String>>,
    next: usize,
    current: Option<usize>,
    /// The changes with the pair in which each was found.
    found: Vec<(Option<usize>, Change)>,
    depth: usize,
}

impl<'a> Traversal<'a> {
    pub(super) fn new(old: &'a Side, new: &'a Side) -> Self {
        Self {
            old,
            new,
            known: BTreeMap::new(),
            pairs: Vec::new(),
            parents: Vec::new(),
            roots: Vec::new(),
            next: 0,
            current: None,
            found: Vec::new(),
            depth: 0,
        }
    }

    /// The old schema that an id stands for, and whether `null` is a value too.
    pub(super) fn old_schema(&self, id: SchemaId) -> Option<(&'a Schema, bool)> {
        last(&self.old.api, id)
    }

    /// The new schema that an id stands for, and whether `null` is a value too.
    pub(super) fn new_schema(&self, id: SchemaId) -> Option<(&'a Schema, bool)> {
        last(&self.new.api, id)
    }

    /// Compares two schemas that an operation holds itself.
    pub(super) fn root(&mut self, old: SchemaId, new: SchemaId, mode: Mode, operation: &str) {
        let index = self.visit(Pair { old, new, mode });
        if let Some(roots) = self.roots.get_mut(index) {
            roots.push(operation.to_owned());
        }
        self.run(usize::MAX);
    }

    /// Compares two schemas that the current pair holds.
    pub(super) fn child(&mut self, old: SchemaId, new: SchemaId, mode: Mode) {
        let parent = self.current;
        let index = self.visit(Pair { old, new, mode });
        if let (Some(parent), Some(parents)) = (parent, self.parents.get_mut(index)) {
            parents.push(parent);
        }
    }

    fn visit(&mut self, pair: Pair) -> usize {
        if let Some(index) = self.known.get(&pair) {
            return *index;
        }
        let index = self.pairs.len();
        self.known.insert(pair, index);
        self.pairs.push(pair);
        self.parents.push(Vec::new());
        self.roots.push(Vec::new());
        index
    }

    fn run(&mut self, most: usize) {
        while let Some(pair) = self.pairs.get(self.next).copied().filter(|_| self.next < most) {
            self.current = Some(self.next);
            self.next += 1;
            schema::compare(self, pair);
        }
        self.current = None;
    }

    /// The verdict about two schemas, without a report. A trial that reaches its limits is never safe.
    pub(super) fn trial(&self, old: SchemaId, new: SchemaId, mode: Mode) -> WireVerdict {
        let (verdict, is_whole) = self.attempt(Pair { old, new, mode });
        if is_whole { verdict } else { verdict.max(WireVerdict::Risk) }
    }

    /// Returns true if a trial, within its limits, finds no unsafe difference between two schemas.
    pub(super) fn fits(&self, old: SchemaId, new: SchemaId, mode: Mode) -> bool {
        self.attempt(Pair { old, new, mode }).0 == WireVerdict::Safe
    }

    /// The verdict of the compared pairs, and whether they were all.
    fn attempt(&self, pair: Pair) -> (WireVerdict, bool) {
        let mut trial = Traversal::new(self.old, self.new);
        trial.depth = self.depth + 1;
        trial.visit(pair);
        trial.run(if trial.depth > DEEPEST_TRIAL { 1 } else { LARGEST_TRIAL });
        let verdict = trial.found.iter().filter_map(|(_, change)| change.wire).max().unwrap_or_default();
        (verdict, trial.next == trial.pairs.len())
    }

    /// Adds a change with its places. The change belongs to the current pair.
    pub(super) fn add(&mut self, mut change: Change, old: &str, new: &str) {
        if self.depth == 0 {
            if !old.is_empty() {
                change.old_location = self.old.place(old);
            }
            change.new_location = self.new.place(if new.is_empty() { old } else { new });
        }
        self.found.push((self.current, change));
    }

    /// All changes, each once, with the operations that it reaches.
    pub(super) fn finish(self) -> Vec<Change> {
        let mut merged: BTreeMap<String, Change> = BTreeMap::new();
        let mut reached: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for (pair, change) in self.found {
            let effects: BTreeSet<String> = match pair {
                Some(pair) => {
                    reached.entry(pair).or_insert_with(|| operations(pair, &self.parents, &self.roots)).clone()
                }
                None => change.effects.iter().cloned().collect(),
            };
            let same = merged.entry(change.id()).or_insert_with(|| Change { effects: Vec::new(), ..change.clone() });
            same.wire = same.wire.max(change.wire);
            let all: BTreeSet<String> = same.effects.drain(..).chain(effects).collect();
            same.effects = all.into_iter().collect();
        }
        merged.into_values().collect()
    }
}

/// The operations that hold a pair, themselves or in other pairs.
fn operations(pair: usize, parents: &[Vec<usize>], roots: &[Vec<String>]) -> BTreeSet<String> {
    let mut seen = BTreeSet::from([pair]);
    let mut open = vec![pair];
    let mut found = BTreeSet::new();
    while let Some(pair) = open.pop() {
        found.extend(roots.get(pair).into_iter().flatten().cloned());
        open.extend(parents.get(pair).into_iter().flatten().copied().filter(|parent| seen.insert(*parent)));
    }
    found
}

fn last(api: &Api, id: SchemaId) -> Option<(&Schema, bool)> {
    let (id, nullable) = api.schemas.resolve(id);
    api.schemas.get(id).map(|schema| (schema, nullable))
}
