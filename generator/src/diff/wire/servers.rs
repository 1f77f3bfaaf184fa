//! The base address and its variables.

use super::traversal::Traversal;
use crate::api::Server;
use crate::diff::change::{Change, Direction, WireVerdict};

/// Compares the server that the generated client uses.
pub(super) fn compare(traversal: &mut Traversal<'_>) {
    let (old, new) = (traversal.old.api.servers.first(), traversal.new.api.servers.first());
    let shown = |server: Option<&Server>| server.map_or_else(|| "none".to_owned(), spelled);
    let (before, now) = (shown(old), shown(new));
    if before == now {
        return;
    }
    let is_larger = matches!((old, new), (Some(one), Some(other)) if only_adds(one, other));
    let verdict = if is_larger { WireVerdict::Safe } else { WireVerdict::Risk };
    let mut change =
        Change::wire("W212", verdict, "#/servers", "the server changed".to_owned()).with_values(before, now);
    change.direction = Some(Direction::Request);
    traversal.add(change, "#/servers", "#/servers");
}

fn spelled(server: &Server) -> String {
    let variables = server
        .variables
        .iter()
        .map(|variable| format!("; {} = {} of {}", variable.name, variable.default, variable.values.join(", ")));
    format!("{}{}", server.url, variables.collect::<String>())
}

/// Returns true if variables only have more values.
fn only_adds(old: &Server, new: &Server) -> bool {
    old.url == new.url
        && old.variables.len() == new.variables.len()
        && old.variables.iter().zip(&new.variables).all(|(one, other)| {
            one.name == other.name
                && one.default == other.default
                && (other.values.is_empty()
                    || (!one.values.is_empty() && one.values.iter().all(|value| other.values.contains(value))))
        })
}
