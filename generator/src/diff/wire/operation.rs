//! Two operations: route, parameters, bodies, responses; and the bodies of webhooks and callbacks.

use super::content::find;
use super::traversal::{Mode, Text, Traversal};
use super::{content, parameter, security, servers};
use crate::api::{Header, Media, Operation, Response, Server, Status, Style, covers_media, essence, without_names};
use crate::diff::change::{
    Change, Direction,
    WireVerdict::{self, Break, Risk, Safe},
};
use crate::diff::rules::Rule;
use crate::plan::operations::PlannedOperation;

/// Reports a change of one operation.
#[derive(Clone)]
pub(super) struct OperationReport<'r> {
    pub(super) operation: String,
    pub(super) old: &'r str,
    pub(super) new: &'r str,
    /// The descriptions do not say whether the server sends it, so that nothing is a certain break.
    pub(super) is_unsure: bool,
}

impl OperationReport<'_> {
    /// Adds a change of the operation. The old value begins with its subject, so that two changes of one operation have different ids.
    pub(super) fn add(
        &self,
        traversal: &mut Traversal<'_>,
        direction: Direction,
        (rule, verdict): (Rule, WireVerdict),
        message: String,
        (old_value, new_value): (String, String),
    ) {
        let verdict = if self.is_unsure { verdict.min(Risk) } else { verdict };
        let mut change = Change::wire(rule, verdict, self.old, message).with_values(old_value, new_value);
        change.direction = Some(direction);
        change.effects.push(self.operation.clone());
        traversal.add(change, self.old, self.new);
    }
}

/// Compares two operations.
pub(super) fn compare(traversal: &mut Traversal<'_>, old: &Operation, new: &Operation) {
    let name = new.route();
    let report = OperationReport {
        operation: name.clone(),
        old: &old.origin.pointer,
        new: &new.origin.pointer,
        is_unsure: false,
    };
    if old.method != new.method || without_names(&old.path, "{}") != without_names(&new.path, "{}") {
        let message = "the method or the path changed".to_owned();
        let routes = (old.route(), name.clone());
        report.add(traversal, Direction::Request, (Rule::OperationOrSecurityChanged, Break), message, routes);
    }
    server(traversal, &report, old, new);
    security::compare(traversal, old, new);
    parameter::compare(traversal, &report, old, new);
    body(traversal, &report, old, new);
    responses(traversal, &report, old, new);
}

/// Compares the servers that operations have of their own.
fn server(traversal: &mut Traversal<'_>, report: &OperationReport<'_>, old: &Operation, new: &Operation) {
    let shown =
        |server: Option<&Server>| server.map_or_else(|| "the server of the API".to_owned(), |_| servers::shown(server));
    let (old_shown, new_shown) = (shown(old.server.as_ref()), shown(new.server.as_ref()));
    if old_shown == new_shown {
        return;
    }
    let is_larger = matches!((&old.server, &new.server), (Some(old), Some(new)) if servers::only_adds(old, new));
    let verdict = if is_larger { Safe } else { Risk };
    let message = "the server of the operation changed".to_owned();
    let rule = (Rule::ServerStatusOrDefaultChanged, verdict);
    report.add(traversal, Direction::Request, rule, message, (old_shown, new_shown));
}

/// The operation as the old crate has it.
fn planned<'w>(traversal: &Traversal<'w>, operation: &Operation) -> Option<&'w PlannedOperation> {
    let mut operations = traversal.old.plan.groups.iter().flat_map(|group| &group.operations);
    operations.find(|planned| planned.pointer == operation.origin.pointer)
}

/// Compares the request bodies of an operation.
fn body(traversal: &mut Traversal<'_>, report: &OperationReport<'_>, old: &Operation, new: &Operation) {
    let direction = Direction::Request;
    let (old_body, new_body) = match (&old.body, &new.body) {
        (None, None) => return,
        (None, Some(body)) => {
            let (verdict, word) = if body.required { (Break, "required") } else { (Safe, "optional") };
            let message = format!("{word} request body is new");
            return report.add(
                traversal,
                direction,
                (Rule::MadeRequired, verdict),
                message,
                ("none".into(), word.into()),
            );
        }
        (Some(_), None) => {
            let message = "the request body is gone".to_owned();
            return report.add(
                traversal,
                direction,
                (Rule::ValueRemoved, Risk),
                message,
                ("a body".into(), "none".into()),
            );
        }
        (Some(old_body), Some(new_body)) => (old_body, new_body),
    };
    if old_body.required != new_body.required {
        let (rule, verdict, word) = if new_body.required {
            (Rule::MadeRequired, Break, "required")
        } else {
            (Rule::MadeOptional, Safe, "optional")
        };
        let message = format!("the request body is {word} now");
        report.add(traversal, direction, (rule, verdict), message, ("body".into(), word.into()));
    }
    media_types(traversal, report, planned(traversal, old), &old_body.media, &new_body.media);
}

