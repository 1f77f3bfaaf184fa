//! The same calls against `clientsmith mock`: it allows each request, and the client decodes each response.

use super::driver;
use super::trial::Trial;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// A running command. It ends when this value is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Compiles the command, and returns its path.
pub(crate) fn command() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut cargo = Command::new(env!("CARGO"));
    let done = cargo.args(["build", "-q", "-p", "clientsmith-cli"]).current_dir(&root).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    target.join("debug/clientsmith")
}

/// Runs the calls of a description. Returns those that failed, with their reasons, and the number of all.
pub(crate) fn faults(command: &Path, trial: &Trial) -> (Vec<String>, usize) {
    let mut server = Command::new(command);
    server.args(["mock", "--port", "0", "--quiet"]).arg(&trial.path);
    let mut running = Running(server.stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(running.0.stdout.take().unwrap());
    let mut first = String::new();
    lines.read_line(&mut first).unwrap();
    // The pipe must not fill.
    let count = Arc::new(AtomicUsize::new(0));
    let lines_read = Arc::clone(&count);
    let reader = std::thread::spawn(move || {
        lines.lines().for_each(|_| {
            lines_read.fetch_add(1, Relaxed);
        })
    });
    let report = driver::run(&trial.program, first.split_whitespace().next().unwrap());
    // The server writes a line after it sent the response. A request that is retried has more than one line.
    let end = Instant::now() + Duration::from_secs(10);
    while count.load(Relaxed) < report.len() && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(10));
    }
    drop(running);
    reader.join().unwrap();
    assert!(count.load(Relaxed) >= report.len(), "{} of {} calls", count.load(Relaxed), report.len());
    let failed = report.iter().filter(|one| one.get("error").is_some());
    let shown = failed.map(|one| format!("{} {} {}", trial.description, one["call"], one["error"]));
    (shown.collect(), report.len())
}
