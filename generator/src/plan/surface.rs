//! `surface.json`: the map of what is printed, for tools.

use super::methods::paging::Pages;
use super::methods::{Group, HeaderField, Method};
use super::models::{Kind, Model};
use super::type_of::Types;
use crate::api::{Api, Location, Payload, Shape, Skipped, Status};
use serde_json::{Value, json};

/// The text of `surface.json`.
#[must_use]
pub fn surface(api: &Api, types: &Types<'_>, package: &str, models: &[Model], groups: &[Group]) -> String {
    let operations = groups.iter().flat_map(|group| group.methods.iter().map(move |method| operation(group, method)));
    let untyped = api.schemas.iter().filter_map(|schema| match &schema.shape {
        Shape::Any(any) => {
            Some(json!({ "pointer": schema.origin.pointer, "reason": any.reason, "fallback": any.fallback }))
        }
        _ => None,
    });
    let surface = json!({
        "surface_version": 1,
        "spec": { "title": api.info.title, "version": api.info.version, "openapi": api.info.openapi },
        "crate": package.replace('-', "_"),
        "types": models.iter().map(model).collect::<Vec<_>>(),
        "operations": operations.collect::<Vec<_>>(),
        "payloads": api.payloads.iter().map(|sent| payload(sent, types)).collect::<Vec<_>>(),
        "untyped": untyped.collect::<Vec<_>>(),
        "skipped": api.skipped.iter().map(skipped).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&surface).unwrap_or_default() + "\n"
}

fn skipped(skipped: &Skipped) -> Value {
    json!({ "pointer": skipped.pointer, "code": skipped.code, "reason": skipped.reason })
}

/// What a webhook or callback sends, with the type that reads it.
fn payload(sent: &Payload, types: &Types<'_>) -> Value {
    let media = sent.media.iter().map(|media| {
        let ty = media.schema.map(|schema| types.of(schema).path());
        json!({ "media": media.name, "type": ty })
    });
    json!({
        "kind": if sent.callback { "callback" } else { "webhook" },
        "name": sent.name, "method": sent.method, "pointer": sent.origin.pointer,
        "body": media.collect::<Vec<_>>(),
    })
}

fn model(model: &Model) -> Value {
    let rust = format!("models::{}", model.name);
    match &model.kind {
        Kind::Struct(structure) => {
            let fields = structure.fields.iter().map(|field| {
                let nullable = field.ty.path().starts_with("Maybe<") || (field.required && field.ty.path().starts_with("Option<"));
                json!({ "wire": field.wire, "rust": field.name, "type": field.ty.path(), "required": field.required, "nullable": nullable })
            });
            let mut json = json!({ "pointer": model.pointer, "rust": rust, "kind": "struct", "fields": fields.collect::<Vec<_>>() });
            if let (Some(_), Some(members)) = (structure.row, json.as_object_mut()) {
                members.insert("array".to_owned(), Value::Bool(true));
            }
            json
        }
        Kind::TextEnum(listed) | Kind::IntegerEnum(listed) => {
            let values = listed.values.iter().map(|(wire, name, _)| json!({ "wire": wire, "rust": name }));
            json!({ "pointer": model.pointer, "rust": rust, "kind": "enum", "open": listed.fallback.is_some(), "values": values.collect::<Vec<_>>() })
        }
        Kind::Union(choice) => {
            let members = choice
                .members
                .iter()
                .map(|member| json!({ "rust": member.variant, "type": member.ty.path(), "tags": member.tags }));
            json!({ "pointer": model.pointer, "rust": rust, "kind": "union", "tag": choice.tag, "members": members.collect::<Vec<_>>() })
        }
        Kind::Alias(ty) => json!({ "pointer": model.pointer, "rust": rust, "kind": "alias", "type": ty.path() }),
    }
}

fn operation(group: &Group, method: &Method) -> Value {
    let parameters = method.inputs.iter().map(|input| {
        let place = match input.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::QueryString => "querystring",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        json!({ "wire": input.wire, "in": place, "rust": input.name, "type": input.ty.path(), "required": input.required })
    });
    let request = method
        .body
        .iter()
        .flat_map(|body| body.payloads.iter().map(move |one| (body, one)))
        .map(|(body, one)| json!({ "media": one.media, "type": one.ty.path(), "required": body.required }));
    let responses = method.answers.iter().map(|(status, media, ty)| {
        let status = match status {
            Status::Exact(status) => status.to_string(),
            Status::Range(range) => format!("{range}XX"),
            Status::Default => "default".to_owned(),
        };
        match media {
            Some(media) => json!({ "status": status, "media": media, "type": ty.path() }),
            None => json!({ "status": status, "type": ty.path() }),
        }
    });
    let headers = method.headers.iter().flat_map(|view| {
        let rust = move |name: &str| format!("api::{}::{}::{name}", group.module, view.name);
        let field = move |field: &HeaderField| json!({ "wire": field.wire, "rust": rust(&field.name), "type": field.ty.path() });
        view.fields.iter().map(field)
    });
    json!({
        "operation_id": method.id, "method": method.verb, "path": method.path, "tag": group.tag,
        "feature": group.feature, "pointer": method.pointer,
        "rust": format!("api::{}::{}", group.name, method.name),
        "parameters": parameters.collect::<Vec<_>>(),
        "request": request.collect::<Vec<_>>(),
        "responses": responses.collect::<Vec<_>>(),
        "response_headers": headers.collect::<Vec<_>>(),
        "stream": method.stream.as_ref().map(|stream| stream.surface(&group.module)),
        "pagination": method.pages.as_ref().map(Pages::surface),
    })
}
