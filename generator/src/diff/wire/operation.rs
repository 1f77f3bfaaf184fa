//! Two operations: route, parameters, bodies, responses; and the bodies of webhooks and callbacks.

use super::security;
use super::walk::{Mode, Walk};
use crate::api::{Header, Location, Media, Operation, Parameter, Response, Sequence, Shape, Status};
use crate::diff::change::{
    Change, Direction,
    WireVerdict::{self, Break, Risk, Safe},
};
use crate::diff::operations::route;
use crate::plan::methods::Method;

/// Reports a change of one operation.
struct Report<'r> {
    operation: String,
    old: &'r str,
    new: &'r str,
}

impl Report<'_> {
    fn add(
        &self,
        walk: &mut Walk<'_>,
        direction: Direction,
        (code, verdict): (&'static str, WireVerdict),
        message: String,
        (before, now): (String, String),
    ) {
        let mut change = Change::wire(code, verdict, self.old, message).from_to(before, now);
        change.direction = Some(direction);
        change.effects.push(self.operation.clone());
        walk.add(change, self.old, self.new);
    }
}

/// Compares two operations.
pub(super) fn compare(walk: &mut Walk<'_>, old: &Operation, new: &Operation) {
    let name = format!("{} {}", new.method, new.path);
    let report = Report { operation: name.clone(), old: &old.origin.pointer, new: &new.origin.pointer };
    if old.method != new.method || route(&old.path) != route(&new.path) {
        let message = "the method or the path changed".to_owned();
        let routes = (format!("{} {}", old.method, old.path), name.clone());
        report.add(walk, Direction::Request, ("W211", Break), message, routes);
    }
    if old.server != new.server {
        let shown = |server: &Option<String>| server.clone().unwrap_or_else(|| "the server of the API".to_owned());
        let message = "the server of the operation changed".to_owned();
        report.add(walk, Direction::Request, ("W212", Risk), message, (shown(&old.server), shown(&new.server)));
    }
    security::compare(walk, old, new);
    parameters(walk, &report, old, new);
    body(walk, &report, old, new);
    responses(walk, &report, old, new);
}

/// What a parameter is called on the wire: a path parameter has the place in the template, a header no case.
fn key(parameter: &Parameter, index: usize) -> (u8, String) {
    match parameter.location {
        Location::Path => (0, index.to_string()),
        Location::Query => (1, parameter.name.clone()),
        Location::QueryString => (2, String::new()),
        Location::Header => (3, parameter.name.to_lowercase()),
        Location::Cookie => (4, parameter.name.clone()),
    }
}

fn parameters(walk: &mut Walk<'_>, report: &Report<'_>, old: &Operation, new: &Operation) {
    let keyed = |operation: &'_ Operation| -> Vec<(u8, String)> {
        operation.parameters.iter().enumerate().map(|(index, parameter)| key(parameter, index)).collect()
    };
    let (before, now) = (keyed(old), keyed(new));
    let mut lost: Vec<&Parameter> = Vec::new();
    let mut gained: Vec<&Parameter> =
        new.parameters.iter().zip(&now).filter(|(_, key)| !before.contains(key)).map(|(parameter, _)| parameter).collect();
    for (one, key) in old.parameters.iter().zip(&before) {
        let found = now.iter().position(|other| other == key).and_then(|index| new.parameters.get(index));
        match found {
            Some(other) => parameter(walk, report, (one, old), (other, new)),
            None => lost.push(one),
        }
    }
    for one in lost {
        let below = Report { operation: report.operation.clone(), old: &one.origin.pointer, new: report.new };
        // The same name elsewhere, or the only other one of its kind, is the same parameter.
        let moved = gained.iter().position(|other| other.name == one.name);
        if let Some(other) = moved.map(|index| gained.remove(index)) {
            let message = format!("parameter `{}` is in another place", one.name);
            let places = (format!("{:?}", one.location), format!("{:?}", other.location));
            below.add(walk, Direction::Request, ("W210", Break), message, places);
            continue;
        }
        let alike: Vec<usize> = (0..gained.len())
            .filter(|index| {
                gained.get(*index).is_some_and(|other| {
                    other.location == one.location
                        && (one.name.to_lowercase().replace(['_', '-'], "") == other.name.to_lowercase().replace(['_', '-'], "")
                            || (gained.len() == 1
                                && walk.trial(one.schema, other.schema, Mode::new(Direction::Request)) == Safe
                                && one.required == other.required))
                })
            })
            .collect();
        if let [only] = alike[..] {
            let other = gained.remove(only);
            let message = format!("parameter `{}` is named `{}` now", one.name, other.name);
            below.add(walk, Direction::Request, ("W210", Break), message, (one.name.clone(), other.name.clone()));
            continue;
        }
        let message = format!("parameter `{}` is gone", one.name);
        below.add(walk, Direction::Request, ("W203", Safe), message, (one.name.clone(), "gone".into()));
    }
    for other in gained {
        let below = Report { operation: report.operation.clone(), old: report.old, new: &other.origin.pointer };
        let (verdict, word) = if other.required { (Break, "required") } else { (Safe, "optional") };
        let message = format!("{word} parameter `{}` is new", other.name);
        below.add(walk, Direction::Request, ("W201", verdict), message, ("none".into(), format!("{word} {}", other.name)));
    }
}

