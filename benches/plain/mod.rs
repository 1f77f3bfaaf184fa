//! The baseline: the same models with serde's derived code, with and without unknown fields.

#![allow(dead_code, reason = "the benches measure only decoding and encoding")]

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The example of the description.
pub const PAGE: &str = r#"{"data":{"attributes":{"created_at":"2026-05-01T12:00:00Z","domain":"siem-test.com","enabled":true,"integration_type":"GOOGLE_WORKSPACE","modified_at":"2026-05-01T12:00:00Z","name":"My GWS Integration","settings":{"setting1":"value1"},"state":"valid"},"id":"11111111-2222-3333-4444-555555555555","type":"integration_config"}}"#;

/// A list of 10,000 resources of the example.
pub fn list() -> String {
    let one = PAGE.strip_prefix("{\"data\":").and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    format!("[{}]", vec![one; 10_000].join(","))
}

macro_rules! models {
    ($module:ident, $($extra:tt)*) => {
        pub mod $module {
            use super::*;

            #[derive(Debug, Serialize, Deserialize)]
            pub struct Response {
                pub data: Data,
                $($extra)*
            }

            #[derive(Debug, Serialize, Deserialize)]
            pub struct Data {
                pub attributes: Attributes,
                pub id: String,
                #[serde(rename = "type")]
                pub kind: String,
                $($extra)*
            }

            #[derive(Debug, Serialize, Deserialize)]
            pub struct Attributes {
                pub created_at: Option<String>,
                pub domain: String,
                pub enabled: Option<bool>,
                pub integration_type: String,
                pub modified_at: Option<String>,
                pub name: Option<String>,
                pub settings: Option<Map<String, Value>>,
                pub state: Option<String>,
                $($extra)*
            }
        }
    };
}

models!(ignoring,);
models!(preserving, #[serde(flatten)] pub extra: Map<String, Value>,);
