//! Calls over `fetch` in a real browser: the test builds a page with the runtime for wasm32, serves it, and opens it with
//! Chromium without a window. It prints SKIPPED if the browser, the target or `wasm-bindgen` is not installed:
//! `tests/peers/install browser`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed test panics, also in its helper functions")]

#[path = "../../tests/peers/mod.rs"]
mod peers;
#[path = "loopback/server.rs"]
mod server;

use peers::programs::program;
use server::{Request, Server};
use std::io::{BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

const PAGE: &str = r#"<!doctype html><script type="module">
const report = (text) => fetch("/report", { method: "POST", body: text });
try {
    const page = await import("/browser_page.js");
    await page.default();
    await report(await page.run(location.origin));
} catch (error) {
    await report("the page failed: " + error);
}
</script>"#;

const REPORT: &str = "\
/json: 200 {\"name\":\"Ada\"}
/missing: Api 404 Some(Object {\"detail\": String(\"no such thing\")})
/moved: Transport
/flaky: 200 \"at last\"
/late: Timeout GET /late: no response within 700ms
/slow: Timeout GET /slow: 200 OK: the timeout passed before the whole body arrived
/half: Transport 200 None
/keyed: 200 \"key=secret /keyed?q=a%20b%26%C3%BC&app=application\"
/echo: 200 \"sent\"
/drip: one|two";

#[test]
fn calls_over_fetch_in_a_browser() {
    let Some(built) = build() else { return };
    let Some(chromium) = program("Chromium", &["/usr/bin/chromium", "/usr/bin/chromium-browser"]) else { return };
    let (sender, report) = mpsc::channel();
    let flaky = AtomicUsize::new(0);
    let server = Server::connections(move |stream| respond(stream, &built, &sender, &flaky));
    let profile = peers::folder().join("chromium");
    let mut browser = Command::new(chromium)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("{}/", server.base))
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let received = report.recv_timeout(Duration::from_secs(120));
    drop(browser.kill());
    drop(browser.wait());
    assert_eq!(received.unwrap_or_else(|_| panic!("the browser sent no report")), REPORT);
}

/// Builds the page's script and module. Returns `None` if a tool is not installed.
fn build() -> Option<PathBuf> {
    let bindgen = program("wasm-bindgen", &["bin/wasm-bindgen"])?;
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let target = peers::folder().join("../wasm");
    let output =
        Command::new("rustc").args(["--target", "wasm32-unknown-unknown", "--print", "target-libdir"]).output();
    let libraries = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    if !Path::new(&libraries).is_dir() {
        drop(writeln!(
            std::io::stderr(),
            "SKIPPED: the target wasm32-unknown-unknown is not installed (rustup target add)"
        ));
        return None;
    }
    let built = Command::new(env!("CARGO"))
        .args(["build", "-q", "--target", "wasm32-unknown-unknown", "--manifest-path"])
        .arg(page.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .status();
    assert!(built.unwrap().success(), "the page does not compile");
    let out = target.join("page");
    let module = target.join("wasm32-unknown-unknown/debug/browser_page.wasm");
    let bound =
        Command::new(bindgen).args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&out).arg(module).status();
    assert!(bound.unwrap().success(), "wasm-bindgen does not take the module: is its version the crate's?");
    Some(out)
}

fn respond(mut stream: TcpStream, built: &Path, report: &mpsc::Sender<String>, flaky: &AtomicUsize) {
    let Some(request) = Request::read(&mut BufReader::new(&stream)) else { return };
    let (head, body) = (&request.head, String::from_utf8_lossy(&request.body));
    let target = head.split(' ').nth(1).unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default();
    let sent = match path {
        "/" => bytes(&mut stream, "200 OK", "text/html", PAGE.as_bytes()),
        "/browser_page.js" | "/browser_page_bg.wasm" => {
            let kind = if path.ends_with("js") { "text/javascript" } else { "application/wasm" };
            bytes(&mut stream, "200 OK", kind, &std::fs::read(built.join(path.trim_start_matches('/'))).unwrap())
        }
        "/report" => {
            report.send(body.into_owned()).unwrap();
            json(&mut stream, "200 OK", "null")
        }
        "/json" => json(&mut stream, "200 OK", r#"{"name":"Ada"}"#),
        "/missing" => json(&mut stream, "404 Not Found", r#"{"detail":"no such thing"}"#),
        "/moved" => stream.write_all(b"HTTP/1.1 302 Found\r\nlocation: /json\r\ncontent-length: 0\r\n\r\n"),
        "/flaky" if flaky.fetch_add(1, Ordering::Relaxed) == 0 => json(&mut stream, "503 Service Unavailable", "null"),
        "/flaky" => json(&mut stream, "200 OK", "\"at last\""),
        "/late" => {
            std::thread::sleep(Duration::from_secs(5));
            Ok(())
        }
        "/half" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n\"ha")
        }
        "/keyed" => {
            let key = head.lines().find_map(|line| line.strip_prefix("x-key: ")).unwrap_or_default();
            json(&mut stream, "200 OK", &format!("\"key={key} {target}\""))
        }
        "/echo" => json(&mut stream, "200 OK", &body),
        "/drip" => drip(&mut stream, &["one", "two"]),
        // Each chunk comes in time, and the body does not.
        "/slow" => drip(&mut stream, &["1"; 9]),
        _ => json(&mut stream, "404 Not Found", "null"),
    };
    // The browser may have closed the connection, as when a call is late.
    drop(sent);
}

fn json(stream: &mut TcpStream, status: &str, body: &str) -> std::io::Result<()> {
    bytes(stream, status, "application/json", body.as_bytes())
}

fn bytes(stream: &mut TcpStream, status: &str, kind: &str, body: &[u8]) -> std::io::Result<()> {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n"
    )?;
    stream.write_all(body)
}

/// Sends chunks with pauses between them.
fn drip(stream: &mut TcpStream, chunks: &[&str]) -> std::io::Result<()> {
    stream.write_all(
        b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n",
    )?;
    for (index, chunk) in chunks.iter().enumerate() {
        if index > 0 {
            std::thread::sleep(Duration::from_millis(300));
        }
        write!(stream, "{:x}\r\n{chunk}\r\n", chunk.len())?;
    }
    stream.write_all(b"0\r\n\r\n")
}
