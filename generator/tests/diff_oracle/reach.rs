//! The schemas that requests and responses reach.

use super::places::{Place, is_payload, places};
use clientsmith::diff::Direction;
use serde_json::Value;
use std::collections::BTreeSet;

/// The schemas that one direction reaches.
pub(crate) struct Reached {
    /// Schemas of bodies and parameters.
    pub(crate) roots: BTreeSet<String>,
    /// Components that the roots refer to, themselves or in others.
    components: BTreeSet<String>,
}

impl Reached {
    pub(crate) fn of(document: &Value, direction: Direction) -> Self {
        let mut roots = BTreeSet::new();
        for (place, pointer) in places(document) {
            let is_root = place == Place::Schema && pointer.ends_with("/schema") && !is_component(&pointer);
            let is_response = pointer.contains("/responses/") || is_payload(&pointer);
            let is_header = pointer.contains("/headers/");
            let is_form = pointer.contains("form-data") || pointer.contains("form-urlencoded");
            let is_known = !pointer.contains("/content/") || pointer.contains("json") || (is_form && !is_response);
            if is_root && !is_header && is_known && is_response == (direction == Direction::Response) {
                roots.insert(format!("#{pointer}"));
            }
        }
        let (mut components, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut open: Vec<&Value> = roots.iter().filter_map(|root| document.pointer(&root[1..])).collect();
        while let Some(next) = open.pop() {
            let parts = parts(next);
            for reference in references(next) {
                // What a component is merged with is no value of its own.
                if !parts.contains(reference) {
                    components.insert(reference.to_owned());
                }
                if seen.insert(reference) {
                    open.extend(document.pointer(reference.trim_start_matches('#')));
                }
            }
        }
        Self { roots, components }
    }

    /// Returns true for a place in what is reached.
    pub(crate) fn has(&self, place: &str) -> bool {
        let starts = |owner: &String| {
            place.strip_prefix(owner.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.roots.iter().chain(&self.components).any(starts)
    }
}

fn is_component(pointer: &str) -> bool {
    pointer.starts_with("/components/schemas/") || pointer.starts_with("/definitions/")
}

/// Returns true for a component, and for the whole of a body or parameter.
pub(crate) fn is_whole(place: &str) -> bool {
    let start = ["#/components/schemas/", "#/definitions/"].into_iter().find_map(|start| place.strip_prefix(start));
    start.map_or(place.ends_with("/schema"), |name| !name.contains('/'))
}

/// Returns true for a parameter or a form, whose values are text.
pub(crate) fn is_text(place: &str) -> bool {
    let is_parameter = place.contains("/parameters/") && !place.contains("/content/");
    is_parameter || place.contains("form-data") || place.contains("form-urlencoded")
}

/// Returns false for the schemas of two parameters at one index.
pub(crate) fn is_same_parameter(old: &Value, new: &Value, place: &str) -> bool {
    let owner = place[1..].trim_end_matches("/schema");
    let of = |document: &Value| document.pointer(owner).map(|one| (one["name"].clone(), one["in"].clone()));
    !owner.contains("/parameters/") || of(old) == of(new)
}

fn references(value: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open = vec![value];
    while let Some(next) = open.pop() {
        match next {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str).filter(|text| text.starts_with("#/")));
                open.extend(members.values());
            }
            _ => {}
        }
    }
    found
}

/// The targets of references in an `allOf` with other parts.
fn parts(value: &Value) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut open = vec![value];
    while let Some(next) = open.pop() {
        match next {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                let list = members.get("allOf").and_then(Value::as_array).filter(|list| list.len() > 1);
                found.extend(list.into_iter().flatten().filter_map(|part| part["$ref"].as_str()));
                open.extend(members.values());
            }
            _ => {}
        }
    }
    found
}

/// Returns true if two schemas of one place differ, themselves or in what they refer to.
pub(crate) fn differ(old: &Value, new: &Value, place: &str) -> bool {
    let mut seen = BTreeSet::from([place.to_owned()]);
    let mut open = vec![place.to_owned()];
    while let Some(next) = open.pop() {
        let (one, other) = (old.pointer(&next[1..]), new.pointer(&next[1..]));
        let (Some(one), Some(other)) = (one, other) else { return next != place };
        if one != other {
            return true;
        }
        open.extend(references(one).into_iter().map(str::to_owned).filter(|one| seen.insert(one.clone())));
    }
    false
}

/// The description without the properties that the direction does not send.
pub(crate) fn without_one_sided(document: &Value, keyword: &str) -> Value {
    let mut document = document.clone();
    strip(&mut document, keyword, true);
    document
}

/// The description without the requirement of these properties.
pub(crate) fn without_requirement(document: &Value, keyword: &str) -> Value {
    let mut document = document.clone();
    strip(&mut document, keyword, false);
    document
}

/// Removes the requirement of properties with a keyword, and the properties themselves where they are not sent.
fn strip(value: &mut Value, keyword: &str, whole: bool) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| strip(item, keyword, whole)),
        Value::Object(members) => {
            let hidden: Vec<String> = members
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .filter(|(_, property)| property[keyword] == true)
                .map(|(name, _)| name.clone())
                .collect();
            if let Some(required) = members.get_mut("required").and_then(Value::as_array_mut) {
                required.retain(|name| !name.as_str().is_some_and(|name| hidden.iter().any(|one| one == name)));
            }
            if whole
                && !hidden.is_empty()
                && let Some(properties) = members.get_mut("properties").and_then(Value::as_object_mut)
            {
                properties.retain(|name, _| !hidden.contains(name));
            }
            members.values_mut().for_each(|member| strip(member, keyword, whole));
        }
        _ => {}
    }
}
