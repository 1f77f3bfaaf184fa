//! The builder of the reqwest transport.

use super::Reqwest;
use super::origins::Origins;
use super::pools::Pools;
use super::quiet::Quiet;
use crate::transport::TransportError;
use crate::transport::builder::{TransportBuilder, is_pem, wrong};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use std::time::Duration;

/// Builds a [`Reqwest`].
pub type ReqwestBuilder = TransportBuilder<Reqwest>;

impl ReqwestBuilder {
    /// Trusts only the given certificates, not Mozilla's.
    pub const fn only_given_roots(mut self) -> Self {
        self.only = true;
        self
    }

    /// Uses the operating system's TLS and root certificates instead of rustls.
    #[cfg(feature = "native-tls")]
    pub const fn native_tls(mut self) -> Self {
        self.native = true;
        self
    }

    /// Creates the transport.
    ///
    /// # Errors
    /// Returns an error if a certificate, a key or the proxy's address is invalid, or if TLS cannot be set up.
    pub fn build(self) -> Result<Reqwest, TransportError> {
        let proxy = self.chosen_proxy(|address| reqwest::Proxy::all(address))?;
        let (connect_timeout, idle) = (self.timeout(), self.pool_idle_timeout);
        let tls = if self.native { self.native_backend()? } else { self.rustls()? };
        let make = move || {
            let client =
                reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).connect_timeout(connect_timeout);
            let client = match idle {
                None => client,
                Some(Duration::ZERO) => client.pool_max_idle_per_host(0),
                Some(idle) => client.pool_idle_timeout(idle),
            };
            let client = match &proxy {
                None => client,
                Some(None) => client.no_proxy(),
                Some(Some(proxy)) => client.proxy(proxy.clone()),
            };
            tls(client).build().map_err(|error| wrong(&error))
        };
        Ok(Reqwest { pools: Pools::each(make)?, origins: Origins::new(), quiet: Quiet::new() })
    }

    fn rustls(self) -> Result<Tls, TransportError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = rustls::RootCertStore::empty();
        if !self.only {
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        for certificate in self.roots(certificates)? {
            roots.add(certificate).map_err(|error| wrong(&error))?;
        }
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| wrong(&error))?
            .with_root_certificates(roots);
        let tls = match self.identity {
            None => tls.with_no_client_auth(),
            Some((chain, key)) => {
                let key = PrivateKeyDer::from_pem_slice(&key).map_err(|error| wrong(&error))?;
                tls.with_client_auth_cert(certificates(&chain)?, key).map_err(|error| wrong(&error))?
            }
        };
        let tls = offering(tls);
        Ok(Box::new(move |client| client.tls_backend_preconfigured(tls.clone())))
    }

    #[cfg(feature = "native-tls")]
    fn native_backend(self) -> Result<Tls, TransportError> {
        let roots = self.roots(certificates)?.into_iter();
        let roots =
            roots.map(|certificate| reqwest::Certificate::from_der(&certificate).map_err(|error| wrong(&error)));
        let roots = roots.collect::<Result<Vec<_>, _>>()?;
        let identity = self.identity.map(|(chain, key)| reqwest::Identity::from_pkcs8_pem(&chain, &key));
        let (identity, only) = (identity.transpose().map_err(|error| wrong(&error))?, self.only);
        Ok(Box::new(move |client| {
            let (client, roots) = (client.tls_backend_native(), roots.clone());
            let client = if only { client.tls_certs_only(roots) } else { client.tls_certs_merge(roots) };
            identity.clone().into_iter().fold(client, reqwest::ClientBuilder::identity)
        }))
    }

    #[cfg(not(feature = "native-tls"))]
    fn native_backend(self) -> Result<Tls, TransportError> {
        self.rustls()
    }
}

/// Sets up TLS for a new client.
type Tls = Box<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// Sets the versions of HTTP that the client offers.
#[cfg(feature = "http2")]
fn offering(mut tls: rustls::ClientConfig) -> rustls::ClientConfig {
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    tls
}

/// Sets the versions of HTTP that the client offers.
#[cfg(not(feature = "http2"))]
const fn offering(tls: rustls::ClientConfig) -> rustls::ClientConfig {
    tls
}

/// Parses one certificate in DER, or all in PEM.
fn certificates(given: &[u8]) -> Result<Vec<CertificateDer<'static>>, TransportError> {
    if !is_pem(given) {
        return Ok(vec![given.to_vec().into()]);
    }
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(given).collect();
    certificates.map_err(|error| wrong(&error))
}
