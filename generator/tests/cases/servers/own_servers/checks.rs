//! A value of a server variable applies to every server that has the variable.

use servers_own_servers::Client;

fn urls(client: &Client) -> [String; 4] {
    let calls = client.calls();
    [
        calls.list_pets().into_request().unwrap().uri().to_string(),
        calls.send_logs().into_request().unwrap().uri().to_string(),
        calls.read_logs().into_request().unwrap().uri().to_string(),
        calls.upload().into_request().unwrap().uri().to_string(),
    ]
}

pub fn check() {
    assert_eq!(
        urls(&Client::builder().build().unwrap()),
        [
            "https://api.example.com/v1/pets",
            "https://intake.logs.example.com/logs",
            "https://cold.example.com/logs",
            "https://uploads.example.com/v3/uploads",
        ]
    );
    let client = Client::builder().site("us.example.com").base("api/v2").archive("warm");
    assert_eq!(
        urls(&client.build().unwrap()),
        [
            "https://api.us.example.com/api/v2/pets",
            "https://intake.logs.us.example.com/logs",
            "https://warm.us.example.com/logs",
            "https://uploads.example.com/v3/uploads",
        ]
    );
    let client = Client::builder().archive("evil.example/").build().unwrap();
    let error = client.calls().read_logs().into_request().unwrap_err().to_string();
    assert!(error.contains("cannot be the server variable archive"), "{error}");
    assert!(client.calls().list_pets().into_request().is_ok());
}
