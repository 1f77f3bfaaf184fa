//! The checked-in client against a loopback server with the faults of real servers: every response that is known to
//! break clients of this API, and the expected result.
//!
//! | fault | test |
//! |---|---|
//! | 200 with the documented example | `documented_example_round_trips` |
//! | unknown `integration_type`, `state`, `data.type`; an enum sent as a number; more members, at any level | `unknown_values_round_trip` |
//! | no `domain`, no `data.type`, `enabled: "yes"`, `name: 7`, `domain: null` | `decoding_error_has_the_path_and_the_body` |
//! | optional members that are null, a duplicate member, a bad `created_at` | `nulls_duplicates_and_invalid_dates_round_trip` |
//! | no body on 200, 204 or 304; HTML on 200; invalid UTF-8 | `empty_or_other_body_leaves_the_status` |
//! | HTML on 502 | `gateway_page_is_in_the_error_after_retries` |
//! | 403, 404; an error body of another shape | `documented_errors_are_typed` |
//! | 429 with `X-RateLimit-Reset`, 503 with `Retry-After`, repeated or not | `waits_for_rate_limits` |
//! | reset before the headers, reset in the body | `retries_broken_connections_then_fails` |
//! | no response | `silent_server_causes_a_timeout` |
//! | 302 to another host | `does_not_send_keys_to_another_origin` |
//! | ids `""`, `"."`, `".."`, `a/b c+d%é` | `rejects_values_that_cannot_be_sent` |
//! | a key with a line break; `Debug` of client, builder and call | `invalid_settings_are_errors_without_secrets` |
//! | no keys | `missing_credentials_fail_before_sending` |
//! | 502 for a POST; an unknown enum value in a query; a body that cannot be written | `calls.rs` |
//! | one pool for all clones; a custom transport | `calls.rs` |
//! | a refused connection; trusted and untrusted TLS | `tls.rs` |
//! | `DD_SITE=datadoghq.co`, `app.datadoghq.eu`, no variables in the environment | `environment.rs` |
//! | `Debug` of a model with secrets; a union's known tag with a wrong body | not in this API: `secrets_are_not_shown` and `selects_variants_by_discriminator` in `runtime/tests/codec.rs` |

mod server;

use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::TransportErrorKind;
use server::{Script, Server, http, json};
use spec_sync::Client;
use spec_sync::models::{SecurityMonitoringIntegrationConfigState as State, SecurityMonitoringIntegrationType as Type};
use std::time::Duration;

const ID: &str = "11111111-2222-3333-4444-555555555555";
const PAGE: &str = r#"{"data":{"attributes":{"created_at":"2026-05-01T12:00:00Z","domain":"siem-test.com","enabled":true,"integration_type":"GOOGLE_WORKSPACE","modified_at":"2026-05-01T12:00:00Z","name":"My GWS Integration","settings":{"setting1":"value1"},"state":"valid"},"id":"11111111-2222-3333-4444-555555555555","type":"integration_config"}}"#;

fn client(server: &Server) -> Client {
    Client::builder().base_url(server.base()).api_key_auth("the-api-key").app_key_auth("the-app-key").build().unwrap()
}

type CallResult = Result<
    spec_sync::Response<spec_sync::models::SecurityMonitoringIntegrationConfigResponse>,
    spec_sync::Error<spec_sync::models::ApiErrorResponse>,
>;

async fn call(server: &Server) -> CallResult {
    client(server).security_monitoring().get_security_monitoring_integration_config(ID).send().await
}

async fn call_with(body: &str) -> CallResult {
    call(&Server::start(vec![json("200 OK", body)])).await
}

fn page_with(from: &str, to: &str) -> String {
    assert!(PAGE.contains(from));
    PAGE.replace(from, to)
}

fn same_json(found: &impl serde::Serialize, expected: &str) {
    let expected: serde_json::Value = serde_json::from_str(expected).unwrap();
    assert_eq!(serde_json::to_value(found).unwrap(), expected);
}

#[tokio::test]
async fn documented_example_round_trips() {
    let server = Server::start(vec![json("200 OK", PAGE)]);
    let config = call(&server).await.unwrap();
    let attributes = &config.data.attributes;
    assert_eq!(attributes.domain, "siem-test.com");
    assert_eq!(attributes.integration_type, Type::GoogleWorkspace);
    assert_eq!(attributes.state, Some(State::Valid));
    assert_eq!(config.status().as_u16(), 200);
    same_json(&config.into_inner(), PAGE);
    let request = &server.requests()[0];
    let path = format!("GET /api/v2/security_monitoring/configuration/integration_config/{ID} HTTP/1.1");
    assert!(request.starts_with(&path), "{request}");
    let request = request.to_lowercase();
    assert!(request.contains("dd-api-key: the-api-key") && request.contains("dd-application-key: the-app-key"));
    assert!(request.contains("accept: application/json"));
}