/// Compares the media types of two bodies. `planned` is the operation as the old crate has it.
fn media_types(
    traversal: &mut Traversal<'_>,
    report: &OperationReport<'_>,
    planned: Option<&PlannedOperation>,
    old: &[Media],
    new: &[Media],
) {
    let direction = Direction::Request;
    let sent: Vec<String> = planned
        .and_then(|operation| operation.body.as_ref())
        .map(|body| body.payloads.iter().map(|payload| essence(&payload.media)).collect())
        .unwrap_or_default();
    for media in old {
        let is_sent = sent.is_empty() || sent.iter().any(|sent| covers_media(&media.name, sent));
        // A range is sent as one of its media types.
        let of_range = || sent.iter().filter(|sent| covers_media(&media.name, sent)).find_map(|sent| find(new, sent));
        match find(new, &media.name).or_else(of_range) {
            Some(found) if is_sent => content::compare(traversal, report, direction, media, found),
            // The old crate sends another media type of the same meaning.
            Some(_) => {}
            None => {
                let message = format!("the request body is not accepted as `{}` any more", media.name);
                let verdict = if is_sent { Break } else { Safe };
                report.add(
                    traversal,
                    direction,
                    (Rule::MediaTypesChanged, verdict),
                    message,
                    (media.name.clone(), "gone".into()),
                );
            }
        }
    }
    for media in new.iter().filter(|media| find(old, &media.name).is_none()) {
        let message = format!("the request body is also accepted as `{}`", media.name);
        report.add(traversal, direction, (Rule::MediaTypesChanged, Safe), message, ("none".into(), media.name.clone()));
    }
}

/// Finds the response for a status: the exact one, its range, or `default`. `default` does not cover a success if a success is
/// documented.
fn covering(responses: &[Response], status: Status) -> Option<&Response> {
    let has = |wanted: Status| responses.iter().find(|response| response.status == wanted);
    let is_error = status.is_success() && responses.iter().any(|response| response.status.is_success());
    has(status)
        .or_else(|| match status {
            Status::Exact(code) => u8::try_from(code / 100).ok().and_then(|range| has(Status::Range(range))),
            Status::Range(_) | Status::Default => None,
        })
        .or_else(|| has(Status::Default).filter(|_| !is_error))
}

/// Compares the responses of an operation: the statuses of success, the defaults, and each response.
fn responses(traversal: &mut Traversal<'_>, report: &OperationReport<'_>, old: &Operation, new: &Operation) {
    let successes = |operation: &Operation| -> Vec<String> {
        let mut all: Vec<String> = operation
            .responses
            .iter()
            .filter(|response| response.status.is_success())
            .map(|response| response.status.to_string())
            .collect();
        all.sort();
        all
    };
    let (old_successes, new_successes) = (successes(old), successes(new));
    if old_successes != new_successes {
        let message = "the statuses of success changed".to_owned();
        report.add(
            traversal,
            Direction::Response,
            (Rule::ServerStatusOrDefaultChanged, Risk),
            message,
            (old_successes.join(", "), new_successes.join(", ")),
        );
    }
    let accepted: Vec<String> =
        planned(traversal, old).map(|operation| operation.accept.split(',').map(essence).collect()).unwrap_or_default();
    // If the old operation has one success and the new one has only other statuses, the old program decodes their bodies as
    // that success.
    let mut reads = old.responses.iter().filter(|response| response.status.is_success());
    let sole_success = reads
        .next()
        .filter(|_| reads.next().is_none() && old_successes.iter().all(|status| !new_successes.contains(status)));
    for new_response in &new.responses {
        // A status that the old program does not know by itself is read as the one that covers it.
        let by_sole_success = sole_success.filter(|_| new_response.status.is_success());
        let Some(old_response) = covering(&old.responses, new_response.status).or(by_sole_success) else { continue };
        response(traversal, report, &accepted, old_response, new_response);
    }
    for old_response in &old.responses {
        let has_own = new.responses.iter().any(|new_response| new_response.status == old_response.status);
        if let Some(new_response) = covering(&new.responses, old_response.status).filter(|_| !has_own) {
            // The new server may not send this error any more.
            let unsure = OperationReport { is_unsure: !old_response.status.is_success(), ..report.clone() };
            response(traversal, &unsure, &accepted, old_response, new_response);
        }
    }
    let accept = |side: &crate::diff::Side, pointer: &str| {
        let mut operations = side.plan.groups.iter().flat_map(|group| &group.operations);
        operations.find(|operation| operation.pointer == pointer).map(|operation| operation.accept.clone())
    };
    let (old_accept, new_accept) =
        (accept(traversal.old, &old.origin.pointer), accept(traversal.new, &new.origin.pointer));
    if old_accept != new_accept {
        let message = "the new program sends another `Accept`".to_owned();
        let pair = (old_accept.unwrap_or_default(), new_accept.unwrap_or_default());
        // The old program accepted every media type, so a server that honours `Accept` sends the requested one.
        let verdict = if pair.0 == "*/*" { Safe } else { Risk };
        report.add(traversal, Direction::Response, (Rule::MediaTypesChanged, verdict), message, pair);
    }
}

