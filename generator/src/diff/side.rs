//! One of the two descriptions with its crate.

use super::change::Location;
use crate::api::Api;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::pipeline::{self, Unreadable, complete_diagnostics, drop_left_out, locked_options};
use crate::plan::Plan;
use crate::plan::name_table::{self, Named};
use crate::resolve::Document;
use crate::source::SourceMap;
use crate::source::files::Files;
use crate::syntax::node::NodeId;
use crate::{lock_file, lower, plan};
use std::path::Path;

/// A description, its meaning, and the plan of its crate.
#[derive(Debug)]
pub struct Side {
    pub(super) sources: SourceMap,
    pub(super) document: Document,
    pub(super) api: Api,
    pub(super) plan: Plan,
    /// The description has a lock.
    pub(super) is_locked: bool,
    /// The revision that the files are from.
    revision: Option<String>,
}

impl Side {
    /// Reads a description, and plans its crate.
    pub(super) fn read(entry: &Path, files: &dyn Files, config: &Config) -> Result<Self, Box<Unreadable>> {
        let mut diagnostics = Diagnostics::default();
        let (mut sources, document) = pipeline::read(entry, files, config, &mut diagnostics);
        let lock = lock_file::load(entry, files, config.lock.as_deref(), &mut sources, &mut diagnostics);
        let Some(document) = document.filter(|_| !diagnostics.has_errors()) else {
            diagnostics.deduplicate();
            return Err(Box::new(Unreadable { sources, diagnostics }));
        };
        let is_locked = lock.input().is_some();
        let mut api = lower::lower(&document, &locked_options(config, &lock), &mut diagnostics);
        // Settings for the new description may name places that the old one lacks, so findings of the plan are not errors here.
        let locked = lock.names_of(&api, &mut diagnostics);
        locked.order(&mut api);
        let plan = plan::plan_interface(&api, config, &locked);
        drop_left_out(&api, &mut diagnostics);
        if diagnostics.has_errors() {
            complete_diagnostics(&document, &mut diagnostics);
            return Err(Box::new(Unreadable { sources, diagnostics }));
        }
        Ok(Self { sources, document, api, plan, is_locked, revision: None })
    }

    /// Returns every name of the generated crate with its place.
    #[must_use]
    pub fn names(&self) -> Vec<Named> {
        name_table::names(&self.plan)
    }

    /// Returns the text of the lock for the generated crate.
    #[must_use]
    pub fn lock(&self) -> String {
        self.plan.lock.text()
    }

    /// Sets the revision of a version control system that the files are from, for messages: `v1.4.0:api.yaml`.
    #[must_use]
    pub fn with_revision(mut self, revision: Option<String>) -> Self {
        self.revision = revision;
        self
    }

    /// The node of a pointer.
    pub(super) fn node(&self, place: &str) -> Option<NodeId> {
        self.document.node_at(place)
    }

    /// The place of a pointer, or of its nearest parent.
    pub(super) fn place(&self, place: &str) -> Option<Location> {
        let mut rest = if place.contains('#') { place } else { "#" };
        loop {
            if let Some(node) = self.node(rest) {
                let span = self.document.tree.span(node);
                let at = self.sources.line_column(span);
                let (file, revision) = (self.sources.name(span.file), self.revision.clone());
                return Some(Location { file, revision, line: at.line, column: at.column, pointer: rest.to_owned() });
            }
            rest = rest.rsplit_once('/')?.0;
        }
    }
}
