//! The result types of an operation: those of the previous lock, where it has the operation. Also their values for the next lock.

use super::Group;
use super::codec::ResponseCodec;
use super::outcome::{Outcome, TypedResponse};
use super::responses::Responses;
use super::status_range::StatusRange;
use crate::api::{Api, Operation, Status};
use crate::diagnostic::{Code, Diagnostics};
use crate::plan::names::Scope;
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;
use std::collections::BTreeMap;

/// The word of the lock for an enum by status.
pub(super) const ENUM: &str = "enum";
/// The word of the lock for an error of any type.
pub(super) const ANY: &str = "any";

/// The result of a success or an error, with its value for the lock.
#[derive(Debug)]
pub(super) struct PlannedResult {
    /// The result.
    pub(super) outcome: Outcome,
    /// The value for the lock: the statuses of the type, [`ENUM`] or [`ANY`]. None for a stream.
    pub(super) lock_value: Option<String>,
    /// The documented responses of other types.
    pub(super) left_out: Vec<TypedResponse>,
}

/// One value for each of the two results of an operation.
#[derive(Debug)]
pub(crate) struct ByResult<T> {
    /// That of the success.
    pub success: T,
    /// That of the error.
    pub error: T,
}

impl<T> ByResult<Vec<T>> {
    /// The items of both.
    pub(crate) fn all(&self) -> impl Iterator<Item = &T> {
        self.success.iter().chain(&self.error)
    }
}

/// Data of the lock about the results of an operation.
#[derive(Debug)]
pub(crate) struct ResultLock {
    /// The values for the next lock.
    pub values: ByResult<Option<String>>,
    /// The documented responses that the previous lock leaves out of the result types.
    pub left_out: ByResult<Vec<TypedResponse>>,
    /// The statuses of successes that do not have its type.
    pub other_successes: Vec<StatusRange>,
}

/// The results of an operation.
pub(super) struct Results {
    /// The result of a success.
    pub(super) success: Outcome,
    /// The result of an error.
    pub(super) error: Outcome,
    /// As [`super::PlannedOperation::error_name`].
    pub(super) error_name: Option<String>,
    /// As [`super::PlannedOperation::error_statuses`].
    pub(super) error_statuses: Vec<StatusRange>,
    /// The values for the lock.
    pub(super) result_lock: ResultLock,
}

/// The results of an operation. `stem` is the start of the names of enums.
pub(super) fn results(
    operation: &Operation,
    responses: &mut Responses<'_>,
    types: &Types<'_>,
    scope: &mut Scope,
    stem: &str,
) -> Results {
    let place = operation.route();
    let [success, error] = types.locked().results_of(&place);
    let success = responses.success(scope, &format!("{stem}Outcome"), success);
    let error = responses.error(scope, &format!("{stem}Error"), error);
    let is_named = matches!(&error.outcome, Outcome::One(_, codec) if *codec != ResponseCodec::ANY);
    let error_name = is_named.then(|| scope.claim(&format!("{stem}Error")));
    let error_statuses = responses.error_statuses(&error);
    let other_successes = responses.other_successes(&success);
    let values = ByResult { success: success.lock_value, error: error.lock_value };
    let left_out = ByResult { success: success.left_out, error: error.left_out };
    let result_lock = ResultLock { values, left_out, other_successes };
    let success = if operation.success_may_be_empty { success.outcome.optional() } else { success.outcome };
    Results { success, error: error.outcome, error_name, error_statuses, result_lock }
}

impl PlannedResult {
    /// The statuses of other types. A status that has another type for another media type is not one.
    pub(super) fn other_statuses(&self) -> Vec<Status> {
        self.left_out.iter().filter(|response| response.media.is_none()).map(|response| response.status).collect()
    }
}

/// The paragraphs of an operation's documentation about the successes of other types.
pub(super) fn documentation(results: &ResultLock, success: &Outcome) -> Vec<String> {
    let is_unit = success.ty() == RustType::Unit;
    let successes = results.left_out.success.iter().filter(|response| response.media.is_none()).map(|response| {
        let status = response.status;
        if response.ty == RustType::Unit {
            format!("The call returns the status `{status}`, which has no body, as an error.")
        } else if is_unit {
            format!("The status `{status}` has a body: {}.", decoding("response", response))
        } else {
            let body = decoding("error", response);
            format!("The status `{status}` has a body of another type. The call returns it as an error, and {body}.")
        }
    });
    successes.collect()
}

