//! TLS by rustls, or by the operating system.

use super::Hyper;
use super::server_connection::BoxStream;
use crate::transport::builder::{TransportBuilder, is_pem, wrong};
use crate::transport::{BoxError, TransportError};
use http::Uri;
use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use std::sync::Arc;
use tokio_rustls::TlsConnector;

/// TLS as a builder describes it.
pub(super) struct Tls {
    server: Library,
    /// Without HTTP/2.
    proxy: Library,
}

enum Library {
    Rustls(TlsConnector),
    #[cfg(feature = "native-tls")]
    System(tokio_native_tls::TlsConnector),
}

impl Tls {
    /// Sets TLS up.
    pub(super) fn new(builder: &TransportBuilder<Hyper>) -> Result<Self, TransportError> {
        #[cfg(feature = "native-tls")]
        if builder.native {
            return Ok(Self { server: of_the_system(builder, true)?, proxy: of_the_system(builder, false)? });
        }
        let proxy = of_rustls(builder)?;
        let server = offering(proxy.clone());
        let library = |config| Library::Rustls(TlsConnector::from(Arc::new(config)));
        Ok(Self { server: library(server), proxy: library(proxy) })
    }

    /// Starts TLS with a server. Returns true if it chose HTTP/2.
    pub(super) async fn with_server(&self, to: &Uri, stream: BoxStream) -> Result<(BoxStream, bool), BoxError> {
        self.server.start(name(to), stream).await
    }

    /// Starts TLS with a proxy.
    pub(super) async fn with_proxy(&self, proxy: &Uri, stream: BoxStream) -> Result<BoxStream, BoxError> {
        Ok(self.proxy.start(name(proxy), stream).await?.0)
    }
}

/// The name or IP address of a host, without brackets.
pub(super) fn name(of: &Uri) -> &str {
    of.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
}

impl Library {
    async fn start(&self, name: &str, stream: BoxStream) -> Result<(BoxStream, bool), BoxError> {
        match self {
            Self::Rustls(connector) => {
                let stream = connector.connect(ServerName::try_from(name)?.to_owned(), stream).await?;
                let is_http2 = stream.get_ref().1.alpn_protocol() == Some(HTTP2);
                Ok((Box::new(stream), is_http2))
            }
            #[cfg(feature = "native-tls")]
            Self::System(connector) => {
                let stream = connector.connect(name, stream).await?;
                #[cfg(feature = "http2")]
                let is_http2 = stream.get_ref().negotiated_alpn()?.as_deref() == Some(HTTP2);
                #[cfg(not(feature = "http2"))]
                let is_http2 = false;
                Ok((Box::new(stream), is_http2))
            }
        }
    }
}

/// The name of HTTP/2 in TLS (RFC 9113, section 3.2).
const HTTP2: &[u8] = b"h2";

fn of_rustls(builder: &TransportBuilder<Hyper>) -> Result<ClientConfig, TransportError> {
    let mut roots = rustls::RootCertStore::empty();
    if !builder.only_added_roots {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    for certificate in builder.roots(certificates)? {
        roots.add(certificate).map_err(|error| wrong(&error))?;
    }
    let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(&error))?
        .with_root_certificates(roots);
    match &builder.identity {
        None => Ok(tls.with_no_client_auth()),
        Some((chain, key)) => {
            let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| wrong(&error))?;
            tls.with_client_auth_cert(certificates(chain)?, key).map_err(|error| wrong(&error))
        }
    }
}

#[cfg(feature = "native-tls")]
fn of_the_system(builder: &TransportBuilder<Hyper>, is_server: bool) -> Result<Library, TransportError> {
    let mut tls = native_tls::TlsConnector::builder();
    for certificate in builder.roots(certificates)? {
        tls.add_root_certificate(native_tls::Certificate::from_der(&certificate).map_err(|error| wrong(&error))?);
    }
    if let Some((chain, key)) = &builder.identity {
        tls.identity(native_tls::Identity::from_pkcs8(chain, key).map_err(|error| wrong(&error))?);
    }
    tls.disable_built_in_roots(builder.only_added_roots);
    #[cfg(feature = "http2")]
    if is_server {
        tls.request_alpns(&["h2", "http/1.1"]);
    }
    #[cfg(not(feature = "http2"))]
    let _ = is_server;
    Ok(Library::System(tls.build().map_err(|error| wrong(&error))?.into()))
}

/// Sets the versions of HTTP that the client offers.
#[cfg(feature = "http2")]
fn offering(mut tls: ClientConfig) -> ClientConfig {
    tls.alpn_protocols = vec![HTTP2.to_vec(), b"http/1.1".to_vec()];
    tls
}

/// Sets the versions of HTTP that the client offers.
#[cfg(not(feature = "http2"))]
const fn offering(tls: ClientConfig) -> ClientConfig {
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
