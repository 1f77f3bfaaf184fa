//! Clients and requests that are built and not sent.
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
mod api;

use api::{API, builder, call, operation};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{
    Api, Client, ClientBuilder, Error, File, Json, Method, Multipart, SchemeKind, SecurityRequirement, SecurityScheme,
    ServerVariable,
};

fn client() -> Client {
    builder("https://pets.test/v1").build().unwrap()
}

fn uri(path: &'static str, value: &str) -> Result<String, Error<Json>> {
    let call = call(&client(), &operation("GET", path));
    Ok(call.path("id", &value.to_owned()).into_request()?.uri().to_string())
}

#[test]
fn encodes_a_path_value_within_its_segment() {
    assert_eq!(uri("/pets/{id}", "a b/c%20d").unwrap(), "https://pets.test/v1/pets/a%20b%2Fc%2520d");
    assert_eq!(uri("/pets/{id}", "..x").unwrap(), "https://pets.test/v1/pets/..x");
    assert_eq!(uri("/pets/{id}?view=full", "a?b").unwrap(), "https://pets.test/v1/pets/a%3Fb?view=full");
    for template in ["/pets/{id}", "/pets/{id}/toys", "/pets/{id}?view=full", "/pets/{id}#full"] {
        for refused in ["", ".", ".."] {
            let error = uri(template, refused).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Build, "{template} {refused:?}");
            assert!(error.to_string().contains(" cannot be sent as the path parameter id"), "{error}");
        }
    }
}

#[test]
fn refuses_values_that_form_a_dot_segment() {
    let call = call(&client(), &operation("GET", "/pets/{a}{b}"));
    let call = call.path("a", &".".to_owned()).path("b", &".".to_owned());
    assert_eq!(call.into_request().unwrap_err().kind(), ErrorKind::Build);
}

#[test]
fn refuses_a_path_without_its_value() {
    let error = call(&client(), &operation("GET", "/pets/{id}")).into_request().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
}

#[test]
fn refuses_undescribed_paths_that_leave_the_server() {
    let client = builder("https://pets.test").credential("token", "t0p").build().unwrap();
    let of = |path: &str| client.request(Method::GET, path).into_request();
    assert_eq!(of("/pets?limit=1").unwrap().uri(), "https://pets.test/pets?limit=1");
    let with_more = client.request(Method::GET, "/pets?limit=1").query_extra("a b", "c&d").into_request().unwrap();
    assert_eq!(with_more.uri(), "https://pets.test/pets?limit=1&a%20b=c%26d");
    for refused in [
        ".evil.test/",
        "@evil.test/",
        ":80@evil.test/",
        "pets",
        "",
        "/a/../b",
        "/a/%2E%2e/b",
        "/a\\..\\b",
        "/a#b",
        "/a b",
    ] {
        assert_eq!(of(refused).unwrap_err().kind(), ErrorKind::Build, "{refused:?}");
    }
}

#[test]
fn encodes_undescribed_paths_that_are_no_uri() {
    let client = builder("https://pets.test/v1").credential("token", "t0p").build().unwrap();
    let of = |path: &str| client.request(Method::GET, path).into_request().unwrap().uri().to_string();
    assert_eq!(of("/\u{fc}/\"a\"|b/c%20d?q=\u{fc}^"), "https://pets.test/v1/%C3%BC/%22a%22%7Cb/c%20d?q=%C3%BC%5E");
}

#[test]
fn build_reports_invalid_values_without_showing_them() {
    for secret in ["s3cret\n", "s3cret\r\nx-other: 1", "s3cret\u{0}", "s3cretü", ""] {
        let error = builder("https://pets.test").credential("key", secret).build().unwrap_err().to_string();
        assert!(error.contains("credential key"), "{error}");
        assert!(!error.contains("s3cret"), "{error}");
    }
    for base in [
        "",
        "pets.test",
        "ftp://pets.test",
        "https://",
        "https://u:s3cret@pets.test",
        "https://pets.test/?k=s3cret",
        "https://pets.test#s3cret",
    ] {
        let builder = builder(base);
        assert!(!format!("{builder:?}").contains("s3cret"));
        let error = builder.build().unwrap_err().to_string();
        assert!(!error.contains("s3cret"), "{error}");
    }
    for site in ["evil.test/", "a@b", "a b", "", "x\n", "a?b", "a#b", "a\\b"] {
        assert!(ClientBuilder::new(&API).variable("site", site).build().is_err(), "{site:?}");
    }
    let error = builder("https://pets.test").header("x-a", "s3cret\n").build().unwrap_err().to_string();
    assert!(error.contains("x-a") && !error.contains("s3cret"), "{error}");
    assert!(builder("https://pets.test").credential("unknown", "x").build().is_err());
}