/// The method of a response or an error that returns the body of another type.
pub(super) fn decoding(owner: &str, response: &TypedResponse) -> String {
    match decoder(response) {
        Some(ty) => format!("`{owner}.body_as::<{ty}>()` decodes it"),
        None => format!("`{owner}.raw_body()` returns it"),
    }
}

/// The type as which `body_as` decodes a response. It decodes JSON.
fn decoder(response: &TypedResponse) -> Option<String> {
    let is_decoded = [ResponseCodec::JSON, ResponseCodec::JSON_OR_EMPTY, ResponseCodec::ANY].contains(&response.codec);
    is_decoded.then(|| response.ty.path())
}

/// Reports the responses that the lock leaves out of the types of results.
pub(in crate::plan) fn report(api: &Api, groups: &[Group], diagnostics: &mut Diagnostics) {
    let by_pointer: BTreeMap<&str, &Operation> =
        api.operations.iter().map(|operation| (operation.origin.pointer.as_str(), operation)).collect();
    for planned in groups.iter().flat_map(|group| &group.operations) {
        let Some(operation) = by_pointer.get(planned.pointer.as_str()) else { continue };
        // An error without a body has nothing to decode.
        let left_out = &planned.result_lock.left_out;
        for (what, response) in [("success", &left_out.success), ("error", &left_out.error)]
            .into_iter()
            .flat_map(|(what, responses)| responses.iter().map(move |response| (what, response)))
        {
            if what == "error" && response.ty == RustType::Unit {
                continue;
            }
            let (status, ty) = (response.status, response.ty.path());
            let media = response.media.as_ref().map(|media| format!(" of `{media}`")).unwrap_or_default();
            let message = format!(
                "`{}`: the lock keeps the type of the {what}, which leaves out the response `{status}`{media} (`{ty}`)",
                planned.route()
            );
            diagnostics.report(Code::LockedResult, operation.origin.span, message);
        }
    }
}

/// Splits the responses into those of the locked type, and those of other types. `is_one` decides if types are one.
pub(super) fn split(
    responses: Vec<TypedResponse>,
    locked: Option<&str>,
    is_one: impl Fn(&[(RustType, ResponseCodec)]) -> bool,
) -> (Vec<TypedResponse>, Vec<TypedResponse>) {
    match locked {
        None | Some(ENUM) => (responses, Vec::new()),
        Some(ANY) => responses.into_iter().partition(|response| response.codec == ResponseCodec::ANY),
        Some(locked) => {
            let words: Vec<&str> = locked.split(' ').collect();
            let is_locked = |response: &&TypedResponse| {
                response.media.is_none() && words.contains(&response.status.to_string().as_str())
            };
            let locked_kinds = kinds(responses.iter().filter(is_locked));
            // Its statuses are gone, or have several types now.
            if locked_kinds.is_empty() || !is_one(&locked_kinds) {
                return (responses, Vec::new());
            }
            responses.into_iter().partition(|response| {
                locked_kinds.iter().any(|(ty, codec)| (ty, codec) == (&response.ty, &response.codec))
            })
        }
    }
}

/// The types with their codecs, each once.
pub(super) fn kinds<'r>(responses: impl Iterator<Item = &'r TypedResponse>) -> Vec<(RustType, ResponseCodec)> {
    let mut kinds: Vec<(RustType, ResponseCodec)> = Vec::new();
    for response in responses {
        match kinds.iter_mut().find(|(ty, codec)| *ty == response.ty && *codec == response.codec) {
            // Statuses with different names for one type.
            Some((ty, _)) if ty.used_names() != response.ty.used_names() => ty.remove_aliases(),
            Some(_) => {}
            None => kinds.push((response.ty.clone(), response.codec.clone())),
        }
    }
    kinds
}

/// The value for the lock of a result with these responses.
pub(super) fn lock_value(outcome: &Outcome, responses: &[TypedResponse]) -> Option<String> {
    match outcome {
        Outcome::Several { .. } => Some(ENUM.to_owned()),
        Outcome::One(..) => {
            let mut words: Vec<String> = responses.iter().map(|response| response.status.to_string()).collect();
            words.sort();
            words.dedup();
            (!words.is_empty()).then(|| words.join(" "))
        }
    }
}
