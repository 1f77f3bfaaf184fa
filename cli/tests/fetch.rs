//! Descriptions of HTTPS servers: `init` with an address, and `fetch`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod clientsmith;

use clientsmith::{Run, command, folder};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

const PETS: &str = "openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pet:
    get: {operationId: getPet, responses: {'204': {description: x}}}
";

/// An HTTPS server with its own certificate, whose responses a test can change.
struct Server {
    port: u16,
    /// By path: the status line and headers, and the body.
    responses: Arc<Mutex<Vec<(String, String, String)>>>,
    requests: Arc<Mutex<Vec<String>>>,
    certificate: String,
}

impl Server {
    fn start() -> Self {
        let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_no_client_auth().with_single_cert(vec![own.cert.der().clone()], key).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            responses: Arc::default(),
            requests: Arc::default(),
            certificate: own.cert.pem(),
        };
        let (responses, requests, config) = (server.responses.clone(), server.requests.clone(), Arc::new(config));
        thread::spawn(move || {
            for socket in listener.incoming() {
                let mut stream = StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), socket.unwrap());
                let (mut request, mut byte) = (Vec::new(), [0]);
                while !request.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).is_ok() {
                    request.push(byte[0]);
                }
                let request = String::from_utf8(request).unwrap();
                let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                requests.lock().unwrap().push(request);
                let found = responses.lock().unwrap().iter().rev().find(|(known, ..)| *known == path).cloned();
                let (_, head, body) = found.unwrap_or_else(|| (path, "404 Not Found\r\n".to_owned(), String::new()));
                write!(stream, "HTTP/1.1 {head}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).ok();
                stream.conn.send_close_notify();
                stream.flush().ok();
            }
        });
        server
    }

    fn has(&self, path: &str, head: &str, body: &str) {
        self.responses.lock().unwrap().push((path.to_owned(), format!("{head}\r\n"), body.to_owned()));
    }

    fn url(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.port)
    }

    /// Runs the command, with this server's certificate as the only trusted one.
    fn run(&self, dir: &Path, arguments: &[&str]) -> Run {
        let certificate = dir.join("certificate.pem");
        fs::write(&certificate, &self.certificate).unwrap();
        let mut command = command();
        for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
            command.env_remove(name);
        }
        let command = command.args(arguments).current_dir(dir).env("CURL_CA_BUNDLE", certificate);
        Run::of(command.output().unwrap())
    }
}

fn has_curl() -> bool {
    let found = Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !found {
        println!("SKIPPED: the program `curl` is not installed");
    }
    found
}

#[test]
fn a_description_of_an_address_is_pinned_and_fetched_again() {
    if !has_curl() {
        return;
    }
    let (server, place) = (Server::start(), folder());
    let dir = place.path();
    server.has("/moved?key=s3cret", "302 Found\r\nlocation: /v1/pets.yaml?key=s3cret", "");
    server.has("/v1/pets.yaml?key=s3cret", "200 OK", PETS);
    let url = server.url("/moved?key=s3cret");
    let made = server.run(dir, &["init", "--spec", &url, "--ci", "none"]);
    made.exits(0);
    assert!(made.stderr.contains("wrote spec/openapi.yaml") && !made.stderr.contains("s3cret"), "{}", made.stderr);
    let settings = fs::read_to_string(dir.join("clientsmith.toml")).unwrap();
    assert!(settings.contains(&format!("source = {{ url = \"{url}\", sha256 = \"")), "{settings}");
    assert_eq!(fs::read_to_string(dir.join("spec/openapi.yaml")).unwrap(), PETS);
    server.run(dir, &["check"]).exits(0);
    let same = server.run(dir, &["fetch"]);
    assert!(same.exits(0).stderr.contains("spec/openapi.yaml is unchanged"), "{}", same.stderr);

    // An edition with another operation: the description and its hash change, and nothing else of the settings.
    let two = PETS.replace("/pet:", "/pets:");
    server.has("/v1/pets.yaml?key=s3cret", "200 OK", &two);
    let differs = server.run(dir, &["fetch", "--check"]);
    assert!(differs.exits(1).stderr.contains("differs from spec/openapi.yaml"), "{}", differs.stderr);
    assert!(!differs.stderr.contains("s3cret"), "{}", differs.stderr);
    let fetched = server.run(dir, &["fetch"]);
    assert!(fetched.exits(0).stderr.contains("wrote spec/openapi.yaml from https://localhost"), "{}", fetched.stderr);
    assert_eq!(fs::read_to_string(dir.join("spec/openapi.yaml")).unwrap(), two);
    let after = fs::read_to_string(dir.join("clientsmith.toml")).unwrap();
    let differ: Vec<_> = settings.lines().zip(after.lines()).filter(|(one, other)| one != other).collect();
    assert_eq!((differ.len(), settings.lines().count()), (1, after.lines().count()), "{after}");
    assert!(differ[0].1.starts_with("source = "), "{after}");
    server.run(dir, &["check"]).exits(1);
    server.run(dir, &["generate"]).exits(0);
    server.run(dir, &["check"]).exits(0);

    // An edit is not overwritten, and `check` names it.
    fs::write(dir.join("spec/openapi.yaml"), two.replace("Pets", "Cats")).unwrap();
    for command in ["check", "fetch"] {
        let run = server.run(dir, &[command]);
        let code = if command == "check" { 1 } else { 2 };
        assert!(run.exits(code).stderr.contains("it was edited") && run.stderr.contains("overlay"), "{}", run.stderr);
    }
    server.run(dir, &["fetch", "--force"]).exits(0);
    assert_eq!(fs::read_to_string(dir.join("spec/openapi.yaml")).unwrap(), two);
    assert!(server.requests.lock().unwrap().iter().all(|request| request.contains("user-agent: clientsmith/") || request.contains("User-Agent: clientsmith/")));
}

