//! What `Client::from_env` takes from the environment, in processes of its own: a process has only one environment.

use spec_sync::Client;
use std::process::Command;

/// Runs the test of this name again with these variables alone, and gives what it printed.
fn with(variables: &[(&str, &str)]) -> String {
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "the_client_that_the_environment_gives", "--nocapture"]);
    for name in ["DD_API_KEY", "DD_APP_KEY", "DD_BEARER_TOKEN", "DD_SITE"] {
        again.env_remove(name);
    }
    let done = again.env("SAY_CLIENT", "1").envs(variables.iter().copied()).output().unwrap();
    String::from_utf8(done.stdout).unwrap()
}

/// Says what it got when it is run by another test; alone it has nothing to say.
#[test]
fn the_client_that_the_environment_gives() {
    if std::env::var_os("SAY_CLIENT").is_some() {
        match Client::from_env() {
            Ok(client) => println!("client {client:?}"),
            Err(error) => println!("error {error}"),
        }
    }
}

#[test]
fn what_is_missing_is_named() {
    assert!(with(&[]).contains("error not in the environment: DD_API_KEY and DD_APP_KEY, or DD_BEARER_TOKEN"));
    let said = with(&[("DD_API_KEY", "the-key")]);
    assert!(said.contains("error not in the environment: DD_APP_KEY, or DD_BEARER_TOKEN"), "{said}");
    assert!(!said.contains("the-key"));
    assert!(with(&[("DD_BEARER_TOKEN", "")]).contains("error "), "an empty variable is none");
}

#[test]
fn either_alternative_is_enough() {
    for variables in [&[("DD_API_KEY", "a-key"), ("DD_APP_KEY", "b-key")][..], &[("DD_BEARER_TOKEN", "a-key")]] {
        let said = with(variables);
        assert!(said.contains("client ") && !said.contains("a-key") && !said.contains("b-key"), "{said}");
        assert!(said.contains("https://api.datadoghq.com"), "{said}");
    }
}

#[test]
fn the_site_is_a_host_name() {
    let keys = |site| with(&[("DD_BEARER_TOKEN", "k"), ("DD_SITE", site)]);
    assert!(keys("us3.datadoghq.com").contains("https://api.us3.datadoghq.com"));
    assert!(keys("bad host/").contains("error "));
}
