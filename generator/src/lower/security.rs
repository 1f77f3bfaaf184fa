//! Security schemes and what operations need of them.

use super::Lower;
use crate::api::{SchemeKind, SecurityScheme};
use crate::diagnostic::Code;
use crate::source::node::NodeId;
use crate::source::pointer::escape;

/// Alternatives of scheme names, and the scopes that they name.
pub(super) type Needs = (Vec<Vec<String>>, Vec<String>);

impl Lower<'_> {
    pub(super) fn schemes(&mut self) {
        let (tree, entry) = (&self.document.tree, self.document.entry);
        let (folder, prefix) = if self.swagger {
            (tree.entry(entry, "securityDefinitions"), "#/securityDefinitions")
        } else {
            let components = tree.entry(entry, "components");
            let folder = components.and_then(|components| tree.entry(components, "securitySchemes"));
            (folder, "#/components/securitySchemes")
        };
        let entries = folder.map_or(&[][..], |folder| tree.map(folder)).to_vec();
        for entry in entries {
            let pointer = format!("{prefix}/{}", escape(&entry.key));
            let Some(target) = self.document.follow(entry.value, &pointer, self.diagnostics) else { continue };
            let node = target.node;
            self.api.schemes.push(SecurityScheme {
                kind: self.scheme_kind(node),
                name: entry.key,
                description: self.text(node, "description"),
                env: self.text(node, "x-env-name"),
                origin: self.origin(node, &pointer),
            });
        }
    }

    fn scheme_kind(&self, node: NodeId) -> SchemeKind {
        let kind = self.text(node, "type").unwrap_or_default();
        let name = self.text(node, "name").unwrap_or_default();
        let scheme = self.text(node, "scheme").unwrap_or_default().to_lowercase();
        match (kind.as_str(), self.text(node, "in").as_deref(), scheme.as_str()) {
            ("apiKey", Some("query"), _) => SchemeKind::ApiKeyQuery(name),
            ("apiKey", Some("cookie"), _) => SchemeKind::ApiKeyCookie(name),
            ("apiKey", _, _) => SchemeKind::ApiKeyHeader(name),
            ("basic", _, _) | ("http", _, "basic") => SchemeKind::Basic,
            ("http", _, "bearer") | ("openIdConnect", _, _) => SchemeKind::Bearer,
            ("oauth2", _, _) => SchemeKind::OAuth2 { token_url: self.token_url(node) },
            _ => SchemeKind::Other(if scheme.is_empty() { kind } else { scheme }),
        }
    }

    fn token_url(&self, node: NodeId) -> Option<String> {
        let tree = &self.document.tree;
        if self.swagger {
            return self.text(node, "tokenUrl").filter(|_| tree.text_at(node, "flow") == Some("application"));
        }
        let flow = tree.entry(tree.entry(node, "flows")?, "clientCredentials")?;
        self.text(flow, "tokenUrl")
    }

    /// What an operation needs: its own requirements, else those of the document.
    pub(super) fn needs(&mut self, operation: NodeId) -> Needs {
        let tree = &self.document.tree;
        let list = tree.entry(operation, "security").or_else(|| tree.entry(self.document.entry, "security"));
        let requirements = list.map_or(&[][..], |list| tree.list(list)).to_vec();
        let (mut alternatives, mut scopes) = (Vec::new(), Vec::new());
        for requirement in requirements {
            let mut together = Vec::new();
            for entry in tree.map(requirement) {
                if self.api.schemes.iter().all(|scheme| scheme.name != entry.key) {
                    let message = format!("there is no security scheme `{}`", entry.key);
                    self.diagnostics.report(Code::UnknownSecurityScheme, entry.key_span, message);
                    continue;
                }
                together.push(entry.key.clone());
                for scope in tree.list(entry.value).iter().filter_map(|id| tree.text(*id)) {
                    if scopes.iter().all(|known| known != scope) {
                        scopes.push(scope.to_owned());
                    }
                }
            }
            alternatives.push(together);
        }
        if alternatives.iter().any(Vec::is_empty) {
            // Anonymous is an alternative; credentials that are there are used all the same.
            alternatives.retain(|together| !together.is_empty());
            alternatives.push(Vec::new());
        }
        (alternatives, scopes)
    }
}
