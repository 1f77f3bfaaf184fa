//! Base addresses.

use super::Lower;
use crate::api::{Server, ServerVariable};
use crate::diagnostic::Code;
use crate::span::Span;
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
            let schemes = tree.value_at(entry, "schemes").map_or(&[][..], |list| tree.list(list));
            let names: Vec<_> = schemes.iter().filter_map(|id| tree.text(*id)).collect();
            let scheme = if names.contains(&"https") { "https" } else { names.first().copied().unwrap_or("https") };
            let url = format!("{scheme}://{host}{base}");
            self.api.servers.push(Server { url, variables: Vec::new() });
            return;
        }
        let list = tree.value_at(entry, "servers").map_or(&[][..], |list| tree.list(list)).to_vec();
        for server in list {
            let server = self.server(server);
            self.api.servers.push(server);
        }
    }

    /// A server with its variables.
    fn server(&self, node: NodeId) -> Server {
        let tree = &self.document.tree;
        let variables = tree.value_at(node, "variables").map_or(&[][..], |map| tree.map(map));
        let variables = variables.iter().map(|entry| {
            let listed = tree.value_at(entry.value, "enum").map_or(&[][..], |list| tree.list(list));
            let mut values: Vec<String> = Vec::new();
            for value in listed.iter().filter_map(|id| tree.text(*id)) {
                if values.iter().all(|known| known != value) {
                    values.push(value.to_owned());
                }
            }
            ServerVariable {
                span: entry.key_span,
                name: entry.key.clone(),
                description: self.text(entry.value, "description"),
                default: self.text(entry.value, "default").unwrap_or_default(),
                values,
                env: self.text(entry.value, "x-env-name"),
            }
        });
        Server { url: self.text(node, "url").unwrap_or_default(), variables: variables.collect() }
    }

    /// The base address of one operation.
    pub(super) fn own_server(&self, operation: NodeId, item: NodeId) -> Option<Server> {
        let tree = &self.document.tree;
        let servers = tree.value_at(operation, "servers").or_else(|| tree.value_at(item, "servers"))?;
        Some(self.server(*tree.list(servers).first()?))
    }

    /// Collects the variables of the client: those of the first server, and those of the operations' own servers. A name
    /// is one variable, with the values of all servers that have it; each server has its own default.
    pub(super) fn server_variables(&mut self) {
        let of_operations = self.api.operations.iter().filter_map(|operation| operation.server.as_ref());
        let mut variables: Vec<ServerVariable> = Vec::new();
        let mut differences: Vec<(Span, String)> = Vec::new();
        for variable in self.api.servers.first().into_iter().chain(of_operations).flat_map(|server| &server.variables) {
            let Some(known) = variables.iter_mut().find(|known| known.name == variable.name) else {
                variables.push(variable.clone());
                continue;
            };
            let place = differences.iter().all(|(span, _)| *span != variable.span).then_some(variable.span);
            if let (Some(span), Some(difference)) = (place, difference(known, variable)) {
                differences.push((span, difference));
            }
            known.add(variable);
        }
        for (span, message) in differences {
            self.diagnostics.report(Code::ServerVariableDiffers, span, message);
        }
        self.api.variables = variables;
    }
}

/// The difference between a variable of the client and the variable of this name of another server.
fn difference(known: &ServerVariable, other: &ServerVariable) -> Option<String> {
    let ServerVariable { name, default, .. } = known;
    if other.default != *default {
        let other_default = &other.default;
        return Some(format!(
            "the variable `{name}` has the default `{other_default}` here, and `{default}` elsewhere"
        ));
    }
    let lacks = |one: &ServerVariable, other: &ServerVariable| other.values.iter().any(|it| !one.values.contains(it));
    (lacks(known, other) || lacks(other, known))
        .then(|| format!("the variable `{name}` has other values here than elsewhere"))
}

impl ServerVariable {
    /// Adds the values of the variable of the same name of another server.
    fn add(&mut self, other: &Self) {
        for value in &other.values {
            if !self.values.contains(value) {
                self.values.push(value.clone());
            }
        }
        self.description = self.description.take().or_else(|| other.description.clone());
        self.env = self.env.take().or_else(|| other.env.clone());
    }
}
