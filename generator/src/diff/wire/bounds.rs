//! Rules for values beyond their types: bounds, patterns, and keywords that are not judged.

use super::limits::{Limit, Limits};
use super::schema::{Pointers, add_change};
use super::traversal::{Mode, Pair, Traversal};
use crate::api::{Scalar, Schema, SchemaId, Shape};
use crate::diff::change::WireVerdict::{Risk, Safe};
use crate::diff::rules::Rule;
use crate::diff::side::Side;

/// The limits of a schema and of the references that lead to it.
struct ReferenceChain<'a> {
    /// The pointer of the first reference, or of the schema itself.
    first_pointer: &'a str,
    /// The limits of the target. `None` if the first schema is not a reference.
    target_limits: Option<Limits>,
    /// The limits of all together.
    all_limits: Limits,
    is_integer: bool,
}

impl<'a> ReferenceChain<'a> {
    fn new(side: &'a Side, first: SchemaId) -> Option<Self> {
        let schemas = &side.api.schemas;
        let (target, _) = schemas.resolve(first);
        let is_integer = matches!(schemas.get(target)?.shape, Shape::Scalar(Scalar::Integer { .. }));
        let pointer = |id: SchemaId| schemas.get(id).map(|schema| schema.origin.pointer.as_str());
        let limits_of = |pointers: &[&str]| {
            let mut limits = Limits::default();
            pointers.iter().for_each(|pointer| limits.add(side, pointer, is_integer));
            limits
        };
        let pointers: Vec<&str> = schemas.chain(first).filter_map(pointer).collect();
        let target_limits = if target == first { None } else { pointer(target).map(|pointer| limits_of(&[pointer])) };
        Some(Self { first_pointer: pointer(first)?, target_limits, all_limits: limits_of(&pointers), is_integer })
    }

    /// Returns true if no reference changes the limit of a subject.
    fn is_set_by_target(&self, subject: &str) -> bool {
        self.target_limits.as_ref().is_none_or(|target| self.all_limits.get(subject) == target.get(subject))
    }
}

/// Compares bounds, patterns and keywords that are not judged. A limit that a reference sets itself is
/// reported at the reference.
pub(super) fn compare(traversal: &mut Traversal<'_>, pair: Pair, pointers: Pointers<'_>) {
    let (Some(old), Some(new)) =
        (ReferenceChain::new(traversal.old, pair.old), ReferenceChain::new(traversal.new, pair.new))
    else {
        return;
    };
    let references = Pointers { old: old.first_pointer, new: new.first_pointer };
    for (subject, old_limit, new_limit) in old.all_limits.pairs(&new.all_limits).filter(|(_, old, new)| old != new) {
        let is_of_target = old.is_set_by_target(subject) && new.is_set_by_target(subject);
        // The width of integers is judged with their types.
        if is_of_target && old.is_integer && new.is_integer && matches!(subject, "minimum" | "maximum") {
            continue;
        }
        let (rule, verdict) = match (old_limit, new_limit) {
            (Some(limit), _) | (_, Some(limit)) if !limit.is_judged() => (Rule::NotJudged, Risk),
            (Some(old), Some(new)) if pair.mode.is_request() && new.is_tighter_than(old) => (Rule::BoundsChanged, Risk),
            (None, Some(_)) if pair.mode.is_request() => (Rule::BoundsChanged, Risk),
            _ => (Rule::BoundsChanged, Safe),
        };
        let at = if is_of_target { pointers } else { references };
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
