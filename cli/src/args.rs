//! The arguments of the command line. Knows clap; must not know what the commands do.

mod diff;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
pub(crate) use diff::{Diff, DiffFormat, RustLimit, WireLimit};
use std::path::PathBuf;

/// The meanings of the exit codes.
const EXIT_CODES: &str = "Exit codes:
  0  success
  1  the description is at fault, or the compared things differ
  2  the command line or the environment is at fault";

/// Generates Rust client crates from OpenAPI descriptions.
#[derive(Debug, Parser)]
#[command(name = "clientsmith", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// Format of diagnostics on stderr.
    #[arg(long, global = true, value_enum, default_value_t = MessageFormat::Human)]
    pub(crate) message_format: MessageFormat,
    /// Write nothing to stderr but errors.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// The command.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Format of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// Several lines, with an excerpt of the description.
    Human,
    /// One line for each diagnostic.
    Short,
    /// One JSON object for each diagnostic.
    Json,
}

/// The description and its settings.
#[derive(Debug, Default, Args)]
pub(crate) struct Input {
    /// An OpenAPI description (YAML or JSON), `-` for standard input, or an `https` address. By default those of the settings.
    pub(crate) spec: Option<PathBuf>,
    /// The content of an address.
    #[command(flatten)]
    pub(crate) pin: Pin,
    /// Settings (TOML). By default `clientsmith.toml` of this directory, or of one above it in the repository.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The API of the settings, by `name` or `out`. By default all.
    #[arg(long, value_name = "NAME", conflicts_with = "spec")]
    pub(crate) api: Option<String>,
    /// Name of the generated crate; overrides the settings.
    #[arg(long, value_name = "CRATE")]
    pub(crate) name: Option<String>,
    /// Source of the runtime: `bundled`, `path:DIR`, or a version of `clientsmith-runtime`.
    #[arg(long)]
    pub(crate) runtime: Option<String>,
    /// An overlay of the description, applied after those of the settings; may be given several times.
    #[arg(long = "overlay", value_name = "FILE")]
    pub(crate) overlays: Vec<PathBuf>,
    /// The lock of names; overrides the settings. The default is `clientsmith.lock.toml` beside the description.
    #[arg(long, value_name = "FILE")]
    pub(crate) lock: Option<PathBuf>,
    /// Treat parts of the description that would be left out as errors.
    #[arg(long)]
    pub(crate) strict: bool,
}

/// The expected content of an address.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Pin {
    /// Fail if the description of an `https` address has another content: its SHA-256 hash in hexadecimal digits.
    #[arg(long, value_name = "HASH")]
    pub(crate) sha256: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Add a client crate, its settings and its build script to a project.
    Init(Init),
    /// Generate a crate.
    Generate {
        /// The description and its settings.
        #[command(flatten)]
        input: Input,
        /// Directory of the generated crate. By default `out` of the settings.
        #[arg(long)]
        out: Option<PathBuf>,
        /// Overwrite files that clientsmith did not generate, and generated files that were edited.
        #[arg(long)]
        force: bool,
        /// List the changes without writing them.
        #[arg(long)]
        dry_run: bool,
        /// Check that the crate compiles: run `cargo check` on it.
        #[arg(long, conflicts_with = "dry_run")]
        compile: bool,
    },
    /// Compare a generated crate with its description; print a diff and exit with 1 when they differ.
    Check {
        /// The description and its settings.
        #[command(flatten)]
        input: Input,
        /// Directory of the generated crate. By default `out` of the settings.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Generate again whenever a description or its settings are saved.
    Watch {
        /// The description and its settings.
        #[command(flatten)]
        input: Input,
        /// Directory of the generated crate. By default `out` of the settings.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Download the descriptions of the settings that have a `source` again.
    Fetch(Fetch),
    /// Compare two descriptions: say whether a new crate breaks its users, and whether the API breaks old programs.
    Diff(Diff),
    /// Approve a change, so that `diff` does not fail because of it.
    Approve {
        /// The id of the change, from `diff --format json`.
        id: String,
        /// The reason.
        #[arg(long)]
        reason: String,
        /// The last day of the approval, such as `2027-01-31`.
        #[arg(long, value_name = "DATE")]
        until: Option<String>,
        /// The file of approvals.
        #[arg(long, value_name = "FILE", default_value = "clientsmith.approvals.toml")]
        approvals: PathBuf,
    },
    /// Compare recorded traffic with a description: fields, enum values, statuses and media types that it lacks.
    Drift(Drift),
    /// Start a mock server for a description: it checks requests, and responds with examples or values made from the schemas.
    #[cfg(feature = "mock")]
    Mock(Mock),
    /// Write the lock of names, so that the next version of the description keeps them.
    Lock {
        /// The description and its settings.
        #[command(flatten)]
        input: Input,
        /// Write nothing; exit with 1 when the lock is missing or differs.
        #[arg(long)]
        check: bool,
    },
    /// Print the operations, types and names of the crate as JSON.
    Inspect {
        /// The description and its settings.
        #[command(flatten)]
        input: Input,
    },
    /// Work with overlays (Overlay Specification 1.0 and 1.1).
    #[command(subcommand)]
    Overlay(Overlay),
    /// Explain a diagnostic and its solution.
    Explain {
        /// The code, such as `E0101`.
        code: String,
    },
    /// Print the JSON Schema of the settings, for editors.
    Schema,
    /// Print the completions of a shell.
    #[cfg(feature = "manual")]
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write the manual pages of all commands into a directory.
    #[cfg(feature = "manual")]
    Manual {
        /// The directory, such as `~/.local/share/man/man1`.
        directory: PathBuf,
    },
    /// Print the result of a stage, for debugging.
    Dump {
        /// The stage.
        #[arg(value_enum)]
        stage: Stage,
        /// End the stage `api` after this pass.
        #[arg(long, value_name = "PASS", value_parser = PossibleValuesParser::new(clientsmith::dump::passes()))]
        after: Option<String>,
        /// The description and its settings.
        #[command(flatten)]
        input: Input,
    },
}

/// The commands for overlays.
#[derive(Debug, Subcommand)]
pub(crate) enum Overlay {
    /// Print the description with its overlays applied, as YAML.
    Apply {
        /// The description and its settings.
        #[command(flatten)]
        input: Input,
    },
}

/// The arguments of `init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Directory of the project. It is created if it does not exist.
    #[arg(default_value = ".")]
    pub(crate) dir: PathBuf,
    /// The OpenAPI description (YAML or JSON): a file, or an `https` address. A file outside the project is copied into it, with
    /// the files that it refers to. `fetch` downloads the description of an address again.
    #[arg(long, value_name = "FILE_OR_URL")]
    pub(crate) spec: PathBuf,
    /// The content of an address.
    #[command(flatten)]
    pub(crate) pin: Pin,
    /// Name of the generated crate and of its directory. By default it is made from the title.
    #[arg(long, value_name = "CRATE")]
    pub(crate) name: Option<String>,
    /// Source of the runtime: `bundled`, `path:DIR`, or a version of `clientsmith-runtime`.
    #[arg(long)]
    pub(crate) runtime: Option<String>,
    /// Source of the library `clientsmith`, which the build script uses: `path:DIR` or a version. By default the version of this
    /// command, or the checkout that it was built in.
    #[arg(long, value_name = "SOURCE")]
    pub(crate) build_dependency: Option<String>,
    /// The service that checks changes: `github` adds a workflow.
    #[arg(long, value_enum, default_value_t = Ci::Github)]
    pub(crate) ci: Ci,
}

