//! The file of each generated type and the cargo features that it needs. Knows which operations need a type; does not
//! know its definition.

mod aliases;
mod contents;
mod split;
mod users;

use super::models::Model;
use super::names::{Scope, snake, with_suffix};
use super::operations::Group;
use super::reach::{Callers, types_in};
use super::unused::OtherUsers;
use aliases::Aliases;
use contents::{contents, leader};
use std::collections::{BTreeMap, BTreeSet};
use users::stem_and_docs;

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
pub(crate) fn features_without_operations(modules: &[Module], groups: &[Group]) -> Vec<&'static str> {
    let is_of_group = |name: &str| groups.iter().any(|group| group.feature.as_deref() == Some(name));
    let is_used =
        |name: &str| modules.iter().any(|module| module.features.iter().flatten().any(|feature| feature == name));
    OtherUsers::ALL.names().into_iter().filter(|name| is_used(name) && !is_of_group(name)).collect()
}

/// Fewer types than this are in one file.
const MIN: usize = 40;

/// The start of the names of files whose types have several users.
const SHARED: &str = "shared";

/// Maximum number of words of a type in the short name of a file.
const MAX_WORDS: usize = 5;

/// Words that say nothing without the next one.
const LEADING: &[&str] =
    &["and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "via", "with", "without"];

/// The operations that need a type, which decide its file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Home {
    /// The client itself.
    Client,
    /// Operations of these groups (of one group, unless groups have features), and other users with a feature.
    Calls(Vec<Callers>, OtherUsers),
    /// Operations of several groups that have no features, or only their operations in preview.
    SeveralGroups {
        /// True if only operations in preview need it.
        preview: bool,
    },
    /// No operation.
    Others(OtherUsers),
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
    let aliases = Aliases::new(models);
    let types: Vec<usize> = (0..models.len()).filter(|index| !aliases.is_alias(*index)).collect();
    let few = groups.len() < 2 || types.len() < MIN;
    if !featured && !preview && few && split::fits(&types, &aliases) {
        let docs = vec!["The types of the API.".to_owned()];
        return vec![module(None, docs, Vec::new(), (0..models.len()).collect(), models)];
    }
    let mut homes: BTreeMap<Home, Vec<usize>> = BTreeMap::new();
    for (index, ((model, needed_by), others)) in models.iter().zip(reached).zip(others).enumerate() {
        let home = if always.contains(model.name.as_str()) { Home::Client } else { home(needed_by, *others, featured) };
        if !aliases.is_alias(index) {
            homes.entry(home).or_default().push(index);
        }
    }
    let mut scope = Scope::with(&["models", CODEC]);
    for model in models {
        scope.claim(&model.name);
    }
    let mut files: Vec<TypeFile> =
        homes.into_iter().flat_map(|(home, indexes)| home_files(&home, indexes, groups, &aliases)).collect();
    // Files of one user come first, since their names depend on nothing else.
    files.sort_by_key(|file| file.stem.is_none());
    let file_names = file_names(&files, models, &mut scope);
    let named = files.into_iter().zip(file_names).map(|(file, name)| {
        let indexes = aliases.with_aliases(file.indexes);
        module(Some(name), file.docs, file.features, indexes, models)
    });
    let mut modules: Vec<Module> = named.collect();
    modules.sort_by(|one, other| one.name.cmp(&other.name));
    modules
}

/// A file of types: a home, or a chunk of one that is too long for a file.
struct TypeFile {
    /// The only user of the types, or `shared` for groups that have no features. Other types with several users have none.
    stem: Option<String>,
    /// The first words of the types' names.
    words: Option<String>,
    docs: Vec<String>,
    features: Vec<Vec<String>>,
    indexes: Vec<usize>,
}

/// The files of a home.
fn home_files(home: &Home, indexes: Vec<usize>, groups: &[Group], aliases: &Aliases<'_>) -> Vec<TypeFile> {
    let (stem, users) = stem_and_docs(home, groups);
    let featured = groups.iter().any(|group| group.feature.is_some());
    let features = match home {
        Home::Client => Vec::new(),
        Home::Calls(needed_by, others) => {
            let of_calls = needed_by.iter().map(|calls| needs(*calls, groups));
            let sets: Vec<Vec<String>> = of_calls.chain(features_of(*others)).collect();
            if sets.iter().any(Vec::is_empty) { Vec::new() } else { sets }
        }
        Home::SeveralGroups { preview: true } => vec![preview_feature(groups).into_iter().collect()],
        Home::Others(others) if featured => features_of(*others),
        Home::SeveralGroups { preview: false } | Home::Others(_) => Vec::new(),
    };
    let chunks = split::split(indexes, aliases).into_iter();
    let file = |(words, indexes): (Option<String>, Vec<usize>)| {
        let docs = std::iter::once(contents(&indexes, aliases.models)).chain(users.clone()).collect();
        TypeFile { stem: stem.clone(), words, docs, features: features.clone(), indexes }
    };
    chunks.map(file).collect()
}

