//! The crate to generate, as data: its names and Rust types. No other stage decides them. Knows neither the form of the
//! description nor tokens.

mod about;
pub(crate) mod cargo_features;
mod conversions;
mod derives;
pub(crate) mod docs;
pub(crate) mod environment;
pub(crate) mod feature;
mod lock_names;
pub(crate) mod methods;
pub(crate) mod models;
pub(crate) mod modules;
pub(crate) mod name_table;
pub(crate) mod names;
pub(crate) mod overview;
pub(crate) mod reach;
pub(crate) mod recursion;
mod renames;
pub(crate) mod response_examples;
mod runtime_parts;
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
pub(crate) mod xml;

use crate::api::{self, Api};
use crate::config::Config;
pub(crate) use crate::config::{Derive, Edition, Runtime};
use crate::diagnostic::Diagnostics;
use crate::lock::{self, Lock, Pins};
use about::About;
use cargo_features::{CargoFeature, cargo_features};
use methods::{Group, Input, OldCall, OldGroup};
use models::{Model, default};
use modules::Module;
use names::Scope;
use overview::Overview;
pub(crate) use runtime_parts::RuntimePart;
use rust_type::RustType;
use security::{Scheme, SecurityRequirement};
use std::collections::{BTreeMap, BTreeSet};
use type_of::Types;
use usage_example::{Example, Snippets};

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
    /// XML tables of bodies.
    pub xml: xml::Tables,
    /// An example program for each group.
    pub examples: Vec<Example>,
    /// The programs in the documentation of the crate's root.
    pub snippets: Snippets,
    /// The documentation of the most used methods of a call, in lines.
    pub calls: Vec<String>,
    /// Responses from the description's examples.
    pub response_examples: Vec<response_examples::GroupExamples>,
    /// True if `#![recursion_limit]` is needed.
    pub deep: bool,
    /// True if types nest deeper than clippy accepts.
    pub complex: bool,
    /// `surface.json`.
    pub surface: String,
    /// The names of the crate, for the next edition.
    pub lock: Lock,
}

/// The facts of the client.
#[derive(Debug)]
pub(crate) struct Client {
    /// Address template.
    pub server: String,
    /// Its variables.
    pub variables: Vec<Variable>,
    /// Header parameters that are set once.
    pub headers: Vec<ClientHeader>,
    /// True if a value of a wrong type is an error of its field alone.
    pub lenient: bool,
    /// Security schemes.
    pub schemes: Vec<Scheme>,
    /// Security requirements of `Client::request`, which calls operations that the description does not define.
    pub security: Vec<Vec<SecurityRequirement>>,
}

/// A header parameter that is set once on the client.
#[derive(Debug)]
pub(crate) struct ClientHeader {
    /// The setter of the builder.
    pub input: Input,
    /// True if every operation requires it.
    pub required: bool,
    /// Default.
    pub default: Option<String>,
    /// Environment variable with its value.
    pub env: String,
    /// True for a secret.
    pub secret: bool,
}

/// A server variable.
#[derive(Debug)]
pub(crate) struct Variable {
    /// Name in the template.
    pub wire: String,
    /// Name of the setter.
    pub setter: String,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// Default.
    pub default: String,
    /// Environment variable.
    pub env: Option<String>,
    /// The enum of its known values.
    pub choice: Option<String>,
}

/// Largest complexity of a type. Clippy warns from 250 on; results of calls and boxes add to it.
const MOST_COMPLEX: usize = 150;

/// Plans the crate.
pub(crate) fn plan(api: &Api, config: &Config, pins: &Pins, diagnostics: &mut Diagnostics) -> Plan {
    settings::check(api, config, diagnostics);
    plan_parts(api, config, pins, diagnostics, true)
}

/// Plans what code can use of the crate: everything but example programs, `surface.json` and the documentation of the
/// crate's root.
pub(crate) fn plan_interface(api: &Api, config: &Config, pins: &Pins) -> Plan {
    plan_parts(api, config, pins, &mut Diagnostics::default(), false)
}

