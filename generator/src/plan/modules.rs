//! The file of each generated type and the cargo features that it needs. Knows which operations need a type; does not
//! know its definition.

mod further_names;
mod split;

use super::models::Model;
use super::names::{Scope, snake, with_suffix};
use super::operations::Group;
use super::reach::{Callers, types};
use super::unused::OtherUsers;
use further_names::FurtherNames;
use std::collections::{BTreeMap, BTreeSet};

/// The module beside the types with their codec.
pub(crate) const CODEC: &str = "codec";

/// A file of types.
#[derive(Debug)]
pub(crate) struct Module {
    /// Name of the module; `None` for the only file.
    pub name: Option<String>,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// Cargo features that it needs: all features of any of these sets. Empty if it is always compiled.
    pub features: Vec<Vec<String>>,
    /// Indexes of its types, in the order of the description.
    pub models: Vec<usize>,
    /// Names that it imports from other modules, sorted.
    pub imports: Vec<String>,
    /// Files of setters of its only type, where one file would be too long: their names, and indexes of fields.
    pub setters: Vec<(String, Vec<usize>)>,
}

/// The features of types that no operation needs: of those of webhooks, of callbacks, and of the others. A group of
/// operations can have the same feature.
#[must_use]
pub(crate) fn without_operations(modules: &[Module], groups: &[Group]) -> Vec<&'static str> {
    let is_of_group = |name: &str| groups.iter().any(|group| group.feature.as_deref() == Some(name));
    let is_used =
        |name: &str| modules.iter().any(|module| module.features.iter().flatten().any(|feature| feature == name));
    OtherUsers::ALL.names().into_iter().filter(|name| is_used(name) && !is_of_group(name)).collect()
}

/// Fewer types than this are in one file.
const FEWEST: usize = 40;

/// The file of types that several groups without features need.
const SHARED: &str = "shared";

/// The operations that need a type, which decide its file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Home {
    /// The client itself.
    Client,
    /// These operations, which are those of one group if groups have no features, and users that have features of their
    /// own.
    Calls(Vec<Callers>, OtherUsers),
    /// Operations of several groups that have no features, or only their operations in preview.
    SeveralGroups {
        /// True if only operations in preview need it.
        preview: bool,
    },
    /// No operation.
    Others(OtherUsers),
}

impl Home {
    /// Returns true if more than two groups need it.
    fn is_shared(&self) -> bool {
        matches!(self, Self::Calls(needed_by, _) if needed_by.len() > 2)
    }
}

