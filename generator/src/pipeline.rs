//! The stages in their order, with two checks for errors. The entry point of this crate.

use crate::api::Api;
use crate::config::Config;
use crate::diagnostic::{Diagnostics, Severity};
use crate::lock_file::{self, LockFile};
use crate::output::Output;
use crate::source::SourceMap;
use crate::source::files::Files;
use crate::span::Span;
use crate::{emit, lint, lower, output, plan, resolve};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::thread;

/// The result of a run with or without errors.
#[derive(Debug)]
pub struct Generated {
    /// The sources to which the diagnostics refer.
    pub sources: SourceMap,
    /// All findings, in the order of the stages.
    pub diagnostics: Diagnostics,
    /// All files that were read, and all that are referred to and could not be read.
    pub inputs: Vec<PathBuf>,
    /// The meaning of the description; `None` if it could not be read.
    pub(crate) api: Option<Api>,
    /// The generated crate. `None` if there is an error.
    pub output: Option<Output>,
    /// The names of the crate. `None` if there is an error.
    pub lock: Option<LockFile>,
}

impl Generated {
    /// The number of operations of the description, or 0 if it could not be read.
    #[must_use]
    pub fn operation_count(&self) -> usize {
        self.api.as_ref().map_or(0, |api| api.operations.len())
    }
}

/// Runs every stage except writing. Returns the crate for a description.
#[must_use]
pub fn generate(entry: &Path, files: &dyn Files, config: &Config) -> Generated {
    let mut diagnostics = Diagnostics::default();
    let (mut sources, document) = read(entry, files, config, &mut diagnostics);
    let mut inputs = sources.paths();
    inputs.extend(document.iter().flat_map(resolve::Document::unread).cloned());
    inputs.extend(config.overlays.iter().filter(|overlay| !sources.paths().contains(overlay)).cloned());
    let lock = lock_file::load(entry, files, config.lock.as_deref(), &mut sources, &mut diagnostics);
    inputs.extend(lock.input().cloned());
    let Some(document) = document.filter(|_| !diagnostics.has_errors()) else {
        diagnostics.deduplicate();
        return Generated { sources, diagnostics, inputs, api: None, output: None, lock: None };
    };
    let mut api = lower::lower(&document, &locked_options(config, &lock), &mut diagnostics);
    let locked = lock.names_of(&api, &mut diagnostics);
    locked.order(&mut api);
    let lint = || lint::lint(&document, &diagnostics);
    let mut planning = Diagnostics::default();
    let (mut linted, plan) = thread::scope(|scope| {
        // They run in parallel, since neither needs the other's findings.
        let linting = thread::Builder::new().spawn_scoped(scope, lint);
        let plan = plan::plan(&api, config, &locked, &mut planning);
        (linting.ok().and_then(|linting| linting.join().ok()).unwrap_or_else(lint), plan)
    });
    diagnostics.list.append(&mut linted.list);
    diagnostics.list.append(&mut planning.list);
    drop_left_out(&api, &mut diagnostics);
    complete_diagnostics(&document, &mut diagnostics);
    if config.strict {
        harden(&mut diagnostics);
    }
    if diagnostics.has_errors() {
        return Generated { sources, diagnostics, inputs, api: Some(api), output: None, lock: None };
    }
    let lock = Some(lock.file(&plan.lock));
    let output = output::format(emit::emit(&plan));
    Generated { sources, diagnostics, inputs, api: Some(api), output: Some(output), lock }
}

