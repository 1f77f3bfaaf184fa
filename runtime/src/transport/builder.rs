//! The builder of the transports on hyper and ureq: certificates, proxy and timeouts. Each transport applies them to its
//! library.

use super::{TransportError, TransportErrorKind};
use std::fmt::Display;
use std::marker::PhantomData;
use std::time::Duration;

/// Builds a transport `T`: certificates, proxy and timeouts.
#[must_use]
pub struct TransportBuilder<T> {
    /// Root certificates, each in DER, or any number of them in PEM.
    roots: Vec<Vec<u8>>,
    /// Neither Mozilla's root certificates nor those of the operating system are trusted.
    #[cfg(all(feature = "hyper", not(all(target_family = "wasm", target_os = "unknown"))))]
    pub(super) only_added_roots: bool,
    /// The operating system's TLS is used.
    #[cfg(all(feature = "native-tls", not(all(target_family = "wasm", target_os = "unknown"))))]
    pub(super) native: bool,
    /// The chain of the client certificate, and its key, both in PEM.
    pub(super) identity: Option<(Vec<u8>, Vec<u8>)>,
    proxy: ProxyChoice<String>,
    connect_timeout: Option<Duration>,
    pub(super) pool_idle_timeout: Option<Duration>,
    transport: PhantomData<fn() -> T>,
}

/// The proxy of all requests: an address, or the proxy at it in the type of a library.
pub(super) enum ProxyChoice<P> {
    /// The environment decides for each request.
    Environment,
    /// No proxy.
    Direct,
    /// This proxy.
    At(P),
}

impl<T> Default for TransportBuilder<T> {
    fn default() -> Self {
        Self {
            roots: Vec::new(),
            #[cfg(all(feature = "hyper", not(all(target_family = "wasm", target_os = "unknown"))))]
            only_added_roots: false,
            #[cfg(all(feature = "native-tls", not(all(target_family = "wasm", target_os = "unknown"))))]
            native: false,
            identity: None,
            proxy: ProxyChoice::Environment,
            connect_timeout: None,
            pool_idle_timeout: None,
            transport: PhantomData,
        }
    }
}

impl<T> TransportBuilder<T> {
    /// Trusts a root certificate: X.509 in DER, or any number of them in PEM. Use it for a company's own authority or a
    /// server with a self-signed certificate. `Hyper` trusts it beside Mozilla's root certificates (with `native_tls`:
    /// those of the operating system), `Ureq` instead of them.
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
    /// (`HTTPS_PROXY` and similar variables). `Hyper` also takes the schemes `https`, `socks5`, `socks5h`, `socks4` and
    /// `socks4a`; with `socks5h` and `socks4a` the proxy resolves the host's name.
    pub fn proxy(mut self, address: impl Into<String>) -> Self {
        self.proxy = ProxyChoice::At(address.into());
        self
    }

    /// Uses no proxy, not even one of the environment.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxyChoice::Direct;
        self
    }

    /// Sets the timeout for a connection; 10 s by default.
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Sets the time after which an idle connection is closed; by default 90 s with hyper and 15 s with ureq. Zero
    /// disables reuse.
    pub const fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.pool_idle_timeout = Some(timeout);
        self
    }

    /// Returns the root certificates in the type of the library.
    pub(super) fn roots<C>(
        &self,
        parse: impl Fn(&[u8]) -> Result<Vec<C>, TransportError>,
    ) -> Result<Vec<C>, TransportError> {
        let mut roots = Vec::new();
        for given in &self.roots {
            roots.extend(parse(given)?);
        }
        Ok(roots)
    }

    /// Returns the timeout for a connection, with its default.
    pub(super) fn timeout(&self) -> Duration {
        self.connect_timeout.unwrap_or(Duration::from_secs(10))
    }

    /// Returns the proxy in the type of the library.
    pub(super) fn chosen_proxy<P, X>(
        &self,
        parse: impl FnOnce(&str) -> Result<P, X>,
    ) -> Result<ProxyChoice<P>, TransportError> {
        match &self.proxy {
            ProxyChoice::Environment => Ok(ProxyChoice::Environment),
            ProxyChoice::Direct => Ok(ProxyChoice::Direct),
            // The address can contain a password, so the library's message is not shown.
            ProxyChoice::At(address) => parse(address).map(ProxyChoice::At).map_err(|_| {
                TransportError::new(TransportErrorKind::Other, "the address of the proxy is invalid".to_owned())
            }),
        }
    }
}

/// Returns `true` for certificates in PEM. Others are one certificate in DER.
pub(super) fn is_pem(given: &[u8]) -> bool {
    given.starts_with(b"-----BEGIN")
}

/// Returns the error of a certificate or key.
pub(super) fn wrong(error: &dyn Display) -> TransportError {
    TransportError::new(TransportErrorKind::Tls, error.to_string())
}
