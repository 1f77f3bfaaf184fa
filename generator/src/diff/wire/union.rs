//! Unions: which member of one is which of the other.

use super::schema::{Places, kind, report};
use super::traversal::{Mode, Pair, Traversal};
use crate::api::{Member, Schema, SchemaId, Shape, Union};
use crate::diff::change::WireVerdict::{self, Break, Risk, Safe};

/// Compares two schemas of which at least one is a union.
pub(super) fn compare(traversal: &mut Traversal<'_>, pair: Pair, old: &Schema, new: &Schema, places: Places<'_>) {
    match (&old.shape, &new.shape) {
        (Shape::Union(one), Shape::Union(other)) => both(traversal, pair.mode, one, other, places),
        (Shape::Union(one), _) => to_one(traversal, pair, one, new, places),
        (_, Shape::Union(other)) => from_one(traversal, pair, old, other, places),
        _ => {}
    }
}

fn both(traversal: &mut Traversal<'_>, mode: Mode, old: &Union, new: &Union, places: Places<'_>) {
    // The reader of a union keeps what it does not know.
    let inner = Mode { is_tolerant: mode.is_tolerant || !mode.is_request(), ..mode };
    let pairs = counterparts(traversal, (old, new), inner);
    for (index, found) in &pairs {
        if let (Some(one), Some(other)) = (old.members.get(*index), new.members.get(*found)) {
            traversal.child(one.schema, other.schema, inner);
            tags(traversal, mode, (old, one), (new, other), places);
        }
    }
    let lost: Vec<usize> = (0..old.members.len()).filter(|index| !pairs.iter().any(|(one, _)| one == index)).collect();
    let taken: Vec<bool> = (0..new.members.len()).map(|index| pairs.iter().any(|(_, other)| *other == index)).collect();
    for index in lost {
        let Some(member) = old.members.get(index) else { continue };
        // Another member may take its values.
        let best = new.members.iter().map(|other| traversal.trial(member.schema, other.schema, inner)).min();
        // A base schema also takes values with unknown tags, but a schema that is gone is no type of the server any more.
        let is_known = new.rest.is_some() && is_left(traversal, member);
        let is_tagged = old.tag.is_some() && !is_known;
        let verdict = if mode.is_request() && (is_tagged || best != Some(Safe)) { Break } else { Safe };
        let message = format!("member {} of the union is gone", shown(traversal.old_schema(member.schema)));
        report(
            traversal,
            mode,
            places,
            ("W204", verdict),
            message,
            (shown(traversal.old_schema(member.schema)), "gone".into()),
        );
    }
    for (other, _) in new.members.iter().zip(taken).filter(|(_, taken)| !taken) {
        let message = format!("member {} of the union is new", shown(traversal.new_schema(other.schema)));
        report(
            traversal,
            mode,
            places,
            ("W205", Safe),
            message,
            ("none".into(), shown(traversal.new_schema(other.schema))),
        );
    }
    if old.tag != new.tag && mode.is_request() && new.tag.is_some() {
        let word = |union: &Union| union.tag.clone().unwrap_or_else(|| "none".to_owned());
        let message = "the discriminator changed".to_owned();
        let verdict = if old.tag.is_some() { Break } else { Risk };
        report(traversal, mode, places, ("W207", verdict), message, (word(old), word(new)));
    }
}

/// Returns true if the new description has the schema of a member.
fn is_left(traversal: &Traversal<'_>, member: &Member) -> bool {
    traversal.old_schema(member.schema).is_some_and(|(schema, _)| traversal.new.node(&schema.origin.pointer).is_some())
}

/// The tags of a member that stays.
fn tags(
    traversal: &mut Traversal<'_>,
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
        (true, false) => Risk,
        (false, _) => Safe,
    };
    let message = "the values of the discriminator changed".to_owned();
    report(traversal, mode, places, ("W204", verdict), message, (one.tags.join(", "), other.tags.join(", ")));
}

/// A way to tell that two members are the same one.
type Test<'t> = &'t dyn Fn(&Member, &Member) -> bool;

