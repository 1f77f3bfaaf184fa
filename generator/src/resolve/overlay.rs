//! Overlays: files with actions that change the description before anything reads it (Overlay Specification 1.0 and
//! 1.1). Knows values and their places. Must not know OpenAPI.

mod action;
mod apply;
mod merge;
mod place;
mod query;

use super::load::load;
use crate::diagnostic::{Code, Diagnostics, Label};
use crate::source::SourceMap;
use crate::source::files::Files;
use crate::span::{FileId, Span};
use crate::syntax::node::{NodeId, Tree};
use apply::EditedDescription;
use std::path::PathBuf;

/// The overlays of a description, which is file 0. Their files have the next ids.
#[derive(Debug, Default)]
pub(crate) struct Overlays {
    /// The files, in the order in which they were applied.
    pub(super) files: Vec<PathBuf>,
    changes: Vec<Change>,
}

/// A change by an action.
#[derive(Debug)]
struct Change {
    /// The value in the overlay.
    value: Span,
    /// The place that the value was merged into.
    target: Span,
}

impl Overlays {
    /// Applies the actions of every file to the value at `root`, in their order. An error does not stop the other actions.
    pub(super) fn apply(
        paths: &[PathBuf],
        root: NodeId,
        files: &dyn Files,
        sources: &mut SourceMap,
        tree: &mut Tree,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut overlays = Self::default();
        if paths.is_empty() {
            return overlays;
        }
        if !query::IS_COMPILED {
            let message = "overlays are not compiled into this build of clientsmith";
            let found = diagnostics.report(Code::InvalidOverlay, tree.span(root), message.to_owned());
            found.help =
                Some("compile `clientsmith` or `clientsmith-cli` with its cargo feature `overlays`".to_owned());
            return overlays;
        }
        let mut description = match EditedDescription::new(tree, root) {
            Ok(description) => description,
            Err(conflict) => {
                diagnostics.report(Code::OverlayConflict, tree.span(root), conflict.message);
                return overlays;
            }
        };
        for path in paths {
            let known = sources.paths().len();
            let overlay = load(path, None, files, sources, tree, diagnostics);
            if sources.paths().len() > known {
                overlays.files.push(path.clone());
            }
            let actions = overlay.map(|overlay| action::read(tree, overlay, diagnostics)).unwrap_or_default();
            for action in actions {
                match description.run(tree, &action) {
                    Ok(places) => {
                        let value = action.value.map(|value| tree.span(value));
                        let changes = places.into_iter().filter_map(|target| Some(Change { value: value?, target }));
                        overlays.changes.extend(changes);
                    }
                    Err(fault) => {
                        let found = diagnostics.report(fault.code, tree.span(fault.node), fault.message);
                        found.related.extend(
                            fault.place.map(|span| Label { span, text: "this place of the description".to_owned() }),
                        );
                    }
                }
            }
        }
        overlays
    }

    /// Returns the file that a reference in this file is relative to: references of an overlay are those of the
    /// description.
    pub(super) fn base_of(&self, file: FileId) -> FileId {
        if (file.0 as usize) <= self.files.len() { FileId(0) } else { file }
    }

    /// Adds the changed places of the description to the findings in an overlay.
    pub(crate) fn relate(&self, diagnostics: &mut Diagnostics) {
        for found in &mut diagnostics.list {
            let Some(primary) = &found.primary else { continue };
            let inside = |change: &&Change| {
                let (value, span) = (change.value, primary.span);
                value.file == span.file && value.start <= span.start && span.end <= value.end
            };
            if let Some(change) = self.changes.iter().find(inside) {
                found.related.push(Label { span: change.target, text: "the overlay changes this place".to_owned() });
            }
        }
    }
}