fn parameter(
    walk: &mut Walk<'_>,
    report: &Report<'_>,
    (old, operation): (&Parameter, &Operation),
    (new, _): (&Parameter, &Operation),
) {
    let below =
        Report { operation: report.operation.clone(), old: &old.origin.pointer, new: &new.origin.pointer };
    if old.required != new.required {
        let shown = |required: bool| if required { "required" } else { "optional" }.to_owned();
        let (code, verdict) = if new.required { ("W201", Break) } else { ("W202", Safe) };
        let message = format!("parameter `{}` is {} now", old.name, shown(new.required));
        below.add(walk, Direction::Request, (code, verdict), message, (shown(old.required), shown(new.required)));
    }
    let scalar = walk.old_schema(old.schema).is_some_and(|(schema, _)| {
        matches!(schema.shape, Shape::Scalar(_) | Shape::Enum(_))
    });
    let style = |parameter: &Parameter| {
        let explode = if scalar { String::new() } else { format!(", explode {}", parameter.explode) };
        format!("{:?}{explode}", parameter.style)
    };
    if style(old) != style(new) {
        let message = format!("the serialization of parameter `{}` changed", old.name);
        below.add(walk, Direction::Request, ("W210", Break), message, (style(old), style(new)));
    }
    if (old.allow_reserved, old.allow_empty) != (new.allow_reserved, new.allow_empty) || old.encoding != new.encoding {
        let message = format!("the escaping of parameter `{}` changed", old.name);
        let shown = |parameter: &Parameter| format!("{} {} {:?}", parameter.allow_reserved, parameter.allow_empty, parameter.encoding);
        below.add(walk, Direction::Request, ("W210", Risk), message, (shown(old), shown(new)));
    }
    let _ = operation;
    walk.root(old.schema, new.schema, Mode::new(Direction::Request), &report.operation);
}

/// The call of an operation in the old crate.
fn method<'w>(walk: &Walk<'w>, operation: &Operation) -> Option<&'w Method> {
    let mut methods = walk.old.plan.groups.iter().flat_map(|group| &group.methods);
    methods.find(|method| method.pointer == operation.origin.pointer)
}

/// A media type without parameters, in lower case.
fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_lowercase()
}

/// Returns true if a media type is covered by another one, which may be a range.
fn covers(range: &str, media: &str) -> bool {
    let (range, media) = (essence(range), essence(media));
    range == media
        || range == "*/*"
        || range.strip_suffix("/*").is_some_and(|kind| media.split('/').next() == Some(kind))
}

