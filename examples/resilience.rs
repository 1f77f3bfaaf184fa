//! Errors and retries: a typed error, a retry after a refused connection, a hook, and a custom retry policy. It runs
//! anywhere: a mock server in the memory of the program responds.

use datadog_entity_context_sync::api::security_monitoring::GetSecurityMonitoringIntegrationConfig;
use datadog_entity_context_sync::runtime::client::hook::{CallInfo, Hook};
use datadog_entity_context_sync::runtime::error::ErrorKind;
use datadog_entity_context_sync::runtime::retry::{Attempt, Backoff, RetryPolicy};
use datadog_entity_context_sync::runtime::transport::{Body, BoxFuture, TransportError};
use datadog_entity_context_sync::testing::{Fault, MockServer, Reply};
use datadog_entity_context_sync::{Client, ClientBuilder, models};
use std::time::Duration;

/// Prints a line for each retry.
struct PrintRetries;

impl Hook for PrintRetries {
    fn before<'h>(
        &'h self,
        request: &'h mut http::Request<Body>,
    ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
        if let Some(info) = request.extensions().get::<CallInfo>().filter(|info| info.retry > 0) {
            println!("{}: retry {}", info.operation, info.retry);
        }
        Box::pin(async { Ok(None) })
    }
}

/// The default policy, which also retries after status 409.
struct RetryConflicts(Backoff);

impl RetryPolicy for RetryConflicts {
    fn pause(&self, attempt: &Attempt<'_>) -> Option<Duration> {
        use datadog_entity_context_sync::runtime::retry::Outcome;
        match attempt.outcome {
            Outcome::Response(status, _) if status == http::StatusCode::CONFLICT => Some(Duration::from_millis(10)),
            Outcome::Response(..) | Outcome::Failure(_) => self.0.pause(attempt),
        }
    }
}

fn builder(server: &MockServer) -> ClientBuilder {
    let credentials = Client::builder().api_key_auth("the-api-key").app_key_auth("the-app-key");
    credentials.base_url("https://mock.test").transport(server.clone())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A described error has the model, the status and the message of the server.
    let server = MockServer::new();
    server
        .on(GetSecurityMonitoringIntegrationConfig)
        .reply(Reply::json(404, &models::ApiErrorResponse::new(vec!["no such thing".to_owned()])));
    let client = builder(&server).build()?;
    let call = || client.security_monitoring().get_security_monitoring_integration_config("1");
    let error = call().await.err().ok_or("an error was expected")?;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.api().map(|body| body.errors.len()), Some(1));
    println!("{error}");

    // The server is unavailable at first. The client retries the call, because GET is idempotent.
    let server = MockServer::new();
    server
        .on(GetSecurityMonitoringIntegrationConfig)
        .reply(Fault::Connect)
        .reply(Reply::json(409, &models::ApiErrorResponse::new(Vec::new())))
        .reply(datadog_entity_context_sync::testing::security_monitoring::get_security_monitoring_integration_config_200_default());
    let client = builder(&server)
        .timeout(Duration::from_secs(10))
        .max_retries(3)
        .retry_policy(RetryConflicts(Backoff { first: Duration::from_millis(5), ..Backoff::default() }))
        .hook(PrintRetries)
        .build()?;
    let config = client.security_monitoring().get_security_monitoring_integration_config("1").await?;
    println!(
        "{} after {} requests",
        config.data.attributes.domain,
        server.requests_of(GetSecurityMonitoringIntegrationConfig).len()
    );
    assert_eq!(server.requests_of(GetSecurityMonitoringIntegrationConfig).len(), 3);
    Ok(())
}
