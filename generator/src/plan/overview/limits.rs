//! The section about the time limits and retries of calls. Its numbers are the defaults of the runtime.

use super::wrapped;

/// The lines of the section.
pub(super) fn limits() -> Vec<String> {
    let text = "A call ends after 60 s, and one attempt after 30 s. An attempt that failed for a reason that can pass is retried at most 2 \
        times, if the request is safe to repeat (`GET`, `PUT`, `DELETE`) or a rate limit refused it (429, or 403 with `Retry-After`). [`ClientBuilder`] and a call \
        change these limits. [`Error::is_rate_limited`] and [`Error::retry_after`] are about rate limits, and [`ClientBuilder::pace`] slows calls down \
        before they reach one.";
    wrapped(text, "")
}
