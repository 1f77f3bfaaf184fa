//! Downloads of descriptions with the program `curl`: over HTTPS only, and bounded in size and time.

use crate::terminal::Failure;
use crate::{EXIT_INVALID, environment_failure};
use clientsmith::DescriptionSource;
use std::fmt::Write;
use std::io::{ErrorKind, Read};
use std::process::{Command, Stdio};

/// Largest description in bytes.
const MAX_BYTES: u64 = 64 << 20;
/// Longest download in seconds.
const MAX_SECONDS: u32 = 120;

/// A downloaded description.
pub(crate) struct Download {
    pub(crate) bytes: Vec<u8>,
    pub(crate) source: DescriptionSource,
}

/// Returns true if the argument of a command is an address.
pub(crate) fn is_address(text: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|text_start| text_start.eq_ignore_ascii_case(start)))
}

/// The SHA-256 hash of a description, in hexadecimal digits.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hmac_sha256::Hash::hash(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// An address without its user, password and query, which may be secrets.
pub(crate) fn shown(url: &str) -> String {
    let address = url.split(['?', '#']).next().unwrap_or_default();
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    if scheme.is_empty() { format!("{host}{path}") } else { format!("{scheme}://{host}{path}") }
}

/// Downloads a description. With a hash, its content must have that hash.
pub(crate) fn download(url: &str, sha256: Option<&str>) -> Result<Download, Failure> {
    // The address is checked before anything is sent to it.
    let wrong =
        |error: &dyn std::fmt::Display| environment_failure(format!("{} cannot be downloaded: {error}", shown(url)));
    let pinned = sha256.map(str::to_ascii_lowercase);
    DescriptionSource::new(url, &pinned.clone().unwrap_or_else(|| hash(b""))).map_err(|error| wrong(&error))?;
    let bytes = curl(url).map_err(|error| wrong(&error))?;
    let source = DescriptionSource::new(url, &hash(&bytes)).map_err(|error| wrong(&error))?;
    if pinned.is_some_and(|pinned| pinned != source.sha256()) {
        let message = format!("{} has other content: its `--sha256` is {}", shown(url), source.sha256());
        return Err(Failure { exit: EXIT_INVALID, code: None, message });
    }
    Ok(Download { bytes, source })
}

/// The reason why a download failed.
#[derive(Debug)]
struct DownloadError(String);

impl std::fmt::Display for DownloadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DownloadError {}

/// Runs `curl`, and returns the body of the response.
fn curl(url: &str) -> Result<Vec<u8>, DownloadError> {
    let mut command = Command::new("curl");
    // The first argument keeps settings of the user from changing the request.
    command.args(["--disable", "--fail", "--silent", "--show-error", "--globoff", "--compressed"]);
    command.args(["--location", "--max-redirs", "5", "--proto", "=https", "--proto-redir", "=https"]);
    command.args(["--connect-timeout", "10", "--max-time", &MAX_SECONDS.to_string()]);
    command.args(["--max-filesize", &MAX_BYTES.to_string(), "--user-agent", AGENT]);
    command.args(["--header", "Accept: application/yaml, application/json;q=0.9, */*;q=0.5", "--url", url]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => DownloadError(
            "the program `curl` is not installed: install it, or download the description in another way and name the file"
                .to_owned(),
        ),
        _ => DownloadError(format!("`curl` cannot be started: {error}")),
    })?;
    let failed = |error: std::io::Error| DownloadError(format!("the output of `curl` cannot be read: {error}"));
    let mut bytes = Vec::new();
    // `curl` knows the size only if the server declares it.
    let read = child.stdout.take().map(|out| out.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    if bytes.len() as u64 > MAX_BYTES {
        child.kill().ok();
        child.wait().ok();
        return Err(DownloadError(format!("the description has more than {} MiB", MAX_BYTES >> 20)));
    }
    let mut message = String::new();
    if let Some(mut err) = child.stderr.take() {
        err.read_to_string(&mut message).ok();
    }
    let status = child.wait().map_err(failed)?;
    read.transpose().map_err(failed)?;
    if status.success() {
        return Ok(bytes);
    }
    // A message may name the whole address.
    let message = message.trim().trim_start_matches("curl: ").replace(url, &shown(url));
    Err(DownloadError(if message.is_empty() { format!("`curl` ended with {status}") } else { message }))
}

const AGENT: &str = concat!("clientsmith/", env!("CARGO_PKG_VERSION"));