fn find<'m>(list: &'m [Media], wanted: &str) -> Option<&'m Media> {
    list.iter().find(|media| essence(&media.name) == essence(wanted)).or_else(|| list.iter().find(|media| covers(&media.name, wanted)))
}

fn body(walk: &mut Walk<'_>, report: &Report<'_>, old: &Operation, new: &Operation) {
    let direction = Direction::Request;
    let (one, other) = match (&old.body, &new.body) {
        (None, None) => return,
        (None, Some(body)) => {
            let (verdict, word) = if body.required { (Break, "required") } else { (Safe, "optional") };
            let message = format!("{word} request body is new");
            return report.add(walk, direction, ("W201", verdict), message, ("none".into(), word.into()));
        }
        (Some(_), None) => {
            let message = "the request body is gone".to_owned();
            return report.add(walk, direction, ("W203", Risk), message, ("a body".into(), "none".into()));
        }
        (Some(one), Some(other)) => (one, other),
    };
    if one.required != other.required {
        let (code, verdict, word) =
            if other.required { ("W201", Break, "required") } else { ("W202", Safe, "optional") };
        let message = format!("the request body is {word} now");
        report.add(walk, direction, (code, verdict), message, ("body".into(), word.into()));
    }
    let sent: Vec<String> = method(walk, old)
        .and_then(|method| method.body.as_ref())
        .map(|body| body.payloads.iter().map(|payload| essence(&payload.media)).collect())
        .unwrap_or_default();
    for media in &one.media {
        match find(&other.media, &media.name) {
            Some(found) => self::media(walk, report, direction, media, found),
            None => {
                let is_sent = sent.is_empty() || sent.contains(&essence(&media.name));
                let message = format!("the request body is not accepted as `{}` any more", media.name);
                let verdict = if is_sent { Break } else { Safe };
                report.add(walk, direction, ("W209", verdict), message, (media.name.clone(), "gone".into()));
            }
        }
    }
    for media in other.media.iter().filter(|media| find(&one.media, &media.name).is_none()) {
        let message = format!("the request body is also accepted as `{}`", media.name);
        report.add(walk, direction, ("W209", Safe), message, ("none".into(), media.name.clone()));
    }
}

/// Compares the content of one media type.
fn media(walk: &mut Walk<'_>, report: &Report<'_>, direction: Direction, old: &Media, new: &Media) {
    let mode = Mode { is_xml: essence(&old.name).ends_with("xml"), ..Mode::new(direction) };
    if old.encoding != new.encoding {
        let message = format!("the encoding of `{}` changed", old.name);
        let shown = |media: &Media| format!("{:?}", media.encoding);
        report.add(walk, direction, ("W210", Break), message, (shown(old), shown(new)));
    }
    match (old.schema, new.schema) {
        (Some(one), Some(other)) => walk.root(one, other, mode, &report.operation),
        (None, None) => {}
        (before, _) if old.sequence.is_none() && new.sequence.is_none() => {
            let is_gone = before.is_some();
            // Bytes or any JSON take everything that is read, and are accepted when nothing is said.
            let verdict = if is_gone == (direction == Direction::Request) { Safe } else { Risk };
            let message = format!("the schema of `{}` is {}", old.name, if is_gone { "gone" } else { "new" });
            let shown = |has: bool| if has { "a schema" } else { "none" }.to_owned();
            report.add(walk, direction, ("W299", verdict), message, (shown(is_gone), shown(!is_gone)));
        }
        _ => {}
    }
    match (&old.sequence, &new.sequence) {
        (None, None) => {}
        (Some(one), Some(other)) => sequences(walk, report, mode, one, other),
        (before, _) => {
            let message = format!("`{}` is {} a sequence of values", old.name, if before.is_some() { "not" } else { "now" });
            let shown = |has: bool| if has { "a sequence" } else { "one value" }.to_owned();
            report.add(walk, direction, ("W207", Break), message, (shown(before.is_some()), shown(before.is_none())));
        }
    }
}

