//! The users of the types of a file, in the name of the file and in its documentation. Does not know the types.

use super::{Callers, Home, SHARED};
use crate::plan::names::with_suffix;
use crate::plan::operations::Group;

/// Maximum number of users that the documentation of a file names.
const MAX: usize = 4;

/// The name of the only user of the types, and the sentences about all users.
pub(super) fn stem_and_docs(home: &Home, groups: &[Group]) -> (Option<String>, Vec<String>) {
    match home {
        Home::Calls(needed_by, others) => {
            let (name, mut docs) = of_calls(needed_by, groups);
            docs.extend(others.senders().map(|senders| format!("Used by the bodies of {senders} too.")));
            (name.filter(|_| others.is_empty()), docs)
        }
        Home::Client => (Some("address".to_owned()), vec!["Used by the server address and client headers.".to_owned()]),
        Home::SeveralGroups { preview: true } => {
            let docs = "Used only by preview operations of several groups.".to_owned();
            (Some(with_suffix(SHARED, "preview")), vec![docs])
        }
        Home::SeveralGroups { preview: false } => {
            (Some(SHARED.to_owned()), vec!["Used by operations of several groups.".to_owned()])
        }
        Home::Others(others) => {
            let docs = others.senders().map(|senders| format!("Used only by {senders}."));
            let docs = docs.unwrap_or_else(|| "Used by no operation.".to_owned());
            (others.only_user().map(str::to_owned), vec![docs])
        }
    }
}

/// The name of the only user of types that operations use, and the sentence about all users.
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
            (Some(name(one)), vec![format!("Used only by preview operations of {}.", link(&(group, false)))])
        }
        [one] => (Some(name(one)), vec![format!("Used only by {}.", link(one))]),
        several => {
            let named = if several.len() > MAX { several.get(..MAX - 1).unwrap_or_default() } else { several };
            let mut all: Vec<String> = named.iter().map(link).collect();
            let others = several.len() - named.len();
            all.extend((others > 0).then(|| format!("{others} other groups")));
            let last = all.pop().unwrap_or_default();
            (None, vec![format!("Used by {} and {last}.", all.join(", "))])
        }
    }
}
