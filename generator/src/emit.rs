//! How a planned crate is spelled. Only prints: every decision is in the plan. Cannot fail.

mod api;
mod bundle;
mod client;
mod library;
mod manifest;
mod model;
mod tokens;

use crate::plan::Plan;
use proc_macro2::TokenStream;

/// A file that is about to be printed.
#[derive(Debug)]
pub struct TokenFile {
    /// Inside the crate.
    pub path: String,
    /// Name of the description, for the header.
    pub source: String,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Debug)]
pub enum Content {
    /// Rust items, each formatted alone; documentation of the module, in lines.
    Items(Vec<String>, Vec<TokenStream>),
    /// Text as it is.
    Text(String),
}

/// Prints everything.
#[must_use]
pub fn emit(plan: &Plan) -> Vec<TokenFile> {
    let mut files = vec![
        manifest::cargo(plan),
        manifest::readme(plan),
        library::library(plan),
        client::client(plan),
        model::models(plan),
    ];
    files.push(api::index(plan));
    files.extend(plan.groups.iter().map(|group| api::group(plan, group)));
    files.extend(manifest::runtime(plan));
    files.push(TokenFile {
        path: "surface.json".to_owned(),
        source: plan.source.clone(),
        content: Content::Text(plan.surface.clone()),
    });
    files
}
