//! The client of the crate: server variables, credentials, and headers that are set once.

use super::docs;
use super::models::{self, Model, default};
use super::names::{self, Scope};
use super::operations::{self, Input};
use super::rust_type::RustType;
use super::security::{self, Scheme, SecurityRequirement};
use super::type_of::Types;
use crate::api::{self, Api};
use crate::config::Config;

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
    pub enum_name: Option<String>,
}

/// The server variables with more than one known value.
pub(super) fn listed_variables(api: &Api) -> impl Iterator<Item = &api::ServerVariable> {
    api.variables.iter().filter(|variable| variable.values.len() > 1)
}

/// An enum for each server variable with more than one known value.
pub(super) fn variable_enums(api: &Api, types: &Types<'_>) -> Vec<(String, Model)> {
    let enums = listed_variables(api).filter_map(|variable| {
        let name = types.variable(&variable.name)?.to_owned();
        let values = variable
            .values
            .iter()
            .map(|wire| (wire.as_str(), names::server_value_variant(wire, &variable.values), None));
        let docs = docs::of("", variable.description.as_deref());
        let default_docs =
            || vec![format!("A value of the server variable `{}`.", docs::escape_inline(&variable.name))];
        let docs = if docs.is_empty() { default_docs() } else { docs };
        Some((variable.name.clone(), models::string_enum(name, docs, values)))
    });
    enums.collect()
}

/// Plans the client.
pub(super) fn client(
    api: &Api,
    config: &Config,
    package: &str,
    enums: &[(String, Model)],
    types: &Types<'_>,
) -> Client {
    let mut setters = Scope::with(names::reserved::BUILDER);
    let server = api.servers.first();
    let default = |name: &str| names::screaming_snake(&format!("{}_{}", names::snake(package), names::snake(name)));
    let env_name = |name: &str, from_extension: &Option<String>| {
        config.env.get(name).or(from_extension.as_ref()).cloned().unwrap_or_else(|| default(name))
    };
    let env = |name: &str, from_extension: &Option<String>| Some(env_name(name, from_extension));
    let schemes =
        api.schemes.iter().map(|scheme| security::scheme(scheme, env(&scheme.name, &scheme.env), &mut setters));
    let schemes = schemes.collect();
    let variables = api.variables.iter().map(|variable| Variable {
        wire: variable.name.clone(),
        setter: setters.claim(&names::snake(&variable.name)),
        docs: variable_docs(variable),
        default: variable.default.clone(),
        env: env(&variable.name, &variable.env),
        enum_name: enums.iter().find(|(name, _)| *name == variable.name).map(|(_, model)| model.name.clone()),
    });
    let variables = variables.collect();
    let headers = api.client_headers.iter().map(|header| {
        let parameter = &header.parameter;
        client_header(header, env_name(&parameter.name, &parameter.env), types, &mut setters)
    });
    let headers = headers.collect();
    Client {
        server: server.map(|server| server.url.clone()).unwrap_or_default(),
        variables,
        headers,
        lenient: config.lenient,
        schemes,
        security: security::for_undocumented_requests(api),
    }
}

/// The documentation of the setter of a server variable.
fn variable_docs(variable: &api::ServerVariable) -> Vec<String> {
    let docs = docs::of_field(variable.description.as_deref());
    let code = |text: &str| docs::escape_inline(&docs::one_line(text));
    let default_docs = || {
        vec![format!("Sets the server variable `{}`. Default: `{}`.", code(&variable.name), code(&variable.default))]
    };
    if docs.is_empty() { default_docs() } else { docs }
}

/// The setter of a header of the client.
fn client_header(header: &api::ClientHeader, env: String, types: &Types<'_>, setters: &mut Scope) -> ClientHeader {
    let parameter = &header.parameter;
    let mut input = operations::client_input(parameter, types, setters);
    let shown = docs::escape_inline(&parameter.name);
    let mut first = format!("Sets the header `{shown}` of the operations that have it. Environment variable: `{env}`.");
    if header.required && header.default.is_none() {
        first.push_str(" Required: `build` returns an error without it.");
    }
    let mut docs = docs::of(&first, parameter.description.as_deref());
    if let Some(default) = header.default.as_ref().and_then(|default| {
        default::note(&default.as_str().into(), parameter.schema, &types.of(parameter.schema), types)
    }) {
        docs.extend([String::new(), default]);
    }
    let secret = input.ty == RustType::Secret;
    input.docs = docs;
    ClientHeader { input, required: header.required, default: header.default.clone(), env, secret }
}

impl Client {
    /// Returns true if the description has a security scheme.
    #[must_use]
    pub(crate) fn has_schemes(&self) -> bool {
        !self.schemes.is_empty()
    }

    /// Returns true if its builder takes a credential.
    #[must_use]
    pub(crate) fn has_setters(&self) -> bool {
        self.schemes.iter().any(|scheme| !scheme.setters.is_empty())
    }
}