#[test]
fn downloads_that_are_no_description_change_nothing() {
    if !has_curl() {
        return;
    }
    let (server, place) = (Server::start(), folder());
    let dir = place.path();
    server.has("/pets.json", "200 OK", "<h1>Sign in</h1>");
    let refused = |arguments: &[&str], code: i32, words: &str| {
        let run = server.run(dir, arguments);
        assert!(run.exits(code).stderr.contains(words) && !run.stderr.contains("me:pw"), "{}", run.stderr);
        let left: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["certificate.pem"], "{arguments:?} wrote something");
    };
    refused(&["init", "--spec", &server.url("/pets.json")], 1, "pets.json:1:");
    refused(&["init", "--spec", &server.url("/none?key=s3cret")], 2, "/none cannot be downloaded: (22)");
    refused(&["init", "--spec", "http://localhost/pets.yaml"], 2, "must begin with https://");
    refused(&["init", "--spec", "https://me:pw@localhost/pets.yaml"], 2, "must not have a user or a password");
    server.has("/plain", "302 Found\r\nlocation: http://localhost/pets.yaml", "");
    refused(&["init", "--spec", &server.url("/plain")], 2, "cannot be downloaded: (1)");
    refused(&["fetch"], 2, "clientsmith.toml");

    server.has("/pets.json", "200 OK", PETS);
    server.run(dir, &["init", "--spec", &server.url("/pets.json"), "--ci", "none"]).exits(0);
    let before = clientsmith::texts(dir);
    server.has("/pets.json", "200 OK", "openapi: [");
    let run = server.run(dir, &["fetch"]);
    assert!(run.exits(1).stderr.contains("spec/pets.json was not written"), "{}", run.stderr);
    // A certificate that no authority of the machine knows.
    let other = Server::start();
    let run = other.run(dir, &["fetch"]);
    assert!(run.exits(2).stderr.contains("cannot be downloaded: (60)"), "{}", run.stderr);
    fs::write(dir.join("certificate.pem"), &server.certificate).unwrap();
    assert_eq!(clientsmith::texts(dir), before);
}

