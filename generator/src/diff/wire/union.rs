//! Unions: which member of one is which of the other.

use super::schema::{Pointers, add_change, kind};
use super::traversal::{Mode, Pair, Traversal};
use crate::api::{Member, Schema, SchemaId, Shape, Union};
use crate::diff::change::WireVerdict::{self, Break, Risk, Safe};
use crate::diff::rules::Rule;

/// Compares two schemas of which at least one is a union.
pub(super) fn compare(traversal: &mut Traversal<'_>, pair: Pair, old: &Schema, new: &Schema, pointers: Pointers<'_>) {
    match (&old.shape, &new.shape) {
        (Shape::Union(old_union), Shape::Union(new_union)) => {
            both(traversal, pair.mode, old_union, new_union, pointers)
        }
        (Shape::Union(old_union), _) => report_union_gone(traversal, pair, old_union, new, pointers),
        (_, Shape::Union(new_union)) => report_new_union(traversal, pair, old, new_union, pointers),
        _ => {}
    }
}

/// Compares two unions by their members.
fn both(traversal: &mut Traversal<'_>, mode: Mode, old: &Union, new: &Union, pointers: Pointers<'_>) {
    // The reader of a union keeps what it does not know.
    let inner = Mode { is_tolerant: mode.is_tolerant || !mode.is_request(), ..mode };
    let pairs = counterparts(traversal, (old, new), inner);
    for (index, found) in &pairs {
        if let (Some(old_member), Some(new_member)) = (old.members.get(*index), new.members.get(*found)) {
            traversal.child(old_member.schema, new_member.schema, inner);
            compare_discriminator_values(traversal, mode, (old, old_member), (new, new_member), pointers);
        }
    }
    let lost: Vec<usize> =
        (0..old.members.len()).filter(|index| !pairs.iter().any(|(known, _)| known == index)).collect();
    let taken: Vec<bool> = (0..new.members.len()).map(|index| pairs.iter().any(|(_, known)| *known == index)).collect();
    for index in lost {
        let Some(member) = old.members.get(index) else { continue };
        // Another member may take its values.
        let best = new.members.iter().map(|new_member| traversal.trial(member.schema, new_member.schema, inner)).min();
        // If the new union has a default member, it accepts the old discriminator value, unless the new description has no
        // schema at this pointer any more.
        let is_taken_by_default = new.default_member.is_some() && exists_in_new(traversal, member);
        let has_discriminator = old.discriminator.is_some() && !is_taken_by_default;
        let verdict = if mode.is_request() && (has_discriminator || best != Some(Safe)) { Break } else { Safe };
        let message = format!("member {} of the union is gone", shown(traversal.old_schema(member.schema)));
        add_change(
            traversal,
            mode,
            pointers,
            (Rule::ValuesNarrowed, verdict),
            message,
            (shown(traversal.old_schema(member.schema)), "gone".into()),
        );
    }
    for (new_member, _) in new.members.iter().zip(taken).filter(|(_, taken)| !taken) {
        let message = format!("member {} of the union is new", shown(traversal.new_schema(new_member.schema)));
        add_change(
            traversal,
            mode,
            pointers,
            (Rule::ValuesWidened, Safe),
            message,
            ("none".into(), shown(traversal.new_schema(new_member.schema))),
        );
    }
    if old.discriminator != new.discriminator && mode.is_request() && new.discriminator.is_some() {
        let word = |union: &Union| union.discriminator.clone().unwrap_or_else(|| "none".to_owned());
        let message = "the discriminator changed".to_owned();
        let verdict = if old.discriminator.is_some() { Break } else { Risk };
        add_change(traversal, mode, pointers, (Rule::JsonKindChanged, verdict), message, (word(old), word(new)));
    }
}

/// Returns true if the new description has the schema of a member.
fn exists_in_new(traversal: &Traversal<'_>, member: &Member) -> bool {
    traversal.old_schema(member.schema).is_some_and(|(schema, _)| traversal.new.node(&schema.origin.pointer).is_some())
}

/// Compares the discriminator values of a member that stays.
fn compare_discriminator_values(
    traversal: &mut Traversal<'_>,
    mode: Mode,
    (old, old_member): (&Union, &Member),
    (new, new_member): (&Union, &Member),
    pointers: Pointers<'_>,
) {
    if old.discriminator.is_none()
        || old.discriminator != new.discriminator
        || old_member.discriminator_values == new_member.discriminator_values
    {
        return;
    }
    let written = old_member.discriminator_values.first();
    let is_lost = if mode.is_request() {
        written.is_some_and(|value| !new_member.discriminator_values.contains(value))
    } else {
        new_member.discriminator_values.iter().any(|value| !old_member.discriminator_values.contains(value))
    };
    let verdict = match (is_lost, mode.is_request()) {
        (true, true) => Break,
        (true, false) => Risk,
        (false, _) => Safe,
    };
    let message = "the values of the discriminator changed".to_owned();
    add_change(
        traversal,
        mode,
        pointers,
        (Rule::ValuesNarrowed, verdict),
        message,
        (old_member.discriminator_values.join(", "), new_member.discriminator_values.join(", ")),
    );
}

