//! A client cannot be without what every operation requires.

use settings_client_headers::Client;

pub fn check() {
    let error = Client::builder().base_url("https://pages.test").build().unwrap_err().to_string();
    assert!(["X-Realm", "x_realm(…)", "REALM_OF_PAGES"].iter().all(|word| error.contains(word)), "{error}");
    // The only test of this program that reads or writes this variable.
    unsafe { std::env::set_var("REALM_OF_PAGES", "hidden-realm") };
    let client = Client::builder().base_url("https://pages.test").environment().unwrap().build().unwrap();
    let request = client.calls().get_page("1", 2).into_request().unwrap();
    assert_eq!(request.headers().get("x-realm").unwrap(), "hidden-realm");
    assert!(request.headers().get("x-realm").unwrap().is_sensitive());
    let error = client.calls().list_pages(2).into_request().unwrap_err().to_string();
    assert!(error.contains("X-Trace"), "{error}");
    unsafe { std::env::remove_var("REALM_OF_PAGES") };
    let error = Client::builder().base_url("https://pages.test").x_realm("line\nbreak").build().unwrap_err().to_string();
    assert!(error.contains("X-Realm") && !error.contains("break"), "{error}");
}
