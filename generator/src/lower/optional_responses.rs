//! Successes that may have no value, by the setting `optional`. Knows only the `Api`.

use crate::api::is_json;
use crate::api::{Api, Media, Operation, Status};
use crate::diagnostic::{Code, Diagnostics};
use crate::pattern;

/// Marks the operations that the setting names by id or pattern. Reports a name whose operations all lack a JSON
/// success. Another check reports a name that matches no operation.
pub(super) fn set(api: &mut Api, names: &[String], diagnostics: &mut Diagnostics) {
    for name in names {
        let (mut fits, mut json) = (false, false);
        for operation in api.operations.iter_mut().filter(|operation| pattern::fits(name, &operation.named())) {
            let has_json = successes(operation).any(|media| media.sequence.is_none() && holds_json(&media.name));
            (fits, json) = (true, json || has_json);
            operation.success_may_be_empty |= has_json;
        }
        if fits && !json {
            let message = format!("the setting `optional` names `{name}`, which has no JSON success");
            diagnostics.report_whole(Code::SettingNoMatch, message);
        }
    }
}

fn successes(operation: &Operation) -> impl Iterator<Item = &Media> {
    let success = |status| matches!(status, Status::Exact(200..=299) | Status::Range(2) | Status::Default);
    operation.responses.iter().filter(move |response| success(response.status)).flat_map(|response| &response.media)
}

fn holds_json(media: &str) -> bool {
    is_json(media) || media.contains('*') || media.to_lowercase().contains("/json")
}
