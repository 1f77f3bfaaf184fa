//! Kinds of mutations: edits of one place, from any description.

use super::places::{Place, places};
use super::{api_kinds, form_kinds, object_kinds, operation_kinds, payload_kinds, schema_kinds};
use fastrand::Rng;
use serde_json::Value;

/// The effect of a kind on old programs that call the new server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wire {
    /// Values of the schemas decide.
    Values,
    /// Some requests or responses fail.
    Break,
    /// No request and no response certainly fails.
    NoBreak,
}

/// A kind of mutation.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) wire: Wire,
    /// Changes a place. `None` if the kind does not apply to it.
    pub(crate) edit: fn(&mut Value, &str, &mut Rng) -> Option<()>,
}

/// A changed description.
pub(crate) struct Mutation {
    pub(crate) kind: &'static Kind,
    pub(crate) place: String,
    pub(crate) new: Value,
}

/// The version of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// OpenAPI 2.0.
    Two,
    /// OpenAPI 3.0.
    Three,
    /// OpenAPI from 3.1 on.
    ThreeOne,
}

impl Dialect {
    pub(crate) fn of(document: &Value) -> Self {
        match document["openapi"].as_str() {
            None => Self::Two,
            Some(version) if version.starts_with("3.0") => Self::Three,
            Some(_) => Self::ThreeOne,
        }
    }

    /// The place of component schemas.
    pub(crate) const fn components(self) -> &'static str {
        match self {
            Self::Two => "/definitions",
            Self::Three | Self::ThreeOne => "/components/schemas",
        }
    }
}

pub(crate) fn pick<T: Clone>(all: &[T], rng: &mut Rng) -> Option<T> {
    if all.is_empty() { None } else { all.get(rng.usize(..all.len())).cloned() }
}

pub(crate) fn all() -> impl Iterator<Item = &'static Kind> {
    let schemas = schema_kinds::KINDS.iter().chain(object_kinds::KINDS);
    let only = std::env::var("CLIENTSMITH_DIFF_ORACLE_KIND").unwrap_or_default();
    let others = operation_kinds::KINDS.iter().chain(api_kinds::KINDS).chain(form_kinds::KINDS);
    schemas.chain(others).chain(payload_kinds::KINDS).filter(move |kind| kind.name.contains(&only))
}

/// Some mutations of a description: each kind in turn, at places that the seed selects, and each result once.
pub(crate) fn mutations(document: &Value, seed: u64, most: usize) -> Vec<Mutation> {
    let mut rng = Rng::with_seed(seed);
    let places = places(document);
    let mut open: Vec<(&Kind, Vec<&str>)> = all()
        .map(|kind| {
            let mut own: Vec<&str> =
                places.iter().filter(|(place, _)| *place == kind.place).map(|(_, pointer)| pointer.as_str()).collect();
            rng.shuffle(&mut own);
            (kind, own)
        })
        .collect();
    rng.shuffle(&mut open);
    let mut seen = std::collections::BTreeSet::from([document.to_string()]);
    let mut found = Vec::new();
    while found.len() < most && open.iter().any(|(_, places)| !places.is_empty()) {
        for (kind, places) in &mut open {
            while let Some(place) = places.pop() {
                let mut new = document.clone();
                let changed = (kind.edit)(&mut new, place, &mut rng).is_some();
                if changed && seen.insert(new.to_string()) {
                    found.push(Mutation { kind, place: place.to_owned(), new });
                    break;
                }
            }
        }
    }
    found.truncate(most);
    found
}
