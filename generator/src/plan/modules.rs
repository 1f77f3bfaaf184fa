//! Which file a printed type lives in, and which cargo features it needs. Knows which calls need a type; must not know
//! how it is spelled.

use super::methods::Group;
use super::models::Model;
use super::names::{Scope, behind, snake};
use super::reach::{Callers, reach, types};
use std::collections::{BTreeMap, BTreeSet};

/// A file of types.
#[derive(Debug)]
pub struct Module {
    /// Its name; none for the only file.
    pub name: Option<String>,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// Cargo features that it needs: all of any of these sets. No set when it is always there.
    pub features: Vec<Vec<String>>,
    /// Indexes of its models, in document order.
    pub models: Vec<usize>,
    /// Names that it offers, sorted.
    pub exports: Vec<String>,
    /// Names that it takes from its siblings, sorted.
    pub imports: Vec<String>,
}

/// The feature of types that no call needs.
pub const UNREACHED: &str = "unreached";
/// With fewer types than this, one file is easier to read than several.
const FEWEST: usize = 40;
/// A file with more types than this is split by the first words of their names.
const MOST: usize = 100;
/// Fewer types with a first word than this stay together.
const FEW: usize = 8;
/// How many words a file's name has at most behind its group's.
const DEEPEST: usize = 5;

/// What decides where a type lives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Home {
    /// The client itself needs it.
    Client,
    /// These calls need it; where groups are no features, the first of them, and those in preview only if there are no
    /// others.
    Calls(Vec<Callers>),
    /// No call needs it.
    Unreached,
}

/// Every type in a file: of the group whose calls reach it first or, where groups are features, of exactly the groups
/// that need it. `always` names what the client itself needs.
#[must_use]
pub fn modules(models: &[Model], groups: &[Group], always: &BTreeSet<&str>) -> Vec<Module> {
    let featured = groups.iter().any(|group| group.feature.is_some());
    let reached = reach(models, groups);
    let preview = reached.iter().any(|needed_by| !needed_by.is_empty() && needed_by.iter().all(|one| one.preview));
    if !featured && !preview && (groups.len() < 2 || models.len() < FEWEST) && models.len() < MOST {
        let docs = vec!["The types of the API.".to_owned()];
        return vec![module(None, docs, Vec::new(), (0..models.len()).collect(), models)];
    }
    let mut homes: BTreeMap<Home, Vec<usize>> = BTreeMap::new();
    for (index, (model, needed_by)) in models.iter().zip(reached).enumerate() {
        let home = match needed_by.iter().find(|one| !one.preview).or(needed_by.first()) {
            _ if always.contains(model.name.as_str()) => Home::Client,
            Some(_) if featured => Home::Calls(needed_by),
            Some(first) => Home::Calls(vec![*first]),
            None => Home::Unreached,
        };
        homes.entry(home).or_default().push(index);
    }
    let mut scope = Scope::with(&["models"]);
    for model in models {
        scope.claim(&model.name);
    }
    let mut modules = Vec::new();
    for (home, found) in homes {
        let (stem, docs) = described(&home, groups);
        let features = match &home {
            Home::Client => Vec::new(),
            Home::Calls(needed_by) => {
                let sets: Vec<Vec<String>> = needed_by.iter().map(|calls| needs(*calls, groups)).collect();
                if sets.iter().any(Vec::is_empty) { Vec::new() } else { sets }
            }
            Home::Unreached if featured => vec![vec![UNREACHED.to_owned()]],
            Home::Unreached => Vec::new(),
        };
        for (word, found) in split(found, models) {
            let name = word.map_or_else(|| stem.clone(), |word| behind(&stem, &word));
            let name = scope.claim_first(&[name.clone(), behind(&name, "types")]);
            modules.push(module(Some(name), docs.clone(), features.clone(), found, models));
        }
    }
    modules.sort_by(|one, other| one.name.cmp(&other.name));
    modules
}

/// The features that calls need.
fn needs(calls: Callers, groups: &[Group]) -> Vec<String> {
    let Some(group) = groups.get(calls.group) else { return Vec::new() };
    let preview = group.methods.iter().find_map(|method| method.feature.clone()).filter(|_| calls.preview);
    group.feature.iter().cloned().chain(preview).collect()
}

