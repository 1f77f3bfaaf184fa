//! `surface.json`: the map of the generated crate, for tools.

use super::models::{Kind, Model};
use super::operations::paging::Pages;
use super::operations::{Group, HeaderField, Passing, PlannedOperation};
use super::rust_type::{Class, RustType};
use super::type_of::Types;
use super::webhooks::{WebhookEnum, WebhookVariant};
use crate::api::{Api, LeftOut, Location, Shape, Skipped, Webhook};
use serde::Serialize;
use serde_json::Value;

/// The text of `surface.json`.
#[must_use]
pub(crate) fn surface(
    api: &Api,
    types: &Types<'_>,
    package: &str,
    models: &[Model],
    groups: &[Group],
    webhooks: Option<&WebhookEnum>,
) -> String {
    let operations =
        groups.iter().flat_map(|group| group.operations.iter().map(move |planned| operation(group, planned)));
    let untyped = api.schemas.iter().filter_map(|schema| match &schema.shape {
        Shape::Any(any) => {
            Some(Untyped { pointer: &schema.origin.pointer, reason: &any.reason, fallback: any.fallback })
        }
        _ => None,
    });
    let surface = Surface {
        surface_version: 1,
        spec: Spec { title: &api.info.title, version: &api.info.version, openapi: &api.info.openapi },
        package: package.replace('-', "_"),
        types: models.iter().map(model).collect(),
        operations: operations.collect(),
        payloads: api.webhooks.iter().map(|webhook| payload(webhook, types, webhooks)).collect(),
        untyped: untyped.collect(),
        skipped: api.skipped.iter().map(skipped).collect(),
        left_out: api.left_out.iter().map(left_out).collect(),
    };
    serde_json::to_string_pretty(&surface).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct Surface<'p> {
    surface_version: u8,
    spec: Spec<'p>,
    #[serde(rename = "crate")]
    package: String,
    types: Vec<Type<'p>>,
    operations: Vec<Operation<'p>>,
    payloads: Vec<Payload<'p>>,
    untyped: Vec<Untyped<'p>>,
    skipped: Vec<SkippedPart<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<LeftOutPart<'p>>,
}

#[derive(Serialize)]
struct Spec<'p> {
    title: &'p str,
    version: &'p str,
    openapi: &'p str,
}

#[derive(Serialize)]
struct Untyped<'p> {
    pointer: &'p str,
    reason: &'p str,
    fallback: bool,
}

#[derive(Serialize)]
struct SkippedPart<'p> {
    pointer: &'p str,
    code: &'p str,
    reason: &'p str,
}

fn skipped(skipped: &Skipped) -> SkippedPart<'_> {
    SkippedPart { pointer: &skipped.pointer, code: &skipped.code, reason: &skipped.reason }
}

/// A part that the settings leave out.
#[derive(Serialize)]
struct LeftOutPart<'p> {
    kind: &'static str,
    name: &'p str,
    pointer: &'p str,
    reason: &'p str,
}

fn left_out(left: &LeftOut) -> LeftOutPart<'_> {
    LeftOutPart { kind: left.kind.as_str(), name: &left.name, pointer: &left.pointer, reason: &left.reason }
}

/// The body of a webhook or callback with its type.
#[derive(Serialize)]
struct Payload<'p> {
    kind: &'static str,
    name: &'p str,
    method: &'p str,
    pointer: &'p str,
    /// The variant of a webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    rust: Option<String>,
    body: Vec<PayloadBody<'p>>,
}

#[derive(Serialize)]
struct PayloadBody<'p> {
    media: &'p str,
    r#type: Option<String>,
}

fn payload<'p>(webhook: &'p Webhook, types: &Types<'_>, webhooks: Option<&WebhookEnum>) -> Payload<'p> {
    let media = webhook
        .media
        .iter()
        .map(|media| PayloadBody { media: &media.name, r#type: media.schema.map(|schema| types.of(schema).path()) });
    let mut variants = webhooks.into_iter().flat_map(|webhooks| &webhooks.variants);
    let is_own = |variant: &&WebhookVariant| {
        !webhook.callback && variant.name == webhook.name && variant.pointer == webhook.origin.pointer
    };
    Payload {
        rust: variants.find(is_own).map(WebhookVariant::path),
        kind: if webhook.callback { "callback" } else { "webhook" },
        name: &webhook.name,
        method: &webhook.method,
        pointer: &webhook.origin.pointer,
        body: media.collect(),
    }
}

#[derive(Serialize)]
struct Type<'p> {
    pointer: &'p str,
    rust: String,
    #[serde(flatten)]
    kind: TypeKind<'p>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum TypeKind<'p> {
    Struct {
        fields: Vec<Field<'p>>,
        #[serde(skip_serializing_if = "is_false")]
        array: bool,
    },
    Enum {
        open: bool,
        values: Vec<Listed<'p>>,
    },
    Union {
        tag: Option<&'p str>,
        members: Vec<Member<'p>>,
    },
    Alias {
        r#type: String,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_false(value: &bool) -> bool {
    !*value
}

#[derive(Serialize)]
struct Field<'p> {
    wire: &'p str,
    rust: &'p str,
    r#type: String,
    required: bool,
    nullable: bool,
}

#[derive(Serialize)]
struct Listed<'p> {
    wire: &'p str,
    rust: &'p str,
}

#[derive(Serialize)]
struct Member<'p> {
    rust: &'p str,
    r#type: String,
    tags: &'p [String],
}