/// Assigns every type to a file: that of the only group whose operations reach it, or that of the types of several groups. If
/// groups have features, it is the file of exactly the groups that need the type. `reached` has the operations that need
/// each type, `others` its other users, and `always` names the types that the client itself needs.
#[must_use]
pub(crate) fn modules(
    models: &[Model],
    groups: &[Group],
    reached: Vec<Vec<Callers>>,
    others: &[OtherUsers],
    always: &BTreeSet<&str>,
) -> Vec<Module> {
    let featured = groups.iter().any(|group| group.feature.is_some());
    let preview = reached.iter().any(|needed_by| !needed_by.is_empty() && needed_by.iter().all(|one| one.preview));
    let names = FurtherNames::new(models);
    let types: Vec<usize> = (0..models.len()).filter(|index| !names.has(*index)).collect();
    let few = groups.len() < 2 || types.len() < FEWEST;
    if !featured && !preview && few && split::fits(&types, &names) {
        let docs = vec!["The types of the API.".to_owned()];
        return vec![module(None, docs, Vec::new(), (0..models.len()).collect(), models)];
    }
    let mut homes: BTreeMap<Home, Vec<usize>> = BTreeMap::new();
    for (index, ((model, needed_by), others)) in models.iter().zip(reached).zip(others).enumerate() {
        let home = if always.contains(model.name.as_str()) { Home::Client } else { home(needed_by, *others, featured) };
        if !names.has(index) {
            homes.entry(home).or_default().push(index);
        }
    }
    let mut scope = Scope::with(&["models", CODEC]);
    for model in models {
        scope.claim(&model.name);
    }
    // Files of one or two groups come first, since their names depend on nothing else.
    let mut homes: Vec<(Home, Vec<usize>)> = homes.into_iter().collect();
    homes.sort_by_key(|(home, _)| home.is_shared());
    let mut modules = Vec::new();
    for (home, found) in homes {
        let (stem, docs) = described(&home, groups);
        let stem = stem.unwrap_or_else(|| snake(leader(&found, models)));
        let features = match &home {
            Home::Client => Vec::new(),
            Home::Calls(needed_by, others) => {
                let own = needed_by.iter().map(|calls| needs(*calls, groups));
                let sets: Vec<Vec<String>> = own.chain(features_of(*others)).collect();
                if sets.iter().any(Vec::is_empty) { Vec::new() } else { sets }
            }
            Home::SeveralGroups { preview: true } => vec![preview_feature(groups).into_iter().collect()],
            Home::Others(others) if featured => features_of(*others),
            Home::SeveralGroups { preview: false } | Home::Others(_) => Vec::new(),
        };
        for (words, found) in split::split(found, &names) {
            let name = words.map_or_else(
                || stem.clone(),
                |words| match words.strip_prefix(&stem) {
                    Some(rest) if rest.starts_with('_') => words,
                    _ => with_suffix(&stem, &words),
                },
            );
            let name = scope.claim_first(&[name.clone(), with_suffix(&name, "types")]);
            modules.push(module(Some(name), docs.clone(), features.clone(), names.with(found), models));
        }
    }
    modules.sort_by(|one, other| one.name.cmp(&other.name));
    modules
}

/// The home of a type that these operations and others need.
fn home(needed_by: Vec<Callers>, others: OtherUsers, featured: bool) -> Home {
    if needed_by.is_empty() {
        return Home::Others(others);
    }
    if featured {
        return Home::Calls(needed_by, others);
    }
    let all_preview = needed_by.iter().all(|one| one.preview);
    // Other users are always compiled here, so that the feature for preview cannot be a condition.
    let preview = all_preview && others.is_empty();
    let own = needed_by.iter().filter(|one| one.preview == all_preview);
    let counted: Vec<Callers> = own.map(|one| Callers { group: one.group, preview }).collect();
    match counted.as_slice() {
        [_] => Home::Calls(counted, OtherUsers::default()),
        _ => Home::SeveralGroups { preview },
    }
}

/// The features of users beside operations.
fn features_of(others: OtherUsers) -> Vec<Vec<String>> {
    others.names().into_iter().map(|name| vec![name.to_owned()]).collect()
}

/// The features that operations need.
fn needs(calls: Callers, groups: &[Group]) -> Vec<String> {
    let Some(group) = groups.get(calls.group) else { return Vec::new() };
    let preview = preview_feature(std::slice::from_ref(group)).filter(|_| calls.preview);
    group.feature.iter().cloned().chain(preview).collect()
}

/// The feature of the operations in preview.
fn preview_feature(groups: &[Group]) -> Option<String> {
    groups.iter().flat_map(|group| &group.operations).find_map(|operation| operation.feature.clone())
}

