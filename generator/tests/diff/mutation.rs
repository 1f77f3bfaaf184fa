//! Mutations of descriptions: JSON Patch (RFC 6902) with operations for names and order.

use serde_yaml::{Mapping, Value};

/// The description before and after a script, both written the same way.
pub(crate) fn apply(text: &str, script: &str) -> (String, String) {
    let old: Value = serde_yaml::from_str(text).unwrap();
    let mut new = old.clone();
    let script: Value = serde_yaml::from_str(script).unwrap();
    for operation in script.as_sequence().unwrap() {
        step(&mut new, operation);
    }
    assert_ne!(serde_yaml::to_string(&old).unwrap(), serde_yaml::to_string(&new).unwrap(), "changes nothing");
    (serde_yaml::to_string(&old).unwrap(), serde_yaml::to_string(&new).unwrap())
}

fn text<'v>(operation: &'v Value, key: &str) -> &'v str {
    operation.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("no {key}"))
}

fn step(document: &mut Value, operation: &Value) {
    let value = || operation.get("value").unwrap().clone();
    match text(operation, "op") {
        "add" => add(document, operation, value()),
        "remove" => drop(remove(document, text(operation, "path"))),
        "replace" => *find(document, &steps(text(operation, "path"))) = value(),
        "move" => {
            let value = remove(document, text(operation, "from"));
            add(document, operation, value);
        }
        "copy" => {
            let value = find(document, &steps(text(operation, "from"))).clone();
            add(document, operation, value);
        }
        "rename" => {
            let (parent, key) = parent(document, text(operation, "path"));
            let mapping = parent.as_mapping_mut().unwrap();
            let renamed = std::mem::take(mapping).into_iter().map(|(name, value)| {
                if is_key(&name, &key) { (text(operation, "to").into(), value) } else { (name, value) }
            });
            let renamed: Mapping = renamed.collect();
            *mapping = renamed;
        }
        "order" => order(find(document, &steps(text(operation, "path"))), operation.get("keys").unwrap()),
        "subst" => subst(document, text(operation, "from"), text(operation, "to")),
        other => panic!("unknown operation {other}"),
    }
}

fn steps(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
}

/// Keys of YAML may be numbers.
fn is_key(key: &Value, text: &str) -> bool {
    match key {
        Value::String(key) => key == text,
        Value::Number(key) => key.to_string() == text,
        _ => false,
    }
}

fn find<'d>(document: &'d mut Value, steps: &[String]) -> &'d mut Value {
    steps.iter().fold(document, |node, step| match node {
        Value::Sequence(items) => &mut items[step.parse::<usize>().unwrap()],
        Value::Mapping(mapping) => {
            mapping.iter_mut().find(|(key, _)| is_key(key, step)).unwrap_or_else(|| panic!("no {step}")).1
        }
        _ => panic!("no {step}"),
    })
}

fn parent<'d>(document: &'d mut Value, pointer: &str) -> (&'d mut Value, String) {
    let mut steps = steps(pointer);
    let last = steps.pop().unwrap();
    (find(document, &steps), last)
}

fn add(document: &mut Value, operation: &Value, value: Value) {
    let (parent, key) = parent(document, text(operation, "path"));
    match parent {
        Value::Sequence(items) => {
            let at = if key == "-" { items.len() } else { key.parse().unwrap() };
            items.insert(at, value);
        }
        Value::Mapping(mapping) => {
            if let Some((_, slot)) = mapping.iter_mut().find(|(known, _)| is_key(known, &key)) {
                *slot = value;
                return;
            }
            let place = operation.get("before").or_else(|| operation.get("after")).and_then(Value::as_str);
            let behind = operation.get("before").is_none();
            let mut entries: Vec<(Value, Value)> = std::mem::take(mapping).into_iter().collect();
            let at = place.and_then(|place| entries.iter().position(|(known, _)| is_key(known, place)));
            let at = at.map_or(entries.len(), |at| at + usize::from(behind));
            entries.insert(at, (key.into(), value));
            *mapping = entries.into_iter().collect();
        }
        _ => panic!("no {key}"),
    }
}

fn remove(document: &mut Value, pointer: &str) -> Value {
    let (parent, key) = parent(document, pointer);
    match parent {
        Value::Sequence(items) => items.remove(key.parse().unwrap()),
        Value::Mapping(mapping) => {
            let mut removed = None;
            let rest = std::mem::take(mapping).into_iter().filter_map(|(name, value)| {
                if is_key(&name, &key) {
                    removed = Some(value);
                    return None;
                }
                Some((name, value))
            });
            let rest: Mapping = rest.collect();
            *mapping = rest;
            removed.unwrap_or_else(|| panic!("no {key}"))
        }
        _ => panic!("no {key}"),
    }
}

fn order(node: &mut Value, keys: &Value) {
    let keys = keys.as_sequence().unwrap();
    match node {
        Value::Sequence(items) => {
            let chosen: Vec<usize> = keys.iter().map(|key| usize::try_from(key.as_u64().unwrap()).unwrap()).collect();
            let first: Vec<Value> = chosen.iter().map(|at| items[*at].clone()).collect();
            let rest = items.iter().enumerate().filter(|(at, _)| !chosen.contains(at)).map(|(_, item)| item.clone());
            *items = first.into_iter().chain(rest).collect();
        }
        Value::Mapping(mapping) => {
            let entries: Vec<(Value, Value)> = std::mem::take(mapping).into_iter().collect();
            let names: Vec<&str> = keys.iter().map(|key| key.as_str().unwrap()).collect();
            let named = names.iter().map(|name| entries.iter().find(|(key, _)| is_key(key, name)).unwrap().clone());
            let rest = entries.iter().filter(|(key, _)| !names.iter().any(|name| is_key(key, name))).cloned();
            let ordered: Mapping = named.chain(rest).collect();
            *mapping = ordered;
        }
        _ => panic!("no order"),
    }
}

fn subst(node: &mut Value, from: &str, to: &str) {
    match node {
        Value::String(text) if text == from => to.clone_into(text),
        Value::Sequence(items) => items.iter_mut().for_each(|item| subst(item, from, to)),
        Value::Mapping(mapping) => mapping.iter_mut().for_each(|(_, value)| subst(value, from, to)),
        _ => {}
    }
}
