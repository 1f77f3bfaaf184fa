//! Bodies as programs passed them before, and `None`.

use lock_optional_body::{Call, Client, api, models};

pub fn check() {
    let client = Client::builder().base_url("http://localhost").build().unwrap();
    let calls = client.orders();
    let length = |call: Call<api::orders::CreateOrder>| call.into_request().unwrap().body().length();
    let order = models::Order::new("1");
    assert_eq!(length(calls.create_order("shop", &order)), Some(10));
    let empty = calls.create_order("shop", None).into_request().unwrap();
    assert_eq!((empty.body().length(), empty.headers().get("content-type")), (Some(0), None));
    // `null` is a value of this body, so that `None` is sent.
    let null = calls.send_null(None).into_request().unwrap();
    assert_eq!(null.body().as_bytes().unwrap(), "null");
    let [file, text] = ["text", "a"].map(|text| calls.send_file(text).into_request().unwrap().into_body());
    assert_eq!((file.length(), text.length()), (Some(4), Some(1)));
}

pub fn passed(client: &Client, order: &models::Order, orders: &Vec<models::Order>, text: String) {
    let calls = client.orders();
    let _ = [calls.create_orders(orders), calls.create_orders(&[models::Order::new("1")]), calls.create_orders(None)];
    let _ = [calls.send_text("a"), calls.send_text(text), calls.send_text(None)];
    let _ = [calls.send_file(vec![1_u8]), calls.send_file("text"), calls.send_file(None)];
    let _ = [calls.send_form(api::orders::SendFormParts::new("a")), calls.send_form(None)];
    let _ = [calls.send_choice(order), calls.send_choice(vec![1_u8]), calls.send_choice(None)];
    let _ = [calls.send_null(order), calls.send_null(None)];
}
