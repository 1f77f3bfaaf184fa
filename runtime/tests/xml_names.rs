//! Unions in XML whose variants have element names, and the node types of OpenAPI 3.2: generated calls against a loopback
//! server, async and blocking.
#![cfg(all(feature = "hyper", feature = "blocking", feature = "xml"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/xml_names/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "loopback/server.rs"]
mod server;
#[path = "../../generator/tests/cases/bodies/xml_names/src"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;
#[path = "loopback/way.rs"]
mod way;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/xml_names/src/xml.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "generated for a crate of its own")]
mod xml;

use call::Call;
use calls::Calls;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Client, Error, Json, Map, Response, from_json_slice, to_json_vec};
use models::{
    Animal, Cat, Dog, Fish, Moss, Shelter, ShelterAbout, ShelterGuest, ShelterNote, ShelterPair, ShelterPlantsItem,
    Size, Star, StarBeing, Stone, Tree,
};
use server::Server;
use way::{SendMode, both};

fn cat(name: &str) -> Animal {
    Animal::Cat(Cat::new(name).with_age(3))
}

fn dog(name: &str) -> Animal {
    Animal::Dog(Dog::new(name))
}

fn client(base: &str) -> Client {
    api::builder(base).build().unwrap()
}

/// The XML of a shelter.
fn written(way: SendMode, shelter: &Shelter) -> String {
    let client = client(&Server::echo().base);
    let raw = way.raw(Calls::new(&client).send_shelter(shelter)).unwrap();
    let found = way.send(Calls::new(&client).send_shelter(shelter)).unwrap();
    let text = String::from_utf8_lossy(raw.raw_body()).into_owned();
    assert_eq!(*found, *shelter, "{text}");
    let inside = text.split_once("<shelter").unwrap().1.strip_suffix("</shelter>").unwrap();
    inside.to_owned()
}

/// Reads a shelter from XML.
fn read(way: SendMode, inside: &str) -> Result<Response<Shelter>, Error<Json>> {
    let routes = xml_server(format!("<shelter{inside}</shelter>"));
    way.send(Calls::new(&client(&routes.base)).send_shelter(&Shelter::default()))
}

fn xml_server(body: String) -> Server {
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/xml\r\n";
    let response = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    Server::respond(move |_, _| response.clone())
}

const CAT: &str = "<cat age=\"3\"><name>Tom</name></cat>";
const DOG: &str = "<d:dog xmlns:d=\"https://dogs.test/\"><name>Spike</name></d:dog>";

both!(names_list_elements_by_variant, |way| {
    let all = || vec![cat("Tom"), dog("Spike"), cat("Tom")];
    assert_eq!(written(way, &Shelter::default().with_animals(all())), format!(">{CAT}{DOG}{CAT}"));
    let wrapped = written(way, &Shelter::default().with_wrapped(all()));
    assert_eq!(wrapped, format!("><wrapped>{CAT}{DOG}{CAT}</wrapped>"));
    let plants = vec![
        ShelterPlantsItem::Moss(Moss::new(0.5)),
        ShelterPlantsItem::Tree(Tree::new(9.0)),
        ShelterPlantsItem::Moss(Moss::new(1.5)),
    ];
    let text = written(way, &Shelter::default().with_plants(plants));
    assert_eq!(
        text,
        "><Moss><height>0.5</height></Moss><Tree><height>9</height></Tree><Moss><height>1.5</height></Moss>"
    );
});

