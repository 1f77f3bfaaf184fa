//! The client's environment variables. Each case is a process of its own: this test program, started again.

use clientsmith_runtime::{
    Api, ClientBuilder, Method, SchemeKind, SecurityRequirement, SecurityScheme, ServerVariable,
};
use spec_sync::Client;
use std::process::Command;

/// Marks the second process.
const CHILD: &str = "CLIENTSMITH_TEST_CHILD";

static API: Api = Api::new("test/0", "https://{site}")
    .variables(&[ServerVariable::new("site", "default.test").env("DD_SITE")])
    .schemes(&[SecurityScheme::new("key", SchemeKind::Header("x-key")).env("DD_API_KEY")])
    .security(&[&[SecurityRequirement::new("key", &[])]]);

/// In the second process: the client of a builder with values of the program.
#[test]
fn explicit() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let builder = ClientBuilder::new(&API).variable("site", "explicit.test").credential("key", "explicit");
    let client = builder.from_env().and_then(ClientBuilder::build).unwrap();
    let request = client.request(Method::GET, "/x").into_request().unwrap();
    println!("<address {}> <key {}>", request.uri(), request.headers()["x-key"].to_str().unwrap());
}

/// In the second process: the result of `Client::from_env`. In the first: nothing.
#[test]
fn child() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    match Client::from_env() {
        Err(error) => println!("<error {error}>"),
        Ok(client) => {
            println!("<client {client:?}>");
            match client.request(Method::GET, "/x").into_request() {
                Ok(request) => println!("<address {}> <{:?}>", request.uri(), request.headers()),
                Err(error) => println!("<error {error}>"),
            }
        }
    }
}

fn run_child(environment: &[(&str, &str)]) -> String {
    run("child", environment)
}

fn run(test: &str, environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(CHILD, "1");
    let more = ["DD_BEARER_TOKEN_CLIENT_ID", "DD_BEARER_TOKEN_REFRESH_TOKEN"];
    for name in ["DD_API_KEY", "DD_APP_KEY", "DD_BEARER_TOKEN", "DD_SITE"].into_iter().chain(more) {
        command.env_remove(name);
    }
    let output = command.envs(environment.iter().copied()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "it panicked: {text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!text.contains("s3cret"), "a secret is shown: {text}");
    text
}

#[test]
fn call_reports_missing_credentials() {
    let nothing = run_child(&[]);
    let line = "no credentials: the operation needs apiKeyAuth and appKeyAuth, or AuthZ (`from_env` reads DD_API_KEY and DD_APP_KEY, \
                or DD_BEARER_TOKEN)";
    assert!(nothing.contains("<client ") && nothing.contains(line), "{nothing}");
    let half = run_child(&[("DD_API_KEY", "s3cret")]);
    assert!(half.contains("(`from_env` reads DD_APP_KEY, or DD_BEARER_TOKEN)"), "{half}");
    let empty = run_child(&[("DD_API_KEY", ""), ("DD_APP_KEY", "s3cret")]);
    assert!(empty.contains("reads DD_API_KEY, or DD_BEARER_TOKEN)"), "{empty}");
}

#[cfg(unix)]
#[test]
fn rejects_environment_value_that_is_not_unicode() {
    use std::os::unix::ffi::OsStrExt;
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture"]).env(CHILD, "1");
    command.env("DD_API_KEY", std::ffi::OsStr::from_bytes(b"s3cret-\xff"));
    let text = String::from_utf8_lossy(&command.output().unwrap().stdout).into_owned();
    assert!(text.contains("<error the environment variable DD_API_KEY is not Unicode>"), "{text}");
}

#[test]
fn accepts_either_credential() {
    let keys = run_child(&[("DD_API_KEY", "s3cret-1"), ("DD_APP_KEY", "s3cret-2")]);
    assert!(keys.contains("<address https://api.datadoghq.com/x>"), "{keys}");
    assert!(keys.contains("\"dd-api-key\": Sensitive") && keys.contains("\"dd-application-key\": Sensitive"), "{keys}");
    let token = run_child(&[("DD_BEARER_TOKEN", "s3cret-3")]);
    assert!(token.contains("\"authorization\": Sensitive") && !token.contains("dd-api-key"), "{token}");
}

#[test]
fn accepts_refresh_token_with_client_id() {
    let alone = run_child(&[("DD_BEARER_TOKEN_REFRESH_TOKEN", "s3cret")]);
    assert!(alone.contains("<error GET /x: no credentials"), "{alone}");
    let both = run_child(&[("DD_BEARER_TOKEN_CLIENT_ID", "me"), ("DD_BEARER_TOKEN_REFRESH_TOKEN", "s3cret")]);
    assert!(both.contains("<client ") && both.contains("AuthZ: `into_request` does not wait for one"), "{both}");
}

#[test]
fn accepts_any_valid_site() {
    let run_with_site = |site: &str| run_child(&[("DD_BEARER_TOKEN", "s3cret"), ("DD_SITE", site)]);
    for site in ["us3.datadoghq.com", "datadoghq.co", "app.datadoghq.eu", ""] {
        let host = if site.is_empty() { "datadoghq.com" } else { site };
        let text = run_with_site(site);
        assert!(text.contains(&format!("<address https://api.{host}/x>")), "{text}");
    }
    for site in ["evil.test/", "evil.test#", "a b", "user@evil.test"] {
        let text = run_with_site(site);
        assert!(text.contains("<error") && text.contains("site"), "{text}");
    }
}

#[test]
fn rejects_key_that_cannot_be_sent() {
    let text = run_child(&[("DD_API_KEY", "s3cret\nx"), ("DD_APP_KEY", "s3cret")]);
    assert!(text.contains("<error the credential apiKeyAuth"), "{text}");
}

#[test]
fn explicit_values_override_the_environment() {
    for environment in [&[("DD_API_KEY", "s3cret"), ("DD_SITE", "environment.test")][..], &[]] {
        let text = run("explicit", environment);
        assert!(text.contains("<address https://explicit.test/x> <key explicit>"), "{text}");
    }
}

#[test]
fn trims_line_break_from_environment_value() {
    let output =
        run("explicit_login", &[("DD_LOGIN", "user:pass\r\n"), ("DD_SITE", "file.test\n"), ("DD_API_KEY", "\n")]);
    assert!(output.contains("<file.test> <Basic dXNlcjpwYXNz>"), "{output}");
}

/// In the second process: user and password of the environment.
#[test]
fn explicit_login() {
    static LOGIN: Api = Api::new("test/0", "https://{site}")
        .variables(&[ServerVariable::new("site", "default.test").env("DD_SITE")])
        .schemes(&[
            SecurityScheme::new("login", SchemeKind::Basic).env("DD_LOGIN"),
            SecurityScheme::new("key", SchemeKind::Header("x-key")).env("DD_API_KEY"),
        ])
        .security(&[&[SecurityRequirement::new("login", &[])]]);
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let client = ClientBuilder::new(&LOGIN).from_env().and_then(ClientBuilder::build).unwrap();
    let request = client.request(Method::GET, "/x").into_request().unwrap();
    println!("<{}> <{}>", request.uri().host().unwrap(), request.headers()["authorization"].to_str().unwrap());
}
