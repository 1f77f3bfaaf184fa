//! Two operations: route, parameters, bodies, responses; and the bodies of webhooks and callbacks.

use super::content::{covers, essence, find};
use super::traversal::{Mode, Text, Traversal};
use super::{content, parameter, security};
use crate::api::{Header, Operation, Response, Status, Style, without_names};
use crate::diff::change::{
    Change, Direction,
    WireVerdict::{self, Break, Risk, Safe},
};
use crate::plan::operations::PlannedOperation;

/// Reports a change of one operation.
#[derive(Clone)]
pub(super) struct Report<'r> {
    pub(super) operation: String,
    pub(super) old: &'r str,
    pub(super) new: &'r str,
    /// The descriptions do not say whether the server sends it, so that nothing is a certain break.
    pub(super) is_unsure: bool,
}

impl Report<'_> {
    pub(super) fn add(
        &self,
        traversal: &mut Traversal<'_>,
        direction: Direction,
        (code, verdict): (&'static str, WireVerdict),
        message: String,
        (before, now): (String, String),
    ) {
        let verdict = if self.is_unsure { verdict.min(Risk) } else { verdict };
        let mut change = Change::wire(code, verdict, self.old, message).with_values(before, now);
        change.direction = Some(direction);
        change.effects.push(self.operation.clone());
        traversal.add(change, self.old, self.new);
    }
}

/// Compares two operations.
pub(super) fn compare(traversal: &mut Traversal<'_>, old: &Operation, new: &Operation) {
    let name = new.route();
    let report =
        Report { operation: name.clone(), old: &old.origin.pointer, new: &new.origin.pointer, is_unsure: false };
    if old.method != new.method || without_names(&old.path, "{}") != without_names(&new.path, "{}") {
        let message = "the method or the path changed".to_owned();
        let routes = (old.route(), name.clone());
        report.add(traversal, Direction::Request, ("W211", Break), message, routes);
    }
    if old.server != new.server {
        let shown = |server: &Option<String>| server.clone().unwrap_or_else(|| "the server of the API".to_owned());
        let message = "the server of the operation changed".to_owned();
        report.add(traversal, Direction::Request, ("W212", Risk), message, (shown(&old.server), shown(&new.server)));
    }
    security::compare(traversal, old, new);
    parameter::compare(traversal, &report, old, new);
    body(traversal, &report, old, new);
    responses(traversal, &report, old, new);
}

/// The operation as the old crate has it.
fn planned<'w>(traversal: &Traversal<'w>, operation: &Operation) -> Option<&'w PlannedOperation> {
    let mut operations = traversal.old.plan.groups.iter().flat_map(|group| &group.operations);
    operations.find(|planned| planned.pointer == operation.origin.pointer)
}

fn body(traversal: &mut Traversal<'_>, report: &Report<'_>, old: &Operation, new: &Operation) {
    let direction = Direction::Request;
    let (one, other) = match (&old.body, &new.body) {
        (None, None) => return,
        (None, Some(body)) => {
            let (verdict, word) = if body.required { (Break, "required") } else { (Safe, "optional") };
            let message = format!("{word} request body is new");
            return report.add(traversal, direction, ("W201", verdict), message, ("none".into(), word.into()));
        }
        (Some(_), None) => {
            let message = "the request body is gone".to_owned();
            return report.add(traversal, direction, ("W203", Risk), message, ("a body".into(), "none".into()));
        }
        (Some(one), Some(other)) => (one, other),
    };
    if one.required != other.required {
        let (code, verdict, word) =
            if other.required { ("W201", Break, "required") } else { ("W202", Safe, "optional") };
        let message = format!("the request body is {word} now");
        report.add(traversal, direction, (code, verdict), message, ("body".into(), word.into()));
    }
    let sent: Vec<String> = planned(traversal, old)
        .and_then(|operation| operation.body.as_ref())
        .map(|body| body.payloads.iter().map(|payload| essence(&payload.media)).collect())
        .unwrap_or_default();
    for media in &one.media {
        let is_sent = sent.is_empty() || sent.iter().any(|sent| covers(&media.name, sent));
        // A range is sent as one of its media types.
        let of_range =
            || sent.iter().filter(|sent| covers(&media.name, sent)).find_map(|sent| find(&other.media, sent));
        match find(&other.media, &media.name).or_else(of_range) {
            Some(found) if is_sent => content::compare(traversal, report, direction, media, found),
            // The old crate sends another media type of the same meaning.
            Some(_) => {}
            None => {
                let message = format!("the request body is not accepted as `{}` any more", media.name);
                let verdict = if is_sent { Break } else { Safe };
                report.add(traversal, direction, ("W209", verdict), message, (media.name.clone(), "gone".into()));
            }
        }
    }
    for media in other.media.iter().filter(|media| find(&one.media, &media.name).is_none()) {
        let message = format!("the request body is also accepted as `{}`", media.name);
        report.add(traversal, direction, ("W209", Safe), message, ("none".into(), media.name.clone()));
    }
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Exact(200..=299) | Status::Range(2))
}

