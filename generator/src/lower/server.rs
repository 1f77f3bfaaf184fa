//! Base addresses.

use super::Lower;
use crate::api::{Server, ServerVariable};
use crate::syntax::node::NodeId;

impl Lower<'_> {
    /// Lowers the servers of the description.
    pub(super) fn servers(&mut self) {
        let (tree, entry) = (&self.document.tree, self.document.entry);
        if self.swagger {
            let base = self.text(entry, "basePath").unwrap_or_default();
            let Some(host) = self.text(entry, "host") else {
                if !base.is_empty() {
                    self.api.servers.push(Server { url: base, variables: Vec::new() });
                }
                return;
            };
            let schemes = tree.entry(entry, "schemes").map_or(&[][..], |list| tree.list(list));
            let names: Vec<_> = schemes.iter().filter_map(|id| tree.text(*id)).collect();
            let scheme = if names.contains(&"https") { "https" } else { names.first().copied().unwrap_or("https") };
            let url = format!("{scheme}://{host}{base}");
            self.api.servers.push(Server { url, variables: Vec::new() });
            return;
        }
        let list = tree.entry(entry, "servers").map_or(&[][..], |list| tree.list(list)).to_vec();
        for server in list {
            let server = self.server(server);
            self.api.servers.push(server);
        }
    }

    /// A server with its variables.
    fn server(&self, node: NodeId) -> Server {
        let tree = &self.document.tree;
        let variables = tree.entry(node, "variables").map_or(&[][..], |map| tree.map(map));
        let variables = variables.iter().map(|entry| {
            let listed = tree.entry(entry.value, "enum").map_or(&[][..], |list| tree.list(list));
            let mut values: Vec<String> = Vec::new();
            for value in listed.iter().filter_map(|id| tree.text(*id)) {
                if values.iter().all(|known| known != value) {
                    values.push(value.to_owned());
                }
            }
            ServerVariable {
                name: entry.key.clone(),
                description: self.text(entry.value, "description"),
                default: self.text(entry.value, "default").unwrap_or_default(),
                values,
                env: self.text(entry.value, "x-env-name"),
            }
        });
        Server { url: self.text(node, "url").unwrap_or_default(), variables: variables.collect() }
    }

    /// The base address of one operation, with the defaults of its variables.
    pub(super) fn own_server(&self, operation: NodeId, item: NodeId) -> Option<String> {
        let tree = &self.document.tree;
        let servers = tree.entry(operation, "servers").or_else(|| tree.entry(item, "servers"))?;
        let server = self.server(*tree.list(servers).first()?);
        let filled = server
            .variables
            .iter()
            .fold(server.url, |url, variable| url.replace(&format!("{{{}}}", variable.name), &variable.default));
        Some(filled)
    }
}
