//! Responses from the description's examples, for tests of programs that use the generated crate.

use super::docs;
use super::methods::Group;
use super::names::{Scope, snake};
use crate::api::{Api, Status};

/// A function that returns a response.
#[derive(Debug)]
pub struct ResponseExample {
    /// Name in Rust.
    pub name: String,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// The status. `None` if the description does not determine it; then the function has an argument for it.
    pub status: Option<u16>,
    /// `Content-Type`.
    pub media: String,
    /// The body.
    pub text: String,
}

/// One function for each example, in the order of the operations.
#[must_use]
pub fn response_examples(api: &Api, groups: &[Group]) -> Vec<ResponseExample> {
    let mut names = Scope::default();
    let mut all = Vec::new();
    for method in groups.iter().flat_map(|group| &group.methods) {
        let operation = api.operations.iter().find(|operation| operation.origin.pointer == method.pointer);
        for response in operation.map_or(&[][..], |operation| &operation.responses) {
            let (word, status) = match response.status {
                Status::Exact(status) => (status.to_string(), Some(status)),
                Status::Range(range) => (format!("{range}xx"), Some(u16::from(range) * 100)),
                Status::Default => ("other".to_owned(), None),
            };
            for example in &response.examples {
                let label =
                    example.name.as_ref().map_or_else(String::new, |name| format!(": {}", docs::one_line(name)));
                let spelled = format!("{} {word} {}", method.name, example.name.as_deref().unwrap_or_default());
                all.push(ResponseExample {
                    name: names.claim(&snake(spelled.trim())),
                    docs: docs::of(&format!("A response of `{} {}`{label}.", method.verb, method.path), None),
                    status,
                    media: example.media.clone(),
                    text: example.text.clone(),
                });
            }
        }
    }
    all
}
