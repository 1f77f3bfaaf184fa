//! The operation of the test with a mock server: one whose success a program can build in a few words.

use super::super::{Example, Examples, required};
use crate::api::Status;
use crate::plan::operations::{Group, PlannedOperation};
use crate::plan::rust_type::{Class, RustType};
use crate::plan::sample_value::Sample;

/// A value with more values in it hides the test.
const MAX_VALUES: usize = 4;

impl Examples<'_> {
    /// A call with the response of the mock server. These decide, the first one most: it is not deprecated or in preview; it
    /// only reads; the response has only strings, numbers and booleans; it has one required argument, else few.
    pub(super) fn test(&self, groups: &[Group]) -> Option<Example> {
        let all = self.first_calls(groups).into_iter();
        let fitting = all.filter(|(_, operation)| !operation.preview && operation.deprecated.is_none());
        let replies = fitting.filter_map(|(group, operation)| Some((group, operation, self.reply(operation)?)));
        let mut replies: Vec<(&Group, &PlannedOperation, Sample)> = replies.collect();
        replies.sort_by_key(|(_, operation, reply)| {
            let is_plain = reply.children().iter().all(|value| matches!(value, Sample::String(_) | Sample::Literal(_)));
            (operation.method != "GET", !is_plain, required(operation).count().abs_diff(1))
        });
        replies.into_iter().find_map(|(group, operation, reply)| {
            let mut example = self.of(group, operation)?;
            // The body would be passed to two calls.
            if matches!(example.arguments.last(), Some((Sample::With(..), _))) {
                return None;
            }
            example.modules.extend(reply.modules());
            Some(Example { reply: Some((status(operation), reply)), ..example })
        })
    }

    /// A value of the success, if a program can show it, and if the type can be encoded.
    fn reply(&self, operation: &PlannedOperation) -> Option<Sample> {
        let ty = operation.success.json()?;
        let RustType::Model { name, class: Class::Data, .. } = ty else { return None };
        let is_encoded = self.samples.definition(name)?.direction.writes();
        let sample = self.samples.of(ty, name, []).filter(|_| is_encoded)?;
        let is_shown = matches!(&sample, Sample::New(..)) && values(&sample) <= MAX_VALUES;
        is_shown.then_some(sample)
    }
}

/// Number of values in a value.
fn values(sample: &Sample) -> usize {
    sample.children().into_iter().map(|inner| values(inner).saturating_add(1)).sum()
}

/// The first documented status of a success.
fn status(operation: &PlannedOperation) -> u16 {
    let statuses = operation.responses.iter().filter_map(|response| match response.status {
        Status::Exact(status @ 200..=299) => Some(status),
        _ => None,
    });
    statuses.min().unwrap_or(200)
}
