//! What a call says of itself to `tracing`: OpenTelemetry's names of HTTP client spans, and no secret.

mod server;

use server::{Server, http, json};
use spec_sync::Client;
use std::fmt;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Visit for Recorder {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.lock().unwrap().push(format!("{}={value:?}", field.name()));
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().contains("clientsmith") || metadata.target().contains("spec_sync")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn a_call_says_method_template_status_and_retries() {
    let recorder = Recorder::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = Server::start(vec![
        http("503 Service Unavailable", &[("retry-after", "0")], ""),
        json("404 Not Found", r#"{"errors":["none"]}"#),
    ]);
    let client =
        Client::builder().base_url(server.base()).api_key_auth("key-one").app_key_auth("key-two").build().unwrap();
    tracing::subscriber::with_default(recorder.clone(), || {
        let call = client.security_monitoring().get_security_monitoring_integration_config("the-id");
        runtime.block_on(call.send()).unwrap_err();
    });
    let said = recorder.0.lock().unwrap().join("\n");
    for words in [
        "http.request.method=",
        "GET",
        "url.template=",
        "integration_config/{integration_config_id}",
        "http.response.status_code=404",
        "http.request.resend_count=1",
    ] {
        assert!(said.contains(words), "no {words} in\n{said}");
    }
    for secret in ["key-one", "key-two", "the-id"] {
        assert!(!said.contains(secret), "{secret} in\n{said}");
    }
}
