//! The plan of a crate in the making, and the passes that complete it. Knows the order and what each pass needs.

use super::about::About;
use super::cargo_features::documented_features;
use super::client::{Client, client, listed_variables, variable_enums};
use super::lock_names::lock_names;
use super::models::{self, Model};
use super::modules::{self, Module};
use super::names::{self, Scope};
use super::operations::{self, Group, OldGroup};
use super::rust_type::RustType;
use super::type_of::Types;
use super::webhooks::WebhookEnum;
use super::{
    Plan, derives, docs, group_features, hidden_aliases, overview, reach, recursion, response_examples, scalar,
    settings, size, surface, unused, usage_example, webhooks, xml,
};
use crate::api::{Api, Webhook};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::lock::{self, Lock, LockedNames};
use std::collections::BTreeSet;

/// Largest complexity of a type. Clippy warns from 250 on; results of calls and boxes add to it.
const MAX_COMPLEXITY: usize = 150;
/// A description with a longer chain of types inside each other needs `#![recursion_limit]`.
const MAX_CHAIN: usize = 50;

/// The plan of a crate in the making.
pub(super) struct CratePlanner<'a> {
    api: &'a Api,
    config: &'a Config,
    diagnostics: &'a mut Diagnostics,
    package: String,
    types: Types<'a>,
    /// The names that types have.
    scope: Scope,
    client: Client,
    /// The enum of each server variable with known values.
    variables: Vec<(String, Model)>,
    models: Vec<Model>,
    groups: Vec<Group>,
    old_groups: Vec<OldGroup>,
    webhooks: Option<WebhookEnum>,
    lock: Lock,
    modules: Vec<Module>,
    xml: xml::Tables,
    is_deep: bool,
}

