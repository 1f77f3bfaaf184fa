//! The dump of a description's meaning: one line for each schema and operation. Knows only the `Api`.

use crate::api::{
    Api, EnumType, EventKind, Extra, Items, Media, Object, Operation, PageLocation, Paging, Parameter, Scalar, Schema,
    SchemaId, SecurityRequirement, Sequence, Shape, Step, Union,
};
use std::fmt::Write;

/// Returns the whole dump.
#[must_use]
pub(crate) fn api(api: &Api) -> String {
    let mut text = format!("{} {}\n", api.info.title, api.info.version);
    for server in &api.servers {
        let variables = server.variables.iter().map(|one| format!(" {}={}", one.name, one.default));
        let _ = writeln!(text, "server {}{}", server.url, variables.collect::<String>());
    }
    for scheme in &api.schemes {
        let _ = writeln!(text, "scheme {} {:?}", scheme.name, scheme.kind);
    }
    let names: std::collections::BTreeMap<_, _> = api.components.iter().map(|(name, id)| (*id, name)).collect();
    for (id, schema) in api.schemas.entries() {
        let name = names.get(&id).map_or_else(|| format!("[{}]", schema.name_words.join(".")), |name| (*name).clone());
        let _ = writeln!(text, "{id} {name}: {}", schema_line(schema));
    }
    for operation in &api.operations {
        let _ = writeln!(text, "{}", operation_line(operation));
    }
    for webhook in &api.webhooks {
        let kind = if webhook.callback { "callback" } else { "webhook" };
        let media: Vec<String> =
            webhook.media.iter().map(|media| format!("{}={:?}", media.name, media.schema)).collect();
        let _ = writeln!(text, "{kind} {} {} {}", webhook.method, webhook.name, media.join(" "));
    }
    for skipped in &api.skipped {
        let _ = writeln!(text, "skipped {} {}: {}", skipped.pointer, skipped.code, skipped.reason);
    }
    for left in &api.left_out {
        let _ = writeln!(text, "left out {} {}: {}", left.kind.as_str(), left.name, left.reason);
    }
    text
}

fn schema_line(schema: &Schema) -> String {
    let mut text = shape(&schema.shape);
    for (word, is) in [("null", schema.nullable), ("secret", schema.secret), ("deprecated", schema.deprecated)] {
        if is {
            text.push(' ');
            text.push_str(word);
        }
    }
    if let Some(only) = schema.only_value.as_ref().filter(|_| !matches!(schema.shape, Shape::Enum(_))) {
        let _ = write!(text, " only {only}");
    }
    if let Some(default) = &schema.default {
        let _ = write!(text, " = {default}");
    }
    text
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Scalar(one) => scalar(one),
        Shape::List(items) => format!("list {items}"),
        Shape::Tuple(one) => {
            let items = one
                .items
                .iter()
                .enumerate()
                .map(|(index, item)| format!("{}{}", item, if index < one.least { "!" } else { "" }));
            let extra = match one.extra {
                Extra::Any => " ..".to_owned(),
                Extra::None => String::new(),
                Extra::Of(items) => format!(" ..{items}"),
            };
            format!("tuple{} ({}){extra}", if one.own { " own" } else { "" }, items.collect::<Vec<_>>().join(", "))
        }
        Shape::Map(values) => format!("map {values}"),
        Shape::Object(one) => object(one),
        Shape::Enum(one) => {
            let values = one.values.iter().map(|value| match &value.name {
                Some(name) => format!("{}:{name}", value.wire),
                None => value.wire.clone(),
            });
            let word = match one.value_type {
                EnumType::String => "enum",
                EnumType::Integer => "integer enum",
            };
            format!("{word} {}", values.collect::<Vec<_>>().join("|"))
        }
        Shape::Union(one) => union(one),
        Shape::Same(other) => format!("same {other}"),
        Shape::Any(any) if any.fallback => format!("fallback ({})", any.reason),
        Shape::Any(any) => format!("any ({})", any.reason),
    }
}

fn scalar(scalar: &Scalar) -> String {
    let bound = |bound: &Option<i128>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    match scalar {
        Scalar::Bool => "bool".to_owned(),
        Scalar::Float(_) => "number".to_owned(),
        Scalar::Decimal(_) => "decimal".to_owned(),
        Scalar::Null => "null".to_owned(),
        Scalar::String(format) => format!("text {}", format.as_deref().unwrap_or_default()).trim().to_owned(),
        Scalar::Integer { format, minimum, maximum } => {
            let range = match (minimum, maximum) {
                (None, None) => String::new(),
                _ => format!("{}..{}", bound(minimum), bound(maximum)),
            };
            let words = ["integer", format.as_deref().unwrap_or_default(), &range];
            words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
        }
    }
}

fn object(object: &Object) -> String {
    let properties = object.properties.iter().map(|property| {
        let mark = if property.required { "!" } else { "" };
        let only = match (property.read_only, property.write_only) {
            (true, _) => " read",
            (false, true) => " write",
            (false, false) => "",
        };
        format!("{}{mark} {}{only}", property.name, property.schema)
    });
    let properties = properties.collect::<Vec<_>>().join(", ");
    match object.extra {
        Extra::Any => format!("{{{properties}}} .."),
        Extra::None => format!("{{{properties}}}"),
        Extra::Of(values) => format!("{{{properties}}} ..{values}"),
    }
}

