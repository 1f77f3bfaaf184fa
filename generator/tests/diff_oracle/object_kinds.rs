//! Mutations of properties and of components.

use super::edits::{Part, unset};
use super::kinds::{Kind, Wire, pick};
use super::places::{Place, name, object, parent, rename, reorder, replace_text};
use fastrand::Rng;
use serde_json::{Value, json};

/// A kind whose edit sees a schema with properties.
macro_rules! of_object {
    ($name:literal, $edit:expr) => {
        Kind {
            name: $name,
            place: Place::Schema,
            wire: Wire::Values,
            edit: |document, at, rng| {
                let schema = object(document, at).filter(|schema| schema.contains_key("properties"))?;
                let edit: fn(&mut Part, &mut Rng) -> Option<()> = $edit;
                edit(schema, rng)
            },
        }
    };
}

pub(crate) const KINDS: &[Kind] = &[
    of_object!("property: optional one added behind", |schema, _| {
        Some(drop(object_of(schema, "properties")?.insert("novelty".to_owned(), json!({ "type": "string" }))))
    }),
    of_object!("property: optional object added in front", |schema, _| {
        let added = json!({ "type": "object", "properties": { "depth": { "type": "integer" } } });
        Some(reorder(object_of(schema, "properties")?, |all| all.insert(0, ("novelty".to_owned(), added))))
    }),
    of_object!("property: required one added", |schema, rng| {
        let kind = pick(&["string", "integer", "boolean"], rng)?;
        object_of(schema, "properties")?.insert("novelty".to_owned(), json!({ "type": kind }));
        let required = schema.entry("required").or_insert_with(|| json!([])).as_array_mut()?;
        Some(required.push(json!("novelty")))
    }),
    of_object!("property: one added that folds to a taken name", |schema, rng| {
        let name = some_property(schema, rng)?;
        let folded = format!("{}{}", name.get(..1)?.to_uppercase(), name.get(1..)?);
        let properties = object_of(schema, "properties")?;
        if properties.contains_key(&folded) {
            return None;
        }
        Some(reorder(properties, |all| all.insert(0, (folded, json!({ "type": "integer" })))))
    }),
    of_object!("property: removed", |schema, rng| {
        let name = some_property(schema, rng)?;
        unset(object_of(schema, "properties")?, &name)?;
        Some(forget(schema, &name))
    }),
    of_object!("property: renamed", |schema, rng| {
        let name = some_property(schema, rng)?;
        rename(object_of(schema, "properties")?, &name, "another_name")?;
        let required = schema.get_mut("required").and_then(Value::as_array_mut).into_iter().flatten();
        Some(required.filter(|one| *one == name.as_str()).for_each(|one| *one = json!("another_name")))
    }),
    of_object!("property: respelled", |schema, rng| {
        let name = some_property(schema, rng)?;
        let other = if name.contains('_') { name.replace('_', "-") } else { format!("{name}_") };
        rename(object_of(schema, "properties")?, &name, &other)?;
        let required = schema.get_mut("required").and_then(Value::as_array_mut).into_iter().flatten();
        Some(required.filter(|one| *one == name.as_str()).for_each(|one| *one = json!(other)))
    }),
    of_object!("property: required now", |schema, rng| {
        let name = some_property(schema, rng)?;
        let required = schema.entry("required").or_insert_with(|| json!([])).as_array_mut()?;
        if required.contains(&json!(name)) {
            return None;
        }
        Some(required.push(json!(name)))
    }),
    of_object!("property: optional now", |schema, rng| {
        let required = schema.get("required")?.as_array()?;
        let name = pick(required, rng)?.as_str()?.to_owned();
        Some(forget(schema, &name))
    }),
    of_object!("property: all reordered", |schema, _| {
        let properties = object_of(schema, "properties").filter(|all| all.len() > 1)?;
        Some(reorder(properties, |all| all.reverse()))
    }),
    of_object!("property: required list reordered", |schema, _| {
        let required = schema.get_mut("required")?.as_array_mut().filter(|all| all.len() > 1)?;
        Some(required.reverse())
    }),
    Kind {
        name: "component: added",
        place: Place::Component,
        wire: Wire::Values,
        edit: |document, at, _| {
            let all = object(document, parent(at))?;
            let added = json!({ "type": "object", "properties": { "cron": { "type": "string" } } });
            Some(reorder(all, |all| all.insert(0, ("Novelty".to_owned(), added))))
        },
    },
    Kind {
        name: "component: one added in front that folds to a taken name",
        place: Place::Component,
        wire: Wire::Values,
        edit: |document, at, _| {
            let folded = name(at).to_lowercase();
            let all = object(document, parent(at))?;
            if all.contains_key(&folded) {
                return None;
            }
            let added = json!({ "type": "object", "properties": { "cron": { "type": "string" } } });
            Some(reorder(all, |all| all.insert(0, (folded, added))))
        },
    },
    Kind {
        name: "component: renamed",
        place: Place::Component,
        wire: Wire::Values,
        edit: |document, at, _| {
            rename(object(document, parent(at))?, &name(at), "Renamed")?;
            replace_text(document, &format!("#{at}"), &format!("#{}/Renamed", parent(at)));
            Some(())
        },
    },
    Kind {
        name: "component: removed where nothing refers to it",
        place: Place::Component,
        wire: Wire::Values,
        edit: |document, at, _| {
            if document.to_string().contains(&format!("\"#{at}\"")) {
                return None;
            }
            unset(object(document, parent(at))?, &name(at))
        },
    },
];

fn object_of<'s>(schema: &'s mut Part, key: &str) -> Option<&'s mut Part> {
    schema.get_mut(key)?.as_object_mut()
}

fn some_property(schema: &Part, rng: &mut Rng) -> Option<String> {
    let names: Vec<&String> = schema.get("properties")?.as_object()?.keys().collect();
    pick(&names, rng).cloned()
}

/// Removes a name of the required ones.
fn forget(schema: &mut Part, name: &str) {
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|one| one != name);
        if required.is_empty() {
            schema.shift_remove("required");
        }
    }
}
