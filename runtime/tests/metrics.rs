//! Measurements of a meter, which contain no secrets.
#![cfg(all(feature = "metrics", feature = "test-util", feature = "blocking", feature = "hyper"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, call, operation};
use clientsmith_runtime::client::metrics::{Measurement, Meter};
use clientsmith_runtime::testing::{Fault, MockServer, Reply};
use std::sync::{Arc, Mutex};
use way::both;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

impl Meter for Lines {
    fn record(&self, measurement: &Measurement<'_>) {
        let value = if measurement.unit == "s" { String::new() } else { measurement.value.to_string() };
        let attributes = measurement.attributes.iter().map(|(name, value)| format!("{name}={value}"));
        let line = format!("{} {value} {}", measurement.name, attributes.collect::<Vec<_>>().join(" "));
        assert!(measurement.value >= 0.0 && measurement.value < 60.0);
        self.0.lock().unwrap().push(line);
    }
}

both!(measures_attempts_calls_and_retries, |way| {
    let (server, lines) = (MockServer::new(), Lines::default());
    server.on("op").reply(Fault::Reset).reply(Reply::new(503)).reply(Reply::json(200, &1_i64));
    let client = builder("https://pets.test").transport(server).meter(lines.clone()).build().unwrap();
    way.send(call(&client, &operation("GET", "/pets")).query_extra("q", "s3cret")).unwrap();
    let server = "http.request.method=GET url.template=/pets server.address=pets.test server.port=443";
    let expected = [
        format!("http.client.request.duration  {server} error.type=broken"),
        format!("http.client.request.duration  {server} http.response.status_code=503 error.type=503"),
        format!("http.client.request.duration  {server} http.response.status_code=200"),
        format!("http.client.call.duration  {server} http.response.status_code=200"),
        format!("http.client.call.resends 2 {server} http.response.status_code=200"),
    ];
    assert_eq!(*lines.0.lock().unwrap(), expected);
});
