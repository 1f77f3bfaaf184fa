//! Dumps of the value of a stage as text, for debugging. Runs the stages up to the given one, also for descriptions
//! with errors.

pub(crate) mod api;
mod document;
mod yaml;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostics};
use crate::emit::{self, Content, OutputFile};
use crate::pipeline::{self, complete_diagnostics, drop_left_out, lower_options};
use crate::resolve::Document;
use crate::source::SourceMap;
use crate::source::files::Files;
use crate::{lint, lock_file, lower, output, plan};
use std::fmt::Write;
use std::path::Path;

/// The stages with a dump, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The description with its overlays applied, in YAML. Nothing if a file is broken.
    Description,
    /// Every file as read, in YAML.
    Document,
    /// The meaning of the description.
    Api,
    /// The names and Rust types.
    Plan,
    /// The generated code before formatting.
    Tokens,
    /// Names of the generated files with their sizes in bytes.
    Output,
}

/// The dump of a stage, with the findings up to it.
#[derive(Debug)]
pub struct Dumped {
    /// The sources to which the diagnostics refer.
    pub sources: SourceMap,
    /// All findings up to the stage.
    pub diagnostics: Diagnostics,
    /// `None` if an earlier stage had errors, or if the description is too large to be written in YAML.
    pub text: Option<String>,
}

/// The names of the passes that make up the stage [`Stage::Api`], in their order.
pub fn passes() -> impl Iterator<Item = &'static str> {
    lower::pass_names()
}

/// Runs the stages up to the given one. With the name of a pass, the stage [`Stage::Api`] ends after that pass.
#[must_use]
pub fn dump(stage: Stage, after: Option<&str>, entry: &Path, files: &dyn Files, config: &Config) -> Dumped {
    let mut diagnostics = Diagnostics::default();
    let (mut sources, document) = pipeline::read(entry, files, config, &mut diagnostics);
    let lock = lock_file::load(entry, files, config.lock.as_deref(), &mut sources, &mut diagnostics);
    let text = document.as_ref().and_then(|document| {
        if stage == Stage::Description {
            return if diagnostics.has_errors() { None } else { description(document, &mut diagnostics) };
        }
        if stage == Stage::Document {
            return Some(document::document(document));
        }
        let last = after.filter(|_| stage == Stage::Api);
        let options = lower_options(config);
        let mut api =
            (!diagnostics.has_errors()).then(|| lower::lower_until(document, &options, last, &mut diagnostics))?;
        let mut linted = lint::lint(document, &diagnostics);
        diagnostics.list.append(&mut linted.list);
        drop_left_out(&api, &mut diagnostics);
        if stage == Stage::Api {
            return Some(api::api(&api));
        }
        let locked = lock.names_of(&api, &mut diagnostics);
        locked.order(&mut api);
        let plan = plan::plan(&api, config, &locked, &mut diagnostics);
        if stage == Stage::Plan {
            return Some(format!("{plan:#?}\n"));
        }
        let files = (!diagnostics.has_errors()).then(|| emit::emit(&plan))?;
        if stage == Stage::Tokens {
            return Some(files.iter().map(tokens).collect());
        }
        let files = output::format(files).files;
        Some(files.iter().map(|(path, text)| format!("{path} {}\n", text.len())).collect())
    });
    match &document {
        Some(document) => complete_diagnostics(document, &mut diagnostics),
        None => diagnostics.deduplicate(),
    }
    Dumped { sources, diagnostics, text }
}

/// The description in YAML. Reports one that is too large.
fn description(document: &Document, diagnostics: &mut Diagnostics) -> Option<String> {
    document::description(document)
        .map_err(|error| {
            let message = format!("the description cannot be written: it has {error}");
            diagnostics.report(Code::TooDeep, document.tree.span(document.entry), message);
        })
        .ok()
}

fn tokens(file: &OutputFile<'_>) -> String {
    let mut text = format!("==> {} <==\n", file.path);
    match &file.content {
        Content::Text(whole) => text.push_str(whole),
        Content::Around(before, section, after) => {
            text.push_str(before);
            for item in section.render() {
                let _ = writeln!(text, "{item}");
            }
            text.push_str(after);
        }
        Content::Rust(_, sections) | Content::Root(_, sections) => {
            for item in sections.iter().flat_map(emit::Section::render) {
                let _ = writeln!(text, "{item}");
            }
        }
    }
    text
}
