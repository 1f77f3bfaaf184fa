//! `examples/`: a program for each group, and the program in the README.

mod mock_test;

use super::tokens::{ModelNames, ident, string, ty};
use super::{Content, OutputFile, Section};
use crate::plan::Plan;
use crate::plan::rust_type::RustType;
use crate::plan::sample_value::{Module, Sample};
use crate::plan::usage_example::{Example, ExampleError, ExampleResult};
use crate::plan::webhooks::{MODULE, NAME};
pub(super) use mock_test::test;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

pub(super) fn examples(plan: &Plan) -> Vec<OutputFile<'_>> {
    let files = plan.examples.iter().map(|example| OutputFile {
        path: format!("examples/{}.rs", example.name),
        content: Content::Rust(example.docs.clone(), vec![Section::new(|| program(plan, example))]),
    });
    files.collect()
}

/// The program, without its documentation.
pub(super) fn program(plan: &Plan, example: &Example) -> Vec<TokenStream> {
    let reads_environment = !plan.client.environment().is_empty();
    let client = if example.asks_base {
        let environment = reads_environment.then(|| quote!(.environment()?));
        quote! {
            let base = std::env::args().nth(1).ok_or("the first argument must be the base URL of the API")?;
            let client = Client::builder().base_url(base) #environment.build()?;
        }
    } else if reads_environment {
        quote!(let client = Client::from_env()?;)
    } else {
        quote!(let client = Client::builder().build()?;)
    };
    let (deprecated, statements) = (deprecated(example), statements(example));
    let main = quote! {
        #deprecated
        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            #client
            #statements
            Ok(())
        }
    };
    imports(plan, example, &[]).into_iter().chain([main]).collect()
}

/// A function that calls the operation and prints the result.
pub(super) fn function(plan: &Plan, example: &Example) -> Vec<TokenStream> {
    let (deprecated, statements) = (deprecated(example), statements(example));
    let function = quote! {
        #deprecated
        async fn call(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
            #statements
            Ok(())
        }
    };
    imports(plan, example, &[]).into_iter().chain([function]).collect()
}

