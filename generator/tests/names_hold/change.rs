//! Random changes of a description that leave most of it untouched: order, additions, removals, copies.

use clientsmith::diff::Named;
use fastrand::Rng;
use serde_json::{Map, Value, json};

/// The effects that a change may have on other names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing.
    Neutral,
    /// Something may want the same name: the names of both may change, and no name gets another meaning.
    Rival,
}

/// A change.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) what: &'static str,
    pub(crate) kind: Kind,
    /// The pointer of the changed part.
    pub(crate) at: String,
    /// The touched places: pointers, and methods with paths.
    touched: Vec<String>,
    /// Pointers of items of lists with their new ones.
    moved: Vec<(String, String)>,
}

impl Change {
    fn new(what: &'static str, kind: Kind, at: String) -> Self {
        Self { what, kind, at, touched: Vec::new(), moved: Vec::new() }
    }

    fn touching(mut self, place: String) -> Self {
        self.touched.push(place);
        self
    }

    pub(crate) fn touches(&self, place: &str) -> bool {
        // The media types of a body want one name.
        let body = |at: &str| {
            at.split_once("/content/").map(|(body, _)| format!("#{}/content/", body.trim_start_matches('#')))
        };
        // The members of a union have names of their content.
        let union = self.at.find("/oneOf").into_iter().chain(self.at.find("/anyOf")).min();
        let nested = self.at.matches("/oneOf").count() + self.at.matches("/anyOf").count() > 1;
        let union = union.filter(|_| nested || !self.touched.is_empty()).and_then(|end| self.at.get(..end));
        if union.is_some_and(|at| place.trim_start_matches('#').starts_with(at)) {
            return true;
        }
        if body(&self.at).is_some_and(|body| place.starts_with(&body)) {
            return true;
        }
        // A property can be what makes a list paged, and its operation offers more then.
        let operation = self.at.strip_prefix("/paths/").and_then(|at| at.split_once('/'));
        let operation = operation.filter(|_| !self.touched.is_empty()).map(|(path, rest)| {
            let method = rest.split('/').next().unwrap_or_default().to_uppercase();
            format!("{method} {}", path.replace("~1", "/").replace("~0", "~"))
        });
        if operation.is_some_and(|operation| place.starts_with(&operation)) {
            return true;
        }
        let inside = |touched: &String| {
            place.strip_prefix(touched.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ' ']))
        };
        self.touched.iter().any(|at| inside(at) || inside(&at.replace("/anyOf", "/oneOf")))
    }

    /// The place after the change.
    pub(crate) fn moved(&self, place: &str) -> String {
        for (old, new) in &self.moved {
            if let Some(rest) =
                place.strip_prefix(old.as_str()).filter(|rest| rest.is_empty() || rest.starts_with(['/', ' ']))
            {
                return format!("{new}{rest}");
            }
        }
        place.to_owned()
    }
}

pub(crate) fn read(text: &str) -> Result<Value, ()> {
    let value: Value = serde_yaml::from_str(text).map_err(drop)?;
    if value.get("paths").is_some() { Ok(value) } else { Err(()) }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Pointers of all objects that these keys lead to.
fn find(value: &Value, keys: &[&str], at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let below = format!("{at}/{}", escape(key));
                let is_name = at.ends_with("/properties");
                if keys.contains(&key.as_str())
                    && !is_name
                    && !matches!(key.as_str(), "example" | "examples" | "default")
                {
                    found.push(below.clone());
                }
                find(inner, keys, &below, found);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, inner)| find(inner, keys, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

/// One of the places with these keys that fits.
fn one_of(document: &Value, keys: &[&str], rng: &mut Rng, fits: impl Fn(&Value) -> bool) -> Option<String> {
    let mut found = Vec::new();
    find(document, keys, "", &mut found);
    found.retain(|at| !at.contains("/example") && document.pointer(at).is_some_and(&fits));
    rng.choice(found)
}

fn map<'v>(document: &'v mut Value, at: &str) -> Option<&'v mut Map<String, Value>> {
    document.pointer_mut(at)?.as_object_mut()
}

fn shuffle(map: &mut Map<String, Value>, rng: &mut Rng) {
    let mut entries: Vec<(String, Value)> = std::mem::take(map).into_iter().collect();
    rng.shuffle(&mut entries);
    map.extend(entries);
}

