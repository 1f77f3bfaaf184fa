//! What can go wrong, what is done about it, and what a program sees of it: errors, repetitions, a hook, one's own rule.
//! It runs anywhere: a server in the program's own memory answers.

use spec_sync::runtime::client::hook::{CallInfo, Hook};
use spec_sync::runtime::error::ErrorKind;
use spec_sync::runtime::pipeline::retry::{Attempt, Backoff, RetryPolicy};
use spec_sync::runtime::transport::{Body, BoxFuture, TransportError};
use spec_sync::testing::{Fault, MockServer, Reply};
use spec_sync::{Client, ClientBuilder, models};
use std::time::Duration;

const OPERATION: &str = "GetSecurityMonitoringIntegrationConfig";

/// Says so when a request is a repetition.
struct Announce;

impl Hook for Announce {
    fn before<'h>(
        &'h self,
        request: &'h mut http::Request<Body>,
    ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
        if let Some(info) = request.extensions().get::<CallInfo>().filter(|info| info.repetition > 0) {
            println!("{}: repetition {}", info.operation, info.repetition);
        }
        Box::pin(async { Ok(None) })
    }
}

/// The usual rule, but a conflict is worth another attempt too.
struct ConflictsPass(Backoff);

impl RetryPolicy for ConflictsPass {
    fn pause(&self, attempt: &Attempt<'_>) -> Option<Duration> {
        use spec_sync::runtime::pipeline::retry::Outcome;
        match attempt.outcome {
            Outcome::Response(status, _) if status == http::StatusCode::CONFLICT => Some(Duration::from_millis(10)),
            Outcome::Response(..) | Outcome::Failure(_) => self.0.pause(attempt),
        }
    }
}

fn builder(server: &MockServer) -> ClientBuilder {
    let credentials = Client::builder().api_key_auth("the-api-key").app_key_auth("the-app-key");
    credentials.base_url("https://stand.in").transport(server.clone())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A documented error: the model, the status, and the server's words in one line.
    let server = MockServer::new();
    server.on(OPERATION).reply(Reply::json(404, &models::ApiErrorResponse::new(vec!["no such thing".to_owned()])));
    let client = builder(&server).build()?;
    let call = || client.security_monitoring().get_security_monitoring_integration_config("1");
    let error = call().await.err().ok_or("an error was expected")?;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.api().map(|body| body.errors.len()), Some(1));
    println!("{error}");

    // A server that goes away for a moment: the call is repeated, since GET is safe to repeat.
    let server = MockServer::new();
    server
        .on(OPERATION)
        .reply(Fault::Connect)
        .reply(Reply::json(409, &models::ApiErrorResponse::new(Vec::new())))
        .reply(spec_sync::testing::get_security_monitoring_integration_config_200_default());
    let client = builder(&server)
        .timeout(Duration::from_secs(10))
        .max_retries(3)
        .retry_policy(ConflictsPass(Backoff { first: Duration::from_millis(5), ..Backoff::default() }))
        .hook(Announce)
        .build()?;
    let config = client.security_monitoring().get_security_monitoring_integration_config("1").await?;
    println!("{} after {} requests", config.data.attributes.domain, server.requests_of(OPERATION).len());
    assert_eq!(server.requests_of(OPERATION).len(), 3);
    Ok(())
}
