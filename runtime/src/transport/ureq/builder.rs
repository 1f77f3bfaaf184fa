//! Options of the ureq transport.

use super::Ureq;
use super::connection::{Connect, Names};
use crate::transport::{TransportError, TransportErrorKind};
use std::fmt::Display;
use std::time::Duration;
use ureq::tls::{Certificate, ClientCert, PemItem, PrivateKey, RootCerts, TlsConfig, parse_pem};

/// Builds a [`Ureq`]: certificates, proxy and timeouts.
#[derive(Default)]
#[must_use]
pub struct UreqBuilder {
    roots: Vec<Vec<u8>>,
    identity: Option<(Vec<u8>, Vec<u8>)>,
    proxy: Option<Way>,
    connect_timeout: Option<Duration>,
    pool_idle_timeout: Option<Duration>,
}

enum Way {
    Direct,
    Proxy(String),
}

impl UreqBuilder {
    /// Trusts a certificate (X.509 in DER, or any number of them in PEM) instead of Mozilla's, to which ureq can add
    /// none.
    pub fn root_certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.roots.push(certificate.into());
        self
    }

    /// Sets the client certificate with its chain, and its key, both in PEM.
    pub fn client_certificate(mut self, chain: impl Into<Vec<u8>>, key: impl Into<Vec<u8>>) -> Self {
        self.identity = Some((chain.into(), key.into()));
        self
    }

    /// Sends every request through a proxy: `http://[user:password@]host:port`. By default the environment decides
    /// (`HTTPS_PROXY` and similar variables).
    pub fn proxy(mut self, address: impl Into<String>) -> Self {
        self.proxy = Some(Way::Proxy(address.into()));
        self
    }

    /// Uses no proxy, not even one of the environment.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = Some(Way::Direct);
        self
    }

    /// Sets the timeout for a connection; 10 s by default.
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets the time after which an idle connection is closed; 15 s by default. Zero disables reuse.
    pub const fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.pool_idle_timeout = Some(timeout);
        self
    }

    /// Creates the transport.
    ///
    /// # Errors
    /// Returns an error if a certificate, a key or the proxy's address is invalid.
    pub fn build(self) -> Result<Ureq, TransportError> {
        let mut tls = TlsConfig::builder();
        let mut roots = Vec::new();
        for given in &self.roots {
            roots.extend(certificates(given)?);
        }
        if !roots.is_empty() {
            tls = tls.root_certs(RootCerts::new_with_certs(&roots));
        }
        if let Some((chain, key)) = &self.identity {
            let key = PrivateKey::from_pem(key).map_err(|error| wrong(&error))?;
            tls = tls.client_cert(Some(ClientCert::new_with_certs(&certificates(chain)?, key)));
        }
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(self.connect_timeout.unwrap_or(Duration::from_secs(10))))
            .tls_config(tls.build());
        let config = match self.pool_idle_timeout {
            None => config,
            Some(Duration::ZERO) => config.max_idle_connections(0),
            Some(idle) => config.max_idle_age(idle),
        };
        let config = match &self.proxy {
            None => config,
            Some(Way::Direct) => config.proxy(None),
            // The address can contain a password, so ureq's message is not shown.
            Some(Way::Proxy(address)) => config.proxy(Some(ureq::Proxy::new(address).map_err(|_| {
                TransportError::new(TransportErrorKind::Other, "the address of the proxy is none".to_owned())
            })?)),
        };
        Ok(Ureq::with_agent(ureq::Agent::with_parts(config.build(), Connect::default(), Names::default())))
    }
}

/// Parses one certificate in DER, or all in PEM.
fn certificates(given: &[u8]) -> Result<Vec<Certificate<'static>>, TransportError> {
    if !given.starts_with(b"-----BEGIN") {
        return Ok(vec![Certificate::from_der(given).to_owned()]);
    }
    let mut certificates = Vec::new();
    for item in parse_pem(given) {
        if let PemItem::Certificate(certificate) = item.map_err(|error| wrong(&error))? {
            certificates.push(certificate);
        }
    }
    Ok(certificates)
}

fn wrong(error: &dyn Display) -> TransportError {
    TransportError::new(TransportErrorKind::Tls, error.to_string())
}
