//! The public methods of a generated crate, read from the signatures in its sources.

use clientsmith::output::Output;
use quote::ToTokens;
use std::collections::BTreeMap;
use syn::{FnArg, GenericArgument, ImplItem, Item, Pat, PathArguments, ReturnType, Type, TypeParamBound};

/// The methods of a crate.
#[derive(Default)]
pub(crate) struct Methods {
    /// Type of a group, with the name of its accessor on the client.
    groups: BTreeMap<String, String>,
    /// Setters of the client's builder for secrets, with strings for them.
    pub(crate) credentials: Vec<String>,
    /// Functions of each type, by the module and the type.
    types: BTreeMap<(String, String), BTreeMap<String, Function>>,
    /// Variants with their content, by the module and the type.
    choices: BTreeMap<(String, String), Vec<(String, Type)>>,
    /// Module of each group.
    modules: BTreeMap<String, String>,
}

/// A function and its arguments.
pub(crate) struct Function {
    pub(crate) arguments: Vec<(String, Type)>,
    /// Return type, if it is a type of the same module.
    pub(crate) returns: Option<String>,
    /// Names on the wire, in the order in which the function sends them.
    pub(crate) wires: Vec<String>,
}

impl Methods {
    pub(crate) fn of(output: &Output) -> Self {
        let mut methods = Self::default();
        for (path, text) in &output.files {
            if let Some(module) = path.strip_prefix("src/api/").and_then(|file| file.strip_suffix(".rs")) {
                methods.module(module, syn::parse_file(text).unwrap());
            }
        }
        methods.client(&syn::parse_file(&output.files["src/client.rs"]).unwrap());
        methods
    }

    /// Accessor, module and function of an operation with the name `api::Group::method` in the surface.
    pub(crate) fn operation(&self, path: &str) -> (&str, &str, &str, &Function) {
        let mut steps = path.rsplit("::");
        let (method, group) = (steps.next().unwrap(), steps.next().unwrap());
        let (name, _) = path.rsplit_once("::").map(|(_, method)| (method, ())).unwrap();
        let module = self.modules[group].as_str();
        let functions = &self.types[&(module.to_owned(), group.to_owned())];
        let (name, function) = functions.get_key_value(name).unwrap_or_else(|| panic!("{path} is not there"));
        debug_assert_eq!(name, method);
        (&self.groups[group], module, name, function)
    }

    /// A function of a type.
    pub(crate) fn function(&self, module: &str, ty: &str, name: &str) -> Option<&Function> {
        self.types.get(&(module.to_owned(), ty.to_owned()))?.get(name)
    }

    /// Functions of a type.
    pub(crate) fn functions(&self, module: &str, ty: &str) -> Option<&BTreeMap<String, Function>> {
        self.types.get(&(module.to_owned(), ty.to_owned()))
    }

    /// Variants of an enum of bodies.
    pub(crate) fn choice(&self, module: &str, ty: &str) -> Option<&[(String, Type)]> {
        self.choices.get(&(module.to_owned(), ty.to_owned())).map(Vec::as_slice)
    }

    fn module(&mut self, module: &str, file: syn::File) {
        let groups: Vec<String> = file.items.iter().filter_map(group).collect();
        for item in file.items {
            match item {
                Item::Impl(item) if item.trait_.is_none() => {
                    let Some(ty) = last(&item.self_ty) else { continue };
                    let functions = self.types.entry((module.to_owned(), ty.clone())).or_default();
                    for item in item.items {
                        if let ImplItem::Fn(item) = item {
                            functions.insert(item.sig.ident.to_string(), function(item));
                        }
                    }
                    if groups.contains(&ty) {
                        self.modules.insert(ty, module.to_owned());
                    }
                }
                Item::Enum(item) => {
                    let variant = |one: syn::Variant| Some((one.ident.to_string(), one.fields.into_iter().next()?.ty));
                    let variants = item.variants.into_iter().filter_map(variant).collect();
                    self.choices.insert((module.to_owned(), item.ident.to_string()), variants);
                }
                _ => {}
            }
        }
    }

    fn client(&mut self, file: &syn::File) {
        let impls = file.items.iter().filter_map(|item| if let Item::Impl(item) = item { Some(item) } else { None });
        for item in impls.filter(|item| item.trait_.is_none()) {
            let builder = last(&item.self_ty).is_some_and(|name| name == "ClientBuilder");
            for item in &item.items {
                let ImplItem::Fn(item) = item else { continue };
                let (name, sent) = (item.sig.ident.to_string(), item.block.to_token_stream().to_string());
                let step = |step: &str| sent.contains(&format!(". {step} ("));
                match (&item.sig.output, builder) {
                    (ReturnType::Type(_, ty), false) => drop(last(ty).map(|ty| self.groups.insert(ty, name))),
                    (_, true) if step("credential") => self.credentials.push(format!(".{name}(\"the-secret\")")),
                    (_, true) if step("credential_basic") => {
                        self.credentials.push(format!(".{name}(\"user\", \"password\")"));
                    }
                    _ => {}
                }
            }
        }
    }
}

/// The name of a type that holds the client's core, such as a group of operations.
fn group(item: &Item) -> Option<String> {
    let Item::Struct(item) = item else { return None };
    let holds = item.fields.iter().any(|field| field.ident.as_ref().is_some_and(|name| name == "core"));
    holds.then(|| item.ident.to_string())
}

fn function(item: syn::ImplItemFn) -> Function {
    let argument = |input: FnArg| {
        let FnArg::Typed(input) = input else { return None };
        let Pat::Ident(name) = *input.pat else { return None };
        Some((name.ident.to_string(), *input.ty))
    };
    let returns = match &item.sig.output {
        ReturnType::Type(_, ty) => single(ty),
        ReturnType::Default => None,
    };
    let mut wires = Vec::new();
    texts_first(item.block.to_token_stream(), &mut wires);
    Function { arguments: item.sig.inputs.into_iter().filter_map(argument).collect(), returns, wires }
}

/// Every string that is the first argument of a call.
fn texts_first(tokens: proc_macro2::TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        let proc_macro2::TokenTree::Group(group) = token else { continue };
        let first = group.stream().into_iter().next().map(|first| first.to_string()).unwrap_or_default();
        if group.delimiter() == proc_macro2::Delimiter::Parenthesis && first.starts_with('"') {
            found.extend(syn::parse_str::<syn::LitStr>(&first).ok().map(|text| text.value()));
        }
        texts_first(group.stream(), found);
    }
}

/// The name of a type without its path.
pub(crate) fn single(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.get_ident().map(ToString::to_string)
}

fn last(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last().map(|step| step.ident.to_string())
}

/// `T` of `impl Into<T>`.
pub(crate) fn converted(ty: &Type) -> Option<&Type> {
    let Type::ImplTrait(item) = ty else { return None };
    let TypeParamBound::Trait(bound) = item.bounds.first()? else { return None };
    let PathArguments::AngleBracketed(arguments) = &bound.path.segments.last()?.arguments else { return None };
    let GenericArgument::Type(ty) = arguments.args.first()? else { return None };
    Some(ty)
}
