//! TLS of servers on the loopback interface. Independent of the runtime.

use super::certificates::Signed;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::net::TcpStream;
use std::sync::Arc;

/// TLS with a certificate and these protocols (ALPN).
pub(crate) fn config(own: &Signed, protocols: &[&[u8]]) -> Arc<ServerConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(own.chain.as_bytes()).collect();
    let key = PrivateKeyDer::from_pem_slice(own.key.as_bytes()).unwrap();
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain.unwrap(), key)
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    Arc::new(config)
}

/// Starts TLS on each connection of a server.
#[allow(dead_code, reason = "shared by several tests")]
pub(crate) fn over(
    config: Arc<ServerConfig>,
) -> impl Fn(TcpStream) -> StreamOwned<ServerConnection, TcpStream> + Send + Sync + 'static {
    move |stream| StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream)
}
