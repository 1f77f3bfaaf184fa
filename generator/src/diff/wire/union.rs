//! Unions: which member of one is which of the other.

use super::schema::{Places, kind, report};
use super::walk::{Mode, Pair, Walk};
use crate::api::{Member, Schema, SchemaId, Shape, Union};
use crate::diff::change::WireVerdict::{self, Break, Safe};

/// Compares two schemas of which at least one is a union.
pub(super) fn compare(walk: &mut Walk<'_>, pair: Pair, old: &Schema, new: &Schema, places: Places<'_>) {
    match (&old.shape, &new.shape) {
        (Shape::Union(one), Shape::Union(other)) => both(walk, pair.mode, one, other, places),
        (Shape::Union(one), _) => to_one(walk, pair, one, new, places),
        (_, Shape::Union(other)) => from_one(walk, pair, old, other, places),
        _ => {}
    }
}

fn both(walk: &mut Walk<'_>, mode: Mode, old: &Union, new: &Union, places: Places<'_>) {
    // The reader of a union keeps what it does not know.
    let inner = Mode { is_tolerant: mode.is_tolerant || !mode.is_request(), ..mode };
    let mut taken = vec![false; new.members.len()];
    let mut lost: Vec<usize> = Vec::new();
    for (index, member) in old.members.iter().enumerate() {
        match counterpart(walk, member, new, &taken, inner) {
            Some(found) => {
                if let (Some(slot), Some(other)) = (taken.get_mut(found), new.members.get(found)) {
                    *slot = true;
                    walk.child(member.schema, other.schema, inner);
                    tags(walk, mode, (old, member), (new, other), places);
                }
            }
            None => lost.push(index),
        }
    }
    for index in lost {
        let Some(member) = old.members.get(index) else { continue };
        // Another member may take its values.
        let best = new.members.iter().map(|other| walk.trial(member.schema, other.schema, inner)).min();
        let verdict = if mode.is_request() && (old.tag.is_some() || best != Some(Safe)) { Break } else { Safe };
        let message = format!("member {} of the union is gone", shown(walk.old_schema(member.schema)));
        report(walk, mode, places, ("W204", verdict), message, (shown(walk.old_schema(member.schema)), "gone".into()));
    }
    for (other, _) in new.members.iter().zip(taken).filter(|(_, taken)| !taken) {
        let message = format!("member {} of the union is new", shown(walk.new_schema(other.schema)));
        report(walk, mode, places, ("W205", Safe), message, ("none".into(), shown(walk.new_schema(other.schema))));
    }
    if old.tag != new.tag && mode.is_request() && new.tag.is_some() {
        let word = |union: &Union| union.tag.clone().unwrap_or_else(|| "none".to_owned());
        let message = "the discriminator changed".to_owned();
        let verdict = if old.tag.is_some() { Break } else { WireVerdict::Risk };
        report(walk, mode, places, ("W207", verdict), message, (word(old), word(new)));
    }
}

/// The tags of a member that stays.
fn tags(
    walk: &mut Walk<'_>,
    mode: Mode,
    (old, one): (&Union, &Member),
    (new, other): (&Union, &Member),
    places: Places<'_>,
) {
    if old.tag.is_none() || old.tag != new.tag || one.tags == other.tags {
        return;
    }
    let written = one.tags.first();
    let is_lost = if mode.is_request() {
        written.is_some_and(|tag| !other.tags.contains(tag))
    } else {
        other.tags.iter().any(|tag| !one.tags.contains(tag))
    };
    let verdict = match (is_lost, mode.is_request()) {
        (true, true) => Break,
        (true, false) => WireVerdict::Risk,
        (false, _) => Safe,
    };
    let message = "the values of the discriminator changed".to_owned();
    report(walk, mode, places, ("W204", verdict), message, (one.tags.join(", "), other.tags.join(", ")));
}

/// The member of the new union that an old one is: by tag, by place, by name, by kind, by a trial.
fn counterpart(walk: &Walk<'_>, member: &Member, new: &Union, taken: &[bool], mode: Mode) -> Option<usize> {
    let free = || new.members.iter().enumerate().filter(|(index, _)| taken.get(*index) == Some(&false));
    let old = walk.old_schema(member.schema).map(|(schema, _)| schema)?;
    let schema = |other: &Member| walk.new_schema(other.schema).map(|(schema, _)| schema);
    let is_component = |schema: &Schema| schema.origin.pointer.contains("#/components/schemas/") || schema.origin.pointer.contains("#/definitions/");
    let ways: [&dyn Fn(&Member) -> bool; 4] = [
        &|other| !member.tags.is_empty() && member.tags.iter().any(|tag| other.tags.contains(tag)),
        &|other| is_component(old) && schema(other).is_some_and(|new| new.origin.pointer == old.origin.pointer),
        &|other| member.name.is_some() && member.name == other.name,
        &|other| {
            schema(other).is_some_and(|new| kind(new) == kind(old))
                && walk.trial(member.schema, other.schema, Mode { is_tolerant: false, ..mode }) == Safe
        },
    ];
    let found = ways.iter().find_map(|way| free().find(|(_, other)| way(other)).map(|(index, _)| index));
    found.or_else(|| {
        // The only member of a kind is the same member, with another definition.
        let mut alike = free().filter(|(_, other)| schema(other).is_some_and(|new| kind(new) == kind(old)));
        alike.next().filter(|_| alike.next().is_none()).filter(|_| kind(old) != "object").map(|(index, _)| index)
    })
}

fn shown(schema: Option<(&Schema, bool)>) -> String {
    schema.map_or_else(String::new, |(schema, _)| format!("`{}`", schema.origin.pointer))
}

/// A union that became one type. Its values were those of all members.
fn to_one(walk: &mut Walk<'_>, pair: Pair, old: &Union, new: &Schema, places: Places<'_>) {
    let mode = pair.mode;
    let verdicts = old.members.iter().map(|member| walk.trial(member.schema, pair.new, mode));
    let verdict = if mode.is_request() { verdicts.max().unwrap_or_default() } else { Safe };
    let message = "the union became one type".to_owned();
    report(walk, mode, places, ("W204", verdict), message, ("a union".into(), kind(new).into()));
}

/// One type that became a union.
fn from_one(walk: &mut Walk<'_>, pair: Pair, old: &Schema, new: &Union, places: Places<'_>) {
    let mode = pair.mode;
    let of = |walk: &Walk<'_>, other: SchemaId| walk.trial(pair.old, other, mode);
    let verdicts: Vec<WireVerdict> = new.members.iter().map(|member| of(walk, member.schema)).collect();
    let verdict = if mode.is_request() { verdicts.iter().min() } else { verdicts.iter().max() };
    let message = "the type became a union".to_owned();
    let verdict = verdict.copied().unwrap_or_default();
    report(walk, mode, places, ("W205", verdict), message, (kind(old).into(), "a union".into()));
}
