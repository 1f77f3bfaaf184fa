//! The callers: the generated client, and reqwest with serde alone.

use super::plain::preserving;
use spec_sync::Client;
use std::sync::Arc;
use std::time::Duration;

const ID: &str = "11111111-2222-3333-4444-555555555555";
/// The deadline of a call in the run with faults.
const DEADLINE: Duration = Duration::from_secs(10);

/// The outcome of a call.
pub type Outcome = &'static str;

pub trait Caller: Send + Sync + 'static {
    fn call(&self) -> impl Future<Output = Outcome> + Send;
}

pub struct Generated(Client);

pub fn generated(base: &str, faults: bool) -> Generated {
    let mut builder = Client::builder().base_url(base).api_key_auth("key").app_key_auth("application");
    if faults {
        builder = builder.attempt_timeout(Duration::from_millis(500)).timeout(DEADLINE);
    }
    Generated(builder.build().unwrap())
}

impl Caller for Generated {
    async fn call(&self) -> Outcome {
        match self.0.security_monitoring().get_security_monitoring_integration_config(ID).send().await {
            Ok(config) if config.data.id == ID => "good",
            Ok(_) => "wrong",
            Err(error) if error.is_rate_limited() => "refused",
            Err(error) if error.is_timeout() => "late",
            Err(error) if error.is_transport() => "broken",
            Err(_) => "other",
        }
    }
}

pub struct Bare {
    client: reqwest::Client,
    address: String,
}

pub fn bare(base: &str) -> Bare {
    let roots = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect::<rustls::RootCertStore>();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let tls = tls.with_root_certificates(roots).with_no_client_auth();
    let client = reqwest::Client::builder().tls_backend_preconfigured(tls).user_agent("bare").build().unwrap();
    Bare { client, address: format!("{base}/api/v2/security_monitoring/configuration/integration_config") }
}

impl Caller for Bare {
    async fn call(&self) -> Outcome {
        let request = self.client.get(format!("{}/{ID}", self.address)).header("accept", "application/json");
        let request = request.header("dd-api-key", "key").header("dd-application-key", "application");
        let response = request.timeout(Duration::from_secs(30)).send().await.unwrap();
        assert!(response.status().is_success());
        let config: preserving::Response = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
        if config.data.id == ID { "good" } else { "wrong" }
    }
}
