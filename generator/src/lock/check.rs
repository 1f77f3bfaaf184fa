//! Checks the lock when it is read: every name must be an identifier, and must belong to one place.

use super::Lock;
use super::entries::{ChildEntries, OperationEntry};
use super::text::LockError;
use crate::diagnostic::Code;
use crate::keywords::KEYWORDS;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Returns the first name that breaks a rule.
pub(super) fn check(lock: &Lock) -> Result<(), LockError> {
    check_identifiers(lock)?;
    let mut names = Names::default();
    for (place, entry) in &lock.types {
        names.add(format!("models::{}", entry.name), place, &entry.span)?;
        if let Some(arguments) = &entry.arguments {
            names.add(format!("models::{arguments}"), &format!("the arguments of {place}"), &entry.span)?;
        }
    }
    // Tags that differ only in case and punctuation are one group.
    let mut groups: BTreeSet<(&str, Option<&str>)> = BTreeSet::new();
    for (tag, entry) in &lock.groups {
        if !groups.insert((&entry.name, entry.module.as_deref())) {
            continue;
        }
        names.add(entry.name.clone(), tag, &entry.span)?;
        if let Some(module) = &entry.module {
            names.add(format!("Client::{module}"), tag, &entry.span)?;
        }
    }
    for (place, entry) in &lock.operations {
        names.add(entry.name.clone(), place, &entry.span)?;
    }
    for (place, entries) in &lock.operation_types {
        let module = lock.operations.get(place).and_then(|operation| lock.module_of(operation));
        for (role, entry) in entries {
            let owner = module.unwrap_or(place.as_str());
            names.add(format!("api::{owner}::{}", entry.name), &format!("{place} {role}"), &entry.span)?;
        }
    }
    for (name, gone) in &lock.gone {
        if names.known.contains_key(name) {
            let message = format!("`{name}` stands under `gone`, and another line gives it to a place");
            return Err(LockError { code: Code::LockNameTwice, span: gone.span.clone(), message });
        }
    }
    for (place, entries) in [&lock.fields, &lock.variants, &lock.parameters].into_iter().flatten() {
        check_children(place, entries)?;
    }
    check_children("webhooks", &lock.webhooks)
}

impl Lock {
    /// The module of the group of an operation.
    pub(super) fn module_of(&self, operation: &OperationEntry) -> Option<&str> {
        let (group, _) = operation.name.rsplit_once("::")?;
        if group == "Client" {
            return Some("calls");
        }
        self.groups.values().find(|entry| entry.name == group)?.module.as_deref()
    }
}

/// The names so far, with their places.
#[derive(Default)]
struct Names {
    known: BTreeMap<String, String>,
}

impl Names {
    fn add(&mut self, name: String, place: &str, span: &Range<usize>) -> Result<(), LockError> {
        let Some(other) = self.known.insert(name.clone(), place.to_owned()) else { return Ok(()) };
        let message = format!("`{name}` is the name of `{other}` and of `{place}`");
        Err(LockError { code: Code::LockNameTwice, span: span.clone(), message })
    }
}

/// Checks that the children of a place have distinct names.
fn check_children(place: &str, entries: &ChildEntries) -> Result<(), LockError> {
    // Arguments of a call and its other parameters have names of their own.
    let mut known: BTreeMap<(bool, &str), &str> = BTreeMap::new();
    let is_call = !place.contains('#');
    for (key, entry) in entries {
        if let Some(other) = known.insert((is_call && entry.argument_position.is_some(), &entry.name), key) {
            let message = format!("`{}` is the name of `{other}` and of `{key}` in `{place}`", entry.name);
            return Err(LockError { code: Code::LockNameTwice, span: entry.span.clone(), message });
        }
    }
    Ok(())
}

/// Generated code has these names as they are.
fn check_identifiers(lock: &Lock) -> Result<(), LockError> {
    for entry in lock.groups.values() {
        check_segments(entry.name.split("::").chain(entry.module.as_deref()), &entry.span)?;
    }
    for entry in lock.operations.values() {
        check_segments(entry.name.split("::"), &entry.span)?;
    }
    for entry in lock.types.values() {
        let more = [entry.rest.as_deref(), entry.arguments.as_deref()].into_iter().flatten();
        check_segments(std::iter::once(entry.name.as_str()).chain(more), &entry.span)?;
    }
    let children = [&lock.parameters, &lock.operation_types, &lock.fields, &lock.variants];
    let children = children.into_iter().flat_map(BTreeMap::values).chain([&lock.webhooks]);
    for entry in children.flat_map(BTreeMap::values) {
        check_segments(std::iter::once(entry.name.as_str()), &entry.span)?;
    }
    for (name, gone) in &lock.gone {
        check_segments(name.split("::").chain(gone.module.as_deref()), &gone.span)?;
    }
    Ok(())
}

/// Checks that each segment of a path is an identifier.
fn check_segments<'n>(mut segments: impl Iterator<Item = &'n str>, span: &Range<usize>) -> Result<(), LockError> {
    match segments.find(|name| !is_identifier(name)) {
        None => Ok(()),
        Some(name) => {
            let message = format!("the lock cannot be read: `{name}` is no name in Rust");
            Err(LockError { code: Code::LockInvalid, span: span.clone(), message })
        }
    }
}

fn is_identifier(name: &str) -> bool {
    let is_word = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_word && name.starts_with(|c: char| c.is_ascii_alphabetic()) && name != "Self" && !KEYWORDS.contains(&name)
}
