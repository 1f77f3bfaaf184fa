//! The message of an error response, in any of the usual shapes of JSON. Never includes values that the server repeats
//! from the request (`input`, `value`, `found`).

use crate::codec::json::from_json_slice;
use http::StatusCode;
use serde_json::{Map, Value};

/// The limit of problems in a message.
const MAX_PROBLEMS: usize = 5;
/// The limit of nested problems, in levels.
const MAX_DEPTH: usize = 8;

/// The members of messages, the most specific first.
const WORDS: [&str; 16] = [
    "detail",
    "title",
    "message",
    "errordescription",
    "error",
    "msg",
    "errormessage",
    "errormsg",
    "errordetail",
    "err",
    "exceptionmessage",
    "defaultmessage",
    "reason",
    "description",
    "faultstring",
    "errors",
];

/// The members of problems: a list of them, or an object by field.
const PROBLEMS: [&str; 16] = [
    "detail",
    "details",
    "errormessages",
    "errors",
    "message",
    "messages",
    "issues",
    "violations",
    "fieldviolations",
    "fielderrors",
    "formerrors",
    "suberrors",
    "invalidparams",
    "exceptiondetail",
    "extra",
    "causes",
];

/// Those of them in which each field has one string. The values of others may be of any type.
const BY_FIELD: [&str; 3] = ["errors", "fielderrors", "messages"];

/// The members of a whole error as an object. They may also be a string.
const WRAPPERS: [&str; 5] = ["error", "fault", "exception", "odataerror", "status"];

/// The members that name the place of a problem in the request.
const PLACES: [&str; 11] =
    ["loc", "path", "instancepath", "pointer", "field", "property", "attr", "attribute", "parameter", "param", "key"];

/// The keys of problems without a field.
const NO_FIELD: [&str; 3] = ["nonfielderrors", "all", "base"];

/// The size limit of an error that is parsed for a message, because a tree needs many times the memory.
const MAX_PARSED_BYTES: usize = 256 << 10;

/// Returns the message of an error response in one line; `None` if it has no usual one.
pub(super) fn of(body: &[u8]) -> Option<String> {
    let body = (body.len() <= MAX_PARSED_BYTES).then(|| from_json_slice::<Value>(body).ok()).flatten()?;
    words(&body, MAX_DEPTH)
}

