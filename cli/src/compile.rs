//! Compiles a generated crate.

use crate::terminal::Failure;
use crate::{AT_FAULT, bad_call};
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs `cargo check` on a crate. Its output goes to standard error.
pub(crate) fn check(folder: &Path) -> Result<(), Failure> {
    // Cargo names itself to the programs that it runs.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = folder.join("Cargo.toml");
    let mut command = Command::new(cargo);
    command.arg("check").arg("--manifest-path").arg(&manifest).stdin(Stdio::null()).stdout(std::io::stderr());
    let status = command.status().map_err(|error| bad_call(format!("cargo cannot be run: {error}")))?;
    if status.success() {
        return Ok(());
    }
    let message = format!("`cargo check --manifest-path {}` failed", manifest.display());
    Err(Failure { exit: AT_FAULT, code: None, message })
}
