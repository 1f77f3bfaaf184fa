//! The command `mock` on a real socket: HTTP, limits, recordings, and the checked-in client against it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "mock")]

mod clientsmith;

use clientsmith::{COMMAND, Place, SPEC, clientsmith};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// A description with an operation that reads a body.
const NOTES: &str = "openapi: 3.1.0
info: {title: Notes, version: '1'}
paths:
  /notes:
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [text], properties: {text: {type: string}}}}}}
      responses: {'201': {description: Added., content: {application/json: {schema: {type: integer}}}}}
    get: {responses: {'200': {description: Notes., content: {application/json: {schema: {type: array, items: {type: string}}}}}}}
";

/// A running command.
struct Mock {
    process: Child,
    lines: BufReader<ChildStdout>,
    address: String,
}

impl Mock {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(COMMAND);
        command.arg("mock").args(["--port", "0"]).args(arguments);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut first = String::new();
        lines.read_line(&mut first).unwrap();
        let address = first.split_whitespace().next().unwrap_or_default().trim_start_matches("http://").to_owned();
        Self { process, lines, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Sends bytes, and returns everything that is received until the server closes.
    fn exchange(&self, bytes: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(bytes.as_bytes()).unwrap();
        let mut received = String::new();
        let _ = stream.read_to_string(&mut received);
        received
    }

    /// The next line about a request.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn notes() -> (Place, String) {
    let place = Place::empty();
    place.write("notes.yaml", NOTES);
    let path = place.path("notes.yaml").display().to_string();
    (place, path)
}

#[test]
fn requests_share_a_connection_and_have_a_line_each() {
    let (_place, spec) = notes();
    let mut mock = Mock::start(&[&spec]);
    let received = mock.exchange(
        "GET /notes?a=\u{1b} HTTP/1.1\r\nHost: a\r\n\r\nHEAD /notes HTTP/1.1\r\nHost: a\r\n\r\nPOST /notes HTTP/1.1\r\nHost: a\r\nContent-Type: \
         application/json\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"text\":\r\n4\r\n\"a\"}\r\n0\r\n\r\nPOST /notes HTTP/1.1\r\nHost: \
         a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    );
    // A control character is not allowed in a request line.
    assert!(received.starts_with("HTTP/1.1 400 "), "{received}");
    assert!(mock.line().starts_with("400 "));
    let received = mock.exchange(
        "GET /notes HTTP/1.1\r\nHost: a\r\n\r\nHEAD /notes HTTP/1.1\r\nHost: a\r\n\r\nPOST /notes HTTP/1.1\r\nHost: a\r\nContent-Type: \
         application/json\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"text\":\r\n4\r\n\"a\"}\r\n0\r\n\r\nPOST /notes HTTP/1.1\r\nHost: \
         a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    );
    let statuses: Vec<&str> = received.split("HTTP/1.1 ").skip(1).map(|part| &part[..3]).collect();
    assert_eq!(statuses, ["200", "200", "201", "400"], "{received}");
    assert_eq!(received.matches("[\"string\"]").count(), 1, "HEAD has no body: {received}");
    let lines: Vec<String> = (0..4).map(|_| mock.line()).collect();
    assert!(lines[0].starts_with("200 GET /notes ") && lines[2].starts_with("201 POST /notes "), "{lines:?}");
    assert!(lines[3].contains("/body lacks `text`, which is required"), "{lines:?}");
}

#[test]
fn requests_that_are_not_http_or_too_large_are_refused() {
    let (_place, spec) = notes();
    let mock = Mock::start(&[&spec]);
    let long = "a".repeat(70 << 10);
    for (request, status) in [
        ("nonsense\r\n\r\n".to_owned(), "400"),
        ("POST /notes HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n".to_owned(), "400"),
        ("POST /notes HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n".to_owned(), "400"),
        ("POST /notes HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n".to_owned(), "413"),
        (format!("GET /{long} HTTP/1.1\r\nA: {long}\r\n\r\n"), "431"),
    ] {
        let received = mock.exchange(&request);
        assert!(received.starts_with(&format!("HTTP/1.1 {status} ")), "{status}: {received}");
        assert!(received.contains("Connection: close"));
    }
    // The server still works.
    assert!(mock.exchange("GET /notes HTTP/1.0\r\n\r\n").starts_with("HTTP/1.1 200 OK"));
}

#[test]
fn slow_clients_do_not_hold_up_others() {
    let (_place, spec) = notes();
    let mock = Mock::start(&[&spec]);
    let slow: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = mock.connect();
            stream.write_all(b"POST /notes HTTP/1.1\r\nContent-Length: 100\r\n\r\n{").unwrap();
            stream
        })
        .collect();
    let start = Instant::now();
    assert!(mock.exchange("GET /notes HTTP/1.1\r\nConnection: close\r\n\r\n").starts_with("HTTP/1.1 200 OK"));
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    drop(slow);
}

#[test]
fn a_client_that_waits_for_100_gets_it() {
    let (_place, spec) = notes();
    let mock = Mock::start(&[&spec]);
    let mut stream = mock.connect();
    let head = "POST /notes HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).unwrap();
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"{\"text\":\"a\"}").unwrap();
    let mut received = String::new();
    stream.read_to_string(&mut received).unwrap();
    assert!(received.starts_with("HTTP/1.1 201 Created"), "{received}");
}

