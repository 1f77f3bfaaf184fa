//! Calls over `fetch`, made in a browser. Each result is a line of the report.

#[path = "../../loopback/api.rs"]
mod api;

use api::{builder, call, operation};
use clientsmith_runtime::{Client, Error, Json, Response};
use std::time::Duration;
use wasm_bindgen::prelude::wasm_bindgen;

/// Makes the calls, and returns the report.
#[wasm_bindgen]
pub async fn run(base: String) -> String {
    let client = builder(&base)
        .credential("key", "secret")
        .credential("app", "application")
        .attempt_timeout(Duration::from_millis(700))
        .build();
    let client = match client {
        Ok(client) => client,
        Err(error) => return error.to_string(),
    };
    let mut report = Vec::new();
    for path in ["/json", "/missing", "/moved", "/flaky", "/late", "/slow", "/half"] {
        report.push(format!("{path}: {}", outcome(call(&client, &operation("GET", path)).send().await)));
    }
    let keyed = client.request(clientsmith_runtime::Method::GET, "/keyed").query("q", &"a b&ü");
    report.push(format!("/keyed: {}", outcome(keyed.send().await)));
    let echo = call(&client, &operation("POST", "/echo")).json(&Json::from("sent"));
    report.push(format!("/echo: {}", outcome(echo.send().await)));
    report.push(format!("/drip: {}", drip(&client).await));
    report.join("\n")
}

fn outcome(result: Result<Response<Json>, Error<Json>>) -> String {
    match result {
        Ok(response) => format!("{} {}", response.status().as_u16(), *response),
        Err(error) if error.is_timeout() => format!("Timeout {error}"),
        Err(error) => match error.status() {
            Some(status) => format!("{:?} {} {:?}", error.kind(), status.as_u16(), error.api()),
            None => format!("{:?}", error.kind()),
        },
    }
}

async fn drip(client: &Client) -> String {
    let mut body = match call(client, &operation("GET", "/drip")).send_stream().await {
        Ok(response) => response.into_inner(),
        Err(error) => return error.to_string(),
    };
    let mut chunks = Vec::new();
    loop {
        match body.chunk().await {
            Ok(Some(chunk)) => chunks.push(String::from_utf8_lossy(&chunk).into_owned()),
            Ok(None) => return chunks.join("|"),
            Err(error) => return error.to_string(),
        }
    }
}
