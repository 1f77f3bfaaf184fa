//! The crate to generate, as data: its names and Rust types. No other stage decides them. Knows neither the form of the
//! description nor tokens.

mod about;
pub(crate) mod cargo_features;
mod client;
mod conversions;
mod crate_planner;
mod derives;
pub(crate) mod docs;
pub(crate) mod environment;
pub(crate) mod group_features;
mod hidden_aliases;
mod lock_names;
pub(crate) mod models;
pub(crate) mod modules;
pub(crate) mod name_table;
pub(crate) mod names;
pub(crate) mod operations;
pub(crate) mod overview;
pub(crate) mod reach;
pub(crate) mod recursion;
mod renames;
pub(crate) mod response_examples;
mod runtime_modules;
pub(crate) mod rust_type;
pub(crate) mod sample_value;
mod scalar;
pub(crate) mod security;
mod settings;
mod size;
pub(crate) mod surface;
mod type_names;
pub(crate) mod type_of;
mod unused;
mod usage_docs;
pub(crate) mod usage_example;
pub(crate) mod webhooks;
pub(crate) mod xml;

use crate::api::Api;
use crate::config::Config;
pub(crate) use crate::config::{Derive, Edition, Runtime};
use crate::diagnostic::Diagnostics;
use crate::lock::{Lock, LockedNames};
use cargo_features::CargoFeature;
pub(crate) use client::{Client, ClientHeader, Variable};
use crate_planner::CratePlanner;
use models::Model;
use modules::Module;
use operations::{Group, OldGroup, OldOperation};
use overview::Overview;
pub(crate) use runtime_modules::RuntimeModule;
use std::collections::{BTreeMap, BTreeSet};
use usage_example::{Example, Snippets};
use webhooks::WebhookEnum;

/// A crate.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Package name.
    pub package: String,
    /// Package version.
    pub version: String,
    /// Package description, one line.
    pub description: String,
    /// Package keywords.
    pub keywords: Vec<String>,
    /// Package licence, an SPDX expression. A package without one is not published.
    pub license: Option<String>,
    /// Address of the package's repository.
    pub repository: Option<String>,
    /// Package authors.
    pub authors: Vec<String>,
    /// The oldest Rust of the package.
    pub rust_version: String,
    /// Edition of Rust.
    pub edition: Edition,
    /// Source of the runtime.
    pub runtime: Runtime,
    /// Crates of the types in the settings: name, and value in `Cargo.toml`.
    pub dependencies: BTreeMap<String, String>,
    /// The entry of `clientsmith` among the build dependencies, for a crate with a build script.
    pub build_dependency: Option<String>,
    /// The text about the API in the README, in lines.
    pub docs: Vec<String>,
    /// The documentation of the crate's root.
    pub overview: Vec<Overview>,
    /// The cargo features for the documentation.
    pub cargo_features: Vec<CargoFeature>,
    /// The client.
    pub client: Client,
    /// Groups of operations.
    pub groups: Vec<Group>,
    /// Groups that are gone, with old names of operations.
    pub old_groups: Vec<OldGroup>,
    /// The cargo feature of operations in preview.
    pub preview: Option<String>,
    /// Types in the order of the description.
    pub models: Vec<Model>,
    /// The files of the types.
    pub modules: Vec<Module>,
    /// The enum of webhooks, if the description has any.
    pub webhooks: Option<WebhookEnum>,
    /// XML tables of bodies.
    pub xml: xml::Tables,
    /// An example program for each group.
    pub examples: Vec<Example>,
    /// The programs in the documentation of the crate's root.
    pub snippets: Snippets,
    /// The documentation of the type of clients, in lines.
    pub client_docs: Vec<String>,
    /// The documentation of the type of calls, in lines.
    pub call_docs: Vec<String>,
    /// The documentation of `models` beside its first paragraph.
    pub models_docs: Vec<Overview>,
    /// The paragraphs of the documentation of `testing`.
    pub testing_docs: Vec<Vec<String>>,
    /// Responses from the description's examples.
    pub response_examples: Vec<response_examples::GroupExamples>,
    /// True if `#![recursion_limit]` is needed.
    pub deep: bool,
    /// True if types nest deeper than clippy accepts.
    pub complex: bool,
    /// `surface.json`.
    pub surface: String,
    /// The names of the crate, for the next version of the description.
    pub lock: Lock,
}

/// Plans the crate.
pub(crate) fn plan(api: &Api, config: &Config, locked: &LockedNames, diagnostics: &mut Diagnostics) -> Plan {
    settings::check(api, config, diagnostics);
    CratePlanner::new(api, config, locked, diagnostics).plan(true)
}

/// Plans what code can use of the crate: everything but example programs, `surface.json`, the texts of the description and the
/// programs in the documentation of the crate's root, and the lint for complex types.
pub(crate) fn plan_interface(api: &Api, config: &Config, locked: &LockedNames) -> Plan {
    CratePlanner::new(api, config, locked, &mut Diagnostics::default()).plan(false)
}

impl Plan {
    /// The definition of a type: the target of an alias, or the type itself.
    #[must_use]
    pub(crate) fn definition<'p>(&'p self, model: &'p Model) -> &'p Model {
        let target = model.alias_of().and_then(|name| self.models.iter().find(|other| other.name == name));
        target.unwrap_or(model)
    }

    /// The operation that an old path is for.
    #[must_use]
    pub(crate) fn old_operation(&self, path: &str) -> Option<&OldOperation> {
        let mut all = self.groups.iter().flat_map(|group| group.old_operations.iter().map(move |old| (group, old)));
        let path_of = |group: &Group, old: &OldOperation| match &old.group {
            Some(name) => format!("api::{name}::{}", old.name),
            None => format!("{}::{}", group.path(), old.name),
        };
        all.find(|(group, old)| path_of(group, old) == path).map(|(_, old)| old)
    }

    /// Returns true if the runtime is a module of the crate.
    #[must_use]
    pub(crate) fn is_bundled(&self) -> bool {
        self.runtime == Runtime::Bundled
    }

    /// Returns the modules of the runtime that the crate uses.
    #[must_use]
    pub(crate) fn runtime_modules(&self) -> BTreeSet<RuntimeModule> {
        runtime_modules::modules(self)
    }
}
