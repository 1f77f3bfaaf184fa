//! Schemas that fill the gaps of another one (JSON Schema 2020-12, sections 7.7 and 8.2.3.2): a `$dynamicRef` is whatever
//! stands under its name in the schema that was entered first. Each such use becomes a schema of its own, in which the gaps
//! are references. Must not know what schemas mean.

use super::Document;
use super::references::{Seen, holds_names, is_data};
use crate::source::node::{Entry, Kind, NodeId};
use crate::source::pointer::escape;
use crate::span::Span;
use std::collections::BTreeMap;
use std::rc::Rc;

/// As deep as a schema is looked through for gaps.
const DEEPEST: usize = 64;

/// What fills the gaps of one use: pointers to it by name, and where it stands.
type Fillings = BTreeMap<String, (String, Span)>;

/// Makes every use of a schema with gaps a schema of its own.
pub(super) fn fill(document: &mut Document) {
    let gaps = document.tree.nodes.iter().any(|node| match &node.kind {
        Kind::Map(entries) => entries.iter().any(|entry| entry.key == "$dynamicRef"),
        _ => false,
    });
    if !gaps {
        return;
    }
    let Found { uses, gaps } = find(document);
    for (node, fillings) in uses {
        let Some(generic) = document.target(node) else { continue };
        if let Some(filled) = copy(document, generic, &fillings, DEEPEST) {
            let kept = |key: &str| !matches!(key, "$id" | "$anchor" | "$dynamicAnchor" | "$defs" | "$schema");
            if let Some(entries) = members(document, filled) {
                entries.retain(|entry| kept(&entry.key));
            }
            extend(document, node, filled);
        }
    }
    for (node, pointer) in gaps {
        let span = document.tree.span(node);
        let reference = document.tree.add(span, Kind::Text(pointer));
        let gap = |entry: &&mut Entry| entry.key == "$dynamicRef";
        if let Some(entry) = members(document, node).and_then(|entries| entries.iter_mut().find(gap)) {
            "$ref".clone_into(&mut entry.key);
            entry.value = reference;
        }
    }
}

/// What a description has of gaps.
#[derive(Default)]
struct Found {
    /// Schemas that refer to another one and have anchors for its gaps.
    uses: Vec<(NodeId, Fillings)>,
    /// Gaps, and pointers to what they are where nothing fills them: the nearest anchor around them, for a name may stand in
    /// many schemas of a file.
    gaps: Vec<(NodeId, String)>,
}

fn find(document: &Document) -> Found {
    let tree = &document.tree;
    let mut found = Found::default();
    let mut seen = Seen::new(tree);
    let roots = document.files.iter().filter_map(|(_, root)| *root);
    let mut open: Vec<(NodeId, bool, String, Rc<Fillings>)> =
        roots.map(|root| (root, false, "#".to_owned(), Rc::default())).collect();
    while let Some((node, names, pointer, mut around)) = open.pop() {
        if !seen.insert(node, names) {
            continue;
        }
        let own = if names { Fillings::new() } else { fillings(document, node, &pointer) };
        if !own.is_empty() {
            around = Rc::new(around.iter().chain(&own).map(|(name, own)| (name.clone(), own.clone())).collect());
            if tree.text_at(node, "$ref").is_some() {
                found.uses.push((node, own));
            }
        }
        let gap = tree.text_at(node, "$dynamicRef").filter(|_| !names).and_then(|name| name.strip_prefix('#'));
        if let Some((pointer, _)) = gap.and_then(|name| around.get(name)) {
            found.gaps.push((node, pointer.clone()));
        }
        for entry in tree.map(node).iter().filter(|entry| names || !is_data(&entry.key)) {
            let below = format!("{pointer}/{}", escape(&entry.key));
            open.push((entry.value, !names && holds_names(&entry.key), below, Rc::clone(&around)));
        }
        let items = tree.list(node).iter().enumerate();
        open.extend(items.map(|(index, item)| (*item, false, format!("{pointer}/{index}"), Rc::clone(&around))));
    }
    found
}

fn members(document: &mut Document, node: NodeId) -> Option<&mut Vec<Entry>> {
    match document.tree.nodes.get_mut(node.0 as usize).map(|node| &mut node.kind) {
        Some(Kind::Map(entries)) => Some(entries),
        Some(Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) | Kind::List(_)) | None => None,
    }
}

/// The anchors of a schema: of its own, and of those that it defines.
fn fillings(document: &Document, node: NodeId, pointer: &str) -> Fillings {
    let tree = &document.tree;
    let defined = tree.entry(node, "$defs").map_or(&[][..], |defined| tree.map(defined));
    let defined = defined.iter().map(|entry| (entry.value, format!("{pointer}/$defs/{}", escape(&entry.key))));
    let anchor = |(node, pointer): (NodeId, String)| {
        Some((tree.text_at(node, "$dynamicAnchor")?.to_owned(), (pointer, tree.span(node))))
    };
    defined.chain([(node, pointer.to_owned())]).filter_map(anchor).collect()
}

/// A schema with its gaps filled; none where it has none of these. What has no gap below it is not copied.
fn copy(document: &mut Document, node: NodeId, fillings: &Fillings, depth: usize) -> Option<NodeId> {
    let depth = depth.checked_sub(1)?;
    let span = document.tree.span(node);
    if let Some((pointer, span)) = gap(document, node).and_then(|name| fillings.get(&name)).cloned() {
        let reference = document.tree.add(span, Kind::Text(pointer));
        let own = document.tree.map(node).iter().filter(|entry| entry.key != "$dynamicRef").cloned();
        let reference = Entry { key: "$ref".to_owned(), key_span: span, value: reference };
        let entries = std::iter::once(reference).chain(own).collect();
        // It refers from the file of what fills it.
        return Some(document.tree.add(span, Kind::Map(entries)));
    }
    let kind = match document.tree.get(node).kind.clone() {
        Kind::Map(mut entries) => {
            let mut filled = false;
            for entry in entries.iter_mut().filter(|entry| !is_data(&entry.key)) {
                if let Some(below) = copy(document, entry.value, fillings, depth) {
                    (entry.value, filled) = (below, true);
                }
            }
            filled.then_some(Kind::Map(entries))
        }
        Kind::List(mut items) => {
            let mut filled = false;
            for item in &mut items {
                if let Some(below) = copy(document, *item, fillings, depth) {
                    (*item, filled) = (below, true);
                }
            }
            filled.then_some(Kind::List(items))
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) => None,
    };
    let copied = document.tree.add(span, kind?);
    document.resources.inherit(node, copied);
    Some(copied)
}

/// The name of a gap: only what is an anchor by itself can be another one elsewhere.
fn gap(document: &Document, node: NodeId) -> Option<String> {
    let name = document.tree.text_at(node, "$dynamicRef")?.rsplit_once('#')?.1;
    let own = document.first(node)?;
    (document.tree.text_at(own, "$dynamicAnchor") == Some(name)).then(|| name.to_owned())
}

/// A use is what it says itself, and the schema with its gaps filled.
fn extend(document: &mut Document, node: NodeId, filled: NodeId) {
    let tree = &mut document.tree;
    let span = tree.span(node);
    let parts = tree.entry(node, "allOf").map_or_else(Vec::new, |parts| tree.list(parts).to_vec());
    let parts = tree.add(span, Kind::List(std::iter::once(filled).chain(parts).collect()));
    if let Some(entries) = members(document, node) {
        entries.retain(|entry| !matches!(entry.key.as_str(), "$ref" | "allOf"));
        entries.push(Entry { key: "allOf".to_owned(), key_span: span, value: parts });
    }
}
