//! Values that the application sends back: serde's enums of every kind, numbers, dates, flattened fields, null.

use axum::Json;
use axum::extract::Path;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// The tag is inside.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Internal {
    Small { n: u32 },
    LargeOne { name: String, list: Vec<Option<u8>> },
    Nothing,
}

/// The tag is beside the content.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(tag = "t", content = "c")]
pub enum Adjacent {
    Number(u64),
    Named { name: String },
    Nothing,
}

/// The tag is the only key, or a string.
#[derive(Serialize, Deserialize, ToSchema)]
pub enum External {
    Nothing,
    One(i32),
    Pair(i32, String),
    Named { name: String },
}

/// No tag.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Untagged {
    Number(i64),
    Text(String),
    Many(Vec<i64>),
    Named { name: String },
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct Numbers {
    tiny: u8,
    small: u32,
    large: u64,
    signed: i64,
    float: f32,
    double: f64,
    size: usize,
    maybe: Option<u64>,
}

/// A civil date-time has no offset. utoipa describes chrono's `NaiveDateTime` as `date-time`.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct Times {
    at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    naive: DateTime,
    day: Date,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct Base {
    id: u32,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Flat {
    #[serde(flatten)]
    base: Base,
    own_name: String,
    #[serde(flatten)]
    more: HashMap<String, serde_json::Value>,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct FlatChoice {
    id: u32,
    #[serde(flatten)]
    choice: Internal,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct Nullable {
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<i32>,
    choice: Option<Internal>,
    list: Option<Vec<Option<String>>>,
    map: HashMap<String, Option<i32>>,
    pair: (i32, Option<String>),
    anything: serde_json::Value,
}

#[derive(Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    items: Vec<T>,
    next: Option<String>,
    total: usize,
}

macro_rules! echo {
    ($($name:ident($type:ty) at $path:literal;)*) => {$(
        #[utoipa::path(post, path = $path, tag = "models", request_body = $type, responses((status = 200, body = $type)))]
        pub async fn $name(Json(value): Json<$type>) -> Json<$type> {
            Json(value)
        }
    )*};
}

echo! {
    internal(Internal) at "/models/internal";
    adjacent(Adjacent) at "/models/adjacent";
    external(External) at "/models/external";
    untagged(Untagged) at "/models/untagged";
    numbers(Numbers) at "/models/numbers";
    times(Times) at "/models/times";
    flat(Flat) at "/models/flat";
    flat_choice(FlatChoice) at "/models/flat-choice";
    nullable(Nullable) at "/models/nullable";
    page(Page<Base>) at "/models/page";
}

/// Writes null for `None`.
#[utoipa::path(get, path = "/models/found/{id}", tag = "models", params(("id" = u32, Path)), responses((status = 200, body = Option<Base>)))]
pub async fn found(Path(id): Path<u32>) -> Json<Option<Base>> {
    Json((id > 0).then_some(Base { id }))
}
