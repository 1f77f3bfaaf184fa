//! Paths and their operations.

use super::{Lower, SchemaLocation};
use crate::api::{METHODS, Operation, Skipped, route};
use crate::diagnostic::Code;
use crate::pattern;
use crate::syntax::node::NodeId;
use crate::syntax::pointer::escape;
use std::collections::BTreeMap;

/// An operation of the description.
struct FoundOperation {
    path: String,
    method: String,
    /// The path item.
    item: NodeId,
    node: NodeId,
    pointer: String,
}

impl FoundOperation {
    /// The part of an `operationId` that does not repeat the method and the path.
    fn stem<'i>(&self, id: &'i str) -> &'i str {
        Operation::without_route(id, &self.method, &self.path)
    }
}

impl Lower<'_> {
    /// Lowers every operation of the paths, in their order.
    pub(super) fn operations(&mut self) {
        let (tree, entry) = (&self.document.tree, self.document.entry);
        let mut found = Vec::new();
        let paths = tree.value_at(entry, "paths").map_or(&[][..], |paths| tree.map(paths)).to_vec();
        for path in paths {
            if path.key.starts_with("x-") {
                continue;
            }
            let pointer = format!("#/paths/{}", escape(&path.key));
            let Some(item) = self.target_or_skip(path.value, &SchemaLocation::new(&path.key, pointer.clone())) else {
                continue;
            };
            for (method, step, node) in self.operations_of(item.node) {
                let (path, pointer) = (path.key.clone(), format!("{pointer}/{step}"));
                found.push(FoundOperation { path, method, item: item.node, node, pointer });
            }
        }
        let stem = |operation: &FoundOperation| {
            self.text(operation.node, "operationId").map(|id| operation.stem(&id).to_owned())
        };
        let stems: Vec<Option<String>> = found.iter().map(stem).collect();
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for stem in stems.iter().flatten() {
            *uses.entry(stem.clone()).or_default() += 1;
        }
        for (operation, stem) in found.iter().zip(stems) {
            // Types inside an operation are named after it, and need no path where no other operation has the name.
            self.operation(operation, stem.filter(|stem| uses.get(stem) == Some(&1)).as_deref());
        }
    }

    /// The operations of a path item: the method of each, the end of its pointer, and its node.
    fn operations_of(&self, item: NodeId) -> Vec<(String, String, NodeId)> {
        let tree = &self.document.tree;
        let usual = tree.map(item).iter().filter(|entry| METHODS.contains(&entry.key.as_str()));
        let usual = usual.map(|entry| (entry.key.to_uppercase(), entry.key.clone(), entry.value));
        let more = tree.value_at(item, "additionalOperations").map_or(&[][..], |map| tree.map(map));
        let more = more
            .iter()
            .map(|entry| (entry.key.clone(), format!("additionalOperations/{}", escape(&entry.key)), entry.value));
        usual.chain(more).filter(|(.., node)| tree.is_map(*node)).collect()
    }

    /// An operation with an unknown body cannot be called.
    fn without_body(&mut self, body: NodeId, node: NodeId, pointer: &str) {
        let at = SchemaLocation::new("request", pointer.to_owned());
        drop(self.target_or_skip(body, &at.below("request", &["requestBody"])));
        let reason = "the request body cannot be found";
        let message = format!("{reason}; the operation is left out");
        self.diagnostics.report(Code::OperationSkipped, self.document.tree.span(node), message);
        let code = Code::OperationSkipped.as_str().to_owned();
        self.api.skipped.push(Skipped { pointer: pointer.to_owned(), code, reason: reason.to_owned() });
    }

    /// Returns true if an operation can be generated. Reports the reason otherwise, unless the settings leave it out.
    fn is_callable(&mut self, found: &FoundOperation, left_out: Option<&String>) -> bool {
        let FoundOperation { path, method, node, pointer, .. } = found;
        let tree = &self.document.tree;
        let broken = tree.value_at(*node, "requestBody").filter(|body| self.document.target(*body).is_none());
        let wrong = reason_not_callable(path, method);
        if broken.is_none() && wrong.is_none() {
            return true;
        }
        if let Some(reason) = left_out {
            let name = self.text(*node, "operationId").unwrap_or_else(|| route(method, path));
            self.leave_out(name, *node, pointer, reason.clone());
        } else if let Some(wrong) = wrong {
            let message = format!("{wrong}; the operation is left out");
            self.diagnostics.report(Code::OperationSkipped, tree.span(*node), message);
            let code = Code::OperationSkipped.as_str().to_owned();
            self.api.skipped.push(Skipped { pointer: pointer.to_owned(), code, reason: wrong.to_owned() });
        } else if let Some(broken) = broken {
            self.without_body(broken, *node, pointer);
        }
        false
    }

    /// Lowers an operation. `stem` names its types, where no other operation has it.
    fn operation(&mut self, found: &FoundOperation, stem: Option<&str>) {
        let FoundOperation { path, method, item, node, pointer } = found;
        let (item, node) = (*item, *node);
        let left_out = self.select(path, method, node, pointer);
        if !self.is_callable(found, left_out.as_ref()) {
            return;
        }
        let tree = &self.document.tree;
        let id = self.text(node, "operationId").filter(|id| !id.trim().is_empty());
        let named = stem.filter(|stem| !stem.trim().is_empty()).map(str::to_owned).or_else(|| id.clone());
        let name = named.unwrap_or_else(|| route(&method.to_lowercase(), path));
        let at = SchemaLocation::new(&name, pointer.to_owned());
        let (parameters, form) = self.parameters(path, item, node, &at);
        let body = if self.swagger { form } else { self.body(node, &at) };
        let responses = self.responses(node, &at);
        let security = self.security_requirements(node);
        let parameters = self.without_credentials(parameters, &security);
        let extension = self.paging_extension(node);
        self.paging_extensions.push(extension);
        self.filtered.operations.push(left_out);
        let tags = tree.value_at(node, "tags").map_or(&[][..], |tags| tree.list(tags));
        let permission = tree.value_at(node, "x-permission").and_then(|id| tree.value_at(id, "permissions"));
        let permissions = permission.map_or(&[][..], |list| tree.list(list));
        let unstable = tree.value_at(node, "x-unstable");
        let named = id.as_ref().is_some_and(|id| self.options.preview.iter().any(|known| pattern::fits(known, id)));
        self.api.operations.push(Operation {
            origin: self.origin(node, pointer),
            id,
            method: method.to_owned(),
            path: path.to_owned(),
            tag: tags.first().and_then(|tag| tree.text(*tag)).map(str::to_owned),
            summary: self.text(node, "summary"),
            description: self.text(node, "description"),
            deprecated: self.flag(node, "deprecated"),
            preview: unstable
                .and_then(|id| match tree.bool_at(node, "x-unstable") {
                    Some(false) => None,
                    _ => Some(tree.text(id).unwrap_or_default().to_owned()),
                })
                .or_else(|| named.then(String::new)),
            permissions: permissions.iter().filter_map(|id| tree.text(*id).map(str::to_owned)).collect(),
            parameters,
            body,
            responses,
            security,
            paging: None,
            stream_flag: None,
            success_may_be_empty: false,
            server: self.own_server(node, item),
        });
    }
}

/// The reason for which an operation cannot be called.
fn reason_not_callable(path: &str, method: &str) -> Option<&'static str> {
    // RFC 9110, section 5.6.2: the characters of a token.
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !path.starts_with('/') {
        return Some("the path does not begin with `/`");
    }
    let method = !method.is_empty() && method.bytes().all(token);
    (!method).then_some("the method is not an HTTP method")
}
