//! Old names of operations, of groups, and of types beside operations.

use super::arguments::{function_docs, generics_of, typed_argument};
use super::own_feature;
use crate::emit::feature::gate_all;
use crate::emit::tokens::{docs, ident, import};
use crate::emit::{Content, OutputFile, Section};
use crate::plan::Plan;
use crate::plan::models::Deprecated;
use crate::plan::operations::{Group, OldGroup, OldOperation, OldType, PlannedOperation};
use proc_macro2::TokenStream;
use quote::quote;

/// `#[deprecated]` with its version and note.
pub(in crate::emit) fn deprecated(Deprecated { since, note }: &Deprecated) -> TokenStream {
    quote!(#[deprecated(since = #since, note = #note)])
}

/// The old methods of the operations of a group, in its own file.
pub(super) fn methods(group: &Group) -> Vec<TokenStream> {
    let methods = group.old_operations.iter().filter_map(|old| {
        let operation = group.operations.get(old.operation)?;
        let method = method(group, old, operation);
        let gate = gate_all(own_feature(group, operation));
        let owner = match &old.group {
            _ if group.on_client => quote!(crate::Client),
            None => {
                let name = ident(&group.name);
                quote!(#name<'_>)
            }
            Some(name) => {
                let name = ident(name);
                quote!(super::#name<'_>)
            }
        };
        Some(quote!(#gate impl #owner { #method }))
    });
    methods.collect()
}

/// The deprecated method with the old name of an operation.
fn method(group: &Group, old: &OldOperation, operation: &PlannedOperation) -> TokenStream {
    let (name, now, marker) = (ident(&old.name), ident(&operation.name), ident(&operation.marker));
    let deprecated = deprecated(&old.deprecated);
    let inputs = operation.inputs.iter().filter(|input| input.is_argument());
    let types = inputs.clone().map(|input| (&*input.name, input.ty.clone()));
    let inputs = inputs.map(|input| (typed_argument(&input.name, &input.ty), ident(&input.name)));
    let body = operation.body.iter().filter(|body| body.is_argument);
    let types = types.chain(body.clone().map(|body| (&*body.name, body.argument())));
    let about = function_docs(&[about(&group.call_expression(&operation.name))], types.clone());
    let generics = generics_of(types);
    let body = body.map(|body| (typed_argument(&body.name, &body.argument()), ident(&body.name)));
    let (arguments, values): (Vec<TokenStream>, Vec<_>) = inputs.chain(body).unzip();
    let allow = operation
        .deprecated
        .is_some()
        .then(|| quote!(#[allow(deprecated, reason = "the operation itself is deprecated")]));
    let target = match &old.group {
        Some(_) if !group.on_client => {
            let group_type = ident(&group.name);
            quote!(#group_type::new(self.core))
        }
        Some(_) | None => quote!(self),
    };
    quote! {
        #about
        #deprecated
        #allow
        pub fn #name #generics(&self, #(#arguments),*) -> crate::Call<#marker> {
            #target.#now(#(#values),*)
        }
    }
}

fn about(now: &str) -> String {
    format!("The old name of `{now}`.")
}

/// Returns true if another group implements old methods on the type of this group, and so needs its field `core`.
pub(super) fn has_foreign_old_methods(plan: &Plan, group: &str) -> bool {
    plan.groups.iter().flat_map(|group| &group.old_operations).any(|old| old.group.as_deref() == Some(group))
}

/// The old names of types in the module of a group.
pub(super) fn types(plan: &Plan, module: &str, types: &[OldType]) -> Vec<TokenStream> {
    let types = types.iter().filter_map(|old| {
        let group = plan.groups.get(old.group)?;
        let operation = group.operations.get(old.operation)?;
        let (name, target, home) = (ident(&old.name), ident(&old.target), ident(&group.module));
        let path = if group.module == module { quote!() } else { quote!(super::#home::) };
        // A view of headers borrows from a response.
        let is_view = operation.headers.as_ref().is_some_and(|view| view.name == old.target);
        let lifetime = is_view.then(|| quote!(<'r>));
        let (about, deprecated) = (docs(&[about(&old.target)]), deprecated(&old.deprecated));
        let needs =
            if group.module == module { own_feature(group, operation).to_vec() } else { group.needs_of(operation) };
        let gate = gate_all(&needs);
        // The type that stands for an operation is also a value.
        let value = (old.target == operation.marker).then(|| {
            quote! {
                #gate
                #about
                #deprecated
                #[allow(non_upper_case_globals, reason = "it is the value of the type with the same name")]
                pub const #name: #path #target = #path #target;
            }
        });
        Some(quote!(#gate #about #deprecated pub type #name #lifetime = #path #target #lifetime; #value))
    });
    types.collect()
}

/// The file of a group that is gone.
pub(super) fn group<'p>(plan: &'p Plan, group: &'p OldGroup) -> OutputFile<'p> {
    let section = Section::new(move || {
        let name = ident(&group.name);
        let about = docs(&[format!("Old names of operations of other groups: {}.", group.deprecated.note)]);
        let mut items = vec![
            import(plan),
            quote! {
                #about
                #[derive(Debug, Clone, Copy)]
                pub struct #name<'c> {
                    pub(super) core: &'c runtime::Client,
                }
            },
            quote! {
                impl<'c> #name<'c> {
                    pub(crate) fn new(core: &'c runtime::Client) -> Self {
                        Self { core }
                    }
                }
            },
        ];
        items.extend(types(plan, &group.module, &group.types));
        items
    });
    let docs = vec!["Old names of operations that other groups have now.".to_owned()];
    OutputFile { path: format!("src/api/{}.rs", group.module), content: Content::Rust(docs, vec![section]) }
}

/// The accessors of groups that are gone.
pub(in crate::emit) fn accessors(plan: &Plan) -> impl Iterator<Item = TokenStream> {
    plan.old_groups.iter().map(|group| {
        let (module, name, deprecated) = (ident(&group.module), ident(&group.name), deprecated(&group.deprecated));
        quote! {
            /// Old names of operations that other groups have now.
            #deprecated
            #[must_use]
            pub fn #module(&self) -> crate::api::#name<'_> {
                crate::api::#name::new(&self.core)
            }
        }
    })
}
