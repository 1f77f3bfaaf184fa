//! The documentation of the client, with the lines that build one with its credentials. Knows security schemes; does not know
//! tokens.

use super::wrapped;
use crate::plan::Client;
use crate::plan::rust_type::RustType;
use crate::plan::security::{Scheme, Takes};

/// The documentation of the type of clients.
pub(in crate::plan) fn client_docs(client: &Client, package: &str) -> Vec<String> {
    let first = "A client of the API. Clones are cheap and share one connection pool.";
    let calls = "An operation returns a [`Call`](crate::Call), whose methods set the options of this one call: `timeout`, \
        `max_retries`, `header` and others. [`ClientBuilder`] has the options of all calls:";
    let blank = || vec![String::new()];
    [vec![first.to_owned()], blank(), wrapped(calls, ""), blank(), program(client, package)].concat()
}

/// The lines that build a client, as a block of code.
pub(super) fn program(client: &Client, package: &str) -> Vec<String> {
    let library = package.replace('-', "_");
    let steps = steps(client);
    let mut lines = vec!["```no_run".to_owned(), format!("use {library}::Client;"), String::new()];
    let reads_token = !client.has_schemes();
    if reads_token {
        lines.push(r#"let token = std::env::var("API_TOKEN")?;"#.to_owned());
    }
    match steps.as_slice() {
        [] => lines.push("let client = Client::builder().build()?;".to_owned()),
        [only] => lines.push(format!("let client = Client::builder().{only}.build()?;")),
        several => {
            lines.push("let client = Client::builder()".to_owned());
            lines.extend(several.iter().map(|step| format!("    .{step}")));
            lines.push("    .build()?;".to_owned());
        }
    }
    let error = if reads_token { "Box<dyn std::error::Error>".to_owned() } else { format!("{library}::ConfigError") };
    lines.extend([format!("# Ok::<(), {error}>(())"), "```".to_owned()]);
    lines
}

/// The methods of the builder without which calls fail: the address, credentials, and headers that all operations require.
pub(super) fn steps(client: &Client) -> Vec<String> {
    let base = (!client.server.starts_with("http")).then(|| r#"base_url("https://api.example.com")"#.to_owned());
    let is_text = |ty: &RustType| matches!(ty, RustType::String | RustType::Secret);
    let headers = client.headers.iter().filter(|header| header.required && header.default.is_none());
    let headers = headers.filter(|header| is_text(&header.input.ty));
    let headers = headers.map(|header| format!(r#"{}("…")"#, header.input.name));
    base.into_iter().chain(credentials(client)).chain(headers).collect()
}

/// The header of a token, where the description defines no security scheme.
pub(crate) const TOKEN_HEADER: &str = r#"header("authorization", format!("Bearer {token}"))"#;

/// The credentials of the first security requirement, or of the first scheme where none is required; for a description
/// without security schemes, the header that most APIs read.
fn credentials(client: &Client) -> Vec<String> {
    if !client.has_schemes() {
        return vec![TOKEN_HEADER.to_owned()];
    }
    let first = client.security.first().map_or(&[][..], Vec::as_slice);
    let is_required = |scheme: &&Scheme| first.iter().any(|requirement| requirement.scheme == scheme.wire);
    let required: Vec<&Scheme> = client.schemes.iter().filter(is_required).collect();
    let schemes = if required.is_empty() { client.schemes.iter().take(1).collect() } else { required };
    let setters = schemes.into_iter().filter_map(|scheme| {
        let simplest = scheme.setters.first()?;
        // Of a token server, the client id and secret are what a program has.
        let machine = scheme.setters.iter().find(|setter| setter.takes == Takes::ClientCredentials);
        let setter = machine.unwrap_or(simplest);
        let arguments = match setter.takes {
            Takes::Secret => r#""…""#,
            Takes::UserAndPassword => r#""user", "…""#,
            Takes::ClientCredentials => r#""client-id", "…""#,
            Takes::RefreshToken | Takes::Source => return None,
        };
        Some(format!("{}({arguments})", setter.name))
    });
    setters.collect()
}