/// The arguments of `fetch`.
#[derive(Debug, Args)]
pub(crate) struct Fetch {
    /// Settings (TOML). By default `clientsmith.toml` of this directory, or of one above it in the repository.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The API of the settings, by `name` or `out`. By default all that have a `source`.
    #[arg(long, value_name = "NAME")]
    pub(crate) api: Option<String>,
    /// Write nothing, and exit with 1 when a description changed.
    #[arg(long)]
    pub(crate) check: bool,
    /// Overwrite descriptions that were edited.
    #[arg(long)]
    pub(crate) force: bool,
}

impl Fetch {
    /// The APIs of the settings.
    pub(crate) fn input(&self) -> Input {
        Input { config: self.config.clone(), api: self.api.clone(), ..Input::default() }
    }
}

/// A service for continuous integration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ci {
    /// GitHub Actions: `.github/workflows/clientsmith.yml`, in the root of a repository only.
    Github,
    /// None.
    None,
}

/// The arguments of `drift`.
#[derive(Debug, Args)]
pub(crate) struct Drift {
    /// An OpenAPI description (YAML or JSON), `-` for standard input, or an `https` address.
    pub(crate) spec: PathBuf,
    /// The content of an address.
    #[command(flatten)]
    pub(crate) pin: Pin,
    /// Recordings: HAR 1.2, or NDJSON with an exchange on each line.
    #[arg(required = true, value_name = "TRAFFIC")]
    pub(crate) traffic: Vec<PathBuf>,
    /// Settings (TOML). By default `clientsmith.toml` of this directory, or of one above it in the repository.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// An overlay of the description, applied after those of the settings; may be given several times.
    #[arg(long = "overlay", value_name = "FILE")]
    pub(crate) overlays: Vec<PathBuf>,
    /// Write an overlay that adds to the description what the traffic has.
    #[arg(long, value_name = "FILE")]
    pub(crate) propose: Option<PathBuf>,
}

/// The arguments of `mock`.
#[cfg(feature = "mock")]
#[derive(Debug, Args)]
pub(crate) struct Mock {
    /// An OpenAPI description (YAML or JSON), `-` for standard input, or an `https` address. By default that of the settings.
    pub(crate) spec: Option<PathBuf>,
    /// The content of an address.
    #[command(flatten)]
    pub(crate) pin: Pin,
    /// The port; 0 chooses a free one.
    #[arg(long, value_name = "N", default_value_t = 4010)]
    pub(crate) port: u16,
    /// The IP address of the interface. By default other machines cannot connect; `0.0.0.0` lets them.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub(crate) bind: std::net::IpAddr,
    /// Write each request and its response into this file as HAR 1.2, without credentials.
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
    /// Settings (TOML). By default `clientsmith.toml` of this directory, or of one above it in the repository.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The API of the settings, by `name` or `out`.
    #[arg(long, value_name = "NAME", conflicts_with = "spec")]
    pub(crate) api: Option<String>,
    /// An overlay of the description, applied after those of the settings; may be given several times.
    #[arg(long = "overlay", value_name = "FILE")]
    pub(crate) overlays: Vec<PathBuf>,
}

/// Stages of the generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// The parsed files, as YAML.
    Document,
    /// The meaning of the description.
    Api,
    /// Names and Rust types.
    Plan,
    /// The generated code, before it is formatted.
    Tokens,
    /// Names and sizes of the generated files.
    Output,
}
