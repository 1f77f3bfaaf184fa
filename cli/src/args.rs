//! The words of the command line. Knows clap; must not know what the commands do.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Turns OpenAPI descriptions into Rust client crates.
#[derive(Debug, Parser)]
#[command(name = "clientsmith", version, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// How findings are written to stderr.
    #[arg(long, global = true, value_enum, default_value_t = MessageFormat::Human)]
    pub(crate) message_format: MessageFormat,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// With the lines of the description.
    Human,
    /// One line each.
    Short,
    /// One JSON object each.
    Json,
}

/// The description and its settings.
#[derive(Debug, Args)]
pub(crate) struct Input {
    /// An OpenAPI description (YAML or JSON), or `-` for standard input.
    pub(crate) spec: PathBuf,
    /// Settings of the printed crate (TOML).
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Name of the printed crate; wins over the settings.
    #[arg(long, value_name = "CRATE")]
    pub(crate) name: Option<String>,
    /// Where the runtime comes from: `bundled`, `path:DIR`, or a version of `clientsmith-runtime`.
    #[arg(long)]
    pub(crate) runtime: Option<String>,
    /// Parts that would be skipped are errors.
    #[arg(long)]
    pub(crate) strict: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print a crate.
    Generate {
        /// What from.
        #[command(flatten)]
        input: Input,
        /// Folder of the printed crate.
        #[arg(long)]
        out: PathBuf,
        /// Overwrite files that were not printed by this tool.
        #[arg(long)]
        force: bool,
        /// Say what would change, write nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Compare a printed crate with its description; exit 1 and a diff when they differ.
    Check {
        /// What from.
        #[command(flatten)]
        input: Input,
        /// Folder of the printed crate.
        #[arg(long)]
        out: PathBuf,
    },
    /// Print the map of what would be printed, as JSON.
    Inspect {
        /// What from.
        #[command(flatten)]
        input: Input,
    },
    /// Say what a finding means and how to cure it.
    Explain {
        /// Such as `E0101`.
        code: String,
    },
    /// Print what a stage makes of a description, for debugging.
    Dump {
        /// Which stage.
        #[arg(value_enum)]
        stage: Stage,
        /// What from.
        #[command(flatten)]
        input: Input,
    },
}

/// Stages whose value can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// Every file as it was read, as YAML.
    Document,
    /// What the description means.
    Api,
    /// Names and Rust types.
    Plan,
    /// What is printed, before it is formatted.
    Tokens,
    /// Names of the printed files with their sizes.
    Output,
}