#[tokio::test]
async fn unknown_values_round_trip() {
    for (from, to) in [
        ("\"GOOGLE_WORKSPACE\"", "\"JUMPCLOUD\""),
        ("\"valid\"", "\"expired\""),
        ("\"integration_config\"", "\"other\""),
        ("\"valid\"", "3"),
        ("\"enabled\":true", "\"enabled\":true,\"added\":{\"later\":[1,null]}"),
        ("{\"data\"", "{\"meta\":{\"x\":1},\"data\""),
    ] {
        let body = page_with(from, to);
        let config = call_with(&body).await.unwrap_or_else(|error| panic!("{to}: {error}"));
        same_json(&config.into_inner(), &body);
    }
}

#[tokio::test]
async fn decoding_error_has_the_path_and_the_body() {
    for (from, to, place) in [
        ("\"domain\":\"siem-test.com\",", "", "data.attributes.domain"),
        (",\"type\":\"integration_config\"", "", "data.type"),
        ("\"enabled\":true", "\"enabled\":\"yes\"", "data.attributes.enabled"),
        ("\"name\":\"My GWS Integration\"", "\"name\":7", "data.attributes.name"),
        ("\"domain\":\"siem-test.com\"", "\"domain\":null", "data.attributes.domain"),
    ] {
        let body = page_with(from, to);
        let error = call_with(&body).await.unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert!(error.to_string().contains(place), "{error}");
        assert_eq!(error.status().unwrap().as_u16(), 200);
        assert_eq!(&error.raw_body().unwrap()[..], body.as_bytes());
    }
}

#[tokio::test]
async fn nulls_duplicates_and_invalid_dates_round_trip() {
    let nulls = page_with("\"name\":\"My GWS Integration\"", "\"name\":null");
    assert_eq!(call_with(&nulls).await.unwrap().data.attributes.name, None);
    let mut nulls: serde_json::Value = serde_json::from_str(PAGE).unwrap();
    for name in ["created_at", "modified_at", "name", "settings", "state"] {
        nulls["data"]["attributes"][name] = serde_json::Value::Null;
    }
    let attributes = call_with(&nulls.to_string()).await.unwrap().into_inner().data.attributes;
    assert!(attributes.created_at.is_none() && attributes.settings.is_none() && attributes.state.is_none());
    let invalid_date = page_with("\"created_at\":\"2026-05-01T12:00:00Z\"", "\"created_at\":\"yesterday\"");
    let config = call_with(&invalid_date).await.unwrap();
    let created = config.data.attributes.created_at.clone().unwrap();
    assert!(created.timestamp().unwrap_err().to_string().contains("yesterday"));
    assert!(config.data.attributes.modified_at.clone().unwrap().timestamp().is_ok());
    same_json(&config.into_inner(), &invalid_date);
    let twice = page_with("\"name\":\"My GWS Integration\"", "\"name\":\"first\",\"name\":\"last\"");
    assert_eq!(call_with(&twice).await.unwrap().data.attributes.name.as_deref(), Some("last"));
}

#[tokio::test]
async fn empty_or_other_body_leaves_the_status() {
    for (status, code) in [("200 OK", 200), ("204 No Content", 204)] {
        let error = call(&Server::start(vec![http(status, &[], "")])).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), code, "{error}");
        assert!(error.is_decode(), "{error}");
    }
    let error = call(&Server::start(vec![http("304 Not Modified", &[("etag", "x")], "")])).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 304, "{error}");
    assert_eq!(error.headers().unwrap()["etag"], "x");
    let html = "<html>maintenance</html>";
    let error = call(&Server::start(vec![http("200 OK", &[("content-type", "text/html")], html)])).await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(&error.raw_body().unwrap()[..], html.as_bytes());
    let mut invalid = PAGE.as_bytes().to_vec();
    let place = PAGE.find("My GWS").unwrap();
    invalid[place] = 0xff;
    let read = call(&Server::start(vec![http("200 OK", &[("content-type", "application/json")], invalid)])).await;
    let read = read.unwrap();
    assert!(read.data.attributes.name.as_deref().unwrap().contains('\u{fffd}'), "{read:?}");
    assert_eq!(read.misfits().len(), 1, "{:?}", read.misfits());
}