both!(names_properties_and_bodies_by_variant, |way| {
    let star = |being| Shelter::default().with_star(Star::default().with_being(being).with_place(1));
    let text = written(way, &star(StarBeing::Animal(dog("Spike"))));
    assert_eq!(text, format!("><star>{DOG}<place>1</place></star>"));
    let text = written(way, &star(StarBeing::Stone(Stone::default().with_name("Rosetta"))));
    assert_eq!(text, "><star><stone><name>Rosetta</name></stone><place>1</place></star>");
    let client = client(&Server::echo().base);
    for animal in [cat("Tom"), dog("Spike")] {
        let raw = way.raw(Calls::new(&client).send_animal(&animal)).unwrap();
        let text = String::from_utf8_lossy(raw.raw_body()).into_owned();
        assert!(text.ends_with(if matches!(animal, Animal::Cat(_)) { CAT } else { DOG }), "{text}");
        assert_eq!(*way.send(Calls::new(&client).send_animal(&animal)).unwrap(), animal);
    }
    let all = vec![dog("Spike"), cat("Tom")];
    let raw = way.raw(Calls::new(&client).send_animals(&all)).unwrap();
    assert!(String::from_utf8_lossy(raw.raw_body()).ends_with(&format!("<animals>{DOG}{CAT}</animals>")));
    assert_eq!(*way.send(Calls::new(&client).send_animals(&all)).unwrap(), all);
});

both!(uses_the_described_name_of_a_property, |way| {
    let guest = written(way, &Shelter::default().with_guest(ShelterGuest::Fish(Fish::new(2))));
    assert_eq!(guest, "><guest><fins>2</fins></guest>");
    let note = written(way, &Shelter::default().with_note(ShelterNote::Text("by hand".to_owned())));
    assert_eq!(note, "><note>by hand</note>");
    let note = written(way, &Shelter::default().with_note(ShelterNote::Fish(Fish::new(4))));
    assert_eq!(note, "><fish><fins>4</fins></fish>");
    // Both would be `<cat>`, so that their names could not distinguish them.
    let pair = ShelterPair::default().with_left(cat("Tom")).with_right(cat("Kit"));
    let text = written(way, &Shelter::default().with_pair(pair));
    assert!(text.starts_with("><pair><left age=\"3\"><name>Tom</name></left><right"), "{text}");
    let keys = Map::from_iter([("cat", cat("Tom"))]);
    assert_eq!(
        written(way, &Shelter::default().with_by_name(keys)),
        "><byName><cat age=\"3\"><name>Tom</name></cat></byName>"
    );
});

both!(selects_variants_by_members_without_a_known_name, |way| {
    let animal = |body: &str| {
        let routes = xml_server(body.to_owned());
        way.send(Calls::new(&client(&routes.base)).send_animal(&cat("Tom")))
    };
    assert_eq!(*animal("<Animal age=\"3\"><name>Tom</name></Animal>").unwrap(), cat("Tom"));
    assert_eq!(animal("<bird><name>Tom</name></bird>").unwrap_err().kind(), ErrorKind::Decode);
    let error = read(way, "><d:dog xmlns:d=\"https://dogs.test/\"/>").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("Dog"), "{error}");
    let found =
        read(way, "><bird/><cat><name>x</name></cat><fish><fins>1</fins></fish><animals><name>y</name></animals>");
    let found = found.unwrap();
    let animals = vec![Animal::Cat(Cat::new("x")), Animal::Cat(Cat::new("y"))];
    assert_eq!(found.animals, Some(animals));
    assert_eq!(found.note, Some(ShelterNote::Fish(Fish::new(1))));
    assert_eq!(found.extra.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["bird"]);
});

both!(writes_node_types_as_described, |way| {
    let about = ShelterAbout::default().with_lang("en").with_html("<b>5 ]]> 4</b> & more");
    let text = written(way, &Shelter::default().with_about(about));
    assert_eq!(text, "><about lang=\"en\"><![CDATA[<b>5 ]]]]><![CDATA[> 4</b> & more]]></about>");
    let size = Size::new(12).with_unit("rooms");
    assert_eq!(written(way, &Shelter::default().with_size(size)), " unit=\"rooms\"><rooms>12</rooms>");
    let found = read(way, " unit=\"m\"><other/><rooms>3</rooms>").unwrap();
    assert_eq!(found.size, Some(Size::new(3).with_unit("m")));
    assert_eq!(found.extra.iter().count(), 1);
});

#[test]
fn json_has_no_element_names() {
    let animals = vec![dog("Spike"), cat("Tom")];
    let json = to_json_vec(&animals).unwrap();
    assert_eq!(json, br#"[{"name":"Spike"},{"name":"Tom","age":3}]"#);
    assert_eq!(from_json_slice::<Vec<Animal>>(&json).unwrap().len(), 2);
}
