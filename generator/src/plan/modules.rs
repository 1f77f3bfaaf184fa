//! Which file a printed type lives in. Knows which calls reach a type; must not know how it is spelled.

use super::methods::{Group, Outcome};
use super::models::{Kind, Model, Rest};
use super::names::Scope;
use super::rust_type::RustType;
use std::collections::{BTreeMap, BTreeSet};

/// A file of types.
#[derive(Debug)]
pub struct Module {
    /// Its name; none for the only file.
    pub name: Option<String>,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// Indexes of its models, in document order.
    pub models: Vec<usize>,
    /// Names that it offers, sorted.
    pub exports: Vec<String>,
    /// Names that it takes from its siblings, sorted.
    pub imports: Vec<String>,
}

/// With fewer types than this, one file is easier to read than several.
const FEWEST: usize = 40;

/// Every type in the file of the group whose calls reach it first; what no call reaches has a file of its own.
#[must_use]
pub fn modules(models: &[Model], groups: &[Group]) -> Vec<Module> {
    let about = vec!["The types of the API.".to_owned()];
    if groups.len() < 2 || models.len() < FEWEST {
        return vec![module(None, about, (0..models.len()).collect(), models)];
    }
    let mut scope = Scope::with(&["models"]);
    for model in models {
        scope.claim(&model.name);
    }
    let mut reach = Reach::new(models);
    let mut modules = Vec::new();
    for group in groups {
        let name = scope.claim_first(&[group.module.clone(), format!("{}_types", group.module)]);
        let docs = vec![format!("Types that [`{0}`](crate::api::{0}) reaches first.", group.name)];
        let found = reach.first_from(group);
        if !found.is_empty() {
            modules.push(module(Some(name), docs, found, models));
        }
    }
    modules.sort_by(|one, other| one.name.cmp(&other.name));
    let rest = reach.rest();
    if !rest.is_empty() {
        let docs = vec!["Types that no call reaches.".to_owned()];
        modules.push(module(Some(scope.claim("unreached")), docs, rest, models));
    }
    modules
}

fn module(name: Option<String>, docs: Vec<String>, found: Vec<usize>, models: &[Model]) -> Module {
    let own = || found.iter().filter_map(|index| models.get(*index));
    let mut exports: Vec<String> = own().flat_map(Model::names).map(str::to_owned).collect();
    exports.sort();
    let used: BTreeSet<&str> = own().flat_map(types).flat_map(named).collect();
    let imports = used.into_iter().filter(|used| exports.binary_search_by(|own| own.as_str().cmp(used)).is_err());
    let imports = imports.map(str::to_owned).collect();
    Module { name, docs, models: found, exports, imports }
}

/// The types in a model's definition.
fn types(model: &Model) -> Vec<&RustType> {
    match &model.kind {
        Kind::Struct(structure) => {
            let extra = match &structure.extra {
                Rest::Ignored => None,
                Rest::Kept(_, values) => Some(values),
            };
            structure.fields.iter().map(|field| &field.ty).chain(extra).collect()
        }
        Kind::Union(choice) => choice.members.iter().map(|member| &member.ty).collect(),
        Kind::Alias(aliased) => vec![aliased],
        Kind::TextEnum(_) | Kind::IntegerEnum(_) => Vec::new(),
    }
}

/// The printed types that a type is made of.
fn named(ty: &RustType) -> Vec<&str> {
    match ty.model() {
        Some(name) => vec![name],
        None => Vec::new(),
    }
}

struct Reach<'m> {
    models: &'m [Model],
    index: BTreeMap<&'m str, usize>,
    seen: BTreeSet<usize>,
}

impl<'m> Reach<'m> {
    fn new(models: &'m [Model]) -> Self {
        let index = models.iter().enumerate().map(|(index, model)| (model.name.as_str(), index)).collect();
        Self { models, index, seen: BTreeSet::new() }
    }

    /// What a group reaches and no group before it.
    fn first_from(&mut self, group: &Group) -> Vec<usize> {
        let mut open: Vec<usize> = Vec::new();
        for method in &group.methods {
            let inputs = method.inputs.iter().map(|input| &input.ty);
            let body = method.body.iter().map(|body| &body.ty);
            let answers = [&method.success, &method.failure].into_iter().flat_map(answered);
            let names = inputs.chain(body).chain(answers).flat_map(named);
            open.extend(names.filter_map(|name| self.index.get(name)));
        }
        let mut found = BTreeSet::new();
        while let Some(index) = open.pop() {
            if !self.seen.insert(index) {
                continue;
            }
            found.insert(index);
            if let Some(model) = self.models.get(index) {
                open.extend(types(model).into_iter().flat_map(named).filter_map(|name| self.index.get(name)));
            }
        }
        found.into_iter().collect()
    }

    fn rest(&self) -> Vec<usize> {
        (0..self.models.len()).filter(|index| !self.seen.contains(index)).collect()
    }
}

fn answered(outcome: &Outcome) -> Vec<&RustType> {
    match outcome {
        Outcome::One(ty, _) => vec![ty],
        Outcome::Several { cases, .. } => cases.iter().map(|case| &case.ty).collect(),
    }
}
