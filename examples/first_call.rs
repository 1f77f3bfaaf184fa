//! Sends the call of the README: to Datadog if its keys are in the environment, else to a mock server on the loopback
//! interface that responds with the examples of the description.

use axum::{Router, extract::Path, http::StatusCode, routing::get};
use datadog_entity_context_sync::Client;
use std::error::Error;

const ID: &str = "11111111-2222-3333-4444-555555555555";
const EXAMPLE: &str = r#"{"data":{"attributes":{"created_at":"2026-05-01T12:00:00Z","domain":"siem-test.com",
"enabled":true,"integration_type":"GOOGLE_WORKSPACE","modified_at":"2026-05-01T12:00:00Z","name":"My GWS Integration",
"settings":{"setting1":"value1"},"state":"valid"},"id":"11111111-2222-3333-4444-555555555555",
"type":"integration_config"}}"#;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let has_keys = ["DD_API_KEY", "DD_BEARER_TOKEN"].iter().any(|name| std::env::var_os(name).is_some());
    let client = if has_keys {
        Client::from_env()?
    } else {
        eprintln!("neither DD_API_KEY nor DD_BEARER_TOKEN is set; calling a mock server on this machine");
        let base = mock_server().await?;
        Client::builder().base_url(base).api_key_auth("example").app_key_auth("example").build()?
    };
    let config = client.security_monitoring().get_security_monitoring_integration_config(ID).send().await?;
    println!("{} is {:?}", config.data.attributes.domain, config.data.attributes.state);
    Ok(())
}

async fn mock_server() -> Result<String, Box<dyn Error>> {
    let path = "/api/v2/security_monitoring/configuration/integration_config/{id}";
    let respond = |Path(id): Path<String>| async move {
        let json = [("content-type", "application/json")];
        if id == ID {
            (StatusCode::OK, json, EXAMPLE)
        } else {
            (StatusCode::NOT_FOUND, json, r#"{"errors":["Not Found"]}"#)
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, Router::new().route(path, get(respond))).await });
    Ok(format!("http://{address}"))
}