#[test]
fn a_body_that_is_too_large_gets_no_100() {
    let (_place, spec) = notes();
    let mock = Mock::start(&[&spec]);
    let head = "POST /notes HTTP/1.1\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 99999999\r\n\r\n";
    assert!(mock.exchange(head).starts_with("HTTP/1.1 413 "));
}

#[test]
fn recordings_are_read_by_drift() {
    let (place, spec) = notes();
    let har = place.path("notes.har").display().to_string();
    let mut mock = Mock::start(&[&spec, "--record", &har]);
    for _ in 0..3 {
        mock.exchange("GET /notes?page=1 HTTP/1.1\r\nAuthorization: Bearer secret\r\nConnection: close\r\n\r\n");
        mock.line();
    }
    assert_eq!(place.read("notes.har").matches("\"Authorization\"").count(), 3);
    assert!(!place.read("notes.har").contains("secret"));
    let run = clientsmith(&["drift", &spec, &har]);
    assert!(run.exits(0).stderr.contains("3 responses of 1 operations compared"), "{}", run.stderr);
}

#[test]
fn faults_of_the_command_line_are_reported() {
    let (place, spec) = notes();
    let mock = Mock::start(&[&spec]);
    let port = mock.address.rsplit(':').next().unwrap();
    let run = clientsmith(&["mock", &spec, "--port", port]);
    assert!(run.exits(2).stderr.contains("cannot be used"), "{}", run.stderr);
    clientsmith(&["mock", &spec, "--bind", "example.com"]).exits(2);
    place.write("wrong.yaml", "openapi: 3.1.0\npaths: []\ninfo: x\nopenapi: 9\n");
    let wrong = place.path("wrong.yaml").display().to_string();
    clientsmith(&["mock", &wrong]).exits(1);
    let missing = place.path("no/folder.har").display().to_string();
    clientsmith(&["mock", &spec, "--port", "0", "--record", &missing]).exits(2);
}

#[test]
fn the_checked_in_client_works_with_it() {
    use datadog_entity_context_sync::Client;
    let mock = Mock::start(&[SPEC]);
    let client = Client::builder().base_url(format!("http://{}", mock.address)).api_key_auth("k").app_key_auth("a");
    let client = client.build().unwrap();
    let id = "11111111-2222-3333-4444-555555555555";
    let get =
        |client: &Client| client.security_monitoring().get_security_monitoring_integration_config(id).send_blocking();
    let config = get(&client).unwrap();
    assert!(!config.data.attributes.domain.is_empty(), "{config:?}");
    let anonymous =
        Client::builder().base_url(format!("http://{}", mock.address)).allow_anonymous(true).build().unwrap();
    let refused = get(&anonymous);
    assert_eq!(refused.unwrap_err().status().map(|status| status.as_u16()), Some(401));
}
