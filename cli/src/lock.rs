//! The command `lock`, and what other commands do with the lock of names.

use crate::args::{Input, MessageFormat};
use crate::project::{Api, Selection, each};
use crate::terminal::{self, Failure};
use crate::{EXIT_INVALID, data, environment_failure, generate_output, unwritable};
use clientsmith::LockFile;
use clientsmith::output::Mode;
use std::collections::BTreeSet;
use std::path::Path;

/// Writes or compares the lock of each API.
pub(crate) fn locks(input: &Input, check: bool, format: MessageFormat) -> Result<(), Failure> {
    let selection = Selection::read(input, None)?;
    let mut known = BTreeSet::new();
    for path in selection.apis.iter().filter_map(|api| api.config.lock_path()) {
        if !known.insert(path.clone()) {
            return Err(environment_failure(format!(
                "{} is the lock of two APIs: set `lock` to another file for one of them",
                path.display()
            )));
        }
    }
    each(&selection.apis, format, |api| lock_api(api, check, format))
}

/// Writes the lock of an API, or compares it.
fn lock_api(api: &Api, check: bool, format: MessageFormat) -> Result<(), Failure> {
    let (generated, _) = generate_output(api, format)?;
    let Some(lock) = generated.lock else { return Ok(()) };
    let is_file = api.spec != Path::new("-") && !api.files.is_download();
    if !is_file && api.config.lock().is_none() {
        return Err(environment_failure(
            "the lock stands beside the description: name a file, or the lock with `--lock FILE`",
        ));
    }
    if check && lock.old.as_ref() != Some(&lock.text) {
        return fail_outdated(&lock, &api.spec);
    }
    let verb = match &lock.old {
        Some(old) if *old == lock.text => "unchanged",
        Some(_) => "updated",
        None => "created",
    };
    lock.write().map_err(unwritable)?;
    if format != MessageFormat::Json {
        terminal::line(&format!("{}: {verb}", lock.path.display()));
    }
    Ok(())
}

/// Prints the difference of the lock, and always fails.
pub(crate) fn fail_outdated(lock: &LockFile, spec: &Path) -> Result<(), Failure> {
    data(&lock.diff())?;
    let message = format!(
        "{} is out of step with {}\nhelp: run `clientsmith generate` where it may write, and commit the lock",
        lock.path.display(),
        spec.display()
    );
    Err(Failure { exit: EXIT_INVALID, code: None, message })
}

/// Writes the lock, where the description has one.
pub(crate) fn update(lock: Option<&LockFile>, spec: &Path, mode: Mode, format: MessageFormat) -> Result<(), Failure> {
    let Some(lock) = lock.filter(|lock| lock.is_outdated()) else { return Ok(()) };
    if mode != Mode::Check {
        if LockFile::is_only_compared() {
            return fail_outdated(lock, spec);
        }
        lock.write().map_err(unwritable)?;
    }
    if format != MessageFormat::Json {
        let verb = if mode == Mode::Check { "would change" } else { "updated" };
        terminal::line(&format!("{}: {verb}", lock.path.display()));
    }
    Ok(())
}
