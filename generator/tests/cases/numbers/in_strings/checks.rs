//! A number is a number, however it came.

use numbers_in_strings::Client;
use numbers_in_strings::models::{Draft, Order};

pub fn check() {
    let order: Order = serde_json::from_str(r#"{"id": "12", "total": "1.50", "lines": [1, "2"]}"#).unwrap();
    assert_eq!((*order.id + 1, *order.total), (13, 1.5));
    assert_eq!((order.id.string(), order.total.string()), (Some("12"), Some("1.50")));
    assert_eq!(order.lines.iter().map(|line| **line).sum::<i32>(), 3);
    let made = Order::new(12, 1.5, vec![1.into()]);
    assert_eq!(made.id, 12);
    // What only callers send is a plain number, and so are parameters.
    let draft = Draft::new(3);
    let count: i32 = draft.count;
    assert_eq!(count, 3);
    let client = Client::builder().base_url("https://orders.test").build().unwrap();
    let request = client.calls().get_order(7).page(2).into_call().into_request().unwrap();
    assert_eq!(request.uri(), "https://orders.test/orders/7?page=2");
}
