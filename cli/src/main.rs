//! The command `clientsmith`: reads arguments, calls the generator, and reports the result. This is the only module
//! that exits.

mod args;
mod compile;
mod diff;
mod drift;
mod fetch;
mod init;
mod input_files;
mod lock;
#[cfg(feature = "manual")]
mod manual;
#[cfg(feature = "mock")]
mod mock;
mod project;
mod revision;
mod terminal;
mod watch;
mod workspace;

use args::{Arguments, Command, Input, MessageFormat, Overlay, Stage};
use clap::Parser;
use clientsmith::diagnostic::{Code, Diagnostics, Severity};
use clientsmith::output::{Changes, Mode, Output, WriteError, write};
use clientsmith::{Generated, LockFile, dump, generate};
use project::{Api, Selection, each};
use std::path::Path;
use std::process::ExitCode;
use terminal::Failure;

/// Exit code for an invalid description, or for a crate that differs in `check`.
const EXIT_INVALID: u8 = 1;
/// Exit code for a fault in the command line or the environment, such as a file that cannot be read or written.
const EXIT_ENVIRONMENT: u8 = 2;

/// Generation allocates much and frees little, on several threads.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let format = arguments.message_format;
    terminal::set_quiet(arguments.quiet);
    let done = match arguments.command {
        Command::Init(arguments) => init::init(&arguments, format),
        Command::Generate { input, out, force, dry_run, compile } => {
            let mode = if dry_run { Mode::Check } else { Mode::Write { force } };
            for_each(&input, out.as_deref(), format, |api| {
                generate_crate(api, mode, format)?;
                if compile { compile::check(api.out()?) } else { Ok(()) }
            })
        }
        Command::Check { input, out } => for_each(&input, out.as_deref(), format, |api| check(api, format)),
        Command::Watch { input, out } => watch::watch(&input, out.as_deref(), format),
        Command::Fetch(arguments) => fetch::fetch(&arguments, format),
        Command::Diff(arguments) => diff::diff(&arguments, format),
        Command::Approve { id, reason, until, approvals } => diff::approve(&approvals, &id, &reason, until.as_deref()),
        #[cfg(feature = "mock")]
        Command::Mock(arguments) => mock::mock(&arguments, format),
        Command::Drift(arguments) => drift::drift(&arguments, format),
        Command::Lock { input, check } => lock::locks(&input, check, format),
        Command::Inspect { input } => inspect(&input, format),
        Command::Overlay(Overlay::Apply { input }) => print_dump(dump::Stage::Description, None, &input, format),
        Command::Explain { code } => explain(&code),
        Command::Schema => data(clientsmith::SETTINGS_SCHEMA),
        #[cfg(feature = "manual")]
        Command::Completions { shell } => manual::completions(shell),
        #[cfg(feature = "manual")]
        Command::Manual { directory } => manual::pages(&directory),
        Command::Dump { stage, after, input } => dump_stage(stage, after.as_deref(), &input, format),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::failure(&failure, format);
            ExitCode::from(failure.exit)
        }
    }
}

fn environment_failure(message: impl ToString) -> Failure {
    Failure { exit: EXIT_ENVIRONMENT, code: None, message: message.to_string() }
}

fn data(text: &str) -> Result<(), Failure> {
    terminal::data(text).map_err(|error| environment_failure(format!("standard output cannot be written: {error}")))
}

/// Runs a command for each API.
fn for_each(
    input: &Input,
    out: Option<&Path>,
    format: MessageFormat,
    run: impl Fn(&Api) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let selection = Selection::read(input, out)?;
    each(&selection.apis, format, run)
}

/// Runs every stage except writing, and reports the findings.
fn generate_output(api: &Api, format: MessageFormat) -> Result<(Generated, Output), Failure> {
    let progress = terminal::progress(&api.spec, format);
    let mut generated = generate(&api.spec, &api.files, &api.config);
    drop(progress);
    terminal::findings(&generated.diagnostics.list, &generated.sources, format);
    match generated.output.take() {
        Some(output) => Ok((generated, output)),
        None => Err(refusal(&generated.diagnostics)),
    }
}

/// Returns a failure without a message, since the findings are reported already.
fn refusal(diagnostics: &Diagnostics) -> Failure {
    let mut errors = diagnostics.list.iter().filter(|found| found.severity == Severity::Error);
    let exit = if errors.any(|found| found.code.is_environment()) { EXIT_ENVIRONMENT } else { EXIT_INVALID };
    Failure { exit, code: None, message: String::new() }
}

fn write_output(output: &Output, out: &Path, mode: Mode) -> Result<Changes, Failure> {
    write(output, out, mode).map_err(unwritable)
}

fn unwritable(error: WriteError) -> Failure {
    Failure { exit: EXIT_ENVIRONMENT, code: Some(error.code()), message: error.to_string() }
}