impl TypeFile {
    /// The short name of the file, and the whole one for files with equal short names. A file of one user has the user's name. A
    /// file of several users has a name that does not depend on the users, so that one more does not rename it: the words of its
    /// types, or else the type that contains most others.
    fn names(&self, models: &[Model]) -> [String; 2] {
        match (&self.stem, &self.words) {
            (Some(stem), None) => [stem.clone(), stem.clone()],
            (Some(stem), Some(words)) => [with_words(stem, &first_words(words, false)), with_suffix(stem, words)],
            (None, words) => {
                let leader = snake(leader(&self.indexes, models));
                let shared = |words: &str| with_suffix(SHARED, words.trim_end_matches('_'));
                let short =
                    words.as_ref().map_or_else(|| first_words(&leader, true), |words| first_words(words, false));
                [shared(&short), shared(&leader)]
            }
        }
    }
}

/// The names of files, each distinct where whole names are. Equal short names give way together, so that none takes the place of
/// another.
fn file_names(files: &[TypeFile], models: &[Model], scope: &mut Scope) -> Vec<String> {
    let wanted: Vec<[String; 2]> = files.iter().map(|file| file.names(models)).collect();
    let is_alone = |short: &String| wanted.iter().filter(|[other, _]| other == short).count() == 1;
    let distinct = wanted.iter().map(|[short, whole]| if is_alone(short) { short } else { whole });
    distinct.map(|name| scope.claim_first(&[name.clone(), with_suffix(name, "types")])).collect()
}

/// The first words of a type, or of all types of a file. A last word that leads to the next one is left out with it:
/// `webhook_team_added_to_the_repository` becomes `webhook_team_added`.
fn first_words(words: &str, is_type: bool) -> String {
    let mut first: Vec<&str> = words.split('_').collect();
    if is_type && first.len() <= MAX_WORDS {
        return first.join("_");
    }
    first.truncate(MAX_WORDS);
    while first.len() > 1 && first.last().is_some_and(|last| LEADING.contains(last)) {
        first.pop();
    }
    first.join("_")
}

/// The words after a stem, which does not stand twice: `webhooks` and `webhook_push` are `webhooks_push`.
fn with_words(stem: &str, words: &str) -> String {
    let singular = stem.strip_suffix('s').unwrap_or(stem);
    let rest = [stem, singular].iter().find_map(|start| words.strip_prefix(start)?.strip_prefix('_'));
    with_suffix(stem, rest.unwrap_or(words))
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
    let counted = needed_by.iter().filter(|one| one.preview == all_preview);
    let counted: Vec<Callers> = counted.map(|one| Callers { group: one.group, preview }).collect();
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

/// A file with the types of these indexes.
fn module(
    name: Option<String>,
    docs: Vec<String>,
    features: Vec<Vec<String>>,
    indexes: Vec<usize>,
    models: &[Model],
) -> Module {
    let in_file = || indexes.iter().filter_map(|index| models.get(*index));
    let exports: BTreeSet<&str> = in_file().flat_map(Model::names).collect();
    let used: BTreeSet<&str> = in_file().flat_map(types_in).flat_map(super::rust_type::RustType::used_names).collect();
    let imports = used.into_iter().filter(|used| !exports.contains(used));
    let imports = imports.map(str::to_owned).collect();
    let setters = split::setters(&indexes, models);
    Module { name, docs, features, models: indexes, imports, setters }
}

#[cfg(test)]
mod tests {
    use super::first_words;

    #[test]
    fn names_of_files_do_not_end_with_a_word_that_leads_to_the_next() {
        for (words, is_type, expected) in [
            ("pet", true, "pet"),
            ("code_scanning_list_alerts_for_org", true, "code_scanning_list_alerts"),
            ("environment_protection_rules_item_with_reviewers", true, "environment_protection_rules_item"),
            ("webhook_team_added_to_the_repository", true, "webhook_team_added"),
            // The whole name of a type is not cut.
            ("discussion_reply_chosen_by", true, "discussion_reply_chosen_by"),
            ("pull_request_converted_to", false, "pull_request_converted"),
            ("for", false, "for"),
        ] {
            assert_eq!(first_words(words, is_type), expected);
        }
    }
}
