//! Documentation of parameters: at each setter, and for required ones in a list at the operation's method, because
//! arguments have no documentation of their own. Does not know how values are sent.

use crate::api::{Parameter, Schema, Status};
use crate::plan::docs::{self, Lead};
use crate::plan::models::default;
use crate::plan::type_of::Types;

/// The documentation of the parameter with an identifier.
pub(super) fn parameter(parameter: &Parameter, identifier: &str, types: &Types<'_>) -> Vec<String> {
    let schema = types.schema(parameter.schema);
    let own = |schema: &Schema| schema.description.clone();
    let own = schema.and_then(own);
    let description = parameter.description.as_deref().or(own.as_deref()).unwrap_or_default();
    // Arguments are items of a list, which has no summaries.
    let mut lines = docs::clean(description, if parameter.required { Lead::Paragraph } else { Lead::Line });
    let default = default::value(parameter.schema, types).filter(|_| !parameter.required);
    let default = default.and_then(|default| default::shown(default, parameter.schema, types));
    if lines.is_empty() {
        lines.extend(docs::of_undescribed(&parameter.name, identifier));
    }
    let deprecated = docs::of_deprecated(parameter.deprecated, &lines);
    docs::add_notes(&mut lines, default.into_iter().chain(deprecated));
    lines
}

/// A list of the documented arguments of a call: the name and the documentation of each.
pub(super) fn arguments<'d>(arguments: impl Iterator<Item = (&'d String, &'d Vec<String>)>) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, docs) in arguments {
        item(name, docs, &mut lines);
    }
    if !lines.is_empty() {
        lines.insert(0, String::new());
    }
    lines
}

/// An item of a list. More than one paragraph stands below the name.
fn item(name: &str, docs: &[String], lines: &mut Vec<String>) {
    let block = |line: &String| line.starts_with(['-', '|', '>', '#', '~', '*']) || line.starts_with("```");
    let first = docs.first().filter(|line| !block(line) && !line.starts_with(|c: char| c.is_ascii_digit()));
    lines.push(first.map_or_else(|| format!("- `{name}`:"), |first| format!("- `{name}`: {first}")));
    if first.is_none() {
        lines.push(String::new());
    }
    let rest = docs.iter().skip(usize::from(first.is_some()));
    lines.extend(rest.map(|line| if line.is_empty() { String::new() } else { format!("  {line}") }));
}

/// A sentence with the documented statuses of errors and redirects, or `None` if there are none.
pub(super) fn errors(failing: &[Status]) -> Option<String> {
    let spelled = failing.iter().filter_map(|status| match status {
        Status::Exact(300..) | Status::Range(3..) => Some(format!("`{status}`")),
        Status::Exact(_) | Status::Range(_) | Status::Default => None,
    });
    let mut statuses: Vec<String> = spelled.collect();
    let others = failing.contains(&Status::Default);
    if others && statuses.is_empty() {
        return Some("The description documents a response for all error statuses.".to_owned());
    }
    if others {
        statuses.push("all others".to_owned());
    }
    let redirects = failing.iter().any(|status| matches!(status, Status::Exact(300..=399) | Status::Range(3)));
    let word = if redirects { "status" } else { "error status" };
    let last = statuses.pop()?;
    Some(match statuses.as_slice() {
        [] => format!("The description documents the {word} {last}."),
        more => format!("The description documents the {word}es {} and {last}.", more.join(", ")),
    })
}