#[test]
fn debug_shows_no_secret() {
    let builder = builder("https://pets.test").credential("key", "s3cret").credential("app", "s3cret");
    let builder = builder.credential_basic("login", "user", "s3cret").header("x-a", "s3cret");
    let shown = format!("{builder:?}");
    let client = builder.build().unwrap();
    let operation = operation("GET", "/pets").security(API.security);
    let call = call(&client, &operation).header("x-b", "s3cret").query_extra("q", "s3cret");
    let shown = format!("{shown} {client:?} {call:?}");
    assert!(!shown.contains("s3cret") && !shown.contains("dXNlc"), "{shown}");
    let request = call.into_request().unwrap();
    assert!(request.headers().get("x-key").unwrap().is_sensitive());
    assert_eq!(request.uri().query(), Some("q=s3cret&app=s3cret"));
}

#[test]
fn uses_the_first_requirement_that_is_met() {
    let needed = operation("GET", "/pets").security(API.security);
    let error = call(&client(), &needed).into_request().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Auth);
    assert!(error.to_string().contains("key and app, or token"), "{error}");
    let half = builder("https://pets.test").credential("key", "k").credential("token", "t").build().unwrap();
    let request = call(&half, &needed).into_request().unwrap();
    assert!(request.headers().get("x-key").is_none());
    assert_eq!(request.headers().get("authorization").unwrap(), "Bearer t");
}

#[test]
fn prefers_a_credential_to_schemes_of_the_transport() {
    static MUTUAL: Api = Api::new("pets/1", "https://pets.test").schemes(&[
        SecurityScheme::new("mtls", SchemeKind::Other),
        SecurityScheme::new("key", SchemeKind::Header("x-key")),
    ]);
    let either = operation("GET", "/pets")
        .security(const { &[&[], &[SecurityRequirement::new("mtls", &[])], &[SecurityRequirement::new("key", &[])]] });
    let sent = |client: Client| call(&client, &either).into_request().unwrap().headers().contains_key("x-key");
    assert!(sent(ClientBuilder::new(&MUTUAL).credential("key", "k").build().unwrap()));
    assert!(!sent(ClientBuilder::new(&MUTUAL).build().unwrap()));
    let both = const { &[&[SecurityRequirement::new("mtls", &[]), SecurityRequirement::new("key", &[])] as &[_]] };
    let both = operation("GET", "/pets").security(both);
    let without = ClientBuilder::new(&MUTUAL).build().unwrap();
    assert_eq!(call(&without, &both).into_request().unwrap_err().kind(), ErrorKind::Auth);
}

#[test]
fn sends_an_available_credential_for_optional_security() {
    let optional = operation("GET", "/pets").security(const { &[&[], &[SecurityRequirement::new("token", &[])]] });
    assert!(call(&client(), &optional).into_request().unwrap().headers().get("authorization").is_none());
    let known = builder("https://pets.test").credential("token", "t").build().unwrap();
    assert_eq!(call(&known, &optional).into_request().unwrap().headers().get("authorization").unwrap(), "Bearer t");
}