/// Compares the bodies and headers of a response.
fn response(
    traversal: &mut Traversal<'_>,
    report: &OperationReport<'_>,
    accepted: &[String],
    old: &Response,
    new: &Response,
) {
    let status = new.status.to_string();
    let success = old.status.is_success() || (old.status == Status::Default && new.status.is_success());
    for media in &old.media {
        let same = new.media.iter().find(|new_media| essence(&new_media.name) == essence(&media.name));
        let found = same.or_else(|| new.media.iter().find(|new_media| covers_media(&media.name, &new_media.name)));
        if let Some(found) = found.or_else(|| find(&new.media, &media.name)) {
            let is_second = is_second_choice(accepted, &media.name, new);
            let report = OperationReport { is_unsure: report.is_unsure || is_second, ..report.clone() };
            content::compare(traversal, &report, Direction::Response, media, found);
            continue;
        }
        let position = accepted.iter().position(|wanted_media| covers_media(wanted_media, &media.name));
        let any_left = new
            .media
            .iter()
            .any(|new_media| old.media.iter().any(|old_media| essence(&old_media.name) == essence(&new_media.name)));
        let verdict = match position {
            None if any_left && success => Safe,
            Some(0) | None => Break,
            Some(_) if any_left => Risk,
            Some(_) => Break,
        };
        // An error is reported with its bytes, whatever they are.
        let verdict = if success { verdict } else { verdict.min(Risk) };
        let message = format!("the response {status} is not sent as `{}` any more", media.name);
        report.add(
            traversal,
            Direction::Response,
            (Rule::MediaTypesChanged, verdict),
            message,
            (format!("{status} {}", media.name), "gone".into()),
        );
    }
    for media in new.media.iter().filter(|media| find(&old.media, &media.name).is_none()) {
        let message = format!("the response {status} may be sent as `{}`", media.name);
        report.add(
            traversal,
            Direction::Response,
            (Rule::MediaTypesChanged, Safe),
            message,
            ("none".into(), format!("{status} {}", media.name)),
        );
    }
    headers(traversal, report, &status, &old.headers, &new.headers);
}

/// Returns true if the program prefers another media type, which the server still sends.
fn is_second_choice(accepted: &[String], media: &str, new: &Response) -> bool {
    let Some(first) = accepted.first().filter(|first| !covers_media(first, media)) else { return false };
    new.media.iter().any(|other| covers_media(first, &other.name))
}

/// Compares the headers of a response.
fn headers(traversal: &mut Traversal<'_>, report: &OperationReport<'_>, status: &str, old: &[Header], new: &[Header]) {
    for old_header in old {
        let Some(new_header) = new.iter().find(|new_header| new_header.name.eq_ignore_ascii_case(&old_header.name))
        else {
            let message = format!("header `{}` of the response {status} is gone", old_header.name);
            let pair = (format!("{status} {}", old_header.name), "gone".to_owned());
            // The program reads every header as one that may be absent.
            let verdict = if old_header.required { Risk } else { Safe };
            report.add(traversal, Direction::Response, (Rule::ValueRemoved, verdict), message, pair);
            continue;
        };
        let text = if old_header.style == Style::Json { Text::None } else { Text::Whole };
        let mode = Mode { is_tolerant: true, null_ok: true, text, ..Mode::new(Direction::Response) };
        traversal.root(old_header.schema, new_header.schema, mode, &report.operation);
    }
}

/// Compares the bodies of webhooks and callbacks, which servers send.
pub(super) fn webhooks(traversal: &mut Traversal<'_>) {
    let (old, new) = (&traversal.old.api.webhooks, &traversal.new.api.webhooks);
    for old_webhook in old {
        let is_same = |new_webhook: &&crate::api::Webhook| {
            new_webhook.name == old_webhook.name
                && new_webhook.callback == old_webhook.callback
                && new_webhook.method == old_webhook.method
        };
        let is_at_same_pointer = |new_webhook: &&crate::api::Webhook| {
            is_same(new_webhook) && new_webhook.origin.pointer == old_webhook.origin.pointer
        };
        let operation = format!("{} {}", if old_webhook.callback { "callback" } else { "webhook" }, old_webhook.name);
        let Some(new_webhook) = new.iter().find(is_at_same_pointer).or_else(|| new.iter().find(is_same)) else {
            let message = format!("the {operation} is gone");
            let item = old_webhook.origin.pointer.clone();
            let change = Change::wire(Rule::OperationOrSecurityChanged, Safe, item.clone(), message);
            traversal.add(Change { direction: Some(Direction::Response), ..change }, &item, "");
            continue;
        };
        let report = OperationReport {
            operation,
            old: &old_webhook.origin.pointer,
            new: &new_webhook.origin.pointer,
            is_unsure: false,
        };
        for media in &old_webhook.media {
            match find(&new_webhook.media, &media.name) {
                Some(found) => content::compare(traversal, &report, Direction::Response, media, found),
                None => {
                    let message = format!("the body is not sent as `{}` any more", media.name);
                    report.add(
                        traversal,
                        Direction::Response,
                        (Rule::MediaTypesChanged, Break),
                        message,
                        (media.name.clone(), "gone".into()),
                    );
                }
            }
        }
    }
}
