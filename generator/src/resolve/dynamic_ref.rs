//! Dynamic references (JSON Schema 2020-12, sections 7.7 and 8.2.3.2). A `$dynamicRef` refers to the anchor of its name
//! in the outermost schema. Each use of a schema with dynamic references becomes a copy, in which they are plain
//! references. Must not know the meaning of schemas.

use super::Document;
use super::references::{Seen, holds_names, is_data};
use crate::span::Span;
use crate::syntax::node::{Entry, Kind, NodeId};
use crate::syntax::pointer::escape;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Deepest level at which dynamic references are searched.
const DEEPEST: usize = 64;

/// The targets of one use: for each anchor its pointer and its span.
type Anchors = BTreeMap<String, (String, Span)>;

/// Copies every schema with dynamic references for each of its uses.
pub(super) fn expand(document: &mut Document) {
    let has_references = document.tree.nodes.iter().any(|node| match &node.kind {
        Kind::Map(entries) => entries.iter().any(|entry| entry.key == "$dynamicRef"),
        _ => false,
    });
    if !has_references {
        return;
    }
    let Found { uses, references } = find(document);
    for (node, anchors) in uses {
        let Some(generic) = document.target(node) else { continue };
        if let Some(expanded) = copy(document, generic, &anchors, DEEPEST) {
            let stays = |key: &str| !matches!(key, "$id" | "$anchor" | "$dynamicAnchor" | "$defs" | "$schema");
            if let Some(entries) = members(document, expanded) {
                entries.retain(|entry| stays(&entry.key));
            }
            extend(document, node, expanded);
        }
    }
    for (node, pointer) in references {
        let span = document.tree.span(node);
        let reference = document.tree.add(span, Kind::String(pointer));
        let is_dynamic = |entry: &&mut Entry| entry.key == "$dynamicRef";
        if let Some(entry) = members(document, node).and_then(|entries| entries.iter_mut().find(is_dynamic)) {
            "$ref".clone_into(&mut entry.key);
            entry.value = reference;
        }
    }
}

/// The dynamic references of a description.
#[derive(Default)]
struct Found {
    /// Schemas that refer to another schema and have anchors for its dynamic references.
    uses: Vec<(NodeId, Anchors)>,
    /// Dynamic references with their default targets: the nearest anchor around them, since many schemas of a file may
    /// have the same anchor.
    references: Vec<(NodeId, String)>,
}

/// Finds the references that dynamic anchors around them change.
fn find(document: &Document) -> Found {
    let tree = &document.tree;
    let mut found = Found::default();
    let mut seen = Seen::new(tree);
    let roots = document.files.iter().filter_map(|(_, root)| *root);
    let mut open: Vec<(NodeId, bool, String, Rc<Anchors>)> =
        roots.map(|root| (root, false, "#".to_owned(), Rc::default())).collect();
    while let Some((node, keys_are_names, pointer, mut around)) = open.pop() {
        if !seen.insert(node, keys_are_names) {
            continue;
        }
        let anchors_here = if keys_are_names { Anchors::new() } else { anchors(document, node, &pointer) };
        if !anchors_here.is_empty() {
            around = Rc::new(
                around
                    .iter()
                    .chain(&anchors_here)
                    .map(|(name, anchors_here)| (name.clone(), anchors_here.clone()))
                    .collect(),
            );
            if tree.text_at(node, "$ref").is_some() {
                found.uses.push((node, anchors_here));
            }
        }
        let name =
            tree.text_at(node, "$dynamicRef").filter(|_| !keys_are_names).and_then(|name| name.strip_prefix('#'));
        if let Some((pointer, _)) = name.and_then(|name| around.get(name)) {
            found.references.push((node, pointer.clone()));
        }
        for entry in tree.map(node).iter().filter(|entry| keys_are_names || !is_data(&entry.key)) {
            let below = format!("{pointer}/{}", escape(&entry.key));
            open.push((entry.value, !keys_are_names && holds_names(&entry.key), below, Rc::clone(&around)));
        }
        let items = tree.list(node).iter().enumerate();
        open.extend(items.map(|(index, item)| (*item, false, format!("{pointer}/{index}"), Rc::clone(&around))));
    }
    found
}

