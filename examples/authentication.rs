//! Authentication with three sources of a credential: a fixed token, a callback that reads a token from a file, and a refresh
//! token that the client exchanges at a token server. A mock server on the loopback interface responds. See docs/auth.md.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use datadog_entity_context_sync::auth::{CredentialSource, OAuth};
use datadog_entity_context_sync::{Client, ClientBuilder};
use std::error::Error;
use std::time::Duration;

const ID: &str = "11111111-2222-3333-4444-555555555555";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let base = mock_server().await?;
    let builder = || Client::builder().base_url(&base);

    show("a fixed token", builder().auth_z("from-the-page")).await?;

    let file = std::env::temp_dir().join("authentication-example-token");
    std::fs::write(&file, "from-a-file")?;
    let path = file.clone();
    let callback = CredentialSource::callback(move |request| {
        let read = std::fs::read_to_string(&path);
        println!("  requested for {} with the scopes {:?}", request.scheme, request.scopes);
        async move { read }
    });
    show("a callback", builder().auth_z_from(callback)).await?;
    std::fs::remove_file(file)?;

    let oauth = OAuth::refresh_token("my-program", "from-the-person")
        .token_url(format!("{base}/token"))
        .margin(Duration::from_secs(120))
        .on_token(|token| println!("  store the next refresh token: {}", token.refresh_token.is_some()));
    show("a refresh token", builder().auth_z_from(oauth)).await?;
    Ok(())
}

async fn show(source: &str, builder: ClientBuilder) -> Result<(), Box<dyn Error>> {
    println!("{source}");
    let client = builder.build()?;
    let config = client.security_monitoring().get_security_monitoring_integration_config(ID).send().await?;
    println!("  the server received {:?}", config.data.attributes.name);
    Ok(())
}

/// Starts a token server, and an API that returns the token that it received.
async fn mock_server() -> Result<String, Box<dyn Error>> {
    let path = "/api/v2/security_monitoring/configuration/integration_config/{id}";
    let json = [("content-type", "application/json")];
    let respond = move |Path(id): Path<String>, headers: HeaderMap| async move {
        let seen = headers.get("authorization").and_then(|value| value.to_str().ok());
        let Some(token) = seen.and_then(|value| value.strip_prefix("Bearer ")) else {
            return (StatusCode::UNAUTHORIZED, json, r#"{"errors":["Unauthorized"]}"#.to_owned());
        };
        let config = format!(
            r#"{{"data":{{"id":"{id}","type":"integration_config","attributes":{{"created_at":"2026-05-01T12:00:00Z",
            "modified_at":"2026-05-01T12:00:00Z","domain":"siem-test.com","enabled":true,"name":"{token}",
            "integration_type":"GOOGLE_WORKSPACE","settings":{{}},"state":"valid"}}}}}}"#
        );
        (StatusCode::OK, json, config)
    };
    let token = r#"{"access_token":"from-the-server","expires_in":3600,"refresh_token":"for-the-next-time"}"#;
    let token = move || async move { (json, token) };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let routes = Router::new().route(path, get(respond)).route("/token", post(token));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    Ok(format!("http://{address}"))
}
