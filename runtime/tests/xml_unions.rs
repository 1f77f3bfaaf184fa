//! Unions in XML: generated calls against a loopback server, async and blocking.
#![cfg(all(feature = "hyper", feature = "blocking", feature = "xml"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/xml_unions/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "loopback/server.rs"]
mod server;
#[path = "../../generator/tests/cases/bodies/xml_unions/src"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;
#[path = "loopback/way.rs"]
mod way;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/xml_unions/src/xml.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "generated for a crate of its own")]
mod xml;

use call::Call;
use calls::Calls;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Client, Error, Json, Response};
use models::{
    Card, Ended, EndedData, Event, Note, NoteNext, Order, OrderCodes, OrderItemsItem, OrderNote, OrderNumber,
    OrderParts, OrderPayment, Started, StartedData, Transfer,
};
use server::Server;
use way::{SendMode, both};

fn order(payment: OrderPayment) -> Order {
    Order::new(payment)
}

fn card() -> Card {
    Card::new("0042").with_year(2030).with_limit(2.5)
}

/// Reads an order from XML.
fn read(way: SendMode, inside: &str) -> Result<Response<Order>, Error<Json>> {
    let body = format!("<order><payment><pan>1</pan></payment>{inside}</order>");
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/xml\r\n";
    let response = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    let routes = Server::respond(move |_, _| response.clone());
    let client: Client = api::builder(&routes.base).build().unwrap();
    way.send(Calls::new(&client).send_order(&order(OrderPayment::Card(card()))))
}

both!(round_trips_unions, |way| {
    let echo = Server::echo();
    let client: Client = api::builder(&echo.base).build().unwrap();
    let note = || Note::new("7").with_lines(vec![1, 2]).with_next(NoteNext::Note(Box::new(Note::new("in"))));
    let mut all = order(OrderPayment::Card(card()));
    all.number = Some(OrderNumber::Integer(12));
    all.note = Some(OrderNote::Note(note().with_next(NoteNext::Integer(3))));
    all.parts = Some(OrderParts::NoteList(vec![note(), Note::new("two")]));
    all.codes = Some(OrderCodes::IntegerList(vec![4, 5]));
    all.items = Some(vec![OrderItemsItem::Card(card()), OrderItemsItem::Note(note())]);
    let mut few = order(OrderPayment::Transfer(Transfer::new("DE 1").with_limit(true)));
    few.number = Some(OrderNumber::Text("x1".to_owned()));
    few.note = Some(OrderNote::Text(" 8 ".to_owned()));
    few.parts = Some(OrderParts::Note(Note::new("only")));
    few.codes = Some(OrderCodes::Integer(9));
    few.items = Some(Vec::new());
    for order in [all, few] {
        let raw = way.raw(Calls::new(&client).send_order(&order)).unwrap();
        let found = way.send(Calls::new(&client).send_order(&order)).unwrap();
        assert_eq!(*found, order, "{}", String::from_utf8_lossy(raw.raw_body()));
    }
    for event in [
        Event::Started(Started::new().with_at(1).with_data(StartedData::new(7))),
        Event::Ended(Ended::new().with_data(EndedData::new(3))),
    ] {
        assert_eq!(*way.send(Calls::new(&client).send_event(&event)).unwrap(), event);
    }
});

both!(writes_variants_by_their_xml_names, |way| {
    let echo = Server::echo();
    let client: Client = api::builder(&echo.base).build().unwrap();
    let raw = way.raw(Calls::new(&client).send_order(&order(OrderPayment::Card(card())))).unwrap();
    let text = String::from_utf8_lossy(raw.raw_body()).into_owned();
    let payment = "<order><payment year=\"2030\"><pan>0042</pan><limit>2.5</limit></payment></order>";
    assert!(text.ends_with(payment), "{text}");
});

both!(reads_text_by_the_types_of_variants, |way| {
    let number = |text: &str| read(way, &format!("<number>{text}</number>")).unwrap().into_inner().number;
    assert_eq!(number("5"), Some(OrderNumber::Integer(5)));
    assert_eq!(number("true"), Some(OrderNumber::Bool(true)));
    assert_eq!(number("five"), Some(OrderNumber::Text("five".to_owned())));
    let one = read(way, "<parts><text>1</text><lines><line>2</line></lines></parts><codes>3</codes>").unwrap();
    assert_eq!(one.parts, Some(OrderParts::Note(Note::new("1").with_lines(vec![2]))));
    assert_eq!(one.codes, Some(OrderCodes::Integer(3)));
    let two = read(way, "<parts><text>1</text></parts><codes>3</codes><parts><text>2</text></parts><codes>4</codes>");
    let two = two.unwrap();
    assert_eq!(two.parts, Some(OrderParts::NoteList(vec![Note::new("1"), Note::new("2")])));
    assert_eq!(two.codes, Some(OrderCodes::IntegerList(vec![3, 4])));
});

both!(preserves_values_without_a_variant, |way| {
    let found = read(way, "<note><subject>x</subject></note>").unwrap();
    let Some(OrderNote::Unknown(value)) = &found.note else { panic!("{found:?}") };
    assert_eq!(*value, serde_json::json!({"subject": "x"}));
    let error = read(way, "<items><item><pan>1</pan></item></items><note><text>1</text>").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
});
