//! Bodies in XML: generated calls against a loopback server.
#![cfg(all(feature = "hyper", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, unreachable_pub, reason = "as a generated crate has it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/xml/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "../../generator/tests/cases/bodies/xml/src"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;
#[path = "loopback/server.rs"]
mod server;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/xml/src/xml.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "generated for a crate of its own")]
mod xml;

use call::Call;
use calls::{AddPetError, Calls};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Client, Json, Map, XmlLimits};
use models::{Category, Pet, PetKind};
use server::{Server, reply};

const XML: &[(&str, &str)] = &[("content-type", "application/xml; charset=utf-8")];

fn client(server: &Server) -> Client {
    api::builder(&server.base).max_retries(0).build().unwrap()
}

fn pet() -> Pet {
    let mut pet = Pet::new(7, "Tom & <Jerry>");
    pet.tame = Some(true);
    pet.weight = Some(2.5);
    pet.kind = Some(PetKind::from("lion"));
    pet.born = Some("2026-01-31".parse().unwrap());
    pet.category = Some(Category::default().with_id(3).with_label("\"cats\""));
    pet.photos = Some(vec!["a".to_owned(), "b".to_owned()]);
    pet.names = Some(vec!["x".to_owned(), " y ".to_owned()]);
    pet.friends = Some(vec![Pet::new(8, "Spike")]);
    pet.notes = Some(Map::from_iter([("one", 1), ("two", 2)]));
    pet.any = Some(serde_json::from_str::<Json>(r#"{"k":["1","2"]}"#).unwrap()).into();
    pet
}

const WRITTEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
    <p:pet xmlns:p=\"https://pets.test/\" id=\"7\"><called>Tom &amp; &lt;Jerry&gt;</called><tame>true</tame>\
    <weight>2.5</weight><kind>lion</kind><born>2026-01-31</born>\
    <category xmlns:c=\"https://c.test/\" c:nr=\"3\"><label>&quot;cats&quot;</label></category>\
    <photos><photo>a</photo><photo>b</photo></photos><names>x</names><names> y </names>\
    <circle><p:pet xmlns:p=\"https://pets.test/\" id=\"8\"><called>Spike</called></p:pet></circle>\
    <notes><one>1</one><two>2</two></notes><any><k>1</k><k>2</k></any></p:pet>";

#[tokio::test]
async fn round_trips_xml() {
    let server = Server::start(vec![reply(200, XML, WRITTEN)]);
    let client = client(&server);
    let response = Calls::new(&client).add_pet(&pet()).send().await.unwrap();
    let request = server.requests().pop().unwrap();
    assert!(request.to_lowercase().contains("content-type: application/xml\r\n"), "{request}");
    assert_eq!(request.split_once("\r\n\r\n").unwrap().1, WRITTEN);
    assert_eq!(*response, pet());
}

#[tokio::test]
async fn reads_unusual_xml() {
    let body = "\u{feff}<?xml version='1.0'?><!DOCTYPE pet><!-- a pet -->\n<pet id='7' xmlns='https://pets.test/'>\n  \
        <called><![CDATA[Tom & <Jerry>]]></called>\n  <tame> 1 </tame><born>2026-01-31</born><photos/>\
        <other><deep>x</deep></other><called2>&#x41;</called2></pet>";
    let server = Server::start(vec![
        reply(200, XML, body),
        reply(200, XML, "<pets><pet id=\"1\"><called>a</called></pet><x:pet id=\"2\"><called/></x:pet></pets>"),
    ]);
    let client = client(&server);
    let found = Calls::new(&client).add_pet(&pet()).send().await.unwrap();
    assert_eq!((found.id, found.name.as_str(), found.tame), (7, "Tom & <Jerry>", Some(true)));
    assert_eq!(found.photos, Some(Vec::new()));
    assert_eq!(found.extra.get("called2"), Some(&Json::from("A")));
    assert_eq!(found.extra.get("other").unwrap()["deep"], "x");
    let all = Calls::new(&client).list_pets().send().await.unwrap();
    assert_eq!(all.iter().map(|pet| (pet.id, pet.name.as_str())).collect::<Vec<_>>(), [(1, "a"), (2, "")]);
}

#[test]
fn a_namespace_is_declared_once() {
    use clientsmith_runtime::body::xml::{Member, Name, NodeType, Root, Shape};
    const fn name(local: &'static str) -> Name {
        Name::new(local).prefix("p").namespace("https://p.test/")
    }
    const fn attribute(key: &'static str) -> Member {
        Member::new(key, name(key), NodeType::Attribute, &Shape::Text)
    }
    static SHAPE: Shape = Shape::record(&[attribute("a"), attribute("b"), attribute("c")]);
    let value: Json = serde_json::from_str(r#"{"a":"1","b":null,"c":"3"}"#).unwrap();
    let text = Root::new(name("pet"), &SHAPE).write(&value).unwrap();
    assert!(text.ends_with("<p:pet xmlns:p=\"https://p.test/\" p:a=\"1\" p:c=\"3\"></p:pet>"), "{text}");
    let text = Root::new(Name::new("pet"), &SHAPE).write(&value).unwrap();
    assert!(text.ends_with("<pet xmlns:p=\"https://p.test/\" p:a=\"1\" p:c=\"3\"></pet>"), "{text}");
}

#[tokio::test]
async fn a_nil_element_is_null() {
    let instance = "http://www.w3.org/2001/XMLSchema-instance";
    let pet = |root: &str, tame: &str| format!("<pet id=\"7\" {root}><called>x</called><tame {tame}>1</tame></pet>");
    let rows = [
        (pet(&format!("xmlns:xsi=\"{instance}\""), "xsi:nil=\"true\""), None),
        (pet(&format!("xmlns:i='{instance}'"), "i:nil=\" 1 \""), None),
        (pet("", &format!("xmlns:i='{instance}' i:nil='true'")), None),
        (pet("", "xsi:nil=\"true\""), None),
        (pet(&format!("xmlns:xsi=\"{instance}\""), "xsi:nil=\"false\""), Some(true)),
        (pet("xmlns:xsi=\"https://other.test\"", "xsi:nil=\"true\""), Some(true)),
        (pet("", "nil=\"true\""), Some(true)),
    ];
    let server = Server::start(rows.iter().map(|(body, _)| reply(200, XML, body)).collect());
    let client = client(&server);
    for (body, tame) in &rows {
        let found = Calls::new(&client).add_pet(&self::pet()).send().await.unwrap();
        assert_eq!(found.tame, *tame, "{body}");
    }
}

#[tokio::test]
async fn reads_errors_by_status_and_reports_invalid_xml() {
    let replies = [
        reply(404, &[], "<fault><message>none</message></fault>"),
        reply(409, &[], "<Category c:nr=\"4\" xmlns:c=\"https://c.test/\"/>"),
        reply(200, XML, "<pet id=\"seven\"><called>x</called></pet>"),
        reply(200, XML, "<pet id=\"7\"><called>x</pet>"),
        reply(200, XML, "<other/>"),
        reply(200, XML, ""),
        reply(200, XML, "<pet>".repeat(100_000)),
        reply(200, XML, "<!DOCTYPE pet [<!ENTITY e \"boom\">]><pet id=\"7\"><called>&e;</called></pet>"),
    ];
    let server = Server::start(replies.to_vec());
    let client = client(&server);
    let calls = Calls::new(&client);
    let error = calls.add_pet(&pet()).send().await.unwrap_err();
    assert!(matches!(error.api(), Some(AddPetError::Status404(fault)) if fault.message.as_deref() == Some("none")));
    let error = calls.add_pet(&pet()).send().await.unwrap_err();
    assert!(matches!(error.api(), Some(AddPetError::Status409(category)) if category.id == Some(4)));
    for words in [
        "id: expected",
        "expected",
        "`pet`",
        "an early end",
        "at most 128 elements inside",
        "`&e;`, which is not an entity",
    ] {
        let error = calls.add_pet(&pet()).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{words}");
        assert!(error.to_string().contains(words), "{words}: {error}");
    }
}

#[tokio::test]
async fn reports_the_exceeded_xml_limit() {
    let limits = |change: fn(&mut XmlLimits)| {
        let mut limits = XmlLimits::default();
        change(&mut limits);
        limits
    };
    let deep = "<pet id=\"7\"><called>x</called><other><deep>y</deep></other></pet>";
    let wide = "<pet id=\"7\" a=\"1\" b=\"2\"><called>x</called></pet>";
    let bound = "<pet xmlns:a=\"a\" xmlns:b=\"b\" id=\"7\"><called>x</called></pet>";
    let nodes = "<pet id=\"7\"><called/><a/><b c=\"1\"/></pet>";
    for (body, enough, too_few, words) in [
        (
            deep,
            limits(|limits| limits.depth = 3),
            limits(|limits| limits.depth = 2),
            "at most 2 elements inside each other",
        ),
        (wide, limits(|limits| limits.attributes = 3), limits(|limits| limits.attributes = 2), "at most 2 attributes"),
        (bound, limits(|limits| limits.attributes = 3), limits(|limits| limits.attributes = 2), "at most 2 attributes"),
        (
            nodes,
            limits(|limits| limits.nodes = 6),
            limits(|limits| limits.nodes = 5),
            "at most 5 elements and attributes",
        ),
    ] {
        let server = Server::start(vec![reply(200, XML, body)]);
        let client = |limits| api::builder(&server.base).max_retries(0).xml_limits(limits).build().unwrap();
        assert_eq!(Calls::new(&client(enough)).add_pet(&pet()).send().await.unwrap().id, 7, "{body}");
        let error = Calls::new(&client(too_few)).add_pet(&pet()).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{words}");
        assert!(error.to_string().contains(words) && error.to_string().contains("XmlLimits::"), "{words}: {error}");
    }
}

#[tokio::test]
async fn documents_are_read_in_their_encoding() {
    let document =
        |declared: &str| format!("<?xml version=\"1.0\"{declared}?><pet id=\"7\"><called>caf\u{e9}</called></pet>");
    let latin = |text: &str| -> Vec<u8> { text.chars().map(|letter| u8::try_from(letter).unwrap()).collect() };
    let wide = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{}", document("")).encode_utf16().flat_map(bytes).collect()
    };
    for (media, body, name) in [
        ("application/xml", latin(&document(" encoding='ISO-8859-1'")), "caf\u{e9}"),
        ("text/xml; charset=latin1", latin(&document("")), "caf\u{e9}"),
        ("application/xml", wide(u16::to_be_bytes), "caf\u{e9}"),
        ("application/xml", wide(u16::to_le_bytes), "caf\u{e9}"),
        ("application/xml", document(" encoding=\"utf-8\"").into_bytes(), "caf\u{e9}"),
        // One byte does not fail the rest.
        ("application/xml", latin(&document("")), "caf\u{fffd}"),
    ] {
        let server = Server::start(vec![reply(200, &[("content-type", media)], &body)]);
        let found = Calls::new(&client(&server)).add_pet(&pet()).send().await.unwrap();
        assert_eq!(found.name, name, "{media}");
    }
}
