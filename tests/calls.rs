//! Calls of the checked-in client: retries, shared connections, rejected values, and other transports.

mod server;

use clientsmith_runtime::codec::{Encode, EncodeError, Sink};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::{AttemptLimits, BoxFuture};
use clientsmith_runtime::{Body, Method, Transport, TransportError};
use server::{Server, http as whole, json};
use spec_sync::Client;
use spec_sync::models::SecurityMonitoringIntegrationType as Type;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const PATH: &str = "/api/v2/security_monitoring/configuration/integration_config";
const PAGE: &str = r#"{"data":{"attributes":{"domain":"siem-test.com","enabled":true,"integration_type":"OKTA"},"id":"1","type":"integration_config"}}"#;

fn client(base: &str) -> Client {
    Client::builder().base_url(base).api_key_auth("the-api-key").app_key_auth("the-app-key").build().unwrap()
}

#[tokio::test]
async fn does_not_retry_post() {
    let server = Server::start(vec![whole("502 Bad Gateway", &[("content-type", "text/html")], "<h1>bad</h1>")]);
    let call = client(&server.base()).request(Method::POST, PATH).json(&"secret-in-the-body");
    let error = call.send().await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 502);
    assert_eq!(&error.raw_body().unwrap()[..], b"<h1>bad</h1>");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn sends_unknown_enum_value_in_query() {
    let server = Server::start(vec![json("200 OK", "{}")]);
    let call = client(&server.base()).request(Method::GET, PATH);
    let call = call.query("filter[integration_type]", &Type::from("JUMPCLOUD"));
    call.send().await.unwrap();
    assert!(server.requests()[0].contains("?filter%5Bintegration_type%5D=JUMPCLOUD "), "{}", server.requests()[0]);
}

/// A body that JSON cannot represent.
struct Unwritable;

impl Encode for Unwritable {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.number(f64::NAN)
    }
}

#[tokio::test]
async fn rejects_body_that_cannot_be_encoded() {
    let server = Server::start(vec![json("200 OK", "{}")]);
    let error = client(&server.base()).request(Method::POST, PATH).json(&Unwritable).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("the body cannot be written"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn clones_share_a_connection() {
    use axum::serve::ListenerExt;
    let opened = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&opened);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let listener = listener.tap_io(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
    });
    let app = axum::Router::new().fallback(|| async { ([("content-type", "application/json")], PAGE) });
    tokio::spawn(async move { axum::serve(listener, app).await });
    let client = client(&base);
    for id in ["1", "2", "3"] {
        let clone = client.clone();
        clone.security_monitoring().get_security_monitoring_integration_config(id).await.unwrap();
    }
    assert_eq!(opened.load(Ordering::SeqCst), 1);
}

/// A transport without a network.
struct FixedResponse;

impl Transport for FixedResponse {
    fn send(
        &self,
        request: http::Request<Body>,
        _: AttemptLimits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        assert!(request.uri().path().ends_with("/1") && request.headers()["dd-api-key"].is_sensitive());
        Box::pin(async { Ok(http::Response::new(Body::from(PAGE))) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}

#[tokio::test]
async fn transport_can_be_replaced() {
    let client = Client::builder().transport(FixedResponse).api_key_auth("the-api-key").app_key_auth("the-app-key");
    let client = client.build().unwrap();
    let response = client.security_monitoring().get_security_monitoring_integration_config("1").await;
    assert_eq!(response.unwrap().data.attributes.domain, "siem-test.com");
}
