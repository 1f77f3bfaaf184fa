//! Parameters: which one is which, and how each is sent.

use super::operation::Report;
use super::traversal::{Mode, Text, Traversal};
use crate::api::{Location, Operation, Parameter, Shape, Style};
use crate::diff::change::{
    Direction,
    WireVerdict::{Break, Risk, Safe},
};

/// The identity of a parameter: its name, but of a path parameter the place in the template. Headers ignore case.
fn key(parameter: &Parameter, index: usize) -> (u8, String) {
    match parameter.location {
        Location::Path => (0, index.to_string()),
        Location::Query => (1, parameter.name.clone()),
        Location::QueryString => (2, String::new()),
        Location::Header => (3, parameter.name.to_lowercase()),
        Location::Cookie => (4, parameter.name.clone()),
    }
}

/// Compares the parameters of two operations.
pub(super) fn compare(traversal: &mut Traversal<'_>, report: &Report<'_>, old: &Operation, new: &Operation) {
    let keyed = |operation: &'_ Operation| -> Vec<(u8, String)> {
        operation.parameters.iter().enumerate().map(|(index, parameter)| key(parameter, index)).collect()
    };
    let (before, now) = (keyed(old), keyed(new));
    let mut lost: Vec<&Parameter> = Vec::new();
    let mut gained: Vec<&Parameter> = new
        .parameters
        .iter()
        .zip(&now)
        .filter(|(_, key)| !before.contains(key))
        .map(|(parameter, _)| parameter)
        .collect();
    for (one, key) in old.parameters.iter().zip(&before) {
        let found = now.iter().position(|other| other == key).and_then(|index| new.parameters.get(index));
        match found {
            Some(other) => parameter(traversal, report, one, other),
            None => lost.push(one),
        }
    }
    gone(traversal, report, &lost, &mut gained);
    for other in gained {
        let below = Report { old: report.old, new: &other.origin.pointer, ..report.clone() };
        let (verdict, word) = if other.required { (Break, "required") } else { (Safe, "optional") };
        let message = format!("{word} parameter `{}` is new", other.name);
        below.add(
            traversal,
            Direction::Request,
            ("W201", verdict),
            message,
            ("none".into(), format!("{word} {}", other.name)),
        );
    }
}

/// Reports the parameters that the new operation has not, and takes the ones that they became out of the new ones.
fn gone(traversal: &mut Traversal<'_>, report: &Report<'_>, lost: &[&Parameter], gained: &mut Vec<&Parameter>) {
    for one in lost {
        let below = Report { old: &one.origin.pointer, new: report.new, ..report.clone() };
        // The same name elsewhere, or the only other one of its kind, is the same parameter.
        let moved = gained.iter().position(|other| other.name == one.name);
        if let Some(other) = moved.map(|index| gained.remove(index)) {
            let message = format!("parameter `{}` is in another place", one.name);
            let places = (format!("{:?}", one.location), format!("{:?}", other.location));
            below.add(traversal, Direction::Request, ("W210", Break), message, places);
            continue;
        }
        let similar: Vec<usize> = (0..gained.len())
            .filter(|index| {
                gained.get(*index).is_some_and(|other| {
                    other.location == one.location
                        && (one.name.to_lowercase().replace(['_', '-'], "")
                            == other.name.to_lowercase().replace(['_', '-'], "")
                            || (gained.len() == 1
                                && traversal.fits(one.schema, other.schema, Mode::new(Direction::Request))
                                && one.required == other.required))
                })
            })
            .collect();
        if let [only] = similar[..] {
            let other = gained.remove(only);
            let message = format!("parameter `{}` is named `{}` now", one.name, other.name);
            below.add(traversal, Direction::Request, ("W210", Break), message, (one.name.clone(), other.name.clone()));
            continue;
        }
        let message = format!("parameter `{}` is gone", one.name);
        below.add(traversal, Direction::Request, ("W203", Safe), message, (one.name.clone(), "gone".into()));
    }
}

fn parameter(traversal: &mut Traversal<'_>, report: &Report<'_>, old: &Parameter, new: &Parameter) {
    let below = Report { old: &old.origin.pointer, new: &new.origin.pointer, ..report.clone() };
    if old.required != new.required {
        let shown = |required: bool| if required { "required" } else { "optional" }.to_owned();
        let (code, verdict) = if new.required { ("W201", Break) } else { ("W202", Safe) };
        let message = format!("parameter `{}` is {} now", old.name, shown(new.required));
        below.add(traversal, Direction::Request, (code, verdict), message, (shown(old.required), shown(new.required)));
    }
    let scalar = traversal
        .old_schema(old.schema)
        .is_some_and(|(schema, _)| matches!(schema.shape, Shape::Scalar(_) | Shape::Enum(_)));
    let style = |parameter: &Parameter| {
        let explode = if scalar { String::new() } else { format!(", explode {}", parameter.explode) };
        format!("{:?}{explode}", parameter.style)
    };
    if style(old) != style(new) {
        let message = format!("the serialization of parameter `{}` changed", old.name);
        below.add(traversal, Direction::Request, ("W210", Break), message, (style(old), style(new)));
    }
    if (old.allow_reserved, old.allow_empty) != (new.allow_reserved, new.allow_empty) || old.encoding != new.encoding {
        let message = format!("the escaping of parameter `{}` changed", old.name);
        let shown = |parameter: &Parameter| {
            format!("{} {} {:?}", parameter.allow_reserved, parameter.allow_empty, parameter.encoding)
        };
        below.add(traversal, Direction::Request, ("W210", Risk), message, (shown(old), shown(new)));
    }
    let text = if old.style == Style::Json { Text::None } else { Text::Whole };
    let mode = Mode { text, ..Mode::new(Direction::Request) };
    traversal.root(old.schema, new.schema, mode, &report.operation);
}
