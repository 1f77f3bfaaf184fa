//! A nullable body is passed by reference, or as `None`.

use bodies_nullable::{Call, Client, api::calls::SetNote, models::Note};

fn request<O: bodies_nullable::runtime::Operation>(call: Call<O>) -> String {
    let request = call.into_call().into_request().ok().unwrap();
    let body = request.body().as_bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    body.unwrap_or_default()
}

fn set(client: &Client, note: &Note) -> Call<SetNote> {
    client.calls().set_note(note)
}

pub fn check() {
    let client = Client::builder().base_url("http://localhost").build().unwrap();
    let note = Note::default().with_text("a");
    assert_eq!(request(set(&client, &note)), r#"{"text":"a"}"#);
    assert_eq!(request(client.calls().set_note(Some(&note))), r#"{"text":"a"}"#);
    assert_eq!(request(client.calls().set_note(&Some(note))), r#"{"text":"a"}"#);
    assert_eq!(request(client.calls().set_note(None)), "null");
    assert_eq!(request(client.calls().change_note()), "");
    assert_eq!(request(client.calls().change_note().body("a".to_owned())), r#""a""#);
    assert_eq!(request(client.calls().change_note().body(None)), "null");
}
