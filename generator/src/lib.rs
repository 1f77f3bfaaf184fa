//! Generates Rust client crates from OpenAPI descriptions.
//!
//! A build script uses [`Builder`]. Other programs call [`generate`] with a [`Config`] and write the crate with
//! [`output::write`].
//!
//! ```
//! use clientsmith::files::Memory;
//! use clientsmith::{Config, generate};
//! use std::path::Path;
//!
//! let description = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n";
//! let files = Memory(vec![("openapi.yaml".into(), description.into())]);
//! let generated = generate(Path::new("openapi.yaml"), &files, &Config::default());
//! let output = generated.output.expect("the description has no errors");
//! assert!(output.files.contains_key("src/lib.rs"));
//! ```
//!
//! ```text
//! resolve ─▶ lower ─▶ plan, lint ─▶ emit ─▶ format ─▶ write
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

mod api;
mod builder;
mod config;
pub mod diagnostic;
pub mod diff;
pub mod drift;
#[doc(hidden)]
pub mod dump;
mod emit;
mod json_pointer;
mod keywords;
mod lint;
mod lock;
mod lock_file;
mod lower;
pub mod mock;
pub mod output;
mod pattern;
mod pipeline;
mod plan;
mod resolve;
mod source;
mod span;
mod stack;
mod syntax;
#[doc(hidden)]
pub mod syntax_tree;
mod validation;

pub use builder::{Builder, Error, ErrorKind, Report};
pub use config::{Config, ConfigError, ConfigErrorKind, DescriptionSource, InvalidSource, Project, SETTINGS_SCHEMA};
pub use lock_file::LockFile;
pub use pipeline::{Generated, generate};
pub use source::files;

/// The examples of the package's README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
