//! Real servers on the loopback interface: their installation, start and end.
//!
//! `tests/peers/install` installs them. A test without its server prints `SKIPPED` and passes.
#![allow(dead_code, reason = "each test uses a part")]

pub(crate) mod nginx;
pub(crate) mod programs;

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server of a test. It ends when this value is dropped.
pub(crate) struct Peer {
    process: Child,
    port: u16,
    log: PathBuf,
}

/// Longest time until a server listens. Node starts slowly on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

impl Peer {
    /// Starts a program that listens on a port of the loopback interface, and waits until it does. Its output goes to
    /// `target/peers/NAME-PORT.log`.
    pub(crate) fn start(name: &str, port: u16, command: &mut Command) -> Self {
        let log = folder().join(format!("{name}-{port}.log"));
        let (out, err) = (File::create(&log).unwrap(), File::options().append(true).open(&log).unwrap());
        let process = command.stdin(Stdio::null()).stdout(out).stderr(err).spawn();
        let process = process.unwrap_or_else(|error| panic!("{name} does not start: {error}"));
        let mut peer = Self { process, port, log };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = peer.process.try_wait().unwrap();
            assert!(
                ended.is_none() && start.elapsed() < PATIENCE,
                "{name} does not listen ({ended:?}): {}",
                peer.log()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        peer
    }

    /// The port of the server.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// URL of the root.
    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The output so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // A signal to end comes first, because gunicorn has child processes.
        let signalled = Command::new("kill").arg(self.process.id().to_string()).status();
        let start = Instant::now();
        while signalled.as_ref().is_ok_and(std::process::ExitStatus::success)
            && start.elapsed() < Duration::from_secs(3)
        {
            if matches!(self.process.try_wait(), Ok(Some(_))) {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        drop(self.process.kill());
        drop(self.process.wait());
        if !std::thread::panicking() {
            drop(fs::remove_file(&self.log));
        }
    }
}

/// A free port.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// `target/peers` of this workspace, for the tests of any package.
pub(crate) fn folder() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.ancestors().find(|folder| folder.join("tests/peers/install").is_file()).unwrap();
    let folder = root.join("target/peers");
    fs::create_dir_all(&folder).unwrap();
    folder
}
