//! The command `clientsmith`: reads arguments, calls the generator, writes findings to stderr and data to stdout. The
//! only place that exits.
#![expect(clippy::print_stderr, reason = "printing is what a command is for")]

mod args;

use args::{Arguments, Command, Input, MessageFormat, Stage};
use clap::Parser;
use clientsmith::output::write::{Mode, write};
use clientsmith::source::files::{Disk, Files, LoadError};
use clientsmith::{Config, Generated, generate};
use clientsmith::{diagnostic, dump, report};
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// The document, or the crate in `check`, is at fault.
const AT_FAULT: u8 = 1;
/// The call or the environment is.
const BAD_CALL: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let format = arguments.message_format;
    let done = match arguments.command {
        Command::Generate { input, out, force, dry_run } => print_crate(&input, &out, force, dry_run, format),
        Command::Check { input, out } => check(&input, &out, format),
        Command::Inspect { input } => inspect(&input, format),
        Command::Explain { code } => explain(&code),
        Command::Dump { stage, input } => show(stage, &input, format),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { code, message }) => {
            if !message.is_empty() {
                eprintln!("error: {message}");
            }
            ExitCode::from(code)
        }
    }
}

struct Failure {
    code: u8,
    message: String,
}

fn bad_call(message: impl ToString) -> Failure {
    Failure { code: BAD_CALL, message: message.to_string() }
}

/// Writes to stdout. A reader that went away has all that it wanted.
fn data(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(bad_call(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Standard input under the name `-`, everything else from disk.
struct Standard;

impl Files for Standard {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        if path != Path::new("-") {
            return Disk.read(path);
        }
        let mut bytes = Vec::new();
        match std::io::stdin().read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(LoadError::unreadable(path, &error)),
        }
    }
}

fn run(input: &Input, format: MessageFormat) -> Result<Generated, Failure> {
    let mut config = match &input.config {
        Some(path) => Config::read(path, &Disk).map_err(bad_call)?,
        None => Config::default(),
    };
    if let Some(name) = &input.name {
        config.set_name(name).map_err(bad_call)?;
    }
    if let Some(runtime) = &input.runtime {
        config.set_runtime(runtime).map_err(bad_call)?;
    }
    config.strict |= input.strict;
    let generated = generate(&input.spec, &Standard, &config);
    let list = &generated.diagnostics.list;
    let text = match format {
        MessageFormat::Human => report::human(list, &generated.sources, std::io::stderr().is_terminal()),
        MessageFormat::Short => report::short(list, &generated.sources),
        MessageFormat::Json => report::json(list, &generated.sources),
    };
    eprint!("{text}");
    if generated.output.is_some() {
        return Ok(generated);
    }
    let unreadable =
        list.iter().any(|found| found.severity == diagnostic::Severity::Error && found.code.is_environment());
    Err(Failure { code: if unreadable { BAD_CALL } else { AT_FAULT }, message: String::new() })
}

fn print_crate(input: &Input, out: &Path, force: bool, dry_run: bool, format: MessageFormat) -> Result<(), Failure> {
    let generated = run(input, format)?;
    let Some(output) = &generated.output else { return Ok(()) };
    let mode = if dry_run { Mode::Check } else { Mode::Write { force } };
    let changes = write(output, out, mode).map_err(bad_call)?;
    let verb = if dry_run { "would change" } else { "changed" };
    for line in changes.lines() {
        eprintln!("{line}");
    }
    let (files, operations) = (output.files.len(), generated.api.as_ref().map_or(0, |api| api.operations.len()));
    eprintln!("{}: {files} files, {operations} operations, {} {verb}", out.display(), changes.len());
    // The process ends here; taking a large model apart first would be a sixth of the run.
    std::mem::forget(generated);
    Ok(())
}

fn check(input: &Input, out: &Path, format: MessageFormat) -> Result<(), Failure> {
    let generated = run(input, format)?;
    let Some(output) = &generated.output else { return Ok(()) };
    let changes = write(output, out, Mode::Check).map_err(bad_call)?;
    if changes.is_empty() {
        return Ok(());
    }
    data(&changes.diff())?;
    let message = format!("{} is out of step with {}", out.display(), input.spec.display());
    Err(Failure { code: AT_FAULT, message })
}

fn inspect(input: &Input, format: MessageFormat) -> Result<(), Failure> {
    let generated = run(input, format)?;
    if let Some(surface) = generated.output.as_ref().and_then(|output| output.files.get("surface.json")) {
        data(surface)?;
    }
    Ok(())
}

fn explain(code: &str) -> Result<(), Failure> {
    let Some(code) = diagnostic::Code::parse(code) else {
        let last = diagnostic::Code::all().map(diagnostic::Code::as_str).collect::<Vec<_>>().join(", ");
        return Err(bad_call(format!("there is no code {code}; the codes are {last}")));
    };
    let cure = code.help().map(|help| format!("\nhelp: {help}\n")).unwrap_or_default();
    data(&format!("{}: {}\n\n{}\n{cure}", code.as_str(), code.title(), code.explanation()))
}

fn show(stage: Stage, input: &Input, format: MessageFormat) -> Result<(), Failure> {
    let generated = run(input, format)?;
    match stage {
        Stage::Api => {
            if let Some(api) = &generated.api {
                data(&dump::api::api(api))?;
            }
        }
        Stage::Plan => {
            if let Some(surface) = generated.output.as_ref().and_then(|output| output.files.get("surface.json")) {
                data(&dump::plan::plan(surface))?;
            }
        }
        Stage::Output => {
            for (path, text) in generated.output.iter().flat_map(|output| &output.files) {
                data(&format!("{path} {}\n", text.len()))?;
            }
        }
    }
    Ok(())
}
