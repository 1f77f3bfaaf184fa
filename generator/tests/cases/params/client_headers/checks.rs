//! Requests have the headers of the client, and a call's own in their place.

use params_client_headers::models::{Region, XTone};
use params_client_headers::{Client, ClientBuilder};

fn builder() -> ClientBuilder {
    Client::builder().base_url("https://pages.test")
}

pub fn check() {
    let client = builder().x_tenant(7).x_tags(vec!["a".to_owned(), "b".to_owned()]).xi_api_key("hidden-key").build().unwrap();
    let request = client.calls().create_page("id").into_call().into_request().unwrap();
    let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(header("pages-version"), text("2022-06-28"));
    assert_eq!(header("x-region"), text("eu"));
    assert_eq!(header("x-tenant"), text("7"));
    assert_eq!(header("x-tags"), text("a,b"));
    assert_eq!(header("xi-api-key"), text("hidden-key"));
    assert_eq!(header("x-beta"), text("pages-v1"));
    assert!(request.headers().get("xi-api-key").unwrap().is_sensitive());
    assert_eq!(request.uri(), "https://pages.test/pages?kind=page&only=drafts");

    let request = client.calls().list_pages("id").x_tone(XTone::Loud).header("x-tenant", "8").into_call().into_request().unwrap();
    let header = |name: &str| request.headers().get_all(name).iter().map(|value| value.to_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(header("x-tenant"), ["8"]);
    assert_eq!(header("x-tone"), ["loud"]);
    assert_eq!(request.uri(), "https://pages.test/pages?limit=100");

    // An operation that does not take them gets none.
    let request = client.calls().health().into_request().unwrap();
    assert_eq!(request.headers().get("x-tenant"), None);

    let bare = builder().x_region(Region::Us).header("x-tags", "c").build().unwrap();
    assert!(bare.calls().health().into_request().is_ok());
    let error = bare.calls().delete_pages("id", "etag").into_call().into_request().unwrap_err().to_string();
    assert!(error.contains("X-Tenant") && error.contains("x_tenant(…)"), "{error}");
    let request = bare.calls().delete_pages("id", "etag").header("X-Tenant", "9").into_call().into_request().unwrap();
    assert_eq!(request.headers().get("x-tenant").unwrap(), "9");
    assert_eq!(request.headers().get("x-tags").unwrap(), "c");
    assert_eq!(request.headers().get("x-region").unwrap(), "us");
}
