//! Rules for values beyond their types: bounds, patterns, and keywords that are not judged.

use super::limits::{Limit, Limits};
use super::schema::{Pointers, add_change};
use super::traversal::{Mode, Pair, Traversal};
use crate::api::{Scalar, Schema, SchemaId, Shape};
use crate::diff::change::WireVerdict::{Risk, Safe};
use crate::diff::rules::Rule;
use crate::diff::side::Side;

/// The limits of a schema that others can be only a name for.
struct Chain<'a> {
    /// The pointer of the first name.
    start: &'a str,
    /// The limits of the schema at the end. `None` if there is no other schema.
    end: Option<Limits>,
    /// The limits of all together.
    whole: Limits,
    is_integer: bool,
}

impl<'a> Chain<'a> {
    fn new(side: &'a Side, start: SchemaId) -> Option<Self> {
        let schemas = &side.api.schemas;
        let (end, _) = schemas.resolve(start);
        let is_integer = matches!(schemas.get(end)?.shape, Shape::Scalar(Scalar::Integer { .. }));
        let pointer = |id: SchemaId| schemas.get(id).map(|schema| schema.origin.pointer.as_str());
        let limits_of = |pointers: &[&str]| {
            let mut limits = Limits::default();
            pointers.iter().for_each(|pointer| limits.add(side, pointer, is_integer));
            limits
        };
        let names: Vec<&str> = schemas.chain(start).filter_map(pointer).collect();
        let of_end = if end == start { None } else { pointer(end).map(|pointer| limits_of(&[pointer])) };
        Some(Self { start: pointer(start)?, end: of_end, whole: limits_of(&names), is_integer })
    }

    /// Returns true if the names have no effect on the limit of a subject.
    fn is_of_end(&self, subject: &str) -> bool {
        self.end.as_ref().is_none_or(|end| self.whole.get(subject) == end.get(subject))
    }
}

/// Compares bounds, patterns and keywords that are not judged. Those of names belong to the names.
pub(super) fn compare(traversal: &mut Traversal<'_>, pair: Pair, pointers: Pointers<'_>) {
    let (Some(old), Some(new)) = (Chain::new(traversal.old, pair.old), Chain::new(traversal.new, pair.new)) else {
        return;
    };
    let names = Pointers { old: old.start, new: new.start };
    for (subject, old_limit, new_limit) in old.whole.pairs(&new.whole).filter(|(_, old, new)| old != new) {
        let is_of_end = old.is_of_end(subject) && new.is_of_end(subject);
        // The width of integers is judged with their types.
        if is_of_end && old.is_integer && new.is_integer && matches!(subject, "minimum" | "maximum") {
            continue;
        }
        let (rule, verdict) = match (old_limit, new_limit) {
            (Some(limit), _) | (_, Some(limit)) if !limit.is_judged() => (Rule::NotJudged, Risk),
            (Some(old), Some(new)) if pair.mode.is_request() && new.is_tighter_than(old) => (Rule::BoundsChanged, Risk),
            (None, Some(_)) if pair.mode.is_request() => (Rule::BoundsChanged, Risk),
            _ => (Rule::BoundsChanged, Safe),
        };
        let at = if is_of_end { pointers } else { names };
        let (message, values) = words(subject, old_limit, new_limit);
        add_change(traversal, pair.mode, at, (rule, verdict), message, values);
    }
}

/// The message about a change of a limit, and the values before and after.
fn words(subject: &str, old: Option<&Limit>, new: Option<&Limit>) -> (String, (String, String)) {
    let keyword = |limit: Option<&Limit>| limit.map(|limit| limit.keyword);
    let shown = |limit: Option<&Limit>| limit.map_or_else(|| "none".to_owned(), Limit::shown);
    match (keyword(old), keyword(new)) {
        (Some(old_word), Some(new_word)) if old_word != new_word => (
            format!("`{old_word}` became `{new_word}`"),
            (format!("{old_word} {}", shown(old)), format!("{new_word} {}", shown(new))),
        ),
        (old_word, new_word) => {
            let keyword = old_word.or(new_word).unwrap_or(subject);
            (format!("`{keyword}` changed"), (format!("{keyword} {}", shown(old)), shown(new)))
        }
    }
}

/// Compares two schemas that have no type.
pub(super) fn unjudged(traversal: &mut Traversal<'_>, mode: Mode, old: &Schema, new: &Schema, pointers: Pointers<'_>) {
    let json = |side: &Side, schema: &Schema| side.document.tree.to_json(side.node(&schema.origin.pointer)?);
    if json(traversal.old, old) != json(traversal.new, new) {
        let message = "the schema has no type, and changed".to_owned();
        add_change(
            traversal,
            mode,
            pointers,
            (Rule::NotJudged, Risk),
            message,
            ("a schema".into(), "another schema".into()),
        );
    }
}
