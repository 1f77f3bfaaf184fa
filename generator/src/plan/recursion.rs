//! Boxes for types that contain each other by value: on the edges that close a cycle.

use super::models::{Kind, Model};
use super::rust_type::RustType;
use std::collections::{BTreeMap, BTreeSet};

/// Boxes the edges that close a cycle, in the order of the description, and returns the length of the longest chain of types that
/// contain each other by value. An edge that the lock has without a box stays so, if another edge of its cycle can have the box.
pub(crate) fn box_cycles(models: &mut [Model]) -> usize {
    let names: BTreeMap<String, usize> =
        models.iter().enumerate().map(|(at, model)| (model.name.clone(), at)).collect();
    loop {
        let mut search = Search::new(models, &names);
        let closing = search.closing();
        for (from, to) in closing {
            let target = models.get(to).map(|model| model.name.clone()).unwrap_or_default();
            if let Some(model) = models.get_mut(from) {
                mark(model, &target);
            }
        }
        // A box that is not on the closing edge can leave another cycle through that edge, so the search is repeated.
        if !search.has_moved_box {
            return search.lengths.into_iter().max().unwrap_or_default();
        }
    }
}

/// An edge: the model that contains and the one that is contained.
type Edge = (usize, usize);

/// A depth-first search for cycles.
struct Search {
    edges: Vec<Vec<usize>>,
    /// The edges that the lock has without a box.
    locked: BTreeSet<Edge>,
    state: Vec<State>,
    /// The length of the longest chain from each type, without the edges that close a cycle.
    lengths: Vec<usize>,
    /// True if the box of a cycle is not on the edge that closes it.
    has_moved_box: bool,
}

impl Search {
    fn new(models: &[Model], names: &BTreeMap<String, usize>) -> Self {
        let locked = models.iter().enumerate().flat_map(|(from, model)| {
            let types = stored_types(model).into_iter().filter(|stored| stored.locked_unboxed);
            let to = types.flat_map(|stored| contained(stored.ty)).filter_map(|name| names.get(name).copied());
            to.map(move |to| (from, to)).collect::<Vec<Edge>>()
        });
        Self {
            edges: models.iter().map(|model| targets(model, names)).collect(),
            locked: locked.collect(),
            state: vec![State::New; models.len()],
            lengths: vec![0; models.len()],
            has_moved_box: false,
        }
    }

    /// The edges that need a box.
    fn closing(&mut self) -> Vec<Edge> {
        let mut closing: Vec<Edge> = Vec::new();
        for start in 0..self.edges.len() {
            if self.state.get(start) != Some(&State::New) {
                continue;
            }
            let mut path: Vec<(usize, usize)> = vec![(start, 0)];
            self.set(start, State::Open);
            while let Some((node, next)) = path.last_mut() {
                let (from, edge) = (*node, *next);
                *next += 1;
                let Some(to) = self.edges.get(from).and_then(|list| list.get(edge)).copied() else {
                    self.finish(from);
                    path.pop();
                    continue;
                };
                match self.state.get(to) {
                    Some(State::Open) => closing.push(self.boxed_edge(&path, (from, to))),
                    Some(State::New) => {
                        self.set(to, State::Open);
                        path.push((to, 0));
                    }
                    Some(State::Done) | None => {}
                }
            }
        }
        closing
    }

    /// The edge of a cycle that gets the box: the last one that the lock does not have, otherwise the one that closes it.
    fn boxed_edge(&mut self, path: &[(usize, usize)], closing: Edge) -> Edge {
        if !self.locked.contains(&closing) {
            return closing;
        }
        let nodes: Vec<usize> = path.iter().map(|(node, _)| *node).skip_while(|node| *node != closing.1).collect();
        let inner = nodes.iter().copied().zip(nodes.iter().copied().skip(1));
        let new = inner.rev().find(|edge| !self.locked.contains(edge));
        self.has_moved_box |= new.is_some();
        new.unwrap_or(closing)
    }

    /// Ends the search from a type. The types that it contains are done, or they are on the path and contain it too.
    fn finish(&mut self, at: usize) {
        let targets = self.edges.get(at).into_iter().flatten();
        let done = targets.filter(|to| self.state.get(**to) == Some(&State::Done));
        let longest = done.filter_map(|to| self.lengths.get(*to)).max().copied().unwrap_or_default();
        if let Some(length) = self.lengths.get_mut(at) {
            *length = longest + 1;
        }
        self.set(at, State::Done);
    }

    fn set(&mut self, at: usize, state: State) {
        if let Some(slot) = self.state.get_mut(at) {
            *slot = state;
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// The generated types that a type contains by value.
fn contained(ty: &RustType) -> Vec<&str> {
    match ty {
        RustType::Model { name, .. } => vec![name],
        other if other.is_inline() => other.children().iter().flat_map(contained).collect(),
        _ => Vec::new(),
    }
}

/// Returns true for a type that a box can make smaller.
pub(super) fn contains_models(ty: &RustType) -> bool {
    !contained(ty).is_empty()
}

/// The type of a field or of a member of a union.
struct Stored<'m> {
    ty: &'m RustType,
    boxed: bool,
    locked_unboxed: bool,
}

/// The types of the fields or members of a model, in their order.
fn stored_types(model: &Model) -> Vec<Stored<'_>> {
    match &model.kind {
        Kind::Struct(structure) => {
            let fields = structure.fields.iter();
            fields
                .map(|field| Stored { ty: &field.ty, boxed: field.boxed, locked_unboxed: field.locked_unboxed })
                .collect()
        }
        Kind::Union(union) => {
            let members = union.members.iter();
            members
                .map(|member| Stored { ty: &member.ty, boxed: member.boxed, locked_unboxed: member.locked_unboxed })
                .collect()
        }
        Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Alias(_) => Vec::new(),
    }
}

/// Indexes of the types that a model contains without a box, in the order of its fields or members.
pub(super) fn targets(model: &Model, names: &BTreeMap<String, usize>) -> Vec<usize> {
    let types = stored_types(model).into_iter().filter(|stored| !stored.boxed);
    types.flat_map(|stored| contained(stored.ty)).filter_map(|name| names.get(name).copied()).collect()
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

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::source::files::Memory;
    use std::path::{Path, PathBuf};

    /// The limit of a crate with a chain of types, the innermost first or last in the description.
    fn has_limit(length: usize, is_innermost_first: bool) -> bool {
        let mut schemas: Vec<String> = (1..length)
            .map(|n| format!("    T{n}: {{type: object, required: [t], properties: {{t: {{$ref: '#/components/schemas/T{}'}}}}}}\n", n - 1))
            .collect();
        schemas.insert(0, "    T0: {type: object, properties: {a: {type: string}}}\n".to_owned());
        if !is_innermost_first {
            schemas.reverse();
        }
        let text =
            format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\ncomponents:\n  schemas:\n{}", schemas.concat());
        let files = Memory(vec![(PathBuf::from("api.yaml"), text.into_bytes())]);
        let output = crate::generate(Path::new("api.yaml"), &files, &Config::default()).output.unwrap();
        output.files.get("src/lib.rs").unwrap().contains("recursion_limit")
    }

    #[test]
    fn length_of_a_chain_does_not_depend_on_the_order_of_the_description() {
        for is_innermost_first in [false, true] {
            assert!(has_limit(51, is_innermost_first), "{is_innermost_first}");
            assert!(!has_limit(50, is_innermost_first), "{is_innermost_first}");
        }
    }
}
