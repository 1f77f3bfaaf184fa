//! Security schemes: facts for the runtime, and the builder's setters.

use super::builder_method;
use crate::emit::tokens::{docs, ident};
use crate::plan::security::{Scheme, SchemeForm, SecurityRequirement, Setter, Takes};
use proc_macro2::TokenStream;
use quote::quote;

/// Alternatives of schemes that are needed together.
pub(in crate::emit) fn alternatives(alternatives: &[Vec<SecurityRequirement>]) -> TokenStream {
    let alternatives = alternatives.iter().map(|together| {
        let needs = together.iter().map(|need| {
            let (scheme, scopes) = (&need.scheme, &need.scopes);
            quote!(runtime::SecurityRequirement::new(#scheme, &[#(#scopes),*]))
        });
        quote!(&[#(#needs),*])
    });
    quote!(&[#(#alternatives),*])
}

/// The facts about a security scheme.
pub(super) fn scheme(scheme: &Scheme) -> TokenStream {
    let name = &scheme.wire;
    let env = builder_method("env", scheme.env.as_ref());
    let kind = match &scheme.kind {
        SchemeForm::Header(name) => quote!(Header(#name)),
        SchemeForm::Query(name) => quote!(Query(#name)),
        SchemeForm::Cookie(name) => quote!(Cookie(#name)),
        SchemeForm::Basic => quote!(Basic),
        SchemeForm::Bearer => quote!(Bearer),
        SchemeForm::OAuth { client_credentials, refresh, metadata } => {
            let token = builder_method("client_credentials", client_credentials.as_ref());
            let (refresh, metadata) =
                (builder_method("refresh", refresh.as_ref()), builder_method("metadata", metadata.as_ref()));
            quote!(oauth() #token #refresh #metadata)
        }
        SchemeForm::OpenId { provider } => quote!(open_id(#provider)),
        SchemeForm::Other => quote!(Other),
    };
    quote!(runtime::SecurityScheme::new(#name, runtime::SchemeKind::#kind) #env)
}

pub(super) fn setters(scheme: &Scheme) -> Vec<TokenStream> {
    scheme.setters.iter().map(|one| setter(&scheme.wire, one)).collect()
}

/// A setter of a credential.
fn setter(wire: &str, setter: &Setter) -> TokenStream {
    let (about, name) = (docs(&setter.docs), ident(&setter.name));
    let (arguments, step) = match setter.takes {
        Takes::Secret => (quote!(secret: impl Into<String>), quote!(credential(#wire, secret))),
        Takes::UserAndPassword => (quote!(user: &str, password: &str), quote!(credential_basic(#wire, user, password))),
        Takes::ClientCredentials => (
            quote!(id: impl Into<String>, secret: impl Into<String>),
            quote!(credential_from(#wire, runtime::OAuth::client_credentials(id, secret))),
        ),
        Takes::RefreshToken => (
            quote!(id: impl Into<String>, token: impl Into<String>),
            quote!(credential_from(#wire, runtime::OAuth::refresh_token(id, token))),
        ),
        Takes::Source => (quote!(source: impl Into<runtime::CredentialSource>), quote!(credential_from(#wire, source))),
    };
    quote! {
        #about
        #[must_use]
        pub fn #name(mut self, #arguments) -> Self {
            self.core = self.core.#step;
            self
        }
    }
}
