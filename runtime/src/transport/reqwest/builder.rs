//! Options of the reqwest transport.

use super::Reqwest;
use super::origins::Origins;
use super::pools::Pools;
use super::quiet::Quiet;
use crate::transport::{TransportError, TransportErrorKind};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

/// Builds a [`Reqwest`]: certificates, proxy and timeouts.
#[derive(Default)]
#[must_use]
pub struct ReqwestBuilder {
    roots: Vec<Vec<u8>>,
    only: bool,
    identity: Option<(Vec<u8>, Vec<u8>)>,
    proxy: Option<Way>,
    connect_timeout: Option<Duration>,
    pool_idle_timeout: Option<Duration>,
    native: bool,
}

enum Way {
    Direct,
    Proxy(String),
}

impl ReqwestBuilder {
    /// Trusts a certificate (X.509 in DER, or any number of them in PEM) beside Mozilla's root certificates. Use it for
    /// a company's own authority or a server with a self-signed certificate.
    pub fn root_certificate(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.roots.push(certificate.into());
        self
    }

    /// Trusts only the given certificates, not Mozilla's.
    pub const fn only_given_roots(mut self) -> Self {
        self.only = true;
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

    /// Sets the time after which an idle connection is closed; 90 s by default. Zero disables reuse.
    pub const fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.pool_idle_timeout = Some(timeout);
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
        let proxy = match &self.proxy {
            None => None,
            Some(Way::Direct) => Some(None),
            // The address can contain a password, so reqwest's message is not shown.
            Some(Way::Proxy(address)) => Some(Some(reqwest::Proxy::all(address).map_err(|_| {
                TransportError::new(TransportErrorKind::Other, "the address of the proxy is none".to_owned())
            })?)),
        };
        let connect_timeout = self.connect_timeout.unwrap_or(Duration::from_secs(10));
        let idle = self.pool_idle_timeout;
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
        for given in self.roots {
            for certificate in certificates(given)? {
                roots.add(certificate).map_err(|error| wrong(&error))?;
            }
        }
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| wrong(&error))?
            .with_root_certificates(roots);
        let tls = match self.identity {
            None => tls.with_no_client_auth(),
            Some((chain, key)) => {
                let key = PrivateKeyDer::from_pem_slice(&key).map_err(|error| wrong(&error))?;
                tls.with_client_auth_cert(certificates(chain)?, key).map_err(|error| wrong(&error))?
            }
        };
        let tls = offering(tls);
        Ok(Box::new(move |client| client.tls_backend_preconfigured(tls.clone())))
    }

    #[cfg(feature = "native-tls")]
    fn native_backend(self) -> Result<Tls, TransportError> {
        let mut roots = Vec::new();
        for given in self.roots {
            for certificate in certificates(given)? {
                roots.push(reqwest::Certificate::from_der(&certificate).map_err(|error| wrong(&error))?);
            }
        }
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
fn certificates(given: Vec<u8>) -> Result<Vec<CertificateDer<'static>>, TransportError> {
    if !given.starts_with(b"-----BEGIN") {
        return Ok(vec![given.into()]);
    }
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&given).collect();
    certificates.map_err(|error| wrong(&error))
}

fn wrong(error: &dyn Display) -> TransportError {
    TransportError::new(TransportErrorKind::Tls, error.to_string())
}