/// The response of a status: the status itself, its range, all others. All others are errors where a success is
/// documented.
fn covering(responses: &[Response], status: Status) -> Option<&Response> {
    let has = |wanted: Status| responses.iter().find(|response| response.status == wanted);
    let is_error = is_success(status) && responses.iter().any(|response| is_success(response.status));
    has(status)
        .or_else(|| match status {
            Status::Exact(code) => u8::try_from(code / 100).ok().and_then(|range| has(Status::Range(range))),
            Status::Range(_) | Status::Default => None,
        })
        .or_else(|| has(Status::Default).filter(|_| !is_error))
}

fn responses(traversal: &mut Traversal<'_>, report: &Report<'_>, old: &Operation, new: &Operation) {
    let successes = |operation: &Operation| -> Vec<String> {
        let mut all: Vec<String> =
            operation.responses.iter().filter(|one| is_success(one.status)).map(|one| one.status.to_string()).collect();
        all.sort();
        all
    };
    let (before, now) = (successes(old), successes(new));
    if before != now {
        let message = "the statuses of success changed".to_owned();
        report.add(traversal, Direction::Response, ("W212", Risk), message, (before.join(", "), now.join(", ")));
    }
    let accepted: Vec<String> =
        planned(traversal, old).map(|operation| operation.accept.split(',').map(essence).collect()).unwrap_or_default();
    // The only success of the old program is what it reads from any other status of success.
    let mut reads = old.responses.iter().filter(|one| is_success(one.status));
    let only = reads.next().filter(|_| reads.next().is_none() && before.iter().all(|one| !now.contains(one)));
    for other in &new.responses {
        // A status that the old program does not know by itself is read as the one that covers it.
        let moved = only.filter(|_| is_success(other.status));
        let Some(one) = covering(&old.responses, other.status).or(moved) else { continue };
        response(traversal, report, &accepted, one, other);
    }
    for one in &old.responses {
        let has_own = new.responses.iter().any(|other| other.status == one.status);
        if let Some(other) = covering(&new.responses, one.status).filter(|_| !has_own) {
            // The new server may not send this error any more.
            let unsure = Report { is_unsure: !is_success(one.status), ..report.clone() };
            response(traversal, &unsure, &accepted, one, other);
        }
    }
    let accept = |side: &crate::diff::Side, pointer: &str| {
        let mut operations = side.plan.groups.iter().flat_map(|group| &group.operations);
        operations.find(|operation| operation.pointer == pointer).map(|operation| operation.accept.clone())
    };
    let (before, now) = (accept(traversal.old, &old.origin.pointer), accept(traversal.new, &new.origin.pointer));
    if before != now {
        let message = "the new program sends another `Accept`".to_owned();
        let pair = (before.unwrap_or_default(), now.unwrap_or_default());
        // A server that sent anything sends the requested media type.
        let verdict = if pair.0 == "*/*" { Safe } else { Risk };
        report.add(traversal, Direction::Response, ("W209", verdict), message, pair);
    }
}