#[test]
fn commands_read_the_description_of_an_address() {
    if !has_curl() {
        return;
    }
    let (server, place) = (Server::start(), folder());
    let dir = place.path();
    server.has("/moved?key=s3cret", "302 Found\r\nlocation: /v1/pets.yaml?key=s3cret", "");
    server.has("/v1/pets.yaml?key=s3cret", "200 OK", PETS);
    let url = server.url("/moved?key=s3cret");
    let made = server.run(dir, &["generate", &url, "--out", "pets"]);
    assert!(!made.exits(0).stderr.contains("s3cret"), "{}", made.stderr);
    let hash = made.stderr.split_once("--sha256 ").unwrap().1.get(..64).unwrap().to_owned();
    server.run(dir, &["check", &url, "--out", "pets", "--sha256", &hash.to_uppercase()]).exits(0);
    for command in [&["inspect"][..], &["dump", "api"], &["overlay", "apply"]] {
        let run = server.run(dir, &[command, &[&url, "--sha256", &hash]].concat());
        assert!(run.exits(0).stdout.contains("/pet") && run.stderr.is_empty(), "{run:?}");
    }
    let left: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "more than the crate and the certificate: {left:?}");

    // Other content.
    fs::write(dir.join("old.yaml"), PETS).unwrap();
    server.has("/v1/pets.yaml?key=s3cret", "200 OK", &PETS.replace("/pet:", "/pets:"));
    for (arguments, code) in [(&["diff", "old.yaml", &url][..], 1), (&["diff", &url, "old.yaml"], 1)] {
        let run = server.run(dir, arguments);
        assert!(run.exits(code).stdout.contains("/pets"), "{run:?}");
    }
    let generate = ["generate", &url, "--out", "pets", "--sha256", &hash];
    for arguments in
        [&generate[..], &["diff", "old.yaml", &url, "--sha256", &hash], &["init", "--spec", &url, "--sha256", &hash]]
    {
        let run = server.run(dir, arguments);
        assert!(run.exits(1).stderr.contains("/moved has other content: its `--sha256` is "), "{}", run.stderr);
        assert!(!run.stderr.contains("s3cret"), "{}", run.stderr);
    }
    let refused = server.run(dir, &["check", &url, "--out", "pets"]);
    assert!(refused.exits(1).stderr.contains("pets is out of step with https://localhost"), "{}", refused.stderr);
}

#[test]
fn addresses_are_refused_where_nothing_is_downloaded() {
    if !has_curl() {
        return;
    }
    let (server, place) = (Server::start(), folder());
    let dir = place.path();
    server.has(
        "/v1/pets.yaml",
        "200 OK",
        &PETS.replace("{operationId: getPet, responses: {'204': {description: x}}}", "{$ref: 'pet.yaml'}"),
    );
    server.has("/whole.yaml", "200 OK", PETS);
    fs::write(dir.join("pets.yaml"), PETS).unwrap();
    fs::write(dir.join("clientsmith.toml"), "spec = 'https://localhost/pets.yaml'\nout = 'pets'\n").unwrap();
    let (url, whole, hash) = (server.url("/v1/pets.yaml"), server.url("/whole.yaml"), "0".repeat(64));
    for (arguments, code, words) in [
        (&["generate"][..], 2, "`https://localhost/pets.yaml` is an address, and builds download nothing"),
        (&["watch", &url, "--out", "x"], 2, "an address cannot be watched"),
        (&["generate", "http://localhost/x.yaml", "--out", "x"], 2, "must begin with https://"),
        (&["generate", &url, "--out", "x", "--sha256", "abc"], 2, "64 lower-case hexadecimal digits"),
        (&["generate", "pets.yaml", "--out", "x", "--sha256", &hash], 2, "pets.yaml is a file"),
        (&["diff", "pets.yaml", "pets.yaml", "--sha256", &hash], 2, "needs one description"),
        (
            &["generate", "pets.yaml", "--out", "x", "--overlay", &url],
            2,
            "only descriptions on the command line are downloaded",
        ),
        (&["generate", &url, "--out", "x", "--strict"], 1, "and not the files beside it"),
        (&["lock", &whole], 2, "name a file"),
    ] {
        if arguments.len() > 1 {
            fs::remove_file(dir.join("clientsmith.toml")).ok();
        }
        let run = server.run(dir, arguments);
        assert!(run.exits(code).stderr.contains(words), "{arguments:?}: {}", run.stderr);
        assert!(!dir.join("x").exists());
    }
}

#[test]
fn settings_without_an_address_have_nothing_to_fetch() {
    let place = folder();
    fs::write(place.path().join("clientsmith.toml"), "spec = 'a.yaml'\n").unwrap();
    let run = Run::of(command().arg("fetch").current_dir(place.path()).output().unwrap());
    assert!(run.exits(2).stderr.contains("no API has a `source`"), "{}", run.stderr);
}
