//! The text about the mock server in the documentation of `testing`.

use super::wrapped;
use crate::plan::response_examples::GroupExamples;
use crate::plan::usage_example::{Snippet, Snippets};

/// The paragraphs after the test.
pub(in crate::plan) fn testing_docs(snippets: &Snippets, examples: &[GroupExamples]) -> Vec<Vec<String>> {
    let mut paragraphs = Vec::new();
    if let Some(example) = snippets.get(Snippet::Test) {
        paragraphs.push(format!(
            "A rule is for an operation, which has a type in [`api`](crate::api). The method of the operation returns a `Call` of \
            that type: `Call<{}>`. The replies of a rule are sent in order, and the last one is repeated. `Reply::json` sends a value \
            of a type of [`models`](crate::models).",
            example.marker
        ));
    }
    if let Some(example) = snippets.get(Snippet::Items) {
        paragraphs.push(format!(
            "The pages of a paginated list are the replies of one rule: `server.on({}).reply(first).reply(second)`.",
            example.marker
        ));
    }
    let first = examples.iter().find_map(|group| {
        let function = group.files.iter().find_map(|(_, functions)| functions.first())?;
        Some((&group.module, &function.name))
    });
    if let Some((module, function)) = first {
        paragraphs.push(format!(
            "The functions in the modules return the response examples of the OpenAPI description, such as \
            `testing::{module}::{function}()`."
        ));
    }
    paragraphs.into_iter().map(|text| wrapped(&text, "")).collect()
}
