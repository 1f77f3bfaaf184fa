//! Compares two descriptions: whether code that uses the old generated crate works with the new one, and whether a
//! program with the old crate works with the new server. The entry point is [`compare`].

pub mod approvals;
pub mod change;
mod operations;
pub mod render;
mod rules;
mod rust;
mod side;
mod wire;

pub use crate::pipeline::Unreadable;
pub use crate::plan::name_table::Named;
pub use change::{Change, Direction, Location, RustVerdict, WireVerdict};
pub use rules::Rule;
pub use side::Side;

use crate::config::Config;
use crate::source::files::Files;
use std::path::Path;

/// The result of a comparison.
#[derive(Debug)]
pub struct Comparison {
    /// All changes, the worst first.
    pub changes: Vec<Change>,
    /// Number of operations of the new description.
    pub operations: usize,
    /// Number of types of the new crate.
    pub types: usize,
}

impl Comparison {
    /// The verdict about code that uses the old crate. A change on the wire alone is at least a patch, since the crate
    /// must be generated again.
    #[must_use]
    pub fn rust(&self) -> RustVerdict {
        let worst = self.changes.iter().filter_map(|change| change.rust).max().unwrap_or_default();
        if self.changes.is_empty() { worst } else { worst.max(RustVerdict::Patch) }
    }

    /// The verdict about programs with the old crate and the new server.
    #[must_use]
    pub fn wire(&self) -> WireVerdict {
        self.changes.iter().filter_map(|change| change.wire).max().unwrap_or_default()
    }

    /// The number of effects of all changes.
    #[must_use]
    pub fn effects(&self) -> usize {
        self.changes.iter().map(|change| change.effects.len()).sum()
    }
}

/// Reads a description and plans its crate.
///
/// # Errors
/// Returns the findings when the description has errors.
pub fn read(entry: &Path, files: &dyn Files, config: &Config) -> Result<Side, Box<Unreadable>> {
    Side::read(entry, files, config)
}

/// Compares two descriptions that were read with the same settings.
#[must_use]
pub fn compare(old: &Side, new: &Side) -> Comparison {
    let matched = operations::Matched::of(&old.api.operations, &new.api.operations);
    let mut changes = rust::changes(old, new, &matched);
    changes.extend(wire::changes(old, new, &matched));
    finish(changes, new)
}

/// Compares the crates of one description under two settings. Every change is one of rule D112.
#[must_use]
pub fn compare_settings(old: &Side, new: &Side) -> Vec<Change> {
    let matched = operations::Matched::of(&old.api.operations, &new.api.operations);
    let changes = rust::changes(old, new, &matched).into_iter();
    changes.map(|change| Change { settings_rule: Some(change.rule), rule: Rule::CausedBySettings, ..change }).collect()
}

/// Adds changes that the settings cause.
#[must_use]
pub fn with_settings(mut comparison: Comparison, settings: Vec<Change>, new: &Side) -> Comparison {
    comparison.changes.extend(settings);
    finish(comparison.changes, new)
}

fn finish(mut changes: Vec<Change>, new: &Side) -> Comparison {
    changes.sort_by_key(Change::order);
    changes.dedup_by(|one, other| one.id() == other.id());
    Comparison { changes, operations: new.api.operations.len(), types: new.plan.models.len() }
}
