//! Parameters, forms, files, responses other than JSON, errors, credentials.

use axum::Json;
use axum::extract::{Form, Multipart, Path, Query, RawQuery};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The query string, since axum does not decode arrays.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    tiny: u8,
    text: Option<String>,
    #[serde(default)]
    #[param(required = false)]
    flag: bool,
    #[serde(skip)]
    #[expect(dead_code, reason = "it is described only")]
    tags: Option<Vec<String>>,
}

#[derive(Serialize, ToSchema)]
pub struct Seen {
    query: String,
    tiny: u8,
    text: Option<String>,
    flag: bool,
}

#[utoipa::path(get, path = "/wire/query", tag = "wire", params(Wanted, ("ids" = Vec<i32>, Query)), responses((status = 200, body = Seen)))]
pub async fn query(RawQuery(query): RawQuery, Query(wanted): Query<Wanted>) -> Json<Seen> {
    let Wanted { tiny, text, flag, .. } = wanted;
    Json(Seen { query: query.unwrap_or_default(), tiny, text, flag })
}

/// A multipart form, which utoipa does not describe by itself.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is described only")]
pub struct Upload {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    #[schema(value_type = Option<Vec<String>>, format = Binary)]
    more: Option<Vec<Vec<u8>>>,
    note: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct Part {
    name: Option<String>,
    file_name: Option<String>,
    media: Option<String>,
    text: String,
}

#[utoipa::path(
    post, path = "/wire/upload", tag = "wire",
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses((status = 200, body = Vec<Part>), (status = 400, body = String))
)]
pub async fn upload(mut parts: Multipart) -> Response {
    let mut seen = Vec::new();
    loop {
        match parts.next_field().await {
            Ok(Some(part)) => {
                let [name, file_name, media] =
                    [part.name(), part.file_name(), part.content_type()].map(|text| text.map(str::to_owned));
                let text = part.text().await.unwrap_or_default();
                seen.push(Part { name, file_name, media, text });
            }
            Ok(None) => return Json(seen).into_response(),
            Err(error) => return error.into_response(),
        }
    }
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct Login {
    name: String,
    age: Option<u8>,
    #[serde(default)]
    agreed: bool,
}

#[utoipa::path(
    post, path = "/wire/form", tag = "wire",
    request_body(content = Login, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = Login))
)]
pub async fn form(Form(login): Form<Login>) -> Json<Login> {
    Json(login)
}

#[utoipa::path(post, path = "/wire/text", tag = "wire", request_body = String, responses((status = 200, body = String)))]
pub async fn text(text: String) -> String {
    text
}

/// JSON with an explicit media type: utoipa describes a string as `text/plain`.
#[utoipa::path(get, path = "/wire/quoted", tag = "wire", responses((status = 200, body = String, content_type = "application/json")))]
pub async fn quoted() -> Json<&'static str> {
    Json("quoted")
}

#[utoipa::path(
    post, path = "/wire/bytes", tag = "wire",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"))
)]
pub async fn bytes(body: axum::body::Bytes) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/octet-stream")], body)
}

#[utoipa::path(get, path = "/wire/lines", tag = "wire", responses((status = 200, body = Login, content_type = "application/x-ndjson")))]
pub async fn lines() -> impl IntoResponse {
    let body = "{\"name\":\"a\",\"age\":1,\"agreed\":true}\n{\"name\":\"b\",\"age\":null,\"agreed\":false}\n";
    ([(header::CONTENT_TYPE, "application/x-ndjson")], body)
}

#[derive(Serialize, ToSchema)]
pub struct Problem {
    reason: String,
}

#[utoipa::path(
    get, path = "/wire/fail/{status}", tag = "wire", params(("status" = u16, Path)),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub async fn fail(Path(status): Path<u16>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    if status == StatusCode::NO_CONTENT {
        return status.into_response();
    }
    (status, Json(Problem { reason: format!("it is {}", status.as_u16()) })).into_response()
}

#[utoipa::path(get, path = "/wire/me", tag = "wire", security(("bearer" = [])), responses((status = 200, body = String), (status = 401)))]
pub async fn me(headers: HeaderMap) -> Response {
    match headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()) {
        Some(value) => value.to_owned().into_response(),
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}
