//! The programs. Each returns `None` with a message if it is not installed.

use super::{Peer, folder, free_port};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The first of these files that exists, or a message with the reason for skipping a test. The message bypasses the
/// test harness, which shows output only for failed tests.
pub(crate) fn program(name: &str, files: &[&str]) -> Option<PathBuf> {
    let files = files.iter().map(|file| folder().join(file));
    let found = files.into_iter().find(|file| file.is_file());
    if found.is_none() {
        drop(writeln!(std::io::stderr(), "SKIPPED: {name} is not installed (tests/peers/install)"));
    }
    found
}

/// Path of Prism.
pub(crate) fn has_prism() -> Option<PathBuf> {
    program("Prism", &["node/node_modules/.bin/prism"])
}

/// Prism as a validating server of a description.
pub(crate) fn prism(description: &Path) -> Option<Peer> {
    let port = free_port();
    let mut command = Command::new(has_prism()?);
    command.args(["mock", "--errors", "--port", &port.to_string()]).arg(description);
    Some(Peer::start("prism", port, &mut command))
}

/// httpbin, which echoes requests.
pub(crate) fn httpbin() -> Option<Peer> {
    let port = free_port();
    let mut command = Command::new(program("httpbin", &["python/bin/gunicorn"])?);
    command.args(["--threads", "8", "-b", &format!("127.0.0.1:{port}"), "httpbin:app"]);
    Some(Peer::start("httpbin", port, &mut command))
}

/// A token server, over TLS if it gets files of a chain and a key.
pub(crate) fn oauth2(tls: Option<(&Path, &Path)>) -> Option<Peer> {
    let port = free_port();
    let mut command = Command::new(program("oauth2-mock-server", &["node/node_modules/.bin/oauth2-mock-server"])?);
    command.args(["-a", "127.0.0.1", "-p", &port.to_string()]);
    if let Some((chain, key)) = tls {
        command.arg("-c").arg(chain).arg("-k").arg(key);
    }
    Some(Peer::start("oauth2-mock-server", port, &mut command))
}

/// The file of an application in this repository.
fn application(file: &str) -> PathBuf {
    folder().join("../../tests/peers").join(file)
}

/// A FastAPI application.
pub(crate) fn fastapi() -> Option<Peer> {
    Some(uvicorn("fastapi", &program("FastAPI", &["fastapi/bin/uvicorn"])?))
}

/// A Django REST framework application.
pub(crate) fn django() -> Option<Peer> {
    Some(uvicorn("django", &program("Django REST framework", &["django/bin/uvicorn"])?))
}

fn uvicorn(name: &str, program: &Path) -> Peer {
    let port = free_port();
    let mut command = Command::new(program);
    command.args(["app:application", "--host", "127.0.0.1", "--port", &port.to_string(), "--app-dir"]);
    Peer::start(name, port, command.arg(application(name)).env("PYTHONDONTWRITEBYTECODE", "1"))
}

/// A Fastify application. Its packages are beside it.
pub(crate) fn fastify() -> Option<Peer> {
    let port = free_port();
    let installed = program("Fastify", &["fastify/node_modules/fastify/package.json"])?;
    let server = installed.ancestors().nth(3)?.join("server.mjs");
    std::fs::copy(application("fastify/server.mjs"), &server).unwrap();
    Some(Peer::start("fastify", port, Command::new("node").arg(server).arg(port.to_string())))
}

/// An axum application, described by utoipa.
pub(crate) fn axum() -> Option<Peer> {
    let port = free_port();
    let mut command = Command::new(program("axum with utoipa", &["axum/debug/peer-axum"])?);
    Some(Peer::start("axum", port, command.arg(port.to_string())))
}