/// Name of the file, unless a type of it gives the name, and the file's documentation.
fn described(home: &Home, groups: &[Group]) -> (Option<String>, Vec<String>) {
    match home {
        Home::Calls(needed_by, others) => {
            let (name, mut docs) = of_calls(needed_by, groups);
            if others.is_empty() {
                return (name, docs);
            }
            docs.extend(others.senders().map(|senders| format!("The bodies of {senders} use them too.")));
            let name = name.map(|name| with_suffix(&name, &format!("and_{}", others.names().join("_and_"))));
            (name, docs)
        }
        Home::Client => {
            (Some("address".to_owned()), vec!["Types of the server address and of client headers.".to_owned()])
        }
        Home::SeveralGroups { preview: true } => {
            let docs = "Types that preview operations of several groups use, and no other operations.".to_owned();
            (Some(with_suffix(SHARED, "preview")), vec![docs])
        }
        Home::SeveralGroups { preview: false } => {
            (Some(SHARED.to_owned()), vec!["Types that operations of several groups use.".to_owned()])
        }
        Home::Others(others) => {
            let docs = others.senders().map(|senders| format!("Types that only {senders} use."));
            let docs = docs.unwrap_or_else(|| "Types that no operation uses.".to_owned());
            (Some(others.names().join("_and_")), vec![docs])
        }
    }
}

/// Name of the file of types that operations use, unless a type of it gives the name, and the file's documentation.
fn of_calls(needed_by: &[Callers], groups: &[Group]) -> (Option<String>, Vec<String>) {
    let needed_by: Vec<(&Group, bool)> =
        needed_by.iter().filter_map(|calls| Some((groups.get(calls.group)?, calls.preview))).collect();
    let link = |(group, preview): &(&Group, bool)| {
        let preview = if *preview { "preview operations of " } else { "" };
        let name = if group.on_client { "Client" } else { &group.name };
        format!("{preview}[`{name}`](crate::{})", group.path())
    };
    let name = |(group, preview): &(&Group, bool)| {
        if *preview { with_suffix(&group.module, "preview") } else { group.module.clone() }
    };
    match needed_by.as_slice() {
        [] => (None, Vec::new()),
        [one @ (group, true)] => {
            (Some(name(one)), vec![format!("Types that only preview operations of {} use.", link(&(group, false)))])
        }
        [one] => (Some(name(one)), vec![format!("Types that only {} uses.", link(one))]),
        [one, other] => {
            let docs = format!("Types that {} and {} use.", link(one), link(other));
            (Some(with_suffix(&name(one), &format!("and_{}", name(other)))), vec![docs])
        }
        [one, others @ ..] => {
            let docs = format!("Types that {} and {} other groups use.", link(one), others.len());
            (None, vec![docs])
        }
    }
}

/// The type that names a file of shared types: the one that contains most other types of the file, and of equal ones
/// the first in the description. A new type therefore changes no file's name.
fn leader<'m>(found: &[usize], models: &'m [Model]) -> &'m str {
    let own: BTreeMap<&str, &Model> =
        found.iter().filter_map(|index| models.get(*index)).map(|model| (model.name.as_str(), model)).collect();
    let reached = |model: &Model| {
        let (mut seen, mut open) = (BTreeSet::from([model.name.as_str()]), vec![model.name.as_str()]);
        while let Some(model) = open.pop().and_then(|name| own.get(name)) {
            let used = types(model).into_iter().flat_map(super::rust_type::RustType::models);
            open.extend(
                used.filter_map(|name| own.get_key_value(name)).map(|(name, _)| *name).filter(|name| seen.insert(name)),
            );
        }
        seen.len()
    };
    let candidates = found.iter().filter_map(|index| models.get(*index));
    let leader = candidates.rev().max_by_key(|model| reached(model));
    leader.map_or(SHARED, |model| model.name.as_str())
}

fn module(
    name: Option<String>,
    docs: Vec<String>,
    features: Vec<Vec<String>>,
    found: Vec<usize>,
    models: &[Model],
) -> Module {
    let own = || found.iter().filter_map(|index| models.get(*index));
    let exports: BTreeSet<&str> = own().flat_map(Model::names).collect();
    let used: BTreeSet<&str> = own().flat_map(types).flat_map(super::rust_type::RustType::models).collect();
    let imports = used.into_iter().filter(|used| !exports.contains(used));
    let imports = imports.map(str::to_owned).collect();
    let setters = split::setters(&found, models);
    Module { name, docs, features, models: found, imports, setters }
}
