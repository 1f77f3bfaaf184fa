//! Derived traits that the settings add to types. A type gets one if all types in its definition have it.

use super::models::{ExtraField, Field, Kind, Model, Struct};
use super::rust_type::RustType;
use super::rust_type::facts::Able;
use crate::config::{Config, Derive};
use crate::diagnostic::{Code, Diagnostics};
use std::collections::{BTreeMap, BTreeSet};

/// Adds the derives of the settings to every type. Reports a single type that cannot have one. `component` returns the
/// name of a component's type.
pub(super) fn derive<'c>(
    models: &mut [Model],
    component: impl Fn(&str) -> Option<&'c str>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) {
    let settings = &config.derives;
    for derive in Derive::ALL {
        let single: Vec<&String> =
            settings.single.iter().filter(|(_, derives)| derives.contains(&derive)).map(|(name, _)| name).collect();
        let all = settings.all.contains(&derive);
        if single.is_empty() && !all {
            continue;
        }
        let able = able(models, derive);
        let mut open: Vec<&str> = if all { able.keys().copied().collect() } else { Vec::new() };
        for named in single {
            let name = component(named).unwrap_or(named);
            if let Some((name, _)) = able.get_key_value(name) {
                open.push(name);
            } else if let Some(model) = models.iter().find(|model| model.name == name) {
                let reason = match model.kind {
                    Kind::Struct(_) => "which has a field without it",
                    Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Union(_) | Kind::Alias(_) => {
                        "which cannot derive it"
                    }
                };
                let message = format!("the setting `derives` requires `{}` for `{named}`, {reason}", derive.name());
                diagnostics.report_whole(Code::SettingNoMatch, message);
            }
        }
        let mut found: BTreeSet<String> = BTreeSet::new();
        while let Some(name) = open.pop() {
            if found.insert(name.to_owned()) {
                open.extend(able.get(name).into_iter().flatten());
            }
        }
        for model in models.iter_mut().filter(|model| found.contains(&model.name) && !needs_no_derive(model, derive)) {
            model.derives.push(derive);
        }
    }
}

/// Returns true if a type needs no derive: it has the trait by other code, or cannot have it.
fn needs_no_derive(model: &Model, derive: Derive) -> bool {
    match &model.kind {
        Kind::Struct(structure) => derive == Derive::Default && !structure.fields.iter().any(Field::is_argument),
        Kind::StringEnum(_) | Kind::IntegerEnum(_) => true,
        Kind::Union(_) | Kind::Alias(_) => false,
    }
}

/// The types that can have a trait, each with the types that must have it too.
fn able(models: &[Model], derive: Derive) -> BTreeMap<&str, Vec<&str>> {
    let needs = models.iter().filter_map(|model| Some((model.name.as_str(), needed_by(model, derive)?)));
    let mut able: BTreeMap<&str, Vec<&str>> = needs.collect();
    if derive == Derive::Default {
        // `Default` of a type calls `Default` of the types in it. Types of a cycle would call each other for ever, so they cannot
        // have it.
        let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        loop {
            let (next, others): (BTreeMap<_, _>, _) =
                able.into_iter().partition(|(_, needs)| needs.iter().all(|need| found.contains_key(need)));
            if next.is_empty() {
                return found;
            }
            found.extend(next);
            able = others;
        }
    }
    loop {
        let unable: Vec<&str> = able
            .iter()
            .filter(|(_, needs)| needs.iter().any(|need| !able.contains_key(need)))
            .map(|(name, _)| *name)
            .collect();
        if unable.is_empty() {
            return able;
        }
        able.retain(|name, _| !unable.contains(name));
    }
}

/// The types that must have a trait for a type to have it; none when it cannot.
fn needed_by(model: &Model, derive: Derive) -> Option<Vec<&str>> {
    match (&model.kind, derive) {
        (Kind::Struct(structure), _) => in_struct(structure, derive),
        (Kind::StringEnum(_) | Kind::IntegerEnum(_), Derive::Eq | Derive::Hash) => Some(Vec::new()),
        (Kind::StringEnum(listed) | Kind::IntegerEnum(listed), Derive::Copy) => {
            listed.fallback.is_none().then(Vec::new)
        }
        (Kind::Union(union), Derive::Eq | Derive::Hash) => {
            let needs: Option<Vec<_>> = union.members.iter().map(|member| in_type(&member.ty, derive)).collect();
            Some(needs?.concat())
        }
        (Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Union(_), _) | (Kind::Alias(_), _) => None,
    }
}

/// The types that must derive a trait so that a struct can; `None` where it cannot.
fn in_struct(structure: &Struct, derive: Derive) -> Option<Vec<&str>> {
    let mut needs = Vec::new();
    for field in &structure.fields {
        match derive {
            Derive::Default if !field.is_argument() => {}
            Derive::Copy if field.boxed => return None,
            _ => needs.extend(in_type(&field.ty, derive)?),
        }
    }
    match (&structure.extra, derive) {
        (ExtraField::Ignored, _) | (ExtraField::Stored(..), Derive::Default) => {}
        (ExtraField::Stored(..), Derive::Copy) => return None,
        (ExtraField::Stored(_, values), Derive::Eq | Derive::Hash) => needs.extend(in_type(values, derive)?),
    }
    Some(needs)
}

/// The types that must derive a trait so that a type can; `None` where it cannot.
fn in_type(ty: &RustType, derive: Derive) -> Option<Vec<&str>> {
    if let RustType::Model { name, .. } = ty {
        return Some(vec![name]);
    }
    let facts = ty.facts();
    let able = match derive {
        Derive::Eq | Derive::Hash => facts.equal,
        Derive::Default => facts.default,
        Derive::Copy => facts.copy,
    };
    match able {
        Able::Yes => Some(Vec::new()),
        Able::No => None,
        Able::Inner => {
            let needs: Option<Vec<_>> = ty.children().iter().map(|inner| in_type(inner, derive)).collect();
            Some(needs?.concat())
        }
    }
}
