//! The checked-in client over TLS: with a certificate that the test makes, and with certificates that it must reject.

mod server;

use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::TransportErrorKind;
use clientsmith_runtime::transport::hyper::Hyper;
use server::{Server, certificate, json};
use spec_sync::models::{ApiErrorResponse, SecurityMonitoringIntegrationConfigResponse};
use spec_sync::{Client, Error, Response};
use std::io::{Read, Write};
use std::net::TcpListener;

const PAGE: &str = r#"{"data":{"attributes":{"domain":"siem-test.com","enabled":true,"integration_type":"OKTA"},"id":"1","type":"integration_config"}}"#;

type CallResult = Result<Response<SecurityMonitoringIntegrationConfigResponse>, Error<ApiErrorResponse>>;

async fn call(base: String, trusted: &[&[u8]]) -> CallResult {
    let transport = Hyper::with_roots(trusted.iter().map(|one| one.to_vec())).unwrap();
    let client = Client::builder().base_url(base).transport(transport).api_key_auth("the-api-key").app_key_auth("app");
    client.build().unwrap().security_monitoring().get_security_monitoring_integration_config("1").send().await
}

fn assert_rejected_by_tls(result: CallResult) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::Tls), "{error}");
    assert!(error.to_string().contains("certificate"), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    assert!(!format!("{error:?}").contains("the-api-key"));
}

#[tokio::test]
async fn accepts_trusted_certificate() {
    let own = certificate(&["localhost"]);
    let server = Server::start_tls(own.clone(), vec![json("200 OK", PAGE)]);
    let base = format!("https://localhost:{}", server.address.port());
    let config = call(base, &[&own.0]).await.unwrap();
    assert_eq!(config.data.attributes.domain, "siem-test.com");
    assert!(server.requests()[0].to_lowercase().contains("dd-api-key: the-api-key"));
}

#[tokio::test]
async fn rejects_untrusted_certificate() {
    let server = Server::start_tls(certificate(&["localhost"]), vec![json("200 OK", PAGE)]);
    let base = format!("https://localhost:{}", server.address.port());
    assert_rejected_by_tls(call(base.clone(), &[]).await);
    let another = certificate(&["localhost"]);
    assert_rejected_by_tls(call(base, &[&another.0]).await);
    assert!(server.requests().is_empty(), "the client neither retries nor sends a key");
}

#[tokio::test]
async fn rejects_certificate_of_another_name() {
    let own = certificate(&["elsewhere.test"]);
    let server = Server::start_tls(own.clone(), vec![json("200 OK", PAGE)]);
    assert_rejected_by_tls(call(format!("https://localhost:{}", server.address.port()), &[&own.0]).await);
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn reports_server_without_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 16]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let error = call(format!("https://{address}"), &[]).await.unwrap_err();
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::Tls), "{error}");
}

#[test]
fn rejects_root_that_is_not_a_certificate() {
    assert_eq!(Hyper::with_roots([b"no certificate".to_vec()]).unwrap_err().kind, TransportErrorKind::Tls);
}

#[tokio::test]
async fn reports_refused_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    for scheme in ["http", "https"] {
        let error = call(format!("{scheme}://{address}"), &[]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!(error.transport_kind(), Some(TransportErrorKind::Connect), "{error}");
        assert!(error.status().is_none() && error.to_string().contains("refused"), "{error}");
    }
}
