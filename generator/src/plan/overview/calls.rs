//! The list of the most used methods of a call: ways to send it, and options. Does not know what they do.

use super::wrapped;
use crate::api::Location;
use crate::plan::Client;
use crate::plan::operations::{Group, Input, Passing, PlannedOperation};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The documentation of the type of calls.
pub(in crate::plan) fn call_docs(groups: &[Group], client: &Client) -> Vec<String> {
    let first =
        "A call of the operation `O` that is not sent yet. Send it with [`Call::send`], `.await` or `send_blocking`.";
    let same = "The module [`api`](crate::api) has a type `O` for each operation. Its optional parameters are methods of `Call<O>`. \
        These are the usual options and ways to send:";
    [wrapped(first, ""), vec![String::new()], wrapped(same, ""), vec![String::new()], calls(groups, client)].concat()
}

/// The list, with links that resolve at the root of the crate and at the type of calls.
pub(super) fn calls(groups: &[Group], client: &Client) -> Vec<String> {
    let any = |fits: fn(&PlannedOperation) -> bool| groups.iter().flat_map(|group| &group.operations).any(fits);
    let mut items = vec![
        "[`Call::send`] or `.await`: sends the call. The [response](crate::Response) dereferences to the decoded value, and \
         also has the status and the headers. `send_blocking` needs no async runtime (cargo feature `blocking`)",
    ];
    if any(|operation| operation.pages.is_some()) {
        items.push("[`Call::items`], [`Call::pages`]: all items or pages, only of a paginated list");
    }
    if any(PlannedOperation::offers_stream) {
        items.push(
            "[`Call::stream`]: the values of the response as they arrive, only of an operation that can send them so",
        );
    }
    items.extend([
        "[`Call::send_raw`], [`Call::send_stream`]: any response as bytes, or the body of a success as it arrives. With \
         `.header(\"accept\", …)` it can be of another media type",
        "[`Call::into_request`]: the request, which is not sent",
        "[`Call::timeout`], [`Call::max_retries`], [`Call::idempotency_key`]: time limits and retries of this call",
        "[`Call::header`], [`Call::query_extra`], [`Call::body_extra`]: what the description does not define",
    ]);
    if client.has_schemes() {
        items.push("[`Call::without_credentials`]: sends no credentials");
    }
    items.into_iter().flat_map(|item| wrapped(&format!("- {item}."), "  ")).collect()
}

/// The sentence about arguments in paths; empty for a crate without one.
pub(super) fn paths(groups: &[Group]) -> &'static str {
    let inputs = groups.iter().flat_map(|group| &group.operations).flat_map(|operation| &operation.inputs);
    let mut paths = inputs.filter(|input| input.location == Location::Path && input.is_argument()).peekable();
    let has_any = paths.peek().is_some();
    let sentence = " An argument in the path is percent-encoded: a `/` in it becomes `%2F`. It cannot be empty; [`Client::request`] calls a \
        path without it.";
    if has_any && paths.all(|input| !input.reserved) { sentence } else { "" }
}

/// The sentence about larger pages, with the setter that most paginated lists have; empty for a crate without one.
pub(super) fn page_size(groups: &[Group]) -> String {
    let mut users: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in groups.iter().flat_map(|group| &group.operations) {
        let Some(size) = operation.pages.as_ref().and_then(|pages| pages.facts.size.as_ref()) else { continue };
        let is_size = |input: &&Input| input.location == Location::Query && input.wire == *size;
        let setter = operation.inputs.iter().filter(|input| matches!(input.passing, Passing::Setter)).find(is_size);
        if let Some(setter) = setter {
            *users.entry(&setter.name).or_default() += 1;
        }
    }
    // Of equal numbers, the first name.
    let most = users.iter().max_by_key(|(name, users)| (**users, Reverse(**name)));
    most.map_or_else(String::new, |(name, _)| {
        format!(" `{name}` sets the number of items on a page: larger pages need fewer requests.")
    })
}
