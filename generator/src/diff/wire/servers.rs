//! The base address and its variables.

use super::traversal::Traversal;
use crate::api::Server;
use crate::diff::change::{Change, Direction, WireVerdict};
use crate::diff::rules::Rule;

/// Compares the server that the generated client uses.
pub(super) fn compare(traversal: &mut Traversal<'_>) {
    let (old, new) = (traversal.old.api.servers.first(), traversal.new.api.servers.first());
    let (old_server, new_server) = (shown(old), shown(new));
    if old_server == new_server {
        return;
    }
    let is_larger = matches!((old, new), (Some(old), Some(new)) if only_adds(old, new));
    let verdict = if is_larger { WireVerdict::Safe } else { WireVerdict::Risk };
    let mut change =
        Change::wire(Rule::ServerStatusOrDefaultChanged, verdict, "#/servers", "the server changed".to_owned())
            .with_values(old_server, new_server);
    change.direction = Some(Direction::Request);
    traversal.add(change, "#/servers", "#/servers");
}

/// Returns the text of a server with its variables.
pub(super) fn shown(server: Option<&Server>) -> String {
    server.map_or_else(|| "none".to_owned(), spelled)
}

fn spelled(server: &Server) -> String {
    let variables = server
        .variables
        .iter()
        .map(|variable| format!("; {} = {} of {}", variable.name, variable.default, variable.values.join(", ")));
    format!("{}{}", server.url, variables.collect::<String>())
}

/// Returns true if variables only have more values.
pub(super) fn only_adds(old: &Server, new: &Server) -> bool {
    old.url == new.url
        && old.variables.len() == new.variables.len()
        && old.variables.iter().zip(&new.variables).all(|(old_variable, new_variable)| {
            old_variable.name == new_variable.name
                && old_variable.default == new_variable.default
                && (new_variable.values.is_empty()
                    || (!old_variable.values.is_empty()
                        && old_variable.values.iter().all(|value| new_variable.values.contains(value))))
        })
}
