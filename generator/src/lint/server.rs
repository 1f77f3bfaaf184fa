//! Servers: the address, its variables and their values.

use super::{Lint, findings};
use crate::diagnostic::Code;
use crate::syntax::node::NodeId;

impl Lint<'_> {
    /// The rules of a server: its variables and its address name each other.
    pub(super) fn server(&mut self, node: NodeId) {
        let tree = self.tree();
        let variables = tree.value_at(node, "variables").map_or(&[][..], |map| tree.map(map));
        let url = tree.text_at(node, "url").unwrap_or_default();
        let placeholders = url.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name));
        for name in placeholders.filter(|name| variables.iter().all(|variable| variable.key != *name)) {
            let span = tree.value_at(node, "url").map_or_else(|| tree.span(node), |id| tree.span(id));
            let message = format!("`variables` has no `{0}`, which the address contains", findings::short(name));
            self.findings.add(Code::ServerVariable, span, message);
        }
        for variable in variables {
            let name = findings::short(&variable.key);
            if !url.contains(&format!("{{{}}}", variable.key)) {
                let message = format!("the address does not contain the variable `{{{name}}}`");
                self.findings.add(Code::ServerVariable, variable.key_span, message);
            }
            let Some(listed) = tree.value_at(variable.value, "enum") else { continue };
            let values = tree.list(listed);
            let default = tree.value_at(variable.value, "default").and_then(|id| Some((id, tree.text(id)?)));
            let message = match default {
                _ if values.is_empty() => format!("`enum` of the variable `{name}` is empty; any value is accepted"),
                Some((_, text)) if values.iter().all(|value| tree.text(*value) != Some(text)) => {
                    let text = findings::short(text);
                    format!("the default `{text}` of the variable `{name}` is not one of its values")
                }
                _ => continue,
            };
            let span =
                default.filter(|_| !values.is_empty()).map_or_else(|| tree.span(listed), |(id, _)| tree.span(id));
            self.findings.add(Code::ServerVariable, span, message);
        }
    }
}