/// A type in `surface.json`.
fn model(model: &Model) -> Type<'_> {
    let kind = match &model.kind {
        Kind::Struct(structure) => {
            let fields = structure.fields.iter().map(|field| Field {
                wire: &field.wire,
                rust: &field.name,
                r#type: field.ty.path(),
                required: field.required,
                nullable: match field.ty {
                    RustType::Maybe(_) => true,
                    RustType::Option(_) => field.required,
                    _ => false,
                },
            });
            TypeKind::Struct { fields: fields.collect(), array: structure.is_tuple() }
        }
        Kind::StringEnum(listed) | Kind::IntegerEnum(listed) => {
            let values = listed.values.iter().map(|value| Listed { wire: &value.wire, rust: &value.variant });
            TypeKind::Enum { open: listed.fallback.is_some(), values: values.collect() }
        }
        Kind::Union(union) => {
            let members = union.members.iter().map(|member| Member {
                rust: &member.variant,
                r#type: member.ty.path(),
                tags: &member.discriminator_values,
            });
            TypeKind::Union { tag: union.discriminator.as_deref(), members: members.collect() }
        }
        Kind::Alias(ty) => TypeKind::Alias { r#type: ty.path() },
    };
    Type { pointer: &model.pointer, rust: format!("models::{}", model.name), kind }
}

#[derive(Serialize)]
struct Operation<'p> {
    operation_id: &'p str,
    method: &'p str,
    path: &'p str,
    tag: Option<&'p str>,
    feature: Option<&'p str>,
    pointer: &'p str,
    rust: String,
    parameters: Vec<Parameter<'p>>,
    request: Vec<Request<'p>>,
    responses: Vec<Response<'p>>,
    response_headers: Vec<Header<'p>>,
    stream: Option<Value>,
    pagination: Option<Value>,
}

#[derive(Serialize)]
struct Parameter<'p> {
    wire: &'p str,
    r#in: &'static str,
    rust: &'p str,
    r#type: String,
    required: bool,
    /// True if it is set on the client.
    #[serde(skip_serializing_if = "is_false")]
    client: bool,
    /// True if it has one possible value, which is sent without an argument.
    #[serde(skip_serializing_if = "is_false")]
    fixed: bool,
}

#[derive(Serialize)]
struct Request<'p> {
    media: &'p str,
    r#type: String,
    required: bool,
}

#[derive(Serialize)]
struct Response<'p> {
    status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    media: Option<&'p str>,
    r#type: String,
}

#[derive(Serialize)]
struct Header<'p> {
    wire: &'p str,
    rust: String,
    r#type: String,
}

/// The type of a body. An enum of events stands beside its operation.
fn request_type(payload: &super::operations::Payload, group: &Group) -> String {
    let path = payload.ty.path();
    if payload.event_kinds().is_empty() { path } else { path.replace("models::", &format!("api::{}::", group.module)) }
}

/// An operation in `surface.json`.
fn operation<'p>(group: &'p Group, operation: &'p PlannedOperation) -> Operation<'p> {
    let parameters = operation.inputs.iter().map(|input| Parameter {
        wire: &input.wire,
        r#in: match input.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::QueryString => "querystring",
            Location::Header => "header",
            Location::Cookie => "cookie",
        },
        rust: &input.name,
        r#type: input.ty.path(),
        required: !input.passing.has_setter(),
        client: matches!(input.passing, Passing::ClientHeader { .. }),
        fixed: matches!(input.passing, Passing::Fixed(_)),
    });
    let request = operation.body.iter().flat_map(|body| body.payloads.iter().map(move |one| (body, one)));
    let request = request.map(|(body, one)| Request {
        media: &one.media,
        r#type: request_type(one, group),
        required: body.is_argument,
    });
    let responses = operation.responses.iter().map(|response| Response {
        status: response.status.to_string(),
        media: response.media.as_deref(),
        r#type: match &response.ty {
            RustType::Model { name, class: Class::Outcome, .. } => format!("api::{}::{name}", group.module),
            other => other.path(),
        },
    });
    let headers = operation.headers.iter().flat_map(|view| {
        let rust = move |name: &str| format!("api::{}::{}::{name}", group.module, view.name);
        let header = move |field: &'p HeaderField| Header {
            wire: &field.wire,
            rust: rust(&field.name),
            r#type: field.ty.path(),
        };
        view.fields.iter().map(header)
    });
    Operation {
        operation_id: &operation.id,
        method: &operation.method,
        path: &operation.path,
        tag: operation.tag.as_deref(),
        feature: group.feature.as_deref(),
        pointer: &operation.pointer,
        rust: format!("{}::{}", group.path(), operation.name),
        parameters: parameters.collect(),
        request: request.collect(),
        responses: responses.collect(),
        response_headers: headers.collect(),
        stream: operation.stream.as_ref().map(|stream| stream.surface(&group.module)),
        pagination: operation.pages.as_ref().map(Pages::surface),
    }
}