/// The passes in their order. Those before `operations` know only types.
const PASSES: &[fn(&mut CratePlanner<'_>)] = &[
    |planner| planner.types(),
    |planner| planner.types_of_variables(),
    |planner| planner.box_recursive(),
    |planner| planner.box_large(),
    |planner| planner.derive(),
    |planner| planner.operations(),
    |planner| planner.webhooks(),
    |planner| planner.lock(),
    |planner| planner.hide_aliases(),
    |planner| planner.assign_features(),
    |planner| planner.modules(),
    |planner| planner.document_variants(),
    |planner| planner.idempotency(),
    |planner| planner.timeouts(),
    |planner| planner.xml(),
];

impl<'a> CratePlanner<'a> {
    /// Names the types, and plans the client.
    pub(super) fn new(
        api: &'a Api,
        config: &'a Config,
        locked: &'a LockedNames,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let mut scope = Scope::with(names::reserved::TYPES);
        let package = config.name.clone().unwrap_or_else(|| names::package(&api.info.title));
        let variables: Vec<&str> = listed_variables(api).map(|variable| variable.name.as_str()).collect();
        let types = Types::new(api, config, locked, &variables, &mut scope, diagnostics);
        let variables = variable_enums(api, &types);
        Self {
            client: client(api, config, &package, &variables, &types),
            api,
            config,
            diagnostics,
            package,
            types,
            scope,
            variables,
            models: Vec::new(),
            groups: Vec::new(),
            old_groups: Vec::new(),
            webhooks: None,
            lock: Lock::default(),
            modules: Vec::new(),
            xml: xml::Tables::default(),
            is_deep: false,
        }
    }

    /// Runs the passes, and makes the plan of their results. Unless `is_whole`, it has no example programs and no `surface.json`,
    /// the documentation of the crate's root lacks the description's text and the programs, and complex types are not found.
    pub(super) fn plan(mut self, is_whole: bool) -> Plan {
        PASSES.iter().for_each(|pass| pass(&mut self));
        let Self { api, config, client, package, types, models, groups, modules, webhooks, .. } = self;
        let title = docs::one_line(&api.info.title);
        let preview = config.preview_feature.as_deref();
        let programs = || usage_example::programs(&groups, &models, &client, &package);
        let (examples, snippets) = if is_whole { programs() } else { Default::default() };
        let about = About::new(&title, api.info.description.as_deref().filter(|_| is_whole), &package);
        let cargo_features = documented_features(&groups, &modules, preview);
        let response_examples = response_examples::response_examples(api, &groups);
        let webhook_docs = overview::WebhookDocs::new(api, &types, &modules, webhooks.as_ref());
        let surface = is_whole.then(|| surface::surface(api, &types, &package, &models, &groups, webhooks.as_ref()));
        Plan {
            description: config.description.clone().unwrap_or_else(|| package_description(&title)),
            docs: overview::readme(about.readme(), &groups, preview),
            overview: overview::overview(&overview::Contents {
                about: about.root(),
                version: &api.info.version,
                package: &package,
                groups: &groups,
                models: &models,
                client: &client,
                preview,
                cargo_features: &cargo_features,
                snippets: &snippets,
                webhooks: &webhook_docs,
            }),
            call_docs: overview::call_docs(&groups, &client),
            client_docs: overview::client_docs(&client, &package),
            cargo_features,
            version: config.version.clone(),
            keywords: config.keywords.clone(),
            license: config.license.clone(),
            repository: config.repository.clone(),
            authors: config.authors.clone(),
            rust_version: config.rust_version.clone(),
            edition: config.edition,
            runtime: config.runtime.clone(),
            dependencies: scalar::dependencies(config),
            build_dependency: config.build_dependency.clone(),
            client,
            old_groups: self.old_groups,
            preview: config.preview_feature.clone(),
            xml: self.xml,
            examples,
            models_docs: webhook_docs.callback_list(),
            testing_docs: overview::testing_docs(&snippets, &groups, &response_examples),
            response_examples,
            snippets,
            deep: self.is_deep,
            complex: is_whole && reach::named_types(&models, &groups).any(|ty| ty.complexity() > MAX_COMPLEXITY),
            surface: surface.unwrap_or_default(),
            lock: self.lock,
            package,
            groups,
            models,
            modules,
            webhooks,
        }
    }

    fn types(&mut self) {
        self.models = models::models(self.api, &self.types, self.config, &mut self.scope);
        settings::check_types(self.api, &self.types, &self.models, self.config, self.diagnostics);
    }

    fn types_of_variables(&mut self) {
        self.models.extend(self.variables.iter().map(|(_, model)| model.clone()));
    }

    fn document_variants(&mut self) {
        models::document_variants(&mut self.models);
    }

    fn box_recursive(&mut self) {
        self.is_deep = recursion::box_cycles(&mut self.models) > MAX_CHAIN;
    }

    fn box_large(&mut self) {
        size::box_large(&mut self.models);
    }

    fn derive(&mut self) {
        let (api, types) = (self.api, &self.types);
        let component = |name: &str| types.name(*api.components.get(name)?);
        derives::derive(&mut self.models, component, self.config, self.diagnostics);
    }

    fn operations(&mut self) {
        self.groups = operations::groups(self.api, &self.types, self.config);
        operations::report_left_out(self.api, &self.groups, self.diagnostics);
    }

    /// Names the variants of the enum of webhooks.
    fn webhooks(&mut self) {
        self.webhooks = WebhookEnum::new(self.api, &self.types);
    }

    /// Makes the lock, and adds the old names that it keeps.
    fn lock(&mut self) {
        let (locked, version) = (self.types.locked(), self.config.version.as_str());
        let names = lock_names(self.api, &self.types, &self.models, &self.groups, self.webhooks.as_ref());
        self.lock = lock::record(self.api, &names, locked, version);
        self.models.extend(models::old_names(&self.lock, version, &self.models));
        self.old_groups = operations::old_names(&self.lock, version, &mut self.groups);
    }

    /// Hides the aliases that no signature, webhook or callback uses.
    fn hide_aliases(&mut self) {
        let (api, types) = (self.api, &self.types);
        let components = api.components.values().filter_map(|id| api.schemas.get(*id));
        let components: BTreeSet<&str> = components.map(|schema| schema.origin.pointer.as_str()).collect();
        let inline = types.aliases().iter().filter(|alias| !components.contains(alias.pointer.as_str()));
        let inline = inline.map(|alias| alias.name.as_str()).collect();
        let headers = self.client.headers.iter().map(|header| &header.input.ty);
        let bodies: Vec<_> = api.webhooks.iter().flat_map(Webhook::schemas).map(|id| types.nullable_type(id)).collect();
        let named = reach::named_types(&self.models, &self.groups).chain(headers).chain(&bodies);
        let used = named.flat_map(RustType::used_names).map(str::to_owned).collect();
        hidden_aliases::hide(&mut self.models, &inline, &used);
    }

    fn assign_features(&mut self) {
        let preview = self.config.preview_feature.as_deref();
        group_features::assign(&mut self.groups, self.models.len(), self.config.tag_features, preview);
    }

    /// Assigns types to files by their use, and notes types that no operation uses.
    fn modules(&mut self) {
        let reached = reach::reach(&self.models, &self.groups);
        let of_variables = self.variables.iter().map(|(_, model)| model.name.as_str());
        let of_headers = self.client.headers.iter().flat_map(|header| header.input.ty.models());
        let always: BTreeSet<&str> = of_variables.chain(of_headers).collect();
        let others = unused::other_users(&self.models, &reached, &always, self.api, &self.types);
        unused::add_notes(&mut self.models, &reached, &others, &always, self.api, &self.types);
        self.modules = modules::modules(&self.models, &self.groups, reached, &others, &always);
        if let Some(webhooks) = &mut self.webhooks {
            webhooks.feature = webhooks::feature(&self.modules, webhooks::MODULE).map(str::to_owned);
        }
    }

    fn idempotency(&mut self) {
        operations::idempotent(&mut self.groups, self.config.idempotency_header.as_deref());
    }

    fn timeouts(&mut self) {
        operations::timeouts(&mut self.groups, &self.config.timeouts);
    }

    /// Makes the tables of the bodies that the operations write and read.
    fn xml(&mut self) {
        self.xml = xml::tables(&self.groups, &self.types);
        self.xml.mark_unions(&mut self.models);
    }
}

/// A package description that does not repeat "API".
fn package_description(title: &str) -> String {
    let named = title.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == "api");
    if named { format!("Client of the {title}") } else { format!("Client of the {title} API") }
}
