//! Classification of media types by their names.

use crate::api::essence;

/// Returns true for a JSON media type (RFC 6839, section 3.1).
pub(super) fn is_json(media: &str) -> bool {
    let essence = essence(media);
    essence.ends_with("/json") || essence.ends_with("+json")
}
