//! Completions of shells and manual pages, made from the arguments.

use crate::args::Arguments;
use crate::terminal::Failure;
use crate::{data, environment_failure};
use clap::CommandFactory;
use clap_complete::Shell;
use std::fs;
use std::path::Path;

/// Prints the completions of a shell.
pub(crate) fn completions(shell: Shell) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "clientsmith", &mut text);
    data(&String::from_utf8_lossy(&text))
}

/// Writes a page for the command and for each of its commands.
pub(crate) fn pages(directory: &Path) -> Result<(), Failure> {
    let write = || {
        fs::create_dir_all(directory)?;
        clap_mangen::generate_to(Arguments::command(), directory)
    };
    write().map_err(|error| environment_failure(format!("{} cannot be written: {error}", directory.display())))
}
