//! Connections to servers: TCP, proxies and TLS, within one timeout.

use super::server_connection::{BoxStream, ServerConnection};
use super::tls::Tls;
use crate::transport::BoxError;
use crate::transport::builder::ProxyChoice;
use crate::transport::maybe_send::BoxFuture;
use http::Uri;
use http::header::HeaderValue;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use std::future::{Ready, ready};
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use std::{error, fmt, io};
use tower_service::Service;

/// The time without data after which TCP probes the connection, and between two such probes.
const PROBE_INTERVAL: Duration = Duration::from_secs(15);
/// The number of probes without a reply after which a connection is broken.
const MAX_PROBES: u32 = 3;

/// Connects to servers.
#[derive(Clone)]
pub(super) struct Connector(Arc<Settings>);

struct Settings {
    tcp: HttpConnector,
    tls: Tls,
    proxies: Proxies,
    timeout: Duration,
}

impl Connector {
    pub(super) fn new(tls: Tls, proxies: Proxies, timeout: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Shared by the addresses of a host, so that one without a reply leaves time for the next.
        tcp.set_connect_timeout(Some(timeout));
        tcp.set_keepalive(Some(PROBE_INTERVAL));
        tcp.set_keepalive_interval(Some(PROBE_INTERVAL));
        tcp.set_keepalive_retries(Some(MAX_PROBES));
        #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
        tcp.set_tcp_user_timeout(Some(PROBE_INTERVAL * 2));
        Self(Arc::new(Settings { tcp, tls, proxies, timeout }))
    }

    /// Returns the credentials of the proxy that reads requests to an address.
    pub(super) fn authorization(&self, to: &Uri) -> Option<HeaderValue> {
        self.0.proxies.of(to)?.basic_auth().cloned()
    }
}

impl Service<Uri> for Connector {
    type Response = ServerConnection;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<ServerConnection, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let settings = Arc::clone(&self.0);
        Box::pin(async move {
            match tokio::time::timeout(settings.timeout, settings.connect(&to)).await {
                Ok(done) => done,
                Err(_) => Err(Late(settings.timeout).into()),
            }
        })
    }
}

impl Settings {
    async fn connect(&self, to: &Uri) -> Result<ServerConnection, BoxError> {
        let is_secure = to.scheme() == Some(&Scheme::HTTPS);
        let (stream, is_proxied) = match self.proxies.of(to) {
            None => (self.tcp(to.clone()).await?, false),
            Some(proxy) if proxy.uri().scheme_str().is_some_and(|scheme| scheme.starts_with("socks")) => {
                (self.socks(&proxy, to).await?, false)
            }
            Some(proxy) if is_secure => (self.tunnel(&proxy, to).await?, false),
            Some(proxy) => (self.to_proxy(&proxy).await?, true),
        };
        let (stream, is_http2) = if is_secure { self.tls.with_server(to, stream).await? } else { (stream, false) };
        Ok(ServerConnection { stream: TokioIo::new(stream), is_http2, is_proxied })
    }

    async fn tcp(&self, to: Uri) -> Result<BoxStream, BoxError> {
        Ok(Box::new(self.tcp.clone().call(to).await?.into_inner()))
    }

    /// Connects to a proxy that speaks HTTP, also over TLS.
    async fn to_proxy(&self, proxy: &Intercept) -> Result<BoxStream, BoxError> {
        let stream = self.tcp(proxy.uri().clone()).await?;
        match proxy.uri().scheme() == Some(&Scheme::HTTPS) {
            true => self.tls.with_proxy(proxy.uri(), stream).await,
            false => Ok(stream),
        }
    }

    /// Connects to a server through a proxy that speaks HTTP (RFC 9110, section 9.3.6).
    async fn tunnel(&self, proxy: &Intercept, to: &Uri) -> Result<BoxStream, BoxError> {
        let stream = self.to_proxy(proxy).await?;
        let tunnel = Tunnel::new(proxy.uri().clone(), OpenConnection(Some(stream)));
        let mut tunnel = match proxy.basic_auth() {
            Some(authorization) => tunnel.with_auth(authorization.clone()),
            None => tunnel,
        };
        Ok(tunnel.call(to.clone()).await?.into_inner())
    }

