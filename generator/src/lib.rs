//! Turns OpenAPI descriptions into Rust client crates.
//!
//! ```text
//! load ─▶ resolve ─▶ lower, lint ─▶ plan ─▶ emit ─▶ format ─▶ write
//! ```
//!
//! [`generate`] runs every stage but the last; [`output::write`] puts its result on disk.

pub mod api;
pub mod builder;
pub mod config;
pub mod diagnostic;
pub mod dump;
pub mod emit;
pub mod lint;
pub mod lower;
pub mod output;
mod pattern;
pub mod pipeline;
pub mod plan;
pub mod report;
pub mod resolve;
pub mod source;
pub mod span;

pub use builder::Builder;
pub use config::Config;
pub use pipeline::{Generated, generate};
