//! Answers from the description's examples, for tests of programs that use the printed crate.

use super::docs;
use super::methods::Group;
use super::names::{Scope, snake};
use crate::api::{Api, Status};

/// A function that gives an answer.
#[derive(Debug)]
pub struct ResponseExample {
    /// In Rust.
    pub name: String,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// None where the description does not say which: the function asks for it.
    pub status: Option<u16>,
    /// `Content-Type`.
    pub media: String,
    /// The body.
    pub text: String,
}

/// One for each example, in the order of the calls.
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
            for answer in &response.answers {
                let said = answer.name.as_ref().map_or_else(String::new, |name| format!(": {}", docs::one_line(name)));
                let spelled = format!("{} {word} {}", method.name, answer.name.as_deref().unwrap_or_default());
                all.push(ResponseExample {
                    name: names.claim(&snake(spelled.trim())),
                    docs: docs::of(&format!("A response of `{} {}`{said}.", method.verb, method.path), None),
                    status,
                    media: answer.media.clone(),
                    text: answer.text.clone(),
                });
            }
        }
    }
    all
}
