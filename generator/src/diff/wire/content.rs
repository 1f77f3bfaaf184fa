//! The content of a media type: schemas, encodings, sequences of values.

use super::encoding;
use super::operation::Report;
use super::traversal::{Mode, Text, Traversal};
use crate::api::{Media, Sequence};
use crate::diff::change::{
    Direction,
    WireVerdict::{Break, Risk, Safe},
};

/// A media type without parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_lowercase()
}

/// Returns true if a media type is covered by another one, which may be a range.
pub(super) fn covers(range: &str, media: &str) -> bool {
    let (range, media) = (essence(range), essence(media));
    range == media
        || range == "*/*"
        || range.strip_suffix("/*").is_some_and(|kind| media.split('/').next() == Some(kind))
}

/// The media type of a list that is another one, or covers it.
pub(super) fn find<'m>(list: &'m [Media], wanted: &str) -> Option<&'m Media> {
    list.iter()
        .find(|media| essence(&media.name) == essence(wanted))
        .or_else(|| list.iter().find(|media| covers(&media.name, wanted)))
}

/// The part of a body that is text outside JSON.
fn text_of(media: &str) -> Text {
    match essence(media).as_str() {
        "text/plain" => Text::Whole,
        "application/x-www-form-urlencoded" | "multipart/form-data" => Text::Properties,
        _ => Text::None,
    }
}

/// Compares the content of one media type.
pub(super) fn compare(
    traversal: &mut Traversal<'_>,
    report: &Report<'_>,
    direction: Direction,
    old: &Media,
    new: &Media,
) {
    let is_xml = essence(&old.name).ends_with("xml");
    let mode = Mode { is_xml, is_tolerant: report.is_unsure, text: text_of(&old.name), ..Mode::new(direction) };
    encoding::compare(traversal, report, direction, old, new);
    match (old.schema, new.schema) {
        (Some(one), Some(other)) => traversal.root(one, other, mode, &report.operation),
        (None, None) => {}
        (before, _) if old.sequence.is_none() && new.sequence.is_none() => {
            let is_gone = before.is_some();
            // Bytes or any JSON take everything that is read, and are accepted when the schema is absent.
            let verdict = if is_gone == (direction == Direction::Request) { Safe } else { Risk };
            let message = format!("the schema of `{}` is {}", old.name, if is_gone { "gone" } else { "new" });
            let shown = |has: bool| if has { "a schema" } else { "none" }.to_owned();
            report.add(traversal, direction, ("W299", verdict), message, (shown(is_gone), shown(!is_gone)));
        }
        _ => {}
    }
    match (&old.sequence, &new.sequence) {
        (None, None) => {}
        (Some(one), Some(other)) => sequences(traversal, report, mode, one, other),
        (before, _) => {
            let message =
                format!("`{}` is {} a sequence of values", old.name, if before.is_some() { "not" } else { "now" });
            let shown = |has: bool| if has { "a sequence" } else { "one value" }.to_owned();
            report.add(
                traversal,
                direction,
                ("W207", Break),
                message,
                (shown(before.is_some()), shown(before.is_none())),
            );
        }
    }
}

fn sequences(traversal: &mut Traversal<'_>, report: &Report<'_>, mode: Mode, old: &Sequence, new: &Sequence) {
    use crate::api::Items::{Events, Lines, Parts, Texts};
    match (&old.items, &new.items) {
        (Events(one), Events(other)) => {
            for kind in one {
                let found = other
                    .iter()
                    .find(|new| new.names == kind.names)
                    .or_else(|| other.iter().find(|new| new.names.is_empty()));
                match found.map(|found| (kind.data, found.data)) {
                    Some((Some(before), Some(now))) => traversal.root(before, now, mode, &report.operation),
                    Some((None, None)) | None => {}
                    Some(_) => {
                        let message = format!("the data of the events `{}` changed", kind.names.join("`, `"));
                        report.add(
                            traversal,
                            mode.direction,
                            ("W207", Break),
                            message,
                            ("data".into(), kind.names.join(" ")),
                        );
                    }
                }
            }
        }
        (Lines(one), Lines(other)) | (Texts(one), Texts(other)) | (Parts(one), Parts(other)) => {
            if let (Some(before), Some(now)) = (one, other) {
                traversal.root(*before, *now, mode, &report.operation);
            } else if one.is_some() && !mode.is_request() {
                let message = "the items of the sequence have no schema any more".to_owned();
                report.add(traversal, mode.direction, ("W299", Risk), message, ("a schema".into(), "none".into()));
            }
        }
        _ => {
            let message = "the values of the sequence are separated in another way".to_owned();
            report.add(traversal, mode.direction, ("W209", Break), message, ("one way".into(), "another".into()));
        }
    }
    if old.end != new.end {
        let shown = |end: &Option<String>| end.clone().unwrap_or_else(|| "none".to_owned());
        let message = "the text that ends the sequence changed".to_owned();
        report.add(traversal, mode.direction, ("W212", Risk), message, (shown(&old.end), shown(&new.end)));
    }
}
