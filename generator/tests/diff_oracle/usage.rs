//! A program that uses everything that a generated crate offers, in the ways people write. It is made from the sources
//! of the crate, not from the plan that `diff` compares.

mod macros;

use clientsmith::output::Output;
use quote::ToTokens;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use syn::{Attribute, Fields, FnArg, GenericParam, ImplItem, Item, ReturnType, Type, Visibility};

/// The path of the crate in the program, which is replaced when the program is compiled.
pub(crate) const ROOT: &str = "the_crate";

/// The program.
pub(crate) fn program(output: &Output) -> String {
    let root = ROOT;
    let mut text = String::new();
    for (index, (path, source)) in output.files.iter().enumerate() {
        let Some(module) = public_module(Path::new(path)) else { continue };
        let parsed = syn::parse_file(source).unwrap();
        let mut usage = Usage { root, module: &module, text: String::new(), count: 0, assertions: BTreeSet::new() };
        parsed.items.iter().for_each(|item| usage.item(item));
        let own = if module.is_empty() { format!("{root}::*") } else { format!("{root}::{module}::*") };
        // Modules of examples import it.
        let reply =
            if module.starts_with("testing::") { format!("use {root}::testing::Reply;\n") } else { String::new() };
        let (items, assertions) = (usage.text, usage.assertions.into_iter().collect::<String>());
        writeln!(
            text,
            "mod part{index} {{\nuse {root}::{{models, runtime}};\n{reply}use {own};\n{items}{assertions}}}"
        )
        .unwrap();
    }
    text
}

/// The public module whose items a file defines.
fn public_module(path: &Path) -> Option<String> {
    path.extension().filter(|end| *end == "rs")?;
    let steps = path.strip_prefix("src").ok()?.with_extension("");
    let steps: Vec<&str> = steps.iter().filter_map(|step| step.to_str()).collect();
    match steps[..] {
        ["lib" | "call"] => None,
        // Its files have no public modules.
        ["models", ..] => Some("models".to_owned()),
        _ => Some(steps.join("::")),
    }
}

struct Usage<'u> {
    root: &'u str,
    module: &'u str,
    text: String,
    count: usize,
    /// Traits of types.
    assertions: BTreeSet<String>,
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

fn derives(attributes: &[Attribute]) -> Vec<String> {
    let mut names = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let list = attribute.meta.require_list().unwrap().tokens.to_string();
        names.extend(list.split(',').map(|name| name.trim().to_owned()));
    }
    names
}