fn generate_crate(api: &Api, mode: Mode, format: MessageFormat) -> Result<(), Failure> {
    let out = api.out()?;
    let (generated, output) = generate_output(api, format)?;
    let may_not_write_lock = mode != Mode::Check && LockFile::is_only_compared();
    if let Some(lock) = generated.lock.as_ref().filter(|lock| may_not_write_lock && lock.is_outdated()) {
        return lock::fail_outdated(lock, &api.spec);
    }
    let changes = write_output(&output, out, mode)?;
    lock::update(generated.lock.as_ref(), &api.spec, mode, format)?;
    let (files, operations) = (output.files.len(), generated.operation_count());
    if format == MessageFormat::Json {
        data(&summary(out, files, operations, &changes))?;
    } else {
        for line in changes.lines() {
            terminal::line(&line);
        }
        if let Some(hash) = api.files.unpinned_hash() {
            terminal::line(&format!("{} has the content `--sha256 {hash}`", api.spec.display()));
        }
        let verb = if mode == Mode::Check { "would change" } else { "changed" };
        terminal::line(&format!("{}: {files} files, {operations} operations, {} {verb}", out.display(), changes.len()));
    }
    let is_shown = format != MessageFormat::Json && mode != Mode::Check;
    if let Some(problem) = is_shown.then(|| workspace::missing_member(out)).flatten() {
        terminal::line(&problem);
    }
    // The process ends soon. Freeing a large model would take a sixth of the run.
    std::mem::forget((generated, output));
    Ok(())
}

/// A crate with its changes, as a line of JSON.
fn summary(out: &Path, files: usize, operations: usize, changes: &Changes) -> String {
    let changed = changes.files().map(|file| {
        let (path, added, removed, new, edited) = (file.path, file.added, file.removed, file.is_new, file.is_edited);
        serde_json::json!({ "path": path, "added": added, "removed": removed, "new": new, "edited": edited })
    });
    let changed = changed.collect::<Vec<_>>();
    let summary = serde_json::json!({ "out": out, "files": files, "operations": operations, "changed": changed });
    format!("{summary}\n")
}

fn check(api: &Api, format: MessageFormat) -> Result<(), Failure> {
    let out = api.out()?;
    fetch::check(&api.spec, &api.config)?;
    let (generated, output) = generate_output(api, format)?;
    let changes = write_output(&output, out, Mode::Check)?;
    if !changes.is_empty() {
        data(&changes.diff())?;
    }
    if let Some(lock) = generated.lock.filter(LockFile::is_outdated) {
        return lock::fail_outdated(&lock, &api.spec);
    }
    if changes.is_empty() {
        return Ok(());
    }
    let edited = changes.files().filter(|file| file.is_edited);
    let edited = edited.map(|file| format!("\n{} was edited after it was generated", out.join(file.path).display()));
    let message = format!("{} is out of step with {}{}", out.display(), api.spec.display(), edited.collect::<String>());
    Err(Failure { exit: EXIT_INVALID, code: None, message })
}

fn inspect(input: &Input, format: MessageFormat) -> Result<(), Failure> {
    let (_, output) = generate_output(&Selection::read(input, None)?.into_one()?, format)?;
    output.files.get("surface.json").map_or(Ok(()), |surface| data(surface))
}

fn explain(text: &str) -> Result<(), Failure> {
    let Some(code) = Code::parse(text) else {
        let help = Code::nearest(text).map_or_else(
            || format!("the codes are {}", Code::all().map(Code::as_str).collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean {}?", near.as_str()),
        );
        return Err(environment_failure(format!("unknown code {text}; {help}")));
    };
    let help = code.help().map_or_else(String::new, |help| format!("\nhelp: {help}\n"));
    data(&format!("{}: {}\n\n{}\n{help}", code.as_str(), code.title(), code.explanation()))
}

fn dump_stage(stage: Stage, after: Option<&str>, input: &Input, format: MessageFormat) -> Result<(), Failure> {
    if after.is_some() && stage != Stage::Api {
        return Err(environment_failure("`--after` names a pass of the stage `api`, and needs that stage"));
    }
    let stage = match stage {
        Stage::Document => dump::Stage::Document,
        Stage::Api => dump::Stage::Api,
        Stage::Plan => dump::Stage::Plan,
        Stage::Tokens => dump::Stage::Tokens,
        Stage::Output => dump::Stage::Output,
    };
    print_dump(stage, after, input, format)
}

fn print_dump(stage: dump::Stage, after: Option<&str>, input: &Input, format: MessageFormat) -> Result<(), Failure> {
    let api = Selection::read(input, None)?.into_one()?;
    let dumped = dump::dump(stage, after, &api.spec, &api.files, &api.config);
    terminal::findings(&dumped.diagnostics.list, &dumped.sources, format);
    match dumped.text {
        Some(text) => data(&text),
        None => Err(refusal(&dumped.diagnostics)),
    }
}
