//! The public items of a library as text: one line an item, members below their type, modules in alphabetical order.

use super::sources::{Library, Target, has, is_public, item_name};
use super::spelling;
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use syn::{Attribute, Fields, ImplItem, Item, Signature, TraitItem, Type, Visibility};

/// The text of each item, and the module in which it stands first.
struct Listing<'l> {
    library: &'l Library,
    /// Lists items that the documentation hides, too.
    hidden: bool,
    /// The public path of each item: the first that is found, from the root on.
    shown: BTreeMap<Target, String>,
    lines: Vec<(String, Vec<String>)>,
    /// By type: public members and implemented traits.
    members: BTreeMap<Target, Vec<String>>,
    traits: BTreeMap<Target, BTreeSet<String>>,
}

/// The public API of a library, with or without the items that its documentation hides.
pub(crate) fn listing(library: &Library, hidden: bool) -> String {
    let mut listing = Listing {
        library,
        hidden,
        shown: BTreeMap::new(),
        lines: Vec::new(),
        members: BTreeMap::new(),
        traits: BTreeMap::new(),
    };
    listing.implementations();
    listing.visit_modules();
    let mut lines = std::mem::take(&mut listing.lines);
    lines.sort();
    let mut text = String::new();
    for (module, mut items) in lines {
        items.sort();
        text.push_str(&format!("{}# {module}\n\n", if text.is_empty() { "" } else { "\n" }));
        text.extend(items);
    }
    text
}

impl Listing<'_> {
    /// Collects the members and traits of `impl` blocks in the library.
    fn implementations(&mut self) {
        for (path, module) in &self.library.modules {
            for item in &module.items {
                let Item::Impl(block) = item else { continue };
                let Some(target) = self.target(path, &block.self_ty) else { continue };
                if let Some((name, _)) = &block.trait_ {
                    let name = spelled(name);
                    self.traits.entry(target).or_default().insert(name.trim_start_matches("crate::").to_owned());
                    continue;
                }
                let generics = spelled(&block.generics);
                let on = spelled(&*block.self_ty);
                // Omitted if the line of the type has the same generics.
                let plain = !on.contains('<') || on.ends_with(&generics) && on.matches('<').count() == 1;
                let on = if plain { String::new() } else { format!("impl{generics} {on}: ") };
                for item in &block.items {
                    let (attributes, line) = match item {
                        ImplItem::Fn(item) if is_public(&item.vis) => (&item.attrs, signature(&item.sig)),
                        ImplItem::Const(item) if is_public(&item.vis) => {
                            (&item.attrs, format!("const {}: {}", item.ident, spelled(&item.ty)))
                        }
                        _ => continue,
                    };
                    if self.hidden || !has(attributes, "doc", "hidden") {
                        let gates = format!("{}{}", gates(&block.attrs), gates(attributes));
                        self.members.entry(target.clone()).or_default().push(format!("{gates}{on}{line}"));
                    }
                }
            }
        }
    }

    fn target(&self, module: &[String], ty: &Type) -> Option<Target> {
        let Type::Path(path) = ty else { return None };
        let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        match self.library.resolve(module, &names) {
            found @ Target::Item(..) => Some(found),
            Target::Module(_) | Target::Outside => None,
        }
    }

    /// Public modules from the root on, so that an item stands where its path is shortest.
    fn visit_modules(&mut self) {
        let mut open = VecDeque::from([(Vec::new(), self.library.name.clone())]);
        let mut seen = BTreeSet::new();
        let mut macros = Vec::new();
        while let Some((path, name)) = open.pop_front() {
            let Some(module) = self.library.modules.get(&path).filter(|_| seen.insert(path.clone())) else { continue };
            let mut lines = Vec::new();
            for item in &module.items {
                match item {
                    Item::Mod(item) if is_public(&item.vis) && (self.hidden || !has(&item.attrs, "doc", "hidden")) => {
                        lines.push(format!("{}mod {}\n", gates(&item.attrs), item.ident));
                        let inner = [path.clone(), vec![item.ident.to_string()]].concat();
                        open.push_back((inner, format!("{name}::{}", item.ident)));
                    }
                    _ if visibility(item).is_some_and(is_public) => {
                        let target = Target::Item(path.clone(), item_name(item).unwrap_or_default());
                        lines.push(self.once(&target, &name, None));
                    }
                    _ => {}
                }
            }
            for import in module.imports.iter().filter(|import| import.public) {
                match self.library.resolve(&path, &import.path) {
                    Target::Module(inner) if import.name == "*" => lines.push(format!("use {}::*\n", inner.join("::"))),
                    Target::Module(inner) => {
                        lines.push(format!("mod {}\n", import.name));
                        open.push_back((inner, format!("{name}::{}", import.name)));
                    }
                    Target::Outside => lines.push(outside(&import.path, &import.name)),
                    target @ Target::Item(..) => lines.push(self.once(&target, &name, Some(&import.name))),
                }
            }
            self.lines.push((name, lines));
        }
        for module in self.library.modules.values() {
            for item in &module.items {
                let Item::Macro(item) = item else { continue };
                let exported = item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export"));
                let shown = exported && (self.hidden || !has(&item.attrs, "doc", "hidden"));
                if let Some(name) = item.ident.as_ref().filter(|_| shown) {
                    macros.push(format!("{}macro {name}!\n", gates(&item.attrs)));
                }
            }
        }
        if let Some((_, lines)) = self.lines.first_mut() {
            lines.extend(macros);
        }
    }

    /// An item in full where it stands first, else a reference to that place.
    fn once(&mut self, target: &Target, module: &str, name: Option<&str>) -> String {
        let Target::Item(path, own) = target else { return String::new() };
        let name = name.unwrap_or(own);
        if let Some(shown) = self.shown.get(target) {
            return format!(
                "use {shown}{}\n",
                if shown.ends_with(&format!("::{name}")) { String::new() } else { format!(" as {name}") }
            );
        }
        self.shown.insert(target.clone(), format!("{module}::{name}"));
        let module = self.library.modules.get(path);
        let items = module.map_or(&[][..], |module| &module.items);
        // An item can have several forms for several features.
        let forms =
            items.iter().filter(|item| item_name(item).as_deref() == Some(own) && (self.hidden || !hidden(item)));
        let mut text: String = forms.map(whole).collect();
        if text.is_empty() {
            text = format!("type {own} of a macro\n");
        }
        let members = self.members.get(target).into_iter().flatten();
        text.extend(members.map(|member| format!("    {member}\n")));
        let traits = self.traits.get(target).into_iter().flatten().cloned();
        let derived = items.iter().filter(|item| item_name(item).as_deref() == Some(own)).flat_map(derives);
        let traits: BTreeSet<String> = traits.chain(derived).collect();
        if !traits.is_empty() {
            text.push_str(&format!("    impl {}\n", traits.into_iter().collect::<Vec<_>>().join(", ")));
        }
        text
    }
}

