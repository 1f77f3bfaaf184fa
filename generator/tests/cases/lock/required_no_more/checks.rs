//! The arguments of programs that were written before, and `None`.

use lock_required_no_more::{Call, Client, api, models};

pub fn check() {
    let text = |order: &models::Order| serde_json::to_string(order).unwrap();
    let all = models::Order::new("1", "a", 2, "b", 3);
    assert_eq!(text(&all), r#"{"id":"1","note":"a","count":2,"mark":"b","size":3}"#);
    assert_eq!(models::Order::new("1", Some("a".into()), Some(2), Some("b".into()), Some(3)), all);
    assert_eq!(text(&models::Order::new("1", None, None, None, None)), r#"{"id":"1"}"#);
    let text = || "x".to_owned();
    let fields = models::ManyFields { a: text(), b: text(), c: text(), d: text(), e: text(), f: text() };
    assert_eq!(models::Many::new(fields).f.as_deref(), Some("x"));
}

pub fn calls(client: &Client) -> [Call<api::orders::GetOrder>; 2] {
    [client.orders().get_order("1", "shop", 7, "trace"), client.orders().get_order("1", None, None, None).limit(3)]
}