fn union(union: &Union) -> String {
    let members = union.members.iter().map(|member| {
        let values = if member.discriminator_values.is_empty() {
            String::new()
        } else {
            format!(" ({})", member.discriminator_values.join(","))
        };
        format!("{}{}{values}", member.name.as_deref().unwrap_or_default(), member.schema)
    });
    let discriminator = union.discriminator.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
    let default_member = union.default_member.map(|index| format!(" else {index}")).unwrap_or_default();
    format!("union{discriminator}{default_member} {}", members.collect::<Vec<_>>().join(" | "))
}

fn operation_line(operation: &Operation) -> String {
    let (method, path) = (&operation.method, &operation.path);
    let parameters: Vec<String> = operation.parameters.iter().map(parameter).collect();
    let mut text = format!("{method} {path} ({})", parameters.join(", "));
    if let Some(body) = &operation.body {
        let _ = write!(text, " body{} {}", if body.required { "!" } else { "" }, media(&body.media));
    }
    let responses = operation.responses.iter().map(|response| {
        let status = response.status;
        let headers = response.headers.iter().map(|header| format!(" [{} {}]", header.name, header.schema));
        format!("{status} {}{}", media(&response.media), headers.collect::<String>()).trim_end().to_owned()
    });
    let _ = write!(text, " -> {}", responses.collect::<Vec<_>>().join("; "));
    if !operation.security.is_empty() {
        let alternatives: Vec<String> = operation.security.iter().map(|together| needs(together)).collect();
        let _ = write!(text, " needs {}", alternatives.join("|"));
    }
    if let Some(flag) = &operation.stream_flag {
        let _ = write!(text, " switch {} {:?}", flag.name, flag.locations);
    }
    if let Some(paging) = &operation.paging {
        let _ = write!(text, " pages {}", pages(paging));
    }
    text
}

fn pages(paging: &Paging) -> String {
    let location = |location: &PageLocation| match location {
        PageLocation::Query(name) | PageLocation::Header(name) => name.clone(),
        PageLocation::Body(path) => format!("body.{}", path.join(".")),
    };
    let way = match &paging.step {
        Step::Cursor { location: at, next } => format!("cursor {}={}", location(at), next.join(".")),
        Step::LastItem { location: at, key } => format!("last {}={}", location(at), key.join(".")),
        Step::Offset { location: at, first, response_offset } => {
            format!("offset {} from {first}{}", location(at), labelled("own", response_offset.as_ref()))
        }
        Step::Number { location: at, first, response_page, pages } => {
            let (own, pages) = (labelled("own", response_page.as_ref()), labelled("pages", pages.as_ref()));
            format!("page {} from {first}{own}{pages}", location(at))
        }
        Step::Url { next } => format!("url {}", next.join(".")),
        Step::Link => "link".to_owned(),
    };
    let ends = [("total", &paging.total), ("more", &paging.more), ("last", &paging.last)];
    let ends: String = ends.iter().map(|(word, path)| labelled(word, path.as_ref())).collect();
    format!("{way} items {:?} {}{ends}", paging.items.join("."), paging.item)
}

fn labelled(word: &str, path: Option<&Vec<String>>) -> String {
    path.map_or_else(String::new, |path| format!(" {word} {}", path.join(".")))
}

fn needs(together: &[SecurityRequirement]) -> String {
    let scoped = together.iter().map(|need| match need.scopes.as_slice() {
        [] => need.scheme.clone(),
        scopes => format!("{}({})", need.scheme, scopes.join(",")),
    });
    scoped.collect::<Vec<_>>().join("+")
}

fn parameter(parameter: &Parameter) -> String {
    let mark = if parameter.required { "!" } else { "" };
    let explode = if parameter.explode { "*" } else { "" };
    let (location, style) = (parameter.location, parameter.style);
    format!("{location:?} {}{mark} {style:?}{explode} {}", parameter.name, parameter.schema)
}

fn media(media: &[Media]) -> String {
    let each = media.iter().map(|one| match (one.schema, &one.sequence) {
        (Some(id), _) => format!("{} {}", one.name, id),
        (None, Some(sequence)) => format!("{} {}", one.name, self::sequence(sequence)),
        (None, None) => one.name.clone(),
    });
    each.collect::<Vec<_>>().join(", ")
}

fn sequence(sequence: &Sequence) -> String {
    let shown = |id: &Option<SchemaId>| id.map_or_else(|| "any".to_owned(), |id| format!("{id}"));
    let kind = |kind: &EventKind| {
        let data = kind.data.map_or_else(|| "text".to_owned(), |id| format!("{id}"));
        format!("{}{}{data}", kind.names.join(","), if kind.names.is_empty() { "" } else { ":" })
    };
    let items = match &sequence.items {
        Items::Events(kinds) => format!("events {}", kinds.iter().map(kind).collect::<Vec<_>>().join("|")),
        Items::Lines(item) => format!("lines {}", shown(item)),
        Items::JsonTextSequence(item) => format!("texts {}", shown(item)),
        Items::Parts(item) => format!("parts {}", shown(item)),
    };
    let end = sequence.end.as_ref().map(|end| format!(" until {end:?}")).unwrap_or_default();
    format!("{items}{end}")
}
