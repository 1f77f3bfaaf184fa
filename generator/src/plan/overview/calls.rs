//! The list of the most used methods of a call: ways to send it, and options. Does not know what they do.

use super::wrapped;
use crate::plan::Client;
use crate::plan::operations::{Group, PlannedOperation};

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
        "[`Call::send_raw`], [`Call::send_stream`]: any response as bytes, or the body of a success as it arrives",
        "[`Call::into_request`]: the request, which is not sent",
        "[`Call::timeout`], [`Call::max_retries`], [`Call::idempotency_key`]: time limits and retries of this call",
        "[`Call::header`], [`Call::query_extra`], [`Call::body_extra`]: what the description does not define",
    ]);
    if client.has_schemes() {
        items.push("[`Call::without_credentials`]: sends no credentials");
    }
    items.into_iter().flat_map(|item| wrapped(&format!("- {item}."), "  ")).collect()
}