fn insert(map: &mut Map<String, Value>, key: &str, value: Value, rng: &mut Rng) {
    let mut entries: Vec<(String, Value)> = std::mem::take(map).into_iter().collect();
    entries.insert(rng.usize(..=entries.len()), (key.to_owned(), value));
    map.extend(entries);
}

fn components(document: &Value) -> &'static str {
    if document.get("swagger").is_some() { "/definitions" } else { "/components/schemas" }
}

/// The same name in another case or with other signs, which is not the name of a type.
fn respelled(name: &str, rng: &mut Rng) -> String {
    match rng.u8(..4) {
        0 => name.to_lowercase(),
        1 => name.to_uppercase(),
        2 => format!("{name}_"),
        _ => {
            let mut letters = name.chars();
            letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
        }
    }
}

/// A union whose members have pointers of their own: no part of an `allOf` or of several unions, and without references to
/// its members.
fn union(document: &Value, rng: &mut Rng) -> Option<String> {
    let at = one_of(document, &["oneOf", "anyOf"], rng, |value| value.as_array().is_some_and(|list| list.len() > 1))?;
    let parent = document.pointer(at.rsplit_once('/')?.0)?;
    let both = parent.get("oneOf").is_some() && parent.get("anyOf").is_some();
    let referred = ["/oneOf/", "/anyOf/"].iter().any(|word| document.to_string().contains(word));
    (!both && !referred && !at.contains("/allOf")).then_some(at)
}

/// Changes a description in one way.
pub(crate) fn change(document: &mut Value, names: &[Named], rng: &mut Rng) -> Option<Change> {
    match rng.u8(..18) {
        0 => shuffle_map(document, "shuffle paths", "/paths", rng),
        1 => shuffle_map(document, "shuffle components", components(document), rng),
        2 => {
            let at = one_of(document, &["properties", "responses", "content"], rng, |value| {
                value.as_object().is_some_and(|map| map.len() > 1)
            })?;
            shuffle_map(document, "shuffle properties, responses or media types", &at, rng)
        }
        3 => shuffle_list(document, "shuffle members", &["oneOf", "anyOf"], rng),
        4 => shuffle_list(document, "shuffle parameters", &["parameters"], rng),
        5 => shuffle_list(document, "shuffle values", &["enum"], rng),
        6 => add_component(document, rng),
        7 => add_respelled_component(document, rng),
        8 => add_component_with_name_of_inline(document, names, rng),
        9 => add_path(document, false, rng),
        10 => add_path(document, true, rng),
        11 => add_property(document, rng),
        12 => add_respelled_property(document, rng),
        13 => add_value(document, rng),
        14 => add_member(document, rng),
        15 => remove_path(document, rng),
        16 => remove_item(document, rng),
        _ => shuffle_list(document, "shuffle tags", &["tags"], rng),
    }
}

fn shuffle_map(document: &mut Value, what: &'static str, at: &str, rng: &mut Rng) -> Option<Change> {
    let entries = map(document, at).filter(|map| map.len() > 1)?;
    shuffle(entries, rng);
    Some(Change::new(what, Kind::Neutral, at.to_owned()))
}

fn shuffle_list(document: &mut Value, what: &'static str, keys: &[&str], rng: &mut Rng) -> Option<Change> {
    let at = if keys.contains(&"oneOf") {
        union(document, rng)?
    } else {
        one_of(document, keys, rng, |value| value.as_array().is_some_and(|list| list.len() > 1))?
    };
    // Other lists name the values by their positions.
    let parent = at.rsplit_once('/').and_then(|(parent, _)| document.pointer(parent))?;
    if parent
        .as_object()
        .is_some_and(|map| map.keys().any(|key| key.starts_with("x-enum") || key.starts_with("x-ms-enum")))
    {
        return None;
    }
    // The first tag of an operation is its group, and the order of several equal parameters is their meaning.
    if keys == ["tags"] && at != "/tags" {
        return None;
    }
    let list = document.pointer_mut(&at)?.as_array_mut()?;
    let mut order: Vec<usize> = (0..list.len()).collect();
    rng.shuffle(&mut order);
    let items = std::mem::take(list);
    list.extend(order.iter().map(|index| items[*index].clone()));
    let mut change = Change::new(what, Kind::Neutral, at.clone());
    for (new, old) in order.iter().enumerate() {
        for at in pointers(&at) {
            change.moved.push((format!("{at}/{old}"), format!("{at}/{new}")));
        }
    }
    Some(change)
}