fn words(body: &Value, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    match body {
        Value::String(text) => text_of(text, depth),
        Value::Array(_) => Problems::of(body, depth).line(),
        Value::Object(members) => object(members, depth),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Returns a string, or the message in the JSON that a string contains.
fn text_of(text: &str, depth: usize) -> Option<String> {
    let text = text.trim();
    let inner = text.starts_with(['[', '{']).then(|| serde_json::from_str(text).ok()).flatten();
    inner.and_then(|inner| words(&inner, depth)).or_else(|| (!text.is_empty()).then(|| text.to_owned()))
}

fn object(members: &Map<String, Value>, depth: usize) -> Option<String> {
    let mut message = message(members, depth);
    let mut problems = Problems::default();
    for (name, value) in PROBLEMS.iter().filter_map(|name| Some((name, named(members, name)?))) {
        problems.by_field = BY_FIELD.contains(name);
        match value {
            Value::String(_) => {}
            Value::Object(fields) if problems.by_field && !is_worded(fields) => {
                fields.iter().for_each(|(key, value)| problems.field("", key, value, depth));
            }
            value => problems.collect("", value, depth),
        }
    }
    problems.by_field = false;
    if message.is_none() && problems.is_empty() {
        message =
            WRAPPERS.iter().find_map(|name| words(named(members, name).filter(|inner| !inner.is_string())?, depth));
    }
    if message.is_none() && problems.is_empty() {
        // Django: each field has a list of messages.
        members
            .iter()
            .filter(|(_, value)| is_listed(value))
            .for_each(|(key, value)| problems.field("", key, value, depth));
    }
    let problems = problems.without(message.as_deref());
    match (message, problems.line()) {
        (Some(message), Some(line)) => Some(format!("{}: {line}", message.trim_end_matches(['.', ':', ' ']))),
        (message, line) => message.or(line).or_else(|| any_text(members)),
    }
}

/// Returns the message of an error, with the title that a problem of RFC 9457 has beside its detail.
fn message(members: &Map<String, Value>, depth: usize) -> Option<String> {
    let text = |name: &str| {
        let value = named(members, name)?;
        // OData 2 and 3 add the language.
        text_of(value.get("value").unwrap_or(value).as_str()?, depth)
    };
    let telling = |name: &str| text(name).filter(|text| !is_reason_phrase(text));
    match (telling("title"), telling("detail")) {
        (Some(title), Some(detail)) if !detail.contains(&title) => {
            Some(format!("{}: {detail}", title.trim_end_matches(['.', ':', ' '])))
        }
        (_, Some(detail)) => Some(detail),
        (Some(title), None) => Some(title),
        (None, None) => WORDS.iter().find_map(|name| telling(name)),
    }
}

/// Returns the first message, even if it only repeats the status.
fn any_text(members: &Map<String, Value>) -> Option<String> {
    let mut texts = WORDS.iter().filter_map(|name| named(members, name)?.as_str());
    texts.find(|text| !text.trim().is_empty()).map(str::to_owned)
}

/// Returns `true` when a string is the standard reason phrase of an error status.
fn is_reason_phrase(text: &str) -> bool {
    let names = (400..600).filter_map(|code| StatusCode::from_u16(code).ok()?.canonical_reason());
    names.into_iter().any(|name| name.eq_ignore_ascii_case(text.trim()))
}

/// Returns a member by its name in lower case without signs: `non_field_errors`, `errorMessage`.
fn named<'m>(members: &'m Map<String, Value>, name: &str) -> Option<&'m Value> {
    members.get(name).or_else(|| members.iter().find(|(key, _)| is_named(key, name)).map(|(_, value)| value))
}

fn is_named(key: &str, name: &str) -> bool {
    let plain = key.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase());
    plain.eq(name.chars())
}

/// Returns `true` when a value contains a string in a list.
fn is_listed(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| item.is_string() || is_listed(item)),
        Value::Object(members) => members.values().any(is_listed),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// The problems of a request, each with its place.
#[derive(Default)]
struct Problems {
    /// The first problems.
    found: Vec<String>,
    /// The number of further problems.
    more: usize,
    /// Accepts a string of a field that is not in a list.
    by_field: bool,
}

impl Problems {
    fn of(value: &Value, depth: usize) -> Self {
        let mut problems = Self::default();
        problems.collect("", value, depth);
        problems
    }

    const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Removes problems that the message already contains.
    fn without(mut self, message: Option<&str>) -> Self {
        self.found.retain(|problem| message.is_none_or(|message| !message.contains(problem.as_str())));
        self
    }

    fn line(&self) -> Option<String> {
        let mut line = self.found.join("; ");
        // Without a problem of its own, the line would be about nothing.
        if self.more > 0 && !line.is_empty() {
            line.push_str(&format!("; and {} more", self.more));
        }
        (!line.is_empty()).then_some(line)
    }

    fn push(&mut self, place: &str, text: &str) {
        let text = text.trim();
        let problem = if place.is_empty() { text.to_owned() } else { format!("{place}: {text}") };
        if text.is_empty() || self.found.contains(&problem) {
            return;
        }
        match self.found.len() < MAX_PROBLEMS {
            true => self.found.push(problem),
            false => self.more += 1,
        }
    }

