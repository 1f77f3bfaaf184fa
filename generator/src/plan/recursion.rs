//! Boxes for types that contain each other by value: on the edges that close a cycle.

use super::models::{Kind, Model};
use super::rust_type::RustType;
use std::collections::BTreeMap;

/// Boxes the edges that close a cycle, in the order of the description, and returns the length of the longest chain.
pub(crate) fn box_cycles(models: &mut [Model]) -> usize {
    let names: BTreeMap<String, usize> =
        models.iter().enumerate().map(|(at, model)| (model.name.clone(), at)).collect();
    let edges: Vec<Vec<usize>> = models.iter().map(|model| targets(model, &names)).collect();
    let mut state = vec![State::New; models.len()];
    let mut closing: Vec<(usize, usize)> = Vec::new();
    let mut longest = 0;
    for start in 0..models.len() {
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        if state.get(start) != Some(&State::New) {
            continue;
        }
        set(&mut state, start, State::Open);
        while let Some((node, next)) = path.last_mut() {
            let (from, edge) = (*node, *next);
            *next += 1;
            let Some(to) = edges.get(from).and_then(|list| list.get(edge)).copied() else {
                set(&mut state, from, State::Done);
                path.pop();
                continue;
            };
            match state.get(to) {
                Some(State::Open) => closing.push((from, to)),
                Some(State::New) => {
                    set(&mut state, to, State::Open);
                    path.push((to, 0));
                    longest = longest.max(path.len());
                }
                Some(State::Done) | None => {}
            }
        }
    }
    for (from, to) in closing {
        let target = models.get(to).map(|model| model.name.clone()).unwrap_or_default();
        if let Some(model) = models.get_mut(from) {
            mark(model, &target);
        }
    }
    longest
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

fn set(states: &mut [State], at: usize, state: State) {
    if let Some(slot) = states.get_mut(at) {
        *slot = state;
    }
}

/// The generated types that a type contains by value.
fn contained(ty: &RustType) -> Vec<&str> {
    match ty {
        RustType::Model { name, .. } => vec![name],
        other if other.is_inline() => other.children().iter().flat_map(contained).collect(),
        _ => Vec::new(),
    }
}

/// Indexes of the types that a model contains by value, in the order of its fields or members.
pub(super) fn targets(model: &Model, names: &BTreeMap<String, usize>) -> Vec<usize> {
    let types: Vec<&RustType> = match &model.kind {
        Kind::Struct(structure) => structure.fields.iter().map(|field| &field.ty).collect(),
        Kind::Union(union) => union.members.iter().map(|member| &member.ty).collect(),
        Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Alias(_) => Vec::new(),
    };
    types.into_iter().flat_map(contained).filter_map(|name| names.get(name).copied()).collect()
}

/// Marks the places of a type inside another one as boxed.
fn mark(model: &mut Model, target: &str) {
    match &mut model.kind {
        Kind::Struct(structure) => {
            for field in structure.fields.iter_mut().filter(|field| contained(&field.ty).contains(&target)) {
                field.boxed = true;
            }
        }
        Kind::Union(union) => {
            for member in union.members.iter_mut().filter(|member| contained(&member.ty).contains(&target)) {
                member.boxed = true;
            }
        }
        Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Alias(_) => {}
    }
}
