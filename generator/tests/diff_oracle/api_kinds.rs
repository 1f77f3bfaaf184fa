//! Mutations of paths, parameters, responses, security schemes, and of the description as a whole.

use super::edits::{is, set, unset};
use super::kinds::{Dialect, Kind, Wire};
use super::operation_kinds::{first, media_of};
use super::places::{Place, insert_before, name, object, parent, rename, reorder};
use serde_json::{Value, json};

/// A kind.
macro_rules! kind {
    ($name:literal, $place:ident, $wire:ident, $edit:expr) => {
        Kind { name: $name, place: Place::$place, wire: Wire::$wire, edit: $edit }
    };
}

pub(crate) const KINDS: &[Kind] = &[
    kind!("path: renamed", Path, Break, |document, at, _| {
        rename(object(document, parent(at))?, &name(at), &format!("/v9{}", name(at)))
    }),
    kind!("path: parameter of the template renamed", Path, NoBreak, |document, at, _| {
        let path = name(at);
        let (_, rest) = path.split_once('{')?;
        let (old, _) = rest.split_once('}')?;
        let old = old.to_owned();
        let mut found = false;
        for (_, owner) in object(document, at)?.iter_mut() {
            let all = match owner {
                Value::Array(_) => Some(owner),
                _ => owner.get_mut("parameters"),
            };
            for one in all
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
                .filter(|one| one["name"] == old.as_str() && one["in"] == "path")
            {
                one["name"] = json!("novelty");
                found = true;
            }
        }
        let renamed = path.replace(&format!("{{{old}}}"), "{novelty}");
        rename(object(document, parent(at)).filter(|_| found)?, &path, &renamed)
    }),
    kind!("path: moved in front", Path, NoBreak, |document, at, _| {
        let path = name(at);
        Some(reorder(object(document, "/paths")?, |all| all.sort_by_key(|(one, _)| *one != path)))
    }),
    kind!("path: operations reordered", Path, NoBreak, |document, at, _| {
        Some(reorder(object(document, at)?, |all| all.reverse()))
    }),
    kind!("parameter: required now", Parameter, Break, |document, at, _| {
        let one = object(document, at).filter(|one| one.contains_key("name"))?;
        if ["path", "body", "formData"].iter().any(|place| is(one, "in", place)) {
            return None;
        }
        if one.get("required") == Some(&json!(true)) { None } else { set(one, "required", json!(true)) }
    }),
    kind!("parameter: optional now", Parameter, NoBreak, |document, at, _| {
        let one =
            object(document, at).filter(|one| !is(one, "in", "path") && one.get("required") == Some(&json!(true)))?;
        unset(one, "required")
    }),
    kind!("parameter: removed", Parameter, NoBreak, |document, at, _| {
        let is_path = ["path", "body"].iter().any(|place| object(document, at).is_some_and(|one| is(one, "in", place)));
        let all = document.pointer_mut(parent(at)).filter(|_| !is_path)?.as_array_mut()?;
        all.remove(name(at).parse().ok()?);
        Some(())
    }),
    kind!("parameter: moved in front", Parameter, NoBreak, |document, at, _| {
        let index: usize = name(at).parse().ok().filter(|index| *index > 0)?;
        let all = document.pointer_mut(parent(at))?.as_array_mut()?;
        let one = all.remove(index);
        Some(all.insert(0, one))
    }),
    kind!("parameter: in another place", Parameter, Break, |document, at, _| {
        let one = object(document, at)?;
        let other = if is(one, "in", "query") { "header" } else { "query" };
        if is(one, "in", "path")
            || is(one, "in", "body")
            || is(one, "in", "formData")
            || one.contains_key("style")
            || is(one, "type", "array")
        {
            return None;
        }
        set(one, "in", json!(other))
    }),
    kind!("parameter: renamed", Parameter, Values, |document, at, _| {
        let one = object(document, at).filter(|one| is(one, "in", "query") || is(one, "in", "header"))?;
        set(one, "name", json!("novelty"))
    }),
    kind!("parameter: list in another style", Parameter, Break, |document, at, _| {
        let one = object(document, at).filter(|one| {
            is(one, "in", "query") && one.get("schema").is_some_and(|schema| schema["type"] == "array")
        })?;
        let explode = one.get("explode") != Some(&json!(false));
        set(one, "explode", json!(!explode))
    }),
    kind!("parameter: deprecated", Parameter, NoBreak, |document, at, _| {
        let one = object(document, at).filter(|one| one.contains_key("schema"))?;
        set(one, "deprecated", json!(true))
    }),
    kind!("parameter: other description", Parameter, NoBreak, |document, at, _| set(
        object(document, at)?,
        "description",
        json!("Another text.")
    )),
    kind!("response: other description", Response, NoBreak, |document, at, _| set(
        object(document, at)?,
        "description",
        json!("Another text.")
    )),
    kind!("response: header added", Response, NoBreak, |document, at, _| {
        let header = if Dialect::of(document) == Dialect::Two {
            json!({ "type": "integer" })
        } else {
            json!({ "schema": { "type": "integer" } })
        };
        let headers = object(document, at)?.entry("headers").or_insert_with(|| json!({})).as_object_mut()?;
        set(headers, "X-Novelty", header)
    }),
    kind!("response: headers removed", Response, NoBreak, |document, at, _| unset(object(document, at)?, "headers")),
    kind!("response: body removed", Response, Values, |document, at, _| {
        let one = object(document, at)?;
        unset(one, "content").or_else(|| unset(one, "schema"))
    }),
    kind!("response: of another media type", Response, Values, |document, at, _| {
        let content = media_of(document, at)?;
        rename(content, &first(content).filter(|_| content.len() == 1)?, "application/vnd.novel+json")
    }),
    kind!("response: of one more media type", Response, NoBreak, |document, at, _| {
        let content = media_of(document, at)?;
        if content.contains_key("text/csv") {
            None
        } else {
            set(content, "text/csv", json!({ "schema": { "type": "string" } }))
        }
    }),
    kind!("security scheme: other header", SecurityScheme, Values, |document, at, _| {
        let one = object(document, at).filter(|one| is(one, "type", "apiKey"))?;
        set(one, "name", json!("X-Novel-Key"))
    }),
    kind!("security scheme: renamed", SecurityScheme, NoBreak, |document, at, _| {
        let old = name(at);
        rename(object(document, parent(at))?, &old, "novelty")?;
        Some(rename_requirements(document, &old))
    }),
    kind!("security scheme: other description", SecurityScheme, NoBreak, |document, at, _| {
        set(object(document, at)?, "description", json!("Another text."))
    }),
    kind!("description: paths reordered", Root, NoBreak, |document, _, _| Some(reorder(
        object(document, "/paths")?,
        |all| all.reverse()
    ))),
    kind!("description: components reordered", Root, NoBreak, |document, _, _| {
        let start = Dialect::of(document).components();
        Some(reorder(object(document, start)?, |all| all.reverse()))
    }),
    kind!("description: keys reordered", Root, NoBreak, |document, _, _| Some(reorder(
        document.as_object_mut()?,
        |all| all.reverse()
    ))),
    kind!("description: other server", Root, NoBreak, |document, _, _| {
        match Dialect::of(document) {
            Dialect::Two => set(document.as_object_mut()?, "host", json!("novel.example")),
            _ => set(document.as_object_mut()?, "servers", json!([{ "url": "https://novel.example" }])),
        }
    }),
    kind!("description: value of the server's variable added", Root, NoBreak, |document, _, _| {
        let variables = document.pointer_mut("/servers/0/variables")?.as_object_mut()?;
        Some(variables.values_mut().next()?.get_mut("enum")?.as_array_mut()?.push(json!("novelty")))
    }),
    kind!("description: value of the server's variable removed", Root, NoBreak, |document, _, _| {
        let variables = document.pointer_mut("/servers/0/variables")?.as_object_mut()?;
        let values = variables.values_mut().next()?.get_mut("enum")?.as_array_mut().filter(|all| all.len() > 1)?;
        values.pop().map(drop)
    }),
    kind!("description: other title", Root, NoBreak, |document, _, _| set(
        object(document, "/info")?,
        "title",
        json!("Another Title")
    )),
    kind!("description: other version", Root, NoBreak, |document, _, _| set(
        object(document, "/info")?,
        "version",
        json!("99")
    )),
    kind!("description: tags described", Root, NoBreak, |document, _, _| {
        let tag = document
            .pointer("/paths")?
            .as_object()?
            .values()
            .find_map(|path| path.as_object()?.values().find_map(|one| one.get("tags")?.get(0)).cloned())?;
        set(document.as_object_mut()?, "tags", json!([{ "name": tag, "description": "Another text." }]))
    }),
    kind!("description: operation added in front", Root, NoBreak, |document, _, _| {
        let added = json!({ "get": { "operationId": "novelty", "responses": { "204": { "description": "New." } } } });
        Some(insert_before(object(document, "/paths")?, "", "/novelty", added))
    }),
    kind!("description: no security", Root, NoBreak, |document, _, _| unset(document.as_object_mut()?, "security")),
];

/// Renames a scheme in every requirement.
fn rename_requirements(value: &mut Value, old: &str) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| rename_requirements(item, old)),
        Value::Object(members) => {
            for (key, member) in members {
                if key == "security" {
                    let all = member.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut);
                    all.for_each(|one| {
                        rename(one, old, "novelty");
                    });
                } else {
                    rename_requirements(member, old);
                }
            }
        }
        _ => {}
    }
}
