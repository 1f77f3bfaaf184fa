//! The contest for the names of types. What wins depends on the kinds of the rivals and never on their order. Knows
//! names; knows no more of schemas than their ids.

use super::longer::longer_names;
use crate::api::SchemaId;
use std::collections::{BTreeMap, BTreeSet};

/// A type that is to be named.
#[derive(Debug)]
pub(super) struct Claim<'a> {
    pub(super) kind: Kind<'a>,
    /// The type: rivals with the same one can share a name.
    pub(super) target: Target,
    /// The name that it wants.
    pub(super) plain: String,
    /// The name made of its place, if `plain` is from a title.
    pub(super) place_name: Option<String>,
    /// Its place, which tells it from all others.
    pub(super) pointer: &'a str,
}

/// A type that can have names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    /// Of a schema.
    Schema(SchemaId),
    /// Of a server variable, by its index.
    Variable(usize),
}

/// The kinds of things that want a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// A component, by its name.
    Component(&'a str),
    /// A part of a component that has no words of its own.
    InComponent,
    /// An inline schema.
    Inline,
    /// A server variable.
    Variable,
}

/// The name of each. `is_taken` knows the names that a place cannot have.
///
/// A title gives way to everything else. Of components, the one whose name is the type's name keeps it. All other rivals
/// say what differs, so that no name ever means another place.
pub(super) fn settle(claims: &[Claim<'_>], is_taken: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut wanted = without_contested_titles(claims);
    let groups = rivals(claims, &wanted);
    let mut taken: BTreeSet<String> = groups.keys().cloned().collect();
    for (name, mut members) in groups {
        let pointers = || members.iter().filter_map(|index| claims.get(*index)).map(|claim| claim.pointer);
        let is_name_taken = pointers().any(|pointer| is_taken(&name, pointer));
        if !is_name_taken && !is_contested(claims, &members) {
            continue;
        }
        if let Some(winner) = winner(claims, &members, &name).filter(|_| !is_name_taken) {
            let target = claims.get(winner).map(|claim| claim.target);
            members.retain(|index| claims.get(*index).map(|claim| claim.target) != target);
        }
        members.sort_by_key(|index| claims.get(*index).map(|claim| claim.pointer));
        let losers: Vec<&Claim<'_>> = members.iter().filter_map(|index| claims.get(*index)).collect();
        let names_of_losers = qualified(&losers, &name, |name| taken.contains(name) || is_taken(name, ""));
        for (index, name) in members.into_iter().zip(names_of_losers) {
            taken.insert(name.clone());
            if let Some(slot) = wanted.get_mut(index) {
                *slot = name;
            }
        }
    }
    wanted
}

/// The plain name of each, or the name made of its place where others want the name that its title gives.
fn without_contested_titles(claims: &[Claim<'_>]) -> Vec<String> {
    let plain: Vec<String> = claims.iter().map(|claim| claim.plain.clone()).collect();
    let rivals = rivals(claims, &plain);
    let is_contested = |name: &str| rivals.get(name).is_some_and(|members| is_contested(claims, members));
    let name = |claim: &Claim<'_>| {
        claim.place_name.as_ref().filter(|_| is_contested(&claim.plain)).unwrap_or(&claim.plain).clone()
    };
    claims.iter().map(name).collect()
}

/// The things that want each name.
fn rivals(claims: &[Claim<'_>], wanted: &[String]) -> BTreeMap<String, Vec<usize>> {
    let mut rivals: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, name) in wanted.iter().enumerate().take(claims.len()) {
        rivals.entry(name.clone()).or_default().push(index);
    }
    rivals
}

/// Returns true if these are several types.
fn is_contested(claims: &[Claim<'_>], members: &[usize]) -> bool {
    let targets: BTreeSet<_> =
        members.iter().filter_map(|index| claims.get(*index)).map(|claim| claim.target).collect();
    targets.len() > 1
}

/// The rival that keeps the name.
fn winner(claims: &[Claim<'_>], members: &[usize], name: &str) -> Option<usize> {
    let kinds = || members.iter().filter_map(|index| Some((*index, claims.get(*index)?.kind)));
    if kinds().any(|(_, kind)| matches!(kind, Kind::Inline | Kind::Variable)) {
        return None;
    }
    let mut components = kinds().filter_map(|(index, kind)| match kind {
        Kind::Component(name) => Some((index, name)),
        _ => None,
    });
    match (components.next(), components.next()) {
        (Some((only, _)), None) => Some(only),
        _ => kinds().find(|(_, kind)| *kind == Kind::Component(name)).map(|(index, _)| index),
    }
}

/// Names that say what differs: the first ones that tell all rivals apart, else numbers in the order of the places.
fn qualified(rivals: &[&Claim<'_>], plain: &str, is_taken: impl Fn(&str) -> bool) -> Vec<String> {
    let mixed = rivals.iter().any(|claim| !matches!(claim.kind, Kind::Component(_)));
    let candidates = |claim: &&Claim<'_>| -> Vec<String> {
        let mut names = longer_names(claim);
        if mixed && matches!(claim.kind, Kind::Component(_)) {
            // Against an inline schema the suffix `Model` comes first: the spelling does not differ.
            names.rotate_right(1);
        }
        names
    };
    let candidates: Vec<Vec<String>> = rivals.iter().map(candidates).collect();
    for level in 0..candidates.iter().map(Vec::len).max().unwrap_or_default() {
        let names: Vec<&String> = candidates.iter().filter_map(|names| names.get(level).or(names.last())).collect();
        let mut of: BTreeMap<&str, Target> = BTreeMap::new();
        let apart = names
            .iter()
            .zip(rivals)
            .all(|(name, claim)| !is_taken(name) && *of.entry(name).or_insert(claim.target) == claim.target);
        if apart && names.len() == rivals.len() {
            return names.into_iter().cloned().collect();
        }
    }
    let mut known: BTreeSet<String> = BTreeSet::new();
    let gap = if plain.ends_with(|c: char| c.is_ascii_digit()) { "N" } else { "" };
    let numbered = rivals.iter().map(|_| {
        let mut names = (2u32..).map(|number| format!("{plain}{gap}{number}"));
        names.find(|name| !is_taken(name) && known.insert(name.clone())).unwrap_or_default()
    });
    numbered.collect()
}