impl Usage<'_> {
    /// A part of the source as it is written in the program.
    fn spelled(&self, part: &impl ToTokens) -> String {
        let text = part.to_token_stream().to_string();
        text.replace("crate ::", &format!("{} ::", self.root)).replace("super ::", "")
    }

    fn function(&mut self, head: &str, body: &str) {
        self.count += 1;
        let number = self.count;
        let (before, arguments) = head.split_once('(').unwrap();
        writeln!(self.text, "{before} f{number}({arguments} {{ {body} }}").unwrap();
    }

    fn implements(&mut self, ty: &str, bound: &str) {
        let bound = match bound {
            "Debug" => "std::fmt::Debug",
            "Hash" => "std::hash::Hash",
            other => other,
        };
        let bound = if bound.contains("< & ") {
            format!("for<'b> {}", bound.replace("< & ", "< &'b "))
        } else {
            bound.to_owned()
        };
        let ty = ty.replace("'_", "'static");
        self.assertions.insert(format!("const _: fn() = || {{ fn has<T: {bound}>() {{}} has::<{ty}>(); }};\n"));
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => self.structure(item),
            Item::Enum(item) if is_public(&item.vis) => self.enumeration(item),
            Item::Impl(block) => self.block(block),
            Item::Macro(item) => self.defined(&item.mac),
            Item::Fn(item) if is_public(&item.vis) => {
                let call = format!("{}", item.sig.ident);
                self.call(&item.sig, &call, None);
            }
            Item::Const(item) if is_public(&item.vis) => {
                let (name, ty) = (item.ident.to_string(), self.spelled(&item.ty));
                self.function("fn ()", &format!("let _: {ty} = {name};"));
            }
            Item::Type(item) if is_public(&item.vis) && item.generics.params.is_empty() => {
                let (name, ty) = (item.ident.to_string(), self.spelled(&item.ty));
                // Another name of a shared error can become a type of its own.
                if !ty.contains("Error") || ty.contains("::") {
                    self.function(&format!("fn (value: {name}) -> {ty}"), "value");
                }
            }
            _ => {}
        }
    }

    fn structure(&mut self, item: &syn::ItemStruct) {
        let generic = !item.generics.params.is_empty();
        let name = item.ident.to_string();
        let ty = if generic { format!("{name}<'static>") } else { name.clone() };
        derives(&item.attrs).into_iter().for_each(|bound| self.implements(&ty, &bound));
        let mut named = Vec::new();
        for (index, field) in item.fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
            let field_name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
            let field_type = self.spelled(&field.ty);
            self.function(&format!("fn (value: &{ty}) -> &{field_type}"), &format!("&value.{field_name}"));
            self.function(&format!("fn (value: &mut {ty}, new: {field_type})"), &format!("value.{field_name} = new;"));
            named.push((field_name, field_type));
        }
        let has_names = matches!(item.fields, Fields::Named(_)) && !named.is_empty();
        if has_names {
            let names: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
            self.function(&format!("fn (value: {ty})"), &format!("let {name} {{ {}, .. }} = value;", names.join(", ")));
        }
        if has_names && !has(&item.attrs, "non_exhaustive") && named.len() == item.fields.len() {
            let arguments: Vec<String> = named.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
            let names: Vec<&str> = named.iter().map(|(name, _)| name.as_str()).collect();
            self.function(
                &format!("fn ({}) -> {ty}", arguments.join(", ")),
                &format!("{name} {{ {} }}", names.join(", ")),
            );
        }
    }

    fn enumeration(&mut self, item: &syn::ItemEnum) {
        let name = item.ident.to_string();
        derives(&item.attrs).into_iter().for_each(|bound| self.implements(&name, &bound));
        let mut arms = Vec::new();
        for variant in &item.variants {
            let path = format!("{name}::{}", variant.ident);
            let types: Vec<String> = variant.fields.iter().map(|field| self.spelled(&field.ty)).collect();
            match &variant.fields {
                Fields::Unit => {
                    self.function(
                        &format!("fn (value: &{name}) -> bool"),
                        &format!("match value {{ {path} => true, _ => false }}"),
                    );
                    self.function(&format!("fn () -> {name}"), &path);
                    arms.push(format!("{path} => {{}}"));
                }
                Fields::Unnamed(_) => {
                    let ty = &types[0];
                    self.function(
                        &format!("fn (value: &{name}) -> Option<&{ty}>"),
                        &format!("match value {{ {path}(inner) => Some(inner), _ => None }}"),
                    );
                    self.function(&format!("fn (inner: {ty}) -> {name}"), &format!("{path}(inner)"));
                    arms.push(format!("{path}(_) => {{}}"));
                }
                Fields::Named(_) => {}
            }
        }
        if !has(&item.attrs, "non_exhaustive") {
            self.function(&format!("fn (value: &{name})"), &format!("match value {{ {} }}", arms.join(", ")));
        }
    }

    fn block(&mut self, block: &syn::ItemImpl) {
        if block.generics.params.iter().any(|one| !matches!(one, GenericParam::Lifetime(_))) {
            return;
        }
        let lifetimes: Vec<String> =
            block.generics.params.iter().map(|one| format!("{} ", one.to_token_stream())).collect();
        let mut owner = self.spelled(&*block.self_ty);
        lifetimes.iter().for_each(|one| owner = owner.replace(one.trim(), "'static"));
        if let Some((path, _)) = &block.trait_ {
            let bound = self.spelled(path);
            if !bound.contains('\'') && path.segments.last().is_some_and(|one| one.ident != "Drop") {
                self.implements(&owner, &bound);
                for item in &block.items {
                    if let ImplItem::Type(item) = item {
                        let ty = self.spelled(&item.ty);
                        let name = &item.ident;
                        self.function(&format!("fn (value: <{owner} as {bound}>::{name}) -> {ty}"), "value");
                    }
                }
            }
            return;
        }
        for item in &block.items {
            match item {
                ImplItem::Fn(item) if is_public(&item.vis) => {
                    let call = format!("<{owner}>::{}", item.sig.ident);
                    self.call(&item.sig, &call, Some(&owner));
                }
                ImplItem::Const(item) if is_public(&item.vis) => {
                    let (name, ty) = (&item.ident, self.spelled(&item.ty));
                    self.function("fn ()", &format!("let _: {ty} = <{owner}>::{name};"));
                }
                _ => {}
            }
        }
    }

    /// Calls a function with values of its argument types, and takes its result as the type that it returns. A string
    /// is also passed as a literal.
    fn call(&mut self, signature: &syn::Signature, call: &str, owner: Option<&str>) {
        if signature.generics.params.iter().any(|one| matches!(one, GenericParam::Type(_))) {
            return;
        }
        let own = |text: String| owner.map_or(text.clone(), |owner| text.replace("Self", owner));
        let mut parameters = Vec::new();
        let mut literals = Vec::new();
        let mut names = Vec::new();
        let mut references = 0;
        let has_secret = self.spelled(&signature.inputs).contains("Secret");
        for (index, input) in signature.inputs.iter().enumerate() {
            let (ty, literal) = match input {
                FnArg::Receiver(receiver) => {
                    let owner = owner.unwrap_or("Self");
                    let ty = match receiver.to_token_stream().to_string() {
                        text if !text.starts_with('&') => owner.to_owned(),
                        text if text.contains("mut") => format!("&mut {owner}"),
                        _ => format!("&{owner}"),
                    };
                    (ty.clone(), ty)
                }
                FnArg::Typed(argument) => match self.argument(&argument.ty) {
                    Some(types) => types,
                    None => return,
                },
            };
            references += usize::from(ty.starts_with('&'));
            names.push(format!("a{index}"));
            parameters.push(format!("a{index}: {}", own(ty)));
            literals.push(format!("a{index}: {}", own(literal)));
        }
        let result = match &signature.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => own(self.spelled(ty)),
        };
        // Such a result has no name here.
        let is_known = !result.is_empty()
            && !result.contains("impl ")
            && (references < 2 || !(result.contains('&') || result.contains("'_")));
        let annotation = if is_known { format!(" -> {result}") } else { String::new() };
        let asynchronous = signature.asyncness.is_some();
        let word = if asynchronous { "async fn" } else { "fn" };
        let body = format!(
            "{call}({}){}{}",
            names.join(", "),
            if asynchronous { ".await" } else { "" },
            if is_known { "" } else { ";" }
        );
        self.function(&format!("{word} ({}){annotation}", parameters.join(", ")), &body);
        if literals != parameters {
            let result_depends = is_known && (result.contains('&') || result.contains("'_"));
            let (annotation, end) = if result_depends { (String::new(), ";") } else { (annotation, "") };
            // A literal, and a reference to a string.
            for text in ["&'static str", "&'static String"] {
                let parameters = literals.join(", ").replace("&'static str", text);
                if !(text.contains("String") && has_secret) {
                    self.function(&format!("{word} ({parameters}){annotation}"), &format!("{body}{end}"));
                }
            }
        }
    }

    /// The types that people pass for an argument: itself, and a literal where it takes strings.
    fn argument(&self, ty: &Type) -> Option<(String, String)> {
        let text = self.spelled(ty);
        let Type::ImplTrait(_) = ty else { return Some((text.clone(), text)) };
        let text_or = |ty: &str| {
            let is_text = ty == "String" || ty.ends_with("Secret");
            if is_text { "&'static str".to_owned() } else { ty.to_owned() }
        };
        // An argument that takes `None` takes options and values.
        if let Some(rest) = text.strip_prefix("impl runtime :: OrNone < ") {
            let rest = rest.strip_suffix('>')?.trim_end().trim_end_matches(',').trim_end();
            let inner = rest.rsplit_once(" , ")?.0;
            return Some((format!("Option<{inner}>"), text_or(inner)));
        }
        let inner = text.strip_prefix("impl Into < ")?.strip_suffix('>')?.trim();
        if let Some(value) = inner.strip_prefix("Option < ").and_then(|inner| inner.strip_suffix('>')) {
            return Some((inner.replace("& 'a", "&"), value.replace("& 'a", "&")));
        }
        Some((inner.to_owned(), text_or(inner)))
    }
}

/// The sources of a crate without comments, to find crates whose code is equal.
pub(crate) fn without_comments(output: &Output) -> String {
    let mut text = String::new();
    for (path, source) in output.files.iter().filter(|(path, _)| path.starts_with("src/")) {
        writeln!(text, "{path}").unwrap();
        source.lines().filter(|line| !line.trim_start().starts_with("//")).for_each(|line| text.push_str(line));
    }
    text
}
