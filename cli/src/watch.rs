//! The command `watch`: generates again when a file that a run read has changed. An error in a file does not end the command.

use crate::args::{Input, MessageFormat};
use crate::fetch::is_address;
use crate::project::{Api, Selection, find};
use crate::terminal::{self, Failure};
use crate::{environment_failure, lock, refusal, write_output};
use clientsmith::files::{Disk, Files, LoadError};
use clientsmith::generate;
use clientsmith::output::Mode;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

/// Time between two looks at the files.
const PERIOD: Duration = Duration::from_millis(250);

/// The files of a run, each with its size and time. `None`: the file cannot be read.
type Seen = BTreeMap<PathBuf, Option<(u64, SystemTime)>>;

/// Generates whenever a file is saved, until the process is ended.
pub(crate) fn watch(input: &Input, out: Option<&Path>, format: MessageFormat) -> Result<(), Failure> {
    if input.spec.as_deref() == Some(Path::new("-")) {
        return Err(environment_failure("standard input cannot be watched: name a file"));
    }
    if input.spec.as_deref().and_then(Path::to_str).is_some_and(is_address) {
        return Err(environment_failure("an address cannot be watched: name a file"));
    }
    refuse_wrong_call(input, out)?;
    let mut seen = generate_all(input, out, format);
    terminal::line(&format!("watching {} files; end with Ctrl-C", seen.len()));
    loop {
        thread::sleep(PERIOD);
        let now = look(&seen);
        if now != seen {
            wait_until_still(now);
            seen = generate_all(input, out, format);
        }
    }
}

/// A wrong command line ends the command. Faults in files do not.
fn refuse_wrong_call(input: &Input, out: Option<&Path>) -> Result<(), Failure> {
    match Selection::read(input, out) {
        Ok(selection) => selection.apis.iter().try_for_each(|api| api.out().map(|_| ())),
        Err(failure) if initial_files(input).is_empty() => Err(failure),
        Err(_) => Ok(()),
    }
}

/// Generates each API. Returns every file that was read, as it was before.
fn generate_all(input: &Input, out: Option<&Path>, format: MessageFormat) -> Seen {
    let files = Noted { seen: RefCell::new(initial_files(input)) };
    match Selection::read(input, out) {
        Ok(selection) => {
            let done = selection.apis.iter().map(|api| generate_one(api, &files, format));
            done.filter_map(Result::err).for_each(|failure| terminal::failure(&failure, format));
        }
        Err(failure) => terminal::failure(&failure, format),
    }
    files.seen.into_inner()
}

/// The files that the command line and the directory name: the settings and the description.
fn initial_files(input: &Input) -> Seen {
    let settings = input.config.clone().or_else(find);
    settings.into_iter().chain(input.spec.clone()).map(|path| (path.clone(), state(&path))).collect()
}

/// The files on the disk. Notes each one before it is read, so that a change while the generator runs is seen later.
struct Noted {
    seen: RefCell<Seen>,
}

impl Files for Noted {
    fn read(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        self.seen.borrow_mut().entry(path.to_owned()).or_insert_with(|| state(path));
        Disk.read(path)
    }

    fn folders_above(&self, folder: &Path) -> usize {
        Disk.folders_above(folder)
    }
}

fn generate_one(api: &Api, files: &Noted, format: MessageFormat) -> Result<(), Failure> {
    let mut generated = generate(&api.spec, files, &api.config);
    terminal::findings(&generated.diagnostics.list, &generated.sources, format);
    let Some(output) = generated.output.take() else {
        let message = format!("{} has errors; the crate is unchanged", api.spec.display());
        return Err(Failure { message, ..refusal(&generated.diagnostics) });
    };
    let out = api.out()?;
    let mode = Mode::Write { force: false };
    let changes = write_output(&output, out, mode)?;
    lock::update(generated.lock.as_ref(), &api.spec, mode, format)?;
    if format != MessageFormat::Json {
        changes.lines().iter().for_each(|line| terminal::line(line));
        let operations = generated.operation_count();
        terminal::line(&format!("{}: {operations} operations, {} changed", out.display(), changes.len()));
    }
    Ok(())
}

/// An editor may write a file in several steps.
fn wait_until_still(mut before: Seen) {
    loop {
        thread::sleep(PERIOD / 5);
        let now = look(&before);
        if now == before {
            return;
        }
        before = now;
    }
}

fn look(seen: &Seen) -> Seen {
    seen.keys().map(|path| (path.clone(), state(path))).collect()
}

fn state(path: &Path) -> Option<(u64, SystemTime)> {
    let data = fs::metadata(path).ok()?;
    Some((data.len(), data.modified().ok()?))
}
