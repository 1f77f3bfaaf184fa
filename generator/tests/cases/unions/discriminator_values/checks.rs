//! What is built by hand is written with its tag, in unions and alone.

use serde_json::{Value, from_value, json, to_value};
use unions_discriminator_values::models::*;

/// Is written like this, and read as the same variant.
#[track_caller]
fn writes<T>(value: T, expected: Value)
where
    T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let written = to_value(&value).unwrap();
    assert_eq!(written, expected);
    // Once, even where two members of one name would be one in a tree.
    let text = serde_json::to_string(&value).unwrap();
    assert_eq!(text.matches(':').count(), written.to_string().matches(':').count(), "{text}");
    let read: T = from_value(written).unwrap();
    assert_eq!(to_value(&read).unwrap(), expected);
    assert_eq!(std::mem::discriminant(&read), std::mem::discriminant(&value));
}

pub fn check() {
    writes(Thing::Small(Small::default()), json!({"kind": "small"}));
    writes(Thing::Large(Large::default()), json!({"kind": "large"}));
    // A subtype that came by itself, without what tells it apart.
    writes(Thing::Large(from_value(json!({"name": "x"})).unwrap()), json!({"kind": "large", "name": "x"}));
    let mut wrong = Large::default();
    wrong.kind = Some("small".into());
    writes(Thing::Large(wrong), json!({"kind": "large"}));
    assert_eq!(to_value(Large::default()).unwrap(), json!({"kind": "large"}));

    writes(Pet::Ox(Ox::default()), json!({"petType": "ox"}));
    writes(Ox::default().with_horns(2), json!({"petType": "ox", "horns": 2}));
    writes(Bull::default(), json!({"petType": "ox"}));

    writes(Shape::Circle(Circle::default()), json!({"type": "circle"}));
    writes(Shape::Square(Square::new(1.5)), json!({"type": "square", "side": 1.5}));
    let mut cube = Square::new(2.0);
    cube.type_ = "cube".into();
    writes(Shape::Square(cube), json!({"type": "square", "side": 2}));
    writes(Shape::Line(Line::new("ray")), json!({"type": "ray"}));
    writes(Shape::Line(Line::new("curve")), json!({"type": "line"}));
    writes(Shape::Dot(Dot::new()), json!({"type": "dot"}));
    writes(Shape::Bow(Bow::new()), json!({"type": "Bow"}));
    // The operation takes the subtype itself.
    assert_eq!(to_value(Square::new(1.0)).unwrap()["type"], "square");

    writes(Bare::Open(Open::default()), json!({"kind": "Open"}));
    writes(Bare::Closed(Closed::default()), json!({"kind": "Closed"}));
    let free: Free = [("x", "y".to_owned())].into_iter().collect();
    writes(Bare::Free(free), json!({"kind": "Free", "x": "y"}));

    writes(Move::Up(Up::new()), json!({"kind": "Up"}));
    writes(Move::Down(Down::default()), json!({"kind": "Down"}));

    writes(Vehicle::CarItem(CarItem::default()), json!({"kind": "CAR"}));
    writes(Vehicle::BikeItem(BikeItem::default()), json!({"kind": "BIKE"}));

    writes(Signal::Red(Red::default()), json!({"light": "red"}));
    writes(Signal::Amber(Amber::default()), json!({"light": "amber"}));
    writes(Signal::Green(Green::new()), json!({"light": "green"}));

    writes(Version::One(One::default()), json!({"v": 1}));
    writes(Version::One(from_value(json!({"a": "x"})).unwrap()), json!({"v": 1, "a": "x"}));
    writes(Version::Two(Two::new()), json!({"v": 2}));
    writes(Edition::First2(First2::default()), json!({"edition": 1}));
    writes(Edition::Second2(Second2::default()), json!({"edition": 2}));

    writes(Pet::Cat(Cat::default()), json!({"petType": "cat"}));
    writes(Pet::from(Cat::default()), json!({"petType": "cat"}));
    writes(Pet::Dog(Dog::default()), json!({"petType": "dog"}));
    writes(Pet::Dog(Dog::default().with_pet_type("hound")), json!({"petType": "hound"}));
    writes(Pet::Base(PetBase::default()), json!({"petType": "Pet"}));

    writes(Else::First(First::default()), json!({"t": "first"}));
    writes(Else::Other(Other::default()), json!({"t": "Other"}));
    writes(Else::Other(Other::default().with_t("mine")), json!({"t": "mine"}));
    writes(Else::Other(Other::default().with_t("first")), json!({"t": "Other"}));

    writes(Nested::Thing(Thing::Small(Small::default())), json!({"kind": "small"}));
    writes(Nested::Huge(Huge::default()), json!({"kind": "Huge"}));
    writes(Group::Move(Move::Down(Down::default())), json!({"group": "move", "kind": "Down"}));
    writes(Group::Plain(Plain::Right(Right::default().with_r(1))), json!({"group": "plain", "r": 1}));

    writes(Loose::Warm(Warm::default()), json!({"is": "warm"}));
    writes(Loose::Cold(Cold::default()), json!({"is": "cold"}));

    let leaf = || Tree::Leaf(from_value(json!({})).unwrap());
    let named = [("a", leaf())].into_iter().collect();
    let branch = Branch::default().with_trees(vec![leaf()]).with_named(named).with_maybe(leaf());
    let inner = json!({"kind": "leaf"});
    writes(Tree::Branch(branch), json!({"kind": "branch", "trees": [inner], "named": {"a": inner}, "maybe": inner}));
}
