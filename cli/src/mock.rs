//! The command `mock`: a server on a socket around [`clientsmith::mock`].

mod chunked;
mod connection;
mod recording;
mod request;
mod server;

use crate::args::{Input, MessageFormat, Mock as Arguments};
use crate::project::Selection;
use crate::terminal::{self, Failure};
use crate::{data, environment_failure, refusal};
use clientsmith::mock::{Mock, Request, Response};
use recording::Recording;
use server::Server;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

/// Serves a description until the process ends.
pub(crate) fn mock(arguments: &Arguments, format: MessageFormat) -> Result<(), Failure> {
    let input = Input {
        spec: arguments.spec.clone(),
        pin: arguments.pin.clone(),
        config: arguments.config.clone(),
        api: arguments.api.clone(),
        overlays: arguments.overlays.clone(),
        ..Input::default()
    };
    let api = Selection::read(&input, None)?.into_one()?;
    let mock = Mock::new(&api.spec, &api.files, &api.config).map_err(|unread| {
        terminal::findings(&unread.diagnostics.list, &unread.sources, format);
        refusal(&unread.diagnostics)
    })?;
    let address = SocketAddr::new(arguments.bind, arguments.port);
    let listener = TcpListener::bind(address)
        .map_err(|error| environment_failure(format!("{address} cannot be used: {error}")))?;
    let bound = listener.local_addr().map_err(environment_failure)?;
    let recording = arguments.record.as_ref().map(|path| {
        Recording::create(path).map_err(|error| environment_failure(format!("{}: {error}", path.display())))
    });
    let recording = recording.transpose()?;
    if !bound.ip().is_loopback() {
        terminal::line("other machines can connect to this server");
    }
    data(&start(bound, mock.operation_count(), format))?;
    Server::new(mock, recording, Log(format)).serve(&listener).map_err(environment_failure)
}

/// The line with the address.
fn start(bound: SocketAddr, operations: usize, format: MessageFormat) -> String {
    let url = format!("http://{bound}");
    match format {
        MessageFormat::Json => format!("{}\n", serde_json::json!({ "url": url, "operations": operations })),
        MessageFormat::Human | MessageFormat::Short => {
            format!("{url} serves {operations} operation{}\n", if operations == 1 { "" } else { "s" })
        }
    }
}

/// The lines about requests.
struct Log(MessageFormat);

impl Log {
    /// Writes a line about a request. A closed standard output does not stop the server.
    fn write(&self, mock: &Mock, request: &Request, response: &Response, time: Duration) {
        let target = mock.redacted_target(request);
        let (method, status, took) = (&request.method, response.status, time.as_millis());
        let problem = serde_json::from_slice::<serde_json::Value>(&response.body).ok();
        let problem = problem.filter(|_| status >= 400).and_then(|body| Some(body.get("detail")?.as_str()?.to_owned()));
        let line = match self.0 {
            MessageFormat::Json => {
                let line = serde_json::json!({
                    "method": method, "target": target, "status": status, "milliseconds": took, "problem": problem,
                });
                line.to_string()
            }
            MessageFormat::Human | MessageFormat::Short => {
                let problem = problem.map_or_else(String::new, |problem| format!("  {problem}"));
                format!("{status} {method} {target} {took} ms{problem}")
            }
        };
        // A request must not write sequences that control the terminal.
        let line: String = line.chars().map(|sign| if sign.is_control() { '?' } else { sign }).collect();
        let _ = data(&format!("{line}\n"));
    }
}
