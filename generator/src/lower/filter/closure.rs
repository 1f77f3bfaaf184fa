//! The components that are left out with operations, and those that stay because something else needs them.

use crate::api::{LeftOut, LeftOutKind, Operation, SchemaId, SecurityRequirement, Webhook};
use crate::diagnostic::Code;
use crate::lower::Lower;
use crate::lower::prune::reachable;
use crate::pattern::{fits, suggestion};
use crate::syntax::pointer::escape;
use std::collections::BTreeSet;

const WITH_OPERATIONS: &str = "only parts that are left out use it";
const UNUSED: &str = "nothing uses it, and `prune.unused` is true";

impl Lower<'_> {
    /// Moves operations and webhooks that are left out, and the components that only they use, to the list of such parts.
    pub(super) fn remove_left_out(&mut self) {
        let named_to_keep = self.named_to_keep();
        let nothing_is_left_out = self.filtered.operations.iter().chain(&self.filtered.webhooks).all(Option::is_none);
        if nothing_is_left_out && !self.options.prune.unused {
            return;
        }
        let (operations, webhooks) = self.split();
        let roots = |operations: &[Operation], webhooks: &[Webhook]| -> Vec<SchemaId> {
            let webhooks = webhooks.iter().flat_map(Webhook::schemas);
            operations.iter().flat_map(Operation::schemas).chain(webhooks).collect()
        };
        let gone = reachable(&mut self.api, roots(&operations, &webhooks));
        let is = |marks: &[bool], id: SchemaId| marks.get(id.index()).copied().unwrap_or_default();
        let mut staying_roots = roots(&self.api.operations, &self.api.webhooks);
        let used = reachable(&mut self.api, staying_roots.clone());
        for (name, id) in &self.api.components {
            let is_unused = !is(&gone, *id) && !is(&used, *id);
            if named_to_keep.contains(name) || is_unused && !self.options.prune.unused {
                staying_roots.push(*id);
            }
        }
        let staying = reachable(&mut self.api, staying_roots);
        let folder = if self.swagger { "#/definitions" } else { "#/components/schemas" };
        let (schemas, left_out) = (&self.api.schemas, &mut self.api.left_out);
        self.api.components.retain(|name, id| {
            if is(&staying, *id) {
                return true;
            }
            left_out.push(LeftOut {
                kind: LeftOutKind::Schema,
                name: name.clone(),
                pointer: format!("{folder}/{}", escape(name)),
                span: schemas.get(*id).map(|schema| schema.origin.span),
                reason: if is(&gone, *id) { WITH_OPERATIONS } else { UNUSED }.to_owned(),
            });
            false
        });
        self.remove_duplicates();
        self.remove_schemes(&operations, &named_to_keep);
        let tags: BTreeSet<&String> =
            self.api.operations.iter().filter_map(|operation| operation.tag.as_ref()).collect();
        self.api.tags.retain(|tag| tags.contains(&tag.name));
    }

    /// Removes the further places of types that are in parts that are left out.
    fn remove_duplicates(&mut self) {
        let gone: BTreeSet<&str> = self.api.left_out.iter().map(|left| left.pointer.as_str()).collect();
        self.api.duplicates.retain(|duplicate| {
            let place = duplicate.origin.pointer.as_str();
            let outer = place.match_indices('/').filter_map(|(end, _)| place.get(..end));
            !outer.chain([place]).any(|place| gone.contains(place))
        });
    }

    /// Removes the operations and webhooks that are left out from the API, and returns them.
    fn split(&mut self) -> (Vec<Operation>, Vec<Webhook>) {
        let (mut operations, mut webhooks) = (Vec::new(), Vec::new());
        let mut extensions = std::mem::take(&mut self.paging_extensions).into_iter();
        let mut reasons = self.filtered.operations.iter();
        for operation in std::mem::take(&mut self.api.operations) {
            let extension = extensions.next();
            let Some(reason) = reasons.next().cloned().flatten() else {
                self.paging_extensions.extend(extension);
                self.api.operations.push(operation);
                continue;
            };
            self.api.left_out.push(LeftOut {
                kind: LeftOutKind::Operation,
                name: operation.named(),
                pointer: operation.origin.pointer.clone(),
                span: Some(operation.origin.span),
                reason,
            });
            operations.push(operation);
        }
        let mut reasons = self.filtered.webhooks.iter();
        for webhook in std::mem::take(&mut self.api.webhooks) {
            let Some(reason) = reasons.next().cloned().flatten() else {
                self.api.webhooks.push(webhook);
                continue;
            };
            let (kind, reason) = match webhook.callback {
                true => (LeftOutKind::Callback, format!("its operation is left out: {reason}")),
                false => (LeftOutKind::Webhook, reason),
            };
            self.api.left_out.push(LeftOut {
                kind,
                name: webhook.name.clone(),
                pointer: webhook.origin.pointer.clone(),
                span: Some(webhook.origin.span),
                reason,
            });
            webhooks.push(webhook);
        }
        (operations, webhooks)
    }

    /// Removes the security schemes that only the left-out operations need. The default requirements keep their other alternatives.
    fn remove_schemes(&mut self, operations: &[Operation], named_to_keep: &BTreeSet<String>) {
        fn names<'o>(operations: &'o [Operation], common: &'o [Vec<SecurityRequirement>]) -> BTreeSet<&'o str> {
            let needed = operations.iter().flat_map(|operation| &operation.security).chain(common).flatten();
            needed.map(|requirement| requirement.scheme.as_str()).collect()
        }
        let gone = names(operations, &[]);
        let used = names(&self.api.operations, &[]);
        let common = names(&[], &self.api.security);
        let (unused_too, left_out) = (self.options.prune.unused, &mut self.api.left_out);
        let folder = if self.swagger { "#/securityDefinitions" } else { "#/components/securitySchemes" };
        let mut lost = BTreeSet::new();
        for scheme in &self.api.schemes {
            let name = scheme.name.as_str();
            let pointer = format!("{folder}/{}", escape(name));
            let is_unused = !gone.contains(name) && !common.contains(name);
            if used.contains(name) || named_to_keep.contains(&pointer) || is_unused && !unused_too {
                continue;
            }
            if !gone.contains(name) && !is_unused {
                // Only the default requirements name it, for operations that the description does not define.
                continue;
            }
            lost.insert(name.to_owned());
            let reason = if gone.contains(name) { WITH_OPERATIONS } else { UNUSED }.to_owned();
            let kind = LeftOutKind::SecurityScheme;
            left_out.push(LeftOut { kind, name: name.to_owned(), pointer, span: None, reason });
        }
        self.api.schemes.retain(|scheme| !lost.contains(&scheme.name));
        self.api.security.retain(|together| together.iter().all(|needed| !lost.contains(&needed.scheme)));
    }

    /// The names of components that `prune.keep` names, and the pointers of security schemes. Reports patterns that match
    /// nothing.
    fn named_to_keep(&mut self) -> BTreeSet<String> {
        let folder = if self.swagger { "#/definitions" } else { "#/components/schemas" };
        let schemes = if self.swagger { "#/securityDefinitions" } else { "#/components/securitySchemes" };
        let mut named = BTreeSet::new();
        for pattern in &self.options.prune.keep {
            let components = self.api.components.keys();
            let components = components
                .filter(|name| fits(pattern, name) || *pattern == format!("{folder}/{}", escape(name)))
                .cloned();
            let pointers = self.api.schemes.iter().map(|scheme| format!("{schemes}/{}", escape(&scheme.name)));
            let found: Vec<String> = components.chain(pointers.filter(|pointer| pointer == pattern)).collect();
            if found.is_empty() {
                let known: Vec<&str> = self.api.components.keys().map(String::as_str).collect();
                let near = suggestion(pattern, &known);
                let message = format!(
                    "the setting `prune.keep` names `{pattern}`, but the description has no such component{near}"
                );
                self.diagnostics.report_whole(Code::SettingNoMatch, message);
            }
            named.extend(found);
        }
        named
    }
}
