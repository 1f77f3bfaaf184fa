//! The recording of exchanges as HAR 1.2. The file is complete after each entry.

use clientsmith::mock::{Mock, Request, Response};
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// The end of the file after the last entry.
const END: &str = "\n]}}\n";

/// A file with exchanges.
pub(super) struct Recording(Mutex<State>);

struct State {
    file: File,
    /// The position after the last entry.
    end: u64,
    is_empty: bool,
}

impl Recording {
    /// Creates the file, or replaces it.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let mut file = File::create(path)?;
        let version = env!("CARGO_PKG_VERSION");
        let creator = serde_json::json!({ "name": "clientsmith", "version": version });
        let start = format!("{{\"log\":{{\"version\":\"1.2\",\"creator\":{creator},\"entries\":[");
        file.write_all(format!("{start}{END}").as_bytes())?;
        let end = start.len() as u64;
        Ok(Self(Mutex::new(State { file, end, is_empty: true })))
    }

    /// Adds an exchange.
    pub(super) fn add(&self, mock: &Mock, request: &Request, response: &Response, time: Duration) -> io::Result<()> {
        let started = SystemTime::now().checked_sub(time).unwrap_or_else(SystemTime::now);
        let started = humantime::format_rfc3339_millis(started).to_string();
        let milliseconds = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let entry = mock.har_entry(request, response, &started, milliseconds);
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = format!("{}\n{entry}", if state.is_empty { "" } else { "," });
        let end = state.end;
        state.file.seek(SeekFrom::Start(end))?;
        state.file.write_all(format!("{text}{END}").as_bytes())?;
        state.end += text.len() as u64;
        state.is_empty = false;
        Ok(())
    }
}
