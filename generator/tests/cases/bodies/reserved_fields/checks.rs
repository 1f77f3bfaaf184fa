//! The encoding of a field says which characters are sent as they are.

use bodies_reserved_fields::{Client, models::AddHookRequest};

pub fn check() {
    let client = Client::builder().base_url("https://hooks.example").build().unwrap();
    let body = AddHookRequest::new("https://a.example/b?c").with_name("a/b");
    let request = client.calls().add_hook(&body).into_request().unwrap();
    let sent = request.body().as_bytes().unwrap();
    assert_eq!(sent.as_ref(), b"url=https://a.example/b?c&name=a%2Fb");
}
