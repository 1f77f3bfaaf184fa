//! The call written by hand on the same dependencies.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::sync::Arc;

#[derive(Debug, Deserialize)]
struct Response {
    data: Data,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "a client has more fields than this program reads")]
struct Data {
    attributes: Attributes,
    id: String,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "a client has more fields than this program reads")]
struct Attributes {
    created_at: Option<DateTime<Utc>>,
    domain: String,
    enabled: Option<bool>,
    integration_type: String,
    modified_at: Option<DateTime<Utc>>,
    name: Option<String>,
    settings: Option<Map<String, Value>>,
    state: Option<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(call())
}

async fn call() -> Result<(), Box<dyn std::error::Error>> {
    let id = std::env::args().nth(1).unwrap_or_default();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = reqwest::Client::builder().tls_backend_preconfigured(tls).build()?;
    let site = std::env::var("DD_SITE").unwrap_or_else(|_| "datadoghq.com".to_owned());
    let path = "api/v2/security_monitoring/configuration/integration_config";
    let response = client
        .get(format!("https://api.{site}/{path}/{id}"))
        .header("DD-API-KEY", std::env::var("DD_API_KEY")?)
        .header("DD-APPLICATION-KEY", std::env::var("DD_APP_KEY")?)
        .send()
        .await?
        .error_for_status()?;
    let config: Response = serde_json::from_slice(&response.bytes().await?)?;
    println!("{} is {:?}", config.data.attributes.domain, config.data.attributes.state);
    Ok(())
}