fn plan_parts(api: &Api, config: &Config, pins: &Pins, diagnostics: &mut Diagnostics, is_whole: bool) -> Plan {
    let mut scope = Scope::with(names::reserved::TYPES);
    let package = config.name.clone().unwrap_or_else(|| names::package(&api.info.title));
    let variables: Vec<&str> = listed_variables(api).map(|variable| variable.name.as_str()).collect();
    let types = Types::new(api, config, pins, &variables, &mut scope, diagnostics);
    let choices: Vec<_> = server_choices(api, &types);
    let mut models = models::models(api, &types, config, &mut scope);
    settings::check_types(api, &types, &models, config, diagnostics);
    models.extend(choices.iter().map(|(_, model)| model.clone()));
    let deep = recursion::box_cycles(&mut models) > 50;
    size::box_large(&mut models);
    derives::derive(&mut models, |name| types.name(*api.components.get(name)?), config, diagnostics);
    let mut groups = methods::groups(api, &types, config);
    let (lock, old_groups) = locked(api, config, &types, &mut models, &mut groups, diagnostics);
    feature::features(&mut groups, models.len(), config.tag_features, config.preview_feature.as_deref());
    let client = client(api, config, &package, &choices, &types);
    let in_headers = client.headers.iter().flat_map(|header| header.input.ty.models());
    let always: BTreeSet<&str> = choices.iter().map(|(_, model)| model.name.as_str()).chain(in_headers).collect();
    let complex = is_whole && reach::spelled(&models, &groups).any(|ty| ty.complexity() > MOST_COMPLEX);
    let modules = files(&mut models, &groups, &always, api, &types);
    methods::idempotent(&mut groups, config.idempotency_header.as_deref());
    methods::timeouts(&mut groups, &config.timeouts);
    let response_examples = response_examples::response_examples(api, &groups);
    let preview = config.preview_feature.as_deref();
    let programs = || usage_example::programs(&groups, &models, &client.server, &package, preview);
    let (examples, snippets) = if is_whole { programs() } else { Default::default() };
    let surface = if is_whole { surface::surface(api, &types, &package, &models, &groups) } else { String::new() };
    let title = docs::one_line(&api.info.title);
    let xml = xml::tables(&types.tables(), &types);
    xml.tell(&mut models);
    let about = About::new(&title, api.info.description.as_deref().filter(|_| is_whole), &package);
    let cargo_features = cargo_features(&groups, &modules, preview);
    let overview = overview::overview(about.root(), &groups, &client, preview, &cargo_features, &snippets);
    Plan {
        description: config.description.clone().unwrap_or_else(|| package_description(&title)),
        docs: overview::readme(about.readme(), &groups, preview),
        overview,
        calls: overview::calls(&groups),
        cargo_features,
        package,
        version: config.version.clone(),
        keywords: config.keywords.clone(),
        edition: config.edition,
        runtime: config.runtime.clone(),
        dependencies: scalar::dependencies(config),
        build_dependency: config.build_dependency.clone(),
        client,
        groups,
        old_groups,
        preview: config.preview_feature.clone(),
        models,
        modules,
        xml,
        examples,
        snippets,
        response_examples,
        deep,
        complex,
        surface,
        lock,
    }
}

/// The files of the types. Adds the notes on types that no operation uses.
fn files(models: &mut [Model], groups: &[Group], always: &BTreeSet<&str>, api: &Api, types: &Types<'_>) -> Vec<Module> {
    let reached = reach::reach(models, groups);
    let others = unused::other_users(models, &reached, always, api, types);
    unused::note(models, &reached, &others, always, api);
    modules::modules(models, groups, reached, &others, always)
}

/// The lock of the crate. Adds the old names that it keeps, and returns the groups that are gone.
fn locked(
    api: &Api,
    config: &Config,
    types: &Types<'_>,
    models: &mut Vec<Model>,
    groups: &mut [Group],
    diagnostics: &mut Diagnostics,
) -> (Lock, Vec<OldGroup>) {
    methods::report_left_out(api, groups, diagnostics);
    let lock =
        lock::record(api, &lock_names::lock_names(api, types, models, groups), types.renames().pins(), &config.version);
    models.extend(models::old_names(&lock, &config.version, models));
    let old_groups = methods::old_names(&lock, &config.version, groups);
    (lock, old_groups)
}

/// A package description that does not repeat "API".
fn package_description(title: &str) -> String {
    let named = title.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == "api");
    if named { format!("Client of the {title}") } else { format!("Client of the {title} API") }
}

/// The server variables with known values.
fn listed_variables(api: &Api) -> impl Iterator<Item = &api::ServerVariable> {
    let variables = api.servers.first().map_or(&[][..], |server| &server.variables);
    variables.iter().filter(|variable| variable.values.len() > 1)
}

