//! The text about the mock server in the documentation of `testing`.

use super::wrapped;
use crate::plan::docs;
use crate::plan::operations::Group;
use crate::plan::operations::paging::Step;
use crate::plan::response_examples::GroupExamples;
use crate::plan::usage_example::{Example, NextPage, Snippet, Snippets};

/// The paragraphs after the test.
pub(in crate::plan) fn testing_docs(
    snippets: &Snippets,
    groups: &[Group],
    examples: &[GroupExamples],
) -> Vec<Vec<String>> {
    let mut paragraphs = Vec::new();
    if let Some(example) = snippets.get(Snippet::Test) {
        paragraphs.push(format!(
            "A rule is for an operation, which has a type in [`api`](crate::api). The method of the operation returns a `Call` of \
            that type: `Call<api::{}::{}>`. The replies of a rule are sent in order, and the last one is repeated. `Reply::json` sends \
            a value of a type of [`models`](crate::models).",
            example.module, example.marker
        ));
    }
    if let Some(example) = snippets.get(Snippet::Items) {
        let pages = example.next_page.as_ref().map(|next| pages(example, next) + &other_pages(&next.step, groups));
        paragraphs.extend(pages);
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

/// The paragraph about the pages of a list. Each page must lead to the next one as a page of the server does.
fn pages(example: &Example, next: &NextPage) -> String {
    let operation = format!("api::{}::{}", example.module, example.marker);
    let rule = |first: &str| {
        format!(
            "The pages of a paginated list are the replies of one rule: `server.on({operation}).reply({first}).reply(second)`."
        )
    };
    let field = |path: &[String]| docs::escape_inline(&path.join("."));
    match &next.step {
        Step::Link => {
            let path = docs::escape_inline(&next.path).replace(['{', '}'], "");
            let link = format!(r#"first.header("link", "<https://mock.example{path}?page=2>; rel=\"next\"")"#);
            format!(
                "{} Each page names the next one in the header `Link`, on the origin of the client. A page without it is the last.",
                rule(&link)
            )
        }
        Step::Cursor { next, .. } => {
            format!("{} The first page has the cursor of the second in `{}`.", rule("first"), field(next))
        }
        Step::Url { next } => {
            format!(
                "{} The first page has the address of the second in `{}`, on the origin of the client.",
                rule("first"),
                field(next)
            )
        }
        Step::LastItem { .. } | Step::Offset { .. } | Step::Number { .. } => {
            format!("{} A page without items ends the list: it is the last reply.", rule("first"))
        }
    }
}

/// The last page of a list, by the request of the page after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LastPage {
    /// A page without the header `Link` to the next one.
    WithoutLink,
    /// A page without a cursor or an address of the next one.
    WithoutCursor,
    /// A page without items.
    Empty,
}

impl LastPage {
    const fn of(step: &Step) -> Self {
        match step {
            Step::Link => Self::WithoutLink,
            Step::Cursor { .. } | Step::Url { .. } => Self::WithoutCursor,
            Step::LastItem { .. } | Step::Offset { .. } | Step::Number { .. } => Self::Empty,
        }
    }
}

/// The sentences about the lists of the crate that end in another way than that of the example.
fn other_pages(of_example: &Step, groups: &[Group]) -> String {
    let operations = groups.iter().flat_map(|group| &group.operations);
    let steps: Vec<&Step> = operations.filter_map(|operation| Some(&operation.pages.as_ref()?.facts.step)).collect();
    let has = |last: LastPage| LastPage::of(of_example) != last && steps.iter().any(|step| LastPage::of(step) == last);
    let link = " A list whose operation documents the header `Link` ends with a page without that header.";
    let cursor = " A list whose pages have a cursor or an address of the next page ends with a page without one.";
    let items = || {
        let kinds = [
            ("page number", steps.iter().any(|step| matches!(step, Step::Number { .. }))),
            ("offset", steps.iter().any(|step| matches!(step, Step::Offset { .. }))),
            ("last item", steps.iter().any(|step| matches!(step, Step::LastItem { .. }))),
        ];
        let kinds: Vec<&str> = kinds.into_iter().filter_map(|(kind, has)| has.then_some(kind)).collect();
        let without = if LastPage::of(of_example) == LastPage::WithoutLink {
            " (its operation documents no header `Link`)"
        } else {
            ""
        };
        format!(
            " A list by {}{without} ends with a page without items: add one as the last reply, such as \
            `.reply(Reply::text(200, \"application/json\", \"[]\"))`.",
            kinds.join(" or ")
        )
    };
    let sentences = [
        has(LastPage::WithoutLink).then(|| link.to_owned()),
        has(LastPage::WithoutCursor).then(|| cursor.to_owned()),
        has(LastPage::Empty).then(items),
    ];
    sentences.into_iter().flatten().collect()
}
