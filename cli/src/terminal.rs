//! The output of the command: data to stdout, everything else to stderr, in the requested format. Knows streams. Must
//! not know the commands.

use crate::args::MessageFormat;
use clientsmith::diagnostic::{Code, Diagnostic, Severity, SourceMap, render};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Time before a line about progress, and between two of them.
const SECOND: Duration = Duration::from_secs(1);

/// True after `--quiet`: only errors are written to stderr.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Turns everything off but errors.
pub(crate) fn set_quiet(quiet: bool) {
    QUIET.store(quiet, Ordering::Relaxed);
}

fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// The reason for an exit code other than 0.
pub(crate) struct Failure {
    pub(crate) exit: u8,
    pub(crate) code: Option<Code>,
    pub(crate) message: String,
}

/// Writes data. A reader that stops early, such as `head`, is not an error.
pub(crate) fn data(text: &str) -> Result<(), io::Error> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Writes a line to stderr, unless the command is quiet. Errors are ignored.
pub(crate) fn line(text: &str) {
    if !is_quiet() {
        error_line(text);
    }
}

fn error_line(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Writes findings, or only the errors if the command is quiet.
pub(crate) fn findings(list: &[Diagnostic], sources: &SourceMap, format: MessageFormat) {
    if is_quiet() {
        let errors = list.iter().filter(|found| found.severity == Severity::Error).cloned().collect::<Vec<_>>();
        write_findings(&errors, sources, format);
    } else {
        write_findings(list, sources, format);
    }
}

fn write_findings(list: &[Diagnostic], sources: &SourceMap, format: MessageFormat) {
    let text = match format {
        MessageFormat::Human => render::human(list, sources, is_coloured()),
        MessageFormat::Short => render::short(list, sources),
        MessageFormat::Json => render::json(list, sources),
    };
    let _ = io::stderr().lock().write_all(text.as_bytes());
    if format == MessageFormat::Human && !list.is_empty() {
        line(&format!("{}; `clientsmith explain CODE` explains a code", render::count(list)));
    }
}

/// Writes the reason of a failure, unless the findings contain it.
pub(crate) fn failure(failure: &Failure, format: MessageFormat) {
    match format {
        _ if failure.message.is_empty() => {}
        MessageFormat::Json => error_line(&render::json_message(failure.code, &failure.message)),
        MessageFormat::Human | MessageFormat::Short => error_line(&format!("error: {}", failure.message)),
    }
}

/// Returns true for a terminal, unless the user turned colours off (<https://no-color.org>).
fn is_coloured() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A line about long work on a terminal, which goes away when the value is dropped.
pub(crate) struct Progress {
    done: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.done.take());
        // The line is gone before other lines are written. A line that could not be written is not a fault.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// Shows on a terminal how long the command has worked on a description, from the first second on.
pub(crate) fn progress(spec: &Path, format: MessageFormat) -> Option<Progress> {
    if format != MessageFormat::Human || is_quiet() || !io::stderr().is_terminal() {
        return None;
    }
    let (done, waiting) = mpsc::channel();
    // A line that is wider than the terminal would stay.
    let spec = spec.file_name().unwrap_or(spec.as_os_str()).to_string_lossy().into_owned();
    let thread = thread::Builder::new().spawn(move || {
        let (start, mut is_shown) = (Instant::now(), false);
        while waiting.recv_timeout(SECOND) == Err(RecvTimeoutError::Timeout) {
            is_shown = true;
            let _ = write!(io::stderr().lock(), "\rworking on {spec}: {} s", start.elapsed().as_secs());
        }
        if is_shown {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    });
    thread.ok().map(|thread| Progress { done: Some(done), thread: Some(thread) })
}