#[tokio::test]
async fn documented_errors_are_typed() {
    for status in ["403 Forbidden", "404 Not Found"] {
        let error = call(&Server::start(vec![json(status, r#"{"errors":["No such thing"]}"#)])).await.unwrap_err();
        assert_eq!(error.api().unwrap().errors, ["No such thing"]);
        let text = error.to_string();
        assert!(text.contains("No such thing") && text.contains(&status[..3]) && text.contains("GET"), "{text}");
        assert!(text.contains("{integration_config_id}"), "{text}");
        assert_eq!(error.is_not_found(), status.starts_with("404"));
    }
    let error =
        call(&Server::start(vec![json("403 Forbidden", r#"{"errors":[{"title":"other"}]}"#)])).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 403);
    assert!(error.raw_body().unwrap().starts_with(b"{\"errors\""));
}

#[tokio::test]
async fn gateway_page_is_in_the_error_after_retries() {
    let server = Server::start(vec![http("502 Bad Gateway", &[("content-type", "text/html")], "<h1>bad</h1>")]);
    let error = client(&server)
        .security_monitoring()
        .get_security_monitoring_integration_config(ID)
        .max_retries(1)
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 502);
    assert_eq!(&error.raw_body().unwrap()[..], b"<h1>bad</h1>");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn waits_for_rate_limits() {
    for (status, header) in [("429 Too Many Requests", "x-ratelimit-reset"), ("503 Service Unavailable", "retry-after")]
    {
        let server = Server::start(vec![http(status, &[(header, "1")], "{}"), json("200 OK", PAGE)]);
        let start = std::time::Instant::now();
        call(&server).await.unwrap();
        assert!(start.elapsed() >= Duration::from_millis(900), "{header} was not obeyed");
        assert_eq!(server.requests().len(), 2);
    }
    let server =
        Server::start(vec![http("429 Too Many Requests", &[("x-ratelimit-reset", "4")], r#"{"errors":["slow"]}"#)]);
    let call = client(&server).security_monitoring().get_security_monitoring_integration_config(ID).max_retries(0);
    let error = call.send().await.unwrap_err();
    assert_eq!(error.headers().unwrap()["x-ratelimit-reset"], "4");
    assert!(error.retry_after().is_some());
}

#[tokio::test]
async fn retries_broken_connections_then_fails() {
    for broken in [Script::Reset, Script::Slam] {
        let server = Server::start(vec![broken.clone(), json("200 OK", PAGE)]);
        call(&server).await.unwrap();
        assert_eq!(server.requests().len(), 2);
        let server = Server::start(vec![broken]);
        let error = call(&server).await.unwrap_err();
        assert_eq!(server.requests().len(), 3, "two retries");
        assert_eq!(error.transport_kind(), Some(TransportErrorKind::Broken), "{error}");
    }
    let half = Script::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{\"data\"".to_vec());
    let server = Server::start(vec![half]);
    let error = call(&server).await.unwrap_err();
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::Broken), "{error}");
}

#[tokio::test]
async fn silent_server_causes_a_timeout() {
    let server = Server::start(vec![Script::Silence]);
    let call = client(&server).security_monitoring().get_security_monitoring_integration_config(ID);
    let error = call.timeout(Duration::from_millis(300)).send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn does_not_send_keys_to_another_origin() {
    let other = Server::start(vec![json("200 OK", PAGE)]);
    let target = format!("{}/elsewhere", other.base());
    let server = Server::start(vec![http("302 Found", &[("location", &target)], "")]);
    let error = call(&server).await.unwrap_err();
    assert!(other.requests().is_empty(), "no request goes to another origin");
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert_eq!(error.status().unwrap().as_u16(), 302);
    assert_eq!(error.headers().unwrap()["location"], target.as_str());
    assert!(!error.to_string().contains("the-api-key"));
}

#[tokio::test]
async fn rejects_values_that_cannot_be_sent() {
    let server = Server::start(vec![json("200 OK", PAGE)]);
    for id in ["", ".", ".."] {
        let call = client(&server).security_monitoring().get_security_monitoring_integration_config(id);
        let error = call.send().await.unwrap_err();
        assert!(error.to_string().contains("integration_config_id"), "{error}");
    }
    assert!(server.requests().is_empty());
    let call = client(&server).security_monitoring().get_security_monitoring_integration_config("a/b c+d%é");
    call.send().await.unwrap();
    assert!(server.requests()[0].contains("/a%2Fb%20c%2Bd%25%C3%A9 "), "{}", server.requests()[0]);
}

#[test]
fn invalid_settings_are_errors_without_secrets() {
    let newline = Client::builder().api_key_auth("secret-value\n").app_key_auth("k").build().unwrap_err();
    assert!(!newline.to_string().contains("secret-value"), "{newline}");
    let server = Server::start(vec![json("200 OK", PAGE)]);
    let builder = Client::builder().base_url(server.base()).api_key_auth("the-api-key").app_key_auth("the-app-key");
    let client = client(&server);
    let call = client.security_monitoring().get_security_monitoring_integration_config(ID);
    let shown = format!("{client:?} {builder:?} {call:?} {:?}", client.security_monitoring());
    assert!(!shown.contains("the-api-key") && !shown.contains("the-app-key"), "{shown}");
    assert!(Client::builder().site("bad host/").api_key_auth("a").app_key_auth("b").build().is_err());
}

#[tokio::test]
async fn missing_credentials_fail_before_sending() {
    let server = Server::start(vec![json("200 OK", PAGE)]);
    let client = Client::builder().base_url(server.base()).build().unwrap();
    let call = client.security_monitoring().get_security_monitoring_integration_config(ID);
    let error = call.send().await.unwrap_err();
    assert!(error.to_string().contains("apiKeyAuth") || error.to_string().contains("DD_API_KEY"), "{error}");
    assert!(server.requests().is_empty());
}