/// The pointers under which the generator knows a list.
fn pointers(at: &str) -> Vec<String> {
    vec![format!("#{at}"), format!("#{}", at.replace("/anyOf", "/oneOf"))]
}

fn add_component(document: &mut Value, rng: &mut Rng) -> Option<Change> {
    let at = components(document);
    let entries = map(document, at)?;
    let shape = json!({"type": "object", "properties": {"zq_one": {"type": "string"}}});
    insert(entries, "ZqNovel", shape, rng);
    Some(Change::new("add a component", Kind::Neutral, at.to_owned()).touching(format!("#{at}/ZqNovel")))
}

fn add_respelled_component(document: &mut Value, rng: &mut Rng) -> Option<Change> {
    let at = components(document);
    let entries = map(document, at)?;
    let keys: Vec<String> = entries.keys().cloned().collect();
    let key = rng.choice(keys)?;
    let name = respelled(&key, rng);
    if entries.contains_key(&name) {
        return None;
    }
    let shape = json!({"type": "object", "properties": {"zq_two": {"type": "string"}}});
    insert(entries, &name, shape, rng);
    Some(Change::new("add a component of almost the same name", Kind::Rival, format!("{at}/{name}")))
}

fn add_component_with_name_of_inline(document: &mut Value, names: &[Named], rng: &mut Rng) -> Option<Change> {
    // A title gives way to a component.
    let mut titles = Vec::new();
    find(document, &["title"], "", &mut titles);
    if titles.iter().any(|at| at != "/info/title") {
        return None;
    }
    let at = components(document);
    let inline = names.iter().filter(|one| !one.place.contains(' ') && one.name.starts_with("models::"));
    let inline = inline.filter(|one| !one.place.starts_with(&format!("#{at}/")) || one.place.matches('/').count() > 3);
    // Names that a collision made say so.
    let inline: Vec<&Named> = inline.filter(|one| !one.name.ends_with("Property")).collect();
    let name = rng.choice(inline)?.name.trim_start_matches("models::").to_owned();
    let entries = map(document, at).filter(|map| !map.contains_key(&name))?;
    let shape = json!({"type": "object", "properties": {"zq_three": {"type": "string"}}});
    insert(entries, &name, shape, rng);
    Some(Change::new("add a component with the name of an inline type", Kind::Rival, format!("{at}/{name}")))
}

/// Adds a copy of a path, or a path whose operations have the tags in another spelling.
fn add_path(document: &mut Value, respell: bool, rng: &mut Rng) -> Option<Change> {
    let paths = map(document, "/paths")?;
    // A copy of a reference would have the same `operationId`.
    let keys = paths.iter().filter(|(key, item)| key.starts_with('/') && item.get("$ref").is_none());
    let keys: Vec<String> = keys.map(|(key, _)| key.clone()).collect();
    let key = rng.choice(keys)?;
    let mut item = paths[&key].clone();
    for (method, operation) in item.as_object_mut()? {
        if let Some(id) = operation.get_mut("operationId") {
            *id = format!("zqNovel{method}").into();
        }
        let tag = operation.get("tags").and_then(|tags| tags.get(0)).and_then(Value::as_str).map(str::to_owned);
        if let Some(tag) = tag.filter(|_| respell) {
            let other = respelled(&tag, rng);
            operation["tags"] = json!([other]);
        }
    }
    let new = format!("/zq-novel{key}");
    insert(paths, &new, item, rng);
    let what = if respell { "add a path with tags of almost the same name" } else { "copy a path" };
    let kind = if respell { Kind::Rival } else { Kind::Neutral };
    let mut change = Change::new(what, kind, format!("/paths/{}", escape(&new)));
    change.touched.push(format!("#/paths/{}", escape(&new)));
    for method in ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY"] {
        change.touched.push(format!("{method} {new}"));
    }
    Some(change)
}