/// A way to tell that two members are the same one.
type Test<'t> = &'t dyn Fn(&Member, &Member) -> bool;

/// The pairs of members that are the same one: by discriminator value, by place, by name, by a trial, by kind.
fn counterparts(traversal: &Traversal<'_>, (old, new): (&Union, &Union), mode: Mode) -> Vec<(usize, usize)> {
    let old_schema = |member: &Member| traversal.old_schema(member.schema).map(|(schema, _)| schema);
    let new_schema = |member: &Member| traversal.new_schema(member.schema).map(|(schema, _)| schema);
    let similar =
        |old_member: &Member, new_member: &Member| old_schema(old_member).map(kind) == new_schema(new_member).map(kind);
    let share = |old_member: &Member, new_member: &Member| {
        old_member.discriminator_values.iter().any(|value| new_member.discriminator_values.contains(value))
    };
    let has_discriminator = old.discriminator.is_some() && old.discriminator == new.discriminator;
    let is_component =
        |pointer: &str| ["#/components/schemas/", "#/definitions/"].iter().any(|start| pointer.contains(start));
    let same_place = |old_member: &Member, new_member: &Member| {
        let pointers = old_schema(old_member)
            .zip(new_schema(new_member))
            .map(|(old, new)| (&old.origin.pointer, &new.origin.pointer));
        pointers.is_some_and(|(old, new)| old == new && is_component(old))
    };
    let strict = Mode { is_tolerant: false, ..mode };
    let fits = |old_member: &Member, new_member: &Member| {
        similar(old_member, new_member) && traversal.fits(old_member.schema, new_member.schema, strict)
    };
    let count = |members: &[Member], wanted: Option<&'static str>, of: &dyn Fn(&Member) -> Option<&'static str>| {
        members.iter().filter(|member| of(member) == wanted).count()
    };
    // The only member of a kind is the same member, with another definition.
    let only_of_kind = |old_member: &Member, new_member: &Member| {
        let wanted = old_schema(old_member).map(kind);
        similar(old_member, new_member)
            && count(&old.members, wanted, &|member| old_schema(member).map(kind)) == 1
            && count(&new.members, wanted, &|member| new_schema(member).map(kind)) == 1
    };
    let ways: [Test<'_>; 5] = [
        &share,
        &same_place,
        &|old_member, new_member| !has_discriminator && old_member.name.is_some() && old_member.name == new_member.name,
        &|old_member, new_member| !has_discriminator && fits(old_member, new_member),
        &|old_member, new_member| !has_discriminator && only_of_kind(old_member, new_member),
    ];
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for way in ways {
        for (index, old_member) in old.members.iter().enumerate() {
            if pairs.iter().any(|(known, _)| *known == index) {
                continue;
            }
            let mut free = new.members.iter().enumerate().filter(|(at, _)| !pairs.iter().any(|(_, known)| known == at));
            if let Some((at, _)) = free.find(|(_, new_member)| way(old_member, new_member)) {
                pairs.push((index, at));
            }
        }
    }
    pairs
}

fn shown(schema: Option<(&Schema, bool)>) -> String {
    schema.map_or_else(String::new, |(schema, _)| format!("`{}`", schema.origin.pointer))
}

/// Reports a union that became one type. Its values were those of all members.
fn report_union_gone(traversal: &mut Traversal<'_>, pair: Pair, old: &Union, new: &Schema, pointers: Pointers<'_>) {
    let mode = pair.mode;
    let verdicts = old.members.iter().map(|member| traversal.trial(member.schema, pair.new, mode));
    // The old program reads what fits no member as an unknown variant.
    let verdict = if mode.is_request() { verdicts.max() } else { verdicts.min().map(|best| best.min(Risk)) };
    let verdict = verdict.unwrap_or_default();
    let message = "the union became one type".to_owned();
    add_change(
        traversal,
        mode,
        pointers,
        (Rule::ValuesNarrowed, verdict),
        message,
        ("a union".into(), kind(new).into()),
    );
}

/// Reports a type that became a union.
fn report_new_union(traversal: &mut Traversal<'_>, pair: Pair, old: &Schema, new: &Union, pointers: Pointers<'_>) {
    let mode = pair.mode;
    let of = |traversal: &Traversal<'_>, other: SchemaId| traversal.trial(pair.old, other, mode);
    let verdicts: Vec<WireVerdict> = new.members.iter().map(|member| of(traversal, member.schema)).collect();
    let verdict = if mode.is_request() { verdicts.iter().min() } else { verdicts.iter().max() };
    let message = "the type became a union".to_owned();
    let verdict = verdict.copied().unwrap_or_default();
    add_change(
        traversal,
        mode,
        pointers,
        (Rule::ValuesWidened, verdict),
        message,
        (kind(old).into(), "a union".into()),
    );
}
