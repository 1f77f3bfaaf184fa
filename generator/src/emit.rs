//! Tokens of a planned crate. Every decision is in the plan, so that nothing here can fail.

mod api;
mod bundled_runtime;
mod client;
mod default;
mod example;
mod feature;
mod lib_rs;
mod manifest;
mod model;
mod readme;
mod testing;
mod tokens;
mod webhooks;
mod xml;

use crate::plan::Plan;
use proc_macro2::TokenStream;
use std::fmt;

/// A file to generate.
#[derive(Debug)]
pub(crate) struct OutputFile<'p> {
    /// Path inside the crate.
    pub path: String,
    /// Content of the file.
    pub content: Content<'p>,
}

/// Kinds of content.
#[derive(Debug)]
pub(crate) enum Content<'p> {
    /// Documentation of the module in lines, and its items.
    Rust(Vec<String>, Vec<Section<'p>>),
    /// A module whose documentation has programs, such as the root of the crate: its documentation, and the items after it.
    Root(Vec<Docs<'p>>, Vec<Section<'p>>),
    /// Text as it is.
    Text(String),
    /// Text with Rust in it: the text before, the items, the text after.
    Around(String, Section<'p>, String),
}

/// A part of the documentation of a file.
#[derive(Debug)]
pub(crate) enum Docs<'p> {
    /// Lines of Markdown.
    Lines(Vec<String>),
    /// A line that depends on a condition of `cfg`.
    When(String, String),
    /// Rust inside a block of code.
    Program(Section<'p>),
}

/// A part of a file: a list of items. Parts are rendered in parallel.
pub(crate) struct Section<'p>(Box<dyn Fn() -> Vec<TokenStream> + Send + Sync + 'p>);

impl<'p> Section<'p> {
    fn new(spell: impl Fn() -> Vec<TokenStream> + Send + Sync + 'p) -> Self {
        Self(Box::new(spell))
    }

    /// Renders its items. Each is formatted by itself.
    #[must_use]
    pub(crate) fn render(&self) -> Vec<TokenStream> {
        (self.0)()
    }
}

impl fmt::Debug for Section<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Section")
    }
}

/// Every file of the crate.
#[must_use]
pub(crate) fn emit(plan: &Plan) -> Vec<OutputFile<'_>> {
    let mut files = vec![
        manifest::cargo(plan),
        manifest::rustfmt(),
        readme::readme(plan),
        lib_rs::library(plan),
        client::client(plan),
    ];
    files.extend(model::models(plan));
    files.extend(webhooks::webhooks(plan));
    files.push(lib_rs::call(plan));
    files.push(api::index(plan));
    files.extend(plan.groups.iter().flat_map(|group| api::group(plan, group)));
    files.extend(api::old_groups(plan));
    files.extend(xml::tables(plan));
    files.extend(example::examples(plan));
    files.extend(testing::testing(plan));
    files.extend(manifest::runtime(plan));
    files.push(OutputFile { path: "surface.json".to_owned(), content: Content::Text(plan.surface.clone()) });
    files
}
