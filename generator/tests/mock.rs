//! The mock server without a network: responses of a description, problems with requests, and every operation of the corpus.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    dead_code,
    reason = "a test fails by panicking"
)]

#[path = "mock/corpus.rs"]
mod corpus;
#[path = "corpus/descriptions.rs"]
mod descriptions;
#[path = "mock/problems.rs"]
mod problems;
#[path = "mock/random.rs"]
mod random;
#[path = "mock/recordings.rs"]
mod recordings;
#[path = "mock/responses.rs"]
mod responses;
#[path = "mock/texts.rs"]
mod texts;

use clientsmith::Config;
use clientsmith::files::Memory;
use clientsmith::mock::{Mock, Request, Response};
use serde_json::Value;
use std::path::Path;

const PETS: &str = include_str!("mock/pets.yaml");

fn mock(description: &str) -> Mock {
    let files = Memory(vec![("api.yaml".into(), description.into())]);
    Mock::new(Path::new("api.yaml"), &files, &Config::default()).unwrap_or_else(|unread| {
        panic!("{}", clientsmith::diagnostic::render::short(&unread.diagnostics.list, &unread.sources))
    })
}

/// A request with headers such as `Accept: text/plain`, and a body.
fn request(line: &str, headers: &[&str], body: &str) -> Request {
    let (method, target) = line.split_once(' ').unwrap();
    let pair = |line: &&str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned())).unwrap();
    let headers = headers.iter().map(pair).collect();
    Request { method: method.to_owned(), target: target.to_owned(), headers, body: body.as_bytes().to_vec() }
}

fn json(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap_or_else(|error| panic!("{error}: {response:?}"))
}

fn header<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
    response.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