/// The statements that call the operation and print the result.
fn statements(example: &Example) -> TokenStream {
    let (body, call) = (body(example), call(example));
    let each = |start: TokenStream, values: &str, one: &str| {
        let (values, shown, one) = (ident(values), format!("{{{one}:#?}}"), ident(one));
        quote! {
            let mut #values = #start;
            while let Some(#one) = #values.try_next().await? {
                println!(#shown);
            }
        }
    };
    let call = match example.result {
        ExampleResult::Value => quote! {
            let response = #call.send().await?;
            println!("{response:#?}");
        },
        // A list may have no end in practice.
        ExampleResult::Items => quote! {
            let mut items = #call.items();
            for _ in 0..10 {
                let Some(item) = items.try_next().await? else { break };
                println!("{item:#?}");
            }
        },
        ExampleResult::Stream => each(quote!(#call.send().await?), "stream", "value"),
        ExampleResult::OfferedStream => each(quote!(#call.stream().send().await?), "stream", "value"),
    };
    quote!(#body #call)
}

/// A function that handles the error of the call: the status 404, then the documented body.
pub(super) fn failure(plan: &Plan, example: &Example) -> Vec<TokenStream> {
    let (body, call, deprecated) = (body(example), call(example), deprecated(example));
    // The body of the status 404 says more than the status.
    let is_of_not_found = example.error.as_ref().is_some_and(|error| error.is_not_found);
    let not_found = (!is_of_not_found).then(|| quote!(Err(error) if error.is_not_found() => eprintln!("not found"),));
    let documented = example.error.as_ref().map_or_else(|| quote!(return Err(error.into())), documented_error);
    let function = quote! {
        #deprecated
        async fn call(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
            #body
            match #call.send().await {
                Ok(response) => println!("{response:#?}"),
                #not_found
                Err(error) => #documented,
            }
            Ok(())
        }
    };
    let name = example.error.as_ref().and_then(|error| error.variant.as_ref()).map(|(name, _)| name);
    let import = name.map(|name| import_of(plan, example, name));
    imports(plan, example, &import.into_iter().collect::<Vec<_>>()).into_iter().chain([function]).collect()
}

/// The block that shows the documented body of an error, and returns every other error.
fn documented_error(error: &ExampleError) -> TokenStream {
    let shown = match &error.field {
        Some(field) => {
            let field = ident(field);
            quote!(eprintln!("{:?}", body.#field);)
        }
        None => quote!(eprintln!("{body:?}");),
    };
    let body = match &error.variant {
        Some((name, variant)) => {
            let (name, variant) = (ident(name), ident(variant));
            quote!(#name::#variant(body))
        }
        None => quote!(body),
    };
    quote!({
        let Some(#body) = error.api() else { return Err(error.into()); };
        #shown
    })
}

/// The import of a type of the group of the example.
fn import_of(plan: &Plan, example: &Example, name: &str) -> TokenStream {
    let (library, module, name) = (library(plan), ident(&example.name), ident(name));
    quote!(use #library::api::#module::#name;)
}

/// A function that decodes the body of a request that the API sends.
pub(super) fn callback(plan: &Plan, body: &RustType) -> Vec<TokenStream> {
    let (library, is_model) = (library(plan), !body.models().is_empty());
    let models = is_model.then(|| quote!(models,));
    let body = ty(body, ModelNames::InModule);
    vec![
        quote!(use #library::{DecodeError, #models runtime};),
        quote! {
            fn receive(body: &[u8]) -> Result<(), DecodeError> {
                let webhook: #body = runtime::from_json_slice(body)?;
                println!("{webhook:#?}");
                Ok(())
            }
        },
    ]
}

/// A function that decodes the body of any webhook, with one of the variants.
pub(super) fn webhook(plan: &Plan, variant: &str) -> Vec<TokenStream> {
    let (library, module, name, variant) = (library(plan), ident(MODULE), ident(NAME), ident(variant));
    vec![
        quote!(use #library::{DecodeError, #module::#name};),
        quote! {
            fn receive(name: &str, body: &[u8]) -> Result<(), DecodeError> {
                match #name::decode(name, body)? {
                    #name::#variant(webhook) => println!("{webhook:#?}"),
                    other => println!("{} is not handled", other.name()),
                }
                Ok(())
            }
        },
    ]
}

/// The name of the crate in programs.
fn library(plan: &Plan) -> Ident {
    ident(&plan.package.replace('-', "_"))
}

/// The imports of a program. `more` are those of items that its call does not need.
fn imports(plan: &Plan, example: &Example, more: &[TokenStream]) -> Vec<TokenStream> {
    imports_of(plan, &example.modules, more)
}

/// The imports of the client, of these modules and of other items.
fn imports_of(plan: &Plan, modules: &BTreeSet<Module>, more: &[TokenStream]) -> Vec<TokenStream> {
    let library = library(plan);
    let modules = modules.iter().map(|module| match module {
        Module::Api => ident("api"),
        Module::Models => ident("models"),
        Module::Runtime => ident("runtime"),
    });
    let import =
        if modules.len() == 0 { quote!(use #library::Client;) } else { quote!(use #library::{Client #(, #modules)*};) };
    std::iter::once(import).chain(more.iter().cloned()).collect()
}

/// The statement that makes a body with setters, which would make the call a long line.
fn body(example: &Example) -> Option<TokenStream> {
    let (sample, _) = example.arguments.last().filter(|(sample, _)| matches!(sample, Sample::With(..)))?;
    let body = value(sample, true);
    Some(quote!(let body = #body;))
}

/// The call of the operation.
fn call(example: &Example) -> TokenStream {
    let arguments = example.arguments.iter().map(|(sample, is_reference)| match sample {
        Sample::With(..) if *is_reference => quote!(&body),
        Sample::With(..) => quote!(body),
        _ => argument(&(sample.clone(), *is_reference)),
    });
    let method = ident(&example.method);
    let group = example.group.as_ref().map(|group| ident(group)).map(|group| quote!(.#group()));
    quote!(client #group.#method(#(#arguments),*))
}

fn deprecated(example: &Example) -> Option<TokenStream> {
    example.deprecated.then(|| quote!(#[expect(deprecated, reason = "every operation of the group is deprecated")]))
}

/// An argument, which can be a reference.
fn argument((sample, is_reference): &(Sample, bool)) -> TokenStream {
    match sample {
        Sample::List(items) if *is_reference => {
            let items = items.iter().map(|item| value(item, false));
            quote!(&[#(#items),*])
        }
        _ if *is_reference => {
            let value = value(sample, true);
            quote!(&#value)
        }
        _ => value(sample, true),
    }
}

/// A value. `into` is true if its place takes `impl Into`.
fn value(sample: &Sample, into: bool) -> TokenStream {
    match sample {
        Sample::String(text) if into => quote!(#text),
        Sample::String(text) => quote!(#text.into()),
        Sample::Literal(literal) => literal.parse().unwrap_or_default(),
        Sample::Number
        | Sample::Parsed(..)
        | Sample::Base64
        | Sample::Around(..)
        | Sample::Lenient(_)
        | Sample::Numeric(_)
        | Sample::ViaFromStr(..) => plain(sample),
        Sample::None => quote!(None),
        Sample::Some(inner) => {
            let inner = value(inner, false);
            quote!(Some(#inner))
        }
        Sample::Json => quote!(runtime::Json::Null),
        Sample::Multipart => quote!(runtime::Multipart::new()),
        Sample::File(text) => quote!(runtime::File::new(#text)),
        Sample::Parts(module, name, arguments) => {
            let (module, name) = (ident(module), ident(name));
            let arguments = arguments.iter().map(argument);
            quote!(api::#module::#name::new(#(#arguments),*))
        }
        Sample::Map(entries) if entries.is_empty() => quote!(runtime::Map::new()),
        Sample::Map(entries) => {
            let entries = entries.iter().map(|(key, sample)| {
                let value = value(sample, false);
                quote!((#key, #value))
            });
            quote!(runtime::Map::from_iter([#(#entries),*]))
        }
        Sample::Tuple(items) => {
            let items = items.iter().map(|item| value(item, false));
            quote!((#(#items,)*))
        }
        Sample::List(items) if items.is_empty() => quote!(Vec::new()),
        Sample::List(items) => {
            let items = items.iter().map(|item| value(item, false));
            quote!(vec![#(#items),*])
        }
        Sample::New(..)
        | Sample::Fields(..)
        | Sample::With(..)
        | Sample::Default(_)
        | Sample::Variant(..)
        | Sample::Member(..) => model(sample),
    }
}

/// A value of a generated type.
fn model(sample: &Sample) -> TokenStream {
    let boxed = |yes: bool, value: TokenStream| if yes { quote!(Box::new(#value)) } else { value };
    match sample {
        Sample::New(name, arguments) => {
            let (name, arguments) = (ident(name), arguments.iter().map(|argument| value(argument, true)));
            quote!(models::#name::new(#(#arguments),*))
        }
        Sample::Fields(name, fields, values) => {
            let (name, fields) = (ident(name), ident(fields));
            let values = values.iter().map(|(field, is_boxed, sample)| {
                let (field, value) = (ident(field), boxed(*is_boxed, value(sample, false)));
                quote!(#field: #value)
            });
            quote!(models::#name::new(models::#fields { #(#values),* }))
        }
        Sample::With(built, setters) => {
            let built = value(built, false);
            let setters = setters.iter().map(|(name, sample)| {
                let (name, value) = (ident(name), value(sample, true));
                quote!(.#name(#value))
            });
            quote!(#built #(#setters)*)
        }
        Sample::Default(name) => {
            let name = ident(name);
            quote!(models::#name::default())
        }
        Sample::Variant(name, variant) => {
            let (name, variant) = (ident(name), ident(variant));
            quote!(models::#name::#variant)
        }
        Sample::Member(name, variant, is_boxed, sample) => {
            let (name, variant) = (ident(name), ident(variant));
            let value = boxed(*is_boxed, value(sample, false));
            quote!(models::#name::#variant(#value))
        }
        _ => TokenStream::new(),
    }
}

/// A value of a type of the runtime.
fn plain(sample: &Sample) -> TokenStream {
    match sample {
        Sample::Around(name, inner) => {
            let (name, inner) = (ident(name), value(inner, false));
            quote!(runtime::#name::new(#inner))
        }
        Sample::Lenient(inner) => {
            let inner = value(inner, false);
            quote!(runtime::Lenient::Value(#inner))
        }
        Sample::Numeric(inner) => {
            let inner = value(inner, false);
            quote!(runtime::Numeric::from(#inner))
        }
        Sample::Parsed(name, text) => {
            let (name, text) = (ident(name), string(text));
            quote!(#text.parse::<runtime::#name>()?)
        }
        Sample::Base64 => quote!(runtime::Base64::from(b"bytes".as_slice())),
        Sample::ViaFromStr(path, text) => {
            let path = super::tokens::path(path);
            quote!(#text.parse::<runtime::ViaFromStr<#path>>()?)
        }
        _ => quote!(runtime::Number::from(1)),
    }
}
