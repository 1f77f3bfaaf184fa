//! The builder of the hyper transport.

use super::Hyper;
use super::connector::{Connector, Proxies};
use super::pools::Pools;
use super::tls::Tls;
use crate::transport::TransportError;
use crate::transport::builder::TransportBuilder;
use crate::transport::on_tokio::LastResponse;

/// Builds a [`Hyper`].
pub type HyperBuilder = TransportBuilder<Hyper>;

impl HyperBuilder {
    /// Trusts only the certificates that [`root_certificate`](TransportBuilder::root_certificate) added: not Mozilla's, and
    /// with `native_tls` not those of the operating system.
    pub const fn only_given_roots(mut self) -> Self {
        self.only_added_roots = true;
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
    pub fn build(self) -> Result<Hyper, TransportError> {
        let proxies = Proxies::new(self.chosen_proxy(Proxies::at)?);
        let connector = Connector::new(Tls::new(&self)?, proxies, self.timeout());
        Ok(Hyper { pools: Pools::new(connector, self.pool_idle_timeout), last_response: LastResponse::new() })
    }
}