/// Reads a description and applies the overlays of the settings. `None` if the file cannot be read or parsed.
pub(crate) fn read(
    entry: &Path,
    files: &dyn Files,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> (SourceMap, Option<resolve::Document>) {
    resolve::resolve(entry, files, &config.allow_external, &config.overlays, diagnostics)
}

/// A description that has errors.
#[derive(Debug)]
pub struct Unreadable {
    /// The sources to which the findings refer.
    pub sources: SourceMap,
    /// The findings.
    pub diagnostics: Diagnostics,
}

/// A description with its meaning before equal schemas become one, so that each schema has its own place.
#[derive(Debug)]
pub(crate) struct Meaning {
    /// The sources of the document.
    pub sources: SourceMap,
    /// The parsed files.
    pub document: resolve::Document,
    /// The meaning.
    pub api: Api,
}

/// Reads a description for a comparison with traffic. Parts that the settings leave out are read too.
pub(crate) fn meaning(entry: &Path, files: &dyn Files, config: &Config) -> Result<Meaning, Box<Unreadable>> {
    let mut diagnostics = Diagnostics::default();
    let (sources, document) = read(entry, files, config, &mut diagnostics);
    let Some(document) = document.filter(|_| !diagnostics.has_errors()) else {
        diagnostics.deduplicate();
        return Err(Box::new(Unreadable { sources, diagnostics }));
    };
    // Equal schemas at different places become one in a later pass.
    let api = lower::lower_until(&document, &lower_options(config), Some(lower::MERGE_PATCH), &mut diagnostics);
    if diagnostics.has_errors() {
        complete_diagnostics(&document, &mut diagnostics);
        return Err(Box::new(Unreadable { sources, diagnostics }));
    }
    Ok(Meaning { sources, document, api })
}

/// Completes the diagnostics: one about a part from an overlay also names the place in the description that the overlay
/// changes, and duplicates are removed.
pub(crate) fn complete_diagnostics(document: &resolve::Document, diagnostics: &mut Diagnostics) {
    document.relate(diagnostics);
    diagnostics.deduplicate();
}

/// Drops findings inside parts that the settings leave out, since nothing is generated from them. Findings stay for
/// a part that is generated nevertheless, because an operation that is not left out refers to it.
pub(crate) fn drop_left_out(api: &Api, diagnostics: &mut Diagnostics) {
    let left: Vec<Span> = api.left_out.iter().filter_map(|left| left.span).collect();
    if left.is_empty() {
        return;
    }
    let operations = api.operations.iter().map(|operation| operation.origin.span);
    let webhooks = api.webhooks.iter().map(|webhook| webhook.origin.span);
    let generated: Vec<Span> =
        api.schemas.iter().map(|schema| schema.origin.span).chain(operations).chain(webhooks).collect();
    diagnostics.list.retain(|found| {
        let Some(span) = found.primary.as_ref().map(|label| label.span) else { return true };
        let Some(outer) = left.iter().find(|outer| outer.contains(span)) else { return true };
        generated.iter().any(|part| part.contains(span) && outer.contains(*part))
    });
}

/// The options of `lower` from the settings and the lock.
pub(crate) fn locked_options(config: &Config, lock: &lock_file::LoadedLock) -> lower::LowerOptions {
    lower::LowerOptions { locked_unions: lock.unions(), ..lower_options(config) }
}

/// The options of `lower` from the settings.
pub(crate) fn lower_options(config: &Config) -> lower::LowerOptions {
    lower::LowerOptions {
        locked_unions: BTreeSet::new(),
        pages: config.pagination.clone(),
        streams: config.streams.clone(),
        relax: config.relax.clone(),
        send_read_only: config.send_read_only.clone(),
        relax_responses: config.relax_responses || config.lenient,
        types: config.types.iter().map(|(place, chosen_type)| (place.clone(), chosen_type.clone())).collect(),
        secrets: config.secrets.clone(),
        preview: config.preview.clone(),
        optional: config.optional.clone(),
        client_headers: config.client_headers.clone(),
        renamed: config.rename.iter().map(|(place, name)| (place.clone(), name.clone())).collect(),
        formats: config.formats.keys().cloned().collect(),
        include: config.include.clone(),
        exclude: config.exclude.clone(),
        prune: config.prune.clone(),
    }
}

fn harden(diagnostics: &mut Diagnostics) {
    for diagnostic in &mut diagnostics.list {
        if diagnostic.severity == Severity::Skipped {
            diagnostic.severity = Severity::Error;
        }
    }
}
