//! Parts in XML, of requests and responses: generated calls against a loopback server, async and blocking.
#![cfg(all(feature = "hyper", feature = "blocking", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/xml_parts/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "loopback/server.rs"]
mod server;
#[path = "../../generator/tests/cases/bodies/xml_parts/src"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;
#[path = "loopback/way.rs"]
mod way;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/xml_parts/src/xml.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "generated for a crate of its own")]
mod xml;

use calls::{Calls, SendBundleParts};

use call::Call;
use clientsmith_runtime::body::xml::{Name, Root, Shape};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Client, Multipart, Secret, XmlLimits};
use models::{BundleAnimal, BundleSize, Cat, Dog, Meta, Note};
use server::Server;
use way::both;

fn client(base: &str) -> Client {
    api::builder(base).build().unwrap()
}

/// A client with a limit of one element.
fn one_node(base: &str) -> Client {
    let mut limits = XmlLimits::default();
    limits.nodes = 1;
    api::builder(base).xml_limits(limits).build().unwrap()
}

fn meta() -> Meta {
    Meta::new("a < b").with_pages(3)
}

both!(round_trips_xml_parts, |way| {
    let client = client(&Server::echo().base);
    let notes = |count| vec![Note::default().with_text("--"); count];
    let parts = |count| {
        let parts = SendBundleParts::new(&meta()).notes(notes(count)).raw("<x/>").either(&meta()).plain(&meta());
        parts.animal(&BundleAnimal::Dog(Dog::default())).size(&BundleSize::default().with_rooms(4))
    };
    for count in 1..4 {
        let found = way.send(Calls::new(&client).send_bundle(parts(count))).unwrap();
        assert_eq!((&found.meta, found.notes.as_ref()), (&meta(), Some(&notes(count))));
        assert_eq!((&found.either, &found.plain, &found.raw), (&Some(meta()), &Some(meta()), &Some("<x/>".to_owned())));
        assert_eq!(found.animal, Some(BundleAnimal::Dog(Dog::default())));
        assert_eq!(found.size, Some(BundleSize::default().with_rooms(4)));
        assert!(found.rest.is_empty());
    }
    let few = way.send(Calls::new(&client).send_bundle(SendBundleParts::new(&meta()).notes(Vec::new()))).unwrap();
    assert_eq!((&few.meta, &few.notes, &few.animal), (&meta(), &None, &None));
});

both!(writes_each_part_as_an_xml_document, |way| {
    let client = client(&Server::echo().base);
    let notes = vec![Note::default().with_text("1"), Note::default()];
    let parts = SendBundleParts::new(&meta()).notes(notes).animal(&BundleAnimal::Cat(Cat::default().with_name("Tom")));
    let raw = way.raw(Calls::new(&client).send_bundle(parts)).unwrap();
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    let parts = raw.parts().unwrap();
    let parts: Vec<(&str, &str, String)> = parts
        .iter()
        .map(|part| {
            let text = part.text().unwrap().strip_prefix(head).unwrap().to_owned();
            (part.name.as_deref().unwrap(), part.media.as_deref().unwrap(), text)
        })
        .collect();
    let expected = [
        ("meta", "application/xml", "<meta pages=\"3\"><title>a &lt; b</title></meta>"),
        ("notes", "text/xml", "<Note><text>1</text></Note>"),
        ("notes", "text/xml", "<Note></Note>"),
        ("animal", "application/xml; charset=utf-8", "<cat><name>Tom</name></cat>"),
    ];
    assert_eq!(parts.len(), expected.len());
    assert!(parts.iter().zip(expected).all(|(part, other)| (part.0, part.1, part.2.as_str()) == other), "{parts:?}");
});

both!(shows_no_secret_of_an_xml_part, |way| {
    static ROOT: Root = Root::new(Name::new("key"), &Shape::Text);
    let server = Server::respond(|_, request| server::json(400, &format!("{{\"detail\":{request:?}}}")));
    let form = Multipart::new().xml("key", "application/xml", &ROOT, &Secret::from("s3cret-value"));
    let client = client(&server.base);
    let error = way.send(api::call(&client, &api::operation("POST", "/keys")).multipart(form)).unwrap_err();
    assert!(error.to_string().contains("<key>[redacted]</key>"), "{error}");
    assert!(!format!("{error:?} {error}").contains("s3cret"), "{error:?}");
});

both!(reports_the_part_of_invalid_xml, |way| {
    let read_by = |client: fn(&str) -> Client, part: &str| {
        let body = format!("--b\r\ncontent-disposition: form-data; name=\"meta\"\r\n\r\n{part}\r\n--b--\r\n");
        let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: multipart/form-data; boundary=b\r\n";
        let response = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
        let routes = Server::respond(move |_, _| response.clone());
        way.send(Calls::new(&client(&routes.base)).send_bundle(SendBundleParts::new(&meta())))
    };
    let read = |part: &str| read_by(client, part);
    assert_eq!(read("<meta><title>t</title></meta>").unwrap().meta, Meta::new("t"));
    let error = read_by(one_node, "<meta><title>t</title></meta>").unwrap_err().to_string();
    assert!(error.contains("meta: expected XML of at most 1 elements and attributes"), "{error}");
    for (part, line) in [
        ("{\"title\":\"t\"}", "meta: expected XML"),
        ("<meta/>", "meta.title: expected a value, found nothing"),
        ("<other/>", "meta: expected the element `meta`, found `other`"),
    ] {
        let error = read(part).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains(line), "{error}\n{line}");
    }
});
