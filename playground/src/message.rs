//! The form of requests and responses: a line of JSON, then bytes. Files go as bytes, since they need not be text.

use clientsmith::files::Memory;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::PathBuf;

/// A request with its files.
#[derive(Debug)]
pub struct Request {
    pub(crate) task: Task,
    pub(crate) files: Memory,
}

/// The tasks of the page.
#[derive(Debug, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub(crate) enum Task {
    /// Generates the crate of a description. Later requests refer to it.
    Generate { entry: PathBuf, settings: String },
    /// Returns a file of the generated crate.
    File { path: String },
    /// Compares the crate with the one for other settings: without an option, or without any.
    Effects { settings: String, without: Option<String> },
    /// Returns the changed lines of a file after [`Task::Effects`].
    LineChanges { path: String },
    /// Compares two descriptions.
    Compare { old: PathBuf, new: PathBuf, settings: String },
    /// Returns the options in settings, each with its value as text.
    Options { settings: String },
    /// Changes an option in settings, or removes it.
    SetOption { settings: String, option: String, value: Option<String> },
    /// Returns the JSON Schema of the settings.
    Schema,
    /// Returns the explanation of a code.
    Explain { code: String },
}

#[derive(Debug, Deserialize)]
struct Head {
    #[serde(flatten)]
    task: Task,
    /// The names of the files with their lengths in bytes.
    #[serde(default)]
    files: Vec<(PathBuf, usize)>,
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// Returns the error of the JSON reader for another first line.
    pub fn parse(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
        let (head, mut rest) = bytes.split_at(end);
        let head: Head = serde_json::from_slice(head)?;
        rest = rest.get(1..).unwrap_or_default();
        let mut files = Vec::new();
        for (path, length) in head.files {
            let (file, next) = rest.split_at(length.min(rest.len()));
            files.push((path, file.to_owned()));
            rest = next;
        }
        Ok(Self { task: head.task, files: Memory(files) })
    }
}

/// A response: JSON, and a text that is too long for it.
#[derive(Debug, Default)]
pub struct Response {
    /// The JSON of the first line.
    pub head: Value,
    /// The text behind it.
    pub text: String,
}

impl Response {
    pub(crate) fn of(head: Value) -> Self {
        Self { head, text: String::new() }
    }

    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self { head: json!({}), text: text.into() }
    }

    /// An error of the page, or of settings.
    pub(crate) fn error(error: &impl ToString) -> Self {
        Self::of(json!({ "error": error.to_string() }))
    }

    /// Returns the bytes of the response.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        let mut bytes = self.head.to_string().into_bytes();
        bytes.push(b'\n');
        bytes.extend_from_slice(self.text.as_bytes());
        bytes
    }
}
