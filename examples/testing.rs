//! Tests a program that uses the client, without a socket: a mock server in memory responds, and records the requests.

use datadog_entity_context_sync::api::security_monitoring::GetSecurityMonitoringIntegrationConfig;
use datadog_entity_context_sync::testing::security_monitoring::get_security_monitoring_integration_config_200_default;
use datadog_entity_context_sync::testing::{Fault, MockServer, RecordedRequest, Reply};
use datadog_entity_context_sync::{Client, Error, models};

/// The function under test.
async fn domain_of(client: &Client, id: &str) -> Result<String, Error<models::ApiErrorResponse>> {
    let config = client.security_monitoring().get_security_monitoring_integration_config(id).await?;
    Ok(config.into_inner().data.attributes.domain)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = MockServer::new();
    // The first attempt does not connect. The retry receives the example of the description.
    server
        .on(GetSecurityMonitoringIntegrationConfig)
        .reply(Fault::Connect)
        .reply(get_security_monitoring_integration_config_200_default());
    let client = Client::builder()
        .base_url("https://mock.test")
        .transport(server.clone())
        .api_key_auth("the-api-key")
        .app_key_auth("the-app-key")
        .build()?;
    assert_eq!(domain_of(&client, "1").await?, "siem-test.com");
    assert_eq!(server.requests_of(GetSecurityMonitoringIntegrationConfig).len(), 2);

    let server = MockServer::new();
    let unknown = |request: &RecordedRequest| request.uri.path().ends_with("/2");
    server
        .on(GetSecurityMonitoringIntegrationConfig)
        .when(unknown)
        .reply(Reply::json(404, &models::ApiErrorResponse::new(vec!["gone".to_owned()])));
    let client = Client::builder().base_url("https://mock.test").transport(server).api_key_auth("k").app_key_auth("k");
    let error = domain_of(&client.build()?, "2").await.err().ok_or("an error was expected")?;
    assert!(error.is_not_found() && error.to_string().ends_with("gone"), "{error}");
    Ok(())
}
