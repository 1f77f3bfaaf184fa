//! Security schemes and the requirements of operations.

use super::Lower;
use crate::api::{Flows, Location, Parameter, SchemeKind, SecurityRequirement, SecurityScheme, TokenServer};
use crate::diagnostic::Code;
use crate::span::Span;
use crate::syntax::node::NodeId;
use crate::syntax::pointer::escape;

/// A name in a security requirement that no scheme has.
struct UnknownScheme {
    name: String,
    span: Span,
    /// True if its requirement names no scheme that exists.
    is_alone: bool,
}

impl Lower<'_> {
    /// Lowers the security schemes.
    pub(super) fn schemes(&mut self) {
        let (tree, entry) = (&self.document.tree, self.document.entry);
        let (folder, prefix) = if self.swagger {
            (tree.value_at(entry, "securityDefinitions"), "#/securityDefinitions")
        } else {
            let components = tree.value_at(entry, "components");
            let folder = components.and_then(|components| tree.value_at(components, "securitySchemes"));
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
            });
        }
    }

    /// The kind of a security scheme.
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

    /// The source of access tokens for a program. For flows that need a person, a program can only refresh tokens.
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
        let flows = tree.value_at(node, "flows");
        // The grants of the server are known from its metadata at run time.
        if flows.is_none_or(|flows| tree.map(flows).is_empty()) {
            return Flows { client_credentials: found(), refresh: found(), metadata };
        }
        let flow = |name: &str| tree.value_at(flows?, name);
        let token = |flow: NodeId| url(flow, "tokenUrl").map(TokenServer::At);
        let refresh = |flow: NodeId| url(flow, "refreshUrl").map(TokenServer::At).or_else(|| token(flow));
        let of_persons = ["authorizationCode", "deviceAuthorization", "password"];
        // An implicit flow has no token server, unless it names one.
        let mut persons = of_persons.iter().chain(&["implicit"]).filter_map(|name| flow(name));
        let with_server = of_persons.iter().any(|name| flow(name).is_some());
        Flows {
            client_credentials: flow("clientCredentials").and_then(|flow| token(flow).or_else(found)),
            refresh: persons.find_map(refresh).or_else(|| found().filter(|_| with_server)),
            metadata,
        }
    }

    /// The default requirements of operations.
    pub(super) fn security(&mut self) {
        let tree = &self.document.tree;
        let list = tree.value_at(self.document.entry, "security");
        let (alternatives, _) = self.alternatives(list);
        self.api.security = alternatives;
    }

    /// The requirements of an operation: its own, otherwise those of the description.
    pub(super) fn security_requirements(&mut self, operation: NodeId) -> Vec<Vec<SecurityRequirement>> {
        let tree = &self.document.tree;
        let list = tree.value_at(operation, "security").or_else(|| tree.value_at(self.document.entry, "security"));
        let (alternatives, unknown) = self.alternatives(list);
        for UnknownScheme { name, span, is_alone } in unknown {
            let others = if is_alone { "" } else { "; the client sends the other credentials of the requirement" };
            let message = format!("the security scheme `{name}` does not exist{others}");
            self.diagnostics.report(Code::UnknownSecurityScheme, span, message);
        }
        alternatives
    }

    /// Alternatives of schemes that are needed together, and the names without a scheme.
    fn alternatives(&self, list: Option<NodeId>) -> (Vec<Vec<SecurityRequirement>>, Vec<UnknownScheme>) {
        let tree = &self.document.tree;
        let requirements = list.map_or(&[][..], |list| tree.list(list));
        let (mut alternatives, mut unknown) = (Vec::new(), Vec::new());
        for requirement in requirements {
            let mut together = Vec::new();
            let mut missing = Vec::new();
            for entry in tree.map(*requirement) {
                if self.api.schemes.iter().all(|scheme| scheme.name != entry.key) {
                    missing.push((entry.key.clone(), entry.key_span));
                    continue;
                }
                let scopes = tree.list(entry.value).iter().filter_map(|id| tree.text(*id).map(str::to_owned));
                together.push(SecurityRequirement { scheme: entry.key.clone(), scopes: scopes.collect() });
            }
            // An alternative of only unknown schemes is dropped, since an empty one means anonymous access. One that also names a
            // known scheme stays.
            let is_dropped = together.is_empty() && !missing.is_empty();
            unknown.extend(missing.into_iter().map(|(name, span)| UnknownScheme { name, span, is_alone: is_dropped }));
            if !is_dropped && !alternatives.contains(&together) {
                alternatives.push(together);
            }
        }
        if alternatives.iter().any(Vec::is_empty) {
            // Anonymous access is an alternative. The client still sends a configured credential.
            alternatives.retain(|together| !together.is_empty());
            alternatives.push(Vec::new());
        }
        (alternatives, unknown)
    }

    /// Removes parameters that are a credential of the operation, since the client sends credentials.
    pub(super) fn without_credentials(
        &mut self,
        parameters: Vec<Parameter>,
        security: &[Vec<SecurityRequirement>],
    ) -> Vec<Parameter> {
        let mut needed = security.iter().filter(|together| !together.is_empty()).peekable();
        if needed.peek().is_none() {
            return parameters;
        }
        let needed: Vec<&Vec<SecurityRequirement>> = needed.collect();
        let (mut others, mut left_out) = (Vec::new(), Vec::new());
        for parameter in parameters {
            let schemes = self.api.schemes.iter().filter(|scheme| is_sent_by(&parameter, &scheme.kind));
            let schemes: Vec<&str> = schemes.map(|scheme| scheme.name.as_str()).collect();
            let is_there = |together: &&Vec<SecurityRequirement>| {
                together.iter().any(|need| schemes.contains(&need.scheme.as_str()))
            };
            match schemes.first() {
                Some(scheme) if needed.iter().all(is_there) => left_out.push((parameter, (*scheme).to_owned())),
                Some(_) | None => others.push(parameter),
            }
        }
        for (parameter, scheme) in left_out {
            let name = &parameter.name;
            let message = format!(
                "the parameter `{name}` is the credential of the security scheme `{scheme}`, which the client sends; the \
                 parameter is left out"
            );
            self.diagnostics.report(Code::CredentialParameter, parameter.origin.span, message);
        }
        others
    }
}

/// Returns true if a scheme's credential has the place of the parameter. Names of headers have no case.
fn is_sent_by(parameter: &Parameter, kind: &SchemeKind) -> bool {
    match (parameter.location, kind) {
        (Location::Header, SchemeKind::ApiKeyHeader(name)) => name.eq_ignore_ascii_case(&parameter.name),
        (Location::Query, SchemeKind::ApiKeyQuery(name)) | (Location::Cookie, SchemeKind::ApiKeyCookie(name)) => {
            *name == parameter.name
        }
        _ => false,
    }
}
