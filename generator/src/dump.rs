//! The value of a stage as text, for debugging: runs the stages up to it, and shows what there is even when the
//! description has errors.

pub mod api;
pub mod document;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::emit::{self, Content, Page};
use crate::pipeline::asked;
use crate::source::SourceMap;
use crate::source::files::Files;
use crate::{lint, lower, output, plan, resolve};
use std::fmt::Write;
use std::path::Path;

/// The stages whose value can be shown, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Every file as it was read, as YAML.
    Document,
    /// What the description means.
    Api,
    /// Names and Rust types.
    Plan,
    /// What is printed, before it is formatted.
    Tokens,
    /// Names of the printed files with their sizes in bytes.
    Output,
}

/// A stage's value, and what was found on the way to it.
#[derive(Debug)]
pub struct Dumped {
    /// The texts that the diagnostics point into.
    pub sources: SourceMap,
    /// Every finding up to the stage.
    pub diagnostics: Diagnostics,
    /// Absent when an earlier stage had errors.
    pub text: Option<String>,
}

/// Runs every stage up to this one.
#[must_use]
pub fn dump(stage: Stage, entry: &Path, files: &dyn Files, config: &Config) -> Dumped {
    let mut diagnostics = Diagnostics::default();
    let (sources, document) = resolve::resolve(entry, files, &config.allow_external, &mut diagnostics);
    let text = document.and_then(|document| {
        if stage == Stage::Document {
            return Some(document::document(&document));
        }
        let api = (!diagnostics.has_errors()).then(|| lower::lower(&document, &asked(config), &mut diagnostics))?;
        let mut linted = lint::lint(&document, &diagnostics);
        diagnostics.list.append(&mut linted.list);
        if stage == Stage::Api {
            return Some(api::api(&api));
        }
        let plan = plan::plan(&api, config, &mut diagnostics);
        if stage == Stage::Plan {
            return Some(format!("{plan:#?}\n"));
        }
        let pages = (!diagnostics.has_errors()).then(|| emit::emit(&plan))?;
        if stage == Stage::Tokens {
            return Some(pages.iter().map(tokens).collect());
        }
        let files = output::format(pages).files;
        Some(files.iter().map(|(path, text)| format!("{path} {}\n", text.len())).collect())
    });
    diagnostics.gather();
    Dumped { sources, diagnostics, text }
}

fn tokens(page: &Page<'_>) -> String {
    let mut text = format!("==> {} <==\n", page.path);
    match &page.content {
        Content::Text(whole) => text.push_str(whole),
        Content::Around(before, section, after) => {
            text.push_str(before);
            for item in section.spell() {
                let _ = writeln!(text, "{item}");
            }
            text.push_str(after);
        }
        Content::Rust(_, sections) => {
            for item in sections.iter().flat_map(emit::Section::spell) {
                let _ = writeln!(text, "{item}");
            }
        }
    }
    text
}
