//! The test of a program with a mock server, in the documentation of `testing`.

use super::{Example, Plan, body, call, deprecated, imports_of, library, value};
use crate::emit::tokens::ident;
use crate::plan::sample_value::Module;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A test of the call: a value where the program can show one, then an error.
pub(in crate::emit) fn test(plan: &Plan, example: &Example) -> Vec<TokenStream> {
    let (body, call, deprecated) = (body(example), call(example), deprecated(example));
    let (module, marker) = (ident(&example.module), ident(&example.marker));
    let operation = quote!(api::#module::#marker);
    let anonymous = plan.client.has_schemes().then(|| quote!(.allow_anonymous(true)));
    let reply = example.reply.as_ref().map(|(status, reply)| {
        let (status, reply) = (Literal::u16_unsuffixed(*status), value(reply, true));
        (quote!(let expected = #reply;), quote!(.reply(Reply::json(#status, &expected))))
    });
    let is_replied = reply.is_some();
    let (expected, reply) = reply.unzip();
    let first = is_replied.then(|| {
        quote! {
            let response = #call.send().await?;
            assert_eq!(response.into_inner(), expected);
        }
    });
    let requests = Literal::usize_unsuffixed(if is_replied { 2 } else { 1 });
    let test = quote! {
        #deprecated
        async fn test() -> Result<(), Box<dyn std::error::Error>> {
            let server = MockServer::new();
            let client = Client::builder()
                .base_url("https://mock.example")
                .transport(server.clone())
                #anonymous
                .build()?;
            #expected
            server.on(#operation) #reply.reply(Reply::text(404, "text/plain", "not found"));
            #body
            #first
            let is_missing = #call.send().await.is_err_and(|error| error.is_not_found());
            assert!(is_missing);
            assert_eq!(server.requests_of(#operation).len(), #requests);
            Ok(())
        }
    };
    let library = library(plan);
    let testing = quote!(use #library::testing::{MockServer, Reply};);
    let mut modules = example.modules.clone();
    modules.insert(Module::Api);
    imports_of(plan, &modules, &[testing]).into_iter().chain([test]).collect()
}