/// Name of the file, and what it holds.
fn described(home: &Home, groups: &[Group]) -> (String, Vec<String>) {
    let needed_by: Vec<(&Group, bool)> = match home {
        Home::Calls(needed_by) => {
            needed_by.iter().filter_map(|calls| Some((groups.get(calls.group)?, calls.preview))).collect()
        }
        Home::Client => return ("address".to_owned(), vec!["Types of the API's address.".to_owned()]),
        Home::Unreached => return (UNREACHED.to_owned(), vec!["Types that no call reaches.".to_owned()]),
    };
    let link = |(group, preview): &(&Group, bool)| {
        let preview = if *preview { "calls in preview of " } else { "" };
        let name = if group.on_client { "Client" } else { &group.name };
        format!("{preview}[`{name}`](crate::{})", group.path())
    };
    let name = |(group, preview): &(&Group, bool)| {
        if *preview { behind(&group.module, "preview") } else { group.module.clone() }
    };
    match needed_by.as_slice() {
        [] => (UNREACHED.to_owned(), Vec::new()),
        [one @ (group, true)] if group.feature.is_none() => {
            (name(one), vec![format!("Types that only calls in preview need, and {} first.", link(&(group, false)))])
        }
        [one] if one.0.feature.is_none() => (name(one), vec![format!("Types that {} reaches first.", link(one))]),
        [one @ (group, true)] => {
            (name(one), vec![format!("Types that only calls in preview of {} need.", link(&(group, false)))])
        }
        [one] => (name(one), vec![format!("Types that only {} needs.", link(one))]),
        [one, other] => {
            let docs = format!("Types that {} and {} need.", link(one), link(other));
            (behind(&name(one), &format!("and_{}", name(other))), vec![docs])
        }
        [one, others @ ..] => {
            let docs = format!("Types that {} and {} other groups need.", link(one), others.len());
            (behind(&name(one), &format!("and_{}_more", others.len())), vec![docs])
        }
    }
}

/// Parts of a large file, by the first words of the types' names; the rest has no word.
fn split(found: Vec<usize>, models: &[Model]) -> Parts {
    let mut parts = Parts::new();
    split_by(None, found, models, &mut parts);
    for (_, part) in &mut parts {
        part.sort_unstable();
    }
    parts
}

type Parts = Vec<(Option<String>, Vec<usize>)>;

/// Splits what shares its first words by the next one, until parts are small.
fn split_by(words: Option<String>, found: Vec<usize>, models: &[Model], parts: &mut Parts) {
    let known = words.as_deref().map_or(0, |words| words.split('_').count());
    if found.len() <= MOST || known == DEEPEST {
        parts.push((words, found));
        return;
    }
    let mut rest: Vec<usize> = Vec::new();
    for (word, part) in by_words(found, models, known.saturating_add(1)) {
        if part.len() < FEW || Some(&word) == words.as_ref() {
            rest.extend(part);
        } else {
            split_by(Some(word), part, models, parts);
        }
    }
    if !rest.is_empty() {
        parts.push((words, rest));
    }
}

/// The types by so many words of their names.
fn by_words(found: Vec<usize>, models: &[Model], words: usize) -> BTreeMap<String, Vec<usize>> {
    let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in found {
        let name = models.get(index).map_or("", |model| model.name.as_str());
        let name = snake(name);
        let first: Vec<&str> = name.split('_').take(words).collect();
        parts.entry(first.join("_")).or_default().push(index);
    }
    parts
}

fn module(
    name: Option<String>,
    docs: Vec<String>,
    features: Vec<Vec<String>>,
    found: Vec<usize>,
    models: &[Model],
) -> Module {
    let own = || found.iter().filter_map(|index| models.get(*index));
    let mut exports: Vec<String> = own().flat_map(Model::names).map(str::to_owned).collect();
    exports.sort();
    let used: BTreeSet<&str> = own().flat_map(types).flat_map(super::rust_type::RustType::models).collect();
    let imports = used.into_iter().filter(|used| exports.binary_search_by(|own| own.as_str().cmp(used)).is_err());
    let imports = imports.map(str::to_owned).collect();
    Module { name, docs, features, models: found, exports, imports }
}
