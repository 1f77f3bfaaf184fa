//! Statuses of responses: successes, redirects, and names of variants.

use crate::api::Status;

/// Returns true for the statuses of a redirect. 304 is not one: the caller has the response already.
pub(super) const fn is_redirect(status: Status) -> bool {
    matches!(status, Status::Exact(300..=303 | 305..=399) | Status::Range(3))
}

/// The name of the variant of a status.
pub(super) fn variant_name(status: Status) -> String {
    match status {
        Status::Exact(status) => format!("Status{status}"),
        Status::Range(range) => format!("Status{range}xx"),
        Status::Default => "Default".to_owned(),
    }
}
