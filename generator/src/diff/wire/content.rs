//! The content of a media type: schemas, encodings, sequences of values.

use super::encoding;
use super::operation::OperationReport;
use super::traversal::{Mode, Text, Traversal};
use crate::api::{EventKind, Media, Sequence, covers_media, essence};
use crate::diff::change::{
    Direction,
    WireVerdict::{Break, Risk, Safe},
};
use crate::diff::rules::Rule;

/// Finds the media type in `list` that equals `wanted`, else one that covers it.
pub(super) fn find<'m>(list: &'m [Media], wanted: &str) -> Option<&'m Media> {
    list.iter()
        .find(|media| essence(&media.name) == essence(wanted))
        .or_else(|| list.iter().find(|media| covers_media(&media.name, wanted)))
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
    report: &OperationReport<'_>,
    direction: Direction,
    old: &Media,
    new: &Media,
) {
    let is_xml = essence(&old.name).ends_with("xml");
    let mode = Mode { is_xml, is_tolerant: report.is_unsure, text: text_of(&old.name), ..Mode::new(direction) };
    encoding::compare(traversal, report, direction, old, new);
    match (old.schema, new.schema) {
        (Some(old_schema), Some(new_schema)) => traversal.root(old_schema, new_schema, mode, &report.operation),
        (None, None) => {}
        (old_schema, _) if old.sequence.is_none() && new.sequence.is_none() => {
            let is_gone = old_schema.is_some();
            // Without a schema, the reader accepts any body. So a schema that is gone is safe in a request, and a new one is
            // safe in a response.
            let verdict = if is_gone == (direction == Direction::Request) { Safe } else { Risk };
            let message = format!("the schema of `{}` is {}", old.name, if is_gone { "gone" } else { "new" });
            let shown = |has: bool| if has { "a schema" } else { "none" }.to_owned();
            report.add(traversal, direction, (Rule::NotJudged, verdict), message, (shown(is_gone), shown(!is_gone)));
        }
        _ => {}
    }
    match (&old.sequence, &new.sequence) {
        (None, None) => {}
        (Some(old), Some(new)) => sequences(traversal, report, mode, old, new),
        (old_sequence, _) => {
            let message = format!(
                "`{}` is {} a sequence of values",
                old.name,
                if old_sequence.is_some() { "not" } else { "now" }
            );
            let shown = |has: bool| if has { "a sequence" } else { "one value" }.to_owned();
            report.add(
                traversal,
                direction,
                (Rule::JsonKindChanged, Break),
                message,
                (shown(old_sequence.is_some()), shown(old_sequence.is_none())),
            );
        }
    }
}

/// Compares two sequences of values, and their end markers.
fn sequences(traversal: &mut Traversal<'_>, report: &OperationReport<'_>, mode: Mode, old: &Sequence, new: &Sequence) {
    use crate::api::Items::{Events, JsonTextSequence, Lines, Parts};
    match (&old.items, &new.items) {
        (Events(old_kinds), Events(new_kinds)) => events(traversal, report, mode, old_kinds, new_kinds),
        (Lines(old_items), Lines(new_items))
        | (JsonTextSequence(old_items), JsonTextSequence(new_items))
        | (Parts(old_items), Parts(new_items)) => {
            if let (Some(old_data), Some(new_data)) = (old_items, new_items) {
                traversal.root(*old_data, *new_data, mode, &report.operation);
            } else if old_items.is_some() && !mode.is_request() {
                let message = "the items of the sequence have no schema any more".to_owned();
                report.add(
                    traversal,
                    mode.direction,
                    (Rule::NotJudged, Risk),
                    message,
                    ("a schema".into(), "none".into()),
                );
            }
        }
        _ => {
            let message = "the values of the sequence are separated in another way".to_owned();
            report.add(
                traversal,
                mode.direction,
                (Rule::MediaTypesChanged, Break),
                message,
                ("one way".into(), "another".into()),
            );
        }
    }
    if old.end != new.end {
        let shown = |end: &Option<String>| end.clone().unwrap_or_else(|| "none".to_owned());
        let message = "the text that ends the sequence changed".to_owned();
        report.add(
            traversal,
            mode.direction,
            (Rule::ServerStatusOrDefaultChanged, Risk),
            message,
            (shown(&old.end), shown(&new.end)),
        );
    }
}

/// Compares the data of events by their names. A kind without names is for all others.
fn events(
    traversal: &mut Traversal<'_>,
    report: &OperationReport<'_>,
    mode: Mode,
    old: &[EventKind],
    new: &[EventKind],
) {
    for old_kind in old {
        let same = new.iter().find(|new_kind| new_kind.names == old_kind.names);
        let found = same.or_else(|| new.iter().find(|new_kind| new_kind.names.is_empty()));
        match found.map(|new_kind| (old_kind.data, new_kind.data)) {
            Some((Some(old_data), Some(new_data))) => traversal.root(old_data, new_data, mode, &report.operation),
            Some((None, None)) | None => {}
            Some(_) => {
                let events = match old_kind.names.as_slice() {
                    [] => "the events without a kind of their own".to_owned(),
                    names => format!("the events `{}`", names.join("`, `")),
                };
                let (had, word) = if old_kind.data.is_some() { (true, "gone") } else { (false, "new") };
                let shown = |has: bool| if has { "data" } else { "no data" };
                report.add(
                    traversal,
                    mode.direction,
                    (Rule::JsonKindChanged, Break),
                    format!("the data of {events} is {word}"),
                    (format!("{events}: {}", shown(had)), shown(!had).to_owned()),
                );
            }
        }
    }
}
