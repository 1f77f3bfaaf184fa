#!/usr/bin/env bash
# reqwest drops all but the first member of a gzip body, ureq refuses an empty one, and both know the coding by one spelling.
#
# Guess:     a gzip body of two members is their texts one after the other (what `cat a.gz b.gz` makes, and servers that
#            compress piece by piece); `Content-Encoding: GZIP` and `x-gzip` are gzip; an empty body is empty.
# Versions:  crates reqwest 0.13.5 (feature gzip), ureq 3.5.2 (feature gzip), flate2 1.1.11.
# Behaviour: reqwest gives "one " of "one " and "two", without an error; ureq gives both. A response with `content-length: 0` and
#            `content-encoding: gzip` is empty for reqwest and an error for ureq. `GZIP` and `x-gzip` reach the caller compressed,
#            from both.
# Source:    RFC 1952, section 2.2; RFC 9110, sections 8.4.1 (codings are case-insensitive) and 8.4.1.3 (x-gzip is gzip).
# Here:      the client undoes codings itself, for every transport (`transport/coding.rs`).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cargo init -q --vcs none --name seen
cargo add -q reqwest@=0.13.5 --no-default-features --features gzip
cargo add -q ureq@=3.5.2 --no-default-features --features gzip
cargo add -q tokio@1 --features rt,net,time
cargo add -q flate2@=1.1.11
cat >src/main.rs <<'RUST'
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Default::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// The address of a server that answers two requests with a body and its coding.
fn serve(coding: &'static str, body: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for _ in 0..2 {
            let mut stream = listener.accept().unwrap().0;
            let _ = stream.read(&mut [0; 4096]).unwrap();
            let length = body.len();
            let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: {coding}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
            stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
        }
    });
    address
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let read = |coding, body: Vec<u8>| {
        let address = serve(coding, body);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_else(|_| "compressed".to_owned());
        let by_reqwest = runtime.block_on(async { client.get(&address).send().await.unwrap().bytes().await });
        let by_ureq = ureq::get(&address).call().unwrap().body_mut().read_to_vec();
        [by_reqwest.map_or("error".to_owned(), |bytes| text(bytes.to_vec())), by_ureq.map_or("error".to_owned(), text)]
    };
    let seen = [
        read("gzip", [packed("one "), packed("two")].concat()),
        read("gzip", Vec::new()),
        read("GZIP", packed("one")),
        read("x-gzip", packed("one")),
    ];
    println!("{seen:?}");
    let expected = [["one ", "one two"], ["", "error"], ["compressed", "compressed"], ["compressed", "compressed"]];
    assert_eq!(seen, expected, "the behaviour changed");
}
RUST
cargo run -q
