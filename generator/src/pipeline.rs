//! The stages in order, with their two checkpoints. The table of contents of this crate.

use crate::api::Api;
use crate::config::Config;
use crate::diagnostic::{Diagnostics, Severity};
use crate::output::Output;
use crate::source::SourceMap;
use crate::source::files::Files;
use crate::{emit, lint, lower, output, plan, resolve};
use std::path::{Path, PathBuf};
use std::thread;

/// What a run gives, whether it succeeded or not.
#[derive(Debug)]
pub struct Generated {
    /// The texts that the diagnostics point into.
    pub sources: SourceMap,
    /// Every finding, in the order of the stages.
    pub diagnostics: Diagnostics,
    /// Every file that was read, and every one that is referred to and could not be.
    pub inputs: Vec<PathBuf>,
    /// What the description means; absent when it could not be read.
    pub api: Option<Api>,
    /// The printed crate; absent when there is an error.
    pub output: Option<Output>,
}

/// Runs every stage but the last: the crate that the description asks for, not yet written.
#[must_use]
pub fn generate(entry: &Path, files: &dyn Files, config: &Config) -> Generated {
    let mut diagnostics = Diagnostics::default();
    let (sources, document) = resolve::resolve(entry, files, &config.allow_external, &mut diagnostics);
    let mut inputs = sources.paths();
    inputs.extend(document.iter().flat_map(resolve::Document::unread).cloned());
    let Some(document) = document.filter(|_| !diagnostics.has_errors()) else {
        diagnostics.gather();
        return Generated { sources, diagnostics, inputs, api: None, output: None };
    };
    let api = lower::lower(&document, &asked(config), &mut diagnostics);
    let lint = || lint::lint(&document, &diagnostics);
    let mut planning = Diagnostics::default();
    let (mut linted, plan) = thread::scope(|scope| {
        // Side by side, for neither reads what the other says.
        let linting = thread::Builder::new().spawn_scoped(scope, lint);
        let plan = plan::plan(&api, config, &mut planning);
        (linting.ok().and_then(|linting| linting.join().ok()).unwrap_or_else(lint), plan)
    });
    diagnostics.list.append(&mut linted.list);
    diagnostics.list.append(&mut planning.list);
    diagnostics.gather();
    if config.strict {
        harden(&mut diagnostics);
    }
    if diagnostics.has_errors() {
        return Generated { sources, diagnostics, inputs, api: Some(api), output: None };
    }
    let output = output::format(emit::emit(&plan));
    Generated { sources, diagnostics, inputs, api: Some(api), output: Some(output) }
}

/// What the settings say of the meaning.
pub(crate) fn asked(config: &Config) -> lower::LowerOptions {
    lower::LowerOptions {
        pages: config.pagination.clone(),
        streams: config.streams.clone(),
        relax: config.relax.clone(),
        send_read_only: config.send_read_only.clone(),
        relax_responses: config.relax_responses || config.lenient,
        types: config.types.iter().map(|(place, chosen)| (place.clone(), chosen.clone())).collect(),
        secrets: config.secrets.clone(),
        preview: config.preview.clone(),
        optional: config.optional.clone(),
        client_headers: config.client_headers.clone(),
        formats: config.formats.keys().cloned().collect(),
    }
}

fn harden(diagnostics: &mut Diagnostics) {
    for diagnostic in &mut diagnostics.list {
        if diagnostic.severity == Severity::Skipped {
            diagnostic.severity = Severity::Error;
        }
    }
}