fn sequences(walk: &mut Walk<'_>, report: &Report<'_>, mode: Mode, old: &Sequence, new: &Sequence) {
    use crate::api::Items::{Events, Lines, Parts, Texts};
    match (&old.items, &new.items) {
        (Events(one), Events(other)) => {
            for kind in one {
                let found = other.iter().find(|new| new.names == kind.names).or_else(|| other.iter().find(|new| new.names.is_empty()));
                match found.map(|found| (kind.data, found.data)) {
                    Some((Some(before), Some(now))) => walk.root(before, now, mode, &report.operation),
                    Some((None, None)) | None => {}
                    Some(_) => {
                        let message = format!("the data of the events `{}` changed", kind.names.join("`, `"));
                        report.add(walk, mode.direction, ("W207", Break), message, ("data".into(), kind.names.join(" ")));
                    }
                }
            }
        }
        (Lines(one), Lines(other)) | (Texts(one), Texts(other)) | (Parts(one), Parts(other)) => {
            if let (Some(before), Some(now)) = (one, other) {
                walk.root(*before, *now, mode, &report.operation);
            } else if one.is_some() && !mode.is_request() {
                let message = "the items of the sequence have no schema any more".to_owned();
                report.add(walk, mode.direction, ("W299", Risk), message, ("a schema".into(), "none".into()));
            }
        }
        _ => {
            let message = "the values of the sequence are separated in another way".to_owned();
            report.add(walk, mode.direction, ("W209", Break), message, ("one way".into(), "another".into()));
        }
    }
    if old.end != new.end {
        let shown = |end: &Option<String>| end.clone().unwrap_or_else(|| "none".to_owned());
        let message = "the text that ends the sequence changed".to_owned();
        report.add(walk, mode.direction, ("W212", Risk), message, (shown(&old.end), shown(&new.end)));
    }
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Exact(200..=299) | Status::Range(2))
}

