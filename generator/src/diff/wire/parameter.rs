//! Parameters: which one is which, and how each is sent.

use super::operation::OperationReport;
use super::traversal::{Mode, Text, Traversal};
use crate::api::{Location, Operation, Parameter, Shape, Style};
use crate::diff::change::{
    Direction,
    WireVerdict::{Break, Risk, Safe},
};
use crate::diff::rules::Rule;

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
pub(super) fn compare(traversal: &mut Traversal<'_>, report: &OperationReport<'_>, old: &Operation, new: &Operation) {
    let keyed = |operation: &'_ Operation| -> Vec<(u8, String)> {
        operation.parameters.iter().enumerate().map(|(index, parameter)| key(parameter, index)).collect()
    };
    let (old_keys, new_keys) = (keyed(old), keyed(new));
    let mut lost: Vec<&Parameter> = Vec::new();
    let mut gained: Vec<&Parameter> = new
        .parameters
        .iter()
        .zip(&new_keys)
        .filter(|(_, key)| !old_keys.contains(key))
        .map(|(parameter, _)| parameter)
        .collect();
    for (old_parameter, key) in old.parameters.iter().zip(&old_keys) {
        let found = new_keys.iter().position(|known| known == key).and_then(|index| new.parameters.get(index));
        match found {
            Some(new_parameter) => parameter(traversal, report, old_parameter, new_parameter),
            None => lost.push(old_parameter),
        }
    }
    report_gone(traversal, report, &lost, &mut gained);
    for new_parameter in gained {
        let below = OperationReport { old: report.old, new: &new_parameter.origin.pointer, ..report.clone() };
        let (verdict, word) = if new_parameter.required { (Break, "required") } else { (Safe, "optional") };
        let message = format!("{word} parameter `{}` is new", new_parameter.name);
        below.add(
            traversal,
            Direction::Request,
            (Rule::MadeRequired, verdict),
            message,
            ("none".into(), format!("{word} {}", new_parameter.name)),
        );
    }
}

/// Reports the parameters that the new operation lacks, and removes the ones that they became from the new ones.
fn report_gone(
    traversal: &mut Traversal<'_>,
    report: &OperationReport<'_>,
    lost: &[&Parameter],
    gained: &mut Vec<&Parameter>,
) {
    for old_parameter in lost {
        let below = OperationReport { old: &old_parameter.origin.pointer, new: report.new, ..report.clone() };
        // The same name elsewhere, or the only other one of its kind, is the same parameter.
        let moved = gained.iter().position(|new_parameter| new_parameter.name == old_parameter.name);
        if let Some(new_parameter) = moved.map(|index| gained.remove(index)) {
            let message = format!("parameter `{}` is in another place", old_parameter.name);
            let places = (format!("{:?}", old_parameter.location), format!("{:?}", new_parameter.location));
            below.add(traversal, Direction::Request, (Rule::SerializationChanged, Break), message, places);
            continue;
        }
        let similar: Vec<usize> = (0..gained.len())
            .filter(|index| {
                gained.get(*index).is_some_and(|new_parameter| {
                    new_parameter.location == old_parameter.location
                        && (old_parameter.name.to_lowercase().replace(['_', '-'], "")
                            == new_parameter.name.to_lowercase().replace(['_', '-'], "")
                            || (gained.len() == 1
                                && traversal.fits(
                                    old_parameter.schema,
                                    new_parameter.schema,
                                    Mode::new(Direction::Request),
                                )
                                && old_parameter.required == new_parameter.required))
                })
            })
            .collect();
        if let [only] = similar[..] {
            let new_parameter = gained.remove(only);
            let message = format!("parameter `{}` is named `{}` now", old_parameter.name, new_parameter.name);
            below.add(
                traversal,
                Direction::Request,
                (Rule::SerializationChanged, Break),
                message,
                (old_parameter.name.clone(), new_parameter.name.clone()),
            );
            continue;
        }
        let message = format!("parameter `{}` is gone", old_parameter.name);
        below.add(
            traversal,
            Direction::Request,
            (Rule::ValueRemoved, Safe),
            message,
            (old_parameter.name.clone(), "gone".into()),
        );
    }
}

/// Compares a parameter that both operations have.
fn parameter(traversal: &mut Traversal<'_>, report: &OperationReport<'_>, old: &Parameter, new: &Parameter) {
    let below = OperationReport { old: &old.origin.pointer, new: &new.origin.pointer, ..report.clone() };
    if old.required != new.required {
        let shown = |required: bool| if required { "required" } else { "optional" }.to_owned();
        let (rule, verdict) = if new.required { (Rule::MadeRequired, Break) } else { (Rule::MadeOptional, Safe) };
        let message = format!("parameter `{}` is {} now", old.name, shown(new.required));
        below.add(traversal, Direction::Request, (rule, verdict), message, (shown(old.required), shown(new.required)));
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
        below.add(
            traversal,
            Direction::Request,
            (Rule::SerializationChanged, Break),
            message,
            (style(old), style(new)),
        );
    }
    if (old.allow_reserved, old.allow_empty) != (new.allow_reserved, new.allow_empty) || old.encoding != new.encoding {
        let message = format!("the escaping of parameter `{}` changed", old.name);
        let shown = |parameter: &Parameter| {
            format!("{} {} {:?}", parameter.allow_reserved, parameter.allow_empty, parameter.encoding)
        };
        below.add(traversal, Direction::Request, (Rule::SerializationChanged, Risk), message, (shown(old), shown(new)));
    }
    let text = if old.style == Style::Json { Text::None } else { Text::Whole };
    let mode = Mode { text, ..Mode::new(Direction::Request) };
    traversal.root(old.schema, new.schema, mode, &report.operation);
}