fn outside(path: &[String], name: &str) -> String {
    let renamed = path.last().is_some_and(|last| last != name);
    format!("use {}{}\n", path.join("::"), if renamed { format!(" as {name}") } else { String::new() })
}

/// The item itself, with its public fields or its variants.
fn whole(item: &Item) -> String {
    match item {
        Item::Macro(_) => format!("macro {}!\n", item_name(item).unwrap_or_default()),
        Item::Const(item) => format!("{}const {}: {}\n", gates(&item.attrs), item.ident, spelled(&item.ty)),
        Item::Static(item) => format!("{}static {}: {}\n", gates(&item.attrs), item.ident, spelled(&item.ty)),
        Item::Fn(item) => format!("{}{}\n", gates(&item.attrs), signature(&item.sig)),
        Item::Type(item) => {
            format!("{}type {}{} = {}\n", gates(&item.attrs), item.ident, spelled(&item.generics), spelled(&*item.ty))
        }
        Item::Struct(item) => {
            let head = format!("{}struct {}{}\n", gates(&item.attrs), item.ident, spelled(&item.generics));
            head + &fields(&item.fields, "    ", false)
        }
        Item::Enum(item) => {
            let mut text = format!("{}enum {}{}\n", gates(&item.attrs), item.ident, spelled(&item.generics));
            for variant in &item.variants {
                text.push_str(&format!("    {}{}\n", gates(&variant.attrs), variant.ident));
                text.push_str(&fields(&variant.fields, "        ", true));
            }
            text
        }
        Item::Trait(item) => {
            let above = spelled(&item.supertraits);
            let above = if above.is_empty() { String::new() } else { format!(": {above}") };
            let mut text = format!("{}trait {}{}{above}\n", gates(&item.attrs), item.ident, spelled(&item.generics));
            for item in &item.items {
                text.push_str(&match item {
                    TraitItem::Fn(item) => {
                        let default = if item.default.is_some() { " (default)" } else { "" };
                        format!("    {}{}{default}\n", gates(&item.attrs), signature(&item.sig))
                    }
                    TraitItem::Type(item) => format!("    type {}\n", item.ident),
                    TraitItem::Const(item) => {
                        format!("    {}const {}: {}\n", gates(&item.attrs), item.ident, spelled(&item.ty))
                    }
                    _ => String::new(),
                });
            }
            text
        }
        _ => String::new(),
    }
}

fn fields(fields: &Fields, indent: &str, all: bool) -> String {
    let shown = fields.iter().enumerate().filter(|(_, field)| all || is_public(&field.vis));
    let line = |(index, field): (usize, &syn::Field)| {
        let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
        format!("{indent}{}{name}: {}\n", gates(&field.attrs), spelled(&field.ty))
    };
    shown.map(line).collect()
}

fn signature(signature: &Signature) -> String {
    spelled(signature)
}

/// `#[cfg(…)]`, `#[non_exhaustive]` and `#[doc(hidden)]`.
fn gates(attributes: &[Attribute]) -> String {
    let shown = attributes.iter().filter(|one| one.path().is_ident("cfg") || one.path().is_ident("non_exhaustive"));
    let hidden = if has(attributes, "doc", "hidden") { "#[doc(hidden)] " } else { "" };
    hidden.to_owned() + &shown.map(|attribute| spelled(attribute) + " ").collect::<String>()
}

fn derives(item: &Item) -> Vec<String> {
    let attributes = match item {
        Item::Struct(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        _ => return Vec::new(),
    };
    let lists =
        attributes.iter().filter(|one| one.path().is_ident("derive")).filter_map(|one| one.meta.require_list().ok());
    lists
        .flat_map(|list| spelling::spell(list.tokens.clone()).split(", ").map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn hidden(item: &Item) -> bool {
    let attributes = match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        _ => return false,
    };
    has(attributes, "doc", "hidden")
}

fn visibility(item: &Item) -> Option<&Visibility> {
    Some(match item {
        Item::Const(item) => &item.vis,
        Item::Enum(item) => &item.vis,
        Item::Fn(item) => &item.vis,
        Item::Static(item) => &item.vis,
        Item::Struct(item) => &item.vis,
        Item::Trait(item) => &item.vis,
        Item::Type(item) => &item.vis,
        _ => return None,
    })
}

fn spelled(tokens: &impl ToTokens) -> String {
    spelling::spell(tokens.to_token_stream())
}
