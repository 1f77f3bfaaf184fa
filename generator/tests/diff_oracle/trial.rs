//! One mutation: the verdicts of `diff`, and what happened.

use super::bases::{Base, read};
use super::compiler::Pair;
use super::kinds::{Kind, Mutation};
use super::usage::without_comments;
use super::wire::{Readers, Seen};
use clientsmith::diff::{self, Direction, RustVerdict, WireVerdict};
use std::collections::BTreeSet;

/// A mutation with its verdicts.
pub(crate) struct Trial {
    pub(crate) base: usize,
    pub(crate) kind: &'static Kind,
    pub(crate) place: String,
    pub(crate) rust: RustVerdict,
    /// Rules of changes that are major and not silent.
    pub(crate) major: BTreeSet<&'static str>,
    pub(crate) request: WireVerdict,
    pub(crate) response: WireVerdict,
    /// Rules of changes that break.
    pub(crate) breaking: BTreeSet<&'static str>,
    /// The report, one line each.
    pub(crate) lines: String,
    /// The program was compiled. Else the code of both crates is equal.
    pub(crate) was_compiled: bool,
    /// The first error of the program.
    pub(crate) failure: Option<String>,
    /// The results of values.
    pub(crate) seen: Seen,
}

impl Trial {
    /// The trial, and the new crate with the old program where their code differs. `None` for a description that has
    /// errors.
    pub(crate) fn of(base: &Base, index: usize, mutation: Mutation, readers: &Readers) -> Option<(Self, Option<Pair>)> {
        let (side, output) = read(&mutation.new)?;
        let comparison = diff::compare(&base.side, &side);
        let changes = &comparison.changes;
        let worst = |direction: Direction| {
            let all = changes.iter().filter(|change| change.direction == Some(direction));
            all.filter_map(|change| change.wire).max().unwrap_or_default()
        };
        let major = changes.iter().filter(|change| change.rust == Some(RustVerdict::Major) && !change.silent);
        let breaking = changes.iter().filter(|change| change.wire == Some(WireVerdict::Break));
        let differs = without_comments(&base.output) != without_comments(&output);
        let trial = Self {
            base: index,
            kind: mutation.kind,
            rust: comparison.rust(),
            major: major.map(|change| change.rule.code()).collect(),
            request: worst(Direction::Request),
            response: worst(Direction::Response),
            breaking: breaking.map(|change| change.rule.code()).collect(),
            lines: diff::render::short(&comparison, &diff::render::Release::default()),
            was_compiled: differs,
            failure: None,
            seen: readers.see(base, index, &mutation),
            place: mutation.place,
        };
        Some((trial, differs.then(|| Pair { output, program: base.program.clone() })))
    }
}