fn add_property(document: &mut Value, rng: &mut Rng) -> Option<Change> {
    let at = one_of(document, &["properties"], rng, Value::is_object)?;
    // Other schemas may have the title too.
    let parent = document.pointer(at.trim_end_matches("/properties"))?;
    let kind = if parent.get("title").is_some() { Kind::Rival } else { Kind::Neutral };
    let entries = map(document, &at)?;
    insert(entries, "zq_novel", json!({"type": "string", "enum": ["zq", "zr"]}), rng);
    let parent = at.trim_end_matches("/properties").to_owned();
    Some(Change::new("add a property", kind, at).touching(format!("#{parent}")))
}

fn add_respelled_property(document: &mut Value, rng: &mut Rng) -> Option<Change> {
    let at = one_of(document, &["properties"], rng, |value| value.as_object().is_some_and(|map| !map.is_empty()))?;
    let entries = map(document, &at)?;
    let keys: Vec<String> = entries.keys().cloned().collect();
    let name = rng.choice(keys)?.to_uppercase();
    if entries.contains_key(&name) {
        return None;
    }
    insert(entries, &name, json!({"type": "string", "enum": ["zq", "zs"]}), rng);
    Some(Change::new("add a property of almost the same name", Kind::Rival, format!("{at}/{name}")))
}

fn add_value(document: &mut Value, rng: &mut Rng) -> Option<Change> {
    let at = one_of(document, &["enum"], rng, |value| {
        value.as_array().is_some_and(|list| list.len() > 1 && list.iter().all(Value::is_string))
    })?;
    let values = document.pointer_mut(&at)?.as_array_mut()?;
    let value = rng.choice(values.iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>())?;
    let (what, kind, value) = match rng.bool() {
        true => ("add a value", Kind::Neutral, "zq_novel".to_owned()),
        false => ("add a value of almost the same name", Kind::Rival, format!("{value}_")),
    };
    values.insert(rng.usize(..=values.len()), value.into());
    Some(Change::new(what, kind, at))
}

fn add_member(document: &mut Value, rng: &mut Rng) -> Option<Change> {
    let at = union(document, rng)?;
    let list = document.pointer_mut(&at)?.as_array_mut()?;
    let member = json!({"type": "object", "required": ["zq_member"], "properties": {"zq_member": {"type": "string"}}});
    let index = rng.usize(..=list.len());
    let length = list.len();
    list.insert(index, member);
    let mut change = Change::new("add a member", Kind::Neutral, at.clone());
    for old in (index..length).rev() {
        for at in pointers(&at) {
            change.moved.push((format!("{at}/{old}"), format!("{at}/{}", old + 1)));
        }
    }
    Some(change)
}

fn remove_path(document: &mut Value, rng: &mut Rng) -> Option<Change> {
    let paths = map(document, "/paths").filter(|paths| paths.len() > 1)?;
    let keys: Vec<String> = paths.keys().cloned().collect();
    let key = rng.choice(keys)?;
    paths.shift_remove(&key);
    Some(Change::new("remove a path", Kind::Neutral, format!("/paths/{}", escape(&key))))
}

/// Removes a property or a value.
fn remove_item(document: &mut Value, rng: &mut Rng) -> Option<Change> {
    let at = one_of(document, &["properties", "enum"], rng, |value| {
        value.as_object().is_some_and(|map| map.len() > 2) || value.as_array().is_some_and(|list| list.len() > 3)
    })?;
    match document.pointer_mut(&at)? {
        Value::Object(entries) => {
            let keys: Vec<String> = entries.keys().cloned().collect();
            let key = rng.choice(keys)?;
            // Without a rival, a title is a name again.
            let removed = entries.shift_remove(&key).map(|value| value.to_string()).unwrap_or_default();
            let kind = if removed.contains("\"title\"") { Kind::Rival } else { Kind::Neutral };
            let parent = at.trim_end_matches("/properties").to_owned();
            Some(Change::new("remove a property", kind, at).touching(format!("#{parent}")))
        }
        Value::Array(values) => {
            values.remove(rng.usize(..values.len()));
            let parent = at.trim_end_matches("/enum").to_owned();
            Some(Change::new("remove a value", Kind::Neutral, at).touching(format!("#{parent}")))
        }
        _ => None,
    }
}
