//! The builder of the ureq transport.

use super::Ureq;
use super::connection::{Connect, Resolve};
use crate::transport::TransportError;
use crate::transport::builder::{ProxyChoice, TransportBuilder, is_pem, wrong};
use std::time::Duration;
use ureq::tls::{Certificate, ClientCert, PemItem, PrivateKey, RootCerts, TlsConfig, parse_pem};

/// Builds a [`Ureq`].
pub type UreqBuilder = TransportBuilder<Ureq>;

impl UreqBuilder {
    /// Creates the transport.
    ///
    /// # Errors
    /// Returns an error if a certificate, a key or the proxy's address is invalid.
    pub fn build(self) -> Result<Ureq, TransportError> {
        let mut tls = TlsConfig::builder();
        let roots = self.roots(certificates)?;
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
            .timeout_connect(Some(self.timeout()))
            .tls_config(tls.build());
        let config = match self.pool_idle_timeout {
            None => config,
            Some(Duration::ZERO) => config.max_idle_connections(0),
            Some(idle) => config.max_idle_age(idle),
        };
        let config = match self.chosen_proxy(ureq::Proxy::new)? {
            ProxyChoice::Environment => config,
            ProxyChoice::Direct => config.proxy(None),
            ProxyChoice::At(proxy) => config.proxy(Some(proxy)),
        };
        Ok(Ureq::with_agent(ureq::Agent::with_parts(config.build(), Connect::default(), Resolve::default())))
    }
}

/// Parses one certificate in DER, or all in PEM.
fn certificates(given: &[u8]) -> Result<Vec<Certificate<'static>>, TransportError> {
    if !is_pem(given) {
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
