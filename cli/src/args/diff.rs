//! The arguments of `diff`.

use super::Pin;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// The arguments of `diff`.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The old description: a file, a file of a git revision such as `v1.4.0:spec/api.yaml`, or an `https` address. A revision
    /// alone, or nothing (`HEAD`), compares the descriptions of the settings with those of that revision.
    pub(crate) old: Option<PathBuf>,
    /// The new description: a file, a file of a git revision, or an `https` address.
    pub(crate) new: Option<PathBuf>,
    /// The content of the address, if one of the descriptions has one.
    #[command(flatten)]
    pub(crate) pin: Pin,
    /// Settings (TOML). Without descriptions, by default `clientsmith.toml` of this directory, or of one above it in the repository.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The lock of names, for both descriptions; overrides the settings. By default the one beside each description.
    #[arg(long, value_name = "FILE")]
    pub(crate) lock: Option<PathBuf>,
    /// The API of the settings, by `name` or `out`. By default all.
    #[arg(long, value_name = "NAME", conflicts_with = "new")]
    pub(crate) api: Option<String>,
    /// Settings of the old crate, if they differ from the new ones.
    #[arg(long, value_name = "FILE")]
    pub(crate) old_config: Option<PathBuf>,
    /// Exit with 1 when code that uses the crate is affected at least this much.
    #[arg(long, value_enum, default_value_t = RustLimit::Major)]
    pub(crate) fail_on: RustLimit,
    /// Exit with 1 when programs with the old crate are affected at least this much.
    #[arg(long, value_enum, default_value_t = WireLimit::Break)]
    pub(crate) wire_fail_on: WireLimit,
    /// The version that was released last.
    #[arg(long, value_name = "VERSION")]
    pub(crate) released: Option<String>,
    /// Write the section of the changelog for users of the crate into this file.
    #[arg(long, value_name = "FILE")]
    pub(crate) changelog: Option<PathBuf>,
    /// Approved changes (TOML).
    #[arg(long, value_name = "FILE")]
    pub(crate) approvals: Option<PathBuf>,
    /// Format of the result.
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    pub(crate) format: DiffFormat,
}

/// The least verdict about code that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RustLimit {
    /// Some code does not compile, or means something else.
    Major,
    /// There is more to use.
    Minor,
    /// Anything changed.
    Patch,
    /// Never.
    None,
}

/// The least verdict about the wire that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WireLimit {
    /// Some requests or responses certainly fail.
    Break,
    /// Some may fail.
    Risk,
    /// Never.
    None,
}

/// Format of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// Several lines for each change.
    Human,
    /// One line for each change.
    Short,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// Tables in Markdown.
    Markdown,
    /// The next version alone.
    NextVersion,
}
