//! The spans of a call in `tracing`: names of OpenTelemetry's HTTP client spans, the number of retries, no secrets.

mod server;

use server::{Server, http, json};
use spec_sync::Client;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

const PAGE: &str = r#"{"data":{"attributes":{"domain":"siem-test.com","enabled":true,"integration_type":"OKTA"},"id":"1","type":"integration_config"}}"#;
const TEMPLATE: &str = "/api/v2/security_monitoring/configuration/integration_config/{integration_config_id}";

/// Fields of the runtime's spans, and all other output.
type Seen = (BTreeMap<String, String>, Vec<String>);

#[derive(Debug, Clone, Default)]
struct Recorder(Arc<Mutex<Seen>>);

struct Fields<'a>(&'a mut BTreeMap<String, String>);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut seen = self.0.lock().unwrap();
        if attributes.metadata().target().starts_with("clientsmith_runtime") {
            attributes.record(&mut Fields(&mut seen.0));
        } else {
            seen.1.push(format!("{attributes:?}"));
        }
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Fields(&mut self.0.lock().unwrap().0));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.0.lock().unwrap().1.push(format!("{event:?}"));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

async fn fields(server: &Server) -> BTreeMap<String, String> {
    let recorder = Recorder::default();
    let guard = tracing::subscriber::set_default(recorder.clone());
    let client = Client::builder().base_url(server.base()).api_key_auth("the-api-key").app_key_auth("the-app-key");
    let call = client.build().unwrap();
    let call = call.security_monitoring().get_security_monitoring_integration_config("the-id");
    let _ = call.query_extra("token", "the-query").max_retries(1).send().await;
    drop(guard);
    let seen = recorder.0.lock().unwrap();
    let all = format!("{seen:?}");
    for secret in ["the-api-key", "the-app-key", "the-query", "siem-test.com"] {
        assert!(!all.contains(secret), "{secret} is in {all}");
    }
    seen.0.clone()
}

#[tokio::test]
async fn call_span_has_opentelemetry_names() {
    let server = Server::start(vec![http("503 Service Unavailable", &[], ""), json("200 OK", PAGE)]);
    let fields = fields(&server).await;
    let name = format!("GET {TEMPLATE}");
    let port = server.address.port().to_string();
    for (field, value) in [
        ("otel.name", name.as_str()),
        ("otel.kind", "client"),
        ("http.request.method", "GET"),
        ("url.template", TEMPLATE),
        ("server.address", "127.0.0.1"),
        ("server.port", &port),
        ("http.response.status_code", "200"),
        ("http.request.resend_count", "1"),
    ] {
        assert_eq!(fields.get(field).map(String::as_str), Some(value), "{field} in {fields:?}");
    }
    assert!(!fields.contains_key("error.type"), "the call succeeded at last: {fields:?}");
}

#[tokio::test]
async fn failed_call_records_the_error() {
    let refused = fields(&Server::start(vec![json("403 Forbidden", r#"{"errors":["no"]}"#)])).await;
    assert_eq!((refused["http.response.status_code"].as_str(), refused["error.type"].as_str()), ("403", "403"));
    let broken = fields(&Server::start(vec![server::Script::Reset])).await;
    assert_eq!(broken["error.type"], "Transport");
    assert_eq!(broken["http.request.resend_count"], "1");
    assert!(!broken.contains_key("http.response.status_code"));
}