#[test]
fn sends_basic_and_cookie_credentials() {
    let both = operation("GET", "/pets")
        .security(const { &[&[SecurityRequirement::new("login", &[]), SecurityRequirement::new("cookie", &[])]] });
    let builder = builder("https://pets.test").credential_basic("login", "Aladdin", "open sesame");
    let client = builder.credential("cookie", "a|b:1==").build().unwrap();
    let call = call(&client, &both).cookie("lang", &"de".to_owned());
    let request = call.into_request().unwrap();
    assert_eq!(request.headers().get("authorization").unwrap(), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert_eq!(request.headers().get("cookie").unwrap(), "lang=de; session=a|b:1==");
}

#[test]
fn uses_described_servers_unless_base_url_is_set() {
    let uri = |client: &Client, server: Option<&'static str>| {
        let operation = operation("GET", "/pets");
        let operation = server.map_or(operation, |server| operation.server(server));
        call(client, &operation).into_request().map(|request| request.uri().to_string()).ok()
    };
    let own = ClientBuilder::new(&API).variable("site", "eu.example.com").build().unwrap();
    assert_eq!(uri(&own, None).unwrap(), "https://api.eu.example.com/v1/pets");
    assert_eq!(uri(&own, Some("https://up.{site}/")).unwrap(), "https://up.eu.example.com/pets");
    for (server, expected) in [
        ("/v2", Some("https://api.eu.example.com/v2/pets")),
        ("v2", Some("https://api.eu.example.com/v1/v2/pets")),
        ("../v2", Some("https://api.eu.example.com/v2/pets")),
        ("./v2/", Some("https://api.eu.example.com/v1/v2/pets")),
        ("//up.test/v1", Some("https://up.test/v1/pets")),
        ("HTTPS://up.test/v1", Some("https://up.test/v1/pets")),
        ("/a?u=http://up.test", None),
        ("https://user:word@up.test", None),
        ("//user@up.test", None),
        ("https://up.test/v1#part", None),
        ("ftp://up.test", None),
        ("https://{unknown}.test", None),
    ] {
        assert_eq!(uri(&own, Some(server)).as_deref(), expected, "{server}");
    }
    for other in [
        "http://127.0.0.1:1/x/",
        "https://api.eu.example.com/v1",
        "http://api.example.com/v1",
        "https://api.example.com",
    ] {
        let chosen = builder(other).build().unwrap();
        let expected = format!("{}/pets", other.trim_end_matches('/'));
        assert_eq!(uri(&chosen, Some("https://up.{site}")), Some(expected), "another server than the description's");
    }
}

#[test]
fn base_url_that_is_the_described_server_leaves_servers_of_operations() {
    let upload = operation("POST", "/pets").server("https://up.{site}/");
    for same in ["https://api.us1.test/v1", "HTTPS://API.US1.TEST:443/v1/"] {
        let client = ClientBuilder::new(&API).variable("site", "us1.test").base_url(same).build().unwrap();
        let request = call(&client, &upload).into_request().unwrap();
        assert_eq!(request.uri(), "https://up.us1.test/pets", "{same}");
    }
}

#[test]
fn own_server_has_its_own_defaults() {
    let own =
        operation("GET", "/pets").server("https://{host}.{site}").server_defaults(&[("host", "up"), ("site", "test")]);
    let uri = |client: &Client| call(client, &own).into_request().unwrap().uri().to_string();
    assert_eq!(uri(&ClientBuilder::new(&API).build().unwrap()), "https://up.test/pets");
    let client = ClientBuilder::new(&API).variable("site", "eu.test").build().unwrap();
    assert_eq!(uri(&client), "https://up.eu.test/pets");
}

