//! `client.rs`: the client and its builder.

mod headers;
pub(super) mod security;

use super::feature::gate_all;
use super::tokens::{docs, ident, import};
use super::{Content, OutputFile, Section};
use crate::plan::{Plan, Variable, environment};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn client(plan: &Plan) -> OutputFile<'_> {
    let about = vec!["The client and its builder.".to_owned()];
    let content = Content::Rust(about, vec![Section::new(|| items(plan))]);
    OutputFile { path: "src/client.rs".to_owned(), content }
}

/// The items of `client.rs`.
fn items(plan: &Plan) -> Vec<TokenStream> {
    let has_enums = plan.client.variables.iter().any(|variable| variable.enum_name.is_some());
    let models = (has_enums || headers::names_models(&plan.client.headers)).then(|| {
        quote!(
            use crate::models;
        )
    });
    let mut items = vec![import(plan)];
    items.extend(models);
    items.push(facts(plan));
    items.extend(headers::table(&plan.client.headers));
    items.extend([definition(plan), builder(plan)]);
    items
}

/// The builder method, such as `.env("TOKEN")`, of a constant of the runtime, if there is a string for it.
pub(super) fn builder_method(name: &str, text: Option<&String>) -> Option<TokenStream> {
    let name = ident(name);
    text.map(|text| quote!(.#name(#text)))
}

/// The static with the facts about the API.
fn facts(plan: &Plan) -> TokenStream {
    let agent = format!("{}/{}", plan.package, plan.version);
    let server = &plan.client.server;
    let variables = plan.client.variables.iter().map(|variable| {
        let (name, default, env) = (&variable.wire, &variable.default, builder_method("env", variable.env.as_ref()));
        quote!(runtime::ServerVariable::new(#name, #default) #env)
    });
    let variables: Vec<TokenStream> = variables.collect();
    let variables = (!variables.is_empty()).then(|| quote!(.variables(&[#(#variables),*])));
    let schemes: Vec<TokenStream> = plan.client.schemes.iter().map(security::scheme).collect();
    let schemes = (!schemes.is_empty()).then(|| quote!(.schemes(&[#(#schemes),*])));
    let security = (!plan.client.security.is_empty()).then(|| {
        let security = security::alternatives(&plan.client.security);
        quote!(.security(#security))
    });
    quote!(static API: runtime::Api = runtime::Api::new(#agent, #server) #variables #schemes #security;)
}

/// The type of the client, with an accessor for each group.
fn definition(plan: &Plan) -> TokenStream {
    let groups = plan.groups.iter().filter(|group| !group.on_client).map(|group| {
        let (about, module, name) = (docs(&group.docs), ident(&group.module), ident(&group.name));
        let gate = gate_all(&group.needs);
        quote! {
            #about
            #gate
            #[must_use]
            pub fn #module(&self) -> crate::api::#name<'_> {
                crate::api::#name::new(&self.core)
            }
        }
    });
    let old = super::api::old_names::accessors(plan);
    let from_env = from_env(plan);
    let lenient = plan.client.lenient.then(|| quote!(.lenient(true)));
    let headers = (!plan.client.headers.is_empty()).then(|| quote!(.client_headers(&HEADERS)));
    // The client's own operations are generated beside its types.
    let visibility = plan.groups.iter().any(|group| group.on_client).then(|| quote!(pub(crate)));
    let about = docs(&plan.client_docs);
    let request = docs(&request_docs(plan.client.has_schemes()));
    quote! {
        #about
        #[derive(Debug, Clone)]
        pub struct Client {
            #visibility core: runtime::Client,
        }

        impl Client {
            /// Creates a builder with the default settings.
            #[must_use]
            pub fn builder() -> ClientBuilder {
                ClientBuilder { core: runtime::ClientBuilder::new(&API) #lenient #headers }
            }

            #from_env

            #request
            pub fn request(&self, method: runtime::Method, path: impl Into<String>) -> runtime::AnyCall<runtime::Json, runtime::Json> {
                self.core.request(method, path)
            }

            #(#groups)*
            #(#old)*
        }
    }
}

/// The documentation of `request`, in lines.
fn request_docs(has_schemes: bool) -> Vec<String> {
    let summary = "Creates a call of an operation that the description does not define. Nothing is sent yet.";
    let credentials = has_schemes.then_some("The request has the credentials of the client.");
    let path = [
        "",
        "Write the path with its leading `/` and percent-encoded. It may end with a query. `.query(name, &value)` of the call",
        "adds a query parameter, and `.json(&body)` sets a JSON body.",
    ];
    std::iter::once(summary).chain(path).chain(credentials).map(str::to_owned).collect()
}

/// The constructor that reads environment variables, for a client that has some.
fn from_env(plan: &Plan) -> Option<TokenStream> {
    let about = docs(&environment::documentation(&plan.client));
    (!plan.client.environment().is_empty()).then(|| {
        quote! {
            #about
            ///
            /// # Errors
            /// Returns an error if a variable is not Unicode, or if its value cannot be sent.
            pub fn from_env() -> Result<Self, runtime::ConfigError> {
                Self::builder().environment()?.build()
            }
        }
    })
}

/// The type of the builder, with a setter for each credential, variable and header.
fn builder(plan: &Plan) -> TokenStream {
    let schemes = plan.client.schemes.iter().flat_map(security::setters);
    let variables = plan.client.variables.iter().map(variable);
    let headers = plan.client.headers.iter().map(headers::setter);
    let environment = (!plan.client.environment().is_empty()).then(|| {
        quote! {
            /// Sets the values that are not set yet from the environment variables that [`Client::from_env`] lists.
            ///
            /// # Errors
            /// Returns an error if a variable is not Unicode.
            pub fn environment(mut self) -> Result<Self, runtime::ConfigError> {
                self.core = self.core.from_env()?;
                Ok(self)
            }
        }
    });
    let comment = super::lib_rs::macro_comment(plan, "ClientBuilder");
    let credentials = plan.client.has_schemes().then(|| quote!(runtime::credential_builder!(ClientBuilder);));
    let errors = if plan.client.headers.iter().any(|header| header.required && header.default.is_none()) {
        " Returns an error if a value cannot be sent, no base URL is known, or a required header is not set."
    } else {
        " Returns an error if a value cannot be sent, or if no base URL is known."
    };
    quote! {
        /// Builds a [`Client`].
        #[derive(Debug, Clone)]
        pub struct ClientBuilder {
            core: runtime::ClientBuilder,
        }

        impl ClientBuilder {
            #(#variables)*
            #(#schemes)*
            #(#headers)*

            #environment

            /// Creates the client.
            ///
            /// # Errors
            #[doc = #errors]
            pub fn build(self) -> Result<Client, runtime::ConfigError> {
                Ok(Client { core: self.core.build()? })
            }
        }

        #comment
        runtime::client_builder!(ClientBuilder);
        #credentials
    }
}

/// The setter of a server variable.
fn variable(variable: &Variable) -> TokenStream {
    let (about, setter, wire) = (docs(&variable.docs), ident(&variable.setter), &variable.wire);
    match &variable.enum_name {
        Some(name) => {
            let name = ident(name);
            quote! {
                #about
                #[must_use]
                pub fn #setter(mut self, value: impl Into<models::#name>) -> Self {
                    self.core = self.core.variable(#wire, value.into().as_str());
                    self
                }
            }
        }
        None => quote! {
            #about
            #[must_use]
            pub fn #setter(mut self, value: impl Into<String>) -> Self {
                self.core = self.core.variable(#wire, value);
                self
            }
        },
    }
}
