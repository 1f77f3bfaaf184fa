//! The timeouts of single operations, and their documentation.

use super::Group;
use crate::config::OperationTimeouts;
use crate::pattern;
use indexmap::IndexMap;
use std::time::Duration;

/// Sets the timeouts of the operations that the settings name.
pub(crate) fn timeouts(groups: &mut [Group], by_operation: &IndexMap<String, OperationTimeouts>) {
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        let fitting = || pattern::rules(by_operation, &operation.id).next().map(|(_, times)| times);
        let Some(times) = by_operation.get(&operation.id).or_else(fitting).copied() else { continue };
        operation.timeouts = Some(times);
        let errors = operation.docs.iter().position(|line| line == "# Errors");
        // The blank line before the heading is the one before this paragraph.
        let place = errors.map_or(operation.docs.len(), |heading| heading.saturating_sub(1));
        operation.docs.splice(place..place, [String::new(), documentation(times)]);
    }
}

fn documentation(times: OperationTimeouts) -> String {
    let [attempt, call] = [times.attempt, times.call].map(in_words);
    format!("Time limits, unless the client has longer ones: {attempt} for an attempt, {call} for the call.")
}

/// A time in the largest unit that needs no fraction.
fn in_words(time: Duration) -> String {
    let units = [("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1)];
    let millis = time.as_millis();
    let fitting = units.into_iter().find(|(_, unit)| millis >= *unit && millis.is_multiple_of(*unit));
    let (name, unit) = fitting.unwrap_or(("ms", 1));
    format!("{} {name}", millis / unit)
}
