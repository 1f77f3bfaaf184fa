//! Security schemes and what operations need of them.

use super::Lower;
use crate::api::{Flows, Need, SchemeKind, SecurityScheme, TokenServer};
use crate::diagnostic::Code;
use crate::source::node::NodeId;
use crate::source::pointer::escape;

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
        let provider = self.text(node, "openIdConnectUrl").filter(|url| !url.trim().is_empty());
        if let (Some(provider), "openIdConnect") = (provider, kind.as_str()) {
            return SchemeKind::OpenId(provider);
        }
        match (kind.as_str(), self.text(node, "in").as_deref(), scheme.as_str()) {
            ("apiKey", Some("query"), _) => SchemeKind::ApiKeyQuery(name),
            ("apiKey", Some("cookie"), _) => SchemeKind::ApiKeyCookie(name),
            ("apiKey", _, _) => SchemeKind::ApiKeyHeader(name),
            ("basic", _, _) | ("http", _, "basic") => SchemeKind::Basic,
            ("http", _, "bearer") | ("openIdConnect", _, _) => SchemeKind::Bearer,
            ("oauth2", _, _) => SchemeKind::OAuth2(self.flows(node)),
            _ => SchemeKind::Other(if scheme.is_empty() { kind } else { scheme }),
        }
    }

    /// Where a program gets tokens: the flows that begin with a person end in a refresh token.
    fn flows(&self, node: NodeId) -> Flows {
        let tree = &self.document.tree;
        if self.swagger {
            let token = self.text(node, "tokenUrl").map(TokenServer::At);
            return match tree.text_at(node, "flow") {
                Some("application") => Flows { client_credentials: token, ..Flows::default() },
                Some("accessCode" | "password") => Flows { refresh: token, ..Flows::default() },
                Some(_) | None => Flows::default(),
            };
        }
        let url = |node: NodeId, key: &str| self.text(node, key).filter(|url| !url.trim().is_empty());
        let metadata = url(node, "oauth2MetadataUrl");
        let found = || metadata.is_some().then_some(TokenServer::InMetadata);
        let flows = tree.entry(node, "flows");
        // Which grants the server takes is known when it is asked.
        if flows.is_none_or(|flows| tree.map(flows).is_empty()) {
            return Flows { client_credentials: found(), refresh: found(), metadata };
        }
        let flow = |name: &str| tree.entry(flows?, name);
        let token = |flow: NodeId| url(flow, "tokenUrl").map(TokenServer::At);
        let refresh = |flow: NodeId| url(flow, "refreshUrl").map(TokenServer::At).or_else(|| token(flow));
        let of_persons = ["authorizationCode", "deviceAuthorization", "password"];
        // No token server takes part in an implicit flow, unless it says so itself.
        let mut persons = of_persons.iter().chain(&["implicit"]).filter_map(|name| flow(name));
        let with_server = of_persons.iter().any(|name| flow(name).is_some());
        Flows {
            client_credentials: flow("clientCredentials").and_then(|flow| token(flow).or_else(found)),
            refresh: persons.find_map(refresh).or_else(|| found().filter(|_| with_server)),
            metadata,
        }
    }

    /// What an operation needs: its own requirements, else those of the document.
    pub(super) fn needs(&mut self, operation: NodeId) -> Vec<Vec<Need>> {
        let tree = &self.document.tree;
        let list = tree.entry(operation, "security").or_else(|| tree.entry(self.document.entry, "security"));
        let requirements = list.map_or(&[][..], |list| tree.list(list)).to_vec();
        let mut alternatives: Vec<Vec<Need>> = Vec::new();
        for requirement in requirements {
            let mut together = Vec::new();
            let mut known = true;
            for entry in tree.map(requirement) {
                if self.api.schemes.iter().all(|scheme| scheme.name != entry.key) {
                    let message = format!("there is no security scheme `{}`", entry.key);
                    self.diagnostics.report(Code::UnknownSecurityScheme, entry.key_span, message);
                    known = false;
                    continue;
                }
                let scopes = tree.list(entry.value).iter().filter_map(|id| tree.text(*id).map(str::to_owned));
                together.push(Need { scheme: entry.key.clone(), scopes: scopes.collect() });
            }
            // An alternative of unknown schemes alone is none: it must not read as "anonymous is fine".
            if (known || !together.is_empty()) && !alternatives.contains(&together) {
                alternatives.push(together);
            }
        }
        if alternatives.iter().any(Vec::is_empty) {
            // Anonymous is an alternative; credentials that are there are used all the same.
            alternatives.retain(|together| !together.is_empty());
            alternatives.push(Vec::new());
        }
        alternatives
    }
}
