//! Unions that are members of themselves, directly or through other unions. The member is redundant, and decoding it
//! would not end. Knows only the `Api`.

use crate::api::{Api, SchemaId, Shape};

/// The state of a schema in the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Removes the members that lead back to their union without another type in between.
pub(super) fn without_themselves(api: &mut Api) {
    let mut states = vec![State::New; api.schemas.len()];
    // The order of the description has no influence.
    let mut ids: Vec<SchemaId> = api.schemas.ids().collect();
    ids.sort_by_cached_key(|id| api.schemas.get(id).map(|schema| schema.origin.pointer.clone()));
    for start in ids {
        let mut path = vec![(start, 0)];
        if states.get(start.index()) != Some(&State::New) {
            continue;
        }
        set(&mut states, start, State::Open);
        while let Some((id, next)) = path.last_mut() {
            let (from, member) = (*id, *next);
            let Some(to) = stands_for(api, from, member) else {
                set(&mut states, from, State::Done);
                path.pop();
                continue;
            };
            match states.get(to.index()) {
                // The next member moves to this index.
                Some(State::Open) if take_out(api, from, member) => continue,
                Some(State::New) => {
                    set(&mut states, to, State::Open);
                    *next += 1;
                    path.push((to, 0));
                    continue;
                }
                Some(State::Open | State::Done) | None => {}
            }
            *next += 1;
        }
    }
}

fn set(states: &mut [State], id: SchemaId, state: State) {
    if let Some(slot) = states.get_mut(id.index()) {
        *slot = state;
    }
}

/// The target of a member's references. Earlier steps removed circular chains.
fn stands_for(api: &Api, id: SchemaId, index: usize) -> Option<SchemaId> {
    let Shape::Union(union) = &api.schemas.get(id)?.shape else { return None };
    let mut id = union.members.get(index)?.schema;
    while let Some(Shape::Same(other)) = api.schemas.get(id).map(|schema| &schema.shape) {
        id = *other;
    }
    Some(id)
}

/// Removes a member. Returns true if it was there.
fn take_out(api: &mut Api, id: SchemaId, index: usize) -> bool {
    let Some(shape) = api.schemas.get_mut(id).map(|schema| &mut schema.shape) else { return false };
    let Shape::Union(union) = shape else { return false };
    union.members.remove(index);
    match &union.members[..] {
        [] => *shape = super::schema::fallback("a union of nothing but itself"),
        [only] => *shape = Shape::Same(only.schema),
        [_, _, ..] => {}
    }
    true
}
