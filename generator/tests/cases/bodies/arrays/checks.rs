//! An array is passed as a slice, and stays with the caller.

use bodies_arrays::{Call, Client, models::Pet, runtime::Map};

fn request<O: bodies_arrays::runtime::Operation>(call: Call<O>) -> String {
    let request = call.into_call().into_request().ok().unwrap();
    let body = request.body().as_bytes().map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    body.unwrap_or_default()
}

pub fn check() {
    let client = Client::builder().base_url("http://localhost").build().unwrap();
    let pets = vec![Pet::new("a"), Pet::new("b")];
    let text = r#"[{"name":"a"},{"name":"b"}]"#;
    assert_eq!(request(client.pets().set_pets(&pets)), text);
    assert_eq!(request(client.pets().set_pets(&[])), "[]");
    assert_eq!(request(client.names().add_names(&pets)), text);
    assert_eq!(request(client.names().add_names(&pets[..1])), r#"[{"name":"a"}]"#);
    assert_eq!(request(client.names().add_names(&[Pet::new("a")])), r#"[{"name":"a"}]"#);
    assert_eq!(request(client.names().add_names(pets)), text);
    assert_eq!(request(client.names().remove_names()), "");
    assert_eq!(request(client.names().remove_names().body(&["a".to_owned()])), r#"["a"]"#);
    let names = vec!["a".to_owned()];
    assert_eq!(request(client.names().set_names(&names)), r#"["a"]"#);
    assert_eq!(request(client.names().set_names(&["a".to_owned()])), r#"["a"]"#);
    assert_eq!(request(client.names().set_names(Some(names).as_deref())), r#"["a"]"#);
    assert_eq!(request(client.names().set_names(None)), "null");
    let ages = Map::from_iter([("a", vec![1, 2])]);
    assert_eq!(request(client.ages().set_ages(&ages)), r#"{"a":[1,2]}"#);
}
