//! Enums by status, and the functions that read them.

use super::body::styles;
use super::table;
use crate::emit::tokens::{ModelNames, docs, ident, ty};
use crate::plan::Plan;
use crate::plan::docs::escape_inline;
use crate::plan::operations::{Outcome, PlannedOperation, ResponseCodec, StatusRange, TypedResponse};
use crate::plan::rust_type::RustType;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

/// The two results of an operation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ResultKind {
    Success,
    Error,
}

/// The function that reads a response.
pub(super) fn reader(plan: &Plan, operation: &PlannedOperation, kind: ResultKind) -> TokenStream {
    let outcome = if kind == ResultKind::Success { &operation.success } else { &operation.error };
    match outcome {
        // A call that returns nothing accepts any body, so it has no other successes to refuse.
        Outcome::One(ty, codec)
            if kind == ResultKind::Success
                && *ty != RustType::Unit
                && !operation.result_lock.other_successes.is_empty() =>
        {
            let others = operation.result_lock.other_successes.iter().map(|range| range_pattern(*range));
            let read = match read(plan, ty, codec) {
                Read::Function(function) => function,
                Read::Expression(read) => quote!(|response| #read),
            };
            let has_another_type = quote!(matches!(response.status().as_u16(), #(#others)|*));
            quote!(|response| runtime::body::except(response, #has_another_type, #read))
        }
        Outcome::One(ty, codec) => match read(plan, ty, codec) {
            Read::Function(function) => function,
            Read::Expression(read) => quote!(|response| #read),
        },
        Outcome::Several { name, .. } => {
            let name = ident(name);
            quote!(#name::read)
        }
    }
}

/// The code of a response codec.
enum Read {
    /// A path of a function of the response.
    Function(TokenStream),
    /// An expression with the variable `response`.
    Expression(TokenStream),
}

/// The code that reads a body of a type.
fn read(plan: &Plan, ty: &RustType, codec: &ResponseCodec) -> Read {
    match (codec, ty) {
        (ResponseCodec::Own, RustType::Model { name, .. }) => {
            let name = ident(name);
            Read::Function(quote!(#name::read))
        }
        // Never planned: only a generated type has its own `read`.
        (ResponseCodec::Own, _) => Read::Function(quote!(runtime::body::parts)),
        (ResponseCodec::Function(name), _) => {
            let name = ident(name);
            Read::Function(quote!(runtime::body::#name))
        }
        (ResponseCodec::Form(styles), _) if styles.is_empty() => Read::Function(quote!(runtime::body::form)),
        (ResponseCodec::Form(own_styles), _) => {
            let styles = styles(own_styles);
            Read::Expression(quote!(runtime::body::form::read(response, &[#(#styles),*])))
        }
        (ResponseCodec::Xml(body), _) => {
            let table = table(plan, body);
            Read::Expression(quote!(#table.read(response)))
        }
    }
}

/// The type of the errors of an operation, by the operation's own name for it.
pub(super) fn error(operation: &PlannedOperation) -> TokenStream {
    let named = operation.error_type().map(ident).map(|name| quote!(#name));
    named.unwrap_or_else(|| ty(&operation.error.ty(), ModelNames::InModule))
}

/// The enums and further names of types of an operation. `shared` is the path to the types of the group.
pub(super) fn items(plan: &Plan, operation: &PlannedOperation, shared: &TokenStream) -> Vec<TokenStream> {
    let error = match (&operation.shared_error, &operation.error) {
        (Some(shared_name), Outcome::Several { name, .. }) => {
            let (about, name, shared_name) =
                (format!(" {}", about(operation, "error")), ident(name), ident(shared_name));
            vec![quote!(#[doc = #about] pub type #name = #shared #shared_name;)]
        }
        (_, error) => enum_by_status(plan, error, operation, "error"),
    };
    let error = error.into_iter().chain(operation.error_name.as_ref().map(|name| {
        let about = format!(" The body of an error of `{}`.", escape_inline(&operation.id));
        let (name, ty) = (ident(name), ty(&operation.error.ty(), ModelNames::InModule));
        quote!(#[doc = #about] pub type #name = #ty;)
    }));
    enum_by_status(plan, &operation.success, operation, "success").into_iter().chain(error).collect()
}

/// The enum of errors that operations share.
pub(super) fn shared(plan: &Plan, name: &str, users: &[&PlannedOperation]) -> Vec<TokenStream> {
    let Some(operation) = users.first() else { return Vec::new() };
    let Outcome::Several { responses, .. } = &operation.error else { return Vec::new() };
    let about = format!(
        "The body of an error of several operations, by status. Each of them has an alias for this type, such as `{}`.",
        operation.error_type().unwrap_or(name)
    );
    definition(plan, name, &about, responses)
}

/// The enum of an outcome, if it is one.
fn enum_by_status(plan: &Plan, outcome: &Outcome, operation: &PlannedOperation, kind: &str) -> Vec<TokenStream> {
    match outcome {
        Outcome::Several { name, responses } => definition(plan, name, &about(operation, kind), responses),
        Outcome::One(..) => Vec::new(),
    }
}

/// `kind` is "success" or "error".
fn about(operation: &PlannedOperation, kind: &str) -> String {
    let article = if kind == "error" { "an" } else { "a" };
    format!("The body of {article} {kind} of `{}`, by status.", escape_inline(&operation.id))
}

/// An enum by status with the function that reads it.
fn definition(plan: &Plan, name: &str, about: &str, responses: &[TypedResponse]) -> Vec<TokenStream> {
    let name: Ident = format_ident!("{name}");
    let about = format!(" {about}");
    let variants = responses.iter().map(|response| {
        let (variant, ty) = (ident(&response.variant), ty(&response.ty, ModelNames::InModule));
        let about = docs(&response.docs.0);
        quote!(#about #variant(#ty))
    });
    let arms = responses.iter().map(|response| arm(plan, response, responses));
    let open = !responses.iter().any(|response| response.media.is_none() && StatusRange::of(response.status).is_none());
    let rest = open.then(|| quote!(status => Err(runtime::DecodeError::undocumented(status)),));
    vec![
        quote! {
            #[doc = #about]
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#variants),* }
        },
        quote! {
            impl #name {
                fn read(response: &runtime::RawResponse) -> Result<Self, runtime::DecodeError> {
                    match response.status().as_u16() {
                        #(#arms)*
                        #rest
                    }
                }
            }
        },
    ]
}

/// The arm that reads the response of a status.
fn arm(plan: &Plan, response: &TypedResponse, all: &[TypedResponse]) -> TokenStream {
    let variant = ident(&response.variant);
    let read = match read(plan, &response.ty, &response.codec) {
        Read::Function(function) => quote!(#function(response)),
        Read::Expression(read) => read,
    };
    let read = quote!(#read.map(Self::#variant));
    let status = match response.own_statuses(all).as_deref() {
        None => quote!(_),
        Some([]) => return TokenStream::new(),
        Some(ranges) => {
            let patterns = ranges.iter().copied().map(range_pattern);
            quote!(#(#patterns)|*)
        }
    };
    match &response.media {
        None => quote!(#status => #read,),
        Some(media) => quote!(#status if response.is_media(#media) => #read,),
    }
}

/// The builder methods of a constant of the runtime for the statuses of the error type; none if it is for every status.
pub(super) fn error_statuses(ranges: &[StatusRange]) -> Option<TokenStream> {
    let (single, ranges): (Vec<_>, Vec<_>) = ranges.iter().copied().partition(|range| range.is_single());
    let step = |name: &str, statuses: Vec<StatusRange>| {
        let (name, statuses) = (ident(name), statuses.into_iter().map(range_pattern));
        (statuses.len() > 0).then(|| quote!(.#name(&[#(#statuses),*])))
    };
    let steps = [step("error_statuses", single), step("error_ranges", ranges)];
    steps.iter().any(Option::is_some).then(|| steps.into_iter().flatten().collect())
}

/// The pattern of a range of statuses.
fn range_pattern(range: StatusRange) -> TokenStream {
    let [first, last] = [range.first, range.last].map(Literal::u16_unsuffixed);
    if range.is_single() { quote!(#first) } else { quote!(#first..=#last) }
}
