//! The programs: each gives nothing, and says so, where it is not installed.

use super::{Peer, folder, free_port};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The first of these files that is there, or a line that says why a test does nothing. The harness shows what is printed
/// only when a test fails, so that the line goes past it.
pub(crate) fn program(name: &str, files: &[&str]) -> Option<PathBuf> {
    let files = files.iter().map(|file| folder().join(file));
    let found = files.into_iter().find(|file| file.is_file());
    if found.is_none() {
        drop(writeln!(std::io::stderr(), "SKIPPED: {name} is not installed (tests/peers/install)"));
    }
    found
}

/// Where Prism is.
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

/// httpbin, which says what it was sent.
pub(crate) fn httpbin() -> Option<Peer> {
    let port = free_port();
    let mut command = Command::new(program("httpbin", &["python/bin/gunicorn"])?);
    command.args(["--threads", "8", "-b", &format!("127.0.0.1:{port}"), "httpbin:app"]);
    Some(Peer::start("httpbin", port, &mut command))
}

/// A token server; over TLS where it is given files of a chain and a key.
pub(crate) fn oauth2(tls: Option<(&Path, &Path)>) -> Option<Peer> {
    let port = free_port();
    let mut command = Command::new(program("oauth2-mock-server", &["node/node_modules/.bin/oauth2-mock-server"])?);
    command.args(["-a", "127.0.0.1", "-p", &port.to_string()]);
    if let Some((chain, key)) = tls {
        command.arg("-c").arg(chain).arg("-k").arg(key);
    }
    Some(Peer::start("oauth2-mock-server", port, &mut command))
}

/// The file of an application of ours.
fn application(file: &str) -> PathBuf {
    folder().join("../../tests/peers").join(file)
}

/// An application of FastAPI.
pub(crate) fn fastapi() -> Option<Peer> {
    Some(uvicorn("fastapi", &program("FastAPI", &["fastapi/bin/uvicorn"])?))
}

/// An application of Django REST framework.
pub(crate) fn django() -> Option<Peer> {
    Some(uvicorn("django", &program("Django REST framework", &["django/bin/uvicorn"])?))
}

fn uvicorn(name: &str, program: &Path) -> Peer {
    let port = free_port();
    let mut command = Command::new(program);
    command.args(["app:application", "--host", "127.0.0.1", "--port", &port.to_string(), "--app-dir"]);
    Peer::start(name, port, command.arg(application(name)).env("PYTHONDONTWRITEBYTECODE", "1"))
}

/// An application of Fastify, which finds its packages beside itself.
pub(crate) fn fastify() -> Option<Peer> {
    let port = free_port();
    let installed = program("Fastify", &["fastify/node_modules/fastify/package.json"])?;
    let server = installed.ancestors().nth(3)?.join("server.mjs");
    std::fs::copy(application("fastify/server.mjs"), &server).unwrap();
    Some(Peer::start("fastify", port, Command::new("node").arg(server).arg(port.to_string())))
}

/// An application of axum, described by utoipa.
pub(crate) fn axum() -> Option<Peer> {
    let port = free_port();
    let mut command = Command::new(program("axum with utoipa", &["axum/debug/peer-axum"])?);
    Some(Peer::start("axum", port, command.arg(port.to_string())))
}