fn response(traversal: &mut Traversal<'_>, report: &Report<'_>, accepted: &[String], old: &Response, new: &Response) {
    let status = new.status.to_string();
    let success = is_success(old.status) || (old.status == Status::Default && is_success(new.status));
    for media in &old.media {
        let same = new.media.iter().find(|other| essence(&other.name) == essence(&media.name));
        let found = same.or_else(|| new.media.iter().find(|other| covers(&media.name, &other.name)));
        if let Some(found) = found.or_else(|| find(&new.media, &media.name)) {
            let is_second = is_second_choice(accepted, &media.name, new);
            let report = Report { is_unsure: report.is_unsure || is_second, ..report.clone() };
            content::compare(traversal, &report, Direction::Response, media, found);
            continue;
        }
        let place = accepted.iter().position(|wanted_media| covers(wanted_media, &media.name));
        let any_left =
            new.media.iter().any(|other| old.media.iter().any(|one| essence(&one.name) == essence(&other.name)));
        let verdict = match place {
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
            ("W209", verdict),
            message,
            (format!("{status} {}", media.name), "gone".into()),
        );
    }
    for media in new.media.iter().filter(|media| find(&old.media, &media.name).is_none()) {
        let message = format!("the response {status} may be sent as `{}`", media.name);
        report.add(
            traversal,
            Direction::Response,
            ("W209", Safe),
            message,
            ("none".into(), format!("{status} {}", media.name)),
        );
    }
    headers(traversal, report, &status, &old.headers, &new.headers);
}

/// Returns true if the program prefers another media type, which the server still sends.
fn is_second_choice(accepted: &[String], media: &str, new: &Response) -> bool {
    let Some(first) = accepted.first().filter(|first| !covers(first, media)) else { return false };
    new.media.iter().any(|other| covers(first, &other.name))
}

fn headers(traversal: &mut Traversal<'_>, report: &Report<'_>, status: &str, old: &[Header], new: &[Header]) {
    for one in old {
        let Some(other) = new.iter().find(|other| other.name.eq_ignore_ascii_case(&one.name)) else {
            let message = format!("header `{}` of the response {status} is gone", one.name);
            let pair = (format!("{status} {}", one.name), "gone".to_owned());
            // The program reads every header as one that may be absent.
            let verdict = if one.required { Risk } else { Safe };
            report.add(traversal, Direction::Response, ("W203", verdict), message, pair);
            continue;
        };
        let text = if one.style == Style::Json { Text::None } else { Text::Whole };
        let mode = Mode { is_tolerant: true, null_ok: true, text, ..Mode::new(Direction::Response) };
        traversal.root(one.schema, other.schema, mode, &report.operation);
    }
}

/// Compares the bodies of webhooks and callbacks, which servers send.
pub(super) fn webhooks(traversal: &mut Traversal<'_>) {
    let (old, new) = (&traversal.old.api.webhooks, &traversal.new.api.webhooks);
    for one in old {
        let is_same = |other: &&crate::api::Webhook| {
            other.name == one.name && other.callback == one.callback && other.method == one.method
        };
        let place = |other: &&crate::api::Webhook| is_same(other) && other.origin.pointer == one.origin.pointer;
        let operation = format!("{} {}", if one.callback { "callback" } else { "webhook" }, one.name);
        let Some(other) = new.iter().find(place).or_else(|| new.iter().find(is_same)) else {
            let message = format!("the {operation} is gone");
            let item = one.origin.pointer.clone();
            let change = Change::wire("W211", Safe, item.clone(), message);
            traversal.add(Change { direction: Some(Direction::Response), ..change }, &item, "");
            continue;
        };
        let report = Report { operation, old: &one.origin.pointer, new: &other.origin.pointer, is_unsure: false };
        for media in &one.media {
            match find(&other.media, &media.name) {
                Some(found) => content::compare(traversal, &report, Direction::Response, media, found),
                None => {
                    let message = format!("the body is not sent as `{}` any more", media.name);
                    report.add(
                        traversal,
                        Direction::Response,
                        ("W209", Break),
                        message,
                        (media.name.clone(), "gone".into()),
                    );
                }
            }
        }
    }
}