#[test]
fn a_server_variable_fits_its_place() {
    static PLACES: Api = Api::new("pets/1", "{start}").variables(&[ServerVariable::new("start", "https://pets.test")]);
    let base = |template: &'static str, value: &str| {
        let builder = ClientBuilder::new(&PLACES).base_url(template).variable("start", value);
        let client = builder.build().ok()?;
        Some(call(&client, &operation("GET", "/a")).into_request().unwrap().uri().to_string())
    };
    for (template, value, expected) in [
        ("https://{start}/v1", "pets.test:8080", Some("https://pets.test:8080/v1/a")),
        ("https://{start}/v1", "evil.test/x", None),
        ("https://{start}/v1", "user@evil.test", None),
        ("https://{start}/v1", "", None),
        ("https://{start}.pets.test/v1", "eu", Some("https://eu.pets.test/v1/a")),
        ("https://{start}.pets.test/v1", "other.test:1", None),
        ("https://{start}.pets.test:8080/v1", "other.test:1", None),
        ("https://{start}/v1", "other.test:1.pets.test", None),
        ("https://pets.test:{start}/v1", "8080", Some("https://pets.test:8080/v1/a")),
        ("https://pets.test:{start}/v1", "80.other.test", None),
        ("https://[::1]:{start}/v1", "8080", Some("https://[::1]:8080/v1/a")),
        ("https://pets.test/{start}", "api/v2", Some("https://pets.test/api/v2/a")),
        ("https://pets.test/{start}", "", Some("https://pets.test/a")),
        ("https://pets.test/{start}", "../v2", None),
        ("https://pets.test/{start}", "v2?x", None),
        ("https://pets.test/{start}", "v2#x", None),
        ("https://pets.test/{start}", "%2e%2e", None),
        ("{start}://pets.test", "http", Some("http://pets.test/a")),
        ("{start}://pets.test", "http://evil.test", None),
        ("http{start}://pets.test", "", Some("http://pets.test/a")),
        ("{start}/v1", "http://pets.test:1/x", Some("http://pets.test:1/x/v1/a")),
        ("{start}/v1", "http://user@pets.test", None),
    ] {
        assert_eq!(base(template, value).as_deref(), expected, "{template} {value}");
    }
}

/// Directly behind a host, the default of a variable shows what it is.
#[test]
fn a_server_variable_does_not_lengthen_a_host() {
    static PLACES: Api = Api::new("pets/1", "https://pets.test").variables(&[
        ServerVariable::new("path", "/v1"),
        ServerVariable::new("maybe_path", ""),
        ServerVariable::new("port", ":8080"),
        ServerVariable::new("domain", ".pets.test"),
        ServerVariable::new("suffix", ""),
        ServerVariable::new("end", "s"),
        ServerVariable::new("host", "pets.test"),
    ]);
    let base = |template: &'static str, name: &'static str, value: &str| {
        let client = ClientBuilder::new(&PLACES).base_url(template).variable(name, value).build().ok()?;
        Some(call(&client, &operation("GET", "/a")).into_request().unwrap().uri().to_string())
    };
    for (template, name, value, expected) in [
        ("https://pets.test{path}", "path", "/v2", Some("https://pets.test/v2/a")),
        ("https://pets.test{path}", "path", "", Some("https://pets.test/a")),
        ("https://pets.test{path}", "path", ".other.test", None),
        ("https://pets.test{path}", "path", "other", None),
        ("https://pets.test{path}", "path", "-other.test", None),
        ("https://pets.test{path}", "path", ":1", None),
        ("https://pets.test{path}", "path", "/../v2", None),
        ("https://pets.test{path}{suffix}", "path", "/v2", Some("https://pets.test/v2/a")),
        ("https://pets.test{path}{end}", "path", "/v2", Some("https://pets.test/v2s/a")),
        ("https://pets.test{path}{end}", "path", "", None),
        ("https://{host}{path}", "host", "pets.test:80", Some("https://pets.test:80/v1/a")),
        ("https://{host}{domain}", "host", "other.test:80", None),
        ("https://pets.test:8080{path}", "path", "/v2", Some("https://pets.test:8080/v2/a")),
        ("https://[::1]{path}", "path", "/v2", Some("https://[::1]/v2/a")),
        ("https://pets.test{maybe_path}/x", "maybe_path", "/v2", Some("https://pets.test/v2/x/a")),
        ("https://pets.test{maybe_path}/x", "maybe_path", ".other.test", None),
        ("https://pets.test{port}/x", "port", ":80", Some("https://pets.test:80/x/a")),
        ("https://pets.test{port}/x", "port", ".other.test", None),
        ("https://pets.test{port}/x", "port", ":80.other.test", None),
        ("https://eu{domain}/x", "domain", ".pets.example", Some("https://eu.pets.example/x/a")),
        ("https://eu{domain}/x", "domain", "/x", None),
        ("https://eu{suffix}.pets.test", "suffix", "-1", Some("https://eu-1.pets.test/a")),
    ] {
        assert_eq!(base(template, name, value).as_deref(), expected, "{template} {value}");
    }
}