fn members(document: &mut Document, node: NodeId) -> Option<&mut Vec<Entry>> {
    match document.tree.nodes.get_mut(node.0 as usize).map(|node| &mut node.kind) {
        Some(Kind::Map(entries)) => Some(entries),
        Some(Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_)) | None => None,
    }
}

/// The anchors of a schema: its own, and those of its `$defs`.
fn anchors(document: &Document, node: NodeId, pointer: &str) -> Anchors {
    let tree = &document.tree;
    let defined = tree.value_at(node, "$defs").map_or(&[][..], |defined| tree.map(defined));
    let defined = defined.iter().map(|entry| (entry.value, format!("{pointer}/$defs/{}", escape(&entry.key))));
    let anchor = |(node, pointer): (NodeId, String)| {
        Some((tree.text_at(node, "$dynamicAnchor")?.to_owned(), (pointer, tree.span(node))))
    };
    defined.chain([(node, pointer.to_owned())]).filter_map(anchor).collect()
}

/// Copies a schema with its dynamic references replaced. `None` if it has none of these. Subschemas without them are not
/// copied.
fn copy(document: &mut Document, node: NodeId, anchors: &Anchors, depth: usize) -> Option<NodeId> {
    let depth = depth.checked_sub(1)?;
    let span = document.tree.span(node);
    if let Some((pointer, span)) = overridable(document, node).and_then(|name| anchors.get(&name)).cloned() {
        let reference = document.tree.add(span, Kind::String(pointer));
        let others = document.tree.map(node).iter().filter(|entry| entry.key != "$dynamicRef").cloned();
        let reference = Entry { key: "$ref".to_owned(), key_span: span, value: reference };
        let entries = std::iter::once(reference).chain(others).collect();
        // The reference is read relative to the file of its target.
        return Some(document.tree.add(span, Kind::Map(entries)));
    }
    let kind = match document.tree.get(node).kind.clone() {
        Kind::Map(mut entries) => {
            let mut expanded = false;
            for entry in entries.iter_mut().filter(|entry| !is_data(&entry.key)) {
                if let Some(below) = copy(document, entry.value, anchors, depth) {
                    (entry.value, expanded) = (below, true);
                }
            }
            expanded.then_some(Kind::Map(entries))
        }
        Kind::List(mut items) => {
            let mut expanded = false;
            for item in &mut items {
                if let Some(below) = copy(document, *item, anchors, depth) {
                    (*item, expanded) = (below, true);
                }
            }
            expanded.then_some(Kind::List(items))
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => None,
    };
    let copied = document.tree.add(span, kind?);
    document.resources.inherit(node, copied);
    Some(copied)
}

/// The name of a dynamic reference. Only one whose default target is a `$dynamicAnchor` can be replaced.
fn overridable(document: &Document, node: NodeId) -> Option<String> {
    let name = document.tree.text_at(node, "$dynamicRef")?.rsplit_once('#')?.1;
    let target = document.direct_target_node(node)?;
    (document.tree.text_at(target, "$dynamicAnchor") == Some(name)).then(|| name.to_owned())
}

/// Adds the copy to the `allOf` of its use.
fn extend(document: &mut Document, node: NodeId, expanded: NodeId) {
    let tree = &mut document.tree;
    let span = tree.span(node);
    let subschemas = tree.value_at(node, "allOf").map_or_else(Vec::new, |subschemas| tree.list(subschemas).to_vec());
    let subschemas = tree.add(span, Kind::List(std::iter::once(expanded).chain(subschemas).collect()));
    if let Some(entries) = members(document, node) {
        entries.retain(|entry| !matches!(entry.key.as_str(), "$ref" | "allOf"));
        entries.push(Entry { key: "allOf".to_owned(), key_span: span, value: subschemas });
    }
}