    fn collect(&mut self, place: &str, value: &Value, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match value {
            Value::String(text) => self.push(place, text),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let gets_index =
                        item.as_object().is_some_and(|item| !is_problem(item) && !item.contains_key("@type"));
                    let place = if gets_index { join(place, &format!("[{index}]")) } else { place.to_owned() };
                    self.collect(&place, item, depth);
                }
            }
            Value::Object(members) if is_problem(members) => self.problem(place, members, depth),
            Value::Object(members) => members.iter().for_each(|(key, value)| self.field(place, key, value, depth)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Records a problem, with its message and its place, and the problems in it.
    fn problem(&mut self, place: &str, members: &Map<String, Value>, depth: usize) {
        let item_place = place_of(members);
        // An object by field may repeat the field's name as a member.
        let is_repeated =
            place == item_place || place.strip_suffix(item_place.as_str()).is_some_and(|rest| rest.ends_with('.'));
        let place = if is_repeated { place.to_owned() } else { join(place, &item_place) };
        let mut texts = WORDS.iter().chain(&["code"]).filter_map(|name| named(members, name)?.as_str());
        let text = texts.find(|text| !text.trim().is_empty());
        text.into_iter().for_each(|text| self.push(&place, text));
        for value in PROBLEMS.iter().filter_map(|name| named(members, name)).filter(|value| !value.is_string()) {
            self.collect(&place, value, depth);
        }
    }

    fn field(&mut self, place: &str, key: &str, value: &Value, depth: usize) {
        if value.is_string() && !self.by_field {
            return;
        }
        let no_field = key.is_empty() || NO_FIELD.iter().chain(&PROBLEMS).any(|name| is_named(key, name));
        let place = if no_field { place.to_owned() } else { join(place, key) };
        self.collect(&place, value, depth);
    }
}

/// Returns `true` when an object is a problem, and not an object of problems by field.
fn is_problem(members: &Map<String, Value>) -> bool {
    let is_text = |name: &str| named(members, name).is_some_and(Value::is_string);
    // GitHub has a code alone.
    WORDS.iter().any(|name| is_text(name)) || is_text("code") && is_text("field")
}

/// Returns `true` when an object is certainly a problem, because fields may have any name.
fn is_worded(members: &Map<String, Value>) -> bool {
    ["message", "msg", "detail"].iter().any(|name| members.get(*name).is_some_and(Value::is_string))
}

/// Returns the place of a problem in the request: `body.items[0].name`.
fn place_of(members: &Map<String, Value>) -> String {
    // JSON:API has an object for the place. Others name the part of the request beside the field.
    let source = named(members, "source").and_then(|source| match source {
        Value::Object(source) => ["pointer", "parameter", "header"].iter().find_map(|name| source.get(*name)),
        _ => None,
    });
    let part = ["source", "location"].iter().find_map(|name| named(members, name)?.as_str());
    let place = source.or_else(|| PLACES.iter().find_map(|name| named(members, name).filter(|place| !place.is_null())));
    // RFC 7807 has the name of a parameter and a reason.
    let place = place.or_else(|| named(members, "name").filter(|_| named(members, "reason").is_some()));
    let place = place.map(steps).unwrap_or_default();
    if place.is_empty() { place } else { join(part.unwrap_or_default(), &place) }
}

/// Formats a place from a list of steps, a JSON pointer, or a path.
fn steps(place: &Value) -> String {
    let all = |steps: &mut dyn Iterator<Item = String>| steps.fold(String::new(), |place, step| join(&place, &step));
    match place {
        Value::String(text) => match text.trim_start_matches('#').strip_prefix('/') {
            Some(pointer) => all(&mut pointer.split('/').map(|step| match step.parse::<u64>() {
                Ok(index) => format!("[{index}]"),
                Err(_) => step.replace("~1", "/").replace("~0", "~"),
            })),
            None => text.trim_start_matches("$.").to_owned(),
        },
        Value::Array(steps) => all(&mut steps.iter().filter_map(|step| match step {
            Value::String(text) => Some(text.clone()),
            Value::Number(index) => Some(format!("[{index}]")),
            _ => None,
        })),
        _ => String::new(),
    }
}

fn join(place: &str, step: &str) -> String {
    let dot = if place.is_empty() || step.is_empty() || step.starts_with('[') { "" } else { "." };
    format!("{place}{dot}{step}")
}

#[cfg(test)]
mod tests;