fn shown(status: Status) -> String {
    match status {
        Status::Exact(status) => status.to_string(),
        Status::Range(range) => format!("{range}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// The response of a status: the status itself, its range, all others.
fn covering(responses: &[Response], status: Status) -> Option<&Response> {
    let has = |wanted: Status| responses.iter().find(|response| response.status == wanted);
    has(status)
        .or_else(|| match status {
            Status::Exact(code) => u8::try_from(code / 100).ok().and_then(|range| has(Status::Range(range))),
            Status::Range(_) | Status::Default => None,
        })
        .or_else(|| has(Status::Default))
}

fn responses(walk: &mut Walk<'_>, report: &Report<'_>, old: &Operation, new: &Operation) {
    let successes = |operation: &Operation| -> Vec<String> {
        let mut all: Vec<String> =
            operation.responses.iter().filter(|one| is_success(one.status)).map(|one| shown(one.status)).collect();
        all.sort();
        all
    };
    let (before, now) = (successes(old), successes(new));
    if before != now {
        let message = "the statuses of success changed".to_owned();
        report.add(walk, Direction::Response, ("W212", Risk), message, (before.join(", "), now.join(", ")));
    }
    let accepted: Vec<String> =
        method(walk, old).map(|method| method.accept.split(',').map(essence).collect()).unwrap_or_default();
    for other in &new.responses {
        // A status that the old program does not know by itself is read as the one that covers it.
        let Some(one) = covering(&old.responses, other.status) else { continue };
        response(walk, report, &accepted, one, other);
    }
    for one in &old.responses {
        let has_own = new.responses.iter().any(|other| other.status == one.status);
        if let Some(other) = covering(&new.responses, one.status).filter(|_| !has_own) {
            response(walk, report, &accepted, one, other);
        }
    }
    let asks = |side: &crate::diff::Side, pointer: &str| {
        let mut methods = side.plan.groups.iter().flat_map(|group| &group.methods);
        methods.find(|method| method.pointer == pointer).map(|method| method.accept.clone())
    };
    let (before, now) = (asks(walk.old, &old.origin.pointer), asks(walk.new, &new.origin.pointer));
    if before != now {
        let message = "the new program sends another `Accept`".to_owned();
        let pair = (before.unwrap_or_default(), now.unwrap_or_default());
        report.add(walk, Direction::Request, ("W209", Risk), message, pair);
    }
}

fn response(walk: &mut Walk<'_>, report: &Report<'_>, accepted: &[String], old: &Response, new: &Response) {
    let status = shown(new.status);
    let success = is_success(old.status) || (old.status == Status::Default && is_success(new.status));
    for media in &old.media {
        let same = new.media.iter().find(|other| essence(&other.name) == essence(&media.name));
        let found = same.or_else(|| new.media.iter().find(|other| covers(&media.name, &other.name)));
        if let Some(found) = found.or_else(|| find(&new.media, &media.name)) {
            self::media(walk, report, Direction::Response, media, found);
            continue;
        }
        let place = accepted.iter().position(|asked| covers(asked, &media.name));
        let any_left = new.media.iter().any(|other| old.media.iter().any(|one| essence(&one.name) == essence(&other.name)));
        let verdict = match place {
            None if any_left && success => Safe,
            Some(0) | None => Break,
            Some(_) if any_left => Risk,
            Some(_) => Break,
        };
        // An error is reported with its bytes, whatever they are.
        let verdict = if success { verdict } else { verdict.min(Risk) };
        let message = format!("the response {status} is not sent as `{}` any more", media.name);
        report.add(walk, Direction::Response, ("W209", verdict), message, (format!("{status} {}", media.name), "gone".into()));
    }
    for media in new.media.iter().filter(|media| find(&old.media, &media.name).is_none()) {
        let message = format!("the response {status} may be sent as `{}`", media.name);
        report.add(walk, Direction::Response, ("W209", Safe), message, ("none".into(), format!("{status} {}", media.name)));
    }
    headers(walk, report, &status, &old.headers, &new.headers);
}

fn headers(walk: &mut Walk<'_>, report: &Report<'_>, status: &str, old: &[Header], new: &[Header]) {
    for one in old {
        let Some(other) = new.iter().find(|other| other.name.eq_ignore_ascii_case(&one.name)) else {
            let message = format!("header `{}` of the response {status} is gone", one.name);
            let pair = (format!("{status} {}", one.name), "gone".to_owned());
            report.add(walk, Direction::Response, ("W203", Risk), message, pair);
            continue;
        };
        let mode = Mode { is_tolerant: true, null_ok: true, ..Mode::new(Direction::Response) };
        walk.root(one.schema, other.schema, mode, &report.operation);
    }
}

/// Compares the bodies of webhooks and callbacks, which servers send.
pub(super) fn payloads(walk: &mut Walk<'_>) {
    let (old, new) = (&walk.old.api.payloads, &walk.new.api.payloads);
    for one in old {
        let is_same = |other: &&crate::api::Payload| {
            other.name == one.name && other.callback == one.callback && other.method == one.method
        };
        let place = |other: &&crate::api::Payload| is_same(other) && other.origin.pointer == one.origin.pointer;
        let operation = format!("{} {}", if one.callback { "callback" } else { "webhook" }, one.name);
        let Some(other) = new.iter().find(place).or_else(|| new.iter().find(is_same)) else {
            let message = format!("the {operation} is gone");
            let item = one.origin.pointer.clone();
            let change = Change::wire("W211", Safe, item.clone(), message);
            walk.add(Change { direction: Some(Direction::Response), ..change }, &item, "");
            continue;
        };
        let report = Report { operation, old: &one.origin.pointer, new: &other.origin.pointer };
        for media in &one.media {
            match find(&other.media, &media.name) {
                Some(found) => self::media(walk, &report, Direction::Response, media, found),
                None => {
                    let message = format!("the body is not sent as `{}` any more", media.name);
                    report.add(walk, Direction::Response, ("W209", Break), message, (media.name.clone(), "gone".into()));
                }
            }
        }
    }
}
