//! Compiles a generated crate.

use crate::terminal::Failure;
use crate::{EXIT_INVALID, environment_failure};
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs `cargo check` on a crate. Its output goes to standard error.
pub(crate) fn check(folder: &Path) -> Result<(), Failure> {
    // Cargo sets `CARGO` to its own path for the programs that it runs.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = folder.join("Cargo.toml");
    let mut command = Command::new(cargo);
    command.arg("check").arg("--manifest-path").arg(&manifest).stdin(Stdio::null()).stdout(std::io::stderr());
    let status = command.status().map_err(|error| environment_failure(format!("cargo cannot be run: {error}")))?;
    if status.success() {
        return Ok(());
    }
    let message = format!("`cargo check --manifest-path {}` failed", manifest.display());
    Err(Failure { exit: EXIT_INVALID, code: None, message })
}