/// An enum for each server variable with known values.
fn server_choices(api: &Api, types: &Types<'_>) -> Vec<(String, Model)> {
    let choice = listed_variables(api).filter_map(|variable| {
        let name = types.variable(&variable.name)?.to_owned();
        let values =
            variable.values.iter().map(|wire| (wire.as_str(), names::site_variant(wire, &variable.values), None));
        let docs = docs::of("", variable.description.as_deref());
        let own = || vec![format!("A value of the server variable `{}`.", docs::escape_inline(&variable.name))];
        let docs = if docs.is_empty() { own() } else { docs };
        Some((variable.name.clone(), models::text_enum(name, docs, values)))
    });
    choice.collect()
}

fn client(api: &Api, config: &Config, package: &str, choices: &[(String, Model)], types: &Types<'_>) -> Client {
    let mut setters = Scope::with(names::reserved::BUILDER);
    let server = api.servers.first();
    let default = |name: &str| names::screaming_snake(&format!("{}_{}", names::snake(package), names::snake(name)));
    let variable = |name: &str, own: &Option<String>| {
        config.env.get(name).or(own.as_ref()).cloned().unwrap_or_else(|| default(name))
    };
    let env = |name: &str, own: &Option<String>| Some(variable(name, own));
    let schemes =
        api.schemes.iter().map(|scheme| security::scheme(scheme, env(&scheme.name, &scheme.env), &mut setters));
    let schemes = schemes.collect();
    let variables = server.map_or(&[][..], |server| &server.variables).iter().map(|variable| Variable {
        wire: variable.name.clone(),
        setter: setters.claim(&names::snake(&variable.name)),
        docs: docs::of_field(variable.description.as_deref()),
        default: variable.default.clone(),
        env: env(&variable.name, &variable.env),
        choice: choices.iter().find(|(name, _)| *name == variable.name).map(|(_, model)| model.name.clone()),
    });
    let variables = variables.collect();
    let headers = api.client_headers.iter().map(|header| {
        let parameter = &header.parameter;
        client_header(header, variable(&parameter.name, &parameter.env), types, &mut setters)
    });
    let headers = headers.collect();
    Client {
        server: server.map(|server| server.url.clone()).unwrap_or_default(),
        variables,
        headers,
        lenient: config.lenient,
        schemes,
        security: security::known(api),
    }
}

fn client_header(header: &api::ClientHeader, env: String, types: &Types<'_>, setters: &mut Scope) -> ClientHeader {
    let parameter = &header.parameter;
    let mut input = methods::client_input(parameter, types, setters);
    let shown = docs::escape_inline(&parameter.name);
    let mut first = format!("Sets the header `{shown}` of the operations that have it. Environment variable: `{env}`.");
    if header.required && header.default.is_none() {
        first.push_str(" Required: `build` returns an error without it.");
    }
    let mut docs = docs::of(&first, parameter.description.as_deref());
    if let Some(default) =
        header.default.as_ref().and_then(|default| default::shown(&default.as_str().into(), parameter.schema, types))
    {
        docs.extend([String::new(), default]);
    }
    let secret = input.ty == RustType::Secret;
    input.docs = docs;
    ClientHeader { input, required: header.required, default: header.default.clone(), env, secret }
}

impl Client {
    /// Returns true if its builder takes a credential.
    #[must_use]
    pub(crate) fn has_setters(&self) -> bool {
        self.schemes.iter().any(|scheme| !scheme.setters.is_empty())
    }
}

impl Plan {
    /// The definition that the name of a type stands for.
    #[must_use]
    pub(crate) fn definition<'p>(&'p self, model: &'p Model) -> &'p Model {
        let own = model.alias_of().and_then(|name| self.models.iter().find(|other| other.name == name));
        own.unwrap_or(model)
    }

    /// The call that an old name is for.
    #[must_use]
    pub(crate) fn old_call(&self, path: &str) -> Option<&OldCall> {
        let mut calls = self.groups.iter().flat_map(|group| group.old_calls.iter().map(move |call| (group, call)));
        let path_of = |group: &Group, call: &OldCall| match &call.group {
            Some(name) => format!("api::{name}::{}", call.name),
            None => format!("{}::{}", group.path(), call.name),
        };
        calls.find(|(group, call)| path_of(group, call) == path).map(|(_, call)| call)
    }

    /// Returns true if the runtime is a module of the crate.
    #[must_use]
    pub(crate) fn is_bundled(&self) -> bool {
        self.runtime == Runtime::Bundled
    }

    /// Returns the parts of the runtime that the crate uses.
    #[must_use]
    pub(crate) fn runtime_parts(&self) -> BTreeSet<RuntimePart> {
        runtime_parts::parts(self)
    }
}
