//! Real servers on the loopback interface: where they are installed, how they start, and that they end with the test.
//!
//! `tests/peers/install` installs them. A test whose server is not there says `SKIPPED` and passes.
#![allow(dead_code, reason = "each test uses a part")]

pub(crate) mod nginx;
pub(crate) mod programs;

use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server that was started by a test. It ends when this is dropped.
pub(crate) struct Peer {
    process: Child,
    port: u16,
    log: PathBuf,
}

/// Longest time until a server listens; Node on a busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(120);

impl Peer {
    /// Starts a program that listens on a port of the loopback interface, and waits until it does. What it prints is
    /// kept in `target/peers/NAME-PORT.log`.
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

    /// The port that it listens on.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Address of its root.
    pub(crate) fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What it printed so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Asked first: gunicorn has processes of its own to end.
        let asked = Command::new("kill").arg(self.process.id().to_string()).status();
        let start = Instant::now();
        while asked.as_ref().is_ok_and(std::process::ExitStatus::success) && start.elapsed() < Duration::from_secs(3) {
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

/// A port that nobody listens on now.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// `target/peers` of this workspace, whichever package the test belongs to.
pub(crate) fn folder() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = package.ancestors().find(|folder| folder.join("tests/peers/install").is_file()).unwrap();
    let folder = root.join("target/peers");
    fs::create_dir_all(&folder).unwrap();
    folder
}
