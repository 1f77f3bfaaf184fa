//! The programs in the documentation of the crate's root: a first call, and one for each kind of operation. Does not know
//! the text around them.

mod failure;
mod test;

use super::{Example, ExampleResult, Examples, required};
use crate::plan::operations::{Group, PlannedOperation};
use crate::plan::sample_value::Sample;
use std::collections::BTreeMap;

/// A program in the documentation of the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Snippet {
    /// The program of the first call.
    FirstCall,
    /// A function that sends a body.
    Body,
    /// A function that reads a paginated list.
    Items,
    /// A function that reads a stream.
    Stream,
    /// A function that handles an error.
    Failure,
    /// A test with a mock server.
    Test,
}

/// The programs in the documentation of the root. A program is missing where the description has no operation for it.
#[derive(Debug, Default)]
pub(crate) struct Snippets(BTreeMap<Snippet, Example>);

impl Snippets {
    /// Returns true if there is such a program.
    #[must_use]
    pub(crate) fn has(&self, snippet: Snippet) -> bool {
        self.0.contains_key(&snippet)
    }

    /// Returns the call of a program.
    #[must_use]
    pub(crate) fn get(&self, snippet: Snippet) -> Option<&Example> {
        self.0.get(&snippet)
    }
}

impl Examples<'_> {
    /// Chooses an operation for each program.
    #[must_use]
    pub(super) fn snippets(&self, groups: &[Group]) -> Snippets {
        let first = self.first_calls(groups).into_iter().find_map(|(group, method)| self.of(group, method));
        let failure = self.failure(groups).or_else(|| first.clone());
        let test = self.test(groups).or_else(|| first.clone());
        let stream = |operation: &PlannedOperation| operation.stream.is_some();
        let stream = self.best(groups, stream, |_, example| {
            let is_offered = example.result != ExampleResult::Stream;
            Some(Example { result: if is_offered { ExampleResult::OfferedStream } else { example.result }, ..example })
        });
        let items = self.best(
            groups,
            |operation| operation.pages.is_some(),
            |_, example| (example.result == ExampleResult::Items).then_some(example),
        );
        let all = [
            (Snippet::FirstCall, first),
            (Snippet::Body, self.body(groups)),
            (Snippet::Items, items),
            (Snippet::Stream, stream),
            (Snippet::Failure, failure),
            (Snippet::Test, test),
        ];
        Snippets(all.into_iter().filter_map(|(snippet, example)| Some((snippet, example?))).collect())
    }

    /// The simplest call of an operation that fits.
    fn best(
        &self,
        groups: &[Group],
        fits: impl Fn(&PlannedOperation) -> bool,
        change: impl Fn((&Group, &PlannedOperation), Example) -> Option<Example>,
    ) -> Option<Example> {
        let all = groups.iter().flat_map(|group| group.operations.iter().map(move |operation| (group, operation)));
        let mut fitting: Vec<(&Group, &PlannedOperation)> = all.filter(|(_, operation)| fits(operation)).collect();
        fitting.sort_by_key(|(_, operation)| {
            (operation.deprecated.is_some(), operation.preview, required(operation).count())
        });
        fitting.into_iter().find_map(|(group, operation)| change((group, operation), self.of(group, operation)?))
    }

    /// A call with a body that sets optional fields, where possible one with required fields too.
    fn body(&self, groups: &[Group]) -> Option<Example> {
        let fits = |operation: &PlannedOperation| operation.body.as_ref().is_some_and(|body| body.is_argument);
        let with = |is_new: bool| {
            self.best(groups, fits, |_, example| {
                let Some((Sample::With(built, _), _)) = example.arguments.last() else { return None };
                let is_shown = !is_new || matches!(**built, Sample::New(..));
                (example.result == ExampleResult::Value && is_shown).then_some(example)
            })
        };
        with(true).or_else(|| with(false))
    }
}