    /// Connects to a server through a SOCKS proxy. `socks5h` and `socks4a` resolve the host's name, the others do not.
    async fn socks(&self, proxy: &Intercept, to: &Uri) -> Result<BoxStream, BoxError> {
        let scheme = proxy.uri().scheme_str().unwrap_or_default();
        let is_v4 = scheme.starts_with("socks4");
        let to = match scheme {
            "socks4" | "socks5" => resolved(to, is_v4).await?,
            _ => with_port(to, default_port(to))?,
        };
        let stream = OpenConnection(Some(self.tcp(with_port(proxy.uri(), 1080)?).await?));
        let stream = match (is_v4, proxy.raw_auth()) {
            (true, _) => SocksV4::new(proxy.uri().clone(), stream).call(to).await?,
            (false, None) => SocksV5::new(proxy.uri().clone(), stream).call(to).await?,
            (false, Some((user, password))) => {
                let socks = SocksV5::new(proxy.uri().clone(), stream);
                socks.with_auth(user.to_owned(), password.to_owned()).call(to).await?
            }
        };
        Ok(stream.into_inner())
    }
}

/// The proxies of a transport; none if every request goes to its server.
#[derive(Debug)]
pub(super) struct Proxies(Option<Matcher>);

/// The text is not an address, or its scheme is not that of a proxy.
pub(super) struct Invalid;

impl Proxies {
    pub(super) fn new(choice: ProxyChoice<Matcher>) -> Self {
        Self(match choice {
            ProxyChoice::Environment => Some(Matcher::from_env()),
            ProxyChoice::Direct => None,
            ProxyChoice::At(proxy) => Some(proxy),
        })
    }

    /// Parses the address of a proxy for all requests.
    pub(super) fn at(address: &str) -> Result<Matcher, Invalid> {
        let matcher = Matcher::builder().all(address).build();
        // hyper-util ignores an invalid address without an error, so check that it intercepts a request.
        match matcher.intercept(&Uri::from_static("http://localhost")) {
            Some(_) => Ok(matcher),
            None => Err(Invalid),
        }
    }

    /// Returns the proxy for an address.
    pub(super) fn of(&self, to: &Uri) -> Option<Intercept> {
        self.0.as_ref()?.intercept(to)
    }
}

fn default_port(to: &Uri) -> u16 {
    if to.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 }
}

/// Adds a port to an address without one.
fn with_port(to: &Uri, port: u16) -> Result<Uri, http::Error> {
    match (to.port(), to.host()) {
        (None, Some(host)) => http_uri(&format!("{host}:{port}")),
        _ => Ok(to.clone()),
    }
}

/// Replaces the host's name by its address.
async fn resolved(to: &Uri, is_v4: bool) -> Result<Uri, BoxError> {
    let host = super::tls::name(to);
    let port = to.port_u16().unwrap_or_else(|| default_port(to));
    let mut addresses = tokio::net::lookup_host((host, port)).await?;
    let address = addresses.find(|address| !is_v4 || address.is_ipv4());
    let address: SocketAddr = address.ok_or_else(|| io::Error::other("the host has no address for the proxy"))?;
    Ok(http_uri(&address.to_string())?)
}

fn http_uri(authority: &str) -> Result<Uri, http::Error> {
    Uri::builder().scheme(Scheme::HTTP).authority(authority).path_and_query("/").build()
}

/// An open connection for the handshake with its proxy.
struct OpenConnection(Option<BoxStream>);

impl Service<Uri> for OpenConnection {
    type Response = TokioIo<BoxStream>;
    type Error = io::Error;
    type Future = Ready<io::Result<TokioIo<BoxStream>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        ready(self.0.take().map(TokioIo::new).ok_or_else(|| io::ErrorKind::NotConnected.into()))
    }
}

/// The connect timeout passed.
#[derive(Debug)]
struct Late(Duration);

impl fmt::Display for Late {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "timeout after {:?}", self.0)
    }
}

impl error::Error for Late {}