#[test]
fn a_server_variable_does_not_make_a_path_a_host() {
    static TENANTS: Api = Api::new("pets/1", "https://pets.test/api").variables(&[ServerVariable::new("v", "v1")]);
    let uri = |server: &'static str, value: &str| {
        let client = ClientBuilder::new(&TENANTS).variable("v", value).build().unwrap();
        let call = call(&client, &operation("GET", "/a").server(server));
        let sent = call.into_request().map(|request| request.uri().to_string());
        sent.map_err(|error| assert_eq!(error.kind(), ErrorKind::Build)).ok()
    };
    for (server, value, expected) in [
        ("/{v}/files", "v2", Some("https://pets.test/v2/files/a")),
        ("/{v}/files", "", None),
        ("/{v}/files", "/other.test", None),
        ("/{v}", "/other.test", None),
        ("{v}/files", "/", None),
        ("{v}/files", "//other.test", None),
        ("{v}/files", "/v2", Some("https://pets.test/v2/files/a")),
        ("{v}/files", "v2", Some("https://pets.test/api/v2/files/a")),
        ("//up.test/{v}", "", Some("https://up.test/a")),
        ("/files/{v}", "/x", Some("https://pets.test/files//x/a")),
    ] {
        assert_eq!(uri(server, value).as_deref(), expected, "{server} {value}");
    }
}

#[test]
fn refuses_line_breaks_in_header_values() {
    let call = call(&client(), &operation("GET", "/pets"));
    let call = call.header_parameter("x-trace", &"a\r\nx-other: b".to_owned());
    assert_eq!(call.into_request().unwrap_err().kind(), ErrorKind::Build);
}

#[test]
fn encodes_bodies_by_their_media_type() {
    let post = operation("POST", "/pets");
    let value: Json = serde_json::from_str(r#"{"name":"a b","tags":["x","y"],"at":{"x":1}}"#).unwrap();
    let form = call(&client(), &post).form(&value).into_request().unwrap();
    assert_eq!(form.body().as_bytes().unwrap().as_ref(), b"name=a%20b&tags=x&tags=y&at=%7B%22x%22%3A1%7D");
    let json = call(&client(), &post).json_as("application/merge-patch+json", &value);
    let json = json.body_extra("more", Json::from(1)).into_request().unwrap();
    assert_eq!(json.headers().get("content-type").unwrap(), "application/merge-patch+json");
    assert!(json.body().as_bytes().unwrap().ends_with(b"\"more\":1}"));
    let parts = Multipart::new().text("a", "1").file("f\"\r\n", "image/png", File::new(vec![0, 255]).named("x.bin"));
    let request = call(&client(), &post).multipart(parts).into_request().unwrap();
    let media = request.headers().get("content-type").unwrap().to_str().unwrap();
    let boundary = media.strip_prefix("multipart/form-data; boundary=").unwrap();
    let mut expected = format!("--{boundary}\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n").into_bytes();
    expected.extend(format!("--{boundary}\r\ncontent-disposition: form-data; name=\"f%22%0D%0A\"; filename=\"x.bin\"\r\ncontent-type: image/png\r\n\r\n").bytes());
    expected.extend([0, 255]);
    expected.extend(format!("\r\n--{boundary}--\r\n").bytes());
    assert_eq!(request.body().as_bytes().unwrap().as_ref(), expected);
}

#[test]
fn errors_and_calls_are_small_and_send() {
    fn movable<T: Send>() {}
    movable::<clientsmith_runtime::AnyCall<Json, Json>>();
    movable::<Error<Json>>();
    movable::<Client>();
    assert!(size_of::<Error<[u8; 4096]>>() <= 128);
}

/// Each call in flight needs a future of this size.
#[test]
fn a_call_in_flight_is_small() {
    let flight = client().request(http::Method::GET, "/").send();
    assert!(size_of_val(&flight) <= 1_600, "{} bytes", size_of_val(&flight));
}