/// The pairs of members that are the same one: by tag, by place, by name, by a trial, by kind.
fn counterparts(traversal: &Traversal<'_>, (old, new): (&Union, &Union), mode: Mode) -> Vec<(usize, usize)> {
    let before = |member: &Member| traversal.old_schema(member.schema).map(|(schema, _)| schema);
    let now = |member: &Member| traversal.new_schema(member.schema).map(|(schema, _)| schema);
    let similar = |one: &Member, other: &Member| before(one).map(kind) == now(other).map(kind);
    let share = |one: &Member, other: &Member| one.tags.iter().any(|tag| other.tags.contains(tag));
    let has_tags = old.tag.is_some() && old.tag == new.tag;
    let is_component =
        |pointer: &str| ["#/components/schemas/", "#/definitions/"].iter().any(|start| pointer.contains(start));
    let same_place = |one: &Member, other: &Member| {
        let places = before(one).zip(now(other)).map(|(one, other)| (&one.origin.pointer, &other.origin.pointer));
        places.is_some_and(|(one, other)| one == other && is_component(one))
    };
    let strict = Mode { is_tolerant: false, ..mode };
    let fits = |one: &Member, other: &Member| similar(one, other) && traversal.fits(one.schema, other.schema, strict);
    let count = |members: &[Member], wanted: Option<&'static str>, of: &dyn Fn(&Member) -> Option<&'static str>| {
        members.iter().filter(|member| of(member) == wanted).count()
    };
    // The only member of a kind is the same member, with another definition.
    let only = |one: &Member, other: &Member| {
        let wanted = before(one).map(kind);
        similar(one, other)
            && count(&old.members, wanted, &|member| before(member).map(kind)) == 1
            && count(&new.members, wanted, &|member| now(member).map(kind)) == 1
    };
    let ways: [Test<'_>; 5] = [
        &share,
        &same_place,
        &|one, other| !has_tags && one.name.is_some() && one.name == other.name,
        &|one, other| !has_tags && fits(one, other),
        &|one, other| !has_tags && only(one, other),
    ];
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for way in ways {
        for (index, one) in old.members.iter().enumerate() {
            if pairs.iter().any(|(known, _)| *known == index) {
                continue;
            }
            let mut free = new.members.iter().enumerate().filter(|(at, _)| !pairs.iter().any(|(_, known)| known == at));
            if let Some((at, _)) = free.find(|(_, other)| way(one, other)) {
                pairs.push((index, at));
            }
        }
    }
    pairs
}

fn shown(schema: Option<(&Schema, bool)>) -> String {
    schema.map_or_else(String::new, |(schema, _)| format!("`{}`", schema.origin.pointer))
}

/// A union that became one type. Its values were those of all members.
fn to_one(traversal: &mut Traversal<'_>, pair: Pair, old: &Union, new: &Schema, places: Places<'_>) {
    let mode = pair.mode;
    let verdicts = old.members.iter().map(|member| traversal.trial(member.schema, pair.new, mode));
    // The old program reads what fits no member as an unknown variant.
    let verdict = if mode.is_request() { verdicts.max() } else { verdicts.min().map(|best| best.min(Risk)) };
    let verdict = verdict.unwrap_or_default();
    let message = "the union became one type".to_owned();
    report(traversal, mode, places, ("W204", verdict), message, ("a union".into(), kind(new).into()));
}

/// One type that became a union.
fn from_one(traversal: &mut Traversal<'_>, pair: Pair, old: &Schema, new: &Union, places: Places<'_>) {
    let mode = pair.mode;
    let of = |traversal: &Traversal<'_>, other: SchemaId| traversal.trial(pair.old, other, mode);
    let verdicts: Vec<WireVerdict> = new.members.iter().map(|member| of(traversal, member.schema)).collect();
    let verdict = if mode.is_request() { verdicts.iter().min() } else { verdicts.iter().max() };
    let message = "the type became a union".to_owned();
    let verdict = verdict.copied().unwrap_or_default();
    report(traversal, mode, places, ("W205", verdict), message, (kind(old).into(), "a union".into()));
}
